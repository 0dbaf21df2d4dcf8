#include "read/worker/content_tokens.h"

#include <array>

#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

enum CharClass : std::uint8_t { kRegular, kSpace, kDelimiter };

constexpr std::array<CharClass, 256> make_classes() {
  std::array<CharClass, 256> classes{};
  for (char c : {'\0', '\t', '\n', '\f', '\r', ' '}) classes[static_cast<unsigned char>(c)] = kSpace;
  for (char c : {'(', ')', '<', '>', '[', ']', '{', '}', '/', '%'}) {
    classes[static_cast<unsigned char>(c)] = kDelimiter;
  }
  return classes;
}
constexpr std::array<CharClass, 256> kClasses = make_classes();

CharClass class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }

}  // namespace

void ContentTokens::skip_space() {
  while (at_ < in_.size()) {
    if (class_of(in_[at_]) == kSpace) {
      ++at_;
    } else if (in_[at_] == '%') {
      while (at_ < in_.size() && in_[at_] != '\n' && in_[at_] != '\r') ++at_;
    } else {
      return;
    }
  }
}

Token ContentTokens::read_number() {
  Token token{TokenKind::kNumber, 0, {}};
  bool negative = false;
  while (at_ < in_.size() && (in_[at_] == '+' || in_[at_] == '-')) negative = in_[at_++] == '-' || negative;
  double value = 0, scale = 1;
  bool fraction = false;
  for (; at_ < in_.size(); ++at_) {
    const char c = in_[at_];
    if (is_digit(c)) {
      value = value * 10 + (c - '0');
      if (fraction) scale *= 10;
    } else if (c == '.' && !fraction) {
      fraction = true;
    } else if (c != '-') {  // "12.-34" is written by some programs
      break;
    }
  }
  if (scale > 1e300 || value > 1e300) value = 0;
  token.number = (negative ? -value : value) / scale;
  return token;
}

Token ContentTokens::read_string() {
  const std::size_t begin = at_ + 1;
  std::size_t depth = 0;
  for (; at_ < in_.size(); ++at_) {
    const char c = in_[at_];
    if (c == '\\')
      ++at_;
    else if (c == '(')
      ++depth;
    else if (c == ')' && --depth == 0)
      break;
  }
  const std::size_t end = at_ < in_.size() ? at_ : in_.size();
  at_ = end < in_.size() ? end + 1 : end;
  return {TokenKind::kString, 0, in_.substr(begin, end > begin ? end - begin : 0)};
}

// Behind "BI". The data ends at an "EI" between white space; a wrong guess costs a few broken operators.
Token ContentTokens::read_inline_image() {
  const std::size_t begin = at_;
  while (at_ + 1 < in_.size()) {
    const std::size_t found = in_.find("EI", at_);
    if (found == std::string_view::npos) {
      at_ = in_.size();
      break;
    }
    at_ = found + 2;
    const bool before = found > begin && class_of(in_[found - 1]) == kSpace;
    const bool after = at_ >= in_.size() || class_of(in_[at_]) == kSpace;
    if (before && after) break;
  }
  return {TokenKind::kInlineImage, 0, in_.substr(begin, at_ - begin)};
}

Token ContentTokens::next() {
  for (;;) {
    skip_space();
    if (at_ >= in_.size()) return {};
    const char c = in_[at_];
    if (is_digit(c) || c == '-' || c == '+' || c == '.') {
      const std::size_t before = at_;
      Token token = read_number();
      if (at_ == before) ++at_;
      return token;
    }
    switch (c) {
      case '/': {
        const std::size_t begin = ++at_;
        while (at_ < in_.size() && class_of(in_[at_]) == kRegular) ++at_;
        return {TokenKind::kName, 0, in_.substr(begin, at_ - begin)};
      }
      case '(':
        return read_string();
      case '[':
        ++at_;
        return {TokenKind::kArrayBegin, 0, {}};
      case ']':
        ++at_;
        return {TokenKind::kArrayEnd, 0, {}};
      case '<': {
        if (at_ + 1 < in_.size() && in_[at_ + 1] == '<') {
          at_ += 2;
          return {TokenKind::kDictionary, 0, {}};
        }
        const std::size_t begin = at_ + 1;
        const std::size_t end = in_.find('>', begin);
        at_ = end == std::string_view::npos ? in_.size() : end + 1;
        return {TokenKind::kString, 1,
                in_.substr(begin, (end == std::string_view::npos ? in_.size() : end) - begin)};
      }
      case '>':
        at_ += at_ + 1 < in_.size() && in_[at_ + 1] == '>' ? 2u : 1u;
        return {TokenKind::kDictionary, 0, {}};
      case ')':
      case '{':
      case '}':
        ++at_;
        continue;
      default: {
        const std::size_t begin = at_;
        while (at_ < in_.size() && class_of(in_[at_]) == kRegular) ++at_;
        const std::string_view word = in_.substr(begin, at_ - begin);
        if (word == "BI") return read_inline_image();
        return {TokenKind::kOperator, 0, word};
      }
    }
  }
}

}  // namespace vanban::read
