#include "vanban/normalise/ocr_repair.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

using Id = std::uint32_t;
constexpr Id kUnknown = std::numeric_limits<Id>::max();

// All in natural logarithms.
constexpr double kMargin = 3;        // by which the repaired reading must be likelier than any other
constexpr double kNameMargin = 6;    // the same for a capitalised word beside another
constexpr double kAloneMargin = 10;  // ... in a line that may be a person's name
constexpr double kUnseenWord = -17, kUnseenPair = -3;
constexpr double kMoreLetters = -1.5;  // for each letter changed but the first
constexpr double kSure = 0.95;         // OCR's confidence from which a word stays
constexpr int kMostChanged = 2;

// How often a word of this confidence is wrong, as measured on real and synthetic scans.
double chance_of_error(double confidence) {
  constexpr std::array<std::pair<double, double>, 8> kPoints{{{0, 0.7},
                                                              {0.5, 0.6},
                                                              {0.7, 0.3},
                                                              {0.8, 0.12},
                                                              {0.85, 0.05},
                                                              {0.9, 0.015},
                                                              {0.93, 0.006},
                                                              {0.955, 0.001}}};
  for (std::size_t i = 1; i < kPoints.size(); ++i) {
    const auto& [low, at_low] = kPoints[i - 1];
    const auto& [high, at_high] = kPoints[i];
    if (confidence > high) continue;
    const double part = std::max(0.0, confidence - low) / (high - low);
    return std::exp(std::log(at_low) * (1 - part) + std::log(at_high) * part);
  }
  return kPoints.back().second;
}

bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c < 0x1F00);
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out.push_back(decode_utf8(text, at));
  return out;
}

// A syllable without its tone's place: "hoà" and "hòa" are one.
bool same_but_for_tone_place(const std::string& a, const std::string& b) {
  return a == b || comparison_key(a) == comparison_key(b);
}

// How many letters differ; too many if the lengths do.
int letters_changed(std::string_view a, std::string_view b) {
  const std::u32string left = code_points(a), right = code_points(b);
  if (left.size() != right.size()) return kMostChanged + 1;
  int changed = 0;
  for (std::size_t i = 0; i < left.size(); ++i) changed += left[i] != right[i] ? 1 : 0;
  return changed;
}

// The syllables and pairs of ocr_bigrams.
class Language {
 public:
  explicit Language(const std::vector<std::array<std::string, 3>>& rows) {
    double all = 0;
    for (const auto& [syllable, count, next] : rows) {
      ids_.emplace(syllable, static_cast<Id>(syllables_.size()));
      by_letters_[fold(syllable)].push_back(static_cast<Id>(syllables_.size()));
      syllables_.push_back(syllable);
      counts_.push_back(logarithm(count));
      all += std::exp(counts_.back());
    }
    all_ = std::log(std::max(1.0, all));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      first_.push_back(pairs_.size());
      const std::string_view next = rows[i][2];
      for (std::size_t at = 0; at < next.size();) {
        const std::size_t end = std::min(next.find(' ', at), next.size());
        const std::string_view one = next.substr(at, end - at);
        const std::size_t colon = one.rfind(':');
        if (colon != std::string_view::npos) {
          const Id id = id_of(std::string(one.substr(0, colon)));
          if (id != kUnknown) pairs_.emplace_back(id, static_cast<float>(logarithm(one.substr(colon + 1))));
        }
        at = end + 1;
      }
      std::sort(pairs_.begin() + static_cast<std::ptrdiff_t>(first_.back()), pairs_.end());
    }
    first_.push_back(pairs_.size());
  }

  Id id_of(const std::string& syllable) const {
    const auto found = ids_.find(syllable);
    return found == ids_.end() ? kUnknown : found->second;
  }
  const std::string& syllable(Id id) const { return syllables_[id]; }
  const std::vector<Id>& with_letters(const std::string& folded) const {
    static const std::vector<Id> kNone;
    const auto found = by_letters_.find(folded);
    return found == by_letters_.end() ? kNone : found->second;
  }
  double alone(Id id) const { return id == kUnknown ? kUnseenWord : counts_[id] - all_; }
  // nullptr: not seen.
  const float* pair(Id before, Id id) const {
    if (before == kUnknown || id == kUnknown) return nullptr;
    const auto from = pairs_.begin() + static_cast<std::ptrdiff_t>(first_[before]),
               to = pairs_.begin() + static_cast<std::ptrdiff_t>(first_[before + 1]);
    const auto found =
        std::lower_bound(from, to, id, [](const auto& one, Id wanted) { return one.first < wanted; });
    return found == to || found->first != id ? nullptr : &found->second;
  }
  double after(Id before, Id id) const {
    if (before == kUnknown) return alone(id);
    const float* seen = pair(before, id);
    return seen != nullptr ? static_cast<double>(*seen) - counts_[before] : alone(id) + kUnseenPair;
  }

 private:
  // The table has floor(log2(count)): the middle of the range.
  static double logarithm(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return std::log(2.0) * std::clamp(value, 0, 60) + 0.3;
  }

  std::unordered_map<std::string, Id> ids_;
  std::unordered_map<std::string, std::vector<Id>> by_letters_;
  std::vector<std::string> syllables_;
  std::vector<double> counts_;
  std::vector<std::size_t> first_;  // of each syllable's pairs, and the end
  std::vector<std::pair<Id, float>> pairs_;
  double all_ = 0;
};

enum class Case { kLower, kTitle, kUpper, kMixed };

// A word of a page that is letters alone, but for signs before and behind.
struct Token {
  std::size_t word = 0;
  std::size_t begin = 0, end = 0;  // its letters, in bytes
  std::string lower;
  Case written = Case::kLower;
  double confidence = 1;
};

// A reading of a token and how likely it is by what the engine saw.
struct Reading {
  Id id = kUnknown;
  double seen = 0;
  double forward = 0, backward = 0;  // of the best way through this reading
};

class PageRepair {
 public:
  PageRepair(const Language& language, RawPage& page) : language_(language), page_(page) {}

  std::size_t run() {
    std::vector<Token> run;
    bool breaks = false;
    int cell = -1;
    for (std::size_t i = 0; i < page_.words.size(); ++i) {
      const RawWord& word = page_.words[i];
      Token token;
      bool sign_before = false, sign_behind = false;
      const bool letters = take(word, token, sign_before, sign_behind);
      if (breaks || !letters || sign_before || word.cell != cell) finish(run);
      cell = word.cell;
      breaks = sign_behind;
      if (!letters) continue;
      token.word = i;
      run.push_back(std::move(token));
    }
    finish(run);
    return repaired_;
  }

 private:
  static bool take(const RawWord& word, Token& token, bool& before, bool& behind) {
    bool lower = false, upper = false, later_upper = false;
    std::size_t end_of_word = 0;
    for (std::size_t at = 0; at < word.text.size();) {
      const std::size_t start = at;
      const char32_t c = decode_utf8(word.text, at);
      if (c >= '0' && c <= '9') return false;
      if (!is_letter(c)) {
        (end_of_word == 0 ? before : behind) = true;
        continue;
      }
      if (behind) return false;  // "và/hoặc"
      const std::string_view one(word.text.data() + start, at - start);
      const bool is_upper = is_upper_case(one);
      if (end_of_word == 0) {
        token.begin = start;
      } else {
        later_upper = later_upper || is_upper;
      }
      lower = lower || !is_upper;
      upper = upper || is_upper;
      end_of_word = at;
    }
    if (end_of_word == 0) return false;
    token.end = end_of_word;
    token.confidence = word.confidence;
    const std::string letters = word.text.substr(token.begin, token.end - token.begin);
    token.written = !upper ? Case::kLower : !lower ? Case::kUpper : later_upper ? Case::kMixed : Case::kTitle;
    if (token.written == Case::kUpper && count_code_points(letters) == 1) token.written = Case::kTitle;
    token.lower = to_lower(letters);
    return true;
  }

  std::vector<Reading> readings(const Token& token) const {
    const double wrong = chance_of_error(token.confidence);
    std::vector<Reading> all;
    all.push_back({language_.id_of(token.lower), std::log(1 - wrong), 0, 0});
    if (token.confidence >= kSure || token.written == Case::kMixed || count_code_points(token.lower) < 2)
      return all;
    const std::vector<Id>& others = language_.with_letters(fold(token.lower));
    const double each = std::log(wrong) - std::log(std::max<double>(2, static_cast<double>(others.size())));
    for (Id id : others) {
      if (id == all.front().id) continue;
      const int changed = letters_changed(token.lower, language_.syllable(id));
      if (changed <= kMostChanged) all.push_back({id, each + kMoreLetters * (changed - 1), 0, 0});
    }
    return all;
  }

  // Neighbours that stand together: the likeliest way through their readings (Viterbi, forwards and
  // backwards).
  void finish(std::vector<Token>& run) {
    std::vector<std::vector<Reading>> all;
    bool choice = false;
    for (const Token& token : run) {
      all.push_back(readings(token));
      choice = choice || all.back().size() > 1;
    }
    if (choice) {
      for (std::size_t i = 0; i < all.size(); ++i) {
        for (Reading& reading : all[i]) {
          double best = i == 0 ? language_.alone(reading.id) : -std::numeric_limits<double>::infinity();
          if (i > 0) {
            for (const Reading& before : all[i - 1]) {
              best = std::max(best, before.forward + language_.after(before.id, reading.id));
            }
          }
          reading.forward = best + reading.seen;
        }
      }
      for (std::size_t i = all.size(); i-- > 1;) {
        for (Reading& reading : all[i - 1]) {
          reading.backward = -std::numeric_limits<double>::infinity();
          for (const Reading& next : all[i]) {
            reading.backward =
                std::max(reading.backward, language_.after(reading.id, next.id) + next.seen + next.backward);
          }
        }
      }
      for (std::size_t i = 0; i < run.size(); ++i) decide(run, all, i);
    }
    run.clear();
  }

  void decide(const std::vector<Token>& run, const std::vector<std::vector<Reading>>& all, std::size_t i) {
    if (all[i].size() < 2) return;
    const auto total = [](const Reading& one) { return one.forward + one.backward; };
    const Reading& best =
        *std::max_element(all[i].begin(), all[i].end(),
                          [&](const Reading& a, const Reading& b) { return total(a) < total(b); });
    if (&best == &all[i].front()) return;
    const std::string& chosen = language_.syllable(best.id);
    double rival = total(all[i].front());
    for (std::size_t k = 1; k < all[i].size(); ++k) {
      const Reading& other = all[i][k];
      if (&other == &best || total(other) <= rival) continue;
      if (!same_but_for_tone_place(language_.syllable(other.id), chosen)) rival = total(other);
    }
    if (total(best) - rival < margin(run, i)) return;
    if (same_but_for_tone_place(run[i].lower, chosen)) return;
    bool attested = false;
    if (i > 0) {
      for (const Reading& before : all[i - 1])
        attested = attested || language_.pair(before.id, best.id) != nullptr;
    }
    if (i + 1 < run.size()) {
      for (const Reading& next : all[i + 1])
        attested = attested || language_.pair(best.id, next.id) != nullptr;
    }
    if (attested) replace(run[i], chosen);
  }

  static double margin(const std::vector<Token>& run, std::size_t i) {
    if (run[i].written != Case::kTitle) return kMargin;
    const auto title = [&](std::size_t k) { return k < run.size() && run[k].written == Case::kTitle; };
    constexpr std::size_t kLongestName = 5;
    if (run.size() <= kLongestName &&
        std::all_of(run.begin(), run.end(), [](const Token& one) { return one.written == Case::kTitle; })) {
      return kAloneMargin;
    }
    return title(i + 1) || (i > 0 && title(i - 1)) ? kNameMargin : kMargin;
  }

  void replace(const Token& token, const std::string& chosen) {
    RawWord& word = page_.words[token.word];
    std::string written = chosen;
    if (token.written == Case::kUpper) {
      written = to_upper(chosen);
    } else if (token.written == Case::kTitle) {
      std::size_t first = 0;
      decode_utf8(chosen, first);
      written = to_upper(std::string_view(chosen).substr(0, first)) + chosen.substr(first);
    }
    word.read_as = word.text;
    word.text = word.text.substr(0, token.begin) + written + word.text.substr(token.end);
    ++repaired_;
  }

  const Language& language_;
  RawPage& page_;
  std::size_t repaired_ = 0;
};

}  // namespace

struct OcrRepair::Impl {
  std::vector<std::array<std::string, 3>> rows;
  std::once_flag once;
  std::optional<Language> made;

  const Language& language() {
    std::call_once(once, [this] {
      made.emplace(rows);
      rows = {};
    });
    return *made;
  }
};

OcrRepair::OcrRepair(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OcrRepair::OcrRepair(OcrRepair&&) noexcept = default;
OcrRepair& OcrRepair::operator=(OcrRepair&&) noexcept = default;
OcrRepair::~OcrRepair() = default;

Result<OcrRepair> OcrRepair::create(const Models& models) {
  Result<const ModelTable*> table = models.table("ocr_bigrams");
  if (!table) return table.error();
  std::array<std::size_t, 3> columns{};
  constexpr std::array<std::string_view, 3> kNames{"syllable", "count", "next"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    Result<std::size_t> column = (*table)->column(kNames[i]);
    if (!column) return column.error();
    columns[i] = *column;
  }
  auto impl = std::make_unique<Impl>();
  impl->rows.reserve((*table)->rows.size());
  for (const auto& row : (*table)->rows)
    impl->rows.push_back({row[columns[0]], row[columns[1]], row[columns[2]]});
  return OcrRepair(std::move(impl));
}

std::size_t OcrRepair::repair(RawPage& page) const {
  if (page.origin != TextOrigin::kOcr || page.words.empty()) return 0;
  return PageRepair(impl_->language(), page).run();
}

std::optional<RawDocument> OcrRepair::repaired(const RawDocument& raw) const {
  const bool any = std::any_of(raw.pages.begin(), raw.pages.end(),
                               [](const RawPage& page) { return page.origin == TextOrigin::kOcr; });
  if (!any) return std::nullopt;
  RawDocument copy = raw;
  std::size_t count = 0;
  for (RawPage& page : copy.pages) count += repair(page);
  if (count == 0) return std::nullopt;
  return copy;
}

}  // namespace vanban
