#include <gtest/gtest.h>

#include "vanban/layout/layout.h"

namespace vanban {
namespace {

FlowBlock paragraph(std::string text) {
  FlowBlock block;
  block.text = std::move(text);
  return block;
}

FlowCell cell(std::string text, int colspan = 1, int rowspan = 1, bool header = false) {
  FlowCell one;
  one.text = std::move(text);
  one.colspan = colspan;
  one.rowspan = rowspan;
  one.header = header;
  return one;
}

TEST(Flow, ParagraphsKeepTheirStyle) {
  RawDocument raw;
  FlowBlock heading = paragraph("Mục  tiêu");
  heading.list_label = "I.";
  heading.heading_level = 2;
  heading.bold = true;
  heading.centred = true;
  raw.flow = {heading, paragraph(" "), paragraph("Một\nhai")};
  FlowBlock note;
  note.kind = FlowBlock::Kind::kFootnote;
  note.text = "[1] Không bao gồm";
  raw.flow.push_back(note);
  const LaidOutText laid_out = lay_out_flow(raw);
  EXPECT_EQ(laid_out.text, "I. Mục tiêu\nMột hai\n[1] Không bao gồm\n");
  ASSERT_EQ(laid_out.blocks.size(), 3u);
  EXPECT_EQ(laid_out.blocks[0].heading_level, 2);
  EXPECT_TRUE(laid_out.blocks[0].bold);
  EXPECT_EQ(laid_out.blocks[0].alignment, Alignment::kCentre);
  EXPECT_EQ(laid_out.blocks[2].kind, BlockKind::kFootnote);
  EXPECT_EQ(laid_out.blocks[2].label, "1");
}

TEST(Flow, CellsGetGridColumns) {
  RawDocument raw;
  FlowBlock table;
  table.kind = FlowBlock::Kind::kTable;
  table.rows = {{cell("TT", 1, 2), cell("Nhiệm vụ", 1, 2), cell("Cơ quan", 2)},
                {cell("Chủ trì"), cell("Phối hợp")},
                {cell("1"), cell("Xây dựng\nđề án"), cell(""), cell("Bộ Y tế")}};
  raw.flow = {table};
  const LaidOutText laid_out = lay_out_flow(raw);
  ASSERT_EQ(laid_out.tables.size(), 1u);
  const Table& one = laid_out.tables[0];
  EXPECT_EQ(one.columns, 4);
  ASSERT_EQ(one.header.size(), 2u);
  EXPECT_EQ(one.header[1][0].column, 2);
  EXPECT_EQ(one.header[1][1].column, 3);
  ASSERT_EQ(one.rows.size(), 1u);
  EXPECT_EQ(one.rows[0][1].text, "Xây dựng đề án");
  EXPECT_TRUE(one.rows[0][2].where.empty());
  for (const TableCell& part : one.rows[0]) EXPECT_EQ(part.where.of(laid_out.text), part.text);
}

TEST(Flow, AFrameOfOneRowIsParagraphs) {
  RawDocument raw;
  FlowBlock table;
  table.kind = FlowBlock::Kind::kTable;
  table.rows = {{cell("BỘ Y TẾ\nSố: 1/QĐ-BYT"), cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")}};
  raw.flow = {table};
  const LaidOutText laid_out = lay_out_flow(raw);
  EXPECT_TRUE(laid_out.tables.empty());
  ASSERT_EQ(laid_out.blocks.size(), 3u);
  EXPECT_EQ(laid_out.blocks[0].column, 1);
  EXPECT_EQ(laid_out.blocks[2].column, 2);
}

TEST(Flow, HugeSpansAreCut) {
  RawDocument raw;
  FlowBlock table;
  table.kind = FlowBlock::Kind::kTable;
  table.rows = {{cell("a", 2'000'000'000, 2'000'000'000), cell("b", -5, 0)}, {cell("c"), cell("d")}};
  raw.flow = {table};
  EXPECT_LE(lay_out_flow(raw).tables.at(0).columns, 1000);
}

}  // namespace
}  // namespace vanban
