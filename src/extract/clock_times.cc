#include "extract/clock_times.h"

#include "extract/periods.h"
#include "vanban/lexicon/scan.h"

namespace vanban::deadline {

std::size_t hour_at(const DeadlineWords& words, std::string_view text, std::size_t at) {
  std::size_t pos = at;
  if (small_number(text, pos, text.size()) == 0) return 0;
  std::size_t next = skip_space(text, pos);
  if (const std::size_t hour = words.behind(Word::kHour, text, next)) {
    next = hour;
  } else if (next == pos && pos < text.size() && (text[pos] == 'h' || text[pos] == 'H' || text[pos] == ':')) {
    next = pos + 1;
  } else {
    return 0;
  }
  const std::size_t minutes = skip_space(text, next);
  std::size_t after = minutes;
  while (after < text.size() && is_digit(text[after]) && after - minutes < 2) ++after;
  return after > minutes ? after : next;
}

std::size_t skip_hour(const DeadlineWords& words, std::string_view text, std::size_t at) {
  std::size_t pos = at;
  while (pos < text.size() && is_digit(text[pos]) && pos - at < 2) ++pos;
  if (pos == at || (pos < text.size() && is_digit(text[pos]))) return at;
  std::size_t next = skip_space(text, pos);
  if (const std::size_t hour = words.behind(Word::kHour, text, next)) {
    next = hour;
  } else if (pos < text.size() &&
             (text[pos] == 'h' || text[pos] == 'H' || text[pos] == 'g' || text[pos] == ':')) {
    next = pos + 1;
  } else {
    return at;
  }
  std::size_t minutes = skip_space(text, next);
  std::size_t after = minutes;
  while (after < text.size() && is_digit(text[after]) && after - minutes < 2) ++after;
  if (after > minutes) next = after;
  if (const std::size_t word_end = words.behind(Word::kMinute, text, skip_space(text, next))) next = word_end;
  next = skip_space(text, next);
  if (next < text.size() && text[next] == ',') next = skip_space(text, next + 1);
  if (const std::size_t part = words.behind(Word::kBehindHour, text, next)) next = skip_space(text, part);
  if (const std::size_t weekday = words.behind(Word::kWeekday, text, next)) {  // "16 giờ thứ 6, ngày 16/10"
    std::size_t day = skip_space(text, weekday);
    if (day < text.size() && text[day] == ',') day = skip_space(text, day + 1);
    if (words.behind(Word::kDay, text, day) != 0 || (day < text.size() && is_digit(text[day]))) next = day;
  }
  return words.behind(Word::kDay, text, next) != 0 || (next < text.size() && is_digit(text[next])) ? next
                                                                                                   : at;
}

}  // namespace vanban::deadline
