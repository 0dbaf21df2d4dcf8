#include "normalise/ocr_case.h"

#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::normalise {
namespace {

// Without brackets and stops at both ends.
std::string_view core_of(std::string_view word) {
  constexpr std::string_view kSigns = ".,;:()\"'_-";
  while (!word.empty() && kSigns.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && kSigns.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

// One of the five tone marks; Đ, Ư, Ô stand in abbreviations, too ("HĐND", "TƯ").
bool has_tone(std::string_view word) {
  constexpr std::u32string_view kOtherMarks = U"ăâêôơưđ";
  const std::string lower = to_lower(word);
  for (std::size_t at = 0; at < lower.size();) {
    const char32_t c = decode_utf8(lower, at);
    if (c >= 0x80 && kOtherMarks.find(c) == std::u32string_view::npos) return true;
  }
  return false;
}

bool in_small_letters(std::string_view word) {
  const std::string_view core = core_of(word);
  return !core.empty() && to_lower(core) == core &&
         fold(core).find_first_of("0123456789") == std::string::npos;
}

// What the word is in small letters; empty: it stays.
std::string settled(const std::vector<RawWord>& words, std::size_t i) {
  const std::string& word = words[i].text;
  const std::string_view core = core_of(word);
  std::size_t first = 0;
  if (core.empty()) return {};
  decode_utf8(core, first);
  const std::string_view rest = core.substr(first);
  if (rest.empty() || to_lower(rest) == rest || !is_possible_syllable(core)) return {};
  const auto at = static_cast<std::size_t>(core.data() - word.data());
  const auto with = [&](const std::string& better) {
    return word.substr(0, at) + better + word.substr(at + core.size());
  };
  const bool marked = fold(core) != to_lower(core);
  if (to_upper(core) != core)
    return marked ? with(std::string(core.substr(0, first)) + to_lower(rest)) : std::string();
  const bool inside = i > 0 && i + 1 < words.size() && words[i - 1].line == words[i].line &&
                      words[i + 1].line == words[i].line && words[i].line >= 0;
  if (!inside || !has_tone(core)) return {};
  // Its neighbour may have been read so, too ("VỆ SỨC"); more of them stand in capitals on purpose.
  constexpr std::size_t kMost = 2;
  std::size_t before = i, behind = i;
  const auto again = [&](std::size_t k) {
    return words[k].line == words[i].line && to_upper(words[k].text) == words[k].text &&
           has_tone(words[k].text);
  };
  while (before > 0 && i - before <= kMost && again(before)) --before;
  while (behind + 1 < words.size() && behind - i <= kMost && again(behind)) ++behind;
  if (behind - before - 1 > kMost) return {};
  if (words[before].line != words[i].line || words[behind].line != words[i].line) return {};
  if (!in_small_letters(words[before].text) || !in_small_letters(words[behind].text)) return {};
  if (words[before].text.ends_with('.') || words[before].text.ends_with(':')) return {};
  return with(to_lower(core));
}

}  // namespace

std::size_t settle_case(RawDocument& raw) {
  std::size_t mended = 0;
  for (RawPage& page : raw.pages) {
    if (page.origin != TextOrigin::kOcr) continue;
    std::vector<std::string> better(page.words.size());
    for (std::size_t i = 0; i < page.words.size(); ++i) better[i] = settled(page.words, i);
    for (std::size_t i = 0; i < page.words.size(); ++i) {
      if (better[i].empty()) continue;
      page.words[i].rewrite(std::move(better[i]));
      ++mended;
    }
  }
  return mended;
}

}  // namespace vanban::normalise
