// Titles printed all in capitals, written in normal case again: of documents and of who signs them.

#ifndef VANBAN_SRC_PARSE_TITLE_CASE_H_
#define VANBAN_SRC_PARSE_TITLE_CASE_H_

#include <string>
#include <string_view>
#include <vector>

#include "parse/shapes.h"
#include "vanban/lexicon/agencies.h"

namespace vanban::parse {

// The lines of a title as one: as printed, or in sentence case where all of it is in capitals; bodies,
// places, names of models/proper_names.tsv, laws, numbers and abbreviations keep their capitals: "SỬA ĐỔI
// THÔNG TƯ SỐ 69/2022/TT-BTC CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH" -> "Sửa đổi Thông tư số 69/2022/TT-BTC của Bộ trưởng
// Bộ Tài chính". Cost: linear.
std::string title_text(const std::vector<std::string>& lines, const Shapes& shapes, const Agencies& agencies);

// "BỘ TRƯỞNG, CHỦ NHIỆM" -> "Bộ trưởng, Chủ nhiệm".
std::string title_case(std::string_view title, const Shapes& shapes, const Agencies& agencies);

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_TITLE_CASE_H_
