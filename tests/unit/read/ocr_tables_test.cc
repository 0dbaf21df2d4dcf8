// Ruled tables in an image: drawn here, lines and all.

#include "read/worker/ocr_tables.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace vanban::read {
namespace {

constexpr double kDpi = 200;

// A table whose columns lean by `lean` pixels from its top to its foot, as a page does that was pulled askew
// through the scanner.
PixPointer drawn(const std::vector<int>& xs, const std::vector<int>& ys, int lean) {
  PixPointer ink = take(pixCreate(1000, 1000, 1));
  const int top = ys.front(), height = ys.back() - top;
  for (const int y : ys)
    pixRasterop(ink.get(), xs.front() - lean, y, xs.back() - xs.front() + lean, 3, PIX_SET, nullptr, 0, 0);
  for (const int x : xs) {
    for (int y = top; y <= ys.back(); ++y)
      pixRasterop(ink.get(), x - lean * (y - top) / height, y, 3, 1, PIX_SET, nullptr, 0, 0);
  }
  return ink;
}

TEST(OcrTables, NeighbouringCellsShareTheirEdges) {
  for (const int lean : {0, 4, 10}) {
    SCOPED_TRACE(lean);
    const PixPointer ink = drawn({100, 300, 500, 800}, {100, 200, 300, 400, 500, 600, 700, 800}, lean);
    const FoundLines lines = find_lines(ink.get(), kDpi);
    ASSERT_EQ(lines.tables.size(), 1u);
    ASSERT_EQ(lines.tables[0].cells.size(), 21u);
    std::set<int> across, down;
    for (const PixelBox& cell : lines.tables[0].cells) {
      const PixelBox box = to_middles(cell, lines);
      across.insert({box.x0, box.x1});
      down.insert({box.y0, box.y1});
      // Never smaller than what is cut out to be read.
      EXPECT_LE(box.x0, cell.x0);
      EXPECT_GE(box.x1, cell.x1);
    }
    EXPECT_EQ(across.size(), 4u);
    EXPECT_EQ(down.size(), 8u);
  }
}

TEST(OcrTables, ACellThatNoLineTouchesStays) {
  const PixPointer ink = drawn({100, 300, 500}, {100, 200, 300}, 0);
  const FoundLines lines = find_lines(ink.get(), kDpi);
  const PixelBox apart{600, 600, 700, 700};
  const PixelBox box = to_middles(apart, lines);
  EXPECT_EQ(box.x0, 600);
  EXPECT_EQ(box.y1, 700);
}

// A cell whose border is broken holds the box of another; that of a neighbour behind a leaning line reaches
// into it by a little.
TEST(OcrTables, CellsInsideAnotherOnesBox) {
  const std::vector<PixelBox> cells{
      {100, 100, 500, 400}, {300, 200, 505, 300}, {495, 100, 700, 400}, {100, 395, 300, 500}};
  const auto inside = cells_inside(cells, 0, kDpi);
  ASSERT_EQ(inside.size(), 1u);
  EXPECT_EQ(inside[0].x0, 300);
  for (const std::size_t other : {1u, 2u, 3u}) EXPECT_TRUE(cells_inside(cells, other, kDpi).empty());
}

}  // namespace
}  // namespace vanban::read
