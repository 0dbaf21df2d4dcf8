// What leaves the store as a whole: the export and the backup.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

#include "store/page_sums.h"
#include "store/reading.h"

namespace vanban::store {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// A content has the first of the paths that hold it now, not the one that happened to be read.
std::string with_path(std::string text, const std::string& path) {
  if (text.rfind("{\"source\":{\"path\":" + dumped(path) + ",", 0) == 0) return text;
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("source") || !json["source"].is_object()) return text;
  if (!json["source"].contains("path") || json["source"]["path"] == path) return text;
  json["source"]["path"] = path;
  return dumped(json);
}

[[noreturn]] void refuse(int number, const std::string& path) {
  ErrorCode code = ErrorCode::kIo;
  if (number == EACCES || number == EPERM || number == EROFS) code = ErrorCode::kPermission;
  if (number == ENOSPC || number == EDQUOT) code = ErrorCode::kDiskFull;
  throw SqlFailure{make_error(code, path + ": " + std::strerror(number))};
}

// What was renamed stays renamed after the power fails.
void sync_folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) refuse(errno, folder);
  const int synced = fsync(file);
  const int number = errno;
  close(file);
  if (synced != 0 && number != EINVAL) refuse(number, folder);
}

}  // namespace

void export_documents(Connection& database,
                      const std::function<Result<void>(const std::string& line)>& take) {
  Query rows = database.query(
      "SELECT d.key, (SELECT min(f.path_text) FROM files f WHERE f.content = d.content), t.body FROM "
      "documents d"
      " JOIN document_texts t ON t.document = d.key WHERE d.active = 1 ORDER BY d.id");
  while (rows.step()) {
    std::string line = unpacked_json(database, rows.integer(0));
    if (const std::string path = rows.text(1); !path.empty()) line = with_path(std::move(line), path);
    line = with_text(std::move(line), rows.text(2));
    const Result<void> taken = take(line);
    if (!taken) throw SqlFailure{taken.error()};
  }
}

void backup(Connection& database, const std::string& path) {
  const std::string name = !path.empty() && path.front() == '/' ? path : "./" + path;
  struct stat info {};
  if (lstat(name.c_str(), &info) == 0) {
    throw SqlFailure{
        make_error(ErrorCode::kInvalidArgument, path + " is there already; a backup overwrites nothing")};
  }
  const std::string partial = name + ".partial";
  if (unlink(partial.c_str()) != 0 && errno != ENOENT) refuse(errno, partial);
  try {
    Connection copy(partial, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    follow_page_sums(database.handle(), copy.handle());
    sqlite3_backup* job = sqlite3_backup_init(copy.handle(), "main", database.handle(), "main");
    if (job == nullptr) copy.fail(sqlite3_errcode(copy.handle()));
    sqlite3_backup_step(job, -1);  // in one step: nobody's writing can make it begin anew
    const int code = sqlite3_backup_finish(job);
    if (code != SQLITE_OK) copy.fail(code);
  } catch (...) {
    unlink(partial.c_str());
    throw;
  }
  if (rename(partial.c_str(), name.c_str()) != 0) {
    const int number = errno;
    unlink(partial.c_str());
    refuse(number, path);
  }
  sync_folder_of(name);
}

}  // namespace vanban::store
