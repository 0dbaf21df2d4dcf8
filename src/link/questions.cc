#include "vanban/link/questions.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace vanban {
namespace {

bool wanted(const WalkRule& rule, const GraphEdge& edge) {
  if (rule.enacted_only && edge.modality == Modality::kPlanned) return false;
  return rule.relations.empty() ||
         std::find(rule.relations.begin(), rule.relations.end(), edge.relation) != rule.relations.end();
}

// -1 surely before or on the day, 1 surely after, 0 cannot be told.
int side_of(const PartialDate& date, const PartialDate& day) {
  if (!date.known() || !day.known()) return 0;
  if (date.year != day.year) return date.year < day.year ? -1 : 1;
  if (date.month == 0 || day.month == 0) return 0;
  if (date.month != day.month) return date.month < day.month ? -1 : 1;
  if (date.day == 0 || day.day == 0) return 0;
  return date.day <= day.day ? -1 : 1;
}

GraphNode node_or_id(const GraphSource& source, const std::string& id, std::optional<Error>& failed) {
  Result<std::optional<GraphNode>> node = source.node(id);
  if (!node) {
    failed = node.error();
    return {};
  }
  if (*node) return std::move(**node);
  GraphNode bare;
  bare.id = id;
  return bare;
}

}  // namespace

GraphSource source_of(const CitationGraph& graph) {
  return {[&graph](const std::string& id) -> Result<std::vector<GraphEdge>> { return graph.cites(id); },
          [&graph](const std::string& id) -> Result<std::vector<GraphEdge>> { return graph.cited_by(id); },
          [&graph](const std::string& id) -> Result<std::optional<GraphNode>> {
            const GraphNode* node = graph.find(id);
            return node == nullptr ? std::optional<GraphNode>() : std::optional<GraphNode>(*node);
          }};
}

Result<std::vector<WalkStep>> walk(const GraphSource& source, const std::string& start,
                                   const WalkRule& rule) {
  std::vector<WalkStep> steps;
  std::set<std::string> seen{start};
  std::vector<std::string> front{start};
  std::optional<Error> failed;
  for (std::size_t depth = 1; depth <= rule.depth && !front.empty(); ++depth) {
    std::set<std::string> next;
    for (const std::string& id : front) {
      Result<std::vector<GraphEdge>> edges = rule.backwards ? source.cited_by(id) : source.cites(id);
      if (!edges) return edges.error();
      for (GraphEdge& edge : *edges) {
        if (!wanted(rule, edge)) continue;
        if (steps.size() >= rule.limit) return steps;
        const std::string reached = rule.backwards ? edge.source : edge.target;
        GraphNode node = node_or_id(source, reached, failed);
        if (failed) return *failed;
        steps.push_back({depth, std::move(edge), std::move(node)});
        if (seen.insert(reached).second) next.insert(reached);
      }
    }
    front.assign(next.begin(), next.end());
  }
  return steps;
}

WalkRule basis_rule() {
  WalkRule rule;
  rule.relations = {Relation::kLegalBasis, Relation::kAttachedTo, Relation::kPartOf};
  rule.enacted_only = true;
  rule.depth = 50;
  return rule;
}

WalkRule implements_rule() {
  WalkRule rule;
  rule.backwards = true;
  rule.relations = {Relation::kGuides, Relation::kImplements, Relation::kAssignedIn, Relation::kAttachedTo,
                    Relation::kPartOf};
  rule.enacted_only = true;
  rule.depth = 50;
  return rule;
}

WalkRule impact_rule() {
  WalkRule rule = implements_rule();
  rule.relations.push_back(Relation::kLegalBasis);
  return rule;
}

std::string_view validity_name(Validity validity) {
  switch (validity) {
    case Validity::kInForce:
      return "in_force";
    case Validity::kAmended:
      return "amended";
    case Validity::kEnded:
      return "ended";
    case Validity::kNotIssued:
      return "not_issued";
  }
  return {};
}

Result<ValidityReport> validity_of(const GraphSource& source, const std::string& id,
                                   const PartialDate& as_of) {
  ValidityReport report;
  Result<std::optional<GraphNode>> node = source.node(id);
  if (!node) return node.error();
  if (!*node) return make_error(ErrorCode::kNotFound, "not in the graph: " + id);
  report.document = std::move(**node);
  bool ended = false, amended = false;
  // The document itself, then what it is attached to or part of, and so on up.
  std::set<std::string> seen{id};
  std::vector<std::string> subjects{id};
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const std::string subject = subjects[i];
    Result<std::vector<GraphEdge>> edges = source.cited_by(subject);
    if (!edges) return edges.error();
    for (const GraphEdge& edge : *edges) {
      const bool ends = edge.relation == Relation::kReplaces || edge.relation == Relation::kRepeals;
      if (edge.modality == Modality::kPlanned || (!ends && edge.relation != Relation::kAmends) ||
          edge.source == subject)
        continue;
      Result<std::optional<GraphNode>> by = source.node(edge.source);
      if (!by) return by.error();
      ValidityEvent event;
      event.relation = edge.relation;
      event.subject = subject;
      event.pinpoint = edge.pinpoint;
      if (*by) event.by = std::move(**by);
      event.by.id = edge.source;
      const int side = side_of(event.by.date, as_of);
      if (side > 0) continue;
      event.certain = side < 0;
      if (event.certain) {
        const bool whole = edge.pinpoint.empty();
        ended = ended || (ends && whole);
        amended = amended || (i == 0 && (!ends || !whole));
      }
      report.events.push_back(std::move(event));
    }
    Result<std::vector<GraphEdge>> up = source.cites(subject);
    if (!up) return up.error();
    for (const GraphEdge& edge : *up) {
      const bool parent = edge.relation == Relation::kAttachedTo || edge.relation == Relation::kPartOf;
      if (parent && edge.modality == Modality::kEnacted && seen.insert(edge.target).second)
        subjects.push_back(edge.target);
    }
  }
  std::sort(report.events.begin(), report.events.end(), [](const ValidityEvent& a, const ValidityEvent& b) {
    return std::tie(a.by.date, a.by.id, a.subject, a.relation, a.pinpoint.article, a.pinpoint.clause,
                    a.pinpoint.point) < std::tie(b.by.date, b.by.id, b.subject, b.relation,
                                                 b.pinpoint.article, b.pinpoint.clause, b.pinpoint.point);
  });
  report.validity = ended ? Validity::kEnded : amended ? Validity::kAmended : Validity::kInForce;
  if (side_of(report.document.date, as_of) > 0) report.validity = Validity::kNotIssued;
  return report;
}

}  // namespace vanban
