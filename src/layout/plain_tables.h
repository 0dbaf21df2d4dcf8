// Tables of plain text: lines with tabs, and cells that were written one after the other.

#ifndef VANBAN_LAYOUT_PLAIN_TABLES_H_
#define VANBAN_LAYOUT_PLAIN_TABLES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "layout/plain_builder.h"
#include "layout/plain_lines.h"
#include "vanban/doc/diagnostic.h"

namespace vanban::layout {

struct TableRegion {
  std::size_t begin = 0, end = 0;  // lines
  TableText table;
};

// Rows typed with "|" between their cells, with tabs instead: "1 | Tỷ lệ hộ nghèo | % | 3", "| 1 | Tỷ lệ hộ
// nghèo |". Only where lines below each other have as many cells, three at least, or two under a head; lines
// of dashes between them go. Other text stays as it is.
std::string pipes_to_tabs(const std::string& text);

// The table of lines with tabs that begins at line `at`; an empty one (end == begin) if there is none.
TableRegion read_tab_table(const std::vector<Line>& lines, std::size_t at);

// The table without tabs whose head ("STT …") begins at line `at`. Rows are found by the sequence of their
// labels, cells by what each column can hold. Where they cannot be told apart: an empty region and a
// diagnostic "table-unclear".
TableRegion read_inferred_table(const std::vector<Line>& lines, std::size_t at, Diagnostics& diagnostics);

}  // namespace vanban::layout

#endif  // VANBAN_LAYOUT_PLAIN_TABLES_H_
