#include "vanban/lexicon/first_words.h"

#include <array>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

constexpr std::size_t kSlotsForWord = 4;  // a look-up that fails should end at once

// The lower case of letters and digits below U+2000; 0: another character.
constexpr std::size_t kKnown = 0x2000;
constexpr std::array<char16_t, kKnown> kLower = [] {
  std::array<char16_t, kKnown> lower{};
  for (char32_t c = 0; c < kKnown; ++c) {
    if (is_letter(c) || (c >= '0' && c <= '9')) lower[c] = static_cast<char16_t>(lower_letter(c));
  }
  return lower;
}();

// Of the letters and digits from `at` on, in lower case, and where they end; 0: there are none. Two words may
// share one: then may_begin says true once too often, which is allowed.
std::uint64_t hash_of_word(std::string_view text, std::size_t at, std::size_t& end) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15ull;
  std::uint64_t hash = 0;
  end = at;
  while (at < text.size()) {
    const char32_t c = decode_utf8(text, at);
    const char16_t lower = c < kKnown ? kLower[c] : u'\0';  // no letter is beyond
    if (lower == 0) break;
    hash = (hash + lower) * kFactor;
    hash ^= hash >> 32;
    end = at;
  }
  return hash;
}

}  // namespace

FirstWords::FirstWords(std::initializer_list<std::span<const std::string_view>> lists) {
  std::size_t phrases = 0;
  for (const auto& list : lists) phrases += list.size();
  std::size_t size = 1;
  while (size < phrases * kSlotsForWord) size *= 2;
  slots_.assign(size, 0);
  for (const auto& list : lists) {
    for (const std::string_view phrase : list) {
      std::size_t end = 0;
      const std::uint64_t hash = hash_of_word(phrase, 0, end);
      std::size_t slot = hash & (size - 1);
      while (slots_[slot] != 0 && slots_[slot] != hash) slot = (slot + 1) & (size - 1);
      slots_[slot] = hash;
    }
  }
}

bool FirstWords::may_begin(std::string_view text, std::size_t at, std::size_t& end) const {
  const std::uint64_t hash = hash_of_word(text, at, end);
  if (hash == 0) return false;
  for (std::size_t slot = hash & (slots_.size() - 1); slots_[slot] != 0;
       slot = (slot + 1) & (slots_.size() - 1)) {
    if (slots_[slot] == hash) return true;
  }
  return false;
}

}  // namespace vanban
