#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "vanban/base/shown_path.h"
#include "vanban/read/reader.h"

namespace vanban {
namespace {

constexpr std::size_t kMostMembers = 20'000;

}  // namespace

FileMembers::FileMembers(FileMembers&& other) noexcept { *this = std::move(other); }
FileMembers& FileMembers::operator=(FileMembers&& other) noexcept {
  std::swap(list_, other.list_);
  std::swap(size_, other.size_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}
FileMembers::~FileMembers() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool FileMembers::add(FileMember member) {
  if (list_.size() >= kMostMembers) return false;
  member.name = shown_member_name(member.name);
  member.offset = size_;
  member.size = 0;
  list_.push_back(std::move(member));
  return true;
}

bool FileMembers::append(std::string_view bytes) {
  if (list_.empty() || list_.back().error) return false;
  if (descriptor_ < 0) descriptor_ = ::memfd_create("vanban-members", MFD_CLOEXEC);
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    size_ += static_cast<std::uint64_t>(written);
    list_.back().size += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<std::string> FileMembers::bytes(const FileMember& member) const {
  if (member.error) return *member.error;
  std::string out(static_cast<std::size_t>(member.size), '\0');
  for (std::size_t at = 0; at < out.size();) {
    const ssize_t got =
        ::pread(descriptor_, out.data() + at, out.size() - at, static_cast<off_t>(member.offset + at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return make_error(ErrorCode::kIo, member.name + ": " + std::strerror(errno));
    at += static_cast<std::size_t>(got);
  }
  return out;
}

}  // namespace vanban
