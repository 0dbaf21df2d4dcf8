#include "vanban/base/utf8.h"
#include "vanban/lexicon/identity.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

// The base letter of a Vietnamese letter: 'ệ' -> 'e', 'đ' -> 'd'; 0 for what is no letter of the alphabet.
char base_letter(char32_t c) {
  c = lower_letter(c);
  if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return static_cast<char>(c);
  if (c == 0x111 || c == 0xF0) return 'd';
  if ((c >= 0xE0 && c <= 0xE5) || c == 0x103 || (c >= 0x1EA0 && c <= 0x1EB7)) return 'a';
  if ((c >= 0xE8 && c <= 0xEB) || (c >= 0x1EB8 && c <= 0x1EC7)) return 'e';
  if ((c >= 0xEC && c <= 0xEF) || c == 0x129 || (c >= 0x1EC8 && c <= 0x1ECB)) return 'i';
  if ((c >= 0xF2 && c <= 0xF6) || c == 0x1A1 || (c >= 0x1ECC && c <= 0x1EE3)) return 'o';
  if ((c >= 0xF9 && c <= 0xFC) || c == 0x169 || c == 0x1B0 || (c >= 0x1EE4 && c <= 0x1EF1)) return 'u';
  if (c == 0xFD || c == 0xFF || (c >= 0x1EF2 && c <= 0x1EF9)) return 'y';
  return 0;
}

}  // namespace

std::string slug(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    if (c >= 0x300 && c <= 0x36F) continue;  // a combining mark belongs to the letter before it
    const char letter = base_letter(c);
    if (letter == 0) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += '-';
    gap = false;
    out += letter;
  }
  return out;
}

}  // namespace vanban
