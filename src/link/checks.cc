#include "vanban/link/checks.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "vanban/lexicon/identity.h"
#include "vanban/link/questions.h"

namespace vanban {
namespace {

bool rests_on(Relation relation) {
  return relation == Relation::kLegalBasis || relation == Relation::kImplements ||
         relation == Relation::kGuides || relation == Relation::kAssignedIn;
}

// The day before `date`, as far as an end on the very day of citing is none yet: a new decree often cites the
// one that it replaces.
bool surely_before(const PartialDate& a, const PartialDate& b) {
  if (!a.full() || !b.full()) return a.known() && b.known() && a.year < b.year;
  return a < b;
}

void check_citations(const CitationGraph& graph, std::vector<GraphFinding>& found) {
  std::map<std::string, PartialDate> ended;  // whole documents, by their first end
  std::map<std::string, std::string> ended_by;
  std::map<std::string, std::set<std::string>> citing;
  graph.each_edge([&](const GraphEdge& edge) {
    citing[edge.target].insert(edge.source);
    const bool ends = edge.relation == Relation::kReplaces || edge.relation == Relation::kRepeals;
    const GraphNode* by = graph.find(edge.source);
    if (!ends || edge.modality == Modality::kPlanned || !edge.pinpoint.empty() || by == nullptr ||
        !by->date.known())
      return;
    const auto [place, fresh] = ended.try_emplace(edge.target, by->date);
    if (fresh || by->date < place->second) {
      place->second = by->date;
      ended_by[edge.target] = edge.source;
    }
  });
  graph.each_edge([&](const GraphEdge& edge) {
    if (!rests_on(edge.relation) || edge.modality == Modality::kPlanned) return;
    const GraphNode* source = graph.find(edge.source);
    const GraphNode* target = graph.find(edge.target);
    if (const auto end = ended.find(edge.target);
        end != ended.end() && surely_before(end->second, source->date)) {
      found.push_back({"cites-ended", edge.source, edge.target,
                       "ended " + to_iso(end->second) + " by " + ended_by[edge.target] + ", cited " +
                           to_iso(source->date)});
    }
    if (edge.relation != Relation::kLegalBasis || target->held) return;
    const bool open = edge.target.rfind("local:", 0) == 0;
    if (open || citing[edge.target].size() < 2) {
      found.push_back(
          {"unknown-basis", edge.source, edge.target,
           open ? "the number could not be told apart" : "not held, and no other document cites it"});
    }
  });
}

void check_claims(const std::vector<NodeClaim>& claims, std::vector<GraphFinding>& found) {
  std::map<std::string, std::vector<const NodeClaim*>> by_id;
  for (const NodeClaim& one : claims) by_id[one.id].push_back(&one);
  for (const auto& [id, all] : by_id) {
    std::map<std::string, std::string> dates, selves;  // what is said -> the first document that says it
    for (const NodeClaim* one : all) {
      if (one->date.full()) {
        auto [place, fresh] = dates.try_emplace(to_iso(one->date), one->document);
        if (!fresh) place->second = std::min(place->second, one->document);
      }
      if (one->self) selves.try_emplace(to_iso(one->date) + " " + slug(one->title), one->title);
    }
    const auto said = [](const std::map<std::string, std::string>& values, bool with_document) {
      std::string text;
      for (const auto& [value, document] : values) {
        text += (text.empty() ? "" : "; ") +
                (with_document ? value + " (" + document + ")" : value.substr(0, 10) + " " + document);
      }
      return text;
    };
    if (selves.size() > 1) found.push_back({"same-number", id, id, said(selves, false)});
    if (dates.size() > 1) found.push_back({"dates-differ", dates.rbegin()->second, id, said(dates, true)});
  }
}

}  // namespace

std::vector<GraphFinding> check_graph(const CitationGraph& graph, const std::vector<NodeClaim>& claims) {
  std::vector<GraphFinding> found;
  check_citations(graph, found);
  check_claims(claims, found);
  for (const std::vector<std::string>& cycle : graph.cycles()) {
    std::string members;
    for (const std::string& id : cycle) members += (members.empty() ? "" : " ") + id;
    found.push_back({"citation-cycle", cycle.front(), members, std::to_string(cycle.size()) + " documents"});
  }
  const auto key = [](const GraphFinding& one) {
    return std::tie(one.code, one.document, one.target, one.detail);
  };
  std::sort(found.begin(), found.end(),
            [&](const GraphFinding& a, const GraphFinding& b) { return key(a) < key(b); });
  found.erase(std::unique(found.begin(), found.end(),
                          [&](const GraphFinding& a, const GraphFinding& b) { return key(a) == key(b); }),
              found.end());
  return found;
}

}  // namespace vanban
