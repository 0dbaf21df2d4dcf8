#include <algorithm>
#include <string_view>

#include "layout/plain_columns.h"
#include "layout/plain_labels.h"
#include "layout/plain_tables.h"

namespace vanban::layout {
namespace {

using Cells = std::vector<std::string>;

Cells split_cells(std::string_view line) {
  Cells cells;
  std::size_t begin = 0;
  while (begin <= line.size()) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    cells.emplace_back(trimmed(line.substr(begin, end - begin)));
    begin = end + 1;
  }
  return cells;
}

// A "|" that parts cells: spaces or the line's edge on both sides.
bool parts_cells(std::string_view line, std::size_t at) {
  return line[at] == '|' && (at == 0 || line[at - 1] == ' ') &&
         (at + 1 == line.size() || line[at + 1] == ' ');
}

constexpr std::size_t kMostPiped = 60;  // cells of a row; a line of more "|" is a drawing

// `framed`: "|" stands before the first cell too; without it such a line begins with an empty cell.
Cells split_at_pipes(std::string_view line, bool framed) {
  line = trimmed(line);
  Cells cells;
  std::size_t begin = framed && line.starts_with('|') ? 1 : 0;
  for (std::size_t i = begin; i < line.size(); ++i) {
    if (!parts_cells(line, i)) continue;
    if (cells.size() == kMostPiped) return {};
    cells.emplace_back(trimmed(line.substr(begin, i - begin)));
    begin = i + 1;
  }
  if (begin < line.size() || !framed) cells.emplace_back(trimmed(line.substr(std::min(begin, line.size()))));
  return cells;
}

// "|---|:---:|", "+-----+----+"
bool is_rule_of_dashes(std::string_view line) {
  return line.find("--") != std::string_view::npos &&
         line.find_first_not_of("-:|+= ") == std::string_view::npos;
}

// A value, alone in its cell: "12.500", "8 - 8,5", "≥ 95".
bool is_value(std::string_view cell) {
  constexpr std::size_t kLongest = 24;
  return cell.size() <= kLongest && cell.find_first_of("0123456789") != std::string_view::npos;
}

// A row whose cells only go on with those above: a page break cut it ("… kết nối," / "", "tích hợp, …").
bool goes_on(const Cells& above, const Cells& row) {
  if (!row.front().empty()) return false;
  std::size_t filled = 0;
  bool open = false;
  // "" / "Trong đó: hộ nghèo dân tộc thiểu số" / "%" / "3" below "3" / "Tỷ lệ hộ nghèo" / "%" / "1,5": it has
  // values of its own, and its label is blank because it shares the one above.
  std::size_t first = 0;
  while (first + 1 < row.size() && row[first].empty()) ++first;
  // "" / "" / "1.2. Có quy hoạch chi tiết …" below "1" / "Quy hoạch" / "1.1. Có quy hoạch chung …"
  const Label label = find_label(row[first]);
  bool own = label.kind == LabelKind::kDecimal || label.kind == LabelKind::kLetter;
  for (std::size_t i = first + 1; i < row.size() && i < above.size(); ++i) {
    own = own || (is_value(row[i]) && is_value(above[i]));
  }
  if (own && !starts_lower(row[first])) return false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i].empty()) continue;
    ++filled;
    const std::string_view upper = i < above.size() ? std::string_view(above[i]) : std::string_view();
    open = open || starts_lower(row[i]) || (!upper.empty() && !ends_sentence(upper));
  }
  return filled > 0 && filled < above.size() && open;
}

void append_cells(Cells& above, const Cells& row) {
  if (above.size() < row.size()) above.resize(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i].empty()) continue;
    if (!above[i].empty()) above[i] += ' ';
    above[i] += row[i];
  }
}

// "III. TỔ CHỨC THỰC HIỆN", "Nơi nhận:" below a row whose last cells are empty: the table is over.
bool begins_part(std::string_view line) {
  const Label label = find_label(line);
  return label.kind == LabelKind::kRoman || label.kind == LabelKind::kWord ||
         form_of(line) != FormLine::kNone;
}

std::vector<CellText> place_cells(const Cells& cells, std::size_t columns) {
  std::vector<CellText> placed;
  for (std::size_t i = 0; i < columns; ++i) {
    CellText cell;
    cell.column = static_cast<int>(i);
    if (i < cells.size()) cell.text = cells[i];
    placed.push_back(std::move(cell));
  }
  return placed;
}

}  // namespace

std::string pipes_to_tabs(const std::string& text) {
  if (text.find('|') == std::string::npos) return text;
  if (text.find(" |") == std::string::npos && text.find("| ") == std::string::npos) return text;
  std::string out;
  out.reserve(text.size());
  std::vector<std::string_view> run;  // lines, with the rules of dashes between them
  std::vector<Cells> rows;            // of the run: a rule is an empty row
  std::size_t columns = 0, filled = 0;
  bool framed = false;
  const auto flush = [&] {
    const bool headed = filled > 1 && begins_head(rows.front().front());
    const bool table = filled > 1 && (columns >= 3 || (columns == 2 && headed));
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (!table) {
        out += std::string(run[i]) + "\n";
        continue;
      }
      for (std::size_t k = 0; k < rows[i].size(); ++k) out += (k > 0 ? "\t" : "") + rows[i][k];
      if (!rows[i].empty()) out += '\n';
    }
    run.clear();
    rows.clear();
    columns = filled = 0;
  };
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    begin = end + 1;
    if (filled > 0 && is_rule_of_dashes(line)) {
      run.push_back(line);
      rows.emplace_back();
      continue;
    }
    Cells cells;
    if (filled == 0) framed = trimmed(line).starts_with('|');
    if (line.find('|') != std::string_view::npos) cells = split_at_pipes(line, framed);
    if (filled == 0 && cells.size() > 2 && cells.back().empty()) cells.pop_back();
    if (filled > 0 && cells.size() == columns + 1 && cells.back().empty()) cells.pop_back();
    if (filled > 0 && cells.size() != columns) {
      flush();
      framed = trimmed(line).starts_with('|');
      if (!cells.empty()) cells = split_at_pipes(line, framed);
      if (cells.size() > 2 && cells.back().empty()) cells.pop_back();
    }
    if (cells.size() < 2) {
      out += std::string(line) + "\n";
      continue;
    }
    columns = cells.size();
    run.push_back(line);
    rows.push_back(std::move(cells));
    ++filled;
  }
  flush();
  if (!text.empty() && text.back() != '\n') out.pop_back();
  return out;
}

TableRegion read_tab_table(const std::vector<Line>& lines, std::size_t at) {
  TableRegion region{at, at, {}};
  const bool headed = begins_head(lines[at].text);
  std::vector<Cells> rows;
  std::size_t columns = 0, end = at;
  for (std::size_t i = at; i < lines.size(); ++i) {
    const std::string& text = lines[i].text;
    if (text.find('\t') == std::string::npos) {
      // A line that goes on with the last cell of a row that is not complete yet.
      if (headed && !rows.empty() && rows.back().size() < columns && lines[i].gap == 0 &&
          !begins_part(text)) {
        rows.back().back() += ' ' + text;
        end = i + 1;
        continue;
      }
      break;
    }
    Cells cells = split_cells(text);
    if (!rows.empty() && headed && i > at && begins_head(text) &&
        cells == rows.front()) {  // the head again, on a new page
      end = i + 1;
      continue;
    }
    columns = std::max(columns, cells.size());
    if (rows.size() > 1 && goes_on(rows.back(), cells)) {
      append_cells(rows.back(), cells);
    } else {
      rows.push_back(std::move(cells));
    }
    end = i + 1;
  }
  // Without a head: rows of one shape, three cells and more. "1.\tText" is a list.
  if (!headed) {
    const bool alike =
        std::all_of(rows.begin(), rows.end(), [&](const Cells& row) { return row.size() == columns; });
    if (rows.size() < 2 || columns < 3 || !alike) return region;
  } else if (rows.size() < 2 || columns < 2) {
    return region;
  }
  region.end = end;
  region.table.columns = static_cast<int>(columns);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    (headed && i == 0 ? region.table.header : region.table.rows).push_back(place_cells(rows[i], columns));
  }
  return region;
}

}  // namespace vanban::layout
