#include "read/flow_pieces.h"

#include <gtest/gtest.h>

#include "read/wire.h"

namespace vanban::read {
namespace {

std::vector<FlowBlock> decoded(const FlowBlock& block, std::size_t most) {
  std::vector<FlowBlock> out;
  for (const std::string& payload : flow_payloads(block, most)) {
    EXPECT_LE(payload.size(), most);
    EXPECT_TRUE(decode_flow(payload, out.emplace_back()));
  }
  return out;
}

TEST(FlowPieces, ATableIsCutBetweenItsRows) {
  FlowBlock table;
  table.kind = FlowBlock::Kind::kTable;
  for (int i = 0; i < 100; ++i) table.rows.push_back({{"hàng " + std::to_string(i)}, {"ô"}});
  const std::vector<FlowBlock> pieces = decoded(table, 300);
  EXPECT_GT(pieces.size(), 5u);
  int row = 0;
  for (const FlowBlock& piece : pieces) {
    EXPECT_EQ(piece.kind, FlowBlock::Kind::kTable);
    for (const auto& cells : piece.rows) {
      ASSERT_EQ(cells.size(), 2u);
      EXPECT_EQ(cells[0].text, "hàng " + std::to_string(row++));
    }
  }
  EXPECT_EQ(row, 100);
}

TEST(FlowPieces, TextIsCutBetweenWordsAndNoLetterIsLost) {
  FlowBlock paragraph;
  for (int i = 0; i < 200; ++i) paragraph.text += "chữ" + std::to_string(i) + " ";
  paragraph.runs = {{0, 100, ".VnTime"}, {100, paragraph.text.size(), "Arial"}};
  std::string all;
  for (const FlowBlock& piece : decoded(paragraph, 256)) {
    for (const FlowRun& run : piece.runs) EXPECT_LE(run.end, piece.text.size());
    all += piece.text;
  }
  EXPECT_EQ(all, paragraph.text);

  FlowBlock solid;
  for (int i = 0; i < 500; ++i) solid.text += "ữ";
  all.clear();
  for (const FlowBlock& piece : decoded(solid, 200)) all += piece.text;
  EXPECT_EQ(all, solid.text);

  FlowBlock cell;
  cell.kind = FlowBlock::Kind::kTable;
  cell.rows = {{{"1"}, {paragraph.text}}};
  all.clear();
  for (const FlowBlock& piece : decoded(cell, 256)) {
    for (const auto& cells : piece.rows) all += cells.at(1).text;
  }
  EXPECT_EQ(all, paragraph.text);
}

TEST(FlowPieces, WhatFitsStaysWhole) {
  FlowBlock block;
  block.text = "Một đoạn.";
  EXPECT_EQ(decoded(block, 1000).size(), 1u);
}

}  // namespace
}  // namespace vanban::read
