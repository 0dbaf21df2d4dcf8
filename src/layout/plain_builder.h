// Puts LaidOutText together: text, blocks, tables and footnote marks, one piece after the other.

#ifndef VANBAN_LAYOUT_PLAIN_BUILDER_H_
#define VANBAN_LAYOUT_PLAIN_BUILDER_H_

#include <string>
#include <string_view>
#include <vector>

#include "vanban/doc/laid_out_text.h"

namespace vanban::layout {

// Text of one cell; `column` and spans as in TableCell.
struct CellText {
  std::string text;
  int column = 0;
  int colspan = 1, rowspan = 1;
  double confidence = 1;
};
struct TableText {
  std::vector<std::vector<CellText>> header, rows;
  int columns = 0;
  bool inferred = false;
};

class TextBuilder {
 public:
  // `text` may hold marks between kMarkBegin and kMarkEnd (plain_lines.h): they become FootnoteMarks. Returns
  // the block, null where there was nothing but space.
  Block* add_paragraph(std::string_view text);
  Block* add_footnote(const std::string& label, std::string_view text);
  void add_table(const TableText& table);
  LaidOutText take() { return std::move(out_); }
  LaidOutText& out() { return out_; }

 private:
  TextRange append(std::string_view text);
  // The same of a text whose white space, emphasis and cut numbers are put right.
  TextRange append_tidied(std::string_view text);
  TextRange append_cells(const std::vector<std::vector<CellText>>& from, std::vector<TableRow>& to);
  LaidOutText out_;
};

// "*(Kèm theo …)*", "**Điều 1**": without the signs.
std::string without_emphasis(std::string_view text);
// "01/NQ- CP": without the space that a line end left inside a number.
std::string without_cut_numbers(std::string_view text);
// `text` with white space (tabs and newlines too) made single spaces, none at the ends.
std::string single_spaced(std::string_view text);

}  // namespace vanban::layout

#endif  // VANBAN_LAYOUT_PLAIN_BUILDER_H_
