// Store: documents, their facts, the citation graph and the search index in one SQLite file.
// src/store/README.md describes tables, views and the migration rule.

#ifndef VANBAN_STORE_STORE_H_
#define VANBAN_STORE_STORE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/doc/graph_values.h"
#include "vanban/store/synonyms.h"

namespace vanban {

// Every input ends in exactly one. Stored by name.
enum class FileStatus : std::uint8_t { kIngested, kPartial, kDuplicate, kRejected, kFailed, kSkipped };
std::string_view file_status_name(FileStatus status);
std::optional<FileStatus> file_status_from_name(std::string_view name);

struct FileRecord {
  std::string path;    // bytes as the system has them
  std::string sha256;  // empty where the file was not read
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;
  FileStatus status = FileStatus::kIngested;
  std::string reason;       // code: "encrypted", "parser-crash", ...; empty for ingested
  std::string message;      // for a person
  std::string document_id;  // of the first document in the file; empty where there is none
  double seconds = 0;
  int pages = 0;
  std::string extractor;  // program and models version
};

enum class FactKind : std::uint8_t { kDocument, kTask, kIndicator, kMeasurement, kReference };
std::string_view fact_kind_name(FactKind kind);

// What search and the lists share. Empty or unset: no condition. A condition that a kind of fact cannot meet
// (due_before and indicators) leaves that kind out.
struct Filter {
  std::string agency;  // name, abbreviation or id, any case, with or without tones: who leads or coordinates
                       // a task, leads or evaluates an indicator; issuer of a document, a measurement's or
                       // reference's document, a cited document
  std::vector<std::string> agency_ids;  // any of these bodies instead, by id
  std::string from, to;                 // document date, ISO, inclusive
  std::string due_before;               // tasks: a deadline up to this day
  std::string type;                     // document type name
  std::string assigned_by;              // number of the assigning document, any spelling
  std::vector<FactKind> kinds;
  std::string document;  // id or number of one document
  std::size_t limit = 50, offset = 0;
  bool advanced = false;  // search: AND, OR, NOT and parentheses are operators
  bool facets = false;    // search: count the matches by kind, type, year, issuer and lead
  double seconds = 10;    // search and lists: kTimeout after so long; 0: no limit
};

// What a check of the whole store found. `problems` is empty where all is well.
struct VerifyReport {
  std::size_t documents = 0, files = 0;
  std::vector<std::string> problems;
};

struct SearchHit {
  FactKind kind = FactKind::kDocument;
  std::string document_id, document_number, document_title, document_date;
  std::string path;     // of the file
  std::string fact_id;  // "k3"; empty for a document
  std::string label;    // path of labels: "II.2.d"
  int page = 0;
  std::string snippet;           // plain text
  std::vector<TextRange> marks;  // in snippet: what matched
  double score = 0;
  bool other_tones = false;  // found under other tone marks than those that were typed
};
// How many of the matches have each value: the most frequent first, equals by value; at most 20.
struct Facet {
  std::string name;  // "kind", "type", "year", "issuer", "lead"
  std::vector<std::pair<std::string, std::size_t>> values;
};
struct SearchResult {
  std::vector<SearchHit> hits;
  std::size_t total = 0;
  bool total_is_exact = true;  // false: there are more than `total`; of each kind the 2,000 (documents:
                               // 4,000) that came last were ranked, and counted in the facets
  std::vector<Facet> facets;   // where the filter asks for them
};

// A row of a list, column name -> value, in the order of the view's columns.
struct ListRow {
  std::vector<std::pair<std::string, std::string>> fields;
};

// One document with its part of the citation graph (link's graph_of).
struct DocumentRecord {
  Document document;
  DocumentGraph graph;
};

// One point of a series: a target (chỉ tiêu) or a reported figure beside it.
struct SeriesPoint {
  std::string kind;        // "target", "actual", "estimate"
  std::string period;      // "2024"; of a figure without one its as_of; empty: not stated
  std::string comparator;  // ">=", "range", ...; "=" for a reported figure
  std::optional<double> value, upper;
  std::string who;          // a target: who leads; a figure: whose it is
  std::string assigned_by;  // numbers of the documents that set the target; of itself where none is named
  std::string document_id, document_number, document_date, fact_id, name;
  bool same_name =
      true;  // false: the figure does not say what it is a share of, and this series alone has its name
};

// The same indicator over documents and years. Points: by period, targets before figures, then by document.
struct IndicatorSeries {
  std::string key;         // lexicon/series_key.h
  std::string name, unit;  // as the newest document has them
  std::vector<SeriesPoint> points;
};

struct StoreCounts {
  std::map<std::string, std::size_t> files_by_status;
  std::size_t documents = 0, tasks = 0, indicators = 0, measurements = 0, references = 0;
};

class Store {
 public:
  enum class Access : std::uint8_t { kReadOnly, kReadWrite };
  // Creates the file if it is not there and `access` allows. Errors: kNotFound, kStoreBusy (naming the
  // holder's pid), kStoreCorrupt, kStoreVersion, kPermission, kDiskFull.
  static Result<Store> open(const std::string& path, Access access);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  // One transaction: the file's record and its documents with all facts and index rows, or nothing.
  // A path that was recorded before is replaced. Errors: kDiskFull, kStoreBusy, kIo.
  Result<void> put(const FileRecord& file, const std::vector<DocumentRecord>& documents);
  // The path's bytes are what they were, only the file's time is another.
  Result<void> touch(const std::string& path, std::int64_t modified_ns);
  // Takes out the record of a path that has no documents (rejected, failed, skipped); others stay.
  Result<void> forget(const std::string& path);
  // What is recorded for a path; for a content: the path that its documents came from (none where they were
  // rejected).
  Result<std::optional<FileRecord>> find_file(const std::string& path) const;
  Result<std::optional<FileRecord>> find_content(const std::string& sha256) const;
  Result<std::vector<FileRecord>> files(std::optional<FileStatus> status = {}) const;
  // Those whose path is `path` with "!/" and more behind it, in path order: the files inside a container.
  Result<std::vector<FileRecord>> files_inside(const std::string& path) const;

  Result<std::vector<KnownDocument>> documents_with_number(const std::string& number_key) const;
  // The stored JSON of one document by id, number (any spelling) or path; nullopt: none; several:
  // kInvalidArgument naming them. `with_text`: with its text, so that from_json reads it.
  Result<std::optional<std::string>> document_json(const std::string& id_or_number,
                                                   bool with_text = false) const;
  // Keys (of numbers and titles) under which other documents are known than when references were linked last;
  // settled ones are forgotten. They outlive the process, so that an interrupted run is made good by the
  // next.
  Result<std::vector<std::string>> changed_keys() const;
  Result<void> settle_keys(const std::vector<std::string>& keys);
  // Ids of active documents that have to be linked again: those with a reference whose target follows from
  // what is known under `lookup_key`, or would.
  Result<std::vector<std::string>> documents_citing(const std::string& lookup_key) const;
  // Documents whose text was not compared with others yet, at most so many, by key. They outlive the process.
  Result<std::vector<std::int64_t>> uncompared(std::size_t most) const;
  // Of each id that several files claim: their documents, the active one first. By id.
  Result<std::vector<std::vector<std::int64_t>>> claimants() const;
  // Errors: kNotFound.
  Result<HeldText> held_text(std::int64_t key) const;
  // Writes down the sketch of a document's text (link's sketch_of) and answers with those that it has to be
  // compared with: one of two has no name of its own. Cost: what shares a band with it, at most 50 each.
  Result<std::vector<std::int64_t>> put_sketch(std::int64_t key, std::size_t words,
                                               const std::vector<std::uint64_t>& bands);
  // Those that hold the same document; it is compared then.
  Result<void> put_same(std::int64_t key, const std::vector<std::int64_t>& others);
  // Documents without a name of their own are called as the one that they are the same as, where that is one;
  // they are its manifestations then. What any is called follows from what is held, not from the order in
  // which it came. How many are called otherwise than before.
  Result<std::size_t> settle_manifestations();
  // Of one active document what linking reads: header (id, type, number, date, issuer, draft) and references,
  // in order. Errors: kNotFound.
  Result<Document> citations(const std::string& document_id) const;
  // The document's references as they were linked again (those of `document.references` whose target, state,
  // reason, candidates or inferred differ), its JSON and its part of the graph. One transaction. Errors:
  // kNotFound.
  Result<void> relink(const Document& document, const DocumentGraph& graph);

  // Any text is safe: a word without tones finds all tones; one with tones those first, and behind them,
  // where they are fewer than 100, what has other tones; "…" is a phrase with the tones as they stand, cải* a
  // beginning; a document number in any spelling finds the document, an abbreviation its meaning and the
  // other way round. All words must occur. Errors: kInvalidArgument (not UTF-8, over 10,000 bytes, over 64
  // words; advanced: a misplaced operator), kTimeout.
  Result<SearchResult> search(const std::string& query, const Filter& filter,
                              const Synonyms& synonyms = {}) const;
  // Newest documents first, in reading order inside each; tasks with `due_before`: the earliest deadline
  // first.
  Result<std::vector<ListRow>> list(FactKind kind, const Filter& filter) const;
  // The series of all targets that meet the filter, each with all its points: those over the most periods
  // first, then by their keys. `limit` and `offset` count series. Errors: as list().
  Result<std::vector<IndicatorSeries>> series(const Filter& filter) const;
  // Names of the columns of list(kind), in order; the same as ListRow's.
  std::vector<std::string> list_columns(FactKind kind) const;
  // Ids of the graph nodes that `number` (any spelling) or an id means; empty: none.
  Result<std::vector<std::string>> node_ids(const std::string& number) const;
  Result<StoreCounts> counts() const;
  // What `calls` does with this store is one transaction: all of it is kept, or after an error none.
  // Meanwhile no other thread writes through this object. Errors: those of `calls` and of put.
  Result<void> together(const std::function<Result<void>()>& calls);
  // Makes search faster after much was put: the parts that the search index was written in become one, piece
  // by piece in transactions of their own, while `go_on`. Cost: proportional to the index; what is found stays.
  Result<void> merge_index(const std::function<bool()>& go_on);
  // Writes down that something was done to the store as a whole ("fixity", "import").
  Result<void> record_event(const std::string& kind, const std::string& detail);
  // Integrity of the database file, of the search index against the rows, and of what belongs together.
  // Written down as an event where the store is open for writing. Errors: kStoreCorrupt where it cannot even
  // be read, kIo.
  Result<VerifyReport> verify();
  // Hands out the JSON of every active document with its text, one line each without the newline, in the
  // order of their ids: the same bytes whatever the order of loading (a content under several paths names the
  // first of them). Stops at the first error that `take` returns, and returns it.
  Result<void> export_documents(const std::function<Result<void>(const std::string& line)>& take) const;
  // A copy of the whole store as one file, consistent while others write; appears under `path` only when it
  // is complete. Errors: kInvalidArgument where the file is there already, kDiskFull, kPermission, kIo.
  Result<void> backup(const std::string& path) const;
  // The whole graph. Cost: linear; about 20 bytes an edge and 300 a node.
  Result<GraphRows> graph() const;
  // One node and its edges, in time proportional to them.
  Result<std::optional<GraphNode>> graph_node(const std::string& id) const;
  Result<std::vector<GraphEdge>> edges_from(const std::string& id) const;
  Result<std::vector<GraphEdge>> edges_to(const std::string& id) const;
  // How many edges lead to it, or `most` where there are more; those of manifestations that are not active
  // count too. Cost: the answer.
  Result<std::size_t> count_edges_to(const std::string& id, std::size_t most) const;
  // What is said of nodes on whose day documents differ, and of documents that several contents claim to be.
  Result<std::vector<NodeClaim>> conflicting_claims() const;

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_STORE_STORE_H_
