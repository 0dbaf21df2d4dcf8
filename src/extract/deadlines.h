// Deadlines (thời hạn) in running text and in the cells of a deadline column: "trước ngày 30/9/2022", "trong
// Quý I năm 2021", "định kỳ hằng năm ... trước ngày 31 tháng 12", "trong vòng 15 ngày kể từ ngày ...".

#ifndef VANBAN_SRC_EXTRACT_DEADLINES_H_
#define VANBAN_SRC_EXTRACT_DEADLINES_H_

#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/text_range.h"
#include "vanban/doc/document.h"

namespace vanban {

struct FoundDeadlines {
  std::vector<Deadline> deadlines;  // in reading order; ranges are those of the text given
  std::string timing;               // a period or a start that is no deadline, as printed; empty: none
};

// In running text a date alone is none: it needs a word that makes it a limit (trước, trong, chậm nhất, hoàn
// thành …). `issued`: the document's own date, as far as it is known. What was due before it is reported, not
// asked for. Cost: linear in the range.
FoundDeadlines deadlines_in_text(std::string_view text, TextRange range, const PartialDate& issued);

// The cell of a column of deadlines: a date, month, quarter or year alone is the limit.
FoundDeadlines deadlines_in_cell(std::string_view text, TextRange range, const PartialDate& issued);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_DEADLINES_H_
