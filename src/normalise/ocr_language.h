// The language model behind OcrRepair: how likely a syllable is behind one or two others in official
// Vietnamese. Made from models/ocr_bigrams.tsv and models/ocr_trigrams.txt, which tools/train-repair counts.

#ifndef VANBAN_NORMALISE_OCR_LANGUAGE_H_
#define VANBAN_NORMALISE_OCR_LANGUAGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace vanban::normalise {

using WordId = std::uint32_t;

class OcrLanguage {
 public:
  // Rows: syllable, count, what follows ("tế:31 sở:12"); lines of threes: "bộ y<TAB>tế:20". Counts are
  // 4 * log2. What does not hold is left out.
  OcrLanguage(const std::vector<std::array<std::string, 3>>& rows, std::string_view threes);

  // Of a lower-case word whose tone mark stands where the reformed spelling has it; other() for what is rare.
  WordId id_of(const std::string& syllable) const;
  WordId number() const { return number_; }
  WordId boundary() const { return boundary_; }  // signs, the page's edge
  WordId other() const { return other_; }        // any word that is not known
  bool is_syllable(WordId id) const { return is_syllable_[id]; }
  const std::string& syllable(WordId id) const { return syllables_[id]; }
  // The syllables that have these letters when all marks are taken off.
  const std::vector<WordId>& with_letters(const std::string& folded) const;

  // Natural logarithms of probabilities: by itself, behind one word, behind two.
  double alone(WordId id) const;
  double after(WordId before, WordId id) const;
  double after(WordId first, WordId before, WordId id) const;
  // Whether the first makes the second much likelier: "nhà thầu", not "và thầu".
  bool goes_with(WordId before, WordId id) const;
  bool seen(WordId before, WordId id) const { return pair(before, id) != kNone; }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  struct Next {
    WordId id;
    float count;
  };
  std::size_t pair(WordId before, WordId id) const;
  void read_next(std::string_view list, std::vector<Next>& out) const;
  double chance(WordId before, WordId id) const;

  std::unordered_map<std::string, WordId> ids_;
  std::unordered_map<std::string, std::vector<WordId>> by_letters_;
  std::vector<std::string> syllables_;
  std::vector<bool> is_syllable_;
  std::vector<float> alone_;             // the share of all words
  std::vector<float> counts_, left_;     // of each word; what its pairs leave over for the others
  std::vector<std::size_t> first_pair_;  // of each word, and the end
  std::vector<Next> pairs_;
  std::vector<float> left_of_pair_;
  std::vector<std::uint32_t> first_three_;  // of each pair, and the end
  std::vector<Next> threes_;
  WordId number_ = 0, boundary_ = 0, other_ = 0;
};

}  // namespace vanban::normalise

#endif  // VANBAN_NORMALISE_OCR_LANGUAGE_H_
