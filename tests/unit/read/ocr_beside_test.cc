// Blocks of print side by side, drawn as bars for lines.

#include "read/worker/ocr_beside.h"

#include <gtest/gtest.h>

#include <vector>

namespace vanban::read {
namespace {

constexpr double kDpi = 200;
constexpr int kWidth = 1654, kHeight = 2339;

struct Bar {
  int x0, y0, x1;
};

std::vector<SideBySide> found_on(const std::vector<Bar>& bars) {
  PixPointer ink = take(pixCreate(kWidth, kHeight, 1));
  for (const Bar& bar : bars) {
    pixRasterop(ink.get(), bar.x0, bar.y0, bar.x1 - bar.x0, 26, PIX_SET, nullptr, 0, 0);
  }
  FoundLines lines;
  lines.mask = take(pixCreate(kWidth, kHeight, 1));
  return side_by_side(ink.get(), lines, kDpi);
}

std::vector<Bar> paragraph(int top, int count) {
  std::vector<Bar> bars;
  for (int i = 0; i < count; ++i) bars.push_back({200, top + 45 * i, 1500});
  return bars;
}

TEST(OcrBeside, RecipientsAndSignature) {
  std::vector<Bar> bars = paragraph(300, 12);
  for (int i = 0; i < 7; ++i) bars.push_back({200, 1000 + 38 * i, 700});    // Nơi nhận
  for (int i = 0; i < 2; ++i) bars.push_back({1000, 1010 + 50 * i, 1400});  // KT. BỘ TRƯỞNG
  bars.push_back({1050, 1350, 1350});  // the name, lower than the recipients
  const std::vector<SideBySide> found = found_on(bars);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_GT(found[0].left.x1, 700);
  EXPECT_LT(found[0].right.x0, 1000);
  EXPECT_GT(found[0].left.y0, 820);
  EXPECT_LE(found[0].left.y0, 1000);
  EXPECT_GE(found[0].right.y1, 1376);
}

TEST(OcrBeside, RunningTextHasNone) {
  EXPECT_TRUE(found_on(paragraph(300, 30)).empty());
  // The last line of a paragraph is short, and nothing stands beside it.
  std::vector<Bar> bars = paragraph(300, 5);
  bars.push_back({200, 525, 500});
  EXPECT_TRUE(found_on(bars).empty());
  // One line in two parts ("Số: … | Hà Nội, ngày …") is a line.
  bars = paragraph(300, 5);
  bars.push_back({200, 600, 600});
  bars.push_back({900, 600, 1500});
  EXPECT_TRUE(found_on(bars).empty());
}

}  // namespace
}  // namespace vanban::read
