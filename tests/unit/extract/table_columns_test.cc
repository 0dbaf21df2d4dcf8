#include "extract/table_columns.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vanban {
namespace {

const TableColumns& columns() {
  static const TableColumns* made = [] {
    auto models = Models::load(std::string(VANBAN_SOURCE_DIR) + "/models");
    EXPECT_TRUE(models.has_value());
    auto table = TableColumns::create(*models);
    EXPECT_TRUE(table.has_value()) << (table ? "" : table.error().message);
    return new TableColumns(std::move(*table));
  }();
  return *made;
}

TableRow row(const std::vector<std::string>& cells) {
  TableRow made;
  int column = 0;
  for (const std::string& text : cells) {
    TableCell cell;
    cell.text = text;
    cell.column = column++;
    made.push_back(cell);
  }
  return made;
}

std::string dump(const TableHead& head) {
  static const char* const kNames[] = {
      "?",        "ordinal", "name", "unit",         "subject",   "value",    "plan",   "actual",
      "estimate", "ratio",   "lead", "coordinating", "evaluator", "deadline", "result", "note"};
  std::string out;
  for (const TableColumn& column : head.columns) {
    if (!out.empty()) out += " | ";
    out += kNames[static_cast<std::size_t>(column.kind)];
    if (!column.period.empty()) out += " " + column.period;
  }
  return out;
}

TEST(TableColumns, TellsColumnsByTheirHeads) {
  struct Case {
    int line;
    std::vector<std::string> head;
    const char* expected;
  };
  const Case cases[] = {
      {__LINE__,
       {"STT", "Chỉ tiêu", "Đơn vị", "Chỉ tiêu năm 2024", "Cơ quan chủ trì thực hiện",
        "Cơ quan chủ trì đánh giá"},
       "ordinal | name | unit | plan 2024 | lead | evaluator"},
      {__LINE__, {"STT", "Chỉ tiêu", "Đơn vị", "Chỉ tiêu năm 2025"}, "ordinal | name | unit | plan 2025"},
      {__LINE__,
       {"TT", "CHỈ TIÊU", "ĐVT", "Kế hoạch năm 2017", "Thực hiện 10 tháng", "Ước thực hiện cả năm",
        "So với kế hoạch (%)", "Kế hoạch năm 2018", "Ghi chú"},
       "ordinal | name | unit | plan 2017 | actual 10 tháng | estimate | ratio | plan 2018 | note"},
      {__LINE__,
       {"TT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả", "Thời gian hoàn thành"},
       "ordinal | name | lead | coordinating | result | deadline"},
      {__LINE__,
       {"TT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì theo dõi, đánh giá"},
       "ordinal | name | unit | result | evaluator"},
      {__LINE__,
       {"STT", "Nội dung", "Đơn vị tính", "Năm 2025", "Đến năm 2030", "Giai đoạn 2031 - 2035"},
       "ordinal | name | unit | value 2025 | value 2030 | value 2031-2035"},
      {__LINE__,
       {"TT", "Mục tiêu", "Đơn vị tính", "2025", "2030"},
       "ordinal | name | unit | value 2025 | value 2030"},
      {__LINE__, {"TT", "Nội dung", "Chỉ tiêu", "Đơn vị chủ trì"}, "ordinal | name | plan | lead"},
      {__LINE__,
       {"Số TT", "Bộ, ngành, địa phương", "Số lượng", "Ghi chú"},
       "ordinal | subject | value | note"},
      {__LINE__, {"TT", "Đơn vị", "Tổng số", "Tỷ lệ (%)"}, "ordinal | subject | value | value"},
      {__LINE__,
       {"TT", "Nhiệm vụ", "Sản phẩm", "Thời hạn", "Đơn vị thực hiện"},
       "ordinal | name | result | deadline | lead"},
      {__LINE__,
       {"**TT**", "**Nội\ncông việc**", "**Chủ trì**", "**Phối hợp**"},
       "ordinal | name | lead | coordinating"},
      {__LINE__, {"Họ và tên", "Chức vụ", "Địa chỉ"}, "? | ? | ?"},
      {__LINE__, {"Độc lập", "Tự do", "Hạnh phúc"}, "? | ? | ?"},
      {__LINE__, {"", "", ""}, "? | ? | ?"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    Table table;
    table.columns = static_cast<int>(one.head.size());
    table.header.push_back(row(one.head));
    EXPECT_EQ(dump(columns().read(table)), one.expected);
    // The same head as a first row that layout did not tell from data.
    Table flat;
    flat.columns = table.columns;
    flat.rows.push_back(row(one.head));
    flat.rows.push_back(row(std::vector<std::string>(one.head.size(), "x")));
    const TableHead head = columns().read(flat);
    EXPECT_EQ(head.first_row, head.known() > 0 ? 1u : 0u);
  }
}

TEST(TableColumns, JoinsHeadRowsAndLeavesOutColumnNumbers) {
  Table table;
  table.columns = 5;
  TableRow top = row({"TT", "Chỉ tiêu", "Đơn vị", "Năm 2017"});
  top[3].colspan = 2;
  TableRow below = row({"Kế hoạch", "Thực hiện"});
  below[0].column = 3;
  below[1].column = 4;
  table.header = {top, below, row({"(1)", "(2)", "(3)", "(4)", "(5)=(4)/(3)"})};
  EXPECT_EQ(dump(columns().read(table)), "ordinal | name | unit | plan 2017 | actual 2017");
  table.header.pop_back();
  table.rows = {row({"A", "B", "1", "2", "3"}), row({"1", "Tỷ lệ", "%", "5", "6"})};
  EXPECT_EQ(columns().read(table).first_row, 1u);
}

// "Cơ quan thực hiện" over "Chủ trì" and "Phối hợp".
TEST(TableColumns, TellsRolesByTheLowerHead) {
  Table table;
  table.columns = 5;
  TableRow top = row({"TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời gian"});
  top[2].colspan = 2;
  top[3].column = 4;
  TableRow below = row({"Chủ trì", "Phối hợp"});
  below[0].column = 2;
  below[1].column = 3;
  table.header = {top, below};
  EXPECT_EQ(dump(columns().read(table)), "ordinal | name | lead | coordinating | deadline");
}

TEST(TableColumns, FindsPeriods) {
  struct Case {
    int line;
    const char* text;
    const char* expected;
  };
  const Case cases[] = {
      {__LINE__, "Chỉ tiêu năm 2024", "2024"},
      {__LINE__, "giai đoạn 2021 - 2025", "2021-2025"},
      {__LINE__, "giai đoạn 2021–2025", "2021-2025"},
      {__LINE__, "từ năm 2021 đến năm 2025", "2021-2025"},
      {__LINE__, "Đến năm 2030", "2030"},
      {__LINE__, "Thực hiện 10 tháng năm 2017", "10 tháng 2017"},
      {__LINE__, "Thực hiện 6 tháng đầu năm 2024", "6 tháng đầu năm 2024"},
      {__LINE__, "Quý I/2024", "Quý I/2024"},
      {__LINE__, "Quý 3 năm 2024", "Quý 3/2024"},
      {__LINE__, "TH T1/2004", "Tháng 1/2004"},
      {__LINE__, "Thực hiện tháng 05 năm 2024", "Tháng 5/2024"},
      {__LINE__, "Tổ 1/2004", "2004"},
      {__LINE__, "Đợt 13/2004", "2004"},
      {__LINE__, "Ước cả năm", ""},
      {__LINE__, "quý cơ quan", ""},
      {__LINE__, "thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị", ""},
      {__LINE__, "Quyết định ngày 31/5/2020", ""},
      {__LINE__, "Kế hoạch năm 2025 theo Nghị quyết ngày 22 tháng 12 năm 2024", "2025"},
      {__LINE__, "Quyết định số 45/2018/QĐ-TTg", ""},
      {__LINE__, "12020 người", ""},
      {__LINE__, "", ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(period_in(one.text), one.expected);
  }
}

}  // namespace
}  // namespace vanban
