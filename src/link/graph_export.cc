#include "graph_export.h"

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "vanban/base/markup.h"

namespace vanban {
namespace {

std::string label_of(const GraphNode& node) {
  std::string label = node.number.empty() ? (node.title.empty() ? node.id : node.title) : node.number;
  if (node.date.known()) label += " (" + to_iso(node.date) + ")";
  return label;
}

std::string dot_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out += ' ';
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out + "\"";
}

std::string write_dot(const CitationGraph& graph) {
  std::string out = "digraph citations {\n  node [shape=box];\n";
  for (const GraphNode& node : graph.nodes()) {
    out += "  " + dot_quoted(node.id) + " [label=" + dot_quoted(label_of(node)) +
           (node.held ? ", style=bold" : "") + "];\n";
  }
  graph.each_edge([&](const GraphEdge& edge) {
    out += "  " + dot_quoted(edge.source) + " -> " + dot_quoted(edge.target) +
           " [label=" + dot_quoted(relation_name(edge.relation)) +
           (edge.modality == Modality::kPlanned ? ", style=dashed" : "") + "];\n";
  });
  return out + "}\n";
}

std::string write_graphml(const CitationGraph& graph) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  for (const char* name : {"type", "number", "date", "title", "issuer"}) {
    out += std::string("  <key id=\"") + name + "\" for=\"node\" attr.name=\"" + name +
           "\" attr.type=\"string\"/>\n";
  }
  out += "  <key id=\"held\" for=\"node\" attr.name=\"held\" attr.type=\"boolean\"/>\n";
  for (const char* name : {"relation", "modality", "pinpoint"}) {
    out += std::string("  <key id=\"") + name + "\" for=\"edge\" attr.name=\"" + name +
           "\" attr.type=\"string\"/>\n";
  }
  out += "  <key id=\"count\" for=\"edge\" attr.name=\"count\" attr.type=\"int\"/>\n";
  out += "  <graph id=\"citations\" edgedefault=\"directed\">\n";
  const auto data = [&](const char* key, std::string_view value) {
    if (!value.empty()) out += std::string("<data key=\"") + key + "\">" + markup_escaped(value) + "</data>";
  };
  for (const GraphNode& node : graph.nodes()) {
    out += "    <node id=\"" + markup_escaped(node.id) + "\">";
    data("type", document_type_name(node.type));
    data("number", node.number);
    data("date", to_iso(node.date));
    data("title", node.title);
    data("issuer", node.issuer);
    data("held", node.held ? "true" : "false");
    out += "</node>\n";
  }
  graph.each_edge([&](const GraphEdge& edge) {
    out += "    <edge source=\"" + markup_escaped(edge.source) + "\" target=\"" +
           markup_escaped(edge.target) + "\">";
    data("relation", relation_name(edge.relation));
    data("modality", modality_name(edge.modality));
    data("pinpoint", pinpoint_text(edge.pinpoint));
    data("count", std::to_string(edge.count));
    out += "</edge>\n";
  });
  return out + "  </graph>\n</graphml>\n";
}

std::string write_json(const CitationGraph& graph) {
  using nlohmann::ordered_json;
  const auto or_null = [](const std::string& value) {
    return value.empty() ? ordered_json(nullptr) : ordered_json(value);
  };
  ordered_json out;
  out["directed"] = true;
  out["multigraph"] = true;
  out["graph"] = ordered_json::object();
  out["nodes"] = ordered_json::array();
  for (const GraphNode& node : graph.nodes()) {
    out["nodes"].push_back({{"id", node.id},
                            {"number", or_null(node.number)},
                            {"type", std::string(document_type_name(node.type))},
                            {"date", or_null(to_iso(node.date))},
                            {"title", or_null(node.title)},
                            {"held", node.held}});
  }
  out["links"] = ordered_json::array();
  graph.each_edge([&](const GraphEdge& edge) {
    out["links"].push_back({{"source", edge.source},
                            {"target", edge.target},
                            {"relation", std::string(relation_name(edge.relation))},
                            {"modality", std::string(modality_name(edge.modality))},
                            {"pinpoint", or_null(pinpoint_text(edge.pinpoint))},
                            {"count", edge.count}});
  });
  return out.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string pinpoint_text(const Pinpoint& p) {
  std::string out;
  const std::array<std::pair<std::string_view, const std::string*>, 7> levels = {{{"điểm", &p.point},
                                                                                  {"khoản", &p.clause},
                                                                                  {"Điều", &p.article},
                                                                                  {"Mục", &p.section},
                                                                                  {"Chương", &p.chapter},
                                                                                  {"Phần", &p.part},
                                                                                  {"Phụ lục", &p.appendix}}};
  for (const auto& [word, label] : levels) {
    if (label->empty()) continue;
    if (!out.empty()) out += ' ';
    out += std::string(word) + " " + *label;
  }
  return out;
}

std::string write_graph(const CitationGraph& graph, GraphFormat format) {
  switch (format) {
    case GraphFormat::kDot:
      return write_dot(graph);
    case GraphFormat::kGraphml:
      return write_graphml(graph);
    case GraphFormat::kTurtle:
      return write_turtle(graph);
    case GraphFormat::kJson:
      break;
  }
  return write_json(graph);
}

}  // namespace vanban
