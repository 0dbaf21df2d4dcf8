// Case files: one trap a file. tests/cases/<field>/<trap>.txt is a piece of a document as text; <trap>.json
// beside it says what must come out: {"why": "...", "references": [{"number": "01/NQ-CP"}], "tasks": []}.
// Lists must have exactly the entries given, in order; of an entry only the fields that are given count;
// where a body is expected a plain string stands for its name. A lawyer can add one without C++.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "support/golden.h"
#include "vanban/doc/json.h"
#include "vanban/models/models.h"
#include "vanban/pipeline/pipeline.h"

namespace vanban {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

// Empty if `got` is what `want` asks for; else where it differs.
std::string difference(const Json& want, const Json& got, const std::string& place) {
  if (want.is_object() && got.is_object()) {
    for (const auto& [key, value] : want.items()) {
      if (!got.contains(key)) return place + "." + key + ": not there";
      const std::string found = difference(value, got[key], place + "." + key);
      if (!found.empty()) return found;
    }
    return {};
  }
  if (want.is_array() && got.is_array()) {
    for (std::size_t i = 0; i < std::min(want.size(), got.size()); ++i) {
      const std::string found = difference(want[i], got[i], place + "[" + std::to_string(i) + "]");
      if (!found.empty()) return found;
    }
    if (want.size() != got.size()) {
      return place + ": " + std::to_string(got.size()) + " entries, not " + std::to_string(want.size()) +
             ": " + got.dump();
    }
    return {};
  }
  if (want.is_string() && got.is_object() && got.contains("name"))
    return difference(want, got["name"], place + ".name");
  if (want.is_number() && got.is_number() && want.get<double>() == got.get<double>()) return {};
  if (want == got) return {};
  return place + ": " + got.dump() + ", not " + want.dump();
}

TEST(Cases, EveryTrapGivesWhatIsExpected) {
  const Result<Models> models = Models::load(VANBAN_SOURCE_DIR "/models");
  ASSERT_TRUE(models) << models.error().message;
  const Result<Pipeline> pipeline = Pipeline::create(*models);
  ASSERT_TRUE(pipeline) << pipeline.error().message;
  std::size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(VANBAN_SOURCE_DIR "/tests/cases")) {
    if (entry.path().extension() != ".txt") continue;
    ++count;
    SCOPED_TRACE(entry.path().string());
    fs::path expected = entry.path();
    expected.replace_extension(".json");
    const Json want = Json::parse(testing::read_file(expected), nullptr, false);
    ASSERT_FALSE(want.is_discarded()) << expected << " is missing or no JSON";
    EXPECT_TRUE(want.contains("why")) << "every case says which trap it is";
    RawDocument raw;
    raw.media_type = "text/plain";
    raw.plain_text = testing::read_file(entry.path());
    const auto documents = pipeline->process(raw, "case.txt", {});
    ASSERT_TRUE(documents) << documents.error().message;
    const Json got = Json::parse(to_json(documents->front(), {.with_text = true}));
    for (const auto& [key, value] : want.items()) {
      if (key == "why") continue;
      ASSERT_TRUE(got.contains(key)) << key;
      const std::string found = difference(value, got[key], key);
      EXPECT_TRUE(found.empty()) << found << "\nwhy: " << want["why"];
    }
  }
  EXPECT_GT(count, 0u);
}

}  // namespace
}  // namespace vanban
