#include "doc/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "doc/json_values.h"
#include "vanban/base/utf8.h"

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

}  // namespace

void Writer::new_line() {
  out_ += '\n';
  out_.append(filled_.size(), ' ');
}

void Writer::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (filled_.empty()) return;
  if (filled_.back()) out_ += ',';
  filled_.back() = true;
  if (pretty_) new_line();
}

void Writer::open(char bracket) {
  before_value();
  out_ += bracket;
  filled_.push_back(false);
}

void Writer::close(char bracket) {
  const bool filled = filled_.back();
  filled_.pop_back();
  if (filled && pretty_) new_line();
  out_ += bracket;
}

void Writer::key(std::string_view name) {
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
    const char escape = kEscapes[static_cast<unsigned char>(text[i])];
    if (escape == 0) continue;
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
  if (value == 1) {
    literal("1.0");
  } else {
    literal(Json(value).dump());
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
