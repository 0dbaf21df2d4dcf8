// Letters and words by hand, for scanners that look at text byte by byte. Vietnamese letters only need Latin
// blocks, so case is a table look-up here; full Unicode case is normalise/text.h.

#ifndef VANBAN_LEXICON_SCAN_H_
#define VANBAN_LEXICON_SCAN_H_

#include <cstddef>
#include <string_view>

#include "vanban/base/utf8.h"

namespace vanban {

// The lower case of a letter of the Vietnamese alphabet ("Đ" -> "đ", "Ệ" -> "ệ"); any other code point
// unchanged.
constexpr char32_t lower_letter(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c == 0xD0 ? 0x111 : c + 0x20;  // Ð (eth) stands for Đ
  if (c >= 0x100 && c <= 0x137) return c | 1;
  if (c >= 0x14A && c <= 0x177) return c | 1;
  if (c == 0x1A0 || c == 0x1AF) return c + 1;
  if (c >= 0x1E00 && c <= 0x1EFF) return c | 1;
  return c;
}
// Latin letters with any mark, combining marks.
constexpr bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c <= 0x1EFF) ||
         (c >= 0x300 && c <= 0x36F) || (c >= 0x370 && c <= 0x52F);
}
inline bool is_upper_letter(char32_t c) { return is_letter(c) && lower_letter(c) != c; }
// Space, tab, line break or no-break space at `at`: its length in bytes, else 0.
inline std::size_t space_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char c = text[at];
  if (c == ' ' || c == '\n' || c == '\t' || c == '\r') return 1;
  return c == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0' ? 2 : 0;
}
// The first offset from `at` on that is no white space.
inline std::size_t skip_space(std::string_view text, std::size_t at) {
  while (const std::size_t n = space_at(text, at)) at += n;
  return at;
}
// The offset behind the last byte before `at` that is no white space.
std::size_t skip_space_back(std::string_view text, std::size_t at);

// Neither a letter nor a digit ends just before `at` (begins at `at`).
inline bool word_starts(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  std::size_t before = at;
  const char32_t c = decode_utf8_before(text, before);
  return !is_letter(c) && !(c >= '0' && c <= '9');
}
inline bool word_ends(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  const char32_t c = decode_utf8(text, at);
  return !is_letter(c) && !(c >= '0' && c <= '9');
}

// If text at `at` reads `words` (lower case, single spaces), whatever its case and white space: the length in
// bytes; else 0. Word edges are the caller's to check.
std::size_t match_all_words(std::string_view text, std::size_t at,
                            std::string_view words);  // the same, out of line
inline std::size_t match_words(std::string_view text, std::size_t at, std::string_view words) {
  // Nearly every question ends at the first letter. No letter outside ASCII has a lower case in ASCII.
  if (at >= text.size() || words.empty()) return 0;
  const char letter = text[at], wanted = words[0];
  if (static_cast<unsigned char>(wanted) >= 0x80) {
    if (static_cast<unsigned char>(letter) < 0x80) return 0;
  } else if (wanted != ' ' &&
             (letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 0x20) : letter) != wanted) {
    return 0;
  }
  return match_all_words(text, at, words);
}
// If the text that ends at `end` reads `words`: the offset where it begins; else npos.
std::size_t match_words_back(std::string_view text, std::size_t end, std::string_view words);

}  // namespace vanban

#endif  // VANBAN_LEXICON_SCAN_H_
