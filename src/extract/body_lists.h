// Lists of bodies as the registry finds them, and how they become what a task names.

#ifndef VANBAN_SRC_EXTRACT_BODY_LISTS_H_
#define VANBAN_SRC_EXTRACT_BODY_LISTS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"

namespace vanban {

constexpr std::size_t kFirstClause = 700;  // bytes in which a task says who acts

// A single province is a place, not somebody who acts.
bool is_body_list(const std::vector<AgencyMatch>& list);

// "Lãnh đạo Ban| Công tác đại biểu": behind `end` the name goes on in words that the registry does not have.
bool name_goes_on(std::string_view text, std::size_t end);

// Adds those of `more` that `into` does not name yet.
void add_new(std::vector<AgencyMention>& into, const std::vector<AgencyMention>& more);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_BODY_LISTS_H_
