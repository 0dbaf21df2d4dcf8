// What linking asks of the store: candidates for a mention, documents whose mentions have to be linked again.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "store/reading.h"
#include "store/values.h"
#include "store/writing.h"
#include "vanban/lexicon/document_numbers.h"

namespace vanban::store {
namespace {

DocumentType type_of(const std::string& name) {
  return document_type_from_name(name).value_or(DocumentType::kOther);
}

ResolutionState resolution_of(const std::string& name) {
  for (const ResolutionState state :
       {ResolutionState::kResolved, ResolutionState::kAmbiguous, ResolutionState::kPlanned}) {
    if (name == resolution_state_name(state)) return state;
  }
  return ResolutionState::kUnresolved;
}

Reference reference_of(const Query& row) {
  Reference reference;
  reference.id = row.text(0);
  reference.text = row.text(1);
  reference.type = type_of(row.text(2));
  reference.number = row.text(3);
  reference.date = partial_date_from_iso(row.text(4)).value_or(PartialDate{});
  reference.issuer = {row.text(5), row.text(6)};
  reference.title = row.text(7);
  std::vector<Pinpoint> pinpoints = pinpoints_from_json(row.text(8));
  if (!pinpoints.empty()) {
    reference.pinpoint = pinpoints.front();
    reference.more_pinpoints.assign(pinpoints.begin() + 1, pinpoints.end());
  }
  reference.relation = relation_from_name(row.text(9)).value_or(Relation::kCites);
  reference.modality =
      row.text(10) == modality_name(Modality::kPlanned) ? Modality::kPlanned : Modality::kEnacted;
  reference.target = row.text(11);
  reference.resolution = resolution_of(row.text(12));
  reference.resolution_reason = row.text(13);
  reference.candidates = strings_from_json(row.text(14));
  reference.inferred = strings_from_json(row.text(15));
  reference.from.section = row.text(16);
  reference.from.page = row.small(17);
  reference.from.where = {static_cast<std::size_t>(row.integer(18)),
                          static_cast<std::size_t>(row.integer(19))};
  reference.from.confidence = row.real(20);
  return reference;
}

bool same_link(const Reference& a, const Reference& b) {
  return a.target == b.target && a.resolution == b.resolution && a.resolution_reason == b.resolution_reason &&
         a.candidates == b.candidates && a.inferred == b.inferred;
}

}  // namespace

std::vector<std::string> changed_keys(Connection& database) {
  std::vector<std::string> keys;
  Query query = database.query("SELECT key FROM changed_keys ORDER BY key");
  while (query.step()) keys.push_back(query.text(0));
  return keys;
}

void settle_keys(Connection& database, const std::vector<std::string>& keys) {
  Transaction transaction(database);
  Query query = database.query("DELETE FROM changed_keys WHERE key = ?");
  for (const std::string& key : keys) {
    query.bind(key);
    query.run();
  }
  transaction.commit();
}

DocumentHeader stated_header(const Query& row) {
  DocumentHeader header;
  header.id = row.text(0);
  header.type = type_of(row.text(1));
  if (auto number = parse_document_number(row.text(2))) header.number = *number;
  header.number.text = row.text(2);
  header.date = partial_date_from_iso(row.text(3)).value_or(PartialDate{});
  header.issuer = {row.text(4), row.text(5)};
  header.draft = row.integer(6) != 0;
  header.signer.name = row.text(7);
  return header;
}

std::vector<std::string> documents_citing(Connection& database, const std::string& lookup_key) {
  std::vector<std::string> ids;
  if (lookup_key.starts_with(kOfDocument)) {
    Query query = database.query("SELECT id FROM documents WHERE id = ? AND active = 1");
    query.bind(lookup_key.substr(kOfDocument.size()));
    if (query.step()) ids.push_back(query.text(0));
    return ids;
  }
  Query query = database.query(
      "SELECT DISTINCT d.id FROM document_references r JOIN documents d ON d.key = r.document"
      " WHERE r.lookup_key = ? AND r.lookup_key <> '' AND d.active = 1 ORDER BY d.id");
  query.bind(lookup_key);
  while (query.step()) ids.push_back(query.text(0));
  return ids;
}

Document citations(Connection& database, const std::string& document_id) {
  Document document;
  std::int64_t key = 0;
  {
    Query query = database.query(
        "SELECT d.id, d.type, d.number, d.date, coalesce(a.name, ''), coalesce(a.id, ''), d.draft, "
        "d.signer_name,"
        " d.key, d.content, d.subject FROM documents d LEFT JOIN agencies a ON a.key = d.issuer"
        " WHERE d.id = ? AND d.active = 1");
    query.bind(document_id);
    if (!query.step())
      throw SqlFailure{make_error(ErrorCode::kNotFound, "no document " + document_id + " in the store")};
    document.header = stated_header(query);
    key = query.integer(8);
    document.source.sha256 = query.text(9);
    document.header.subject = query.text(10);
  }
  Query row = database.query(
      "SELECT r.id, r.text, r.type, r.number, r.date, coalesce(a.name, ''), coalesce(a.id, ''), r.title, "
      "r.pinpoints,"
      " r.relation, r.modality, r.target, r.resolution, r.resolution_reason, r.candidates, r.inferred, "
      "r.section, r.page,"
      " r.span_begin, r.span_end, r.confidence FROM document_references r LEFT JOIN agencies a ON a.key = "
      "r.issuer"
      " WHERE r.document = ? ORDER BY r.ord");
  row.bind(key);
  while (row.step()) document.references.push_back(reference_of(row));
  return document;
}

void write_links(Connection& database, const Document& document, const DocumentGraph& graph) {
  Transaction transaction(database);
  const Document before = citations(database, document.header.id);
  std::int64_t key = 0;
  std::string attached;
  {
    Query query = database.query("SELECT key, attached_to_number FROM documents WHERE id = ? AND active = 1");
    query.bind(document.header.id);
    if (query.step()) {
      key = query.integer(0);
      attached = query.text(1);
    }
  }
  std::map<std::string, const Reference*> changed;
  std::map<std::string, const Reference*> stored;
  for (const Reference& one : before.references) stored.emplace(one.id, &one);
  Query update = database.query(
      "UPDATE document_references SET target = ?, resolution = ?, resolution_reason = ?, candidates = ?, "
      "inferred = ?"
      " WHERE document = ? AND id = ?");
  for (const Reference& one : document.references) {
    const auto found = stored.find(one.id);
    if (found == stored.end()) {
      throw SqlFailure{
          make_error(ErrorCode::kNotFound, "no reference " + one.id + " in " + document.header.id)};
    }
    if (same_link(one, *found->second)) continue;
    changed.emplace(one.id, &one);
    update.bind(one.target, resolution_state_name(one.resolution), one.resolution_reason,
                strings_to_json(one.candidates), strings_to_json(one.inferred), key, one.id);
    update.run();
    if (one.relation == Relation::kAttachedTo && !attached.empty() && one.number == attached) {
      database.query("UPDATE documents SET attached_to_id = ? WHERE key = ?").bind(one.target, key).run();
    }
  }
  replace_citations(database, key, graph);
  // The stored JSON says the same as the rows.
  using Json = nlohmann::ordered_json;
  Json json = changed.empty() ? Json() : Json::parse(unpacked_json(database, key), nullptr, false);
  if (json.is_object() && json.contains("references") && json["references"].is_array()) {
    for (Json& one : json["references"]) {
      if (!one.is_object()) continue;
      const auto found = changed.find(one.value("id", std::string()));
      if (found == changed.end()) continue;
      const Reference& reference = *found->second;
      one["target"] = reference.target.empty() ? Json(nullptr) : Json(reference.target);
      one["resolution"] = std::string(resolution_state_name(reference.resolution));
      one["resolution_reason"] =
          reference.resolution_reason.empty() ? Json(nullptr) : Json(reference.resolution_reason);
      // The order of the fields is that of doc/json.h, whatever was there before.
      Json behind = Json::object();
      bool after = false;
      for (const auto& [name, value] : one.items()) {
        if (after && name != "candidates" && name != "inferred") behind[name] = value;
        after = after || name == "resolution_reason";
      }
      for (const auto& [name, value] : behind.items()) one.erase(name);
      one.erase("candidates");
      one.erase("inferred");
      if (!reference.candidates.empty()) one["candidates"] = reference.candidates;
      if (!reference.inferred.empty()) one["inferred"] = reference.inferred;
      for (const auto& [name, value] : behind.items()) one[name] = value;
      if (attached.empty() || reference.relation != Relation::kAttachedTo || reference.number != attached)
        continue;
      if (!json.contains("document") || !json["document"].is_object()) continue;
      Json& header = json["document"];
      if (!header.contains("attached_to") || !header["attached_to"].is_object()) continue;
      header["attached_to"]["id"] = reference.target.empty() ? Json(nullptr) : Json(reference.target);
    }
    const std::string again = deflated(json.dump(-1, ' ', false, Json::error_handler_t::replace));
    database.query("UPDATE document_json SET json = ?2 WHERE document = ?1").bind(key).bind_blob(again).run();
  }
  transaction.commit();
}

}  // namespace vanban::store
