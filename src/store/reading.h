// Reading from the store: search, lists, documents, the graph.

#ifndef VANBAN_STORE_READING_H_
#define VANBAN_STORE_READING_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/sqlite.h"
#include "vanban/store/store.h"

namespace vanban::store {

std::vector<FileRecord> read_files(Connection& database, const std::string& where,
                                   const std::vector<std::string>& values);
std::vector<FileRecord> read_files_inside(Connection& database, const std::string& path);
std::optional<FileRecord> read_file_of_path(Connection& database, const std::string& path);

// The stored JSON of a row of `documents`. Throws kStoreCorrupt.
std::string unpacked_json(Connection& database, std::int64_t document);
std::vector<KnownDocument> known_documents(Connection& database, const std::string& number_key);
std::string with_text(std::string json, const std::string& text);  // as to_json puts it
std::optional<std::string> document_json(Connection& database, const std::string& id_or_number, bool text);
std::vector<std::string> changed_keys(Connection& database);
void settle_keys(Connection& database, const std::vector<std::string>& keys);
// A key of changed_keys that means one document's own references, by its id.
constexpr std::string_view kOfDocument = "document:";
// Columns: id, type, number, date, issuer's name and id, draft, signer's name.
DocumentHeader stated_header(const Query& row);
std::vector<std::string> documents_citing(Connection& database, const std::string& lookup_key);
// References as stored, in their order; throws kNotFound where `document_id` is no active document.
Document citations(Connection& database, const std::string& document_id);
std::vector<std::string> node_ids(Connection& database, const std::string& number);
GraphRows read_graph(Connection& database);
std::optional<GraphNode> read_node(Connection& database, const std::string& id);
std::vector<GraphEdge> read_edges(Connection& database, const std::string& id, bool from);
std::size_t count_edges_to(Connection& database, const std::string& id, std::size_t most);
std::vector<NodeClaim> conflicting_claims(Connection& database);
StoreCounts read_counts(Connection& database);

SearchResult search(Connection& database, const std::string& typed, const Filter& filter,
                    const Synonyms& synonyms);
std::vector<std::string> list_columns(Connection& database, FactKind kind);
std::vector<ListRow> list(Connection& database, FactKind kind, const Filter& filter);
std::vector<IndicatorSeries> indicator_series(Connection& database, const Filter& filter);

VerifyReport verify(Connection& database);
void export_documents(Connection& database, const std::function<Result<void>(const std::string& line)>& take);
void backup(Connection& database, const std::string& path);

}  // namespace vanban::store

#endif  // VANBAN_STORE_READING_H_
