// How CitationGraph keeps its edges: 20 bytes a row, indexes beside them, and Boost's compressed rows of
// pairs.

#ifndef VANBAN_SRC_LINK_GRAPH_IMPL_H_
#define VANBAN_SRC_LINK_GRAPH_IMPL_H_

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/link/graph.h"

namespace vanban {

// One edge for each pair of nodes; it carries the index of the first row of that pair.
using Adjacency = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, std::uint32_t,
                                                     boost::no_property, std::uint32_t, std::uint32_t>;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Members of each label that has two or more, in the order of nodes; the largest group first. Labels are
// below their number.
std::vector<std::vector<std::string>> groups_of(const std::vector<std::uint32_t>& labels,
                                                const std::vector<GraphNode>& nodes);

struct CitationGraph::Impl {
  std::vector<GraphNode> nodes;          // by id
  std::vector<GraphRow> rows;            // by source, target, relation, modality, pinpoint
  std::vector<Pinpoint> pinpoints;       // sorted, each once; the first is empty
  std::vector<std::uint32_t> out_begin;  // rows of node i: out_begin[i] .. out_begin[i + 1]
  std::vector<std::uint32_t> in_begin, in_rows;
  Adjacency graph;
  std::vector<std::uint32_t> in_degree, out_degree;  // different documents

  std::size_t find(std::string_view id) const;
  GraphEdge edge(const GraphRow& row) const;
  std::vector<double> pagerank(double tolerance) const;
};

}  // namespace vanban

#endif  // VANBAN_SRC_LINK_GRAPH_IMPL_H_
