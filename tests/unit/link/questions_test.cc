#include "vanban/link/questions.h"

#include <gtest/gtest.h>

#include <string>

#include "vanban/link/checks.h"

namespace vanban {
namespace {

GraphNode node(const std::string& id, const std::string& date) {
  GraphNode made;
  made.id = id;
  made.number = id;
  made.date = partial_date_from_iso(date).value_or(PartialDate{});
  return made;
}

GraphEdge edge(const std::string& source, const std::string& target, Relation relation,
               Modality modality = Modality::kEnacted, const std::string& article = {}) {
  GraphEdge made;
  made.source = source;
  made.target = target;
  made.relation = relation;
  made.modality = modality;
  made.pinpoint.article = article;
  return made;
}

// A law, a decree on it, a regulation attached to a decision, a later decree that replaces the first.
CitationGraph state() {
  return CitationGraph::build(
      {node("law", "2015-06-19"), node("decree", "2018-04-23"), node("newer", "2022-05-03"),
       node("decision", "2019-01-05"), node("regulation", "2019-01-05"), node("dispatch", "2020-02-02"),
       node("end", "2023-03-03"), node("late", "2024-01-01"), node("draft", "2021-01-01")},
      {edge("decree", "law", Relation::kLegalBasis), edge("newer", "decree", Relation::kReplaces),
       edge("decision", "decree", Relation::kLegalBasis),
       edge("regulation", "decision", Relation::kAttachedTo),
       edge("dispatch", "decree", Relation::kImplements), edge("end", "decision", Relation::kRepeals),
       edge("late", "decree", Relation::kLegalBasis),
       edge("draft", "law", Relation::kRepeals, Modality::kPlanned),
       edge("newer", "law", Relation::kAmends, Modality::kEnacted, "5")});
}

TEST(Questions, ValidityAtADay) {
  const CitationGraph graph = state();
  struct Row {
    int line;
    const char* id;
    const char* day;
    const char* validity;
    std::size_t events;
  };
  const Row rows[] = {
      {__LINE__, "decree", "2020-01-01", "in_force", 0},
      {__LINE__, "decree", "2022-05-03", "ended", 1},
      {__LINE__, "decree", "2022-05-02", "in_force", 0},
      {__LINE__, "decree", "2022", "in_force", 1},  // that year, but before or after the day?
      {__LINE__, "decree", "2018-04-22", "not_issued", 0},
      {__LINE__, "law", "2021-06-01", "in_force", 0},  // a plan to repeal changes nothing
      {__LINE__, "law", "2023-01-01", "amended", 1},
      {__LINE__, "regulation", "2023-03-02", "in_force", 0},
      {__LINE__, "regulation", "2023-03-03", "ended", 1},  // with the decision that it is attached to
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const auto report = validity_of(source_of(graph), row.id, *partial_date_from_iso(row.day));
    ASSERT_TRUE(report);
    EXPECT_EQ(validity_name(report->validity), row.validity);
    EXPECT_EQ(report->events.size(), row.events);
  }
  EXPECT_EQ(validity_of(source_of(graph), "none", {2024, 1, 1}).error().code, ErrorCode::kNotFound);
}

TEST(Questions, Walks) {
  const CitationGraph graph = state();
  const auto reached = [&](const std::string& start, const WalkRule& rule) {
    std::string ids;
    const auto steps = walk(source_of(graph), start, rule);
    for (const WalkStep& step : *steps) ids += step.node.id + std::to_string(step.depth) + " ";
    return ids;
  };
  EXPECT_EQ(reached("regulation", basis_rule()), "decision1 decree2 law3 ");
  EXPECT_EQ(reached("decree", implements_rule()), "dispatch1 ");
  EXPECT_EQ(reached("law", impact_rule()), "decree1 decision2 dispatch2 late2 regulation3 ");
  EXPECT_EQ(reached("none", basis_rule()), "");
}

TEST(Checks, WhatDoesNotFit) {
  std::string codes;
  for (const GraphFinding& one : check_graph(state(), {}))
    codes += one.code + ":" + one.document + ">" + one.target + " ";
  EXPECT_NE(codes.find("cites-ended:late>decree "), std::string::npos) << codes;
  EXPECT_EQ(codes.find("cites-ended:dispatch"), std::string::npos) << "it was in force then";
  EXPECT_EQ(codes.find("unknown-basis"), std::string::npos)
      << "nothing is held, and nothing is known against it";
  const CitationGraph circle =
      CitationGraph::build({}, {edge("a", "b", Relation::kCites), edge("b", "a", Relation::kCites)});
  ASSERT_EQ(check_graph(circle, {}).size(), 1u);
  EXPECT_EQ(check_graph(circle, {})[0].target, "a b");
  NodeClaim first{"x", "d1", false, "1/NQ-CP", "", {2024, 1, 5}},
      second{"x", "d2", false, "1/NQ-CP", "", {2024, 1, 6}};
  const auto found = check_graph(CitationGraph::build({}, {}), {first, second});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "dates-differ");
}

// A basis that does not exist: its day does not fit its number, or is still to come.
TEST(Checks, ABasisThatSomethingSpeaksAgainst) {
  struct Row {
    int line;
    const char* basis;
    const char* date;
    bool doubtful;
  };
  const Row rows[] = {
      {__LINE__, "/vn/chinh-phu/decree/2020/40-nd-cp", "2020-04-01", false},
      {__LINE__, "/vn/chinh-phu/decree/2020/40-nd-cp", "2020-09-01", true},   // 50 and 60 came before
      {__LINE__, "/vn/chinh-phu/decree/2020/90-nd-cp", "2020-01-05", true},   // 10 and 20 came later
      {__LINE__, "/vn/chinh-phu/decree/2020/15-nd-cp", "2020-03-10", false},  // one witness is not enough
      {__LINE__, "/vn/chinh-phu/decree/2020/40-nd-cp", "2020", false},
      {__LINE__, "/vn/chinh-phu/decree/2019/40-nd-cp", "2019-12-30", false},  // no held document of that year
      {__LINE__, "/vn/bo-y-te/circular/2020/40-tt-byt", "2020-09-01", false},
      {__LINE__, "local:abc/decree-40-nd-cp", "2022-01-01", true},  // later than the citing document
      {__LINE__, "local:abc/decree-40-nd-cp", "", false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    std::vector<GraphNode> nodes = {node("/vn/chinh-phu/decree/2020/10-nd-cp", "2020-02-01"),
                                    node("/vn/chinh-phu/decree/2020/20-nd-cp", "2020-03-01"),
                                    node("/vn/chinh-phu/decree/2020/50-nd-cp", "2020-05-01"),
                                    node("/vn/chinh-phu/decree/2020/60-nd-cp", "2020-06-01")};
    for (GraphNode& one : nodes) one.held = true;
    nodes.push_back(node("citing", "2021-01-01"));
    nodes.push_back(node(row.basis, row.date));
    const auto found =
        check_graph(CitationGraph::build(nodes, {edge("citing", row.basis, Relation::kLegalBasis)}), {});
    EXPECT_EQ(found.size(), row.doubtful ? 1u : 0u);
    for (const GraphFinding& one : found) EXPECT_EQ(one.code, "unknown-basis");
  }
}

TEST(Provisions, AreNodesUnderTheirDocument) {
  GraphEdge one = edge("a", "b", Relation::kAmends, Modality::kEnacted, "5");
  one.pinpoint.clause = "2";
  const CitationGraph graph =
      CitationGraph::build({}, {one, edge("c", "b", Relation::kCites, Modality::kEnacted, "5")})
          .with_provisions();
  EXPECT_EQ(graph.node_count(), 3u);
  EXPECT_EQ(graph.provision_count(), 2u);
  EXPECT_EQ(graph.edge_count(), 2u);
  ASSERT_NE(graph.find("b#dieu-5-khoan-2"), nullptr);
  EXPECT_EQ(graph.find("b#dieu-5-khoan-2")->number, "khoản 2 Điều 5");
  EXPECT_EQ(graph.cited_by("b").size(), 1u) << "Điều 5 is part of it";
}

TEST(Groups, CommunitiesAndHubs) {
  const auto cites = [](const char* a, const char* b) { return edge(a, b, Relation::kCites); };
  const CitationGraph graph = CitationGraph::build({}, {cites("a", "b"), cites("b", "c"), cites("a", "c"),
                                                        cites("x", "y"), cites("y", "z"), cites("x", "z")});
  ASSERT_EQ(graph.communities().size(), 2u);
  EXPECT_EQ(graph.communities()[0], (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(graph.cycles().empty());
  EXPECT_EQ(graph.hubs(1)[0].node.id, "c");
  EXPECT_EQ(graph.missing(9).size(), 0u) << "without number or title there is nothing to look for";
}

}  // namespace
}  // namespace vanban
