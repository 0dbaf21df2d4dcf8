// What is due again and again: "hằng năm", "định kỳ 6 tháng", "trước ngày 20 hằng tháng", "thứ Sáu hằng
// tuần", as rules of RFC 5545.

#ifndef VANBAN_SRC_EXTRACT_RECURRENCES_H_
#define VANBAN_SRC_EXTRACT_RECURRENCES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/deadline_words.h"
#include "extract/periods.h"
#include "vanban/doc/document.h"

namespace vanban::deadline {

struct Recurrence {
  Frequency frequency = Frequency::kNever;
  std::size_t end = 0;
};

// "hằng năm", "hàng quý", "mỗi tháng"; with `loose` (behind "định kỳ") also "6 tháng", "quý", "năm" alone.
Recurrence recurrence_at(const DeadlineWords& words, std::string_view text, std::size_t at, bool loose);

// "FREQ=MONTHLY;INTERVAL=3"
std::string_view base_rule(Frequency frequency);
// "ngày 30 tháng 9" of each year, "ngày 20" of each month; the last day that still keeps it.
std::string rule_of(Frequency frequency, const Period& period, bool strict);

// "định kỳ hằng năm … trước ngày 31 tháng 12", "trước ngày 20 hằng tháng", "Hằng quý, …" from `at`: their
// end; what they ask for goes into `into`. `clause_begins`: "Hằng quý" counts without "định kỳ".
std::optional<std::size_t> periodic_at(const DeadlineWords& words, std::string_view text, std::size_t at,
                                       std::size_t limit, bool clause_begins, std::vector<Deadline>& into);

// Behind "của năm trước kế hoạch", "năm kế hoạch" behind a day without a year: each year's; 0: none.
std::size_t year_of_plan(const DeadlineWords& words, std::string_view text, std::size_t at);
// Behind "năm sau", "của năm trước": a year told by another that is not stated; 0: none.
std::size_t other_year(const DeadlineWords& words, std::string_view text, std::size_t at);

// "thứ Sáu hằng tuần" behind "trước (16 giờ)" or "vào": the rule with the day of the week that still keeps
// it, and its end.
std::optional<std::pair<std::string, std::size_t>> weekly_at(const DeadlineWords& words,
                                                             std::string_view text, std::size_t at,
                                                             std::size_t limit, bool strict);

// Where "hằng ngày" begins that ends just before `at`; `at`: nothing of the kind.
std::size_t ends_with_daily(const DeadlineWords& words, std::string_view text, std::size_t at,
                            std::size_t begin);

// "báo cáo Thủ tướng Chính phủ hằng quý": how often, behind what is done. "kế hoạch hằng năm" is a plan's
// name.
std::optional<Recurrence> repeated_at(const DeadlineWords& words, std::string_view text, std::size_t at,
                                      std::size_t begin, std::size_t limit);

// "hai năm một lần", "3 tháng/lần", "01 lần/năm" around the word "lần" at `at`, which begins a word: the
// rule, and where the words stand. Looks back to `begin`.
struct Interval {
  std::string rule;
  TextRange where;
};
std::optional<Interval> once_every(const DeadlineWords& words, std::string_view text, std::size_t at,
                                   std::size_t begin, std::size_t limit);

// "ngày 15/6 và 15/12 hằng năm", "ngày 25 của tháng cuối quý" from the first day on: their end, or 0.
// `told`: how many days a year the words before them tell; as many need no "hằng năm".
std::size_t yearly_days(const DeadlineWords& words, std::string_view text, std::size_t at,
                        const Period& first, std::size_t limit, bool strict, std::vector<Deadline>& into,
                        std::size_t told = 0);

}  // namespace vanban::deadline

#endif  // VANBAN_SRC_EXTRACT_RECURRENCES_H_
