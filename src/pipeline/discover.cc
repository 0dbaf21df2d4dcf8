#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "pipeline/files.h"
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
  const char* reason = error == EACCES || error == EPERM ? "permission"
                       : error == ENOENT                 ? "not-found"
                                                         : "io";
  return problem(path, FileStatus::kFailed, reason, std::strerror(error));
}

struct Folder {
  std::string path;
  std::size_t given;
};

// One entry as it is, links not followed; folders are pushed to `folders` instead of being an entry.
void take(const std::string& path, std::size_t given, const struct stat& info,
          std::vector<FoundEntry>& entries, std::vector<Folder>& folders) {
  if (S_ISDIR(info.st_mode)) {
    folders.push_back({path, given});
  } else if (S_ISREG(info.st_mode)) {
    FoundEntry entry;
    entry.path = path;
    entry.given = given;
    entry.bytes = static_cast<std::uint64_t>(info.st_size);
    entry.modified_ns = modified_ns(info);
    entries.push_back(std::move(entry));
  } else if (S_ISLNK(info.st_mode)) {
    entries.push_back(
        problem(path, FileStatus::kSkipped, "symbolic-link", "symbolic links are not followed"));
  } else {
    entries.push_back(problem(path, FileStatus::kSkipped, "not-a-file", "neither a file nor a folder"));
  }
}

// Folders are opened name by name, so that a path may be longer than the system takes and a folder that
// became a link in the meantime leads nowhere.
void walk(const Folder& folder, std::vector<FoundEntry>& entries, std::vector<Folder>& folders) {
  OpenFile opened = open_path(folder.path, folder.given, O_RDONLY | O_DIRECTORY);
  DIR* directory = opened.get() < 0 ? nullptr : ::fdopendir(opened.get());
  if (directory == nullptr) {
    entries.push_back(from_errno(folder.path, errno));
    return;
  }
  (void)opened.release();
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(directory);
    if (entry == nullptr) {
      if (errno != 0) entries.push_back(from_errno(folder.path, errno));
      break;
    }
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    const std::string path = folder.path == "/" ? "/" + name : folder.path + "/" + name;
    struct stat info {};
    if (::fstatat(::dirfd(directory), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0) {
      take(path, folder.given, info, entries, folders);
    } else {
      entries.push_back(from_errno(path, errno));
    }
  }
  ::closedir(directory);
}

}  // namespace

std::vector<FoundEntry> discover(const std::vector<std::string>& paths, const std::vector<std::string>& own) {
  std::vector<FoundEntry> entries;
  std::vector<Folder> folders;
  for (std::string path : paths) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    const OpenFile opened = open_path(path, path.size(), O_PATH);
    struct stat info {};
    if (opened.get() >= 0 && ::fstat(opened.get(), &info) == 0) {
      take(path, path.size(), info, entries, folders);
    } else {
      entries.push_back(from_errno(path, errno));
    }
  }
  while (!folders.empty()) {
    const Folder folder = std::move(folders.back());
    folders.pop_back();
    walk(folder, entries, folders);
  }
  std::erase_if(entries, [&](const FoundEntry& entry) {
    return std::any_of(own.begin(), own.end(), [&](const std::string& one) {
      return entry.path.starts_with(one) &&
             (entry.path.size() == one.size() || entry.path[one.size()] == '/');
    });
  });
  std::sort(entries.begin(), entries.end(),
            [](const FoundEntry& a, const FoundEntry& b) { return a.path < b.path; });
  entries.erase(std::unique(entries.begin(), entries.end(),
                            [](const FoundEntry& a, const FoundEntry& b) { return a.path == b.path; }),
                entries.end());
  return entries;
}

bool is_wanted(const std::string& path, const std::vector<std::string>& include,
               const std::vector<std::string>& exclude) {
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
