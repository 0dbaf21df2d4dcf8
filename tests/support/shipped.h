// The models that ship, and what is made of them, once for a whole test program. A failure ends the program:
// nothing can be tested without them.

#ifndef VANBAN_TESTS_SUPPORT_SHIPPED_H_
#define VANBAN_TESTS_SUPPORT_SHIPPED_H_

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "vanban/models/models.h"

namespace vanban::testing {

template <class Made>
const Made& shipped() {
  static const Made* const kMade = [] {
    auto models = Models::load(VANBAN_SOURCE_DIR "/models");
    if (!models) {
      std::fprintf(stderr, "%s\n", models.error().message.c_str());
      std::abort();
    }
    auto made = Made::create(*models);
    if (!made) {
      std::fprintf(stderr, "%s\n", made.error().message.c_str());
      std::abort();
    }
    return new Made(std::move(*made));
  }();
  return *kMade;
}

inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace vanban::testing

#endif  // VANBAN_TESTS_SUPPORT_SHIPPED_H_
