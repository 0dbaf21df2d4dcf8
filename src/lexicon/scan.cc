#include "vanban/lexicon/scan.h"

#include "vanban/base/utf8.h"

namespace vanban {

char32_t lower_letter(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c == 0xD0 ? 0x111 : c + 0x20;  // Ð (eth) stands for Đ
  if (c >= 0x100 && c <= 0x137) return c | 1;
  if (c >= 0x14A && c <= 0x177) return c | 1;
  if (c == 0x1A0 || c == 0x1AF) return c + 1;
  if (c >= 0x1E00 && c <= 0x1EFF) return c | 1;
  return c;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c <= 0x1EFF) ||
         (c >= 0x300 && c <= 0x36F) || (c >= 0x370 && c <= 0x52F);
}

bool is_upper_letter(char32_t c) { return is_letter(c) && lower_letter(c) != c; }

std::size_t space_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char c = text[at];
  if (c == ' ' || c == '\n' || c == '\t' || c == '\r') return 1;
  return c == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0' ? 2 : 0;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (const std::size_t n = space_at(text, at)) at += n;
  return at;
}

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

bool word_starts(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  std::size_t before = at;
  const char32_t c = decode_utf8_before(text, before);
  return !is_letter(c) && !(c >= '0' && c <= '9');
}

bool word_ends(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  const char32_t c = decode_utf8(text, at);
  return !is_letter(c) && !(c >= '0' && c <= '9');
}

std::size_t match_words(std::string_view text, std::size_t at, std::string_view words) {
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
    if (lower_letter(decode_utf8_before(text, t)) != decode_utf8_before(words, w)) return std::string_view::npos;
  }
  return t;
}

}  // namespace vanban
