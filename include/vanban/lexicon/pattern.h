// Pattern: a compiled regular expression (RE2: linear time). Patterns are rows of models/patterns/*.tsv with
// the columns name, pattern, example, counter_example, source; a test runs each row's example and
// counter-example.
//
// RE2's \b and \w know ASCII only: write word edges as (?:^|[^\p{L}\p{N}]) or use `edge` options of the
// finder.

#ifndef VANBAN_LEXICON_PATTERN_H_
#define VANBAN_LEXICON_PATTERN_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/base/text_range.h"
#include "vanban/models/models.h"

namespace vanban {

namespace lexicon {
class WordScan;
}

class Pattern {
 public:
  // Options: case-insensitive unless `case_sensitive`. RE2 itself compiles it when first a text may match.
  // Errors: kBadTable with RE2's own words.
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
  // The same without the groups, which cost several times what the match does.
  std::optional<TextRange> range_of(std::string_view text, std::size_t from) const;
  std::optional<TextRange> range_at(std::string_view text, std::size_t at) const;
  bool matches_at(std::string_view text, std::size_t at) const;
  bool found_in(std::string_view text) const;
  // False: no part of `text` matches, told without RE2 (PatternScan). Cheap enough to be asked before what a
  // match would be sought for.
  bool may_stand_in(std::string_view text) const;
  std::size_t group_count() const;
  // Index of a named group (?P<name>...), or npos.
  std::size_t group(std::string_view name) const;

 private:
  friend class PatternTable;
  struct Impl;
  explicit Pattern(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The name of a pattern, as a number made of its letters when a literal is compiled: a look-up reads no text.
class PatternName {
 public:
  template <std::size_t size>
  consteval PatternName(const char (&name)[size]) : PatternName(std::string_view(name, size - 1)) {}
  constexpr PatternName(std::string_view name) {
    for (const char c : name) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
  }
  constexpr std::uint64_t hash() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xCBF29CE484222325ull;  // FNV-1a
};

// The patterns of one table, by name. They know what every match of theirs must hold (some word), and RE2 is
// not asked about a text without it.
class PatternTable {
 public:
  // Errors: kBadTable naming file and line of the first pattern that does not compile.
  static Result<PatternTable> load(const Models& models, std::string_view table);
  PatternTable(PatternTable&&) noexcept;
  PatternTable& operator=(PatternTable&&) noexcept;
  ~PatternTable();
  // Asserts that `name` is there: a table without it did not pass its test.
  const Pattern& at(PatternName name) const;
  const std::map<std::string, Pattern, std::less<>>& all() const { return patterns_; }
  // From now on one pass over a text serves them all (PatternScan).
  static void join(const std::vector<PatternTable*>& tables);

 private:
  friend class PatternScan;
  PatternTable();
  std::map<std::string, Pattern, std::less<>> patterns_;
  struct Slot {
    std::uint64_t hash = 0;
    const Pattern* pattern = nullptr;
  };
  std::vector<Slot> by_name_;                       // the same, for at(): by their hashes, a power of two
  std::shared_ptr<const lexicon::WordScan> words_;  // what the patterns of this and of joined tables need
};

// One pass over a text for all patterns of a table. While it lives, a pattern of `table` that this thread
// asks about any part of `text` (a view into it, not a copy) knows at once where it cannot match. It changes
// no answer; `text` must not change and must live as long. Scans nest, and the innermost counts; where one is
// there of an equal text for a joined table, its pass serves this one too, and of a text of the same size
// that differs in some bytes only these are read. Cost: linear in `text`; memory about the size of `text`.
class PatternScan {
 public:
  PatternScan(const PatternTable& table, std::string_view text);
  PatternScan(const PatternScan&) = delete;
  PatternScan& operator=(const PatternScan&) = delete;
  ~PatternScan();

 private:
  friend class Pattern;
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_LEXICON_PATTERN_H_
