// OcrNumbers: document numbers (số, ký hiệu) that OCR read in a shape that none has, put right where only one
// number can be meant: "06/CT-T'Tg" -> "06/CT-TTg", "01/NÑQ-CP" -> "01/NQ-CP", "01/7NQ-CP" and "017NQ-CP" ->
// "01/NQ-CP".
//
// Quotation marks inside a symbol go, "Ñ" is "N", and a slash read as a digit, or not at all, is put back
// before the abbreviation of a type. Where two numbers are possible ("127NQ-CP": "12/NQ-CP" or "127/NQ-CP"),
// the document's other mentions must name exactly one of them; else the word stays as it is. A symbol whose
// last letter is doubled ("KSTTT") becomes the one that the document's surer mentions have. The raw reading
// stays in RawWord::read_as; a number whose digits are not what was read has a low confidence.
//
// A letter in two readings ("QĐĐ", "NÑQ") is one, and so is a slash ("01/⁄2018"). A slash lost behind a year, or
// before one, comes back ("63/2010NĐ-CP", "08/62010"), with a low confidence.
//
// Numbers of the National Assembly and of the Party are put right from what stands around them: "202/2025/QHI5" is
// "202/2025/QH15", "Kết luận số 210-KƯTW" is "Kết luận số 210-KL/TW" where the body is named or another mention has it.
// A number in two words ("số 2 13-KL/TW") is one again. A symbol of which an unsure mention has one letter else
// ("221/VPCP-NSTT" beside "221/VPCP-KSTT") is the one that the document has.
//
// Dates in words have digits only: "ngày l1 tháng Š năm 2024" is "ngày 11 tháng 5 năm 2024", with a low
// confidence. So has a quarter its numeral: "Quý II1/2026" is "Quý III/2026".

#ifndef VANBAN_NORMALISE_OCR_NUMBERS_H_
#define VANBAN_NORMALISE_OCR_NUMBERS_H_

#include <optional>
#include <set>
#include <string>

#include "vanban/base/result.h"
#include "vanban/doc/raw_document.h"
#include "vanban/models/models.h"

namespace vanban {

class OcrNumbers {
 public:
  // Takes the types' abbreviations from "document_types". Errors: kBadTable.
  static Result<OcrNumbers> create(const Models& models);

  // The document with the words of its OCR pages put right; nothing if none was. Numbers that stay in an
  // impossible shape lose confidence. Cost: linear in the words.
  std::optional<RawDocument> repaired(const RawDocument& raw) const;

 private:
  std::set<std::string, std::less<>> types_;  // "NQ", "QĐ"
};

}  // namespace vanban

#endif  // VANBAN_NORMALISE_OCR_NUMBERS_H_
