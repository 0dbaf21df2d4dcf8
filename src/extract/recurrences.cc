#include "extract/recurrences.h"

#include <algorithm>

#include "extract/deadline_clauses.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/scan.h"

namespace vanban::deadline {
namespace {

// "thứ Sáu", "chiều thứ 6": its weekly rule and its end; `strict`: the day before it.
std::optional<std::pair<std::string, std::size_t>> weekday_at(const DeadlineWords& words,
                                                              std::string_view text, std::size_t at,
                                                              bool strict) {
  if (const std::size_t part = words.behind(Word::kPartOfDay, text, at)) at = skip_space(text, part);
  const DeadlineWords::Found day = words.find(Word::kWeekday, text, at);
  if (day.end == 0) return std::nullopt;
  const int kept = strict ? (day.value + 6) % 7 : day.value;
  return std::make_pair("FREQ=WEEKLY;BYDAY=" + std::string(weekday_code(kept)), day.end);
}

// "FREQ=MONTHLY;INTERVAL=6" of two quarters.
std::string rule_of_interval(Frequency unit, int count) {
  const bool quarters = unit == Frequency::kQuarterly;
  const int interval = quarters ? 3 * count : count;
  return std::string(base_rule(quarters ? Frequency::kMonthly : unit)) +
         (interval == 1 ? std::string() : ";INTERVAL=" + std::to_string(interval));
}

}  // namespace

Recurrence recurrence_at(const DeadlineWords& words, std::string_view text, std::size_t at, bool loose) {
  std::size_t pos = at;
  const std::size_t each = words.behind(Word::kEach, text, at);
  if (each != 0) pos = skip_space(text, each);
  if (each == 0 && !loose) return {};
  const DeadlineWords::Found unit = words.find(Word::kEachUnit, text, pos);
  const Recurrence found{static_cast<Frequency>(unit.value), unit.end};
  // "quý III" and "tháng 6" name one, not each of them.
  if (found.frequency != Frequency::kNever && each == 0) {
    const std::size_t next = skip_space(text, found.end);
    if (next < text.size() && is_digit(text[next])) return {};
  }
  return found;
}

std::optional<Interval> once_every(const DeadlineWords& words, std::string_view text, std::size_t at,
                                   std::size_t begin, std::size_t limit) {
  const std::size_t behind = words.behind(Word::kTimes, text, at);
  if (behind == 0 || behind > limit) return std::nullopt;
  const std::size_t left = skip_space_back(text, at);
  // Where "một", "01" begins; "11 lần" is another number.
  std::size_t counted = words.find_before(Word::kTimesOne, text, left).begin;
  if (counted != kNone && !word_starts(text, counted)) counted = kNone;
  // "01 lần/năm", "một lần mỗi quý"
  std::size_t per = skip_space(text, behind);
  if (per < limit && text[per] == '/') {
    per = skip_space(text, per + 1);
    const std::size_t one = words.behind(Word::kTimesOne, text, per);  // "01 lần/01 năm"
    if (one != 0) per = skip_space(text, one);
  } else {
    per = words.behind(Word::kTimesPer, text, per);
    if (per != 0) per = skip_space(text, per);
  }
  if (per != 0 && counted != kNone && counted >= begin) {
    const DeadlineWords::Found unit = words.find(Word::kTimesUnit, text, per);
    if (unit.end != 0 && unit.end <= limit)
      return Interval{rule_of_interval(static_cast<Frequency>(unit.value), 1), {counted, unit.end}};
  }
  // "hai năm |một lần", "3 tháng|/lần"
  const bool slash = left > begin && text[left - 1] == '/';
  if (!slash && counted == kNone) return std::nullopt;
  const std::size_t unit_end = skip_space_back(text, slash ? left - 1 : counted);
  const DeadlineWords::FoundBefore unit = words.find_before(Word::kTimesUnit, text, unit_end);
  if (unit.begin == kNone || unit.begin <= begin) return std::nullopt;
  const std::size_t number_end = skip_space_back(text, unit.begin);
  std::size_t from = number_end;
  int count = 0, place = 1;
  for (; from > begin && is_digit(text[from - 1]) && number_end - from < 3; place *= 10)
    count += place * (text[--from] - '0');
  if (from == number_end) {
    const DeadlineWords::FoundBefore named = words.find_before(Word::kTimesCount, text, number_end);
    if (named.begin != kNone) from = named.begin, count = named.value;
  }
  if (count == 0 || count > 60 || from < begin || !word_starts(text, from)) return std::nullopt;
  const std::size_t regular = words.find_before(Word::kRegular, text, skip_space_back(text, from)).begin;
  return Interval{rule_of_interval(static_cast<Frequency>(unit.value), count),
                  {regular != kNone && regular >= begin ? regular : from, behind}};
}

std::string_view base_rule(Frequency frequency) {
  switch (frequency) {
    case Frequency::kDaily:
      return "FREQ=DAILY";
    case Frequency::kWeekly:
      return "FREQ=WEEKLY";
    case Frequency::kMonthly:
      return "FREQ=MONTHLY";
    case Frequency::kQuarterly:
      return "FREQ=MONTHLY;INTERVAL=3";
    case Frequency::kHalfYearly:
      return "FREQ=MONTHLY;INTERVAL=6";
    case Frequency::kYearly:
      return "FREQ=YEARLY";
    case Frequency::kNever:
      break;
  }
  return "";
}

std::string rule_of(Frequency frequency, const Period& period, bool strict) {
  constexpr int kPlainYear = 2023;  // 1/3 is preceded by 28/2 in most years
  if (period.month != 0 && (frequency == Frequency::kYearly || frequency == Frequency::kNever)) {
    PartialDate last;
    if (period.grain == Grain::kDay) {
      last = {kPlainYear, period.month, std::min(period.day, days_in_month(kPlainYear, period.month))};
      if (strict) last = day_before(last);
    } else {
      last = strict ? day_before({kPlainYear, period.first_month, 1})
                    : PartialDate{kPlainYear, period.month, days_in_month(kPlainYear, period.month)};
    }
    const bool end_of_february =
        last.month == 2 && last.day == 28 && !(period.month == 2 && period.day == 28);
    return "FREQ=YEARLY;BYMONTH=" + std::to_string(last.month) +
           ";BYMONTHDAY=" + (end_of_february ? std::string("-1") : std::to_string(last.day));
  }
  if (period.month == 0 && period.grain == Grain::kDay && frequency == Frequency::kMonthly) {
    const int day = strict ? period.day - 1 : period.day;
    return "FREQ=MONTHLY;BYMONTHDAY=" + std::to_string(day == 0 ? -1 : day);
  }
  return std::string(base_rule(frequency));
}

std::optional<std::size_t> periodic_at(const DeadlineWords& words, std::string_view text, std::size_t at,
                                       std::size_t limit, bool clause_begins, std::vector<Deadline>& into) {
  const std::size_t regular = words.behind(Word::kRegular, text, at);
  if (regular == 0 && !clause_begins) return std::nullopt;
  if (regular != 0) {  // "định kỳ vào ngày 15 của tháng cuối quý"
    std::size_t day = skip_space(text, regular);
    if (auto weekly = weekly_at(words, text, day, limit, false)) {  // "định kỳ thứ Sáu hằng tuần báo cáo"
      into.push_back(recurring(text, at, weekly->second, std::move(weekly->first)));
      return weekly->second;
    }
    const std::size_t before = words.behind(Word::kBefore, text, day),
                      on = before != 0 ? before : words.behind(Word::kOn, text, day);
    const bool named = on != 0 || words.behind(Word::kDay, text, day) != 0;
    if (on != 0) day = skip_space(text, on);
    const auto period = named ? period_at(words, text, day, limit, false) : std::nullopt;
    if (period) {
      // "định kỳ ngày 25 hằng tháng báo cáo"
      const Recurrence each = recurrence_at(words, text, skip_space(text, period->where.end), false);
      if (each.frequency != Frequency::kNever && each.end <= limit && period->year == 0) {
        into.push_back(recurring(text, at, each.end, rule_of(each.frequency, *period, before != 0)));
        return each.end;
      }
      const std::size_t end = yearly_days(words, text, at, *period, limit, before != 0, into);
      if (end != 0) return end;
    }
  }
  std::size_t pos = regular == 0 ? at : skip_space(text, regular);
  std::vector<Frequency> frequencies;
  std::size_t end = 0;
  while (true) {
    const Recurrence found = recurrence_at(words, text, pos, regular != 0 || !frequencies.empty());
    if (found.frequency == Frequency::kNever || found.end > limit) break;
    frequencies.push_back(found.frequency);
    end = found.end;
    pos = next_item(words, text, end, limit);
    if (pos == 0) break;
  }
  if (frequencies.empty()) return std::nullopt;
  if (frequencies.size() == 1 && frequencies.front() == Frequency::kWeekly) {
    // "Hằng tuần (vào thứ Sáu)", "hằng tuần, trước thứ Sáu"
    std::size_t next = skip_space(text, end);
    const bool bracket = next < limit && text[next] == '(';
    if (bracket || (next < limit && text[next] == ',')) next = skip_space(text, next + 1);
    const std::size_t before = words.behind(Word::kBefore, text, next),
                      on = words.behind(Word::kOn, text, next);
    if (before != 0 || on != 0) next = skip_space(text, before != 0 ? before : on);
    if (const auto day = weekday_at(words, text, next, before != 0); day && day->second <= limit) {
      const std::size_t last =
          bracket && day->second < limit && text[day->second] == ')' ? day->second + 1 : day->second;
      into.push_back(recurring(text, at, last, day->first));
      return last;
    }
  }
  const std::size_t bound = clause_end(text, end, limit);
  for (std::size_t i = end; i < bound;) {
    if (word_starts(text, i)) {
      const std::size_t before = words.behind(Word::kBefore, text, i);
      const std::size_t on = before != 0 ? before : words.behind(Word::kOn, text, i);
      if (on != 0) {
        const auto period = period_at(words, text, skip_space(text, on), bound, false);
        if (period && period->year == 0) {
          // "định kỳ 6 tháng báo cáo …, trước ngày 15/6 và 15/12": a day for each of them
          const std::size_t days = frequencies.back() == Frequency::kHalfYearly  ? 2
                                   : frequencies.back() == Frequency::kQuarterly ? 4
                                                                                 : 0;
          if (days != 0 && frequencies.size() == 1) {
            const std::size_t last = yearly_days(words, text, at, *period, limit, before != 0, into, days);
            if (last != 0) return last;
          }
          into.push_back(
              recurring(text, at, period->where.end, rule_of(frequencies.back(), *period, before != 0)));
          for (std::size_t k = 0; k + 1 < frequencies.size(); ++k) {
            into.insert(into.end() - 1, recurring(text, at, end, std::string(base_rule(frequencies[k]))));
          }
          return period->where.end;
        }
      }
    }
    decode_utf8(text, i);
  }
  for (const Frequency frequency : frequencies)
    into.push_back(recurring(text, at, end, std::string(base_rule(frequency))));
  return end;
}

std::size_t year_of_plan(const DeadlineWords& words, std::string_view text, std::size_t at) {
  return words.behind(Word::kYearOfPlan, text, skip_space(text, at));
}

std::size_t other_year(const DeadlineWords& words, std::string_view text, std::size_t at) {
  return words.behind(Word::kOtherYear, text, skip_space(text, at));
}

std::optional<std::pair<std::string, std::size_t>> weekly_at(const DeadlineWords& words,
                                                             std::string_view text, std::size_t at,
                                                             std::size_t limit, bool strict) {
  std::size_t pos = at;
  if (const std::size_t day = words.behind(Word::kDay, text, pos)) pos = skip_space(text, day);
  const auto day = weekday_at(words, text, pos, strict);
  if (!day) return std::nullopt;
  const Recurrence each = recurrence_at(words, text, skip_space(text, day->second), false);
  if (each.frequency != Frequency::kWeekly || each.end > limit) return std::nullopt;
  return std::make_pair(day->first, each.end);
}

std::size_t ends_with_daily(const DeadlineWords& words, std::string_view text, std::size_t at,
                            std::size_t begin) {
  const std::size_t end = skip_space_back(text, at);
  const std::size_t from = words.find_before(Word::kDaily, text, end).begin;
  return from != kNone && from >= begin ? from : at;
}

std::optional<Recurrence> repeated_at(const DeadlineWords& words, std::string_view text, std::size_t at,
                                      std::size_t begin, std::size_t limit) {
  const Recurrence found = recurrence_at(words, text, at, false);
  if (found.frequency == Frequency::kNever || found.end > limit) return std::nullopt;
  const std::size_t left = skip_space_back(text, at);
  if (words.find_before(Word::kRepeatedNot, text, left).begin != kNone) return std::nullopt;
  // Nothing but whom to stands between: "báo cáo kế hoạch … hằng năm" tells how often nobody knows what.
  constexpr std::size_t kNear = 90;
  bool done = false;
  for (std::size_t i = std::max(clause_start(text, begin, at), at > kNear ? at - kNear : 0); i < left;) {
    if (word_starts(text, i)) {
      const std::size_t verb = words.behind(Word::kRepeatedVerb, text, i);
      if (verb != 0 && verb <= left) done = true;
      if (words.behind(Word::kRepeatedNot, text, i) != 0) done = false;
    }
    if (text[i] == ',') done = false;
    decode_utf8(text, i);
  }
  if (!done) return std::nullopt;
  const std::size_t next = skip_space(text, found.end);
  const bool ends = next >= limit || text[next] == '.' || text[next] == ';' || text[next] == ',' ||
                    text[next] == '(' || text[next] == '\n' ||
                    words.behind(Word::kRepeatedBehind, text, next) != 0;
  return ends ? std::optional(found) : std::nullopt;
}

std::size_t yearly_days(const DeadlineWords& words, std::string_view text, std::size_t at,
                        const Period& first, std::size_t limit, bool strict, std::vector<Deadline>& into,
                        std::size_t told) {
  if (first.grain != Grain::kDay || first.year != 0) return 0;
  std::size_t end = first.where.end;
  if (first.month == 0) {
    const std::size_t behind = words.behind(Word::kOfQuarter, text, skip_space(text, end));
    if (behind == 0 || behind > limit) return 0;
    into.push_back(recurring(text, at, behind, std::string(base_rule(Frequency::kQuarterly))));
    return behind;
  }
  std::vector<Period> days = {first};
  while (days.size() < 12) {
    std::size_t next = next_item(words, text, end, limit);
    if (next == 0) break;
    if (const std::size_t before = words.behind(Word::kBefore, text, next)) next = skip_space(text, before);
    const auto more = period_at(words, text, next, limit, false);
    if (!more || more->grain != Grain::kDay || more->year != 0 || more->month == 0) break;
    days.push_back(*more);
    end = more->where.end;
  }
  if (days.size() < 2) return 0;
  const Recurrence each = recurrence_at(words, text, skip_space(text, end), false);
  const bool said = each.frequency == Frequency::kYearly && each.end <= limit;
  if (!said && days.size() != told) return 0;
  if (said) end = each.end;
  for (const Period& day : days)
    into.push_back(recurring(text, at, end, rule_of(Frequency::kYearly, day, strict)));
  return end;
}

}  // namespace vanban::deadline
