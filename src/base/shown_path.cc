#include "vanban/base/shown_path.h"

#include <algorithm>

#include "vanban/base/utf8.h"

namespace vanban {
namespace {

// Controls, line breaks, zero width, and what turns the direction of writing: "annexe<RLO>fdp.exe" reads as a
// PDF.
bool is_hidden(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace

std::string shown_path(std::string_view path) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t begin = at;
    const char32_t c = decode_utf8(path, at);
    const bool broken = c == kReplacement && at - begin == 1;
    if (!broken && !is_hidden(c)) {
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

std::string shown_member_name(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find_first_of("/\\", at), name.size());
    std::string step;
    for (std::size_t from = at; from < end;) {
      const std::size_t begin = from;
      if (!is_hidden(decode_utf8(name, from))) step.append(name, begin, from - begin);
    }
    if (!step.empty() && step != "." && step != "..") out += (out.empty() ? "" : "/") + step;
    at = end + 1;
  }
  return out.empty() ? "unnamed" : out;
}

}  // namespace vanban
