#include "extract/periods.h"

#include <algorithm>

#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/scan.h"

namespace vanban {

using deadline::DeadlineWords;
using deadline::Word;

namespace {

int year_at(std::string_view text, std::size_t& at) {
  if (at + 4 > text.size()) return 0;
  int value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    if (!is_digit(text[at + i])) return 0;
    value = value * 10 + (text[at + i] - '0');
  }
  if (at + 4 < text.size() && is_digit(text[at + 4])) return 0;
  if (value < 1945 || value > 2199) return 0;
  at += 4;
  return value;
}

bool is_slash(char c) { return c == '/' || c == '-' || c == '.'; }

// "năm 2026", "/2026", "-2026", " 2026" behind a month or quarter.
int year_behind(const DeadlineWords& words, std::string_view text, std::size_t& at) {
  std::size_t pos = skip_space(text, at);
  if (pos < text.size() && (is_slash(text[pos]) || text[pos] == ',')) pos = skip_space(text, pos + 1);
  if (const std::size_t behind = words.behind(Word::kYear, text, pos)) pos = skip_space(text, behind);
  const int year = year_at(text, pos);
  if (year != 0) at = pos;
  return year;
}

// "IV", "4", "tư" behind "quý".
int quarter_at(const DeadlineWords& words, std::string_view text, std::size_t& at) {
  const DeadlineWords::Found found = words.find(Word::kQuarterNumber, text, at);
  if (found.end != 0) at = found.end;
  return found.value;
}

// Behind "quý I" or "tháng 6": ", II", " và III", "-9": the last of them counts. Moves `at`.
std::size_t list_separator(const DeadlineWords& words, std::string_view text, std::size_t at) {
  std::size_t pos = skip_space(text, at);
  if (pos >= text.size()) return 0;
  if (text[pos] == ',' || text[pos] == '-' || text[pos] == '+' || text[pos] == '&')
    return skip_space(text, pos + 1);
  if (text.compare(pos, 3, "–") == 0) return skip_space(text, pos + 3);
  if (const std::size_t end = words.behind(Word::kAnd, text, pos)) return skip_space(text, end);
  return 0;
}

std::optional<Period> day_at(const DeadlineWords& words, std::string_view text, std::size_t at) {
  if (const auto full = date_at(text, at); full && full->date.full()) {
    Period period{full->where,      Grain::kDay,    full->date.year,
                  full->date.month, full->date.day, full->date.month};
    return period;
  }
  std::size_t pos = at;
  const std::size_t named = words.behind(Word::kDay, text, pos);
  if (named != 0) pos = skip_space(text, named);
  const int day = small_number(text, pos, text.size());
  if (day < 1 || day > 31) return std::nullopt;
  Period period{{at, pos}, Grain::kDay, 0, 0, day, 0};
  std::size_t after = skip_space(text, pos);
  std::size_t month_at = 0;
  if (const std::size_t month_word = words.behind(Word::kMonth, text, after)) {
    const std::size_t number = skip_space(text, month_word);
    if (number < text.size() && is_digit(text[number])) month_at = number;  // not "ngày 20 tháng cuối quý"
  } else if (after == pos && after < text.size() && is_slash(text[after]) && after + 1 < text.size() &&
             (named != 0 || text[after] != '.') &&  // "từ 5.1 đến 5.8": numbers of items
             is_digit(text[after + 1])) {
    month_at = after + 1;
  }
  if (month_at != 0) {
    const int month = small_number(text, month_at, text.size());
    if (month < 1 || month > 12 || day > days_in_month(2024, month)) return std::nullopt;
    if (month_at < text.size() && is_slash(text[month_at]) && month_at + 1 < text.size() &&
        is_digit(text[month_at + 1])) {
      return std::nullopt;  // "45/81/…": no date
    }
    period.month = period.first_month = month;
    period.where.end = month_at;
  } else if (named == 0) {
    return std::nullopt;
  }
  return period;
}

// "T10/2025", "T.10/2025" in a cell: where the digits begin, or 0.
std::size_t short_month(std::string_view text, std::size_t at) {
  if (text[at] != 'T' && text[at] != 't') return 0;
  std::size_t pos = at + 1;
  if (pos < text.size() && text[pos] == '.') ++pos;
  return pos < text.size() && is_digit(text[pos]) ? pos : 0;
}

std::optional<Period> month_number_at(const DeadlineWords& words, std::string_view text, std::size_t at,
                                      std::size_t digits) {
  std::size_t pos = digits;
  const int first = small_number(text, pos, text.size());
  if (first < 1 || first > 12) return std::nullopt;
  int last = first;
  while (const std::size_t next = list_separator(words, text, pos)) {
    std::size_t item = next;
    if (const std::size_t again = words.behind(Word::kMonth, text, item)) item = skip_space(text, again);
    const int month = small_number(text, item, text.size());
    if (month <= last || month > 12) break;
    last = month;
    pos = item;
  }
  Period period{{at, pos}, Grain::kMonth, 0, last, 0, first};
  period.year = year_behind(words, text, pos);
  period.where.end = pos;
  return period;
}

std::optional<Period> quarter_period_at(const DeadlineWords& words, std::string_view text, std::size_t at,
                                        std::size_t behind) {
  std::size_t pos = skip_space(text, behind);
  const int first = quarter_at(words, text, pos);
  if (first == 0) return std::nullopt;
  int last = first;
  while (const std::size_t next = list_separator(words, text, pos)) {
    std::size_t item = next;
    if (const std::size_t end = words.behind(Word::kQuarter, text, item)) item = skip_space(text, end);
    const int quarter = quarter_at(words, text, item);
    if (quarter <= last) break;
    last = quarter;
    pos = item;
  }
  Period period{{at, pos}, Grain::kQuarter, 0, last * 3, 0, first * 3 - 2};
  period.year = year_behind(words, text, pos);
  period.where.end = pos;
  return period;
}

std::optional<Period> month_at(const DeadlineWords& words, std::string_view text, std::size_t at) {
  return month_number_at(words, text, at, skip_space(text, words.behind(Word::kMonth, text, at)));
}

// "Q3/2025", "QIII/2025", "III/2025" in a cell.
std::optional<Period> short_quarter_at(const DeadlineWords& words, std::string_view text, std::size_t at) {
  std::size_t pos = at;
  if (text[pos] == 'Q' || text[pos] == 'q') {
    ++pos;
    if (pos < text.size() && text[pos] == '.') ++pos;
  } else if (text[pos] != 'I') {
    return std::nullopt;
  }
  std::size_t end = pos;
  while (end < text.size() && (text[end] == 'I' || text[end] == 'V' || is_digit(text[end])) && end - pos < 3)
    ++end;
  if (end == pos || end >= text.size() || (text[end] != '/' && text[end] != '-')) return std::nullopt;
  const auto found = quarter_period_at(words, text, at, pos);
  return found && found->year != 0 ? found : std::nullopt;
}

// "6 tháng đầu năm 2025", "06 tháng cuối năm", "sáu tháng đầu năm"
std::optional<Period> half_at(const DeadlineWords& words, std::string_view text, std::size_t at) {
  std::size_t pos = at;
  if (const std::size_t six = words.behind(Word::kSix, text, pos)) {
    pos = six;
  } else if (small_number(text, pos, text.size()) != 6) {
    return std::nullopt;
  }
  pos = skip_space(text, pos);
  const DeadlineWords::Found half = words.find(Word::kHalf, text, pos);
  if (half.end == 0) return std::nullopt;
  Period period{{at, half.end}, Grain::kHalf, 0, half.value == 0 ? 6 : 12, 0, half.value == 0 ? 1 : 7};
  std::size_t year = skip_space(text, half.end);
  period.year = year_at(text, year);
  if (period.year != 0) period.where.end = year;
  return period;
}

// "tuần cuối tháng 3/2025", "nửa đầu tháng 9", "15 ngày đầu của tháng 3 năm 2025": ends on a day of the
// month.
std::optional<Period> part_of_month_at(const DeadlineWords& words, std::string_view text, std::size_t at) {
  const DeadlineWords::Found part = words.find(Word::kPartOfMonth, text, at);
  if (part.end == 0) return std::nullopt;
  std::size_t pos = skip_space(text, part.end);
  if (const std::size_t of = words.behind(Word::kOf, text, pos)) pos = skip_space(text, of);
  const std::size_t month = words.behind(Word::kMonth, text, pos);
  if (month == 0) return std::nullopt;
  auto found = month_number_at(words, text, at, skip_space(text, month));
  if (!found || found->first_month != found->month) return std::nullopt;
  found->part = true;
  if (part.value != 0) {
    found->grain = Grain::kDay;
    found->day = part.value;
  }
  return found;
}

}  // namespace

int small_number(std::string_view text, std::size_t& at, std::size_t limit) {
  std::size_t pos = at;
  int value = 0;
  while (pos < limit && pos < text.size() && is_digit(text[pos]) && pos - at < 3)
    value = value * 10 + (text[pos++] - '0');
  if (pos == at || pos - at > 2) return 0;
  at = pos;
  return value;
}

std::optional<Period> period_at(const DeadlineWords& words, std::string_view text, std::size_t at,
                                std::size_t limit, bool bare) {
  text = text.substr(0, std::min(limit, text.size()));
  if (at >= text.size()) return std::nullopt;
  std::size_t pos = at;
  for (const Word end_of : {Word::kMoment, Word::kEndOf}) {  // "cuối năm 2026" ends when the year ends
    if (const std::size_t behind = words.behind(end_of, text, pos)) pos = skip_space(text, behind);
  }
  if (pos >= text.size()) return std::nullopt;
  std::optional<Period> found;
  if (const std::size_t named = words.behind(Word::kYear, text, pos)) {
    std::size_t year_pos = skip_space(text, named);
    Period period{{pos, 0}, Grain::kYear, year_at(text, year_pos), 12, 0, 1};
    period.where.end = year_pos;
    if (period.year != 0) found = period;
  } else if (words.behind(Word::kMonth, text, pos) != 0) {
    found = month_at(words, text, pos);
  } else if (const std::size_t quarter = words.behind(Word::kQuarter, text, pos)) {
    found = quarter_period_at(words, text, pos, quarter);
  } else if (bare && (found = short_quarter_at(words, text, pos))) {
    // "QIII/2025"
  } else if (const std::size_t digits = bare ? short_month(text, pos) : 0; digits != 0) {
    found = month_number_at(words, text, pos, digits);
  } else if (words.behind(Word::kDay, text, pos) != 0) {
    found = day_at(words, text, pos);
  } else if ((found = part_of_month_at(words, text, pos))) {
    // "tuần cuối tháng 3/2025"
  } else if (words.behind(Word::kSix, text, pos) != 0) {
    found = half_at(words, text, pos);
  } else if (is_digit(text[pos])) {
    found = half_at(words, text, pos);
    if (!found) {
      std::size_t month_pos = pos;
      const int month = small_number(text, month_pos, text.size());
      if (month >= 1 && month <= 12 && month_pos < text.size() &&
          (text[month_pos] == '/' || text[month_pos] == '-')) {
        std::size_t year_pos = month_pos + 1;
        const int year = year_at(text, year_pos);
        const bool more = year_pos < text.size() && text[year_pos] == '/';
        if (year != 0 && !more) found = Period{{pos, year_pos}, Grain::kMonth, year, month, 0, month};
      }
    }
    if (!found) found = day_at(words, text, pos);
    if (!found && bare) {
      std::size_t year_pos = pos;
      const int year = year_at(text, year_pos);
      if (year != 0) found = Period{{pos, year_pos}, Grain::kYear, year, 12, 0, 1};
    }
  }
  if (!found) return std::nullopt;
  if (!word_ends(text, found->where.end)) return std::nullopt;
  found->where.begin = at;
  return found;
}

PartialDate last_day(const Period& period) {
  if (period.grain == Grain::kDay) return {period.year, period.month, period.day};
  return {period.year, period.month, days_in_month(period.year, period.month)};
}

PartialDate day_before_first(const Period& period) {
  if (period.grain == Grain::kDay) return day_before({period.year, period.month, period.day});
  return day_before({period.year, period.first_month, 1});
}

}  // namespace vanban
