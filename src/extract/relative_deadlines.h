// "trong vòng 15 ngày kể từ ngày …": a deadline that is counted from something else.

#ifndef VANBAN_SRC_EXTRACT_RELATIVE_DEADLINES_H_
#define VANBAN_SRC_EXTRACT_RELATIVE_DEADLINES_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "extract/deadline_words.h"
#include "vanban/doc/document.h"

namespace vanban::deadline {

// Amount, unit and anchor, with a date where the anchor has one; and where its words end.
std::optional<std::pair<Deadline, std::size_t>> relative_at(const DeadlineWords& words, std::string_view text,
                                                            std::size_t at, std::size_t limit,
                                                            const PartialDate& issued);

}  // namespace vanban::deadline

#endif  // VANBAN_SRC_EXTRACT_RELATIVE_DEADLINES_H_
