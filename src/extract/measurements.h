// Measurements (số liệu thực hiện): reported figures, from tables with results, from sentences that report,
// and from lists that give one figure for each body ("Hà Nội: 61; Bộ Tài chính: 33; …").

#ifndef VANBAN_SRC_EXTRACT_MEASUREMENTS_H_
#define VANBAN_SRC_EXTRACT_MEASUREMENTS_H_

#include <vector>

#include "extract/figure_passage.h"

namespace vanban {

// In reading order; ids are not set. Doubts (a share that does not fit its parts) go to `warnings`. Cost:
// linear.
std::vector<Measurement> measurements_of_table(const FigureContext& context, const Table& table,
                                               const FigureTools& tools);
std::vector<Measurement> measurements_of_sentences(const FigureContext& context, const FigureTools& tools,
                                                   Diagnostics& warnings);
// "Số lượng PAKN còn tồn đọng … tính đến 25/2/2021: Hà Nội: 61; …; các Bộ, tỉnh: Lâm Đồng, Nam Định: 1".
// True: the passage is such a list, and nothing else is to be read in it.
bool measurements_of_list(const FigureContext& context, const FigureTools& tools, TextRange range,
                          std::size_t section, std::vector<Measurement>& out);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_MEASUREMENTS_H_
