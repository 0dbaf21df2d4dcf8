// iCalendar (RFC 5545): text values, folded lines, the first day of a recurrence.

#ifndef VANBAN_SRC_CLI_CALENDAR_H_
#define VANBAN_SRC_CLI_CALENDAR_H_

#include <string>
#include <string_view>

namespace vanban::cli {

// A value of type TEXT: backslash, semicolon, comma and newline escaped, other control characters left out.
std::string ics_text(std::string_view text);

// The line with CRLF, in pieces of at most 75 bytes, each after the first with a space before it; never cut
// inside a character.
std::string ics_line(std::string_view line);

// The first day, from `from` (YYYY-MM-DD) on, that the rule of a deadline means; empty where it cannot be
// told. FREQ, BYMONTH, BYMONTHDAY and BYDAY (plain days) are looked at; other rules begin on `from`.
std::string first_occurrence(std::string_view rrule, std::string_view from);

}  // namespace vanban::cli

#endif  // VANBAN_SRC_CLI_CALENDAR_H_
