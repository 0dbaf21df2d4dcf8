#include "parse/appendix.h"

#include <algorithm>

#include "parse/foot.h"
#include "parse/head.h"
#include "parse/labels.h"

namespace vanban::parse {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kTitleReach = 9;  // lines between the first line of a title and its "(Kèm theo …)"

}  // namespace

AppendixFinder::AppendixFinder(const std::vector<Line>& lines, const Shapes& shapes,
                               const DocumentTypes& types)
    : lines_(lines), shapes_(shapes), types_(types), next_attached_(lines.size(), kNone) {
  std::size_t next = kNone;
  for (std::size_t i = lines.size(); i-- > 0;) {
    if (lines[i].kind == BlockKind::kParagraph && !attached_line(lines[i].text, shapes).empty()) next = i;
    next_attached_[i] = next;
  }
}

bool AppendixFinder::is_title_line(const Line& line) const {
  if (line.kind != BlockKind::kParagraph || line.text.size() > 800) return false;
  if (is_rule(line.text)) return true;
  if (upper_case(line.text)) return !ends_with_colon(line.text) && !shapes_.is("authority", line.text);
  const Label label = read_label(line.text);
  return !ends_sentence(line.text) && !(label.style != LabelStyle::kNone && label.strong) &&
         word_count(line.text) <= 70 && !shapes_.is("noise", line.text);
}

// The "(Kèm theo …)" that the title beginning at `i` ends with; npos: none.
std::size_t AppendixFinder::attached_within(std::size_t i) const {
  if (i >= lines_.size()) return kNone;
  const std::size_t attached = next_attached_[i];
  if (attached == kNone || attached > i + kTitleReach) return kNone;
  for (std::size_t k = i; k < attached; ++k) {
    if (!is_title_line(lines_[k])) return kNone;
  }
  return attached;
}

void AppendixFinder::read_title(std::size_t first, bool title_begun, AppendixStart& start) const {
  std::vector<std::size_t> rules;  // between lines of the title: part of its range; behind it: paragraphs
  const auto add = [&](std::size_t k) {
    if (is_rule(lines_[k].text)) {
      rules.push_back(k);
      return;
    }
    if (start.heading_range.empty()) {
      start.paragraphs.insert(start.paragraphs.end(), rules.begin(), rules.end());
    }
    rules.clear();
    const std::string text = single_spaced(lines_[k].text);
    if (start.heading_range.empty()) {
      start.heading = text;
      start.heading_range = lines_[k].where;
    } else {
      start.heading += " " + text;
      start.heading_range.end = lines_[k].where.end;
    }
  };
  std::size_t k = first;
  const std::size_t attached = attached_within(first);
  if (attached != kNone) {
    for (; k < attached; ++k) add(k);
    start.paragraphs.insert(start.paragraphs.end(), rules.begin(), rules.end());
    rules.clear();
    // It may go on in the next line: "… năm 2025" / "của Văn phòng Chính phủ)".
    bool open = lines_[k].text.find('(') != std::string_view::npos &&
                lines_[k].text.find(')') == std::string_view::npos;
    start.paragraphs.push_back(k++);
    for (int more = 0; open && more < 3 && k < lines_.size() && lines_[k].kind == BlockKind::kParagraph;
         ++more) {
      const bool closes = lines_[k].text.find(')') != std::string_view::npos;
      if (!closes && (ends_sentence(lines_[k].text) || read_label(lines_[k].text).strong)) break;
      start.paragraphs.push_back(k++);
      open = !closes;
    }
  } else {
    for (std::size_t lines = 0; k < lines_.size() && lines < 8; ++k, ++lines) {
      const Line& line = lines_[k];
      if (line.kind != BlockKind::kParagraph || line.text.size() > 800) break;
      if (is_rule(line.text)) {
        if (!title_begun && start.heading.empty()) {
          add(k);
          continue;
        }
        break;
      }
      const Label label = read_label(line.text);
      const bool unit = label.style != LabelStyle::kNone && label.strong;
      const bool upper = upper_case(line.text) && !unit && !ends_with_colon(line.text) &&
                         !shapes_.is("motto", line.text) && !shapes_.is("authority", line.text);
      const bool first_title = start.heading.empty() && !title_begun && !unit && !ends_sentence(line.text) &&
                               word_count(line.text) <= 45 && starts_upper(line.text.substr(0, 8));
      if (!upper && !first_title) break;
      add(k);
      title_begun = true;
    }
  }
  start.paragraphs.insert(start.paragraphs.end(), rules.begin(), rules.end());
  start.end = k;
}

std::optional<AppendixStart> AppendixFinder::at(std::size_t i, bool after_foot, bool in_head) const {
  const Line& line = lines_[i];
  if (line.kind != BlockKind::kParagraph || line.text.size() > 800) return std::nullopt;
  AppendixStart start;
  start.from = i;
  start.head_end = i;
  std::vector<TextRange> groups;
  if (const auto head = appendix_head(line.text, shapes_)) {
    start.label = head->label;
    if (head->rest.empty()) {
      start.paragraphs.push_back(i);
      read_title(i + 1, false, start);
    } else {
      const std::size_t rest_at = line.text.rfind(head->rest);
      const std::size_t at = line.where.begin + (rest_at == std::string_view::npos ? 0 : rest_at);
      if (attached_line(head->rest, shapes_).empty()) {
        start.heading = single_spaced(head->rest);
        start.heading_range = {at, line.where.end};
        read_title(i + 1, true, start);
      } else {
        start.paragraphs.push_back(i);
        read_title(i + 1, false, start);
      }
    }
    return start;
  }
  if (shapes_.match("form_head", line.text, groups) && word_count(line.text) <= 6) {
    start.label = single_spaced(shapes_.part("form_head", "label", line.text, groups));
    start.paragraphs.push_back(i);
    read_title(i + 1, false, start);
    return start;
  }
  const bool upper = upper_case(line.text) && !ends_with_colon(line.text);
  if (!in_head && after_foot && (shapes_.is("motto", line.text) || upper)) {
    // A document with a head of its own behind the signature of this one.
    std::vector<Line> few(lines_.begin() + static_cast<std::ptrdiff_t>(i),
                          lines_.begin() + static_cast<std::ptrdiff_t>(std::min(lines_.size(), i + 40)));
    const Head head = read_head(few, 0, shapes_, types_);
    if (head.found && head.type && !head.issuer.empty() && head.end > 1) {
      start.heading = head.type_line;
      for (const std::string& part : head.title) start.heading += (start.heading.empty() ? "" : " ") + part;
      start.head_end = start.end = i + head.end;
      return start;
    }
  }
  if (upper && read_label(line.text).style == LabelStyle::kNone && !shapes_.is("enacting", line.text)) {
    // "BỘ TRƯỞNG" / "Đinh Tiến Dũng" right above "QUY CHẾ …": the signature, no title.
    const bool signs =
        shapes_.is("position", line.text) && i + 1 < lines_.size() && is_name(lines_[i + 1].text, shapes_);
    if ((attached_within(i) != kNone && !signs) ||
        (after_foot && word_count(line.text) >= 2 && !shapes_.is("motto", line.text) &&
         !shapes_.is("authority", line.text) && !shapes_.is("position", line.text))) {
      read_title(i, false, start);
      return start;
    }
  }
  return std::nullopt;
}

}  // namespace vanban::parse
