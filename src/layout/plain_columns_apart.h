// The two columns of a document's head (agency | motto) and foot (recipients | signature), one after the
// other.

#ifndef VANBAN_LAYOUT_PLAIN_COLUMNS_APART_H_
#define VANBAN_LAYOUT_PLAIN_COLUMNS_APART_H_

#include <string>
#include <string_view>

namespace vanban::layout {

// Text extraction that keeps the page's look writes both columns on one line:
//
//   ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
//   TỈNH LÂM ĐỒNG                 Độc lập - Tự do - Hạnh phúc
//   Số: 12/TTr-SNV           Lâm Đồng, ngày 5 tháng 6 năm 2024
//
// Gives the left column's lines, then the right one's. Other lines stay. Form feeds stay.
std::string set_columns_apart(std::string_view text);

}  // namespace vanban::layout

#endif  // VANBAN_LAYOUT_PLAIN_COLUMNS_APART_H_
