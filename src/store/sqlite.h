// SQLite behind RAII. Inside this stage a failed call throws SqlFailure, which carries the Error that Store
// returns: dozens of inserts read as such. store.cc catches it at the stage's door.

#ifndef VANBAN_STORE_SQLITE_H_
#define VANBAN_STORE_SQLITE_H_

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"

namespace vanban::store {

struct SqlFailure {
  Error error;
};

class Connection;

// A prepared statement in use; goes back to the connection's cache at the end of its scope. Parameters are
// copied.
class Query {
 public:
  Query(Query&& other) noexcept
      : connection_(other.connection_), statement_(other.statement_), sql_(other.sql_) {
    other.statement_ = nullptr;
  }
  Query& operator=(Query&&) = delete;
  ~Query();

  template <class... Values>
  Query& bind(const Values&... values) {
    (bind_next(values), ...);
    return *this;
  }
  Query& bind_blob(std::string_view bytes);
  bool step();     // true: there is a row
  void run();      // to the end, and ready for the next set of parameters
  Query& again();  // ready for the next set of parameters, wherever it stands

  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  int small(int column) const { return sqlite3_column_int(statement_, column); }
  double real(int column) const { return sqlite3_column_double(statement_, column); }
  std::optional<double> real_or_none(int column) const {
    return is_null(column) ? std::nullopt : std::optional<double>(real(column));
  }
  std::string text(int column) const;  // of text and of blobs
  int columns() const { return sqlite3_column_count(statement_); }
  std::string name(int column) const { return sqlite3_column_name(statement_, column); }

 private:
  friend class Connection;
  Query(Connection* connection, sqlite3_stmt* statement, std::string_view sql)
      : connection_(connection), statement_(statement), sql_(sql) {}

  void bind_next(std::string_view value);
  void bind_next(const std::string& value) { bind_next(std::string_view(value)); }
  void bind_next(const char* value) { bind_next(std::string_view(value)); }
  void bind_next(std::int64_t value);
  void bind_next(int value) { bind_next(static_cast<std::int64_t>(value)); }
  void bind_next(bool value) { bind_next(static_cast<std::int64_t>(value)); }
  void bind_next(std::size_t value) { bind_next(static_cast<std::int64_t>(value)); }
  void bind_next(double value);
  void bind_next(std::nullptr_t);
  template <class T>
  void bind_next(const std::optional<T>& value) {
    if (value)
      bind_next(*value);
    else
      bind_next(nullptr);
  }
  void check(int code) const;

  Connection* connection_;
  sqlite3_stmt* statement_;
  std::string sql_;
  int next_ = 1;
};

class Connection {
 public:
  // `flags` as sqlite3_open_v2 takes them. Throws SqlFailure.
  Connection(const std::string& path, int flags);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Query query(std::string_view sql);
  void run(std::string_view sql);              // several statements
  std::int64_t integer(std::string_view sql);  // first column of the first row; 0: none
  std::int64_t last_key() const { return sqlite3_last_insert_rowid(database_); }
  std::int64_t changes() const { return sqlite3_changes64(database_); }
  const std::string& path() const { return path_; }
  sqlite3* handle() const { return database_; }

  // Ends whatever runs on this connection after so many seconds with kTimeout; 0: no limit.
  void set_time_limit(double seconds);

  [[noreturn]] void fail(int code) const;

 private:
  friend class Query;
  static int on_progress(void* self);

  std::string path_;
  sqlite3* database_ = nullptr;
  std::multimap<std::string, sqlite3_stmt*, std::less<>> idle_;
  std::int64_t deadline_ns_ = 0;
  bool timed_out_ = false;
};

// One transaction: rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  ~Transaction();
  void commit();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace vanban::store

#endif  // VANBAN_STORE_SQLITE_H_
