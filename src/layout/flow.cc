// A flow of paragraphs and tables (Markdown, DOCX, HTML) as the document's text.

#include <algorithm>
#include <string>
#include <vector>

#include "layout/plain_builder.h"
#include "vanban/layout/layout.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

using layout::CellText;
using layout::TableText;
using layout::TextBuilder;

constexpr int kMostColumns = 1000;

// Cells get their grid columns: one goes to the first column that no cell above still covers.
std::vector<std::vector<CellText>> place_cells(const std::vector<std::vector<FlowCell>>& rows, int& columns) {
  std::vector<std::vector<CellText>> placed;
  std::vector<int> covered;  // for each column: rows that a cell above still reaches into
  for (const auto& row : rows) {
    std::vector<CellText> cells;
    std::size_t column = 0;
    for (const FlowCell& from : row) {
      while (column < covered.size() && covered[column] > 0) ++column;
      if (column >= kMostColumns) break;
      CellText cell;
      cell.text = clean_text(from.text);
      cell.column = static_cast<int>(column);
      cell.colspan = std::clamp(from.colspan, 1, kMostColumns - static_cast<int>(column));
      cell.rowspan = std::clamp(from.rowspan, 1, static_cast<int>(rows.size() - placed.size()));
      const std::size_t end = column + static_cast<std::size_t>(cell.colspan);
      if (covered.size() < end) covered.resize(end, 0);
      for (std::size_t i = column; i < end; ++i) covered[i] = cell.rowspan;
      column = end;
      columns = std::max(columns, static_cast<int>(end));
      cells.push_back(std::move(cell));
    }
    for (int& rest : covered) rest -= rest > 0;
    placed.push_back(std::move(cells));
  }
  return placed;
}

// The head: the rows that the format marks, or else a first row with "STT", "TT" or without any digit.
std::size_t count_head_rows(const std::vector<std::vector<FlowCell>>& rows) {
  std::size_t head = 0;
  while (
      head < rows.size() && !rows[head].empty() &&
      std::all_of(rows[head].begin(), rows[head].end(), [](const FlowCell& cell) { return cell.header; })) {
    ++head;
  }
  if (head > 0 || rows.size() < 2 || rows.front().empty()) return head < rows.size() ? head : 0;
  const std::string first = comparison_key(rows.front().front().text);
  if (first != "stt" && first != "tt" && first != "số tt") return 0;
  int reach = 1;  // "TT" over two rows: the second row belongs to the head
  for (const FlowCell& cell : rows.front()) reach = std::max(reach, cell.rowspan);
  return std::min(static_cast<std::size_t>(reach), rows.size() - 1);
}

// A table of one row or one column without a head lays out a page (agency | motto): its cells are paragraphs.
bool is_page_frame(const std::vector<std::vector<FlowCell>>& rows) {
  return rows.size() == 1 ||
         std::all_of(rows.begin(), rows.end(), [](const auto& row) { return row.size() <= 1; });
}

void add_lines(TextBuilder& builder, const std::string& text, int column) {
  const std::string clean = clean_text(text);
  std::size_t begin = 0;
  while (begin <= clean.size()) {
    const std::size_t end = std::min(clean.find('\n', begin), clean.size());
    if (Block* block = builder.add_paragraph(std::string_view(clean).substr(begin, end - begin)))
      block->column = column;
    begin = end + 1;
  }
}

void add_paragraph(TextBuilder& builder, const FlowBlock& from) {
  std::string text = clean_text(from.text);
  if (!from.list_label.empty()) text = clean_text(from.list_label) + ' ' + text;
  Block* block = builder.add_paragraph(text);
  if (block == nullptr) return;
  block->bold = from.bold;
  block->italic = from.italic;
  block->alignment = from.centred ? Alignment::kCentre : Alignment::kUnknown;
  block->heading_level = from.heading_level;
}

void add_table(TextBuilder& builder, const FlowBlock& from) {
  if (is_page_frame(from.rows)) {
    for (const auto& row : from.rows) {
      int column = row.size() > 1 ? 1 : 0;
      for (const FlowCell& cell : row) add_lines(builder, cell.text, column > 0 ? std::min(column++, 2) : 0);
    }
    return;
  }
  TableText table;
  std::vector<std::vector<CellText>> cells = place_cells(from.rows, table.columns);
  const auto head = cells.begin() + static_cast<std::ptrdiff_t>(count_head_rows(from.rows));
  table.header.assign(cells.begin(), head);
  table.rows.assign(head, cells.end());
  builder.add_table(table);
}

// "1 Quyết định …", "[1] …": the label before a footnote's own text.
std::string footnote_label(const std::string& text, std::size_t& end) {
  std::size_t at = 0;
  const bool bracket = !text.empty() && text[0] == '[';
  at += bracket;
  const std::size_t begin = at;
  while (at < text.size() && ((text[at] >= '0' && text[at] <= '9') || text[at] == '*') && at - begin < 4)
    ++at;
  if (at == begin || (bracket && (at >= text.size() || text[at] != ']'))) return {};
  end = bracket ? at + 1 : at;
  return text.substr(begin, at - begin);
}

}  // namespace

LaidOutText lay_out_flow(const RawDocument& raw) {
  TextBuilder builder;
  builder.out().encoding = raw.encoding;
  builder.out().origin = TextOrigin::kPlain;
  for (const FlowBlock& block : raw.flow) {
    switch (block.kind) {
      case FlowBlock::Kind::kParagraph:
        add_paragraph(builder, block);
        break;
      case FlowBlock::Kind::kTable:
        add_table(builder, block);
        break;
      case FlowBlock::Kind::kFootnote: {
        const std::string text = clean_text(block.text);
        std::size_t end = 0;
        const std::string label =
            block.list_label.empty() ? footnote_label(text, end) : clean_text(block.list_label);
        builder.add_footnote(label, text);
        break;
      }
      case FlowBlock::Kind::kPageBreak:
        break;
    }
  }
  return builder.take();
}

}  // namespace vanban
