// ZIP containers by what is in them: DOCX, XLSX, PPTX, ODT; of any other archive its files, one by one.

#ifndef VANBAN_SRC_READ_WORKER_CONTAINER_H_
#define VANBAN_SRC_READ_WORKER_CONTAINER_H_

#include "read/worker/sink.h"

namespace vanban::read {

// Errors: kUnsupported (says what it is), and those of the format.
Result<void> read_container(const Input& input, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_CONTAINER_H_
