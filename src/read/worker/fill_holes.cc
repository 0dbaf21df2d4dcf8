#include "read/worker/fill_holes.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <string_view>

#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

constexpr double kSure = 0.7;            // OCR's confidence
constexpr std::size_t kMostLetters = 2;  // that one word may lack

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) out.push_back(decode_utf8(text, i));
  return out;
}

bool is_letter(char32_t c) { return c >= 0xC0 || (c < 0x80 && std::isalpha(static_cast<int>(c)) != 0); }

// Whether `whole` is `part` with one or two letters put in.
bool completes(const std::u32string& part, const std::u32string& whole) {
  if (whole.size() <= part.size() || whole.size() > part.size() + kMostLetters) return false;
  std::size_t matched = 0;
  for (const char32_t c : whole) {
    if (matched < part.size() && part[matched] == c)
      ++matched;
    else if (!is_letter(c))
      return false;
  }
  return matched == part.size();
}

bool same_line(const Box& a, const Box& b) {
  const double overlap = std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
  return overlap > 0.5 * std::min(a.height(), b.height());
}

}  // namespace

std::size_t fill_holes(const std::vector<RawWord>& seen, RawPage& page) {
  // Words by their middle height, so that those of one line are found by a search.
  struct Entry {
    double y;
    std::size_t index;
  };
  std::vector<Entry> order;
  double tallest = 0;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    if (page.words[i].invisible || page.words[i].rotation != 0) continue;
    order.push_back({page.words[i].box.centre_y(), i});
    tallest = std::max(tallest, std::min(page.words[i].box.height(), 60.0));
  }
  std::sort(order.begin(), order.end(), [](const Entry& a, const Entry& b) { return a.y < b.y; });
  std::vector<bool> gone(page.words.size(), false), done(page.words.size(), false);
  std::vector<RawWord> added;
  std::size_t completed = 0;
  constexpr std::size_t kMostCompared = 3000;
  for (const RawWord& word : seen) {
    if (word.confidence < kSure) continue;
    const std::u32string whole = code_points(word.text);
    if (!std::any_of(whole.begin(), whole.end(), is_letter)) continue;
    auto at = std::lower_bound(order.begin(), order.end(), word.box.centre_y() - tallest,
                               [](const Entry& entry, double y) { return entry.y < y; });
    std::vector<std::size_t> parts;
    bool touches = false, left = false, right = false;
    for (std::size_t n = 0; at != order.end() && at->y <= word.box.centre_y() + tallest && n < kMostCompared;
         ++at, ++n) {
      const Box& box = page.words[at->index].box;
      if (!same_line(box, word.box)) continue;
      if (box.centre_x() > word.box.x0 - 1 && box.centre_x() < word.box.x1 + 1)
        parts.push_back(at->index);
      else if (box.x1 > word.box.x0 + 1 && box.x0 < word.box.x1 - 1)
        touches = true;
      const double reach = 2 * box.height();
      left = left || (box.x1 <= word.box.x0 + 1 && word.box.x0 - box.x1 < reach);
      right = right || (box.x0 >= word.box.x1 - 1 && box.x0 - word.box.x1 < reach);
    }
    if (touches) continue;
    if (parts.empty()) {
      // A word all of whose letters are lost, between two others of its line.
      if (!left || !right || whole.size() > kMostLetters ||
          !std::all_of(whole.begin(), whole.end(), is_letter))
        continue;
      added.push_back(word);
      added.back().line = added.back().cell = -1;
      ++completed;
      continue;
    }
    std::sort(parts.begin(), parts.end(),
              [&](std::size_t a, std::size_t b) { return page.words[a].box.x0 < page.words[b].box.x0; });
    std::u32string text;
    double held = 0;
    Box around = page.words[parts[0]].box;
    bool taken = false;
    for (const std::size_t index : parts) {
      text += code_points(page.words[index].text);
      held += page.words[index].box.width();
      around.include(page.words[index].box);
      taken = taken || gone[index] || done[index];
    }
    if (taken || !completes(text, whole)) continue;
    around.x0 = std::min(around.x0, word.box.x0);
    around.x1 = std::max(around.x1, word.box.x1);
    const double hole = around.width() - held;
    if (hole < 0.15 * around.height()) continue;  // no room for a letter: OCR is wrong
    RawWord& first = page.words[parts[0]];
    first.space_after = page.words[parts.back()].space_after;
    first.text = word.text;
    first.box = around;
    first.confidence = word.confidence;
    done[parts[0]] = true;
    for (std::size_t i = 1; i < parts.size(); ++i) gone[parts[i]] = true;
    ++completed;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    if (gone[i]) continue;
    if (kept != i) page.words[kept] = std::move(page.words[i]);
    ++kept;
  }
  page.words.resize(kept);
  std::move(added.begin(), added.end(), std::back_inserter(page.words));
  return completed;
}

}  // namespace vanban::read
