#include "extract/period_ranges.h"

#include "vanban/lexicon/scan.h"

namespace vanban::deadline {

Range range_at(const DeadlineWords& words, std::string_view text, std::size_t at, std::size_t limit,
               bool bare, bool bare_last) {
  Range range;
  std::size_t pos = at;
  const std::size_t from = words.behind(Word::kFrom, text, at);
  if (from != 0) pos = skip_space(text, from);
  range.first = period_at(words, text, pos, limit, bare);
  if (!range.first) return range;
  range.end = range.first->where.end;
  std::size_t next = skip_space(text, range.end);
  std::size_t behind = words.behind(Word::kTo, text, next);
  for (const std::string_view dash : {"–", "—", "-"}) {  // "—-" as OCR reads a long one
    if (text.compare(next, dash.size(), dash) != 0) continue;
    behind = next + dash.size();
    if (behind < limit && text[behind] == '-') ++behind;
    break;
  }
  if (behind == 0 || behind >= limit) return range;
  range.last = period_at(words, text, skip_space(text, behind), limit, bare || bare_last);
  if (range.last) range.end = range.last->where.end;
  return range;
}

bool years_only(const Range& range) {
  return range.first->grain == Grain::kYear && (!range.last || range.last->grain == Grain::kYear);
}

bool goes_on(const DeadlineWords& words, std::string_view text, std::size_t end) {
  std::size_t next = skip_space(text, end);
  if (next < text.size() && (text[next] == ',' || text[next] == ';')) next = skip_space(text, next + 1);
  return words.behind(Word::kGoesOn, text, next) != 0;
}

}  // namespace vanban::deadline
