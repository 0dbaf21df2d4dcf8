// What OCR does to an image before it reads it, and what it leaves alone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "support/golden.h"
#include "vanban/read/reader.h"

namespace vanban {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::read_file;

const std::string kData = std::string(VANBAN_SOURCE_DIR) + "/tests/data/read/";

RawPage read_page(const std::string& bytes) {
  ReadOptions options;
  options.worker_program = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
  Reader reader(options);
  auto document = read_bytes(reader, bytes, "page");
  if (!document || document->pages.size() != 1) return {};
  return document->pages.front();
}

std::string all_words(const RawPage& page) {
  std::string text;
  for (const RawWord& word : page.words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

std::string cell_of(const RawPage& page, const std::string& text) {
  for (const RawWord& word : page.words) {
    if (word.text == text) return word.cell < 0 ? "outside" : "cell";
  }
  return "missing";
}

TEST(Ocr, CellsOfARuledTableAreReadByThemselves) {
  struct Case {
    int line;
    std::string file;
    double skew;
  };
  const Case cases[] = {
      {__LINE__, "ocr-table.png", 0},  // level: not turned
      {__LINE__, "ocr-table-tilted.png", 1.5},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const RawPage page = read_page(read_file(kData + one.file));
    EXPECT_NEAR(std::abs(page.skew_degrees), one.skew, 0.15);
    if (one.skew == 0) {
      EXPECT_EQ(page.skew_degrees, 0);
    }
    EXPECT_GE(page.cells.size(), 6u);
    EXPECT_EQ(cell_of(page, "STT"), "cell");
    EXPECT_EQ(cell_of(page, "giao"), "outside");  // "1. Chỉ tiêu giao tại Nghị quyết …" above the table
    EXPECT_THAT(all_words(page), HasSubstr("Cơ quan chủ trì thực hiện"));
    EXPECT_THAT(all_words(page), Not(HasSubstr("'VPCP")));
  }
}

TEST(Ocr, ColouredInkOnBlackPrintIsLeftOut) {
  struct Case {
    int line;
    std::string file;
  };
  const Case cases[] = {
      {__LINE__, "ocr-seal.png"},
      {__LINE__, "ocr-red-print.png"},  // a page printed in red is no page of seals
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const std::string text = all_words(read_page(read_file(kData + one.file)));
    EXPECT_THAT(text, HasSubstr("Chính phủ đã ban hành Nghị quyết"));
  }
}

// A copy without colour: a black seal stands over the signer's title and name.
TEST(Ocr, PrintBelowABlackSealIsRead) {
  const RawPage page = read_page(read_file(kData + "ocr-black-seal.png"));
  const std::string text = all_words(page);
  EXPECT_THAT(text, HasSubstr("CHỦ NHIỆM"));
  EXPECT_THAT(text, HasSubstr("Văn Sơn"));
  EXPECT_THAT(text, HasSubstr("các cá nhân có tên tại"));  // the line above
  EXPECT_THAT(text, Not(HasSubstr("PHÒNG")));              // the seal's own letters
}

// The seal's ring goes through both titles; the pen's strokes go with it.
TEST(Ocr, TitlesThatASealCrossesAreRead) {
  const RawPage page = read_page(read_file(kData + "ocr-seal-on-titles.png"));
  const std::string text = all_words(page);
  EXPECT_THAT(text, HasSubstr("TRƯỞNG, CHỦ NHIỆM"));
  EXPECT_THAT(text, HasSubstr("HÓ CHỦ NHIỆM"));
  EXPECT_THAT(text, HasSubstr("Sỹ Hiệp"));
  EXPECT_THAT(text, HasSubstr("- Ban Tuyên giáo"));
  // A box whose corners are the wrong way round would cost the page.
  for (const RawWord& word : page.words) {
    EXPECT_LE(word.box.x0, word.box.x1) << word.text;
    EXPECT_LE(word.box.y0, word.box.y1) << word.text;
  }
}

// A name stamped in the seal's red, over and beside a signature in blue: the seal and the pen go, the name
// stays.
TEST(Ocr, ANameStampedInRedIsRead) {
  const RawPage page = read_page(read_file(kData + "ocr-red-name.jpg"));
  const std::string text = all_words(page);
  EXPECT_THAT(text, HasSubstr("Lê Hoàng Anh"));
  EXPECT_THAT(text, Not(HasSubstr("KIÊN GIANG")));  // the seal's letters
  EXPECT_THAT(text, HasSubstr("Chánh văn phòng"));
}

// Tesseract leaves out the title that a signature touches.
TEST(Ocr, ALineThatWasLeftOutIsReadByItself) {
  const std::string text = all_words(read_page(read_file(kData + "ocr-missed-title.png")));
  EXPECT_THAT(text, HasSubstr("GIÁM"));
  EXPECT_THAT(text, HasSubstr("Anh"));
  EXPECT_THAT(text, HasSubstr("Nơi nhận:"));
}

TEST(Ocr, TurnedPagesAreReadAndUprightOnesStay) {
  struct Case {
    int line;
    std::string file;
    int rotation;
  };
  const Case cases[] = {
      {__LINE__, "ocr-table.png", 0},
      {__LINE__, "ocr-turned-90.png", 90},
      {__LINE__, "ocr-turned-180.png", 180},
      {__LINE__, "ocr-turned-270.png", 270},
  };
  const RawPage upright = read_page(read_file(kData + "ocr-table.png"));
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const RawPage page = read_page(read_file(kData + one.file));
    ASSERT_FALSE(page.words.empty());
    for (const RawWord& word : page.words) {
      ASSERT_EQ(word.rotation, one.rotation);
      // Places are on the page as it lies.
      EXPECT_GE(word.box.x0, -1);
      EXPECT_LE(word.box.x1, page.width + 1);
      EXPECT_LE(word.box.y1, page.height + 1);
    }
    EXPECT_NEAR(one.rotation % 180 == 0 ? page.width : page.height, upright.width, 2);
    EXPECT_EQ(page.cells.size(), upright.cells.size());
    EXPECT_THAT(all_words(page), HasSubstr("Cơ quan chủ trì thực hiện"));
    EXPECT_EQ(cell_of(page, "STT"), "cell");
  }
}

TEST(Ocr, AFrameIsNoTable) {
  constexpr int kWidth = 1200, kHeight = 800;
  std::string image = "P5 1200 800 255\n" + std::string(kWidth * kHeight, '\xff');
  const std::size_t start = image.size() - kWidth * kHeight;
  const auto fill = [&](int x0, int y0, int x1, int y1) {
    for (int y = y0; y < y1; ++y) {
      for (int x = x0; x < x1; ++x) image[start + static_cast<std::size_t>(y * kWidth + x)] = 0;
    }
  };
  fill(100, 100, 1100, 102);
  fill(100, 700, 1100, 702);
  fill(100, 100, 102, 702);
  fill(1098, 100, 1100, 702);
  const RawPage frame = read_page(image);
  EXPECT_TRUE(frame.cells.empty());
  EXPECT_TRUE(frame.words.empty());
  fill(600, 100, 602, 702);  // a line down the middle makes two cells
  EXPECT_EQ(read_page(image).cells.size(), 2u);
}

}  // namespace
}  // namespace vanban
