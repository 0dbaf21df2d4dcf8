// Limits: how much one document may cost. Over a limit is an error or a diagnostic, never a silent cut.
// Every limit can be set from outside (`--limit-NAME`); the defaults are those of the reliability promises.

#ifndef VANBAN_BASE_LIMITS_H_
#define VANBAN_BASE_LIMITS_H_

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace vanban {

struct Limits {
  std::uint64_t file_bytes = 500ull << 20;         // a larger file is rejected before it is read
  std::uint64_t text_bytes = 50ull << 20;          // text of one document; beyond it the document is partial
  std::uint64_t inflated_bytes = 200ull << 20;     // one part of a zip, one stream
  std::uint64_t worker_memory_bytes = 2ull << 30;  // address space of the reader worker
  std::uint64_t raster_pixels = 100'000'000;       // a page is rendered smaller than this
  std::uint64_t image_pixels = 1'000'000'000;      // an image with more is refused undecoded
  std::uint32_t pages = 20'000;                    // of one file; the others are left out: partial
  std::uint32_t nesting = 256;                     // XML, HTML, PDF objects
  double text_seconds = 30;                        // text stage, and 0.2 s for each page
  double ocr_page_seconds = 60;
  double silence_seconds = 60;  // a worker that reports nothing for so long is killed
  double document_seconds = 1800;
  double office_seconds = 180;  // LibreOffice, converting one old Office file

  friend bool operator==(const Limits&, const Limits&) = default;
};

// One of them by its name: "file-bytes", "ocr-page-seconds", ...
struct LimitField {
  std::string_view name;
  std::variant<std::uint64_t Limits::*, std::uint32_t Limits::*, double Limits::*> member;
};

// All of them, in the order above.
std::span<const LimitField> limit_fields();

// For a refusal's message: "the limit pages is 20000", "the limit text-seconds is 1.5".
std::string limit_is(std::string_view name, double granted);
template <std::integral T>
std::string limit_is(std::string_view name, T granted) {
  return limit_is(name, static_cast<double>(granted));
}

}  // namespace vanban

#endif  // VANBAN_BASE_LIMITS_H_
