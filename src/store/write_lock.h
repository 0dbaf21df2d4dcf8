// One writer at a time: a lock of the operating system on a side file (PATH.lock). It goes with the process
// that holds it, however that ends, so a stale one cannot stand in the way. The file stays and names the
// holder's process id.

#ifndef VANBAN_STORE_WRITE_LOCK_H_
#define VANBAN_STORE_WRITE_LOCK_H_

#include <string>

#include "vanban/base/result.h"

namespace vanban::store {

class WriteLock {
 public:
  // Errors: kStoreBusy naming the holder and since when; kPermission, kDiskFull, kNotFound (no folder), kIo.
  static Result<WriteLock> take(const std::string& store_path);
  WriteLock(WriteLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  WriteLock& operator=(WriteLock&& other) noexcept;
  ~WriteLock();

 private:
  explicit WriteLock(int file) : file_(file) {}
  int file_ = -1;
};

}  // namespace vanban::store

#endif  // VANBAN_STORE_WRITE_LOCK_H_
