#include "vanban/link/graph.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <utility>

#include "graph_export.h"
#include "graph_impl.h"

namespace vanban {
namespace {

constexpr std::size_t kInPlace = 15;  // a std::string up to this length has no memory of its own

}  // namespace

std::size_t CitationGraph::Impl::find(std::string_view id) const {
  const auto found =
      std::lower_bound(nodes.begin(), nodes.end(), id,
                       [](const GraphNode& node, std::string_view value) { return node.id < value; });
  return found == nodes.end() || found->id != id ? kNone : static_cast<std::size_t>(found - nodes.begin());
}

GraphEdge CitationGraph::Impl::edge(const GraphRow& row) const {
  return {nodes[row.source].id, nodes[row.target].id,    row.relation,
          row.modality,         pinpoints[row.pinpoint], row.count};
}

CitationGraph::CitationGraph(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CitationGraph::CitationGraph(CitationGraph&&) noexcept = default;
CitationGraph& CitationGraph::operator=(CitationGraph&&) noexcept = default;
CitationGraph::~CitationGraph() = default;

std::size_t CitationGraph::provision_count() const {
  return static_cast<std::size_t>(std::count_if(impl_->nodes.begin(), impl_->nodes.end(),
                                                [](const GraphNode& node) { return !node.part_of.empty(); }));
}
std::size_t CitationGraph::node_count() const { return impl_->nodes.size() - provision_count(); }
std::size_t CitationGraph::edge_count() const {
  return static_cast<std::size_t>(
      std::count_if(impl_->rows.begin(), impl_->rows.end(),
                    [](const GraphRow& row) { return row.relation != Relation::kPartOf; }));
}
std::size_t CitationGraph::held_count() const {
  return static_cast<std::size_t>(std::count_if(impl_->nodes.begin(), impl_->nodes.end(),
                                                [](const GraphNode& node) { return node.held; }));
}

const GraphNode* CitationGraph::find(std::string_view id) const {
  const std::size_t i = impl_->find(id);
  return i == kNone ? nullptr : &impl_->nodes[i];
}

std::vector<GraphEdge> CitationGraph::cites(std::string_view id) const {
  std::vector<GraphEdge> found;
  const std::size_t node = impl_->find(id);
  if (node == kNone) return found;
  for (std::size_t i = impl_->out_begin[node]; i < impl_->out_begin[node + 1]; ++i)
    found.push_back(impl_->edge(impl_->rows[i]));
  return found;
}

std::vector<GraphEdge> CitationGraph::cited_by(std::string_view id) const {
  std::vector<GraphEdge> found;
  const std::size_t node = impl_->find(id);
  if (node == kNone) return found;
  for (std::size_t i = impl_->in_begin[node]; i < impl_->in_begin[node + 1]; ++i) {
    found.push_back(impl_->edge(impl_->rows[impl_->in_rows[i]]));
  }
  return found;
}

Result<std::vector<GraphEdge>> CitationGraph::shortest_path(std::string_view from,
                                                            std::string_view to) const {
  const std::size_t source = impl_->find(from), target = impl_->find(to);
  if (source == kNone) return make_error(ErrorCode::kNotFound, "not in the graph: " + std::string(from));
  if (target == kNone) return make_error(ErrorCode::kNotFound, "not in the graph: " + std::string(to));
  std::vector<GraphEdge> path;
  if (source == target) return path;
  // The row that reached a node first; out-edges stand by target id, so the path is the same on every run.
  std::vector<std::size_t> reached_by(impl_->nodes.size(), kNone);
  struct Recorder : boost::default_bfs_visitor {
    std::vector<std::size_t>* reached_by;
    void tree_edge(const Adjacency::edge_descriptor& edge, const Adjacency& graph) const {
      (*reached_by)[boost::target(edge, graph)] = graph[edge];
    }
  };
  Recorder recorder;
  recorder.reached_by = &reached_by;
  boost::breadth_first_search(impl_->graph, static_cast<std::uint32_t>(source), boost::visitor(recorder));
  if (reached_by[target] == kNone) return path;
  for (std::size_t node = target; node != source;) {
    const GraphRow& row = impl_->rows[reached_by[node]];
    path.push_back(impl_->edge(row));
    node = row.source;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

const std::vector<GraphNode>& CitationGraph::nodes() const { return impl_->nodes; }

void CitationGraph::each_edge(const std::function<void(const GraphEdge&)>& take) const {
  for (const GraphRow& row : impl_->rows) take(impl_->edge(row));
}

std::size_t CitationGraph::memory_bytes() const {
  const Impl& g = *impl_;
  const std::size_t words = g.out_begin.capacity() + g.in_begin.capacity() + g.in_rows.capacity() +
                            g.in_degree.capacity() + g.out_degree.capacity() + boost::num_vertices(g.graph) +
                            2 * boost::num_edges(g.graph);
  std::size_t text = 0;
  for (const GraphNode& node : g.nodes) {
    for (const std::string* one : {&node.id, &node.number, &node.title, &node.issuer, &node.part_of})
      text += one->capacity() > kInPlace ? one->capacity() + 1 : 0;
  }
  return g.rows.capacity() * sizeof(GraphRow) + words * sizeof(std::uint32_t) +
         g.pinpoints.capacity() * sizeof(Pinpoint) + g.nodes.capacity() * sizeof(GraphNode) + text;
}

std::string CitationGraph::write(GraphFormat format) const { return write_graph(*this, format); }
std::string CitationGraph::write_nodes_csv() const { return write_neo4j_nodes(*this); }
std::string CitationGraph::write_relationships_csv() const { return write_neo4j_relationships(*this); }

}  // namespace vanban
