#include "read/worker/ocr_contested.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <utility>

namespace vanban::read {
namespace {

constexpr double kClaimed = 0.4;           // of the smaller word's area
constexpr std::size_t kMostWords = 5'000;  // a page of the smallest print has about 1,500

double shared_part(const Box& a, const Box& b) {
  const double wide = std::min(a.x1, b.x1) - std::max(a.x0, b.x0),
               high = std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
  const double smaller = std::min(a.width() * a.height(), b.width() * b.height());
  return wide > 0 && high > 0 && smaller > 0 ? wide * high / smaller : 0;
}

// The lines of which a word stands on another line's word. Specks and hyphens claim nothing.
std::set<int> contested_lines(const std::vector<RawWord>& words) {
  std::set<int> lines;
  if (words.size() > kMostWords) return lines;
  std::vector<const RawWord*> by_top;
  for (const RawWord& word : words) {
    if (word.text.size() > 1 && word.line >= 0) by_top.push_back(&word);
  }
  std::stable_sort(by_top.begin(), by_top.end(),
                   [](const RawWord* a, const RawWord* b) { return a->box.y0 < b->box.y0; });
  for (std::size_t i = 0; i < by_top.size(); ++i) {
    for (std::size_t k = i + 1; k < by_top.size() && by_top[k]->box.y0 < by_top[i]->box.y1; ++k) {
      const RawWord &a = *by_top[i], &b = *by_top[k];
      if (a.line != b.line && shared_part(a.box, b.box) >= kClaimed) lines.insert({a.line, b.line});
    }
  }
  return lines;
}

}  // namespace

bool has_contested(const std::vector<RawWord>& words) { return !contested_lines(words).empty(); }

std::vector<RawWord> take_contested(std::vector<RawWord>& words) {
  std::vector<RawWord> contested;
  const std::set<int> lines = contested_lines(words);
  if (lines.empty()) return contested;
  const auto from = std::stable_partition(words.begin(), words.end(),
                                          [&](const RawWord& word) { return !lines.contains(word.line); });
  contested.assign(std::make_move_iterator(from), std::make_move_iterator(words.end()));
  words.erase(from, words.end());
  return contested;
}

void return_contested(std::vector<RawWord> contested, std::vector<RawWord>& words) {
  constexpr double kTaken = 0.3;
  std::vector<std::size_t> surest_first(contested.size());
  for (std::size_t i = 0; i < surest_first.size(); ++i) surest_first[i] = i;
  std::stable_sort(surest_first.begin(), surest_first.end(), [&](std::size_t a, std::size_t b) {
    return contested[a].confidence > contested[b].confidence;
  });
  std::set<std::size_t> back;
  for (std::size_t i : surest_first) {
    const auto on_it = [&](const RawWord& other) {
      return shared_part(contested[i].box, other.box) > kTaken;
    };
    const bool taken =
        std::any_of(words.begin(), words.end(), on_it) ||
        std::any_of(back.begin(), back.end(), [&](std::size_t k) { return on_it(contested[k]); });
    if (!taken) back.insert(i);
  }
  for (std::size_t i : back) words.push_back(std::move(contested[i]));  // in the order of their lines
}

}  // namespace vanban::read
