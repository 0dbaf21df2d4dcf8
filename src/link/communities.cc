// Communities: the division of the citation graph that has the most modularity, as far as the Louvain method
// finds it (Blondel, Guillaume, Lambiotte, Lefebvre 2008): nodes move to the neighbouring group that gains
// most, groups become nodes, and so on until nothing gains. Labels that merely spread (label propagation) end
// in a single group here, because every document cites the same few laws; modularity expects that of a law.

#include <algorithm>
#include <map>
#include <numeric>

#include "graph_impl.h"

namespace vanban {
namespace {

constexpr int kMostSweeps = 50, kMostLevels = 50;
constexpr double kLeastGain = 1e-6;  // of modularity, in a sweep over all nodes

// Undirected, each edge at both ends.
struct Weighted {
  std::vector<std::size_t> begin{0};
  std::vector<std::uint32_t> other;
  std::vector<std::uint64_t> weight;  // beside `other`; empty: each is 1
  std::vector<std::uint64_t> inside;  // of each node, twice the weight inside it
  std::size_t size() const { return begin.size() - 1; }
  std::uint64_t weight_of(std::size_t edge) const { return weight.empty() ? 1 : weight[edge]; }
};

// One round: groups of nodes, numbered in the order of their first nodes. False: nothing moved.
class Round {
 public:
  explicit Round(const Weighted& graph) : graph_(graph), group_(graph.size()), degree_(graph.size(), 0) {
    std::iota(group_.begin(), group_.end(), 0U);
    for (std::size_t i = 0; i < graph.size(); ++i) {
      degree_[i] = graph.inside[i];
      for (std::size_t e = graph.begin[i]; e < graph.begin[i + 1]; ++e) degree_[i] += graph.weight_of(e);
      total_ += degree_[i];
    }
    all_ = degree_;
    to_.assign(graph.size(), 0);
  }

  bool run() {
    bool any = false;
    for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
      double gained = 0;
      for (std::uint32_t i = 0; i < group_.size(); ++i) gained += move(i);
      any = any || gained > 0;
      if (gained < kLeastGain) break;
    }
    return any;
  }

  // Renumbers the groups; how many there are.
  std::uint32_t settle() {
    constexpr std::uint32_t kNew = ~0U;
    std::vector<std::uint32_t> number(group_.size(), kNew);
    std::uint32_t count = 0;
    for (std::uint32_t& one : group_) {
      if (number[one] == kNew) number[one] = count++;
      one = number[one];
    }
    return count;
  }
  const std::vector<std::uint32_t>& groups() const { return group_; }

 private:
  // Puts one node where the most modularity is gained, the least number of equals; what it gains.
  double move(std::uint32_t i) {
    const std::uint32_t own = group_[i];
    near_.clear();
    for (std::size_t e = graph_.begin[i]; e < graph_.begin[i + 1]; ++e) {
      const std::uint32_t there = group_[graph_.other[e]];
      if (to_[there] == 0) near_.push_back(there);
      to_[there] += graph_.weight_of(e);
    }
    const auto degree = static_cast<double>(degree_[i]), total = static_cast<double>(total_);
    all_[own] -= degree_[i];
    const auto worth = [&](std::uint32_t there) {
      return static_cast<double>(to_[there]) - degree * static_cast<double>(all_[there]) / total;
    };
    std::uint32_t best = own;
    const double stays = worth(own);
    double most = stays;
    for (const std::uint32_t there : near_) {
      const double gain = worth(there);
      if (gain > most || (gain == most && best != own && there < best)) best = there, most = gain;
    }
    for (const std::uint32_t there : near_) to_[there] = 0;
    all_[best] += degree_[i];
    group_[i] = best;
    return best == own ? 0 : 2 * (most - stays) / total;
  }

  const Weighted& graph_;
  std::vector<std::uint32_t> group_;
  std::vector<std::uint64_t> degree_, all_, to_;  // all_: of a group; to_: from the node in hand to a group
  std::vector<std::uint32_t> near_;
  std::uint64_t total_ = 0;  // twice the weight of all edges
};

// Each group becomes one node.
Weighted joined(const Weighted& graph, const std::vector<std::uint32_t>& group, std::uint32_t count) {
  std::vector<std::uint32_t> begin(count + 1, 0), members(group.size());
  for (const std::uint32_t one : group) ++begin[one + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  {
    std::vector<std::uint32_t> fill(begin.begin(), begin.end() - 1);
    for (std::uint32_t i = 0; i < group.size(); ++i) members[fill[group[i]]++] = i;
  }
  Weighted out;
  out.inside.assign(count, 0);
  std::vector<std::uint64_t> to(count, 0);
  std::vector<std::uint32_t> near;
  for (std::uint32_t g = 0; g < count; ++g) {
    near.clear();
    for (std::uint32_t m = begin[g]; m < begin[g + 1]; ++m) {
      const std::uint32_t i = members[m];
      out.inside[g] += graph.inside[i];
      for (std::size_t e = graph.begin[i]; e < graph.begin[i + 1]; ++e) {
        const std::uint32_t there = group[graph.other[e]];
        if (there == g) {
          out.inside[g] += graph.weight_of(e);
          continue;
        }
        if (to[there] == 0) near.push_back(there);
        to[there] += graph.weight_of(e);
      }
    }
    std::sort(near.begin(), near.end());
    for (const std::uint32_t there : near) {
      out.other.push_back(there);
      out.weight.push_back(to[there]);
      to[there] = 0;
    }
    out.begin.push_back(out.other.size());
  }
  return out;
}

double modularity_of(const Weighted& graph) {  // of its nodes as groups
  double total = 0;
  std::vector<double> all(graph.size());
  for (std::size_t i = 0; i < graph.size(); ++i) {
    all[i] = static_cast<double>(graph.inside[i]);
    for (std::size_t e = graph.begin[i]; e < graph.begin[i + 1]; ++e)
      all[i] += static_cast<double>(graph.weight_of(e));
    total += all[i];
  }
  if (total == 0) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < graph.size(); ++i)
    sum += static_cast<double>(graph.inside[i]) / total - all[i] / total * (all[i] / total);
  return sum;
}

}  // namespace

Communities CitationGraph::communities() const {
  const Impl& g = *impl_;
  const std::size_t count = g.nodes.size();
  Weighted graph;
  graph.inside.assign(count, 0);
  graph.begin.reserve(count + 1);
  graph.other.reserve(2 * boost::num_edges(g.graph));
  for (std::uint32_t i = 0; i < count; ++i) {
    // Rows of one pair stand together; each pair counts once, however often and for whatever it cites.
    std::uint32_t last = i;
    for (std::size_t r = g.out_begin[i]; r < g.out_begin[i + 1]; ++r) {
      const std::uint32_t other = g.rows[r].target;
      if (other != i && other != last) graph.other.push_back(other);
      last = other;
    }
    last = i;
    for (std::size_t r = g.in_begin[i]; r < g.in_begin[i + 1]; ++r) {
      const std::uint32_t other = g.rows[g.in_rows[r]].source;
      if (other != i && other != last) graph.other.push_back(other);
      last = other;
    }
    graph.begin.push_back(graph.other.size());
  }
  std::vector<std::uint32_t> label(count);
  std::iota(label.begin(), label.end(), 0U);
  for (int level = 0; level < kMostLevels; ++level) {
    Round round(graph);
    if (!round.run()) break;
    const std::uint32_t groups = round.settle();
    for (std::uint32_t& one : label) one = round.groups()[one];
    graph = joined(graph, round.groups(), groups);
  }
  return {groups_of(label, g.nodes), modularity_of(graph)};
}

}  // namespace vanban
