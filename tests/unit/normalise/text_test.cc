#include "vanban/normalise/text.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace vanban {
namespace {

struct Row {
  int line;
  std::string input, expected;
};

TEST(CleanText, RemovesAndReplaces) {
  const Row rows[] = {
      {__LINE__, "Nghị quyết số 01/NQ-CP", "Nghị quyết số 01/NQ-CP"},
      {__LINE__, "Nghi\u0323 quye\u0302\u0301t", "Nghị quyết"},
      {__LINE__, "1250/VPCP\u00AD-KSTT\u200B\uFEFF", "1250/VPCP-KSTT"},
      {__LINE__, "Ðiều 5", "Điều 5"},
      {__LINE__, "t\u01A3 ph\u00E1p, NH\u01A2, nh\u01A3\u0303ng", "tư pháp, NHƯ, những"},
      {__LINE__, "N\u0410M", "NAM"},  // Cyrillic А between Latin letters
      {__LINE__, "\u041C\u043E\u0441\u043A\u0432\u0430",
       "\u041C\u043E\u0441\u043A\u0432\u0430"},  // a Cyrillic word stays
      {__LINE__, "a\u00A0b\u2003c\u3000d", "a b c d"},
      {__LINE__, "a\r\nb\rc\fd\te", "a\nb\nc\nd\te"},
      {__LINE__, std::string("a\0b", 3) + "\x01", "ab"},
      {__LINE__,
       "a\xFF"
       "b",
       "a\uFFFD"
       "b"},
      {__LINE__, "\uF0B7 mục", "• mục"},
      {__LINE__, "“Một” – hai…", "“Một” – hai…"},
      {__LINE__, "", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(clean_text(row.input), row.expected);
    EXPECT_EQ(clean_text(row.expected), row.expected);
  }
  std::size_t changes = 0;
  clean_text("a\u00A0b\u200B", &changes);
  EXPECT_EQ(changes, 2u);
}

TEST(CleanText, ManyMarksCostLinearTime) {
  std::string text = "a";
  for (int i = 0; i < 500'000; ++i) text += i % 2 == 0 ? "\u0301" : "\u0323";
  const auto start = std::chrono::steady_clock::now();
  const std::string cleaned = clean_text(text);
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 2.0);
  EXPECT_EQ(clean_text(cleaned), cleaned);
}

TEST(Case, LowerUpperSentence) {
  EXPECT_EQ(to_lower("ĐƯỜNG Số 5 ỦY BAN"), "đường số 5 ủy ban");
  EXPECT_EQ(to_upper("đường số 5"), "ĐƯỜNG SỐ 5");
  EXPECT_EQ(to_sentence_case("I. NHIỆM VỤ"), "I. nhiệm vụ");
  EXPECT_EQ(to_sentence_case("NHIỆM VỤ"), "Nhiệm vụ");
  EXPECT_TRUE(is_upper_case("NGHỊ QUYẾT 01/NQ-CP"));
  EXPECT_FALSE(is_upper_case("NGHỊ QUYếT"));
  EXPECT_FALSE(is_upper_case("2024"));
}

TEST(Fold, StripsMarks) {
  EXPECT_EQ(fold("Đôn đốc, Ủy ban 2024"), "don doc, uy ban 2024");
  EXPECT_EQ(fold("quye\u0302\u0301t"), "quyet");
}

TEST(ComparisonKey, TwoSpellingsOfOneName) {
  const Row rows[] = {
      {__LINE__, "Hoà bình", "hòa bình"},
      {__LINE__, "Thuỷ lợi", "thủy lợi"},
      {__LINE__, "UỶ BAN NHÂN DÂN", "ủy ban nhân dân"},
      {__LINE__, "hòan thành", "hoàn thành"},
      {__LINE__, "qúy I", "quý i"},
      {__LINE__, "khoẻ, mạnh", "khỏe mạnh"},
      {__LINE__, "giá, già, giữa", "giá già giữa"},
      {__LINE__, "Nguyễn Thuý Quỳnh", "nguyễn thúy quỳnh"},
      {__LINE__, "tuổi, của, nghĩa, ngoài, khuỷu, thuở", "tuổi của nghĩa ngoài khuỷu thuở"},
      {__LINE__, "  Bộ  Tài chính – Kế hoạch ", "bộ tài chính kế hoạch"},
      {__LINE__, "15% (mười)", "15% mười"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(comparison_key(row.input), row.expected);
    EXPECT_EQ(comparison_key(row.expected), row.expected);
  }
}

TEST(Syllable, ByInitialRhymeAndTone) {
  for (const char* good : {"nghiêng", "quyết", "Quốc",  "giết",  "gì",   "ĐƯỜNG",  "thuở", "khuỷu",
                           "y",       "kỹ",    "mỹ",    "yếu",   "a",    "hoà",    "hòa",  "quýt",
                           "gìn",     "ngoằn", "tuyển", "xoong", "quỵt", "giường", "uỷ",   "nghệ"}) {
    EXPECT_TRUE(is_possible_syllable(good)) << good;
  }
  for (const char* bad : {"", "xyz", "quyêt", "cê", "kà", "ngê", "nghà", "lµ", "UBND", "email", "tôit", "CP",
                          "thuậnn", "Vieät", "ñöôïc", "b", "qu", "nghiênggg", "hóà"}) {
    EXPECT_FALSE(is_possible_syllable(bad)) << bad;
  }
}

TEST(VietnameseShare, TellsLegacyEncodingsApart) {
  EXPECT_GT(vietnamese_share("Cộng hòa xã hội chủ nghĩa Việt Nam, UBND tỉnh số 15/QĐ-UBND"), 0.95);
  EXPECT_LT(vietnamese_share("Céng hoµ x· héi chñ nghÜa ViÖt Nam"), 0.4);
  EXPECT_LT(vietnamese_share("Coäng hoøa xaõ hoäi chuû nghóa Vieät"), 0.35);
  EXPECT_EQ(vietnamese_share("123 - 456"), 1);
}

}  // namespace
}  // namespace vanban
