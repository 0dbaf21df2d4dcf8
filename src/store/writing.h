// Writing to the store: one call, one transaction.

#ifndef VANBAN_STORE_WRITING_H_
#define VANBAN_STORE_WRITING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "store/sqlite.h"
#include "vanban/store/store.h"

namespace vanban::store {

void write_file(Connection& database, const FileRecord& file, const std::vector<DocumentRecord>& documents);
void write_links(Connection& database, const Document& document, const DocumentGraph& graph);

// The parts of write_file. A document is written inactive; elect() decides which of those with one id is
// active and brings the search index along.
struct NewDocument {
  std::string id, content;
  std::size_t ordinal = 0;
  bool partial = false;
};
void insert_document(Connection& database, const NewDocument& place, const DocumentRecord& record);
void insert_facts(Connection& database, std::int64_t document, const Document& values);
// `id`: what the document is called here; `header_id`: what the graph calls it where it has no node of its
// own.
// What the document says of itself and of those it cites.
void insert_graph(Connection& database, std::int64_t document, const std::string& id,
                  const std::string& header_id, const DocumentGraph& graph);
// The same without itself: what it cited before goes.
void replace_citations(Connection& database, std::int64_t document, const DocumentGraph& graph);
std::int64_t graph_key(Connection& database, const std::string& id);  // made where there is none
// `fresh_from`: keys from it on were written just now, and linked.
void elect(Connection& database, const std::string& document_id, std::int64_t fresh_from);
// Gives a document another id; `own_id`: what it would be called by itself, empty where that is `id`. elect()
// comes next, for both ids.
void rename_document(Connection& database, std::int64_t document, const std::string& id,
                     const std::string& own_id);
void remove_document(Connection& database, std::int64_t document);

// Key of the row for this body; makes it if there is none. 0: it has neither name nor id.
std::int64_t agency_key(Connection& database, const AgencyMention& agency);

}  // namespace vanban::store

#endif  // VANBAN_STORE_WRITING_H_
