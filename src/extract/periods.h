// Periods of the calendar as official documents write them: a day, month, quarter, half-year, year.

#ifndef VANBAN_SRC_EXTRACT_PERIODS_H_
#define VANBAN_SRC_EXTRACT_PERIODS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "extract/deadline_words.h"
#include "vanban/base/text_range.h"
#include "vanban/doc/document.h"

namespace vanban {

enum class Grain : std::uint8_t { kDay, kMonth, kQuarter, kHalf, kYear };

struct Period {
  TextRange where;
  Grain grain = Grain::kDay;
  int year = 0;            // 0: not stated ("ngày 31 tháng 12")
  int month = 0, day = 0;  // of its last day; month 0: "ngày 20" alone
  int first_month = 0;     // of its first day
  bool part = false;       // of a month, its first day is not told: "tuần cuối tháng 9"
  bool days_known() const { return year != 0; }
};

// The period that begins at `at`: "ngày 30 tháng 9 năm 2022", "30/9/2022", "tháng 6/2023", "Quý IV/2026",
// "quý I, II năm 2026" (ends with the last), "6 tháng đầu năm 2025", "tuần cuối tháng 3/2025", "năm 2026",
// "cuối năm 2026", and the same without a year. `bare`: "6/2025" and "2026" alone count too. Impossible ones
// (31/02, quý V, tháng 13) give nullopt.
std::optional<Period> period_at(const deadline::DeadlineWords& words, std::string_view text, std::size_t at,
                                std::size_t limit, bool bare);

// Its last day, and the day before its first. The year must be stated.
PartialDate last_day(const Period& period);
PartialDate day_before_first(const Period& period);

// A number of one or two digits ("05", "9") at `at`; moves `at` behind it; 0: none.
int small_number(std::string_view text, std::size_t& at, std::size_t limit);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_PERIODS_H_
