// Names of bodies and of provinces in a head that OCR misread, put right where one name fits.

#ifndef VANBAN_SRC_PARSE_BODY_NAMES_H_
#define VANBAN_SRC_PARSE_BODY_NAMES_H_

#include <map>
#include <string>
#include <string_view>

#include "vanban/base/result.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/models/models.h"

namespace vanban::parse {

class BodyNames {
 public:
  // models/agencies.tsv and models/provinces.tsv. Errors: kBadTable.
  static Result<BodyNames> create(const Models& models);

  // "SỞ Y TẺ" -> "SỞ Y TẾ", "UBND TỈNH KIÊN GIANG SỞY TE" -> "UBND TỈNH KIÊN GIANG SỞ Y TẾ": the body of the
  // registry that has the letters of some words in a line of capitals, where those words name none. Only
  // marks and spaces change, no letter does. Empty: nothing to mend, or several bodies would fit.
  // Cost: the square of the number of words, which is limited.
  std::string mended(std::string_view printed, const Agencies& agencies) const;

  // "Cân Thơ" -> "Cần Thơ", "Thành phồ Hồ Chí Minh" -> "Thành phố Hồ Chí Minh": the place (địa danh) before a
  // date. A commune may be called as a province is but for a mark, so this is a guess and says so in
  // DocumentHeader::inferred. Empty: nothing to mend, or no province has these letters.
  std::string mended_place(std::string_view place) const;

 private:
  // Letters without marks and spaces -> in capitals; "": several names have them.
  std::map<std::string, std::string, std::less<>> bodies_;
  std::map<std::string, std::string, std::less<>> provinces_;  // the same, as written
};

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_BODY_NAMES_H_
