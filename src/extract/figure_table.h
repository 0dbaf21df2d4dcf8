// FigureTable: one table of figures read row by row: label, name, group, unit and cells, with row spans,
// group rows and rows that a page break cut in two taken into account. Indicators and measurements both read
// it.

#ifndef VANBAN_SRC_EXTRACT_FIGURE_TABLE_H_
#define VANBAN_SRC_EXTRACT_FIGURE_TABLE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/figure_words.h"
#include "extract/table_columns.h"
#include "vanban/doc/document.h"

namespace vanban {

struct FigureRow {
  std::size_t row = 0;                         // index into Table::rows
  std::string label;                           // "2.1", with the Roman group above it: "I.2.1"
  std::string name;                            // without label and full stop
  TextRange where;                             // from its name to its last cell
  std::optional<IndicatorParent> parent;       // the row, or the cell of a group column, that it stands under
  std::string period;                          // of the Roman group above it: "Đến năm 2030"
  std::string unit;                            // of the unit column
  std::vector<std::optional<Figure>> figures;  // for each column of FigureTable::columns
  std::vector<std::vector<Figure>> more;       // further figures of the same cell
  std::vector<TextRange> cells;                // where each figure stands; of the first column that it covers
  double confidence = 1;
};

struct FigureTable {
  TableHead head;
  std::vector<std::size_t> columns;  // grid columns that are asked for
  std::vector<FigureRow> rows;       // rows with a figure in one of them
};

// Reads the figures of `columns` (grid columns of `head`) in `table`. Cost: linear in the cells.
FigureTable read_figure_table(const Table& table, TableHead head, std::vector<std::size_t> columns,
                              const FigureWords& words);

// The unit that a head names: "Diện tích (ha)" -> "ha", "Tỷ lệ %" -> "%"; empty: none.
std::string unit_in_head(std::string_view head, const FigureWords& words);
// What a column counts, where its rows tell whose: "Hộ nghèo", "Tỷ lệ %" -> "Hộ nghèo, Tỷ lệ"; its heads from
// the top, without the unit.
std::string name_in_head(const TableColumn& column, const FigureWords& words);
// The same for a row's name, where only brackets tell: "Thu nội địa (tỷ đồng)" -> "tỷ đồng".
std::string unit_in_brackets(std::string_view name, const FigureWords& words);

// The text of a grid column in a row, looking up through row spans; null: no cell.
class TableGrid {
 public:
  explicit TableGrid(const Table& table);
  const TableCell* at(std::size_t row, std::size_t column) const;

 private:
  std::vector<std::vector<const TableCell*>> cells_;
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_FIGURE_TABLE_H_
