#include "extract/deadlines.h"

#include <algorithm>
#include <utility>

#include "extract/clock_times.h"
#include "extract/deadline_clauses.h"
#include "extract/period_ranges.h"
#include "extract/recurrences.h"
#include "extract/relative_deadlines.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

using namespace deadline;

// One run over one range of a text. A step that takes the words at its place tells where they end; 0: they
// are none of its own.
class TextRun {
 public:
  TextRun(const DeadlineWords& words, std::string_view text, TextRange range, const DocumentTime& time)
      : words_(words),
        text_(text),
        begin_(range.begin),
        limit_(std::min(range.end, text.size())),
        time_(time) {}

  FoundDeadlines find();

 private:
  std::size_t take(std::size_t at, bool clause_begins);
  std::size_t take_repeated(std::size_t at);
  std::size_t take_day_of_entry(std::size_t at);
  std::size_t take_introduced(std::size_t at, const Intro& intro);
  std::size_t take_span_of_work(std::size_t at);
  std::size_t take_hour(std::size_t at, const Intro& intro);
  std::size_t take_period(std::size_t at, const Intro& intro, std::size_t day, bool hour);
  std::size_t take_more_days(std::size_t at, const Intro& intro, Period first, bool strict);
  std::size_t take_span(std::size_t at, bool clause_begins);
  bool limits(std::size_t at, const Intro& intro, std::size_t day, const Period& period) const;

  const DeadlineWords& words_;
  const std::string_view text_;
  const std::size_t begin_, limit_;
  const DocumentTime& time_;
  FoundDeadlines found_;
};

FoundDeadlines TextRun::find() {
  bool clause_begins = true;
  for (std::size_t at = begin_; at < limit_;) {
    const char c = text_[at];
    if (c == ' ' || !word_starts(text_, at)) {
      if (c == ';' || c == '.' || c == '\n' || c == ':') clause_begins = true;
      decode_utf8(text_, at);
      continue;
    }
    std::size_t word_end = at;
    const std::size_t end = words_.may_begin_limit(text_, at, word_end) ? take(at, clause_begins) : 0;
    clause_begins = false;
    if (end != 0) {
      at = std::max(end, at + 1);
    } else if (word_end > at) {
      at = word_end;
    } else {  // a mark
      decode_utf8(text_, at);
    }
  }
  return std::move(found_);
}

std::size_t TextRun::take(std::size_t at, bool clause_begins) {
  if (auto relative = relative_at(words_, text_, at, limit_, time_.issued)) {
    found_.deadlines.push_back(std::move(relative->first));
    return relative->second;
  }
  if (const auto end = periodic_at(words_, text_, at, limit_, clause_begins, found_.deadlines)) return *end;
  if (const auto interval = once_every(words_, text_, at, begin_, limit_)) {
    // "định kỳ 6 tháng |một lần" was read up to its unit
    std::vector<Deadline>& told = found_.deadlines;
    if (!told.empty() && told.back().where.end > interval->where.begin) told.pop_back();
    told.push_back(recurring(text_, interval->where.begin, interval->where.end, interval->rule));
    return interval->where.end;
  }
  if (const std::size_t end = take_repeated(at)) return end;
  if (const std::size_t end = take_day_of_entry(at)) return end;
  const Intro intro = intro_at(words_, text_, at);
  if (intro.any && intro.end < limit_) {
    if (const std::size_t end = take_introduced(at, intro)) return end;
  }
  return take_span(at, clause_begins);
}

std::size_t TextRun::take_repeated(std::size_t at) {
  const bool said = !found_.deadlines.empty() &&
                    found_.deadlines.back().where.end == skip_space_back(text_, at);  // "… 30/11 hằng năm"
  const auto again = repeated_at(words_, text_, at, begin_, limit_);
  if (!again || said) return 0;
  found_.deadlines.push_back(recurring(text_, at, again->end, std::string(base_rule(again->frequency))));
  return again->end;
}

// "Ngày 16/11/2017: họp đoàn kiểm tra": the day that the paragraph begins with.
std::size_t TextRun::take_day_of_entry(std::size_t at) {
  if (at != skip_space(text_, begin_) || words_.behind(Word::kDay, text_, at) == 0) return 0;
  auto day = period_at(words_, text_, at, limit_, false);
  if (!day || day->where.end >= limit_ || text_[day->where.end] != ':' ||
      !give_year(*day, time_, found_.inferred))
    return 0;
  found_.deadlines.push_back(due_on(text_, at, day->where.end, last_day(*day)));
  return day->where.end;
}

std::size_t TextRun::take_introduced(std::size_t at, const Intro& intro) {
  if (intro.explicit_limit && !intro.strict) {
    if (const std::size_t end = take_span_of_work(intro.end)) return end;
  }
  if (const std::size_t end = take_hour(at, intro)) return end;
  std::size_t day = skip_hour(words_, text_, intro.end);
  bool hour = day != intro.end;  // "trước 17 giờ ngày 15/4": that day still keeps it
  if (const std::size_t clock = hour ? 0 : hour_at(words_, text_, intro.end); clock != 0) {
    const std::size_t behind = skip_space(text_, clock);
    if (weekly_at(words_, text_, behind, limit_, false)) {
      day = behind;
      hour = true;
    }
  }
  if (intro.strict || intro.until || intro.explicit_limit) {
    if (auto weekly = weekly_at(words_, text_, day, limit_, intro.strict && !hour)) {
      found_.deadlines.push_back(recurring(text_, at, weekly->second, std::move(weekly->first)));
      return weekly->second;
    }
  }
  return take_period(at, intro, day, hour);
}

// "Thời gian thực hiện: |từ quý III/2026 đến quý III/2030"
std::size_t TextRun::take_span_of_work(std::size_t at) {
  if (words_.behind(Word::kFrom, text_, at) == 0) return 0;
  const Range span = range_at(words_, text_, at, limit_, false);
  if (!span.first) return 0;
  if (span.last && span.last->days_known() && !years_only(span))
    found_.deadlines.push_back(due_on(text_, at, span.end, last_day(*span.last)));
  found_.timing = piece(text_, at, span.end);
  return span.end;
}

// "trước 15 giờ hằng ngày", "hằng ngày trước 15 giờ"
std::size_t TextRun::take_hour(std::size_t at, const Intro& intro) {
  if (skip_hour(words_, text_, intro.end) != intro.end) return 0;  // a day follows: that one limits
  const std::size_t clock = hour_at(words_, text_, intro.end);
  if (clock == 0) return 0;
  const Recurrence each = recurrence_at(words_, text_, skip_space(text_, clock), false);
  if (each.frequency != Frequency::kNever && each.end <= limit_) {
    found_.deadlines.push_back(recurring(text_, at, each.end, std::string(base_rule(each.frequency))));
    return each.end;
  }
  const std::size_t daily = ends_with_daily(words_, text_, at, begin_);
  if (daily == at) return 0;
  found_.deadlines.push_back(recurring(text_, daily, clock, "FREQ=DAILY"));
  return clock;
}

std::size_t TextRun::take_period(std::size_t at, const Intro& intro, std::size_t day, bool hour) {
  auto period = period_at(words_, text_, day, limit_, false);
  if (!period) return 0;
  if (period->grain == Grain::kYear) {
    // "Năm 2025 - 2030": a horizon
    const Range span = range_at(words_, text_, day, limit_, false, true);
    if (span.last && years_only(span)) {
      if (found_.timing.empty()) found_.timing = piece(text_, at, span.end);
      return span.end;
    }
  }
  const std::size_t end = period->where.end;
  if (intro.strict || intro.explicit_limit) {
    const std::size_t behind =
        yearly_days(words_, text_, at, *period, limit_, intro.strict, found_.deadlines);
    if (behind != 0) return behind;
  }
  const bool strict = intro.strict && !hour;
  if (strict && period->part) {  // "trước tuần cuối tháng 9": its first day is not told
    if (found_.timing.empty()) found_.timing = piece(text_, at, end);
    return end;
  }
  // "trước ngày 31 tháng 12 của năm trước kế hoạch": each year's; "15/01 năm sau" is nobody knows whose.
  if (!period->days_known() && period->month != 0) {
    if (const std::size_t behind = year_of_plan(words_, text_, end)) {
      found_.deadlines.push_back(recurring(text_, at, behind, rule_of(Frequency::kYearly, *period, strict)));
      return behind;
    }
    if (const std::size_t behind = other_year(words_, text_, end)) {
      if (found_.timing.empty()) found_.timing = piece(text_, at, behind);
      return behind;
    }
  }
  if (!period->days_known() && (intro.strict || intro.explicit_limit || intro.within || intro.until)) {
    const Recurrence each = recurrence_at(words_, text_, skip_space(text_, end), false);
    if (each.frequency != Frequency::kNever) {
      found_.deadlines.push_back(recurring(text_, at, each.end, rule_of(each.frequency, *period, strict)));
      return each.end;
    }
  }
  if (!limits(at, intro, day, *period)) return end;
  if (const std::size_t behind = take_more_days(at, intro, *period, strict)) return behind;
  bool inferred = false;
  if (give_year(*period, time_, inferred)) {
    const PartialDate due = strict ? day_before_first(*period) : last_day(*period);
    if (!is_past(due, time_.issued)) {
      found_.deadlines.push_back(due_on(text_, at, end, due));
      found_.inferred = found_.inferred || inferred;
    }
  } else if (found_.timing.empty() && period->month != 0) {
    found_.timing = piece(text_, at, end);
  }
  return end;
}

// "trước ngày 10/6 và 10/12/2023": both, in the year that the last one names. 0: no second day.
std::size_t TextRun::take_more_days(std::size_t at, const Intro& intro, Period first, bool strict) {
  if (first.grain != Grain::kDay || first.month == 0 || !(intro.strict || intro.explicit_limit)) return 0;
  std::vector<Period> days = {first};
  std::size_t end = first.where.end;
  while (days.size() < 12) {
    std::size_t next = next_item(words_, text_, end, limit_);
    if (next == 0) break;
    if (const std::size_t before = words_.behind(Word::kBefore, text_, next))
      next = skip_space(text_, before);
    const auto more = period_at(words_, text_, next, limit_, false);
    if (!more || more->grain != Grain::kDay || more->month == 0) break;
    days.push_back(*more);
    end = more->where.end;
  }
  if (days.size() < 2 || days.back().year == 0) return 0;
  for (Period& one : days) {
    if (one.year == 0) one.year = days.back().year;
    const PartialDate due = strict ? day_before_first(one) : last_day(one);
    if (!is_past(due, time_.issued)) found_.deadlines.push_back(due_on(text_, at, end, due));
  }
  return end;
}

// Whether the words that lead to a period make it a limit.
bool TextRun::limits(std::size_t at, const Intro& intro, std::size_t day, const Period& period) const {
  const std::size_t start = clause_start(text_, begin_, at);
  const std::size_t end = period.where.end;
  if (goes_on(words_, text_, end) || tells_done(words_, text_, start, at)) return false;
  if (intro.explicit_limit || intro.strict) return true;
  const auto completes = [&](std::size_t near) {
    return tells_completion(words_, text_, start, at) ||
           tells_completion(words_, text_, end, std::min(end + near, clause_end(text_, end, limit_)));
  };
  if (intro.within) return period.grain != Grain::kYear || completes(60);
  if (!intro.until) return false;
  const bool of_year = period.grain == Grain::kYear && words_.behind(Word::kEndOf, text_, day) == 0;
  return !of_year && completes(40);
}

// "triển khai thí điểm từ quý III/2026 đến quý III/2030": ends with the second; years alone are a horizon.
std::size_t TextRun::take_span(std::size_t at, bool clause_begins) {
  if (words_.behind(Word::kFrom, text_, at) == 0) return 0;
  const Range span = range_at(words_, text_, at, limit_, false);
  if (span.first && span.last && span.last->days_known() && span.last->grain != Grain::kYear &&
      !is_past(last_day(*span.last), time_.issued)) {
    found_.deadlines.push_back(due_on(text_, at, span.end, last_day(*span.last)));
    if (found_.timing.empty()) found_.timing = piece(text_, at, span.end);
    return span.end;
  }
  if (clause_begins && span.first && found_.timing.empty()) found_.timing = piece(text_, at, span.end);
  return 0;
}

}  // namespace

Result<DeadlineReader> DeadlineReader::create(const Models& models) {
  const auto table = models.table("deadline_words");
  if (!table) return table.error();
  return create(**table);
}

Result<DeadlineReader> DeadlineReader::create(const ModelTable& table) {
  auto words = DeadlineWords::create(table);
  if (!words) return words.error();
  return DeadlineReader(std::move(*words));
}

FoundDeadlines DeadlineReader::in_text(std::string_view text, TextRange range,
                                       const DocumentTime& time) const {
  return TextRun(words_, text, range, time).find();
}

}  // namespace vanban
