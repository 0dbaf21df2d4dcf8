// A Filter as SQL conditions, for search and lists alike.

#ifndef VANBAN_STORE_FILTER_H_
#define VANBAN_STORE_FILTER_H_

#include <string>
#include <vector>

#include "store/filter_words.h"
#include "store/sqlite.h"
#include "vanban/store/store.h"

namespace vanban::store {

// Where the rows of a kind are. Conditions call the fact's row `x` and its document's `d`; those on a row of
// the index of words that need neither ask its rowid alone.
struct KindTable {
  FactKind kind;
  const char* table;
  const char* view;      // v_tasks
  const char* view_key;  // its column that holds the key
  const char* fts;
  const char* weights;  // of the fts columns
  const char* snippet;  // the column of `x` that is shown
};
const KindTable& kind_table(FactKind kind);
// The kinds that a filter allows, in the order of the enumerators.
std::vector<FactKind> kinds_of(const Filter& filter);

struct Conditions {
  std::string sql;  // "" or " AND ..." with ?
  std::vector<std::string> parameters;
  std::vector<FilterWords> words;  // kMatches: all of these hold as well
};
// How the rows come: found by the index of words, which knows most of what a filter asks; or all that meet
// the conditions.
enum class Access { kMatches, kAllRows };
// Looks up agencies and documents that the filter names. Errors, thrown: kInvalidArgument for a date that is
// none.
Conditions conditions_of(Connection& database, FactKind kind, const Filter& filter, Access access);

// "FROM tasks x JOIN documents d ..."; a document is its own fact.
std::string joined_from(const KindTable& table);

// The keys of active documents with this id or number, in any spelling.
std::vector<std::int64_t> documents_named(Connection& database, const std::string& id_or_number);

}  // namespace vanban::store

#endif  // VANBAN_STORE_FILTER_H_
