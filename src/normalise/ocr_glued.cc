#include "normalise/ocr_glued.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "normalise/code_points.h"
#include "normalise/syllable.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::normalise {
namespace {

constexpr std::size_t kShortest = 3, kLongest = 13;  // letters of both

// The letters of a word that has nothing else but stops and brackets around them.
struct Letters {
  std::size_t begin = 0, end = 0;   // bytes
  std::vector<std::size_t> starts;  // of each letter, in bytes
  std::u32string lower;
  bool vietnamese = false;
};

bool letters_of(const std::string& word, Letters& found) {
  constexpr std::string_view kBefore = "(\"'[", kBehind = ".,;:)\"']";
  found.begin = std::min(word.find_first_not_of(kBefore), word.size());
  found.end = word.size();
  while (found.end > found.begin && kBehind.find(word[found.end - 1]) != std::string_view::npos) --found.end;
  for (std::size_t at = found.begin; at < found.end;) {
    found.starts.push_back(at);
    const char32_t c = lower(decode_utf8(word, at));
    if (!is_letter(c) || found.starts.size() > kLongest) return false;
    found.vietnamese = found.vietnamese || without_marks(c) != c || c == U'đ';
    found.lower.push_back(c);
  }
  return found.vietnamese && found.lower.size() >= kShortest;
}

std::string utf8_of(std::u32string letters) {
  reform_tone(letters);
  std::string out;
  for (const char32_t c : letters) append_utf8(out, c);
  return out;
}

// Where the second of two words begins, counted in letters; 0: they are not two, or not these two alone.
std::size_t seam_of(const Letters& word, const OcrLanguage& language) {
  const std::string whole = utf8_of(word.lower);
  if (language.id_of(whole) != language.other() || is_possible_syllable(whole)) return 0;
  std::size_t best = 0;
  double best_chance = 0;
  for (std::size_t seam = 1; seam < word.lower.size(); ++seam) {
    const std::u32string first = word.lower.substr(0, seam), second = word.lower.substr(seam);
    // One letter is a word of its own in "y tế", "ở các".
    const auto whole_word = [](const std::u32string& one) {
      return one.size() > 1 || one == U"y" || one == U"ý" || one == U"ở";
    };
    if (!whole_word(first) || !whole_word(second)) continue;
    const WordId a = language.id_of(utf8_of(first)), b = language.id_of(utf8_of(second));
    if (a == language.other() || b == language.other() || !language.is_syllable(a) ||
        !language.is_syllable(b) || !language.goes_with(a, b))
      continue;
    const double chance = language.alone(a) + language.after(a, b);
    if (best != 0 && chance <= best_chance) continue;
    best = seam;
    best_chance = chance;
  }
  return best;
}

}  // namespace

std::size_t part_glued_words(RawPage& page, const OcrLanguage& language) {
  std::vector<std::pair<std::size_t, std::size_t>> seams;  // word, byte
  std::vector<double> shares;                              // of its letters before the seam
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    Letters letters;
    if (!letters_of(page.words[i].text, letters)) continue;
    const std::size_t seam = seam_of(letters, language);
    if (seam == 0) continue;
    seams.emplace_back(i, letters.starts[seam]);
    shares.push_back(static_cast<double>(seam) / static_cast<double>(letters.starts.size()));
  }
  if (seams.empty()) return 0;
  std::vector<RawWord> words;
  words.reserve(page.words.size() + seams.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    words.push_back(std::move(page.words[i]));
    if (next == seams.size() || seams[next].first != i) continue;
    RawWord second = words.back();
    RawWord& first = words.back();
    first.rewrite(second.text.substr(0, seams[next].second));
    first.box.x1 = second.box.x0 + shares[next] * second.box.width();
    first.space_after = true;
    second.text.erase(0, seams[next].second);
    second.box.x0 = first.box.x1;
    words.push_back(std::move(second));
    ++next;
  }
  page.words = std::move(words);
  return seams.size();
}

}  // namespace vanban::normalise
