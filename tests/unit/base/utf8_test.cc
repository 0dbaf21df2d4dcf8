#include "vanban/base/utf8.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>

namespace vanban {
namespace {

TEST(Utf8, DecodesEveryLengthAndRefusesWhatIsNone) {
  struct Row {
    int line;
    std::string input;
    char32_t first;
    std::size_t length;
  };
  const Row rows[] = {
      {__LINE__, "a", 'a', 1},
      {__LINE__, "đ", 0x111, 2},
      {__LINE__, "ế", 0x1EBF, 3},
      {__LINE__, "😀", 0x1F600, 4},
      {__LINE__, "\x80", kReplacement, 1},              // a continuation alone
      {__LINE__, "\xC0\x80", kReplacement, 1},          // overlong U+0000
      {__LINE__, "\xE1\xBA", kReplacement, 1},          // truncated
      {__LINE__, "\xED\xA0\x80", kReplacement, 1},      // a surrogate
      {__LINE__, "\xF4\x90\x80\x80", kReplacement, 1},  // over U+10FFFF
      {__LINE__, "\xFF", kReplacement, 1},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    std::size_t offset = 0;
    EXPECT_EQ(decode_utf8(row.input, offset), row.first);
    EXPECT_EQ(offset, row.length);
  }
}

TEST(Utf8, ReadsBackwardsWhatItReadsForwards) {
  const std::string text = "Đề án 06 \xFF kết thúc \xE1\xBA";
  std::vector<char32_t> forwards, backwards;
  for (std::size_t i = 0; i < text.size();) forwards.push_back(decode_utf8(text, i));
  for (std::size_t i = text.size(); i > 0;) backwards.push_back(decode_utf8_before(text, i));
  EXPECT_EQ(std::vector<char32_t>(backwards.rbegin(), backwards.rend()), forwards);
  std::size_t start = 0;
  EXPECT_EQ(decode_utf8_before(text, start), U'\0');
}

TEST(Utf8, RepairsAndCounts) {
  std::size_t replaced = 0;
  EXPECT_EQ(to_valid_utf8("a\xFF"
                          "b\x80",
                          &replaced),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(replaced, 2u);
  EXPECT_TRUE(is_valid_utf8("Nghị quyết \xEF\xBF\xBD"));  // U+FFFD itself is valid
  EXPECT_FALSE(is_valid_utf8("Nghi\xE1"));
  EXPECT_EQ(count_code_points("Nghị quyết"), 10u);
}

// Property: what is told of sixteen bytes at once is what is told of each letter. Every text of three pieces,
// at every place of a block.
TEST(Utf8, VietnameseIsPassedOverAsALetterAtATimeWouldBe) {
  const std::string pieces[] = {
      "a",    "ế",   "đ", "Ð", "ã",    "ơ",    "Ƣ",        "ƣ",    "\n",           "\x01",
      "\x7F", "–",   "😀", "á̂", "\xC3", "\xE1", "\xE1\xBA", "\x80", "\xED\xA0\x80", "Ȁ",
      "ḁ",    "\xFF"};
  const auto passes = [&](std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = decode_utf8(text, at);
      const bool letter = (c >= 0xC0 && c < 0x140 && c != 0xD0) || (c >= 0x1E80 && c < 0x1F00) ||
                          (c >= 0x180 && c < 0x1C0 && c != 0x1A2 && c != 0x1A3);
      if (!letter && c != '\n' && (c < 0x20 || c >= 0x7F)) return false;
    }
    return true;
  };
  for (const std::string& first : pieces) {
    for (const std::string& second : pieces) {
      for (std::size_t place = 0; place < 17; ++place) {
        const std::string text = std::string(place, 'x') + first + second + std::string(40, 'y');
        std::string letters = text;
        std::erase_if(letters, [](char c) { return c == 'x' || c == 'y'; });
        bool valid = true;
        for (std::size_t at = 0; at < text.size() && valid;) {
          const std::size_t before = at;
          valid = decode_utf8(text, at) != kReplacement || at - before > 1;
        }
        EXPECT_EQ(is_valid_utf8(text), valid) << first << second << place;
        const std::size_t passed = skip_vietnamese(text, 0);
        EXPECT_LE(passed, text.size());
        EXPECT_TRUE(passed + 16 <= text.size() || passes(letters)) << first << second << place;
      }
    }
  }
}

// Property: bytes -> code points -> bytes is the identity at every code point's start, also over many steps.
TEST(CodePointMap, GoesThereAndBack) {
  for (const std::string& part : {std::string("a"), std::string("ế"), std::string("ađếx😀")}) {
    std::string text;
    while (text.size() < 3000) text += part;
    const CodePointMap map(text);
    std::size_t code_points = 0;
    for (std::size_t i = 0; i < text.size(); ++code_points) {
      ASSERT_EQ(map.to_code_points(i), code_points);
      ASSERT_EQ(map.to_bytes(code_points), i);
      decode_utf8(text, i);
    }
    EXPECT_EQ(map.to_code_points(text.size()), code_points);
    EXPECT_EQ(map.to_code_points(text.size() + 100), code_points);
    EXPECT_EQ(map.to_bytes(code_points + 5), text.size());
  }
  const CodePointMap empty("");
  EXPECT_EQ(empty.to_code_points(0), 0u);
  EXPECT_EQ(empty.to_bytes(0), 0u);
}

}  // namespace
}  // namespace vanban
