#include "vanban/link/graph.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "graph_export.h"

namespace vanban {
namespace {

// Each edge carries the index of a GraphEdge.
using Adjacency = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, std::size_t>;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr double kDamping = 0.85;
constexpr int kMostRounds = 1000;  // 0.85^1000 is far below any tolerance

auto edge_key(const GraphEdge& e) {
  return std::tie(e.source, e.target, e.relation, e.modality, e.pinpoint.part, e.pinpoint.chapter, e.pinpoint.section,
                  e.pinpoint.article, e.pinpoint.clause, e.pinpoint.point, e.pinpoint.appendix);
}

// Of two values for one node the one that says more; the same whichever comes first.
void join(GraphNode& into, const GraphNode& other) {
  const bool better = std::make_tuple(other.held, other.date.full(), other.date.known(), other.number.size()) >
                      std::make_tuple(into.held, into.date.full(), into.date.known(), into.number.size());
  const bool equal = std::make_tuple(other.held, other.date.full(), other.date.known(), other.number.size()) ==
                     std::make_tuple(into.held, into.date.full(), into.date.known(), into.number.size());
  const bool first = better || (equal && std::tie(other.number, other.title, other.date, other.issuer, other.type) <
                                             std::tie(into.number, into.title, into.date, into.issuer, into.type));
  GraphNode best = first ? other : into;
  const GraphNode& rest = first ? into : other;
  if (best.title.empty()) best.title = rest.title;
  if (best.number.empty()) best.number = rest.number;
  if (best.issuer.empty()) best.issuer = rest.issuer;
  if (!best.date.known()) best.date = rest.date;
  if (best.type == DocumentType::kOther) best.type = rest.type;
  into = std::move(best);
}

}  // namespace

struct CitationGraph::Impl {
  std::vector<GraphNode> nodes;  // by id
  std::vector<GraphEdge> edges;  // by source, target, ...
  std::map<std::string, std::size_t, std::less<>> index;
  Adjacency graph;               // one edge for each pair of nodes
  std::vector<std::vector<std::size_t>> in;  // edges that reach a node
  std::vector<std::size_t> in_degree, out_degree;  // different documents

  std::size_t find(std::string_view id) const {
    const auto found = index.find(id);
    return found == index.end() ? kNone : found->second;
  }
};

CitationGraph::CitationGraph(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CitationGraph::CitationGraph(CitationGraph&&) noexcept = default;
CitationGraph& CitationGraph::operator=(CitationGraph&&) noexcept = default;
CitationGraph::~CitationGraph() = default;

CitationGraph CitationGraph::build(std::vector<GraphNode> nodes, std::vector<GraphEdge> edges) {
  auto impl = std::make_unique<Impl>();
  std::map<std::string, GraphNode> joined;
  for (GraphNode& node : nodes) {
    if (node.id.empty()) continue;
    const auto found = joined.find(node.id);
    if (found == joined.end()) {
      std::string id = node.id;
      joined.emplace(std::move(id), std::move(node));
    } else {
      join(found->second, node);
    }
  }
  for (const GraphEdge& edge : edges) {
    for (const std::string* id : {&edge.source, &edge.target}) {
      if (id->empty() || joined.count(*id) != 0) continue;
      GraphNode node;
      node.id = *id;
      joined.emplace(*id, std::move(node));
    }
  }
  for (auto& [id, node] : joined) {
    impl->index.emplace(id, impl->nodes.size());
    impl->nodes.push_back(std::move(node));
  }
  std::sort(edges.begin(), edges.end(), [](const GraphEdge& a, const GraphEdge& b) { return edge_key(a) < edge_key(b); });
  for (GraphEdge& edge : edges) {
    if (edge.source.empty() || edge.target.empty()) continue;
    if (!impl->edges.empty() && edge_key(impl->edges.back()) == edge_key(edge)) {
      impl->edges.back().count += edge.count;
    } else {
      impl->edges.push_back(std::move(edge));
    }
  }
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  // sorted by source: ids and indexes have one order
  std::vector<std::size_t> carried;
  impl->in.resize(impl->nodes.size());
  impl->in_degree.assign(impl->nodes.size(), 0);
  impl->out_degree.assign(impl->nodes.size(), 0);
  for (std::size_t i = 0; i < impl->edges.size(); ++i) {
    const GraphEdge& edge = impl->edges[i];
    const std::size_t source = impl->find(edge.source), target = impl->find(edge.target);
    impl->in[target].push_back(i);
    const bool same_pair = i > 0 && impl->edges[i - 1].source == edge.source && impl->edges[i - 1].target == edge.target;
    if (same_pair || source == target) continue;
    pairs.emplace_back(source, target);
    carried.push_back(i);
    ++impl->in_degree[target];
    ++impl->out_degree[source];
  }
  impl->graph = Adjacency(boost::edges_are_sorted, pairs.begin(), pairs.end(), carried.begin(), impl->nodes.size());
  return CitationGraph(std::move(impl));
}

std::size_t CitationGraph::node_count() const { return impl_->nodes.size(); }
std::size_t CitationGraph::edge_count() const { return impl_->edges.size(); }
std::size_t CitationGraph::held_count() const {
  return static_cast<std::size_t>(
      std::count_if(impl_->nodes.begin(), impl_->nodes.end(), [](const GraphNode& node) { return node.held; }));
}

const GraphNode* CitationGraph::find(std::string_view id) const {
  const std::size_t i = impl_->find(id);
  return i == kNone ? nullptr : &impl_->nodes[i];
}

std::vector<RankedNode> CitationGraph::most_cited(std::size_t limit, double tolerance) const {
  const std::size_t count = impl_->nodes.size();
  if (count == 0) return {};
  // Power iteration by hand: boost's page_rank runs a fixed number of rounds and loses the rank of nodes that cite
  // nothing; here it is shared out among all.
  const double total = static_cast<double>(count);
  std::vector<double> rank(count, 1 / total), next(count);
  for (int round = 0; round < kMostRounds; ++round) {
    double dangling = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (impl_->out_degree[i] == 0) dangling += rank[i];
    }
    std::fill(next.begin(), next.end(), (1 - kDamping) / total + kDamping * dangling / total);
    for (std::size_t i = 0; i < count; ++i) {
      if (impl_->out_degree[i] == 0) continue;
      const double share = kDamping * rank[i] / static_cast<double>(impl_->out_degree[i]);
      for (auto [edge, end] = boost::out_edges(i, impl_->graph); edge != end; ++edge) {
        next[boost::target(*edge, impl_->graph)] += share;
      }
    }
    double change = 0;
    for (std::size_t i = 0; i < count; ++i) change += std::abs(next[i] - rank[i]);
    rank.swap(next);
    if (change < tolerance) break;
  }
  std::vector<RankedNode> ranked;
  ranked.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    ranked.push_back({impl_->nodes[i], rank[i], impl_->in_degree[i], impl_->out_degree[i]});
  }
  // Ranks that differ by less than the rounding of the sums are equal, so that ids decide on every machine.
  const auto bucket = [&](double value) { return std::llround(value / std::max(tolerance, 1e-15)); };
  std::sort(ranked.begin(), ranked.end(), [&](const RankedNode& a, const RankedNode& b) {
    const auto left = bucket(a.pagerank), right = bucket(b.pagerank);
    return left != right ? left > right : a.node.id < b.node.id;
  });
  if (ranked.size() > limit) ranked.resize(limit);
  return ranked;
}

std::vector<GraphEdge> CitationGraph::cites(std::string_view id) const {
  const auto from = std::lower_bound(impl_->edges.begin(), impl_->edges.end(), id,
                                     [](const GraphEdge& edge, std::string_view value) { return edge.source < value; });
  std::vector<GraphEdge> found;
  for (auto edge = from; edge != impl_->edges.end() && edge->source == id; ++edge) found.push_back(*edge);
  return found;
}

std::vector<GraphEdge> CitationGraph::cited_by(std::string_view id) const {
  const std::size_t node = impl_->find(id);
  std::vector<GraphEdge> found;
  if (node == kNone) return found;
  for (const std::size_t i : impl_->in[node]) found.push_back(impl_->edges[i]);
  return found;
}

Result<std::vector<GraphEdge>> CitationGraph::shortest_path(std::string_view from, std::string_view to) const {
  const std::size_t source = impl_->find(from), target = impl_->find(to);
  if (source == kNone) return make_error(ErrorCode::kNotFound, "not in the graph: " + std::string(from));
  if (target == kNone) return make_error(ErrorCode::kNotFound, "not in the graph: " + std::string(to));
  std::vector<GraphEdge> path;
  if (source == target) return path;
  // The edge that reached a node first; out-edges stand by target id, so the path is the same on every run.
  std::vector<std::size_t> reached_by(impl_->nodes.size(), kNone);
  struct Recorder : boost::default_bfs_visitor {
    std::vector<std::size_t>* reached_by;
    void tree_edge(const Adjacency::edge_descriptor& edge, const Adjacency& graph) const {
      (*reached_by)[boost::target(edge, graph)] = graph[edge];
    }
  };
  Recorder recorder;
  recorder.reached_by = &reached_by;
  boost::breadth_first_search(impl_->graph, source, boost::visitor(recorder));
  if (reached_by[target] == kNone) return path;
  for (std::size_t node = target; node != source;) {
    const GraphEdge& edge = impl_->edges[reached_by[node]];
    path.push_back(edge);
    node = impl_->find(edge.source);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::string CitationGraph::write(GraphFormat format) const { return write_graph(impl_->nodes, impl_->edges, format); }

}  // namespace vanban
