// The name under a signature as OCR reads it: put right where one reading fits.

#ifndef VANBAN_SRC_PARSE_PERSON_NAMES_H_
#define VANBAN_SRC_PARSE_PERSON_NAMES_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/models/models.h"

namespace vanban::parse {

// The family names (họ) of models/family_names.tsv. A name begins with one: that is what tells a name from a
// seal's letters, and what a misread first word can be compared with.
class FamilyNames {
 public:
  // Errors: kBadTable.
  static Result<FamilyNames> create(const Models& models);

  // The name that `line`, read by OCR, shows: "'xrần Văn Sơn" -> "Trần Văn Sơn". Signs that a seal or a pen
  // left at both ends go, and so do scraps before a family name that was read well; a first word that is no
  // family name becomes one where exactly one differs by marks alone, or, of three letters and more, by one
  // letter. Given names stay as they were read. Nothing: the line is no name, or several would fit.
  // Cost: the number of family names.
  std::optional<std::string> mended(std::string_view line) const;

  // Whether the line is a name that needs no title above it to be one: three words or more, the first a
  // family name that was read well.
  bool is_whole(std::string_view line) const;

 private:
  // "nguyễn", one of lower_ -> "Nguyễn"
  const std::string& as_written(const std::u32string& lower) const;
  std::optional<std::string> family_of(std::string_view word) const;
  // "rần", "xrần" -> "Trần": a first letter that was lost or is none; "an" stays unread, it may end many
  // names.
  std::optional<std::string> family_with_damaged_start(std::string_view word) const;

  std::vector<std::u32string> lower_;                                        // "nguyễn"
  std::map<std::string, std::string, std::less<>> written_;                  // "nguyễn" -> "Nguyễn"
  std::map<std::string, std::vector<std::string>, std::less<>> by_letters_;  // "nguyen" -> {"nguyễn"}
};

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_PERSON_NAMES_H_
