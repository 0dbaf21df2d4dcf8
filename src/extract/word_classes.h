// Words by what they do in a phrase ("trước" leads to a limit, "của" ends a title), from a table with the
// columns class, words, value. The grammar that puts them together is code.

#ifndef VANBAN_SRC_EXTRACT_WORD_CLASSES_H_
#define VANBAN_SRC_EXTRACT_WORD_CLASSES_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/lexicon/scan.h"
#include "vanban/models/models.h"

namespace vanban {

// The name of a class in the table, and what its column `value` holds: nothing, a number up to `most`, or one
// of `names` (its index counts).
struct WordClass {
  std::string_view name;
  int most = 0;
  std::span<const std::string_view> names = {};
};

class WordClasses {
 public:
  // `classes` in the order of the enumeration that the words are asked for by. Errors: kBadTable naming file
  // and line of an unknown class or value, and a class without words.
  static Result<WordClasses> create(const ModelTable& table, std::span<const WordClass> classes);

  // The first of the words of a class, in the order of the table, that stand as whole words at `at`: behind
  // them (0: none does), and what they stand for.
  struct Found {
    std::size_t end = 0;
    int value = 0;
  };
  template <typename Class>
  Found find(Class word, std::string_view text, std::size_t at) const {
    for (const Phrase& phrase : phrases_[static_cast<std::size_t>(word)]) {
      const std::size_t length = match_words(text, at, phrase.words);
      if (length != 0 && word_ends(text, at + length)) return {at + length, phrase.value};
    }
    return {};
  }
  template <typename Class>
  std::size_t behind(Class word, std::string_view text, std::size_t at) const {
    return find(word, text, at).end;
  }
  // The same for words that end at `end`: where they begin (npos: there are none). Whether a word begins
  // there is the caller's to check.
  struct FoundBefore {
    std::size_t begin = std::string_view::npos;
    int value = 0;
  };
  template <typename Class>
  FoundBefore find_before(Class word, std::string_view text, std::size_t end) const {
    for (const Phrase& phrase : phrases_[static_cast<std::size_t>(word)]) {
      const std::size_t begin = match_words_back(text, end, phrase.words);
      if (begin != std::string_view::npos) return {begin, phrase.value};
    }
    return {};
  }
  // All words of a class.
  template <typename Class>
  std::vector<std::string_view> of(Class word) const {
    std::vector<std::string_view> all;
    for (const Phrase& phrase : phrases_[static_cast<std::size_t>(word)]) all.push_back(phrase.words);
    return all;
  }

 private:
  struct Phrase {
    std::string words;  // lower case, single spaces
    int value = 0;
  };

  std::vector<std::vector<Phrase>> phrases_;  // of each class
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_WORD_CLASSES_H_
