// Tables that lost their lines: cells follow each other as words, cut over lines and set apart at random.

#include <algorithm>
#include <optional>

#include "layout/plain_columns.h"
#include "layout/plain_labels.h"
#include "layout/plain_tables.h"
#include "vanban/normalise/text.h"

namespace vanban::layout {
namespace {

constexpr std::size_t kLongestHead = 30;   // lines
constexpr std::size_t kLongestReach = 80;  // lines of one row
constexpr double kSure = 2.6;              // a row that costs no more is complete

// "1", "2.1.", "II", "A", "a)": where a row stands in the sequence of rows.
struct RowLabel {
  std::vector<int> path;  // numbers; empty for the others
  int roman = 0, capital = 0, letter = 0;
  std::size_t bytes = 0;  // of the line, with the space behind it
  bool alone = false;     // the whole line
  explicit operator bool() const { return !path.empty() || roman > 0 || capital > 0 || letter > 0; }
  bool operator==(const RowLabel& other) const {
    return path == other.path && roman == other.roman && capital == other.capital && letter == other.letter;
  }
};

RowLabel row_label(std::string_view line) {
  RowLabel label;
  const std::string_view word = first_word(line);
  if (word.size() > 12) return label;
  label.alone = word.size() == line.size();
  label.bytes = label.alone ? line.size() : line.find_first_not_of(" \t", word.size());
  std::string_view bare = word;
  const bool closed = bare.back() == '.' || bare.back() == ')';
  if (closed) bare.remove_suffix(1);
  if (bare.empty()) return label;
  const std::string_view rest = label.alone ? std::string_view() : line.substr(label.bytes);
  // Without a full stop only a text that begins like one may follow: "2 trở lên" goes on.
  if (!label.alone && (starts_lower(rest) || rest.front() == '%' ||
                       (!closed && !is_upper_case(first_word(rest).substr(0, 1)) &&
                        static_cast<unsigned char>(rest.front()) < 0x80))) {
    return label;
  }
  if (starts_digit(bare)) {
    int value = 0;
    std::size_t digits = 0;
    for (std::size_t i = 0; i <= bare.size(); ++i) {
      if (i == bare.size() || bare[i] == '.') {
        if (digits == 0) return RowLabel{};
        label.path.push_back(value);
        value = 0;
        digits = 0;
      } else if (bare[i] >= '0' && bare[i] <= '9' && digits < 3) {
        value = value * 10 + (bare[i] - '0');
        ++digits;
      } else {
        label.path.clear();
        return label;
      }
    }
    return label;
  }
  if (word.back() == ')' && bare.size() == 1 && bare[0] >= 'a' && bare[0] <= 'z') {
    label.letter = bare[0] - 'a' + 1;
  } else if (is_upper_case(bare) && roman_value(bare) > 0) {
    label.roman = roman_value(bare);
    if (bare.size() == 1) label.capital = bare[0] - 'A' + 1;  // "I", "V", "C" can be either
  } else if (bare.size() == 1 && bare[0] >= 'A' && bare[0] <= 'Z') {
    label.capital = bare[0] - 'A' + 1;
  }
  return label;
}

// What has been counted so far; says which label may come next.
class Sequence {
 public:
  bool accepts(const RowLabel& label) const {
    if (label.letter > 0) return label.letter == letter_ + 1 && !path_.empty();
    if (label.roman > 0 && label.roman == roman_ + 1) return true;
    if (label.capital > 0 && label.capital == capital_ + 1) return true;
    if (label.path.empty()) return false;
    const bool first = label.path.size() <= 2 && label.path.back() == 1;
    if (path_.empty()) return first;
    return (fresh_ && first) || follows(label.path);
  }
  void take(const RowLabel& label) {
    if (!label.path.empty()) {
      path_ = label.path;
      fresh_ = false;
      letter_ = 0;
    } else if (label.letter > 0) {
      letter_ = label.letter;
    } else {
      if (label.roman == roman_ + 1)
        roman_ = label.roman;
      else
        capital_ = label.capital;
      fresh_ = true;
    }
  }

 private:
  // One more at some level, or the first one below: after 2.1 come 2.2, 3, and 2.1.1.
  bool follows(const std::vector<int>& next) const {
    if (next.size() == path_.size() + 1)
      return std::equal(path_.begin(), path_.end(), next.begin()) && next.back() == 1;
    if (next.size() > path_.size()) return false;
    const std::size_t last = next.size() - 1;
    return std::equal(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(last), path_.begin()) &&
           next[last] == path_[last] + 1;
  }
  std::vector<int> path_;
  int roman_ = 0, capital_ = 0, letter_ = 0;
  bool fresh_ = false;  // a group began: numbers begin anew, or go on
};

std::vector<TableWord> words_of(const std::vector<Line>& lines, std::size_t begin, std::size_t end,
                                std::size_t skip_bytes) {
  std::vector<TableWord> words;
  for (std::size_t i = begin; i < end; ++i) {
    std::string_view text = lines[i].text;
    if (i == begin) text.remove_prefix(std::min(skip_bytes, text.size()));
    std::uint8_t before = lines[i].gap > 0 ? 2 : 1;
    while (!(text = trimmed(text)).empty()) {
      const std::string_view word = first_word(text);
      words.emplace_back(word, before);
      before = 0;
      text.remove_prefix(word.size());
      if (words.size() > kLongestRow) return words;
    }
  }
  return words;
}

bool is_stop(std::string_view line) {
  switch (form_of(line)) {
    case FormLine::kNone:
    case FormLine::kBasis:
    case FormLine::kPlaceDate:
    case FormLine::kType:
    case FormLine::kStamp:
      return false;
    default:
      return true;
  }
}

struct FoundRow {
  std::string label;
  std::vector<TableWord> words;
  RowCells cells;
};

// How wide the lines of each column are, from the rows that are plain: the second widest line.
std::vector<std::size_t> measure_columns(const std::vector<FoundRow>& rows, std::size_t columns) {
  std::vector<std::size_t> widest(columns, 0), second(columns, 0), lines(columns, 0);
  for (const FoundRow& row : rows) {
    if (row.cells.group || row.cells.cost > 1.5) continue;
    std::size_t from = 0;
    for (std::size_t c = 0; c < row.cells.ends.size(); ++c) {
      const std::size_t to = row.cells.ends[c];
      for (std::size_t begin = from, k = from + 1; k <= to; ++k) {
        if (k < to && row.words[k].before == 0) continue;
        const std::size_t width = width_of(row.words, begin, k);
        if (width > widest[c + 1]) {
          second[c + 1] = widest[c + 1];
          widest[c + 1] = width;
        } else {
          second[c + 1] = std::max(second[c + 1], width);
        }
        ++lines[c + 1];
        begin = k;
      }
      from = std::max(from, to);
    }
  }
  for (std::size_t c = 0; c < columns; ++c) {
    if (lines[c] < 6) second[c] = 0;  // too few to say
  }
  return second;
}

std::string words_text(const std::vector<TableWord>& words, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t k = begin; k < end; ++k) text += (k > begin ? " " : "") + words[k].text;
  return text;
}

// The texts of a row's cells behind the label, and what they cost. A row that a page break cut into two is
// dealt as one and as two, and the cheaper way taken.
std::vector<std::string> deal_row(const FoundRow& row, const std::vector<Column>& columns,
                                  const std::vector<std::size_t>& capacities, RowCells& cells) {
  cells = deal_words(row.words, columns, capacities);
  const auto texts = [&](const std::vector<TableWord>& words, const RowCells& dealt) {
    std::vector<std::string> all;
    std::size_t from = 0;
    for (const std::size_t to : dealt.ends) {
      all.push_back(words_text(words, from, to));
      from = std::max(from, to);
    }
    return all;
  };
  std::size_t page = 1;
  while (page < row.words.size() && row.words[page].before != 3) ++page;
  if (page >= row.words.size()) return texts(row.words, cells);
  const auto middle = row.words.begin() + static_cast<std::ptrdiff_t>(page);
  const std::vector<TableWord> first(row.words.begin(), middle), second(middle, row.words.end());
  RowCells upper = deal_words(first, columns, capacities, RowPart::kCutAtEnd);
  std::vector<std::string> all = texts(first, upper);
  std::vector<bool> open(columns.size(), false);
  for (std::size_t c = 0; c < all.size(); ++c) open[c + 1] = is_unfinished(all[c]);
  const RowCells lower = deal_words(second, columns, capacities, RowPart::kGoesOn, open);
  if (upper.cost + lower.cost >= cells.cost) return texts(row.words, cells);
  const std::vector<std::string> more = texts(second, lower);
  for (std::size_t c = 0; c < all.size(); ++c) {
    if (!all[c].empty() && !more[c].empty()) all[c] += ' ';
    all[c] += more[c];
  }
  upper.cost += lower.cost;
  upper.group = false;
  cells = std::move(upper);
  return all;
}

// Rows that cannot be told apart are one cell each. False: more than one row in four is.
bool write_rows(const std::vector<FoundRow>& rows, const std::vector<Column>& columns, TableText& table,
                Diagnostics& diagnostics) {
  const std::vector<std::size_t> capacities = measure_columns(rows, columns.size());
  std::vector<std::string> unclear;
  for (const FoundRow& found : rows) {
    RowCells cells;
    std::vector<std::string> texts = deal_row(found, columns, capacities, cells);
    std::vector<CellText> row(1);
    row[0].text = found.label;
    if (cells.cost > kUnclear) {
      unclear.push_back(found.label);
      texts.assign(texts.size(), std::string());
      texts[0] = words_text(found.words, 0, found.words.size());
      cells.group = true;
    }
    const double confidence = cells.cost > kUnclear ? 0.3 : std::clamp(0.95 - 0.1 * cells.cost, 0.5, 0.95);
    for (std::size_t c = 0; c < texts.size(); ++c) {
      CellText cell;
      cell.text = std::move(texts[c]);
      cell.column = static_cast<int>(c + 1);
      cell.confidence = confidence;
      const bool spans = cells.group && !cell.text.empty();
      if (spans) cell.colspan = static_cast<int>(texts.size() - c);
      row.push_back(std::move(cell));
      if (spans) break;
    }
    table.rows.push_back(std::move(row));
  }
  if (unclear.size() * 4 > rows.size()) return false;
  for (const std::string& label : unclear) {
    diagnostics.push_back({"table-unclear", "the cells of row \"" + label + "\" cannot be told apart", 0});
  }
  return true;
}

class TableReader {
 public:
  TableReader(const std::vector<Line>& lines, std::size_t at) : lines_(lines), at_(at) {}

  TableRegion read(Diagnostics& diagnostics) {
    TableRegion none{at_, at_, {}};
    std::size_t i = read_columns(at_, columns_);
    if (columns_.empty()) {
      if (i > at_) say_unclear(diagnostics, "the words of its head are not known");
      return none;
    }
    head_words_ = words_of(lines_, at_, i, 0);
    while (i < lines_.size()) {
      const std::size_t next = read_row(i);
      if (next == i) break;
      i = next;
      if (done_) break;
    }
    TableRegion region{at_, end_, {}};
    if (found_.empty() || !write_rows(found_, columns_, region.table, diagnostics)) {
      say_unclear(diagnostics, "its cells cannot be told apart");
      return none;
    }
    region.table.columns = static_cast<int>(columns_.size());
    region.table.inferred = true;
    std::vector<CellText> head;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      CellText cell;
      cell.text = columns_[c].title;
      cell.column = static_cast<int>(c);
      head.push_back(std::move(cell));
    }
    region.table.header.push_back(std::move(head));
    return region;
  }

 private:
  void say_unclear(Diagnostics& diagnostics, const std::string& why) const {
    diagnostics.push_back({"table-unclear",
                           "a table that begins with \"" + lines_[at_].text + "\" is left as text: " + why,
                           0});
  }

  // Reads a head at line `i`; returns the first line of its first row, or `i` where no row follows at all.
  std::size_t read_columns(std::size_t i, std::vector<Column>& columns) const {
    Sequence fresh;
    for (std::size_t end = i + 1; end < lines_.size() && end - i <= kLongestHead; ++end) {
      const RowLabel label = row_label(lines_[end].text);
      if (!label || (!sequence_.accepts(label) && !fresh.accepts(label))) continue;
      columns = read_head(words_of(lines_, i, end, 0));
      return end;
    }
    return i;
  }

  // The line where the row that begins at `i` ends; `i` if none begins there.
  std::size_t read_row(std::size_t i) {
    const RowLabel label = row_label(lines_[i].text);
    if (!label || !sequence_.accepts(label)) return i;
    sequence_.take(label);
    of_line_.clear();
    first_line_ = i;
    std::size_t end = i + 1, limit = std::min(lines_.size(), i + kLongestReach);
    std::optional<std::size_t> fallback;
    for (; end < limit; ++end) {
      const std::string& text = lines_[end].text;
      if (is_stop(text)) break;
      if (begins_head(text)) {
        const std::size_t behind = behind_same_head(end);
        if (behind == end || begins_anew(behind)) break;
        limit = std::min(lines_.size(), limit + behind - end);
        end = behind - 1;
        continue;
      }
      const RowLabel next = row_label(text);
      if (!next || !sequence_.accepts(next)) continue;
      if (fallback && !(next == row_label(lines_[*fallback].text))) continue;
      const RowCells cells = deal(i, end, label);
      if (cells.cost <= kUnclear) {
        add_row(i, end, label, cells);
        return end;
      }
      if (!fallback) fallback = end;  // the label may be a number inside the row, or the row unclear
    }
    if (fallback) {
      add_row(i, *fallback, label, deal(i, *fallback, label));
      return *fallback;
    }
    done_ = true;
    return read_last_row(i, end, label);
  }

  // The last row ends where it is complete; what follows is text.
  std::size_t read_last_row(std::size_t i, std::size_t limit, const RowLabel& label) {
    std::size_t best_end = i;
    RowCells best;
    best.cost = kUnclear;
    for (std::size_t end = i + 1; end <= limit; ++end) {
      const bool edge =
          end == lines_.size() || end == limit || lines_[end].gap > 0 || row_label(lines_[end].text);
      if (!edge || (end == i + 1 && label.alone)) continue;
      RowCells cells = deal(i, end, label);
      if (cells.cost < best.cost - (best.cost <= kSure ? 0.5 : 0)) {
        best = std::move(cells);
        best_end = end;
      }
    }
    if (best_end == i) return i;
    add_row(i, best_end, label, best);
    return best_end;
  }

  // The line behind a head at `i` whose words are this table's head once more; `i` if it is none.
  std::size_t behind_same_head(std::size_t i) const {
    if (!begins_head(lines_[i].text)) return i;
    std::size_t next = 0;
    std::size_t end = i;
    for (; end < lines_.size() && next < head_words_.size(); ++end) {
      for (std::string_view rest = trimmed(lines_[end].text); !rest.empty();) {
        const std::string_view word = first_word(rest);
        if (next == head_words_.size() || head_words_[next].text != word) return i;
        ++next;
        rest = trimmed(rest.substr(word.size()));
      }
    }
    return next == head_words_.size() ? end : i;
  }

  // The row behind a head is the first of a new table, not the next of this one.
  bool begins_anew(std::size_t i) const {
    if (i >= lines_.size()) return true;
    const RowLabel label = row_label(lines_[i].text);
    if (label.roman == 1 || label.capital == 1) return true;
    return label.path.size() == 1 && label.path.back() == 1 && !sequence_.accepts(label);
  }

  // Words of the lines without the heads that a new page repeats.
  std::vector<TableWord> row_words(std::size_t begin, std::size_t end, const RowLabel& label) const {
    std::vector<TableWord> words;
    bool page = false;
    for (std::size_t i = begin; i < end;) {
      const std::size_t behind = i > begin ? behind_same_head(i) : i;
      if (behind > i) {
        i = behind;
        page = true;
        continue;
      }
      const std::vector<TableWord>& more = words_of_line(i, i == begin ? label.bytes : 0);
      page = page || (i > begin && lines_[i].page_start);
      words.insert(words.end(), more.begin(), more.end());
      if (page && !more.empty()) words[words.size() - more.size()].before = 3;
      page = false;
      ++i;
      if (words.size() > kLongestRow) break;
    }
    return words;
  }

  // A row is tried with several ends: its lines are split into words once.
  const std::vector<TableWord>& words_of_line(std::size_t i, std::size_t skip_bytes) const {
    if (i - first_line_ >= of_line_.size()) of_line_.resize(i - first_line_ + 1);
    LineWords& line = of_line_[i - first_line_];
    if (!line.read || line.skipped != skip_bytes)
      line = {words_of(lines_, i, i + 1, skip_bytes), skip_bytes, true};
    return line.words;
  }

  RowCells deal(std::size_t begin, std::size_t end, const RowLabel& label) const {
    return deal_words(row_words(begin, end, label), columns_);
  }

  void add_row(std::size_t begin, std::size_t end, const RowLabel& label, const RowCells& cells) {
    found_.push_back({std::string(first_word(lines_[begin].text)), row_words(begin, end, label), cells});
    end_ = end;
  }

  struct LineWords {
    std::vector<TableWord> words;
    std::size_t skipped = 0;  // bytes of the label
    bool read = false;
  };

  const std::vector<Line>& lines_;
  mutable std::vector<LineWords> of_line_;  // of the row that is read, from first_line_ on
  std::size_t first_line_ = 0;
  std::size_t at_, end_ = 0;
  std::vector<Column> columns_;
  std::vector<TableWord> head_words_;
  Sequence sequence_;
  std::vector<FoundRow> found_;
  bool done_ = false;
};

}  // namespace

TableRegion read_inferred_table(const std::vector<Line>& lines, std::size_t at, Diagnostics& diagnostics) {
  return TableReader(lines, at).read(diagnostics);
}

}  // namespace vanban::layout
