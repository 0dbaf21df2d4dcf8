// Marks of lists that OCR misread, put right where one reading fits: "~ Các bộ", "-_ Các bộ" -> "- Các bộ",
// "(¡)" -> "(i)", "ø) Các bộ" behind the point e) -> "g) Các bộ", "HI. NỘI DUNG" behind "II." -> "III. NỘI
// DUNG", "7, Các bộ" behind "6." -> "7. Các bộ". A speck that was read as a dash goes.

#ifndef VANBAN_SRC_NORMALISE_OCR_LIST_MARKS_H_
#define VANBAN_SRC_NORMALISE_OCR_LIST_MARKS_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/raw_document.h"
#include "vanban/models/models.h"

namespace vanban::normalise {

class OcrListMarks {
 public:
  // Reads `ocr_list_marks`. Errors: kBadTable.
  static Result<OcrListMarks> create(const ModelTable& table);

  // Mends the OCR pages of `raw` in reading order (a list goes on over pages); RawWord::read_as has what was
  // read. Returns the number of words mended. Cost: linear in the words.
  std::size_t mend(RawDocument& raw) const;

 private:
  bool stands_for(std::string_view read, std::size_t next) const;
  bool mend_word(RawPage& page, std::size_t i, std::size_t& next) const;
  static bool mend_roman(RawPage& page, std::size_t i, int& last);
  static bool mend_number(RawPage& page, std::size_t i, int& last);

  std::map<std::string, std::vector<std::string>, std::less<>> printed_;  // by what was read
};

}  // namespace vanban::normalise

#endif  // VANBAN_SRC_NORMALISE_OCR_LIST_MARKS_H_
