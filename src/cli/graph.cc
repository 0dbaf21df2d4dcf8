#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "vanban/link/graph.h"

namespace vanban::cli {
namespace {

std::string named(const CitationGraph& graph, const std::string& id) {
  const GraphNode* node = graph.find(id);
  if (node == nullptr) return id;
  std::string text = node->number.empty() ? (node->title.empty() ? id : node->title) : node->number;
  if (node->date.known()) text += " (" + to_iso(node->date) + ")";
  return text;
}

// An id, or a number in any spelling that means one node.
Result<std::string> node_id(const Context& context, const CitationGraph& graph, const Store& store, const std::string& given) {
  if (graph.find(given) != nullptr) return given;
  Result<std::vector<std::string>> ids = store.node_ids(given);
  if (!ids) return ids.error();
  if (ids->size() == 1) return ids->front();
  if (ids->empty()) {
    return make_error(ErrorCode::kNotFound, given + ": " + std::string(context.say("không có trong đồ thị", "not in the graph")));
  }
  std::string message = given + ": " + std::string(context.say("có nhiều văn bản, hãy chọn:", "several documents, choose one:"));
  for (const std::string& id : *ids) message += " " + id;
  return make_error(ErrorCode::kInvalidArgument, message);
}

int print_path(const Context& context, const CitationGraph& graph, const Store& store, const GraphOptions& options) {
  Result<std::string> from = node_id(context, graph, store, options.from);
  if (!from) return complain(context, from.error());
  Result<std::string> to = node_id(context, graph, store, options.to);
  if (!to) return complain(context, to.error());
  Result<std::vector<GraphEdge>> path = graph.shortest_path(*from, *to);
  if (!path) return complain(context, path.error());
  std::vector<std::vector<std::string>> rows;
  for (const GraphEdge& edge : *path) {
    rows.push_back({edge.source, std::string(relation_name(edge.relation)), std::string(modality_name(edge.modality)), edge.target});
  }
  if (context.format != Format::kTable) {
    print_rows(context, {{"source", ""}, {"relation", ""}, {"modality", ""}, {"target", ""}}, rows);
    return kDone;
  }
  if (path->empty()) {
    std::puts(std::string(context.say("Không có đường viện dẫn.", "No chain of citations.")).c_str());
    return kDone;
  }
  std::puts(for_terminal(named(graph, *from)).c_str());
  for (const GraphEdge& edge : *path) {
    std::printf("  %s → %s\n", std::string(relation_name(edge.relation)).c_str(), for_terminal(named(graph, edge.target)).c_str());
  }
  return kDone;
}

}  // namespace

int run_graph(const Context& context, const GraphOptions& options) {
  Result<Store> store = Store::open(context.store, Store::Access::kReadOnly);
  if (!store) return complain(context, store.error());
  Result<std::pair<std::vector<GraphNode>, std::vector<GraphEdge>>> parts = store->graph();
  if (!parts) return complain(context, parts.error());
  const CitationGraph graph = CitationGraph::build(std::move(parts->first), std::move(parts->second));
  if (!options.export_format.empty()) {
    const GraphFormat format = options.export_format == "dot"       ? GraphFormat::kDot
                               : options.export_format == "graphml" ? GraphFormat::kGraphml
                                                                    : GraphFormat::kJson;
    const std::string text = graph.write(format);
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (!text.empty() && text.back() != '\n') std::putchar('\n');
    return kDone;
  }
  if (!options.from.empty() || !options.to.empty()) {
    if (options.from.empty() || options.to.empty()) {
      return complain(context, make_error(ErrorCode::kInvalidArgument, std::string(context.say("--from và --to đi cùng nhau", "--from and --to go together"))));
    }
    return print_path(context, graph, *store, options);
  }
  const std::vector<RankedNode> ranked = graph.most_cited(options.top);
  std::vector<std::vector<std::string>> rows;
  for (const RankedNode& one : ranked) {
    char rank[32];
    std::snprintf(rank, sizeof rank, "%.5f", one.pagerank);
    rows.push_back({one.node.id, one.node.number, to_iso(one.node.date), one.node.title, rank,
                    std::to_string(one.in_degree), std::to_string(one.out_degree), one.node.held ? "1" : "0"});
  }
  const std::vector<Column> columns = {{"id", "Id", 10, 2},
                                       {"number", std::string(context.say("Số", "Number"))},
                                       {"date", std::string(context.say("Ngày", "Date"))},
                                       {"title", std::string(context.say("Tên", "Title")), 10, 2},
                                       {"pagerank", "PageRank", 4, 0, true},
                                       {"in_degree", std::string(context.say("Được dẫn", "Cited by")), 4, 0, true},
                                       {"out_degree", std::string(context.say("Dẫn", "Cites")), 4, 0, true},
                                       {"held", std::string(context.say("Có", "Held")), 1, 0, true}};
  if (context.format == Format::kTable) {
    std::printf("%zu %s (%zu %s), %zu %s\n\n", graph.node_count(), std::string(context.say("văn bản", "documents")).c_str(),
                graph.held_count(), std::string(context.say("có trong kho", "held")).c_str(), graph.edge_count(),
                std::string(context.say("quan hệ", "relations")).c_str());
  }
  print_rows(context, columns, rows);
  return kDone;
}

}  // namespace vanban::cli
