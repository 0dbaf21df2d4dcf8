#include "layout/plain_labels.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "layout/plain_lines.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::layout {
namespace {

std::size_t skip_spaces(std::string_view line, std::size_t at) {
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  return at;
}

bool starts_upper(std::string_view text) {
  if (text.empty()) return false;
  std::size_t at = 0;
  decode_utf8(text, at);
  return is_upper_case(text.substr(0, at));
}

// "1." "12)" "2.1." "2.1"; at most three digits a part, so that "2023." is no label.
Label number_label(std::string_view line) {
  int parts = 0, number = 0;
  std::size_t at = 0;
  for (bool more = true; more;) {
    const std::size_t begin = at;
    int value = 0;
    while (at < line.size() && is_digit(line[at]) && at - begin < 4) value = value * 10 + (line[at++] - '0');
    if (at == begin || at - begin > 3) return {};
    ++parts;
    number = value;
    more = at + 1 < line.size() && line[at] == '.' && is_digit(line[at + 1]) && parts < 5;
    at += more;
  }
  const bool closed = at < line.size() && (line[at] == '.' || line[at] == ')' || line[at] == '/');
  if (!closed && parts < 2) return {};
  const char sign = closed ? line[at++] : ' ';
  if (at >= line.size()) return {};
  const std::string_view rest = line.substr(at);
  const bool apart = rest.front() == ' ' || rest.front() == '\t';
  if (sign == '/' && !apart) return {};                       // "1/ Về …", but not "15/8/2023"
  if (!apart && (!closed || !starts_upper(rest))) return {};  // "1.Về …", but not "2.5%"
  const std::string_view text = trimmed(rest);
  if (parts > 1 && !starts_upper(text) && !starts_with(text, "“")) return {};  // "1.889 quy định"
  return {parts > 1 ? LabelKind::kDecimal : LabelKind::kNumber, number, skip_spaces(line, at)};
}

// "(i)" "(2)" "(a)"
Label bracket_label(std::string_view line) {
  const std::size_t close = line.find(')');
  if (close == std::string_view::npos || close > 6 || close == 1) return {};
  const std::string_view inside = line.substr(1, close - 1);
  const bool lower = std::all_of(inside.begin(), inside.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  int number = 0;
  if (is_number(inside) && inside.size() <= 2) {
    for (const char c : inside) number = number * 10 + (c - '0');
  } else if (lower) {
    number = roman_value(inside);
    if (number == 0 && inside.size() == 1) number = inside[0] - 'a' + 1;
  }
  const std::size_t text = skip_spaces(line, close + 1);
  if (number == 0 || text >= line.size()) return {};
  return {LabelKind::kBracket, number, text};
}

// "a)" "đ)" "a. Các" "A. …" "II. …"
Label letter_label(std::string_view line) {
  const std::size_t stop = line.find_first_of(".)/- ");
  if (stop == std::string_view::npos || stop == 0 || stop > 8 || line[stop] == ' ') return {};
  const std::string_view word = line.substr(0, stop);
  const std::size_t text = skip_spaces(line, stop + 1);
  if (text >= line.size()) return {};
  const char sign = line[stop];
  const bool apart = text > stop + 1;
  const bool upper = starts_upper(line.substr(text)) || starts_digit(line.substr(text)) ||
                     starts_with(line.substr(text), "“");
  if ((word.size() == 1 && word[0] >= 'a' && word[0] <= 'z') || word == "đ") {
    static constexpr std::string_view kOrder = "abcd?eghiklmnopqrstuvxy";
    const std::size_t place = word == "đ" ? 4 : kOrder.find(word[0]);
    const int number = place == std::string_view::npos ? 0 : static_cast<int>(place) + 1;
    if (sign == ')' || (sign == '.' && apart && upper)) return {LabelKind::kLetter, number, text};
    return {};
  }
  const int roman = is_upper_case(word) ? roman_value(word) : 0;
  if (roman > 0 && sign != '/' && apart && upper) return {LabelKind::kRoman, roman, text};
  if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z' && sign == '.' && apart && upper) {
    return {LabelKind::kCapital, word[0] - 'A' + 1, text};
  }
  return {};
}

// "Điều 5." "Điều 12a:" "Mục 2. Tên"
Label word_label(std::string_view line) {
  for (const std::string_view head : {"Điều ", "ĐIỀU ", "Mục ", "MỤC "}) {
    if (!starts_with(line, head)) continue;
    std::size_t end = head.size();
    int value = 0;
    while (end < line.size() && is_digit(line[end]) && value < 10000)
      value = value * 10 + (line[end++] - '0');
    if (value == 0) return {};
    if (end < line.size() && line[end] >= 'a' && line[end] <= 'z') ++end;
    if (end < line.size() && line[end] != '.' && line[end] != ':') return {};
    return {LabelKind::kWord, value, skip_spaces(line, std::min(end + 1, line.size()))};
  }
  return {};
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}
// `text` and `heads` are not empty.
bool starts_with_one_of(std::string_view text, std::initializer_list<std::string_view> heads) {
  return std::any_of(heads.begin(), heads.end(), [&](std::string_view head) {
    return head.front() == text.front() && starts_with(text, head);
  });
}

// "Số: 221/VPCP-KSTT", "Số:      /BC-BNV"; not "Số lượng PAKN …", not "Số 5 đường Lê Lợi"
bool is_number_line(std::string_view line) {
  if (line.size() > 64 || !starts_with_one_of(line, {"Số:", "SỐ:", "Số :", "Số "})) return false;
  std::string_view rest = trimmed(line.substr(4));
  while (!rest.empty() && (rest.front() == ':' || rest.front() == ' ')) rest.remove_prefix(1);
  if (line.find(':') > 6 && rest.find('/') == std::string_view::npos) return false;
  return rest.empty() || is_digit(rest.front()) || rest.front() == '/' || rest.front() == '.' ||
         starts_with(rest, "…");
}

// "Hà Nội, ngày 10 tháng 01 năm 2024"
bool is_place_date(std::string_view line) {
  const std::size_t comma = line.find(", ngày");
  if (comma == std::string_view::npos || comma < 2 || comma > 50 || line.size() > 110 || starts_lower(line))
    return false;
  if (line.substr(0, comma).find(',') != std::string_view::npos) return false;
  const std::size_t month = line.find("tháng", comma);
  const std::size_t year = month == std::string_view::npos ? month : line.find("năm", month);
  return year != std::string_view::npos && trimmed(line.substr(year + 4)).size() <= 6;
}

bool is_appendix_line(std::string_view bare) {
  const std::initializer_list<std::string_view> heads = {"PHỤ LỤC", "Phụ lục", "PHỤ LỤC SỐ", "Phụ lục số",
                                                         "BIỂU SỐ", "Biểu số", "MẪU SỐ",     "Mẫu số"};
  if (is_one_of(bare, heads)) return true;
  const std::size_t space = bare.find_last_of(' ');
  if (space == std::string_view::npos || !is_one_of(trimmed(bare.substr(0, space)), heads)) return false;
  const std::string_view last = bare.substr(space + 1);
  return !last.empty() &&
         (roman_value(last) > 0 || is_digit(last.front()) || (last.size() == 1 && is_upper_case(last)));
}

bool is_part_line(std::string_view bare) {
  for (const std::string_view head : {"Chương ", "CHƯƠNG ", "Phần ", "PHẦN ", "Mục ", "MỤC "}) {
    if (!starts_with(bare, head) || bare.size() > 40) continue;
    const std::string_view rest = bare.substr(head.size());
    return roman_value(rest) > 0 || is_number(rest) || starts_with(to_lower(rest), "thứ ");
  }
  return false;
}

}  // namespace

int roman_value(std::string_view text) {
  static constexpr std::string_view kTens[] = {"", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"};
  static constexpr std::string_view kOnes[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
  if (text.empty() || text.size() > 8 || text.find_first_not_of("IVXLivxl") != std::string_view::npos)
    return 0;
  std::string upper;
  for (const char c : text) upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  for (int tens = 8; tens >= 0; --tens) {
    if (!starts_with(upper, kTens[tens])) continue;
    const std::string_view rest = std::string_view(upper).substr(kTens[tens].size());
    for (int ones = 0; ones < 10; ++ones) {
      if (rest == kOnes[ones]) return tens * 10 + ones;
    }
  }
  return 0;
}

Label find_label(std::string_view line) {
  if (line.empty()) return {};
  if (is_digit(line.front())) return number_label(line);
  if (line.front() == '(') return bracket_label(line);
  std::size_t at = 0;
  const char32_t first = decode_utf8(line, at);
  if (std::u32string_view(U"-–—+•▪◦●○■➢✓·*").find(first) != std::u32string_view::npos) {
    const std::size_t text = skip_spaces(line, at);
    if (text >= line.size() || (text == at && first == U'*')) return {};  // "*emphasis*"
    return {LabelKind::kDash, 0, text};
  }
  const Label word = word_label(line);
  return word ? word : letter_label(line);
}

bool starts_with_body(std::string_view line) {
  return starts_with_one_of(
      line, {"BỘ ",     "ỦY BAN ",       "UỶ BAN ",  "UBND ",      "VĂN PHÒNG ", "CỤC ",     "TỔNG CỤC ",
             "SỞ ",     "HỘI ĐỒNG ",     "BAN ",     "THANH TRA ", "NGÂN HÀNG ", "VỤ ",      "VIỆN ",
             "TRƯỜNG ", "TỔNG CÔNG TY ", "CÔNG AN ", "TỈNH ỦY ",   "THÀNH ỦY ",  "CHI CỤC ", "PHÒNG "});
}

FormLine form_of(std::string_view line) {
  if (line.empty()) return FormLine::kNone;
  // "v/v" is the only one in small letters, and half of all lines go on with one.
  if (line.front() >= 'a' && line.front() <= 'z' && line.front() != 'v') return FormLine::kNone;
  if (starts_with_one_of(line,
                         {"CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "Độc lập - Tự do", "Độc lập – Tự do"}) ||
      line == "ĐẢNG CỘNG SẢN VIỆT NAM") {
    return FormLine::kMotto;
  }
  if (is_number_line(line)) return FormLine::kNumber;
  if (starts_with_one_of(line, {"V/v", "V/V", "v/v "})) return FormLine::kSubject;
  if (starts_with(line, "Kính gửi")) return FormLine::kAddressees;
  if (starts_with_one_of(line, {"Nơi nhận:", "Nơi nhận :", "NƠI NHẬN"}) || line == "Nơi nhận")
    return FormLine::kRecipients;
  if (starts_with_one_of(line, {"Căn cứ ", "Theo đề nghị của ", "Xét đề nghị của "})) return FormLine::kBasis;
  if (starts_with_one_of(line, {"TM. ", "KT. ", "TL. ", "TUQ. ", "Q. ", "T/M ", "K/T "}) &&
      is_upper_case(line)) {
    return FormLine::kSignature;
  }
  const bool closed = line.back() == '.' || line.back() == ':';
  const std::string_view bare = trimmed(line.substr(0, line.size() - (closed ? 1 : 0)));
  if (is_appendix_line(bare)) return FormLine::kAppendix;
  if (is_part_line(bare)) return FormLine::kPart;
  if (is_one_of(bare, {"NGHỊ QUYẾT",
                       "QUYẾT ĐỊNH",
                       "CHỈ THỊ",
                       "NGHỊ ĐỊNH",
                       "THÔNG TƯ",
                       "THÔNG TƯ LIÊN TỊCH",
                       "LUẬT",
                       "PHÁP LỆNH",
                       "BÁO CÁO",
                       "BÁO CÁO TÓM TẮT",
                       "KẾ HOẠCH",
                       "CHƯƠNG TRÌNH",
                       "THÔNG BÁO",
                       "CÔNG ĐIỆN",
                       "TỜ TRÌNH",
                       "KẾT LUẬN",
                       "HƯỚNG DẪN",
                       "QUY CHẾ",
                       "QUY ĐỊNH",
                       "BIÊN BẢN",
                       "ĐỀ ÁN",
                       "QUYẾT NGHỊ",
                       "CHƯƠNG TRÌNH HÀNH ĐỘNG",
                       "KẾ HOẠCH HÀNH ĐỘNG",
                       "CÔNG VĂN",
                       "ĐIỀU LỆ",
                       "DANH MỤC"})) {
    return line.back() == ':' ? FormLine::kOperative : FormLine::kType;
  }
  if (is_one_of(bare, {"Dự thảo", "DỰ THẢO", "HỎA TỐC", "HOẢ TỐC", "KHẨN", "THƯỢNG KHẨN", "MẬT", "TỐI MẬT",
                       "TUYỆT MẬT"}) ||
      starts_with_one_of(line,
                         {"Ký bởi:", "Người ký:", "Ngày ký:", "Giờ ký:", "Thời gian ký:", "Cơ quan: "})) {
    return FormLine::kStamp;
  }
  return is_place_date(line) ? FormLine::kPlaceDate : FormLine::kNone;
}

}  // namespace vanban::layout
