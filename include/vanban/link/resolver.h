// Resolver: gives each reference the id of the graph node it means, with a reason, and each document its
// nodes and edges.

#ifndef VANBAN_LINK_RESOLVER_H_
#define VANBAN_LINK_RESOLVER_H_

#include <functional>
#include <string>
#include <vector>

#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/document_types.h"
#include "vanban/link/graph.h"

namespace vanban {

// Documents that share one number_key, or one title_key (lexicon/identity.h): candidates for a mention whose
// own words do not tell which it is.
using KnownDocuments = std::function<std::vector<KnownDocument>(const std::string& number_key)>;

// Fills target, resolution, resolution_reason and candidates of every reference, and attached_to.id. A target
// that was chosen among known documents is inferred ("target" in `inferred`); linking again chooses anew, all
// else stays the same. `known` may be empty: then a reference resolves by its own words alone.
void resolve_references(Document& document, const Agencies& agencies, const KnownDocuments& known = {});

// Key under which documents of one number are looked up: folded, no spaces, leading zeros, year part left
// out.
std::string number_key(const DocumentNumber& number);

// The document's own node and everything it cites. A number that could not be resolved is a node of this
// document alone
// ("local:..."). Chosen targets have an edge but no node: the documents they were chosen among bring theirs.
DocumentGraph graph_of(const Document& document);

}  // namespace vanban

#endif  // VANBAN_LINK_RESOLVER_H_
