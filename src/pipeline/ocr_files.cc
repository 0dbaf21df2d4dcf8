#include "pipeline/ocr_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <vector>

#include "pipeline/files.h"

namespace vanban {
namespace {

namespace fs = std::filesystem;

// A file: this mark, the length and CRC-32 of what is packed (4 bytes each, little endian), the packed bytes.
constexpr std::string_view kMark = "vanban-ocr 1\n";
constexpr std::size_t kHead = kMark.size() + 8;
constexpr std::size_t kMostPage = 16u << 20;

bool is_key(std::string_view name) {
  return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void put_number(std::string& out, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = (value << 8) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

std::string packed(std::string_view page) {
  uLongf size = compressBound(static_cast<uLong>(page.size()));
  std::string out(kMark);
  put_number(out, static_cast<std::uint32_t>(page.size()));
  put_number(out, crc_of(page));
  out.resize(kHead + size);
  if (compress2(reinterpret_cast<Bytef*>(out.data() + kHead), &size,
                reinterpret_cast<const Bytef*>(page.data()), static_cast<uLong>(page.size()), 6) != Z_OK) {
    return {};
  }
  out.resize(kHead + size);
  return out;
}

std::optional<std::string> unpacked(std::string_view bytes) {
  if (bytes.size() < kHead || !bytes.starts_with(kMark)) return std::nullopt;
  std::string page(number_at(bytes, kMark.size()), '\0');
  if (page.size() > kMostPage) return std::nullopt;
  uLongf size = static_cast<uLongf>(page.size());
  const std::string_view rest = bytes.substr(kHead);
  if (uncompress(reinterpret_cast<Bytef*>(page.data()), &size, reinterpret_cast<const Bytef*>(rest.data()),
                 static_cast<uLong>(rest.size())) != Z_OK ||
      size != page.size() || crc_of(page) != number_at(bytes, kMark.size() + 4)) {
    return std::nullopt;
  }
  return page;
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

OcrFiles::OcrFiles(std::string folder, std::uint64_t most_bytes)
    : folder_(std::move(folder)), most_bytes_(most_bytes) {}

std::string OcrFiles::path_of(const std::string& key) const {
  return folder_ + "/" + key.substr(0, 2) + "/" + key;
}

std::optional<std::string> OcrFiles::find(const std::string& key) {
  if (!is_key(key)) return std::nullopt;
  const std::string path = path_of(key);
  std::string bytes;
  {
    const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat info {};
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode) ||
        static_cast<std::uint64_t>(info.st_size) > 2 * kMostPage) {
      return std::nullopt;
    }
    bytes.resize(static_cast<std::size_t>(info.st_size));
    if (::pread(file.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
      return std::nullopt;
    }
  }
  std::optional<std::string> page = unpacked(bytes);
  const std::lock_guard lock(mutex_);
  const auto known = entries_.find(key);
  if (!page) {
    ::unlink(path.c_str());
    if (known != entries_.end()) {
      bytes_ -= known->second.bytes;
      entries_.erase(known);
    }
    return std::nullopt;
  }
  ::utimensat(AT_FDCWD, path.c_str(), nullptr, AT_SYMLINK_NOFOLLOW);  // used now
  if (known != entries_.end()) known->second.used_ns = now_ns();
  return page;
}

void OcrFiles::keep(const std::string& key, std::string_view page) {
  if (!is_key(key) || page.size() > kMostPage) return;
  const std::string bytes = packed(page);
  if (bytes.empty() || bytes.size() > most_bytes_) return;
  const std::lock_guard lock(mutex_);
  if (!looked_) look_around();
  const std::string path = path_of(key), temporary = path + ".new";
  std::error_code failed;
  fs::create_directories(fs::path(path).parent_path(), failed);
  if (failed) return;
  bool whole = false;
  {
    const OpenFile file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
    whole = file.get() >= 0 && write_all(file.get(), bytes);
  }
  if (!whole || ::rename(temporary.c_str(), path.c_str()) != 0) {
    ::unlink(temporary.c_str());
    return;
  }
  Entry& entry = entries_[key];
  bytes_ += bytes.size() - entry.bytes;
  entry = {now_ns(), bytes.size()};
  make_room();
}

// What is there from earlier runs; half-written files go.
void OcrFiles::look_around() {
  looked_ = true;
  std::error_code failed;
  for (fs::recursive_directory_iterator at(folder_, fs::directory_options::none, failed), end;
       !failed && at != end; at.increment(failed)) {
    struct stat info {};
    const std::string& path = at->path().native();
    if (::lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
    const std::string name = at->path().filename().native();
    if (is_key(name)) {
      const std::int64_t used =
          static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
      entries_[name] = {used, static_cast<std::uint64_t>(info.st_size)};
      bytes_ += static_cast<std::uint64_t>(info.st_size);
    } else if (name.size() == 68 && name.ends_with(".new")) {
      ::unlink(path.c_str());
    }
  }
}

// Down to nine tenths, so that this is not done for every new one.
void OcrFiles::make_room() {
  if (bytes_ <= most_bytes_) return;
  std::vector<std::pair<std::int64_t, std::string>> oldest;
  oldest.reserve(entries_.size());
  for (const auto& [key, entry] : entries_) oldest.emplace_back(entry.used_ns, key);
  std::sort(oldest.begin(), oldest.end());
  for (const auto& [used, key] : oldest) {
    if (bytes_ <= most_bytes_ - most_bytes_ / 10) break;
    ::unlink(path_of(key).c_str());
    bytes_ -= entries_[key].bytes;
    entries_.erase(key);
  }
}

}  // namespace vanban
