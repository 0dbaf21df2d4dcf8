// Document numbers that OCR read in a shape that none has.

#include "vanban/normalise/ocr_numbers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/shipped.h"

namespace vanban {
namespace {

RawDocument page_of(const std::vector<std::pair<std::string, double>>& words) {
  RawDocument raw;
  raw.pages.resize(1);
  raw.pages[0].origin = TextOrigin::kOcr;
  for (const auto& [text, confidence] : words) {
    RawWord word;
    word.text = text;
    word.confidence = confidence;
    raw.pages[0].words.push_back(word);
  }
  return raw;
}

TEST(OcrNumbers, PutsRightWhatCanOnlyBeOneNumber) {
  struct Case {
    int line;
    std::string word;
    std::vector<std::string> others;
    std::string want;
    bool sure;  // its digits are those that were read
  };
  const Case cases[] = {
      {__LINE__, "06/CT-T'Tg", {}, "06/CT-TTg", true},
      {__LINE__, "(01/NÑQ-CP,", {}, "(01/NQ-CP,", true},
      {__LINE__, "01/ÑQ-CP", {}, "01/NQ-CP", true},
      {__LINE__, "01/7NQ-CP),", {}, "01/NQ-CP),", false},
      {__LINE__, "45/2018/1QĐ-TTg", {}, "45/2018/QĐ-TTg", false},
      {__LINE__, "017NQ-CP", {}, "01/NQ-CP", false},
      {__LINE__, "01NQ-CP", {}, "01/NQ-CP", false},
      {__LINE__, "“59QĐ-TTg", {}, "“59/QĐ-TTg", false},
      {__LINE__, "127NQ-CP", {"127/NQ-CP"}, "127/NQ-CP", false},
      {__LINE__, "127NQ-CP", {"12/NQ-CP"}, "12/NQ-CP", false},
      {__LINE__, "807/VPCP-KSTTT", {"221/VPCP-KSTT"}, "807/VPCP-KSTT", true},
      {__LINE__, "409/QD-BTC", {}, "409/QĐ-BTC", true},
      {__LINE__, "/QD-BCĐCCHC", {}, "/QĐ-BCĐCCHC", true},  // behind a number written by hand
      {__LINE__, "807/VPCP-KST", {"221/VPCP-KSTT"}, "807/VPCP-KSTT", true},
      {__LINE__, "1259/QĐĐ-BTP", {}, "1259/QĐ-BTP", true},
      {__LINE__, "846/QĐĐ-", {}, "846/QĐ-", true},  // goes on in the next line
      {__LINE__, "592/TTI-BNV", {}, "592/TTr-BNV", true},
      {__LINE__, "65/TT:-BKHCN", {}, "65/TTr-BKHCN", true},
      {__LINE__, "174/2024/QHI5", {}, "174/2024/QH15", true},
      {__LINE__, "(43/2013/QHl3),", {}, "(43/2013/QH13),", true},
      {__LINE__, "72/2025/OH15", {}, "72/2025/QH15", true},
      {__LINE__, "1211/2016/UBTVQHI3", {}, "1211/2016/UBTVQH13", true},
      {__LINE__, "02/2009/TT1-BYT", {}, "02/2009/TT-BYT", false},
      {__LINE__, "142/QĐ-TTE", {}, "142/QĐ-TTg", true},
      {__LINE__, "63/2010NĐ-CP", {}, "63/2010/NĐ-CP", false},
      {__LINE__, "082022/QĐ-UBND", {}, "08/2022/QĐ-UBND", false},
      {__LINE__, "01/⁄2018/TT-VPCP", {}, "01/2018/TT-VPCP", true},
      {__LINE__, "01⁄2018/TT-VPCP", {}, "01/2018/TT-VPCP", false},
      {__LINE__, "I/⁄2024", {}, "I/2024", true},
      {__LINE__, "08/62010,", {}, "08/6/2010,", false},
      {__LINE__, "31/102017", {}, "31/10/2017", false},
  };
  const auto& repair = testing::shipped<OcrNumbers>();
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    std::vector<std::pair<std::string, double>> words = {{one.word, 0.8}};
    for (const std::string& other : one.others) words.emplace_back(other, 0.95);
    const std::optional<RawDocument> got = repair.repaired(page_of(words));
    ASSERT_TRUE(got.has_value());
    const RawWord& word = got->pages[0].words[0];
    EXPECT_EQ(word.text, one.want);
    EXPECT_EQ(word.read_as, one.word);
    EXPECT_EQ(word.confidence, one.sure ? 0.8 : 0.5);
  }
}

TEST(OcrNumbers, TheSymbolOfANumberThatGoesOnInTheNextLine) {
  struct Case {
    int line;
    std::string before, word, want;  // want empty: stays as it is
  };
  const Case cases[] = {
      {__LINE__, "02/", "ÑQ-CP", "NQ-CP"},
      {__LINE__, "(số45/2018/", "QD-TTg,", "QĐ-TTg,"},
      {__LINE__, "139/", "QĐ-TTE.", "QĐ-TTg."},
      {__LINE__, "02/", "NQ-CP", ""},
      {__LINE__, "và/", "ÑQ-CP", ""},   // no number before it
      {__LINE__, "02", "ÑQ-CP", ""},    // nor a slash
      {__LINE__, "02/", "ÑQX-CP", ""},  // no type
      {__LINE__, "02/", "Ñguyễn", ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const auto got = testing::shipped<OcrNumbers>().repaired(page_of({{one.before, 0.9}, {one.word, 0.6}}));
    ASSERT_EQ(got.has_value(), !one.want.empty());
    if (!got) continue;
    EXPECT_EQ(got->pages[0].words[1].text, one.want);
    EXPECT_EQ(got->pages[0].words[1].read_as, one.word);
  }
}

TEST(OcrNumbers, ANumberThatIsNoYearIsDoubtful) {
  struct Case {
    int line;
    std::string before, word;
    bool doubtful;
  };
  const Case cases[] = {
      {__LINE__, "năm", "20435.", true},     {__LINE__, "năm", "9024", true},
      {__LINE__, "NĂM", "20224", true},      {__LINE__, "năm", "2045.", false},
      {__LINE__, "năm", "1945,", false},     {__LINE__, "năm", "100", false},  // "năm 100 tuổi"
      {__LINE__, "số", "20435", false},                                        // a count
      {__LINE__, "năm", "2021-2030", false},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const auto got = testing::shipped<OcrNumbers>().repaired(page_of({{one.before, 0.9}, {one.word, 0.85}}));
    ASSERT_EQ(got.has_value(), one.doubtful);
    if (!got) continue;
    EXPECT_EQ(got->pages[0].words[1].text, one.word);  // no digit is changed
    EXPECT_EQ(got->pages[0].words[1].confidence, 0.5);
  }
}

// A mention that is hard to read does not take another misread symbol for its own.
TEST(OcrNumbers, TheSurestMentionOfASymbolCounts) {
  const auto got = testing::shipped<OcrNumbers>().repaired(
      page_of({{"1250/VPCP-KSTT", 0.91}, {"8363/VPCP-KSTT", 0.48}, {"807/VPCP-KSTTT", 0.65}}));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->pages[0].words[1].text, "8363/VPCP-KSTT");
  EXPECT_EQ(got->pages[0].words[2].text, "807/VPCP-KSTT");
}

TEST(OcrNumbers, ADateInWordsHasDigitsOnly) {
  struct Case {
    int line;
    std::vector<std::string> words;
    std::size_t at;
    std::string want;  // empty: stays as it is
  };
  const Case cases[] = {
      {__LINE__, {"ngày", "l1", "tháng", "4", "năm", "2024"}, 1, "11"},
      {__LINE__, {"01", "tháng", "Š", "năm", "2024"}, 2, "5"},
      {__LINE__, {"ngày", "24", "tháng1O", "năm", "2025"}, 2, "tháng10"},
      {__LINE__, {"ngày3O", "tháng", "6"}, 0, "ngày30"},
      {__LINE__, {"ngày", "22í", "12/", "2011"}, 1, "22/"},
      {__LINE__, {"ngày", "7l", "12/2011"}, 1, "7/"},
      {__LINE__, {"ngày", "3l", "12/2011"}, 1, ""},       // the third or the thirty-first
      {__LINE__, {"ngày", "22í", "14/", "2011"}, 1, ""},  // no month
      {__LINE__, {"ngày", "22ký", "12/", "2011"}, 1, ""},
      {__LINE__, {"ngày", "22", "12/", "2011"}, 1, ""},
      {__LINE__, {"ngày", "11", "tháng", "4"}, 1, ""},
      {__LINE__, {"ngày", "S5", "tháng", "4"}, 1, ""},    // no day
      {__LINE__, {"tháng", "1S", "năm", "2024"}, 1, ""},  // no month
      {__LINE__, {"ngày", "lễ", "tháng", "4"}, 1, ""},
      {__LINE__, {"trong", "I", "tháng", "qua"}, 1, ""},
      {__LINE__, {"tháng", "‡⁄+", "năm"}, 1, ""},
  };
  const auto& repair = testing::shipped<OcrNumbers>();
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    std::vector<std::pair<std::string, double>> words;
    for (const std::string& word : one.words) words.emplace_back(word, 0.9);
    const std::optional<RawDocument> got = repair.repaired(page_of(words));
    ASSERT_EQ(got.has_value(), !one.want.empty());
    if (!got) continue;
    const RawWord& word = got->pages[0].words[one.at];
    EXPECT_EQ(word.text, one.want);
    EXPECT_EQ(word.read_as, one.words[one.at]);
    EXPECT_EQ(word.confidence, 0.5);
  }
}

TEST(OcrNumbers, AQuarterHasARomanNumeral) {
  struct Case {
    int line;
    std::string before, word, want;
  };
  const Case cases[] = {
      {__LINE__, "Quý", "II1/2026", "III/2026"},
      {__LINE__, "Quý", "l/2027", "I/2027"},
      {__LINE__, "quý", "1V/2026;", "IV/2026;"},
      {__LINE__, "Quý", "IH/2026", "III/2026"},
      {__LINE__, "Quý", "11/2026", "II/2026"},
      // As it may be printed, no quarter, or no year behind it.
      {__LINE__, "Quý", "III/2026", "III/2026"},
      {__LINE__, "Quý", "1/2026", "1/2026"},
      {__LINE__, "Quý", "111/QĐ-TTg", "111/QĐ-TTg"},
      {__LINE__, "Quý", "IIL2026", "IIL2026"},
      {__LINE__, "Quý", "VI/2026", "VI/2026"},
      {__LINE__, "số", "II1/2026", "II1/2026"},
      {__LINE__, "tháng", "11/2026", "11/2026"},
      {__LINE__, "Quý", "/2026", "/2026"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const RawDocument raw = page_of({{one.before, 0.9}, {one.word, 0.9}});
    const std::optional<RawDocument> better = testing::shipped<OcrNumbers>().repaired(raw);
    EXPECT_EQ((better ? *better : raw).pages[0].words[1].text, one.want);
    if (one.want == one.word) continue;
    EXPECT_EQ(better->pages[0].words[1].read_as, one.word);
    EXPECT_LE(better->pages[0].words[1].confidence, 0.5);
  }
}

TEST(OcrNumbers, LeavesWhatIsRightOrCouldBeSeveral) {
  struct Case {
    int line;
    std::string word;
    std::vector<std::string> others;
  };
  const Case cases[] = {
      {__LINE__, "01/NQ-CP", {}},
      {__LINE__, "19-NQ/TW", {}},
      {__LINE__, "45/2018/QĐ-TTg", {}},
      {__LINE__, "33/2023/QH15", {}},
      {__LINE__, "221/VPCP-KSTT.", {"5/VPCP-KSTTN"}},
      {__LINE__, "807/VPCP-KSTT", {"221/VPCP-KSTT"}},
      {__LINE__, "17/1/2024", {}},
      {__LINE__, "2021-2025", {}},
      {__LINE__, "7NÔNG", {}},
      {__LINE__, "QĐ-TTg", {}},
      {__LINE__, "12/HD-BTP", {}},   // hướng dẫn
      {__LINE__, "12/GDĐT-VP", {}},  // a body
      {__LINE__, "/HD-BTP", {}},
      {__LINE__, "12/TTT-VP", {}},  // a provincial inspectorate
      {__LINE__, "12/QĐ-TTR", {}},
      {__LINE__, "08/6/2010", {}},
      {__LINE__, "08/2010", {}},
      {__LINE__, "45/132010", {}},
      {__LINE__, "12/62910", {}},
      {__LINE__, "12018/QĐ-TTg", {}},
      {__LINE__, "b/c", {}},
      {__LINE__, "'VPCP'", {}},
      {__LINE__, "12/5XY-Z", {}},                                       // no type
      {__LINE__, "807/VPCP-KSTTT", {"221/VPCP-KSTT", "9/VPCP-KSTTT"}},  // both are there
  };
  const auto& repair = testing::shipped<OcrNumbers>();
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    std::vector<std::pair<std::string, double>> words = {{one.word, 0.93}};
    for (const std::string& other : one.others) words.emplace_back(other, 0.95);
    EXPECT_FALSE(repair.repaired(page_of(words)).has_value());
  }
}

TEST(OcrNumbers, ASymbolIsWhatMostMentionsSay) {
  const auto got = testing::shipped<OcrNumbers>().repaired(
      page_of({{"8363/VPCP-KSTTT", 0.93}, {"1/VPCP-KSTT", 0.9}, {"2/VPCP-KSTT", 0.9}, {"3/VPCP-KSTT", 0.9}}));
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->pages[0].words[0].text, "8363/VPCP-KSTT");
}

TEST(OcrNumbers, WhatCannotBeDecidedIsDoubtful) {
  for (const std::vector<std::pair<std::string, double>>& words :
       {std::vector<std::pair<std::string, double>>{{"127NQ-CP", 0.9}},
        {{"127NQ-CP", 0.9}, {"12/NQ-CP", 0.9}, {"127/NQ-CP", 0.9}}}) {
    const std::optional<RawDocument> got = testing::shipped<OcrNumbers>().repaired(page_of(words));
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->pages[0].words[0].text, "127NQ-CP");
    EXPECT_EQ(got->pages[0].words[0].confidence, 0.5);
  }
}

TEST(OcrNumbers, ATextLayerIsLeftAlone) {
  RawDocument raw = page_of({{"01/7NQ-CP", 1}});
  raw.pages[0].origin = TextOrigin::kTextLayer;
  EXPECT_FALSE(testing::shipped<OcrNumbers>().repaired(raw).has_value());
}

// What stands around a number of the Party says which it is.
TEST(OcrNumbers, APartyNumberIsOfTheTypeAndBodyThatTheTextNames) {
  struct Case {
    int line;
    std::string text, want;  // want empty: stays as it is
  };
  const Case cases[] = {
      {__LINE__, "Kết luận số 210-KƯTW; Kết luận số 210-KL/TW của Bộ Chính trị",
       "Kết luận số 210-KL/TW; Kết luận số 210-KL/TW của Bộ Chính trị"},
      {__LINE__, "Kết luận số 213-KI.TW ngày 21 tháng 11 năm 2025",
       "Kết luận số 213-KL/TW ngày 21 tháng 11 năm 2025"},
      {__LINE__, "theo 213-KL/TW, Kết luận só 213-KI. TW nhằm", "theo 213-KL/TW, Kết luận só 213-KL/TW nhằm"},
      {__LINE__, "theo 42-CT/TW, Chỉ thị số 42-C7 TH ngày", "theo 42-CT/TW, Chỉ thị số 42-CT/TW ngày"},
      {__LINE__, "Kết luận số 213-KI. TW, Kết luận số 213-KI. TW, Kết luận số 213- KƯTW;",
       "Kết luận số 213-KL/TW, Kết luận số 213-KL/TW, Kết luận số 213- KL/TW;"},
      {__LINE__, "(Chỉ thị số 42-CT TW, ngày 24)", "(Chỉ thị số 42-CT/TW, ngày 24)"},
      {__LINE__, "Kết luận số 213-KL/T\\N ngày 21 tháng 11 năm 2025 của Ban Bí thư",
       "Kết luận số 213-KL/TW ngày 21 tháng 11 năm 2025 của Ban Bí thư"},
      {__LINE__, "Chương trình hành động số 33-CT: HU ngày 21/5/2015 của Tỉnh ủy",
       "Chương trình hành động số 33-CTr/TU ngày 21/5/2015 của Tỉnh ủy"},
      {__LINE__, "Chương trình hành động số 33-CTI/TU của Tỉnh ủy",
       "Chương trình hành động số 33-CTr/TU của Tỉnh ủy"},
      {__LINE__, "Nghị quyết số 70- -NQ/TW ngày 20", "Nghị quyết số 70- NQ/TW ngày 20"},
      {__LINE__, "theo Kết luận số 2 13-KL/TW, tạo", "theo Kết luận số 213-KL/TW, tạo"},
      {__LINE__, "Số: I 16/NQ-CP", "Số: 116/NQ-CP"},
      // As it may be printed, or not to be told.
      {__LINE__, "Chương trình số 05-CT/TU của Tỉnh ủy", ""},
      {__LINE__, "Nghị quyết số 12-NQ/ĐUK ngày 5", ""},
      {__LINE__, "Kết luận số 213-KIEW với những", ""},  // nothing says whose it is
      {__LINE__, "Kết luận số 21-KL của Tỉnh ủy", ""},
      {__LINE__, "mục số 213-KI.TW ngày", ""},  // no type
      {__LINE__, "điện thoại số 0297-3862 của Ban Bí thư", ""},
      {__LINE__, "Mẫu số 2 13/2024", ""},
      {__LINE__, "Phụ lục số I 16 tỉnh", ""},
      {__LINE__, "Luật số 43/2024/QHI3", ""},  // no term of that year
      {__LINE__, "Luật số 43/2013/QH13", ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    std::vector<std::pair<std::string, double>> words;
    for (std::size_t at = 0; at < one.text.size();) {
      const std::size_t end = std::min(one.text.find(' ', at), one.text.size());
      words.emplace_back(one.text.substr(at, end - at), 0.9);
      at = end + 1;
    }
    const std::optional<RawDocument> got = testing::shipped<OcrNumbers>().repaired(page_of(words));
    ASSERT_EQ(got.has_value(), !one.want.empty());
    if (!got) continue;
    std::string text;
    for (const RawWord& word : got->pages[0].words) text += (text.empty() ? "" : " ") + word.text;
    EXPECT_EQ(text, one.want);
  }
}

// One number whose symbol one mention has with another letter.
TEST(OcrNumbers, AMentionThatIsNotSureIsTheNumberThatTheDocumentHas) {
  const auto& repair = testing::shipped<OcrNumbers>();
  const auto mended = repair.repaired(page_of({{"221/VPCP-KSTT", 0.93}, {"221/VPCP-NSTT)", 0.6}}));
  ASSERT_TRUE(mended);
  EXPECT_EQ(mended->pages[0].words[1].text, "221/VPCP-KSTT)");
  // Sure, another number, or a symbol so short that there may be both.
  for (const char* other : {"222/VPCP-NSTT", "221/UBND-KSTT"})
    EXPECT_FALSE(repair.repaired(page_of({{"221/VPCP-KSTT", 0.93}, {other, 0.6}}))) << other;
  EXPECT_FALSE(repair.repaired(page_of({{"221/VPCP-KSTT", 0.95}, {"221/VPCP-NSTT", 0.85}})));
  EXPECT_FALSE(repair.repaired(page_of({{"12/QĐ-BCA", 0.95}, {"12/QĐ-BCT", 0.6}})));
  // Its last letter went to the next word.
  const auto longer =
      repair.repaired(page_of({{"02/2009/TT-BYT", 0.9}, {"02/2009/TT-BY", 0.9}, {"Tại", 0.9}}));
  ASSERT_TRUE(longer);
  EXPECT_EQ(longer->pages[0].words[1].text, "02/2009/TT-BYT");
  EXPECT_FALSE(repair.repaired(page_of({{"02/2009/TT-BYT", 0.9}, {"02/2009/TT-BY", 0.9}, {"của", 0.9}})));
  EXPECT_FALSE(repair.repaired(page_of({{"03/2009/TT-BYT", 0.9}, {"02/2009/TT-BY", 0.9}, {"Tại", 0.9}})));
}

}  // namespace
}  // namespace vanban
