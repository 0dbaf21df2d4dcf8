#include "lexicon/tokens.h"

#include <array>
#include <cstdint>

#include "vanban/base/utf8.h"

namespace vanban::lexicon {
namespace {

struct Letter {
  char16_t lower = 0;  // lower case, tone kept; 0: no entry
  char16_t base = 0;   // lower case, without tone ("ầ" -> "â")
  std::uint8_t tone = 0;
  char16_t raised = 0;  // upper case
  bool upper = false;
};

constexpr std::size_t kTableSize = 0x1F00;

constexpr std::array<Letter, kTableSize> make_letters() {
  std::array<Letter, kTableSize> table{};
  const auto put = [&](char32_t c, char32_t lower, char32_t base, int tone, char32_t raised) {
    table[c] = {static_cast<char16_t>(lower), static_cast<char16_t>(base), static_cast<std::uint8_t>(tone),
                static_cast<char16_t>(raised), c == raised};
  };
  for (char c = 'a'; c <= 'z'; ++c) {
    const auto u = static_cast<char32_t>(c);
    put(u, u, u, 0, u - 32);
    put(u - 32, u, u, 0, u - 32);
  }
  // The six tones of each vowel: ngang, huyền, sắc, hỏi, ngã, nặng.
  struct Row {
    std::u32string_view lower, upper;
  };
  constexpr Row kRows[] = {
      {U"aàáảãạ", U"AÀÁẢÃẠ"}, {U"ăằắẳẵặ", U"ĂẰẮẲẴẶ"}, {U"âầấẩẫậ", U"ÂẦẤẨẪẬ"}, {U"eèéẻẽẹ", U"EÈÉẺẼẸ"},
      {U"êềếểễệ", U"ÊỀẾỂỄỆ"}, {U"iìíỉĩị", U"IÌÍỈĨỊ"}, {U"oòóỏõọ", U"OÒÓỎÕỌ"}, {U"ôồốổỗộ", U"ÔỒỐỔỖỘ"},
      {U"ơờớởỡợ", U"ƠỜỚỞỠỢ"}, {U"uùúủũụ", U"UÙÚỦŨỤ"}, {U"ưừứửữự", U"ƯỪỨỬỮỰ"}, {U"yỳýỷỹỵ", U"YỲÝỶỸỴ"},
  };
  for (const Row& row : kRows) {
    for (std::size_t tone = 0; tone < 6; ++tone) {
      put(row.lower[tone], row.lower[tone], row.lower[0], static_cast<int>(tone), row.upper[tone]);
      put(row.upper[tone], row.lower[tone], row.lower[0], static_cast<int>(tone), row.upper[tone]);
    }
  }
  put(U'đ', U'đ', U'đ', 0, U'Đ');
  put(U'Đ', U'đ', U'đ', 0, U'Đ');
  put(U'Ð', U'đ', U'đ', 0, U'Ð');  // eth, typed for Đ
  return table;
}

constexpr std::array<Letter, kTableSize> kLetters = make_letters();
constexpr Letter kNoLetter{};

inline const Letter& letter(char32_t c) { return c < kTableSize ? kLetters[c] : kNoLetter; }

inline bool is_word(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x300 && c <= 0x36F) ||
         (c >= 0x1E00 && c <= 0x1EFF);
}

bool is_blank(char32_t c) { return c == ' ' || c == 0xA0 || c == '\t'; }

}  // namespace

bool is_word_char(char32_t c) { return is_word(c); }

char32_t lower_char(char32_t c) {
  const Letter& known = letter(c);
  return known.lower != 0 ? known.lower : c;
}

char32_t upper_char(char32_t c) {
  const Letter& known = letter(c);
  return known.raised != 0 ? known.raised : c;
}

bool is_upper_char(char32_t c) { return letter(c).upper; }

std::optional<Token> token_at(std::string_view text, std::size_t at) {
  std::size_t pos = at;
  int uppers = 0;
  unsigned tone = 0;
  std::uint64_t hash = 0;
  bool digits = true, first_upper = false, first_digit = false;
  while (pos < text.size()) {
    const std::size_t before = pos;
    const char32_t c = decode_utf8(text, pos);
    const Letter& known = letter(c);
    if (known.base == 0 && !is_word(c)) {
      std::size_t after = pos;  // "KH&CN"
      if (c == '&' && before != at && after < text.size() && is_word(decode_utf8(text, after))) continue;
      pos = before;
      break;
    }
    const bool digit = c >= '0' && c <= '9';
    uppers += known.upper;
    if (before == at) {
      first_upper = known.upper;
      first_digit = digit;
    }
    digits = digits && digit;
    if (known.tone != 0) tone = known.tone;
    hash = add_letter(hash, known.base != 0 ? known.base : c);
  }
  if (pos == at) return std::nullopt;
  Token token;
  token.where = {at, pos};
  token.key = WordKey{hash + tone};
  token.capital = first_upper || first_digit;
  token.upper = first_upper && uppers >= 2;
  token.number = digits;
  return token;
}

std::size_t word_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size()) {
    std::size_t pos = end;
    const char32_t c = decode_utf8(text, pos);
    if (c == '&' && end != at) {  // "KH&CN"
      std::size_t after = pos;
      if (after >= text.size() || !is_word(decode_utf8(text, after))) break;
    } else if (!is_word(c)) {
      break;
    }
    end = pos;
  }
  return end;
}

WordKey key_at(std::string_view text, std::size_t at) {
  std::uint64_t hash = 0;
  unsigned tone = 0;
  for (std::size_t pos = at; pos < text.size();) {
    const std::size_t before = pos;
    const char32_t c = decode_utf8(text, pos);
    const Letter& known = letter(c);
    if (known.base == 0 && !is_word(c)) {
      std::size_t after = pos;
      if (c == '&' && before != at && after < text.size() && is_word(decode_utf8(text, after))) continue;
      break;
    }
    hash = add_letter(hash, known.base != 0 ? known.base : c);
    if (known.tone != 0) tone = known.tone;
  }
  return WordKey{hash + tone};
}

Gap gap_after(std::string_view text, std::size_t end) {
  Gap gap;
  std::size_t pos = end;
  while (pos < text.size()) {
    const std::size_t before = pos;
    char32_t c = decode_utf8(text, pos);
    if (is_blank(c)) continue;
    if (is_word(c)) {
      gap.next = before;
      return gap;
    }
    if (c == 0x2013 || c == 0x2014 || c == 0x2010 || c == 0x2011) c = '-';
    if (gap.mark != 0) return {};
    if (c != ',' && c != '-' && c != '.' && c != ':' && c != ';' && c != '(' && c != '/' && c != '&')
      return {};
    gap.mark = c;
  }
  return {};
}

bool at_word_edge(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  std::size_t before = at;
  return !is_word(decode_utf8_before(text, before));
}

std::string lower_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) append_utf8(out, lower_char(decode_utf8(text, pos)));
  return out;
}

}  // namespace vanban::lexicon
