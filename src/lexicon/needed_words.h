// What the text of every match of a regular expression must hold: found without RE2, in microseconds.

#ifndef VANBAN_SRC_LEXICON_NEEDED_WORDS_H_
#define VANBAN_SRC_LEXICON_NEEDED_WORDS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::lexicon {

// Strings of which every match of the expression holds one at least, whatever its case: of
// "(?:thời\s+hạn|hạn chót)\s*:" they are "thời hạn" and "hạn chót". Lower case; a space stands for white
// space of any length, and none is at either end; letters outside ASCII are Vietnamese only, and no string is
// longer than kLongestNeeded bytes. Empty: nothing can be said of the expression's matches ("\d+", "x?").
struct NeededWords {
  static constexpr std::size_t kAnywhere = static_cast<std::size_t>(-1);
  std::vector<std::string> words;
  // Each match holds one of them that begins within so many bytes of the match's own beginning.
  std::size_t reach = kAnywhere;
  bool anchored = false;  // each match begins where the text does
};

// Nullopt: the expression is not written in the part of RE2's syntax that is read here (which RE2 accepts as
// a whole), so it may be no expression at all. Cost: linear, times the strings.
std::optional<NeededWords> needed_words(std::string_view expression);

inline constexpr std::size_t kLongestNeeded = 32;

}  // namespace vanban::lexicon

#endif  // VANBAN_SRC_LEXICON_NEEDED_WORDS_H_
