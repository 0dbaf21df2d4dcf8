#include "store/write_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

namespace vanban::store {
namespace {

Error error_of(int number, const std::string& path) {
  ErrorCode code = ErrorCode::kIo;
  if (number == EACCES || number == EPERM || number == EROFS || number == ELOOP)
    code = ErrorCode::kPermission;
  if (number == ENOENT || number == ENOTDIR) code = ErrorCode::kNotFound;
  if (number == ENOSPC || number == EDQUOT) code = ErrorCode::kDiskFull;
  return make_error(code, "store lock " + path + ": " + std::strerror(number));
}

std::string time_text(std::time_t time) {
  std::tm parts{};
  char text[32];
  if (gmtime_r(&time, &parts) == nullptr ||
      std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts) == 0) {
    return "an unknown time";
  }
  return text;
}

// The holder wrote its process id when it took the lock, so the file's time is when that was.
Error busy(int file, const std::string& store_path) {
  char digits[32] = {};
  const ssize_t got = pread(file, digits, sizeof digits - 1, 0);
  std::string pid;
  for (ssize_t i = 0; i < got && digits[i] >= '0' && digits[i] <= '9'; ++i) pid += digits[i];
  struct stat info {};
  std::string since;
  if (fstat(file, &info) == 0) since = " since " + time_text(info.st_mtime);
  return make_error(ErrorCode::kStoreBusy, "store " + store_path + " is being written by process " +
                                               (pid.empty() ? std::string("(unknown)") : pid) + since);
}

}  // namespace

Result<WriteLock> WriteLock::take(const std::string& store_path) {
  const std::string path = store_path + ".lock";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file < 0) return error_of(errno, path);
  WriteLock lock(file);
  int locked = 0;
  do {
    locked = flock(file, LOCK_EX | LOCK_NB);
  } while (locked != 0 && errno == EINTR);
  if (locked != 0) {
    if (errno == EWOULDBLOCK) return busy(file, store_path);
    return error_of(errno, path);
  }
  const std::string holder = std::to_string(getpid()) + "\n";
  if (ftruncate(file, 0) != 0 || pwrite(file, holder.data(), holder.size(), 0) < 0)
    return error_of(errno, path);
  return lock;
}

WriteLock& WriteLock::operator=(WriteLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

WriteLock::~WriteLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace vanban::store
