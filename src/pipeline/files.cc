#include "pipeline/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "read/sha256.h"
#include "vanban/base/shown_path.h"

namespace vanban {

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
  if (this != &other) {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = other.release();
  }
  return *this;
}
OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}
int OpenFile::release() { return std::exchange(descriptor_, -1); }

OpenFile open_path(const std::string& path, std::size_t given, int flags) {
  OpenFile folder(::open(path.rfind('/', 0) == 0 ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
  std::size_t at = 0;
  for (;;) {
    at = path.find_first_not_of('/', at);
    if (at == std::string::npos) {  // the root itself, or a slash at the end
      return OpenFile(::openat(folder.get(), ".", flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    }
    if (folder.get() < 0) return OpenFile();
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string name = path.substr(at, end - at);
    if (end >= path.size()) {
      return OpenFile(
          ::openat(folder.get(), name.c_str(), flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW));
    }
    const int follow = at < given ? 0 : O_NOFOLLOW;
    folder = OpenFile(::openat(folder.get(), name.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC | follow));
    if (folder.get() < 0) return OpenFile();
    at = end;
  }
}

ErrorCode code_of_errno(int number) {
  if (number == ENOENT || number == ENOTDIR) return ErrorCode::kNotFound;
  if (number == EACCES || number == EPERM) return ErrorCode::kPermission;
  return ErrorCode::kIo;
}

Result<std::string> hash_of_file(const std::string& path) {
  const auto fail = [&](ErrorCode code, const char* why) {
    return make_error(code, shown_path(path) + ": " + why);
  };
  const OpenFile file = open_path(path, path.size(), O_RDONLY);
  if (file.get() < 0) return fail(code_of_errno(errno), std::strerror(errno));
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return fail(ErrorCode::kIo, std::strerror(errno));
  if (!S_ISREG(info.st_mode)) return fail(ErrorCode::kUnsupported, "this is no regular file");
  read::Sha256 digest;
  std::vector<char> chunk(1u << 20);
  for (;;) {
    const ssize_t got = ::read(file.get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(ErrorCode::kIo, std::strerror(errno));
    if (got == 0) break;
    digest.add({chunk.data(), static_cast<std::size_t>(got)});
  }
  return digest.hex();
}

std::string_view container_path(std::string_view path, const std::set<std::string_view>& files) {
  for (std::size_t at = path.find("!/"); at != std::string_view::npos; at = path.find("!/", at + 1)) {
    if (files.contains(path.substr(0, at))) return path.substr(0, at);
  }
  return {};
}

}  // namespace vanban
