// A page's grid to a table with a head, and tables and paragraphs that go on over a page's end.

#include <algorithm>
#include <cmath>

#include "layout/pages.h"
#include "vanban/normalise/text.h"

namespace vanban::pages {
namespace {

constexpr double kSameColumn = 9;  // points between the same edge on two pages

std::string cell_text(const std::vector<Page>& pages, const ItemCell& cell) {
  return pieces_text(pages, cell.lines);
}

std::vector<std::string> row_texts(const std::vector<Page>& pages, const ItemRow& row) {
  std::vector<std::string> texts;
  for (const ItemCell& cell : row.cells) texts.push_back(cell_text(pages, cell));
  return texts;
}

bool same_texts(const std::vector<Page>& pages, const ItemRow& a, const ItemRow& b) {
  if (a.cells.size() != b.cells.size()) return false;
  bool any = false;
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    const std::string left = comparison_key(cell_text(pages, a.cells[i]));
    if (left != comparison_key(cell_text(pages, b.cells[i]))) return false;
    any = any || !left.empty();
  }
  return any;
}

bool bold_cell(const ItemCell& cell) {
  return std::all_of(cell.lines.begin(), cell.lines.end(),
                     [](const Piece& piece) { return piece.line.bold; });
}

bool bold_row(const ItemRow& row) {
  bool any = false;
  for (const ItemCell& cell : row.cells) {
    if (cell.lines.empty()) continue;
    if (!bold_cell(cell)) return false;
    any = true;
  }
  return any;
}

bool has_digit(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "STT", "TT", "Số TT"
bool is_number_head(const std::string& text) {
  const std::string key = fold(text);
  return key == "stt" || key == "tt" || key == "so tt" || key == "so thu tu" || key == "s tt" ||
         key == "s/tt" || key == "tt.";
}

// "(1) (2) (3)", "A B 1 2 3=2/1": the row that numbers the columns.
bool is_column_numbers(const std::vector<std::string>& texts) {
  std::size_t filled = 0, numbers = 0;
  for (const std::string& text : texts) {
    if (text.empty()) continue;
    ++filled;
    std::string bare;
    for (char c : text) {
      if (c != '(' && c != ')' && c != '[' && c != ']' && c != ' ') bare += c;
    }
    if (bare.empty() || bare.size() > 12) return false;
    const bool letter = bare.size() == 1 && bare[0] >= 'A' && bare[0] <= 'H';
    const bool number =
        bare[0] >= '0' && bare[0] <= '9' && bare.find_first_not_of("0123456789=+-*/:x.") == std::string::npos;
    if (!letter && !number) return false;
    numbers += number ? 1 : 0;
  }
  // Consecutive small numbers, not figures: 1, 2, 3.
  if (filled < 3 || numbers < 2) return false;
  int last = 0;
  for (const std::string& text : texts) {
    const std::size_t at = text.find_first_of("0123456789");
    if (at == std::string::npos) continue;
    const int value = std::atoi(text.c_str() + at);
    if (value != last + 1 && !(last == 0 && value <= 2)) return false;
    last = value;
  }
  return true;
}

// How many of the first rows are the table's head.
std::size_t head_rows(const std::vector<Page>& pages, const std::vector<ItemRow>& rows, int columns) {
  if (rows.size() < 2) {
    // A head alone at a page's end.
    if (rows.empty()) return 0;
    const std::vector<std::string> texts = row_texts(pages, rows[0]);
    return texts.size() > 1 && std::any_of(texts.begin(), texts.end(), is_number_head) ? 1 : 0;
  }
  const ItemRow& first = rows.front();
  if (first.cells.size() < 2) return 0;
  std::size_t depth = 1;
  for (const ItemCell& cell : first.cells)
    depth = std::max(depth, static_cast<std::size_t>(std::max(1, cell.rowspan)));
  const std::vector<std::string> texts = row_texts(pages, first);
  bool head = std::any_of(texts.begin(), texts.end(), is_number_head);
  const bool whole =
      std::none_of(texts.begin(), texts.end(), [](const std::string& text) { return text.empty(); });
  if (!head && whole && static_cast<int>(first.cells.size()) * 2 > columns && bold_row(first)) {
    const std::size_t after = std::min(depth, rows.size() - 1);
    head = !bold_row(rows[after]);
  }
  if (!head) {
    // Words above figures.
    bool words = first.cells.size() >= 3;
    for (const std::string& text : texts) {
      words = words && !text.empty() && text.size() < 80 && !(text.front() >= '0' && text.front() <= '9') &&
              text.back() != '.' && text.back() != ';' && text.front() != '-';
    }
    if (words) {
      const std::vector<std::string> next = row_texts(pages, rows[std::min(depth, rows.size() - 1)]);
      head = !next.empty() && !next.front().empty() && next.front().size() <= 6 && has_digit(next.front()) &&
             !has_digit(texts.front());
    }
  }
  if (!head) return 0;
  depth = std::min({depth, rows.size() - 1, std::size_t{4}});
  while (depth < rows.size() - 1 && depth < 5 && is_column_numbers(row_texts(pages, rows[depth]))) ++depth;
  return depth;
}

int column_count(const ItemTable& table) { return static_cast<int>(table.xs.size()) - 1; }

// The edges of both tables, if their outer ones are at the same place (or all columns are as wide); else
// empty.
std::vector<double> common_edges(const ItemTable& a, const ItemTable& b) {
  const double shift = a.xs.front() - b.xs.front();
  if (a.xs.size() == b.xs.size()) {
    bool same = true;
    for (std::size_t i = 0; i < a.xs.size(); ++i)
      same = same && std::abs(a.xs[i] - b.xs[i] - shift) < 2 * kSameColumn;
    if (same) return a.xs;
  }
  if (std::abs(a.xs.front() - b.xs.front()) > 1.5 * kSameColumn ||
      std::abs(a.xs.back() - b.xs.back()) > 1.5 * kSameColumn) {
    return {};
  }
  std::vector<double> all = a.xs;
  std::size_t shared = 0;
  for (double x : b.xs) {
    const auto near =
        std::find_if(all.begin(), all.end(), [&](double y) { return std::abs(x - y) < kSameColumn; });
    if (near == all.end()) {
      all.push_back(x);
    } else {
      ++shared;
    }
  }
  // One of them has the other's edges and some more, which its spans hid there.
  if (shared < std::min(a.xs.size(), b.xs.size()) || shared < 3) return {};
  std::sort(all.begin(), all.end());
  return all;
}

void move_to_edges(ItemTable& table, const std::vector<double>& edges) {
  if (table.xs.size() == edges.size()) {
    table.xs = edges;
    return;
  }
  const auto index = [&](int column) {
    const double x = table.xs[static_cast<std::size_t>(column)];
    const auto near = std::min_element(edges.begin(), edges.end(),
                                       [&](double p, double q) { return std::abs(p - x) < std::abs(q - x); });
    return static_cast<int>(near - edges.begin());
  };
  for (std::vector<ItemRow>* rows : {&table.header, &table.rows}) {
    for (ItemRow& row : *rows) {
      for (ItemCell& cell : row.cells) {
        const int end = index(cell.column + cell.colspan);
        cell.column = index(cell.column);
        cell.colspan = std::max(1, end - cell.column);
      }
    }
  }
  table.xs = edges;
}

// A following page's first row that goes on with the last row of the page before: its key cell is empty, and
// what its other cells say goes on with what was begun.
bool continues_row(const std::vector<Page>& pages, const ItemRow& last, const ItemRow& first) {
  if (first.cells.empty() || last.cells.size() < 2) return false;
  const ItemCell& key = first.cells.front();
  if (key.column != 0 || !key.lines.empty()) return false;
  bool goes_on = false, fresh = false, any = false;
  for (const ItemCell& cell : first.cells) {
    if (cell.lines.empty()) continue;
    any = true;
    const auto own = std::find_if(last.cells.begin(), last.cells.end(), [&](const ItemCell& other) {
      return other.column == cell.column && other.colspan == cell.colspan;
    });
    if (own == last.cells.end()) return false;
    const std::string before = cell_text(pages, *own), after = cell_text(pages, cell);
    if (before.empty()) continue;
    if (continues_sentence(before, after) || before.back() == ',') {
      goes_on = true;
    } else if (before.back() == '.' && !starts_with_label(after)) {
      fresh = true;
    }
  }
  if (!any) return true;
  // Rows that share a cell over several rows begin with an empty key too; those have a row each on the page
  // before.
  const bool spanned = last.cells.front().column != 0 || last.cells.front().rowspan > 1;
  return goes_on || (!fresh && !spanned && !last.cells.front().lines.empty());
}

void append_row(ItemRow& last, const ItemRow& first) {
  for (const ItemCell& cell : first.cells) {
    const auto own = std::find_if(last.cells.begin(), last.cells.end(),
                                  [&](const ItemCell& other) { return other.column == cell.column; });
    if (own != last.cells.end()) own->lines.insert(own->lines.end(), cell.lines.begin(), cell.lines.end());
  }
}

// Adds a following page's part to the table; false if it is another table.
bool join_tables(const std::vector<Page>& pages, ItemTable& table, ItemTable& part) {
  // A head repeated, perhaps one that was not known as a head.
  std::size_t repeated = 0;
  std::vector<ItemRow> rows = part.header;
  rows.insert(rows.end(), part.rows.begin(), part.rows.end());
  const std::vector<ItemRow>& heads = table.header.empty() ? table.rows : table.header;
  while (repeated < heads.size() && repeated < rows.size() && repeated < 5 &&
         same_texts(pages, heads[repeated], rows[repeated])) {
    ++repeated;
  }
  if (!table.header.empty() && repeated < table.header.size()) repeated = 0;
  if (!part.header.empty() && repeated == 0) return false;
  const std::vector<double> edges = common_edges(table, part);
  if (edges.empty()) return false;
  if (table.header.empty() && repeated > 0) {
    table.header.assign(table.rows.begin(), table.rows.begin() + static_cast<std::ptrdiff_t>(repeated));
    table.rows.erase(table.rows.begin(), table.rows.begin() + static_cast<std::ptrdiff_t>(repeated));
  }
  part.header.clear();
  part.rows.assign(rows.begin() + static_cast<std::ptrdiff_t>(repeated), rows.end());
  move_to_edges(table, edges);
  move_to_edges(part, edges);
  std::size_t first = 0;
  if (!table.rows.empty() && !part.rows.empty() &&
      continues_row(pages, table.rows.back(), part.rows.front())) {
    append_row(table.rows.back(), part.rows.front());
    first = 1;
  }
  table.rows.insert(table.rows.end(), part.rows.begin() + static_cast<std::ptrdiff_t>(first),
                    part.rows.end());
  table.unclear = table.unclear || part.unclear;
  return true;
}

bool join_paragraphs(const std::vector<Page>& pages, Paragraph& open, const Paragraph& next) {
  if (open.column != 0 || next.column != 0) return false;
  const Piece& last = open.lines.back();
  const Piece& first = next.lines.front();
  const std::string before = line_text(pages[last.page], last.line),
                    after = line_text(pages[first.page], first.line);
  if (starts_with_label(after)) return false;
  if (std::abs(last.line.size - first.line.size) > 0.15 * last.line.size && !pages[first.page].ocr)
    return false;
  const bool sentence = continues_sentence(before, after);
  if (next.alignment == Alignment::kCentre && !(sentence && open.open)) return false;
  if (!open.open) return sentence && last.line.bold == first.line.bold && next.indent < 1.5 * next.size;
  if (next.indent > 0.8 * next.size) return sentence;
  // A full last line that ends a sentence: the next page goes on only if paragraphs here begin with an
  // indent.
  const char end = before.back();
  if (end == '.' || end == ';' || end == ':')
    return open.lines.size() > 1 && open.indent > 0.8 * open.size && end == '.';
  return last.line.bold == first.line.bold || sentence;
}

}  // namespace

ItemTable make_table(const std::vector<Page>& pages, std::size_t index, const Grid& grid) {
  ItemTable table;
  table.xs = grid.xs;
  table.inferred = grid.inferred;
  table.unclear = grid.unclear;
  std::vector<ItemRow> rows;
  int row = -1;
  for (const Cell& cell : grid.cells) {
    if (cell.row != row || rows.empty()) {
      rows.push_back({{}, index});
      row = cell.row;
    }
    ItemCell item;
    item.column = cell.column;
    item.colspan = cell.colspan;
    item.rowspan = cell.rowspan;
    for (const Line& line : cell.lines) item.lines.push_back({index, line});
    rows.back().cells.push_back(std::move(item));
  }
  // Rows without a word say nothing.
  rows.erase(std::remove_if(rows.begin(), rows.end(),
                            [](const ItemRow& one) {
                              return std::all_of(one.cells.begin(), one.cells.end(),
                                                 [](const ItemCell& cell) {
                                                   return cell.lines.empty() && cell.rowspan == 1;
                                                 });
                            }),
             rows.end());
  const std::size_t heads = head_rows(pages, rows, column_count(table));
  table.header.assign(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(heads));
  table.rows.assign(rows.begin() + static_cast<std::ptrdiff_t>(heads), rows.end());
  return table;
}

std::vector<Item> join_pages(const std::vector<Page>& pages, std::vector<std::vector<Item>> items) {
  std::vector<Item> out;
  for (std::size_t p = 0; p < items.size(); ++p) {
    bool first_body = true, first_note = true;
    for (Item& item : items[p]) {
      const bool note = !item.is_table && item.paragraph.is_footnote;
      if (note && first_note) {
        first_note = false;
        // A footnote that goes on at the next page's foot.
        const auto last = std::find_if(out.rbegin(), out.rend(), [](const Item& one) {
          return !one.is_table && one.paragraph.is_footnote;
        });
        if (item.paragraph.footnote.empty() && last != out.rend()) {
          Paragraph& before = last->paragraph;
          before.lines.insert(before.lines.end(), item.paragraph.lines.begin(), item.paragraph.lines.end());
          continue;
        }
      } else if (!note && first_body) {
        first_body = false;
        const auto last = std::find_if(out.rbegin(), out.rend(), [](const Item& one) {
          return one.is_table || !one.paragraph.is_footnote;
        });
        if (p > 0 && last != out.rend() && last->is_table == item.is_table) {
          if (item.is_table && join_tables(pages, last->table, item.table)) continue;
          if (!item.is_table && join_paragraphs(pages, last->paragraph, item.paragraph)) {
            Paragraph& before = last->paragraph;
            before.lines.insert(before.lines.end(), item.paragraph.lines.begin(), item.paragraph.lines.end());
            before.bold = before.bold && item.paragraph.bold;
            before.open = item.paragraph.open;
            continue;
          }
        }
      }
      out.push_back(std::move(item));
    }
  }
  return out;
}

}  // namespace vanban::pages
