// DOCX (Office Open XML, ECMA-376 part 1) as a flow: paragraphs with the numbering that Word generates,
// tables with merged cells, footnotes, tracked changes as if accepted. No DTD, no external entity, no linked
// part is ever followed.

#ifndef VANBAN_SRC_READ_WORKER_DOCX_H_
#define VANBAN_SRC_READ_WORKER_DOCX_H_

#include "read/worker/sink.h"
#include "read/worker/zip_parts.h"

namespace vanban::read {

// Errors: kDamaged, kEncrypted, kLimitExceeded (inflated bytes, nesting).
Result<void> read_docx(const Input& input, ZipParts& parts, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_DOCX_H_
