// Deadlines (thời hạn) in running text and in the cells of a deadline column: "trước ngày 30/9/2022", "trong
// Quý I năm 2021", "định kỳ hằng năm ... trước ngày 31 tháng 12", "trong vòng 15 ngày kể từ ngày ...".

#ifndef VANBAN_SRC_EXTRACT_DEADLINES_H_
#define VANBAN_SRC_EXTRACT_DEADLINES_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/deadline_words.h"
#include "extract/document_time.h"
#include "vanban/base/result.h"
#include "vanban/base/text_range.h"
#include "vanban/doc/document.h"
#include "vanban/models/models.h"

namespace vanban {

struct FoundDeadlines {
  std::vector<Deadline> deadlines;  // in reading order; ranges are those of the text given
  std::string timing;               // a period or a start that is no deadline, as printed; empty: none
  bool inferred = false;            // a year was taken from the document's own date or subject
};

// Reads deadlines by the words of models/deadline_words.tsv.
class DeadlineReader {
 public:
  // Errors: kBadTable.
  static Result<DeadlineReader> create(const Models& models);
  static Result<DeadlineReader> create(const ModelTable& words);

  // In running text a date alone is none: it needs a word that makes it a limit (trước, trong, chậm nhất,
  // hoàn thành …). What was due before the document's date is reported, not asked for. "trước ngày 30/9"
  // without a year has that of the plan, or is the next such day behind a full date of issue; where neither
  // is known it is kept as `timing`. Cost: linear in the range.
  FoundDeadlines in_text(std::string_view text, TextRange range, const DocumentTime& time) const;

  // The cell of a column of deadlines: a date, month, quarter or year alone is the limit.
  FoundDeadlines in_cell(std::string_view text, TextRange range, const DocumentTime& time) const;

 private:
  explicit DeadlineReader(deadline::DeadlineWords words) : words_(std::move(words)) {}
  deadline::DeadlineWords words_;
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_DEADLINES_H_
