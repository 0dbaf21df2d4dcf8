// A searchable PDF: the pages of a PDF or an image as they are, and the words that OCR read on them as text
// that is not painted.

#ifndef VANBAN_READ_SEARCHABLE_H_
#define VANBAN_READ_SEARCHABLE_H_

#include <functional>
#include <string_view>

#include "vanban/base/result.h"
#include "vanban/doc/raw_document.h"
#include "vanban/read/reader.h"

namespace vanban {

struct SearchablePdf {
  int pages_written = 0;    // that got text; the others stay as they are: their text layer is good, or they
                            // could not be read
  bool copied = false;      // no page got any: the bytes of the input, signatures and all
  Diagnostics diagnostics;  // "signature-removed", "page-not-found", "page-unreadable"
};

// Writes the file that `descriptor` is open on, with the words of `read` (what Reader gave for that file),
// piece by piece into `take`. A worker process does it, shut in as for reading; the input is only read.
// Errors: kUnsupported (no PDF, no image), kDamaged, kEncrypted (`options.passwords`), kLimitExceeded,
// kTimeout, kOutOfMemory, kParserCrash, kSetup, and what `take` returns: what was taken before is then worth
// nothing.
Result<SearchablePdf> write_searchable_pdf(int descriptor, const RawDocument& read,
                                           const ReadOptions& options,
                                           const std::function<Result<void>(std::string_view)>& take);

}  // namespace vanban

#endif  // VANBAN_READ_SEARCHABLE_H_
