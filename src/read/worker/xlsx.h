// XLSX as a flow: each sheet's used cells as one table, its name as a heading where there are several.

#ifndef VANBAN_SRC_READ_WORKER_XLSX_H_
#define VANBAN_SRC_READ_WORKER_XLSX_H_

#include "read/worker/sink.h"
#include "read/worker/zip_parts.h"

namespace vanban::read {

// Values as stored (formulas: their last result); numbers with the decimal comma; merged cells as spans;
// hidden sheets left out with a diagnostic. Errors: kDamaged, kEncrypted, kLimitExceeded.
Result<void> read_xlsx(const Input& input, ZipParts& parts, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_XLSX_H_
