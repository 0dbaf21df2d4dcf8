// Raised digits at the end of a word, drawn as bars for signs.

#include "read/worker/ocr_marks.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vanban::read {
namespace {

constexpr double kEm = 50;  // pixels: 12 points at 300 dpi
constexpr int kLine = 80;   // where the print stands

struct Sign {
  int width, height, bottom;
};

// Signs one after another, four pixels apart, at the left edge of a page.
std::optional<RaisedEnd> found_in(const std::vector<Sign>& signs, double em = kEm) {
  const PixPointer ink = take(pixCreate(600, 120, 1));
  int x = 10;
  for (const Sign& sign : signs) {
    pixRasterop(ink.get(), x, sign.bottom - sign.height, sign.width, sign.height, PIX_SET, nullptr, 0, 0);
    x += sign.width + 4;
  }
  return raised_end(ink.get(), {5, 20, x, 110}, em);
}

constexpr Sign kLetter{20, 24, kLine}, kTall{22, 34, kLine}, kStop{5, 5, kLine}, kRaised{10, 19, kLine - 17},
    kQuote{6, 12, kLine - 22}, kDescends{20, 24, kLine + 10}, kDash{16, 4, kLine - 12};

TEST(OcrMarks, SmallRaisedSignsAtTheEndOfAWord) {
  struct Case {
    int line;
    std::vector<Sign> signs;
    std::size_t count;  // 0: none
  };
  const Case cases[] = {
      {__LINE__, {kTall, kLetter, kLetter, kRaised}, 1},
      {__LINE__, {kTall, kLetter, kRaised, kRaised, kStop}, 2},  // "nghiệp¹³."
      {__LINE__, {kTall, kTall, kRaised, kRaised}, 2},           // "06¹⁶"
      {__LINE__, {kLetter, kDescends, kRaised}, 1},
      {__LINE__, {kTall, kLetter, kTall}, 0},           // all on the line
      {__LINE__, {kTall, kLetter, kStop}, 0},           // a stop
      {__LINE__, {kTall, kLetter, kQuote, kQuote}, 0},  // too small for digits
      {__LINE__, {kTall, kRaised, kTall}, 0},           // not at the end
      {__LINE__, {kRaised, kRaised}, 0},                // nothing that it could belong to
      {__LINE__, {kTall, kRaised, kRaised, kRaised, kRaised}, 0},
      {__LINE__, {kTall, kLetter, kDash}, 0},
      {__LINE__, {kTall, kDescends}, 0},
      {__LINE__, {}, 0},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const auto raised = found_in(one.signs);
    ASSERT_EQ(raised.has_value(), one.count != 0);
    if (!raised) continue;
    EXPECT_EQ(raised->count, one.count);
    EXPECT_EQ(raised->box.y1, kLine - 17);
    EXPECT_EQ(raised->box.height(), 19);
    EXPECT_EQ(raised->box.width(), one.count == 1 ? 10 : 24);
  }
  EXPECT_FALSE(found_in({kTall, kRaised}, 4));  // print too small to tell
}

TEST(OcrMarks, WordsThatMayHaveOne) {
  for (const std::string word : {"phủ!", "viên?", "chức”.", "0619", "quốc gia1.", "TTHC2)"})
    EXPECT_TRUE(may_have_mark(word)) << word;
  for (const std::string word : {"phủ", "phủ.", "", "1", "!", ".", "NQ-CP;"})
    EXPECT_FALSE(may_have_mark(word)) << word;
}

TEST(OcrMarks, TheWordWithoutItsMark) {
  struct Case {
    int line;
    std::string text;
    std::size_t signs;
    std::string word, stops;  // word empty: nothing
  };
  const Case cases[] = {
      {__LINE__, "phủ!", 1, "phủ", ""},
      {__LINE__, "phủ!.", 1, "phủ", "."},
      {__LINE__, "chức”", 2, "chức", ""},  // two digits read as one sign
      {__LINE__, "nghiệp13.", 2, "nghiệp", "."},
      {__LINE__, "0619.", 2, "06", "."},
      {__LINE__, "20242", 1, "2024", ""},
      {__LINE__, "(TTHC)2,", 1, "(TTHC)", ","},
      {__LINE__, "2024!", 1, "2024", ""},
      {__LINE__, "06!", 2, "", ""},  // of the word and of the mark, perhaps
      {__LINE__, "phủ", 1, "", ""},  // the sign was not read at all
      {__LINE__, "16", 2, "", ""},   // nothing is left
      {__LINE__, "", 1, "", ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const auto parted = without_mark(one.text, one.signs);
    ASSERT_EQ(parted.has_value(), !one.word.empty());
    if (!parted) continue;
    EXPECT_EQ(parted->word, one.word);
    EXPECT_EQ(parted->stops, one.stops);
  }
}

}  // namespace
}  // namespace vanban::read
