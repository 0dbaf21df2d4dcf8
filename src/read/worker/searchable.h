// Writes a searchable PDF: the pages as they are, the recognised words invisibly above them.

#ifndef VANBAN_SRC_READ_WORKER_SEARCHABLE_H_
#define VANBAN_SRC_READ_WORKER_SEARCHABLE_H_

#include <vector>

#include "read/worker/sink.h"

namespace vanban::read {

// `words`: of the pages that get text (numbers ascending); all others stay what they are. The input is a PDF
// or an image; an image becomes a PDF of its pages. On a page that was recognised anew (kOcr) the text that
// it had goes out of reach of searches, its looks stay. What is written goes to Sink::output. Digital
// signatures cannot hold over a changed file: they are taken out, with the diagnostic "signature-removed".
// Errors: kUnsupported (no PDF, no image), kDamaged, kEncrypted, kLimitExceeded, kOutOfMemory.
Result<void> write_searchable(const Input& input, const std::vector<RawPage>& words, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_SEARCHABLE_H_
