#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "vanban/pipeline/ingest.h"

namespace vanban {
namespace {

std::int64_t modified_ns(const struct stat& info) {
  return static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
}

FoundEntry problem(std::string path, FileStatus status, std::string reason, std::string message) {
  FoundEntry entry;
  entry.path = std::move(path);
  entry.status = status;
  entry.reason = std::move(reason);
  entry.message = std::move(message);
  return entry;
}

FoundEntry from_errno(const std::string& path, int error) {
  const char* reason = error == EACCES || error == EPERM ? "permission" : error == ENOENT ? "not-found" : "io";
  return problem(path, FileStatus::kFailed, reason, std::strerror(error));
}

// What `lstat` says of one entry; folders are pushed to `folders` instead of being an entry.
void look_at(const std::string& path, std::vector<FoundEntry>& entries, std::vector<std::string>& folders) {
  struct stat info{};
  if (::lstat(path.c_str(), &info) != 0) {
    entries.push_back(from_errno(path, errno));
    return;
  }
  if (S_ISDIR(info.st_mode)) {
    folders.push_back(path);
  } else if (S_ISREG(info.st_mode)) {
    FoundEntry entry;
    entry.path = path;
    entry.bytes = static_cast<std::uint64_t>(info.st_size);
    entry.modified_ns = modified_ns(info);
    entries.push_back(std::move(entry));
  } else if (S_ISLNK(info.st_mode)) {
    entries.push_back(problem(path, FileStatus::kSkipped, "symbolic-link", "symbolic links are not followed"));
  } else {
    entries.push_back(problem(path, FileStatus::kSkipped, "not-a-file", "neither a file nor a folder"));
  }
}

}  // namespace

std::vector<FoundEntry> discover(const std::vector<std::string>& paths, const std::vector<std::string>& own) {
  std::vector<FoundEntry> entries;
  std::vector<std::string> folders;
  for (std::string path : paths) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    look_at(path, entries, folders);
  }
  while (!folders.empty()) {
    const std::string folder = std::move(folders.back());
    folders.pop_back();
    DIR* directory = ::opendir(folder.c_str());
    if (directory == nullptr) {
      entries.push_back(from_errno(folder, errno));
      continue;
    }
    while (const dirent* entry = ::readdir(directory)) {
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      look_at(folder == "/" ? "/" + std::string(name) : folder + "/" + std::string(name), entries, folders);
    }
    ::closedir(directory);
  }
  std::erase_if(entries, [&](const FoundEntry& entry) {
    return std::find(own.begin(), own.end(), entry.path) != own.end();
  });
  std::sort(entries.begin(), entries.end(), [](const FoundEntry& a, const FoundEntry& b) { return a.path < b.path; });
  entries.erase(std::unique(entries.begin(), entries.end(),
                            [](const FoundEntry& a, const FoundEntry& b) { return a.path == b.path; }),
                entries.end());
  return entries;
}

bool is_wanted(const std::string& path, const std::vector<std::string>& include, const std::vector<std::string>& exclude) {
  const auto matches = [&](const std::string& glob) {
    if (glob.find('/') == std::string::npos) {
      return ::fnmatch(glob.c_str(), path.c_str() + path.rfind('/') + 1, 0) == 0;
    }
    // Against every tail of the path that begins behind a slash.
    for (std::size_t at = 0; at != std::string::npos; at = path.find('/', at)) {
      if (path[at] == '/') ++at;
      if (::fnmatch(glob.c_str(), path.c_str() + at, 0) == 0) return true;
    }
    return ::fnmatch(glob.c_str(), path.c_str(), 0) == 0;
  };
  if (!include.empty() && std::none_of(include.begin(), include.end(), matches)) return false;
  return std::none_of(exclude.begin(), exclude.end(), matches);
}

}  // namespace vanban
