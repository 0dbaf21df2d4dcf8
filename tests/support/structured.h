// A laid-out document out of any bytes, for fuzz targets behind the layout: tables with spans, footnotes,
// columns, pages and marks that no plain text leads to, within what layout promises (ranges in order, inside,
// apart; NFC).
//
// One line of input is one block. "|a|b" is a table's row ("||" at its start: of the head; cells "2*3;text"
// span 2 columns and 3 rows), "^1 text" a footnote, "\x01…\x1f" first sets page, column or looks; all else is
// a paragraph. "¹" is a footnote's mark.

#ifndef VANBAN_TESTS_SUPPORT_STRUCTURED_H_
#define VANBAN_TESTS_SUPPORT_STRUCTURED_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "support/shipped.h"
#include "vanban/base/utf8.h"
#include "vanban/doc/document.h"
#include "vanban/normalise/text.h"

namespace vanban::testing {

class StructuredText {
 public:
  // Takes at most the first 32 KB of `bytes`.
  static LaidOutText from(std::string_view bytes) {
    StructuredText made;
    bytes = bytes.substr(0, 32768);
    while (!bytes.empty()) {
      const std::size_t end = std::min(bytes.find('\n'), bytes.size());
      made.add(bytes.substr(0, end));
      bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    made.end_table();
    return std::move(made.out_);
  }

 private:
  void add(std::string_view line) {
    while (!line.empty() && line[0] > 0 && line[0] < 0x20) look(line[0]), line.remove_prefix(1);
    if (line.starts_with("|")) return add_row(line.substr(1));
    end_table();
    Block block = look_;
    if (line.starts_with("^")) {
      block.kind = BlockKind::kFootnote;
      const std::size_t blank = std::min(line.find(' '), line.size());
      block.label = clean(line.substr(1, std::min<std::size_t>(blank, 8) - 1));
      line.remove_prefix(std::min(blank + 1, line.size()));
    }
    block.where = append(clean(line));
    if (!block.where.empty()) out_.blocks.push_back(std::move(block));
  }

  void look(char c) {
    switch (c & 7) {
      case 1:
        ++look_.page;
        break;
      case 2:
        look_.column = (look_.column + 1) % 3;
        break;
      case 3:
        look_.bold = !look_.bold;
        break;
      case 4:
        look_.italic = !look_.italic;
        break;
      case 5:
        look_.alignment = static_cast<Alignment>((static_cast<int>(look_.alignment) + 1) % 5);
        break;
      case 6:
        look_.heading_level = (look_.heading_level + 1) % 7;
        break;
      default:
        look_.indent = look_.indent > 0 ? 0 : 36;
    }
  }

  void add_row(std::string_view line) {
    if (table_.rows.empty() && table_.header.empty()) {
      table_.id = "t" + std::to_string(out_.tables.size() + 1);
      table_.page = look_.page;
      table_.where = {out_.text.size() + (out_.text.empty() ? 0 : 1), 0};
    }
    const bool head = line.starts_with("|") && table_.rows.empty();
    if (line.starts_with("|")) line.remove_prefix(1);
    TableRow row;
    int column = 0;
    for (int cells = 0; cells < 40; ++cells) {
      const std::size_t end = std::min(line.find('|'), line.size());
      std::string_view text = line.substr(0, end);
      TableCell cell;
      cell.column = column;
      if (text.size() > 3 && is_small(text[0]) && text[1] == '*' && is_small(text[2]) && text[3] == ';') {
        cell.colspan = text[0] - '0';
        cell.rowspan = text[2] - '0';
        text.remove_prefix(4);
      }
      cell.text = clean(text);
      cell.where = append(cell.text);
      column += cell.colspan;
      row.push_back(std::move(cell));
      if (end == line.size()) break;
      line.remove_prefix(end + 1);
    }
    table_.columns = std::max(table_.columns, column);
    if (!head) table_.row_pages.push_back(look_.page);
    (head ? table_.header : table_.rows).push_back(std::move(row));
  }

  void end_table() {
    if (table_.rows.empty() && table_.header.empty()) return;
    table_.where.begin = std::min(table_.where.begin, out_.text.size());
    table_.where.end = out_.text.size();
    Block block = look_;
    block.kind = BlockKind::kTable;
    block.where = table_.where;
    block.table = out_.tables.size();
    out_.blocks.push_back(std::move(block));
    out_.tables.push_back(std::exchange(table_, {}));
  }

  static bool is_small(char c) { return c >= '1' && c <= '4'; }

  static std::string clean(std::string_view bytes) {
    std::string text = clean_text(bytes);
    std::replace(text.begin(), text.end(), '\t', ' ');
    std::replace(text.begin(), text.end(), '\n', ' ');
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
  }

  TextRange append(const std::string& text) {
    if (!text.empty() && !out_.text.empty()) out_.text += '\n';
    const std::size_t begin = out_.text.size();
    out_.text += text;
    for (std::size_t at = text.find("¹"); at != std::string::npos; at = text.find("¹", at + 2)) {
      out_.footnote_marks.push_back({{begin + at, begin + at + 2}, "1"});
    }
    return {begin, out_.text.size()};
  }

  LaidOutText out_;
  Table table_;
  Block look_;
};

// What every stage behind the layout promises of a document, whatever came in.
inline void require_sound(const Document& d) {
  const TextRange all{0, d.text.size()};
  const auto sound = [&](const Provenance& from) {
    require(all.contains(from.where) && from.where.begin <= from.where.end);
    require(from.confidence >= 0 && from.confidence <= 1);
    require(from.section.empty() || d.find_section(from.section) != nullptr);
  };
  require(is_valid_utf8(d.text));
  require(!d.header.date.known() || is_valid(d.header.date));
  for (const Section& x : d.sections) {
    require(all.contains(x.where) && all.contains(x.heading_range));
    require(x.parent.empty() || d.find_section(x.parent) != nullptr);
    for (const TextRange& paragraph : x.paragraphs) require(x.where.contains(paragraph));
  }
  for (const Task& x : d.tasks) {
    sound(x.from);
    for (const Deadline& deadline : x.deadlines) {
      require(all.contains(deadline.where));
      require(!deadline.due.known() || (deadline.due.full() && is_valid(deadline.due)));
    }
  }
  for (const Indicator& x : d.indicators) sound(x.from);
  for (const Measurement& x : d.measurements) sound(x.from);
  for (const Reference& x : d.references) {
    sound(x.from);
    require(!x.date.known() || is_valid(x.date));
  }
  for (const InternalReference& x : d.internal_references) sound(x.from);
}

}  // namespace vanban::testing

#endif  // VANBAN_TESTS_SUPPORT_STRUCTURED_H_
