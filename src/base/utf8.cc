#include "vanban/base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace vanban {
namespace {

constexpr std::size_t kStep = 256;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

char32_t decode_utf8_sequence(std::string_view text, std::size_t& offset) {
  const unsigned char lead = static_cast<unsigned char>(text[offset]);
  if (lead < 0x80) {
    ++offset;
    return lead;
  }
  std::size_t length = 0;
  char32_t value = 0, least = 0;
  if ((lead & 0xE0) == 0xC0) {
    length = 2, value = lead & 0x1F, least = 0x80;
  } else if ((lead & 0xF0) == 0xE0) {
    length = 3, value = lead & 0x0F, least = 0x800;
  } else if ((lead & 0xF8) == 0xF0) {
    length = 4, value = lead & 0x07, least = 0x10000;
  }
  if (length == 0 || offset + length > text.size()) {
    ++offset;
    return kReplacement;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[offset + i])) {
      ++offset;
      return kReplacement;
    }
    value = (value << 6) | (static_cast<unsigned char>(text[offset + i]) & 0x3Fu);
  }
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    ++offset;
    return kReplacement;
  }
  offset += length;
  return value;
}

char32_t decode_utf8_sequence_before(std::string_view text, std::size_t& offset) {
  std::size_t begin = offset - 1;
  while (begin > 0 && offset - begin < 4 && is_continuation(text[begin])) --begin;
  std::size_t end = begin;
  const char32_t value = decode_utf8(text, end);
  if (end == offset) {
    offset = begin;
    return value;
  }
  --offset;  // no valid sequence ends here: one byte back
  return kReplacement;
}

void append_utf8_sequence(std::string& out, char32_t c) {
  char bytes[4];
  std::size_t size = 0;
  const auto tail = [&](int shift) { bytes[size++] = static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x800) {
    bytes[size++] = static_cast<char>(0xC0 | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    bytes[size++] = static_cast<char>(0xE0 | (c >> 12));
    tail(6), tail(0);
  } else {
    bytes[size++] = static_cast<char>(0xF0 | (c >> 18));
    tail(12), tail(6), tail(0);
  }
  out.append(bytes, size);
}

#ifdef __SSE2__
std::size_t skip_vietnamese(std::string_view text, std::size_t at) {
  const auto all = [](int byte) { return _mm_set1_epi8(static_cast<char>(byte)); };
  const auto bits = [](__m128i bytes) { return static_cast<unsigned>(_mm_movemask_epi8(bytes)); };
  while (at + 16 <= text.size()) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const auto where = [&](int byte) { return bits(_mm_cmpeq_epi8(block, all(byte))); };
    const unsigned high = bits(block);
    const unsigned control = bits(_mm_cmplt_epi8(block, all(0x20))) & ~high;
    if (control != 0 && control != (control & (where('\n') | where('\t')))) return at;
    if (where(0x7F) != 0) return at;
    if (high == 0) {
      at += 16;
      continue;
    }
    const unsigned c3 = where(0xC3), c6 = where(0xC6), e1 = where(0xE1);
    const unsigned leads = c3 | where(0xC4) | c6 | e1;
    const unsigned tails = bits(_mm_cmplt_epi8(block, all(0xC0)));  // 80 to BF, as signed numbers
    const __m128i pairs = _mm_and_si128(block, all(0xFE));
    const unsigned ba = bits(_mm_cmpeq_epi8(pairs, all(0xBA))), a2 = bits(_mm_cmpeq_epi8(pairs, all(0xA2)));
    const unsigned wanted = leads << 1 | e1 << 2;
    const unsigned replaced = (c3 << 1 & where(0x90)) | (c6 << 1 & a2);  // Ð, Ƣ, ƣ
    if (high != (leads | tails) || tails != (wanted & 0xFFFF) || (e1 << 1 & 0xFFFF & ~ba) != 0 ||
        replaced != 0)
      return at;
    // A letter that goes on behind the block is looked at with the next one.
    at += wanted < 0x10000 ? 16 : (leads & 0x8000) != 0 ? 15 : 14;
  }
  return at;
}
#else
std::size_t skip_vietnamese(std::string_view, std::size_t at) { return at; }
#endif

bool is_valid_utf8(std::string_view text) {
  std::size_t look = 0;  // where the next sixteen bytes may be told at once
  for (std::size_t i = 0; i < text.size();) {
    if (i >= look) {
      i = skip_vietnamese(text, i);
      look = i + 16;
      if (i >= text.size()) break;
    }
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    // The letters of Vietnamese, which have two or three bytes.
    if (lead >= 0xC2 && lead < 0xE0 && i + 1 < text.size() && is_continuation(text[i + 1])) {
      i += 2;
      continue;
    }
    if (lead == 0xE1 && i + 2 < text.size() && is_continuation(text[i + 1]) && is_continuation(text[i + 2])) {
      i += 3;
      continue;
    }
    const std::size_t before = i;
    if (decode_utf8(text, i) == kReplacement && i - before == 1) return false;
  }
  return true;
}

std::string to_valid_utf8(std::string_view text, std::size_t* replaced) {
  std::string out;
  out.reserve(text.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t before = i;
    const char32_t c = decode_utf8(text, i);
    if (c == kReplacement && i - before == 1) {
      append_utf8(out, kReplacement);
      ++count;
    } else {
      out.append(text.substr(before, i - before));
    }
  }
  if (replaced != nullptr) *replaced = count;
  return out;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t continuations = 0, i = 0;
  for (; i + 8 <= text.size();
       i += 8) {  // a byte goes on a sequence if its highest bit is set and the next is not
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + i, 8);
    constexpr std::uint64_t kOnes =
        0x0101010101010101ull;  // multiplied by them, the bytes' ones add up in the highest
    continuations += static_cast<std::size_t>((((bytes >> 7) & ~(bytes >> 6) & kOnes) * kOnes) >> 56);
  }
  for (; i < text.size(); ++i) continuations += is_continuation(text[i]);
  return text.size() - continuations;
}

CodePointMap::CodePointMap(std::string_view text) : text_(text) {
  checkpoints_.reserve(text.size() / kStep + 2);
  std::size_t count = 0;
  for (std::size_t i = 0; i <= text.size(); i += kStep) {
    checkpoints_.push_back(count);
    count += count_code_points(text.substr(i, kStep));
  }
}

std::size_t CodePointMap::to_code_points(std::size_t byte_offset) const {
  const std::size_t offset = std::min(byte_offset, text_.size());
  const std::size_t step = offset / kStep;
  return checkpoints_[step] + count_code_points(text_.substr(step * kStep, offset - step * kStep));
}

std::size_t CodePointMap::to_bytes(std::size_t code_point_offset) const {
  const auto after = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), code_point_offset);
  const std::size_t step =
      after == checkpoints_.begin() ? 0 : static_cast<std::size_t>(after - checkpoints_.begin()) - 1;
  std::size_t count = checkpoints_[step];
  std::size_t i = step * kStep;
  // A step may begin inside a sequence, whose lead byte was counted in the step before.
  while (i < text_.size() && is_continuation(text_[i])) ++i;
  while (i < text_.size() && count < code_point_offset) {
    ++i;
    while (i < text_.size() && is_continuation(text_[i])) ++i;
    ++count;
  }
  return i;
}

}  // namespace vanban
