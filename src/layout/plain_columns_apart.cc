#include "layout/plain_columns_apart.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "layout/plain_labels.h"
#include "layout/plain_lines.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::layout {
namespace {

constexpr std::size_t kHeadLines = 14, kFootLines = 30;  // lines of one block

struct Split {
  std::string_view left, right;
};

std::string_view without_sign(std::string_view line) { return trimmed(line.substr(0, line.find('\f'))); }

// A part of each motto, in one of two ways.
constexpr std::string_view kInMotto[] = {"CỘNG ", "Độc "};

// Where the motto begins behind other text; npos: it does not.
std::size_t find_motto(std::string_view line) {
  for (const std::string_view motto :
       {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA", "CỘNG HÒA XÃ HỘI CHỦ NGHIÃ",
        "ĐẢNG CỘNG SẢN VIỆT NAM", "Độc lập - Tự do", "Độc lập – Tự do", "Độc Lập - Tự Do"}) {
    const std::size_t at = line.find(motto);
    if (at != std::string_view::npos)
      return trimmed(line.substr(0, at)).empty() ? std::string_view::npos : at;
  }
  return std::string_view::npos;
}

// "Ký bởi: CÔNG BÁO NƯỚC CỘNG HÒA …" is a sentence, not two columns.
bool is_agency_part(std::string_view left) { return is_upper_case(left) && !ends_with(left, "NƯỚC"); }

// The run of spaces that parts the columns; the last one that ends near `column` (in code points).
Split split_at_spaces(std::string_view line, std::size_t column, std::size_t least) {
  Split best;
  std::size_t distance = 30;
  for (std::size_t at = line.find_first_not_of(' '); at < line.size();) {
    const std::size_t begin = line.find(' ', at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(line.find_first_not_of(' ', begin), line.size());
    if (end < line.size() && end - begin >= least) {
      const std::size_t place = count_code_points(line.substr(0, end));
      const std::size_t away = place > column ? place - column : column - place;
      if (away < distance) {
        distance = away;
        best = {trimmed(line.substr(0, begin)), trimmed(line.substr(end))};
      }
    }
    at = end;
  }
  return best;
}

// "Số: 44/2026/QĐ-UBND Thành phố Hồ Chí Minh, ngày 30 tháng 6 năm 2026": number and place with one space
// between.
Split split_number_line(std::string_view line) {
  const std::string_view text = without_sign(line);
  const std::size_t day = text.find(", ngày");
  if (day == std::string_view::npos || !starts_with(text, "Số")) return {};
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash > day) return {};
  const std::size_t end = text.find(' ', slash);
  if (end == std::string_view::npos || end > day) return {};
  return {trimmed(text.substr(0, end)), trimmed(text.substr(end))};
}

Split split_line(std::string_view line, std::size_t column) {
  const std::size_t motto = find_motto(line);
  if (motto != std::string_view::npos) return {trimmed(line.substr(0, motto)), trimmed(line.substr(motto))};
  Split split = split_at_spaces(line, column, 3);
  if (split.right.empty()) split = split_number_line(line);
  if (!split.right.empty()) return split;
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  const std::string_view text = trimmed(line);
  if (indent + 15 >= column && indent > 12) return {{}, text};
  return {text, {}};
}

bool ends_head(std::string_view text) {
  const FormLine form = form_of(text);
  return form == FormLine::kType || form == FormLine::kAddressees || form == FormLine::kBasis ||
         form == FormLine::kAppendix || form == FormLine::kOperative || form == FormLine::kRecipients;
}

class Columns {
 public:
  explicit Columns(std::string_view text) : text_(text) {
    std::size_t begin = 0;
    while (begin <= text.size()) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      lines_.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  std::string run() {
    for (std::size_t i = 0; i < lines_.size();) {
      const std::string_view line = lines_[i];
      const std::size_t motto = may_hold_motto(line) ? find_motto(line) : std::string_view::npos;
      if (motto != std::string_view::npos && is_agency_part(trimmed(line.substr(0, motto)))) {
        i = take_head(i, count_code_points(line.substr(0, motto)));
        continue;
      }
      if (starts_with(trimmed(line), "Nơi nhận")) {
        const Split foot = split_foot(line);
        if (!foot.right.empty()) {
          i = take_foot(i, count_code_points(
                               line.substr(0, static_cast<std::size_t>(foot.right.data() - line.data()))));
          continue;
        }
      }
      write(line);
      ++i;
    }
    if (!out_.empty()) out_.pop_back();
    return std::move(out_);
  }

 private:
  // False: the line has no motto. Asked of the lines in their order; each part is looked for once in the
  // text.
  bool may_hold_motto(std::string_view line) {
    const auto begin = static_cast<std::size_t>(line.data() - text_.data());
    bool may = false;
    for (std::size_t i = 0; i < std::size(kInMotto); ++i) {
      if (next_[i] < begin || next_[i] == kUnknown) next_[i] = text_.find(kInMotto[i], begin);
      may = may || next_[i] < begin + line.size();
    }
    return may;
  }

  void write(std::string_view line) {
    out_ += line;
    out_ += '\n';
  }

  void write_columns(const std::vector<std::string_view>& left, const std::vector<std::string_view>& right) {
    for (const std::string_view line : left) write(line);
    out_ += '\n';
    for (const std::string_view line : right) write(line);
    out_ += '\n';
  }

  // The block ends at the document's type or its addressees, behind the line of place and date (and the
  // subject beside it), or at a new page.
  std::size_t take_head(std::size_t i, std::size_t column) {
    std::vector<std::string_view> left, right;
    bool dated = false, subject = false;
    std::size_t taken = 0;
    for (; i < lines_.size() && taken < kHeadLines; ++i) {
      const std::string_view line = lines_[i];
      if (taken > 0 && line.find('\f') != std::string_view::npos) break;
      const std::string_view text = trimmed(line);
      if (text.empty()) {
        if (dated) break;
        continue;
      }
      if (ends_head(text)) break;
      const Split split = split_line(line, column);
      if (dated && !split.right.empty()) break;
      if (dated && !subject && form_of(split.left) != FormLine::kSubject) break;
      ++taken;
      if (!split.left.empty()) left.push_back(split.left);
      if (!split.right.empty()) right.push_back(split.right);
      dated = dated || form_of(split.right) == FormLine::kPlaceDate;
      subject = subject || form_of(split.left) == FormLine::kSubject;
    }
    write_columns(left, right);
    return i;
  }

  static Split split_foot(std::string_view line) {
    const std::size_t head = line.find("Nơi nhận");
    const std::size_t colon = line.find(':', head);
    if (colon == std::string_view::npos) return {};
    const std::string_view right = without_sign(line.substr(colon + 1));
    if (right.empty() || !is_upper_case(right)) return {};
    return {trimmed(line.substr(0, colon + 1)), right};
  }

  // Recipients on the left, the signature on the right; until the page or the lines end.
  std::size_t take_foot(std::size_t i, std::size_t column) {
    std::vector<std::string_view> left, right;
    const std::size_t limit = std::min(lines_.size(), i + kFootLines);
    for (std::size_t first = i; i < limit; ++i) {
      const std::string_view line = lines_[i];
      if (i > first && line.find('\f') != std::string_view::npos) break;
      const std::string_view text = trimmed(line);
      if (text.empty()) continue;
      const FormLine form = form_of(text);
      if (i > first && (form == FormLine::kAppendix || form == FormLine::kMotto || form == FormLine::kType))
        break;
      Split split = i == first ? split_foot(line) : split_line(line, column);
      if (i > first && split.right.empty()) split = split_recipient(split.left);
      if (!split.left.empty()) left.push_back(split.left);
      if (!split.right.empty()) right.push_back(split.right);
    }
    write_columns(left, right);
    return i;
  }

  // "- Như trên; CHỦ TỊCH": the title stands behind the item's end.
  static Split split_recipient(std::string_view text) {
    const std::size_t stop = text.rfind(';');
    if (stop != std::string_view::npos && stop + 1 < text.size()) {
      const std::string_view rest = trimmed(text.substr(stop + 1));
      if (is_title(rest)) return {text.substr(0, stop + 1), rest};
    }
    return {text, {}};
  }

  static constexpr std::size_t kUnknown = std::string_view::npos - 1;
  std::string_view text_;
  std::vector<std::string_view> lines_;
  std::array<std::size_t, std::size(kInMotto)> next_{kUnknown, kUnknown};  // where each part stands next
  std::string out_;
};

}  // namespace

std::string set_columns_apart(std::string_view text) { return Columns(text).run(); }

}  // namespace vanban::layout
