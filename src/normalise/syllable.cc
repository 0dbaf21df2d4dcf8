#include "normalise/syllable.h"

#include <array>
#include <string_view>
#include <unordered_set>

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

Parts parse(const std::u32string& word) {
  Parts parts;
  if (word.empty() || word.size() > 7) return parts;  // "nghiêng"
  for (const char32_t c : word) {
    const Letter letter = take_apart(lower(c));
    parts.letters[parts.size++] = letter.base;
    if (letter.tone != Tone::kNone) {
      parts.tone = letter.tone;
      ++parts.tones;
    }
  }
  if (parts.tones > 1) return parts;
  const std::u32string_view bare = parts.bare();
  for (const std::u32string_view initial : kInitials) {
    if (!initial.empty() && initial[0] != bare[0]) continue;
    if (bare.substr(0, initial.size()) != initial || bare.size() == initial.size()) continue;
    const std::u32string_view rhyme = bare.substr(initial.size());
    if (rhymes().find(rhyme) == rhymes().end() || !go_together(initial, rhyme)) continue;
    const char32_t last = rhyme.back();
    const bool stopped =
        last == U'p' || last == U't' || last == U'c' || (last == U'h' && rhyme[rhyme.size() - 2] == U'c');
    if (stopped && parts.tone != Tone::kAcute && parts.tone != Tone::kDot) continue;
    parts.valid = true;
    parts.rhyme = initial.size();
    return parts;
  }
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

std::u32string with_reformed_tone(const std::u32string& word) {
  const Parts parts = parse(word);
  if (!parts.valid || parts.tone == Tone::kNone) return word;
  const std::u32string_view bare = parts.bare();
  std::size_t end = parts.rhyme;
  while (end < bare.size() && is_vowel(bare[end])) ++end;
  const std::size_t place = tone_place(bare, parts.rhyme, end);
  std::u32string out(bare);
  out[place] = put_together({bare[place], parts.tone});
  return out;
}

bool is_acronym(const std::u32string& word) {
  for (const char32_t c : word) {
    if (!(c >= U'A' && c <= U'Z') && c != U'Đ') return false;
  }
  return !is_syllable(word);
}

}  // namespace vanban::normalise
