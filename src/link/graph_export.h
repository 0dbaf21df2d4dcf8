// The citation graph as text: Graphviz DOT, GraphML, and the node-link JSON that d3 and NetworkX read.

#ifndef VANBAN_SRC_LINK_GRAPH_EXPORT_H_
#define VANBAN_SRC_LINK_GRAPH_EXPORT_H_

#include <string>
#include <vector>

#include "vanban/doc/graph_values.h"
#include "vanban/link/graph.h"

namespace vanban {

// Nodes and edges are written in the order given.
std::string write_graph(const std::vector<GraphNode>& nodes, const std::vector<GraphEdge>& edges, GraphFormat format);

}  // namespace vanban

#endif  // VANBAN_SRC_LINK_GRAPH_EXPORT_H_
