// A document's part of the citation graph as rows: what it says of nodes, and its edges.

#include <map>

#include "store/values.h"
#include "store/writing.h"
#include "vanban/lexicon/number_key.h"

namespace vanban::store {
namespace {

// The id names one document, whoever says it: not a mention that only its own document can tell apart.
bool is_whole(const std::string& id) {
  return !id.empty() && id.rfind("local:", 0) != 0 && id.find("/_/") == std::string::npos;
}

// The key of a row that is kept once. `find` and `insert` have the same parameters.
template <class... Values>
std::int64_t key_of(Connection& database, std::string_view find, std::string_view insert,
                    const Values&... values) {
  {
    Query query = database.query(find);
    query.bind(values...);
    if (query.step()) return query.integer(0);
  }
  database.query(insert).bind(values...).run();
  return database.last_key();
}

std::int64_t kind_key(Connection& database, Relation relation, Modality modality) {
  return key_of(database, "SELECT key FROM graph_kinds WHERE relation = ? AND modality = ?",
                "INSERT INTO graph_kinds (relation, modality) VALUES (?, ?)", relation_name(relation),
                modality_name(modality));
}

std::int64_t pinpoint_key(Connection& database, const Pinpoint& pinpoint) {
  return key_of(database, "SELECT key FROM graph_pinpoints WHERE pinpoint = ?",
                "INSERT INTO graph_pinpoints (pinpoint) VALUES (?)", pinpoint_to_json(pinpoint));
}

void say(Connection& database, std::int64_t document, const GraphNode& node, bool self) {
  if (node.id.empty()) return;
  const std::int64_t claim = key_of(
      database,
      "SELECT key FROM graph_claims WHERE node = ?1 AND date = ?7 AND self = ?2 AND whole = ?3 AND type = "
      "?4 AND number = ?5 AND number_key = ?6 AND title = ?8 AND issuer = ?9",
      "INSERT INTO graph_claims (node, self, whole, type, number, number_key, date, title, issuer)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      graph_key(database, node.id), self, is_whole(node.id), document_type_name(node.type), node.number,
      number_lookup(node.number).key, to_iso(node.date), node.title, node.issuer);
  database.query("INSERT OR IGNORE INTO graph_says (document, claim) VALUES (?, ?)")
      .bind(document, claim)
      .run();
}

void insert_citations(Connection& database, std::int64_t document, const DocumentGraph& graph) {
  for (const GraphNode& one : graph.nodes) say(database, document, one, false);
  std::map<std::string, std::int64_t> targets;  // many edges of a document lead to few nodes
  for (const GraphEdge& one : graph.edges) {
    if (one.target.empty()) continue;
    const auto [target, fresh] = targets.try_emplace(one.target, 0);
    if (fresh) target->second = graph_key(database, one.target);
    database
        .query(
            "INSERT INTO graph_edges (document, target, kind, pinpoint, count) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET count = count + excluded.count")
        .bind(document, target->second, kind_key(database, one.relation, one.modality),
              pinpoint_key(database, one.pinpoint), one.count)
        .run();
  }
}

}  // namespace

std::int64_t graph_key(Connection& database, const std::string& id) {
  return key_of(database, "SELECT key FROM graph_ids WHERE id = ?", "INSERT INTO graph_ids (id) VALUES (?)",
                id);
}

void insert_graph(Connection& database, std::int64_t document, const std::string& id,
                  const std::string& header_id, const DocumentGraph& graph) {
  DocumentGraph named = graph;
  const std::string& computed = graph.self.id.empty() ? header_id : graph.self.id;
  const auto name = [&](std::string& node) {
    if (!computed.empty() && node == computed) node = id;
  };
  for (GraphNode& one : named.nodes) name(one.id);
  for (GraphEdge& one : named.edges) name(one.target);
  named.self.id = id;
  say(database, document, named.self, true);
  insert_citations(database, document, named);
}

void replace_citations(Connection& database, std::int64_t document, const DocumentGraph& graph) {
  database
      .query(
          "DELETE FROM graph_says WHERE document = ? AND claim NOT IN (SELECT key FROM graph_claims WHERE "
          "key "
          "= claim AND self = 1)")
      .bind(document)
      .run();
  database.query("DELETE FROM graph_edges WHERE document = ?").bind(document).run();
  insert_citations(database, document, graph);
}

}  // namespace vanban::store
