// Letters and words by hand, for scanners that look at text byte by byte. Vietnamese letters only need Latin blocks, so
// case is a table look-up here; full Unicode case is normalise/text.h.

#ifndef VANBAN_LEXICON_SCAN_H_
#define VANBAN_LEXICON_SCAN_H_

#include <cstddef>
#include <string_view>

namespace vanban {

// The lower case of a letter of the Vietnamese alphabet ("Đ" -> "đ", "Ệ" -> "ệ"); any other code point unchanged.
char32_t lower_letter(char32_t code_point);
bool is_letter(char32_t code_point);  // Latin letters with any mark, combining marks
bool is_upper_letter(char32_t code_point);
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Space, tab, line break or no-break space at `at`: its length in bytes, else 0.
std::size_t space_at(std::string_view text, std::size_t at);
// The first offset from `at` on that is no white space.
std::size_t skip_space(std::string_view text, std::size_t at);
// The offset behind the last byte before `at` that is no white space.
std::size_t skip_space_back(std::string_view text, std::size_t at);

// Neither a letter nor a digit ends just before `at` (begins at `at`).
bool word_starts(std::string_view text, std::size_t at);
bool word_ends(std::string_view text, std::size_t at);

// If text at `at` reads `words` (lower case, single spaces), whatever its case and white space: the length in bytes;
// else 0. Word edges are the caller's to check.
std::size_t match_words(std::string_view text, std::size_t at, std::string_view words);
// If the text that ends at `end` reads `words`: the offset where it begins; else npos.
std::size_t match_words_back(std::string_view text, std::size_t end, std::string_view words);

}  // namespace vanban

#endif  // VANBAN_LEXICON_SCAN_H_
