#include "layout/plain_columns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::layout {
namespace {

// The words of one line; each "|" begins a new one.
std::vector<TableWord> words_of(std::string_view text) {
  std::vector<TableWord> words;
  std::uint8_t before = 1;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (text.substr(at, end - at) == "|") {
      before = 1;
    } else {
      words.emplace_back(text.substr(at, end - at), before);
      before = 0;
    }
    at = end + 1;
  }
  return words;
}

TEST(DealWords, TakesTheCheapestCells) {
  const Column label{ColumnKind::kLabel, "TT"}, name{ColumnKind::kName, "Nhiệm vụ"},
      unit{ColumnKind::kUnit, "Đơn vị"}, value{ColumnKind::kValue, "Năm 2025"},
      agency{ColumnKind::kAgency, "Chủ trì"}, product{ColumnKind::kProduct, "Sản phẩm"};
  struct Row {
    int line;
    std::vector<Column> columns;
    std::string_view words;
    std::vector<std::size_t> ends;
    double cost;
    bool group;
  };
  const Row rows[] = {
      {__LINE__, {label, name, unit, value}, "Tỷ lệ % 80", {2, 3, 4}, 1, false},
      {__LINE__, {label, name, unit, value}, "Tỷ lệ | % | 80", {2, 3, 4}, 0.5, false},
      {__LINE__, {label, name, unit, value}, "Số hộ triệu đồng Tối thiểu 80", {2, 4, 7}, 1, false},
      // A word of its own is no value, and the name alone is a heading.
      {__LINE__, {label, name, unit, value}, "Tỷ lệ nghèo", {3, 3, 3}, 2.6, true},
      {__LINE__, {label, name, agency, product}, "Rà soát | Bộ Y tế | Báo cáo", {2, 5, 7}, 0.9, false},
      // "đồng" alone would cost the same, and so would a product that begins one word earlier.
      {__LINE__, {label, name, unit, value}, "Chi triệu đồng 80", {1, 3, 4}, 1, false},
      {__LINE__, {label, name, agency, product}, "Rà | Bộ Y Tế | A Báo", {1, 4, 6}, 0.9, false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const RowCells cells = deal_words(words_of(row.words), row.columns);
    EXPECT_EQ(cells.ends, row.ends);
    EXPECT_DOUBLE_EQ(cells.cost, row.cost);
    EXPECT_EQ(cells.group, row.group);
  }
}

TEST(DealWords, GivesUpOnRowsThatAreTooLong) {
  const std::vector<Column> columns = {{ColumnKind::kLabel, "TT"}, {ColumnKind::kName, "Nhiệm vụ"}};
  EXPECT_GT(deal_words({}, columns).cost, kUnclear);
  EXPECT_GT(deal_words(std::vector<TableWord>(kLongestRow + 1, TableWord("Rà")), columns).cost, kUnclear);
  EXPECT_LE(deal_words(std::vector<TableWord>(kLongestRow, TableWord("Rà")), columns).cost, kUnclear);
}

}  // namespace
}  // namespace vanban::layout
