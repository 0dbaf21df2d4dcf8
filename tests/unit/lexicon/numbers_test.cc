#include "vanban/lexicon/numbers.h"

#include <gtest/gtest.h>

#include <string>

namespace vanban {
namespace {

TEST(Numbers, ParsesVietnameseNumerals) {
  struct Case {
    int line;
    const char* text;
    std::optional<double> expected;
    bool ambiguous;
  };
  const Case cases[] = {
      {__LINE__, "100", 100, false},
      {__LINE__, "05", 5, false},
      {__LINE__, " 45 ", 45, false},
      {__LINE__, "1.459.361.385", 1459361385.0, false},
      {__LINE__, "59.713,7", 59713.7, false},
      {__LINE__, "55,56", 55.56, false},
      {__LINE__, "6,97", 6.97, false},
      {__LINE__, "0,2", 0.2, false},
      {__LINE__, "1.000", 1000, false},
      {__LINE__, "4.128.270", 4128270, false},
      {__LINE__, "12.345,678", 12345.678, false},
      {__LINE__, "1,459,361", 1459361, false},
      {__LINE__, "1,459,361.25", 1459361.25, false},
      {__LINE__, "12.5", 12.5, false},
      {__LINE__, "0.125", 0.125, false},
      {__LINE__, "1234.567", 1234.567, false},
      {__LINE__, "1,459", 1.459, true},
      {__LINE__, "1,000", std::nullopt, true},
      {__LINE__, "0,125", 0.125, false},
      {__LINE__, "999999999999999999", 999999999999999999.0, false},
      {__LINE__, "1000000000000000000", std::nullopt, false},
      {__LINE__, "", std::nullopt, false},
      {__LINE__, ".", std::nullopt, false},
      {__LINE__, "5.", std::nullopt, false},
      {__LINE__, ",5", std::nullopt, false},
      {__LINE__, "2.1.3", std::nullopt, false},  // a label
      {__LINE__, "1,2,3", std::nullopt, false},  // a list
      {__LINE__, "1.23.456", std::nullopt, false},
      {__LINE__, "01.234.567", std::nullopt, false},
      {__LINE__, "1.234,567,8", std::nullopt, false},
      {__LINE__, "10/01", std::nullopt, false},
      {__LINE__, "10%", std::nullopt, false},
      {__LINE__, "12a", std::nullopt, false},
      {__LINE__, "hai mươi", 20, false},
      {__LINE__, "Hai mươi lăm", 25, false},
      {__LINE__, "mười", 10, false},
      {__LINE__, "mười hai", 12, false},
      {__LINE__, "một trăm linh năm", 105, false},
      {__LINE__, "ba trăm bốn mươi mốt nghìn hai trăm", 341200, false},
      {__LINE__, "một tỷ", 1e9, false},
      {__LINE__, "hai triệu rưỡi", 2.5e6, false},
      {__LINE__, "mươi", std::nullopt, false},
      {__LINE__, "nghìn", std::nullopt, false},
      {__LINE__, "rưỡi", std::nullopt, false},
      {__LINE__, "hai ba", std::nullopt, false},
      {__LINE__, "hai cái", std::nullopt, false},
      {__LINE__, "một nghìn triệu", std::nullopt, false},
      {__LINE__, "sở", std::nullopt, false},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    bool ambiguous = true;
    const std::optional<double> got = parse_number(one.text, &ambiguous);
    ASSERT_EQ(got.has_value(), one.expected.has_value());
    if (got) {
      EXPECT_DOUBLE_EQ(*got, *one.expected);
    }
    EXPECT_EQ(ambiguous, one.ambiguous);
  }
}

TEST(Numbers, FindsTheNumberAtAPlace) {
  struct Case {
    int line;
    const char* text;
    std::size_t at;
    const char* expected;  // null: none
  };
  const Case cases[] = {
      {__LINE__, "đạt 100%.", 7, "100"},    {__LINE__, "59.713,7 tỷ đồng", 0, "59.713,7"},
      {__LINE__, "là 17.", 4, "17"},        {__LINE__, "45/81 văn bản", 0, "45"},
      {__LINE__, "45/81 văn bản", 3, "81"}, {__LINE__, "61, 33", 0, "61"},
      {__LINE__, "≥50", 3, "50"},           {__LINE__, "–15", 3, "15"},
      {__LINE__, "1.459", 1, nullptr},      {__LINE__, "1.459", 2, nullptr},
      {__LINE__, "2024", 2, nullptr},       {__LINE__, "A4", 1, nullptr},
      {__LINE__, "QĐ15", 3, nullptr},       {__LINE__, "abc", 0, nullptr},
      {__LINE__, "", 0, nullptr},           {__LINE__, "5", 9, nullptr},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const std::string text = one.text;
    const std::optional<TextRange> got = number_at(text, one.at);
    ASSERT_EQ(got.has_value(), one.expected != nullptr);
    if (got) {
      EXPECT_EQ(got->of(text), one.expected);
    }
  }
}

TEST(Numbers, ParsesRomanNumerals) {
  struct Case {
    int line;
    const char* text;
    int expected;  // 0: none
  };
  const Case cases[] = {
      {__LINE__, "I", 1},   {__LINE__, "iv", 4},    {__LINE__, "IX", 9},        {__LINE__, "XIV", 14},
      {__LINE__, "XL", 40}, {__LINE__, "xcix", 99}, {__LINE__, "CCCXCIX", 399}, {__LINE__, "C", 100},
      {__LINE__, "", 0},    {__LINE__, "IIII", 0},  {__LINE__, "VV", 0},        {__LINE__, "IC", 0},
      {__LINE__, "CD", 0},  {__LINE__, "Iv", 0},    {__LINE__, "A", 0},         {__LINE__, "VI.", 0},
      {__LINE__, "IXI", 0}, {__LINE__, "đ", 0},     {__LINE__, "CCCC", 0},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(parse_roman(one.text).value_or(0), one.expected);
  }
}

}  // namespace
}  // namespace vanban
