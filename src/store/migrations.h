// The files of migrations/, in order: the n-th makes schema n of schema n - 1. Made by CMake
// (VanbanEmbedSql.cmake).

#ifndef VANBAN_STORE_MIGRATIONS_H_
#define VANBAN_STORE_MIGRATIONS_H_

#include <vector>

namespace vanban::store {

struct Migration {
  const char* name;  // "0001_initial"
  const char* sql;
};

const std::vector<Migration>& migrations();

}  // namespace vanban::store

#endif  // VANBAN_STORE_MIGRATIONS_H_
