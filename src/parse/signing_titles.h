// Titles above a signature (chức vụ) that OCR misread, put right where one title fits.

#ifndef VANBAN_SRC_PARSE_SIGNING_TITLES_H_
#define VANBAN_SRC_PARSE_SIGNING_TITLES_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/models/models.h"

namespace vanban::parse {

struct TitleLetter {
  char base = 0;        // 'o'
  char32_t marked = 0;  // U'ộ'
};

class SigningTitles {
 public:
  // models/signing_titles.tsv. Errors: kBadTable.
  static Result<SigningTitles> create(const Models& models);

  // "GIÁM ĐÓC" -> "GIÁM ĐỐC": a title in capitals whose marks alone were misread; empty: none.
  std::string with_marks(std::string_view line) const;

  // "KT B^ TRƯỚNG, CHỦ NHIỆM" -> "KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ,ƒHỦ TƯỚNG" -> "PHÓ THỦ TƯỚNG": the one
  // title that a line read by OCR resembles far more than any other. A line whose words are all possible
  // syllables is a title that the table may lack: nothing is made of it, but that behind "KT." the signer is
  // a deputy
  // (`deputy`: "HÓ CHỦ NHIỆM" -> "PHÓ CHỦ NHIỆM"). Empty: nothing to mend, or nothing fits.
  // Cost: the number of titles.
  std::string mended(std::string_view line, bool deputy) const;

  // Titles that stand in a line whole, between scraps that a seal, a pen or a stamped "KT." left, or two on
  // top of each other: "-#T,PHó GIÁM ĐỐC GIÁM ĐỐC," -> "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"; "LÝT GIÁM ĐỐC" ->
  // "KT. GIÁM ĐỐC": of the codes before a title only KT. ends in T. Empty: none, or something else may have
  // stood before it ("#HÔ GIÁM ĐỐC").
  std::vector<std::string> buried(std::string_view line) const;

 private:
  struct Title {
    std::vector<TitleLetter> letters;
    std::string written;  // "PHÓ CHỦ NHIỆM"
  };
  std::vector<Title> titles_;
  std::map<std::string, std::string, std::less<>> by_key_;  // search key -> in capitals
};

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_SIGNING_TITLES_H_
