#include "vanban/normalise/text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <array>

#include "normalise/code_points.h"
#include "normalise/syllable.h"
#include "vanban/base/utf8.h"

namespace vanban {
namespace {

using normalise::is_letter;
using normalise::is_mark;

// More marks on one letter than any script writes. Beyond it they are dropped: sorting them costs n squared.
constexpr int kMostMarks = 30;

constexpr char32_t kDrop = 0xFFFFFFFF;

// Word processors write the bullets of symbol fonts at U+F000 + byte.
char32_t symbol_font_character(char32_t c) {
  switch (c) {
    case 0xF02D:
      return U'-';
    case 0xF02B:
      return U'+';
    case 0xF0B7:
      return U'•';
    case 0xF0A7:
      return U'▪';
    case 0xF0D8:
      return U'➢';
    case 0xF0FC:
      return U'✓';
    case 0xF0A3:
      return U'≤';
    case 0xF0B3:
      return U'≥';
    case 0xF0B4:
      return U'×';
    default:
      return c;
  }
}

// What one code point becomes on its own.
char32_t cleaned(char32_t c) {
  if (c < 0x20) {
    if (c == U'\n' || c == U'\t') return c;
    return c == U'\v' || c == U'\f' ? U'\n' : kDrop;
  }
  if (c < 0x7F) return c;
  if (c < 0xA0) return c == 0x85 ? U'\n' : kDrop;
  if (c == 0xA0) return U' ';
  if (c == 0xAD) return kDrop;
  if (c == 0xD0) return U'Đ';
  if (c == 0x1A2 || c == 0x1A3) return c == 0x1A2 ? U'Ư' : U'ư';  // Ƣ, ƣ (OI): what converters took for ư
  if (c < 0x300) return c;
  if (c == 0x34F || c == 0x61C) return kDrop;
  if (c == 0x1680 || c == 0x180E) return c == 0x1680 ? U' ' : kDrop;
  if (c < 0x2000) return c;
  if (c <= 0x200A || c == 0x202F || c == 0x205F || c == 0x3000) return U' ';
  if (c <= 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F)) return kDrop;
  if (c == 0x2028 || c == 0x2029) return U'\n';
  if (c == 0x2126) return U'Ω';
  if ((c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB)) return kDrop;
  if (c >= 0xF020 && c <= 0xF0FF) return symbol_font_character(c);
  return c;
}

// The Latin letter that a Cyrillic or Greek one looks like; 0: none.
char32_t latin_twin(char32_t c) {
  static constexpr struct {
    char32_t from, to;
  } kTwins[] = {{U'А', U'A'}, {U'В', U'B'}, {U'Е', U'E'}, {U'К', U'K'}, {U'М', U'M'}, {U'Н', U'H'},
                {U'О', U'O'}, {U'Р', U'P'}, {U'С', U'C'}, {U'Т', U'T'}, {U'У', U'Y'}, {U'Х', U'X'},
                {U'І', U'I'}, {U'Ѕ', U'S'}, {U'а', U'a'}, {U'е', U'e'}, {U'о', U'o'}, {U'р', U'p'},
                {U'с', U'c'}, {U'у', U'y'}, {U'х', U'x'}, {U'і', U'i'}, {U'ѕ', U's'}, {U'Α', U'A'},
                {U'Β', U'B'}, {U'Ε', U'E'}, {U'Ζ', U'Z'}, {U'Η', U'H'}, {U'Ι', U'I'}, {U'Κ', U'K'},
                {U'Μ', U'M'}, {U'Ν', U'N'}, {U'Ο', U'O'}, {U'Ρ', U'P'}, {U'Τ', U'T'}, {U'Υ', U'Y'},
                {U'Χ', U'X'}, {U'ο', U'o'}};
  if (c < 0x370 || c > 0x4FF) return 0;
  for (const auto& twin : kTwins) {
    if (twin.from == c) return twin.to;
  }
  return 0;
}

bool is_latin(char32_t c) { return is_letter(c) && (c < 0x300 || (c >= 0x1E00 && c < 0x1F00)); }

// Look-alikes inside words that hold a Latin letter, and in words joined to such a one ("NĐ-СР"). "кВ" alone
// stays Cyrillic, and so does a joined word with a letter that looks like no Latin one.
std::string without_twins(const std::string& text, std::size_t& changes) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    bool latin = false, twin = false;
    while (at < text.size()) {
      std::size_t next = at;
      const char32_t c = decode_utf8(text, next);
      if (!is_letter(c) && !is_mark(c)) {
        const bool joint = (c == '-' || c == '/' || c == '&') && at > begin && next < text.size();
        std::size_t ahead = next;
        if (!joint || !is_letter(decode_utf8(text, ahead))) break;
      }
      latin = latin || is_latin(c);
      twin = twin || latin_twin(c) != 0;
      at = next;
    }
    if (latin && twin) {
      for (std::size_t word = begin; word < at;) {
        std::size_t end = word;
        bool foreign = false, own = false;  // letters without a Latin twin; Latin ones
        while (end < at && text[end] != '-' && text[end] != '/' && text[end] != '&') {
          const char32_t c = decode_utf8(text, end);
          foreign = foreign || (is_letter(c) && !is_latin(c) && latin_twin(c) == 0);
          own = own || is_latin(c);
        }
        for (std::size_t i = word; i < end;) {
          const char32_t c = decode_utf8(text, i);
          const char32_t to = own || !foreign ? latin_twin(c) : 0;
          changes += to != 0;
          append_utf8(out, to != 0 ? to : c);
        }
        if (end < at) out += text[end++];
        word = end;
      }
    } else {
      out.append(text, begin, at - begin);
    }
    if (at < text.size()) {
      const std::size_t from = at;
      decode_utf8(text, at);
      out.append(text, from, at - from);
    }
  }
  return out;
}

// False: every such code point is NFC whatever stands beside it, if no combining mark does.
bool may_need_nfc(char32_t c) {
  if (c < 0x300 || (c >= 0x1E00 && c < 0x1F00)) return false;
  return !(c >= 0x2010 && c <= 0x2046) && !(c >= 0x2190 && c <= 0x21CC) && c != 0x20AB && c != 0x2264 &&
         c != 0x2265;
}

std::string to_nfc(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) || text.size() > 0x7FFFFFFF) return text;
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
  nfc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr,
                     status);
  return U_FAILURE(status) ? text : out;
}

// True: clean_text leaves the character as it is, whatever stands beside it.
bool stays_itself(char32_t c) { return cleaned(c) == c && !may_need_nfc(c); }

// The same for the code points that Vietnamese text is made of.
const std::array<bool, 0x2000>& characters_that_stay() {
  static const std::array<bool, 0x2000> made = [] {
    std::array<bool, 0x2000> stay{};
    for (char32_t c = 0; c < stay.size(); ++c) stay[c] = stays_itself(c);
    return stay;
  }();
  return made;
}

// The first offset from `at` on where clean_text might change something; the text's size: nowhere. Nearly all
// documents hold hardly anything else.
std::size_t skip_clean(std::string_view text, std::size_t at) {
  const std::array<bool, 0x2000>& stay = characters_that_stay();
  std::size_t look = at;  // where the next sixteen bytes may be told at once
  while (at < text.size()) {
    if (at >= look) {
      at = skip_vietnamese(text, at);
      look = at + 16;
      if (at >= text.size()) break;
    }
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x7F) {
      if (byte < 0x20 && byte != '\n' && byte != '\t') return at;
      ++at;
      continue;
    }
    // U+1E80 to U+1EFF: the letters of Vietnamese with two marks, as they should be.
    if (byte == 0xE1 && at + 2 < text.size() && (static_cast<unsigned char>(text[at + 1]) & 0xFE) == 0xBA &&
        (static_cast<unsigned char>(text[at + 2]) & 0xC0) == 0x80) {
      at += 3;
      continue;
    }
    const std::size_t begin = at;
    const char32_t c = decode_utf8(text, at);
    if (c < stay.size() ? !stay[c] : (c == kReplacement && at - begin == 1) || !stays_itself(c)) return begin;
  }
  return at;
}
bool is_clean(std::string_view text) { return skip_clean(text, 0) == text.size(); }

// Puts the tone mark of the word that `text` holds from `begin` on where the reformed spelling has it.
void reform_tone(std::string& text, std::size_t begin) {
  std::array<char32_t, 8> word{};  // no syllable is longer
  std::size_t size = 0;
  for (std::size_t at = begin; at < text.size();) {
    if (size == word.size()) return;
    word[size++] = decode_utf8(text, at);
  }
  normalise::reform_tone({word.data(), size});
  text.resize(begin);
  for (std::size_t i = 0; i < size; ++i) append_utf8(text, word[i]);
}

template <class Map>
std::string mapped(std::string_view text, Map map) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = map(decode_utf8(text, at));
    if (c != 0) append_utf8(out, c);
  }
  return out;
}

}  // namespace

std::string clean_text(std::string_view text, std::size_t* changes) {
  std::size_t changed = 0;
  std::string out;
  out.reserve(text.size());
  bool foreign = false, compose = false;
  int marks = 0;
  for (std::size_t at = 0;;) {
    const std::size_t begin = skip_clean(text, at);
    if (begin > at) marks = 0;
    out.append(text, at, begin - at);
    if (begin == text.size()) break;
    at = begin;
    const char32_t c = decode_utf8(text, at);
    if (c == U'\r') {  // "\r\n" is one line end, and so is a lone "\r"
      ++changed;
      if (at >= text.size() || text[at] != '\n') out += '\n';
      marks = 0;
      continue;
    }
    const char32_t to = cleaned(c);
    changed += to != c || (c == kReplacement && at - begin == 1);
    if (to == kDrop) continue;
    if (to >= 0x300 && is_mark(to)) {
      if (++marks > kMostMarks) {
        ++changed;
        continue;
      }
    } else {
      marks = 0;
    }
    foreign = foreign || latin_twin(to) != 0;
    compose = compose || may_need_nfc(to);
    append_utf8(out, to);
  }
  if (foreign) out = without_twins(out, changed);
  if (compose) {
    std::string composed = to_nfc(out);
    if (composed != out) {
      ++changed;
      out = std::move(composed);
    }
  }
  if (changes != nullptr) *changes += changed;
  return out;
}

std::string to_lower(std::string_view text) { return mapped(text, normalise::lower); }
std::string to_upper(std::string_view text) { return mapped(text, normalise::upper); }
std::string fold(std::string_view text) { return mapped(text, normalise::without_marks); }

std::string comparison_key(std::string_view text) {
  std::string cleaned_text;
  if (!is_clean(text)) {
    cleaned_text = clean_text(text);
    text = cleaned_text;
  }
  using Tables = normalise::CodePointTables;
  const Tables& tables = normalise::code_points();
  std::string out;
  out.reserve(text.size());
  std::size_t begin = 0;  // of the word in `out`
  int vowels = 0, hatted = 0;
  bool inside = false, toned = false, settled = false;
  const auto finish = [&] {
    // A tone mark has no other place to stand in a word with one vowel, nor if it stands on the only one that
    // has a hat, a breve or the horn of ơ.
    if (toned && vowels > 1 && !(settled && hatted == 1)) reform_tone(out, begin);
    inside = false;
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    const bool known = c < normalise::kTableSize;
    const std::uint8_t kind = known ? tables.flags[c] : normalise::icu_says::flags(c);
    if ((kind & (Tables::kLetter | Tables::kDigit | Tables::kMark)) == 0 && c != U'_' && c != U'%' &&
        c != U'‰') {
      if (inside) finish();
      continue;
    }
    if (!inside) {
      if (!out.empty()) out += ' ';
      begin = out.size();
      inside = true;
      vowels = hatted = 0;
      toned = settled = false;
    }
    const char32_t lower = known ? tables.lower[c] : normalise::icu_says::lower(c);
    const std::uint8_t flags = normalise::flags_of(lower);
    const bool hat = (flags & Tables::kHatted) != 0;
    vowels += (flags & Tables::kVowel) != 0;
    hatted += hat;
    if ((flags & Tables::kToned) != 0) {
      toned = true;
      settled = hat;
    }
    append_utf8(out, lower);
  }
  if (inside) finish();
  return out;
}

std::string to_sentence_case(std::string_view text) {
  bool first = true;
  return mapped(text, [&first](char32_t c) {
    if (!is_letter(c)) return c;
    const char32_t to = first ? normalise::upper(c) : normalise::lower(c);
    first = false;
    return to;
  });
}

bool is_upper_case(std::string_view text) {
  bool letters = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    if (normalise::is_lower_letter(c)) return false;
    letters = letters || is_letter(c);
  }
  return letters;
}

double vietnamese_share(std::string_view text) {
  std::size_t words = 0, syllables = 0;
  std::u32string word;
  const auto flush = [&] {
    while (!word.empty() && !is_letter(word.back()) && !is_mark(word.back())) word.pop_back();
    std::size_t skip = 0;
    while (skip < word.size() && !is_letter(word[skip])) ++skip;
    word.erase(0, skip);
    if (word.size() > 1 && !normalise::is_acronym(word)) {
      ++words;
      syllables += normalise::is_syllable(word);
    }
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    // Signs of Latin-1 inside a word are letters of a legacy encoding: "T«i".
    if (is_letter(c) || is_mark(c) || (c >= 0xA1 && c <= 0xBF) || c == 0xD7 || c == 0xF7 ||
        c == kReplacement) {
      word += c;
    } else {
      flush();
    }
  }
  flush();
  return words == 0 ? 1 : static_cast<double>(syllables) / static_cast<double>(words);
}

bool is_possible_syllable(std::string_view token) {
  std::u32string word;
  for (std::size_t at = 0; at < token.size() && word.size() <= 16;) word += decode_utf8(token, at);
  return normalise::is_syllable(word);
}

}  // namespace vanban
