#include "extract/figures.h"

#include <algorithm>
#include <utility>

#include "extract/figure_context.h"
#include "extract/figure_passage.h"
#include "extract/indicators.h"
#include "extract/measurements.h"
#include "extract/table_title.h"

namespace vanban {
namespace {

template <class T>
void number_in_order(std::vector<T>& items, char prefix) {
  std::stable_sort(items.begin(), items.end(),
                   [](const T& a, const T& b) { return a.from.where.begin < b.from.where.begin; });
  for (std::size_t i = 0; i < items.size(); ++i) items[i].id = prefix + std::to_string(i + 1);
}

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

// Task tables hold targets in the words of their tasks and products: "đạt mục tiêu … đạt trên 95,5%".
void read_task_cells(const FigureContext& context, const Table& table, const FigureTools& tools,
                     std::vector<Indicator>& found) {
  if (context.document_stance() == Stance::kRule) return;
  const TableHead head = tools.columns.read(table);
  const bool tasks =
      head.has(ColumnKind::kName) && (head.has(ColumnKind::kLead) || head.has(ColumnKind::kDeadline));
  if (!tasks) return;
  std::size_t section = context.index_of(table.section);
  for (std::size_t r = head.first_row; r < table.rows.size(); ++r) {
    for (const TableCell& cell : table.rows[r]) {
      const auto column = static_cast<std::size_t>(std::max(cell.column, 0));
      if (column >= head.columns.size() || cell.where.empty()) continue;
      const ColumnKind kind = head.columns[column].kind;
      if (kind != ColumnKind::kName && kind != ColumnKind::kResult) continue;
      const std::size_t before = found.size();
      indicators_of_passage(context, tools, cell.where, section, Stance::kAim, found);
      for (std::size_t i = before; i < found.size(); ++i) {
        Indicator& one = found[i];
        const std::optional<std::size_t> label = head.find(ColumnKind::kOrdinal);
        if (one.label.empty() && label && *label < table.rows[r].size())
          one.label = table.rows[r][*label].text;
        const std::optional<std::size_t> lead = head.find(ColumnKind::kLead);
        if (one.lead.empty() && lead) {
          const TableCell* cell_of_lead = cell_at(table.rows[r], *lead);
          if (cell_of_lead != nullptr) one.lead = leads_in_cell(context, cell_of_lead->where, tools.agencies);
        }
        while (!one.label.empty() && (one.label.back() == '.' || one.label.back() == ' '))
          one.label.pop_back();
      }
    }
  }
}

// "Chỉ số KPI / kết quả cần đạt", "Chỉ tiêu": columns whose cells state targets in words ("≥ 95% văn bản được
// phê duyệt; tỷ lệ văn bản sai dưới 5%"). Cells that hold one figure are read with the rows.
void read_statement_cells(const FigureContext& context, const Table& table, const FigureTools& tools,
                          std::vector<Indicator>& found) {
  if (context.document_stance() == Stance::kRule) return;
  const TableHead head = tools.columns.read(table);
  const std::optional<std::size_t> name = head.find(ColumnKind::kName);
  if (head.known() < 2 || !name || head.has(ColumnKind::kActual) || head.has(ColumnKind::kEstimate)) return;
  if (title_of(context, table, tools).stance == Stance::kReport) return;
  std::vector<std::size_t> stated;
  std::optional<std::size_t> post = head.find(ColumnKind::kLead);
  for (std::size_t i = 0; i < head.columns.size(); ++i) {
    const std::string& words = head.columns[i].head;
    if (!post && tools.patterns.at("post_head").found_in(words)) post = i;
    const bool targets =
        head.columns[i].kind == ColumnKind::kPlan || tools.patterns.at("kpi_head").found_in(words);
    if (i != *name && targets) stated.push_back(i);
  }
  // "Vị trí công việc | Nhiệm vụ cốt lõi | Chỉ số KPI": what stands beside the post
  std::size_t group = *name;
  for (const std::size_t i : head.all(ColumnKind::kName)) {
    if (group == post && i != *name && std::find(stated.begin(), stated.end(), i) == stated.end()) group = i;
  }
  const std::optional<std::size_t> label = head.find(ColumnKind::kOrdinal);
  const std::size_t section = context.index_of(table.section);
  for (std::size_t r = head.first_row; r < table.rows.size(); ++r) {
    for (const std::size_t column : stated) {
      const TableCell* cell = cell_at(table.rows[r], column);
      if (cell == nullptr || cell->where.empty()) continue;
      // A bare value belongs to the table's own reading; "100% biên bản chính xác, đúng hạn" is a statement.
      const std::optional<Figure> bare = tools.words.read_cell(cell->text);
      if (bare && count_words(std::string_view(cell->text).substr(bare->where.end)) < 3) continue;
      const std::size_t before = found.size();
      indicators_of_passage(context, tools, cell->where, section, Stance::kAim, found, true);
      for (std::size_t i = before; i < found.size(); ++i) {
        Indicator& one = found[i];
        const TableCell* of_label = label ? cell_at(table.rows[r], *label) : nullptr;
        if (of_label != nullptr) one.label = of_label->text;
        while (!one.label.empty() && (one.label.back() == '.' || one.label.back() == ' '))
          one.label.pop_back();
        const TableCell* of_name = cell_at(table.rows[r], group);
        if (of_name != nullptr && of_name != cell && !of_name->text.empty())
          one.parent = IndicatorParent{one.label, of_name->text};
        const TableCell* of_post = post ? cell_at(table.rows[r], *post) : nullptr;
        if (of_post != nullptr && one.lead.empty())
          one.lead = leads_in_cell(context, of_post->where, tools.agencies);
        if (!head.columns[column].period.empty()) one.period = head.columns[column].period;
      }
    }
  }
}

}  // namespace

FigureFinder::FigureFinder(FigureWords words, TableColumns columns, PatternTable patterns,
                           FigureStances stances, const Agencies& agencies)
    : words_(std::move(words)),
      columns_(std::move(columns)),
      patterns_(std::move(patterns)),
      stances_(std::move(stances)),
      agencies_(&agencies) {}

Result<FigureFinder> FigureFinder::create(const Models& models, const Agencies& agencies) {
  Result<FigureWords> words = FigureWords::create(models);
  if (!words) return words.error();
  Result<TableColumns> columns = TableColumns::create(models);
  if (!columns) return columns.error();
  Result<PatternTable> patterns = PatternTable::load(models, "patterns/figures");
  if (!patterns) return patterns.error();
  Result<FigureStances> stances = FigureStances::create(models);
  if (!stances) return stances.error();
  return FigureFinder(std::move(*words), std::move(*columns), std::move(*patterns), std::move(*stances),
                      agencies);
}

void FigureFinder::find(Document& document) const {
  const FigureTools tools{words_, columns_, patterns_, *agencies_};
  std::vector<Indicator> indicators;
  std::vector<Measurement> measurements;
  Diagnostics warnings;
  {
    const FigureContext context(document, patterns_, stances_);
    const WholeTables tables = whole_tables(document, columns_);
    for (const Table* table : tables.of) {
      if (table == nullptr) continue;
      append(indicators, indicators_of_table(context, *table, tools));
      append(measurements, measurements_of_table(context, *table, tools));
    }
    check_indicator_count(context, tools, indicators, warnings);
    for (const Table* table : tables.of) {
      if (table == nullptr) continue;
      const std::size_t before = indicators.size();
      read_task_cells(context, *table, tools, indicators);
      if (indicators.size() == before) read_statement_cells(context, *table, tools, indicators);
    }
    append(indicators, indicators_of_sentences(context, tools));
    append(measurements, measurements_of_sentences(context, tools, warnings));
  }
  number_in_order(indicators, 'i');
  number_in_order(measurements, 'm');
  document.indicators = std::move(indicators);
  document.measurements = std::move(measurements);
  for (Diagnostic& warning : warnings) {
    if (std::find(document.warnings.begin(), document.warnings.end(), warning) == document.warnings.end()) {
      document.warnings.push_back(std::move(warning));
    }
  }
}

}  // namespace vanban
