// What can be saved of a PDF whose table of objects, trailer or end is gone: its objects are looked for one
// by one.

#ifndef VANBAN_SRC_READ_WORKER_PDF_SALVAGE_H_
#define VANBAN_SRC_READ_WORKER_PDF_SALVAGE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "vanban/base/limits.h"

namespace vanban::read {

struct SalvagedPdf {
  std::string bytes;        // a PDF with the objects that were found; empty: no page among them
  std::size_t pages = 0;    // found
  std::size_t claimed = 0;  // as the page tree says, where it was found; 0: unknown
};

// Finds "N G obj" wherever they stand, also those packed in object streams; the later one of two with the
// same number counts. Pages are those of the page tree if all of them can be reached through it, else all
// page objects in the order of the file, with what they inherit. Time and memory are linear in the file and
// what it inflates to, at most Limits::inflated_bytes.
SalvagedPdf salvage_pdf(std::string_view bytes, const Limits& limits);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_PDF_SALVAGE_H_
