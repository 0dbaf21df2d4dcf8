#include <algorithm>
#include <cmath>

#include "extract/figure_table.h"
#include "extract/measurements.h"
#include "extract/table_title.h"

namespace vanban {

namespace {

// OCR made 132 of 13,2: the other figures of the row are ten times smaller, or larger.
bool lost_comma(const FigureRow& row, std::size_t column) {
  constexpr double kApart = 8;
  bool others = false;
  const double value = std::abs(row.figures[column]->value);
  for (std::size_t k = 0; k < row.figures.size(); ++k) {
    if (k == column || !row.figures[k]) continue;
    const double other = std::abs(row.figures[k]->value);
    if (other * kApart > value && value * kApart > other) return false;
    others = true;
  }
  return others;
}

// Whether three in four of the cells of a column that hold anything hold one figure.
bool holds_figures(const Table& table, const TableHead& head, std::size_t column, const FigureTools& tools) {
  std::size_t filled = 0, figures = 0;
  for (std::size_t r = head.first_row; r < table.rows.size(); ++r) {
    const TableCell* cell = cell_at(table.rows[r], column);
    if (cell == nullptr || cell->text.empty()) continue;
    ++filled;
    if (tools.words.read_cell(cell->text)) ++figures;
  }
  return figures > 0 && figures * 4 >= filled * 3;
}

}  // namespace

std::vector<Measurement> measurements_of_table(const FigureContext& context, const Table& table,
                                               const FigureTools& tools) {
  std::vector<Measurement> found;
  if (context.document_stance() == Stance::kRule) return found;
  TableHead head = tools.columns.read(table);
  if (head.known() < 2) return found;
  const TableTitle title = title_of(context, table, tools);
  const bool by_subject = !head.has(ColumnKind::kName) && head.has(ColumnKind::kSubject);
  std::vector<std::size_t> columns;
  std::vector<bool> matrix;  // whether a column's head names what its figures are, too
  for (std::size_t i = 0; i < head.columns.size(); ++i) {
    const TableColumn& column = head.columns[i];
    const bool reported = column.kind == ColumnKind::kActual || column.kind == ColumnKind::kEstimate;
    // "Số lượng", "Năm 2023" say nothing by themselves: the part must report, and no target stand beside it.
    const bool plain =
        column.kind == ColumnKind::kValue || (by_subject && column.kind == ColumnKind::kUnknown &&
                                              !tools.patterns.at("plan_head").found_in(column.head));
    const int year = context.document().header.date.year;
    const bool future = year != 0 && column.period.size() >= 4 &&
                        column.period.compare(column.period.size() - 4, 4, std::to_string(year)) > 0;
    // What a project will cost stands beside its state of things, too; only a report tells what was spent.
    const bool costs = context.document_stance() != Stance::kReport &&
                       (title.money || tools.patterns.at("money_table").found_in(column.head));
    // "Số hồ sơ đã giải quyết | Đúng hạn": counts in a table of fields or kinds, which a report alone tells
    const bool counted =
        column.kind == ColumnKind::kUnknown && context.document_stance() == Stance::kReport &&
        tools.patterns.at("counts_head").found_in(column.head) && holds_figures(table, head, i, tools);
    matrix.push_back(counted && !plain);
    if (reported ||
        ((plain || counted) && title.stance == Stance::kReport && !title.target && !future && !costs))
      columns.push_back(i);
  }
  if (columns.empty()) return found;
  // Results are told in reports; a plan that prints last year's figures beside its targets reports those as
  // well.
  const FigureTable read = read_figure_table(table, head, columns, tools.words);
  const std::string frame = context.frame_period();
  const bool by_ocr =
      !context.document().words.empty() && context.document().source.text_origin != TextOrigin::kTextLayer;
  for (const FigureRow& row : read.rows) {
    for (std::size_t k = 0; k < read.columns.size(); ++k) {
      if (!row.figures[k]) continue;
      const Figure& figure = *row.figures[k];
      const TableColumn& column = head.columns[read.columns[k]];
      Measurement one;
      one.name = row.name;
      if (by_subject) {
        one.subject = row.name;
        one.name = name_in_head(column, tools.words);
      } else if (row.parent) {
        one.name = row.parent->name + ", " + row.name;
      }
      if (matrix[read.columns[k]]) one.name = name_in_head(column, tools.words) + ", " + one.name;
      one.value = figure.value;
      one.unit = !row.unit.empty() ? row.unit : figure.unit;
      if (one.unit.empty()) one.unit = unit_in_head(column.head, tools.words);
      if (one.unit.empty()) one.unit = unit_in_head(column.lowest, tools.words);
      if (one.unit.empty()) one.unit = unit_in_brackets(row.name, tools.words);
      if (one.unit.empty()) one.unit = title.unit;
      one.value_text = std::string(row.cells[k].of(context.text()));
      one.period = result_period(column, title);
      if (one.period.empty()) one.period = frame;
      // "Thực hiện 6 tháng" in a report of 2024
      one.period = frame.starts_with(one.period) ? frame : in_year_of(one.period, frame);
      one.estimate = column.kind == ColumnKind::kEstimate;
      double confidence = std::min(row.confidence, table.inferred ? 0.85 : 0.95);
      if (column.kind == ColumnKind::kUnknown || column.kind == ColumnKind::kValue)
        confidence = std::min(confidence, 0.7);
      if (figure.ambiguous) confidence = std::min(confidence, 0.6);
      if (by_ocr && lost_comma(row, k)) confidence = std::min(confidence, 0.5);
      const int page = row.row < table.row_pages.size() ? table.row_pages[row.row] : table.page;
      const TextRange where = row.cells[k].empty() ? row.where : row.cells[k];
      one.from = context.provenance(where, table.section, page, confidence);
      found.push_back(std::move(one));
    }
  }
  return found;
}

}  // namespace vanban
