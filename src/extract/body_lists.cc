#include "extract/body_lists.h"

#include <algorithm>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"

namespace vanban {

bool is_body_list(const std::vector<AgencyMatch>& list) {
  return !list.empty() && (list.size() > 1 || !list.front().place);
}

bool name_goes_on(std::string_view text, std::size_t end) {
  if (end >= text.size() || text[end] != ' ') return false;
  std::size_t at = skip_space(text, end);
  return at < text.size() && is_upper_letter(decode_utf8(text, at));
}

void add_new(std::vector<AgencyMention>& into, const std::vector<AgencyMention>& more) {
  for (const AgencyMention& one : more) {
    const bool known = std::any_of(into.begin(), into.end(), [&](const AgencyMention& other) {
      return other.name == one.name || (!one.id.empty() && other.id == one.id);
    });
    if (!known) into.push_back(one);
  }
}

}  // namespace vanban
