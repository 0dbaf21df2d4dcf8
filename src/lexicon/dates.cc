#include "vanban/lexicon/dates.h"

#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

constexpr int kNoNumber = -1;

// Reads one to `most` digits; kNoNumber if there are none or more.
int digits_at(std::string_view text, std::size_t& at, int most) {
  int value = 0, count = 0;
  while (at < text.size() && is_digit(text[at])) {
    if (++count > most) return kNoNumber;
    value = value * 10 + (text[at++] - '0');
  }
  return count == 0 ? kNoNumber : value;
}

// Blanks that a form leaves for a pen: spaces, dots, "…", "_".
std::size_t skip_blank(std::string_view text, std::size_t at) {
  for (;;) {
    if (const std::size_t n = space_at(text, at)) {
      at += n;
    } else if (at < text.size() && (text[at] == '.' || text[at] == '_')) {
      ++at;
    } else if (text.substr(at, 3) == "…") {
      at += 3;
    } else {
      return at;
    }
  }
}

bool plausible_year(int year) { return year >= 1900 && year <= 2199; }

// "năm 2024" at `at`; moves behind it.
int year_words(std::string_view text, std::size_t& at) {
  const std::size_t word = match_words(text, at, "năm");
  if (word == 0) return kNoNumber;
  std::size_t next = skip_space(text, at + word);
  if (next == at + word && !(next < text.size() && is_digit(text[next]))) return kNoNumber;
  const int year = digits_at(text, next, 4);
  if (!plausible_year(year)) return kNoNumber;
  at = next;
  return year;
}

struct Found {
  PartialDate date;
  std::size_t end = 0;
};

std::optional<Found> checked(int day, int month, int year, std::size_t end) {
  const PartialDate date{year, month, day};
  if (!plausible_year(year)) return std::nullopt;
  if (month != 0 && (month < 1 || month > 12)) return std::nullopt;
  if (day != 0 && (month == 0 || day > days_in_month(year, month))) return std::nullopt;
  return Found{date, end};
}

// "12/7/2018", "10-01-2024", "10.01.2024"; `short_year`: "20/4/95" is a date too.
std::optional<Found> numeric(std::string_view text, std::size_t at, bool short_year) {
  std::size_t next = at;
  const int first = digits_at(text, next, 2);
  if (first == kNoNumber || next >= text.size()) return std::nullopt;
  std::size_t separator = skip_space(text, next);
  if (separator >= text.size() || separator > next + 1) return std::nullopt;
  const char sign = text[separator];
  if (sign != '/' && sign != '-' && sign != '.') return std::nullopt;
  if (separator != next && !short_year) return std::nullopt;
  std::size_t second_at = separator + 1;
  if (space_at(text, second_at) != 0 && short_year) second_at = skip_space(text, second_at);
  next = second_at;
  const int second = digits_at(text, next, 4);
  if (second == kNoNumber) return std::nullopt;
  if (next - second_at == 4) {  // "10/2022"; "10.2022" and "10-2022" may be anything
    if (sign != '/' || separator + 1 != second_at || !word_ends(text, next)) return std::nullopt;
    if (next < text.size() && text[next] == '/') return std::nullopt;
    return first == 0 ? std::nullopt : checked(0, first, second, next);
  }
  if (next - second_at > 2 || first == 0 || second == 0) return std::nullopt;
  separator = skip_space(text, next);
  if (short_year && match_words(text, separator, "năm") != 0) {  // "ngày 10/01 năm 2024"
    const int year = year_words(text, separator);
    return year == kNoNumber ? std::nullopt : checked(first, second, year, separator);
  }
  if (separator != next && !short_year) return std::nullopt;
  if (separator >= text.size() || text[separator] != sign) return std::nullopt;
  std::size_t third_at = separator + 1;
  if (short_year) third_at = skip_space(text, third_at);
  next = third_at;
  int year = digits_at(text, next, 4);
  if (year == kNoNumber) return std::nullopt;
  if (next - third_at == 2 && short_year) {
    year += year >= 45 ? 1900 : 2000;
    if (year > 2030 && year < 2045) return std::nullopt;
  } else if (next - third_at != 4) {
    return std::nullopt;
  }
  // "ngày 18/4/2003của": a year of four digits ends by itself.
  const bool glued = short_year && next - third_at == 4 && next < text.size() && !is_digit(text[next]);
  if (!word_ends(text, next) && !glued) return std::nullopt;
  if (next + 1 < text.size() && text[next] == '/' && !space_at(text, next + 1)) return std::nullopt;
  return checked(first, second, year, next);
}

// "tháng 01 năm 2025", "tháng 6/2023", "tháng 6-2023", at the word tháng. `day` 0: none was read before it.
std::optional<Found> from_month(std::string_view text, std::size_t at, int day) {
  const std::size_t word = match_words(text, at, "tháng");
  if (word == 0) return std::nullopt;
  std::size_t next = skip_blank(text, at + word);
  int month = 0;
  if (next < text.size() && is_digit(text[next])) {
    month = digits_at(text, next, 2);
    if (month < 1 || month > 12) return std::nullopt;
  } else if (day != 0) {
    return std::nullopt;
  }
  std::size_t after = skip_blank(text, next);
  if (after < text.size() && (text[after] == '/' || text[after] == '-') && month != 0) {
    std::size_t year_at = skip_space(text, after + 1);
    const int year = digits_at(text, year_at, 4);
    if (!plausible_year(year)) return std::nullopt;
    return checked(day, month, year, year_at);
  }
  if (after < text.size() && text[after] == ',') after = skip_space(text, after + 1);
  const int year = year_words(text, after);
  if (year == kNoNumber) return std::nullopt;
  return checked(day, month, year, after);
}

}  // namespace

std::optional<DateMatch> date_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return std::nullopt;
  std::optional<Found> found;
  const char first = text[at];
  if (is_digit(first)) {
    if (word_starts(text, at)) found = numeric(text, at, false);
  } else if (first == 'n' || first == 'N') {
    if (!word_starts(text, at)) return std::nullopt;
    if (const std::size_t word = match_words(text, at, "ngày")) {
      std::size_t next = skip_blank(text, at + word);
      if (next < text.size() && is_digit(text[next])) {
        found = numeric(text, next, true);
        if (found && found->date.day == 0) found.reset();  // "ngày 10/2022" names no day
        if (!found) {
          std::size_t after = next;
          const int day = digits_at(text, after, 2);
          if (day >= 1 && day <= 31) found = from_month(text, skip_space(text, after), day);
        }
      } else {
        found = from_month(text, next, 0);
      }
    } else {
      std::size_t next = at;
      const int year = year_words(text, next);
      if (year != kNoNumber && word_ends(text, next)) found = checked(0, 0, year, next);
    }
  } else if (first == 't' || first == 'T') {
    if (word_starts(text, at)) found = from_month(text, at, 0);
  }
  if (!found) return std::nullopt;
  return DateMatch{found->date, {at, found->end}};
}

std::optional<DateMatch> find_date(std::string_view text, std::size_t from, std::size_t to) {
  if (to > text.size()) to = text.size();
  for (std::size_t at = from; at < to; ++at) {
    const char c = text[at];
    if (!is_digit(c) && c != 'n' && c != 'N' && c != 't' && c != 'T') continue;
    auto match = date_at(text, at);
    if (match && match->where.end <= to) return match;
  }
  return std::nullopt;
}

int days_in_month(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

PartialDate plus_days(const PartialDate& full_date, int days) {
  PartialDate date = full_date;
  if (!date.full()) return date;
  // By months, so that an absurd count of days costs little; beyond the calendar's end nothing is known.
  long left = days;
  while (left > 0 && date.year <= 2199) {
    const int room = days_in_month(date.year, date.month) - date.day;
    if (left <= room) {
      date.day += static_cast<int>(left);
      return date;
    }
    left -= room + 1;
    date.day = 1;
    if (++date.month > 12) date.month = 1, ++date.year;
  }
  while (left < 0 && date.year >= 1900) {
    if (-left < date.day) {
      date.day += static_cast<int>(left);
      return date;
    }
    left += date.day;
    if (--date.month < 1) date.month = 12, --date.year;
    date.day = days_in_month(date.year, date.month);
  }
  return left == 0 ? date : PartialDate{};
}

PartialDate day_before(const PartialDate& full_date) { return plus_days(full_date, -1); }

PartialDate plus_months(const PartialDate& full_date, int months) {
  PartialDate date = full_date;
  if (date.month == 0) return date;
  const long count = static_cast<long>(date.year) * 12 + (date.month - 1) + months;
  date.year = static_cast<int>(count / 12);
  date.month = static_cast<int>(count % 12) + 1;
  if (date.year < 1900 || date.year > 2199) return {};
  const int last = days_in_month(date.year, date.month);
  if (date.day > last) date.day = last;
  return date;
}

}  // namespace vanban
