// The citation graph: one node for each real document (held or only cited), edges with relation and modality.

#ifndef VANBAN_LINK_GRAPH_H_
#define VANBAN_LINK_GRAPH_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/graph_values.h"

namespace vanban {

struct RankedNode { GraphNode node; double pagerank = 0; std::size_t in_degree = 0, out_degree = 0; };
enum class GraphFormat : std::uint8_t { kDot, kGraphml, kJson };

class CitationGraph {
 public:
  // Nodes are joined by id. Edges to ids without a node get a node. Result does not depend on the order.
  static CitationGraph build(std::vector<GraphNode> nodes, std::vector<GraphEdge> edges);
  CitationGraph(CitationGraph&&) noexcept;
  CitationGraph& operator=(CitationGraph&&) noexcept;
  ~CitationGraph();

  std::size_t node_count() const;
  std::size_t edge_count() const;
  std::size_t held_count() const;
  const GraphNode* find(std::string_view id) const;
  // PageRank (damping 0.85, to `tolerance`), best first, ids breaking ties.
  std::vector<RankedNode> most_cited(std::size_t limit, double tolerance = 1e-9) const;
  std::vector<GraphEdge> cites(std::string_view id) const;
  std::vector<GraphEdge> cited_by(std::string_view id) const;
  // Fewest edges from one to the other, following citations; empty: none. Errors: kNotFound naming the id.
  Result<std::vector<GraphEdge>> shortest_path(std::string_view from, std::string_view to) const;
  std::string write(GraphFormat format) const;

 private:
  struct Impl;
  explicit CitationGraph(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_LINK_GRAPH_H_
