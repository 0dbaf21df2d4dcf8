#include "read/worker/container.h"

#include "read/worker/docx.h"
#include "read/worker/odt.h"
#include "read/worker/pptx.h"
#include "read/worker/xlsx.h"
#include "read/worker/zip_parts.h"

namespace vanban::read {

Result<void> read_container(const Input& input, Sink& sink) {
  Result<ZipParts> parts = ZipParts::open(input.bytes, input.job.limits);
  if (!parts) return parts.error();
  if (parts->has("word/document.xml")) return read_docx(input, *parts, sink);
  if (parts->has("xl/workbook.xml")) return read_xlsx(input, *parts, sink);
  if (parts->has("ppt/presentation.xml")) return read_pptx(input, *parts, sink);
  Result<std::optional<std::string>> kind = parts->part("mimetype");
  if (!kind) return kind.error();
  if (kind->has_value() && (*kind)->starts_with("application/vnd.oasis.opendocument")) {
    if (parts->has("content.xml")) return read_odt(input, *parts, **kind, sink);
    return make_error(ErrorCode::kDamaged, "an OpenDocument file without content.xml");
  }
  return make_error(ErrorCode::kUnsupported, "this is a ZIP archive, which is not read: unpack it first");
}

}  // namespace vanban::read
