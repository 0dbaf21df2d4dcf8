// Vietnamese numerals and quantities: "1.459.361.385", "59.713,7 tỷ đồng", "55,56%", "05", "hai mươi".

#ifndef VANBAN_LEXICON_NUMBERS_H_
#define VANBAN_LEXICON_NUMBERS_H_

#include <optional>
#include <string_view>

#include "vanban/base/text_range.h"

namespace vanban {

// '.' groups thousands, ',' is the decimal sign; "1,459,361" and "12.5" (one group that is no group of three)
// are read as what they can only be; "1.000" is one thousand; "12.345,678" 12345.678; "0.125" 0.125. Words up
// to tỷ are read too ("hai mươi", "một trăm linh năm"). nullopt: no number, or more than 18 digits.
// `ambiguous` (if not null) is set where the form has two readings: "1,000" gives nullopt then; "1,459" the
// Vietnamese reading, 1.459.
std::optional<double> parse_number(std::string_view text, bool* ambiguous = nullptr);

// The number in digits that begins at `at`: its range (no trailing '.' or ','), or nullopt. A digit that
// stands inside a longer number or is glued to a letter before it ("A4", "QH15") begins none.
std::optional<TextRange> number_at(std::string_view text, std::size_t at);

// "I" -> 1, "XIV" -> 14; upper or lower case; nullopt if it is no Roman numeral up to 399.
std::optional<int> parse_roman(std::string_view text);

}  // namespace vanban

#endif  // VANBAN_LEXICON_NUMBERS_H_
