#include "vanban/lexicon/pattern.h"

#include <gtest/gtest.h>

namespace vanban {
namespace {

TEST(Pattern, FindsGroupsByNumberAndName) {
  const Result<Pattern> pattern = Pattern::compile(R"(ngày (?P<day>\d+)( tháng (\d+))?)");
  ASSERT_TRUE(pattern);
  const std::string text = "Hà Nội, Ngày 10 tháng 01; ngày 5";
  std::vector<TextRange> groups;
  ASSERT_TRUE(pattern->find(text, 0, groups));
  EXPECT_EQ(groups[0].of(text), "Ngày 10 tháng 01");
  EXPECT_EQ(groups[pattern->group("day")].of(text), "10");
  const std::size_t after = groups[0].end;
  ASSERT_TRUE(pattern->find(text, after, groups));
  EXPECT_EQ(groups[0].of(text), "ngày 5");
  EXPECT_EQ(groups[2].begin, std::string_view::npos);
  EXPECT_FALSE(pattern->find(text, text.size(), groups));
  EXPECT_FALSE(pattern->match_at(text, 0, groups));
  EXPECT_EQ(pattern->group("month"), std::string_view::npos);
}

TEST(Pattern, ABadExpressionSaysWhatIsWrong) {
  const Result<Pattern> pattern = Pattern::compile("(ngày");
  ASSERT_FALSE(pattern);
  EXPECT_EQ(pattern.error().code, ErrorCode::kBadTable);
  EXPECT_NE(pattern.error().message.find("missing"), std::string::npos) << pattern.error().message;
}

// Every pattern that ships finds its example and does not find its counter-example.
TEST(ShippedPatterns, FindTheirExamplesAndNotTheirCounterExamples) {
  const Result<Models> models = Models::load(VANBAN_SOURCE_DIR "/models");
  ASSERT_TRUE(models) << models.error().message;
  std::size_t patterns = 0;
  for (const std::string& name : models->table_names()) {
    if (name.rfind("patterns/", 0) != 0) continue;
    const ModelTable& table = **models->table(name);
    if (!table.column("pattern")) continue;
    for (const char* column : {"name", "pattern", "example", "counter_example", "source"}) {
      EXPECT_TRUE(table.column(column)) << table.file << " has no column " << column;
    }
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      SCOPED_TRACE(table.file + ":" + std::to_string(table.lines[i]) + " " + table.at(i, "name"));
      const Result<Pattern> pattern = Pattern::compile(table.at(i, "pattern"));
      ASSERT_TRUE(pattern) << pattern.error().message;
      EXPECT_FALSE(table.at(i, "example").empty());
      EXPECT_FALSE(table.at(i, "counter_example").empty());
      EXPECT_FALSE(table.at(i, "source").empty());
      EXPECT_TRUE(pattern->found_in(table.at(i, "example"))) << table.at(i, "example");
      EXPECT_FALSE(pattern->found_in(table.at(i, "counter_example"))) << table.at(i, "counter_example");
      ++patterns;
    }
  }
  EXPECT_GT(patterns, 0u);
}

}  // namespace
}  // namespace vanban
