// Lines of plain text, and what one can say of a line by itself.

#ifndef VANBAN_LAYOUT_PLAIN_LINES_H_
#define VANBAN_LAYOUT_PLAIN_LINES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::layout {

// Noncharacters that enclose a footnote's mark while lines are put together; the input's own are taken out.
inline constexpr std::string_view kMarkBegin = "\xEF\xB7\x90";  // U+FDD0
inline constexpr std::string_view kMarkEnd = "\xEF\xB7\x91";    // U+FDD1

struct Line {
  std::string text;         // trimmed; runs of spaces are one, tabs stay
  std::size_t width = 0;    // code points
  std::size_t measure = 0;  // width of the wide lines around: what a full line measures here
  int indent = 0;           // spaces before it
  int gap = 0;              // blank lines before it
  bool page_start = false;  // a form feed, or what text extraction leaves of a page break
  bool glued = false;       // joins the line before without a space: it follows a mark on a line of its own
};

constexpr std::size_t kWidestWrap = 160;  // a wider line was never wrapped: it is a paragraph

struct Lines {
  std::vector<Line> lines;
  int spacing = 0;  // blank lines between the lines of one paragraph: 0, or 1 where every line was set apart
};

// Splits a cleaned text ('\f' kept). Rules ("_____", "-----") and page numbers are left out.
Lines split_lines(std::string_view text);
// Counts `measure` anew; to be called when lines were taken out.
void measure_lines(Lines& lines);

std::string_view trimmed(std::string_view text);
// No space at either end, none beside another, and no other white space.
bool is_single_spaced(std::string_view text);
std::string_view first_word(std::string_view text);
std::string_view last_word(std::string_view text);
inline bool starts_with(std::string_view text, std::string_view head) { return text.starts_with(head); }
inline bool ends_with(std::string_view text, std::string_view tail) { return text.ends_with(tail); }
bool is_number(std::string_view text);  // ASCII digits only, and not empty

// Ends a sentence or an item: '.', ';', ':', '!', '?', a closing quote or bracket behind one.
bool ends_sentence(std::string_view line);
// Cannot be the end of anything: a comma, an open bracket, or a word such as "của", "số", "và".
bool ends_open(std::string_view line);
bool starts_lower(std::string_view line);
bool starts_digit(std::string_view line);
// A line in capitals of two words and more: "QUY ĐỊNH CHUNG", but not "UBND".
bool is_title(std::string_view line);

// The line could not have taken the next line's first word: it was broken because it was full. The first line
// of a paragraph may be indented, which plain text does not show.
bool is_full(const Line& line, const Line& next, bool first = false);

}  // namespace vanban::layout

#endif  // VANBAN_LAYOUT_PLAIN_LINES_H_
