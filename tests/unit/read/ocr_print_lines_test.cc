// Lines of print drawn as bars for letters, among strokes that are none.

#include "read/worker/ocr_print_lines.h"

#include <gtest/gtest.h>

#include <vector>

namespace vanban::read {
namespace {

constexpr double kDpi = 200;  // a capital of 13 points is 25 pixels high
constexpr int kWidth = 800, kHeight = 400;

void bar(Pix* ink, int x0, int y0, int x1, int y1) {
  pixRasterop(ink, x0, y0, x1 - x0, y1 - y0, PIX_SET, nullptr, 0, 0);
}

// So many letters from `x` on, standing on `base`.
void letters(Pix* ink, int x, int base, int count) {
  for (int i = 0; i < count; ++i) bar(ink, x + 24 * i, base - 25, x + 24 * i + 18, base);
}

int inked(Pix* image) {
  const PixPointer ink = take(pixThresholdToBinary(image, 128));
  l_int32 count = 0;
  pixCountPixels(ink.get(), &count, nullptr);
  return count;
}

TEST(OcrPrintLines, LettersOnOneBase) {
  const PixPointer ink = take(pixCreate(kWidth, kHeight, 1));
  letters(ink.get(), 100, 100, 8);
  letters(ink.get(), 110, 140, 9);  // close below
  letters(ink.get(), 500, 100, 6);  // another column
  letters(ink.get(), 100, 250, 3);  // too few
  bar(ink.get(), 100, 320, 400, 322);
  const std::vector<PrintLine> lines = printed_lines(ink.get(), {0, 0, kWidth, kHeight}, kDpi);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].base, 100);
  EXPECT_EQ(lines[0].box.x0, 100);
  EXPECT_EQ(lines[1].box.x0, 500);
  EXPECT_EQ(lines[2].base, 140);
  EXPECT_LT(lines[2].top, 115);
}

// A stamped title whose marks touch the print above.
TEST(OcrPrintLines, LinesThatTouch) {
  const PixPointer ink = take(pixCreate(kWidth, kHeight, 1));
  letters(ink.get(), 100, 100, 8);
  letters(ink.get(), 100, 130, 8);
  for (const int letter : {2, 5}) bar(ink.get(), 105 + 24 * letter, 98, 110 + 24 * letter, 106);
  const std::vector<PrintLine> lines = printed_lines(ink.get(), {0, 0, kWidth, kHeight}, kDpi);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1].base, 130);
  EXPECT_EQ(lines[1].box.width(), 186);
}

TEST(OcrPrintLines, OnlyTheLineIsDrawn) {
  const PixPointer ink = take(pixCreate(kWidth, kHeight, 1));
  letters(ink.get(), 100, 100, 8);
  const std::vector<PrintLine> lines = printed_lines(ink.get(), {0, 0, kWidth, kHeight}, kDpi);
  ASSERT_EQ(lines.size(), 1u);
  bar(ink.get(), 106, 66, 112, 71);   // a mark above
  bar(ink.get(), 295, 95, 299, 104);  // a comma
  bar(ink.get(), 310, 20, 314, 180);  // a pen's stroke through the line
  bar(ink.get(), 20, 112, 500, 114);  // and one below it
  letters(ink.get(), 100, 140, 8);    // the next line
  const LineAlone alone = drawn_alone(ink.get(), lines[0], kDpi);
  EXPECT_EQ(inked(alone.image.get()), 8 * 18 * 25 + 6 * 5 + 4 * 9);
  EXPECT_LT(alone.left, 100);
  EXPECT_LT(alone.top, 66);
}

TEST(OcrPrintLines, NoPrintNoLine) {
  const PixPointer ink = take(pixCreate(kWidth, kHeight, 1));
  EXPECT_TRUE(printed_lines(ink.get(), {0, 0, kWidth, kHeight}, kDpi).empty());
  for (int i = 0; i < 8; ++i)
    bar(ink.get(), 100 + 24 * i, 100 + 9 * i, 118 + 24 * i, 125 + 9 * i);  // a slope
  bar(ink.get(), 400, 100, 404, 300);
  EXPECT_TRUE(printed_lines(ink.get(), {0, 0, kWidth, kHeight}, kDpi).empty());
  EXPECT_TRUE(lines_on_one_base({}, 10, kDpi).empty());
}

}  // namespace
}  // namespace vanban::read
