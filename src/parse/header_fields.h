// From the lines of head and foot to the header's fields, in the form that the contract asks for.

#ifndef VANBAN_SRC_PARSE_HEADER_FIELDS_H_
#define VANBAN_SRC_PARSE_HEADER_FIELDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "parse/foot.h"
#include "parse/head.h"
#include "parse/shapes.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/document_types.h"

namespace vanban::parse {

DocumentHeader header_fields(const Head& head, const Foot& foot, const Shapes& shapes,
                             const Agencies& agencies, const DocumentTypes& types, Diagnostics& diagnostics);

// "UBND TỈNH KIÊN GIANG" over "SỞ Y TẾ" -> "Sở Y tế tỉnh Kiên Giang"; "HỘI ĐỒNG NHÂN DÂN" over "TỈNH THANH
// HÓA" -> one name.
std::string issuer_name(const std::vector<std::string>& lines, const Shapes& shapes,
                        const Agencies& agencies);

// Parts between semicolons, without their bullets and without what stands behind them.
std::vector<AgencyMention> cut_items(std::string_view items, const PartialDate& on, const Agencies& agencies);

// "Công văn số: /VPCP-KSTT ngày   tháng 01 năm 2025 của Văn phòng Chính phủ".
struct AttachedParts {
  AttachedTo to;
  AgencyMention issuer;
};
AttachedParts read_attached(std::string_view text, const Agencies& agencies, const DocumentTypes& types);

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_HEADER_FIELDS_H_
