// vanban graph: ranks, groups and exports of the whole graph; questions about one document are in
// graph_questions.cc.

#include "vanban/link/graph.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

#include "cli/graph_questions.h"
#include "cli/graph_walk.h"
#include "cli/output.h"
#include "vanban/link/checks.h"

namespace vanban::cli {
namespace {

std::string say(const Context& context, std::string_view vi, std::string_view en) {
  return std::string(context.say(vi, en));
}

std::string rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.5f", value);
  return text;
}

Result<CitationGraph> whole_graph(const Store& store) {
  Result<GraphRows> rows = store.graph();
  if (!rows) return rows.error();
  return CitationGraph::build(std::move(*rows));
}

int write_csv(const Context& context, const CitationGraph& graph, const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const std::pair<const char*, std::string> files[] = {
      {"nodes.csv", graph.write_nodes_csv()}, {"relationships.csv", graph.write_relationships_csv()}};
  for (const auto& [name, text] : files) {
    const std::filesystem::path path = std::filesystem::path(folder) / name;
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    if (!out) return complain(context, make_error(ErrorCode::kIo, path.string() + ": cannot be written"));
    std::puts(for_terminal(path.string()).c_str());
  }
  return kDone;
}

int export_graph(const Context& context, CitationGraph graph, const GraphOptions& options) {
  if (options.provisions) graph = graph.with_provisions();
  if (options.export_format == "csv") {
    return write_csv(context, graph, options.out.empty() ? "vanban-graph" : options.out);
  }
  const GraphFormat format = options.export_format == "dot"       ? GraphFormat::kDot
                             : options.export_format == "graphml" ? GraphFormat::kGraphml
                             : options.export_format == "turtle"  ? GraphFormat::kTurtle
                                                                  : GraphFormat::kJson;
  const std::string text = graph.write(format);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (!text.empty() && text.back() != '\n') std::putchar('\n');
  return kDone;
}

int print_groups(const Context& context, const CitationGraph& graph,
                 const std::vector<std::vector<std::string>>& groups, std::size_t limit,
                 std::size_t most_members) {
  std::vector<std::vector<std::string>> rows;
  if (context.format == Format::kTable && !groups.empty()) {  // who is in it: its most cited members
    std::map<std::string, std::size_t> cited;
    graph.each_edge([&](const GraphEdge& edge) { ++cited[edge.target]; });
    for (std::size_t i = 0; i < groups.size() && i < limit; ++i) {
      std::vector<std::string> members = groups[i];
      std::stable_sort(members.begin(), members.end(),
                       [&](const std::string& a, const std::string& b) { return cited[a] > cited[b]; });
      std::printf("%zu. %zu %s\n", i + 1, members.size(), say(context, "văn bản", "documents").c_str());
      for (std::size_t m = 0; m < members.size() && m < most_members; ++m) {
        const GraphNode* node = graph.find(members[m]);
        std::printf("   %s\n",
                    for_terminal(named(*node) +
                                 (node->number.empty() || node->title.empty() ? "" : "  " + node->title))
                        .c_str());
      }
      if (members.size() > most_members) std::puts("   …");
    }
    if (groups.size() > limit)
      std::printf("… %zu %s\n", groups.size() - limit,
                  say(context, "nhóm khác (--top)", "more groups (--top)").c_str());
    return kDone;
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const std::string& id : groups[i]) {
      const GraphNode* node = graph.find(id);
      rows.push_back({std::to_string(i + 1), id, node->number, to_iso(node->date), node->title});
    }
  }
  if (rows.empty() && context.format == Format::kTable) {
    std::puts(say(context, "Không có.", "None.").c_str());
    return kDone;
  }
  print_rows(context,
             {{"group", say(context, "Nhóm", "Group"), 4, 0, true},
              {"id", "Id", 10, 2},
              {"number", say(context, "Số", "Number")},
              {"date", say(context, "Ngày", "Date")},
              {"title", say(context, "Tên", "Title"), 10, 2}},
             rows);
  return kDone;
}

int print_check(const Context& context, const Store& store, const CitationGraph& graph) {
  Result<std::vector<NodeClaim>> claims = store.conflicting_claims();
  if (!claims) return complain(context, claims.error());
  std::vector<std::vector<std::string>> rows;
  std::vector<GraphFinding> findings = check_graph(graph, *claims);
  Result<std::vector<std::vector<std::int64_t>>> claimants = store.claimants();
  if (!claimants) return complain(context, claimants.error());
  for (const std::vector<std::int64_t>& keys : *claimants) {
    std::vector<HeldText> files;
    for (const std::int64_t key : keys) {
      Result<HeldText> file = store.held_text(key);
      if (!file) return complain(context, file.error());
      files.push_back(std::move(*file));
    }
    std::optional<GraphFinding> other = compare_contents(files);
    // Where subjects or dates differ as well, that says it already.
    if (other && std::none_of(findings.begin(), findings.end(), [&](const GraphFinding& one) {
          return one.code == other->code && one.target == other->target;
        })) {
      findings.push_back(std::move(*other));
    }
  }
  for (const GraphFinding& one : findings) rows.push_back({one.code, one.document, one.target, one.detail});
  if (rows.empty() && context.format == Format::kTable) {
    std::puts(say(context, "Không thấy điều gì không khớp.", "Nothing that does not fit.").c_str());
    return kDone;
  }
  print_rows(context,
             {{"code", say(context, "Loại", "Code")},
              {"document", say(context, "Văn bản", "Document"), 10, 2},
              {"target", say(context, "Về", "About"), 10, 2},
              {"detail", say(context, "Chi tiết", "Detail"), 10, 2}},
             rows);
  return kDone;
}

int print_ranks(const Context& context, const CitationGraph& graph, const GraphOptions& options) {
  std::vector<Column> columns = {{"id", "Id", 10, 2},
                                 {"number", say(context, "Số", "Number")},
                                 {"date", say(context, "Ngày", "Date")},
                                 {"title", say(context, "Tên", "Title"), 10, 2}};
  const auto cells = [](const GraphNode& node) {
    return std::vector<std::string>{node.id, node.number, to_iso(node.date), node.title};
  };
  std::vector<std::vector<std::string>> rows;
  if (options.hubs) {
    columns.push_back({"authority", "Authority", 4, 0, true});
    columns.push_back({"hub", "Hub", 4, 0, true});
    for (const HubNode& one : graph.hubs(options.top)) {
      rows.push_back(cells(one.node));
      rows.back().insert(rows.back().end(), {rounded(one.authority), rounded(one.hub)});
    }
  } else {
    if (!options.missing) columns.push_back({"pagerank", "PageRank", 4, 0, true});
    columns.push_back({"in_degree", say(context, "Được dẫn", "Cited by"), 4, 0, true});
    columns.push_back({"out_degree", say(context, "Dẫn", "Cites"), 4, 0, true});
    columns.push_back({"held", say(context, "Có", "Held"), 1, 0, true});
    for (const RankedNode& one :
         options.missing ? graph.missing(options.top) : graph.most_cited(options.top)) {
      rows.push_back(cells(one.node));
      if (!options.missing) rows.back().push_back(rounded(one.pagerank));
      rows.back().insert(rows.back().end(), {std::to_string(one.in_degree), std::to_string(one.out_degree),
                                             one.node.held ? "1" : "0"});
    }
  }
  if (context.format == Format::kTable) {
    std::printf("%zu %s (%zu %s), %zu %s\n\n", graph.node_count(),
                say(context, "văn bản", "documents").c_str(), graph.held_count(),
                say(context, "có trong kho", "held").c_str(), graph.edge_count(),
                say(context, "quan hệ", "relations").c_str());
  }
  print_rows(context, columns, rows);
  return kDone;
}

}  // namespace

int run_graph(const Context& context, const GraphOptions& options) {
  Result<Store> store = Store::open(context.store, Store::Access::kReadOnly);
  if (!store) return complain(context, store.error());
  if (asks_of_one(options)) return answer(context, *store, options);
  Result<CitationGraph> graph = whole_graph(*store);
  if (!graph) return complain(context, graph.error());
  if (!options.export_format.empty()) return export_graph(context, std::move(*graph), options);
  if (options.check) return print_check(context, *store, *graph);
  if (options.cycles) return print_groups(context, *graph, graph->cycles(), options.top, graph->node_count());
  if (options.communities) {
    const Communities found = graph->communities();
    if (context.format == Format::kTable && !found.groups.empty()) {
      std::printf("%zu %s, modularity %.2f\n\n", found.groups.size(), say(context, "nhóm", "groups").c_str(),
                  found.modularity);
    }
    return print_groups(context, *graph, found.groups, options.top, 4);
  }
  return print_ranks(context, *graph, options);
}

}  // namespace vanban::cli
