#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "vanban/base/shown_path.h"

namespace vanban::cli {

namespace {

// What shuts the readers of untrusted bytes in, and what this kernel does not have.
void print_isolation(const Context& context, const std::string& active) {
  std::string missing;
  for (const char* name : {"no-new-privs", "landlock", "rlimits", "seccomp"}) {
    if (active.find(name) == std::string::npos) missing += (missing.empty() ? "" : ", ") + std::string(name);
  }
  std::printf("%s %s\n",
              std::string(context.say("Bộ đọc bị cách ly bởi:", "Readers are shut in by:")).c_str(),
              active.c_str());
  if (missing.empty()) return;
  std::printf("  ! %s %s\n",
              std::string(context.say("hệ điều hành này không có:", "not to be had on this system:")).c_str(),
              missing.c_str());
}

}  // namespace

int run_status(const Context& context, bool all) {
  Result<Store> store = Store::open(context.store, Store::Access::kReadOnly);
  if (!store) return complain(context, store.error());
  Result<StoreCounts> counts = store->counts();
  if (!counts) return complain(context, counts.error());
  Result<std::vector<FileRecord>> files = store->files();
  if (!files) return complain(context, files.error());
  Result<std::string> isolation = Reader(context.read).isolation();
  const std::string shut_in = isolation ? *isolation : isolation.error().message;
  std::vector<std::vector<std::string>> rows;
  for (const FileRecord& file : *files) {
    if (!all && (file.status == FileStatus::kIngested || file.status == FileStatus::kDuplicate)) continue;
    rows.push_back({std::string(file_status_name(file.status)), file.reason, shown_path(file.path),
                    shown_path(file.message)});
  }
  const std::vector<Column> columns = {{"status", std::string(context.say("Trạng thái", "Status"))},
                                       {"reason", std::string(context.say("Lý do", "Reason"))},
                                       {"path", std::string(context.say("Tệp", "File")), 10, 1},
                                       {"message", std::string(context.say("Chi tiết", "Details")), 10, 1}};
  if (context.format == Format::kJson) {
    nlohmann::ordered_json out = {{"store", context.store},           {"files", counts->files_by_status},
                                  {"documents", counts->documents},   {"tasks", counts->tasks},
                                  {"indicators", counts->indicators}, {"measurements", counts->measurements},
                                  {"references", counts->references}, {"isolation", shut_in}};
    out["problems"] = nlohmann::ordered_json::array();
    for (const auto& row : rows) {
      out["problems"].push_back(
          {{"status", row[0]}, {"reason", row[1]}, {"path", row[2]}, {"message", row[3]}});
    }
    std::puts(out.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace).c_str());
    return kDone;
  }
  if (context.format != Format::kTable) {
    print_rows(context, columns, rows);
    return kDone;
  }
  std::printf("%s %s\n", std::string(context.say("Kho:", "Store:")).c_str(),
              for_terminal(context.store).c_str());
  for (const auto& [status, count] : counts->files_by_status)
    std::printf("  %s %zu\n", fitted(status, 12).c_str(), count);
  const auto count_line = [&](std::string_view vi, std::string_view en, std::size_t count) {
    std::printf("  %s %zu\n", fitted(context.say(vi, en), 12).c_str(), count);
  };
  count_line("văn bản", "documents", counts->documents);
  count_line("nhiệm vụ", "tasks", counts->tasks);
  count_line("chỉ tiêu", "indicators", counts->indicators);
  count_line("số liệu", "measurements", counts->measurements);
  count_line("viện dẫn", "references", counts->references);
  print_isolation(context, shut_in);
  if (!rows.empty()) {
    std::puts("");
    print_rows(context, columns, rows);
  }
  return kDone;
}

}  // namespace vanban::cli
