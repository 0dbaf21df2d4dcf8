// Plain text, in the encodings that a byte order mark or validity tells. Legacy Vietnamese bytes (TCVN3, VNI
// …) are not judged here: a text that is hardly UTF-8 is given byte by byte, stray invalid bytes are replaced
// and counted.

#ifndef VANBAN_SRC_READ_WORKER_TEXT_H_
#define VANBAN_SRC_READ_WORKER_TEXT_H_

#include "read/worker/sink.h"

namespace vanban::read {

struct DecodedText {
  std::string text;          // valid UTF-8, without byte order mark
  std::string encoding;      // "utf-8", "utf-16le", "utf-16be", "8-bit"
  std::size_t replaced = 0;  // invalid sequences that became U+FFFD
};

DecodedText decode_text(std::string_view bytes);

// Hands on UTF-8 in pieces that a frame holds, cut between characters.
void send_text(std::string_view text, Sink& sink);

Result<void> read_text(const Input& input, Sink& sink);
Result<void> read_markdown(const Input& input, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_TEXT_H_
