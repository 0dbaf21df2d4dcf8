// The shortest chain of citations, asked of a source one node at a time, from both ends.

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "vanban/link/questions.h"

namespace vanban {
namespace {

// A document cites about so many others; how many cite it says GraphSource::cited_by_count.
constexpr std::size_t kUsualCitations = 10;

// All nodes within a distance of one end.
struct Ball {
  std::unordered_set<std::string> seen;
  std::vector<std::vector<std::string>> levels;  // by distance, ids in order
  // Of each node but those of the last level, where its edges lead one level further out.
  std::unordered_map<std::string, std::vector<std::string>> outward;

  explicit Ball(const std::string& centre) : seen{centre}, levels{{centre}} {}
  const std::vector<std::string>& edge() const { return levels.back(); }
};

class Search {
 public:
  Search(const GraphSource& source, const std::string& from, const std::string& to)
      : source_(source), from_(from), to_(to) {}

  Result<std::vector<GraphEdge>> run() {
    std::vector<std::string> meeting;
    while (meeting.empty()) {
      if (from_.edge().empty() || to_.edge().empty()) return std::vector<GraphEdge>();
      Result<bool> backwards = backwards_is_cheaper();
      if (!backwards) return backwards.error();
      Ball& grows = *backwards ? to_ : from_;
      const Ball& other = *backwards ? from_ : to_;
      Result<void> grown = grow(grows, *backwards);
      if (!grown) return grown.error();
      // One level at a time, so what meets first meets at the smallest sum of distances.
      for (const std::string& id : grows.edge())
        if (other.seen.contains(id)) meeting.push_back(id);
    }
    return edges_of(chain(meeting));
  }

 private:
  Result<bool> backwards_is_cheaper() {
    const std::size_t forwards = from_.edge().size() * kUsualCitations;
    if (!source_.cited_by_count) return to_.edge().size() * kUsualCitations < forwards;
    std::size_t backwards = 0;
    for (const std::string& id : to_.edge()) {
      Result<std::size_t> count = source_.cited_by_count(id, forwards);
      if (!count) return count.error();
      backwards += *count;
      if (backwards >= forwards) return false;
    }
    return true;
  }

  Result<void> grow(Ball& ball, bool backwards) {
    std::vector<std::string> next;
    for (const std::string& id : ball.edge()) {
      Result<std::vector<GraphEdge>> edges = backwards ? source_.cited_by(id) : source_.cites(id);
      if (!edges) return edges.error();
      std::vector<std::string>& outward = ball.outward[id];
      for (GraphEdge& edge : *edges) outward.push_back(std::move(backwards ? edge.source : edge.target));
      std::sort(outward.begin(), outward.end());
      outward.erase(std::unique(outward.begin(), outward.end()), outward.end());
      // What is nearer already, or as near, is no step outward.
      std::erase_if(outward, [&](const std::string& one) { return ball.seen.contains(one); });
      next.insert(next.end(), outward.begin(), outward.end());
    }
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    ball.seen.insert(next.begin(), next.end());
    ball.levels.push_back(std::move(next));
    return {};
  }

  // The ids of the first of the shortest chains. What meets lies on the outermost level of both balls.
  std::vector<std::string> chain(std::vector<std::string> meeting) const {
    // From `from` on, only steps that lead to what meets.
    std::vector<std::unordered_set<std::string>> good(from_.levels.size());
    good.back().insert(meeting.begin(), meeting.end());
    for (std::size_t level = from_.levels.size() - 1; level-- > 0;) {
      for (const std::string& id : from_.levels[level]) {
        const std::vector<std::string>& outward = from_.outward.at(id);
        if (std::any_of(outward.begin(), outward.end(),
                        [&](const std::string& one) { return good[level + 1].contains(one); }))
          good[level].insert(id);
      }
    }
    std::vector<std::string> ids{from_.levels.front().front()};
    for (std::size_t level = 1; level < from_.levels.size(); ++level) {
      const std::vector<std::string>& outward = from_.outward.at(ids.back());
      ids.push_back(*std::find_if(outward.begin(), outward.end(),
                                  [&](const std::string& one) { return good[level].contains(one); }));
    }
    // Behind it, each step leads one level inward.
    std::unordered_map<std::string, std::string> inward;  // the first of those that it leads to
    std::unordered_set<std::string> on_way{ids.back()};
    for (std::size_t level = to_.levels.size() - 1; level-- > 0;) {
      std::unordered_set<std::string> next;
      for (const std::string& id : to_.levels[level]) {  // in the order of ids
        for (const std::string& one : to_.outward.at(id)) {
          if (!on_way.contains(one)) continue;
          inward.try_emplace(one, id);
          next.insert(id);
        }
      }
      on_way = std::move(next);
    }
    for (std::size_t level = to_.levels.size() - 1; level-- > 0;) ids.push_back(inward.at(ids.back()));
    return ids;
  }

  Result<std::vector<GraphEdge>> edges_of(const std::vector<std::string>& ids) const {
    const auto key = [](const GraphEdge& edge) {
      const Pinpoint& p = edge.pinpoint;
      return std::tie(edge.relation, edge.modality, p.part, p.chapter, p.section, p.article, p.clause,
                      p.point, p.appendix);
    };
    std::vector<GraphEdge> path;
    for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
      Result<std::vector<GraphEdge>> edges = source_.cites(ids[i]);
      if (!edges) return edges.error();
      const GraphEdge* best = nullptr;
      for (const GraphEdge& edge : *edges) {
        if (edge.target == ids[i + 1] && (best == nullptr || key(edge) < key(*best))) best = &edge;
      }
      if (best == nullptr) return make_error(ErrorCode::kInternal, "the graph changed while it was asked");
      path.push_back(*best);
    }
    return path;
  }

  const GraphSource& source_;
  Ball from_, to_;
};

}  // namespace

Result<std::vector<GraphEdge>> shortest_path(const GraphSource& source, const std::string& from,
                                             const std::string& to) {
  for (const std::string* id : {&from, &to}) {
    Result<std::optional<GraphNode>> node = source.node(*id);
    if (!node) return node.error();
    if (!*node) return make_error(ErrorCode::kNotFound, "not in the graph: " + *id);
  }
  if (from == to) return std::vector<GraphEdge>();
  return Search(source, from, to).run();
}

}  // namespace vanban
