// Indicators (chỉ tiêu): targets to be reached, from the rows of tables and from sentences that set an aim.

#ifndef VANBAN_SRC_EXTRACT_INDICATORS_H_
#define VANBAN_SRC_EXTRACT_INDICATORS_H_

#include <string_view>
#include <vector>

#include "extract/figure_context.h"
#include "extract/figure_words.h"
#include "extract/table_columns.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/pattern.h"

namespace vanban {

// What the finders of one process share.
struct FigureTools {
  const FigureWords& words;
  const TableColumns& columns;
  const PatternTable& patterns;
  const Agencies& agencies;
};

// What stands over a table and makes it one of targets or of results.
struct TableTitle {
  std::size_t section = FigureContext::kNoSection;  // the table's parent section
  TextRange above;                                  // the paragraph right above it; empty: none
  bool target = false, money = false;               // says chỉ tiêu; says kinh phí, dự toán
  Stance stance = Stance::kNeutral;
  std::string period;
};
TableTitle title_of(const FigureContext& context, const Table& table, const FigureTools& tools);

// In reading order; ids are not set. Cost: linear in the tables, in the text.
std::vector<Indicator> indicators_of_table(const FigureContext& context, const Table& table,
                                           const FigureTools& tools);
std::vector<Indicator> indicators_of_sentences(const FigureContext& context, const FigureTools& tools);

// Targets stated in text[range] (one paragraph or cell). `section`: of context; kNoSection: none.
void indicators_of_passage(const FigureContext& context, const FigureTools& tools, TextRange range,
                           std::size_t section, Stance stance, std::vector<Indicator>& out);

// Bodies in a table cell: "Bộ Y tế chủ trì, phối hợp với Bảo hiểm xã hội Việt Nam" -> Bộ Y tế.
std::vector<AgencyMention> leads_in_cell(const FigureContext& context, TextRange cell,
                                         const Agencies& agencies);

// Doubts: "17 chỉ tiêu" in the text against the distinct targets found in tables.
void check_indicator_count(const FigureContext& context, const FigureTools& tools,
                           const std::vector<Indicator>& found, Diagnostics& warnings);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_INDICATORS_H_
