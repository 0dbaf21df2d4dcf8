// Questions to the citation graph that start at one document. They ask for the edges of one node at a time,
// so that a store answers them without loading the whole graph.

#ifndef VANBAN_LINK_QUESTIONS_H_
#define VANBAN_LINK_QUESTIONS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/graph_values.h"
#include "vanban/link/graph.h"

namespace vanban {

struct GraphSource {
  std::function<Result<std::vector<GraphEdge>>(const std::string&id)> cites, cited_by;
  std::function<Result<std::optional<GraphNode>>(const std::string& id)> node;
  // How many edges cited_by would give, or `most` where there are more: a law has a hundred thousand. May be
  // empty.
  std::function<Result<std::size_t>(const std::string& id, std::size_t most)> cited_by_count = {};
};
// Refers to `graph`, which must outlive it.
GraphSource source_of(const CitationGraph& graph);

struct WalkRule {
  bool backwards = false;           // from the cited to those that cite
  std::vector<Relation> relations;  // empty: all
  bool enacted_only = false;        // plans to amend or repeal are left out
  std::size_t depth = 1;
  std::size_t limit = 10'000;  // steps at most
};
struct WalkStep {
  std::size_t depth = 1;
  GraphEdge edge;
  GraphNode node;  // the end of the edge that was reached
};
// Every edge that follows the rule up to its depth, nearest first, ids in order; a node is gone on from once.
// No recursion.
Result<std::vector<WalkStep>> walk(const GraphSource& source, const std::string& start, const WalkRule& rule);

// Fewest edges from one to the other, following citations; of several such chains the first by the ids on it,
// of several edges between two documents the first by relation, modality and pinpoint: the same as
// CitationGraph::shortest_path. Empty: none, or from == to. The search begins at both ends and goes on where
// it is cheaper, so that few edges are asked for. Errors: kNotFound naming the id.
Result<std::vector<GraphEdge>> shortest_path(const GraphSource& source, const std::string& from,
                                             const std::string& to);

WalkRule basis_rule();       // căn cứ, up to law and Constitution
WalkRule implements_rule();  // what guides, implements, is assigned in or attached to it, down to dispatches
WalkRule impact_rule();      // what rests on it: would have to be looked at again if it were repealed

// Hiệu lực. What the graph says of a document at a day. The graph knows when a document was made, not when it
// takes effect: an event counts from the date of the document that brings it about.
enum class Validity : std::uint8_t { kInForce, kAmended, kEnded, kNotIssued };
std::string_view validity_name(Validity validity);  // "in_force", "amended", "ended", "not_issued"
struct ValidityEvent {
  Relation relation = Relation::kAmends;  // amends, replaces, repeals
  std::string subject;  // the document asked for, or the one that it is attached to or part of
  GraphNode by;
  Pinpoint pinpoint;    // not empty: only this provision
  bool certain = true;  // false: the day cannot be told, so it does not count
};
struct ValidityReport {
  GraphNode document;
  Validity validity = Validity::kInForce;
  std::vector<ValidityEvent> events;  // up to the day, oldest first
};
// Planned amendments change nothing. What a document is attached to takes it along when it ends. Errors:
// kNotFound.
Result<ValidityReport> validity_of(const GraphSource& source, const std::string& id,
                                   const PartialDate& as_of);

}  // namespace vanban

#endif  // VANBAN_LINK_QUESTIONS_H_
