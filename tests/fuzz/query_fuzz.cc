// Any bytes as a search query: an answer or a clear error, never a crash or an SQL error.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "vanban/store/store.h"

namespace {

vanban::Store& store() {
  static vanban::Store instance = [] {
    const auto path =
        std::filesystem::temp_directory_path() / ("vanban_query_fuzz_" + std::to_string(::getpid()) + ".db");
    auto made = vanban::Store::open(path.string(), vanban::Store::Access::kReadWrite);
    if (!made) std::abort();
    vanban::DocumentRecord record;
    record.document.header.id = "/vn/x/dispatch/2024/1";
    record.document.header.number.text = "221/VPCP-KSTT";
    record.document.header.subject = "cải cách thủ tục hành chính";
    record.document.text = "Đôn đốc thực hiện 15/2020/NĐ-CP";
    record.graph.self.id = record.document.header.id;
    vanban::FileRecord file;
    file.path = "/x";
    file.sha256 = "00";
    file.document_id = record.document.header.id;
    if (!made->put(file, {record})) std::abort();
    return std::move(*made);
  }();
  return instance;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string query(reinterpret_cast<const char*>(data), size < 2000 ? size : 2000);
  const auto found = store().search(query, {});
  if (!found && found.error().code != vanban::ErrorCode::kInvalidArgument) std::abort();
  vanban::Filter filter;
  filter.agency = query;
  filter.assigned_by = query;
  filter.document = query;
  const auto filtered = store().search("thủ tục", filter);
  if (!filtered && filtered.error().code != vanban::ErrorCode::kInvalidArgument) std::abort();
  return 0;
}
