// Values of the citation graph that link and store share.

#ifndef VANBAN_DOC_GRAPH_VALUES_H_
#define VANBAN_DOC_GRAPH_VALUES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "vanban/doc/document.h"

namespace vanban {

struct GraphNode {
  std::string id;  // canonical id; for what has none: "local:<file or section>"
  DocumentType type = DocumentType::kOther;
  std::string number;
  PartialDate date;
  std::string title;  // subject, or the title a law is cited by
  std::string issuer;
  bool held = false;  // in the store, not only cited
  std::string part_of =
      {};  // id of the document whose provision (điều, khoản, điểm) this is; empty: a document
};

struct GraphEdge {
  std::string source, target;
  Relation relation = Relation::kCites;
  Modality modality = Modality::kEnacted;
  Pinpoint pinpoint;
  int count = 1;  // mentions that say the same
};

// An edge by numbers: 20 bytes, however long the ids are.
struct GraphRow {
  std::uint32_t source = 0, target = 0;  // index into nodes
  std::uint32_t pinpoint = 0;            // index into pinpoints
  std::int32_t count = 1;
  Relation relation = Relation::kCites;
  Modality modality = Modality::kEnacted;
};
// A whole graph, in no order. Each id is one node; the first pinpoint is empty.
struct GraphRows {
  std::vector<GraphNode> nodes;
  std::vector<Pinpoint> pinpoints;
  std::vector<GraphRow> rows;
};

// What the store knows of documents with one number: candidates for a mention without a year.
struct KnownDocument {
  std::string id;
  DocumentType type = DocumentType::kOther;
  std::string number;
  PartialDate date;
  std::string issuer;
  bool held = false;
};

// A document's own node, the nodes that it cites, and its edges.
struct DocumentGraph {
  GraphNode self;
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
};

// A document of one file as it is compared with those of others (link/likeness.h).
struct HeldText {
  std::int64_t key = 0;   // of the store it is in, for as long as the file stays as it is
  DocumentHeader header;  // id, type, number, issuer, date, draft, signer's name
  TextOrigin origin = TextOrigin::kPlain;
  std::string text;
};

// What documents say of one node: one row for each that says something.
struct NodeClaim {
  std::string id;        // of the node
  std::string document;  // that says it
  bool self = false;     // of itself
  std::string number, title;
  PartialDate date;
};

}  // namespace vanban

#endif  // VANBAN_DOC_GRAPH_VALUES_H_
