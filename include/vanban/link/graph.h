// The citation graph: one node for each real document (held or only cited), edges with relation and modality.

#ifndef VANBAN_LINK_GRAPH_H_
#define VANBAN_LINK_GRAPH_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/graph_values.h"

namespace vanban {

struct RankedNode {
  GraphNode node;
  double pagerank = 0;
  std::size_t in_degree = 0, out_degree = 0;
};
// HITS: a hub cites what matters, an authority is cited by hubs. Each sums to 1 over the graph.
struct HubNode {
  GraphNode node;
  double hub = 0, authority = 0;
};
// Groups of documents that cite each other more than chance would have it; the largest first.
struct Communities {
  std::vector<std::vector<std::string>> groups;  // ids in order; single documents are left out
  double modularity = 0;  // of the division, -0.5..1; below about 0.3 the groups mean little
};
enum class GraphFormat : std::uint8_t { kDot, kGraphml, kJson, kTurtle };

class CitationGraph {
 public:
  // `rows.nodes` has each id once, its rows point inside it (a row that does not is left out). The result
  // does not depend on their order. Cost: linear, and sorting the ids.
  static CitationGraph build(GraphRows rows);
  // Nodes are joined by id. Edges to ids without a node get a node. The result does not depend on the order.
  static CitationGraph build(const std::vector<GraphNode>& nodes, const std::vector<GraphEdge>& edges);
  CitationGraph(CitationGraph&&) noexcept;
  CitationGraph& operator=(CitationGraph&&) noexcept;
  ~CitationGraph();

  std::size_t node_count() const;       // documents
  std::size_t provision_count() const;  // provisions; they are none of the documents
  std::size_t edge_count() const;       // part_of left out
  std::size_t held_count() const;
  const GraphNode* find(std::string_view id) const;
  // PageRank (damping 0.85, to `tolerance`), best first, ids breaking ties.
  std::vector<RankedNode> most_cited(std::size_t limit, double tolerance = 1e-9) const;
  // Without ranks: most cited first among documents with a number or a title that are not held.
  std::vector<RankedNode> missing(std::size_t limit) const;
  std::vector<HubNode> hubs(std::size_t limit, double tolerance = 1e-9) const;  // best authority first
  // Groups of documents that cite each other in a circle (strongly connected components of two or more), ids
  // in order.
  std::vector<std::vector<std::string>> cycles() const;
  // Groups of the most modularity that the Louvain method finds, over citations in both directions. The same
  // graph gives the same groups. Cost: linear in the edges for each sweep, a few dozen of them.
  Communities communities() const;
  std::vector<GraphEdge> cites(std::string_view id) const;
  std::vector<GraphEdge> cited_by(std::string_view id) const;
  // Fewest edges from one to the other, following citations; empty: none. Errors: kNotFound naming the id.
  Result<std::vector<GraphEdge>> shortest_path(std::string_view from, std::string_view to) const;
  // Each provision that a pinpoint names becomes a node under its document ("khoản 2 Điều 5" under "Điều 5"
  // under the decree, joined by part_of), and the citation leads to it.
  CitationGraph with_provisions() const;
  const std::vector<GraphNode>& nodes() const;  // by id
  void each_edge(
      const std::function<void(const GraphEdge&)>& take) const;  // by source, target, relation, ...
  std::size_t memory_bytes() const;  // of nodes with their text, edges and indexes
  std::string write(GraphFormat format) const;
  // Neo4j's import format (neo4j-admin database import): nodes.csv and relationships.csv.
  std::string write_nodes_csv() const;
  std::string write_relationships_csv() const;

 private:
  struct Impl;
  explicit CitationGraph(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_LINK_GRAPH_H_
