#include <gtest/gtest.h>

#include "extract/deadlines.h"
#include "support/word_rows.h"
#include "vanban/models/models.h"

namespace vanban {
namespace {

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

TEST(ShippedDeadlineWords, AreNeededByTheirExamplesAndNotByTheirCounterExamples) {
  const Result<Models> models = Models::load(VANBAN_SOURCE_DIR "/models");
  ASSERT_TRUE(models) << models.error().message;
  const ModelTable& table = **models->table("deadline_words");
  const Result<DeadlineReader> whole = DeadlineReader::create(table);
  ASSERT_TRUE(whole) << whole.error().message;
  testing::expect_rows_needed(
      table, *whole, [](const ModelTable& less) { return DeadlineReader::create(less); }, read);
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
