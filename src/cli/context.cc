#include "cli/context.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "cli/commands.h"
#include "cli/output.h"
#include "vanban/pipeline/pipeline.h"

namespace vanban::cli {

std::atomic<bool> stop_requested = false;

int exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return kUsage;
    case ErrorCode::kBadTable:
    case ErrorCode::kStoreCorrupt:
    case ErrorCode::kStoreVersion:
    case ErrorCode::kSetup:
    case ErrorCode::kDiskFull:
      return kUnusable;
    case ErrorCode::kStoreBusy:
      return kBusy;
    case ErrorCode::kInterrupted:
      return kInterrupted;
    default:  // the file's fault or ours: one table says which
      return status_of(code) == FileStatus::kRejected ? kSomeRejected : kSomeFailed;
  }
}

bool locale_is_vietnamese() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale = value;
    return locale.rfind("vi", 0) == 0 || locale == "C" || locale == "POSIX" || locale.rfind("C.", 0) == 0;
  }
  return true;
}

namespace {

std::filesystem::path program_folder() {
  std::error_code failed;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failed);
  return failed ? std::filesystem::path() : program.parent_path();
}

std::string first_that_exists(const char* variable, std::initializer_list<const char*> places,
                              const char* mark) {
  std::error_code failed;
  if (const char* given = std::getenv(variable); given != nullptr && *given != '\0') return given;
  for (const char* place : places) {
    const std::filesystem::path candidate = (program_folder() / place).lexically_normal();
    if (std::filesystem::exists(*mark == '\0' ? candidate : candidate / mark, failed))
      return candidate.string();
  }
  return {};
}

}  // namespace

std::string find_models() {
  return first_that_exists("VANBAN_MODELS", {"../share/vanban/models", "../../models"}, "document_types.tsv");
}

std::string find_worker() {
  return first_that_exists("VANBAN_READER", {"../libexec/vanban/vanban-reader", "vanban-reader"}, "");
}

std::string_view vietnamese_reason(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "yêu cầu không hợp lệ";
    case ErrorCode::kNotFound:
      return "không tìm thấy";
    case ErrorCode::kPermission:
      return "không có quyền đọc hoặc ghi";
    case ErrorCode::kIo:
      return "lỗi đọc, ghi";
    case ErrorCode::kEmpty:
      return "tệp trống";
    case ErrorCode::kUnsupported:
      return "loại tệp chưa đọc được";
    case ErrorCode::kDamaged:
      return "dữ liệu hỏng";
    case ErrorCode::kEncrypted:
      return "tệp cần mật khẩu";
    case ErrorCode::kLimitExceeded:
      return "vượt giới hạn cho phép";
    case ErrorCode::kTimeout:
      return "quá thời gian cho phép";
    case ErrorCode::kOutOfMemory:
      return "quá bộ nhớ cho phép";
    case ErrorCode::kParserCrash:
      return "bộ đọc tệp bị dừng đột ngột";
    case ErrorCode::kChanged:
      return "tệp thay đổi trong khi đọc";
    case ErrorCode::kBadTable:
      return "bảng dữ liệu của chương trình có lỗi";
    case ErrorCode::kStoreBusy:
      return "kho đang được tiến trình khác ghi";
    case ErrorCode::kStoreCorrupt:
      return "kho bị hỏng";
    case ErrorCode::kStoreVersion:
      return "kho không cùng phiên bản với chương trình";
    case ErrorCode::kSetup:
      return "cài đặt còn thiếu";
    case ErrorCode::kDiskFull:
      return "hết chỗ trên đĩa";
    case ErrorCode::kInterrupted:
      return "đã dừng theo yêu cầu";
    case ErrorCode::kInternal:
      return "lỗi bên trong chương trình";
  }
  return "lỗi";
}

int complain(const Context& context, const Error& error) {
  const std::string reason = context.vietnamese ? std::string(vietnamese_reason(error.code)) + ": " : "";
  std::fprintf(stderr, "vanban: %s%s\n", reason.c_str(), for_terminal(error.message).c_str());
  return exit_code_of(error.code);
}

void catch_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) { stop_requested = true; };
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

double monotonic_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int terminal_width(int file_descriptor) {
  if (isatty(file_descriptor) == 0) return 0;
  winsize size{};
  if (ioctl(file_descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

}  // namespace vanban::cli
