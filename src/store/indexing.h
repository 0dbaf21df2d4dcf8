// The full-text tables: an index over a view each.

#ifndef VANBAN_STORE_INDEXING_H_
#define VANBAN_STORE_INDEXING_H_

#include <vector>

#include "store/sqlite.h"

namespace vanban::store {

struct IndexTable {
  const char* fts;
  const char* view;
  const char* columns;
  const char* document_column;  // of the view
};
const std::vector<IndexTable>& index_tables();

// All of it anew, within the caller's transaction.
void rebuild_index(Connection& database);
// The parts that the index was written in become one, some pages of it at a time. `first`: begin. False:
// nothing is left to do.
bool merge_index(Connection& database, bool first);

}  // namespace vanban::store

#endif  // VANBAN_STORE_INDEXING_H_
