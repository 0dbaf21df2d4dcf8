#include "normalise/code_points.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <vector>

namespace vanban::normalise {
namespace {

const icu::Normalizer2* nfd() {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const instance = icu::Normalizer2::getNFDInstance(status);
  return instance;
}

bool ask_is_mark(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

// 'đ' has no decomposition in Unicode: its stroke is part of the letter.
char32_t ask_without_marks(char32_t c) {
  if (ask_is_mark(c)) return 0;
  if (c == U'đ' || c == U'Đ' || c == U'Ð' || c == U'ð') return U'd';
  char32_t base = c;
  icu::UnicodeString parts;
  if (nfd() != nullptr && nfd()->getDecomposition(static_cast<UChar32>(c), parts) && !parts.isEmpty()) {
    base = static_cast<char32_t>(parts.char32At(0));
  }
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(base)));
}

struct Tables {
  std::array<char32_t, kTableSize> lower{}, upper{}, base{};
  std::array<std::uint8_t, kTableSize> flags{};  // 1 letter, 2 mark, 4 digit, 8 lower case
  Tables() {
    for (char32_t c = 0; c < kTableSize; ++c) {
      const auto u = static_cast<UChar32>(c);
      lower[c] = static_cast<char32_t>(u_tolower(u));
      upper[c] = static_cast<char32_t>(u_toupper(u));
      base[c] = ask_without_marks(c);
      flags[c] = static_cast<std::uint8_t>((u_isalpha(u) ? 1 : 0) | (ask_is_mark(c) ? 2 : 0) |
                                           (u_isdigit(u) ? 4 : 0) | (u_islower(u) ? 8 : 0));
    }
  }
};

const Tables& tables() {
  static const Tables instance;
  return instance;
}

// Vowels without and with the five tones, in the order of `Tone`.
constexpr std::array<std::array<char32_t, 6>, 12> kVowels = {{
    {U'a', U'à', U'á', U'ả', U'ã', U'ạ'},
    {U'ă', U'ằ', U'ắ', U'ẳ', U'ẵ', U'ặ'},
    {U'â', U'ầ', U'ấ', U'ẩ', U'ẫ', U'ậ'},
    {U'e', U'è', U'é', U'ẻ', U'ẽ', U'ẹ'},
    {U'ê', U'ề', U'ế', U'ể', U'ễ', U'ệ'},
    {U'i', U'ì', U'í', U'ỉ', U'ĩ', U'ị'},
    {U'o', U'ò', U'ó', U'ỏ', U'õ', U'ọ'},
    {U'ô', U'ồ', U'ố', U'ổ', U'ỗ', U'ộ'},
    {U'ơ', U'ờ', U'ớ', U'ở', U'ỡ', U'ợ'},
    {U'u', U'ù', U'ú', U'ủ', U'ũ', U'ụ'},
    {U'ư', U'ừ', U'ứ', U'ử', U'ữ', U'ự'},
    {U'y', U'ỳ', U'ý', U'ỷ', U'ỹ', U'ỵ'},
}};

const std::vector<Letter>& letters() {
  static const std::vector<Letter> instance = [] {
    std::vector<Letter> all(kTableSize);
    for (char32_t c = 0; c < kTableSize; ++c) all[c] = {c, Tone::kNone};
    for (const auto& row : kVowels) {
      for (std::size_t tone = 0; tone < row.size(); ++tone)
        all[row[tone]] = {row[0], static_cast<Tone>(tone)};
    }
    return all;
  }();
  return instance;
}

}  // namespace

char32_t lower(char32_t c) {
  return c < kTableSize ? tables().lower[c] : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}
char32_t upper(char32_t c) {
  return c < kTableSize ? tables().upper[c] : static_cast<char32_t>(u_toupper(static_cast<UChar32>(c)));
}
bool is_letter(char32_t c) {
  return c < kTableSize ? (tables().flags[c] & 1) != 0 : u_isalpha(static_cast<UChar32>(c)) != 0;
}
bool is_mark(char32_t c) { return c < kTableSize ? (tables().flags[c] & 2) != 0 : ask_is_mark(c); }
bool is_alphanumeric(char32_t c) {
  return c < kTableSize ? (tables().flags[c] & 5) != 0 : u_isalnum(static_cast<UChar32>(c)) != 0;
}
bool is_lower_letter(char32_t c) {
  return c < kTableSize ? (tables().flags[c] & 8) != 0 : u_islower(static_cast<UChar32>(c)) != 0;
}
char32_t without_marks(char32_t c) { return c < kTableSize ? tables().base[c] : ask_without_marks(c); }

Letter take_apart(char32_t c) { return c < kTableSize ? letters()[c] : Letter{c, Tone::kNone}; }

char32_t put_together(Letter letter) {
  for (const auto& row : kVowels) {
    if (row[0] == letter.base) return row[static_cast<std::size_t>(letter.tone)];
  }
  return letter.base;
}

}  // namespace vanban::normalise
