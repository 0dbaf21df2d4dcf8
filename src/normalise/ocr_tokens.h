// The words of an OCR page as the language model sees them: syllables, numbers, signs.

#ifndef VANBAN_NORMALISE_OCR_TOKENS_H_
#define VANBAN_NORMALISE_OCR_TOKENS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "normalise/ocr_language.h"
#include "vanban/doc/raw_document.h"

namespace vanban::normalise {

enum class OcrCase : std::uint8_t { kLower, kTitle, kUpper, kMixed };

struct OcrToken {
  static constexpr std::size_t kNoWord = static_cast<std::size_t>(-1);
  std::size_t word = kNoWord;      // index into RawPage::words; none for signs
  std::size_t begin = 0, end = 0;  // the syllable in it, in bytes
  std::u32string lower;            // lower case, tone mark where the reformed spelling has it
  WordId id = 0;
  OcrCase written = OcrCase::kLower;
  bool old_tone = false;  // the tone mark stands where the older spelling has it ("hoà")
  bool open = false;      // may be repaired
  double confidence = 1;
};

// A number, sign or word of letters each; signs that follow each other are one. The page begins and ends with
// a sign, and so does every cell.
std::vector<OcrToken> ocr_tokens(const RawPage& page, const OcrLanguage& language);

// The other place of the tone mark, if there is one: "hòa" <-> "hoà".
std::u32string old_tone(const std::u32string& reformed);

}  // namespace vanban::normalise

#endif  // VANBAN_NORMALISE_OCR_TOKENS_H_
