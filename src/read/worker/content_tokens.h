// The tokens of a PDF content stream (ISO 32000-1, 7.8): numbers, names, strings, arrays, operators, inline
// images. Written for speed and for hostile input: it keeps views into the stream, never recurses, and always
// ends.

#ifndef VANBAN_SRC_READ_WORKER_CONTENT_TOKENS_H_
#define VANBAN_SRC_READ_WORKER_CONTENT_TOKENS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vanban::read {

enum class TokenKind : std::uint8_t {
  kNumber,
  kName,
  kString,
  kArrayBegin,
  kArrayEnd,
  kDictionary,
  kOperator,
  kInlineImage,
  kEnd,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  double number = 0;      // of a string: 1 if it stands as hexadecimal digits
  std::string_view text;  // a name without '/', an operator, a string's bytes as they stand in the stream
};

class ContentTokens {
 public:
  explicit ContentTokens(std::string_view stream) : in_(stream) {}
  // kEnd at the end, and again afterwards. "BI ... EI" comes as one kInlineImage.
  Token next();

 private:
  void skip_space();
  Token read_number();
  Token read_string();
  Token read_inline_image();
  std::string_view in_;
  std::size_t at_ = 0;
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_CONTENT_TOKENS_H_
