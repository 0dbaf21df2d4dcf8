// What kind of file the bytes are. The name decides nothing, but breaks the tie between Markdown and plain
// text.

#ifndef VANBAN_SRC_READ_WORKER_SNIFF_H_
#define VANBAN_SRC_READ_WORKER_SNIFF_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace vanban::read {

enum class Format : std::uint8_t {
  kPdf,
  kPng,
  kJpeg,
  kTiff,
  kWebp,
  kGif,
  kBmp,
  kPnm,
  kText,
  kMarkdown,
  kZip,
  kHtml,
  kOle,
  kRtf,
  kMail,
  kUnsupported
};

struct Sniffed {
  Format format = Format::kUnsupported;
  std::string media_type;  // "application/pdf"
  std::string what;        // kUnsupported: in words, for the message: "a ZIP archive"
  std::size_t offset = 0;  // kPdf: junk bytes before "%PDF-"
};

Sniffed sniff(std::string_view bytes, std::string_view name);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_SNIFF_H_
