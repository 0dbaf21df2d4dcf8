// Facets: how many matches of a search have each value of a field.

#ifndef VANBAN_STORE_FACETS_H_
#define VANBAN_STORE_FACETS_H_

#include <vector>

#include "store/match.h"
#include "store/sqlite.h"

namespace vanban::store {

// Cost: two look-ups by key for each match.
std::vector<Facet> facets_of(Connection& database, const std::vector<Match>& matches);

}  // namespace vanban::store

#endif  // VANBAN_STORE_FACETS_H_
