// Files as the ingest meets them: names are bytes, paths may be longer than the system takes in one piece,
// and nothing below a given folder leads out of it.

#ifndef VANBAN_SRC_PIPELINE_FILES_H_
#define VANBAN_SRC_PIPELINE_FILES_H_

#include <set>
#include <string>
#include <string_view>

#include "vanban/base/result.h"

namespace vanban {

// A descriptor that closes itself.
class OpenFile {
 public:
  explicit OpenFile(int descriptor = -1) : descriptor_(descriptor) {}
  OpenFile(OpenFile&& other) noexcept : descriptor_(other.release()) {}
  OpenFile& operator=(OpenFile&& other) noexcept;
  ~OpenFile();
  int get() const { return descriptor_; }
  int release();

 private:
  int descriptor_;
};

// Opens `path` name by name. Symbolic links are followed in its first `given` bytes (what the user wrote) but
// for the last name, and nowhere behind them. The descriptor is -1 and errno is set where it cannot be
// opened. Never blocks on a pipe or device.
OpenFile open_path(const std::string& path, std::size_t given, int flags);

// SHA-256 of the regular file at `path`. Errors: kNotFound, kPermission, kIo, kUnsupported (no regular file),
// naming the path.
Result<std::string> hash_of_file(const std::string& path);

// Of "archive.zip!/letter.pdf" the path of the archive, where that is one of `files` (a folder may be called
// "x!" as well); empty: the path is no member of one.
std::string_view container_path(std::string_view path, const std::set<std::string_view>& files);

// kNotFound, kPermission or kIo.
ErrorCode code_of_errno(int number);

}  // namespace vanban

#endif  // VANBAN_SRC_PIPELINE_FILES_H_
