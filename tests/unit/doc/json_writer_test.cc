#include "doc/json_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace vanban::json {
namespace {

std::string written(const std::string& text) {
  Writer writer(false);
  writer.string(text);
  return writer.take();
}

// Property: what is told of sixteen bytes at once is what nlohmann-json says of each, wherever it stands.
TEST(JsonWriter, WritesStringsAsTheLibraryDoes) {
  using Json = nlohmann::json;
  for (const std::string piece :
       {"\"", "\\", "\n", "\t", "\x01", "\x1F", "\x7F", " ", "ế", "đ", "😀", "\xC3", "\xFF"}) {
    for (std::size_t place = 0; place < 34; ++place) {
      for (const std::size_t behind : {0, 1, 20}) {
        const std::string text = std::string(place, 'a') + piece + std::string(behind, 'z') + piece;
        EXPECT_EQ(written(text), Json(text).dump(-1, ' ', false, Json::error_handler_t::replace)) << place;
      }
    }
  }
}

TEST(JsonWriter, PutsCommasBetweenValuesOnly) {
  struct Row {
    int line;
    bool pretty;
    const char* expected;
  };
  const Row rows[] = {
      {__LINE__, false, R"({"a":[],"b":[1,"{",{"c":null}],"d":{},"e":[[],[true]]})"},
      {__LINE__, true,
       "{\n \"a\": [],\n \"b\": [\n  1,\n  \"{\",\n  {\n   \"c\": null\n  }\n ],\n \"d\": {},\n \"e\": [\n  "
       "[],\n  [\n"
       "   true\n  ]\n ]\n}"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    Writer writer(row.pretty);
    writer.begin_object();
    writer.key("a"), writer.begin_array(), writer.end_array();
    writer.key("b"), writer.begin_array();
    writer.integer(std::int64_t{1}), writer.string("{");
    writer.begin_object(), writer.key("c"), writer.null(), writer.end_object();
    writer.end_array();
    writer.key("d"), writer.begin_object(), writer.end_object();
    writer.key("e"), writer.begin_array();
    writer.begin_array(), writer.end_array();
    writer.begin_array(), writer.boolean(true), writer.end_array();
    writer.end_array();
    writer.end_object();
    EXPECT_EQ(writer.take(), row.expected);
  }
}

TEST(JsonWriter, WritesKeysOfEveryLength) {
  for (std::size_t size = 1; size < 80; ++size) {
    const std::string name(size, 'k');
    Writer writer(false);
    writer.begin_object();
    writer.text(name, "v"), writer.text(name, "w");
    writer.end_object();
    EXPECT_EQ(writer.take(), "{\"" + name + "\":\"v\",\"" + name + "\":\"w\"}");
  }
}

}  // namespace
}  // namespace vanban::json
