#include "vanban/link/graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace vanban {
namespace {

GraphNode node(const std::string& id, bool held = false) {
  GraphNode n;
  n.id = id;
  n.number = "số \"" + id + "\" <&>";
  n.held = held;
  return n;
}

GraphEdge edge(const std::string& source, const std::string& target, Relation relation = Relation::kCites) {
  GraphEdge e;
  e.source = source;
  e.target = target;
  e.relation = relation;
  return e;
}

CitationGraph small() {
  return CitationGraph::build(
      {node("a", true), node("b", true), node("c"), node("d")},
      {edge("a", "c"), edge("b", "c"), edge("a", "b"), edge("c", "d"), edge("a", "c", Relation::kAmends)});
}

TEST(CitationGraph, CountsAndNeighbours) {
  const CitationGraph graph = small();
  EXPECT_EQ(graph.node_count(), 4U);
  EXPECT_EQ(graph.edge_count(), 5U);
  EXPECT_EQ(graph.held_count(), 2U);
  EXPECT_EQ(graph.cites("a").size(), 3U);
  EXPECT_EQ(graph.cited_by("c").size(), 3U);
  EXPECT_TRUE(graph.cites("nothing").empty());
  EXPECT_TRUE(graph.cited_by("nothing").empty());
  EXPECT_EQ(graph.find("nothing"), nullptr);
  ASSERT_NE(graph.find("c"), nullptr);
}

TEST(CitationGraph, RanksTheMostCitedFirst) {
  const auto ranked = small().most_cited(10);
  ASSERT_EQ(ranked.size(), 4U);
  EXPECT_EQ(ranked[0].node.id, "d");
  EXPECT_EQ(ranked[1].node.id, "c");
  EXPECT_EQ(ranked[1].in_degree, 2U);
  double sum = 0;
  for (const RankedNode& one : ranked) sum += one.pagerank;
  EXPECT_NEAR(sum, 1.0, 1e-6);
  EXPECT_EQ(small().most_cited(2).size(), 2U);
}

TEST(CitationGraph, PageRankOfAKnownGraph) {
  // Two nodes that cite each other share the rank; a third cites one of them. Solved by hand: r3 = 0.05,
  // r1 = 0.05 + 0.85 (r2 + r3), r2 = 0.05 + 0.85 r1.
  const CitationGraph graph = CitationGraph::build({}, {edge("1", "2"), edge("2", "1"), edge("3", "1")});
  const auto ranked = graph.most_cited(3, 1e-12);
  ASSERT_EQ(ranked.size(), 3U);
  const double r1 = (0.05 + 0.85 * 0.05 + 0.85 * 0.05) / (1 - 0.85 * 0.85);
  EXPECT_EQ(ranked[0].node.id, "1");
  EXPECT_NEAR(ranked[0].pagerank, r1, 1e-9);
  EXPECT_NEAR(ranked[1].pagerank, 0.05 + 0.85 * r1, 1e-9);
  EXPECT_NEAR(ranked[2].pagerank, 0.05, 1e-9);
}

TEST(CitationGraph, EqualRanksStandById) {
  const auto ranked = CitationGraph::build({node("z"), node("a"), node("m")}, {}).most_cited(3);
  ASSERT_EQ(ranked.size(), 3U);
  EXPECT_EQ(ranked[0].node.id, "a");
  EXPECT_EQ(ranked[2].node.id, "z");
}

TEST(CitationGraph, ShortestPath) {
  const CitationGraph graph = small();
  const auto path = graph.shortest_path("b", "d");
  ASSERT_TRUE(path);
  ASSERT_EQ(path->size(), 2U);
  EXPECT_EQ((*path)[0].source, "b");
  EXPECT_EQ((*path)[1].target, "d");
  EXPECT_TRUE(graph.shortest_path("d", "a")->empty());
  EXPECT_TRUE(graph.shortest_path("a", "a")->empty());
  const auto missing = graph.shortest_path("a", "x");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_NE(missing.error().message.find("x"), std::string::npos);
}

TEST(CitationGraph, OrderDoesNotMatter) {
  std::vector<GraphNode> nodes = {node("a", true), node("b"), node("b"), node("c")};
  nodes[1].title = "Luật";
  nodes[2].date = {2024, 1, 5};
  std::vector<GraphEdge> edges = {edge("a", "b"), edge("a", "c"), edge("b", "c"), edge("a", "b")};
  const std::string first = CitationGraph::build(nodes, edges).write(GraphFormat::kJson);
  std::reverse(nodes.begin(), nodes.end());
  std::reverse(edges.begin(), edges.end());
  EXPECT_EQ(CitationGraph::build(nodes, edges).write(GraphFormat::kJson), first);
  EXPECT_NE(first.find("\"count\": 2"), std::string::npos);
  EXPECT_NE(first.find("Luật"), std::string::npos);
}

TEST(CitationGraph, Exports) {
  const CitationGraph graph = small();
  const std::string dot = graph.write(GraphFormat::kDot);
  EXPECT_EQ(dot.rfind("digraph", 0), 0U);
  EXPECT_NE(dot.find("\\\"a\\\""), std::string::npos);
  const std::string xml = graph.write(GraphFormat::kGraphml);
  EXPECT_NE(xml.find("&lt;&amp;&gt;"), std::string::npos);
  EXPECT_EQ(xml.find("<&>"), std::string::npos);
  EXPECT_NE(graph.write(GraphFormat::kJson).find("\"links\""), std::string::npos);
}

TEST(CitationGraph, EmptyAndSelfEdges) {
  const CitationGraph empty = CitationGraph::build({}, {});
  EXPECT_EQ(empty.node_count(), 0U);
  EXPECT_TRUE(empty.most_cited(5).empty());
  EXPECT_FALSE(empty.shortest_path("a", "b"));
  EXPECT_NE(empty.write(GraphFormat::kGraphml).find("</graphml>"), std::string::npos);
  const CitationGraph self = CitationGraph::build({}, {edge("a", "a")});
  EXPECT_EQ(self.node_count(), 1U);
  EXPECT_EQ(self.most_cited(1)[0].in_degree, 0U);
}

TEST(CitationGraph, LongChain) {
  std::vector<GraphEdge> edges;
  for (int i = 0; i < 20000; ++i) edges.push_back(edge("n" + std::to_string(i), "n" + std::to_string(i + 1)));
  const CitationGraph graph = CitationGraph::build({}, std::move(edges));
  EXPECT_EQ(graph.shortest_path("n0", "n20000")->size(), 20000U);
  EXPECT_EQ(graph.most_cited(1).size(), 1U);
}

}  // namespace
}  // namespace vanban
