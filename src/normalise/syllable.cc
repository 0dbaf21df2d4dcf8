#include "normalise/syllable.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "normalise/code_points.h"

namespace vanban::normalise {
namespace {

// Longest first, so that "ngh" is tried before "ng".
constexpr std::array<std::u32string_view, 28> kInitials = {
    U"ngh", U"ch", U"gh", U"gi", U"kh", U"ng", U"nh", U"ph", U"qu", U"th", U"tr", U"b", U"c", U"d",
    U"đ",   U"g",  U"h",  U"k",  U"l",  U"m",  U"n",  U"p",  U"r",  U"s",  U"t",  U"v", U"x", U""};

const std::unordered_set<std::u32string_view>& rhymes() {
  static const std::unordered_set<std::u32string_view> all = {
      U"a",    U"ac",   U"ach",  U"ai",   U"am",   U"an",   U"ang",  U"anh",  U"ao",  U"ap",  U"at",  U"au",
      U"ay",   U"ăc",   U"ăm",   U"ăn",   U"ăng",  U"ăp",   U"ăt",   U"âc",   U"âm",  U"ân",  U"âng", U"âp",
      U"ât",   U"âu",   U"ây",   U"e",    U"ec",   U"em",   U"en",   U"eng",  U"eo",  U"ep",  U"et",  U"ê",
      U"êch",  U"êm",   U"ên",   U"ênh",  U"êp",   U"êt",   U"êu",   U"i",    U"ia",  U"ich", U"iêc", U"iêm",
      U"iên",  U"iêng", U"iêp",  U"iêt",  U"iêu",  U"im",   U"in",   U"inh",  U"ip",  U"it",  U"iu",  U"o",
      U"oa",   U"oac",  U"oach", U"oai",  U"oam",  U"oan",  U"oang", U"oanh", U"oao", U"oap", U"oat", U"oay",
      U"oăc",  U"oăm",  U"oăn",  U"oăng", U"oăt",  U"oc",   U"oe",   U"oen",  U"oeo", U"oet", U"oi",  U"om",
      U"on",   U"ong",  U"ooc",  U"oong", U"op",   U"ot",   U"ô",    U"ôc",   U"ôi",  U"ôm",  U"ôn",  U"ông",
      U"ôp",   U"ôt",   U"ơ",    U"ơi",   U"ơm",   U"ơn",   U"ơp",   U"ơt",   U"u",   U"ua",  U"uân", U"uâng",
      U"uât",  U"uây",  U"uc",   U"uê",   U"uêch", U"uên",  U"uênh", U"uêt",  U"ui",  U"um",  U"un",  U"ung",
      U"uôc",  U"uôi",  U"uôm",  U"uôn",  U"uông", U"uôt",  U"uơ",   U"up",   U"ut",  U"uy",  U"uya", U"uych",
      U"uyên", U"uyêt", U"uyn",  U"uynh", U"uyp",  U"uyt",  U"uyu",  U"ư",    U"ưa",  U"ưc",  U"ưi",  U"ưm",
      U"ưng",  U"ươc",  U"ươi",  U"ươm",  U"ươn",  U"ương", U"ươp",  U"ươt",  U"ươu", U"ưt",  U"ưu",  U"y",
      U"yêm",  U"yên",  U"yêng", U"yêt",  U"yêu",  U"ych",  U"ynh",  U"yt",   U"yp"};
  return all;
}

bool is_vowel(char32_t base) {
  return std::u32string_view(U"aăâeêioôơuưy").find(base) != std::u32string_view::npos;
}
bool is_front(char32_t base) { return std::u32string_view(U"eêiy").find(base) != std::u32string_view::npos; }

struct Parts {
  bool valid = false;
  std::array<char32_t, 8> letters{};  // lower case, without tone
  std::size_t size = 0;
  std::u32string_view bare() const { return {letters.data(), size}; }
  std::size_t rhyme = 0;
  Tone tone = Tone::kNone;
  int tones = 0;
};

// Spelling rules that tie an initial to the vowel behind it: k, gh, ngh before e ê i y; c, g, ng before the
// others.
bool go_together(std::u32string_view initial, std::u32string_view rhyme) {
  const char32_t first = rhyme.front();
  const bool y_rhyme = first == U'y';
  if (initial == U"qu") return first != U'u' && first != U'ư' && rhyme != U"iên" && first != U'o';
  if (y_rhyme && rhyme.size() > 1) return initial.empty() && rhyme.size() > 2 && rhyme[1] == U'ê';
  if (initial == U"k") return is_front(first);
  if (initial == U"gh" || initial == U"ngh") return is_front(first) && !y_rhyme;
  if (initial == U"c" || initial == U"ng") return !is_front(first);
  if (initial == U"g") return !is_front(first) || first == U'i';
  if (initial == U"gi") return !y_rhyme && first != U'i';
  return true;
}

// The alphabet; a letter's place is its number (0: none of it), so that a syllable is one number.
constexpr std::u32string_view kAlphabet = U" aăâbcdđeêghiklmnoôơpqrstuưvxy";
constexpr std::size_t kLongest = 7;  // "nghiêng"
constexpr int kLetterBits = 5;

struct Spelt {
  std::uint8_t number = 0;
  Tone tone = Tone::kNone;
};

const std::array<Spelt, kTableSize>& spelling() {
  static const std::array<Spelt, kTableSize> all = [] {
    std::array<Spelt, kTableSize> made{};
    for (char32_t c = 1; c < kTableSize; ++c) {
      const Letter letter = take_apart(lower(c));
      const std::size_t place = kAlphabet.find(letter.base);
      if (place != std::u32string_view::npos) made[c] = {static_cast<std::uint8_t>(place), letter.tone};
    }
    return made;
  }();
  return all;
}

// Where the rhyme of `bare` begins if its tone may stand on a stopped rhyme ("các", "cạc") or not; npos: no
// syllable.
std::size_t rhyme_of(std::u32string_view bare, bool stop_tone) {
  for (const std::u32string_view initial : kInitials) {
    if (bare.substr(0, initial.size()) != initial || bare.size() == initial.size()) continue;
    const std::u32string_view rhyme = bare.substr(initial.size());
    if (rhymes().find(rhyme) == rhymes().end() || !go_together(initial, rhyme)) continue;
    const char32_t last = rhyme.back();
    const bool stopped =
        last == U'p' || last == U't' || last == U'c' || (last == U'h' && rhyme[rhyme.size() - 2] == U'c');
    if (!stopped || stop_tone) return initial.size();
  }
  return std::u32string_view::npos;
}

// All syllables without tone, made once: some two thousand.
class Syllables {
 public:
  struct Entry {
    std::uint64_t key = 0;
    std::uint8_t rhyme[2] = {kNoRhyme, kNoRhyme};  // for tones that no stopped rhyme has, and for the others
  };
  static constexpr std::uint8_t kNoRhyme = 0xFF;

  Syllables() : slots_(kSlots) {
    for (const std::u32string_view initial : kInitials) {
      for (const std::u32string_view rhyme : rhymes()) {
        const std::u32string bare = std::u32string(initial) + std::u32string(rhyme);
        if (bare.size() > kLongest) continue;
        Entry entry;
        for (const char32_t c : bare) entry.key = entry.key << kLetterBits | kAlphabet.find(c);
        for (const bool stop_tone : {false, true}) {
          const std::size_t at = rhyme_of(bare, stop_tone);
          if (at != std::u32string_view::npos) entry.rhyme[stop_tone] = static_cast<std::uint8_t>(at);
        }
        if (entry.rhyme[true] != kNoRhyme) slots_[slot(entry.key)] = entry;
      }
    }
  }

  // Null: no syllable.
  const Entry* find(std::uint64_t key) const {
    const Entry& entry = slots_[slot(key)];
    return entry.key == key ? &entry : nullptr;
  }

 private:
  static constexpr std::size_t kSlots = 1 << 14;  // a quarter is full at most
  // The slot that holds the key or is free.
  std::size_t slot(std::uint64_t key) const {
    std::size_t at = static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ull) >> 50);
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) % kSlots;
    return at;
  }
  std::vector<Entry> slots_;
};

const Syllables& syllables() {
  static const Syllables all;
  return all;
}

Parts parse(std::u32string_view word) {
  Parts parts;
  if (word.empty() || word.size() > kLongest) return parts;
  const auto& spelt = spelling();
  std::uint64_t key = 0;
  for (const char32_t c : word) {
    const Spelt letter = c < kTableSize ? spelt[c] : Spelt{};
    if (letter.number == 0) return parts;
    parts.letters[parts.size++] = kAlphabet[letter.number];
    key = key << kLetterBits | letter.number;
    if (letter.tone != Tone::kNone) {
      parts.tone = letter.tone;
      ++parts.tones;
    }
  }
  if (parts.tones > 1) return parts;
  const Syllables::Entry* entry = syllables().find(key);
  if (entry == nullptr) return parts;
  const std::uint8_t rhyme = entry->rhyme[parts.tone == Tone::kAcute || parts.tone == Tone::kDot];
  parts.valid = rhyme != Syllables::kNoRhyme;
  if (parts.valid) parts.rhyme = rhyme;
  return parts;
}

// Which letter of the vowels [begin, end) carries the tone.
std::size_t tone_place(std::u32string_view bare, std::size_t begin, std::size_t end) {
  for (const std::u32string_view marked : {std::u32string_view(U"ơêôâă"), std::u32string_view(U"ư")}) {
    for (std::size_t i = begin; i < end; ++i) {
      if (marked.find(bare[i]) != std::u32string_view::npos) return i;
    }
  }
  const std::size_t count = end - begin;
  if (end < bare.size()) return end - 1;  // a final consonant: "hoàn", "huỳnh"
  return count >= 3 ? begin + 1 : begin;  // "ngoài", "khuỷu"; "hòa", "của", "mái"
}

}  // namespace

bool is_syllable(const std::u32string& word) { return parse(word).valid; }

void reform_tone(std::span<char32_t> word) {
  const Parts parts = parse({word.data(), word.size()});
  if (!parts.valid || parts.tone == Tone::kNone) return;
  const std::u32string_view bare = parts.bare();
  std::size_t end = parts.rhyme;
  while (end < bare.size() && is_vowel(bare[end])) ++end;
  const std::size_t place = tone_place(bare, parts.rhyme, end);
  std::copy(bare.begin(), bare.end(), word.begin());
  word[place] = put_together({bare[place], parts.tone});
}

bool is_acronym(const std::u32string& word) {
  for (const char32_t c : word) {
    if (!(c >= U'A' && c <= U'Z') && c != U'Đ') return false;
  }
  return !is_syllable(word);
}

}  // namespace vanban::normalise
