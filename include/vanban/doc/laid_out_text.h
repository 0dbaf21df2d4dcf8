// LaidOutText: the document's text in reading order (the contract's `text`), and the way back to the page.
//
// Each paragraph is one line of `text` (lines joined, words that a page or line broke joined, single spaces);
// table cells stand row by row, each cell a line; footnotes after the page's body. Page furniture (page
// numbers, running heads, stamps) is left out. NFC, '\n' between blocks, no '\r', no tab, no control
// characters.

#ifndef VANBAN_DOC_LAID_OUT_TEXT_H_
#define VANBAN_DOC_LAID_OUT_TEXT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "vanban/base/text_range.h"
#include "vanban/doc/diagnostic.h"
#include "vanban/doc/geometry.h"
#include "vanban/doc/raw_document.h"

namespace vanban {

enum class BlockKind : std::uint8_t { kParagraph, kTable, kFootnote };
enum class Alignment : std::uint8_t { kUnknown, kLeft, kCentre, kRight, kJustified };

// One paragraph, one table, or one footnote, in reading order. Ranges are in order and apart.
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  TextRange where;  // a table's: from its first to its last cell
  int page = 0;     // where it begins; 1-based; 0: the input has no pages
  int column = 0;   // 0: full width; 1, 2: left or right of a two-column row (head, signature)
  Alignment alignment = Alignment::kUnknown;
  bool bold = false;  // all of it, or its heading part
  bool italic = false;
  double indent = 0;      // of the first line from the text column's left edge, points; 0 unknown
  double font_size = 0;   // points; 0 unknown
  int heading_level = 0;  // as the file's format says; 0 unknown
  std::size_t table = 0;  // kTable: index into tables
  std::string label;      // kFootnote: the mark ("1", "*"); not part of the footnote's own text after it
};

struct TableCell {
  std::string text;  // lines joined; equal to the document's text at `where`
  TextRange where;   // empty cells: an empty range at the place where it would stand
  int column = 0;    // 0-based grid column
  int colspan = 1, rowspan = 1;
  double confidence = 1;
};

using TableRow = std::vector<TableCell>;  // cells that begin in this row, left to right

struct Table {
  std::string id;       // "t1", "t2", ... in reading order
  std::string section;  // filled by parse
  int page = 0;
  int columns = 0;
  std::vector<TableRow> header;  // repeated heads of following pages are dropped
  std::vector<TableRow> rows;
  std::vector<int> row_pages;  // page of each of `rows`; empty or 0: unknown
  TextRange where;
  bool inferred = false;  // the cells were told apart from words alone, without rulings, tabs or markup
};

// A run of text with its place: one word from a page. Sorted by where.begin; words of a flow have none.
struct PlacedWord {
  TextRange where;
  PageBox place;
  double confidence = 1;
  bool doubtful_digit = false;  // holds a digit that OCR was not sure of
  std::string read_as{};        // what OCR read, where the word was repaired; empty otherwise
};

// A footnote's mark in running text ("văn bản⁵", "năm 2023[1]", also glued: "năm 20234"). Extraction reads
// the text with these ranges blanked, so that neither a word nor a number takes the mark in.
struct FootnoteMark {
  TextRange where;
  std::string label;
  friend bool operator==(const FootnoteMark&, const FootnoteMark&) = default;
};

struct LaidOutText {
  std::string text;
  std::vector<Block> blocks;
  std::vector<Table> tables;
  std::vector<PlacedWord> words;
  std::vector<FootnoteMark> footnote_marks;
  std::string encoding;  // what the bytes or fonts really were: "utf-8", "tcvn3", "vni", ...
  TextOrigin origin = TextOrigin::kPlain;
  Diagnostics diagnostics;
};

}  // namespace vanban

#endif  // VANBAN_DOC_LAID_OUT_TEXT_H_
