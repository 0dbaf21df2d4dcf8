#include <gtest/gtest.h>

#include <string>

#include "support/golden.h"
#include "vanban/layout/layout.h"

namespace vanban {
namespace {

std::string dump_rows(const std::vector<TableRow>& rows, const char* sign) {
  std::string out;
  for (const TableRow& row : rows) {
    out += sign;
    for (const TableCell& cell : row) {
      out += " | ";
      if (cell.colspan > 1) out += "<" + std::to_string(cell.colspan) + ">";
      out += cell.text;
    }
    out += '\n';
  }
  return out;
}

// One line for each paragraph ("p"), footnote ("n"), table row ("h", "r"), footnote mark ("m") and diagnostic
// ("d").
std::string dump(const std::string& input) {
  RawDocument raw;
  for (const char c : input) raw.plain_text += c == '@' ? '\f' : c;  // a form feed is hard to see
  const LaidOutText laid_out = lay_out_plain_text(raw);
  std::string out;
  for (const Block& block : laid_out.blocks) {
    if (block.kind == BlockKind::kTable) {
      const Table& table = laid_out.tables[block.table];
      out += table.inferred ? "t inferred\n" : "t\n";
      out += dump_rows(table.header, "h") + dump_rows(table.rows, "r");
    } else if (block.kind == BlockKind::kFootnote) {
      out += "n " + block.label + ": " + std::string(block.where.of(laid_out.text)) + "\n";
    } else {
      out += "p " + std::string(block.where.of(laid_out.text)) + "\n";
    }
  }
  for (const FootnoteMark& mark : laid_out.footnote_marks) {
    const std::size_t from = mark.where.begin > 8 ? mark.where.begin - 8 : 0;
    std::size_t begin = from;
    while (begin < mark.where.begin && (static_cast<unsigned char>(laid_out.text[begin]) & 0xC0) == 0x80)
      ++begin;
    out += "m " + mark.label + ": " + laid_out.text.substr(begin, mark.where.end - begin) + "\n";
  }
  for (const Diagnostic& diagnostic : laid_out.diagnostics)
    out += "d " + diagnostic.code + ": " + diagnostic.message + "\n";
  return out;
}

TEST(PlainTextGolden, Cases) { testing::run_golden("layout_plain", dump); }

}  // namespace
}  // namespace vanban
