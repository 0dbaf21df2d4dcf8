#include "cli/graph_walk.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

namespace vanban::cli {
namespace {

std::string say(const Context& context, std::string_view vi, std::string_view en) {
  return std::string(context.say(vi, en));
}

struct TaskRow {
  const GraphNode* document;
  std::string id, label, lead, due, text;
};

// Tasks of the held documents among those given, each document's in reading order.
Result<std::vector<TaskRow>> tasks_of(const Store& store, const std::vector<const GraphNode*>& documents) {
  std::vector<TaskRow> tasks;
  std::set<std::string> seen;
  for (const GraphNode* document : documents) {
    if (!document->held || !seen.insert(document->id).second) continue;
    Filter filter;
    filter.document = document->id;
    filter.limit = 10'000;
    Result<std::vector<ListRow>> rows = store.list(FactKind::kTask, filter);
    if (!rows) return rows.error();
    for (const ListRow& row : *rows) {
      TaskRow& task = tasks.emplace_back();
      task.document = document;
      for (const auto& [name, value] : row.fields) {
        if (name == "task_id") task.id = value;
        if (name == "label") task.label = value;
        if (name == "lead") task.lead = value;
        if (name == "due") task.due = value;
        if (name == "text") task.text = value;
      }
    }
  }
  return tasks;
}

// The ways in which one document leads to another, joined.
struct Branch {
  const GraphNode* node = nullptr;
  std::string relations, provisions;
  bool planned = false;
};

void add_word(std::string& to, const std::string& word) {
  if (word.empty() || (", " + to + ", ").find(", " + word + ", ") != std::string::npos) return;
  to += (to.empty() ? "" : ", ") + word;
}

void print_tree(const Context& context, const GraphNode& start, const std::vector<WalkStep>& steps,
                bool backwards) {
  std::map<std::string, std::vector<Branch>> below;
  std::map<std::pair<std::string, std::pair<std::string, bool>>, std::size_t> place;
  for (const WalkStep& step : steps) {
    const std::string& from = backwards ? step.edge.target : step.edge.source;
    const bool planned = step.edge.modality == Modality::kPlanned;
    std::vector<Branch>& branches = below[from];
    const auto [at, fresh] = place.try_emplace({from, {step.node.id, planned}}, branches.size());
    if (fresh) branches.push_back({&step.node, {}, {}, planned});
    add_word(branches[at->second].relations, relation_words(context, step.edge.relation));
    add_word(branches[at->second].provisions, provision(step.edge.pinpoint));
  }
  std::puts(for_terminal(named(start)).c_str());
  std::set<std::string> shown{start.id};
  struct Level {
    const std::vector<Branch>* branches;
    std::size_t next = 0;
  };
  std::vector<Level> stack;
  if (const auto first = below.find(start.id); first != below.end()) stack.push_back({&first->second});
  while (!stack.empty()) {
    Level& level = stack.back();
    if (level.next == level.branches->size()) {
      stack.pop_back();
      continue;
    }
    const Branch& branch = (*level.branches)[level.next++];
    constexpr std::size_t kLongestProvisions = 60, kLongestTitle = 70;
    std::string line(2 * stack.size(), ' ');
    line += branch.relations + (branch.planned ? say(context, " (dự kiến)", " (planned)") : std::string()) +
            (backwards ? " ← " : " → ") + named(*branch.node);
    const auto cut = [](const std::string& text, std::size_t most) {
      std::string out = fitted(text, most);
      out.erase(out.find_last_not_of(' ') + 1);
      return out;
    };
    if (!branch.provisions.empty()) line += "  [" + cut(branch.provisions, kLongestProvisions) + "]";
    if (!branch.node->title.empty() && !branch.node->number.empty())
      line += "  " + cut(branch.node->title, kLongestTitle);
    const auto further = below.find(branch.node->id);
    const bool again = !shown.insert(branch.node->id).second;
    if (again && further != below.end()) line += say(context, "  (đã nêu)", "  (see above)");
    std::puts(for_terminal(line).c_str());
    if (!again && further != below.end()) stack.push_back({&further->second});
  }
}

}  // namespace

std::string relation_words(const Context& context, Relation relation) {
  if (!context.vietnamese) return std::string(relation_name(relation));
  switch (relation) {
    case Relation::kLegalBasis:
      return "căn cứ";
    case Relation::kAttachedTo:
      return "kèm theo";
    case Relation::kAmends:
      return "sửa đổi, bổ sung";
    case Relation::kReplaces:
      return "thay thế";
    case Relation::kRepeals:
      return "bãi bỏ";
    case Relation::kGuides:
      return "hướng dẫn";
    case Relation::kImplements:
      return "thực hiện";
    case Relation::kAssignedIn:
      return "giao tại";
    case Relation::kAnswers:
      return "trả lời";
    case Relation::kCites:
      return "viện dẫn";
    case Relation::kPartOf:
      return "thuộc";
  }
  return {};
}

std::string named(const GraphNode& node) {
  std::string text = node.number.empty() ? (node.title.empty() ? node.id : node.title) : node.number;
  if (node.date.known()) text += " (" + to_iso(node.date) + ")";
  return text;
}

std::string provision(const Pinpoint& p) {
  std::string out;
  const std::pair<const char*, const std::string*> levels[] = {
      {"điểm", &p.point},     {"khoản", &p.clause}, {"Điều", &p.article},    {"Mục", &p.section},
      {"Chương", &p.chapter}, {"Phần", &p.part},    {"Phụ lục", &p.appendix}};
  for (const auto& [word, label] : levels) {
    if (!label->empty()) out += (out.empty() ? "" : " ") + std::string(word) + " " + *label;
  }
  return out;
}

std::vector<Column> step_columns() {
  return {{"source", ""}, {"relation", ""}, {"modality", ""}, {"pinpoint", ""},        {"target", ""},
          {"number", ""}, {"date", ""},     {"title", ""},    {"held", "", 1, 0, true}};
}

std::vector<std::string> step_cells(const GraphEdge& edge, const GraphNode& node) {
  return {edge.source,
          std::string(relation_name(edge.relation)),
          std::string(modality_name(edge.modality)),
          provision(edge.pinpoint),
          edge.target,
          node.number,
          to_iso(node.date),
          node.title,
          node.held ? "1" : "0"};
}

int print_walk(const Context& context, const Store& store, const GraphNode& start,
               const std::vector<WalkStep>& steps, bool backwards, bool tasks) {
  std::vector<TaskRow> given;
  if (tasks) {
    std::vector<const GraphNode*> documents{&start};
    for (const WalkStep& step : steps) documents.push_back(&step.node);
    Result<std::vector<TaskRow>> found = tasks_of(store, documents);
    if (!found) return complain(context, found.error());
    given = std::move(*found);
  }
  if (context.format == Format::kTable) {
    if (steps.empty() && given.empty()) {
      std::puts(say(context, "Không có.", "None.").c_str());
      return kDone;
    }
    print_tree(context, start, steps, backwards);
    if (!given.empty()) std::printf("\n%s\n", say(context, "Nhiệm vụ đã giao", "Tasks given").c_str());
    for (const TaskRow& task : given) {
      const std::string line = named(*task.document) + "  " + task.label + "  " + task.lead +
                               (task.due.empty() ? "" : " [" + task.due + "]") + ": " + task.text;
      std::printf("  %s\n", wrapped(for_terminal(fitted(line, 200)), 110, 4).c_str());
    }
    return kDone;
  }
  std::vector<Column> columns = step_columns();
  columns.insert(columns.begin(), Column{"depth", "", 1, 0, true});
  std::vector<std::vector<std::string>> rows;
  for (const WalkStep& step : steps) {
    rows.push_back(step_cells(step.edge, step.node));
    rows.back().insert(rows.back().begin(), std::to_string(step.depth));
  }
  if (tasks) {  // a task is one more row: of its document, with the relation "task"
    for (const Column& one : {Column{"task", ""}, Column{"label", ""}, Column{"lead", ""}, Column{"due", ""}})
      columns.push_back(one);
    for (std::vector<std::string>& row : rows) row.resize(columns.size());
    for (const TaskRow& task : given) {
      rows.push_back({"", task.document->id, "task", "enacted", "", "", task.document->number,
                      to_iso(task.document->date), task.text, "1", task.id, task.label, task.lead, task.due});
    }
  }
  print_rows(context, columns, rows);
  return kDone;
}

}  // namespace vanban::cli
