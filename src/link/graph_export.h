// The citation graph as text: Graphviz DOT, GraphML, the node-link JSON that d3 and NetworkX read, RDF Turtle
// with the European Legislation Identifier's ontology (ELI), CSV for Neo4j.

#ifndef VANBAN_SRC_LINK_GRAPH_EXPORT_H_
#define VANBAN_SRC_LINK_GRAPH_EXPORT_H_

#include <string>
#include <string_view>

#include "vanban/doc/graph_values.h"
#include "vanban/link/graph.h"

namespace vanban {

// Nodes and edges are written in the graph's order.
std::string write_graph(const CitationGraph& graph, GraphFormat format);
std::string write_turtle(const CitationGraph& graph);
std::string write_neo4j_nodes(const CitationGraph& graph);
std::string write_neo4j_relationships(const CitationGraph& graph);

// "điểm a khoản 1 Điều 2"; empty where nothing is named.
std::string pinpoint_text(const Pinpoint& pinpoint);

}  // namespace vanban

#endif  // VANBAN_SRC_LINK_GRAPH_EXPORT_H_
