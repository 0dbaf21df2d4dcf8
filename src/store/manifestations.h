// Files that hold one document, found by their text: what is to be compared, what was found the same, and
// what each document is called then.

#ifndef VANBAN_STORE_MANIFESTATIONS_H_
#define VANBAN_STORE_MANIFESTATIONS_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "store/sqlite.h"
#include "vanban/doc/graph_values.h"

namespace vanban::store {

std::vector<std::int64_t> uncompared(Connection& database, std::size_t most);
std::vector<std::vector<std::int64_t>> claimants(Connection& database);
HeldText held_text(Connection& database, std::int64_t document);
std::vector<std::int64_t> write_sketch(Connection& database, std::int64_t document, std::size_t words,
                                       const std::vector<std::uint64_t>& bands);
void write_same(Connection& database, std::int64_t document, const std::vector<std::int64_t>& others);
std::size_t settle_manifestations(Connection& database);

// A new row of `documents`, and one that goes: its neighbours are called anew.
void to_compare(Connection& database, std::int64_t document);
void forget_text(Connection& database, std::int64_t document);

}  // namespace vanban::store

#endif  // VANBAN_STORE_MANIFESTATIONS_H_
