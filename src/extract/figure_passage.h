// FigurePassage: one passage of running text (a paragraph, a cell, a footnote) as the readers of targets and
// of results both see it: its place in the document, its sentences and clauses, the patterns of figures.

#ifndef VANBAN_SRC_EXTRACT_FIGURE_PASSAGE_H_
#define VANBAN_SRC_EXTRACT_FIGURE_PASSAGE_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "extract/figure_context.h"
#include "extract/figure_words.h"
#include "extract/table_columns.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/pattern.h"

namespace vanban {

// What the finders of one process share.
struct FigureTools {
  const FigureWords& words;
  const TableColumns& columns;
  const PatternTable& patterns;
  const Agencies& agencies;
};

// `at` or the first place behind it (before it: `character_back`) that is no middle of a character.
std::size_t character_on(std::string_view text, std::size_t at, std::size_t end);
std::size_t character_back(std::string_view text, std::size_t at, std::size_t begin);
// `range` without the ASCII characters of `drop` at its edges; "-" in it stands for the long dashes too.
TextRange trimmed(std::string_view text, TextRange range, std::string_view drop = " \n");
// Whether any letter stands in it.
bool has_letter(std::string_view text);
// Syllables between spaces: "tỷ lệ hộ nghèo" is 4.
std::size_t count_words(std::string_view text);

class FigurePassage {
 public:
  // All must outlive it. `section`: of context; FigureContext::kNoSection: none.
  FigurePassage(const FigureContext& context, const FigureTools& tools, TextRange range, std::size_t section,
                Stance stance)
      : context_(context),
        tools_(tools),
        text_(context.text()),
        range_(range),
        section_(section),
        stance_(stance) {}

 protected:
  const Pattern& pattern(PatternName name) const { return tools_.patterns.at(name); }
  bool says(std::string_view name, TextRange range) const { return pattern(name).found_in(range.of(text_)); }
  std::string_view words_of(std::size_t begin, std::size_t end) const {
    return TextRange{begin, end}.of(text_);
  }
  // Whether the words that end at `at` match `name`; as many bytes as `window` are looked at.
  bool before_is(std::string_view name, std::size_t at, std::size_t window = 32) const;
  // The sentence around `at`, inside the passage; no longer than some thousand bytes to either side.
  TextRange sentence_at(std::size_t at) const;
  // Its part up to `at`, at most as long as a clause.
  TextRange told_before(std::size_t at) const {
    const std::size_t begin = sentence_at(at).begin;
    return {at - begin > kLongestClause ? character_on(text_, at - kLongestClause, at) : begin, at};
  }
  // Where the clause that holds `at` begins, not before `from`, and where it ends, not behind `end`: at ";",
  // ":", a full stop, a line break, or the bracket that it stands in.
  std::size_t clause_begin(std::size_t from, std::size_t at) const;
  std::size_t clause_end(std::size_t at, std::size_t end) const;
  // A level without a unit whose words say so: "Chỉ số phát triển con người (HDI) đạt khoảng |0,78".
  bool is_index(const Figure& figure) const;
  // A length of time that is a level: "Tuổi thọ bình quân đạt |75,5 tuổi".
  bool is_age(const Figure& figure) const;
  // What a rate is told of: "số giường bệnh bình quân |1 vạn dân| là 93,02".
  static bool is_base(const Figure& figure) {
    return !figure.has_verb && figure.unit == "vạn dân" && (figure.value == 1 || figure.value == 10);
  }
  bool placed() const { return section_ != FigureContext::kNoSection; }
  // The first comma of `words` behind `from` that parts things ("khiếu nại, tố cáo" is one thing); npos:
  // none.
  std::size_t parting_comma(std::string_view words, std::size_t from = 0) const;
  // Whether the comma or the "và" at `at` joins such words.
  bool in_listed_words(std::string_view words, std::size_t at) const;
  // Of the section's heading or lead-in; empty: none.
  std::string placed_period() const { return placed() ? context_.place(section_).period : std::string(); }
  std::string section_id() const {
    return placed() ? context_.document().sections[section_].id : std::string();
  }

  static constexpr std::size_t kLongestClause = 1500;  // bytes

  const FigureContext& context_;
  const FigureTools& tools_;
  const std::string& text_;
  TextRange range_;
  std::size_t section_;
  Stance stance_;
};

// Calls `read` for every passage of running text in reading order: headings where `headings`, footnotes where
// `footnotes` (without their labels); none of header, signature, recipients and tables.
void for_each_passage(const FigureContext& context, bool headings, bool footnotes,
                      const std::function<void(TextRange passage, std::size_t section)>& read);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_FIGURE_PASSAGE_H_
