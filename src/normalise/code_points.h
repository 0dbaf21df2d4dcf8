// Case and base letters of code points. Vietnamese lives below U+2000: those are looked up in a table that is
// made once with ICU; the rest asks ICU each time.

#ifndef VANBAN_NORMALISE_CODE_POINTS_H_
#define VANBAN_NORMALISE_CODE_POINTS_H_

#include <cstdint>

namespace vanban::normalise {

inline constexpr char32_t kTableSize = 0x2000;

// What one letter is made of: base letter with its hat, breve or horn ("ế" -> 'ê'), and its tone.
enum class Tone : std::uint8_t { kNone, kGrave, kAcute, kHook, kTilde, kDot };
struct Letter {
  char32_t base = 0;
  Tone tone = Tone::kNone;
};

char32_t lower(char32_t c);
char32_t upper(char32_t c);
bool is_letter(char32_t c);
bool is_mark(char32_t c);  // combining marks
bool is_alphanumeric(char32_t c);
bool is_lower_letter(char32_t c);
char32_t without_marks(char32_t c);    // lower case base letter: 'Ế' -> 'e', 'Đ' -> 'd'; 0 for a mark
Letter take_apart(char32_t c);         // of a lower case letter
char32_t put_together(Letter letter);  // NFC; the base alone where no such letter exists

}  // namespace vanban::normalise

#endif  // VANBAN_NORMALISE_CODE_POINTS_H_
