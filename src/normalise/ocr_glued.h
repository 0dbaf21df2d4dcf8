// Words between which OCR lost the space: "củacác", "SởY", "ytế".

#ifndef VANBAN_SRC_NORMALISE_OCR_GLUED_H_
#define VANBAN_SRC_NORMALISE_OCR_GLUED_H_

#include <cstddef>

#include "normalise/ocr_language.h"
#include "vanban/doc/raw_document.h"

namespace vanban::normalise {

// Parts the words of an OCR page that are no syllable but two that go with each other. A word without a
// Vietnamese letter is left alone: it may be of another language. The box is parted by the letters; `read_as`
// of the first has what was read. Returns how many were parted. Cost: linear in the words.
std::size_t part_glued_words(RawPage& page, const OcrLanguage& language);

}  // namespace vanban::normalise

#endif  // VANBAN_SRC_NORMALISE_OCR_GLUED_H_
