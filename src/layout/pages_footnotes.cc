// Footnotes (chú thích cuối trang): small print below a short rule at the page's foot, each starting with its
// mark; and the marks in the text that point at them.

#include <algorithm>
#include <set>

#include "layout/pages.h"
#include "vanban/base/utf8.h"

namespace vanban::pages {
namespace {

bool letter_start(std::string_view text) {
  return !text.empty() && ((text[0] >= 'A' && text[0] <= 'Z') || static_cast<unsigned char>(text[0]) >= 0xC3);
}

// Page::lines from `first` on are footnotes.
void take(Page& page, std::size_t first) {
  page.footnotes.assign(page.lines.begin() + static_cast<std::ptrdiff_t>(first), page.lines.end());
  page.lines.resize(first);
}

// Where the lines below the footnote rule begin; lines.size() if the page has none.
std::size_t below_rule(const Page& page) {
  double lowest_grid = 0;
  for (const Grid& grid : page.grids) lowest_grid = std::max(lowest_grid, grid.box.y1);
  std::size_t best = page.lines.size();
  for (const Ruling& rule : page.rulings) {
    const double length = rule.x1 - rule.x0;
    if (!rule.horizontal() || length < 40 || rule.y0 < 0.25 * page.height) continue;
    if (rule.y0 < lowest_grid - 2 || rule.x0 > 0.3 * page.width) continue;
    std::size_t first = page.lines.size();
    // A rule as wide as the text may be any rule: what is below it has to look like nothing but footnotes.
    const bool wide = length > 0.45 * page.width;
    const double largest = (wide ? 0.86 : 1.0) * page.body_size;
    bool small = true;
    double highest = 1e9;
    while (first > 0 && page.lines[first - 1].box.centre_y() > rule.y0) {
      --first;
      small = small && page.lines[first].size <= largest;
      highest = std::min(highest, page.lines[first].box.y0);
    }
    if (first == page.lines.size() || !small || highest - rule.y0 > 30) continue;
    const Line& line = page.lines[first];
    const bool labelled = !footnote_start(page, line).label.empty();
    if (!labelled && (wide || line.size > 0.86 * page.body_size)) continue;
    if (line.box.x0 < rule.x0 - 12) continue;
    best = std::min(best, first);
  }
  return best;
}

// Without a rule: the last lines, in small print, the first of them with a label that the text above has as a
// mark.
std::size_t small_print(const Page& page, const std::set<std::string>& marks) {
  std::size_t first = page.lines.size();
  while (first > 0 && page.lines[first - 1].size <= 0.88 * page.body_size &&
         page.lines[first - 1].box.y0 > 0.4 * page.height) {
    --first;
  }
  for (; first < page.lines.size(); ++first) {
    const FootnoteStart start = footnote_start(page, page.lines[first]);
    if (!start.label.empty() && marks.count(start.label) != 0) return first;
  }
  return page.lines.size();
}

// A mark that OCR or the text layer glued to its word: "văn bản4", "CP1", "(TTHC)2", "năm 20234".
std::size_t glued_mark(const std::string& text, const std::set<std::string>& labels, std::string& label) {
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[text.size() - 1 - digits])) ++digits;
  if (digits == 0 || digits == text.size()) {
    // A year and a mark.
    if (digits < 5 || digits > 6 || (text.compare(0, 2, "19") != 0 && text.compare(0, 2, "20") != 0))
      return 0;
    label = text.substr(4);
    return labels.count(label) != 0 ? label.size() : 0;
  }
  if (digits > 2) return 0;
  label = text.substr(text.size() - digits);
  const char before = text[text.size() - digits - 1];
  const bool word = static_cast<unsigned char>(before) >= 0x80 || (before >= 'a' && before <= 'z') ||
                    (before >= 'A' && before <= 'Z') || before == ')';
  // One letter and a digit is a name or a unit ("A4", "m2"), and a symbol may hold digits ("QH15").
  const std::string_view stem = std::string_view(text).substr(0, text.size() - digits);
  const bool symbol = stem.find('/') != std::string_view::npos && stem.find("QH") != std::string_view::npos;
  return word && !symbol && stem.size() > 2 && labels.count(label) != 0 ? digits : 0;
}

}  // namespace

FootnoteStart footnote_start(const Page& page, const Line& line) {
  if (line.words.empty()) return {};
  const Word& first = page.words[line.words.front()];
  std::string_view text = first.text;
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  const bool stars =
      text.size() <= 3 && std::all_of(text.begin(), text.end(), [](char c) { return c == '*'; });
  const bool number = text.size() <= 3 && std::all_of(text.begin(), text.end(), is_digit);
  if (stars || number) {
    if (line.words.size() < 2) return {};
    return {std::string(text), 1};
  }
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  if (digits >= 1 && digits <= 2 && letter_start(text.substr(digits)))
    return {std::string(text.substr(0, digits)), 0};
  return {};
}

void find_footnotes(Page& page) {
  std::set<std::string> marks;
  for (Word& word : page.words) {
    if (word.mark.empty()) continue;
    while (!word.mark.empty() && (word.mark.front() == '[' || word.mark.front() == '('))
      word.mark.erase(0, 1);
    while (!word.mark.empty() && (word.mark.back() == ']' || word.mark.back() == ')')) word.mark.pop_back();
    marks.insert(word.mark);
  }
  std::size_t first = below_rule(page);
  if (first == page.lines.size()) {
    if (page.ocr) {
      std::set<std::string> any;
      for (int i = 1; i < 100; ++i) any.insert(std::to_string(i));
      std::string label;
      for (const Word& word : page.words) {
        if (glued_mark(word.text, any, label) != 0) marks.insert(label);
      }
    }
    first = small_print(page, marks);
  }
  take(page, first);
  std::set<std::string> labels;
  std::set<std::size_t> own;  // words of the footnotes themselves
  for (const Line& line : page.footnotes) {
    const FootnoteStart start = footnote_start(page, line);
    if (!start.label.empty()) labels.insert(start.label);
    own.insert(line.words.begin(), line.words.end());
  }
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    Word& word = page.words[i];
    if (!word.mark.empty()) {
      // An exponent ("m2") has no footnote.
      if (labels.count(word.mark) == 0 || own.count(i) != 0) {
        word.mark.clear();
        word.mark_bytes = 0;
      }
      continue;
    }
    if (labels.empty() || own.count(i) != 0) continue;
    std::string label;
    const std::size_t bytes = glued_mark(word.text, labels, label);
    if (bytes != 0 && (page.ocr || marks.count(label) == 0)) {
      word.mark = label;
      word.mark_bytes = bytes;
    }
  }
}

}  // namespace vanban::pages
