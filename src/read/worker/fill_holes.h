// Letters that a font's map has lost for good ("x hội" for "xã hội"): OCR of the same page says which they
// were.

#ifndef VANBAN_SRC_READ_WORKER_FILL_HOLES_H_
#define VANBAN_SRC_READ_WORKER_FILL_HOLES_H_

#include <cstddef>
#include <vector>

#include "vanban/doc/raw_document.h"

namespace vanban::read {

// Completes words of `page` by the words that OCR saw at the same places, where these have one or two letters
// more, all others alike and in order, and the text layer has a hole there. Returns how many were completed.
std::size_t fill_holes(const std::vector<RawWord>& seen, RawPage& page);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_FILL_HOLES_H_
