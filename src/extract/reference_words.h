// The words around the mentions of documents that are no patterns, by what they do:
// models/reference_words.tsv.

#ifndef VANBAN_SRC_EXTRACT_REFERENCE_WORDS_H_
#define VANBAN_SRC_EXTRACT_REFERENCE_WORDS_H_

#include <cstdint>

#include "extract/word_classes.h"

namespace vanban {

// In the order of their names in reference_words.cc.
enum class ReferenceWord : std::uint8_t {
  kTitleStop,  // ends the title of a law that the registry does not know
  kTypeStop,   // begins another phrase between a type and its number
  kNumber,     // "số"; value: 0 as OCR reads it, 1 as printed
  kIssued,     // between a number and its date
  kPeriod,     // before a date that begins or ends a time
};

// Errors: kBadTable.
Result<WordClasses> reference_words(const ModelTable& table);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_REFERENCE_WORDS_H_
