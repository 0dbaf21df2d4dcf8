// How well a row answers a query: the FTS5 function vanban_rank(table, unscored, weight of each
// column ...). The last `unscored` phrases of the expression filter and add nothing.
//
// Its sum is bm25's without the rarity of words: where every word must occur it orders little, and it costs a
// walk over every row that has the word. What it adds is nearness: words that stand together count more than
// words pages apart.

// And vanban_has(table, n): whether the n-th phrase from the end of the expression stands in the row.

#ifndef VANBAN_STORE_RANKING_H_
#define VANBAN_STORE_RANKING_H_

struct sqlite3;

namespace vanban::store {

// False: this SQLite has no FTS5.
bool register_ranking(sqlite3* database);

}  // namespace vanban::store

#endif  // VANBAN_STORE_RANKING_H_
