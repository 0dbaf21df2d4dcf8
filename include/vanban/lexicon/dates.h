// Dates as official documents write them.

#ifndef VANBAN_LEXICON_DATES_H_
#define VANBAN_LEXICON_DATES_H_

#include <optional>
#include <string_view>

#include "vanban/base/text_range.h"
#include "vanban/doc/document.h"

namespace vanban {

struct DateMatch {
  PartialDate date;
  TextRange
      where;  // "ngày 10 tháng 01 năm 2024", "18/9/2020", "tháng 10 năm 2022", "10/2022"; with the word ngày
};

// The date that begins at `at` (at the word "ngày"/"tháng"/"năm" or at a digit): "ngày 10 tháng 01 năm 2024",
// "ngày 10/01/2024", "10-01-2024", "10.01.2024", "tháng 01 năm 2025" and "ngày   tháng 01 năm 2025" (day left
// blank), "tháng 6/2023", "năm 2024". Impossible dates (31/02) give nullopt. Line breaks and doubled spaces
// inside are allowed.
std::optional<DateMatch> date_at(std::string_view text, std::size_t at);

// The first date in text[from, to).
std::optional<DateMatch> find_date(std::string_view text, std::size_t from, std::size_t to);

int days_in_month(int year, int month);
PartialDate day_before(const PartialDate& full_date);
PartialDate plus_days(const PartialDate& full_date, int days);
PartialDate plus_months(const PartialDate& full_date, int months);

}  // namespace vanban

#endif  // VANBAN_LEXICON_DATES_H_
