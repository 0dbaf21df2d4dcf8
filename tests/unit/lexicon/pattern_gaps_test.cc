// Pattern asks a relaxed expression first (lexicon/relaxed_expression.h): what it finds must be what RE2
// finds with the expression itself.

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "lexicon/relaxed_expression.h"
#include "vanban/lexicon/pattern.h"

namespace vanban {
namespace {

TEST(RelaxedExpression, TakesTheBoundsOfWideGapsAway) {
  struct Row {
    int line;
    const char* expression;
    const char* relaxed;
    std::vector<std::size_t> most;
    bool repeated;
  };
  const Row rows[] = {
      {__LINE__, "giao[^.;]{0,90}cho", "giao([^.;]{0,})cho", {90}, false},
      {__LINE__, "a.{3,120}?b", "a(.{3,}?)b", {120}, false},
      {__LINE__, "(x|[^.]{0,30})+", "(x|([^.]{0,}))+", {30}, true},
      {__LINE__, "(?:[^.]{0,30} và)? (.{5,40})$", "(?:([^.]{0,}) và)? ((.{5,}))$", {30, 40}, false},
      {__LINE__, R"(\d{0,90}[\]{]{1,3}[a-z]{4})", R"(\d{0,90}[\]{]{1,3}[a-z]{4})", {}, false},
      {__LINE__, R"(\[a{0,90}\.{0,90}(?:ab){0,90})", R"(\[a{0,90}\.{0,90}(?:ab){0,90})", {}, false},
      {__LINE__, "[^.]{20,}", "[^.]{20,}", {}, false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const lexicon::RelaxedExpression relaxed = lexicon::relax(row.expression);
    EXPECT_EQ(relaxed.expression, row.relaxed);
    EXPECT_EQ(relaxed.repeated, row.repeated);
    std::vector<std::size_t> most;
    for (const auto& gap : relaxed.gaps) most.push_back(gap.most);
    EXPECT_EQ(most, row.most);
  }
}

// Groups as "begin-end" pairs, or "none".
std::string as_re2(const RE2& regex, const std::string& text, std::size_t from, RE2::Anchor anchor) {
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(regex.NumberOfCapturingGroups()) + 1);
  if (!regex.Match(text, from, text.size(), anchor, groups.data(), static_cast<int>(groups.size())))
    return "none";
  std::string out;
  for (const re2::StringPiece& group : groups) {
    out += group.data() == nullptr
               ? "- "
               : std::to_string(group.data() - text.data()) + "+" + std::to_string(group.size()) + " ";
  }
  return out;
}

std::string as_pattern(bool found, const std::vector<TextRange>& groups) {
  if (!found) return "none";
  std::string out;
  for (const TextRange& group : groups) {
    out += group.begin == std::string::npos
               ? "- "
               : std::to_string(group.begin) + "+" + std::to_string(group.size()) + " ";
  }
  return out;
}

void expect_as_re2(const Pattern& pattern, const RE2& regex, const std::string& text) {
  std::vector<TextRange> groups;
  EXPECT_EQ(as_pattern(pattern.find(text, 0, groups), groups), as_re2(regex, text, 0, RE2::UNANCHORED))
      << text;
  EXPECT_EQ(as_pattern(pattern.match_at(text, 0, groups), groups), as_re2(regex, text, 0, RE2::ANCHOR_START))
      << text;
  EXPECT_EQ(pattern.found_in(text), RE2::PartialMatch(text, regex)) << text;
}

RE2::Options options() {
  RE2::Options made;
  made.set_case_sensitive(false);
  return made;
}

TEST(PatternGaps, BoundsHold) {
  for (const char* expression :
       {"giao[^.;]{0,20}(cho|với) (\\S+)", "(giao|nhận).{2,15}?(?P<to>cho)", "^(?:giao[^.]{0,16})?(cho)",
        "(?:giao.{0,14}cho )+x", "giao[^.]{0,12}cho[^.]{0,40}xong$"}) {
    SCOPED_TRACE(expression);
    const auto pattern = Pattern::compile(expression);
    ASSERT_TRUE(pattern);
    const RE2 regex(expression, options());
    for (std::size_t gap = 0; gap < 30; ++gap) {
      const std::string words = gap % 2 == 0 ? std::string(gap, 'n') : [&] {
        std::string many;
        for (std::size_t i = 0; i < gap; ++i) many += "ế";
        return many;
      }();
      expect_as_re2(*pattern, regex, "giao" + words + "cho ai");
      expect_as_re2(*pattern, regex, "Giao giao" + words + "cho cho ai xong");
      expect_as_re2(*pattern, regex, "nhận giao " + words + "cho x giao cho giao " + words + " với Bộ xong");
      expect_as_re2(*pattern, regex, "giao" + words + "cho giao " + words + "cho x");
    }
  }
}

TEST(PatternGaps, ShippedPatternsFindInRunningTextWhatRe2Finds) {
  const Result<Models> models = Models::load(VANBAN_SOURCE_DIR "/models");
  ASSERT_TRUE(models) << models.error().message;
  std::ifstream in(VANBAN_SOURCE_DIR "/samples/1250-vpcp-kstt-2021.txt", std::ios::binary);
  const std::string sample{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  ASSERT_GT(sample.size(), 8000u);
  std::size_t with_gap = 0;
  for (const std::string& name : models->table_names()) {
    if (name.rfind("patterns/", 0) != 0) continue;
    const ModelTable& table = **models->table(name);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      const std::string& expression = table.at(i, "pattern");
      if (lexicon::relax(expression).gaps.empty()) continue;
      SCOPED_TRACE(name + " " + table.at(i, "name"));
      ++with_gap;
      const auto pattern = Pattern::compile(expression);
      ASSERT_TRUE(pattern);
      const RE2 regex(expression, options());
      const std::string& example = table.at(i, "example");
      expect_as_re2(*pattern, regex, table.at(i, "counter_example"));
      for (std::size_t at = 0; at + 700 < sample.size(); at += 650) {
        // Pieces that begin and end between words, with the example in front, in the middle and behind.
        const std::size_t begin = sample.find(' ', at), end = sample.find(' ', begin + 1 + at % 450);
        const std::string piece = sample.substr(begin, end - begin);
        expect_as_re2(*pattern, regex, piece);
        expect_as_re2(*pattern, regex, example + piece);
        expect_as_re2(*pattern, regex, piece + example);
        const std::size_t middle = example.find(' ', example.size() / 2);
        if (middle != std::string::npos) {
          expect_as_re2(*pattern, regex, example.substr(0, middle) + piece + example.substr(middle));
        }
      }
    }
  }
  EXPECT_GT(with_gap, 20u);
}

}  // namespace
}  // namespace vanban
