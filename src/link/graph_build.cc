// How a CitationGraph is made: of rows, of nodes and edges with their ids, of another graph with its
// provisions.

#include <algorithm>
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

auto row_key(const GraphRow& row) {
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

// Ids and pinpoints get numbers as they come.
class RowMaker {
 public:
  void add(GraphNode node) {
    if (node.id.empty()) return;
    const std::uint32_t number = number_of(node.id);
    if (described_[number]) {
      join(rows_.nodes[number], node);
    } else {
      rows_.nodes[number] = std::move(node);
      described_[number] = true;
    }
  }

  void add(const GraphEdge& edge) {
    if (edge.source.empty() || edge.target.empty()) return;
    GraphRow row;
    row.source = number_of(edge.source);
    row.target = number_of(edge.target);
    const auto [pinpoint, fresh] =
        pinpoints_.try_emplace(edge.pinpoint, static_cast<std::uint32_t>(rows_.pinpoints.size()));
    if (fresh) rows_.pinpoints.push_back(edge.pinpoint);
    row.pinpoint = pinpoint->second;
    row.count = edge.count;
    row.relation = edge.relation;
    row.modality = edge.modality;
    rows_.rows.push_back(row);
  }

  GraphRows take() && { return std::move(rows_); }

 private:
  std::uint32_t number_of(const std::string& id) {
    const auto [place, fresh] = numbers_.try_emplace(id, static_cast<std::uint32_t>(rows_.nodes.size()));
    if (fresh) {
      rows_.nodes.emplace_back().id = id;
      described_.push_back(false);
    }
    return place->second;
  }

  GraphRows rows_{{}, {Pinpoint{}}, {}};
  std::vector<bool> described_;  // a node was given, not only an edge to its id
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::map<Pinpoint, std::uint32_t, PinpointLess> pinpoints_{{Pinpoint{}, 0}};
};

// Puts `values` in the order of `less`; says where each went.
template <class Value, class Less>
std::vector<std::uint32_t> sort_and_place(std::vector<Value>& values, Less less) {
  std::vector<std::uint32_t> order(values.size()), place(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return less(values[a], values[b]); });
  std::vector<Value> sorted;
  sorted.reserve(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = static_cast<std::uint32_t>(i);
    sorted.push_back(std::move(values[order[i]]));
  }
  values = std::move(sorted);
  return place;
}

// Rows by source, then by the rest of their key; rows that say the same become one. Cost: linear in the rows,
// and sorting those of each source.
std::vector<GraphRow> in_order(std::vector<GraphRow> rows, std::size_t nodes) {
  std::vector<std::uint32_t> fill(nodes + 1, 0);
  for (const GraphRow& row : rows) ++fill[row.source + 1];
  std::partial_sum(fill.begin(), fill.end(), fill.begin());
  std::vector<GraphRow> sorted(rows.size());
  for (const GraphRow& row : rows) sorted[fill[row.source]++] = row;
  rows = {};
  const auto less = [](const GraphRow& a, const GraphRow& b) { return row_key(a) < row_key(b); };
  for (auto begin = sorted.begin(); begin != sorted.end();) {
    auto end = begin;
    while (end != sorted.end() && end->source == begin->source) ++end;
    std::sort(begin, end, less);
    begin = end;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (kept > 0 && row_key(sorted[kept - 1]) == row_key(sorted[i])) {
      sorted[kept - 1].count += sorted[i].count;
    } else {
      sorted[kept++] = sorted[i];
    }
  }
  sorted.resize(kept);
  if (sorted.capacity() > kept + kept / 8) sorted.shrink_to_fit();
  return sorted;
}

}  // namespace

CitationGraph CitationGraph::build(GraphRows given) {
  auto impl = std::make_unique<Impl>();
  if (given.pinpoints.empty()) given.pinpoints.emplace_back();
  const std::size_t count = given.nodes.size();
  std::erase_if(given.rows, [&](const GraphRow& row) {
    return row.source >= count || row.target >= count || row.pinpoint >= given.pinpoints.size();
  });
  const std::vector<std::uint32_t> place =
      sort_and_place(given.nodes, [](const GraphNode& a, const GraphNode& b) { return a.id < b.id; });
  const std::vector<std::uint32_t> pinpoint_place = sort_and_place(given.pinpoints, PinpointLess());
  for (GraphRow& row : given.rows) {
    row.source = place[row.source];
    row.target = place[row.target];
    row.pinpoint = pinpoint_place[row.pinpoint];
  }
  impl->nodes = std::move(given.nodes);
  impl->pinpoints = std::move(given.pinpoints);
  impl->rows = in_order(std::move(given.rows), count);
  const std::size_t kept = impl->rows.size();

  impl->out_begin.assign(count + 1, 0);
  impl->in_begin.assign(count + 1, 0);
  impl->in_degree.assign(count, 0);
  impl->out_degree.assign(count, 0);
  for (const GraphRow& row : impl->rows) {
    ++impl->out_begin[row.source + 1];
    ++impl->in_begin[row.target + 1];
  }
  std::partial_sum(impl->out_begin.begin(), impl->out_begin.end(), impl->out_begin.begin());
  std::partial_sum(impl->in_begin.begin(), impl->in_begin.end(), impl->in_begin.begin());
  impl->in_rows.resize(kept);
  std::vector<std::uint32_t> fill(impl->in_begin.begin(), impl->in_begin.end() - 1);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  std::vector<std::uint32_t> carried;
  pairs.reserve(kept);
  carried.reserve(kept);
  for (std::size_t i = 0; i < kept; ++i) {
    const GraphRow& row = impl->rows[i];
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

CitationGraph CitationGraph::build(const std::vector<GraphNode>& nodes, const std::vector<GraphEdge>& edges) {
  RowMaker maker;
  for (const GraphNode& node : nodes) maker.add(node);
  for (const GraphEdge& edge : edges) maker.add(edge);
  return build(std::move(maker).take());
}

CitationGraph CitationGraph::with_provisions() const {
  RowMaker maker;
  for (const GraphNode& node : impl_->nodes) maker.add(node);
  for (const GraphRow& row : impl_->rows) {
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
      maker.add(std::move(provision));
      GraphEdge part;
      part.source = id;
      part.target = parent;
      part.relation = Relation::kPartOf;
      part.count = 0;
      maker.add(part);
      parent = id;
    }
    edge.target = id;
    maker.add(edge);
  }
  return build(std::move(maker).take());
}

}  // namespace vanban
