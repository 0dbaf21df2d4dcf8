#include "layout/plain_columns.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <unordered_set>

#include "layout/plain_lines.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::layout {
namespace {

using WordSet = std::unordered_set<std::string_view>;

constexpr std::size_t kLongestTitle = 12;  // words

struct Title {
  std::string_view key;  // comparison_key of the title
  ColumnKind kind;
};

constexpr Title kTitles[] = {
    {"stt", ColumnKind::kLabel},
    {"tt", ColumnKind::kLabel},
    {"số tt", ColumnKind::kLabel},
    {"số thứ tự", ColumnKind::kLabel},
    {"chỉ tiêu", ColumnKind::kName},
    {"tên chỉ tiêu", ColumnKind::kName},
    {"các chỉ tiêu", ColumnKind::kName},
    {"nội dung chỉ tiêu", ColumnKind::kName},
    {"chỉ tiêu chủ yếu", ColumnKind::kName},
    {"chỉ tiêu cụ thể", ColumnKind::kName},
    {"nội dung", ColumnKind::kName},
    {"nhiệm vụ", ColumnKind::kName},
    {"nội dung nhiệm vụ", ColumnKind::kName},
    {"tên nhiệm vụ", ColumnKind::kName},
    {"nhiệm vụ giải pháp", ColumnKind::kName},
    {"nhiệm vụ cụ thể", ColumnKind::kName},
    {"nội dung công việc", ColumnKind::kName},
    {"công việc", ColumnKind::kName},
    {"nội dung thực hiện", ColumnKind::kName},
    {"nhóm nhiệm vụ", ColumnKind::kName},
    {"hoạt động", ColumnKind::kName},
    {"tên đề án", ColumnKind::kName},
    {"đề án nhiệm vụ", ColumnKind::kName},
    {"nội dung nhiệm vụ giải pháp", ColumnKind::kName},
    {"tên văn bản", ColumnKind::kName},
    {"nhiệm vụ công việc", ColumnKind::kName},
    {"danh mục nhiệm vụ", ColumnKind::kName},
    {"nội dung hoạt động", ColumnKind::kName},
    {"tên nhiệm vụ cụ thể", ColumnKind::kName},
    {"nhiệm vụ hoạt động", ColumnKind::kName},
    {"nhiệm vụ và giải pháp", ColumnKind::kName},
    {"nhóm nhiệm vụ giải pháp", ColumnKind::kName},
    {"tên nhiệm vụ giải pháp", ColumnKind::kName},
    {"nhiệm vụ đề án", ColumnKind::kName},
    {"tên công việc", ColumnKind::kName},
    {"nội dung nhiệm vụ cụ thể", ColumnKind::kName},
    {"tên chương trình đề án", ColumnKind::kName},
    {"nhiệm vụ trọng tâm", ColumnKind::kName},
    {"các nhiệm vụ", ColumnKind::kName},
    {"chỉ số", ColumnKind::kName},
    {"mục tiêu chỉ tiêu", ColumnKind::kName},
    {"chỉ tiêu nhiệm vụ", ColumnKind::kName},
    {"tên dự án", ColumnKind::kName},
    {"đơn vị", ColumnKind::kUnit},
    {"đơn vị tính", ColumnKind::kUnit},
    {"đvt", ColumnKind::kUnit},
    {"đv tính", ColumnKind::kUnit},
    {"chỉ tiêu năm #", ColumnKind::kValue},
    {"năm #", ColumnKind::kValue},
    {"kế hoạch năm #", ColumnKind::kValue},
    {"kế hoạch #", ColumnKind::kValue},
    {"mục tiêu năm #", ColumnKind::kValue},
    {"mục tiêu đến năm #", ColumnKind::kValue},
    {"chỉ tiêu đến năm #", ColumnKind::kValue},
    {"chỉ tiêu kế hoạch năm #", ColumnKind::kValue},
    {"mục tiêu", ColumnKind::kValue},
    {"đến năm #", ColumnKind::kValue},
    {"giá trị", ColumnKind::kValue},
    {"kế hoạch", ColumnKind::kValue},
    {"chỉ tiêu giao", ColumnKind::kValue},
    {"chỉ tiêu được giao", ColumnKind::kValue},
    {"thực hiện năm #", ColumnKind::kValue},
    {"ước thực hiện năm #", ColumnKind::kValue},
    {"chỉ tiêu phấn đấu", ColumnKind::kValue},
    {"số lượng", ColumnKind::kValue},
    {"cơ quan chủ trì", ColumnKind::kAgency},
    {"đơn vị chủ trì", ColumnKind::kAgency},
    {"chủ trì", ColumnKind::kAgency},
    {"cơ quan chủ trì thực hiện", ColumnKind::kAgency},
    {"đơn vị chủ trì thực hiện", ColumnKind::kAgency},
    {"cơ quan thực hiện", ColumnKind::kAgency},
    {"đơn vị thực hiện", ColumnKind::kAgency},
    {"cơ quan chủ trì đánh giá", ColumnKind::kAgency},
    {"cơ quan đánh giá", ColumnKind::kAgency},
    {"cơ quan chủ trì theo dõi đánh giá", ColumnKind::kAgency},
    {"cơ quan theo dõi đánh giá", ColumnKind::kAgency},
    {"cơ quan theo dõi", ColumnKind::kAgency},
    {"cơ quan chủ trì theo dõi", ColumnKind::kAgency},
    {"cơ quan chủ trì tham mưu", ColumnKind::kAgency},
    {"cơ quan đơn vị chủ trì", ColumnKind::kAgency},
    {"cơ quan đơn vị thực hiện", ColumnKind::kAgency},
    {"cơ quan phối hợp", ColumnKind::kAgency},
    {"đơn vị phối hợp", ColumnKind::kAgency},
    {"phối hợp", ColumnKind::kAgency},
    {"cơ quan đơn vị phối hợp", ColumnKind::kAgency},
    {"cơ quan phối hợp thực hiện", ColumnKind::kAgency},
    {"cơ quan chủ trì soạn thảo", ColumnKind::kAgency},
    {"cơ quan trình", ColumnKind::kAgency},
    {"trách nhiệm thực hiện", ColumnKind::kAgency},
    {"cơ quan chịu trách nhiệm", ColumnKind::kAgency},
    {"đơn vị đầu mối", ColumnKind::kAgency},
    {"cơ quan báo cáo", ColumnKind::kAgency},
    {"cấp trình", ColumnKind::kAgency},
    {"cấp phê duyệt", ColumnKind::kAgency},
    {"cấp ban hành", ColumnKind::kAgency},
    {"cấp quyết định", ColumnKind::kAgency},
    {"cơ quan ban hành", ColumnKind::kAgency},
    {"cơ quan tham mưu", ColumnKind::kAgency},
    {"đơn vị tham mưu", ColumnKind::kAgency},
    {"đơn vị chủ trì tham mưu", ColumnKind::kAgency},
    {"cơ quan phê duyệt", ColumnKind::kAgency},
    {"đơn vị theo dõi", ColumnKind::kAgency},
    {"thời hạn", ColumnKind::kDeadline},
    {"thời gian", ColumnKind::kDeadline},
    {"thời gian thực hiện", ColumnKind::kDeadline},
    {"thời hạn hoàn thành", ColumnKind::kDeadline},
    {"thời gian hoàn thành", ColumnKind::kDeadline},
    {"tiến độ", ColumnKind::kDeadline},
    {"thời gian trình", ColumnKind::kDeadline},
    {"thời hạn trình", ColumnKind::kDeadline},
    {"thời hạn thực hiện", ColumnKind::kDeadline},
    {"tiến độ thực hiện", ColumnKind::kDeadline},
    {"tiến độ hoàn thành", ColumnKind::kDeadline},
    {"hoàn thành", ColumnKind::kDeadline},
    {"sản phẩm", ColumnKind::kProduct},
    {"kết quả", ColumnKind::kProduct},
    {"sản phẩm dự kiến", ColumnKind::kProduct},
    {"kết quả sản phẩm", ColumnKind::kProduct},
    {"sản phẩm hoàn thành", ColumnKind::kProduct},
    {"sản phẩm kết quả", ColumnKind::kProduct},
    {"kết quả đầu ra", ColumnKind::kProduct},
    {"sản phẩm đầu ra", ColumnKind::kProduct},
    {"hình thức văn bản", ColumnKind::kProduct},
    {"dự kiến sản phẩm", ColumnKind::kProduct},
    {"kết quả dự kiến", ColumnKind::kProduct},
    {"hình thức", ColumnKind::kProduct},
    {"kết quả đánh giá", ColumnKind::kProduct},
    {"sản phẩm cụ thể", ColumnKind::kProduct},
    {"sản phẩm chính", ColumnKind::kProduct},
    {"kết quả thực hiện", ColumnKind::kProduct},
    {"sản phẩm đạt được", ColumnKind::kProduct},
    {"kết quả cần đạt", ColumnKind::kProduct},
    {"ghi chú", ColumnKind::kNote},
};

const std::map<std::string, ColumnKind, std::less<>>& titles() {
  static const std::map<std::string, ColumnKind, std::less<>> all = [] {
    std::map<std::string, ColumnKind, std::less<>> made;
    for (const Title& title : kTitles) made.emplace(title.key, title.kind);
    return made;
  }();
  return all;
}

// "2024" -> "#": titles with a year are one title.
std::string title_word(std::string_view word) {
  std::string key = comparison_key(word);
  return key.size() == 4 && is_number(key) ? "#" : key;
}

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

bool is_unit(const std::string& key) {
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
  return kUnits.contains(key);
}

constexpr std::size_t kLongestUnit = 40;  // bytes, more than any of them has

// What a word does in a value such as "100", "Tối thiểu 50", "≥ 80%", "10 - 15", "từ 6,5 đến 7", "Trên 90".
enum class ValueWord : std::uint8_t { kNumber, kAround, kOther };

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

bool holds(const std::vector<Column>& columns, ColumnKind kind) {
  return std::any_of(columns.begin(), columns.end(), [kind](const Column& one) { return one.kind == kind; });
}

// What is known of each word, so that a cell costs O(1).
struct Features {
  std::vector<int> gaps, bare_starts, sentence_ends, digits;  // sums over words before i
  std::vector<int> numbers, no_values;                        // the same; only for tables of values
  std::vector<bool> agency, deadline, upper, cut;
  std::vector<std::string> keys;  // comparison keys; of words in small letters only where columns need them

  // A cell of the words [i, j) reads as a value.
  bool value(std::size_t i, std::size_t j) const {
    return keys[i] != "%" && numbers[j] > numbers[i] && no_values[j] == no_values[i];  // "%" is the unit's
  }
};

Features look_at(const std::vector<TableWord>& words, const std::vector<Column>& columns) {
  const std::size_t n = words.size();
  const bool values = holds(columns, ColumnKind::kValue);
  const bool all_keys = values || holds(columns, ColumnKind::kUnit);
  Features f;
  for (std::vector<int>* sums : {&f.gaps, &f.bare_starts, &f.sentence_ends, &f.digits})
    sums->assign(n + 1, 0);
  if (values) f.numbers.assign(n + 1, 0), f.no_values.assign(n + 1, 0);
  f.keys.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::string& word = words[i].text;
    f.upper.push_back(starts_upper(word));
    f.keys.push_back(all_keys || f.upper[i] ? comparison_key(word) : std::string());
    f.agency.push_back(f.upper[i] && begins_agency(word, f.keys[i]));
    const bool digits = has_digit(word);
    f.deadline.push_back(digits || (f.upper[i] && begins_deadline(f.keys[i])));
    f.cut.push_back(ends_cut(word) && !(word == "theo" && i > 0 && words[i - 1].text == "tiếp"));
    // A body named without "," or "và" before it stands in a cell of its own.
    const bool linked = i == 0 || !f.agency[i] || f.agency[i - 1] || f.cut[i - 1] ||
                        words[i - 1].text.back() == ';' || words[i - 1].text.back() == ':' ||
                        f.keys[i] == "công" || f.keys[i] == "báo" || f.keys[i] == "nhà" ||
                        f.keys[i] == "kiểm" || f.keys[i] == "chính" || f.keys[i] == "quốc";
    f.bare_starts[i + 1] = f.bare_starts[i] + !linked;
    f.gaps[i + 1] = f.gaps[i] + (words[i].before >= 2);
    f.sentence_ends[i + 1] = f.sentence_ends[i] + (word.back() == '.' && i + 1 < n);
    f.digits[i + 1] = f.digits[i] + digits;
    if (!values) continue;
    const ValueWord role = value_word(word, f.keys[i]);
    f.numbers[i + 1] = f.numbers[i] + (role == ValueWord::kNumber);
    f.no_values[i + 1] = f.no_values[i] + (role == ValueWord::kOther);
  }
  return f;
}

// Costs are counted in twentieths, so that their sums are exact: two ways that cost the same are told apart
// by their order, not by rounding.
using Cost = int;
constexpr double kTwentieths = 20;
constexpr Cost kNever = 1 << 28;
constexpr Cost cost_of(double value) {
  return static_cast<Cost>(value * kTwentieths + (value < 0 ? -0.5 : 0.5));
}

Cost empty_cost(ColumnKind kind, bool first_agency) {
  switch (kind) {
    case ColumnKind::kName:
      return cost_of(6);
    case ColumnKind::kNote:
      return cost_of(0.1);
    case ColumnKind::kProduct:
      return cost_of(1.5);
    default:
      return first_agency ? cost_of(3.2) : cost_of(2.5);  // somebody always has the lead
  }
}

// A cell of the words [i, j) costs start[i] + end[j], and what only both ends together tell (Beginning).
struct CellCosts {
  std::vector<Cost> start, end;
};

CellCosts cell_costs(const std::vector<TableWord>& words, const Features& f, ColumnKind kind, RowPart part) {
  const std::size_t n = words.size();
  CellCosts costs{std::vector<Cost>(n + 1, 0), std::vector<Cost>(n + 1, 0)};
  const Cost gap = kind == ColumnKind::kName                                 ? cost_of(0.1)
                   : kind == ColumnKind::kNote || kind == ColumnKind::kLabel ? 0
                                                                             : cost_of(0.3);
  const Cost wrong_start = part == RowPart::kGoesOn ? cost_of(0.2) : cost_of(4);
  for (std::size_t i = 0; i < n; ++i) {
    Cost& start = costs.start[i];
    Cost& end = costs.end[i + 1];
    const Cost cut = f.cut[i] && part != RowPart::kCutAtEnd ? cost_of(4) : 0;
    start = -gap * f.gaps[i + 1];
    end = gap * f.gaps[i + 1];
    switch (kind) {
      case ColumnKind::kName:
        start += f.upper[i] || part == RowPart::kGoesOn || has_digit(words[i].text) ? 0 : cost_of(1);
        end += (cut > 0 ? cost_of(2.5) : 0) - (words[i].text.back() == '.' ? cost_of(0.3) : 0);
        break;
      case ColumnKind::kAgency:
        start += (f.agency[i] ? 0 : wrong_start) - cost_of(1.5) * f.bare_starts[i + 1] -
                 cost_of(2) * f.sentence_ends[i] - cost_of(0.7) * f.digits[i];
        end += cut + cost_of(1.5) * f.bare_starts[i + 1] + cost_of(2) * f.sentence_ends[i] +
               cost_of(0.7) * f.digits[i + 1];
        break;
      case ColumnKind::kDeadline:
        start += (f.deadline[i] ? 0 : wrong_start) - cost_of(1.5) * f.bare_starts[i + 1];
        end += cut + cost_of(1.5) * f.bare_starts[i + 1];
        break;
      case ColumnKind::kProduct:
        start += f.upper[i] || part == RowPart::kGoesOn ? cost_of(0.4) : cost_of(3);
        end += cut;
        break;
      case ColumnKind::kNote:
        start += f.upper[i] ? cost_of(1) : cost_of(2);
        break;
      case ColumnKind::kLabel:
        start = kNever;
        break;
      case ColumnKind::kUnit:
      case ColumnKind::kValue:
        break;
    }
  }
  return costs;
}

// What both ends together tell of a cell of units.
Cost unit_cost(const Features& f, std::size_t i, std::size_t j) {
  std::string key;
  for (std::size_t k = i; k < j && key.size() <= kLongestUnit; ++k) {
    if (k > i) key += ' ';
    key += f.keys[k];
  }
  // What is no unit costs the same with and without gaps.
  return is_unit(key) ? 0 : cost_of(5) - cost_of(0.3) * (f.gaps[j] - f.gaps[i + 1]);
}

// For each word that begins a line, summed up: what it costs that a cell of `capacity` goes on over this line
// end. A line that had room for the word ended its cell; one that is wider than the column is another
// column's.
std::vector<Cost> line_end_costs(const std::vector<TableWord>& words, std::size_t capacity) {
  std::vector<Cost> sums(words.size() + 1, 0);
  if (capacity == 0) return sums;
  std::size_t line = 0;
  for (std::size_t k = 0; k < words.size(); ++k) {
    Cost cost = 0;
    if (k > 0 && words[k].before > 0) {
      const std::size_t width = width_of(words, line, k);
      const std::size_t needed = width + 1 + count_code_points(words[k].text);
      if (words[k].before < 3) {
        const bool goes_on = starts_lower(words[k].text) && !ends_sentence(words[k - 1].text);
        if (needed * 100 < capacity * 75 && !goes_on) cost += cost_of(0.8);
        if (width * 100 > capacity * 130) cost += cost_of(1);
      }
      line = k;
    }
    sums[k + 1] = sums[k] + cost;
  }
  return sums;
}

std::size_t longest_cell(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kUnit:
      return 4;
    case ColumnKind::kValue:
      return 8;
    case ColumnKind::kDeadline:
      return 20;
    case ColumnKind::kAgency:
      return 80;
    default:
      return kLongestRow;
  }
}

Cost boundary_cost(const TableWord& next) {
  return next.before >= 2 ? 0 : next.before == 1 ? cost_of(0.25) : cost_of(0.5);
}

// Where a cell begins, and what that costs; kNone: nowhere.
struct Beginning {
  static constexpr Cost kNone = std::numeric_limits<Cost>::max();
  std::size_t at = 0;
  Cost cost = kNone;
};

// The cheapest beginning of a cell that ends before word j: of the last `longest` words before j, the first
// of those that cost the same. extra(i): what both ends together tell of [i, j).
template <class Extra>
Beginning cheapest_beginning(const std::vector<Cost>& start, std::size_t j, std::size_t longest,
                             Extra extra) {
  Beginning best;
  for (std::size_t i = j - std::min(j, longest); i < j; ++i) {
    if (start[i] >= kNever) continue;
    const Cost cost = start[i] + extra(i);
    if (cost < best.cost) best = {i, cost};
  }
  return best;
}

// The same for a cell of this kind; nullopt: both ends tell no more of it than each alone.
std::optional<Beginning> beginning(const Features& f, ColumnKind kind, const std::vector<Cost>& start,
                                   std::size_t j) {
  const std::size_t longest = longest_cell(kind);
  switch (kind) {
    case ColumnKind::kUnit:
      return cheapest_beginning(start, j, longest, [&](std::size_t i) { return unit_cost(f, i, j); });
    case ColumnKind::kValue:
      return cheapest_beginning(start, j, longest, [&](std::size_t i) { return f.value(i, j) ? 0 : kNever; });
    case ColumnKind::kAgency:
      return cheapest_beginning(start, j, longest,
                                [&](std::size_t i) { return j - i > 40 ? cost_of(2) : 0; });
    case ColumnKind::kDeadline:
      return cheapest_beginning(start, j, longest, [&](std::size_t i) {
        return f.digits[j] - f.digits[i] > 0 || j - i <= 6 ? 0 : cost_of(1.5);
      });
    default:
      return std::nullopt;
  }
}

}  // namespace

bool begins_head(std::string_view line) {
  const std::string_view first = first_word(line);
  if (first == "STT" || first == "Stt" || first == "TT") return true;
  return starts_with(line, "Số TT") || starts_with(line, "SỐ TT") || line == "Số thứ tự";
}

std::vector<Column> read_head(const std::vector<TableWord>& words) {
  const std::size_t n = words.size();
  if (n < 3 || n > 80) return {};
  std::vector<std::string> keys;
  bool inside = false;  // "(Bộ/ngành/địa phương)" explains a title
  for (const TableWord& word : words) {
    inside = inside || word.text.front() == '(';
    keys.push_back(inside ? std::string() : title_word(word.text));
    if (word.text.back() == ')') inside = false;
  }
  // Fewest titles that cover all words.
  std::vector<int> count(n + 1, std::numeric_limits<int>::max());
  std::vector<std::size_t> from(n + 1, 0);
  std::vector<ColumnKind> kinds(n + 1, ColumnKind::kName);
  count[0] = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (count[i] == std::numeric_limits<int>::max()) continue;
    std::string key;
    for (std::size_t j = i; j < n && j - i < kLongestTitle && !keys[i].empty(); ++j) {
      if (!keys[j].empty() && !(keys[j] == "%" && !key.empty())) key += (key.empty() ? "" : " ") + keys[j];
      const auto title = titles().find(key);
      if (title == titles().end() || count[i] + 1 >= count[j + 1]) continue;
      // A title begins with a capital letter: "Cơ quan chủ trì" is one, not "Cơ quan" and "chủ trì".
      if (!starts_upper(words[i].text)) continue;
      count[j + 1] = count[i] + 1;
      from[j + 1] = i;
      kinds[j + 1] = title->second;
    }
  }
  if (count[n] == std::numeric_limits<int>::max()) return {};
  std::vector<Column> columns;
  for (std::size_t end = n; end > 0; end = from[end]) {
    Column column;
    column.kind = kinds[end];
    for (std::size_t i = from[end]; i < end; ++i) column.title += (i > from[end] ? " " : "") + words[i].text;
    columns.push_back(std::move(column));
  }
  std::reverse(columns.begin(), columns.end());
  const auto names = std::count_if(columns.begin(), columns.end(),
                                   [](const Column& c) { return c.kind == ColumnKind::kName; });
  const auto labels = std::count_if(columns.begin(), columns.end(),
                                    [](const Column& c) { return c.kind == ColumnKind::kLabel; });
  if (columns.size() < 3 || columns.size() > 9 || names != 1 || labels != 1 ||
      columns[0].kind != ColumnKind::kLabel)
    return {};
  return columns;
}

bool is_unfinished(std::string_view cell) { return !cell.empty() && ends_cut(last_word(cell)); }

std::size_t width_of(const std::vector<TableWord>& words, std::size_t begin, std::size_t end) {
  std::size_t width = end > begin ? end - begin - 1 : 0;
  for (std::size_t i = begin; i < end; ++i) width += count_code_points(words[i].text);
  return width;
}

RowCells deal_words(const std::vector<TableWord>& words, const std::vector<Column>& columns,
                    const std::vector<std::size_t>& capacities, RowPart part, const std::vector<bool>& open) {
  const std::size_t n = words.size(), m = columns.size() - 1;
  RowCells best;
  best.cost = kNever / kTwentieths;
  best.ends.assign(m, n);
  if (n == 0 || n > kLongestRow) return best;
  const Features f = look_at(words, columns);
  // until[j]: the least that the columns so far cost if they hold the words [0, j); from[c][j]: where the
  // last of them begins then. Of two ways that cost the same, units and bodies take the longer cell ("triệu
  // đồng", not "đồng"), names and products the shorter one.
  std::vector<Cost> until(n + 1, kNever);
  std::vector<std::vector<std::size_t>> from(m, std::vector<std::size_t>(n + 1, 0));
  until[0] = 0;
  bool agency_before = false;
  for (std::size_t c = 0; c < m; ++c) {
    const ColumnKind kind = columns[c + 1].kind;
    const bool first_agency = kind == ColumnKind::kAgency && !agency_before;
    const bool unfinished = c + 1 < open.size() && open[c + 1];
    agency_before = agency_before || kind == ColumnKind::kAgency;
    const Cost empty = part != RowPart::kGoesOn ? empty_cost(kind, first_agency)
                       : unfinished             ? cost_of(1.5)
                                                : cost_of(0.1);
    const Cost begun = part != RowPart::kGoesOn || unfinished ? 0
                       : kind == ColumnKind::kName            ? cost_of(0.2)
                                                              : cost_of(0.8);
    const std::vector<Cost> line_ends =
        line_end_costs(words, c + 1 < capacities.size() ? capacities[c + 1] : 0);
    CellCosts costs = cell_costs(words, f, kind, part);
    for (std::size_t i = 0; i < n; ++i) {
      costs.start[i] = until[i] >= kNever ? kNever
                                          : costs.start[i] + until[i] + begun - line_ends[i + 1] +
                                                (i > 0 ? boundary_cost(words[i]) : 0);
    }
    std::vector<Cost> next(n + 1, kNever);
    std::size_t cheapest = 0;  // of the beginnings before j
    for (std::size_t j = 0; j <= n; ++j) {
      Cost& least = next[j];
      const auto take = [&](Cost cost, std::size_t i) {
        if (cost >= least) return;
        least = cost;
        from[c][j] = i;
      };
      const Cost end = costs.end[j] + line_ends[j];
      if (const auto found = beginning(f, kind, costs.start, j)) {
        if (found->cost != Beginning::kNone) take(found->cost + end, found->at);
      } else if (j > 0) {
        if (costs.start[j - 1] <= costs.start[cheapest]) cheapest = j - 1;
        if (costs.start[cheapest] < kNever) take(costs.start[cheapest] + end, cheapest);
      }
      if (until[j] < kNever) take(until[j] + empty, j);
    }
    until = std::move(next);
  }
  Cost cost = until[n];
  for (std::size_t c = m, end = n; c > 0; --c) {
    best.ends[c - 1] = end;
    end = from[c - 1][end];
  }
  if (part == RowPart::kWhole) {
    // A heading across the table has a name alone, and is not set apart into pieces.
    std::size_t name = 0;
    while (columns[name + 1].kind != ColumnKind::kName) ++name;
    const bool percent =
        std::any_of(words.begin(), words.end(), [](const TableWord& word) { return word.text == "%"; });
    const Cost group = cost_of(2.6) + cost_of(1.5) * (f.gaps[n] - f.gaps[1]) +
                       (f.cut[n - 1] ? cost_of(2.5) : 0) + (n > 60 ? cost_of(2) : 0) +
                       cost_of(1.2) * (f.bare_starts[n] - f.bare_starts[1]) + (percent ? cost_of(3) : 0);
    if (group < cost) {
      cost = group;
      best.group = true;
      for (std::size_t c = 0; c < m; ++c) best.ends[c] = c < name ? 0 : n;
    }
  }
  best.cost = cost / kTwentieths;
  return best;
}

}  // namespace vanban::layout
