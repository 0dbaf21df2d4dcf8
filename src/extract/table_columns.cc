#include "extract/table_columns.h"

#include <algorithm>
#include <array>

#include "vanban/lexicon/numbers.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kLongestHead = 300;  // bytes; a longer cell is text, not the head of a column

struct KindName {
  std::string_view name;
  ColumnKind kind;
};
constexpr std::array<KindName, 15> kKindNames{{
    {"ordinal", ColumnKind::kOrdinal},
    {"name", ColumnKind::kName},
    {"unit", ColumnKind::kUnit},
    {"subject", ColumnKind::kSubject},
    {"value", ColumnKind::kValue},
    {"plan", ColumnKind::kPlan},
    {"actual", ColumnKind::kActual},
    {"estimate", ColumnKind::kEstimate},
    {"ratio", ColumnKind::kRatio},
    {"lead", ColumnKind::kLead},
    {"coordinating", ColumnKind::kCoordinating},
    {"evaluator", ColumnKind::kEvaluator},
    {"deadline", ColumnKind::kDeadline},
    {"result", ColumnKind::kResult},
    {"note", ColumnKind::kNote},
}};

// Single spaces, without the asterisks and underscores of Markdown.
std::string tidy(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '*' || c == '_') continue;
    if (c == ' ' || c == '\n' || c == '\t') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c;
    }
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == ':')) out.pop_back();
  return out;
}

// "6=4/2", "9 = 7/4", "(3)=(2)-(1)"
bool is_formula(std::string_view text) {
  const std::size_t sign = text.find('=');
  return sign != std::string_view::npos && sign > 0 && sign + 1 < text.size() &&
         text.find_first_not_of("0123456789()[]=+-/:*x% .") == std::string_view::npos;
}

// A row that numbers the columns: "(1) (2) (3)", "A B 1 2 3=2/1". OCR may have spoilt some of them: three in
// four must be letters, formulas, or one more than the number before.
bool numbers_columns(const TableRow& row) {
  std::size_t filled = 0, fits = 0, numbers = 0;
  double last = -1;  // the number before; negative: none
  for (const TableCell& cell : row) {
    const std::string text = tidy(cell.text);
    if (text.empty()) continue;
    if (text.size() > 12) return false;
    ++filled;
    if (is_formula(text)) {
      ++fits, ++numbers;
      last = -1;
      continue;
    }
    if (text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z') {
      ++fits;
      continue;
    }
    std::size_t from = text.find_first_not_of("([");
    if (from == std::string::npos) from = 0;
    const std::optional<TextRange> number = number_at(text, from);
    const std::optional<double> value = number ? parse_number(number->of(text)) : std::nullopt;
    const bool whole = number && text.find_first_not_of(")]. ", number->end) == std::string::npos;
    if (!value || !whole) {
      if (last >= 0) ++last;  // read badly: the next one goes on from it
      continue;
    }
    constexpr double kMostNumbered = 100;
    if (*value > kMostNumbered) return false;  // "Chỉ tiêu | 2021 | 2022 | 2023"
    ++numbers;
    if (last < 0 || *value == last + 1) ++fits;
    last = *value;
  }
  return filled >= 3 && fits * 4 >= filled * 3 && numbers >= 2 && filled * 2 > row.size();
}

std::size_t filled_cells(const TableRow& row) {
  return static_cast<std::size_t>(
      std::count_if(row.begin(), row.end(), [](const TableCell& cell) { return !tidy(cell.text).empty(); }));
}

bool is_year(std::string_view text, std::size_t at) {
  if (at + 4 > text.size() || (at > 0 && is_digit(text[at - 1])) ||
      (at + 4 < text.size() && is_digit(text[at + 4]))) {
    return false;
  }
  return (text.substr(at, 2) == "20" || text.substr(at, 2) == "19") && is_digit(text[at + 2]) &&
         is_digit(text[at + 3]);
}

// Years that stand between slashes belong to document numbers ("45/2018/QĐ-TTg") or dates ("31/5/2020").
bool is_free_year(std::string_view text, std::size_t at) {
  if (!is_year(text, at)) return false;
  if (at + 4 < text.size() && text[at + 4] == '/') return false;
  return true;
}

// "ngày 22 tháng 12 năm |2024", "22/12/|2024": the day of something else, no period.
bool in_date(std::string_view lower, std::size_t at) {
  std::size_t i = at;
  const auto back_word = [&](std::string_view word) {
    while (i > 0 && lower[i - 1] == ' ') --i;
    if (!lower.substr(0, i).ends_with(word)) return false;
    i -= word.size();
    return true;
  };
  const auto back_number = [&] {
    while (i > 0 && lower[i - 1] == ' ') --i;
    const std::size_t end = i;
    while (i > 0 && is_digit(lower[i - 1]) && end - i < 2) --i;
    return i < end;
  };
  if (back_word("/")) return back_number() && back_word("/");
  return back_word("năm") && back_number() && back_word("tháng") && back_number();
}

// The second line of heads: no number and no name of a row, but years and parts of years ("2005", "T1/2004").
bool continues_heads(const TableRow& row) {
  std::size_t periods = 0, filled = 0;
  for (const TableCell& cell : row) {
    const std::string words = tidy(cell.text);
    if (words.empty()) continue;
    if (cell.column == 0) return false;
    ++filled;
    if (!period_in(words).empty()) {
      ++periods;
    } else if (is_digit(words[0])) {
      return false;  // a figure
    }
  }
  return filled >= 2 && periods >= 2 && periods * 2 >= filled;
}

}  // namespace

std::optional<std::size_t> TableHead::find(ColumnKind kind) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].kind == kind) return i;
  }
  return std::nullopt;
}

std::vector<std::size_t> TableHead::all(ColumnKind kind) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].kind == kind) found.push_back(i);
  }
  return found;
}

std::size_t TableHead::known() const {
  return static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [](const TableColumn& one) {
    return one.kind != ColumnKind::kUnknown;
  }));
}

const TableCell* cell_at(const TableRow& row, std::size_t column) {
  for (const TableCell& cell : row) {
    const auto first = static_cast<std::size_t>(std::max(cell.column, 0));
    if (column >= first && column < first + static_cast<std::size_t>(std::max(cell.colspan, 1))) return &cell;
  }
  return nullptr;
}

namespace {

// "T1/2004", "tháng 01 năm 2024", "Tháng 5/2024" in a head: "Tháng 5"; empty: no month of `year`.
std::string month_in(std::string_view lower, std::string_view year) {
  std::size_t at = lower.find(year);
  const auto back = [&](std::string_view word) {
    while (at > 0 && lower[at - 1] == ' ') --at;
    if (!lower.substr(0, at).ends_with(word)) return false;
    at -= word.size();
    return true;
  };
  if (!back("/") && !back("-")) back("năm");
  while (at > 0 && lower[at - 1] == ' ') --at;
  const std::size_t end = at;
  while (at > 0 && is_digit(lower[at - 1]) && end - at < 3) --at;
  const int month = end - at >= 1 && end - at <= 2 ? std::stoi(std::string(lower.substr(at, end - at))) : 0;
  if (month < 1 || month > 12) return {};
  const bool named = back("tháng") || (back("t") && (at == 0 || lower[at - 1] == ' '));
  return named ? "Tháng " + std::to_string(month) : std::string();
}

}  // namespace

std::string period_in(std::string_view text, bool in_sentence) {
  const std::string lower = to_lower(text);
  std::string year;
  for (std::size_t i = 0; i + 4 <= lower.size(); ++i) {
    if (!is_free_year(lower, i)) continue;
    if (in_date(lower, i)) continue;
    const std::string_view before = std::string_view(lower).substr(0, i);
    // "Tình hình sản xuất so với cùng kỳ năm 2023" tells of another year
    if (before.ends_with("so với cùng kỳ năm ") || before.ends_with("so cùng kỳ năm ") ||
        before.ends_with("so với năm "))
      continue;
    if (in_sentence) {
      const bool named = before.ends_with("năm ") || before.ends_with("giai đoạn ") ||
                         before.ends_with("/") || before.ends_with("-") || before.ends_with("- ");
      const bool other =
          before.ends_with("cùng kỳ năm ") || before.ends_with("từ năm ") || before.ends_with("cùng kỳ ");
      if (!named || other) continue;
    }
    year = lower.substr(i, 4);
    // "2021 - 2025", "2021-2025", "2021 – 2025", "từ năm 2021 đến năm 2025"
    std::size_t next = i + 4;
    const auto skip = [&](std::string_view word) {
      if (lower.compare(next, word.size(), word) != 0) return false;
      next += word.size();
      return true;
    };
    while (skip(" ")) {
    }
    if (skip("-") || skip("–") || skip("đến")) {
      while (skip(" ")) {
      }
      if (skip("năm")) {
        while (skip(" ")) {
        }
      }
      if (is_free_year(lower, next) && lower.compare(next, 4, year) > 0) {
        return year + "-" + lower.substr(next, 4);
      }
    }
    break;
  }
  // Part of a year: "10 tháng", "6 tháng đầu năm", "quý I".
  std::string part;
  const std::size_t month = lower.find(" tháng");
  if (month != std::string::npos && month > 0 && is_digit(lower[month - 1])) {
    std::size_t from = month;
    while (from > 0 && is_digit(lower[from - 1])) --from;
    std::size_t next = month + std::string_view(" tháng").size();
    while (next < lower.size() && lower[next] == ' ') ++next;
    const bool date = next < lower.size() && is_digit(lower[next]);  // "22 tháng 12"
    if (month - from <= 2 && !date) part = lower.substr(from, month - from) + " tháng";
    if (!part.empty() && lower.compare(month, std::string_view(" tháng đầu").size(), " tháng đầu") == 0)
      part += " đầu năm";
    if (!part.empty() && lower.compare(month, std::string_view(" tháng cuối").size(), " tháng cuối") == 0)
      part += " cuối năm";
  }
  if (part.empty()) {
    const std::size_t quarter = lower.find("quý ");
    if (quarter != std::string::npos) {
      const std::size_t from = quarter + std::string_view("quý ").size();
      std::size_t end = from;
      while (end < lower.size() && (lower[end] == 'i' || lower[end] == 'v' || is_digit(lower[end])) &&
             end - from < 3)
        ++end;
      const std::string label = to_upper(lower.substr(from, end - from));
      const bool word_ends = end == lower.size() || lower[end] == ' ' || lower[end] == '/' ||
                             lower[end] == ',' || lower[end] == ')' || lower[end] == '.';
      if (!label.empty() && word_ends) part = "Quý " + label;
    }
  }
  if (part.empty() && !in_sentence && !year.empty()) part = month_in(lower, year);
  if (part.empty()) return year;
  if (year.empty()) return part;
  return part_of_year(part, year);
}

std::string part_of_year(const std::string& part, const std::string& year) {
  return part + (part[0] == 'Q' || part[0] == 'T' ? "/" : " ") + year;
}

WholeTables whole_tables(const Document& document, const TableColumns& columns) {
  WholeTables whole;
  for (const Table& table : document.tables) whole.of.push_back(&table);
  std::size_t root = whole.of.size();  // the table whose head holds; none yet
  bool owned = false;
  const auto blank = [](const Table& table) {
    return std::all_of(table.header.begin(), table.header.end(), [](const TableRow& row) {
      return std::all_of(row.begin(), row.end(),
                         [](const TableCell& cell) { return tidy(cell.text).empty(); });
    });
  };
  const auto pages = [](Table& table) {
    table.row_pages.resize(table.rows.size(), table.row_pages.empty() ? table.page : table.row_pages.back());
  };
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    const Section& section = document.sections[i];
    if (section.kind != SectionKind::kTable || section.table >= document.tables.size()) {
      root = whole.of.size();
      continue;
    }
    const Table& table = document.tables[section.table];
    const bool headed = columns.read(table).known() >= 2;
    const bool goes_on = root < whole.of.size() && !headed && blank(table) &&
                         table.columns == document.tables[root].columns &&
                         section.parent == document.sections[i - 1].parent;
    if (!goes_on) {
      root = headed ? section.table : whole.of.size();
      owned = false;
      continue;
    }
    if (!owned) {
      whole.joined.push_back(document.tables[root]);
      pages(whole.joined.back());
      whole.of[root] = &whole.joined.back();
      owned = true;
    }
    Table& all = whole.joined.back();
    all.rows.insert(all.rows.end(), table.rows.begin(), table.rows.end());
    all.row_pages.insert(all.row_pages.end(), table.row_pages.begin(), table.row_pages.end());
    all.row_pages.resize(all.rows.size(), table.page);
    all.inferred = true;
    whole.of[section.table] = nullptr;
  }
  return whole;
}

Result<TableColumns> TableColumns::create(const Models& models) {
  const Result<const ModelTable*> table = models.table("patterns/table_columns");
  if (!table) return table.error();
  Result<PatternTable> patterns = PatternTable::load(models, "patterns/table_columns");
  if (!patterns) return patterns.error();
  TableColumns columns(std::move(*patterns));
  for (std::size_t i = 0; i < (*table)->rows.size(); ++i) {
    const std::string& name = (*table)->at(i, "name");
    const std::string_view kind_name = std::string_view(name).substr(0, name.find('.'));
    const auto* kind = std::find_if(kKindNames.begin(), kKindNames.end(),
                                    [&](const KindName& row) { return row.name == kind_name; });
    const std::string where = (*table)->file + ":" + std::to_string((*table)->lines[i]) + ": ";
    if (kind == kKindNames.end())
      return make_error(ErrorCode::kBadTable, where + "unknown kind of column: " + name);
    columns.rows_.emplace_back(kind->kind, &columns.patterns_.at(std::string_view(name)));
  }
  return columns;
}

ColumnKind TableColumns::kind_of(std::string_view head) const {
  if (head.size() > kLongestHead) return ColumnKind::kUnknown;
  const std::string words = tidy(head);
  if (words.empty()) return ColumnKind::kUnknown;
  const PatternScan scan(patterns_, words);
  for (const auto& [kind, pattern] : rows_) {
    if (pattern->found_in(words)) return kind;
  }
  return ColumnKind::kUnknown;
}

TableHead TableColumns::read(const Table& table) const {
  constexpr std::size_t kMostColumns = 200, kMostHeadRows = 4;
  TableHead head;
  std::size_t width = static_cast<std::size_t>(std::max(table.columns, 0));
  const auto widen = [&](const TableRow& row) {
    for (const TableCell& cell : row) {
      const auto end = static_cast<std::size_t>(std::max(cell.column, 0)) +
                       static_cast<std::size_t>(std::max(cell.colspan, 1));
      width = std::max(width, end);
    }
  };
  for (const TableRow& row : table.header) widen(row);
  if (!table.rows.empty()) widen(table.rows.front());
  head.columns.resize(std::min(width, kMostColumns));

  const auto add = [&](const TableRow& row) {
    if (numbers_columns(row)) return;
    for (const TableCell& cell : row) {
      const std::string words = tidy(cell.text);
      if (words.empty() || words.size() > kLongestHead) continue;
      const auto first = static_cast<std::size_t>(std::max(cell.column, 0));
      const auto end =
          std::min(first + static_cast<std::size_t>(std::max(cell.colspan, 1)), head.columns.size());
      for (std::size_t i = first; i < end; ++i) {
        if (!head.columns[i].head.empty()) head.columns[i].head += ' ';
        head.columns[i].head += words;
        head.columns[i].lowest = words;
      }
    }
  };
  const auto kinds_in = [&](const TableRow& row) {
    std::size_t known = 0, filled = 0;
    for (const TableCell& cell : row) {
      const std::string words = tidy(cell.text);
      if (words.empty()) continue;
      ++filled;
      // A data cell "5 văn bản" is no head, however its words look.
      const bool years = words.size() <= 11 && is_year(words, 0) && kind_of(words) == ColumnKind::kValue;
      if ((years || !is_digit(words[0])) && kind_of(words) != ColumnKind::kUnknown) ++known;
    }
    return filled >= 2 && known * 3 >= filled * 2 ? known : 0;
  };
  const bool has_header = std::any_of(table.header.begin(), table.header.end(), [](const TableRow& row) {
    return std::any_of(row.begin(), row.end(),
                       [](const TableCell& cell) { return !tidy(cell.text).empty(); });
  });
  if (has_header) {
    const std::size_t rows = std::min(table.header.size(), kMostHeadRows);
    for (std::size_t i = 0; i < rows; ++i) add(table.header[i]);
    if (rows == 1 && !table.rows.empty() && continues_heads(table.rows.front())) {
      add(table.rows.front());
      head.first_row = 1;
    }
  } else {
    // A sheet begins with its title: rows of one cell.
    std::size_t row = 0;
    while (row < table.rows.size() && row < kMostHeadRows && filled_cells(table.rows[row]) <= 1) ++row;
    if (row < table.rows.size() && kinds_in(table.rows[row]) >= 2) {
      const TableRow& upper = table.rows[row];
      add(upper);
      head.first_row = row + 1;
      // A cell over several columns has its own heads in the next row; a sheet breaks its heads ("Đơn vị"
      // over "tính", "K.H" over "2005").
      const bool grouped = std::any_of(upper.begin(), upper.end(), [](const TableCell& cell) {
        return cell.colspan > 1 && !cell.text.empty();
      });
      if (row + 1 < table.rows.size() &&
          ((grouped && kinds_in(table.rows[row + 1]) >= 2) || continues_heads(table.rows[row + 1]))) {
        add(table.rows[row + 1]);
        ++head.first_row;
      }
    }
  }
  while (head.first_row < table.rows.size() && numbers_columns(table.rows[head.first_row]) &&
         head.first_row < kMostHeadRows) {
    ++head.first_row;
  }
  for (std::size_t i = 0; i < head.columns.size(); ++i) {
    TableColumn& column = head.columns[i];
    column.kind = kind_of(column.head);
    column.period = period_in(column.head);
    // "Cơ quan thực hiện" over "Chủ trì" and "Phối hợp": the lower words tell them apart.
    if (column.kind == ColumnKind::kLead && kind_of(column.lowest) == ColumnKind::kCoordinating)
      column.kind = ColumnKind::kCoordinating;
  }
  name_blank_head(table, head);
  resolve(head);
  return head;
}

// "Stt | (blank) | Đơn vị tính | K.H 2005 | TH T1/2004": the column of words without a head, before the
// figures, names them.
void TableColumns::name_blank_head(const Table& table, TableHead& head) const {
  const bool figures =
      head.has(ColumnKind::kUnit) && (head.has(ColumnKind::kPlan) || head.has(ColumnKind::kActual) ||
                                      head.has(ColumnKind::kEstimate) || head.has(ColumnKind::kValue));
  if (!figures || head.has(ColumnKind::kName) || head.has(ColumnKind::kSubject)) return;
  for (std::size_t i = 0; i < head.columns.size() && i <= 1; ++i) {
    if (!head.columns[i].head.empty()) continue;
    std::size_t rows = 0, named = 0;
    for (std::size_t r = head.first_row; r < table.rows.size(); ++r) {
      const TableCell* cell = cell_at(table.rows[r], i);
      const std::string words = cell == nullptr ? std::string() : tidy(cell->text);
      ++rows;
      named += !words.empty() && !is_digit(words[0]) && words.size() > 3;
    }
    if (rows > 0 && named * 4 >= rows * 3) {
      head.columns[i].kind = ColumnKind::kName;
      return;
    }
  }
}

// What one head says depends on the others: there is one name column; "Đơn vị" is whose figures they are
// where no other column names what the row is about.
void TableColumns::resolve(TableHead& head) const {
  bool named = head.has(ColumnKind::kName);
  if (!named) {
    // "TT | Mục tiêu | Đơn vị | Năm 2025": the leftmost of the words that can be either
    for (std::size_t i = 0; i < head.columns.size() && !named; ++i) {
      TableColumn& column = head.columns[i];
      const bool bare =
          column.period.empty() && (column.kind == ColumnKind::kPlan || column.kind == ColumnKind::kResult);
      const bool others = head.all(ColumnKind::kPlan).size() + head.all(ColumnKind::kValue).size() +
                              head.all(ColumnKind::kActual).size() + head.all(ColumnKind::kLead).size() >
                          1;
      if (bare && others && i <= 2) {
        column.kind = ColumnKind::kName;
        named = true;
      }
    }
  }
  if (!named) {
    for (TableColumn& column : head.columns) {
      if (column.kind != ColumnKind::kUnit) continue;
      const std::string lower = to_lower(column.head);
      if (lower == "đơn vị") column.kind = ColumnKind::kSubject;
    }
  }
  // "Nội dung | Đơn vị | Phối hợp | Thời gian", "… | Thực hiện | Phối hợp": who acts, where work is shared
  // out and nothing is counted.
  const std::optional<std::size_t> name = head.find(ColumnKind::kName);
  const bool shared = head.has(ColumnKind::kCoordinating) || head.has(ColumnKind::kDeadline);
  const bool counted = head.has(ColumnKind::kPlan) || head.has(ColumnKind::kValue) ||
                       head.has(ColumnKind::kEstimate) || head.has(ColumnKind::kRatio);
  if (name && shared && !counted && !head.has(ColumnKind::kLead) &&
      to_lower(head.columns[*name].head).find("chỉ tiêu") == std::string::npos) {
    constexpr std::array<std::string_view, 8> kActing{"đơn vị",    "thực hiện", "cơ quan", "cơ quan, đơn vị",
                                                      "sở, ngành", "bộ, ngành", "bộ phận", "địa phương"};
    for (TableColumn& column : head.columns) {
      if (std::find(kActing.begin(), kActing.end(), to_lower(column.head)) != kActing.end())
        column.kind = ColumnKind::kLead;
    }
  }
  // "Kế hoạch | Kết quả | Tỷ lệ": what was reached, where nobody's task and its product are listed.
  const bool planned = head.has(ColumnKind::kPlan) && !head.has(ColumnKind::kLead) &&
                       !head.has(ColumnKind::kDeadline) && !head.has(ColumnKind::kActual);
  for (TableColumn& column : head.columns) {
    if (planned && column.kind == ColumnKind::kResult && match_words(column.head, 0, "kết quả") != 0)
      column.kind = ColumnKind::kActual;
  }
  bool first = true;
  for (TableColumn& column : head.columns) {
    if (column.kind != ColumnKind::kName) continue;
    const std::string lower = to_lower(column.head);
    if (!first && lower.compare(0, std::string_view("chỉ tiêu").size(), "chỉ tiêu") == 0) {
      column.kind = ColumnKind::kPlan;  // "Nội dung | Chỉ tiêu"
    } else if (!first && lower.compare(0, std::string_view("mục tiêu").size(), "mục tiêu") == 0) {
      column.kind = ColumnKind::kPlan;
    }
    first = false;
  }
}

}  // namespace vanban
