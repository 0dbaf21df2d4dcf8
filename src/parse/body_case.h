// Names of bodies printed all in capitals, in normal case again.

#ifndef VANBAN_SRC_PARSE_BODY_CASE_H_
#define VANBAN_SRC_PARSE_BODY_CASE_H_

#include <string>
#include <string_view>

#include "parse/shapes.h"
#include "vanban/lexicon/agencies.h"

namespace vanban::parse {

// "UBND TP.HÀ NỘI" -> "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI": what a full name does not abbreviate.
std::string spelled_out(std::string_view name);

// "TRƯỜNG TIỂU HỌC TẢN LĨNH" -> "Trường Tiểu học Tản Lĩnh". The capitals of a body that the registry has are
// the registry's; of others those of models/proper_names.tsv, of places, of abbreviations ("TNHH MTV"), and
// of what stands behind the word for a kind of place or school. Printed in other letters: as it is.
std::string body_case(std::string_view printed, const Shapes& shapes, const Agencies& agencies);

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_BODY_CASE_H_
