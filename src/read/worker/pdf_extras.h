// What a PDF has beside its pages: attached files, forms that only Adobe Reader shows, scripts.

#ifndef VANBAN_SRC_READ_WORKER_PDF_EXTRAS_H_
#define VANBAN_SRC_READ_WORKER_PDF_EXTRAS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vanban/base/result.h"

class QPDF;

namespace vanban::read {

struct PdfAttachment {
  std::string name;                   // as the file has it, UTF-8
  std::optional<std::uint64_t> size;  // as the file claims
  int object = 0, generation = 0;     // of the stream
};

struct PdfExtras {
  std::vector<PdfAttachment>
      attachments;                // each stream once, in the order of the name tree, then of the pages
  bool more_attachments = false;  // there are more than are listed
  bool portfolio = false;         // the page is only a cover of the attachments (/Collection)
  bool xfa = false;               // a form in XML beside or instead of the pages
  bool renders_xfa = false;  // its author says that the pages are not what is to be shown (/NeedsRendering)
  bool scripts = false;      // JavaScript, or an action that starts something
};

// Never fails: what is damaged is left out. Time and memory are linear in what the catalogue and the pages'
// annotations hold, at most 100,000 objects.
PdfExtras find_extras(QPDF& pdf);

// Bytes of an attachment, at most `most`. Errors: kLimitExceeded, kDamaged, kOutOfMemory.
Result<std::string> attachment_bytes(QPDF& pdf, const PdfAttachment& attachment, std::uint64_t most);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_PDF_EXTRAS_H_
