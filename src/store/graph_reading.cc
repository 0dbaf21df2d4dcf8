// The citation graph as it is asked: one node, its edges, the whole as rows, what is known under a number.

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>
#include <unordered_map>

#include "store/reading.h"
#include "store/values.h"
#include "vanban/lexicon/number_key.h"

namespace vanban::store {
namespace {

constexpr std::string_view kTitle = "title:";
// What no active document says does not count. Joins are CROSS: their order is the one written.
// How many documents say so, as far as it matters.
constexpr char kHowMany[] =
    " (SELECT count(*) FROM (SELECT 1 FROM graph_says t WHERE t.claim = c.key LIMIT 50))";
constexpr char kSaid[] =
    " EXISTS (SELECT 1 FROM graph_says s CROSS JOIN documents d ON d.key = s.document"
    " WHERE s.claim = c.key AND d.active = 1)";

DocumentType type_of(const std::string& name) {
  return document_type_from_name(name).value_or(DocumentType::kOther);
}
Modality modality_of(const std::string& name) {
  return name == modality_name(Modality::kPlanned) ? Modality::kPlanned : Modality::kEnacted;
}
PartialDate date_of(const std::string& iso) { return partial_date_from_iso(iso).value_or(PartialDate{}); }

// "2021" and "2021-12-06" of one document: the one that says more; where they contradict, the earlier.
PartialDate fuller(const PartialDate& a, const PartialDate& b) {
  const auto precision = [](const PartialDate& date) {
    return (date.year != 0) + (date.month != 0) + (date.day != 0);
  };
  if (precision(a) != precision(b)) return precision(a) > precision(b) ? a : b;
  return std::min(a, b);
}

// "/vn/chinh-phu/decree/2021/107-nd-cp" -> 2021; 0: none.
int year_of_id(const std::string& id) {
  const std::size_t last = id.rfind('/');
  if (last == std::string::npos || last < 5 || id[last - 5] != '/') return 0;
  int year = 0;
  for (std::size_t i = last - 4; i < last; ++i) {
    if (id[i] < '0' || id[i] > '9') return 0;
    year = year * 10 + (id[i] - '0');
  }
  return year;
}

// "107/2021/NĐ-CP"
bool has_year(std::string_view number) {
  for (std::size_t at = number.find('/'); at != std::string_view::npos && at + 5 < number.size();
       at = number.find('/', at + 1)) {
    const std::string_view year = number.substr(at + 1, 4);
    if (number[at + 5] == '/' && year.find_first_not_of("0123456789") == std::string_view::npos) return true;
  }
  return false;
}

// What is said of one node becomes one node, field by field: a held document's own word first, else what most
// documents say, of equals the first in order. So any order of `add` gives the same.
class NodeFold {
 public:
  void add(GraphNode& into, GraphNode&& one, int said) {
    const bool own = one.held;
    // A mention's day of another year than its number is a slip: the checks show it, the node does not have
    // it.
    if (const int year = year_of_id(one.id); year != 0 && !own && one.date.year != year)
      one.date = {year, 0, 0};
    if (into.id.empty()) into.id = std::move(one.id);
    const int weight = said + (own ? kOwn : 0);
    take(into.number, number_, std::move(one.number), weight + (has_year(one.number) ? kYear : 0));
    take(into.title, title_, std::move(one.title), weight);
    take(into.issuer, issuer_, std::move(one.issuer), weight);
    if (one.type != DocumentType::kOther && (weight > type_ || (weight == type_ && one.type < into.type))) {
      into.type = one.type;
      type_ = weight;
    }
    if (own && one.date.full() && !(own_date_ && into.date < one.date)) {
      into.date = one.date;
      own_date_ = true;
    } else if (!own_date_) {
      into.date = fuller(into.date, one.date);
    }
    into.held = into.held || own;
  }

 private:
  static constexpr int kOwn = 1'000'000;
  static constexpr int kYear = 1'000;  // a number with its year tells more than one without

  static void take(std::string& into, int& weight, std::string&& value, int its) {
    if (value.empty() || its < weight || (its == weight && into <= value)) return;
    into = std::move(value);
    weight = its;
  }

  int number_ = 0, title_ = 0, issuer_ = 0, type_ = 0;
  bool own_date_ = false;
};

// Columns from `first` on: self, type, number, date, title, issuer.
GraphNode claimed(const Query& row, std::string id, int first) {
  GraphNode node;
  node.id = std::move(id);
  node.held = row.integer(first) != 0;
  node.type = type_of(row.text(first + 1));
  node.number = row.text(first + 2);
  node.date = date_of(row.text(first + 3));
  node.title = row.text(first + 4);
  node.issuer = row.text(first + 5);
  return node;
}

// Rows of one id become one: the document's own word before others', the fullest date, then the first in
// order. So the answer follows from the set of rows alone.
void join(KnownDocument& into, const KnownDocument& other) {
  const auto rank = [](const KnownDocument& one) {
    return std::make_tuple(!one.held, !one.date.full(), !one.date.known());
  };
  const bool first = std::make_tuple(rank(other), other.date, other.number, other.issuer) <
                     std::make_tuple(rank(into), into.date, into.number, into.issuer);
  const bool held = into.held || other.held;
  if (first) into = other;
  into.held = held;
}

// A vector by key, where keys are small and dense.
template <class Value>
Value& at_key(std::vector<Value>& values, std::int64_t key, const Value& none) {
  const auto index = static_cast<std::size_t>(key);
  if (index >= values.size()) values.resize(index + 1, none);
  return values[index];
}

}  // namespace

std::vector<KnownDocument> known_documents(Connection& database, const std::string& key) {
  if (key.empty()) return {};
  const bool by_title = key.compare(0, kTitle.size(), kTitle) == 0;
  Query query = database.query(
      by_title ? std::string("SELECT d.id, 1, d.type, d.number, d.date, coalesce(a.name, '') FROM documents d"
                             " LEFT JOIN agencies a ON a.key = d.issuer"
                             " WHERE d.title_key = ? AND d.title_key <> '' AND d.active = 1 ORDER BY d.id")
               : std::string("SELECT i.id, c.self, c.type, c.number, c.date, c.issuer FROM graph_claims c"
                             " CROSS JOIN graph_ids i ON i.key = c.node"
                             " WHERE c.number_key = ? AND c.number_key <> '' AND c.whole = 1 AND") +
                     kSaid + " ORDER BY i.id");
  query.bind(key);
  std::vector<KnownDocument> known;
  while (query.step()) {
    KnownDocument one{query.text(0),          type_of(query.text(2)), query.text(3),
                      date_of(query.text(4)), query.text(5),          query.integer(1) != 0};
    if (!known.empty() && known.back().id == one.id) {
      join(known.back(), one);
    } else {
      known.push_back(std::move(one));
    }
  }
  return known;
}

std::vector<std::string> node_ids(Connection& database, const std::string& number) {
  const NumberLookup found = number_lookup(number);
  {
    Query query = database.query(
        std::string("SELECT i.id FROM graph_ids i CROSS JOIN graph_claims c ON c.node = i.key WHERE i.id = ? "
                    "AND") +
        kSaid + " LIMIT 1");
    query.bind(number);
    if (query.step()) return {query.text(0)};
  }
  if (found.key.empty()) return {};
  // A mention that could not be told apart is no document of its own where there is one of this number.
  for (const bool whole : {true, false}) {
    Query query = database.query(
        std::string("SELECT i.id, c.number, c.date FROM graph_claims c CROSS JOIN graph_ids i ON i.key = "
                    "c.node WHERE c.number_key = ? AND c.number_key <> '' AND c.whole = ? AND") +
        kSaid);
    query.bind(found.key, whole);
    std::set<std::string> ids;
    while (query.step()) {
      // A year that was typed must be the number's own, or where it has none the date's.
      int year = number_lookup(query.text(1)).year;
      if (year == 0) year = date_of(query.text(2)).year;
      if (found.year != 0 && year != 0 && found.year != year) continue;
      ids.insert(query.text(0));
    }
    if (!ids.empty()) return {ids.begin(), ids.end()};
  }
  return {};
}

GraphRows read_graph(Connection& database) {
  constexpr std::uint32_t kUnknown = std::numeric_limits<std::uint32_t>::max();
  GraphRows graph;
  std::vector<std::uint32_t> node_of;  // by key of graph_ids
  {
    // Claims that only manifestations which are not active make are few: they are told apart by name.
    Query query = database.query(
        std::string("SELECT i.key, i.id, c.self, c.type, c.number, c.date, c.title, c.issuer,") + kHowMany +
        std::string(
            " FROM graph_claims c"
            " CROSS JOIN graph_ids i ON i.key = c.node WHERE c.key NOT IN (SELECT o.claim FROM documents x"
            " CROSS JOIN graph_says o ON o.document = x.key WHERE x.active = 0) OR") +
        kSaid);
    std::vector<NodeFold> folds;
    while (query.step()) {
      std::uint32_t& place = at_key(node_of, query.integer(0), kUnknown);
      if (place == kUnknown) {
        place = static_cast<std::uint32_t>(graph.nodes.size());
        graph.nodes.emplace_back();
        folds.emplace_back();
      }
      folds[place].add(graph.nodes[place], claimed(query, query.text(1), 2), query.small(8));
    }
  }
  std::vector<std::uint32_t> source_of;  // by key of documents
  {
    Query query =
        database.query("SELECT key, node FROM documents INDEXED BY documents_graph WHERE active = 1");
    while (query.step())
      at_key(source_of, query.integer(0), kUnknown) = at_key(node_of, query.integer(1), kUnknown);
  }
  std::vector<std::pair<Relation, Modality>> kinds;
  {
    Query query = database.query("SELECT key, relation, modality FROM graph_kinds");
    while (query.step()) {
      at_key(kinds, query.integer(0), {Relation::kCites, Modality::kEnacted}) = {
          relation_from_name(query.text(1)).value_or(Relation::kCites), modality_of(query.text(2))};
    }
  }
  std::vector<std::uint32_t> pinpoint_of;
  {
    graph.pinpoints.emplace_back();
    Query query = database.query("SELECT key, pinpoint FROM graph_pinpoints");
    while (query.step()) {
      Pinpoint pinpoint = pinpoint_from_json(query.text(1));
      at_key(pinpoint_of, query.integer(0), 0U) =
          pinpoint.empty() ? 0 : static_cast<std::uint32_t>(graph.pinpoints.size());
      if (!pinpoint.empty()) graph.pinpoints.push_back(std::move(pinpoint));
    }
  }
  Query query = database.query("SELECT document, target, kind, pinpoint, count FROM graph_edges");
  while (query.step()) {
    const std::uint32_t source = at_key(source_of, query.integer(0), kUnknown);
    if (source == kUnknown) continue;
    const std::int64_t key = query.integer(1);
    if (at_key(node_of, key, kUnknown) == kUnknown) {  // nobody says anything of it: its id alone
      Query bare = database.query("SELECT id FROM graph_ids WHERE key = ?");
      bare.bind(key);
      if (!bare.step()) continue;
      node_of[static_cast<std::size_t>(key)] = static_cast<std::uint32_t>(graph.nodes.size());
      graph.nodes.emplace_back().id = bare.text(0);
    }
    GraphRow row;
    row.source = source;
    row.target = node_of[static_cast<std::size_t>(key)];
    std::tie(row.relation, row.modality) =
        at_key(kinds, query.integer(2), {Relation::kCites, Modality::kEnacted});
    row.pinpoint = at_key(pinpoint_of, query.integer(3), 0U);
    row.count = query.small(4);
    graph.rows.push_back(row);
  }
  return graph;
}

std::optional<GraphNode> read_node(Connection& database, const std::string& id) {
  Query query = database.query(
      std::string("SELECT c.self, c.type, c.number, c.date, c.title, c.issuer,") + kHowMany +
      " FROM graph_ids i CROSS JOIN graph_claims c ON c.node = i.key WHERE i.id = ? AND" + kSaid);
  query.bind(id);
  GraphNode node;
  NodeFold fold;
  while (query.step()) fold.add(node, claimed(query, id, 0), query.small(6));
  if (node.id.empty()) return std::nullopt;
  return node;
}

std::vector<GraphEdge> read_edges(Connection& database, const std::string& id, bool from) {
  Query query = database.query(
      std::string("SELECT other.id, k.relation, k.modality, p.pinpoint, e.count FROM ") +
      (from ? "documents d CROSS JOIN graph_edges e ON e.document = d.key"
              " CROSS JOIN graph_ids other ON other.key = e.target"
            : "graph_ids i CROSS JOIN graph_edges e ON e.target = i.key"
              " CROSS JOIN documents other ON other.key = e.document AND other.active = 1") +
      " CROSS JOIN graph_kinds k ON k.key = e.kind CROSS JOIN graph_pinpoints p ON p.key = e.pinpoint" +
      (from ? " WHERE d.id = ? AND d.active = 1" : " WHERE i.id = ?"));
  query.bind(id);
  struct Row {
    std::string other, relation, modality, pinpoint;
    int count;
  };
  std::vector<Row> rows;
  while (query.step())
    rows.push_back({query.text(0), query.text(1), query.text(2), query.text(3), query.small(4)});
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tie(a.other, a.relation, a.modality, a.pinpoint) <
           std::tie(b.other, b.relation, b.modality, b.pinpoint);
  });
  std::vector<GraphEdge> edges;
  edges.reserve(rows.size());
  for (Row& row : rows) {
    GraphEdge edge;
    edge.source = from ? id : std::move(row.other);
    edge.target = from ? std::move(row.other) : id;
    edge.relation = relation_from_name(row.relation).value_or(Relation::kCites);
    edge.modality = modality_of(row.modality);
    edge.pinpoint = pinpoint_from_json(row.pinpoint);
    edge.count = row.count;
    edges.push_back(std::move(edge));
  }
  return edges;
}

std::size_t count_edges_to(Connection& database, const std::string& id, std::size_t most) {
  Query query = database.query(
      "SELECT count(*) FROM (SELECT 1 FROM graph_ids i CROSS JOIN graph_edges e ON e.target = i.key"
      " WHERE i.id = ? LIMIT ?)");
  query.bind(id, most);
  return query.step() ? static_cast<std::size_t>(query.integer(0)) : 0;
}

std::vector<NodeClaim> conflicting_claims(Connection& database) {
  std::vector<NodeClaim> claims;
  Query query = database.query(
      std::string(
          "SELECT i.id, x.id, c.self, c.number, c.title, c.date FROM graph_claims c"
          " JOIN graph_ids i ON i.key = c.node JOIN graph_says y ON y.claim = c.key"
          " JOIN documents x ON x.key = y.document"
          " WHERE (c.self = 1 AND c.node IN (SELECT node FROM documents GROUP BY node HAVING count(*) > 1))"
          " OR (x.active = 1 AND c.node IN (SELECT c.node FROM graph_claims c WHERE length(c.date) = 10 "
          "AND") +
      kSaid + " GROUP BY c.node HAVING count(DISTINCT c.date) > 1)) ORDER BY i.id, x.id, x.content");
  while (query.step()) {
    claims.push_back({query.text(0), query.text(1), query.integer(2) != 0, query.text(3), query.text(4),
                      date_of(query.text(5))});
  }
  return claims;
}

}  // namespace vanban::store
