// The piece of a text that shows best why it was found, with the places of what matched.

#ifndef VANBAN_STORE_SNIPPET_H_
#define VANBAN_STORE_SNIPPET_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "store/query.h"
#include "store/search_words.h"
#include "vanban/base/text_range.h"

namespace vanban::store {

struct Snippet {
  std::string text;              // plain, one line, about 30 words, "…" where it was cut
  std::vector<TextRange> marks;  // in order, apart
  std::size_t begin = 0;         // where it stands in the text
};

// Looks at the first 4 MB of `text`. Without a match: how the text begins. Cost: linear.
Snippet make_snippet(std::string_view text, const std::vector<Term>& terms, WordKeyCache& cache);

}  // namespace vanban::store

#endif  // VANBAN_STORE_SNIPPET_H_
