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

namespace icu_says {

char32_t lower(char32_t c) { return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))); }
char32_t upper(char32_t c) { return static_cast<char32_t>(u_toupper(static_cast<UChar32>(c))); }
char32_t without_marks(char32_t c) { return ask_without_marks(c); }
std::uint8_t flags(char32_t c) {
  const auto u = static_cast<UChar32>(c);
  int found = 0;
  if (u_isalpha(u)) found |= CodePointTables::kLetter;
  if (ask_is_mark(c)) found |= CodePointTables::kMark;
  if (u_isdigit(u)) found |= CodePointTables::kDigit;
  if (u_islower(u)) found |= CodePointTables::kLower;
  return static_cast<std::uint8_t>(found);
}

}  // namespace icu_says

const CodePointTables& make_code_point_tables() {
  static const CodePointTables instance = [] {
    CodePointTables made;
    for (char32_t c = 0; c < kTableSize; ++c) {
      made.lower[c] = icu_says::lower(c);
      made.upper[c] = icu_says::upper(c);
      made.base[c] = icu_says::without_marks(c);
      made.flags[c] = icu_says::flags(c);
    }
    for (const auto& row : kVowels) {
      const bool hatted = std::u32string_view(U"ăâêôơ").find(row[0]) != std::u32string_view::npos;
      for (const char32_t c : row) {
        const int found = CodePointTables::kVowel | (c == row[0] ? 0 : CodePointTables::kToned) |
                          (hatted ? CodePointTables::kHatted : 0);
        made.flags[c] = static_cast<std::uint8_t>(made.flags[c] | found);
      }
    }
    return made;
  }();
  return instance;
}

Letter take_apart(char32_t c) { return c < kTableSize ? letters()[c] : Letter{c, Tone::kNone}; }

char32_t put_together(Letter letter) {
  for (const auto& row : kVowels) {
    if (row[0] == letter.base) return row[static_cast<std::size_t>(letter.tone)];
  }
  return letter.base;
}

}  // namespace vanban::normalise
