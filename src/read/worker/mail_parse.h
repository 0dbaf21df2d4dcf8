// MIME (RFC 2045-2049, 2231, 5322): the parts of a message, decoded.

#ifndef VANBAN_SRC_READ_WORKER_MAIL_PARSE_H_
#define VANBAN_SRC_READ_WORKER_MAIL_PARSE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vanban/base/result.h"

namespace vanban::read {

struct MailPart {
  std::string type;          // "text/plain", lower case
  std::string charset;       // lower case; empty: none is named
  std::string name;          // of the file, if it is one; UTF-8
  bool attached = false;     // Content-Disposition: attachment
  bool embedded = false;     // has a Content-ID: HTML may show it in its midst
  bool alternative = false;  // one of several forms of the same
  std::string bytes;         // without transfer encoding
};

struct Mail {
  std::vector<std::pair<std::string, std::string>> heads;  // as they stand, decoded: "From", "Subject", ...
  std::vector<MailPart> parts;                             // leaves, in the message's order
};

// True for a text that begins as a message does: fields of a head, among them who sent it or by which way.
bool looks_mail(std::string_view bytes);

// Errors: kLimitExceeded (`most_bytes` over all parts, 10,000 parts, 32 levels). Cost: linear in the message
// for each level.
Result<Mail> parse_mail(std::string_view bytes, std::uint64_t most_bytes);

// `bytes` in `charset` as UTF-8. Of an unknown charset, or none, as decode_text finds; each byte of
// windows-1258, TCVN3 and the like becomes the code point of its value, for normalise to tell.
std::string decoded_text(std::string_view bytes, std::string_view charset);

// Encoded words ("=?utf-8?B?...?=") of a field, decoded.
std::string decoded_field(std::string_view field);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_MAIL_PARSE_H_
