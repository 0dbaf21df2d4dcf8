// Which document a citation means: one trap a file under tests/resolution, that a lawyer can add without C++.
//
//   why: what makes it a trap
//   === held               a document that the store has, as text; "|" is a line break; any number of these
//   === citing             the document that cites
//   === expected           one line for each citation: its words | state | target, or candidates | reason
//
// Every file runs twice: the held documents loaded first, and loaded last, when they are linked again.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "support/golden.h"
#include "support/shipped.h"
#include "unit/store/made_documents.h"
#include "vanban/doc/json.h"
#include "vanban/pipeline/linking.h"
#include "vanban/pipeline/pipeline.h"

namespace vanban {
namespace {

struct ResolutionCase {
  std::string why, citing, expected;
  std::vector<std::string> held;
};

ResolutionCase read_case(const std::filesystem::path& path) {
  ResolutionCase made;
  std::istringstream in(testing::read_file(path));
  std::string line;
  std::string* into = nullptr;
  while (std::getline(in, line)) {
    if (line.rfind("why: ", 0) == 0 && into == nullptr) {
      made.why = line.substr(5);
    } else if (line == "=== held") {
      into = &made.held.emplace_back();
    } else if (line == "=== citing") {
      into = &made.citing;
    } else if (line == "=== expected") {
      into = &made.expected;
    } else if (into == &made.expected) {
      *into += line + "\n";
    } else if (into != nullptr) {
      std::replace(line.begin(), line.end(), '|', '\n');
      *into += line + "\n";
    }
  }
  return made;
}

DocumentRecord processed(const std::string& text, const std::string& name, const Store& store) {
  RawDocument raw;
  raw.media_type = "text/plain";
  raw.plain_text = text;
  raw.sha256 = name + std::string(64 - name.size(), '0');
  auto documents = testing::shipped<Pipeline>().process(raw, name, {});
  if (!documents) return {};
  Document document = std::move(documents->front());
  document.source.sha256 = raw.sha256;
  return linked(std::move(document), testing::shipped<Pipeline>().agencies(), store);
}

void put(Store& store, const std::string& text, const std::string& name) {
  const DocumentRecord record = processed(text, name, store);
  const auto stored = store.put(testing::made_file(name, record.document.source.sha256), {record});
  ASSERT_TRUE(stored) << stored.error().message;
  const auto again = relink(store, testing::shipped<Pipeline>().agencies());
  ASSERT_TRUE(again) << again.error().message;
}

std::string outcome(const Store& store) {
  std::string out;
  const auto file = store.find_file("citing");
  if (!file || !*file) return "not stored\n";
  const auto document = store.citations((*file)->document_id);
  if (!document) return document.error().message + "\n";
  for (const Reference& one : document->references) {
    std::string targets = one.target;
    for (const std::string& id : one.candidates) targets += (targets.empty() ? "" : ", ") + id;
    out += one.text + " | " + std::string(resolution_state_name(one.resolution)) + " | " +
           (targets.empty() ? "-" : targets) + " | " + one.resolution_reason + "\n";
  }
  return out;
}

TEST(ResolutionCases, EveryTrapInBothOrders) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(VANBAN_SOURCE_DIR "/tests/resolution"))
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  ASSERT_GE(files.size(), 60u);
  const bool update = std::getenv("VANBAN_UPDATE_GOLDEN") != nullptr;
  testing::ScratchFolder folder;
  for (const std::filesystem::path& path : files) {
    SCOPED_TRACE(path.filename().string());
    const ResolutionCase one = read_case(path);
    EXPECT_FALSE(one.why.empty()) << "every case says which trap it is";
    std::string first;
    for (const bool held_first : {true, false}) {
      SCOPED_TRACE(held_first ? "held documents first" : "held documents last");
      auto store = Store::open(folder.file(path.stem().string() + (held_first ? "1" : "2")),
                               Store::Access::kReadWrite);
      ASSERT_TRUE(store) << store.error().message;
      const auto load = [&] {
        for (std::size_t i = 0; i < one.held.size(); ++i)
          put(*store, one.held[i], "held" + std::to_string(i));
      };
      if (held_first) load();
      put(*store, one.citing, "citing");
      if (!held_first) load();
      const std::string got = outcome(*store);
      if (update && held_first) {
        const std::string text = testing::read_file(path);
        std::ofstream(path) << text.substr(0, text.find("=== expected")) << "=== expected\n" << got;
      }
      if (!update) {
        EXPECT_EQ(got, one.expected) << "why: " << one.why;
      }
      if (held_first) first = got;
      EXPECT_EQ(got, first) << "the order of loading may not matter";
    }
  }
}

// Loading one more document looks at the documents that cite its number, however many others there are.
TEST(Relink, LooksOnlyAtWhatTheNewDocumentTouches) {
  testing::ScratchFolder folder;
  auto store = Store::open(folder.file("s.db"), Store::Access::kReadWrite);
  ASSERT_TRUE(store) << store.error().message;
  const Agencies& agencies = testing::shipped<Pipeline>().agencies();
  const auto add = [&](const std::string& name, const std::string& text) {
    const DocumentRecord record = processed(text, name, *store);
    EXPECT_TRUE(store->put(testing::made_file(name, record.document.source.sha256), {record}));
    const auto report = relink(*store, agencies);
    EXPECT_TRUE(report);
    return report ? *report : RelinkReport();
  };
  const auto dispatch = [](int number, const std::string& cited) {
    return "VĂN PHÒNG CHÍNH PHỦ\nSố: " + std::to_string(number) +
           "/VPCP-KSTT\nHà Nội, ngày 05 tháng 6 năm 2024\n\nKính gửi: Bộ Nội vụ.\n\nThực hiện " + cited +
           ", đề nghị báo cáo.\n";
  };
  for (int i = 0; i < 40; ++i)
    add("other" + std::to_string(i),
        dispatch(100 + i, "Nghị quyết số " + std::to_string(200 + i) + "/NQ-CP"));
  for (int i = 0; i < 3; ++i) add("citing" + std::to_string(i), dispatch(500 + i, "Nghị quyết số 68/NQ-CP"));
  const RelinkReport report = add("held",
                                  "CHÍNH PHỦ\nSố: 68/NQ-CP\nHà Nội, ngày 12 tháng 5 năm 2020\n\nNGHỊ "
                                  "QUYẾT\nVề một số nhiệm vụ\n\nNội dung.\n");
  EXPECT_EQ(report.documents, 3u) << "43 others stand in the store";
  EXPECT_EQ(report.changed, 3u);
  const RelinkReport nothing = add("more", dispatch(900, "Nghị quyết số 999/NQ-CP"));
  EXPECT_EQ(nothing.changed, 0u);
  EXPECT_LE(nothing.documents, 1u);
}

}  // namespace
}  // namespace vanban
