#include "store/writing.h"

#include <set>

#include "store/manifestations.h"
#include "store/reading.h"
#include "store/search_words.h"
#include "store/values.h"
#include "vanban/base/shown_path.h"
#include "vanban/doc/json.h"
#include "vanban/lexicon/identity.h"
#include "vanban/lexicon/number_key.h"

namespace vanban::store {
namespace {

// Statuses under which a file stands behind the documents of its content.
bool holds_documents(FileStatus status) {
  return status == FileStatus::kIngested || status == FileStatus::kPartial ||
         status == FileStatus::kDuplicate;
}

bool content_is_held(Connection& database, const std::string& content) {
  Query query = database.query(
      "SELECT 1 FROM files WHERE content = ? AND status IN ('ingested', 'partial', 'duplicate') LIMIT 1");
  query.bind(content);
  return query.step();
}

// An id with "_" in it leaves issuer or year open: two documents may share it, so it names none.
bool is_whole(const std::string& id) {
  return !id.empty() && id.find("/_/") == std::string::npos && id.find("/_") != id.size() - 2;
}

std::string id_of(const std::string& computed, const std::string& content, std::size_t ordinal) {
  if (is_whole(computed)) return computed;
  std::string id =
      computed.empty() ? "local:" + content.substr(0, 16) : computed + "~" + content.substr(0, 8);
  if (ordinal > 0) id += "-" + std::to_string(ordinal + 1);
  return id;
}

void remove_content(Connection& database, const std::string& content, std::set<std::string>& touched) {
  std::vector<std::int64_t> keys;
  {
    Query query = database.query("SELECT key, id FROM documents WHERE content = ? ORDER BY ordinal");
    query.bind(content);
    while (query.step()) {
      keys.push_back(query.integer(0));
      touched.insert(query.text(1));
    }
  }
  for (const std::int64_t key : keys) remove_document(database, key);
}

}  // namespace

void write_file(Connection& database, const FileRecord& file, const std::vector<DocumentRecord>& documents) {
  // A file without a hash of its own is its own content.
  std::string sha256 = file.sha256;
  if (sha256.empty() && !documents.empty()) sha256 = documents.front().document.source.sha256;
  const std::string content = sha256.empty() ? "path:" + shown_path(file.path) : sha256;

  Transaction transaction(database);
  std::string before;
  {
    Query query = database.query("SELECT content FROM files WHERE path = ?");
    query.bind_blob(file.path);
    if (query.step()) before = query.text(0);
  }
  std::set<std::string> touched;
  if (!documents.empty()) remove_content(database, content, touched);
  std::string first_id = file.document_id;
  const std::int64_t fresh_from = database.integer("SELECT coalesce(max(key), 0) + 1 FROM documents");
  for (std::size_t i = 0; i < documents.size(); ++i) {
    // Of several documents in one file some may be stored without the others (an import of what was active).
    const std::optional<SourcePart>& part = documents[i].document.source.part;
    NewDocument place;
    place.content = content;
    place.ordinal = part && part->number > 0 ? static_cast<std::size_t>(part->number) - 1 : i;
    place.id = id_of(documents[i].document.header.id, content, place.ordinal);
    place.partial = file.status == FileStatus::kPartial;
    insert_document(database, place, documents[i]);
    touched.insert(place.id);
    if (i == 0) first_id = place.id;
  }
  Query query = database.query(
      "INSERT INTO files (path, path_text, sha256, content, bytes, modified_ns, status, reason, message, "
      "document_id,"
      " seconds, pages, extractor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (path) DO UPDATE SET path_text = excluded.path_text, sha256 = excluded.sha256,"
      " content = excluded.content, bytes = excluded.bytes, modified_ns = excluded.modified_ns,"
      " status = excluded.status, reason = excluded.reason, message = excluded.message,"
      " document_id = excluded.document_id, seconds = excluded.seconds, pages = excluded.pages,"
      " extractor = excluded.extractor");
  query.bind_blob(file.path);
  query.bind(shown_path(file.path), sha256, content, static_cast<std::int64_t>(file.bytes), file.modified_ns,
             file_status_name(file.status), file.reason, file.message, first_id, file.seconds, file.pages,
             file.extractor);
  query.run();

  // What the path held before goes, unless another path holds the same bytes. A duplicate holds what is there
  // already.
  if (!before.empty() && before != content && !content_is_held(database, before))
    remove_content(database, before, touched);
  if (documents.empty() && file.status != FileStatus::kDuplicate &&
      (holds_documents(file.status) || !content_is_held(database, content))) {
    remove_content(database, content, touched);
  }
  for (const std::string& id : touched) elect(database, id, fresh_from);
  transaction.commit();
}

void insert_document(Connection& database, const NewDocument& place, const DocumentRecord& record) {
  const Document& document = record.document;
  const DocumentHeader& header = document.header;
  const std::string date = to_iso(header.date);
  const NumberLookup number = number_lookup(header.number.text);
  std::string number_key = document_number_key(header.number);
  if (number_key.empty()) number_key = number.key;
  int year = header.number.year != 0 ? header.number.year : number.year;
  if (year == 0) year = header.date.year;
  int rank = place.partial ? 10 : 0;
  if (document.source.text_origin == TextOrigin::kMixed) rank += 1;
  if (document.source.text_origin == TextOrigin::kOcr) rank += 2;
  std::optional<std::int64_t> issuer;
  if (const std::int64_t key = agency_key(database, header.issuer); key != 0) issuer = key;

  database
      .query(
          "INSERT INTO documents (id, content, ordinal, rank, type, number, number_key, number_year, issuer, "
          "place, date,"
          " date_first, date_last, subject, draft, signer_name, signer_title, urgency, secrecy, "
          "attached_to_number,"
          " attached_to_id, media_type, text_origin, pages, title_key, node, unnamed)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(place.id, place.content, place.ordinal, rank, document_type_name(header.type), header.number.text,
            number_key, year, issuer, header.place, date, first_day(date), last_day(date), header.subject,
            header.draft, header.signer.name, header.signer.title, header.urgency, header.secrecy,
            header.attached_to ? header.attached_to->number : std::string(),
            header.attached_to ? header.attached_to->id : std::string(), document.source.media_type,
            text_origin_name(document.source.text_origin), document.source.pages,
            title_key(header.type, header.subject), graph_key(database, place.id), !is_whole(header.id))
      .run();
  const std::int64_t key = database.last_key();
  to_compare(database, key);

  std::string json;
  if (header.id == place.id) {
    json = to_json(document);
  } else {
    Document named = document;
    named.header.id = place.id;
    json = to_json(named);
  }
  const std::string packed = deflated(json);
  if (packed.empty())
    throw SqlFailure{make_error(ErrorCode::kOutOfMemory, "packing the JSON of " + place.id)};
  database.query("INSERT INTO document_json (document, json) VALUES (?, ?)")
      .bind(key)
      .bind_blob(packed)
      .run();
  database.query("INSERT INTO document_texts (document, numbers, subject, body) VALUES (?, ?, ?, ?)")
      .bind(key, number_words(number_key, year), header.subject, document.text)
      .run();
  insert_facts(database, key, document);

  DocumentGraph graph = record.graph;  // a node says at least what the header does
  GraphNode& self = graph.self;
  if (self.type == DocumentType::kOther) self.type = header.type;
  if (self.number.empty()) self.number = header.number.text;
  if (!self.date.known()) self.date = header.date;
  if (self.title.empty()) self.title = header.subject;
  if (self.issuer.empty()) self.issuer = header.issuer.id.empty() ? header.issuer.name : header.issuer.id;
  insert_graph(database, key, place.id, header.id, graph);
}

}  // namespace vanban::store
