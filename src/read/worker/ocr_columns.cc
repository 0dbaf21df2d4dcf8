#include "read/worker/ocr_columns.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

constexpr double kSure = 0.9;         // of a reading that nothing but another reading puts in doubt
constexpr double kDoubtful = 0.5;     // what a digit that is not sure has at most
constexpr double kInferred = 0.8;     // what the column settled: two witnesses, neither of them sure
constexpr std::size_t kLongest = 10;  // characters of an ordinal

// ---- ordinals ------------------------------------------------------------------------------------------

enum class Kind { kNumber, kRoman, kCapital, kSmall };

// "2.1." is {kNumber, {2, 1}}, "II" {kRoman, {2}}, "đ" {kSmall, {5}}.
struct Ordinal {
  Kind kind = Kind::kNumber;
  std::vector<int> path;
  friend bool operator==(const Ordinal&, const Ordinal&) = default;
};

// As Vietnamese lists count; f, j, w and z are left out.
constexpr std::u32string_view kSmallLetters = U"abcdđeghiklmnopqrstuvxy";
constexpr std::u32string_view kCapitalLetters = U"ABCDĐEGHIKLMNOPQRSTUVXY";

std::u32string characters_of(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += decode_utf8(text, at);
  return out;
}

std::string roman(int value) {
  constexpr std::pair<int, std::string_view> kSigns[] = {{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
  std::string text;
  for (const auto& [worth, sign] : kSigns) {
    for (; value >= worth; value -= worth) text += sign;
  }
  return text;
}

std::string text_of(const Ordinal& ordinal) {
  const auto at = static_cast<std::size_t>(ordinal.path.front() - 1);
  std::string text;
  switch (ordinal.kind) {
    case Kind::kNumber:
      for (int part : ordinal.path) text += (text.empty() ? "" : ".") + std::to_string(part);
      return text;
    case Kind::kRoman:
      return roman(ordinal.path.front());
    case Kind::kCapital:
      if (at < kCapitalLetters.size()) append_utf8(text, kCapitalLetters[at]);
      return text;
    case Kind::kSmall:
      if (at < kSmallLetters.size()) append_utf8(text, kSmallLetters[at]);
      return text;
  }
  return text;
}

std::optional<Ordinal> ordinal_of(std::string_view text) {
  if (!text.empty() && (text.back() == '.' || text.back() == ')')) text.remove_suffix(1);
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  if (text.front() >= '1' && text.front() <= '9') {
    Ordinal number{Kind::kNumber, {0}};
    bool open = true;  // a part has begun and has no digit yet
    for (char c : text) {
      if (c == '.') {
        if (open) return std::nullopt;
        number.path.push_back(0);
        open = true;
      } else if (c >= '0' && c <= '9') {
        number.path.back() = number.path.back() * 10 + (c - '0');
        if (number.path.back() > 999) return std::nullopt;
        open = false;
      } else {
        return std::nullopt;
      }
    }
    return open ? std::nullopt : std::optional(number);
  }
  if (text.find_first_not_of("IVX") == std::string_view::npos) {
    for (int value = 1; value < 40; ++value) {
      if (roman(value) == text) return Ordinal{Kind::kRoman, {value}};
    }
    return std::nullopt;
  }
  const std::u32string letters = characters_of(text);
  if (letters.size() != 1) return std::nullopt;
  for (const auto& [kind, all] :
       {std::pair(Kind::kCapital, kCapitalLetters), std::pair(Kind::kSmall, kSmallLetters)}) {
    if (const std::size_t at = all.find(letters.front()); at != std::u32string_view::npos)
      return Ordinal{kind, {static_cast<int>(at) + 1}};
  }
  return std::nullopt;
}

// How far a column has counted, in each way of counting.
class Counting {
 public:
  void add(const Ordinal& ordinal, const std::string& text = {}) {
    last_ = ordinal;
    at(ordinal.kind) = ordinal;
    if (!text.empty()) {
      ends_[{ordinal.kind, ordinal.path.size()}] =
          text.back() == '.' || text.back() == ')' ? text.substr(text.size() - 1) : "";
    }
  }
  bool begun() const { return last_.has_value(); }
  bool has(Kind kind) const { return at(kind).has_value(); }
  // The last one of this kind and depth ended with this: "." or ")", or with none. Unknown: nothing.
  std::optional<std::string> end_of(const Ordinal& like) const {
    const auto found = ends_.find({like.kind, like.path.size()});
    return found == ends_.end() ? std::nullopt : std::optional(found->second);
  }

  // What may stand in the next row.
  std::vector<Ordinal> followers() const {
    std::vector<Ordinal> out;
    const auto add = [&out](Kind kind, std::vector<int> path) {
      Ordinal one{kind, std::move(path)};
      if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
    };
    const Kind above = last_->kind;
    if (const auto& number = at(Kind::kNumber)) {
      for (std::size_t size = number->path.size(); size > 0; --size) {
        std::vector<int> path(number->path.begin(), number->path.begin() + static_cast<std::ptrdiff_t>(size));
        ++path.back();
        add(Kind::kNumber, std::move(path));
      }
      if (above == Kind::kNumber) {
        std::vector<int> path = number->path;
        path.push_back(1);
        add(Kind::kNumber, std::move(path));
      }
    }
    if (above != Kind::kNumber && above != Kind::kSmall) add(Kind::kNumber, {1});
    if (const auto& roman = at(Kind::kRoman)) {
      add(Kind::kRoman, {roman->path.front() + 1});
    } else {
      // A page may begin in the middle of a table.
      for (int value = 1; value <= 12; ++value) add(Kind::kRoman, {value});
    }
    if (above == Kind::kCapital) add(Kind::kRoman, {1});
    add(Kind::kCapital, {at(Kind::kCapital) ? at(Kind::kCapital)->path.front() + 1 : 1});
    add(Kind::kSmall, {above == Kind::kSmall ? last_->path.front() + 1 : 1});
    return out;
  }

  bool leads_to(const Ordinal& next) const {
    const std::vector<Ordinal> all = followers();
    return std::find(all.begin(), all.end(), next) != all.end();
  }

 private:
  std::optional<Ordinal>& at(Kind kind) { return each_[static_cast<std::size_t>(kind)]; }
  const std::optional<Ordinal>& at(Kind kind) const { return each_[static_cast<std::size_t>(kind)]; }

  std::optional<Ordinal> each_[4];
  std::map<std::pair<Kind, std::size_t>, std::string> ends_;
  std::optional<Ordinal> last_;
};

// What may stand in the row above the first one that is known.
std::vector<Ordinal> leaders(const Ordinal& next) {
  std::vector<Ordinal> out;
  if (next.path.back() > 1) {
    Ordinal before = next;
    --before.path.back();
    out.push_back(before);
  } else if (next.path.size() > 1) {
    out.push_back({next.kind, {next.path.begin(), next.path.end() - 1}});
  } else if (next.kind == Kind::kNumber) {
    for (int value = 1; value <= 12; ++value) out.push_back({Kind::kRoman, {value}});
  }
  return out;
}

// ---- likeness ------------------------------------------------------------------------------------------

// Signs that the engine takes for one another in a cell of one or two: each line is a class.
double substitution(char32_t a, char32_t b) {
  if (a == b) return 0;
  constexpr std::u32string_view kAlike[] = {
      U"3ảăàäÃãsS8Jả", U"7?1/⁄TZ",   U"1lIi|!Tt", U"4AÁÀ",     U"5SĐđsŠñ2", U"2ZzàÀ?", U"8BS&öổố",
      U"6bGóô",        U"0OoÓÒDQöó", U"9gq",      U".,:;·⁄'`", U"VYv",      U")}]"};
  for (std::u32string_view alike : kAlike) {
    if (alike.find(a) != std::u32string_view::npos && alike.find(b) != std::u32string_view::npos) return 0.3;
  }
  return 1;
}

bool is_point(char32_t c) { return std::u32string_view(U".,:;·").find(c) != std::u32string_view::npos; }

// 1: the same; 0: nothing in common. Points come and go for little.
double likeness(const std::u32string& a, const std::u32string& b) {
  std::vector<double> before(b.size() + 1), row(b.size() + 1);
  const auto cost = [](char32_t c) { return is_point(c) ? 0.25 : 1.0; };
  for (std::size_t j = 0; j < b.size(); ++j) before[j + 1] = before[j] + cost(b[j]);
  for (char32_t c : a) {
    row[0] = before[0] + cost(c);
    for (std::size_t j = 0; j < b.size(); ++j) {
      row[j + 1] =
          std::min({before[j] + substitution(c, b[j]), before[j + 1] + cost(c), row[j] + cost(b[j])});
    }
    before.swap(row);
  }
  return 1 - before[b.size()] / static_cast<double>(std::max<std::size_t>({a.size(), b.size(), 1}));
}

// Signs that run together or fall apart, as readings of their own.
std::vector<CellReading> with_splits(const std::vector<CellReading>& readings) {
  constexpr std::pair<std::string_view, std::string_view> kSplits[] = {
      {"H", "II"},   {"n", "II"}, {"\"", "II"}, {"HI", "III"},
      {"IH", "III"}, {"4A", "4"}, {"N", "IV"},  {"M", "VI"}};
  std::vector<CellReading> out = readings;
  for (const CellReading& reading : readings) {
    for (const auto& [joined, apart] : kSplits) {
      const std::size_t at = reading.text.find(joined);
      if (at == std::string::npos) continue;
      std::string text = reading.text;
      text.replace(at, joined.size(), apart);
      out.push_back({std::move(text), 0.9 * reading.confidence});
    }
  }
  return out;
}

// ---- votes ---------------------------------------------------------------------------------------------

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

// "_%" and "— VPCP": dust and a border's remains beside a text that other cells of the column hold.
std::string without_dust(const std::string& text, const std::map<std::string, int>& repeated) {
  constexpr std::string_view kDust = " _-.,:;*'`|~\"";
  std::string_view core = text;
  for (bool more = true; more && !core.empty();) {
    more = false;
    for (std::string_view mark : {"—", "–", "‘", "’", "°"}) {
      if (core.starts_with(mark)) core.remove_prefix(mark.size()), more = true;
      if (core.ends_with(mark)) core.remove_suffix(mark.size()), more = true;
    }
    while (!core.empty() && kDust.find(core.front()) != std::string_view::npos)
      core.remove_prefix(1), more = true;
    while (!core.empty() && kDust.find(core.back()) != std::string_view::npos)
      core.remove_suffix(1), more = true;
  }
  const auto others = repeated.find(std::string(core));
  return others != repeated.end() && others->second > 1 && digits_of(core).empty() ? std::string(core) : text;
}

// `repeated`: texts that other cells of the column hold.
SettledCell vote(const std::vector<CellReading>& readings, const std::map<std::string, int>& repeated) {
  struct Votes {
    double weight = 0, confidence = 0;
  };
  std::map<std::string, Votes> votes;
  double all = 0;
  for (const CellReading& reading : readings) {
    const std::string text = without_dust(reading.text, repeated);
    if (text.empty()) continue;
    const auto others = repeated.find(text);
    const bool again = others != repeated.end() && others->second > 1 && digits_of(text).empty();
    const double weight = reading.confidence * reading.confidence * (again ? 1.5 : 1);
    Votes& votes_for = votes[text];
    votes_for.weight += weight;
    votes_for.confidence = std::max(votes_for.confidence, reading.confidence);
    all += weight;
  }
  SettledCell settled;
  double most = -1;
  for (const auto& [text, votes_for] : votes) {
    if (votes_for.weight <= most) continue;
    most = votes_for.weight;
    settled.text = text;
    settled.confidence = votes_for.confidence;
  }
  const bool read = std::any_of(readings.begin(), readings.end(),
                                [&](const CellReading& one) { return one.text == settled.text; });
  if (!read && !settled.text.empty()) {
    const auto dusty = std::find_if(readings.begin(), readings.end(), [&](const CellReading& one) {
      return without_dust(one.text, repeated) == settled.text;
    });
    settled.read_as = dusty->text;
  }
  double against = 0;
  for (const auto& [text, votes_for] : votes) {
    if (digits_of(text) != digits_of(settled.text)) against += votes_for.weight;
  }
  if (against > 0.25 * all) settled.confidence = std::min(settled.confidence, kDoubtful);
  return settled;
}

// One reading is sure and the others have little to say against it.
bool agree(const std::vector<CellReading>& readings, const std::string& text) {
  double surest = 0, all = 0, against = 0;
  for (const CellReading& reading : readings) {
    const double weight = reading.confidence * reading.confidence;
    all += weight;
    if (reading.text != text) {
      against += weight;
    } else {
      surest = std::max(surest, reading.confidence);
    }
  }
  return surest >= kSure && against <= 0.1 * all;
}

// ---- a column that counts --------------------------------------------------------------------------------

class OrdinalColumn {
 public:
  OrdinalColumn(const std::vector<ShortCell>& cells, std::vector<SettledCell>& settled,
                const std::vector<std::size_t>& column)
      : cells_(cells), settled_(settled) {
    for (std::size_t i : column) {
      if (!cells[i].readings.empty() && !settled[i].text.empty()) rows_.push_back(i);
    }
  }

  void settle() {
    find_sure();
    if (!counts()) return;
    head();
    Counting counting;
    // Above the first ordinal stands the column's head, or an ordinal that nobody could read.
    if (first_ > 0 && first_ < rows_.size() && !is_head(settled_[rows_[first_ - 1]].text) &&
        settle(first_ - 1, counting)) {
      --first_;
    }
    for (std::size_t row = first_; row < rows_.size(); ++row) {
      const std::size_t cell = rows_[row];
      if (!sure_[row]) settle(row, counting);
      if (const auto ordinal = ordinal_of(settled_[cell].text)) counting.add(*ordinal, settled_[cell].text);
    }
  }

 private:
  // Rows that all readings agree on. One capital letter in the middle of numbers is an "II" read as "H",
  // unless letters count there.
  void find_sure() {
    sure_.resize(rows_.size());
    first_ = rows_.size();
    std::optional<Ordinal> capital;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const SettledCell& settled = settled_[rows_[row]];
      const auto ordinal = ordinal_of(settled.text);
      if (!ordinal || !agree(cells_[rows_[row]].readings, settled.text)) {
        if (ordinal && ordinal->kind == Kind::kNumber) first_ = std::min(first_, row);
        continue;
      }
      if (ordinal->kind == Kind::kCapital) {
        if (capital ? ordinal->path.front() != capital->path.front() + 1 : ordinal->path.front() != 1)
          continue;
        capital = ordinal;
      }
      sure_[row] = ordinal;
      first_ = std::min(first_, row);
    }
  }

  // Most rows hold ordinals, and neighbours that are sure count on.
  bool counts() const {
    std::size_t ordinals = 0, pairs = 0, following = 0;
    Counting counting;
    for (std::size_t row = first_; row < rows_.size(); ++row) {
      if (ordinal_of(settled_[rows_[row]].text)) ++ordinals;
      if (!sure_[row]) continue;
      if (row > first_ && sure_[row - 1]) {
        ++pairs;
        if (counting.leads_to(*sure_[row])) ++following;
      }
      counting.add(*sure_[row]);
    }
    const std::size_t rows = rows_.size() - first_;
    return ordinals >= 2 && 2 * ordinals >= rows && 10 * following >= 6 * pairs;
  }

  bool settle(std::size_t row, const Counting& counting) {
    constexpr double kEnough = 0.1, kEnoughAbove = 0.3;
    SettledCell& settled = settled_[rows_[row]];
    const std::vector<CellReading>& readings = cells_[rows_[row]].readings;
    std::optional<Ordinal> next;
    if (row + 1 < rows_.size()) {
      const SettledCell& below = settled_[rows_[row + 1]];
      next = sure_[row + 1] || below.confidence < kDoubtful ? sure_[row + 1] : ordinal_of(below.text);
    }
    if (!counting.begun())
      return next && take_best(settled, readings, counting, leaders(*next), kEnoughAbove);
    std::vector<Ordinal> candidates = counting.followers(), leading;
    for (const Ordinal& candidate : candidates) {
      Counting then = counting;
      then.add(candidate);
      if (next && then.leads_to(*next)) leading.push_back(candidate);
    }
    // Candidates that also lead to the row below come first: both neighbours vouch for them.
    if (take_best(settled, readings, counting, leading, kEnough)) return true;
    // A roman number or a capital begins a group of rows: without rows below there is none, unless one stood
    // above.
    std::erase_if(candidates, [&](const Ordinal& one) {
      return (one.kind == Kind::kRoman || one.kind == Kind::kCapital) && !counting.has(one.kind);
    });
    return take_best(settled, readings, counting, candidates, kEnough);
  }

  // The one candidate that resembles what was read; false if there is none, or several.
  static bool take_best(SettledCell& settled, const std::vector<CellReading>& readings,
                        const Counting& counting, const std::vector<Ordinal>& candidates, double enough) {
    constexpr double kLeastAlike = 0.6, kClear = 1.3;
    double best = 0, second = 0;
    std::string text;
    const std::vector<CellReading> all = with_splits(readings);
    for (const Ordinal& candidate : candidates) {
      const std::string plain = text_of(candidate);
      if (plain.empty()) continue;
      double most = 0;
      std::string form;
      for (const char* end : {"", ".", ")"}) {
        const std::u32string wanted = characters_of(plain + end);
        double score = 0;
        for (const CellReading& reading : all) {
          if (reading.text.empty() || reading.text.size() > 2 * kLongest) continue;
          score += (0.2 + reading.confidence) *
                   std::max(0.0, likeness(characters_of(reading.text), wanted) - kLeastAlike);
        }
        // Ordinals of one depth end alike.
        constexpr double kAlikeEnd = 1.5;
        if (counting.end_of(candidate) == end) score *= kAlikeEnd;
        if (score > most) {
          most = score;
          form = plain + end;
        }
      }
      if (most > best) {
        second = best;
        best = most;
        text = form;
      } else {
        second = std::max(second, most);
      }
    }
    if (best < enough || best < kClear * second) return false;
    if (text != settled.text) {
      if (settled.read_as.empty()) settled.read_as = settled.text;
      settled.text = text;
      settled.confidence = kInferred;
    } else {
      settled.confidence = std::max(settled.confidence, kInferred);
    }
    return true;
  }

  static bool is_head(std::string_view text) { return text == "STT" || text == "TT"; }

  // "STT" above the ordinals, whose Ts are read as I, L or 1.
  void head() {
    for (std::size_t row = 0; row < first_; ++row) {
      SettledCell& settled = settled_[rows_[row]];
      std::string text = settled.text;
      if (is_head(text) || text.size() > 4) continue;
      if (!text.empty() && text.back() == '.') text.pop_back();
      for (char& c : text) {
        if (c == 'I' || c == 'L' || c == '1' || c == 'l') c = 'T';
      }
      if (!is_head(text) || settled.text.find_first_of("ST") == std::string::npos) continue;
      if (settled.read_as.empty()) settled.read_as = settled.text;
      settled.text = text;
    }
  }

  const std::vector<ShortCell>& cells_;
  std::vector<SettledCell>& settled_;
  std::vector<std::size_t> rows_;  // the column's cells with readings, top to bottom
  std::vector<std::optional<Ordinal>> sure_;
  std::size_t first_ = 0;  // of rows_: the first ordinal
};

// "80", "1.889", "93,75", "15%"
bool is_figure(std::string_view text) {
  return !text.empty() && text.front() >= '0' && text.front() <= '9' &&
         text.find_first_not_of("0123456789.,%") == std::string_view::npos;
}

// The cells of each column, left to right, and top to bottom. The lines of one column differ by pixels.
std::vector<std::vector<std::size_t>> columns_of(const std::vector<ShortCell>& cells, double dpi) {
  const int apart = std::max(3, static_cast<int>(std::lround(dpi / 12)));
  std::vector<std::size_t> order(cells.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return cells[a].box.x0 < cells[b].box.x0; });
  std::vector<std::vector<std::size_t>> columns;
  for (std::size_t i = 0; i < order.size();) {
    std::vector<std::size_t> column;
    const int left = cells[order[i]].box.x0;
    while (i < order.size() && cells[order[i]].box.x0 - left <= apart) column.push_back(order[i++]);
    std::sort(column.begin(), column.end());
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace

std::vector<SettledCell> settle_columns(const std::vector<ShortCell>& cells, double dpi) {
  std::vector<SettledCell> settled(cells.size());
  bool leftmost = true;
  for (const std::vector<std::size_t>& column : columns_of(cells, dpi)) {
    std::map<std::string, int> repeated;
    for (std::size_t cell : column) {
      std::map<std::string, bool> here;
      for (const CellReading& reading : cells[cell].readings) {
        if (reading.confidence >= kDoubtful) here[reading.text] = true;
      }
      for (const auto& [text, seen] : here) ++repeated[text];
    }
    for (std::size_t cell : column) settled[cell] = vote(cells[cell].readings, repeated);
    if (leftmost) OrdinalColumn(cells, settled, column).settle();
    leftmost = false;
  }
  return settled;
}

std::vector<MisreadFigure> misread_figures(const std::vector<ShortCell>& cells,
                                           const std::vector<SettledCell>& settled, double dpi) {
  constexpr std::size_t kFewest = 2, kNeighbours = 2;
  std::vector<MisreadFigure> misread;
  bool leftmost = true;
  for (const std::vector<std::size_t>& column : columns_of(cells, dpi)) {
    std::vector<std::size_t> figures, others;  // places in `column`
    for (std::size_t row = 0; row < column.size(); ++row) {
      const std::string& text = settled[column[row]].text;
      if (is_figure(text)) {
        figures.push_back(row);
      } else if (!text.empty() && text.size() <= kLongest) {
        others.push_back(row);
      }
    }
    if (!leftmost && figures.size() >= kFewest && figures.size() >= others.size()) {
      for (std::size_t row : others) {
        const auto next = std::lower_bound(figures.begin(), figures.end(), row);
        MisreadFigure one{column[row], {}, {}};
        for (auto at = next; at != figures.begin() && one.above.size() < kNeighbours;) {
          one.above.insert(one.above.begin(), column[*--at]);
        }
        for (auto at = next; at != figures.end() && one.below.size() < kNeighbours; ++at) {
          one.below.push_back(column[*at]);
        }
        misread.push_back(std::move(one));
      }
    }
    leftmost = false;
  }
  return misread;
}

bool settle_figure(const std::vector<std::string>& figures, SettledCell& settled) {
  constexpr double kLeastAlike = 0.6;
  std::map<std::string, int> votes;
  for (const std::string& figure : figures) {
    if (is_figure(figure)) ++votes[figure];
  }
  const auto most = std::max_element(votes.begin(), votes.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == votes.end() || most->second < 2 ||
      likeness(characters_of(settled.text), characters_of(most->first)) < kLeastAlike)
    return false;
  if (settled.read_as.empty()) settled.read_as = settled.text;
  settled.text = most->first;
  settled.confidence = std::min(settled.confidence, kDoubtful);
  return true;
}

}  // namespace vanban::read
