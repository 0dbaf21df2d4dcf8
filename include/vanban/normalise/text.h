// Vietnamese text normalisation: NFC, look-alikes, spaces, tone-mark placement, search folding. ICU stays
// inside.

#ifndef VANBAN_NORMALISE_TEXT_H_
#define VANBAN_NORMALISE_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

namespace vanban {

// NFC, without U+0000, C0 controls but tab and newline, soft hyphens, zero-width and bidi controls, BOM; "Ð"
// (eth) to "Đ"; Cyrillic and Greek look-alikes inside Latin words to Latin; NBSP and other spaces to ' '.
// `changes` (if not null) counts what was removed or replaced. Idempotent. Errors: none; invalid UTF-8
// becomes U+FFFD. Cost: linear; text that is plain already costs one scan.
std::string clean_text(std::string_view text, std::size_t* changes = nullptr);

// Lower case by Unicode rules ("Đ" -> "đ").
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);

// The search key: NFD, marks stripped, đ -> d, lower case ("Đôn đốc" -> "don doc").
std::string fold(std::string_view text);

// Tone marks moved to where the reformed spelling puts them ("hoà" -> "hòa", "thuỷ" -> "thủy"), lower case,
// single spaces, punctuation dropped: two spellings of one name compare equal.
std::string comparison_key(std::string_view text);

// In upper case text given back in normal case: "VĂN PHÒNG CHÍNH PHỦ" -> "Văn phòng Chính phủ" is the
// lexicon's work (agencies.h); this one only lowers all but the first letter: "NHIỆM VỤ" -> "Nhiệm vụ".
std::string to_sentence_case(std::string_view text);

bool is_upper_case(std::string_view text);  // has letters, and none is lower case

// How Vietnamese a text is: the share of its alphabetic tokens that are possible Vietnamese syllables (0..1;
// 1 for a text without letters). "T«i lµ" scores near 0. Cost: linear.
double vietnamese_share(std::string_view text);
bool is_possible_syllable(std::string_view token);  // NFC, any case; by the rules of initial, rhyme and tone

}  // namespace vanban

#endif  // VANBAN_NORMALISE_TEXT_H_
