// Table columns (cột): what stands in each column of a table, told by the words of its head. Tasks,
// indicators and measurements read tables through this.

#ifndef VANBAN_SRC_EXTRACT_TABLE_COLUMNS_H_
#define VANBAN_SRC_EXTRACT_TABLE_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/pattern.h"
#include "vanban/models/models.h"

namespace vanban {

// Names in models/patterns/table_columns.tsv are these in snake case, with an optional ".suffix".
enum class ColumnKind : std::uint8_t {
  kUnknown,
  kOrdinal,       // STT, TT
  kName,          // Chỉ tiêu, Nội dung, Tên nhiệm vụ
  kUnit,          // Đơn vị tính
  kSubject,       // Bộ, ngành, địa phương: whose figures a row holds
  kValue,         // Năm 2030, Số lượng: a figure whose nature the table tells, not the head
  kPlan,          // Kế hoạch, Chỉ tiêu năm 2024, Mục tiêu: what is to be reached
  kActual,        // Thực hiện 10 tháng
  kEstimate,      // Ước thực hiện cả năm
  kRatio,         // So với kế hoạch (%): derived from others
  kLead,          // Cơ quan chủ trì (thực hiện)
  kCoordinating,  // Cơ quan phối hợp
  kEvaluator,     // Cơ quan chủ trì theo dõi, đánh giá
  kDeadline,      // Thời hạn hoàn thành
  kResult,        // Sản phẩm, Kết quả
  kNote,          // Ghi chú
};

struct TableColumn {
  ColumnKind kind = ColumnKind::kUnknown;
  std::string head;    // the words of all head rows above it, joined by single spaces
  std::string lowest;  // the words of the lowest of them
  std::string period;  // "2024", "2021-2025", "10 tháng 2017"; empty: the head names none
};

// What the head says. `columns` has one entry for each grid column.
struct TableHead {
  std::vector<TableColumn> columns;
  std::size_t first_row =
      0;  // first of Table::rows that holds data: rows above it are head that layout kept as rows

  std::optional<std::size_t> find(ColumnKind kind) const;  // the first column of this kind
  bool has(ColumnKind kind) const { return find(kind).has_value(); }
  std::vector<std::size_t> all(ColumnKind kind) const;
  // How many columns were recognised. Below 2 the head tells nothing.
  std::size_t known() const;
};

// Costly to make, cheap to use; const members may be called from several threads.
class TableColumns {
 public:
  // Errors: kBadTable.
  static Result<TableColumns> create(const Models& models);

  // Kinds of all columns. A table without a head gives kUnknown columns. Cost: linear in the head.
  TableHead read(const Table& table) const;

  // The kind that the words of one head cell have by themselves.
  ColumnKind kind_of(std::string_view head) const;

 private:
  void name_blank_head(const Table& table, TableHead& head) const;
  void resolve(TableHead& head) const;
  explicit TableColumns(PatternTable patterns) : patterns_(std::move(patterns)) {}
  PatternTable patterns_;
  std::vector<std::pair<ColumnKind, const Pattern*>> rows_;  // first match wins
};

// A table that a scan cut into several: parts without a head of their own that stand right below one another
// and have as many columns are read as one.
struct WholeTables {
  // For each of Document::tables the table to read; null: its rows go on the table above.
  std::vector<const Table*> of;
  std::deque<Table> joined;  // owns those that were put together
};
// `document` must outlive it. Cost: linear in the tables.
WholeTables whole_tables(const Document& document, const TableColumns& columns);

// The years, part of a year or plan period that `text` names: "Chỉ tiêu năm 2024" -> "2024", "giai đoạn 2021
// - 2025" -> "2021-2025", "Thực hiện 10 tháng năm 2017" -> "10 tháng 2017", "Quý I/2024" -> "Quý I/2024";
// empty: none. `in_sentence`: a year counts only behind năm, giai đoạn, a slash or a dash ("2082 phiếu" is
// none).
std::string period_in(std::string_view text, bool in_sentence = false);
// "Quý I" or "Tháng 5" of 2024 is "Quý I/2024", "6 tháng" of it "6 tháng 2024". `part` must not be empty.
std::string part_of_year(const std::string& part, const std::string& year);

// The cell that covers grid column `column` in `row`; null: none begins there or reaches over it.
const TableCell* cell_at(const TableRow& row, std::size_t column);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_TABLE_COLUMNS_H_
