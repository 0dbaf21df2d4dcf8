// ODT (OpenDocument text, ISO/IEC 26300) as a flow.

#ifndef VANBAN_SRC_READ_WORKER_ODT_H_
#define VANBAN_SRC_READ_WORKER_ODT_H_

#include <string>

#include "read/worker/sink.h"
#include "read/worker/zip_parts.h"

namespace vanban::read {

// `kind`: the container's mimetype. Errors: kUnsupported (a presentation, a drawing), kDamaged,
// kLimitExceeded.
Result<void> read_odt(const Input& input, ZipParts& parts, const std::string& kind, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_ODT_H_
