#include "normalise/ocr_language.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "vanban/normalise/text.h"

namespace vanban::normalise {
namespace {

constexpr double kDiscount = 0.75;   // of every count, for what was not seen (Kneser and Ney)
constexpr double kLeastLeft = 0.02;  // what is left over at the least
constexpr double kLeastShare = 2e-9;
constexpr double kGoesWith = 4;

double count_of(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return std::exp2(std::clamp(value, 0, 200) / 4.0);
}

}  // namespace

OcrLanguage::OcrLanguage(const std::vector<std::array<std::string, 3>>& rows, std::string_view threes) {
  double all = 1;
  const auto add = [&](const std::string& syllable, double count) {
    const auto [entry, is_new] = ids_.emplace(syllable, static_cast<WordId>(syllables_.size()));
    if (!is_new) return entry->second;
    const bool possible = is_possible_syllable(syllable);
    if (possible) by_letters_[fold(syllable)].push_back(entry->second);
    syllables_.push_back(syllable);
    is_syllable_.push_back(possible);
    counts_.push_back(static_cast<float>(count));
    all += count;
    return entry->second;
  };
  for (const auto& [syllable, count, next] : rows) add(syllable, count_of(count));
  number_ = add("#", 1);
  boundary_ = add(".", 1);
  other_ = add("?", 1);
  for (const float count : counts_)
    alone_.push_back(static_cast<float>(std::max(kLeastShare, static_cast<double>(count) / all)));

  std::vector<Next> next;
  const auto left_over = [](const std::vector<Next>& list, double count) {
    double taken = 0;
    for (const Next& one : list) taken += static_cast<double>(one.count) - kDiscount;
    return static_cast<float>(std::clamp(1 - taken / std::max(1.0, count), kLeastLeft, 1.0));
  };
  left_.assign(syllables_.size(), 1);
  std::vector<const std::string*> lists(syllables_.size(), nullptr);
  for (const auto& row : rows) lists[ids_.at(row[0])] = &row[2];
  for (WordId id = 0; id < syllables_.size(); ++id) {
    first_pair_.push_back(pairs_.size());
    if (lists[id] == nullptr) continue;
    read_next(*lists[id], next);
    left_[id] = left_over(next, static_cast<double>(counts_[id]));
    pairs_.insert(pairs_.end(), next.begin(), next.end());
  }
  first_pair_.push_back(pairs_.size());

  // The lines stand in no order that we rely on: where each pair's list is, then all lists by pair.
  std::vector<std::string_view> behind(pairs_.size());
  for (std::size_t at = 0; at < threes.size();) {
    const std::size_t end = std::min(threes.find('\n', at), threes.size());
    const std::string_view line = threes.substr(at, end - at);
    at = end + 1;
    const std::size_t blank = line.find(' '), tab = line.find('\t');
    if (tab == std::string_view::npos || blank > tab) continue;
    const auto a = ids_.find(std::string(line.substr(0, blank)));
    const auto b = ids_.find(std::string(line.substr(blank + 1, tab - blank - 1)));
    if (a == ids_.end() || b == ids_.end()) continue;
    const std::size_t place = pair(a->second, b->second);
    if (place != kNone) behind[place] = line.substr(tab + 1);
  }
  left_of_pair_.assign(pairs_.size(), 1);
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    first_three_.push_back(static_cast<std::uint32_t>(threes_.size()));
    if (behind[i].empty()) continue;
    read_next(behind[i], next);
    left_of_pair_[i] = left_over(next, static_cast<double>(pairs_[i].count));
    threes_.insert(threes_.end(), next.begin(), next.end());
  }
  first_three_.push_back(static_cast<std::uint32_t>(threes_.size()));
}

void OcrLanguage::read_next(std::string_view list, std::vector<Next>& out) const {
  out.clear();
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    const std::string_view one = list.substr(at, end - at);
    at = end + 1;
    const std::size_t colon = one.rfind(':');
    if (colon == std::string_view::npos) continue;
    const auto found = ids_.find(std::string(one.substr(0, colon)));
    if (found != ids_.end())
      out.push_back({found->second, static_cast<float>(count_of(one.substr(colon + 1)))});
  }
  std::sort(out.begin(), out.end(), [](const Next& a, const Next& b) { return a.id < b.id; });
}

WordId OcrLanguage::id_of(const std::string& syllable) const {
  const auto found = ids_.find(syllable);
  return found == ids_.end() ? other_ : found->second;
}

const std::vector<WordId>& OcrLanguage::with_letters(const std::string& folded) const {
  static const std::vector<WordId> kNobody;
  const auto found = by_letters_.find(folded);
  return found == by_letters_.end() ? kNobody : found->second;
}

std::size_t OcrLanguage::pair(WordId before, WordId id) const {
  const auto from = pairs_.begin() + static_cast<std::ptrdiff_t>(first_pair_[before]);
  const auto to = pairs_.begin() + static_cast<std::ptrdiff_t>(first_pair_[before + 1]);
  const auto found = std::lower_bound(from, to, id, [](const Next& a, WordId b) { return a.id < b; });
  return found == to || found->id != id ? kNone : static_cast<std::size_t>(found - pairs_.begin());
}

double OcrLanguage::alone(WordId id) const { return std::log(static_cast<double>(alone_[id])); }

double OcrLanguage::chance(WordId before, WordId id) const {
  const std::size_t place = pair(before, id);
  const double count = place == kNone ? 0 : static_cast<double>(pairs_[place].count) - kDiscount;
  return count / std::max(1.0, static_cast<double>(counts_[before])) +
         static_cast<double>(left_[before]) * static_cast<double>(alone_[id]);
}

bool OcrLanguage::goes_with(WordId before, WordId id) const {
  return pair(before, id) != kNone && chance(before, id) > kGoesWith * static_cast<double>(alone_[id]);
}

double OcrLanguage::after(WordId before, WordId id) const { return std::log(chance(before, id)); }

double OcrLanguage::after(WordId first, WordId before, WordId id) const {
  const std::size_t place = pair(first, before);
  if (place == kNone) return after(before, id);
  const auto from = threes_.begin() + first_three_[place], to = threes_.begin() + first_three_[place + 1];
  const auto found = std::lower_bound(from, to, id, [](const Next& a, WordId b) { return a.id < b; });
  const double count =
      found == to || found->id != id ? 0 : std::max(0.0, static_cast<double>(found->count) - kDiscount);
  return std::log(count / std::max(1.0, static_cast<double>(pairs_[place].count)) +
                  static_cast<double>(left_of_pair_[place]) * chance(before, id));
}

}  // namespace vanban::normalise
