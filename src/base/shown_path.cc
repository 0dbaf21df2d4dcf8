#include "vanban/base/shown_path.h"

#include "vanban/base/utf8.h"

namespace vanban {

std::string shown_path(std::string_view path) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t begin = at;
    const char32_t c = decode_utf8(path, at);
    const bool broken = c == kReplacement && at - begin == 1;
    const bool hidden = c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
                        (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
    if (!broken && !hidden) {
      out.append(path, begin, at - begin);
      continue;
    }
    for (std::size_t i = begin; i < at; ++i) {
      const auto byte = static_cast<unsigned char>(path[i]);
      out += "\\x";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

}  // namespace vanban
