// PowerPoint presentations (PPTX): each slide's shapes as paragraphs, its tables as tables.

#ifndef VANBAN_SRC_READ_WORKER_PPTX_H_
#define VANBAN_SRC_READ_WORKER_PPTX_H_

#include "read/worker/sink.h"
#include "read/worker/zip_parts.h"

namespace vanban::read {

// Slides in their order; notes, masters and pictures are left out. Errors: those of ZipParts, kDamaged.
Result<void> read_pptx(const Input& input, ZipParts& parts, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_PPTX_H_
