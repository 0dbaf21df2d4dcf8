// Which of several manifestations of one document is active, and the search index that follows it.

#include "store/indexing.h"

#include <sqlite3.h>

#include "store/manifestations.h"
#include "store/reading.h"
#include "store/search_words.h"
#include "store/writing.h"

namespace vanban::store {

const std::vector<IndexTable>& index_tables() {
  static const std::vector<IndexTable> tables = {
      {"documents_fts", "documents_indexed", "numbers, subject, body"},
      {"tasks_fts", "tasks_indexed", "numbers, text, agencies, more"},
      {"indicators_fts", "indicators_indexed", "numbers, name, agencies, more"},
      {"measurements_fts", "measurements_indexed", "name, subject, more"},
      {"references_fts", "references_indexed", "numbers, text, title"},
  };
  return tables;
}

std::string key_of_index_row(const std::string& fts) {
  return "(" + std::to_string(kIndexRows) + " - " + fts + ".rowid)";
}

namespace {

// The rows of an active document go into the index, or out of it. Taking out repeats the very text that was
// put in. In the order of rows: FTS5 begins a part of the index anew where one goes back.
void index_document(Connection& database, std::int64_t document, bool in) {
  for (const IndexTable& table : index_tables()) {
    const std::string fts = table.fts;
    const std::string columns = table.columns;
    const std::string from = " FROM " + std::string(table.view) + " WHERE document = ? ORDER BY row";
    database
        .query(in ? "INSERT INTO " + fts + " (rowid, " + columns + ") SELECT row, " + columns + from
                  : "INSERT INTO " + fts + " (" + fts + ", rowid, " + columns + ") SELECT 'delete', row, " +
                        columns + from)
        .bind(document)
        .run();
  }
}

void deactivate(Connection& database, std::int64_t document) {
  index_document(database, document, false);
  database.query("UPDATE documents SET active = 0 WHERE key = ?").bind(document).run();
}

}  // namespace

void elect(Connection& database, const std::string& document_id, std::int64_t fresh_from) {
  std::int64_t best = 0, active = 0;
  {
    Query query = database.query(
        "SELECT key, active FROM documents WHERE id = ? ORDER BY own_id <> '', rank, content, ordinal");
    query.bind(document_id);
    while (query.step()) {
      if (best == 0) best = query.integer(0);
      if (query.integer(1) != 0) active = query.integer(0);
    }
  }
  if (best == active) return;
  if (active != 0) deactivate(database, active);
  database.query("UPDATE documents SET active = 1 WHERE key = ?").bind(best).run();
  index_document(database, best, true);
  // What it cites was linked when it came; what is known since then, it has not heard of.
  if (best < fresh_from) {
    database.query("INSERT OR IGNORE INTO changed_keys (key) VALUES (?)")
        .bind(std::string(kOfDocument) + document_id)
        .run();
  }
}

void rename_document(Connection& database, std::int64_t document, const std::string& id,
                     const std::string& own_id) {
  bool active = false;
  {
    Query query = database.query("SELECT active FROM documents WHERE key = ?");
    query.bind(document);
    active = query.step() && query.integer(0) != 0;
  }
  if (active) deactivate(database, document);
  database.query("UPDATE documents SET id = ?, own_id = ?, node = ? WHERE key = ?")
      .bind(id, own_id, graph_key(database, id), document)
      .run();
}

void remove_document(Connection& database, std::int64_t document) {
  bool active = false;
  {
    Query query = database.query("SELECT active FROM documents WHERE key = ?");
    query.bind(document);
    active = query.step() && query.integer(0) != 0;
  }
  if (active) deactivate(database, document);
  forget_text(database, document);
  database.query("DELETE FROM documents WHERE key = ?").bind(document).run();
}

void rebuild_index(Connection& database) {
  for (const IndexTable& table : index_tables()) {
    const std::string fts = table.fts;
    database.run("INSERT INTO " + fts + " (" + fts + ") VALUES ('delete-all')");
  }
  // Not by FTS5's 'rebuild': it follows the keys, which are downwards here.
  Query documents = database.query("SELECT key FROM documents WHERE active = 1 ORDER BY key DESC");
  while (documents.step()) index_document(database, documents.integer(0), true);
}

bool merge_index(Connection& database, bool first) {
  constexpr int kPages = 2000;  // some tenths of a second
  bool more = false;
  for (const IndexTable& table : index_tables()) {
    const std::string fts = table.fts;
    const auto before = sqlite3_total_changes64(database.handle());
    database.query("INSERT INTO " + fts + " (" + fts + ", rank) VALUES ('merge', ?)")
        .bind(first ? -kPages : kPages)
        .run();
    // FTS5: fewer than two changes mean that there was nothing to merge.
    more = sqlite3_total_changes64(database.handle()) - before >= 2 || more;
  }
  return more;
}

}  // namespace vanban::store
