// OcrRepair: Vietnamese words that OCR read with a wrong mark, put right by what official language says: "Tối
// thiếu 50%" -> "Tối thiểu 50%", "tô chức" -> "tổ chức".
//
// A word is repaired only where OCR was not sure of it, exactly one syllable with the same letters but other
// marks (a/ă/â, d/đ, tones) fits its neighbours much better than what was read, and a neighbour has been seen
// beside it in the training text. Digits, abbreviations, single letters and what has no such syllable are
// never touched; names need more. The raw reading is kept. The model is the table "ocr_bigrams", made by
// tools/train-repair.

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

  // The same for one page in place; the number of words repaired.
  std::size_t repair(RawPage& page) const;

 private:
  struct Impl;
  explicit OcrRepair(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_NORMALISE_OCR_REPAIR_H_
