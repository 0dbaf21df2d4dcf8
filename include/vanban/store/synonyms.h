// What search takes for the same words: an abbreviation and what it stands for ("TTHC", "thủ tục hành
// chính").

#ifndef VANBAN_STORE_SYNONYMS_H_
#define VANBAN_STORE_SYNONYMS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/models/models.h"

namespace vanban {

class Synonyms {
 public:
  // Those of models/abbreviations.tsv, and of bodies (cơ quan) whose abbreviation has three letters or more.
  // Errors: kBadTable where a table is missing.
  static Result<Synonyms> create(const Models& models);
  void add(std::string_view abbreviation, std::string_view meaning);

  // Words as search keys, toned ("thủ").
  using Words = std::vector<std::string>;
  // What `word`, as typed (its key with or without tone marks), stands for; empty: nothing. Cost: O(log n).
  const std::vector<Words>& meanings(const std::string& word) const;

  struct Found {
    std::size_t words = 0;  // how many the meaning has; 0: none begins there
    std::vector<std::string> abbreviations;
  };
  // The longest meaning that begins at `words[at]`, each word typed with its tone marks or without any.
  Found abbreviations_at(const std::vector<std::string>& words, std::size_t at) const;

 private:
  struct Meaning {
    Words toned, folded;
    std::string abbreviation;
  };
  std::map<std::string, std::vector<Words>> meanings_;
  std::map<std::string, std::vector<Meaning>> by_first_;  // by the folded first word
};

}  // namespace vanban

#endif  // VANBAN_STORE_SYNONYMS_H_
