// Parts of a whole that bare numbers tell: "29 tổ chức đảng, với hình thức: khiển trách 26, cảnh cáo 03",
// "67 trường (mầm non: 22; tiểu học: 25; THCS: 20)".

#include <algorithm>
#include <cmath>

#include "extract/report_statements.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/numbers.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::string_view kAnd = "và ";

}  // namespace

bool ReportStatements::read_part(std::size_t& at, std::size_t limit, const std::string& unit,
                                 BarePart& part) const {
  constexpr std::size_t kLongestName = 90, kMostWords = 9;
  at = skip_space(text_, at);
  if (match_words(text_, at, "và") != 0 && at + kAnd.size() < limit) at += kAnd.size();
  std::size_t end = at;
  while (end < limit && end - at < kLongestName && !is_digit(text_[end]) &&
         std::string_view(";.()\n").find(text_[end]) == std::string_view::npos)
    ++end;
  if (end >= limit || !is_digit(text_[end]) || end == at || text_[end - 1] == '/') return false;
  part.name = trimmed(text_, {at, end}, " \n:-");
  const std::string_view name = part.name.of(text_);
  // "có", "là" and "còn" link a name with its number.
  for (const std::string_view link : {" có", " là", " còn", " được"})
    if (name.ends_with(link)) part.name.end -= link.size();
  const std::string_view words = words_of(at, end);
  constexpr std::string_view kMinority = "thiểu số";  // "dân tộc thiểu số 3" is no label
  const bool labels = pattern("not_a_count").found_in(words) && !part.name.of(text_).ends_with(kMinority);
  const bool names = has_letter(part.name.of(text_)) && count_words(part.name.of(text_)) <= kMostWords &&
                     words.find(',') == std::string_view::npos && !labels &&
                     !pattern("label_word").found_in(words) && !pattern("part_document").found_in(words) &&
                     words.find(':') == words.rfind(':');
  const std::optional<TextRange> digits = number_at(std::string_view(text_).substr(0, limit), end);
  if (!names || !digits) return false;
  const std::optional<double> value = parse_number(digits->of(text_));
  if (!value) return false;
  part.number = *digits;
  part.value = *value;
  at = skip_space(text_, digits->end);
  // "Hà Giang: 38 |nhà|": the unit of the whole may stand there again
  if (const std::size_t length = unit.empty() ? 0 : match_words(text_, at, to_lower(unit)); length != 0) {
    part.number.end = at + length;
    part.has_unit = true;
    at = skip_space(text_, part.number.end);
  } else if (*value != std::floor(*value)) {
    return false;
  }
  const bool apart = at >= limit || std::string_view(",;.()\n").find(text_[at]) != std::string_view::npos ||
                     match_words(text_, at, "và") != 0;
  std::size_t first = part.name.begin;
  part.proper = is_upper_letter(decode_utf8(text_, first));
  return apart && (digits->end >= limit || text_[digits->end] != '/');
}

std::vector<ReportStatements::BarePart> ReportStatements::bare_parts(std::size_t from, double whole,
                                                                     const std::string& unit,
                                                                     std::size_t& end) const {
  constexpr std::size_t kWindow = 800;
  const std::size_t limit = character_back(text_, std::min(range_.end, from + kWindow), from);
  std::vector<TextRange> groups;
  const std::string_view passage = words_of(from, limit);
  if (!pattern("parts_lead").match_at(passage, 0, groups)) return {};
  const bool bracket = groups[1].begin != std::string_view::npos;
  const bool says_parts = has_letter(passage.substr(0, groups[0].end));
  std::vector<BarePart> parts;
  int inside = BarePart::kWhole;  // the part that a bracket tells the parts of
  double sum = 0;
  bool units = true, proper = true;
  std::size_t of_whole = 0, at = from + groups[0].end;
  for (;;) {
    BarePart part;
    part.inside = inside;
    std::size_t next = at;
    if (!read_part(next, limit, unit, part)) break;
    const double most = inside == BarePart::kWhole ? whole : parts[static_cast<std::size_t>(inside)].value;
    if (part.value > most) return {};
    for (const BarePart& other : parts)
      if (to_lower(other.name.of(text_)) == to_lower(part.name.of(text_)) && other.inside == inside)
        return {};
    if (inside == BarePart::kWhole) {
      sum += part.value;
      ++of_whole;
      units = units && part.has_unit;
      proper = proper && part.proper;
    }
    parts.push_back(part);
    end = part.number.end;
    at = next;
    if (at < limit && text_[at] == '(' && inside == BarePart::kWhole) {
      inside = static_cast<int>(parts.size()) - 1;
      at = skip_space(text_, at + 1);
      if (pattern("parts_lead").match_at(words_of(at, limit), 0, groups)) at += groups[0].end;
      continue;
    }
    if (at < limit && text_[at] == ')' && inside != BarePart::kWhole) {
      inside = BarePart::kWhole;
      at = skip_space(text_, at + 1);
    }
    if (at >= limit || std::string_view(".)\n").find(text_[at]) != std::string_view::npos) break;
    if (text_[at] == ',' || text_[at] == ';') ++at;
  }
  // Without a word that says so only the sum tells that they are parts.
  const bool adds_up = std::abs(sum - whole) < 0.5 && of_whole >= 2;
  const bool places = bracket && proper && sum <= whole;  // "(Hà Giang: 38 nhà; …)", "(Lào Cai 4.123, …)"
  const bool told =
      (says_parts && sum <= whole && (of_whole >= 2 || bracket)) || (places && of_whole >= (units ? 1U : 2U));
  // "với hình thức: khiển trách 789 đảng viên, cảnh cáo 207 đảng viên" name themselves.
  const bool named =
      std::any_of(parts.begin(), parts.end(), [](const BarePart& one) { return one.has_unit; });
  if ((!adds_up && !told) || (named && !(bracket && proper))) return {};
  return parts;
}

}  // namespace vanban
