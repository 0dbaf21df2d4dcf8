// Indicators (chỉ tiêu): targets to be reached, from the rows of tables and from sentences that set an aim.

#ifndef VANBAN_SRC_EXTRACT_INDICATORS_H_
#define VANBAN_SRC_EXTRACT_INDICATORS_H_

#include <string_view>
#include <vector>

#include "extract/figure_passage.h"
#include "vanban/doc/document.h"

namespace vanban {

// In reading order; ids are not set. Cost: linear in the tables, in the text.
std::vector<Indicator> indicators_of_table(const FigureContext& context, const Table& table,
                                           const FigureTools& tools);
std::vector<Indicator> indicators_of_sentences(const FigureContext& context, const FigureTools& tools);

// Targets stated in text[range] (one paragraph or cell). `section`: of context; kNoSection: none. `goal`: a
// head over it says that it holds targets.
void indicators_of_passage(const FigureContext& context, const FigureTools& tools, TextRange range,
                           std::size_t section, Stance stance, std::vector<Indicator>& out,
                           bool goal = false);

// Bodies in a table cell: "Bộ Y tế chủ trì, phối hợp với Bảo hiểm xã hội Việt Nam" -> Bộ Y tế.
std::vector<AgencyMention> leads_in_cell(const FigureContext& context, TextRange cell,
                                         const Agencies& agencies);

// Doubts: "17 chỉ tiêu" in the text against the distinct targets found in tables.
void check_indicator_count(const FigureContext& context, const FigureTools& tools,
                           const std::vector<Indicator>& found, Diagnostics& warnings);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_INDICATORS_H_
