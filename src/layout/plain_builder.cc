#include "layout/plain_builder.h"

#include <cctype>

#include "layout/plain_lines.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::layout {
namespace {

// Emphasis begins at the start or behind a space or bracket, and ends before a space, a bracket or a sign.
bool opens(std::string_view text, std::size_t at, std::size_t signs) {
  const std::size_t next = at + signs;
  if (next >= text.size() || text[next] == ' ' || text[next] == '*') return false;
  return at == 0 || text[at - 1] == ' ' || text[at - 1] == '(' || text[at - 1] == '\n';
}
bool closes(std::string_view text, std::size_t at, std::size_t signs) {
  if (at == 0 || text[at - 1] == ' ') return false;
  const std::size_t next = at + signs;
  return next >= text.size() || std::string_view(" .,;:)!?\n").find(text[next]) != std::string_view::npos;
}

std::size_t count_signs(std::string_view text, std::size_t at) {
  std::size_t signs = 0;
  while (at + signs < text.size() && text[at + signs] == '*') ++signs;
  return signs;
}

}  // namespace

std::string single_spaced(std::string_view text) {
  if (is_single_spaced(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  bool space = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out += c;
  }
  return out;
}

std::string without_emphasis(std::string_view text) {
  if (text.find('*') == std::string_view::npos) return std::string(text);
  std::string out;
  std::size_t from = 0;
  // One pair at a time, from left to right; the search for an end never goes back.
  for (std::size_t at = text.find('*'); at != std::string_view::npos; at = text.find('*', at)) {
    const std::size_t signs = count_signs(text, at);
    std::size_t end = std::string_view::npos;
    if (signs <= 3 && opens(text, at, signs)) {
      end = text.find('*', at + signs);
      if (end != std::string_view::npos && (count_signs(text, end) != signs || !closes(text, end, signs)))
        end = std::string_view::npos;
    }
    if (end == std::string_view::npos) {
      at += signs;
      continue;
    }
    out.append(text, from, at - from);
    out.append(text, at + signs, end - at - signs);
    at = from = end + signs;
  }
  out.append(text, from);
  return out;
}

// Nearly no paragraph has a word of three bytes and more that ends in a dash or slash.
bool may_hold_cut_number(std::string_view text) {
  for (const char sign : {'-', '/'}) {
    for (std::size_t at = text.find(sign, 2); at != std::string_view::npos; at = text.find(sign, at + 1)) {
      if (at + 1 < text.size() && text[at + 1] == ' ' && text[at - 1] != ' ' && text[at - 2] != ' ')
        return true;
    }
  }
  return false;
}

std::string without_cut_numbers(std::string_view text) {
  if (!may_hold_cut_number(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  std::size_t word = 0;  // where the current word begins in `out`
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ' ') {
      const std::string_view so_far = std::string_view(out).substr(word);
      const bool cut = so_far.size() > 2 && (so_far.back() == '-' || so_far.back() == '/') &&
                       starts_digit(so_far) && so_far.find('/') != std::string_view::npos;
      if (cut && at + 1 < text.size()) {
        std::size_t next = at + 1;
        decode_utf8(text, next);
        if (is_upper_case(text.substr(at + 1, next - at - 1))) continue;
      }
      out += ' ';
      word = out.size();
      continue;
    }
    out += text[at];
  }
  return out;
}

TextRange TextBuilder::append_tidied(std::string_view text) {
  // Nearly every text stays as it is, and is copied once.
  if (is_single_spaced(text) && text.find('*') == std::string_view::npos && !may_hold_cut_number(text))
    return append(text);
  return append(without_cut_numbers(without_emphasis(single_spaced(text))));
}

TextRange TextBuilder::append(std::string_view text) {
  const std::size_t begin = out_.text.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find(kMarkBegin, at);
    const std::size_t close = open == std::string_view::npos ? open : text.find(kMarkEnd, open);
    if (close == std::string_view::npos) {
      out_.text.append(text, at);
      break;
    }
    out_.text.append(text, at, open - at);
    const std::string_view mark = text.substr(open + kMarkBegin.size(), close - open - kMarkBegin.size());
    const std::size_t from = out_.text.size();
    out_.text += mark;
    std::string label(mark);
    if (label.size() > 2 && label.front() == '[') label = label.substr(1, label.size() - 2);
    out_.footnote_marks.push_back({{from, out_.text.size()}, std::move(label)});
    at = close + kMarkEnd.size();
  }
  const TextRange where{begin, out_.text.size()};
  if (!where.empty()) out_.text += '\n';
  return where;
}

Block* TextBuilder::add_paragraph(std::string_view text) {
  const TextRange where = append_tidied(text);
  if (where.empty()) return nullptr;
  Block block;
  block.where = where;
  out_.blocks.push_back(std::move(block));
  return &out_.blocks.back();
}

Block* TextBuilder::add_footnote(const std::string& label, std::string_view text) {
  Block* block = add_paragraph(text);
  if (block == nullptr) return nullptr;
  block->kind = BlockKind::kFootnote;
  block->label = label;
  return block;
}

TextRange TextBuilder::append_cells(const std::vector<std::vector<CellText>>& from,
                                    std::vector<TableRow>& to) {
  TextRange all{out_.text.size(), out_.text.size()};
  for (const auto& row : from) {
    TableRow cells;
    for (const CellText& one : row) {
      TableCell cell;
      cell.column = one.column;
      cell.colspan = one.colspan;
      cell.rowspan = one.rowspan;
      cell.confidence = one.confidence;
      cell.where = append_tidied(one.text);
      cell.text = std::string(cell.where.of(out_.text));
      if (!cell.where.empty()) all.end = cell.where.end;
      cells.push_back(std::move(cell));
    }
    to.push_back(std::move(cells));
  }
  return all;
}

void TextBuilder::add_table(const TableText& from) {
  Table table;
  table.id = "t" + std::to_string(out_.tables.size() + 1);
  table.columns = from.columns;
  table.inferred = from.inferred;
  const TextRange head = append_cells(from.header, table.header);
  const TextRange body = append_cells(from.rows, table.rows);
  table.row_pages.assign(table.rows.size(), 0);
  table.where = {head.begin, body.empty() ? head.end : body.end};
  if (table.where.empty()) return;
  Block block;
  block.kind = BlockKind::kTable;
  block.where = table.where;
  block.table = out_.tables.size();
  out_.blocks.push_back(std::move(block));
  out_.tables.push_back(std::move(table));
}

}  // namespace vanban::layout
