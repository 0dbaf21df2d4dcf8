#include "layout/plain_footnotes.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string_view>

#include "layout/plain_join.h"
#include "layout/plain_labels.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::layout {
namespace {

constexpr std::size_t kLookBack = 150;    // lines between a mark and its footnote; "[n]" marks may be farther
constexpr std::size_t kLongest = 60;      // lines of one footnote

enum class Form { kPlain, kBracket };

struct Start {
  int number = 0;
  Form form = Form::kPlain;
  bool alone = false;  // the label has a line of its own, the text follows
};

struct Place {
  std::size_t line = 0, begin = 0, end = 0;
  int rank = 0;  // lower is surer
  bool alone = false;
};

int value_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 6)) value = value * 10 + (c - '0');
  return value;
}

// What a footnote may begin with: "1 Quyết định", "[1] Không", "1" alone, "1Gồm".
Start start_of(std::string_view line) {
  Start start;
  std::size_t at = 0;
  const bool bracket = line.front() == '[';
  at += bracket;
  const std::size_t begin = at;
  while (at < line.size() && is_digit(line[at]) && at - begin < 4) ++at;
  if (at == begin || at - begin > 3 || line[begin] == '0') return start;
  const int number = value_of(line.substr(begin, at - begin));
  if (bracket) {
    if (at >= line.size() || line[at] != ']') return start;
    return {number, Form::kBracket, at + 1 == line.size()};
  }
  if (at == line.size()) return {number, Form::kPlain, true};
  const bool apart = line[at] == ' ' || line[at] == '\t';
  const std::string_view rest = trimmed(line.substr(at));
  // "75 văn bản, đã hoàn thành …" goes on; a footnote's text begins like a sentence.
  if (rest.empty() || starts_lower(rest) ||
      (!apart && !is_upper_case(rest.substr(0, 1)) && static_cast<unsigned char>(rest[0]) < 0x80)) {
    return start;
  }
  if (std::string_view(".,;:)/%-–]").find(rest.front()) != std::string_view::npos) return start;
  return {number, Form::kPlain, false};
}

// The letters just before `at` form a word that a mark can be glued to: 0 surely ("văn bản5", "Chính phủ1"),
// 1 perhaps
// ("UBND2"), -1 no ("H1", "C06").
int word_before(std::string_view line, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0) {
    std::size_t before = begin;
    const char32_t c = decode_utf8_before(line, before);
    if (c < 0x80 ? !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) : c >= 0x2000) break;
    begin = before;
  }
  const std::string_view word = line.substr(begin, at - begin);
  if (count_code_points(word) < 2) return -1;
  if (!is_upper_case(word)) return is_possible_syllable(word) ? 0 : 1;
  return is_possible_syllable(word) && count_code_points(word) > 2 ? 0 : 1;
}

// The mark `number` in a line from `from` on; the surest, then the first.
std::optional<Place> mark_in(const Line& line, std::size_t from, const std::string& number) {
  std::optional<Place> best;
  const std::string_view text = line.text;
  for (std::size_t at = text.find(number, from); at != std::string_view::npos;
       at = text.find(number, at + 1)) {
    const std::size_t end = at + number.size();
    if (at == 0 || (end < text.size() && is_digit(text[end]))) continue;
    std::size_t next = end;
    if (end < text.size()) {  // "Q1a" and "số1/2020" are no marks
      const char32_t c = decode_utf8(text, next);
      if (c == U'/' ||
          (c < 0x80 ? std::isalpha(static_cast<int>(c)) != 0 : is_upper_case(text.substr(end, next - end))))
        continue;
      if ((c == U'.' || c == U',') && next < text.size() && is_digit(text[next])) continue;
      if (c == U'%') continue;
    }
    int rank = -1;
    const char before = text[at - 1];
    if (is_digit(before)) {  // "năm 20234", "Đề án 0616"
      std::size_t begin = at;
      while (begin > 0 && is_digit(text[begin - 1])) --begin;
      const std::string_view prefix = text.substr(begin, at - begin);
      const bool year = prefix.size() == 4 && (starts_with(prefix, "19") || starts_with(prefix, "20"));
      const bool coded = prefix.size() == 2 && prefix.front() == '0';
      const bool alone = begin == 0 || text[begin - 1] == ' ' || text[begin - 1] == '/';
      if (alone && (year || coded)) rank = 4;
    } else if (before == ')' || before == '%' || before == '"' || ends_with(text.substr(0, at), "”") ||
               ((before == '.' || before == ',' || before == ';') && at > 1 && !is_digit(text[at - 2]))) {
      rank = 1;
    } else if (before != ' ' && before != '-' && before != '/' && before != '(' && before != '.') {
      const int word = word_before(text, at);
      rank = word < 0 ? -1 : word == 0 ? 0 : 3;
    }
    if (rank >= 0 && (!best || rank < best->rank)) best = Place{0, at, end, rank, false};
  }
  return best;
}

class Finder {
 public:
  explicit Finder(Lines& lines) : lines_(lines.lines), spacing_(lines.spacing), taken_(lines_.size(), false) {
    for (const Line& line : lines_) pages_known_ = pages_known_ || line.page_start;
    index_brackets();
  }

  std::vector<Footnote> run() {
    for (std::size_t i = 1; i < lines_.size();) {
      const Start start = start_of(lines_[i].text);
      const bool next = start.number == last_ + 1, restart = start.number == 1 && last_ > 1;
      if ((!next && !restart) || !cite(start, i)) {
        ++i;
        continue;
      }
      last_ = start.number;
      i = take(start, i);
    }
    write_marks();
    drop_page_numbers();
    compact();
    return std::move(found_);
  }

 private:
  void index_brackets() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string& text = lines_[i].text;
      for (std::size_t at = text.find('[', 1); at != std::string::npos; at = text.find('[', at + 1)) {
        std::size_t end = at + 1;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end == at + 1 || end - at > 4 || end >= text.size() || text[end] != ']') continue;
        brackets_[value_of(std::string_view(text).substr(at + 1, end - at - 1))].push_back(
            {i, at, end + 1, 0, false});
      }
    }
  }

  // Finds the mark of a footnote that begins at line `i`, and encloses it. False: there is none.
  bool cite(const Start& start, std::size_t i) {
    std::optional<Place> best;
    if (start.form == Form::kBracket) {
      const auto places = brackets_.find(start.number);
      if (places == brackets_.end()) return false;
      const auto& all = places->second;
      const auto place = std::find_if(all.begin(), all.end(), [&](const Place& one) {
        return one.line < i && !taken_[one.line] && one.line >= from_line_;
      });
      if (place == all.end()) return false;
      best = *place;
    } else {
      // What was looked through in vain for this number is not looked through again.
      const auto seen = searched_.try_emplace(start.number, 0).first;
      best = search(start, i, seen->second);
      if (!best) {
        seen->second = i - 1;
        return false;
      }
      searched_.clear();
    }
    enclose(*best);
    return true;
  }

  std::optional<Place> search(const Start& start, std::size_t i, std::size_t seen = 0) const {
    const std::string number = std::to_string(start.number);
    std::optional<Place> best;
    for (std::size_t j = std::max({from_line_, seen, i > kLookBack ? i - kLookBack : 0}); j < i; ++j) {
      if (taken_[j]) continue;
      const std::size_t from = j == from_line_ ? from_byte_ : 0;
      std::optional<Place> place = mark_in(lines_[j], from, number);
      if (!place && lines_[j].text == number && j > 0 && j + 1 < i && goes_on(j))
        place = Place{j, 0, number.size(), 1, true};
      if (!place) continue;
      place->line = j;
      if (!best || place->rank < best->rank) best = place;
    }
    return best;
  }

  // A number alone on line `j` stands inside a sentence: "… quốc gia" / "1" / "."
  bool goes_on(std::size_t j) const {
    const std::string& next = lines_[j + 1].text;
    return starts_lower(next) || std::string_view(".,;:)").find(next.front()) != std::string_view::npos;
  }

  void enclose(const Place& place) {
    cited_.push_back(place);
    if (place.alone) {
      taken_[place.line] = true;
      Line& next = lines_[place.line + 1];
      next.glued = !starts_lower(next.text);
      next.gap = spacing_;
    }
    from_line_ = place.line + (place.alone ? 1 : 0);
    from_byte_ = place.alone ? 0 : place.end;
  }

  // Marks are written last, from the back, so that places stay true until then.
  void write_marks() {
    std::stable_sort(cited_.begin(), cited_.end(), [](const Place& a, const Place& b) {
      return a.line != b.line ? a.line > b.line : a.begin > b.begin;
    });
    for (const Place& place : cited_) {
      std::string& text = lines_[place.line].text;
      text.insert(place.end, kMarkEnd);
      text.insert(place.begin, kMarkBegin);
      if (!place.alone) continue;
      std::size_t before = place.line - 1;
      while (before > 0 && taken_[before]) --before;
      lines_[before].text += text;
    }
  }

  // Takes the footnote's lines; returns the first line behind it.
  std::size_t take(const Start& start, std::size_t i) {
    Footnote note;
    note.label = std::to_string(start.number);
    note.after = i;
    std::size_t end = i;
    do {
      if (!note.text.empty() && !is_cut_number(note.text, lines_[end].text)) note.text += ' ';
      note.text += lines_[end].text;
      taken_[end] = true;
      ++end;
    } while (end < lines_.size() && end - i < kLongest && continues(start, i, end));
    if (end < lines_.size()) lines_[end].gap = std::min(lines_[end].gap, spacing_);
    found_.push_back(std::move(note));
    return end;
  }

  bool continues(const Start& start, std::size_t begin, std::size_t i) const {
    const Line& line = lines_[i];
    const Line& before = lines_[i - 1];
    if (start.alone && i == begin + 1) return true;
    if (line.page_start) return false;
    const Start next = start_of(line.text);
    if (next.number == start.number + 1 && next.form == start.form) {
      if (next.form == Form::kBracket ? brackets_.count(next.number) > 0 : search(next, begin).has_value())
        return false;
    }
    if (line.gap > spacing_ || before.width > kWidestWrap) return false;
    const FormLine form = form_of(line.text);
    if (form != FormLine::kNone && form != FormLine::kBasis) return false;
    if (pages_known_ || !ends_sentence(before.text)) return true;
    return is_full(before, line) && !starts_lower(line.text) && !find_label(line.text) &&
           !is_title(line.text);
  }

  // "8" before a line that begins a page by its leading space.
  void drop_page_numbers() {
    for (std::size_t i = 0; i + 1 < lines_.size(); ++i) {
      if (taken_[i] || !is_number(lines_[i].text) || lines_[i].text.size() > 3 || spacing_ == 0) continue;
      Line& next = lines_[i + 1];
      if (taken_[i + 1] || next.indent != 1 || next.gap != 0) continue;
      taken_[i] = true;
      next.gap = spacing_;
      next.page_start = true;
    }
  }

  void compact() {
    std::vector<std::size_t> kept_before(lines_.size() + 1, 0);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      kept_before[i] = kept;
      if (taken_[i]) continue;
      if (kept != i) lines_[kept] = std::move(lines_[i]);
      ++kept;
    }
    for (Footnote& note : found_) note.after = kept_before[note.after];
    lines_.resize(kept);
  }

  std::vector<Line>& lines_;
  int spacing_;
  std::vector<bool> taken_;
  bool pages_known_ = false;
  std::map<int, std::vector<Place>> brackets_;
  std::vector<Footnote> found_;
  std::vector<Place> cited_;
  std::map<int, std::size_t> searched_;  // by number: lines before this one hold no mark
  int last_ = 0;
  std::size_t from_line_ = 0, from_byte_ = 0;  // behind the last mark
};

}  // namespace

std::vector<Footnote> take_footnotes(Lines& lines) {
  std::vector<Footnote> found = Finder(lines).run();
  measure_lines(lines);
  return found;
}

}  // namespace vanban::layout
