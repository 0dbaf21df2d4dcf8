// Line: one block of the laid out text as parse looks at it, and the small questions asked of a line's text.

#ifndef VANBAN_SRC_PARSE_LINES_H_
#define VANBAN_SRC_PARSE_LINES_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/doc/laid_out_text.h"

namespace vanban::parse {

// A paragraph, a table or a footnote. `text` is what stands in `where`, without blanks at its ends; it points
// into the document's text.
struct Line {
  std::size_t block = 0;
  TextRange where;
  std::string_view text;
  BlockKind kind = BlockKind::kParagraph;
  int column = 0;
  bool centred = false;
  bool bold = false;
  bool cell = false;  // a cell of a table that only holds a head or a foot apart; kind is kParagraph
};

// `is_frame`: whether a cell's text shows that its table is no table but a head or a foot in two columns (a
// motto, "Nơi nhận:", "TM. …"): such a table's cells are lines.
std::vector<Line> make_lines(const LaidOutText& laid_out,
                             const std::function<bool(std::string_view)>& is_frame);

TextRange trim(std::string_view text, TextRange range);
std::string_view trim(std::string_view text);

// Without what may stand behind a heading, an item or a subject: blanks and the signs in `signs`.
std::string_view without_end(std::string_view text, std::string_view signs);

// Only dashes, underscores, dots, stars: the line under a motto, a blank to fill in.
bool is_rule(std::string_view text);

// Ends as a sentence, an item of a list or a lead-in does: . ; : , ? ! … (closing quotes and brackets looked
// through).
bool ends_sentence(std::string_view text);
bool ends_with_colon(std::string_view text);

// Has letters, and none is lower case. Cost: up to the first lower case letter.
bool upper_case(std::string_view text);
bool starts_upper(std::string_view text);  // an upper case letter, behind quotes and brackets

// Runs of other than white space; of a text with more than `most` of them it may stop at any larger number.
std::size_t word_count(std::string_view text, std::size_t most = static_cast<std::size_t>(-1));
std::vector<std::string_view> words_of(std::string_view text);

// Runs of white space become one space.
std::string single_spaced(std::string_view text);

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_LINES_H_
