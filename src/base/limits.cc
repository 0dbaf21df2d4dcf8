#include "vanban/base/limits.h"

#include <cstdio>

namespace vanban {

std::span<const LimitField> limit_fields() {
  static constexpr LimitField kFields[] = {
      {"file-bytes", &Limits::file_bytes},
      {"text-bytes", &Limits::text_bytes},
      {"inflated-bytes", &Limits::inflated_bytes},
      {"worker-memory", &Limits::worker_memory_bytes},
      {"raster-pixels", &Limits::raster_pixels},
      {"image-pixels", &Limits::image_pixels},
      {"pages", &Limits::pages},
      {"nesting", &Limits::nesting},
      {"text-seconds", &Limits::text_seconds},
      {"ocr-page-seconds", &Limits::ocr_page_seconds},
      {"silence-seconds", &Limits::silence_seconds},
      {"document-seconds", &Limits::document_seconds},
      {"office-seconds", &Limits::office_seconds},
  };
  return kFields;
}

std::string limit_is(std::string_view name, double granted) {
  char number[64];
  std::snprintf(number, sizeof number, "%.15g", granted);
  return "the limit " + std::string(name) + " is " + number;
}

}  // namespace vanban
