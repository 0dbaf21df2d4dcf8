// Pattern: a compiled regular expression (RE2: linear time). Patterns are rows of models/patterns/*.tsv with
// the columns name, pattern, example, counter_example, source; a test runs each row's example and
// counter-example.
//
// RE2's \b and \w know ASCII only: write word edges as (?:^|[^\p{L}\p{N}]) or use `edge` options of the
// finder.

#ifndef VANBAN_LEXICON_PATTERN_H_
#define VANBAN_LEXICON_PATTERN_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/base/text_range.h"
#include "vanban/models/models.h"

namespace vanban {

class Pattern {
 public:
  // Options: case-insensitive unless `case_sensitive`. Errors: kBadTable with RE2's own words.
  static Result<Pattern> compile(const std::string& expression, bool case_sensitive = false);
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  // Finds the first match in text[from, text.size()); groups[0] is the whole match, groups[i] the i-th group
  // (an empty range at npos where the group took no part). False: none. Looking behind `from` is allowed for
  // ^ and edges.
  bool find(std::string_view text, std::size_t from, std::vector<TextRange>& groups) const;
  // Matches at exactly `at`.
  bool match_at(std::string_view text, std::size_t at, std::vector<TextRange>& groups) const;
  bool found_in(std::string_view text) const;
  std::size_t group_count() const;
  // Index of a named group (?P<name>...), or npos.
  std::size_t group(std::string_view name) const;

 private:
  struct Impl;
  explicit Pattern(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

// The patterns of one table, by name.
class PatternTable {
 public:
  // Errors: kBadTable naming file and line of the first pattern that does not compile.
  static Result<PatternTable> load(const Models& models, std::string_view table);
  // Asserts that `name` is there: a table without it did not pass its test.
  const Pattern& at(std::string_view name) const;
  const std::map<std::string, Pattern, std::less<>>& all() const { return patterns_; }

 private:
  std::map<std::string, Pattern, std::less<>> patterns_;
};

}  // namespace vanban

#endif  // VANBAN_LEXICON_PATTERN_H_
