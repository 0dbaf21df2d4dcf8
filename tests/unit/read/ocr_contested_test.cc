// Words that two lines claim, and numbers that lost their slash. No images.

#include "read/worker/ocr_contested.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "read/worker/ocr_readings.h"

namespace vanban::read {
namespace {

RawWord word(const std::string& text, int line, double x, double y, double confidence = 0.9,
             double height = 10) {
  RawWord one;
  one.text = text;
  one.line = line;
  one.box = {x, y, x + 30, y + height};
  one.confidence = confidence;
  return one;
}

std::string texts(const std::vector<RawWord>& words) {
  std::string all;
  for (const RawWord& one : words) all += (all.empty() ? "" : " ") + one.text;
  return all;
}

TEST(OcrContested, LinesOnOneAnotherAreTaken) {
  std::vector<RawWord> words = {word("Kính", 0, 0, 0),           word("gửi", 0, 40, 0),
                                word("THỦ", 1, 0, 100),          word("TƯỚNG", 1, 40, 100),
                                word("THỦ", 2, 2, 102, 0.5, 12), word("2", 2, 200, 100)};
  EXPECT_TRUE(has_contested(words));
  std::vector<RawWord> contested = take_contested(words);
  EXPECT_EQ(texts(words), "Kính gửi");
  EXPECT_EQ(texts(contested), "THỦ TƯỚNG THỦ 2");
  // What nobody read comes back, once.
  words.push_back(word("TƯỚNG", 3, 40, 100));
  return_contested(contested, words);
  EXPECT_EQ(texts(words), "Kính gửi TƯỚNG THỦ 2");
}

TEST(OcrContested, NeighboursStay) {
  // Lines that touch; a hyphen inside a letter's box.
  std::vector<RawWord> words = {word("Kính", 0, 0, 0), word("gửi", 1, 0, 7), word("một", 2, 0, 50),
                                word("dòng", 2, 40, 50), word("-", 4, 41, 54, 0.5)};
  EXPECT_FALSE(has_contested(words));
  EXPECT_TRUE(take_contested(words).empty());
  EXPECT_EQ(words.size(), 5u);
}

TEST(OcrContested, OfTwoOnOnePlaceTheSurerComesBack) {
  std::vector<RawWord> words = {word("một", 2, 0, 50), word("dòng", 2, 40, 50),
                                word("⁄⁄l", 3, 41, 45, 0.3, 20)};
  std::vector<RawWord> contested = take_contested(words);
  EXPECT_TRUE(words.empty());
  return_contested(contested, words);
  EXPECT_EQ(texts(words), "một dòng");
}

TEST(OcrReadings, ANumberWithoutItsSlashIsBroken) {
  struct Case {
    int line;
    std::string word;
    bool broken;
    std::string symbol;
  };
  const Case cases[] = {
      {__LINE__, "0NQ-CP", true, ""},
      {__LINE__, "(63/2010NĐ-CP,", true, ""},
      {__LINE__, "017NQ-CP)", true, ""},
      {__LINE__, "01/NQ-CP", false, "NQ-CP"},
      {__LINE__, "(221/VPCP-KSTT),", false, "VPCP-KSTT"},
      {__LINE__, "45/2018/QĐ-TTg", false, "QĐ-TTg"},
      {__LINE__, "2021-2025", false, ""},
      {__LINE__, "2m-3m", false, ""},
      {__LINE__, "12/2024", false, ""},
      {__LINE__, "NQ-CP", false, ""},
      {__LINE__, "A4", false, ""},
      {__LINE__, "/", false, ""},
      {__LINE__, "", false, ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(is_broken_number(one.word), one.broken);
    EXPECT_EQ(number_symbol(one.word), one.symbol);
  }
}

TEST(OcrReadings, NumbersWithAFractionSlash) {
  EXPECT_EQ(behind_fraction_slash("167⁄QĐ-"), "QĐ-");
  EXPECT_EQ(behind_fraction_slash("(01⁄NQ-CP)"), "NQ-CP)");
  EXPECT_EQ(behind_fraction_slash("167/QĐ-"), "");
  EXPECT_EQ(behind_fraction_slash("1⁄2"), "");
  EXPECT_EQ(behind_fraction_slash("⁄QĐ-TTg"), "");
  EXPECT_EQ(behind_fraction_slash("5⁄"), "");
  EXPECT_EQ(behind_fraction_slash(""), "");
}

}  // namespace
}  // namespace vanban::read
