// Roman numerals that OCR read as other strokes: "Quý II1/2026" is "Quý III/2026", "HI." behind "II." is "III.".

#ifndef VANBAN_SRC_NORMALISE_OCR_ROMAN_H_
#define VANBAN_SRC_NORMALISE_OCR_ROMAN_H_

#include <string>
#include <string_view>

#include "vanban/doc/raw_document.h"

namespace vanban::normalise {

// The numeral of one to thirty-nine whose strokes `read` shows: I is also read as 1, l, | and !, II as H, V as
// Y. Empty: other signs are there, or strokes that no numeral has.
std::string roman_of_strokes(std::string_view read);

// Whether `roman` is a numeral as it is written, its value; 0: none, or above 39.
int roman_value(std::string_view roman);
std::string roman_numeral(int value);  // of 1..39

// The quarter behind "Quý" with a year behind its slash, put right with a low confidence: "II1/2026" ->
// "III/2026". "1/2026" is left alone: so quarters are written, too. False: nothing to mend.
bool settle_quarter(std::string_view before, RawWord& word);

}  // namespace vanban::normalise

#endif  // VANBAN_SRC_NORMALISE_OCR_ROMAN_H_
