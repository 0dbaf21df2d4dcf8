#include "extract/table_title.h"

#include <algorithm>

#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

bool names_year(const std::string& period) { return !year_of_period(period).empty(); }

bool whole_year(const std::string& head) { return to_lower(head).find("cả năm") != std::string::npos; }

}  // namespace

std::string in_year_of(const std::string& part, const std::string& whole) {
  const std::string year = year_of_period(whole);
  if (year.empty() || year.find('-') != std::string::npos || part.empty() || names_year(part)) return part;
  return part_of_year(part, year);
}

TableTitle title_of(const FigureContext& context, const Table& table, const FigureTools& tools) {
  TableTitle title;
  const Document& document = context.document();
  const std::size_t own = context.index_of(table.section);
  title.section = own;
  if (own != FigureContext::kNoSection && document.sections[own].kind == SectionKind::kTable) {
    title.section = context.parent_of(own);
  }
  title.stance = context.document_stance();
  const Pattern& target = tools.patterns.at("target_table");
  const Pattern& money = tools.patterns.at("money_table");
  const auto look = [&](std::string_view words) {
    if (words.empty()) return;
    title.target = title.target || target.found_in(words);
    title.money = title.money || money.found_in(words);
    if (title.period.empty()) title.period = period_in(words);
  };
  // The paragraph right above; a long one is running text.
  constexpr std::size_t kLongestTitle = 400;
  auto after = std::lower_bound(document.blocks.begin(), document.blocks.end(), table.where.begin,
                                [](const Block& block, std::size_t at) { return block.where.begin < at; });
  if (after != document.blocks.begin()) {
    --after;
    if (after->kind == BlockKind::kParagraph && after->where.size() <= kLongestTitle) {
      title.above = after->where;
      look(title.above.of(context.text()));
      std::vector<TextRange> unit;
      const std::string_view words = title.above.of(context.text());
      if (tools.patterns.at("unit_line").find(words, 0, unit)) {
        const std::string one = "1 " + std::string(unit[1].of(words));
        const std::optional<Figure> figure = tools.words.read_cell(one);
        if (figure && figure->unit_kind != UnitKind::kNone) title.unit = figure->unit;
      }
    }
  }
  // The headings above, nearest first; few levels matter.
  std::size_t section = title.section;
  if (section != FigureContext::kNoSection) title.stance = context.place(section).stance;
  for (int level = 0; level < 6 && section != FigureContext::kNoSection; ++level) {
    look(document.sections[section].heading_range.of(context.text()));
    section = context.parent_of(section);
  }
  if (title.period.empty() && title.section != FigureContext::kNoSection)
    title.period = context.place(title.section).period;
  return title;
}

std::string year_of_period(const std::string& period) {
  if (period.find('-') != std::string::npos) return period;  // "2021-2025"
  for (std::size_t i = 0; i + 4 <= period.size(); ++i) {
    const bool edge =
        (i == 0 || !is_digit(period[i - 1])) && (i + 4 == period.size() || !is_digit(period[i + 4]));
    if (edge && std::all_of(period.begin() + static_cast<std::ptrdiff_t>(i),
                            period.begin() + static_cast<std::ptrdiff_t>(i + 4), is_digit)) {
      return period.substr(i, 4);
    }
  }
  return {};
}

std::string result_period(const TableColumn& column, const TableTitle& title) {
  if (!column.period.empty()) return in_year_of(column.period, title.period);
  const std::string year = year_of_period(title.period);
  return whole_year(column.head) && !year.empty() ? year : title.period;
}

std::string target_period(const TableColumn& column, const TableTitle& title) {
  if (!column.period.empty()) return in_year_of(column.period, title.period);
  const std::string year = year_of_period(title.period);
  return year.empty() ? title.period : year;
}

}  // namespace vanban
