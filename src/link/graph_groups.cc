// Groups in the citation graph: circles of citations. Communities are communities.cc.

#include <algorithm>
#include <boost/graph/strong_components.hpp>
#include <map>

#include "graph_impl.h"

namespace vanban {

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

std::vector<std::vector<std::string>> CitationGraph::cycles() const {
  if (impl_->nodes.empty()) return {};
  std::vector<std::uint32_t> component(impl_->nodes.size());
  // Boost's depth-first search keeps its own stack: a chain of a million documents is no danger.
  boost::strong_components(
      impl_->graph,
      boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, impl_->graph)));
  return groups_of(component, impl_->nodes);
}

}  // namespace vanban
