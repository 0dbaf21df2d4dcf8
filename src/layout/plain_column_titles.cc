// The heads of tables of plain text, told by the titles of their columns.

#include <algorithm>
#include <limits>
#include <map>
#include <string>

#include "layout/plain_columns.h"
#include "layout/plain_lines.h"
#include "vanban/normalise/text.h"

namespace vanban::layout {
namespace {

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
      if (!words[i].upper) continue;
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

}  // namespace vanban::layout
