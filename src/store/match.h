// What is known of a match of a search before its row is read.

#ifndef VANBAN_STORE_MATCH_H_
#define VANBAN_STORE_MATCH_H_

#include <cstdint>

#include "vanban/store/store.h"

namespace vanban::store {

struct Match {
  double score = 0;
  FactKind kind = FactKind::kDocument;
  std::int64_t key = 0;
  bool other_tones = false;
};

}  // namespace vanban::store

#endif  // VANBAN_STORE_MATCH_H_
