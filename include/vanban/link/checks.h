// What does not fit together in the citation graph. A finding is a hint for a person, not a verdict.

#ifndef VANBAN_LINK_CHECKS_H_
#define VANBAN_LINK_CHECKS_H_

#include <optional>
#include <string>
#include <vector>

#include "vanban/link/graph.h"

namespace vanban {

struct GraphFinding {
  std::string code;      // "cites-ended", "unknown-basis", "same-number", "dates-differ", "citation-cycle"
  std::string document;  // id: whose text shows it
  std::string target;    // id: what it is about; for a cycle its members, joined by " "
  std::string detail;    // dates, numbers; for a person
};

// `claims`: those of nodes on which documents differ (Store::conflicting_claims). By code, document, target.
// - cites-ended: a legal basis, or something implemented, that was replaced or repealed as a whole before the
// citing day;
// - unknown-basis: a legal basis that is not held and that something speaks against: its day is later than
// the citing document's, or does not fit its number beside held documents of the same series (two at least).
// That it is merely not held says nothing;
// - same-number: two held documents of one id with different subjects or dates (their texts:
// compare_contents);
// - dates-differ: mentions of one document with different days;
// - citation-cycle: documents that cite each other in a circle, so that one of them cites what came later.
std::vector<GraphFinding> check_graph(const CitationGraph& graph, const std::vector<NodeClaim>& claims);

// same-number, where the files that claim to be one document (Store::claimants, one id's; the first is the
// one that is shown) have other texts than the first (has_other_content); nothing where all say the same.
std::optional<GraphFinding> compare_contents(const std::vector<HeldText>& files);

}  // namespace vanban

#endif  // VANBAN_LINK_CHECKS_H_
