// The hour of a day inside a deadline: "trước 17 giờ ngày 15/4", "16h30", "17:00".

#ifndef VANBAN_SRC_EXTRACT_CLOCK_TIMES_H_
#define VANBAN_SRC_EXTRACT_CLOCK_TIMES_H_

#include <cstddef>
#include <string_view>

#include "extract/deadline_words.h"

namespace vanban::deadline {

// "15 giờ", "16h30", "17:00": behind it, or 0.
std::size_t hour_at(const DeadlineWords& words, std::string_view text, std::size_t at);

// "17 giờ", "16h00", "17:00", "10 giờ 30 phút ngày …" between "trước" and its day: their end, or `at`.
std::size_t skip_hour(const DeadlineWords& words, std::string_view text, std::size_t at);

}  // namespace vanban::deadline

#endif  // VANBAN_SRC_EXTRACT_CLOCK_TIMES_H_
