// The citation graph for graph databases: Neo4j's import CSV, RDF Turtle.

#include <algorithm>
#include <string>

#include "graph_export.h"
#include "vanban/base/utf8.h"

namespace vanban {
namespace {

// RFC 4180; every cell quoted, because an empty quoted cell is an empty text for Neo4j and a bare one is no
// value.
std::string cell(std::string_view text) {
  if (text.empty()) return {};
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string upper(std::string_view name) {
  std::string out(name);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

// IRI of a node: its canonical id below a URN of the program; what an IRI cannot hold is escaped.
std::string iri(std::string_view id) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out = "<urn:vanban:";
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '-' || c == '.' || c == '_' || c == ':' || c == '~' || byte >= 0x80;
    if (plain) {
      out += c;
    } else if (c == '#') {
      out += '#';
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out + ">";
}

std::string literal(std::string_view text, std::string_view suffix = {}) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
  }
  return out + "\"" + std::string(suffix);
}

// ELI has a property for most relations; the others are the program's own.
std::string property(Relation relation, Modality modality) {
  if (modality == Modality::kPlanned) return "vb:plans_" + std::string(relation_name(relation));
  switch (relation) {
    case Relation::kLegalBasis:
      return "eli:based_on";
    case Relation::kAmends:
      return "eli:amends";
    case Relation::kReplaces:
    case Relation::kRepeals:
      return "eli:repeals";
    case Relation::kGuides:
    case Relation::kImplements:
      return "eli:applies";
    case Relation::kCites:
    case Relation::kAnswers:
    case Relation::kAssignedIn:
      return relation == Relation::kCites ? "eli:cites" : "vb:" + std::string(relation_name(relation));
    case Relation::kPartOf:
      return "eli:is_part_of";
    case Relation::kAttachedTo:
      break;
  }
  return "vb:" + std::string(relation_name(relation));
}

}  // namespace

std::string write_neo4j_nodes(const CitationGraph& graph) {
  std::string out = "id:ID,number,type,date,title,issuer,held:boolean,part_of,:LABEL\n";
  for (const GraphNode& node : graph.nodes()) {
    out += cell(node.id) + "," + cell(node.number) + "," + cell(document_type_name(node.type)) + "," +
           cell(to_iso(node.date)) + "," + cell(node.title) + "," + cell(node.issuer) + "," +
           (node.held ? "true" : "false") + "," + cell(node.part_of) + "," +
           (node.part_of.empty() ? "Document" : "Provision") + "\n";
  }
  return out;
}

std::string write_neo4j_relationships(const CitationGraph& graph) {
  std::string out = ":START_ID,:END_ID,:TYPE,modality,pinpoint,count:int\n";
  graph.each_edge([&](const GraphEdge& edge) {
    out += cell(edge.source) + "," + cell(edge.target) + "," + upper(relation_name(edge.relation)) + "," +
           cell(modality_name(edge.modality)) + "," + cell(pinpoint_text(edge.pinpoint)) + "," +
           std::to_string(edge.count) + "\n";
  });
  return out;
}

std::string write_turtle(const CitationGraph& graph) {
  std::string out =
      "@prefix eli: <http://data.europa.eu/eli/ontology#> .\n"
      "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
      "@prefix vb: <urn:vanban:terms#> .\n\n";
  for (const GraphNode& node : graph.nodes()) {
    out +=
        iri(node.id) + " a " + (node.part_of.empty() ? "eli:LegalResource" : "eli:LegalResourceSubdivision");
    const auto say = [&](const char* name, const std::string& value) {
      out += std::string(" ;\n  ") + name + " " + value;
    };
    if (!node.number.empty()) say("eli:id_local", literal(node.number));
    if (node.part_of.empty())
      say("eli:type_document", iri("type/" + std::string(document_type_name(node.type))));
    if (node.date.known()) {
      const char* precision = node.date.full()       ? "^^xsd:date"
                              : node.date.month != 0 ? "^^xsd:gYearMonth"
                                                     : "^^xsd:gYear";
      say("eli:date_document", literal(to_iso(node.date), precision));
    }
    if (!node.title.empty()) say("eli:title", literal(node.title, "@vi"));
    if (!node.issuer.empty()) say("eli:passed_by", literal(node.issuer, "@vi"));
    say("vb:held", node.held ? "true" : "false");
    out += " .\n";
  }
  out += "\n";
  std::string last;
  graph.each_edge([&](const GraphEdge& edge) {  // a pinpoint is said by the provision's own node
    std::string line =
        iri(edge.source) + " " + property(edge.relation, edge.modality) + " " + iri(edge.target) + " .\n";
    if (line == last) return;
    out += line;
    last = std::move(line);
  });
  return out;
}

}  // namespace vanban
