#include "doc/json_writer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "doc/json_values.h"
#include "vanban/base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace vanban::json {
namespace {

// 0: stands for itself; 'u': \u00XX; else the letter behind the backslash.
constexpr std::array<char, 256> escapes() {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table['\b'] = 'b', table['\t'] = 't', table['\n'] = 'n', table['\f'] = 'f', table['\r'] = 'r';
  table['"'] = '"', table['\\'] = '\\';
  return table;
}
constexpr std::array<char, 256> kEscapes = escapes();

// The first byte from `at` on that does not stand for itself; the text's size: none.
std::size_t skip_plain(std::string_view text, std::size_t at) {
#ifdef __SSE2__
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const auto is = [&](char sign) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(sign)); };
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1F)), block);  // below 0x20
    const __m128i found = _mm_or_si128(low, _mm_or_si128(is('"'), is('\\')));
    if (const int bits = _mm_movemask_epi8(found); bits != 0)
      return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(bits)));
  }
#endif
  while (at < text.size() && kEscapes[static_cast<unsigned char>(text[at])] == 0) ++at;
  return at;
}

// Confidences have three decimals at most, and are nearly all the numbers there are.
std::string_view thousandths(double value) {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> made;
    for (int i = 0; i <= 1000; ++i) made.push_back(Json(static_cast<double>(i) / 1000).dump());
    return made;
  }();
  if (!(value >= 0 && value <= 1)) return {};
  const auto nearest = static_cast<std::size_t>(value * 1000 + 0.5);
  return static_cast<double>(nearest) / 1000 == value ? std::string_view(all[nearest]) : std::string_view();
}

}  // namespace

void Writer::new_line() {
  out_ += '\n';
  out_.append(depth_, ' ');
}

void Writer::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!empty_inside()) out_ += ',';
  if (pretty_) new_line();
}

void Writer::open(char bracket) {
  before_value();
  out_ += bracket;
  ++depth_;
}

void Writer::close(char bracket) {
  assert(depth_ > 0);
  --depth_;
  if (pretty_ && !empty_inside()) new_line();
  out_ += bracket;
}

void Writer::key(std::string_view name) {
  assert(depth_ > 0 && !after_key_);
  // A third of all that is written are keys: each is one piece.
  std::array<char, 64> piece;
  if (!pretty_ && name.size() + 4 <= piece.size()) {
    std::size_t size = 0;
    if (!empty_inside()) piece[size++] = ',';
    piece[size++] = '"';
    std::memcpy(piece.data() + size, name.data(), name.size());
    size += name.size();
    piece[size++] = '"';
    piece[size++] = ':';
    out_.append(piece.data(), size);
    after_key_ = true;
    return;
  }
  before_value();
  out_ += '"';
  out_ += name;
  out_ += pretty_ ? "\": " : "\":";
  after_key_ = true;
}

void Writer::literal(std::string_view text) {
  before_value();
  out_ += text;
}

void Writer::text_or_null(std::string_view name, std::string_view value) {
  key(name);
  if (value.empty()) {
    null();
  } else {
    string(value);
  }
}

void Writer::string(std::string_view text) {
  if (!is_valid_utf8(text)) {  // a path may be anything
    literal(Json(std::string(text)).dump(-1, ' ', false, Json::error_handler_t::replace));
    return;
  }
  before_value();
  out_ += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    i = skip_plain(text, i);
    if (i >= text.size()) break;
    const char escape = kEscapes[static_cast<unsigned char>(text[i])];
    out_.append(text, from, i - from);
    from = i + 1;
    out_ += '\\';
    if (escape != 'u') {
      out_ += escape;
      continue;
    }
    static constexpr char kHex[] = "0123456789abcdef";
    out_ += "u00";
    out_ += kHex[static_cast<unsigned char>(text[i]) >> 4];
    out_ += kHex[text[i] & 15];
  }
  out_.append(text, from);
  out_ += '"';
}

void Writer::integer(std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  literal({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void Writer::integer(std::uint64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  literal({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void Writer::real(double value) {
  const std::string_view known = thousandths(value);
  if (known.empty()) {
    literal(Json(value).dump());
  } else {
    literal(known);
  }
}

void Writer::number(double value) {
  if (std::abs(value) < 9e15 && value == std::floor(value)) {
    integer(static_cast<std::int64_t>(value));
  } else {
    real(value);
  }
}

}  // namespace vanban::json
