// Ranks over the citation graph: PageRank, HITS, what is cited most but not held.

#include <algorithm>
#include <cmath>

#include "graph_impl.h"

namespace vanban {
namespace {

constexpr double kDamping = 0.85;
constexpr int kMostRounds = 1000;  // 0.85^1000 is far below any tolerance

// Sorts by value, best first. Values that differ by less than the rounding of the sums are equal, so that ids
// decide on every machine.
template <class One, class Value>
void best_first(std::vector<One>& all, double tolerance, Value value, std::size_t limit) {
  const auto bucket = [&](const One& one) { return std::llround(value(one) / std::max(tolerance, 1e-15)); };
  const auto before = [&](const One& a, const One& b) {
    const auto left = bucket(a), right = bucket(b);
    return left != right ? left > right : a.first < b.first;  // nodes stand by id
  };
  if (limit < all.size()) {
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(limit), all.end(), before);
    all.resize(limit);
  } else {
    std::sort(all.begin(), all.end(), before);
  }
}

}  // namespace

std::vector<double> CitationGraph::Impl::pagerank(double tolerance) const {
  const std::size_t count = nodes.size();
  if (count == 0) return {};
  // Power iteration by hand: boost's page_rank runs a fixed number of rounds and loses the rank of nodes that
  // cite nothing; here it is shared out among all.
  const double total = static_cast<double>(count);
  std::vector<double> rank(count, 1 / total), next(count);
  for (int round = 0; round < kMostRounds; ++round) {
    double dangling = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (out_degree[i] == 0) dangling += rank[i];
    }
    std::fill(next.begin(), next.end(), (1 - kDamping) / total + kDamping * dangling / total);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (out_degree[i] == 0) continue;
      const double share = kDamping * rank[i] / static_cast<double>(out_degree[i]);
      for (auto [edge, end] = boost::out_edges(i, graph); edge != end; ++edge)
        next[boost::target(*edge, graph)] += share;
    }
    double change = 0;
    for (std::size_t i = 0; i < count; ++i) change += std::abs(next[i] - rank[i]);
    rank.swap(next);
    if (change < tolerance) break;
  }
  return rank;
}

std::vector<RankedNode> CitationGraph::most_cited(std::size_t limit, double tolerance) const {
  const std::vector<double> rank = impl_->pagerank(tolerance);
  std::vector<std::pair<std::size_t, double>> order;
  for (std::size_t i = 0; i < rank.size(); ++i) order.emplace_back(i, rank[i]);
  best_first(
      order, tolerance, [](const auto& one) { return one.second; }, limit);
  std::vector<RankedNode> ranked;
  ranked.reserve(order.size());
  for (const auto& [i, value] : order)
    ranked.push_back({impl_->nodes[i], value, impl_->in_degree[i], impl_->out_degree[i]});
  return ranked;
}

std::vector<RankedNode> CitationGraph::missing(std::size_t limit) const {
  std::vector<std::pair<std::size_t, double>> order;
  for (std::size_t i = 0; i < impl_->nodes.size(); ++i) {
    const GraphNode& node = impl_->nodes[i];
    if (node.held || !node.part_of.empty() || impl_->in_degree[i] == 0 ||
        (node.number.empty() && node.title.empty()))
      continue;
    order.emplace_back(i, static_cast<double>(impl_->in_degree[i]));
  }
  best_first(
      order, 1, [](const auto& one) { return one.second; }, limit);
  std::vector<RankedNode> found;
  for (const auto& [i, value] : order)
    found.push_back({impl_->nodes[i], 0, impl_->in_degree[i], impl_->out_degree[i]});
  return found;
}

std::vector<HubNode> CitationGraph::hubs(std::size_t limit, double tolerance) const {
  const std::size_t count = impl_->nodes.size();
  if (count == 0) return {};
  std::vector<double> hub(count, 1 / static_cast<double>(count)), authority(count), next(count);
  const auto normalise = [](std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    if (sum > 0) {
      for (double& value : values) value /= sum;
    }
  };
  for (int round = 0; round < kMostRounds; ++round) {
    std::fill(authority.begin(), authority.end(), 0.0);
    std::fill(next.begin(), next.end(), 0.0);
    for (std::uint32_t i = 0; i < count; ++i) {
      for (auto [edge, end] = boost::out_edges(i, impl_->graph); edge != end; ++edge) {
        authority[boost::target(*edge, impl_->graph)] += hub[i];
      }
    }
    normalise(authority);
    for (std::uint32_t i = 0; i < count; ++i) {
      for (auto [edge, end] = boost::out_edges(i, impl_->graph); edge != end; ++edge) {
        next[i] += authority[boost::target(*edge, impl_->graph)];
      }
    }
    normalise(next);
    double change = 0;
    for (std::size_t i = 0; i < count; ++i) change += std::abs(next[i] - hub[i]);
    hub.swap(next);
    if (change < tolerance) break;
  }
  std::vector<std::pair<std::size_t, double>> order;
  for (std::size_t i = 0; i < count; ++i) order.emplace_back(i, authority[i]);
  best_first(
      order, tolerance, [](const auto& one) { return one.second; }, limit);
  std::vector<HubNode> found;
  for (const auto& [i, value] : order) found.push_back({impl_->nodes[i], hub[i], value});
  return found;
}

}  // namespace vanban
