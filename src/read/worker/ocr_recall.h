// OCR that is not done twice: what was seen of the same image before comes from the parent's cache.

#ifndef VANBAN_SRC_READ_WORKER_OCR_RECALL_H_
#define VANBAN_SRC_READ_WORKER_OCR_RECALL_H_

#include "read/worker/ocr.h"
#include "read/worker/sink.h"

namespace vanban::read {

// As recognise(); the page is rounded to what the wire carries, whether it was remembered or not, so that
// both give the same bytes. `sink` answers for the cache.
Result<RawPage> recognise_or_recall(Pix* image, double dpi, const OcrSettings& settings, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_RECALL_H_
