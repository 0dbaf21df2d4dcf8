#include "read/worker/container.h"

#include <vector>

#include "read/worker/docx.h"
#include "read/worker/odt.h"
#include "read/worker/pptx.h"
#include "read/worker/xlsx.h"
#include "read/worker/zip_parts.h"

namespace vanban::read {

namespace {

// What systems put into an archive beside the files that somebody chose.
bool is_clutter(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('/') + 1);
  return name.starts_with("__MACOSX/") || last == ".DS_Store" || last == "Thumbs.db" || last == "desktop.ini";
}

Result<void> read_archive(ZipParts& parts, Sink& sink) {
  constexpr std::size_t kMostMembers = 10'000;
  std::vector<std::size_t> members;
  for (std::size_t i = 0; i < parts.count(); ++i) {
    const std::string name = parts.name(i);
    if (!name.empty() && name.back() != '/' && !is_clutter(name)) members.push_back(i);
  }
  if (members.empty()) return make_error(ErrorCode::kEmpty, "the archive holds no file");
  if (members.size() > kMostMembers) {
    return make_error(ErrorCode::kLimitExceeded,
                      "the archive holds more than " + std::to_string(kMostMembers) + " files");
  }
  sink.begin({"application/zip", "", 0});
  for (const std::size_t i : members) sink.member(parts.name(i), parts.part_at(i));
  sink.facts({});
  return {};
}

}  // namespace

Result<void> read_container(const Input& input, Sink& sink) {
  Result<ZipParts> parts = ZipParts::open(input.bytes, input.job.limits);
  if (!parts) return parts.error();
  // Office asks for a password where the list of parts has one, whatever the others have.
  if (Result<std::optional<std::string>> types = parts->part("[Content_Types].xml");
      !types && types.error().code == ErrorCode::kEncrypted) {
    return types.error();
  }
  if (parts->has("word/document.xml")) return read_docx(input, *parts, sink);
  if (parts->has("xl/workbook.xml")) return read_xlsx(input, *parts, sink);
  if (parts->has("ppt/presentation.xml")) return read_pptx(input, *parts, sink);
  Result<std::optional<std::string>> kind = parts->part("mimetype");
  if (!kind) return kind.error();
  if (kind->has_value() && (*kind)->starts_with("application/vnd.oasis.opendocument")) {
    if (parts->has("content.xml")) return read_odt(input, *parts, **kind, sink);
    return make_error(ErrorCode::kDamaged, "an OpenDocument file without content.xml");
  }
  if (kind->has_value())
    return make_error(ErrorCode::kUnsupported, "this is a container of the type " + **kind);
  return read_archive(*parts, sink);
}

}  // namespace vanban::read
