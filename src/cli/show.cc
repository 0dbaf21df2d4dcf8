#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/output.h"

namespace vanban::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return {};
  return value.dump();
}

std::string field(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? std::string() : text_of(*found);
}

std::string names_of(const Json& agencies) {
  std::string out;
  for (const Json& agency : agencies) out += (out.empty() ? "" : "; ") + field(agency, "name");
  return out;
}

class Printer {
 public:
  explicit Printer(const Context& context) : context_(context) {
    const int terminal = terminal_width(STDOUT_FILENO);
    width_ = terminal == 0 ? 110 : static_cast<std::size_t>(std::clamp(terminal, 50, 140));
  }

  void line(std::string_view vi, std::string_view en, const std::string& value) const {
    if (value.empty()) return;
    std::printf("%s  %s\n", fitted(context_.say(vi, en), 12).c_str(),
                wrapped(for_terminal(value), width_ - 14, 14).c_str());
  }
  void title(std::string_view vi, std::string_view en, std::size_t count) const {
    std::printf("\n%s (%zu)\n", std::string(context_.say(vi, en)).c_str(), count);
  }
  void item(const std::string& head, const std::string& text, std::size_t most = 0) const {
    std::string line = for_terminal(head.empty() ? text : head + "  " + text);
    if (most != 0) line = fitted(line, most);
    line.erase(line.find_last_not_of(' ') + 1);
    std::printf("  %s\n", wrapped(line, width_ - 4, 4).c_str());
  }
  std::size_t width() const { return width_; }

 private:
  const Context& context_;
  std::size_t width_ = 100;
};

void print_outline(const Printer& out, const Json& sections) {
  std::map<std::string, int> depth;
  for (const Json& section : sections) {
    const std::string kind = field(section, "kind");
    const std::string parent = field(section, "parent");
    const int level = parent.empty() ? 0 : depth[parent] + 1;
    depth[field(section, "id")] = level;
    if (kind == "dash" || kind == "paragraph" || kind == "footnote" || kind == "header" ||
        kind == "recipients" || kind == "signature") {
      continue;
    }
    const std::string heading = field(section, "heading");
    const std::string text = heading.empty() ? field(section, "text") : heading;
    const std::string indent(static_cast<std::size_t>(2 * std::min(level, 8)), ' ');
    const std::string label = field(section, "label");
    const std::string what =
        kind == "appendix" || kind == "table" || kind == "article" ? "[" + kind + "] " : "";
    std::string line = indent + what + (label.empty() ? "" : label + "  ") + text.substr(0, text.find('\n'));
    line = fitted(for_terminal(line), out.width() - 2);
    line.erase(line.find_last_not_of(' ') + 1);
    std::printf("  %s\n", line.c_str());
  }
}

void print_document(const Context& context, const Json& document) {
  const Printer out(context);
  const Json& head = document.at("document");
  out.line("Văn bản", "Document", field(head, "number") + "  " + field(head, "type"));
  out.line("Mã", "Id", field(head, "id"));
  out.line("Cơ quan", "Issuer", head.at("issuer").is_null() ? "" : field(head.at("issuer"), "name"));
  out.line("Ngày", "Date",
           field(head, "date") + (field(head, "place").empty() ? "" : ", " + field(head, "place")));
  out.line("Trích yếu", "Subject", field(head, "subject"));
  out.line("Kính gửi", "Addressees", names_of(head.at("addressees")));
  if (!head.at("signer").is_null()) {
    out.line("Người ký", "Signer",
             field(head.at("signer"), "name") + ", " + field(head.at("signer"), "title"));
  }
  if (!head.at("attached_to").is_null()) {
    out.line("Kèm theo", "Attached to",
             field(head.at("attached_to"), "number") + " " + field(head.at("attached_to"), "date"));
  }
  out.line("Tệp", "File", field(document.at("source"), "path"));
  std::printf("\n%s\n", std::string(context.say("Bố cục", "Outline")).c_str());
  print_outline(out, document.at("sections"));
  out.title("Nhiệm vụ", "Tasks", document.at("tasks").size());
  for (const Json& task : document.at("tasks")) {
    std::string text = field(task, "text");
    const std::string lead = names_of(task.at("lead"));
    std::string due;
    for (const Json& deadline : task.at("deadlines")) {
      due += (due.empty() ? "" : ", ") +
             (field(deadline, "due").empty() ? field(deadline, "text") : field(deadline, "due"));
    }
    out.item(field(task, "label"), fitted(text, out.width()) + (lead.empty() ? "" : "  — " + lead) +
                                       (due.empty() ? "" : "  ⏱ " + due));
  }
  out.title("Chỉ tiêu", "Indicators", document.at("indicators").size());
  for (const Json& one : document.at("indicators")) {
    out.item(field(one, "label"),
             field(one, "name") + ": " + field(one, "comparator") + " " + field(one, "value") +
                 (field(one, "upper").empty() ? "" : "–" + field(one, "upper")) + " " + field(one, "unit") +
                 (field(one, "period").empty() ? "" : " (" + field(one, "period") + ")"));
  }
  out.title("Số liệu", "Measurements", document.at("measurements").size());
  for (const Json& one : document.at("measurements")) {
    out.item(field(one, "subject"), field(one, "name") + ": " + field(one, "value_text"));
  }
}

Result<void> print_edges(const Printer& out, const Store& store, const std::vector<GraphEdge>& edges,
                         bool outgoing) {
  for (const GraphEdge& edge : edges) {
    const std::string& other = outgoing ? edge.target : edge.source;
    const Result<std::optional<GraphNode>> node_or = store.graph_node(other);
    if (!node_or) return node_or.error();
    const std::optional<GraphNode>& node = *node_or;
    std::string text = node && !node->number.empty() ? node->number : other;
    if (node) {
      if (!to_iso(node->date).empty()) text += " (" + to_iso(node->date) + ")";
      if (!node->title.empty()) text += "  " + node->title;
    }
    std::string relation(relation_name(edge.relation));
    if (edge.modality == Modality::kPlanned) relation += " (planned)";
    if (edge.count > 1) relation += " ×" + std::to_string(edge.count);
    out.item(fitted(relation, 18), text);
  }
  return {};
}

}  // namespace

int run_show(const Context& context, const std::string& document) {
  Result<Store> store = Store::open(context.store, Store::Access::kReadOnly);
  if (!store) return complain(context, store.error());
  Result<std::optional<std::string>> found = store->document_json(document);
  if (!found) return complain(context, found.error());
  if (!found->has_value()) {
    return complain(context, make_error(ErrorCode::kNotFound,
                                        document + ": " +
                                            std::string(context.say("không có văn bản này trong kho",
                                                                    "no such document in the store"))));
  }
  if (context.format != Format::kTable) {
    std::puts((*found)->c_str());
    return kDone;
  }
  const Json json = Json::parse(**found, nullptr, false);
  if (json.is_discarded())
    return complain(context, make_error(ErrorCode::kStoreCorrupt, document + ": stored JSON is damaged"));
  print_document(context, json);
  const std::string id = field(json.at("document"), "id");
  const Result<std::vector<GraphEdge>> cites = store->edges_from(id), cited = store->edges_to(id);
  if (!cites) return complain(context, cites.error());
  if (!cited) return complain(context, cited.error());
  const Printer out(context);
  out.title("Viện dẫn tới", "Cites", cites->size());
  if (Result<void> shown = print_edges(out, *store, *cites, true); !shown)
    return complain(context, shown.error());
  out.title("Được viện dẫn bởi", "Cited by", cited->size());
  if (Result<void> shown = print_edges(out, *store, *cited, false); !shown)
    return complain(context, shown.error());
  return kDone;
}

}  // namespace vanban::cli
