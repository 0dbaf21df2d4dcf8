// Doors for the store as a whole: verify, backup, export, import.

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "vanban/pipeline/carry.h"

namespace vanban::cli {
namespace {

void print_some(const std::vector<std::string>& lines, std::string_view title) {
  constexpr std::size_t kMost = 20;
  for (std::size_t i = 0; i < lines.size() && i < kMost; ++i) {
    std::printf("  ! %s: %s\n", std::string(title).c_str(), for_terminal(lines[i]).c_str());
  }
  if (lines.size() > kMost) std::printf("  ! … +%zu\n", lines.size() - kMost);
}

Error no_write(const std::string& path) {
  const int number = errno;
  return make_error(number == ENOSPC   ? ErrorCode::kDiskFull
                    : number == EACCES ? ErrorCode::kPermission
                                       : ErrorCode::kIo,
                    path + ": " + std::strerror(number));
}

}  // namespace

int run_verify(const Context& context, bool originals) {
  catch_signals();
  // For writing: the check of the search index and the record of the check need it. While another process
  // loads, the rest is checked all the same.
  Result<Store> store = Store::open(context.store, Store::Access::kReadOnly);
  // An older schema is brought up to date by opening for writing; what is not there is not made.
  if (!store && store.error().code != ErrorCode::kStoreVersion) return complain(context, store.error());
  store = Store::open(context.store, Store::Access::kReadWrite);
  const bool whole = store.has_value();
  if (!store && store.error().code != ErrorCode::kStoreBusy && store.error().code != ErrorCode::kPermission) {
    return complain(context, store.error());
  }
  if (!store) store = Store::open(context.store, Store::Access::kReadOnly);
  if (!store) return complain(context, store.error());
  Result<VerifyReport> report = store->verify();
  if (!report) return complain(context, report.error());
  FixityReport fixity;
  if (originals) {
    Result<FixityReport> checked = check_originals(*store, stop_requested);
    if (!checked) return complain(context, checked.error());
    fixity = std::move(*checked);
  }
  const bool damaged = !report->problems.empty() || !fixity.different.empty();
  if (context.format != Format::kTable) {
    const nlohmann::ordered_json out = {{"ok", !damaged},
                                        {"documents", report->documents},
                                        {"files", report->files},
                                        {"index_checked", whole},
                                        {"problems", report->problems},
                                        {"originals", fixity.files},
                                        {"originals_different", fixity.different},
                                        {"originals_missing", fixity.missing},
                                        {"interrupted", fixity.interrupted}};
    std::puts(out.dump(context.format == Format::kJson ? 1 : -1, ' ', false,
                       nlohmann::ordered_json::error_handler_t::replace)
                  .c_str());
  } else {
    std::printf("%s %zu, %s %zu, %s %zu\n", std::string(context.say("Văn bản", "Documents")).c_str(),
                report->documents, std::string(context.say("tệp", "files")).c_str(), report->files,
                std::string(context.say("bản gốc đã so", "originals compared")).c_str(), fixity.files);
    print_some(report->problems, context.say("kho", "store"));
    print_some(fixity.different, context.say("bản gốc đã khác", "original differs"));
    print_some(fixity.missing, context.say("không đọc được bản gốc", "original cannot be read"));
    if (!whole) {
      std::puts(
          std::string(
              context.say("Chưa kiểm tra chỉ mục tìm kiếm: kho đang được ghi hoặc chỉ đọc.",
                          "The search index was not checked: the store is being written, or read-only."))
              .c_str());
    }
    std::puts(std::string(damaged ? context.say("HỎNG", "DAMAGED")
                                  : context.say("Kho còn nguyên.", "The store is sound."))
                  .c_str());
  }
  if (fixity.interrupted) return kInterrupted;
  if (damaged) return kUnusable;
  return fixity.missing.empty() ? kDone : kSomeFailed;
}

int run_backup(const Context& context, const std::string& path) {
  Result<Store> store = Store::open(context.store, Store::Access::kReadOnly);
  if (!store) return complain(context, store.error());
  Result<void> done = store->backup(path);
  if (!done) return complain(context, done.error());
  std::printf("%s %s\n", std::string(context.say("Đã sao lưu vào", "Backed up to")).c_str(),
              for_terminal(path).c_str());
  return kDone;
}

int run_export(const Context& context, const std::string& out) {
  Result<Store> store = Store::open(context.store, Store::Access::kReadOnly);
  if (!store) return complain(context, store.error());
  const std::string partial = out + ".partial";
  std::FILE* file = out.empty() ? stdout : std::fopen(partial.c_str(), "wb");
  if (file == nullptr) return complain(context, no_write(partial));
  const auto write = [&](const std::string& line) -> Result<void> {
    if (std::fwrite(line.data(), 1, line.size(), file) != line.size() || std::fputc('\n', file) == EOF) {
      return no_write(out.empty() ? "stdout" : partial);
    }
    return {};
  };
  Result<void> done = store->export_documents(write);
  if (std::fflush(file) != 0 && done) done = no_write(out.empty() ? "stdout" : partial);
  if (!out.empty()) {
    if (std::fclose(file) != 0 && done) done = no_write(partial);
    if (done && std::rename(partial.c_str(), out.c_str()) != 0) done = no_write(out);
    if (!done) std::remove(partial.c_str());
  }
  return done ? static_cast<int>(kDone) : complain(context, done.error());
}

int run_import(const Context& context, const std::string& path) {
  catch_signals();
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file) {
      return complain(context, make_error(ErrorCode::kNotFound, path + ": " + std::strerror(errno)));
    }
  }
  std::istream& in = path == "-" ? std::cin : file;
  Result<Store> store = Store::open(context.store, Store::Access::kReadWrite);
  if (!store) return complain(context, store.error());
  Result<ImportReport> report = import_documents(
      *store, [&](std::string& line) { return static_cast<bool>(std::getline(in, line)); }, stop_requested);
  if (!report)
    return complain(context, make_error(report.error().code, path + ": " + report.error().message));
  std::printf("%s %zu\n", std::string(context.say("Đã nhận văn bản:", "Documents taken:")).c_str(),
              report->documents);
  return kDone;
}

}  // namespace vanban::cli
