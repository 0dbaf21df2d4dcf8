// TableTitle: what stands over a table and makes it one of targets or of results, and the period that a
// column without one of its own takes from there.

#ifndef VANBAN_SRC_EXTRACT_TABLE_TITLE_H_
#define VANBAN_SRC_EXTRACT_TABLE_TITLE_H_

#include <string>

#include "extract/figure_passage.h"

namespace vanban {

struct TableTitle {
  std::size_t section = FigureContext::kNoSection;  // the table's parent section
  TextRange above;                                  // the paragraph right above it; empty: none
  bool target = false, money = false;               // says chỉ tiêu; says kinh phí, dự toán
  Stance stance = Stance::kNeutral;
  std::string period;  // of title and headings, nearest first; empty: none
  std::string unit;    // "Đơn vị tính: triệu đồng" above it, of all its figures; empty: none
};

// "10 tháng", "Quý I" in the year of the period `whole`: "10 tháng 2024", "Quý I/2024"; as it is where that is
// no single year or `part` has one.
std::string in_year_of(const std::string& part, const std::string& whole);

// Cost: linear in the title and six levels of headings.
TableTitle title_of(const FigureContext& context, const Table& table, const FigureTools& tools);

// "10 tháng 2017" -> "2017", "Quý I/2024" -> "2024", "2021-2025" as it is; empty: no year in it.
std::string year_of_period(const std::string& period);

// The period of a column of results: "Thực hiện 10 tháng" under "… năm 2017" is "10 tháng 2017", "Ước thực
// hiện cả năm" there is "2017"; a column that names none takes the title's.
std::string result_period(const TableColumn& column, const TableTitle& title);
// The same for targets: a plan (kế hoạch) that names no part of a year is one for the year, also in a report
// on ten months of it.
std::string target_period(const TableColumn& column, const TableTitle& title);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_TABLE_TITLE_H_
