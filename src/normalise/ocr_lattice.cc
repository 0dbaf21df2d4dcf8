#include "normalise/ocr_lattice.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::normalise {
namespace {

constexpr double kOrdinaryShare = 0.024;  // of wrong words on the pages that ocr_confusions.tsv comes from
constexpr double kMostWrong = 0.8;
constexpr double kLikeliest = -2.3;  // no mistake counts as likelier than this
// One certain word among those not known: a syllable, a word of another language or an abbreviation, what has
// Vietnamese marks and is no syllable.
constexpr double kOtherSyllable = -7, kOtherWord = -9, kNoWord = -14;
constexpr double kLanguage = 0.9;  // the language model is surer of itself than it should be
constexpr double kOwnPairs = 0.25, kOwnWords = 0.012;  // of what the document says itself
constexpr double kFewWords = 100;                      // a document of so many words counts half
constexpr double kRareWord = 2;                        // a word that the document has so often counts half
constexpr std::size_t kMostFirst = 14, kMostKept = 5;
constexpr double kFarBehind = 14;
constexpr double kFits = 0.5;  // a neighbour makes a word likelier by so much (natural logarithm)
constexpr double kNever = -std::numeric_limits<double>::infinity();

std::uint64_t key(WordId a, WordId b) { return (static_cast<std::uint64_t>(a) << 32) | b; }

std::u32string code_points_of(const std::string& text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out.push_back(decode_utf8(text, at));
  return out;
}

std::string utf8_of(const std::u32string& text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

bool is_vowel(char letter) { return std::string_view("aeiouy").find(letter) != std::string_view::npos; }

}  // namespace

void OcrEvidence::add(WordId before, WordId id) {
  pairs_[key(before, id)] += 1;
  words_[before] += 1;
  all_ += 1;
}

double OcrEvidence::share(WordId id, double less) const {
  const auto found = words_.find(id);
  return found == words_.end()
             ? 0
             : std::max(0.0, static_cast<double>(found->second) - less) / (all_ + kFewWords);
}

double OcrEvidence::times(WordId before, WordId id) const {
  const auto found = pairs_.find(key(before, id));
  return found == pairs_.end() ? 0 : static_cast<double>(found->second);
}

double OcrEvidence::share(WordId before, WordId id, double less) const {
  const double both = times(before, id) - less;
  if (both <= 0) return 0;
  return both / (static_cast<double>(words_.at(before)) - less + kRareWord);
}

void OcrLattice::add(const OcrToken& token, WordId id, double wrong, Readings& all) const {
  if (id == token.id || !language_.is_syllable(id)) return;
  const std::optional<double> misread = channel_.misread(code_points_of(language_.syllable(id)), token.lower);
  if (!misread) return;
  all.push_back({id, *misread, std::min(*misread, kLikeliest) + std::log(wrong / kOrdinaryShare), 0});
}

// Syllables with another letter, or one more or less.
void OcrLattice::add_other_letters(const OcrToken& token, double wrong, Readings& all) const {
  const std::string letters = fold(utf8_of(token.lower));
  if (letters.size() != token.lower.size()) return;
  const auto try_letters = [&](const std::string& changed) {
    for (const WordId id : language_.with_letters(changed)) add(token, id, wrong, all);
  };
  // "ảo vệ", "ăn cứ": the large first letter is lost where a stamp, a fold or the page's edge touches it.
  if (is_vowel(letters.front())) {
    for (const char32_t first : std::u32string_view(U"bcdđghklmnrstvx"))
      add(token, language_.id_of(utf8_of(first + token.lower)), wrong, all);
  }
  if (letters.size() < 3) return;
  for (std::size_t i = 0; i <= letters.size(); ++i) {
    if (i < letters.size()) {
      for (const char other : channel_.confused_with(letters[i])) {
        std::string changed = letters;
        changed[i] = other;
        try_letters(changed);
      }
      if (i == 0 || letters[i] != letters[i - 1]) try_letters(letters.substr(0, i) + letters.substr(i + 1));
    }
    for (const char other : std::string_view("aceghimnoptuy")) {
      if (i == 0 || letters[i - 1] != other) try_letters(letters.substr(0, i) + other + letters.substr(i));
    }
  }
}

OcrLattice::Readings OcrLattice::readings(const std::vector<OcrToken>& tokens, std::size_t i,
                                          double badness) const {
  const OcrToken& token = tokens[i];
  Readings all;
  const std::string text = utf8_of(token.lower);
  const bool known = token.id != language_.other();
  const double unknown = known                        ? 0
                         : is_possible_syllable(text) ? kOtherSyllable
                         : fold(text) == text         ? kOtherWord
                                                      : kNoWord;
  if (!token.open) {
    all.push_back({token.id, 0, unknown, 0});
    return all;
  }
  const double wrong = std::min(kMostWrong, badness * chance_of_error(token.confidence));
  all.push_back({token.id, 0, std::log(1 - wrong) + unknown, 0});
  for (const WordId id : language_.with_letters(fold(text))) add(token, id, wrong, all);
  const WordId before = tokens[i - 1].id, behind = tokens[i + 1].id;  // signs stand at both ends
  const auto word = [&](WordId id) { return id != language_.boundary() && id != language_.other(); };
  const bool fits = known && ((word(before) && language_.seen(before, token.id)) ||
                              (word(behind) && language_.seen(token.id, behind)));
  if (!fits) add_other_letters(token, wrong, all);
  if (all.size() <= kMostFirst) return all;
  for (Reading& one : all) {
    one.score = one.seen + kLanguage * std::max({language_.alone(one.id) + 2, language_.after(before, one.id),
                                                 language_.after(one.id, behind) - language_.alone(behind) +
                                                     language_.alone(one.id)});
  }
  const auto better = [](const Reading& a, const Reading& b) { return a.score > b.score; };
  std::nth_element(all.begin() + 1, all.begin() + kMostFirst, all.end(), better);
  all.resize(kMostFirst);
  return all;
}

// The scores of the readings of one page: pairs first, which leaves a few readings of each word; then threes.
struct OcrLattice::Run {
  const OcrLanguage& language;
  const OcrEvidence* evidence;
  const std::vector<OcrVerdict>& before;
  std::vector<Readings> all{};

  // Whether the evidence for this pair comes from this very place.
  double own(std::size_t i, WordId a, WordId b) const {
    return i < before.size() && before[i - 1].best == a && before[i].best == b ? 1 : 0;
  }
  double with_evidence(std::size_t i, WordId a, WordId b, double by_language) const {
    if (evidence == nullptr || b == language.other()) return kLanguage * by_language;
    double chance = (1 - kOwnPairs - kOwnWords) * std::exp(by_language);
    if (a != language.boundary() && a != language.other())
      chance += kOwnPairs * evidence->share(a, b, own(i, a, b));
    chance += kOwnWords * evidence->share(b, i < before.size() && before[i].best == b ? 1 : 0);
    return kLanguage * std::log(chance);
  }

  void by_pairs() {
    std::vector<std::vector<double>> steps(all.size());  // into i, from each reading before
    for (std::size_t i = 1; i < all.size(); ++i) {
      for (const Reading& from : all[i - 1]) {
        for (const Reading& to : all[i])
          steps[i].push_back(with_evidence(i, from.id, to.id, language.after(from.id, to.id)));
      }
    }
    std::vector<std::vector<double>> ways(all.size());
    ways[0].assign(all[0].size(), 0);
    for (std::size_t i = 1; i < all.size(); ++i) {
      ways[i].assign(all[i].size(), kNever);
      for (std::size_t from = 0; from < all[i - 1].size(); ++from) {
        for (std::size_t to = 0; to < all[i].size(); ++to)
          ways[i][to] = std::max(ways[i][to], ways[i - 1][from] + steps[i][from * all[i].size() + to]);
      }
      for (std::size_t to = 0; to < all[i].size(); ++to) ways[i][to] += all[i][to].seen;
    }
    std::vector<double> onward(all.back().size(), 0);
    for (std::size_t i = all.size(); i-- > 0;) {
      for (std::size_t k = 0; k < all[i].size(); ++k) all[i][k].score = ways[i][k] + onward[k];
      if (i == 0) break;
      std::vector<double> earlier(all[i - 1].size(), kNever);
      for (std::size_t from = 0; from < earlier.size(); ++from) {
        for (std::size_t to = 0; to < all[i].size(); ++to)
          earlier[from] =
              std::max(earlier[from], steps[i][from * all[i].size() + to] + all[i][to].seen + onward[to]);
      }
      onward = std::move(earlier);
    }
    for (Readings& readings : all) keep_best(readings);
  }

  static void keep_best(Readings& readings) {
    double best = kNever;
    for (const Reading& one : readings) best = std::max(best, one.score);
    const auto far = [&](const Reading& one) { return one.score < best - kFarBehind; };
    readings.erase(std::remove_if(readings.begin() + 1, readings.end(), far), readings.end());
    if (readings.size() <= kMostKept) return;
    const auto better = [](const Reading& a, const Reading& b) { return a.score > b.score; };
    std::nth_element(readings.begin() + 1, readings.begin() + kMostKept, readings.end(), better);
    readings.resize(kMostKept);
  }

  // States are two readings beside each other: [from * size + to].
  void by_threes() {
    const std::size_t size = all.size();
    std::vector<std::vector<double>> ways(size), steps(size);
    for (std::size_t i = 1; i < size; ++i) {
      const std::size_t here = all[i].size(), last = all[i - 1].size();
      ways[i].assign(last * here, kNever);
      for (std::size_t b = 0; b < last; ++b) {
        for (std::size_t c = 0; c < here; ++c) {
          double& way = ways[i][b * here + c];
          if (i == 1) {
            way = with_evidence(i, all[0][b].id, all[1][c].id, language.after(all[0][b].id, all[1][c].id));
          } else {
            for (std::size_t a = 0; a < all[i - 2].size(); ++a) {
              const double step =
                  with_evidence(i, all[i - 1][b].id, all[i][c].id,
                                language.after(all[i - 2][a].id, all[i - 1][b].id, all[i][c].id));
              steps[i].push_back(step);
              way = std::max(way, ways[i - 1][a * last + b] + step);
            }
          }
          way += all[i][c].seen;
        }
      }
    }
    std::vector<double> onward(size > 1 ? ways[size - 1].size() : 0, 0);
    for (std::size_t i = size; i-- > 1;) {
      const std::size_t here = all[i].size(), last = all[i - 1].size();
      for (std::size_t c = 0; c < here; ++c) {
        all[i][c].score = kNever;
        for (std::size_t b = 0; b < last; ++b)
          all[i][c].score = std::max(all[i][c].score, ways[i][b * here + c] + onward[b * here + c]);
      }
      if (i == 1) break;
      const std::size_t first = all[i - 2].size();
      std::vector<double> earlier(first * last, kNever);
      for (std::size_t b = 0; b < last; ++b) {
        for (std::size_t c = 0; c < here; ++c) {
          const double behind = all[i][c].seen + onward[b * here + c];
          for (std::size_t a = 0; a < first; ++a)
            earlier[a * last + b] =
                std::max(earlier[a * last + b], steps[i][(b * here + c) * first + a] + behind);
        }
      }
      onward = std::move(earlier);
    }
  }
};

std::vector<OcrVerdict> OcrLattice::judge(const std::vector<OcrToken>& tokens, double badness,
                                          const OcrEvidence* evidence,
                                          const std::vector<OcrVerdict>& before) const {
  Run run{language_, evidence, before};
  run.all.reserve(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) run.all.push_back(readings(tokens, i, badness));
  run.by_pairs();
  run.by_threes();

  std::vector<OcrVerdict> verdicts(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Readings& all = run.all[i];
    OcrVerdict& verdict = verdicts[i];
    verdict.best = all[0].id;
    if (all.size() < 2) continue;
    std::size_t best = 0;
    for (std::size_t k = 1; k < all.size(); ++k) best = all[k].score > all[best].score ? k : best;
    double rival = kNever, other = kNever;
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (k != best) rival = std::max(rival, all[k].score);
      if (k != 0) other = std::max(other, all[k].score);
    }
    verdict.best = all[best].id;
    verdict.changed = best != 0;
    verdict.misread = all[best].misread;
    verdict.other_letters =
        verdict.changed && fold(language_.syllable(verdict.best)) != fold(utf8_of(tokens[i].lower));
    verdict.odds = all[best].score - rival;
    verdict.wrong = 1 / (1 + std::exp(all[0].score - other));
  }
  const auto word = [&](WordId id) { return id != language_.boundary() && id != language_.other(); };
  // 2: the one makes the other much likelier; 1: they were seen together.
  const auto beside = [&](std::size_t i) {
    const WordId a = verdicts[i - 1].best, b = verdicts[i].best;
    if (!word(a) || !word(b)) return 0;
    if (language_.goes_with(a, b)) return 2;
    if (evidence != nullptr && evidence->seen(a, b, run.own(i, a, b))) return 2;
    return language_.seen(a, b) && language_.after(a, b) > language_.alone(b) + kFits ? 1 : 0;
  };
  for (std::size_t i = 1; i + 1 < verdicts.size(); ++i) {
    if (verdicts[i].changed) verdicts[i].attested = std::max(beside(i), beside(i + 1));
  }
  return verdicts;
}

}  // namespace vanban::normalise
