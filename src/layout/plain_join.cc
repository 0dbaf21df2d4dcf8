#include "layout/plain_join.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::layout {
namespace {

bool starts_with_sign(std::string_view line) {
  return !line.empty() && std::string_view(".,;:)!?%").find(line.front()) != std::string_view::npos;
}

bool starts_upper(std::string_view line) {
  std::size_t at = 0;
  if (line.empty()) return false;
  decode_utf8(line, at);
  return is_upper_case(line.substr(0, at));
}

// Two words with capitals: "Lào Cai", "Bà Rịa".
bool starts_with_name(std::string_view line) {
  const std::size_t space = line.find(' ');
  return starts_upper(line) && space != std::string_view::npos && starts_upper(line.substr(space + 1));
}

// "… tại khoản 2", "… tại điểm a": a unit whose article may follow.
bool ends_with_unit(std::string_view line) {
  const std::string_view last = last_word(line);
  if (last.empty() || last.size() > 4) return false;
  const std::size_t from = static_cast<std::size_t>(last.data() - line.data());
  std::string_view lead = line.substr(0, from);
  while (!lead.empty() && lead.back() == ' ') lead.remove_suffix(1);
  const std::string_view word = last_word(lead);
  return word == "khoản" || word == "Khoản" || word == "điểm" || word == "Điểm" || word == "mục" ||
         word == "và" || (!lead.empty() && lead.back() == ',');
}

// "Đơn vị chủ trì: Sở Nội vụ", "Thời hạn hoàn thành: Quý II/2024": a line of its own, however full the one
// before it is.
bool starts_field(std::string_view line) {
  static constexpr std::array<std::string_view, 13> kFields = {
      "Đơn vị",   "Cơ quan",  "Chủ trì",  "Phối hợp",   "Thời gian",      "Thời hạn", "Tiến độ",
      "Sản phẩm", "Kinh phí", "Địa điểm", "Thành phần", "Nguồn kinh phí", "Người"};
  constexpr std::size_t kLongest = 80;  // bytes
  const std::size_t colon = line.substr(0, kLongest).find(':');
  if (colon == std::string_view::npos ||
      line.substr(0, colon).find_first_of(",.;(") != std::string_view::npos)
    return false;
  return std::any_of(kFields.begin(), kFields.end(),
                     [&](std::string_view field) { return line.starts_with(field); });
}

// "Nghị quyết này đã được Quốc hội … thông qua", "Quyết định này có hiệu lực": closes a document, in a
// paragraph of its own.
bool starts_closing(std::string_view line) {
  constexpr std::string_view kThis = " này ";
  constexpr std::size_t kLongestType = 32;  // bytes
  static constexpr std::array<std::string_view, 3> kSaid = {"đã được ", "được ", "có hiệu lực"};
  const std::size_t at = line.substr(0, kLongestType).find(kThis);
  if (at == std::string_view::npos || !starts_upper(line)) return false;
  const std::string_view rest = line.substr(at + kThis.size());
  return std::any_of(kSaid.begin(), kSaid.end(), [&](std::string_view said) { return rest.starts_with(said); });
}

// "1.", "c)", "Điều 5.": the text follows on the next line.
bool is_label_alone(std::string_view line) {
  if (line.size() < 2 || line.size() > 16) return false;
  if (line.back() != '.' && line.back() != ')') return false;
  const std::string probe = std::string(line) + " A";
  const Label label = find_label(probe);
  return label && label.kind != LabelKind::kDash && label.bytes + 1 == probe.size();
}

}  // namespace

bool is_cut_number(std::string_view before, std::string_view line) {
  if (before.size() < 2 || line.empty()) return false;
  const char last = before.back();
  if ((last == '-' || last == '/') && before[before.size() - 2] != ' ') {
    const std::string_view word = last_word(before);
    if (word == "-" || word == "và/") return false;
    return last == '-' || starts_digit(line) || !starts_lower(line);
  }
  const std::string_view word = last_word(before);
  const bool numbered = starts_digit(word) && word.find('/') != std::string_view::npos &&
                        word.back() != '.' && word.back() != ',';
  return numbered && (line.front() == '-' || line.front() == '/') && line.size() > 1 && line[1] != ' ';
}

// A label at the start of a line is an item's, or the line only happens to begin so ("từ 10" / "- 15%)",
// "kinh tế" /
// "- xã hội", "ngày" / "15. Các"). An item stands behind the end of a sentence or of a line that was not
// full.
bool Joiner::begins_item(const Line& before, const Line& line) const {
  const Label label = find_label(line.text);
  if (!label) return false;
  const std::string_view rest = std::string_view(line.text).substr(label.bytes);
  // "Điều 5. Chính sách của Nhà nước" / "1. Ưu tiên …": the first clause ends the heading, however short the
  // lines are.
  if (lines_ == 1 && starts_with(before.text, "Điều ") && starts_with(line.text, "1. ") && starts_upper(rest))
    return true;
  const bool extra = line.gap > spacing_;
  const bool ended = ends_sentence(before.text) || title_ || form_ == FormLine::kAddressees ||
                     form_ == FormLine::kRecipients;
  const bool full = is_full(before, line, lines_ == 1);
  const bool open = full && ends_open(before.text) && before.text.back() != ',';
  switch (label.kind) {
    case LabelKind::kDash:
      if (ended || block_ != FormLine::kNone) return true;
      if (starts_digit(rest)) return extra && !open;
      if (starts_lower(rest)) return before.text.back() == ',' || (extra && !full && !open);
      // "- Đóng góp … đạt trên 50%" / "- Chi cho nghiên cứu …": items of one kind, however full the line is;
      // but
      // "- Đường cao tốc Hà Nội" / "- Lào Cai" goes on with a name
      if (dash_item_ && !ends_open(before.text) && !starts_with_name(rest)) return true;
      return before.text.back() == ',' || extra || (!full && !open);
    case LabelKind::kLetter:
      // "điểm a), b)" / "c) khoản 1"
      if (starts_lower(rest) && (starts_with(rest, "khoản ") || starts_with(rest, "và "))) return false;
      return ended || (!open && (extra || !full || starts_upper(rest)));
    case LabelKind::kBracket:
      return ended || (!open && (!full || extra) && before.text.back() != ',');
    case LabelKind::kNumber:
    case LabelKind::kDecimal:
      // "1. Rà soát …" and what belongs to it, then "2. Xây dựng …", however full the line before is
      if (label.kind == LabelKind::kNumber && number_ > 0 && label.number == number_ + 1 &&
          starts_upper(rest) && !ends_open(before.text) && !ends_with_unit(before.text) &&
          before.text.back() != ',')
        return true;
      if (starts_lower(rest) && !ended) return false;
      return ended || (!open && (extra || !full));
    case LabelKind::kWord:
      // "Điều 5. Tên điều" has a line of its own; only "… quy định tại khoản 2" / "Điều 5. Trường hợp" goes
      // on.
      if (std::string_view(line.text).substr(0, label.bytes).find_first_of(".:") != std::string_view::npos &&
          starts_upper(rest) && !ends_open(before.text) && !ends_with_unit(before.text))
        return true;
      return ended || (!open && (extra || !full));
    default:
      return ended || (!open && (extra || !full));
  }
}

Joint Joiner::decide(const Line& before, const Line& line) const {
  const std::string_view p = before.text, n = line.text;
  if (p.find('\t') != std::string_view::npos || n.find('\t') != std::string_view::npos) return Joint::kBreak;
  if (line.glued) return Joint::kGlue;
  const bool extra = line.gap > spacing_;
  if (is_cut_number(p, n)) return Joint::kGlue;
  // Party documents give their bases dashes.
  if (under_type_ && (starts_with(n, "- Căn cứ") || starts_with(n, "- Xét"))) return Joint::kBreak;
  const FormLine form = form_of(n);
  switch (form) {
    case FormLine::kNone:
      break;
    case FormLine::kBasis:
      if (ends_sentence(p) || title_ || under_type_ || p.back() == ',' || !is_full(before, line))
        return Joint::kBreak;
      break;
    default:
      return Joint::kBreak;
  }
  switch (form_) {
    case FormLine::kMotto:
    case FormLine::kNumber:
    case FormLine::kPlaceDate:
    case FormLine::kAppendix:
    case FormLine::kPart:
    case FormLine::kType:
    case FormLine::kOperative:
    case FormLine::kSignature:
    case FormLine::kStamp:
      return Joint::kBreak;
    case FormLine::kRecipients:
      if (ends_sentence(p)) return Joint::kBreak;
      break;
    default:
      break;
  }
  if (ends_with(p, "./.")) return Joint::kBreak;
  if (label_alone_ && !(line.gap > spacing_ + 1) && !is_label_alone(n)) return Joint::kSpace;
  if (begins_item(before, line) || is_label_alone(n)) return Joint::kBreak;
  if (starts_field(n) && !ends_open(p)) return Joint::kBreak;
  if (starts_with_sign(n) && !extra) return Joint::kGlue;
  if (form_ == FormLine::kSubject && !extra) return Joint::kSpace;
  if (under_type_ && !extra && !ends_sentence(p) && !is_title(n) && n.front() != '(') {
    // A title in small letters, then a paragraph that nobody wrapped.
    const bool paragraph = line.width > kWidestWrap && starts_upper(n) && !ends_open(p);
    return paragraph ? Joint::kBreak : Joint::kSpace;
  }
  if (block_ != FormLine::kNone && !extra && !is_title(n) && !title_) {
    // A line that goes on is no wider: the next paragraph of the body is.
    const bool goes_on = starts_lower(n) || line.width <= before.width + 12;
    return ends_sentence(p) || !goes_on ? Joint::kBreak : Joint::kSpace;
  }
  const bool title = is_title(n);
  if (title_ || title) {
    if (!title_ && !ends_sentence(p) && is_full(before, line) && !extra && lines_ > 1) return Joint::kSpace;
    const bool open = title && ends_open(p) && line.gap <= spacing_ + 1;
    if (!title_ || (extra && !open)) return Joint::kBreak;
    if (in_head_ && starts_with_body(n)) return Joint::kBreak;
    if (title) return Joint::kSpace;
    // The last word of a heading can be one alone: "… CHÍNH" / "PHỦ"
    return is_upper_case(n) && !starts_digit(n) ? Joint::kSpace : Joint::kBreak;
  }
  if (starts_with(n, "(Kèm theo ") || starts_with(n, "(Ban hành kèm theo ")) return Joint::kBreak;
  const bool ended = ends_sentence(p);
  const bool full = is_full(before, line, lines_ == 1);
  if (starts_lower(n)) {
    if (!ended) return Joint::kSpace;
    return full && !extra ? Joint::kSpace : Joint::kBreak;
  }
  if (extra) return !ended && ends_open(p) ? Joint::kSpace : Joint::kBreak;
  if (ended && ((line.indent > before.indent && !line.page_start) || starts_closing(n))) return Joint::kBreak;
  if (ended) return full ? Joint::kSpace : Joint::kBreak;
  if (full || ends_open(p)) return Joint::kSpace;
  return starts_upper(n) ? Joint::kBreak : Joint::kSpace;
}

Joint Joiner::add(const Line& before, const Line& line) {
  const Joint joint = decide(before, line);
  if (joint == Joint::kBreak) {
    begin(line);
  } else {
    title_ = title_ && is_upper_case(line.text);
    label_alone_ = false;
    ++lines_;
    if (lines_ > 2 && !title_ && form_ == FormLine::kNone) in_head_ = false;
  }
  return joint;
}

void Joiner::begin(const Line& line) {
  const bool below_type = form_ == FormLine::kType;
  form_ = form_of(line.text);
  title_ = is_title(line.text);
  under_type_ = below_type && form_ == FormLine::kNone && !title_ && !find_label(line.text);
  label_alone_ = is_label_alone(line.text);
  lines_ = 1;
  const Label label = find_label(line.text);
  const bool item = static_cast<bool>(label);
  if (label.kind == LabelKind::kNumber) number_ = label.number;
  dash_item_ =
      label.kind == LabelKind::kDash && starts_upper(std::string_view(line.text).substr(label.bytes));
  if (form_ == FormLine::kAddressees || form_ == FormLine::kRecipients) {
    block_ = form_;
  } else if (form_ != FormLine::kNone || title_ || (block_ == FormLine::kAddressees && !item)) {
    block_ = FormLine::kNone;
  } else if (block_ == FormLine::kRecipients && line.gap > spacing_ && !item) {
    block_ = FormLine::kNone;
  }
  if (form_ == FormLine::kType || form_ == FormLine::kAddressees || form_ == FormLine::kBasis ||
      form_ == FormLine::kAppendix) {
    in_head_ = false;
  }
}

}  // namespace vanban::layout
