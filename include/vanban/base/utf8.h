// UTF-8 by hand, for loops that look at one code point at a time. Normalisation and case are normalise/.

#ifndef VANBAN_BASE_UTF8_H_
#define VANBAN_BASE_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/text_range.h"

namespace vanban {

inline constexpr char32_t kReplacement = 0xFFFD;

// Reads the code point at `offset` (must be < text.size()) and moves `offset` behind it. A byte that starts
// no valid sequence (overlong, surrogate, truncated) gives U+FFFD and moves one byte: every input terminates.
char32_t decode_utf8_sequence(std::string_view text, std::size_t& offset);  // the same, out of line
inline char32_t decode_utf8(std::string_view text, std::size_t& offset) {
  const auto lead = static_cast<unsigned char>(text[offset]);
  if (lead < 0x80) {
    ++offset;
    return lead;
  }
  // The letters of Vietnamese have two bytes, or three that begin with E1: they are never overlong nor
  // surrogates.
  const auto tail = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]) ^ 0x80u; };
  if (lead >= 0xC2 && lead < 0xE0 && offset + 2 <= text.size()) {
    const unsigned second = tail(1);
    if (second < 0x40) {
      offset += 2;
      return ((lead & 0x1Fu) << 6) | second;
    }
  } else if (lead == 0xE1 && offset + 3 <= text.size()) {
    const unsigned second = tail(1), third = tail(2);
    if (second < 0x40 && third < 0x40) {
      offset += 3;
      return 0x1000u | (second << 6) | third;
    }
  }
  return decode_utf8_sequence(text, offset);
}

// The code point that ends just before `offset`, and moves `offset` back to its first byte; 0 at the start.
char32_t decode_utf8_sequence_before(std::string_view text, std::size_t& offset);  // the same, out of line
inline char32_t decode_utf8_before(std::string_view text, std::size_t& offset) {
  if (offset == 0) return 0;
  const auto last = static_cast<unsigned char>(text[offset - 1]);
  if (last >= 0x80) return decode_utf8_sequence_before(text, offset);
  --offset;
  return last;
}

// 0 to 9; of UTF-8 by bytes or by code points.
inline bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

void append_utf8_sequence(std::string& out, char32_t code_point);  // the same, out of line
inline void append_utf8(std::string& out, char32_t code_point) {
  if (code_point < 0x80) {
    out.push_back(static_cast<char>(code_point));
  } else {
    append_utf8_sequence(out, code_point);
  }
}

bool is_valid_utf8(std::string_view text);

// Passes over what nearly all of a Vietnamese text is: printable ASCII, '\t', '\n', and well-formed letters
// of U+00C0 to U+013F, U+0180 to U+01BF and U+1E80 to U+1EFF except those that normalisation replaces (eth,
// gha). Returns an offset from `at` on up to which there is nothing else; it may stop some bytes before
// something else stands, as `at` itself, and stops within sixteen bytes of the end. Cost: two instructions a
// byte.
std::size_t skip_vietnamese(std::string_view text, std::size_t at);

// `text` with each invalid byte replaced by U+FFFD; `replaced` (if not null) counts them.
std::string to_valid_utf8(std::string_view text, std::size_t* replaced = nullptr);

std::size_t count_code_points(std::string_view text);

// Converts byte offsets of one text into code point offsets and back. Memory: one size_t for every 256 bytes.
// Cost: O(size) to make, O(256) a look-up.
class CodePointMap {
 public:
  explicit CodePointMap(std::string_view text);  // `text` must outlive the map
  std::size_t to_code_points(std::size_t byte_offset) const;
  std::size_t to_bytes(std::size_t code_point_offset) const;

 private:
  std::string_view text_;
  std::vector<std::size_t> checkpoints_;  // code points before byte 256 * i
};

}  // namespace vanban

#endif  // VANBAN_BASE_UTF8_H_
