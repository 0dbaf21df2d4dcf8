// Capitals that OCR saw in the middle of a sentence: "bảo VỆ SỨC khỏe" is "bảo vệ sức khỏe", "giai đoạn mỚI" is
// "giai đoạn mới".

#ifndef VANBAN_SRC_NORMALISE_OCR_CASE_H_
#define VANBAN_SRC_NORMALISE_OCR_CASE_H_

#include <cstddef>

#include "vanban/doc/raw_document.h"

namespace vanban::normalise {

// Puts them in small letters on the OCR pages of `raw`; RawWord::read_as has what was read. Only syllables with
// a tone mark, which no abbreviation has, between words in small letters; or such as have both cases. Returns
// the number of words mended. Cost: linear in the words.
std::size_t settle_case(RawDocument& raw);

}  // namespace vanban::normalise

#endif  // VANBAN_SRC_NORMALISE_OCR_CASE_H_
