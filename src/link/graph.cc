#include "vanban/link/graph.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph_export.h"
#include "graph_impl.h"

namespace vanban {
namespace {

auto pinpoint_key(const Pinpoint& p) {
  return std::tie(p.part, p.chapter, p.section, p.article, p.clause, p.point, p.appendix);
}
struct PinpointLess {
  bool operator()(const Pinpoint& a, const Pinpoint& b) const { return pinpoint_key(a) < pinpoint_key(b); }
};

auto row_key(const EdgeRow& row) {
  return std::tie(row.source, row.target, row.relation, row.modality, row.pinpoint);
}

// Of two values for one node the one that says more; the same whichever comes first.
void join(GraphNode& into, const GraphNode& other) {
  const auto says = [](const GraphNode& n) {
    return std::make_tuple(n.held, n.date.full(), n.date.known(), n.number.size());
  };
  const bool better = says(other) > says(into);
  const bool equal = says(other) == says(into);
  const bool first =
      better || (equal && std::tie(other.number, other.title, other.date, other.issuer, other.type) <
                              std::tie(into.number, into.title, into.date, into.issuer, into.type));
  GraphNode best = first ? other : into;
  const GraphNode& rest = first ? into : other;
  if (best.title.empty()) best.title = rest.title;
  if (best.number.empty()) best.number = rest.number;
  if (best.issuer.empty()) best.issuer = rest.issuer;
  if (!best.date.known()) best.date = rest.date;
  if (best.type == DocumentType::kOther) best.type = rest.type;
  if (best.part_of.empty()) best.part_of = rest.part_of;
  into = std::move(best);
}

}  // namespace

std::size_t CitationGraph::Impl::find(std::string_view id) const {
  const auto found =
      std::lower_bound(nodes.begin(), nodes.end(), id,
                       [](const GraphNode& node, std::string_view value) { return node.id < value; });
  return found == nodes.end() || found->id != id ? kNone : static_cast<std::size_t>(found - nodes.begin());
}

GraphEdge CitationGraph::Impl::edge(const EdgeRow& row) const {
  return {nodes[row.source].id, nodes[row.target].id,    row.relation,
          row.modality,         pinpoints[row.pinpoint], row.count};
}

CitationGraph::CitationGraph(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CitationGraph::CitationGraph(CitationGraph&&) noexcept = default;
CitationGraph& CitationGraph::operator=(CitationGraph&&) noexcept = default;
CitationGraph::~CitationGraph() = default;

// Ids and pinpoints get numbers as they come; build() puts the numbers in the order of what they stand for.
struct CitationGraph::Builder::Parts {
  std::vector<GraphNode> nodes;
  std::vector<bool> described;  // a node was given, not only an edge to its id
  std::unordered_map<std::string, std::uint32_t> numbers;
  std::map<Pinpoint, std::uint32_t, PinpointLess> pinpoints{{Pinpoint{}, 0}};
  std::vector<EdgeRow> rows;

  std::uint32_t number_of(const std::string& id) {
    const auto [place, fresh] = numbers.try_emplace(id, static_cast<std::uint32_t>(nodes.size()));
    if (fresh) {
      nodes.emplace_back().id = id;
      described.push_back(false);
    }
    return place->second;
  }
};

CitationGraph::Builder::Builder() : parts_(std::make_unique<Parts>()) {}
CitationGraph::Builder::Builder(Builder&&) noexcept = default;
CitationGraph::Builder::~Builder() = default;

void CitationGraph::Builder::add(GraphNode node) {
  if (node.id.empty()) return;
  const std::uint32_t number = parts_->number_of(node.id);
  if (parts_->described[number]) {
    join(parts_->nodes[number], node);
  } else {
    parts_->nodes[number] = std::move(node);
    parts_->described[number] = true;
  }
}

void CitationGraph::Builder::add(const GraphEdge& edge) {
  if (edge.source.empty() || edge.target.empty()) return;
  EdgeRow row;
  row.source = parts_->number_of(edge.source);
  row.target = parts_->number_of(edge.target);
  if (!edge.pinpoint.empty()) {
    row.pinpoint =
        parts_->pinpoints.try_emplace(edge.pinpoint, static_cast<std::uint32_t>(parts_->pinpoints.size()))
            .first->second;
  }
  row.count = edge.count;
  row.relation = edge.relation;
  row.modality = edge.modality;
  parts_->rows.push_back(row);
}

CitationGraph CitationGraph::Builder::build() && {
  auto impl = std::make_unique<Impl>();
  Parts& parts = *parts_;
  const std::size_t count = parts.nodes.size();
  parts.numbers = {};
  std::vector<std::uint32_t> order(count), place(count), pinpoint_place(parts.pinpoints.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return parts.nodes[a].id < parts.nodes[b].id; });
  impl->nodes.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    place[order[i]] = static_cast<std::uint32_t>(i);
    impl->nodes.push_back(std::move(parts.nodes[order[i]]));
  }
  for (const auto& [pinpoint, number] : parts.pinpoints) {
    pinpoint_place[number] = static_cast<std::uint32_t>(impl->pinpoints.size());
    impl->pinpoints.push_back(pinpoint);
  }
  for (EdgeRow& row : parts.rows) {
    row.source = place[row.source];
    row.target = place[row.target];
    row.pinpoint = pinpoint_place[row.pinpoint];
  }
  impl->rows = std::move(parts.rows);
  std::sort(impl->rows.begin(), impl->rows.end(),
            [](const EdgeRow& a, const EdgeRow& b) { return row_key(a) < row_key(b); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < impl->rows.size(); ++i) {
    if (kept > 0 && row_key(impl->rows[kept - 1]) == row_key(impl->rows[i])) {
      impl->rows[kept - 1].count += impl->rows[i].count;
    } else {
      impl->rows[kept++] = impl->rows[i];
    }
  }
  impl->rows.resize(kept);
  impl->rows.shrink_to_fit();

  impl->out_begin.assign(count + 1, 0);
  impl->in_begin.assign(count + 1, 0);
  impl->in_degree.assign(count, 0);
  impl->out_degree.assign(count, 0);
  for (const EdgeRow& row : impl->rows) {
    ++impl->out_begin[row.source + 1];
    ++impl->in_begin[row.target + 1];
  }
  std::partial_sum(impl->out_begin.begin(), impl->out_begin.end(), impl->out_begin.begin());
  std::partial_sum(impl->in_begin.begin(), impl->in_begin.end(), impl->in_begin.begin());
  impl->in_rows.resize(kept);
  std::vector<std::uint32_t> fill(impl->in_begin.begin(), impl->in_begin.end() - 1);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  std::vector<std::uint32_t> carried;
  for (std::size_t i = 0; i < kept; ++i) {
    const EdgeRow& row = impl->rows[i];
    impl->in_rows[fill[row.target]++] = static_cast<std::uint32_t>(i);
    const bool same_pair =
        i > 0 && impl->rows[i - 1].source == row.source && impl->rows[i - 1].target == row.target;
    if (same_pair || row.source == row.target) continue;
    pairs.emplace_back(row.source, row.target);
    carried.push_back(static_cast<std::uint32_t>(i));
    ++impl->in_degree[row.target];
    ++impl->out_degree[row.source];
  }
  impl->graph = Adjacency(boost::edges_are_sorted, pairs.begin(), pairs.end(), carried.begin(),
                          static_cast<std::uint32_t>(count), static_cast<std::uint32_t>(pairs.size()));
  return CitationGraph(std::move(impl));
}

CitationGraph CitationGraph::build(std::vector<GraphNode> nodes, std::vector<GraphEdge> edges) {
  Builder builder;
  for (GraphNode& node : nodes) builder.add(std::move(node));
  for (const GraphEdge& edge : edges) builder.add(edge);
  return std::move(builder).build();
}

std::size_t CitationGraph::provision_count() const {
  return static_cast<std::size_t>(std::count_if(impl_->nodes.begin(), impl_->nodes.end(),
                                                [](const GraphNode& node) { return !node.part_of.empty(); }));
}
std::size_t CitationGraph::node_count() const { return impl_->nodes.size() - provision_count(); }
std::size_t CitationGraph::edge_count() const {
  return static_cast<std::size_t>(
      std::count_if(impl_->rows.begin(), impl_->rows.end(),
                    [](const EdgeRow& row) { return row.relation != Relation::kPartOf; }));
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
    const EdgeRow& row = impl_->rows[reached_by[node]];
    path.push_back(impl_->edge(row));
    node = row.source;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

const std::vector<GraphNode>& CitationGraph::nodes() const { return impl_->nodes; }

void CitationGraph::each_edge(const std::function<void(const GraphEdge&)>& take) const {
  for (const EdgeRow& row : impl_->rows) take(impl_->edge(row));
}

std::size_t CitationGraph::memory_bytes() const {
  const Impl& g = *impl_;
  const std::size_t words = g.out_begin.capacity() + g.in_begin.capacity() + g.in_rows.capacity() +
                            g.in_degree.capacity() + g.out_degree.capacity() + boost::num_vertices(g.graph) +
                            2 * boost::num_edges(g.graph);
  return g.rows.capacity() * sizeof(EdgeRow) + words * sizeof(std::uint32_t) +
         g.pinpoints.capacity() * sizeof(Pinpoint);
}

CitationGraph CitationGraph::with_provisions() const {
  Builder builder;
  for (const GraphNode& node : impl_->nodes) builder.add(node);
  for (const EdgeRow& row : impl_->rows) {
    GraphEdge edge = impl_->edge(row);
    const Pinpoint& p = edge.pinpoint;
    // From the outermost level that is named to the innermost: each is part of the one before.
    const std::pair<std::string_view, const std::string*> levels[] = {
        {"phu-luc", &p.appendix}, {"phan", &p.part},    {"chuong", &p.chapter}, {"muc", &p.section},
        {"dieu", &p.article},     {"khoan", &p.clause}, {"diem", &p.point}};
    std::string parent = edge.target, id = edge.target;
    Pinpoint named;
    std::string Pinpoint::*const fields[] = {&Pinpoint::appendix, &Pinpoint::part,    &Pinpoint::chapter,
                                             &Pinpoint::section,  &Pinpoint::article, &Pinpoint::clause,
                                             &Pinpoint::point};
    // An article's number is unique in a document: its chapter adds nothing to what it is.
    const bool by_article = !p.article.empty() && p.appendix.empty();
    for (std::size_t level = 0; level < std::size(levels); ++level) {
      const auto& [word, label] = levels[level];
      if (label->empty() || (by_article && level < 4)) continue;
      id += (id == edge.target ? "#" : "-") + std::string(word) + "-" + *label;
      named.*fields[level] = *label;
      GraphNode provision;
      provision.id = id;
      provision.number = pinpoint_text(named);
      provision.part_of = edge.target;
      builder.add(std::move(provision));
      GraphEdge part;
      part.source = id;
      part.target = parent;
      part.relation = Relation::kPartOf;
      part.count = 0;
      builder.add(part);
      parent = id;
    }
    edge.target = id;
    builder.add(edge);
  }
  return std::move(builder).build();
}

std::string CitationGraph::write(GraphFormat format) const { return write_graph(*this, format); }
std::string CitationGraph::write_nodes_csv() const { return write_neo4j_nodes(*this); }
std::string CitationGraph::write_relationships_csv() const { return write_neo4j_relationships(*this); }

}  // namespace vanban
