// Linking with a store behind it: what a mention means may follow from the documents that are held.

#ifndef VANBAN_PIPELINE_LINKING_H_
#define VANBAN_PIPELINE_LINKING_H_

#include <atomic>
#include <cstddef>
#include <string>

#include "vanban/base/result.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/link/resolver.h"
#include "vanban/store/store.h"

namespace vanban {

// What `store` knows under a key; it must outlive the answer. A store that cannot be read knows nothing.
KnownDocuments known_documents(const Store& store);

// The document with its references resolved, and its part of the graph.
DocumentRecord linked(Document document, const Agencies& agencies, const Store& store);

// Finds the files of one document among those that were not compared yet, where a number is missing, and
// makes them manifestations of one (link/likeness.h); comes before relink. `stop`: the rest is left to the
// next time. How many were compared. Cost: that of their texts, and of the texts that are like them. Errors:
// those of the store.
Result<std::size_t> compare_texts(Store& store, const std::atomic<bool>& stop);

struct RelinkReport {
  std::size_t keys = 0;       // numbers and titles under which other documents are known now
  std::size_t documents = 0;  // that cite by one of them and were looked at again
  std::size_t changed = 0;    // of these
};
// Mentions that do not say by themselves what they mean are linked again where other documents are known now
// than when they were linked: each citing document once. What a mention means follows from the documents that
// are held, not from their order. Cost: that of the documents it counts, however large the store. Errors:
// those of Store::relink.
Result<RelinkReport> relink(Store& store, const Agencies& agencies);

}  // namespace vanban

#endif  // VANBAN_PIPELINE_LINKING_H_
