#include "extract/relative_deadlines.h"

#include "extract/deadline_clauses.h"
#include "extract/periods.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/scan.h"

namespace vanban::deadline {

std::optional<std::pair<Deadline, std::size_t>> relative_at(const DeadlineWords& words, std::string_view text,
                                                            std::size_t at, std::size_t limit,
                                                            const PartialDate& issued) {
  const std::size_t intro = words.behind(Word::kAmount, text, at);
  if (intro == 0) return std::nullopt;
  std::size_t pos = skip_space(text, intro);
  const int amount = small_number(text, pos, limit);
  if (amount == 0) return std::nullopt;
  pos = skip_space(text, pos);
  if (pos < limit && text[pos] == '(') {  // "15 (mười lăm) ngày"
    const std::size_t close = text.substr(pos, 40).find(')');
    if (close == kNone) return std::nullopt;
    pos = skip_space(text, pos + close + 1);
  }
  Deadline deadline;
  const DeadlineWords::Found unit = words.find(Word::kAmountUnit, text, pos);
  if (unit.end == 0) return std::nullopt;
  deadline.unit = unit_name(unit.value);
  pos = skip_space(text, unit.end);
  if (pos < limit && text[pos] == ',') pos = skip_space(text, pos + 1);
  const std::size_t from = words.behind(Word::kAmountFrom, text, pos);
  if (from == 0 || from >= limit) return std::nullopt;
  const std::size_t anchor = skip_space(text, from);
  std::size_t end = anchor;
  while (end < limit && text[end] != ',' && text[end] != ';' && text[end] != '\n' &&
         !(text[end] == '.' && (end + 1 >= limit || text[end + 1] == ' ')) && end - anchor < kClause &&
         !(end > anchor && text[end - 1] == ' ' &&
           words.behind(Word::kAmountStop, text, end) != 0)) {  // "… phải ban hành"
    ++end;
  }
  deadline.amount = amount;
  deadline.anchor = piece(text, anchor, end);
  deadline.text = piece(text, at, end);
  deadline.where = {at, at + deadline.text.size()};
  PartialDate start;
  if (const auto date = find_date(text, anchor, end); date && date->date.full()) {
    start = date->date;
  } else if (issued.full() && deadline.anchor.size() < 60 && tells_completion(words, text, anchor, end) &&
             stands_in(words, Word::kThis, text, anchor, end) &&
             words.behind(Word::kIssue, text, anchor) != 0) {
    start = issued;  // "kể từ ngày ban hành Quyết định này"
  }
  if (start.full()) {
    if (deadline.unit == "day") deadline.due = plus_days(start, amount);
    if (deadline.unit == "week") deadline.due = plus_days(start, amount * 7);
    if (deadline.unit == "month") deadline.due = plus_months(start, amount);
    if (deadline.unit == "year") deadline.due = plus_months(start, amount * 12);
  }
  return std::make_pair(std::move(deadline), end);
}

}  // namespace vanban::deadline
