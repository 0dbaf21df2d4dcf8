#include "vanban/store/synonyms.h"

#include <algorithm>

#include "store/search_words.h"
#include "vanban/models/values.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

// The fewest letters of a body's abbreviation that search takes for it: "CP" and "TW" stand in numbers of all
// kinds.
constexpr std::size_t kFewestLetters = 3;

Synonyms::Words words_of(std::string_view text, store::WordKeyCache& cache) {
  Synonyms::Words words;
  std::size_t at = 0;
  TextRange where;
  while (store::next_word(text, at, where)) {
    const std::string& key = cache.of(where.of(text)).toned;
    if (!key.empty()) words.push_back(key);
  }
  return words;
}

bool add_once(std::vector<Synonyms::Words>& all, const Synonyms::Words& words) {
  if (std::find(all.begin(), all.end(), words) != all.end()) return false;
  all.push_back(words);
  return true;
}

}  // namespace

Result<Synonyms> Synonyms::create(const Models& models) {
  Synonyms synonyms;
  const auto abbreviations = models.table("abbreviations");
  if (!abbreviations) return abbreviations.error();
  for (std::size_t row = 0; row < (*abbreviations)->rows.size(); ++row) {
    synonyms.add((*abbreviations)->at(row, "abbreviation"), (*abbreviations)->at(row, "meaning"));
  }
  const auto agencies = models.table("agencies");
  if (!agencies) return agencies.error();
  for (std::size_t row = 0; row < (*agencies)->rows.size(); ++row) {
    for (const std::string& abbreviation : values_of((*agencies)->at(row, "abbreviations"))) {
      if (fold(abbreviation).size() >= kFewestLetters)
        synonyms.add(abbreviation, (*agencies)->at(row, "name"));
    }
  }
  return synonyms;
}

void Synonyms::add(std::string_view abbreviation, std::string_view meaning) {
  store::WordKeyCache cache;
  const Words shorter = words_of(abbreviation, cache);
  Meaning longer;
  longer.toned = words_of(meaning, cache);
  if (shorter.size() != 1 || longer.toned.size() < 2) return;
  longer.abbreviation = shorter.front();
  for (const std::string& word : longer.toned) longer.folded.push_back(cache.of(word).folded);
  const std::string folded = cache.of(shorter.front()).folded;
  const bool is_new = add_once(meanings_[shorter.front()], longer.toned);
  if (folded != shorter.front()) add_once(meanings_[folded], longer.toned);
  if (is_new) by_first_[longer.folded.front()].push_back(std::move(longer));
}

const std::vector<Synonyms::Words>& Synonyms::meanings(const std::string& word) const {
  static const std::vector<Words> kNone;
  const auto found = meanings_.find(word);
  return found == meanings_.end() ? kNone : found->second;
}

Synonyms::Found Synonyms::abbreviations_at(const std::vector<std::string>& words, std::size_t at) const {
  Found found;
  if (at >= words.size()) return found;
  const auto first = by_first_.find(fold(words[at]));
  if (first == by_first_.end()) return found;
  for (const Meaning& meaning : first->second) {
    const std::size_t count = meaning.toned.size();
    if (count < found.words || count > words.size() - at) continue;
    bool same = true;
    for (std::size_t i = 0; same && i < count; ++i) {
      same = words[at + i] == meaning.toned[i] || words[at + i] == meaning.folded[i];
    }
    if (!same) continue;
    if (count > found.words) found = {count, {}};
    found.abbreviations.push_back(meaning.abbreviation);
  }
  return found;
}

}  // namespace vanban
