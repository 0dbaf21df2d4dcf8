// FirstWords: whether one of many phrases can begin at a place of a text, told from the first word there. A
// scanner that tries dozens of phrases at each word asks this first, and nearly always goes on to the next
// word.

#ifndef VANBAN_LEXICON_FIRST_WORDS_H_
#define VANBAN_LEXICON_FIRST_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace vanban {

class FirstWords {
 public:
  // Phrases as match_words reads them: lower case, single spaces; the first word letters and digits only.
  FirstWords(std::initializer_list<std::span<const std::string_view>> lists);

  // False: at `at` no phrase stands that ends at the end of a word (match_words and word_ends). True: one
  // may. Cost: the letters of the word at `at`.
  bool may_begin(std::string_view text, std::size_t at) const { return may_begin(text, at, at); }
  // The same; moves `end` behind the letters and digits at `at`, if there are any.
  bool may_begin(std::string_view text, std::size_t at, std::size_t& end) const;

 private:
  std::vector<std::uint64_t> slots_;  // hashes of the words, each at its place or behind it; 0: free
};

}  // namespace vanban

#endif  // VANBAN_LEXICON_FIRST_WORDS_H_
