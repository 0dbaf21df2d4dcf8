#include "extract/document_time.h"

#include <string>
#include <utility>

#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/scan.h"

namespace vanban {

DocumentTime time_of(const DocumentHeader& header) {
  DocumentTime time{header.date, 0};
  const std::string& subject = header.subject;
  for (std::size_t i = 0; i + 4 <= subject.size(); ++i) {
    const bool digits = is_digit(subject[i]) && is_digit(subject[i + 1]) && is_digit(subject[i + 2]) &&
                        is_digit(subject[i + 3]) && (i + 4 == subject.size() || !is_digit(subject[i + 4]));
    if (!digits || (i > 0 && (is_digit(subject[i - 1]) || subject[i - 1] == '/'))) continue;
    const int year = std::stoi(subject.substr(i, 4));
    if (year < 1990 || year > 2100) continue;
    if (time.plan_year != 0 && time.plan_year != year) return {header.date, 0};
    time.plan_year = year;
  }
  // The year of a cited document in the subject is none of the plan's.
  const int issued = header.date.year;
  if (issued != 0 && time.plan_year != issued && time.plan_year != issued + 1) time.plan_year = 0;
  return time;
}

bool give_year(Period& period, const DocumentTime& time, bool& inferred) {
  if (period.year != 0) return true;
  if (period.month == 0) return false;
  int year = time.plan_year;
  if (year == 0 && time.issued.full()) {
    year = time.issued.year;
    Period this_year = period;
    this_year.year = year;
    if (last_day(this_year) < time.issued) {
      // In November "trước ngày 15/01" is next year's; in June "trước ngày 15/5" is nobody knows which.
      if (time.issued.month < 10 || period.month > 3) return false;
      ++year;
    }
  }
  if (year == 0) return false;
  period.year = year;
  if (period.grain == Grain::kDay && period.day > days_in_month(year, period.month)) return false;
  inferred = true;
  return true;
}

bool is_past(const PartialDate& due, const PartialDate& issued) {
  if (!issued.known() || !due.known()) return false;
  if (issued.day != 0) return due < issued;
  return issued.month != 0 ? std::pair(due.year, due.month) < std::pair(issued.year, issued.month)
                           : due.year < issued.year;
}

}  // namespace vanban
