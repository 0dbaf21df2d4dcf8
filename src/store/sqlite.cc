#include "store/sqlite.h"

#include <cerrno>
#include <chrono>
#include <cstring>

#include "store/page_sums.h"

namespace vanban::store {
namespace {

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

ErrorCode code_of(int extended, int system_error) {
  switch (extended & 0xFF) {
    case SQLITE_FULL:
      return ErrorCode::kDiskFull;
    case SQLITE_IOERR:
      if (extended == SQLITE_IOERR_NOMEM) return ErrorCode::kOutOfMemory;
      if (extended == SQLITE_IOERR_DATA) return ErrorCode::kStoreCorrupt;  // a page without its sum
      return system_error == ENOSPC || system_error == EDQUOT ? ErrorCode::kDiskFull : ErrorCode::kIo;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::kStoreBusy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::kStoreCorrupt;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return ErrorCode::kPermission;
    case SQLITE_CANTOPEN:
      if (system_error == ENOSPC || system_error == EDQUOT) return ErrorCode::kDiskFull;
      if (system_error == ENOENT || system_error == ENOTDIR) return ErrorCode::kNotFound;
      return system_error == EACCES || system_error == EPERM || system_error == EROFS ? ErrorCode::kPermission
                                                                                      : ErrorCode::kIo;
    case SQLITE_NOMEM:
      return ErrorCode::kOutOfMemory;
    case SQLITE_TOOBIG:
      return ErrorCode::kLimitExceeded;
    case SQLITE_INTERRUPT:
      return ErrorCode::kTimeout;
    default:
      return ErrorCode::kInternal;
  }
}

const char* hint_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kDiskFull:
      return "no space left on the disk: free some and run again; nothing stored so far is lost";
    case ErrorCode::kStoreCorrupt:
      return "the file is damaged or is no store";
    case ErrorCode::kStoreBusy:
      return "another process is writing to it";
    case ErrorCode::kPermission:
      return "not allowed to read or write it";
    default:
      return "";
  }
}

}  // namespace

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  constexpr std::size_t kMostIdle = 200;
  if (connection_->idle_.size() < kMostIdle) {
    connection_->idle_.emplace(std::move(sql_), statement_);
  } else {
    sqlite3_finalize(statement_);
  }
}

void Query::check(int code) const {
  if (code != SQLITE_OK) connection_->fail(code);
}

void Query::bind_next(std::string_view value) {
  check(sqlite3_bind_text64(statement_, next_++, value.data() == nullptr ? "" : value.data(), value.size(),
                            SQLITE_TRANSIENT, SQLITE_UTF8));
}
void Query::bind_next(std::int64_t value) { check(sqlite3_bind_int64(statement_, next_++, value)); }
void Query::bind_next(double value) { check(sqlite3_bind_double(statement_, next_++, value)); }
void Query::bind_next(std::nullptr_t) { check(sqlite3_bind_null(statement_, next_++)); }

Query& Query::bind_blob(std::string_view bytes) {
  check(sqlite3_bind_blob64(statement_, next_++, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(),
                            SQLITE_TRANSIENT));
  return *this;
}

bool Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) connection_->fail(code);
  return false;
}

void Query::run() {
  while (step()) {
  }
  again();
}

Query& Query::again() {
  sqlite3_reset(statement_);
  next_ = 1;
  return *this;
}

std::string Query::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string()
                          : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

Connection::Connection(const std::string& path, int flags) : path_(path) {
  const int code = sqlite3_open_v2(path.c_str(), &database_, flags | SQLITE_OPEN_EXRESCODE, page_sums_vfs());
  if (code != SQLITE_OK) {
    Error error;
    try {
      fail(code);
    } catch (const SqlFailure& failure) {
      error = failure.error;
    }
    sqlite3_close(database_);
    database_ = nullptr;
    throw SqlFailure{error};
  }
}

Connection::~Connection() {
  for (const auto& [sql, statement] : idle_) sqlite3_finalize(statement);
  sqlite3_close_v2(database_);
}

Query Connection::query(std::string_view sql) {
  const auto found = idle_.find(sql);
  if (found != idle_.end()) {
    sqlite3_stmt* statement = found->second;
    idle_.erase(found);
    return Query(this, statement, sql);
  }
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) fail(code);
  return Query(this, statement, sql);
}

void Connection::run(std::string_view sql) {
  const std::string text(sql);
  const int code = sqlite3_exec(database_, text.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t Connection::integer(std::string_view sql) {
  Query one = query(sql);
  return one.step() ? one.integer(0) : 0;
}

int Connection::on_progress(void* self) {
  auto* connection = static_cast<Connection*>(self);
  if (now_ns() < connection->deadline_ns_) return 0;
  connection->timed_out_ = true;
  return 1;
}

void Connection::set_time_limit(double seconds) {
  timed_out_ = false;
  if (seconds <= 0) {
    sqlite3_progress_handler(database_, 0, nullptr, nullptr);
    return;
  }
  deadline_ns_ = now_ns() + static_cast<std::int64_t>(seconds * 1e9);
  sqlite3_progress_handler(database_, 1000, &Connection::on_progress, this);
}

void Connection::fail(int code) const {
  const int extended = database_ == nullptr ? code : sqlite3_extended_errcode(database_);
  const int system_error = database_ == nullptr ? 0 : sqlite3_system_errno(database_);
  ErrorCode mapped = code_of((extended & 0xFF) == (code & 0xFF) ? extended : code, system_error);
  std::string message = "store " + path_ + ": ";
  if (timed_out_ && mapped == ErrorCode::kTimeout) {
    message += "the query took longer than its time limit";
  } else {
    const char* hint = hint_of(mapped);
    message += hint;
    if (*hint != '\0') message += " (";
    message += database_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database_);
    if (system_error != 0 && (mapped == ErrorCode::kIo || mapped == ErrorCode::kPermission)) {
      message += std::string(": ") + std::strerror(system_error);
    }
    if (*hint != '\0') message += ")";
  }
  throw SqlFailure{make_error(mapped, std::move(message))};
}

Transaction::Transaction(Connection& connection) : connection_(connection) {
  // Inside another one it is a part of that: only the outer one commits or takes back.
  open_ = sqlite3_get_autocommit(connection_.handle()) != 0;
  if (open_) connection_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  // A failed statement may have rolled back already; a second ROLLBACK only says so.
  sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  if (open_) connection_.run("COMMIT");
  open_ = false;
}

}  // namespace vanban::store
