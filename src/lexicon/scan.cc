#include "vanban/lexicon/scan.h"

#include "vanban/base/utf8.h"

namespace vanban {

std::size_t skip_space_back(std::string_view text, std::size_t at) {
  for (;;) {
    if (at >= 1 && space_at(text, at - 1) == 1) {
      at -= 1;
    } else if (at >= 2 && space_at(text, at - 2) == 2) {
      at -= 2;
    } else {
      return at;
    }
  }
}

std::size_t match_all_words(std::string_view text, std::size_t at, std::string_view words) {
  std::size_t t = at, w = 0;
  while (w < words.size()) {
    if (words[w] == ' ') {
      const std::size_t next = skip_space(text, t);
      if (next == t) return 0;
      t = next;
      ++w;
      continue;
    }
    if (t >= text.size()) return 0;
    const char letter = text[t], wanted = words[w];
    if (static_cast<unsigned char>(wanted) < 0x80) {
      if ((letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 0x20) : letter) != wanted) return 0;
      ++t, ++w;
      continue;
    }
    if (static_cast<unsigned char>(letter) < 0x80) return 0;
    if (lower_letter(decode_utf8(text, t)) != decode_utf8(words, w)) return 0;
  }
  return t - at;
}

std::size_t match_words_back(std::string_view text, std::size_t end, std::string_view words) {
  std::size_t t = end, w = words.size();
  while (w > 0) {
    if (words[w - 1] == ' ') {
      const std::size_t next = skip_space_back(text, t);
      if (next == t) return std::string_view::npos;
      t = next;
      --w;
      continue;
    }
    if (t == 0) return std::string_view::npos;
    const char letter = text[t - 1], wanted = words[w - 1];
    if (static_cast<unsigned char>(wanted) < 0x80) {
      if ((letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 0x20) : letter) != wanted)
        return std::string_view::npos;
      --t, --w;
      continue;
    }
    if (static_cast<unsigned char>(letter) < 0x80) return std::string_view::npos;
    if (lower_letter(decode_utf8_before(text, t)) != decode_utf8_before(words, w))
      return std::string_view::npos;
  }
  return t;
}

}  // namespace vanban
