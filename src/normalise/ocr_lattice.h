// The readings that each word of an OCR page may have, and which of them fit together: a noisy channel. A
// reading's score is how likely OCR misreads it so, and how likely the language has it behind its neighbours.

#ifndef VANBAN_NORMALISE_OCR_LATTICE_H_
#define VANBAN_NORMALISE_OCR_LATTICE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "normalise/ocr_channel.h"
#include "normalise/ocr_language.h"
#include "normalise/ocr_tokens.h"

namespace vanban::normalise {

// What a document says itself: words and pairs that were read without doubt.
class OcrEvidence {
 public:
  void add(WordId before, WordId id);
  double times(WordId before, WordId id) const;
  bool seen(WordId before, WordId id, double less) const { return times(before, id) > less + 0.5; }
  // The share of `id` behind `before`; `less` of that pair are not counted.
  double share(WordId before, WordId id, double less) const;
  double share(WordId id, double less) const;  // the same among all words

 private:
  std::unordered_map<std::uint64_t, float> pairs_;
  std::unordered_map<WordId, float> words_;
  double all_ = 0;
};

struct OcrVerdict {
  WordId best = 0;
  bool changed = false;        // `best` is not what was read
  bool other_letters = false;  // not only its marks differ
  double misread = 0;  // natural logarithm of the chance that `best` is misread so on an ordinary page
  int attested = 0;    // it was seen beside a neighbour: 1 sometimes, 2 it goes with it
  double odds = 0;     // natural logarithm: how much likelier than any other reading
  double wrong = 0;    // the chance that what was read is wrong, 0..1
};

class OcrLattice {
 public:
  OcrLattice(const OcrLanguage& language, const OcrChannel& channel)
      : language_(language), channel_(channel) {}

  const OcrLanguage& language() const { return language_; }

  // One verdict a token. `badness`: how many times more often than on an ordinary page words are wrong.
  // `evidence` may be null; `before` are then the verdicts that it was made of, whose own word does not
  // count. Cost: linear.
  std::vector<OcrVerdict> judge(const std::vector<OcrToken>& tokens, double badness,
                                const OcrEvidence* evidence, const std::vector<OcrVerdict>& before) const;

 private:
  struct Reading {
    WordId id = 0;
    double misread = 0;
    double seen = 0;
    double score = 0;  // of the best way through this reading
  };
  using Readings = std::vector<Reading>;

  struct Run;  // one call of judge()
  Readings readings(const std::vector<OcrToken>& tokens, std::size_t i, double badness) const;
  void add_other_letters(const OcrToken& token, double wrong, Readings& all) const;
  void add(const OcrToken& token, WordId id, double wrong, Readings& all) const;

  const OcrLanguage& language_;
  const OcrChannel& channel_;
};

}  // namespace vanban::normalise

#endif  // VANBAN_NORMALISE_OCR_LATTICE_H_
