// Images as the pages of a PDF, their pixels untouched.

#ifndef VANBAN_SRC_READ_WORKER_IMAGE_PAGES_H_
#define VANBAN_SRC_READ_WORKER_IMAGE_PAGES_H_

#include "read/worker/sink.h"
#include "read/worker/sniff.h"

class QPDF;

namespace vanban::read {

// A page for each image of the file, in points as read_image measures them. JPEG goes in as it is; others are
// decoded when the PDF is written, one at a time, so that `input` and `pdf` must live until then. An image
// that cannot be decoded is an empty page and a diagnostic. Errors: kUnsupported (no image), kDamaged,
// kLimitExceeded.
Result<void> add_image_pages(QPDF& pdf, const Input& input, const Sniffed& kind, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_IMAGE_PAGES_H_
