// RE2 is not asked where a pattern's needed words do not stand (lexicon/needed_words.h, lexicon/word_scan.h):
// that must change no answer.

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "lexicon/needed_words.h"
#include "lexicon/word_scan.h"
#include "vanban/lexicon/pattern.h"

namespace vanban {
namespace {

using Strings = std::vector<std::string>;

TEST(NeededWords, EveryMatchHoldsOne) {
  struct Row {
    int line;
    const char* expression;
    Strings needed;  // sorted
  };
  const Row rows[] = {
      {__LINE__, "Nghị\\s+quyết", {"nghị quyết"}},
      {__LINE__, "(?:thời\\s+hạn|hạn chót)\\s*:", {"hạn chót:", "hạn chót :", "thời hạn:", "thời hạn :"}},
      {__LINE__, "C[ỘO]NG\\s+H(?:ÒA|OÀ)", {"cong hoà", "cong hòa", "cộng hoà", "cộng hòa"}},
      {__LINE__, "(?:^|[^\\p{L}])mục tiêu(?:$|[^\\p{L}])", {"mục tiêu"}},
      {__LINE__, "giao[^.;]{0,90}chủ trì", {"chủ trì"}},
      {__LINE__, "(?P<who>đơn vị)+ (?:x|y)?", {"đơn vị"}},
      {__LINE__, "(?:đơn vị){2,3}", {"đơn vị"}},
      {__LINE__, "  \\s*kèm theo\\s", {"kèm theo"}},
      {__LINE__, "(?-i:TUQ)[.]", {"tuq."}},
      {__LINE__, "đạt\\b", {"đạt"}},
      // Nothing that every match must hold:
      {__LINE__, "\\d+(?:[.,]\\d+)?", {}},
      {__LINE__, "(?:chủ trì)?", {}},
      {__LINE__, "(?:chủ trì)*", {}},
      {__LINE__, "(?:chủ trì){0,2}", {}},
      {__LINE__, "chủ trì|", {}},
      {__LINE__, "chủ trì|\\d", {}},
      {__LINE__, "^$", {}},
      {__LINE__, "a", {}},
      {__LINE__, "[а-я]+ДА", {}},  // the other case of Cyrillic letters is not looked for
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const std::optional<lexicon::NeededWords> needed = lexicon::needed_words(row.expression);
    ASSERT_TRUE(needed);
    Strings expected = row.needed;
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(needed->words, expected);
  }
}

TEST(NeededWords, TellsHowFarFromTheBeginningTheyStand) {
  constexpr std::size_t kAnywhere = lexicon::NeededWords::kAnywhere;
  struct Row {
    int line;
    const char* expression;
    std::size_t reach;
    bool anchored;
  };
  const Row rows[] = {
      {__LINE__, "mục tiêu", 0, false},
      {__LINE__, "^mục tiêu", 0, true},
      {__LINE__, "(?:^|[^\\p{L}])mục tiêu", 4, false},
      {__LINE__, "(?:^|[^\\p{L}])(?:mục tiêu|chỉ tiêu)", 4, false},
      {__LINE__, " mục tiêu", 30, false},  // two blanks and seven letters of four bytes at most
      {__LINE__, "\\s+mục tiêu", kAnywhere, false},
      {__LINE__, "\\s*(?:mục tiêu)", kAnywhere, false},
      {__LINE__, "thực\\s+hiện", 0, false},
      {__LINE__, "\\d{1,3} (?:mục tiêu|chỉ tiêu)", 42, false},
      {__LINE__, "\\d{2,}mục tiêu", kAnywhere, false},
      {__LINE__, "[^.;]{0,90}chủ trì", 360, false},
      {__LINE__, "(?:đơn vị.){2,3}", 0, false},
      {__LINE__, "a?b?mục tiêu", 0, false},  // four strings
      {__LINE__, "x*mục tiêu", kAnywhere, false},
      {__LINE__, "^x*mục tiêu|^chỉ tiêu", kAnywhere, true},
      {__LINE__, "(?:^mục tiêu)?của chúng", 0, false},
      {__LINE__, "\\d+", kAnywhere, false},
      {__LINE__, "^\\d+", kAnywhere, true},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const std::optional<lexicon::NeededWords> needed = lexicon::needed_words(row.expression);
    ASSERT_TRUE(needed);
    EXPECT_EQ(needed->reach, row.reach);
    EXPECT_EQ(needed->anchored, row.anchored);
  }
}

TEST(NeededWords, WhatIsNotReadIsLeftToRe2) {
  for (const char* expression : {"(", ")", "[a", "a**", "(?P<1>a)", "\\", "\\q", "\\p{Xx}", "x{,3}",
                                 "[[:alpha:]]", "(?i)a", "a{2", "[]a]", "(?=a)", "a]"}) {
    SCOPED_TRACE(expression);
    EXPECT_FALSE(lexicon::needed_words(expression));
  }
}

TEST(WordScan, FindsWordsInEitherCaseAndOverLineBreaks) {
  const lexicon::WordScan scan({{"chủ trì"}, {"ở đây", "kt"}, {}, {"đăng ký qua mạng ưu tiên"}});
  struct Row {
    int line;
    const char* text;
    std::vector<bool> found;
  };
  const Row rows[] = {
      {__LINE__, "CHỦ TRÌ", {true, false, true, false}},
      {__LINE__, "Bộ chủ\n  \ttrì", {true, false, true, false}},
      {__LINE__, "chủtrì, chu tri, chủ trí", {false, false, true, false}},
      {__LINE__, "Ở ĐÂY", {false, true, true, false}},
      {__LINE__, "xKtx", {false, true, true, false}},
      {__LINE__, "ĐĂNG KÝ  QUA MẠNG ƯU TIÊN", {false, false, true, true}},
      {__LINE__, "đăng ký qua mạng ưu tiê", {false, false, true, false}},
      {__LINE__, "", {false, false, true, false}},
      {__LINE__, "k", {false, false, true, false}},
      {__LINE__,
       "\xE2\x84\xAA"
       "t",
       {true, true, true, true}},  // the sign of Kelvin: nothing is told
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const std::string_view text = row.text;
    const lexicon::WordScan::Found found(scan, text);
    for (std::size_t list = 0; list < row.found.size(); ++list) {
      SCOPED_TRACE(list);
      EXPECT_EQ(scan.found_in(text, list), row.found[list]);
      EXPECT_EQ(found.any(list, 0, text.size()), row.found[list]);
    }
  }
  const std::string_view text = "ai?  chủ  trì ở  đây";
  const lexicon::WordScan::Found found(scan, text);
  const std::size_t at = text.find("chủ");
  EXPECT_TRUE(found.any(0, at, at + 1));
  EXPECT_FALSE(found.any(0, at + 1, text.size()));
  EXPECT_FALSE(found.any(0, 0, at));
}

// Sixteen bytes are folded at once, or one by one where blanks follow each other: no place of a word matters.
TEST(WordScan, FindsWordsAtEveryPlaceOfABlock) {
  const lexicon::WordScan scan({{"đăng ký qua mạng ưu tiên ở é"}});
  for (const std::string word : {"ĐĂNG KÝ QUA MẠNG ƯU TIÊN Ở É", "đăng ký qua mạng ưu tiên ở é",
                                 "Đăng\n ký  qua\t\tmạng \r\nưu tiên ở  É"}) {
    for (std::size_t place = 0; place < 40; ++place) {
      const std::string text =
          std::string(place, place % 2 == 0 ? 'x' : ' ') + word + std::string(place, '.');
      const lexicon::WordScan::Found found(scan, text);
      EXPECT_EQ(found.first(0, 0, text.size()), place) << word;
      EXPECT_EQ(found.first(0, place + 1, text.size()), std::string_view::npos) << word;
      EXPECT_TRUE(scan.found_in(text, 0)) << word;
    }
  }
}

TEST(WordScan, ReadsOnlyWhatDiffersFromAKnownText) {
  const lexicon::WordScan scan({{"chủ trì"}, {"ở đây"}, {"văn bản của"}});
  const std::string far(200, '.');
  const std::string known = "chủ trì" + far + "văn bản12 \n của" + far + "ở đâ" + far + "Ở  ĐÂX";
  std::string text = known;
  text.replace(text.find("12"), 2, "  ");
  text.back() = 'Y';
  const auto like = std::make_shared<const lexicon::WordScan::Found>(scan, known);
  const lexicon::WordScan::Found found(scan, text, like, known);
  const lexicon::WordScan::Found whole(scan, text);
  for (std::size_t list = 0; list < 3; ++list) {
    SCOPED_TRACE(list);
    EXPECT_FALSE(list != 0 && like->any(list, 0, known.size()));
    for (std::size_t at = 0; at < text.size(); ++at)
      EXPECT_EQ(found.any(list, at, at + 1), whole.any(list, at, at + 1)) << at;
  }
  EXPECT_TRUE(found.any(0, 0, 1));
  EXPECT_TRUE(found.any(1, 0, text.size()));
  EXPECT_TRUE(found.any(2, 0, text.size()));
}

// Each shipped pattern, asked about parts of a text that a scan went over, a copy of them and RE2 itself.
TEST(PatternScan, ChangesNoAnswer) {
  const Result<Models> models = Models::load(VANBAN_SOURCE_DIR "/models");
  ASSERT_TRUE(models) << models.error().message;
  std::ifstream in(VANBAN_SOURCE_DIR "/samples/bao-cao-bnv-quy-1-2024.txt", std::ios::binary);
  const std::string sample{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  ASSERT_GT(sample.size(), 8000u);
  RE2::Options options;
  options.set_case_sensitive(false);
  std::size_t found = 0, kept = 0;
  for (const std::string& name : models->table_names()) {
    if (name.rfind("patterns/", 0) != 0) continue;
    const ModelTable& rows = **models->table(name);
    auto table = PatternTable::load(*models, name);
    ASSERT_TRUE(table);
    std::string text = sample.substr(0, 6000);
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
      text += "\n" + rows.at(i, "example") + ".\n\n" + rows.at(i, "counter_example");
    }
    const PatternScan scan(*table, text);
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
      SCOPED_TRACE(name + " " + rows.at(i, "name"));
      const RE2 regex(rows.at(i, "pattern"), options);
      ASSERT_TRUE(regex.ok());
      const Pattern& pattern = table->at(std::string_view(rows.at(i, "name")));
      for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin + 1), text.size());
        const std::string_view part = std::string_view(text).substr(begin, end - begin);
        const std::string copy(part);
        const bool expected = RE2::PartialMatch(re2::StringPiece(part.data(), part.size()), regex);
        EXPECT_EQ(pattern.found_in(part), expected) << part;
        EXPECT_EQ(pattern.found_in(copy), expected) << part;
        ++(expected ? found : kept);
        begin = end + (end < text.size() && begin % 2 == 0);  // some parts begin with the line break
      }
    }
  }
  EXPECT_GT(found, 250u);
  EXPECT_GT(kept, 10'000u);
}

}  // namespace
}  // namespace vanban
