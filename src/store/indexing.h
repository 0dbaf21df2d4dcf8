// The full-text tables: an index over a view each.

#ifndef VANBAN_STORE_INDEXING_H_
#define VANBAN_STORE_INDEXING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "store/sqlite.h"

namespace vanban::store {

struct IndexTable {
  const char* fts;
  const char* view;
  const char* columns;
};
const std::vector<IndexTable>& index_tables();

// Where the row of a fact or a document stands in its index, and the key of such a row: the newest comes
// first, because FTS5 walks upwards faster than downwards. The *_indexed views say the same.
inline constexpr std::int64_t kIndexRows = 1'099'511'627'776;  // 2^40
constexpr std::int64_t index_row(std::int64_t key) { return kIndexRows - key; }
constexpr std::int64_t key_of_index_row(std::int64_t row) { return kIndexRows - row; }
// "(1099511627776 - tasks_fts.rowid)"
std::string key_of_index_row(const std::string& fts);

// All of it anew, within the caller's transaction.
void rebuild_index(Connection& database);
// The parts that the index was written in become one, some pages of it at a time. `first`: begin. False:
// nothing is left to do.
bool merge_index(Connection& database, bool first);

}  // namespace vanban::store

#endif  // VANBAN_STORE_INDEXING_H_
