#include "read/worker/text.h"

#include <algorithm>

#include "read/worker/markdown.h"
#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

using namespace std::string_view_literals;

DecodedText decode_utf16(std::string_view bytes, bool little) {
  DecodedText decoded;
  decoded.encoding = little ? "utf-16le" : "utf-16be";
  decoded.text.reserve(bytes.size());
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little ? a | (b << 8) : b | (a << 8));
  };
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    char32_t code = unit(at);
    if (code >= 0xD800 && code < 0xDC00 && at + 3 < bytes.size()) {
      const char32_t low = unit(at + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    }
    if (code >= 0xD800 && code < 0xE000) {
      code = kReplacement;
      ++decoded.replaced;
    }
    append_utf8(decoded.text, code);
  }
  if (at < bytes.size()) {
    append_utf8(decoded.text, kReplacement);
    ++decoded.replaced;
  }
  return decoded;
}

void report_replaced(const DecodedText& decoded, Sink& sink) {
  if (decoded.replaced == 0) return;
  sink.diagnostic({"invalid-utf8",
                   std::to_string(decoded.replaced) + " bytes are no valid " + decoded.encoding +
                       " and were replaced; the text may be in a legacy encoding",
                   0});
}

}  // namespace

DecodedText decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE"sv)) return decode_utf16(bytes.substr(2), true);
  if (bytes.starts_with("\xFE\xFF"sv)) return decode_utf16(bytes.substr(2), false);
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) bytes.remove_prefix(3);
  DecodedText decoded;
  decoded.encoding = "utf-8";
  decoded.text = to_valid_utf8(bytes, &decoded.replaced);
  // More invalid bytes than UTF-8 letters: eight bits a letter. Each byte becomes the code point of its
  // value; normalise tells which encoding that is.
  const auto high = static_cast<std::size_t>(std::count_if(
      bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }));
  if (decoded.replaced >= 4 && decoded.replaced * 2 > high) {
    decoded.text.clear();
    for (const char c : bytes) append_utf8(decoded.text, static_cast<unsigned char>(c));
    decoded.encoding = "8-bit";
    decoded.replaced = 0;
  }
  return decoded;
}

namespace {

// Of a text over the limit its beginning is read, up to the last line end that fits, and the rest is said to
// be missing.
DecodedText decode_within_limit(const Input& input, Sink& sink) {
  const auto most =
      static_cast<std::size_t>(std::min<std::uint64_t>(input.job.limits.text_bytes, 1ull << 40));
  // UTF-16 may have twice the bytes of the text that it gives.
  std::string_view beginning = input.bytes.substr(0, 2 * most + 4);
  const bool utf16 = beginning.starts_with("\xFF\xFE"sv) || beginning.starts_with("\xFE\xFF"sv);
  for (int i = 0; i < 3 && !utf16 && beginning.size() < input.bytes.size() &&
                  (static_cast<unsigned char>(input.bytes[beginning.size()]) & 0xC0) == 0x80;
       ++i) {
    beginning.remove_suffix(1);  // not inside a letter
  }
  DecodedText decoded = decode_text(beginning);
  if (beginning.size() == input.bytes.size() && decoded.text.size() <= most) return decoded;
  sink.diagnostic({"text-limit",
                   "the file has " + std::to_string(input.bytes.size()) + " bytes of text; " +
                       limit_is("text-bytes", input.job.limits.text_bytes) + ", and the rest was not read",
                   0});
  std::size_t end = std::min(most, decoded.text.size());
  const std::size_t line = decoded.text.rfind('\n', end == 0 ? 0 : end - 1);
  if (line != std::string::npos && line > end / 2) end = line + 1;
  while (end < decoded.text.size() && end > 0 &&
         (static_cast<unsigned char>(decoded.text[end]) & 0xC0) == 0x80) {
    --end;
  }
  decoded.text.resize(end);
  return decoded;
}

}  // namespace

void send_text(std::string_view text, Sink& sink) {
  for (std::string_view rest = text; !rest.empty();) {
    std::size_t cut = std::min(rest.size(), kTextChunkBytes);
    while (cut < rest.size() && cut > 1 && (static_cast<unsigned char>(rest[cut]) & 0xC0) == 0x80) --cut;
    sink.text(rest.substr(0, cut));
    rest.remove_prefix(cut);
  }
}

Result<void> read_text(const Input& input, Sink& sink) {
  const DecodedText decoded = decode_within_limit(input, sink);
  sink.begin({"text/plain", decoded.encoding, 0});
  report_replaced(decoded, sink);
  send_text(decoded.text, sink);
  sink.facts({});
  return {};
}

Result<void> read_markdown(const Input& input, Sink& sink) {
  const DecodedText decoded = decode_within_limit(input, sink);
  sink.begin({"text/markdown", decoded.encoding, 0});
  report_replaced(decoded, sink);
  for (FlowBlock& block : parse_markdown(decoded.text)) {
    if (encode_flow(block).size() > kMaxFrameBytes) {
      return make_error(ErrorCode::kLimitExceeded, "one table or paragraph is larger than " +
                                                       std::to_string(kMaxFrameBytes >> 20) + " MB");
    }
    sink.flow(std::move(block));
  }
  sink.facts({});
  return {};
}

}  // namespace vanban::read
