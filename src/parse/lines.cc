#include "parse/lines.h"

#include <algorithm>
#include <cstdint>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

bool is_blank(char c) {
  constexpr std::uint64_t kBlanks = 1ull << ' ' | 1ull << '\n' | 1ull << '\t' | 1ull << '\r';
  const auto byte = static_cast<unsigned char>(c);
  return byte <= ' ' && (kBlanks >> byte & 1) != 0;
}

bool is_closing(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 || c == 0xBB || c == '*';
}

bool is_letter(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c <= 0x1EFF);
}

// For Latin letters of Vietnamese in NFC. Latin-1: C0..DE are capitals; Latin Extended and Additional
// alternate, the even one being the capital (Ơ U+01A0, Ư U+01AF is the odd exception).
bool is_capital(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  if (c >= 0xC0 && c <= 0xDE) return c != 0xD7;
  if (c >= 0xDF && c <= 0xFF) return false;
  if (c == 0x1AF) return true;
  if (c == 0x1B0) return false;
  if ((c >= 0x100 && c <= 0x24F) || (c >= 0x1E00 && c <= 0x1EFF)) return c % 2 == 0;
  return false;
}

constexpr std::size_t kFrameRows = 10, kFrameCells = 24, kLongestFrameCell = 3000;

// The cells of a head or foot that was set as a table, row by row. False: a table like any other.
bool add_frame_cells(const LaidOutText& laid_out, std::size_t block,
                     const std::function<bool(std::string_view)>& is_frame, std::vector<Line>& lines) {
  const Table& table = laid_out.tables[laid_out.blocks[block].table];
  if (table.header.size() + table.rows.size() > kFrameRows || table.columns > 4) return false;
  std::vector<Line> cells;
  bool frame = false;
  for (const auto* rows : {&table.header, &table.rows}) {
    for (const TableRow& row : *rows) {
      for (const TableCell& cell : row) {
        Line line;
        line.block = block;
        line.where = trim(laid_out.text, cell.where);
        line.text = line.where.of(laid_out.text);
        if (line.text.empty()) continue;
        if (line.text.size() > kLongestFrameCell || cells.size() >= kFrameCells) return false;
        line.column = cell.column + 1;
        line.cell = true;
        frame = frame || is_frame(line.text);
        cells.push_back(line);
      }
    }
  }
  if (!frame) return false;
  lines.insert(lines.end(), cells.begin(), cells.end());
  return true;
}

// "Số: 722/UBND-MT |": the bars of a table that was typed as text, at the ends of a line.
TextRange without_bars(std::string_view text, TextRange range) {
  constexpr std::size_t kLongest = 300;  // a row of figures keeps its bars
  if (range.size() > kLongest) return range;
  if (std::count(text.begin() + static_cast<std::ptrdiff_t>(range.begin),
                 text.begin() + static_cast<std::ptrdiff_t>(range.end), '|') > 2)
    return range;
  const auto bar_or_blank = [&](std::size_t at) { return text[at] == '|' || is_blank(text[at]); };
  TextRange bare = range;
  while (bare.begin < bare.end && bar_or_blank(bare.begin)) ++bare.begin;
  while (bare.end > bare.begin && bar_or_blank(bare.end - 1)) --bare.end;
  return bare.empty() ? range : bare;
}

}  // namespace

std::vector<Line> make_lines(const LaidOutText& laid_out,
                             const std::function<bool(std::string_view)>& is_frame) {
  std::vector<Line> lines;
  lines.reserve(laid_out.blocks.size());
  for (std::size_t i = 0; i < laid_out.blocks.size(); ++i) {
    const Block& block = laid_out.blocks[i];
    if (block.kind == BlockKind::kTable && block.table < laid_out.tables.size() &&
        add_frame_cells(laid_out, i, is_frame, lines)) {
      continue;
    }
    Line line;
    line.block = i;
    line.kind = block.kind;
    line.where = block.kind == BlockKind::kTable
                     ? block.where
                     : without_bars(laid_out.text, trim(laid_out.text, block.where));
    line.text = line.where.of(laid_out.text);
    line.column = block.column;
    line.centred = block.alignment == Alignment::kCentre;
    line.bold = block.bold;
    lines.push_back(line);
  }
  return lines;
}

TextRange trim(std::string_view text, TextRange range) {
  range.end = std::min(range.end, text.size());
  range.begin = std::min(range.begin, range.end);
  while (range.begin < range.end && is_blank(text[range.begin])) ++range.begin;
  while (range.end > range.begin && is_blank(text[range.end - 1])) --range.end;
  return range;
}

std::string_view trim(std::string_view text) { return trim(text, {0, text.size()}).of(text); }

std::string_view without_end(std::string_view text, std::string_view signs) {
  while (!text.empty() && (is_blank(text.back()) || signs.find(text.back()) != std::string_view::npos)) {
    text.remove_suffix(1);
  }
  return text;
}

bool is_rule(std::string_view text) {
  bool any = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = decode_utf8(text, i);
    if (c == ' ' || c == '\n' || c == '\t') continue;
    const bool sign = c == '-' || c == '_' || c == '.' || c == '*' || c == '=' || c == '~' || c == '|' ||
                      c == 0xAF || (c >= 0x2010 && c <= 0x2015) || c == 0x2026 ||
                      (c >= 0x2500 && c <= 0x257F) || c == 0x2605;
    if (!sign) return false;
    any = true;
  }
  return any;
}

bool ends_sentence(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0) {
    const char32_t c = decode_utf8_before(text, at);
    if (c == ' ' || c == '\n' || is_closing(c)) continue;
    return c == '.' || c == ';' || c == ':' || c == ',' || c == '?' || c == '!' || c == 0x2026;
  }
  return false;
}

bool ends_with_colon(std::string_view text) {
  text = trim(text);
  return !text.empty() && text.back() == ':';
}

bool upper_case(std::string_view text) {
  bool letters = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = decode_utf8(text, i);
    if (!is_letter(c)) continue;
    if (!is_capital(c)) return false;
    letters = true;
  }
  return letters;
}

bool starts_upper(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = decode_utf8(text, i);
    if (is_letter(c)) return is_capital(c);
    if (c >= '0' && c <= '9') return false;
  }
  return false;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < text.size();) {
    while (i < text.size() && is_blank(text[i])) ++i;
    const std::size_t from = i;
    while (i < text.size() && !is_blank(text[i])) ++i;
    if (i > from) words.push_back(text.substr(from, i - from));
  }
  return words;
}

std::size_t word_count(std::string_view text, std::size_t most) {
  std::size_t count = 0;
  bool blank_before = true;
  for (const char c : text) {
    const bool blank = is_blank(c);
    count += static_cast<std::size_t>(blank_before & !blank);
    blank_before = blank;
    if (count > most) break;
  }
  return count;
}

std::string single_spaced(std::string_view text) {
  std::string out;
  for (const std::string_view word : words_of(text)) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

}  // namespace vanban::parse
