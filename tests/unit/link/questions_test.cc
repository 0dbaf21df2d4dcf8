#include "vanban/link/questions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

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
CitationGraph state_of_law() {
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
  const CitationGraph graph = state_of_law();
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
  const CitationGraph graph = state_of_law();
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
  for (const GraphFinding& one : check_graph(state_of_law(), {}))
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

TEST(Checks, WhatDocumentsSayOfOne) {
  const auto claim = [](const char* document, bool self, const char* title, const char* date) {
    NodeClaim made;
    made.id = "/vn/a/decision/2020/12-qd-a";
    made.document = document;
    made.self = self;
    made.title = title;
    made.date = partial_date_from_iso(date).value_or(PartialDate{});
    return made;
  };
  struct Row {
    int line;
    std::vector<NodeClaim> claims;
    std::string codes;
  };
  const std::string long_title = "Về việc phê duyệt quy hoạch sử dụng đất của huyện";
  const Row rows[] = {
      {__LINE__,
       {claim("x", true, "Phê duyệt quy hoạch", "2020-01-05"),
        claim("y", true, "Bổ nhiệm cán bộ", "2020-01-05")},
       "same-number "},
      {__LINE__,
       {claim("x", true, "Phê duyệt dự án 1", "2020-01-05"),
        claim("y", true, "Phê duyệt dự án 2", "2020-01-05")},
       "same-number "},
      {__LINE__,
       {claim("x", true, "Phê duyệt quy hoạch", "2020-01-05"),
        claim("y", true, "Phê duyệt quy hoạch", "2020-02-07")},
       "dates-differ same-number "},
      {__LINE__,
       {claim("x", true, "", "2020-01-05"), claim("y", true, "Bổ nhiệm cán bộ", "2020-01-05"),
        claim("z", true, "Phê duyệt quy hoạch", "2020-01-05")},
       "same-number "},
      {__LINE__, {claim("x", false, "", "2020-01-05"), claim("y", false, "", "2020-01-06")}, "dates-differ "},
      // A scan and a PDF of one document.
      {__LINE__,
       {claim("x", true, long_title.c_str(), "2020-01-05"),
        claim("x", true, "Về việc phê duyệt quy hoạcb sử dụrg đất của huyện", "2020-01-05")},
       ""},
      {__LINE__,
       {claim("x", true, long_title.c_str(), "2020-01-05"), claim("x", true, "", "2020-01-05")},
       ""},
      {__LINE__,
       {claim("x", true, "VỀ VIỆC Phê duyệt", "2020-01-05"),
        claim("x", true, "Về việc phê duyệt", "2020-01-05")},
       ""},
      // Other documents say no more of it than its title, or its year.
      {__LINE__,
       {claim("x", true, "Phê duyệt quy hoạch", "2020-01-05"),
        claim("y", false, "Quyết định số 12", "2020-01-05")},
       ""},
      {__LINE__, {claim("x", true, "Phê duyệt quy hoạch", "2020-01-05"), claim("y", false, "", "2020")}, ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    std::string codes;
    for (const GraphFinding& one : check_graph(CitationGraph::build({}, {}), row.claims))
      codes += one.code + " ";
    EXPECT_EQ(codes, row.codes);
  }
}

TEST(Groups, CommunitiesAndHubs) {
  const auto cites = [](const char* a, const char* b) { return edge(a, b, Relation::kCites); };
  const CitationGraph graph = CitationGraph::build({}, {cites("a", "b"), cites("b", "c"), cites("a", "c"),
                                                        cites("x", "y"), cites("y", "z"), cites("x", "z")});
  ASSERT_EQ(graph.communities().groups.size(), 2u);
  EXPECT_EQ(graph.communities().groups[0], (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(graph.cycles().empty());
  EXPECT_EQ(graph.hubs(1)[0].node.id, "c");
  EXPECT_EQ(graph.missing(9).size(), 0u) << "without number or title there is nothing to look for";
}

// Laws that everybody cites, and fields (lĩnh vực) whose documents cite each other three times as often as
// others: the fields are found, not one group around the laws.
TEST(Groups, FieldsAreFoundBesideLawsThatEverybodyCites) {
  constexpr int kFields = 12, kDocuments = 60, kLaws = 3;
  std::uint64_t state = 20240110;
  const auto next = [&](std::uint64_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int>((state >> 33) % below);
  };
  const auto name = [](int field, int i) { return "f" + std::to_string(field) + "-" + std::to_string(i); };
  std::vector<GraphEdge> edges;
  for (int field = 0; field < kFields; ++field) {
    for (int i = 1; i < kDocuments; ++i) {
      for (int law = 0; law < kLaws; ++law)
        edges.push_back(edge(name(field, i), "law" + std::to_string(law), Relation::kLegalBasis));
      for (int c = 0; c < 6; ++c)
        edges.push_back(
            edge(name(field, i), name(field, next(static_cast<std::uint64_t>(i))), Relation::kCites));
      for (int c = 0; c < 2; ++c)
        edges.push_back(edge(name(field, i), name(next(kFields), next(kDocuments)), Relation::kCites));
    }
  }
  const CitationGraph graph = CitationGraph::build({}, edges);
  const Communities found = graph.communities();
  EXPECT_GT(found.modularity, 0.4);
  EXPECT_LT(found.modularity, 1.0);
  ASSERT_GE(found.groups.size(), static_cast<std::size_t>(kFields));
  EXPECT_LE(found.groups.size(), static_cast<std::size_t>(kFields) + 3);
  // Of each group nearly all are of one field, and each field has its group.
  std::size_t right = 0;
  std::map<std::string, std::size_t> best;
  for (const std::vector<std::string>& group : found.groups) {
    std::map<std::string, std::size_t> of;
    for (const std::string& id : group)
      if (id[0] == 'f') ++of[id.substr(0, id.find('-'))];
    const auto most = std::max_element(of.begin(), of.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == of.end()) continue;
    best[most->first] = std::max(best[most->first], most->second);
  }
  for (const auto& [field, count] : best) right += count;
  EXPECT_EQ(best.size(), static_cast<std::size_t>(kFields));
  EXPECT_GT(right, static_cast<std::size_t>(kFields * kDocuments * 95 / 100));
  EXPECT_EQ(graph.communities().groups, found.groups);
}

TEST(Groups, NoEdgesNoCommunities) {
  EXPECT_TRUE(CitationGraph::build({}, {}).communities().groups.empty());
  EXPECT_TRUE(CitationGraph::build({node("a", ""), node("b", "")}, {}).communities().groups.empty());
  const Communities pair = CitationGraph::build({}, {edge("a", "b", Relation::kCites)}).communities();
  ASSERT_EQ(pair.groups.size(), 1u);
  EXPECT_EQ(pair.modularity, 0);
}

// Asked one node at a time from both ends, the chain is the one that the whole graph gives.
TEST(Path, TheSameAsInTheWholeGraph) {
  std::uint64_t state = 7;
  const auto next = [&](std::uint64_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state >> 33) % below;
  };
  std::size_t chains = 0, none = 0, longest = 0;
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    const std::uint64_t nodes = 5 + next(60), count = nodes * (1 + next(3));
    std::vector<GraphEdge> edges;
    for (std::uint64_t i = 0; i < count; ++i) {
      constexpr Relation kSome[] = {Relation::kCites, Relation::kAmends, Relation::kLegalBasis};
      edges.push_back(edge("n" + std::to_string(next(nodes)), "n" + std::to_string(next(nodes)),
                           kSome[next(3)], next(4) == 0 ? Modality::kPlanned : Modality::kEnacted,
                           next(2) == 0 ? "" : std::to_string(next(9))));
    }
    const CitationGraph graph = CitationGraph::build({}, edges);
    GraphSource source = source_of(graph);
    for (int asked = 0; asked < 60; ++asked) {
      if (asked == 30) {
        source.cited_by_count = [&](const std::string& id, std::size_t most) -> Result<std::size_t> {
          return std::min(graph.cited_by(id).size(), most);
        };
      }
      const std::string from = graph.nodes()[next(graph.node_count())].id;
      const std::string to = graph.nodes()[next(graph.node_count())].id;
      SCOPED_TRACE(from + " to " + to);
      const auto whole = graph.shortest_path(from, to), found = shortest_path(source, from, to);
      ASSERT_TRUE(whole && found);
      ASSERT_EQ(found->size(), whole->size());
      for (std::size_t i = 0; i < whole->size(); ++i) {
        EXPECT_EQ((*found)[i].source, (*whole)[i].source);
        EXPECT_EQ((*found)[i].target, (*whole)[i].target);
        EXPECT_EQ((*found)[i].relation, (*whole)[i].relation);
        EXPECT_EQ((*found)[i].modality, (*whole)[i].modality);
        EXPECT_EQ((*found)[i].pinpoint, (*whole)[i].pinpoint);
      }
      ++(whole->empty() ? none : chains);
      longest = std::max(longest, whole->size());
    }
  }
  EXPECT_GT(chains, 1000u);
  EXPECT_GT(none, 300u);
  EXPECT_GE(longest, 8u);
  const CitationGraph law = state_of_law();
  EXPECT_EQ(shortest_path(source_of(law), "decree", "none").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(shortest_path(source_of(law), "none", "decree").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace vanban
