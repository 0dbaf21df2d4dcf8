#include "read/worker/font_map.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "read/worker/content_tokens.h"

namespace vanban::read {
namespace {

constexpr std::size_t kMostEntries = 65'536;
constexpr std::uint32_t kUnknown = 0;

std::uint32_t hex_value(std::string_view text) {
  std::uint32_t value = 0;
  for (char c : text.substr(0, 8)) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit >= 0) value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  return value;
}

std::string hex(std::uint32_t value) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string text;
  for (int shift = 12; shift >= 0; shift -= 4) text.push_back(kDigits[(value >> shift) & 15]);
  return text;
}

// The one character that a code stands for; kUnknown for a space, nothing, or several.
std::uint32_t letter_of(const FontMap& map, std::uint32_t code) {
  const auto found = map.find(code);
  if (found == map.end() || found->second.size() > 4) return kUnknown;
  const std::uint32_t value = hex_value(found->second);
  return value <= 0x20 || value == 0xA0 ? kUnknown : value;
}

bool is_wanted(std::uint32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= 0x1EA0 && c <= 0x1EF9);
}

// Glyph numbers of Vietnamese letters of Latin-1 in the order that Microsoft's fonts share: that of the
// Macintosh (OpenType, table "post", format 1) without its non-breaking space and apple.
constexpr std::pair<std::uint32_t, std::uint32_t> kOrder[] = {
    {105, 0xE1}, {106, 0xE0}, {107, 0xE2}, {109, 0xE3}, {112, 0xE9}, {113, 0xE8}, {114, 0xEA}, {116, 0xED},
    {117, 0xEC}, {121, 0xF3}, {122, 0xF2}, {123, 0xF4}, {125, 0xF5}, {126, 0xFA}, {127, 0xF9}, {172, 0xC0},
    {173, 0xC3}, {174, 0xD5}, {198, 0xC2}, {199, 0xCA}, {200, 0xC1}, {202, 0xC8}, {203, 0xCD}, {206, 0xCC},
    {207, 0xD3}, {208, 0xD4}, {209, 0xD2}, {210, 0xDA}, {212, 0xD9}, {233, 0xDD}, {234, 0xFD},
};

}  // namespace

FontMap parse_font_map(std::string_view cmap) {
  FontMap map;
  ContentTokens tokens(cmap);
  enum { kOutside, kChars, kRanges } block = kOutside;
  std::vector<std::string_view> strings;
  bool in_array = false;
  std::uint32_t array_code = 0, array_end = 0;
  for (Token token = tokens.next(); token.kind != TokenKind::kEnd && map.size() < kMostEntries;
       token = tokens.next()) {
    if (token.kind == TokenKind::kOperator) {
      block = token.text == "beginbfchar" ? kChars : token.text == "beginbfrange" ? kRanges : kOutside;
      strings.clear();
      in_array = false;
    } else if (token.kind == TokenKind::kArrayBegin && block == kRanges && strings.size() == 2) {
      in_array = true;
      array_code = hex_value(strings[0]);
      array_end = hex_value(strings[1]);
      strings.clear();
    } else if (token.kind == TokenKind::kArrayEnd) {
      in_array = false;
    } else if (token.kind == TokenKind::kString && block != kOutside) {
      if (in_array) {
        if (array_code <= array_end) map[array_code++] = std::string(token.text);
        continue;
      }
      strings.push_back(token.text);
      if (block == kChars && strings.size() == 2) {
        map[hex_value(strings[0])] = std::string(strings[1]);
        strings.clear();
      } else if (block == kRanges && strings.size() == 3) {
        const std::uint32_t first = hex_value(strings[0]), last = hex_value(strings[1]);
        const std::uint32_t value = hex_value(strings[2]);
        for (std::uint32_t code = first; code <= last && code - first < 65'536 && map.size() < kMostEntries;
             ++code) {
          map[code] = hex(value + (code - first));
        }
        strings.clear();
      }
    }
  }
  return map;
}

std::string write_font_map(const FontMap& map) {
  std::string text =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Repaired def\n/CMapType 2 "
      "def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  constexpr std::size_t kBlock = 100;
  std::size_t left = map.size(), in_block = 0;
  for (const auto& [code, value] : map) {
    if (in_block == 0) text += std::to_string(std::min(left, kBlock)) + " beginbfchar\n";
    text += "<" + hex(code) + "> <" + value + ">\n";
    --left;
    if (++in_block == kBlock || left == 0) {
      text += "endbfchar\n";
      in_block = 0;
    }
  }
  return text + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

int repair_font_map(FontMap& map) {
  std::set<std::uint32_t> taken;
  std::map<std::int64_t, int> offsets;  // Unicode minus code: how many letters have it
  std::vector<std::pair<std::uint32_t, std::uint32_t>> known;
  for (const auto& [code, value] : map) {
    const std::uint32_t letter = letter_of(map, code);
    if (letter == kUnknown) continue;
    taken.insert(letter);
    known.emplace_back(code, letter);
    if (is_wanted(letter)) ++offsets[static_cast<std::int64_t>(letter) - code];
  }
  constexpr int kProof = 8;  // letters at one offset: the font is in the order of its characters
  constexpr std::uint32_t kWidestHole = 8;
  // Only codes that the map has as a space are certain to be in use; the font's own space is the first of
  // them.
  std::vector<std::uint32_t> doubtful;
  for (const auto& [code, value] : map) {
    const std::uint32_t number = value.size() <= 4 ? hex_value(value) : 1;
    if (number == 0x20 || number == 0 || number == 0xA0) doubtful.push_back(code);
  }
  int put = 0;
  const auto put_letter = [&](std::uint32_t code, std::uint32_t letter) {
    map[code] = hex(letter);
    taken.insert(letter);
    ++put;
  };
  const bool in_order = std::all_of(std::begin(kOrder), std::end(kOrder), [&](const auto& one) {
    const std::uint32_t letter = letter_of(map, one.first);
    return letter == kUnknown || letter == one.second;
  });
  const auto agreeing = std::count_if(std::begin(kOrder), std::end(kOrder), [&](const auto& one) {
    return letter_of(map, one.first) == one.second;
  });
  constexpr std::int64_t kAsciiOffset = 29;  // of the same order: glyph 36 is "A"
  for (const std::uint32_t code : doubtful) {
    const auto above = std::upper_bound(known.begin(), known.end(), std::pair{code, 0xFFFFFFFFu});
    if (above != known.end() && above != known.begin()) {
      const auto below = std::prev(above);
      const std::int64_t offset = static_cast<std::int64_t>(below->second) - below->first;
      const std::int64_t letter = offset + code;
      if (static_cast<std::int64_t>(above->second) - above->first == offset &&
          above->first - below->first <= kWidestHole && offsets[offset] >= kProof && letter > 0 &&
          is_wanted(static_cast<std::uint32_t>(letter)) &&
          taken.count(static_cast<std::uint32_t>(letter)) == 0) {
        put_letter(code, static_cast<std::uint32_t>(letter));
        continue;
      }
    }
    if (!in_order || agreeing < 5 || offsets[kAsciiOffset] < kProof) continue;
    for (const auto& [glyph, letter] : kOrder) {
      if (glyph == code && taken.count(letter) == 0) put_letter(code, letter);
    }
  }
  return put;
}

bool is_text_font(const FontMap& map) {
  constexpr int kLetters = 20;
  int letters = 0;
  for (const auto& [code, value] : map) {
    const std::uint32_t letter = letter_of(map, code);
    if ((is_wanted(letter) && letter > '9') || (letter >= 0xC0 && letter < 0x250)) ++letters;
  }
  return letters >= kLetters;
}

bool is_unnamed(const FontMap& map, std::uint32_t code) {
  const auto found = map.find(code);
  return found != map.end() &&
         (found->second.empty() || (found->second.size() <= 4 && hex_value(found->second) == 0));
}

}  // namespace vanban::read
