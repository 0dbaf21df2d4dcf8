// The stage's door: opening, and every call of Store under its lock, with what was thrown inside turned into
// a Result.

#include "vanban/store/store.h"

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>

#include "store/indexing.h"
#include "store/manifestations.h"
#include "store/migrations.h"
#include "store/page_sums.h"
#include "store/ranking.h"
#include "store/reading.h"
#include "store/search_words.h"
#include "store/sqlite.h"
#include "store/write_lock.h"
#include "store/writing.h"

namespace vanban {
namespace {

using store::Connection;
using store::SqlFailure;

constexpr std::int64_t kApplicationId = 0x56414E42;  // "VANB", in the file's header
constexpr std::array<std::string_view, 6> kStatusNames = {"ingested", "partial", "duplicate",
                                                          "rejected", "failed",  "skipped"};
constexpr std::array<std::string_view, 5> kKindNames = {"document", "task", "indicator", "measurement",
                                                        "reference"};

[[noreturn]] void refuse(ErrorCode code, const std::string& path, const std::string& why) {
  throw SqlFailure{make_error(code, "store " + path + ": " + why)};
}

int newest_schema() { return static_cast<int>(store::migrations().size()); }

// Number of the file's schema; 0: a database that is still empty. Throws where it is no store that this
// program can use.
int schema_of(Connection& database) {
  const std::int64_t application = database.integer("PRAGMA application_id");
  const auto schema = static_cast<int>(database.integer("PRAGMA user_version"));
  if (application == 0 && schema == 0 && database.integer("SELECT count(*) FROM sqlite_master") == 0)
    return 0;
  if (application != kApplicationId) {
    refuse(ErrorCode::kStoreCorrupt, database.path(), "this is a database of another program, no store");
  }
  if (schema > newest_schema()) {
    refuse(ErrorCode::kStoreVersion, database.path(),
           "made by a newer program: its schema is " + std::to_string(schema) +
               ", this program knows up to " + std::to_string(newest_schema()));
  }
  return schema;
}

void secure(Connection& database) {
  sqlite3_busy_timeout(database.handle(), 10'000);
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  database.run("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768");
  if (!store::register_tokenizer(database.handle()) || !store::register_ranking(database.handle())) {
    refuse(ErrorCode::kSetup, database.path(), "this SQLite was built without FTS5");
  }
}

void migrate(Connection& database, int from) {
  for (int next = from; next < newest_schema(); ++next) {
    database.run(store::migrations()[static_cast<std::size_t>(next)].sql);
  }
  database.run("PRAGMA user_version = " + std::to_string(newest_schema()));
  database.run("PRAGMA application_id = " + std::to_string(kApplicationId));
}

// The search keys of an older program are not those of this one.
bool has_index_of_today(Connection& database) {
  store::Query query = database.query("SELECT value FROM meta WHERE name = 'index_version'");
  return query.step() && query.text(0) == std::to_string(store::kIndexVersion);
}

// In one transaction: a schema never stands there without its index.
void bring_up_to_date(Connection& database, int schema) {
  if (schema == newest_schema() && has_index_of_today(database)) return;
  // SQLite keeps what a statement changes until it ends: a table that is dropped, whole. Not in memory.
  database.run("PRAGMA temp_store = FILE");
  store::Transaction transaction(database);
  if (schema < newest_schema()) migrate(database, schema);
  if (!has_index_of_today(database)) {
    store::rebuild_index(database);
    database.query("INSERT OR REPLACE INTO meta (name, value) VALUES ('index_version', ?)")
        .bind(std::to_string(store::kIndexVersion))
        .run();
  }
  transaction.commit();
  database.run("PRAGMA temp_store = MEMORY");
  for (bool first = true; store::merge_index(database, first); first = false) {
  }
}

// "file:" with everything but plain characters escaped.
std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
        c == '/' || c == '.' || c == '-' || c == '_') {
      uri += c;
    } else {
      uri += '%';
      uri += kHex[byte >> 4];
      uri += kHex[byte & 15];
    }
  }
  return uri + "?immutable=1";
}

bool has_content(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && info.st_size > 0;
}

std::unique_ptr<Connection> open_to_read(const std::string& path) {
  const auto opened = [](const std::string& name, int flags) {
    auto database = std::make_unique<Connection>(name, flags);
    secure(*database);
    const int schema = schema_of(*database);
    if (schema == 0)
      refuse(ErrorCode::kStoreCorrupt, database->path(), "the file is empty: no store was made in it yet");
    if (schema < newest_schema()) {
      refuse(ErrorCode::kStoreVersion, database->path(),
             "its schema " + std::to_string(schema) + " is older than this program's " +
                 std::to_string(newest_schema()) +
                 "; `vanban verify` and `vanban ingest` bring it up to date");
    }
    // Memory of its own for what a search asks of every match; it is taken only as it is needed.
    database->run("PRAGMA query_only = ON; PRAGMA cache_size = -131072");
    return database;
  };
  try {
    return opened(path, SQLITE_OPEN_READONLY);
  } catch (const SqlFailure& failure) {
    // On read-only media no shared memory can be made beside the file. Nobody can write to it there either.
    const ErrorCode code = failure.error.code;
    const bool medium =
        code == ErrorCode::kIo || code == ErrorCode::kPermission || code == ErrorCode::kNotFound;
    if (!medium || has_content(path + "-wal")) throw;
  }
  return opened(immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

std::unique_ptr<Connection> open_to_write(const std::string& path) {
  auto database = std::make_unique<Connection>(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  secure(*database);
  const int schema = schema_of(*database);
  if (schema == 0) store::reserve_page_sums(database->handle());
  database->run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  bring_up_to_date(*database, schema);
  return database;
}

template <class Call>
auto guarded(Call call) -> Result<decltype(call())> {
  try {
    if constexpr (std::is_void_v<decltype(call())>) {
      call();
      return {};
    } else {
      return call();
    }
  } catch (const SqlFailure& failure) {
    return failure.error;
  } catch (const std::bad_alloc&) {
    return make_error(ErrorCode::kOutOfMemory, "store: out of memory");
  } catch (const std::exception& error) {
    return make_error(ErrorCode::kInternal, std::string("store: ") + error.what());
  }
}

}  // namespace

std::string_view file_status_name(FileStatus status) {
  const auto index = static_cast<std::size_t>(status);
  return index < kStatusNames.size() ? kStatusNames[index] : std::string_view();
}

std::optional<FileStatus> file_status_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kStatusNames.size(); ++i) {
    if (kStatusNames[i] == name) return static_cast<FileStatus>(i);
  }
  return std::nullopt;
}

std::string_view fact_kind_name(FactKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  return index < kKindNames.size() ? kKindNames[index] : std::string_view();
}

struct Store::Impl {
  // Declared before the connection: the lock goes last.
  std::optional<store::WriteLock> lock;
  std::unique_ptr<Connection> database;
  Access access = Access::kReadOnly;
  mutable std::mutex mutex;

  template <class Call>
  auto read(double seconds, Call call) const {
    const std::lock_guard<std::mutex> guard(mutex);
    return guarded([&] {
      struct Clock {
        Connection& connection;
        ~Clock() { connection.set_time_limit(0); }
      } clock{*database};
      database->set_time_limit(seconds);
      return call(*database);
    });
  }

  template <class Call>
  Result<void> write(Call call) {
    const std::lock_guard<std::mutex> guard(mutex);
    if (access != Access::kReadWrite) {
      return make_error(ErrorCode::kPermission, "store " + database->path() + " is open for reading only");
    }
    return guarded([&] { call(*database); });
  }
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::string& path, Access access) {
  if (path.empty() || path.find('\0') != std::string::npos) {
    return make_error(ErrorCode::kInvalidArgument, "the path of the store is empty or holds a zero byte");
  }
  // A name that SQLite would take for something else (":memory:") is a file like any other.
  const std::string name = path.front() == '/' ? path : "./" + path;
  auto impl = std::make_unique<Impl>();
  impl->access = access;
  if (access == Access::kReadWrite) {
    Result<store::WriteLock> lock = store::WriteLock::take(name);
    if (!lock) return lock.error();
    impl->lock = std::move(*lock);
  } else {
    struct stat info {};
    if (stat(name.c_str(), &info) != 0) {
      const ErrorCode code = errno == EACCES ? ErrorCode::kPermission : ErrorCode::kNotFound;
      return make_error(code, "store " + path + ": " + std::strerror(errno));
    }
  }
  Result<void> opened = guarded(
      [&] { impl->database = access == Access::kReadWrite ? open_to_write(name) : open_to_read(name); });
  if (!opened) return opened.error();
  return Store(std::move(impl));
}

Result<void> Store::put(const FileRecord& file, const std::vector<DocumentRecord>& documents) {
  return impl_->write([&](Connection& database) { store::write_file(database, file, documents); });
}

Result<void> Store::touch(const std::string& path, std::int64_t modified_ns) {
  return impl_->write([&](Connection& database) {
    database.query("UPDATE files SET modified_ns = ?1 WHERE path = ?2")
        .bind(modified_ns)
        .bind_blob(path)
        .run();
  });
}

Result<void> Store::forget(const std::string& path) {
  return impl_->write([&](Connection& database) {
    database.query("DELETE FROM files WHERE path = ? AND status IN ('failed', 'rejected', 'skipped')")
        .bind_blob(path)
        .run();
  });
}

Result<void> Store::together(const std::function<Result<void>()>& calls) {
  Result<void> begun = impl_->write([](Connection& database) { database.run("BEGIN IMMEDIATE"); });
  if (!begun) return begun;
  Result<void> done = calls();
  if (done) done = impl_->write([](Connection& database) { database.run("COMMIT"); });
  if (!done) {
    (void)impl_->write([](Connection& database) {
      if (sqlite3_get_autocommit(database.handle()) == 0) database.run("ROLLBACK");
    });
  }
  return done;
}

Result<void> Store::merge_index(const std::function<bool()>& go_on) {
  bool more = true;
  for (bool first = true; more && go_on(); first = false) {
    Result<void> merged =
        impl_->write([&](Connection& database) { more = store::merge_index(database, first); });
    if (!merged) return merged;
  }
  return {};
}

Result<void> Store::record_event(const std::string& kind, const std::string& detail) {
  return impl_->write([&](Connection& database) {
    database.query("INSERT INTO events (kind, detail) VALUES (?, ?)").bind(kind, detail).run();
  });
}

Result<std::optional<FileRecord>> Store::find_file(const std::string& path) const {
  return impl_->read(0, [&](Connection& database) { return store::read_file_of_path(database, path); });
}

Result<std::optional<FileRecord>> Store::find_content(const std::string& sha256) const {
  return impl_->read(0, [&](Connection& database) -> std::optional<FileRecord> {
    if (sha256.empty()) return std::nullopt;
    std::vector<FileRecord> files =
        store::read_files(database,
                          " WHERE content = ? AND status IN ('ingested', 'partial', 'duplicate') ORDER BY "
                          "status IN ('ingested', 'partial') DESC, path LIMIT 1",
                          {sha256});
    if (files.empty()) return std::nullopt;
    return std::move(files.front());
  });
}

Result<std::vector<FileRecord>> Store::files(std::optional<FileStatus> status) const {
  return impl_->read(0, [&](Connection& database) {
    if (!status) return store::read_files(database, " ORDER BY path", {});
    return store::read_files(database, " WHERE status = ? ORDER BY path",
                             {std::string(file_status_name(*status))});
  });
}

Result<std::vector<FileRecord>> Store::files_inside(const std::string& path) const {
  return impl_->read(0, [&](Connection& database) { return store::read_files_inside(database, path); });
}

Result<std::vector<KnownDocument>> Store::documents_with_number(const std::string& number_key) const {
  return impl_->read(0, [&](Connection& database) { return store::known_documents(database, number_key); });
}

Result<std::optional<std::string>> Store::document_json(const std::string& id_or_number,
                                                        bool with_text) const {
  return impl_->read(
      0, [&](Connection& database) { return store::document_json(database, id_or_number, with_text); });
}

Result<std::vector<std::string>> Store::changed_keys() const {
  return impl_->read(0, [](Connection& database) { return store::changed_keys(database); });
}

Result<void> Store::settle_keys(const std::vector<std::string>& keys) {
  return impl_->write([&](Connection& database) { store::settle_keys(database, keys); });
}

Result<std::vector<std::string>> Store::documents_citing(const std::string& lookup_key) const {
  return impl_->read(0, [&](Connection& database) { return store::documents_citing(database, lookup_key); });
}

Result<std::vector<std::int64_t>> Store::uncompared(std::size_t most) const {
  return impl_->read(0, [&](Connection& database) { return store::uncompared(database, most); });
}

Result<std::vector<std::vector<std::int64_t>>> Store::claimants() const {
  return impl_->read(0, [](Connection& database) { return store::claimants(database); });
}

Result<HeldText> Store::held_text(std::int64_t key) const {
  return impl_->read(0, [&](Connection& database) { return store::held_text(database, key); });
}

Result<std::vector<std::int64_t>> Store::put_sketch(std::int64_t key, std::size_t words,
                                                    const std::vector<std::uint64_t>& bands) {
  std::vector<std::int64_t> found;
  Result<void> done =
      impl_->write([&](Connection& database) { found = store::write_sketch(database, key, words, bands); });
  if (!done) return done.error();
  return found;
}

Result<void> Store::put_same(std::int64_t key, const std::vector<std::int64_t>& others) {
  return impl_->write([&](Connection& database) { store::write_same(database, key, others); });
}

Result<std::size_t> Store::settle_manifestations() {
  std::size_t renamed = 0;
  Result<void> done =
      impl_->write([&](Connection& database) { renamed = store::settle_manifestations(database); });
  if (!done) return done.error();
  return renamed;
}

Result<Document> Store::citations(const std::string& document_id) const {
  return impl_->read(0, [&](Connection& database) { return store::citations(database, document_id); });
}

Result<void> Store::relink(const Document& document, const DocumentGraph& graph) {
  return impl_->write([&](Connection& database) { store::write_links(database, document, graph); });
}

Result<SearchResult> Store::search(const std::string& query, const Filter& filter,
                                   const Synonyms& synonyms) const {
  return impl_->read(filter.seconds,
                     [&](Connection& database) { return store::search(database, query, filter, synonyms); });
}

Result<std::vector<ListRow>> Store::list(FactKind kind, const Filter& filter) const {
  return impl_->read(filter.seconds,
                     [&](Connection& database) { return store::list(database, kind, filter); });
}

Result<std::vector<IndicatorSeries>> Store::series(const Filter& filter) const {
  return impl_->read(filter.seconds,
                     [&](Connection& database) { return store::indicator_series(database, filter); });
}

std::vector<std::string> Store::list_columns(FactKind kind) const {
  Result<std::vector<std::string>> names =
      impl_->read(0, [&](Connection& database) { return store::list_columns(database, kind); });
  return names ? std::move(*names) : std::vector<std::string>();
}

Result<std::vector<std::string>> Store::node_ids(const std::string& number) const {
  return impl_->read(0, [&](Connection& database) { return store::node_ids(database, number); });
}

Result<StoreCounts> Store::counts() const {
  return impl_->read(0, [](Connection& database) { return store::read_counts(database); });
}

Result<GraphRows> Store::graph() const {
  return impl_->read(0, [](Connection& database) { return store::read_graph(database); });
}

Result<std::optional<GraphNode>> Store::graph_node(const std::string& id) const {
  return impl_->read(0, [&](Connection& database) { return store::read_node(database, id); });
}

Result<std::vector<GraphEdge>> Store::edges_from(const std::string& id) const {
  return impl_->read(0, [&](Connection& database) { return store::read_edges(database, id, true); });
}

Result<std::vector<GraphEdge>> Store::edges_to(const std::string& id) const {
  return impl_->read(0, [&](Connection& database) { return store::read_edges(database, id, false); });
}

Result<std::size_t> Store::count_edges_to(const std::string& id, std::size_t most) const {
  return impl_->read(0, [&](Connection& database) { return store::count_edges_to(database, id, most); });
}

Result<std::vector<NodeClaim>> Store::conflicting_claims() const {
  return impl_->read(0, [](Connection& database) { return store::conflicting_claims(database); });
}

Result<void> Store::export_documents(const std::function<Result<void>(const std::string& line)>& take) const {
  return impl_->read(0, [&](Connection& database) { store::export_documents(database, take); });
}

Result<void> Store::backup(const std::string& path) const {
  return impl_->read(0, [&](Connection& database) { store::backup(database, path); });
}

Result<VerifyReport> Store::verify() {
  return impl_->read(0, [](Connection& database) { return store::verify(database); });
}

}  // namespace vanban
