#include "vanban/link/checks.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <tuple>
#include <utility>

#include "vanban/base/edit_distance.h"
#include "vanban/lexicon/identity.h"
#include "vanban/link/likeness.h"
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

// Documents of one body, type, year and symbol are numbered in the order of their days.
struct Series {
  struct Member {
    long ordinal = 0;
    std::chrono::sys_days day;
    const GraphNode* node = nullptr;
  };
  std::vector<Member> members;  // held, by ordinal
  // For each place among them the two latest before it, and the two earliest from it on: kNobody where there
  // are fewer. So a number is compared with the whole series at once.
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
  using Two = std::array<std::size_t, 2>;
  std::vector<Two> latest_before, earliest_from;
};

std::chrono::sys_days day_of(const PartialDate& date) {
  return std::chrono::year(date.year) / date.month / date.day;
}

// "/vn/chinh-phu/decree/2021/107-nd-cp" -> "/vn/chinh-phu/decree/2021/nd-cp" and 107; 0: no canonical id.
std::pair<std::string, long> series_of(const std::string& id) {
  constexpr std::size_t kMostDigits = 6;
  const std::size_t slash = id.rfind('/');
  if (id.rfind("/vn/", 0) != 0 || slash < 4) return {};
  std::size_t end = slash + 1;
  long ordinal = 0;
  while (end < id.size() && end - slash <= kMostDigits && id[end] >= '0' && id[end] <= '9')
    ordinal = ordinal * 10 + (id[end++] - '0');
  if (end == slash + 1 || end >= id.size() || id[end] != '-') return {};
  return {id.substr(0, slash + 1) + id.substr(end + 1), ordinal};
}

std::map<std::string, Series> held_series(const CitationGraph& graph) {
  std::map<std::string, Series> all;
  for (const GraphNode& node : graph.nodes()) {
    if (!node.held || !node.date.full()) continue;
    auto [key, ordinal] = series_of(node.id);
    if (ordinal != 0) all[std::move(key)].members.push_back({ordinal, day_of(node.date), &node});
  }
  for (auto& [key, series] : all) {
    std::sort(series.members.begin(), series.members.end(),
              [](const Series::Member& a, const Series::Member& b) { return a.ordinal < b.ordinal; });
    const std::vector<Series::Member>& members = series.members;
    const auto with = [&](Series::Two two, std::size_t i, bool later) {
      const auto before = [&](std::size_t a, std::size_t b) {
        return b == Series::kNobody ||
               (later ? members[a].day > members[b].day : members[a].day < members[b].day);
      };
      if (before(i, two[0])) return Series::Two{i, two[0]};
      if (before(i, two[1])) two[1] = i;
      return two;
    };
    constexpr Series::Two kNone{Series::kNobody, Series::kNobody};
    series.latest_before.assign(members.size() + 1, kNone);
    series.earliest_from.assign(members.size() + 1, kNone);
    for (std::size_t i = 0; i < members.size(); ++i)
      series.latest_before[i + 1] = with(series.latest_before[i], i, true);
    for (std::size_t i = members.size(); i-- > 0;)
      series.earliest_from[i] = with(series.earliest_from[i + 1], i, false);
  }
  return all;
}

// What speaks against a basis that is not held; empty: nothing does. Not being held is nothing against it.
std::string against(const GraphNode& basis, const GraphNode& citing,
                    const std::map<std::string, Series>& all) {
  if (basis.date.full() && citing.date.full() && citing.date < basis.date)
    return to_iso(basis.date) + " is later than the citing document's " + to_iso(citing.date);
  if (!basis.date.full()) return {};
  const auto [key, ordinal] = series_of(basis.id);
  const auto series = all.find(key);
  if (ordinal == 0 || series == all.end()) return {};
  // One held document may have a wrong day itself, and a number may be taken weeks before it is used.
  constexpr std::chrono::days kSlack{31};
  constexpr std::size_t kWitnesses = 2;
  const std::chrono::sys_days day = day_of(basis.date);
  const std::vector<Series::Member>& members = series->second.members;
  const auto begin =
      std::lower_bound(members.begin(), members.end(), ordinal,
                       [](const Series::Member& one, long value) { return one.ordinal < value; });
  auto end = begin;
  while (end != members.end() && end->ordinal == ordinal) ++end;
  std::vector<const GraphNode*> witnesses;
  for (const std::size_t i : series->second.latest_before[static_cast<std::size_t>(begin - members.begin())])
    if (i != Series::kNobody && members[i].day > day + kSlack) witnesses.push_back(members[i].node);
  for (const std::size_t i : series->second.earliest_from[static_cast<std::size_t>(end - members.begin())])
    if (i != Series::kNobody && members[i].day + kSlack < day) witnesses.push_back(members[i].node);
  if (witnesses.size() < kWitnesses) return {};
  return "its day " + to_iso(basis.date) + " does not fit its number beside " + witnesses[0]->number +
         " of " + to_iso(witnesses[0]->date) + " and " + witnesses[1]->number + " of " +
         to_iso(witnesses[1]->date);
}

void check_citations(const CitationGraph& graph, std::vector<GraphFinding>& found) {
  std::map<std::string, PartialDate> ended;  // whole documents, by their first end
  std::map<std::string, std::string> ended_by;
  const std::map<std::string, Series> series = held_series(graph);
  graph.each_edge([&](const GraphEdge& edge) {
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
    if (std::string doubt = against(*target, *source, series); !doubt.empty())
      found.push_back({"unknown-basis", edge.source, edge.target, std::move(doubt)});
  });
}

bool is_misread(const std::string& title, const std::string& other) {
  constexpr std::size_t kLongest = 500, kMisread = 10;  // one letter in so many
  if (title.empty()) return true;                       // the file does not say
  const auto digits = [](const std::string& text) {
    std::string out;
    for (const char c : text)
      if (c >= '0' && c <= '9') out += c;
    return out;
  };
  if (title.size() > kLongest || other.size() > kLongest || digits(title) != digits(other))
    return title == other;
  return edit_distance(title, other) * kMisread <= std::max(title.size(), other.size());
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
    }
    // A scan's title with some letters misread is no other title, nor is none; so those that have one come
    // first.
    for (const bool titled : {true, false}) {
      for (const NodeClaim* one : all) {
        const std::string date = to_iso(one->date), title = slug(one->title);
        if (!one->self || title.empty() == titled) continue;
        const bool known = std::any_of(selves.begin(), selves.end(), [&](const auto& self) {
          const std::size_t space = self.first.find(' ');
          return self.first.substr(0, space) == date && is_misread(title, self.first.substr(space + 1));
        });
        if (!known) selves.try_emplace(date + " " + title, one->title);
      }
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

std::optional<GraphFinding> compare_contents(const std::vector<HeldText>& files) {
  std::size_t other = 0;
  for (std::size_t i = 1; i < files.size(); ++i) other += has_other_content(files.front(), files[i]) ? 1 : 0;
  if (other == 0) return std::nullopt;
  const std::string& id = files.front().header.id;
  return GraphFinding{"same-number", id, id,
                      "the text of " + std::to_string(other) + " of its " + std::to_string(files.size()) +
                          " files is another one"};
}

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
