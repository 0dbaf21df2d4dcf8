#include "extract/report_statements.h"

#include <algorithm>
#include <cmath>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/numbers.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {

double ReportStatements::tolerance(std::string_view printed) {
  const std::size_t comma = printed.find_last_of(",.");
  const std::size_t decimals = comma == std::string_view::npos ? 0 : printed.size() - comma - 1;
  return std::pow(10.0, -static_cast<double>(decimals)) + 1e-9;
}

std::size_t ReportStatements::sentence_start(std::size_t from, std::size_t at) const {
  for (std::size_t i = at; i > from; --i) {
    const char c = text_[i - 1];
    if ((c == '.' && i < text_.size() && text_[i] == ' ') || c == '\n') return i;
  }
  return from;
}

TextRange ReportStatements::digits_over(std::size_t at) const {
  at = skip_space_back(text_, at);
  if (at <= range_.begin || text_[at - 1] != '/') return {at, at};
  at = skip_space_back(text_, at - 1);
  std::size_t begin = at;
  while (begin > range_.begin && (is_digit(text_[begin - 1]) ||
                                  ((text_[begin - 1] == '.' || text_[begin - 1] == ',') && begin < at))) {
    --begin;
  }
  while (begin < at && (text_[begin] == '.' || text_[begin] == ',')) ++begin;
  return {begin, at};
}

bool ReportStatements::denominator_of_things(const Figure& figure) const {
  const TextRange over = digits_over(figure.number.begin);
  if (over.empty() || figure.upper || figure.number.begin < over.end) return false;
  if (over.begin > range_.begin && !word_starts(text_, over.begin)) return false;
  if (before_is("not_a_fraction", over.begin) || before_is("not_a_count", over.begin) ||
      before_is("label_word", over.begin))
    return false;
  const std::optional<double> numerator = parse_number(over.of(text_));
  const bool year = figure.value >= 1900 && figure.value <= 2100;
  if (!numerator || *numerator > figure.value || figure.value < 2 || year) return false;
  const std::size_t next = skip_space(text_, figure.number.end);
  return next > figure.number.end && next < range_.end && is_letter(decode_at(next)) &&
         !pattern("no_thing")
              .found_in(words_of(next, character_back(text_, std::min(range_.end, next + 24), next)));
}

char32_t ReportStatements::decode_at(std::size_t at) const { return decode_utf8(text_, at); }

bool ReportStatements::begins_with_letter(std::string_view words) {
  std::size_t at = 0;
  return !words.empty() && is_letter(decode_utf8(words, at));
}

bool ReportStatements::whole_of(std::size_t index, Fraction& fraction) const {
  const Figure& figure = figures_[index];
  constexpr std::size_t kWindow = 32, kLongest = 160;
  const std::size_t at = figure.number.begin;
  const std::size_t from = character_on(text_, std::max(range_.begin, at > kWindow ? at - kWindow : 0), at);
  std::vector<TextRange> groups;
  if (figure.upper || figure.unit_kind != UnitKind::kCount ||
      !pattern("out_of").find(words_of(from, at), 0, groups))
    return false;
  const std::size_t link = from + groups[0].begin;
  std::size_t begin = link;
  while (begin > range_.begin && (is_digit(text_[begin - 1]) || text_[begin - 1] == '.')) --begin;
  if (begin < link && is_digit(text_[begin])) {  // "có |726| trong tổng số 2.813 trường"
    const std::optional<double> part = parse_number(words_of(begin, link));
    if (!part || *part > figure.value || before_is("not_a_count", begin)) return false;
    fraction = {*part, figure.value, {begin, figure.where.end}, false, nullptr, {}};
    return true;
  }
  if (index == 0) return false;
  const Figure& part = figures_[index - 1];
  if (part.where.end > link || part.upper || part.has_delta || part.unit_kind != UnitKind::kCount ||
      to_lower(part.unit) != to_lower(figure.unit) || part.value > figure.value)
    return false;
  const std::string_view between = words_of(part.where.end, link);
  if (between.size() > kLongest || between.find_first_of(";.:()") != std::string_view::npos) return false;
  fraction = {part.value, figure.value, {part.number.begin, figure.where.end},
              false,      &part,        {part.where.end, link}};
  return true;
}

bool ReportStatements::tells_change(const Fraction& fraction, const Figure& share, std::string_view printed) {
  const double parts = 100 * fraction.numerator / fraction.denominator;
  const double least = tolerance(printed);
  return std::abs(std::abs(100 - parts) - share.value) <= least && std::abs(parts - share.value) > least;
}

bool ReportStatements::change_follows(std::size_t index) const {
  if (index + 1 >= figures_.size()) return false;
  const Figure& figure = figures_[index];
  const Figure& next = figures_[index + 1];
  if (!figure.has_delta || figure.unit_kind == UnitKind::kPercent || next.has_verb || next.has_delta ||
      next.unit_kind != UnitKind::kPercent || next.upper || next.number.begin < figure.where.end)
    return false;
  constexpr std::size_t kNear = 32;
  const std::string_view between = words_of(figure.where.end, next.number.begin);
  if (between.size() > kNear || !pattern("same_change").found_in(between)) return false;
  const std::size_t end = skip_space(text_, next.where.end);
  return between.find('(') == std::string_view::npos || (end < range_.end && text_[end] == ')');
}

bool ReportStatements::fraction_of(std::size_t index, Fraction& fraction) const {
  if (whole_of(index, fraction)) return true;
  const Figure& figure = figures_[index];
  const std::size_t slash = skip_space_back(text_, figure.number.begin);
  if (slash <= range_.begin || text_[slash - 1] != '/') return false;
  const TextRange over = digits_over(figure.number.begin);
  std::size_t begin = over.begin;
  std::optional<double> numerator;
  if (!over.empty()) {
    numerator = parse_number(over.of(text_));
    if (before_is("not_a_count", begin)) return false;                  // "tháng 02/2024"
    if (begin > range_.begin && text_[begin - 1] == '/') return false;  // "01/02/2024"
  } else if (index > 0) {  // "663.686 kết quả giải quyết TTHC/1.308.296 kết quả cần cấp"
    const Figure& previous = figures_[index - 1];
    if (previous.where.end > slash) return false;
    // "3 vụ án/21 bị cáo" are two things
    const bool things = previous.unit_kind == UnitKind::kCount && figure.unit_kind == UnitKind::kCount;
    if (things && previous.unit != figure.unit) return false;
    const std::string_view between = words_of(previous.where.end, slash - 1);
    if (between.size() < 80 && between.find_first_of(",;.():") == std::string_view::npos) {
      numerator = previous.value;
      begin = previous.number.begin;
    }
  }
  if (!numerator || figure.value <= 0) return false;
  fraction = {*numerator, figure.value, {begin, figure.where.end}, *numerator > figure.value, nullptr, {}};
  constexpr double kNoDay = 32;  // "15/9" is a day
  return !fraction.plan || (figure.value >= kNoDay && figure.unit_kind != UnitKind::kPercent &&
                            figure.unit_kind != UnitKind::kNone && figure.unit_kind != UnitKind::kTime);
}

bool ReportStatements::broken_number(TextRange number) const {
  if (number.begin == range_.begin) return false;
  const char mark = text_[number.begin - 1];
  if (mark == '.' || mark == ',' || mark == ']' || mark == '|') return true;
  std::size_t at = number.begin;
  return is_letter(decode_utf8_before(text_, at));
}

bool ReportStatements::share_follows(std::size_t index, const Fraction& fraction) const {
  if (index + 1 >= figures_.size()) return false;
  const Figure& figure = figures_[index];
  const Figure& next = figures_[index + 1];
  const std::string_view between = words_of(figure.where.end, std::max(figure.where.end, next.where.begin));
  const double parts = 100 * fraction.numerator / fraction.denominator;
  // "25/89 xã (đạt |28,1%) đạt chuẩn"
  if (next.unit_kind == UnitKind::kPercent && between.size() < 24 &&
      between.find('(') != std::string_view::npos && between.find_first_of(";,)") == std::string_view::npos)
    return std::abs(parts - next.value) <= tolerance(next.number.of(text_)) ||
           (next.has_verb && !next.has_bound && next.where.end < range_.end && text_[next.where.end] == ')');
  // "533/722 trường đạt chuẩn quốc gia |(CQG), chiếm tỷ lệ hơn 73%": an abbreviation parts nothing
  std::vector<TextRange> groups;
  const bool parted = between.find(';') != std::string_view::npos ||
                      (between.find_first_of("()") != std::string_view::npos &&
                       !(pattern("abbreviated").find(between, 0, groups) &&
                         between.find_first_of("()", groups[0].end) == std::string_view::npos));
  if (next.unit_kind != UnitKind::kPercent || !next.has_verb || between.size() >= 240 || parted ||
      sentence_start(figure.where.end, next.where.begin) != figure.where.end) {
    return false;
  }
  return std::abs(parts - next.value) <= tolerance(next.number.of(text_)) ||
         (!next.has_bound && between.find_last_not_of(" \n") != std::string_view::npos &&
          between[between.find_last_not_of(" \n")] == ',');
}

bool ReportStatements::earlier_value(std::size_t index) const {
  if (index + 1 >= figures_.size()) return false;
  const Figure& figure = figures_[index];
  const Figure& next = figures_[index + 1];
  return before_is("from_before", figure.number.begin, 16) && next.where.begin >= figure.where.end &&
         pattern("to_now").found_in(words_of(figure.where.end, next.number.begin));
}

bool ReportStatements::states_share(const Figure& figure) const {
  const TextRange before = words_before(std::max(sentence_, done_), figure.where.begin);
  const std::string_view behind = words_of(
      figure.where.end, character_back(text_, std::min(range_.end, figure.where.end + 60), figure.where.end));
  if (figure.has_verb || figure.has_delta || says("rate_named", before)) return true;
  if (says("joint", before) && figures_.data() < &figure && (&figure - 1)->has_delta && changed_again(figure))
    return true;
  // "193 vụ |= 0,69% số án đã giải quyết"
  constexpr std::string_view kEquals = "=";
  if (figure.where.of(text_).starts_with(kEquals) && skip_space(text_, done_) >= figure.where.begin)
    return named_before();
  if (pattern("plan_base").found_in(behind)) return !clean(before).empty() || named_before();
  // "1.204 hồ sơ (|96,3%)"
  const std::size_t open = skip_space_back(text_, figure.where.begin), close = figure.where.end;
  if (open > range_.begin && text_[open - 1] == '(') {
    return close < range_.end && std::string_view(");,").find(text_[close]) != std::string_view::npos &&
           named_before() && done_ < open && skip_space(text_, done_) + 1 >= open;
  }
  return opens_statement(figure) || states_part(figure) || lists_share(figure);
}

bool ReportStatements::states_part(const Figure& figure) const {
  if (figure.unit_kind != UnitKind::kPercent || figure.has_verb || figure.has_delta || figure.has_bound)
    return false;
  const TextRange before = words_before(std::max(sentence_, done_), figure.number.begin);
  std::vector<TextRange> groups;
  if (!pattern("part_verb").find(before.of(text_), 0, groups)) return false;
  const std::string_view behind = words_of(
      figure.where.end, character_back(text_, std::min(range_.end, figure.where.end + 60), figure.where.end));
  return !pattern("plan_base").found_in(behind) && !says("excluded", before);
}

bool ReportStatements::opens_statement(const Figure& figure) const {
  if (figure.unit_kind != UnitKind::kPercent || figure.has_verb || figure.has_delta) return false;
  constexpr std::size_t kLead = 64;  // longer than all that may open a statement
  const std::size_t at = figure.where.begin;
  const std::size_t from = std::max(sentence_, at > kLead ? character_on(text_, at - kLead, at) : 0);
  if (!says("statement_opens", {from, at})) return false;
  const std::string_view words = statement_behind(figure).of(text_);
  const bool counted = words.starts_with("số ");  // "64,6% |số xã đạt chuẩn nông thôn mới"
  return count_words(words) >= 4 && begins_with_letter(words) &&
         (counted || !pattern("bad_start").found_in(words));
}

TextRange ReportStatements::statement_behind(const Figure& figure) const {
  TextRange words{figure.where.end,
                  clause_end(figure.where.end, std::min(range_.end, figure.where.end + 300))};
  const std::size_t comma = text_.find(", ", words.begin);
  if (comma < words.end && comma + 2 < words.end && (is_digit(text_[comma + 2]) || words.size() > 200))
    words.end = comma;
  return trimmed(text_, words, " \n,;.:");
}

bool ReportStatements::condition_follows(std::size_t index) const {
  if (index + 1 >= figures_.size()) return false;
  const Figure& figure = figures_[index];
  const Figure& next = figures_[index + 1];
  const bool things = figure.unit_kind == UnitKind::kCount || figure.unit_kind == UnitKind::kNone;
  // "6 xã |đạt 19/19 tiêu chí"
  Fraction fraction;
  if (things && fraction_of(index + 1, fraction) && fraction.where.begin >= figure.where.end) {
    const std::string_view link = words_of(figure.where.end, fraction.where.begin);
    if (link.size() < 40 && link.find_first_of(",;.:()") == std::string_view::npos && link.ends_with("đạt "))
      return true;
  }
  const std::string_view between = words_of(figure.where.end, std::max(figure.where.end, next.where.begin));
  // "12 tỉnh |có 100% xã đạt nông thôn mới"
  if (things && next.unit_kind == UnitKind::kPercent && next.value == 100 && between == " có ") return true;
  if (!things || next.unit_kind != UnitKind::kPercent || !next.has_bound || next.has_delta) return false;
  return between.size() < 120 && between.find_first_of(",;.:()") == std::string_view::npos;
}

}  // namespace vanban
