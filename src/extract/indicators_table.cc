#include <algorithm>
#include <set>

#include "extract/figure_table.h"
#include "extract/indicators.h"
#include "extract/table_title.h"
#include "vanban/lexicon/numbers.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

// The one column with figures under a head that no list knows ("Tổng diện tích", "Quy mô"); none if there are
// several, or if one cell in four holds none.
std::optional<std::size_t> only_figures(const TableHead& head, const Table& table, const FigureWords& words) {
  const TableGrid grid(table);
  std::optional<std::size_t> only;
  for (const std::size_t i : head.all(ColumnKind::kUnknown)) {
    std::size_t cells = 0, figures = 0;
    for (std::size_t r = head.first_row; r < table.rows.size(); ++r) {
      const TableCell* cell = grid.at(r, i);
      if (cell == nullptr || cell->text.empty()) continue;
      ++cells;
      figures += words.read_cell(cell->text) ? 1 : 0;
    }
    if (figures == 0 || 4 * figures < 3 * cells) continue;
    if (only) return std::nullopt;
    only = i;
  }
  return only;
}

// Columns whose figures are targets. `target`: title or head say chỉ tiêu.
std::vector<std::size_t> target_columns(const TableHead& head, const Table& table, const TableTitle& title,
                                        const FigureContext& context, const FigureTools& tools) {
  std::vector<std::size_t> columns;
  std::optional<std::size_t> name = head.find(ColumnKind::kName);
  // "Đơn vị | Chỉ tiêu giao năm 2024": each row tells whose the targets are.
  if (!name) name = head.find(ColumnKind::kSubject);
  if (!name) return columns;
  const Pattern& target = tools.patterns.at("target_table");
  const Pattern& money = tools.patterns.at("money_table");
  const bool said = title.target || target.found_in(head.columns[*name].head);
  for (const std::size_t i : head.all(ColumnKind::kPlan)) {
    const std::string& words = head.columns[i].head;
    const bool plan_said = said || target.found_in(words);
    if (money.found_in(words) || (!plan_said && !head.has(ColumnKind::kUnit))) continue;
    if (title.money && !plan_said) continue;
    columns.push_back(i);
  }
  if (!columns.empty() || !said) return columns;
  // A year as head says nothing of target or result: results stand beside an actual, or in a part that
  // reports.
  const int year = context.document().header.date.year;
  const bool reports =
      title.stance == Stance::kReport || head.has(ColumnKind::kActual) || head.has(ColumnKind::kEstimate);
  for (const std::size_t i : head.all(ColumnKind::kValue)) {
    const std::string& period = head.columns[i].period;
    const bool future =
        period.size() >= 4 && year != 0 && period.compare(period.size() - 4, 4, std::to_string(year)) >= 0;
    if (!reports || (future && !period.empty())) columns.push_back(i);
  }
  if (columns.empty() && !reports && head.all(ColumnKind::kResult).size() == 1) {
    columns = head.all(ColumnKind::kResult);  // "Chỉ tiêu | Đơn vị | Kết quả"
  }
  if (columns.empty() && !reports) {
    // "Chỉ tiêu sử dụng đất | Mã | Tổng diện tích"
    if (const auto only = only_figures(head, table, tools.words)) columns.push_back(*only);
  }
  return columns;
}

// A row whose ratio column contradicts plan and result was not read well: OCR lost a digit or a comma.
bool ratio_disagrees(const TableHead& head, std::size_t row, const TableGrid& grid,
                     const FigureWords& words) {
  const auto value_in = [&](ColumnKind kind) -> std::optional<double> {
    const std::vector<std::size_t> columns = head.all(kind);
    if (columns.size() != 1) return std::nullopt;
    const TableCell* cell = grid.at(row, columns[0]);
    if (cell == nullptr) return std::nullopt;
    const std::optional<Figure> figure = words.read_cell(cell->text);
    return figure ? std::optional<double>(figure->value) : std::nullopt;
  };
  const std::optional<double> ratio = value_in(ColumnKind::kRatio);
  const std::vector<std::size_t> plans = head.all(ColumnKind::kPlan);
  if (!ratio || plans.empty()) return false;
  const TableCell* plan_cell = grid.at(row, plans[0]);
  const std::optional<Figure> plan = plan_cell != nullptr ? words.read_cell(plan_cell->text) : std::nullopt;
  std::optional<double> reached = value_in(ColumnKind::kEstimate);
  if (!reached) reached = value_in(ColumnKind::kActual);
  if (!plan || !reached || plan->value == 0) return false;
  const double share = 100 * *reached / plan->value;
  return share > 1.5 * *ratio || *ratio > 1.5 * share;
}

// Whom a figure is meant for, where several columns of one period differ in that alone: "Chỉ tiêu theo đối
// tượng | Nhóm 1", "Nhóm 2". Empty: no other column of its period, or the cell reaches over all of them.
std::string meant_for(const TableHead& head, const std::vector<std::size_t>& columns, std::size_t k,
                      std::size_t row, const TableGrid& grid, const FigureTools& tools) {
  std::vector<std::string_view> groups;   // the lowest words of each head, once
  std::vector<const TableCell*> figures;  // the cells below them, once
  std::vector<std::string_view> over;     // the heads over this cell
  const TableCell* cell = grid.at(row, columns[k]);
  for (const std::size_t i : columns) {
    const TableColumn& column = head.columns[i];
    if (column.period != head.columns[columns[k]].period) continue;
    std::string_view words = column.lowest;  // "Chỉ tiêu theo nhóm xã: |Xã nhóm 1"
    if (const std::size_t colon = words.rfind(": "); colon != std::string_view::npos)
      words.remove_prefix(colon + 2);
    // "Diện tích (ha) | Cơ cấu (%)", "Số lượng | Tỷ lệ": what is counted, not whose.
    if (!unit_in_head(words, tools.words).empty() || tools.columns.kind_of(words) != ColumnKind::kUnknown) {
      return {};
    }
    const TableCell* one = grid.at(row, i);
    if (groups.empty() || groups.back() != words) groups.push_back(words);
    if (figures.empty() || figures.back() != one) figures.push_back(one);
    if (one == cell && (over.empty() || over.back() != words)) over.push_back(words);
  }
  if (groups.size() < 2 || figures.size() < 2) return {};
  // Spans that do not fit those of the head still come in its order.
  if (figures.size() == groups.size()) {
    const auto at = std::find(figures.begin(), figures.end(), cell) - figures.begin();
    return std::string(groups[static_cast<std::size_t>(at)]);
  }
  std::string whom;
  for (const std::string_view one : over) whom += (whom.empty() ? "" : ", ") + std::string(one);
  return whom;
}

}  // namespace

std::vector<AgencyMention> leads_in_cell(const FigureContext& context, TextRange cell,
                                         const Agencies& agencies) {
  std::vector<AgencyMention> leads;
  std::string_view words = cell.of(context.text());
  const std::string lower = to_lower(words);
  if (lower.size() == words.size()) {  // same offsets
    for (const std::string_view stop : {"chủ trì", "phối hợp"}) {
      const std::size_t at = lower.find(stop);
      if (at != std::string::npos && at > 0) {
        cell.end = std::min(cell.end, cell.begin + at);
        break;
      }
    }
    if (cell.end > cell.begin && lower.compare(0, std::string_view("chủ trì: ").size(), "chủ trì: ") == 0) {
      cell.begin += std::string_view("chủ trì: ").size();
    }
  }
  if (cell.empty()) return leads;
  const std::size_t last = cell.of(context.text()).find_last_not_of(" \n.,;*");
  if (last == std::string_view::npos) return leads;
  cell.end = cell.begin + last + 1;
  for (AgencyMatch& match : agencies.split(context.text(), cell)) leads.push_back(std::move(match.mention));
  if (leads.empty()) leads.push_back({std::string(cell.of(context.text())), ""});
  return leads;
}

std::vector<Indicator> indicators_of_table(const FigureContext& context, const Table& table,
                                           const FigureTools& tools) {
  std::vector<Indicator> found;
  if (context.document_stance() == Stance::kRule) return found;
  TableHead head = tools.columns.read(table);
  if (head.known() < 2) return found;
  const TableTitle title = title_of(context, table, tools);
  std::vector<std::size_t> columns = target_columns(head, table, title, context, tools);
  if (columns.empty()) return found;
  const FigureTable read = read_figure_table(table, head, columns, tools.words);
  const TableGrid grid(table);
  const std::optional<std::size_t> lead = head.find(ColumnKind::kLead),
                                   evaluator = head.find(ColumnKind::kEvaluator);
  const bool by_ocr =
      !context.document().words.empty() && context.document().source.text_origin != TextOrigin::kTextLayer;

  std::vector<NumberedReference> assigned;
  if (!title.above.empty()) assigned = context.assigned_in(title.above);
  if (assigned.empty()) assigned = context.assigned_by(title.section);
  const std::string frame = context.frame_period();
  const bool by_subject = !head.has(ColumnKind::kName);
  for (const FigureRow& row : read.rows) {
    for (std::size_t k = 0; k < read.columns.size(); ++k) {
      if (!row.figures[k]) continue;
      const Figure& figure = *row.figures[k];
      const TableColumn& column = head.columns[read.columns[k]];
      Indicator one;
      one.label = row.label;
      one.name = row.name;
      one.parent = row.parent;
      if (by_subject) {
        // "Chỉ tiêu giao năm 2024 | BHXH tự nguyện (người)"
        TableColumn lower = column;
        const bool over = column.head.size() > column.lowest.size() && column.head.ends_with(column.lowest);
        if (over && tools.columns.kind_of(column.head.substr(0, column.head.size() - column.lowest.size())) ==
                        ColumnKind::kPlan)
          lower.head = column.lowest;
        one.name = name_in_head(lower, tools.words);
        if (tools.patterns.at("total_row").found_in(row.name)) {
          one.name += ", " + row.name;
        } else {
          one.lead.push_back({row.name, tools.agencies.resolve(row.name)});
        }
      }
      if (const std::string whom = meant_for(head, read.columns, k, row.row, grid, tools); !whom.empty())
        one.name += " (" + whom + ")";
      one.unit = !row.unit.empty() ? row.unit : figure.unit;
      if (one.unit.empty()) one.unit = unit_in_head(column.head, tools.words);
      if (one.unit.empty()) one.unit = unit_in_brackets(row.name, tools.words);
      if (one.unit.empty()) one.unit = title.unit;
      one.comparator = figure.comparator;
      one.value = figure.value;
      one.upper = figure.upper;
      const TableCell* cell = grid.at(row.row, read.columns[k]);
      one.value_text = cell != nullptr ? cell->text : std::string();
      one.period = column.period.empty() ? row.period : target_period(column, title);
      if (one.period.empty()) one.period = target_period(column, title);
      if (one.period.empty()) {
        one.period = year_of_period(frame).empty() ? frame : year_of_period(frame);
        if (!frame.empty()) one.inferred.push_back("period");
      }
      if (lead) {
        const TableCell* lead_cell = grid.at(row.row, *lead);
        if (lead_cell != nullptr) one.lead = leads_in_cell(context, lead_cell->where, tools.agencies);
      }
      if (evaluator) {
        const TableCell* evaluator_cell = grid.at(row.row, *evaluator);
        if (evaluator_cell != nullptr)
          one.evaluator = leads_in_cell(context, evaluator_cell->where, tools.agencies);
      }
      one.assigned_by = assigned;
      double confidence = std::min(row.confidence, table.inferred ? 0.9 : 0.98);
      if (figure.ambiguous) confidence = std::min(confidence, 0.6);
      if (one.unit.empty()) confidence = std::min(confidence, 0.8);
      // More words in the cell qualify the figure: "≤ 3 Đông Nam Á", "≥ 3% và tăng dần".
      const std::size_t more =
          one.value_text.find_first_not_of(" *.,;)%", std::min(figure.where.end, one.value_text.size()));
      if (more != std::string::npos) confidence = std::min(confidence, 0.85);
      if (one.unit == "%" && !figure.has_delta && figure.value > 1000) confidence = std::min(confidence, 0.5);
      if (by_ocr && ratio_disagrees(head, row.row, grid, tools.words)) confidence = std::min(confidence, 0.5);
      const int page = row.row < table.row_pages.size() ? table.row_pages[row.row] : table.page;
      one.from = context.provenance(row.where, table.section, page, confidence);
      // "≤ 3 Đông Nam Á; ≤ 50 Thế giới"
      const std::string whole = one.value_text;
      std::size_t stop = row.more[k].empty() ? std::string::npos : whole.find(';');
      if (stop != std::string::npos) one.value_text = whole.substr(0, stop);
      found.push_back(one);
      for (const Figure& next : row.more[k]) {
        one.comparator = next.comparator;
        one.value = next.value;
        one.upper = next.upper;
        const std::size_t begin = whole.find_first_not_of("; ", stop);
        stop = std::min(whole.find(';', begin), whole.size());
        one.value_text = begin < stop ? whole.substr(begin, stop - begin) : std::string();
        found.push_back(one);
      }
    }
  }
  return found;
}

void check_indicator_count(const FigureContext& context, const FigureTools& tools,
                           const std::vector<Indicator>& found, Diagnostics& warnings) {
  if (found.empty()) return;
  const Pattern& stated = tools.patterns.at("stated_count");
  std::set<double> counts;
  std::vector<TextRange> groups;
  for (std::size_t from = 0; counts.size() < 2 && stated.find(context.text(), from, groups);
       from = groups[1].end) {
    if (const std::optional<double> count = parse_number(groups[1].of(context.text()))) counts.insert(*count);
  }
  if (counts.size() != 1) return;  // none, or parts of a whole
  std::set<std::string> distinct;
  for (const Indicator& one : found) {
    distinct.insert(comparison_key(one.parent ? one.parent->name : one.name));
  }
  if (static_cast<double>(distinct.size()) == *counts.begin()) return;
  warnings.push_back({"indicator-count",
                      "the text speaks of " + std::to_string(static_cast<int>(*counts.begin())) +
                          " chỉ tiêu, " + std::to_string(distinct.size()) +
                          " different ones were found in its tables",
                      0});
}

}  // namespace vanban
