#include "vanban/base/markup.h"

#include "vanban/base/utf8.h"

namespace vanban {

std::string markup_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        // XML 1.0 has no place for other controls, nor for U+FFFE and U+FFFF.
        if ((c >= 0x20 && c != 0xFFFE && c != 0xFFFF) || c == '\n' || c == '\t') append_utf8(out, c);
    }
  }
  return out;
}

}  // namespace vanban
