// The words around a reported figure that may name it: how far they reach to either side, and what of them is
// its own. What a name is made of them: report_names.cc.

#include <algorithm>

#include "extract/report_names.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kLongestWords = 400;  // bytes before a figure that may name it

}  // namespace

TextRange ReportNames::words_before(std::size_t from, std::size_t at) const {
  // "Tổng số lượt khám: 1.459.361 lượt": what stands before the colon names the figure behind it.
  const std::size_t colon = skip_space_back(text_, at);
  if (colon > from + 1 && text_[colon - 1] == ':') {
    constexpr std::size_t kLongestLabel = 120;
    const TextRange label = words_before(
        std::max(from, character_on(text_, colon > kLongestLabel ? colon - kLongestLabel : 0, colon)),
        colon - 1);
    const std::size_t words = count_words(clean(label).of(text_));
    if (words >= 1 && (label.begin > from || says("names_count", label) || colon - from < kLongestLabel))
      return label;
  }
  if (at > from + kLongestWords) from = character_on(text_, at - kLongestWords, at);
  int depth = 0;
  for (std::size_t i = at; i > from; --i) {
    const char c = text_[i - 1];
    if (c == ')') ++depth;
    if (c == '(' && depth-- == 0) return {i, at};
    if (depth == 0 && (c == ';' || c == ':')) return {i, at};
  }
  return {from, at};
}

TextRange ReportNames::words_behind(const Figure& figure, std::size_t next, std::size_t from,
                                    bool part) const {
  from = std::max(from, figure.where.end);
  if (from > figure.where.end && from < range_.end && text_[from] == ')') ++from;
  constexpr std::size_t kWindow = 160;
  std::size_t end = character_back(text_, std::min({range_.end, from + kWindow, next}), from);
  if (end < from) return {from, from};
  std::vector<TextRange> groups;
  const std::string_view words = words_of(from, end);
  if (figure.unit_kind == UnitKind::kPercent && !part) {
    if (!pattern("base_after").find(words, 0, groups)) return {from, from};
    // "giảm 2,88% so với 2015 |và nông nghiệp chiếm 11,98%"
    std::size_t stop = groups[0].end;
    const std::size_t parts =
        words.substr(0, stop).find(" trong đó");  // "… cùng kỳ năm 2013 |trong đó doanh thu"
    if (parts != std::string_view::npos && parts > groups[0].begin) stop = parts;
    const std::size_t joins = words.substr(0, stop).rfind(" và ");
    if (stop == words.size() && end == next && joins != std::string_view::npos && joins > groups[0].begin)
      stop = joins;
    return {from + groups[0].begin, from + stop};
  }
  // "115 ý kiến|, kiến nghị của cử tri": the unit is one of the words that the comma may join.
  const std::size_t unit = figure.where.end - figure.number.end;
  const auto comma_of = [&](std::string_view said) {
    if (from != figure.where.end) return parting_comma(said);
    const std::size_t at = parting_comma(words_of(figure.number.end, from + said.size()), unit);
    return at == std::string_view::npos ? at : at - unit;
  };
  std::size_t hard = std::min(words.find_first_of(";.():/0123456789"), words.size());
  // "1.089 thủ tục mức độ |3", "cấp 2": a digit that is part of a name
  while (hard < words.size() && is_digit(words[hard]) &&
         (before_is("not_a_count", from + hard) || before_is("label_word", from + hard) ||
          before_is("belongs_to", from + hard) || (hard > 0 && words[hard - 1] != ' '))) {
    hard = std::min(words.find_first_not_of("0123456789", hard), words.size());
    hard = std::min(words.find_first_of(";.():/0123456789", hard), words.size());
  }
  std::string_view clause = words.substr(0, hard);
  // "3835 TTHC thực hiện tại bộ, cơ quan Trung ương, |1328 TTHC", "312 doanh nghiệp |với tổng vốn 4.560 tỷ
  // đồng": what parts them ends the words of the first.
  const bool another = hard < words.size() && is_digit(words[hard]);
  if ((end == next && hard == words.size()) || another) {
    const std::size_t stop = clause.find_last_not_of(" \n");
    if (stop != std::string_view::npos && clause[stop] == ',') return {from, from + stop};
    const std::size_t comma = comma_of(clause);
    if (comma != std::string_view::npos) clause = clause.substr(0, comma);
    for (std::size_t at = 0; pattern("next_item").find(clause, at, groups); at = groups[0].begin + 1) {
      if (clause[groups[0].begin] == ',') continue;                      // joins words that are one thing
      if (clause.substr(0, groups[0].begin).ends_with(" so")) continue;  // "giảm 12 vụ so với cùng kỳ"
      if (!in_listed_words(clause, groups[0].begin)) return {from, from + groups[0].begin};
    }
    if (comma != std::string_view::npos) return {from, from + comma};
    // "268,4 triệu đồng |đối với 15 tổ chức": those words belong to the figure behind them
    while (!clause.empty() && pattern("measure_end").find(clause, 0, groups))
      clause = clause.substr(0, groups[0].begin);
    if (pattern("worth_tail").find(clause, 0, groups))  // "08 căn nhà |trị giá| 360 triệu đồng"
      clause = clause.substr(0, groups[0].begin);
    if (pattern("counted_end").find(clause, 0, groups)) clause = clause.substr(0, groups[1].begin);
    return {from, from + clause.size()};
  }
  const std::size_t comma = comma_of(clause);
  if (comma < hard && lists_sufferers(clause)) return {from, from + hard};
  return {from, from + std::min(comma, hard)};
}

// " lúa, hoa màu, cây trồng khác bị thiệt hại": things that one predicate is told of.
bool ReportNames::lists_sufferers(std::string_view clause) const {
  constexpr std::size_t kMostWords = 4, kMostItems = 5;
  std::size_t begin = 0, items = 0;
  for (std::size_t comma = clause.find(','); comma != std::string_view::npos && items < kMostItems;
       comma = clause.find(',', begin)) {
    const std::string_view item = clause.substr(begin, comma - begin);
    if (count_words(item) > kMostWords || count_words(item) == 0 || pattern("suffers").found_in(item))
      return false;
    begin = comma + 1;
    ++items;
  }
  std::vector<TextRange> groups;
  return items > 0 && items < kMostItems && pattern("suffers").find(clause, begin, groups) &&
         count_words(clause.substr(begin, groups[0].begin - begin)) <= kMostWords;
}

TextRange ReportNames::clean(TextRange range) const {
  if (cleaned_.of != range) cleaned_ = {range, cleaned(range)};
  return cleaned_.is;
}

TextRange ReportNames::cleaned(TextRange range) const {
  // The end of brackets that a figure before opened, and a remark in brackets on that figure's words.
  int depth = 0;
  bool opens = false, seen = false;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const char c = text_[i];
    if (c == '(') {
      if (!seen) opens = true;
      ++depth;
    } else if (c == ')') {
      if (depth > 0) --depth;
      if (depth == 0 && (opens || text_.find('(', range.begin) > i)) {
        range.begin = i + 1;
        opens = seen = false;
        continue;
      }
    }
    if (c != ' ' && c != '\n') seen = true;
  }
  std::vector<TextRange> groups;
  if (pattern("measure_lead").find(range.of(text_), 0, groups)) {
    range.begin += groups[0].end;
    // "|còn lại| 35 vụ việc": one word, whose first syllable alone would link a name with its figure
    constexpr std::string_view kLeft = "còn lại", kOver = "lại";
    const std::size_t over = kLeft.size() - kOver.size();
    if (match_words(text_, range.begin, kOver) != 0 && groups[0].end >= over &&
        match_words(text_, range.begin - over, kLeft) != 0)
      range.begin -= over;
  }
  while (!range.empty() && pattern("measure_end").find(range.of(text_), 0, groups)) {
    range.end = range.begin + groups[0].begin;
  }
  return range;
}

std::string ReportNames::subject_in(TextRange words) const {
  constexpr std::size_t kMostWords = 40;
  std::size_t count = 0;
  for (std::size_t at = words.begin; at < words.end && count < kMostWords; ++count) {
    while (at < words.end && std::string_view(" \n,.;:()-").find(text_[at]) != std::string_view::npos) ++at;
    if (at >= words.end) break;
    const std::optional<AgencyMatch> body =
        tools_.agencies.at(std::string_view(text_).substr(0, words.end), at);
    if (body) return body->mention.name;
    at = std::min(text_.find(' ', at), words.end);
  }
  return {};
}

// "Trong khi đó, lạm phát ổn định, |chỉ số giá tiêu dùng": where a phrase begins that names what is told by
// itself; 0: at the beginning.
std::size_t ReportNames::last_phrase(std::string_view words) const {
  constexpr std::size_t kLong = 8;
  std::vector<TextRange> groups;
  if (pattern("strong_head").match_at(words, 0, groups)) return 0;
  // "… chuyển dịch đúng định hướng với |tỷ trọng trồng trọt"
  constexpr std::string_view kWith = " với ";
  if (const std::size_t with = words.rfind(kWith);
      with != std::string_view::npos && (pattern("rate_head").found_in(words.substr(with + kWith.size())) ||
                                         pattern("with_amount").found_in(words.substr(with + kWith.size()))))
    return with + kWith.size();
  for (std::size_t comma = words.rfind(", "); comma != std::string_view::npos && comma > 0;
       comma = words.rfind(", ", comma - 1)) {
    const std::size_t at = comma + 2;
    if (count_words(words.substr(at)) < 2 || in_listed_words(words, comma)) continue;
    if (pattern("strong_head").match_at(words, at, groups)) return at;
    if (count_words(words) > kLong && pattern("act_start").match_at(words, at, groups)) return at;
  }
  return 0;
}

// The words before the figure that are its own, without a comparison that opens them ("So với cùng kỳ |số
// mắc").
std::string ReportNames::own_words(const Reported& one) {
  acted_ = false;
  TextRange own = clean(one.before);
  std::vector<TextRange> groups;
  if (pattern("compared").find(own.of(text_), 0, groups)) {
    compared_ = to_lower(groups[1].of(own.of(text_)));
    own.begin += groups[0].end;
    own = clean(own);
  }
  std::string words(own.of(text_));
  if (!has_letter(words)) return {};
  constexpr std::string_view kMore = " thêm",
                             kRises = "tăng";  // "tổng vốn đăng ký tăng |thêm đạt 5,7 tỷ USD"
  if (words.ends_with(kRises) && text_.compare(own.end, kMore.size(), kMore) == 0) words += kMore;
  // "mức vay |bình quân 24,49 triệu đồng/hộ": what is told is the average
  constexpr std::string_view kAverage = "bình quân";
  if (one.figure->where.of(text_).starts_with(kAverage) && !one.figure->has_delta && !one.fraction)
    words += " " + std::string(kAverage);
  constexpr std::string_view kUp = " lên";  // "mũi 2 trở |lên là 26.060 người"
  if (words.ends_with(" trở") && text_.compare(own.end, kUp.size(), kUp) == 0) words += kUp;
  if ((one.figure->has_verb || one.figure->has_delta) && !pattern("new_things").found_in(words) &&
      !pattern("one_verb").found_in(words) && pattern("before_verb").find(words, 0, groups))
    words.resize(groups[0].begin);
  // "Trước kỳ họp, UBND thành phố đã |tiếp nhận …"
  for (std::size_t comma = words.find(", "); comma != std::string::npos;
       comma = words.find(", ", comma + 2)) {
    const std::string_view rest = std::string_view(words).substr(comma + 2);
    if (!pattern("agent_did").find(rest, 0, groups) || groups[0].end >= rest.size()) continue;
    words.erase(0, comma + 2);
    break;
  }
  // "…, trong đó |TTHC mới", "Theo kết quả rà soát …, toàn tỉnh |": what stands before it is about other
  // things.
  if (pattern("part_lead").match_at(words, 0, groups)) words.erase(0, groups[0].end);
  if (pattern("opening_only").match_at(words, 0, groups)) return {};
  // "trong đó |riêng quý III đạt trên 80.000 tỷ": of the same thing, in a time of its own
  if (!topic_.empty() && pattern("time_only").found_in(words)) return topic_ + ", " + words;
  if (pattern("period_tail").find(words, 0, groups) && groups[0].begin > 0) words.resize(groups[0].begin);
  // "kim ngạch xuất khẩu |tiếp tục tăng trưởng khá|, ước đạt 1,1 tỷ USD": what it is told of stands before
  if (own.end < one.before.end && text_[own.end] == ',' && pattern("state_verb").find(words, 0, groups) &&
      count_words(std::string_view(words).substr(0, groups[0].begin)) >= 2)
    words.resize(groups[0].begin);
  // "Cây ngô |6 tháng đầu năm| gieo trồng được 471,5 ha": when, in the middle of what
  if (pattern("period_inside").find(words, 0, groups) && groups[0].begin > 0)
    words.erase(groups[1].begin, groups[1].size());
  words.erase(0, last_phrase(words));
  // "các cơ quan hành chính đã |tiếp 1.141 lượt người": who did it is no part of what was counted.
  if (pattern("agent_did").match_at(words, 0, groups) && groups[0].end < words.size()) {
    words.erase(0, groups[0].end);
    acted_ = true;
  }
  // "Thanh tra các sở, ngành |triển khai 25 cuộc": from the verb on
  const UnitKind kind = one.counted->unit_kind;
  if ((kind == UnitKind::kCount || kind == UnitKind::kMoney) &&
      pattern("agent_acts").match_at(words, 0, groups)) {
    words.erase(0, groups[1].begin);
    acted_ = true;
  }
  // "đưa |tốc độ phát triển kinh tế", "nâng |tổng số đảng viên lên"
  for (const std::string_view raises : {"đưa ", "nâng "})
    if (words.starts_with(raises) && pattern("strong_head").match_at(words, raises.size(), groups))
      words.erase(0, raises.size());
  // "hiện đã |thu"
  words += " ";
  if (pattern("name_opening").match_at(words, 0, groups)) words.erase(0, groups[0].end);
  if (!words.empty()) words.pop_back();
  return words;
}

// "Giải quyết việc làm |cho| 23.450 lao động": the preposition that links what is counted with what is done.
std::string_view ReportNames::link_of(const Reported& one) const {
  if (one.counted->unit_kind != UnitKind::kCount || one.figure->has_delta || one.before.empty()) return {};
  constexpr std::size_t kLongest = 12;
  const std::size_t end = skip_space_back(text_, one.before.end);
  const TextRange tail{
      character_on(text_, std::max(one.before.begin, end > kLongest ? end - kLongest : 0), end), end};
  std::vector<TextRange> groups;
  return pattern("counted_link").find(tail.of(text_), 0, groups) ? groups[1].of(tail.of(text_))
                                                                 : std::string_view();
}

// "22 triệu |tài liệu": what is counted, without how many of them.
std::string ReportNames::thing_of(const Reported& one) const {
  std::string_view unit = one.counted->unit;
  for (std::size_t space = unit.find(' '); space != std::string_view::npos; space = unit.find(' ')) {
    if (!pattern("magnitude").found_in(unit.substr(0, space))) break;
    unit.remove_prefix(space + 1);
  }
  return std::string(unit);
}

// "văn bản có quy định trái pháp luật": the unit and what stands behind it; empty: a bare unit that adds
// nothing.
std::string ReportNames::counted_words(const Reported& one) const {
  TextRange where = trimmed(text_, one.behind, " \n,;.:");
  std::vector<TextRange> groups;
  if (where.empty() && !one.shared.empty()) where = trimmed(text_, one.shared, " \n,;.:");
  const bool goes_on = one.behind.end < text_.size() &&
                       std::string_view(",;.()").find(text_[one.behind.end]) == std::string_view::npos;
  while (goes_on && !where.empty() && pattern("measure_end").find(where.of(text_), 0, groups))
    where.end = where.begin + groups[0].begin;
  std::string words(where.of(text_));
  if (words == "cụ thể") words.clear();  // "với 64 nhiệm vụ cụ thể"
  if (one.counted->unit_kind == UnitKind::kCount) {
    if (pattern("year_word").find(words, 0, groups)) words.resize(groups[1].begin);  // "… về y tế |năm 2017"
    std::string unit = thing_of(one);
    const bool listed = one.behind.of(text_).starts_with(',');  // "115 ý kiến|, kiến nghị của cử tri"
    if (!words.empty()) unit += (listed ? ", " : " ") + words;
    return unit;
  }
  return words;
}

}  // namespace vanban
