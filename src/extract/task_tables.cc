#include "extract/task_tables.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "extract/deadlines.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/numbers.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

struct Cell {
  const TableCell* cell = nullptr;  // null: empty
  bool first_row = false;           // it begins in this row; else it reaches down from above
  std::string_view text() const {
    return cell == nullptr ? std::string_view{} : std::string_view(cell->text);
  }
};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = skip_space(text, 0);
  const std::size_t end = skip_space_back(text, text.size());
  return end > begin ? text.substr(begin, end - begin) : std::string_view{};
}

// "1." -> "1", "II" -> "II", "2.1)" -> "2.1"; empty: no label.
std::string label_in(std::string_view cell) {
  std::string_view text = trimmed(cell);
  while (!text.empty() && (text.back() == '.' || text.back() == ')' || text.back() == '/'))
    text.remove_suffix(1);
  if (text.empty() || text.size() > 12) return "";
  return std::string(text);
}

bool is_group_label(std::string_view label) {
  if (label.empty()) return false;
  if (parse_roman(label) && is_upper_letter(static_cast<unsigned char>(label.front()))) return true;
  return label.size() == 1 && label.front() >= 'A' && label.front() <= 'Z';
}

// "I. Đổi mới …" in one cell: the label and what follows.
std::string leading_label(std::string_view text) {
  text = trimmed(text);
  const std::size_t dot = text.substr(0, 8).find_first_of(".)");
  if (dot == std::string_view::npos || dot == 0) return "";
  const std::string_view label = text.substr(0, dot);
  return is_group_label(label) ? std::string(label) : "";
}

bool begins_lower(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return false;
  std::size_t at = 0;
  const char32_t c = decode_utf8(text, at);
  return is_letter(c) && !is_upper_letter(c);
}

class Reader {
 public:
  Reader(const Table& table, const TableHead& head, const PatternTable& patterns, const TaskBodies& bodies,
         const DeadlineReader& deadlines, const DocumentTime& time)
      : table_(table),
        head_(head),
        patterns_(patterns),
        bodies_(bodies),
        deadlines_(deadlines),
        time_(time) {}

  std::vector<Task> read(std::size_t task_column) {
    const std::size_t columns = head_.columns.size();
    std::vector<Cell> grid(columns);
    std::vector<int> left(columns, 0);  // rows that a cell from above still covers
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        if (left[c] > 0) {
          --left[c];
          grid[c].first_row = false;
        } else {
          grid[c] = {};
        }
      }
      for (const TableCell& cell : table_.rows[r]) {
        for (int k = 0; k < std::max(1, cell.colspan); ++k) {
          const auto c = static_cast<std::size_t>(std::max(0, cell.column) + k);
          if (c >= columns) break;
          grid[c] = {&cell, true};
          left[c] = std::max(1, cell.rowspan) - 1;
        }
      }
      if (r >= head_.first_row) row(grid, task_column);
    }
    settle("");
    return std::move(tasks_);
  }

 private:
  const Cell* cell_of(const std::vector<Cell>& grid, ColumnKind kind) const {
    const auto column = head_.find(kind);
    return column ? &grid[*column] : nullptr;
  }

  void row(const std::vector<Cell>& grid, std::size_t task_column) {
    const auto ordinal = head_.find(ColumnKind::kOrdinal);
    const Cell& work = grid[task_column];
    const std::string_view text = trimmed(work.text());
    // One cell over the whole row, or nothing but a label and words: a group.
    std::size_t filled = 0;
    const TableCell* only = nullptr;
    for (std::size_t c = 0; c < grid.size(); ++c) {
      if (trimmed(grid[c].text()).empty()) continue;
      if (ordinal && c == *ordinal && grid[c].cell != work.cell) continue;
      if (grid[c].cell != only) ++filled;
      only = grid[c].cell;
    }
    std::string label = ordinal && grid[*ordinal].cell != work.cell ? label_in(grid[*ordinal].text()) : "";
    if (filled == 0 && label.empty()) return;
    if (!label.empty()) settle(label);
    if (filled <= 1 && only != nullptr) {
      const bool spans = only->colspan > 1;
      const std::string inner = leading_label(only->text);
      if (spans || is_group_label(label) || !inner.empty()) {
        // A remark over the whole row is no new group where groups are counted.
        const bool remark = label.empty() && inner.empty() && !group_.empty();
        if (remark) return;
        begin_group(!label.empty() ? label : inner, only->text);
        return;
      }
      if (label.empty()) {
        // The rest of the row above that a page cut off; else words that head a group.
        if (work.cell == only && begins_lower(text) && !tasks_.empty()) {
          tasks_.back().text += " " + std::string(text);
          tasks_.back().from.where.end = std::max(tasks_.back().from.where.end, only->where.end);
        }
        return;
      }
      if (has_acting_columns()) {  // "2 | Về thể chế | | | ": heads 2.1, 2.2
        heading_label_ = label;
        if (work.cell == only && work.first_row) bare_ = {label, work.cell};
        return;
      }
    }
    if (text.empty()) return;
    const bool nobody = empty_from(grid, ColumnKind::kLead);
    if (is_group_label(label) && nobody &&
        (empty_from(grid, ColumnKind::kDeadline) || rest_of_above(grid, ColumnKind::kDeadline))) {
      begin_group(label, text);
      return;
    }
    if (label.empty() && ordinal && nobody && empty_from(grid, ColumnKind::kDeadline) && !tasks_.empty() &&
        last_label_ && (begins_lower(text) || text.front() == '(')) {
      // A page cut the row above in several of its cells.
      tasks_.back().text += " " + one_line(text);
      tasks_.back().from.where.end = std::max(tasks_.back().from.where.end, work.cell->where.end);
      return;
    }
    if (!work.first_row && !tasks_.empty() && last_work_ == work.cell) {
      extend(tasks_.back(), grid);  // one task over several rows, with a deadline each
      return;
    }
    last_work_ = work.cell;
    last_label_ = !label.empty();
    last_number_ = counted(label);
    Task task;
    task.text = one_line(text);
    task.label = label_path(label);
    task.from.where = work.cell->where;
    extend(task, grid);
    tasks_.push_back(std::move(task));
  }

  // "12" -> 12; nullopt: "II", "2.1", "a".
  static std::optional<double> counted(const std::string& label) {
    return label.find('.') == std::string::npos ? parse_number(label) : std::nullopt;
  }

  // "2 | Xây dựng Đề án | | |" between 1 and 3 heads nothing: a task whose other cells repeat those of the
  // row above. `next`: the label of the row below; empty: none.
  void settle(const std::string& next) {
    if (bare_.cell == nullptr) return;
    const BareRow bare = std::exchange(bare_, {});
    const std::optional<double> number = counted(bare.label), below = counted(next);
    const bool between = number && last_number_ && *number == *last_number_ + 1 && !tasks_.empty() &&
                         (next.empty() || (below && *below == *number + 1));
    if (!between) return;
    heading_label_.clear();
    last_number_ = number;
    last_work_ = bare.cell;
    last_label_ = true;
    Task task;
    task.text = one_line(trimmed(bare.cell->text));
    task.label = label_path(bare.label);
    task.from.where = bare.cell->where;
    task.lead = tasks_.back().lead;
    task.lead_inherited = !task.lead.empty();
    task.coordinating = tasks_.back().coordinating;
    task.deadlines = tasks_.back().deadlines;
    task.timing = tasks_.back().timing;
    if (!task.deadlines.empty()) task.inferred.assign(1, "deadlines");
    tasks_.push_back(std::move(task));
  }

  // "I | BỘ TÀI CHÍNH": the rows below are that body's.
  void begin_group(const std::string& label, std::string_view words) {
    group_ = label;
    heading_label_.clear();
    words = trimmed(words);
    if (const std::string inner = leading_label(words); !inner.empty())
      words = trimmed(words.substr(words.find_first_of(".)") + 1));
    group_lead_ = bodies_.all_of(words);
  }

  // "III" over "2" over "2.1": III.2.1; "I" over "4" over "-": I.4.-
  std::string label_path(const std::string& label) {
    std::string path = group_;
    const bool number = !label.empty() && label.front() >= '0' && label.front() <= '9';
    if (number && label.find('.') == std::string::npos) heading_label_.clear();
    if (!number && !heading_label_.empty()) path += (path.empty() ? "" : ".") + heading_label_;
    if (label.empty()) return path;
    const bool whole = !path.empty() && label.size() > path.size() &&
                       label.compare(0, path.size(), path) == 0 &&
                       label[path.size()] == '.';  // "I.1" under I
    return path.empty() || whole ? label : path + "." + label;
  }

  bool has_acting_columns() const { return head_.has(ColumnKind::kLead) || head_.has(ColumnKind::kDeadline); }

  bool empty_from(const std::vector<Cell>& grid, ColumnKind kind) const {
    const Cell* cell = cell_of(grid, kind);
    return cell == nullptr || trimmed(cell->text()).empty();
  }

  // "năm tiếp theo" beside a group's words: what a page cut off the row above.
  bool rest_of_above(const std::vector<Cell>& grid, ColumnKind kind) const {
    const Cell* cell = cell_of(grid, kind);
    return cell != nullptr && begins_lower(cell->text());
  }

  static std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '\n' || c == ' ') {
        if (!out.empty() && out.back() != ' ') out += ' ';
      } else {
        out += c;
      }
    }
    return out;
  }

  // "Người phụ trách" beside "Cơ quan chủ trì": a person of that body.
  bool is_person(ColumnKind kind, std::size_t column) const {
    const std::vector<std::size_t> all = head_.all(kind);
    if (all.size() < 2 || !patterns_.at("column.person").found_in(head_.columns[column].head)) return false;
    return std::any_of(all.begin(), all.end(), [&](std::size_t other) {
      return !patterns_.at("column.person").found_in(head_.columns[other].head);
    });
  }

  // `with`: those of a cell that names both ("Bộ A chủ trì, phối hợp với Bộ B").
  void bodies_from(const std::vector<Cell>& grid, ColumnKind kind, std::vector<AgencyMention>& into,
                   std::vector<AgencyMention>& above, std::vector<AgencyMention>& with) {
    for (const std::size_t column : head_.all(kind)) {
      const std::string_view text = trimmed(grid[column].text());
      if (text.empty()) continue;
      if (is_person(kind, column)) continue;
      std::vector<AgencyMention> named;
      std::vector<TextRange> groups;
      if (patterns_.at("cell.same").match_at(text, 0, groups)) {
        named = above;  // "-nt-": as in the row above
      } else if (kind == ColumnKind::kLead) {
        TaskBodies::Stated said = bodies_.in_joint_cell(text);
        named = std::move(said.lead);
        for (AgencyMention& one : said.coordinating) {
          if (std::find(with.begin(), with.end(), one) == with.end()) with.push_back(std::move(one));
        }
      } else {
        named = bodies_.in_cell(text);
      }
      for (AgencyMention& one : named) {
        if (std::find(into.begin(), into.end(), one) == into.end()) into.push_back(std::move(one));
      }
    }
    if (!into.empty()) above = into;
  }

  // Under "Hoàn thành trước" a date alone is strict: "30/6/2025" is kept by the 29th.
  FoundDeadlines deadlines_of(const Cell& cell, std::string_view head) const {
    constexpr std::string_view kBefore = "trước ";
    const bool strict =
        patterns_.at("column.before").found_in(head) && !patterns_.at("column.before").found_in(cell.text());
    const std::string words = (strict ? std::string(kBefore) : std::string()) + std::string(cell.text());
    FoundDeadlines found = deadlines_.in_cell(words, {0, words.size()}, time_);
    const std::size_t added = strict ? kBefore.size() : 0;
    for (Deadline& one : found.deadlines) {
      if (strict && one.where.begin < added) {
        one.where.begin = added;
        one.text = std::string(one.where.of(words));
      }
      one.where = {cell.cell->where.begin + one.where.begin - added,
                   cell.cell->where.begin + one.where.end - added};
    }
    return found;
  }

  void extend(Task& task, const std::vector<Cell>& grid) {
    bodies_from(grid, ColumnKind::kLead, task.lead, lead_above_, task.coordinating);
    bodies_from(grid, ColumnKind::kCoordinating, task.coordinating, coordinating_above_, task.coordinating);
    if (task.lead.empty() && !group_lead_.empty()) {
      task.lead = group_lead_;
      task.lead_inherited = true;
    }
    for (const std::size_t column : head_.all(ColumnKind::kDeadline)) {
      if (patterns_.at("column.start").found_in(head_.columns[column].head)) continue;
      const Cell& cell = grid[column];
      if (cell.cell == nullptr || trimmed(cell.text()).empty()) continue;
      std::vector<TextRange> groups;
      FoundDeadlines found;
      if (patterns_.at("cell.same").match_at(trimmed(cell.text()), 0, groups)) {
        found = deadline_above_;
      } else {
        found = deadlines_of(cell, head_.columns[column].head);
        if (patterns_.at("state.done").found_in(trimmed(cell.text()))) task.state = "done";
        deadline_above_ = found;
      }
      for (Deadline& one : found.deadlines) {
        if (std::find(task.deadlines.begin(), task.deadlines.end(), one) == task.deadlines.end()) {
          task.deadlines.push_back(std::move(one));
        }
      }
      if (task.timing.empty()) task.timing = found.timing;
      if (found.inferred) task.inferred.assign(1, "deadlines");
    }
    if (const Cell* result = cell_of(grid, ColumnKind::kResult); result != nullptr && task.result.empty()) {
      task.result = one_line(trimmed(result->text()));
      if (patterns_.at("state.done").found_in(task.result)) task.state = "done";
    }
    if (const Cell* note = cell_of(grid, ColumnKind::kNote); note != nullptr) {
      if (patterns_.at("state.done").found_in(trimmed(note->text()))) task.state = "done";
    }
  }

  const Table& table_;
  const TableHead& head_;
  const PatternTable& patterns_;
  const TaskBodies& bodies_;
  const DeadlineReader& deadlines_;
  const DocumentTime time_;
  std::vector<Task> tasks_;
  std::string group_, heading_label_;
  std::vector<AgencyMention> group_lead_;  // the group's words name them and nothing else
  const TableCell* last_work_ = nullptr;
  bool last_label_ = false;            // the row above had an ordinal
  std::optional<double> last_number_;  // and this was it; nullopt: no number
  struct BareRow {
    std::string label;
    const TableCell* cell = nullptr;  // null: none is waiting
  };
  BareRow bare_;  // the row above was a label and words: what stands below it tells what it is
  std::vector<AgencyMention> lead_above_, coordinating_above_;
  FoundDeadlines deadline_above_;
};

// "Lĩnh vực | Nhiệm vụ", "Nhiệm vụ | Nội dung thực hiện" with the first reaching over several rows: the tasks
// stand in the column with more cells of its own.
std::optional<std::size_t> work_column(const Table& table, const TableHead& head) {
  const std::vector<std::size_t> names = head.all(ColumnKind::kName);
  if (names.size() < 2) return head.find(ColumnKind::kName);
  std::vector<std::size_t> cells(names.size(), 0);
  for (std::size_t r = head.first_row; r < table.rows.size(); ++r) {
    for (const TableCell& cell : table.rows[r]) {
      const auto at =
          std::find(names.begin(), names.end(), static_cast<std::size_t>(std::max(0, cell.column)));
      if (at != names.end() && cell.colspan <= 1 && !trimmed(cell.text).empty())
        ++cells[static_cast<std::size_t>(at - names.begin())];
    }
  }
  const auto most = std::max_element(cells.begin(), cells.end());
  return *most > cells[0] + 1 ? names[static_cast<std::size_t>(most - cells.begin())] : names[0];
}

}  // namespace

std::vector<Task> tasks_of_table(const Table& table, const TableColumns& columns,
                                 const PatternTable& patterns, const TaskBodies& bodies,
                                 const DeadlineReader& deadlines, const DocumentTime& time, bool directed) {
  const TableHead head = columns.read(table);
  const std::optional<std::size_t> work = work_column(table, head);
  if (!work || head.known() < 2) return {};
  const bool lead = head.has(ColumnKind::kLead);
  const bool deadline = head.has(ColumnKind::kDeadline);
  const bool named_work = patterns.at("heading.tasks").found_in(head.columns[*work].head);
  if (!(lead &&
        (deadline || head.has(ColumnKind::kCoordinating) || head.has(ColumnKind::kResult) || named_work)) &&
      !(deadline && (named_work || directed)) && !(lead && directed)) {
    return {};
  }
  // Units and figures make it a table of indicators.
  if (head.has(ColumnKind::kUnit) || head.has(ColumnKind::kPlan) || head.has(ColumnKind::kActual) ||
      head.has(ColumnKind::kEstimate)) {
    return {};
  }
  if (patterns.at("table.indicators").found_in(head.columns[*work].head) && !named_work) return {};
  return Reader(table, head, patterns, bodies, deadlines, time).read(*work);
}

}  // namespace vanban
