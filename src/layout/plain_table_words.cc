#include "layout/plain_table_words.h"

#include <algorithm>
#include <unordered_set>

#include "layout/plain_lines.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::layout {
namespace {

using WordSet = std::unordered_set<std::string_view>;

bool starts_upper(std::string_view word) {
  std::size_t at = 0;
  while (at < word.size() && (word[at] == '(' || word[at] == '"')) ++at;
  if (at >= word.size()) return false;
  const std::size_t begin = at;
  decode_utf8(word, at);
  return is_upper_case(word.substr(begin, at - begin));
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// `word`: with a capital letter, so that "thuộc bộ" is none; `key`: its comparison key. The first word of a
// body's name: "Bộ", "UBND", "VPCP", "Văn phòng".
bool begins_agency(std::string_view word, std::string_view key) {
  static const WordSet kHeads = {
      "bộ",    "các",   "ban",   "ủy",   "ubnd",  "hđnd", "hội",    "văn",   "sở",   "cục",    "tổng",
      "vụ",    "thanh", "ngân",  "bảo",  "thông", "đài",  "viện",   "học",   "đại",  "trường", "tập",
      "công",  "tòa",   "kho",   "kiểm", "mặt",   "liên", "trung",  "phòng", "đoàn", "chi",    "cơ",
      "đơn",   "địa",   "thành", "tỉnh", "chủ",   "thủ",  "tổ",     "nhnn",  "tỉnh", "chính",  "quốc",
      "huyện", "quận",  "quân",  "cảnh", "báo",   "nhà",  "thường", "lãnh"};
  if (kHeads.contains(key)) return true;
  std::string_view bare = word;
  while (!bare.empty() && std::string_view(",;.()").find(bare.back()) != std::string_view::npos)
    bare.remove_suffix(1);
  return count_code_points(bare) >= 3 && is_upper_case(bare) && !has_digit(bare);  // "VPCP", "LĐTBXH"
}

// `key`: of a word with a capital letter.
bool begins_deadline(std::string_view key) {
  static const WordSet kHeads = {"năm",  "quý",   "tháng", "trước", "ngày", "hằng", "hàng", "thường",
                                 "giai", "trong", "từ",    "sau",   "theo", "định", "đến",  "khi",
                                 "chậm", "đầu",   "cuối",  "đã",    "thực", "hoàn"};
  return kHeads.contains(key);
}

ValueWord value_word(std::string_view word, std::string_view key) {
  static const WordSet kAround = {"tối",  "thiểu", "đa",   "ít",     "nhất", "không", "quá",   "dưới",
                                  "trên", "từ",    "đến",  "khoảng", "đạt",  "tăng",  "giảm",  "hơn",
                                  "lớn",  "nhỏ",   "bằng", "và",     "trở",  "lên",   "xuống", "thấp",
                                  "cao",  "tới",   "còn",  "thêm",   "tiếp", "tục",   "trung", "bình"};
  if (!has_digit(word)) {
    return key.empty() || key == "%" || kAround.contains(key) ? ValueWord::kAround : ValueWord::kOther;
  }
  if (word.find_first_not_of("0123456789.,%-–<>≥≤=+~/±") == std::string::npos || starts_with(word, "≥") ||
      starts_with(word, "≤"))
    return ValueWord::kNumber;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = decode_utf8(word, at);
    if (std::u32string_view(U"0123456789.,%-–<>≥≤=+~/±").find(c) == std::u32string_view::npos)
      return ValueWord::kOther;
  }
  return ValueWord::kNumber;
}

bool ends_cut(std::string_view word) {
  static const WordSet kOpen = {"và",    "của",   "với",  "các",  "về",    "tại",  "cho",  "từ",    "đến",
                                "theo",  "trong", "trên", "bằng", "thuộc", "là",   "để",   "do",    "có",
                                "được",  "hoặc",  "hợp",  "chủ",  "ở",     "giữa", "một",  "Bộ",    "Các",
                                "Ủy",    "Uỷ",    "Sở",   "Ban",  "Văn",   "Ngân", "Tổng", "những", "nhằm",
                                "không", "tổ",    "nhân", "cơ",   "đơn",   "liên", "phối"};
  if (word.back() == ',' || word.back() == '-' || word.back() == '(' || word.back() == '/') return true;
  return kOpen.contains(word);
}

// Comparison keys.
const WordSet& units() {
  static const WordSet kUnits = {"%",
                                 "‰",
                                 "điểm %",
                                 "điểm phần trăm",
                                 "phần trăm",
                                 "người",
                                 "lượt",
                                 "lượt người",
                                 "đồng",
                                 "triệu đồng",
                                 "tỷ đồng",
                                 "nghìn tỷ đồng",
                                 "nghìn đồng",
                                 "1000 tỷ đồng",
                                 "usd",
                                 "triệu usd",
                                 "tỷ usd",
                                 "triệu đồng người",
                                 "usd người",
                                 "tấn",
                                 "nghìn tấn",
                                 "triệu tấn",
                                 "1000 tấn",
                                 "ha",
                                 "nghìn ha",
                                 "km",
                                 "km2",
                                 "m",
                                 "m2",
                                 "m3",
                                 "kg",
                                 "doanh nghiệp",
                                 "xã",
                                 "huyện",
                                 "tỉnh",
                                 "cơ sở",
                                 "hồ sơ",
                                 "văn bản",
                                 "điểm",
                                 "bậc",
                                 "giường",
                                 "giường bệnh",
                                 "giường vạn dân",
                                 "bác sĩ",
                                 "bác sĩ vạn dân",
                                 "hộ",
                                 "lao động",
                                 "dịch vụ",
                                 "thủ tục",
                                 "tthc",
                                 "mw",
                                 "gwh",
                                 "kwh",
                                 "triệu kwh",
                                 "tỷ kwh",
                                 "năm",
                                 "tuổi",
                                 "trường",
                                 "lớp",
                                 "cuộc",
                                 "đề án",
                                 "nhiệm vụ",
                                 "công trình",
                                 "dự án",
                                 "thứ hạng",
                                 "hạng",
                                 "lần",
                                 "con",
                                 "cái",
                                 "chiếc",
                                 "nghìn người",
                                 "triệu người",
                                 "1000 người",
                                 "triệu lượt",
                                 "nghìn lượt",
                                 "triệu lượt khách",
                                 "lượt khách",
                                 "khách",
                                 "thôn",
                                 "đơn vị",
                                 "sản phẩm",
                                 "hợp tác xã",
                                 "htx",
                                 "căn",
                                 "căn hộ",
                                 "phòng",
                                 "giờ",
                                 "ngày",
                                 "phút",
                                 "quy định",
                                 "chỉ số",
                                 "vụ",
                                 "cháu",
                                 "học sinh",
                                 "giấy chứng nhận",
                                 "kế hoạch"};
  return kUnits;
}

}  // namespace

TableWord::TableWord(std::string_view word, std::uint8_t where)
    : text(word),
      key(comparison_key(word)),
      width(static_cast<std::uint32_t>(count_code_points(word))),
      before(where),
      role(value_word(word, key)),
      upper(starts_upper(word)),
      agency(upper && begins_agency(word, key)),
      digit(has_digit(word)),
      cut(ends_cut(word)) {
  deadline = digit || (upper && begins_deadline(key));
}

std::size_t width_of(const std::vector<TableWord>& words, std::size_t begin, std::size_t end) {
  std::size_t width = end > begin ? end - begin - 1 : 0;
  for (std::size_t i = begin; i < end; ++i) width += words[i].width;
  return width;
}

bool is_unit(const std::string& key) { return units().contains(key); }

bool begins_unit(const std::string& key) {
  static const WordSet kFirst = [] {
    WordSet first;
    for (const std::string_view unit : units()) first.insert(unit.substr(0, unit.find(' ')));
    return first;
  }();
  return kFirst.contains(std::string_view(key).substr(0, key.find(' ')));
}

bool is_unfinished(std::string_view cell) { return !cell.empty() && ends_cut(last_word(cell)); }

}  // namespace vanban::layout
