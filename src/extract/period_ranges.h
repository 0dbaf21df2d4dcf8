// Spans of time: "từ quý III/2026 đến quý III/2030", "2024 - 2026", "năm 2025 và các năm tiếp theo".

#ifndef VANBAN_SRC_EXTRACT_PERIOD_RANGES_H_
#define VANBAN_SRC_EXTRACT_PERIOD_RANGES_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "extract/periods.h"

namespace vanban::deadline {

// "từ P đến (hết) Q": its end, where both can be read. `first` empty: no period begins here.
struct Range {
  std::size_t end = 0;
  std::optional<Period> first, last;
};
// `bare`: "2024" alone is a year; `bare_last`: of the second only.
Range range_at(const DeadlineWords& words, std::string_view text, std::size_t at, std::size_t limit,
               bool bare, bool bare_last = false);

// A horizon: nothing but years.
bool years_only(const Range& range);

// "và các năm tiếp theo", "trở đi" behind a period: a start, no end.
bool goes_on(const DeadlineWords& words, std::string_view text, std::size_t end);

}  // namespace vanban::deadline

#endif  // VANBAN_SRC_EXTRACT_PERIOD_RANGES_H_
