#include "extract/period_ranges.h"

#include <array>

#include "extract/deadline_words.h"
#include "vanban/lexicon/scan.h"

namespace vanban::deadline {

Range range_at(std::string_view text, std::size_t at, std::size_t limit, bool bare, bool bare_last) {
  Range range;
  std::size_t pos = at;
  const std::size_t from = word(text, at, "từ");
  if (from != 0) pos = skip_space(text, from);
  range.first = period_at(text, pos, limit, bare);
  if (!range.first) return range;
  range.end = range.first->where.end;
  std::size_t next = skip_space(text, range.end);
  static constexpr std::array<std::string_view, 4> kTo = {"đến hết", "đến", "tới", "cho đến"};
  std::size_t behind = any_word(text, next, kTo);
  for (const std::string_view dash : {"–", "—", "-"}) {  // "—-" as OCR reads a long one
    if (text.compare(next, dash.size(), dash) != 0) continue;
    behind = next + dash.size();
    if (behind < limit && text[behind] == '-') ++behind;
    break;
  }
  if (behind == 0 || behind >= limit) return range;
  range.last = period_at(text, skip_space(text, behind), limit, bare || bare_last);
  if (range.last) range.end = range.last->where.end;
  return range;
}

bool years_only(const Range& range) {
  return range.first->grain == Grain::kYear && (!range.last || range.last->grain == Grain::kYear);
}

bool goes_on(std::string_view text, std::size_t end) {
  static constexpr std::array<std::string_view, 8> kOn = {
      "và các năm",  "và những năm", "và năm tiếp theo", "và hằng năm",
      "và hàng năm", "các năm tiếp", "những năm tiếp",   "trở đi"};
  std::size_t next = skip_space(text, end);
  if (next < text.size() && (text[next] == ',' || text[next] == ';')) next = skip_space(text, next + 1);
  return any_word(text, next, kOn) != 0;
}

}  // namespace vanban::deadline
