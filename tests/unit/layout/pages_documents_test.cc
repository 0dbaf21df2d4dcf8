// Real pages, as the reader saw them (tests/data/layout/*.tsv, format in support/page_dump.h).

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "layout/pages.h"
#include "support/golden.h"
#include "support/page_dump.h"
#include "vanban/layout/layout.h"

namespace vanban {
namespace {

const char* const kDocuments[] = {"gm-06-2020.tsv", "221-vpcp-kstt-2024-p01.ocr.tsv",
                                  "221-vpcp-kstt-2024.tsv", "qd-844-2026.tsv", "tt-26-2026.tsv"};

RawDocument read_document(const std::string& name) {
  return testing::read_page_dump(
      testing::read_file(std::filesystem::path(VANBAN_SOURCE_DIR) / "tests" / "data" / "layout" / name));
}

void dump_row(std::ostream& out, const char* kind, const TableRow& row) {
  out << "  " << kind;
  for (const TableCell& cell : row) {
    out << " |" << cell.column;
    if (cell.colspan > 1) out << " c" << cell.colspan;
    if (cell.rowspan > 1) out << " r" << cell.rowspan;
    out << "| " << cell.text;
  }
  out << "\n";
}

std::string dump(const LaidOutText& text) {
  std::ostringstream out;
  for (const Block& block : text.blocks) {
    if (block.kind == BlockKind::kTable) {
      const Table& table = text.tables[block.table];
      out << "table " << table.id << " page " << table.page << " columns " << table.columns << "\n";
      for (const TableRow& row : table.header) dump_row(out, "head", row);
      for (const TableRow& row : table.rows) dump_row(out, "row", row);
      continue;
    }
    out << (block.kind == BlockKind::kFootnote ? "footnote " + block.label : "paragraph") << " page "
        << block.page;
    if (block.column != 0) out << " column " << block.column;
    out << " "
        << "?LCRJ"[static_cast<int>(block.alignment)] << (block.bold ? " bold" : "")
        << (block.italic ? " italic" : "") << ": " << block.where.of(text.text) << "\n";
  }
  for (const FootnoteMark& mark : text.footnote_marks) {
    out << "mark " << mark.label << " " << mark.where.begin << "-" << mark.where.end << "\n";
  }
  return out.str();
}

TEST(PagesDocuments, Golden) {
  testing::run_golden("layout/pages", [](const std::string& input) {
    return dump(lay_out_pages(read_document(input.substr(0, input.find('\n')))));
  });
}

// Every word is in the text once, but furniture and a table's repeated head; ranges are in order and inside.
TEST(PagesDocuments, NoWordIsLostOrDoubled) {
  for (const char* name : kDocuments) {
    SCOPED_TRACE(name);
    const RawDocument raw = read_document(name);
    const LaidOutText text = lay_out_pages(raw);
    std::multiset<std::string> expected, left_out, got;
    for (const pages::Page& page : pages::analyse(raw)) {
      std::set<std::size_t> furniture;
      for (const pages::Line& line : page.furniture) furniture.insert(line.words.begin(), line.words.end());
      for (std::size_t i = 0; i < page.words.size(); ++i) {
        if (furniture.count(i) == 0) expected.insert(page.words[i].text);
      }
    }
    for (const PlacedWord& word : text.words) got.insert(std::string(word.where.of(text.text)));
    std::set_difference(expected.begin(), expected.end(), got.begin(), got.end(),
                        std::inserter(left_out, left_out.end()));
    EXPECT_TRUE(std::includes(expected.begin(), expected.end(), got.begin(), got.end()));
    std::multiset<std::string> heads;  // as often as pages: a head is repeated at most once a page
    for (const Table& table : text.tables) {
      for (const TableRow& row : table.header) {
        for (const TableCell& cell : row) {
          std::istringstream words(cell.text);
          for (std::string word; words >> word;) {
            for (std::size_t page = 1; page < raw.pages.size(); ++page) heads.insert(word);
          }
        }
      }
    }
    EXPECT_TRUE(std::includes(heads.begin(), heads.end(), left_out.begin(), left_out.end()));

    std::size_t end = 0;
    for (const PlacedWord& word : text.words) {
      EXPECT_LE(end, word.where.begin);
      end = word.where.end;
    }
    EXPECT_LE(end, text.text.size());
    end = 0;
    for (const Block& block : text.blocks) {
      EXPECT_LE(end, block.where.begin);
      end = block.where.end;
    }
    for (const Table& table : text.tables) {
      EXPECT_EQ(table.rows.size(), table.row_pages.size());
      for (const TableRow& row : table.rows) {
        for (const TableCell& cell : row) {
          EXPECT_EQ(cell.text, cell.where.of(text.text));
          EXPECT_LE(cell.column + cell.colspan, table.columns);
        }
      }
    }
    EXPECT_EQ(text.text.find("\n\n"), std::string::npos);
    EXPECT_EQ(text.text.find("  "), std::string::npos);
  }
}

// The page as if it had been drawn turned: by 90 degrees clockwise, or by 270.
void turn(RawPage& page, int degrees) {
  const double width = page.width, height = page.height;
  const auto turned = [&](const Box& box) -> Box {
    if (degrees == 90) return {height - box.y1, box.x0, height - box.y0, box.x1};
    return {box.y0, width - box.x1, box.y1, width - box.x0};
  };
  for (RawWord& word : page.words) {
    word.box = turned(word.box);
    word.rotation = degrees;
  }
  for (Ruling& rule : page.rulings) {
    const Box box = turned({rule.x0, rule.y0, rule.x1, rule.y1});
    rule = {box.x0, box.y0, box.x1, box.y1};
  }
  std::swap(page.width, page.height);
}

TEST(PagesDocuments, TurnedPagesReadTheSame) {
  for (const char* name : kDocuments) {
    for (int degrees : {90, 270}) {
      SCOPED_TRACE(std::string(name) + " " + std::to_string(degrees));
      RawDocument raw = read_document(name);
      const LaidOutText straight = lay_out_pages(raw);
      for (RawPage& page : raw.pages) turn(page, degrees);
      const LaidOutText turned = lay_out_pages(raw);
      EXPECT_EQ(turned.text, straight.text);
      ASSERT_EQ(turned.words.size(), straight.words.size());
      EXPECT_NE(turned.words[0].place, straight.words[0].place);  // places stay those of the page as it is
    }
  }
}

// OCR gives cells instead of ruling lines.
TEST(PagesDocuments, CellsReadLikeRulings) {
  RawDocument raw = read_document("221-vpcp-kstt-2024.tsv");
  const LaidOutText ruled = lay_out_pages(raw);
  const std::vector<pages::Page> pages = pages::analyse(raw);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].grids.empty()) continue;
    raw.pages[i].rulings.clear();
    for (const pages::Grid& grid : pages[i].grids) {
      for (const pages::Cell& cell : grid.cells) raw.pages[i].cells.push_back(cell.box);
    }
  }
  const LaidOutText celled = lay_out_pages(raw);
  ASSERT_EQ(celled.tables.size(), ruled.tables.size());
  for (std::size_t i = 0; i < ruled.tables.size(); ++i)
    EXPECT_EQ(celled.tables[i].rows.size(), ruled.tables[i].rows.size());
  EXPECT_EQ(celled.text, ruled.text);
}

// Pages made to hurt: many words at one place, on one line, in one column, in steps; many rulings.
TEST(PagesDocuments, HostilePagesEnd) {
  constexpr int kCount = 60'000;
  for (int kind = 0; kind < 6; ++kind) {
    SCOPED_TRACE(kind);
    RawDocument raw;
    RawPage page;
    page.number = 1;
    page.width = 600;
    page.height = 800;
    for (int i = 0; i < kCount; ++i) {
      RawWord word;
      word.text = i % 3 == 0 ? "1" : "chữ";
      word.font_size = kind == 4 && i % 2 == 0 ? 5 : 12;
      const double at = i;
      switch (kind) {
        case 0:
          word.box = {100, 100, 120, 112};
          break;
        case 1:
          word.box = {at * 2, 100, at * 2 + 1, 112};
          break;
        case 2:
          word.box = {i % 2 == 0 ? 50.0 : 400.0, at * 12, i % 2 == 0 ? 80.0 : 430.0, at * 12 + 11};
          break;
        case 3:
          word.box = {at, at * 0.01, at + 5, at * 0.01 + 12};
          break;
        case 4:
          word.box = {at * 0.1, 100, at * 0.1 + 4, 112};
          break;
        default:
          word.box = {(i % 200) * 3.0, (i / 200) * 2.0, (i % 200) * 3.0 + 2, (i / 200) * 2.0 + 2};
          break;
      }
      page.words.push_back(word);
    }
    if (kind == 5) {
      for (int i = 0; i < 3000; ++i) {
        page.rulings.push_back({0, i * 0.5, 600, i * 0.5});
        page.rulings.push_back({i * 0.5, 0, i * 0.5, 800});
      }
    }
    raw.pages.push_back(page);
    const LaidOutText text = lay_out_pages(raw);
    EXPECT_FALSE(text.text.empty());
  }
}

}  // namespace
}  // namespace vanban
