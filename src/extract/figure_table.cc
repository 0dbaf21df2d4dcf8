#include "extract/figure_table.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/numbers.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kMostColumns = 200;

// Single spaces, no Markdown marks at the edges.
std::string tidy(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '*') continue;
    if (c == ' ' || c == '\n' || c == '\t') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// "2.1." -> "2.1", "(3)" -> "3"; empty: no label ("Tổng", "Ghi chú").
std::string label_of(std::string_view cell) {
  std::string label = tidy(cell);
  while (!label.empty() && std::string_view(".):|_").find(label.back()) != std::string_view::npos)
    label.pop_back();
  while (!label.empty() && (label.front() == '(' || label.front() == '|')) label.erase(0, 1);
  if (label.empty() || label.size() > 12) return {};
  if (label == "-" || label == "+" || label == "–" || label == "•") return "-";
  if (parse_roman(label)) return label;
  const bool digits = label.find_first_not_of("0123456789.,") == std::string::npos;
  if (digits) {
    std::replace(label.begin(), label.end(), ',', '.');
    return label;
  }
  // one letter, or letter and digits: "a", "đ", "A1"; "§" is an 8 that was read badly
  std::size_t offset = 0;
  if (!is_letter(decode_utf8(label, offset))) return {};
  return label.find_first_not_of("0123456789.", offset) == std::string::npos ? label : std::string();
}

bool is_roman(const std::string& label) {
  return !label.empty() && label[0] >= 'A' && label[0] <= 'Z' && parse_roman(label).has_value();
}
bool is_capital(const std::string& label) { return label.size() == 1 && label[0] >= 'A' && label[0] <= 'Z'; }
bool is_number(const std::string& label) { return !label.empty() && label[0] >= '0' && label[0] <= '9'; }

// A label that a name cell begins with, where the table has no column for it: "1. Tỷ lệ …", "- Số …".
std::string take_label(std::string& name) {
  std::size_t end = 0;
  while (end < name.size() && ((name[end] >= '0' && name[end] <= '9') || name[end] == '.')) ++end;
  if (end > 1 && name[end - 1] == '.' && end < name.size() && name[end] == ' ') {
    std::string label = label_of(name.substr(0, end));
    name.erase(0, end + 1);
    return label;
  }
  if (end > 2 && end < name.size() && name[end] == ' ' && name.find('.') < end) {  // "2.1 Đối với …"
    std::string label = label_of(name.substr(0, end));
    name.erase(0, end + 1);
    return label;
  }
  if (name.compare(0, 2, "- ") == 0 || name.compare(0, 2, "+ ") == 0) {
    name.erase(0, 2);
    return "-";
  }
  return {};
}

void strip_end(std::string& name) {
  while (!name.empty() && std::string_view(" .;:").find(name.back()) != std::string_view::npos)
    name.pop_back();
}

// How many bytes "Trong đó: " takes at the beginning of a name; 0: none.
std::size_t begins_part(std::string_view name) {
  std::size_t length = match_words(name, 0, "trong đó");
  if (length == 0 || !word_ends(name, length)) return 0;
  while (length < name.size() && std::string_view(" :,-").find(name[length]) != std::string_view::npos)
    ++length;
  return length;
}

// Ditto marks, also as OCR reads them ('"' as "tt" or "t†").
bool is_ditto(std::string_view unit) {
  static constexpr std::string_view kMarks[] = {"\"",   "''", "”",    "“",   "″",  "〃", "nt",
                                                "-nt-", "//", "\"\"", "tt",  "t†", "tr", "tự",
                                                "”r",   "”t", "\"t",  "\"r", "„",  "\"†"};
  return std::find(std::begin(kMarks), std::end(kMarks), unit) != std::end(kMarks);
}

bool begins_lower(std::string_view text) {
  if (text.empty()) return false;
  std::size_t offset = 0;
  const char32_t first = decode_utf8(text, offset);
  std::string one;
  append_utf8(one, first);
  return to_upper(one) != one;
}

// "≤ 3 Đông Nam Á; ≤ 50 Thế giới": a target for each part, if each part states one.
std::vector<Figure> figures_in_cell(std::string_view cell, const FigureWords& words) {
  constexpr std::size_t kMostParts = 4, kLongestCell = 200;
  if (std::optional<Figure> one = words.read_cell(cell)) return {std::move(*one)};
  if (cell.size() > kLongestCell || cell.find(';') == std::string_view::npos) return {};
  std::vector<Figure> found;
  for (std::size_t from = 0; from <= cell.size();) {
    const std::size_t end = std::min(cell.find(';', from), cell.size());
    const std::string_view part = cell.substr(from, end - from);
    std::optional<Figure> figure = words.read_cell(part);
    if (!figure || found.size() == kMostParts) return {};
    for (TextRange* range : {&figure->where, &figure->number}) {
      range->begin += from;
      range->end += from;
    }
    found.push_back(std::move(*figure));
    from = end + 1;
  }
  return found;
}

// "Tên tiêu chí | Nội dung tiêu chí": where one cell of a name column stands beside several of the next one,
// the next one names the rows and the first one their group.
struct NameColumns {
  std::optional<std::size_t> group, name;
};

NameColumns name_columns(const Table& table, const TableHead& head, const TableGrid& grid) {
  const std::vector<std::size_t> all = head.all(ColumnKind::kName);
  if (all.empty()) return {std::nullopt, head.find(ColumnKind::kSubject)};
  NameColumns chosen{std::nullopt, all[0]};
  if (all.size() < 2) return chosen;
  std::size_t groups = 0, names = 0;
  std::string last_group, last_name;
  for (std::size_t r = head.first_row; r < table.rows.size(); ++r) {
    const TableCell* group = grid.at(r, all[0]);
    const TableCell* name = grid.at(r, all[1]);
    if (group == nullptr || name == nullptr || group == name) continue;  // a title over the whole row
    std::string group_words = tidy(group->text), name_words = tidy(name->text);
    groups += group_words != last_group && !group_words.empty() ? 1 : 0;
    names += name_words != last_name && !name_words.empty() ? 1 : 0;
    last_group = std::move(group_words);
    last_name = std::move(name_words);
  }
  if (groups > 0 && names > groups) chosen = {all[0], all[1]};
  return chosen;
}

}  // namespace

TableGrid::TableGrid(const Table& table) {
  cells_.resize(table.rows.size());
  struct Span {
    const TableCell* cell = nullptr;
    std::size_t rows_left = 0;
  };
  std::vector<Span> open;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    for (Span& span : open) {
      if (span.rows_left > 0 && --span.rows_left == 0) span.cell = nullptr;
    }
    for (const TableCell& cell : table.rows[r]) {
      const auto first = static_cast<std::size_t>(std::max(cell.column, 0));
      const auto end = std::min(first + static_cast<std::size_t>(std::max(cell.colspan, 1)), kMostColumns);
      if (open.size() < end) open.resize(end);
      for (std::size_t c = first; c < end; ++c) {
        open[c] = {&cell, static_cast<std::size_t>(std::max(cell.rowspan, 1))};
      }
    }
    cells_[r].reserve(open.size());
    for (const Span& span : open) cells_[r].push_back(span.cell);
  }
}

const TableCell* TableGrid::at(std::size_t row, std::size_t column) const {
  if (row >= cells_.size() || column >= cells_[row].size()) return nullptr;
  return cells_[row][column];
}

std::string unit_in_brackets(std::string_view head, const FigureWords& words) {
  const std::size_t open = head.rfind('('), close = head.rfind(')');
  if (open != std::string_view::npos && close != std::string_view::npos && open < close &&
      close - open < 40) {
    const std::string unit = tidy(head.substr(open + 1, close - open - 1));
    const std::optional<Figure> figure = words.read_cell("1 " + unit);
    if (figure && figure->unit_kind != UnitKind::kNone && figure->unit.size() == unit.size())
      return figure->unit;
  }
  return {};
}

std::string unit_in_head(std::string_view head, const FigureWords& words) {
  std::string unit = unit_in_brackets(head, words);
  if (unit.empty() && head.find('%') != std::string_view::npos) unit = "%";
  // "Số hộ", "Tổng số hồ sơ tiếp nhận": what is counted
  for (const std::string_view counts : {"tổng số ", "số lượng ", "số "}) {
    std::size_t at = match_words(head, 0, counts.substr(0, counts.size() - 1));
    if (!unit.empty() || at == 0 || at >= head.size() || head[at] != ' ') continue;
    const std::string one = "1" + std::string(head.substr(at));
    const std::vector<Figure> figures = words.find(one, {0, one.size()}, true);
    if (!figures.empty() && figures.front().unit_kind == UnitKind::kCount) unit = figures.front().unit;
    break;
  }
  return unit;
}

std::string name_in_head(const TableColumn& column, const FigureWords& words) {
  std::string above = column.head, lowest = column.lowest;
  const auto without_unit = [&](std::string& text) {
    const std::size_t open = text.rfind('(');
    if (open != std::string::npos && open > 0 && text.back() == ')' &&
        (!unit_in_brackets(text, words).empty() || text.find('%', open) != std::string::npos))
      text.resize(open);
    while (!text.empty() && (text.back() == '%' || text.back() == ' ')) text.pop_back();
  };
  if (above.size() > lowest.size() && above.ends_with(lowest)) {
    above.resize(above.size() - lowest.size());
  } else {
    above.clear();
  }
  without_unit(above);
  without_unit(lowest);
  if (above.empty() || lowest.empty()) return above + lowest;
  return above + ", " + lowest;
}

FigureTable read_figure_table(const Table& table, TableHead head, std::vector<std::size_t> columns,
                              const FigureWords& words) {
  FigureTable read;
  read.head = std::move(head);
  read.columns = std::move(columns);
  const TableGrid grid(table);
  const NameColumns named = name_columns(table, read.head, grid);
  if (!named.name) return read;
  const std::size_t name_column = *named.name;
  const std::optional<std::size_t> label_column = read.head.find(ColumnKind::kOrdinal);
  const std::optional<std::size_t> unit_column = read.head.find(ColumnKind::kUnit);

  std::string roman, roman_period;        // group above: "II", and the period that its name gives
  std::string number_label, number_name;  // the last numbered row, which dashes and "2.1" stand under
  bool number_has_value = false;
  std::optional<IndicatorParent> nearest;      // the "1.1" under "1" that dashes and parts stand under
  std::optional<IndicatorParent> group_above;  // of the group column
  bool within = false;  // below "Trong đó:": rows without a label are parts of the numbered one
  std::string last_unit, capital;
  for (std::size_t r = read.head.first_row; r < table.rows.size(); ++r) {
    const TableCell* name_cell = grid.at(r, name_column);
    const TableCell* label_cell = label_column ? grid.at(r, *label_column) : nullptr;
    std::string name = name_cell != nullptr ? tidy(name_cell->text) : std::string();
    std::string label;
    if (label_cell != nullptr && label_cell != name_cell) label = label_of(label_cell->text);
    if (label_cell != nullptr && label_cell == name_cell && label.empty()) {
      // One cell over the whole row: "II. Nâng cao chất lượng …" or a title between rows.
      const std::size_t space = name.find(' ');
      const std::string first = space == std::string::npos ? std::string() : label_of(name.substr(0, space));
      if (is_roman(first) || is_number(first)) {
        label = first;
        name.erase(0, space + 1);
      }
    }
    if (!label_column || label.empty()) {
      std::string own = take_label(name);
      if (!own.empty()) label = std::move(own);
    }
    std::optional<IndicatorParent> group;
    if (named.group) {
      const TableCell* group_cell = grid.at(r, *named.group);
      const std::string group_words = group_cell != nullptr ? tidy(group_cell->text) : std::string();
      if (!group_words.empty() && group_cell != name_cell) {
        // The number beside it is that of the group; the row's own may stand in its name: "2.4. Tỷ lệ hộ …".
        group = group_above = IndicatorParent{label, group_words};
        number_label = label;
        number_name = group_words;
        number_has_value = false;
        label = take_label(name);
      } else if (group_words.empty() && group_above) {
        // "2 | | 2.2. Tỷ lệ hộ …": the group cell above reaches down to it.
        group = group_above;
        if (std::string own = take_label(name); !own.empty()) label = std::move(own);
      }
    }
    if (!label.empty() && label != "-") within = false;
    if (const std::size_t part = begins_part(name); part != 0) {
      name.erase(0, part);
      within = true;
      if (name.empty()) continue;
    }
    if (is_capital(label) && !is_roman(label) && !number_label.empty()) {
      // A 9 that was read as Q: groups are lettered A, B, C, and not below a numbered row with a value.
      const bool next = capital.empty() ? label == "A" : label[0] == capital[0] + 1;
      if (!next) label.clear();
    }
    if (is_capital(label)) capital = label;
    // A row with dashes in the name under a number keeps its number: "- Nam".
    FigureRow row;
    row.row = r;
    row.figures.resize(read.columns.size());
    row.cells.resize(read.columns.size());
    row.more.resize(read.columns.size());
    bool any = false;
    for (std::size_t k = 0; k < read.columns.size(); ++k) {
      const TableCell* cell = grid.at(r, read.columns[k]);
      if (cell == nullptr || cell == name_cell) continue;
      if (k > 0 && cell == grid.at(r, read.columns[k - 1])) continue;  // one cell over several columns
      const bool again = r > read.head.first_row && name_cell == grid.at(r - 1, name_column) &&
                         cell == grid.at(r - 1, read.columns[k]);
      if (again) continue;  // both reach over two rows
      std::vector<Figure> figures = figures_in_cell(cell->text, words);
      if (!figures.empty()) {
        row.figures[k] = std::move(figures.front());
        row.more[k].assign(std::make_move_iterator(figures.begin() + 1),
                           std::make_move_iterator(figures.end()));
      }
      row.cells[k] = cell->where;
      if (row.figures[k]) {
        any = true;
        row.confidence = std::min(row.confidence, cell->confidence);
      }
    }
    if (name.empty()) continue;
    if (!any) {
      // The rest of a row that a page break cut: no label, no figure, goes on in lower case.
      if (label.empty() && begins_lower(name) && !read.rows.empty() && read.rows.back().row + 1 == r) {
        std::string& last = read.rows.back().name;
        last += " " + name;
        strip_end(last);
        if (number_label == read.rows.back().label) number_name = last;
        continue;
      }
      strip_end(name);
      if (is_roman(label) || is_capital(label)) {
        roman = label;
        roman_period = period_in(name);
        number_label.clear();
        number_name.clear();
      } else if (is_number(label)) {
        // "2.1" without a value below "2": its own children are "2.1.1".
        number_label = label;
        number_name = name;
        number_has_value = false;
      } else if (label.empty() && !within) {  // a title between rows
        number_label.clear();
        number_name.clear();
        if (std::string period = period_in(name); !period.empty()) roman_period = std::move(period);
      }
      continue;
    }
    strip_end(name);
    row.name = name;
    row.period = roman_period;
    const std::string prefix = roman.empty() ? std::string() : roman + ".";
    const bool below = !number_label.empty() && label.size() > number_label.size() + 1 &&
                       label.compare(0, number_label.size(), number_label) == 0 &&
                       label[number_label.size()] == '.';
    if (is_roman(label)) {  // a Roman row with a value of its own
      row.label = label;
      roman = label;
      number_label.clear();
    } else if (below) {
      row.label = prefix + label;
      row.parent = IndicatorParent{prefix + number_label, number_name};
      nearest = IndicatorParent{row.label, name};
    } else if (is_number(label)) {
      row.label = prefix + label;
      number_label = label;
      number_name = name;
      number_has_value = true;
    } else if (!number_label.empty() && (!label.empty() || !number_has_value || within)) {
      const bool part = within || label == "-";
      const bool goes_below = part && nearest && nearest->label.starts_with(prefix + number_label + ".");
      row.parent = goes_below ? *nearest : IndicatorParent{prefix + number_label, number_name};
      row.label = row.parent->label + (label.empty() ? "" : "." + label);
    } else {
      row.label = label.empty() ? std::string() : prefix + label;
    }
    if (group && !row.parent) row.parent = std::move(group);
    if (unit_column) {
      const TableCell* unit = grid.at(r, *unit_column);
      row.unit = unit != nullptr ? tidy(unit->text) : std::string();
      if (is_ditto(row.unit)) row.unit = last_unit;
      if (row.unit == "%o" || row.unit == "%0" || row.unit == "0/00") row.unit = "‰";
      last_unit = row.unit;
    }
    row.where = name_cell->where;
    for (const TextRange& cell : row.cells) {
      if (!cell.empty() && cell.begin >= row.where.begin && cell.end > row.where.end)
        row.where.end = cell.end;
    }
    read.rows.push_back(std::move(row));
  }
  for (FigureRow& row : read.rows) {  // a comma stayed for the rest that the next page might bring
    while (!row.name.empty() && (row.name.back() == ',' || row.name.back() == ' ')) row.name.pop_back();
  }
  return read;
}

}  // namespace vanban
