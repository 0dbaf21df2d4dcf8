// Checks of the whole store.

#include <cctype>

#include "store/indexing.h"
#include "store/page_sums.h"
#include "store/reading.h"
#include "store/values.h"

namespace vanban::store {
namespace {

constexpr std::size_t kMostProblems = 100;

void report(VerifyReport& out, std::string problem) {
  if (out.problems.size() < kMostProblems) out.problems.push_back(std::move(problem));
}

// One row for each thing that does not belong to anything, or belongs to what is not there.
constexpr struct {
  const char* what;
  const char* sql;
} kOrphans[] = {
    {"document without a file",
     "SELECT d.id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.content = d.content)"},
    {"document without a text",
     "SELECT d.id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM document_texts t WHERE t.document = "
     "d.key)"},
    {"document of which no manifestation is active",
     "SELECT id FROM documents GROUP BY id HAVING sum(active) <> 1"},
    {"manifestation of a document that is not held",
     "SELECT d.own_id FROM documents d WHERE d.own_id <> '' AND NOT EXISTS (SELECT 1 FROM documents o"
     " WHERE o.id = d.id AND o.own_id = '') AND NOT EXISTS (SELECT 1 FROM uncompared)"
     " AND NOT EXISTS (SELECT 1 FROM unsettled)"},
    {"file that is ingested but holds no document",
     "SELECT f.path_text FROM files f WHERE f.status = 'ingested' AND f.document_id <> ''"
     " AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.content = f.content)"},
};

void check(Connection& database, VerifyReport& out) {
  for (const std::int64_t page : damaged_pages(database.handle())) {
    report(out, "database: page " + std::to_string(page) + " is not what was written");
  }
  if (!out.problems.empty()) return;  // what else is asked would only fail there
  {
    Query query = database.query("PRAGMA integrity_check(100)");
    while (query.step()) {
      const std::string line = query.text(0);
      if (line != "ok") report(out, "database: " + line);
    }
  }
  {
    Query query = database.query("PRAGMA foreign_key_check");
    while (query.step())
      report(out, "row " + query.text(1) + " of " + query.text(0) + " points at nothing in " + query.text(2));
  }
  for (const auto& orphan : kOrphans) {
    Query query = database.query(orphan.sql);
    while (query.step()) report(out, std::string(orphan.what) + ": " + query.text(0));
  }
  {
    Query query = database.query(
        "SELECT d.id, j.json FROM documents d LEFT JOIN document_json j ON j.document = d.key");
    std::string text;
    while (query.step()) {
      ++out.documents;
      if (!inflate(query.text(1), text)) report(out, "the JSON of " + query.text(0) + " cannot be unpacked");
    }
  }
  out.files = static_cast<std::size_t>(database.integer("SELECT count(*) FROM files"));
  // The index is compared with the rows word by word. It is an INSERT by its form, so it needs a connection
  // that may write.
  if (sqlite3_db_readonly(database.handle(), "main") == 0) {
    for (const IndexTable& table : index_tables()) {
      const std::string fts = table.fts;
      try {
        database.run("INSERT INTO " + fts + " (" + fts + ", rank) VALUES ('integrity-check', 1)");
      } catch (const SqlFailure& failure) {
        report(out, "search index " + fts + ": " + failure.error.message);
      }
    }
  }
}

}  // namespace

VerifyReport verify(Connection& database) {
  VerifyReport out;
  try {
    check(database, out);
  } catch (const SqlFailure& failure) {  // the rest cannot be read
    if (failure.error.code != ErrorCode::kStoreCorrupt) throw;
    report(out, "database: " + failure.error.message);
  }
  if (sqlite3_db_readonly(database.handle(), "main") != 0) return out;
  try {
    database.query("INSERT INTO events (kind, detail) VALUES ('verify', ?)")
        .bind("documents " + std::to_string(out.documents) + ", files " + std::to_string(out.files) +
              ", problems " + std::to_string(out.problems.size()))
        .run();
  } catch (const SqlFailure&) {  // a damaged store may not take it
    if (out.problems.empty()) throw;
  }
  return out;
}

}  // namespace vanban::store
