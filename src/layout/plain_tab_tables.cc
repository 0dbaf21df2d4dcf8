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

// A row whose cells only go on with those above: a page break cut it ("… kết nối," / "", "tích hợp, …").
bool goes_on(const Cells& above, const Cells& row) {
  if (!row.front().empty()) return false;
  std::size_t filled = 0;
  bool open = false;
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
