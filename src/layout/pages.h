// The steps of lay_out_pages, in the order in which a page goes through them, and the values between them.
//
//   make_page       words cleaned and turned upright
//   drop_arrival_stamps  "ĐẾN, Số:, Ngày:" in a frame
//   find_grids      ruling lines -> tables' cells; words inside belong to them
//   make_lines      words -> lines; a wide gap ends a line
//   find_furniture  page numbers, running heads, stamps, electronic signatures (across pages)
//   find_footnotes  small print below a short rule; footnote marks in the text
//   make_items      lines and tables -> paragraphs and tables in reading order (columns, margins, alignment)
//   join_pages      paragraphs and tables that a page's end cut
//   write_text      everything -> LaidOutText

#ifndef VANBAN_LAYOUT_PAGES_H_
#define VANBAN_LAYOUT_PAGES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/doc/laid_out_text.h"
#include "vanban/doc/raw_document.h"

namespace vanban::pages {

struct Word {
  std::string text;  // clean, not empty
  Box box;           // upright: the page turned so that most of its words stand straight
  double size = 0;
  bool bold = false, italic = false;
  bool glued = false;  // no space before the next word of the line
  int turn = 0;        // degrees against the upright page: nearly always 0
  double confidence = 1;
  int cell = -1;           // OCR's own cell
  int ocr_line = -1;       // OCR's own line; -1: none, or a text layer's
  bool noise = false;      // OCR read a speck, a border or a pen mark
  bool smudge = false;     // like noise, but so wide that it may stand for words
  std::size_t source = 0;  // index into RawPage::words
  std::string mark;        // not empty: this word, or its end (`mark_bytes`), is a footnote's mark
  std::size_t mark_bytes = 0;
};

// Words of one page on one baseline, left to right, without a column gap between them.
struct Line {
  std::vector<std::size_t> words;  // indices into Page::words
  Box box;
  double size = 0;  // of most of its words
  bool bold = false, italic = false;
  std::size_t row = 0;  // lines side by side have the same
};

struct Cell {
  int row = 0, column = 0, rowspan = 1, colspan = 1;
  Box box;
  std::vector<std::size_t> words;  // not yet in order
  std::vector<Line> lines;
};

// A table's part on one page.
struct Grid {
  Box box;
  std::vector<double> xs, ys;  // column and row edges, ascending
  std::vector<Cell> cells;     // by row, then column
  bool inferred = false;
  bool unclear = false;  // a cell was no rectangle
};

struct Page {
  int number = 0;
  std::size_t index = 0;  // into RawDocument::pages
  double width = 0, height = 0;
  bool ocr = false;
  double body_size = 0;        // the size of most words
  double left = 0, right = 0;  // the text's margins
  std::vector<Word> words;
  std::vector<Ruling> rulings;
  std::vector<Box> cells;
  std::vector<Grid> grids;
  std::vector<Line> lines;      // outside tables, top to bottom; those of one row left to right
  std::vector<Line> footnotes;  // lines of the footnotes, once told apart
  std::vector<Line> furniture;
};

// A line and its page, for paragraphs that go on over pages.
struct Piece {
  std::size_t page = 0;  // index into the vector of pages
  Line line;
};

struct Paragraph {
  std::vector<Piece> lines;
  int column = 0;
  Alignment alignment = Alignment::kUnknown;
  bool bold = false, italic = false;
  double indent = 0, size = 0;
  bool open = false;     // its last line is full: it may go on after a page's end
  std::string footnote;  // label; not empty: this is a footnote
  bool is_footnote = false;
};

struct ItemCell {
  int column = 0, colspan = 1, rowspan = 1;
  std::vector<Piece> lines;
};

struct ItemRow {
  std::vector<ItemCell> cells;
  std::size_t page = 0;
};

struct ItemTable {
  std::vector<double> xs;
  std::vector<ItemRow> header, rows;
  bool inferred = false, unclear = false;
};

struct Item {
  bool is_table = false;
  std::size_t page = 0;
  Paragraph paragraph;
  ItemTable table;
};

// ---- words and lines (pages_lines.cc) ----
Page make_page(const RawPage& raw, std::size_t index);
// Lines of `words` (indices), top to bottom; `split`: a gap wider than a column gap ends a line.
std::vector<Line> make_lines(const Page& page, const std::vector<std::size_t>& words, bool split);
void finish_line(const Page& page, Line& line);  // sorts its words and sets box, size, bold, italic
std::string line_text(const Page& page, const Line& line);
// Whether a space stands between two neighbours of one line.
bool space_between(const Word& left, const Word& right);

// ---- put on the paper afterwards (pages_stamps.cc) ----
// Marks the words in an arrival stamp's frame ("CÔNG VĂN ĐẾN / Số: / Ngày:") as noise; its lines are no
// table.
void drop_arrival_stamps(Page& page);
// A few letters above the head that OCR is not sure of: somebody's pen.
bool is_pen_mark_above_head(const Page& page, const Line& line);

// ---- ruling lines to tables (pages_grid.cc) ----
void find_grids(Page& page);

// ---- what does not belong to the text (pages_furniture.cc) ----
void find_furniture(std::vector<Page>& pages);

// ---- footnotes (pages_footnotes.cc) ----
struct FootnoteStart {
  std::string label;      // "1", "*"; empty: no label
  std::size_t words = 0;  // words that are the label alone
};
FootnoteStart footnote_start(const Page& page, const Line& line);
void find_footnotes(Page& page);

// ---- reading order (pages_items.cc, pages_paragraphs.cc, pages_tables.cc) ----
void find_margins(std::vector<Page>& pages);
std::vector<Item> make_items(const std::vector<Page>& pages, std::size_t index);
// Paragraphs of lines of one column between the margins `left` and `right`.
std::vector<Paragraph> make_paragraphs(const std::vector<Page>& pages, std::size_t index,
                                       const std::vector<Line>& lines, double left, double right, int column);
bool starts_with_label(std::string_view text);  // "1.", "a)", "-", "Điều 5.", "II."
bool is_type_line(
    std::string_view text);  // "QUYẾT ĐỊNH", "KẾ HOẠCH": a kind of document on a line of its own
bool is_place_and_date(std::string_view text);  // "Hà Nội, ngày 10 tháng 01 năm 2024"; the day may be blank
bool continues_sentence(std::string_view before, std::string_view after);
ItemTable make_table(const std::vector<Page>& pages, std::size_t index, const Grid& grid);
std::vector<Item> join_pages(const std::vector<Page>& pages, std::vector<std::vector<Item>> items);

// ---- output (pages_write.cc) ----
LaidOutText write_text(const RawDocument& raw, const std::vector<Page>& pages,
                       const std::vector<Item>& items);
// The lines' words with the spaces between them, words and numbers that a line's end cut put together.
std::string pieces_text(const std::vector<Page>& pages, const std::vector<Piece>& lines);
// Whether the words at a line's end and at the next one's start are one word ("NQ-" + "CP", "02/" + "NQ-CP").
bool joined_at_line_end(std::string_view before, std::string_view after);

// Everything but the writing, for tests.
std::vector<Page> analyse(const RawDocument& raw);

}  // namespace vanban::pages

#endif  // VANBAN_LAYOUT_PAGES_H_
