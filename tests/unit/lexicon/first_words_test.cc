#include "vanban/lexicon/first_words.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

constexpr std::array<std::string_view, 4> kLimits = {"chậm nhất", "trước", "6 tháng", "đến hết"};
constexpr std::array<std::string_view, 2> kWork = {"hoàn thành", "xong"};

TEST(FirstWords, KnowsTheFirstWordOfEachPhrase) {
  const FirstWords words({kLimits, kWork});
  struct Row {
    int line;
    std::string_view text;
    std::size_t at;
    bool expected;
  };
  const Row rows[] = {
      {__LINE__, "chậm nhất ngày 5", 0, true},
      {__LINE__, "CHẬM NHẤT", 0, true},
      {__LINE__, "Ðến hết năm", 0, true},  // eth stands for Đ
      {__LINE__, "chậm", 0, true},         // the word alone: only the whole phrase is told by match_words
      {__LINE__, "trước", 0, true},
      {__LINE__, "trước,", 0, true},
      {__LINE__, "xong\xC2\xA0việc", 0, true},
      {__LINE__, "6 tháng", 0, true},
      {__LINE__, "a hoàn", 2, true},
      {__LINE__, "trướcc", 0, false},  // part of a longer word
      {__LINE__, "trướ", 0, false},
      {__LINE__, "truoc", 0, false},  // marks count
      {__LINE__, "nhất", 0, false},   // a second word
      {__LINE__, "66 tháng", 0, false},
      {__LINE__, "6tháng", 0, false},
      {__LINE__, " xong", 0, false},  // no word begins there
      {__LINE__, "", 0, false},
      {__LINE__, "xong", 4, false},
      {__LINE__, "\xFF", 0, false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(words.may_begin(row.text, row.at), row.expected);
  }
}

// What matters: no phrase that stands in the text is denied.
TEST(FirstWords, DeniesNoPhrase) {
  const FirstWords words({kLimits, kWork});
  for (const std::string_view before : {"", " ", "(", "–", "\n"}) {
    for (const std::string_view behind : {"", " ", ".", ")", "\n", "…"}) {
      for (const auto& list :
           {std::span<const std::string_view>(kLimits), std::span<const std::string_view>(kWork)}) {
        for (const std::string_view phrase : list) {
          const std::string text = std::string(before) + std::string(phrase) + std::string(behind);
          ASSERT_NE(match_words(text, before.size(), phrase), 0u) << text;
          EXPECT_TRUE(words.may_begin(text, before.size())) << text;
        }
      }
    }
  }
}

TEST(FirstWords, NoPhrasesBeginNowhere) { EXPECT_FALSE(FirstWords({}).may_begin("chậm nhất", 0)); }

}  // namespace
}  // namespace vanban
