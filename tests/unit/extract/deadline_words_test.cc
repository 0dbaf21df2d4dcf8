#include <gtest/gtest.h>

#include "extract/deadlines.h"
#include "vanban/lexicon/scan.h"
#include "vanban/models/models.h"

namespace vanban {
namespace {

constexpr char kNeverPrinted[] = "lời không ai viết";

// Everything that was read, with its places.
std::string shown(const FoundDeadlines& found) {
  std::string out;
  for (const Deadline& one : found.deadlines) {
    out += "[" + one.text + " at " + std::to_string(one.where.begin) + ": " +
           (one.due.known() ? to_iso(one.due) : "") + one.rrule + " " + std::to_string(one.amount) +
           one.unit + " " + one.anchor + "]";
  }
  return out + found.timing;
}

// The words of "cell.*" do something in the cells of a column only.
std::string read(const DeadlineReader& reader, const std::string& name, const std::string& text) {
  const TextRange all{0, text.size()};
  const DocumentTime time{{2000, 1, 1}, 0};
  return shown(name.rfind("cell.", 0) == 0 ? reader.in_cell(text, all, time)
                                           : reader.in_text(text, all, time));
}

bool stands_in(const std::string& text, const std::string& words) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t length = word_starts(text, at) ? match_words(text, at, words) : 0;
    if (length != 0 && word_ends(text, at + length)) return true;
  }
  return false;
}

// Each row is needed by its example, which is read otherwise without it, and does nothing in its
// counter-example, where the same words stand.
TEST(ShippedDeadlineWords, AreNeededByTheirExamplesAndNotByTheirCounterExamples) {
  const Result<Models> models = Models::load(VANBAN_SOURCE_DIR "/models");
  ASSERT_TRUE(models) << models.error().message;
  const ModelTable& table = **models->table("deadline_words");
  const Result<DeadlineReader> whole = DeadlineReader::create(table);
  ASSERT_TRUE(whole) << whole.error().message;
  ASSERT_TRUE(table.column("source"));
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const std::string& name = table.at(i, "class");
    const std::string& words = table.at(i, "words");
    SCOPED_TRACE(table.file + ":" + std::to_string(table.lines[i]) + " " + name + " " + words);
    ModelTable less = table;
    less.rows[i][*table.column("words")] = kNeverPrinted;
    const Result<DeadlineReader> without = DeadlineReader::create(less);
    ASSERT_TRUE(without) << without.error().message;
    const std::string& example = table.at(i, "example");
    const std::string& counter_example = table.at(i, "counter_example");
    EXPECT_FALSE(table.at(i, "source").empty());
    EXPECT_TRUE(stands_in(example, words)) << example;
    EXPECT_TRUE(stands_in(counter_example, words)) << counter_example;
    EXPECT_NE(read(*whole, name, example), read(*without, name, example)) << example;
    EXPECT_EQ(read(*whole, name, counter_example), read(*without, name, counter_example)) << counter_example;
  }
}

TEST(DeadlineWords, ABadRowIsNamedByFileAndLine) {
  const Result<Models> models = Models::load(VANBAN_SOURCE_DIR "/models");
  ASSERT_TRUE(models) << models.error().message;
  const ModelTable& table = **models->table("deadline_words");
  const struct {
    int line;
    std::vector<std::string> row;
    const char* says;
  } rows[] = {
      {__LINE__, {"limit.never", "khi nào", "", "", "", ""}, "no class of words is called limit.never"},
      {__LINE__, {"limit.before", "", "", "", "", ""}, "no words"},
      {__LINE__, {"limit.before", "trước khi", "1", "", "", ""}, "no value of limit.before: 1"},
      {__LINE__, {"quarter.number", "năm", "", "", "", ""}, "no value of quarter.number: "},
      {__LINE__, {"quarter.number", "năm", "5x", "", "", ""}, "no value of quarter.number: 5x"},
      {__LINE__, {"quarter.number", "năm", "5", "", "", ""}, "no value of quarter.number: 5"},
      {__LINE__, {"each.unit", "kỳ", "often", "", "", ""}, "no value of each.unit: often"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    ModelTable bad = table;
    bad.rows.push_back(row.row);
    bad.lines.push_back(4711);
    const Result<DeadlineReader> reader = DeadlineReader::create(bad);
    ASSERT_FALSE(reader);
    EXPECT_EQ(reader.error().code, ErrorCode::kBadTable);
    EXPECT_NE(reader.error().message.find(":4711: " + std::string(row.says)), std::string::npos)
        << reader.error().message;
  }
  ModelTable empty = table;
  empty.rows.clear();
  EXPECT_FALSE(DeadlineReader::create(empty));
}

}  // namespace
}  // namespace vanban
