#include "text_alignment.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kRun = 3;  // words
constexpr std::size_t kLongestGap =
    80;  // words; what lies between two common runs is compared each with each

// Letters and digits; every byte of a letter that is not ASCII, but not of general punctuation ("…", "–").
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0, at = 0;
  const auto close = [&](std::size_t end) {
    if (end > begin) words.push_back(text.substr(begin, end - begin));
  };
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    std::size_t separator = 0;
    if (byte < 0x80) {
      const bool word =
          (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
      separator = word ? 0 : 1;
    } else if (byte == 0xC2) {  // U+0080..00BF
      separator = 2;
    } else if (byte == 0xE2) {  // U+2000..2FFF: punctuation, arrows, boxes, bullets
      separator = 3;
    }
    if (separator == 0) {
      ++at;
      continue;
    }
    close(at);
    at = std::min(text.size(), at + separator);
    begin = at;
  }
  close(text.size());
  return words;
}

using Ids = std::vector<std::uint32_t>;

// The same number for the same word in both texts.
std::pair<Ids, Ids> ids_of(const TextWords& a, const TextWords& b) {
  std::unordered_map<std::string_view, std::uint32_t> known;
  known.reserve(a.size());
  const auto ids = [&](const TextWords& words) {
    Ids out(words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
      out[i] = known.try_emplace(words[i], static_cast<std::uint32_t>(known.size())).first->second;
    return out;
  };
  Ids first = ids(a);
  return {std::move(first), ids(b)};
}

struct Anchor {
  std::size_t a = 0, b = 0;  // where the run begins
};

// Runs that each text has exactly once, as many as stand in the same order in both.
std::vector<Anchor> anchors_of(const Ids& a, const Ids& b) {
  if (a.size() < kRun || b.size() < kRun) return {};
  struct Place {
    std::size_t in_a = 0, in_b = 0, times_a = 0, times_b = 0;
  };
  const auto key = [](const Ids& ids, std::size_t i) {
    std::uint64_t hash = 0;
    for (std::size_t k = 0; k < kRun; ++k) hash = (hash ^ ids[i + k]) * 0x9E3779B97F4A7C15ULL + (hash >> 29);
    return hash;
  };
  std::unordered_map<std::uint64_t, Place> runs;
  runs.reserve(a.size());
  for (std::size_t i = 0; i + kRun <= a.size(); ++i) {
    Place& place = runs[key(a, i)];
    place.in_a = i;
    ++place.times_a;
  }
  for (std::size_t j = 0; j + kRun <= b.size(); ++j) {
    const auto found = runs.find(key(b, j));
    if (found == runs.end()) continue;
    found->second.in_b = j;
    ++found->second.times_b;
  }
  std::vector<Anchor> all;
  for (std::size_t i = 0; i + kRun <= a.size(); ++i) {
    const Place& place = runs[key(a, i)];
    if (place.times_a == 1 && place.times_b == 1 &&
        std::equal(a.begin() + static_cast<std::ptrdiff_t>(i),
                   a.begin() + static_cast<std::ptrdiff_t>(i + kRun),
                   b.begin() + static_cast<std::ptrdiff_t>(place.in_b)))
      all.push_back({i, place.in_b});
  }
  // The longest rising sequence of places in b.
  constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
  std::vector<std::size_t> last, before(all.size(), kNobody);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto place =
        std::lower_bound(last.begin(), last.end(), all[i].b,
                         [&](std::size_t one, std::size_t value) { return all[one].b < value; });
    if (place != last.begin()) before[i] = *std::prev(place);
    if (place == last.end())
      last.push_back(i);
    else
      *place = i;
  }
  std::vector<Anchor> kept;
  for (std::size_t i = last.empty() ? kNobody : last.back(); i != kNobody; i = before[i])
    kept.push_back(all[i]);
  std::reverse(kept.begin(), kept.end());
  return kept;
}

// Between two common runs: the fewest words put in, taken out or replaced.
void compare_gap(const Ids& a, const Ids& b, Difference gap, std::vector<Difference>& out) {
  const std::size_t rows = gap.end_a - gap.begin_a, columns = gap.end_b - gap.begin_b;
  if (rows == 0 && columns == 0) return;
  if (rows == 0 || columns == 0) {
    out.push_back(gap);
    return;
  }
  std::vector<std::uint16_t> cost((rows + 1) * (columns + 1));
  const auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return cost[i * (columns + 1) + j]; };
  // From the end, so that the way can be read from the beginning.
  for (std::size_t i = rows + 1; i-- > 0;) {
    for (std::size_t j = columns + 1; j-- > 0;) {
      if (i == rows || j == columns) {
        at(i, j) = static_cast<std::uint16_t>(rows - i + columns - j);
        continue;
      }
      const bool same = a[gap.begin_a + i] == b[gap.begin_b + j];
      const auto step = [](std::uint16_t value) { return static_cast<std::uint16_t>(value + 1); };
      at(i, j) = same ? at(i + 1, j + 1)
                      : std::min({step(at(i + 1, j + 1)), step(at(i + 1, j)), step(at(i, j + 1))});
    }
  }
  std::size_t i = 0, j = 0;
  Difference open{gap.begin_a, gap.begin_a, gap.begin_b, gap.begin_b};
  const auto close = [&] {
    if (open.end_a > open.begin_a || open.end_b > open.begin_b) out.push_back(open);
  };
  while (i < rows || j < columns) {
    if (i < rows && j < columns && a[gap.begin_a + i] == b[gap.begin_b + j]) {
      close();
      ++i, ++j;
      open = {gap.begin_a + i, gap.begin_a + i, gap.begin_b + j, gap.begin_b + j};
      continue;
    }
    const std::uint16_t here = at(i, j);
    if (i < rows && j < columns && at(i + 1, j + 1) + 1 == here) {
      ++i, ++j;
    } else if (i < rows && at(i + 1, j) + 1 == here) {
      ++i;
    } else {
      ++j;
    }
    open.end_a = gap.begin_a + i;
    open.end_b = gap.begin_b + j;
  }
  close();
}

}  // namespace

TextWords::TextWords(std::string_view text) : folded_(fold(text)), words_(words_of(folded_)) {
  marked_ = words_of(text);
  if (marked_.size() != words_.size())
    marked_.clear();  // folding joined or parted some: go by the folded ones
}

std::optional<std::vector<Difference>> differences(const TextWords& a, const TextWords& b) {
  const auto [in_a, in_b] = ids_of(a, b);
  std::vector<Anchor> anchors = anchors_of(in_a, in_b);
  anchors.push_back({a.size(), b.size()});
  std::vector<Difference> out;
  std::size_t i = 0, j = 0;
  for (const Anchor& anchor : anchors) {
    while (i < a.size() && j < b.size() && in_a[i] == in_b[j]) ++i, ++j;
    if (anchor.a < i || anchor.b < j) continue;
    Difference gap{i, anchor.a, j, anchor.b};
    while (gap.end_a > gap.begin_a && gap.end_b > gap.begin_b && in_a[gap.end_a - 1] == in_b[gap.end_b - 1])
      --gap.end_a, --gap.end_b;
    if (gap.end_a - gap.begin_a > kLongestGap || gap.end_b - gap.begin_b > kLongestGap) return std::nullopt;
    compare_gap(in_a, in_b, gap, out);
    i = anchor.a;
    j = anchor.b;
  }
  return out;
}

}  // namespace vanban
