// Case and base letters of code points. Vietnamese lives below U+2000: those are looked up in a table that is
// made once with ICU; the rest asks ICU each time.

#ifndef VANBAN_NORMALISE_CODE_POINTS_H_
#define VANBAN_NORMALISE_CODE_POINTS_H_

#include <array>
#include <cstdint>

namespace vanban::normalise {

inline constexpr char32_t kTableSize = 0x2000;

// What one letter is made of: base letter with its hat, breve or horn ("ế" -> 'ê'), and its tone.
enum class Tone : std::uint8_t { kNone, kGrave, kAcute, kHook, kTilde, kDot };
struct Letter {
  char32_t base = 0;
  Tone tone = Tone::kNone;
};

struct CodePointTables {
  static constexpr std::uint8_t kLetter = 1, kMark = 2, kDigit = 4, kLower = 8;
  static constexpr std::uint8_t kVowel = 16, kToned = 32;  // of the Vietnamese alphabet, lower case
  static constexpr std::uint8_t kHatted = 64;  // ă, â, ê, ô, ơ: the tone of a syllable stands on them
  std::array<char32_t, kTableSize> lower{}, upper{}, base{};
  std::array<std::uint8_t, kTableSize> flags{};
};
const CodePointTables& make_code_point_tables();
inline const CodePointTables& code_points() {
  static const CodePointTables& made = make_code_point_tables();
  return made;
}

// What ICU says; for the code points that no table holds.
namespace icu_says {
char32_t lower(char32_t c);
char32_t upper(char32_t c);
char32_t without_marks(char32_t c);
std::uint8_t flags(char32_t c);
}  // namespace icu_says

inline std::uint8_t flags_of(char32_t c) {
  return c < kTableSize ? code_points().flags[c] : icu_says::flags(c);
}
inline char32_t lower(char32_t c) { return c < kTableSize ? code_points().lower[c] : icu_says::lower(c); }
inline char32_t upper(char32_t c) { return c < kTableSize ? code_points().upper[c] : icu_says::upper(c); }
inline bool is_letter(char32_t c) { return (flags_of(c) & CodePointTables::kLetter) != 0; }
inline bool is_mark(char32_t c) { return (flags_of(c) & CodePointTables::kMark) != 0; }  // combining marks
inline bool is_alphanumeric(char32_t c) {
  return (flags_of(c) & (CodePointTables::kLetter | CodePointTables::kDigit)) != 0;
}
inline bool is_lower_letter(char32_t c) { return (flags_of(c) & CodePointTables::kLower) != 0; }
// The lower case base letter: 'Ế' -> 'e', 'Đ' -> 'd'; 0 for a mark.
inline char32_t without_marks(char32_t c) {
  return c < kTableSize ? code_points().base[c] : icu_says::without_marks(c);
}
Letter take_apart(char32_t c);         // of a lower case letter
char32_t put_together(Letter letter);  // NFC; the base alone where no such letter exists

}  // namespace vanban::normalise

#endif  // VANBAN_NORMALISE_CODE_POINTS_H_
