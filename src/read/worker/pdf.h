// PDF: words of the text layer (poppler), lines and images (qpdf), and OCR of pages whose text layer is
// missing or unusable.

#ifndef VANBAN_SRC_READ_WORKER_PDF_H_
#define VANBAN_SRC_READ_WORKER_PDF_H_

#include "read/worker/sink.h"

namespace vanban::read {

Result<void> read_pdf(const Input& input, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_PDF_H_
