#include "store/reading.h"

#include <algorithm>
#include <tuple>

#include "store/filter.h"
#include "store/values.h"
#include "vanban/lexicon/number_key.h"

namespace vanban::store {
namespace {

DocumentType type_of(const std::string& name) {
  return document_type_from_name(name).value_or(DocumentType::kOther);
}
Modality modality_of(const std::string& name) {
  return name == modality_name(Modality::kPlanned) ? Modality::kPlanned : Modality::kEnacted;
}
// Of what several documents say of one that none of them is, the fullest, and of equals the first in order:
// the answer does not depend on the order of loading.
bool says_more(const GraphNode& a, const GraphNode& b) {
  const auto filled = [](const GraphNode& n) {
    return (n.number.empty() ? 0 : 1) + (n.date.known() ? 1 : 0) + (n.title.empty() ? 0 : 1) +
           (n.issuer.empty() ? 0 : 1) + (n.type == DocumentType::kOther ? 0 : 1);
  };
  if (a.held != b.held) return a.held;
  if (filled(a) != filled(b)) return filled(a) > filled(b);
  return std::tie(a.number, a.date, a.title, a.issuer, a.type) <
         std::tie(b.number, b.date, b.title, b.issuer, b.type);
}

// "2021" and "2021-12-06" of one document: the one that says more; where they contradict, the earlier.
PartialDate fuller(const PartialDate& a, const PartialDate& b) {
  const auto precision = [](const PartialDate& date) {
    return (date.year != 0) + (date.month != 0) + (date.day != 0);
  };
  if (precision(a) != precision(b)) return precision(a) > precision(b) ? a : b;
  return std::min(a, b);
}

// Rows of graph_nodes in the order of their ids, one node for each id.
std::vector<GraphNode> folded_nodes(Query& query) {
  std::vector<GraphNode> nodes;
  while (query.step()) {
    GraphNode node;
    node.id = query.text(0);
    node.held = query.integer(1) != 0;
    node.type = type_of(query.text(2));
    node.number = query.text(3);
    node.date = partial_date_from_iso(query.text(4)).value_or(PartialDate{});
    node.title = query.text(5);
    node.issuer = query.text(6);
    if (!nodes.empty() && nodes.back().id == node.id) {
      const PartialDate date = fuller(nodes.back().date, node.date);
      if (says_more(node, nodes.back())) nodes.back() = std::move(node);
      nodes.back().date = date;
    } else {
      nodes.push_back(std::move(node));
    }
  }
  return nodes;
}

std::vector<GraphEdge> edges_of(Query& query) {
  std::vector<GraphEdge> edges;
  while (query.step()) {
    GraphEdge edge;
    edge.source = query.text(0);
    edge.target = query.text(1);
    edge.relation = relation_from_name(query.text(2)).value_or(Relation::kCites);
    edge.modality = modality_of(query.text(3));
    edge.pinpoint = pinpoint_from_json(query.text(4));
    edge.count = query.small(5);
    edges.push_back(std::move(edge));
  }
  return edges;
}

constexpr char kFileColumns[] =
    "SELECT path, sha256, bytes, modified_ns, status, reason, message, document_id, seconds, pages, "
    "extractor FROM files";

FileRecord file_of(const Query& row) {
  FileRecord file;
  file.path = row.text(0);
  file.sha256 = row.text(1);
  file.bytes = static_cast<std::uint64_t>(row.integer(2));
  file.modified_ns = row.integer(3);
  file.status = file_status_from_name(row.text(4)).value_or(FileStatus::kFailed);
  file.reason = row.text(5);
  file.message = row.text(6);
  file.document_id = row.text(7);
  file.seconds = row.real(8);
  file.pages = row.small(9);
  file.extractor = row.text(10);
  return file;
}

}  // namespace

std::string unpacked_json(Connection& database, std::int64_t document) {
  Query query = database.query("SELECT json FROM document_json WHERE document = ?");
  query.bind(document);
  std::string text;
  if (!query.step() || !inflate(query.text(0), text)) {
    throw SqlFailure{
        make_error(ErrorCode::kStoreCorrupt, "store " + database.path() + ": the JSON of document row " +
                                                 std::to_string(document) + " cannot be unpacked")};
  }
  return text;
}

std::vector<FileRecord> read_files(Connection& database, const std::string& where,
                                   const std::vector<std::string>& values) {
  Query query = database.query(kFileColumns + where);
  for (const std::string& value : values) query.bind(value);
  std::vector<FileRecord> files;
  while (query.step()) files.push_back(file_of(query));
  return files;
}

std::optional<FileRecord> read_file_of_path(Connection& database, const std::string& path) {
  Query query = database.query(std::string(kFileColumns) + " WHERE path = ?");
  query.bind_blob(path);
  if (!query.step()) return std::nullopt;
  return file_of(query);
}

std::optional<std::string> document_json(Connection& database, const std::string& id_or_number) {
  std::vector<std::int64_t> keys = documents_named(database, id_or_number);
  if (keys.empty()) {  // a path, as the system has it or as it is shown
    Query query = database.query(
        "SELECT DISTINCT d.key FROM files f JOIN documents d ON d.content = f.content WHERE f.path = ?1 OR "
        "f.path_text = ?2"
        " ORDER BY d.id, d.key");
    query.bind_blob(id_or_number).bind(id_or_number);
    while (query.step()) keys.push_back(query.integer(0));
  }
  if (keys.empty()) return std::nullopt;
  if (keys.size() == 1) return unpacked_json(database, keys.front());
  std::string names;
  constexpr std::size_t kMostNames = 20;
  for (std::size_t i = 0; i < keys.size() && i < kMostNames; ++i) {
    Query query = database.query("SELECT id, date, subject FROM documents WHERE key = ?");
    query.bind(keys[i]);
    if (query.step()) names += "\n  " + query.text(0) + "  " + query.text(1) + "  " + query.text(2);
  }
  if (keys.size() > kMostNames) names += "\n  ... and " + std::to_string(keys.size() - kMostNames) + " more";
  throw SqlFailure{make_error(
      ErrorCode::kInvalidArgument,
      id_or_number + " means " + std::to_string(keys.size()) + " documents; name one by its id:" + names)};
}

std::vector<std::string> node_ids(Connection& database, const std::string& number) {
  std::vector<std::string> ids;
  const NumberLookup found = number_lookup(number);
  Query query = database.query(
      "SELECT DISTINCT n.id, n.number, n.date FROM graph_nodes n JOIN documents d ON d.key = n.document"
      " WHERE d.active = 1 AND (n.id = ?1 OR (n.number_key = ?2 AND n.number_key <> '')) ORDER BY n.id");
  query.bind(number, found.key);
  while (query.step()) {
    std::string id = query.text(0);
    if (id == number) return {std::move(id)};
    // A year that was typed must be the number's own, or where it has none the date's.
    int year = number_lookup(query.text(1)).year;
    if (year == 0) year = partial_date_from_iso(query.text(2)).value_or(PartialDate{}).year;
    if (found.year != 0 && year != 0 && found.year != year) continue;
    if (ids.empty() || ids.back() != id) ids.push_back(std::move(id));
  }
  // A mention that could not be told apart is no document of its own where there is one of this number.
  const auto is_local = [](const std::string& id) { return id.rfind("local:", 0) == 0; };
  if (!std::all_of(ids.begin(), ids.end(), is_local)) std::erase_if(ids, is_local);
  return ids;
}

std::pair<std::vector<GraphNode>, std::vector<GraphEdge>> read_graph(Connection& database) {
  std::pair<std::vector<GraphNode>, std::vector<GraphEdge>> graph;
  {
    Query query = database.query(
        "SELECT n.id, n.self, n.type, n.number, n.date, n.title, n.issuer FROM graph_nodes n"
        " JOIN documents d ON d.key = n.document WHERE d.active = 1 ORDER BY n.id");
    graph.first = folded_nodes(query);
  }
  Query query = database.query(
      "SELECT e.source, e.target, e.relation, e.modality, e.pinpoint, e.count FROM graph_edges e"
      " JOIN documents d ON d.key = e.document WHERE d.active = 1"
      " ORDER BY e.source, e.target, e.relation, e.modality, e.pinpoint, e.ord");
  graph.second = edges_of(query);
  return graph;
}

std::optional<GraphNode> read_node(Connection& database, const std::string& id) {
  Query query = database.query(
      "SELECT n.id, n.self, n.type, n.number, n.date, n.title, n.issuer FROM graph_nodes n"
      " JOIN documents d ON d.key = n.document WHERE n.id = ? AND d.active = 1");
  query.bind(id);
  std::vector<GraphNode> nodes = folded_nodes(query);
  if (nodes.empty()) return std::nullopt;
  return std::move(nodes.front());
}

std::vector<GraphEdge> read_edges(Connection& database, const std::string& id, bool from) {
  // A document's edges begin at itself, so its row finds them.
  Query query = database.query(
      std::string("SELECT e.source, e.target, e.relation, e.modality, e.pinpoint, e.count FROM documents d"
                  " JOIN graph_edges e ON e.document = d.key WHERE d.active = 1 AND ") +
      (from ? "d.id = ?" : "e.target = ?") +
      " ORDER BY e.source, e.target, e.relation, e.modality, e.pinpoint, e.ord");
  query.bind(id);
  return edges_of(query);
}

std::vector<NodeClaim> conflicting_claims(Connection& database) {
  std::vector<NodeClaim> claims;
  Query query = database.query(
      "SELECT n.id, d.id, n.self, n.number, n.title, n.date FROM graph_nodes n JOIN documents d ON d.key = "
      "n.document"
      " WHERE (n.self = 1 AND n.id IN (SELECT id FROM documents GROUP BY id HAVING count(*) > 1))"
      " OR (d.active = 1 AND n.id IN (SELECT m.id FROM graph_nodes m JOIN documents o ON o.key = m.document"
      "     WHERE o.active = 1 AND length(m.date) = 10 GROUP BY m.id HAVING count(DISTINCT m.date) > 1))"
      " ORDER BY n.id, d.id, d.content");
  while (query.step()) {
    claims.push_back({query.text(0), query.text(1), query.integer(2) != 0, query.text(3), query.text(4),
                      partial_date_from_iso(query.text(5)).value_or(PartialDate{})});
  }
  return claims;
}

StoreCounts read_counts(Connection& database) {
  StoreCounts counts;
  {
    Query query = database.query("SELECT status, count(*) FROM files GROUP BY status");
    while (query.step()) counts.files_by_status[query.text(0)] = static_cast<std::size_t>(query.integer(1));
  }
  counts.documents =
      static_cast<std::size_t>(database.integer("SELECT count(*) FROM documents WHERE active = 1"));
  const auto facts = [&](const std::string& table) {
    return static_cast<std::size_t>(database.integer(
        "SELECT count(*) FROM " + table + " x JOIN documents d ON d.key = x.document WHERE d.active = 1"));
  };
  counts.tasks = facts("tasks");
  counts.indicators = facts("indicators");
  counts.measurements = facts("measurements");
  counts.references = facts("document_references");
  return counts;
}

}  // namespace vanban::store
