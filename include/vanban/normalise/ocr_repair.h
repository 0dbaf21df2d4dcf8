// OcrRepair: Vietnamese words that OCR read with a wrong mark or letter, put right by what official language
// says: "Tối thiếu 50%" -> "Tối thiểu 50%", "nhà thâu" -> "nhà thầu", "lũy kê" -> "lũy kế".
//
// A noisy channel: each syllable may stand for others that OCR mistakes for it (models/ocr_confusions.tsv,
// OCR's confidence, how bad the page is as a whole), and the likeliest way through a page by threes of
// syllables (models/ocr_bigrams.tsv, ocr_trigrams.txt, and what the document itself says elsewhere) decides.
// A word is repaired only where one syllable is much likelier than what was read and than any other, and goes
// with a neighbour; a name needs more, and so does what the document repeats as it was read. Digits,
// abbreviations, single letters, words of other languages are never touched. The raw reading is kept. The
// tables are made by tools/train-repair and tests/bench/ocr_confusions.py.

#ifndef VANBAN_NORMALISE_OCR_REPAIR_H_
#define VANBAN_NORMALISE_OCR_REPAIR_H_

#include <cstddef>
#include <memory>
#include <optional>

#include "vanban/base/result.h"
#include "vanban/doc/raw_document.h"
#include "vanban/models/models.h"

namespace vanban {

class OcrRepair {
 public:
  // Keeps what it needs of `models`; the table is taken apart when the first page of OCR comes. Errors:
  // kBadTable.
  static Result<OcrRepair> create(const Models& models);
  OcrRepair(OcrRepair&&) noexcept;
  OcrRepair& operator=(OcrRepair&&) noexcept;
  ~OcrRepair();

  // The document with its OCR pages' words repaired (RawWord::read_as has what was read); nothing if no word
  // was. May be called from several threads at once. Cost: linear in the words; pages with a text layer cost
  // nothing.
  std::optional<RawDocument> repaired(const RawDocument& raw) const;

  // The same in place; the number of words repaired.
  std::size_t repair(RawDocument& raw) const;

 private:
  struct Impl;
  explicit OcrRepair(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_NORMALISE_OCR_REPAIR_H_
