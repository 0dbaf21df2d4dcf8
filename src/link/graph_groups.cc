// Groups in the citation graph: circles of citations, communities.

#include <algorithm>
#include <boost/graph/strong_components.hpp>
#include <map>

#include "graph_impl.h"

namespace vanban {
namespace {

constexpr int kMostSweeps = 50;  // labels settle in a handful; two that swap for ever are cut off

// Members of each label that has two or more, in the order of nodes; the largest group first.
std::vector<std::vector<std::string>> groups_of(const std::vector<std::uint32_t>& labels,
                                                const std::vector<GraphNode>& nodes) {
  std::vector<std::size_t> sizes(labels.size() + 1, 0);
  for (const std::uint32_t label : labels) ++sizes[label];
  std::map<std::uint32_t, std::size_t> index;
  std::vector<std::vector<std::string>> groups;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (sizes[labels[i]] < 2) continue;
    const auto [place, fresh] = index.try_emplace(labels[i], groups.size());
    if (fresh) groups.emplace_back();
    groups[place->second].push_back(nodes[i].id);
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return groups;
}

}  // namespace

std::vector<std::vector<std::string>> CitationGraph::cycles() const {
  if (impl_->nodes.empty()) return {};
  std::vector<std::uint32_t> component(impl_->nodes.size());
  // Boost's depth-first search keeps its own stack: a chain of a million documents is no danger.
  boost::strong_components(
      impl_->graph,
      boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, impl_->graph)));
  return groups_of(component, impl_->nodes);
}

std::vector<std::vector<std::string>> CitationGraph::communities() const {
  // Each node takes the label that most of its neighbours have, the smallest of equals, in the order of ids:
  // no chance in it. A node that keeps a label among the best keeps it, so that the sweeps come to rest.
  const std::size_t count = impl_->nodes.size();
  std::vector<std::uint32_t> label(count);
  for (std::uint32_t i = 0; i < count; ++i) label[i] = i;
  std::vector<std::uint32_t> votes(count, 0), voted;
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    bool moved = false;
    for (std::uint32_t i = 0; i < count; ++i) {
      voted.clear();
      const auto vote = [&](std::uint32_t other) {
        if (other == i) return;
        if (votes[label[other]]++ == 0) voted.push_back(label[other]);
      };
      for (std::size_t r = impl_->out_begin[i]; r < impl_->out_begin[i + 1]; ++r) vote(impl_->rows[r].target);
      for (std::size_t r = impl_->in_begin[i]; r < impl_->in_begin[i + 1]; ++r)
        vote(impl_->rows[impl_->in_rows[r]].source);
      std::uint32_t best = label[i], most = votes[label[i]];
      for (const std::uint32_t one : voted) {
        if (votes[one] > most || (votes[one] == most && best != label[i] && one < best)) {
          best = one;
          most = votes[one];
        }
      }
      for (const std::uint32_t one : voted) votes[one] = 0;
      moved = moved || best != label[i];
      label[i] = best;
    }
    if (!moved) break;
  }
  return groups_of(label, impl_->nodes);
}

}  // namespace vanban
