#include "cli/graph_questions.h"

#include <cstdio>
#include <ctime>

#include "cli/graph_walk.h"
#include "cli/output.h"
#include "vanban/doc/json.h"
#include "vanban/link/akoma_ntoso.h"
#include "vanban/link/questions.h"

namespace vanban::cli {
namespace {

std::string say(const Context& context, std::string_view vi, std::string_view en) {
  return std::string(context.say(vi, en));
}

GraphSource source_of(const Store& store) {
  return {[&store](const std::string& id) { return store.edges_from(id); },
          [&store](const std::string& id) { return store.edges_to(id); },
          [&store](const std::string& id) { return store.graph_node(id); },
          [&store](const std::string& id, std::size_t most) { return store.count_edges_to(id, most); }};
}

// An id, or a number in any spelling that means one node.
Result<std::string> node_id(const Context& context, const Store& store, const std::string& given) {
  Result<std::vector<std::string>> ids = store.node_ids(given);
  if (!ids) return ids.error();
  if (ids->size() == 1) return ids->front();
  if (ids->empty())
    return make_error(ErrorCode::kNotFound,
                      given + ": " + say(context, "không có trong đồ thị", "not in the graph"));
  std::string message =
      given + ": " + say(context, "có nhiều văn bản, hãy chọn:", "several documents, choose one:");
  constexpr std::size_t kMostNames = 20;
  for (std::size_t i = 0; i < ids->size() && i < kMostNames; ++i) {
    Result<std::optional<GraphNode>> node = store.graph_node((*ids)[i]);
    if (!node) return node.error();
    message += (i == 0 ? " " : "; ") + (*ids)[i];
    if (*node)
      message += " (" + to_iso((*node)->date) + ((*node)->title.empty() ? "" : ", " + (*node)->title) + ")";
  }
  if (ids->size() > kMostNames) message += "; … " + std::to_string(ids->size() - kMostNames);
  return make_error(ErrorCode::kInvalidArgument, message);
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

int print_status(const Context& context, const Store& store, const std::string& id, const std::string& day) {
  const PartialDate as_of = partial_date_from_iso(day.empty() ? today() : day).value_or(PartialDate{});
  Result<ValidityReport> report = validity_of(source_of(store), id, as_of);
  if (!report) return complain(context, report.error());
  std::vector<std::vector<std::string>> rows;
  for (const ValidityEvent& one : report->events) {
    rows.push_back({std::string(validity_name(report->validity)), to_iso(one.by.date),
                    relation_words(context, one.relation), one.by.id, provision(one.pinpoint),
                    one.subject == id ? std::string() : one.subject, one.certain ? "1" : "0"});
  }
  if (context.format == Format::kTable) {
    const char* vi[] = {"còn hiệu lực", "đã được sửa đổi, bổ sung", "hết hiệu lực", "chưa ban hành"};
    const char* en[] = {"in force", "amended", "ended", "not issued yet"};
    const auto index = static_cast<std::size_t>(report->validity);
    std::printf("%s, %s: %s\n", for_terminal(named(report->document)).c_str(), to_iso(as_of).c_str(),
                say(context, vi[index], en[index]).c_str());
    for (const ValidityEvent& one : report->events) {
      std::string line =
          "  " + to_iso(one.by.date) + "  " + named(one.by) + "  " + relation_words(context, one.relation);
      if (const std::string part = provision(one.pinpoint); !part.empty()) line += "  " + part;
      if (one.subject != id) line += "  → " + one.subject;
      if (!one.certain)
        line += say(context, "  (chưa rõ ngày: không tính)", "  (day unknown: does not count)");
      std::puts(for_terminal(line).c_str());
    }
    std::puts(say(context, "Theo các văn bản trong kho; tính từ ngày ban hành, không phải ngày có hiệu lực.",
                  "As far as the held documents tell; counted from dates of issue, not of entry into force.")
                  .c_str());
    return kDone;
  }
  if (rows.empty()) rows.push_back({std::string(validity_name(report->validity)), "", "", "", "", "", ""});
  print_rows(context,
             {{"validity", ""},
              {"date", ""},
              {"relation", ""},
              {"by", ""},
              {"pinpoint", ""},
              {"through", ""},
              {"certain", "", 1, 0, true}},
             rows);
  return kDone;
}

int print_akoma_ntoso(const Context& context, const Store& store, const std::string& given) {
  Result<std::optional<std::string>> json = store.document_json(given, true);
  if (!json) return complain(context, json.error());
  if (!*json)
    return complain(context,
                    make_error(ErrorCode::kNotFound, given + ": " +
                                                         say(context, "không có văn bản này trong kho",
                                                             "no such document in the store")));
  Result<Document> document = from_json(**json);
  if (!document) return complain(context, document.error());
  constexpr PartialDate kEver{9999, 12, 31};
  Result<ValidityReport> report = validity_of(source_of(store), document->header.id, kEver);
  if (!report) return complain(context, report.error());
  const std::string xml = write_akoma_ntoso(*document, report->events);
  std::fwrite(xml.data(), 1, xml.size(), stdout);
  return kDone;
}

int print_path(const Context& context, const Store& store, const GraphOptions& options) {
  if (options.from.empty() || options.to.empty()) {
    return complain(context,
                    make_error(ErrorCode::kInvalidArgument,
                               say(context, "--from và --to đi cùng nhau", "--from and --to go together")));
  }
  Result<std::string> from = node_id(context, store, options.from);
  if (!from) return complain(context, from.error());
  Result<std::string> to = node_id(context, store, options.to);
  if (!to) return complain(context, to.error());
  const GraphSource source = source_of(store);
  Result<std::vector<GraphEdge>> path = shortest_path(source, *from, *to);
  if (!path) return complain(context, path.error());
  std::vector<GraphNode> nodes(path->size() + 1);  // along the chain
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    nodes[i].id = i == 0 ? *from : (*path)[i - 1].target;
    Result<std::optional<GraphNode>> node = source.node(nodes[i].id);
    if (!node) return complain(context, node.error());
    if (*node) nodes[i] = std::move(**node);
  }
  if (context.format != Format::kTable) {
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < path->size(); ++i) rows.push_back(step_cells((*path)[i], nodes[i + 1]));
    print_rows(context, step_columns(), rows);
    return kDone;
  }
  if (path->empty()) {
    std::puts(*from == *to ? for_terminal(named(nodes[0])).c_str()
                           : say(context, "Không có đường viện dẫn.", "No chain of citations.").c_str());
    return kDone;
  }
  std::puts(for_terminal(named(nodes[0])).c_str());
  for (std::size_t i = 0; i < path->size(); ++i) {
    std::string line = "  " + relation_words(context, (*path)[i].relation);
    if ((*path)[i].modality == Modality::kPlanned) line += say(context, " (dự kiến)", " (planned)");
    line += " → " + named(nodes[i + 1]);
    if (const std::string part = provision((*path)[i].pinpoint); !part.empty()) line += "  [" + part + "]";
    std::puts(for_terminal(line).c_str());
  }
  return kDone;
}

}  // namespace

bool asks_of_one(const GraphOptions& options) {
  return !options.cites.empty() || !options.cited_by.empty() || !options.basis.empty() ||
         !options.implements.empty() || !options.impact.empty() || !options.status.empty() ||
         !options.akn.empty() || !options.from.empty() || !options.to.empty();
}

int answer(const Context& context, const Store& store, const GraphOptions& options) {
  if (!options.akn.empty()) return print_akoma_ntoso(context, store, options.akn);
  if (!options.from.empty() || !options.to.empty()) return print_path(context, store, options);
  WalkRule rule;
  std::string given;
  if (!options.cites.empty()) given = options.cites;
  if (!options.cited_by.empty()) {
    given = options.cited_by;
    rule.backwards = true;
  }
  rule.depth = options.depth;
  if (!options.basis.empty()) given = options.basis, rule = basis_rule();
  if (!options.implements.empty()) given = options.implements, rule = implements_rule();
  if (!options.impact.empty()) given = options.impact, rule = impact_rule();
  if (!options.status.empty()) given = options.status;
  if (!options.relation.empty()) {
    const std::optional<Relation> relation = relation_from_name(options.relation);
    if (!relation)
      return complain(context, make_error(ErrorCode::kInvalidArgument, "--relation " + options.relation));
    rule.relations = {*relation};
  }
  Result<std::string> id = node_id(context, store, given);
  if (!id) return complain(context, id.error());
  if (!options.status.empty()) return print_status(context, store, *id, options.as_of);
  const GraphSource source = source_of(store);
  Result<std::vector<WalkStep>> steps = walk(source, *id, rule);
  if (!steps) return complain(context, steps.error());
  Result<std::optional<GraphNode>> start = source.node(*id);
  if (!start) return complain(context, start.error());
  GraphNode bare;
  bare.id = *id;
  return print_walk(context, store, start->value_or(bare), *steps, rule.backwards,
                    !options.implements.empty());
}

}  // namespace vanban::cli
