#include "vanban/link/likeness.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <limits>
#include <map>
#include <set>
#include <string>

#include "text_alignment.h"
#include "vanban/base/edit_distance.h"
#include "vanban/lexicon/identity.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kFewestWords = 60;         // a shorter text is little more than its head
constexpr std::size_t kLongestText = 1'000'000;  // bytes: comparing takes some fifty times as much memory
constexpr std::size_t kRun = 3;                  // words of a shingle: OCR leaves most of them whole
// Texts that share 67 % of their runs (a scan with 7 % of its words spoilt) have a band in common with a
// probability of 0.99; two that share 5 % with one of 0.0015.
constexpr std::size_t kBands = 12, kRows = 3;

std::uint64_t mixed(std::uint64_t value) {  // splitmix64
  value += 0x9E3779B97F4A7C15ULL;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

std::uint64_t hash_of(std::string_view word) {  // FNV-1a: the same on every machine
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

bool has_digit(std::string_view word) { return word.find_first_of("0123456789") != std::string_view::npos; }
bool is_ocr(const HeldText& text) {
  return text.origin == TextOrigin::kOcr || text.origin == TextOrigin::kMixed;
}

// Words that a header states: they may be missing in the other text, where the number is blank.
std::set<std::string> stated_words(const HeldText& a, const HeldText& b) {
  std::set<std::string> out;
  for (const HeldText* one : {&a, &b}) {
    const DocumentHeader& header = one->header;
    for (const std::string* text : {&header.number.text, &header.signer.name}) {
      const TextWords words(*text);
      for (std::size_t i = 0; i < words.size(); ++i) out.emplace(words[i]);
    }
    for (const int part : {header.date.day, header.date.month, header.date.year}) {
      if (part == 0) continue;
      out.insert(std::to_string(part));
      out.insert((part < 10 ? "0" : "") + std::to_string(part));
    }
  }
  return out;
}

// A signer may be missing or misread, but not another.
bool same_signer(const HeldText& a, const HeldText& b) {
  const std::string one = slug(a.header.signer.name), other = slug(b.header.signer.name);
  if (one.empty() || other.empty()) return true;
  if (!is_ocr(a) && !is_ocr(b)) return one == other;
  return edit_distance(one, other) * 5 <= 2 * std::max(one.size(), other.size());
}

struct Span {
  std::size_t begin = 0, end = 0;
  std::size_t size() const { return end - begin; }
};

// Counts what two texts differ in, and says at the end whether it is too much.
class Judge {
 public:
  Judge(const TextWords& a, const TextWords& b, bool ocr, std::set<std::string> stated)
      : a_(a), b_(b), ocr_(ocr), stated_(std::move(stated)) {
    margin_ = std::min(kWidestMargin, std::min(a.size(), b.size()) / 5);
  }

  void take(const Difference& one) {
    const Span left{one.begin_a, one.end_a}, right{one.begin_b, one.end_b};
    const std::string in_a = joined(a_, left), in_b = joined(b_, right);
    if (in_a == in_b) return;  // other spaces
    const bool head = left.end <= margin_ && right.end <= margin_;
    const bool tail = left.begin + margin_ >= a_.size() && right.begin + margin_ >= b_.size();
    const bool stated_a = is_stated(a_, left), stated_b = is_stated(b_, right);
    if (stated_a && stated_b && (left.size() == 0 || right.size() == 0)) return;
    // A number or a date that OCR misread beside the one that the other header has.
    if (ocr_ && (head || tail) && (stated_a || stated_b) && alike(in_a, in_b)) return;
    if (head || tail) {
      keep(a_, left, margin_a_);
      keep(b_, right, margin_b_);
    } else if (left.size() == 0 || right.size() == 0) {
      one_sided(left.size() == 0 ? b_ : a_, left.size() == 0 ? right : left);
    } else {
      replaced(left, right, in_a, in_b);
    }
  }

  bool same() {
    settle_margins();
    const std::size_t words = std::max(a_.size(), b_.size());
    if (!ocr_) return wrong_numbers_ + lone_numbers_ + noise_ + other_words_ + garbage_ == 0;
    std::size_t numbers = 0, letters = 0;
    for (std::size_t i = 0; i < a_.size(); ++i) {
      numbers += has_digit(a_[i]) ? 1 : 0;
      letters += a_[i].size();
    }
    return wrong_numbers_ <= numbers / 50 && lone_numbers_ <= 1 + numbers / 15 && noise_ * 20 <= letters &&
           longest_other_ <= 2 && other_words_ <= words / 500 && garbage_ * 33 <= words;
  }

 private:
  static constexpr std::size_t kWidestMargin =
      80;  // words at either end: head, signature, recipients, stamps
  static constexpr std::size_t kMostInMargins = 40;
  using Bag = std::map<std::string, std::size_t>;

  static std::string joined(const TextWords& words, Span span) {
    std::string out;
    for (std::size_t i = span.begin; i < span.end; ++i) out += words[i];
    return out;
  }
  bool is_stated(const TextWords& words, Span span) const {
    for (std::size_t i = span.begin; i < span.end; ++i)
      if (!stated_.contains(std::string(words[i]))) return false;
    return true;
  }
  // One spoilt reading of the other.
  static bool alike(const std::string& a, const std::string& b) {
    constexpr std::size_t kLongest = 400;
    if (a.empty() || b.empty() || a.size() > kLongest || b.size() > kLongest) return false;
    const std::size_t distance = edit_distance(a, b);
    return distance <= 1 || distance * 5 <= 2 * std::max(a.size(), b.size());
  }
  // The same, word for word. Of a short word that two scans have spoilt there is not much left.
  bool alike_each(Span left, Span right) const {
    constexpr std::size_t kShort = 3, kMostSpoilt = 4;  // letters; words side by side
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
      const std::string one(a_[left.begin + i]), other(b_[right.begin + i]);
      if (std::max(one.size(), other.size()) > kShort && !alike(one, other)) return false;
    }
    return left.size() <= kMostSpoilt;
  }
  // Most of it words that Vietnamese has: OCR does not make those out of others.
  static bool is_vietnamese(const TextWords& words, Span span) {
    std::size_t all = 0, known = 0;
    for (std::size_t i = span.begin; i < span.end; ++i) {
      if (has_digit(words[i])) continue;
      ++all;
      known += words[i].size() > 1 && is_possible_syllable(words.marked(i)) ? 1 : 0;
    }
    return known > 0 && known * 2 >= all;
  }
  static std::string digits(const TextWords& words, Span span) {
    std::string out;
    for (std::size_t i = span.begin; i < span.end; ++i)
      for (const char c : words[i])
        if (c >= '0' && c <= '9') out += c;
    return out;
  }
  void keep(const TextWords& words, Span span, Bag& bag) const {
    for (std::size_t i = span.begin; i < span.end; ++i)
      if (!stated_.contains(std::string(words[i]))) ++bag[std::string(words[i])];
  }

  void other(std::size_t words) {
    other_words_ += words;
    longest_other_ = std::max(longest_other_, words);
  }
  void one_sided(const TextWords& words, Span span) {
    if (!digits(words, span).empty()) ++lone_numbers_;
    is_vietnamese(words, span) ? other(span.size()) : void(garbage_ += span.size());
  }
  void replaced(Span left, Span right, const std::string& in_a, const std::string& in_b) {
    const std::string number_a = digits(a_, left), number_b = digits(b_, right);
    if (number_a != number_b) ++(number_a.empty() || number_b.empty() ? lone_numbers_ : wrong_numbers_);
    const std::size_t words = std::max(left.size(), right.size());
    if (alike(in_a, in_b) || alike_each(left, right)) {
      noise_ += edit_distance(in_a, in_b);
    } else if (is_vietnamese(a_, left) && is_vietnamese(b_, right)) {
      other(words);
    } else {
      garbage_ += words;
    }
  }

  // At either end the order may be another (two columns of a head), and a stamp may stand in one of both.
  void settle_margins() {
    const auto count = [](const Bag& bag) {
      std::size_t words = 0;
      for (const auto& [word, times] : bag) words += times;
      return words;
    };
    const auto cancel = [](Bag& a, Bag& b, const auto& matches) {
      for (auto left = a.begin(); left != a.end();) {
        for (auto right = b.begin(); right != b.end() && left->second > 0;) {
          if (matches(left->first, right->first)) {
            const std::size_t both = std::min(left->second, right->second);
            left->second -= both;
            right->second -= both;
          }
          right = right->second == 0 ? b.erase(right) : std::next(right);
        }
        left = left->second == 0 ? a.erase(left) : std::next(left);
      }
    };
    if (count(margin_a_) + count(margin_b_) > 8 * kMostInMargins) {
      garbage_ = std::numeric_limits<std::size_t>::max() / 100;
      return;
    }
    cancel(margin_a_, margin_b_, [](const std::string& a, const std::string& b) { return a == b; });
    if (ocr_) {
      cancel(margin_a_, margin_b_, [](const std::string& a, const std::string& b) {
        return !has_digit(a) && !has_digit(b) && alike(a, b);
      });
    }
    const auto numbers = [](const Bag& bag) {
      std::size_t out = 0;
      for (const auto& [word, times] : bag) out += has_digit(word) ? times : 0;
      return out;
    };
    const std::size_t left = count(margin_a_), right = count(margin_b_);
    wrong_numbers_ += std::min(numbers(margin_a_), numbers(margin_b_));
    // What stands in one of both may be a stamp; what stands in each instead of the other is another content.
    const std::size_t each = std::min(left, right);
    if (each > (ocr_ ? std::size_t{2} : std::size_t{0})) other(each + 2);
    if (left + right > kMostInMargins) other(left + right);
  }

  const TextWords& a_;
  const TextWords& b_;
  const bool ocr_;
  const std::set<std::string> stated_;
  std::size_t margin_ = 0;
  Bag margin_a_, margin_b_;  // words of either end that the other has not
  std::size_t wrong_numbers_ = 0, lone_numbers_ = 0;
  std::size_t noise_ = 0;  // bytes that OCR spoilt
  std::size_t other_words_ = 0, longest_other_ = 0, garbage_ = 0;
};

}  // namespace

TextSketch sketch_of(std::string_view text) {
  TextSketch sketch;
  if (text.size() > kLongestText) return sketch;
  const TextWords words(text);
  sketch.words = words.size();
  if (words.size() < kFewestWords) return sketch;
  constexpr std::size_t kHashes = kBands * kRows;
  std::array<std::uint64_t, kHashes> seeds{}, least{};
  for (std::size_t k = 0; k < kHashes; ++k) seeds[k] = mixed(k + 1) | 1;
  least.fill(std::numeric_limits<std::uint64_t>::max());
  std::array<std::uint64_t, kRun> last{};
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::rotate(last.begin(), last.begin() + 1, last.end());
    last.back() = hash_of(words[i]);
    if (i + 1 < kRun) continue;
    std::uint64_t run = 0;
    for (const std::uint64_t one : last) run = mixed(run ^ one);
    for (std::size_t k = 0; k < kHashes; ++k) {
      std::uint64_t value = (run ^ seeds[k]) * seeds[kHashes - 1 - k];
      value ^= value >> 32;
      least[k] = std::min(least[k], value);
    }
  }
  constexpr std::uint64_t kKeyBits = (1ULL << 48) - 1;
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t key = band;
    for (std::size_t row = 0; row < kRows; ++row) key = mixed(key ^ least[band * kRows + row]);
    sketch.bands.push_back(key & kKeyBits);
  }
  return sketch;
}

bool is_one_document(const HeldText& a, const HeldText& b) {
  if (!may_be_one(a.header, b.header) || !same_signer(a, b)) return false;
  const TextWords in_a(a.text), in_b(b.text);
  if (std::min(in_a.size(), in_b.size()) < kFewestWords) return false;
  const std::optional<std::vector<Difference>> found = differences(in_a, in_b);
  if (!found) return false;
  Judge judge(in_a, in_b, is_ocr(a) || is_ocr(b), stated_words(a, b));
  for (const Difference& one : *found) judge.take(one);
  return judge.same();
}

bool has_other_content(const HeldText& a, const HeldText& b) {
  constexpr double kLeast = 0.9, kLeastOfOcr = 0.6;
  if (std::max(a.text.size(), b.text.size()) > kLongestText) return false;
  std::map<std::string, std::ptrdiff_t> more;  // of each word: how many more `a` has
  const auto count = [&](const std::string& text, std::ptrdiff_t sign) {
    std::size_t words = 0;
    const std::string folded = fold(comparison_key(text));
    for (std::size_t at = 0; at < folded.size();) {
      const auto is_letter = [&](std::size_t i) {
        return std::isalnum(static_cast<unsigned char>(folded[i])) != 0;
      };
      while (at < folded.size() && !is_letter(at)) ++at;
      const std::size_t begin = at;
      while (at < folded.size() && is_letter(at)) ++at;
      if (at == begin) break;
      more[folded.substr(begin, at - begin)] += sign;
      ++words;
    }
    return words;
  };
  const std::size_t all = count(a.text, 1) + count(b.text, -1);
  std::size_t alone = 0;
  for (const auto& [word, difference] : more) alone += static_cast<std::size_t>(std::abs(difference));
  if (all < 2 * kFewestWords) return false;
  const double shared = static_cast<double>(all - alone) / static_cast<double>(all);  // 1: the same words
  return shared < (is_ocr(a) || is_ocr(b) ? kLeastOfOcr : kLeast);
}

}  // namespace vanban
