// The cells of a column of deadlines.

#include <algorithm>
#include <utility>

#include "extract/clock_times.h"
#include "extract/deadline_clauses.h"
#include "extract/deadlines.h"
#include "extract/period_ranges.h"
#include "extract/recurrences.h"
#include "extract/relative_deadlines.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"

namespace vanban {

using namespace deadline;

FoundDeadlines DeadlineReader::in_cell(std::string_view text, TextRange range,
                                       const DocumentTime& time) const {
  const DeadlineWords& words = words_;
  const PartialDate& issued = time.issued;
  FoundDeadlines found;
  const std::size_t limit = std::min(range.end, text.size());
  std::size_t begin = skip_space(text, range.begin);
  const std::size_t end = std::max(begin, std::min(limit, skip_space_back(text, limit)));
  bool started = false;
  for (std::size_t at = begin; at < end;) {
    if (!word_starts(text, at)) {
      decode_utf8(text, at);
      continue;
    }
    if (auto relative = relative_at(words, text, at, end, issued)) {
      at = std::max(relative->second, at + 1);
      found.deadlines.push_back(std::move(relative->first));
      continue;
    }
    if (const auto behind = periodic_at(words, text, at, end, true, found.deadlines)) {
      at = std::max(*behind, at + 1);
      continue;
    }
    if (words.behind(Word::kHorizon, text, at) != 0) {
      while (at < end && text[at] != ';' && text[at] != '\n') ++at;
      continue;
    }
    const bool starts = words.behind(Word::kStart, text, at) != 0;
    if (words.behind(Word::kFrom, text, at) != 0) {
      const Range span = range_at(words, text, at, end, true);
      if (span.first) {
        if (span.last && span.last->days_known() && !years_only(span)) {
          found.deadlines.push_back(due_on(text, at, span.end, last_day(*span.last)));
        }
        at = span.end;
        continue;
      }
    }
    const Intro intro = intro_at(words, text, at);
    const std::size_t stated = intro.any ? intro.end : at;
    const std::size_t from = skip_hour(words, text, stated);
    const Range span = range_at(words, text, from, end, true);
    if (span.first) {
      Period last = span.last ? *span.last : *span.first;
      const bool strict = intro.strict && !span.last && from == stated;
      bool inferred = false;
      const Recurrence each = recurrence_at(words, text, skip_space(text, span.end), false);
      if (each.frequency != Frequency::kNever && !last.days_known()) {
        found.deadlines.push_back(recurring(text, at, each.end, rule_of(each.frequency, last, strict)));
        at = each.end;
        continue;
      }
      if (!started && !goes_on(words, text.substr(0, end), span.end) && !(span.last && years_only(span)) &&
          give_year(last, time, inferred)) {
        found.deadlines.push_back(
            due_on(text, at, span.end, strict ? day_before_first(last) : last_day(last)));
        found.inferred = found.inferred || inferred;
      }
      at = span.end;
      started = false;
      continue;
    }
    started = starts;
    if (starts) {
      at = words.behind(Word::kStart, text, at);
      continue;
    }
    at = word_end(text, at, end);
  }
  if (found.deadlines.empty()) found.timing = piece(text, begin, end);
  if (found.deadlines.size() == 1 && found.deadlines[0].where.begin == begin &&
      found.deadlines[0].where.end != end && !found.deadlines[0].rrule.empty()) {
    found.timing = piece(text, begin, end);
  }
  return found;
}

}  // namespace vanban
