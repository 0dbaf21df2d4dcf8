#include "extract/report_names.h"

#include <algorithm>

#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kLongestWords = 400;  // bytes before a figure that may name it
constexpr std::size_t kShort = 3;           // a name of fewer words leans on what was named before

bool has_letter(std::string_view words) {
  return std::any_of(words.begin(), words.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0;
  });
}

// Numbers that stand alone among the words: three of them are the cells of a row that was not recognised.
std::size_t loose_numbers(std::string_view words) {
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t end = std::min(words.find(' ', i), words.size());
    const std::string_view word = words.substr(i, end - i);
    if (!word.empty() && word.find_first_not_of("0123456789.,%") == std::string_view::npos) ++numbers;
    i = end + 1;
  }
  return numbers;
}

// `name` has `words` as whole words, whatever their case.
bool has_words(const std::string& name, const std::string& words) {
  const std::string all = " " + to_lower(name) + " ", one = " " + to_lower(words) + " ";
  return all.find(one) != std::string::npos;
}

void add(std::string& name, std::string_view glue, std::string_view more) {
  if (more.empty()) return;
  if (!name.empty()) name += glue;
  name += more;
}

}  // namespace

void ReportNames::begin_passage() {
  constexpr std::size_t kLongestLabel = 120, kMostWords = 12;
  std::string label;
  int depth = 0;
  const std::size_t end = std::min(range_.end, range_.begin + kLongestLabel);
  for (std::size_t i = range_.begin; i < end; ++i) {
    const char c = text_[i];
    if (c == ')' && depth > 0) {
      --depth;  // "Bệnh viện Lao (Tổng vốn đầu tư 329,134 tỷ đồng): …"
      continue;
    }
    if (c == '(') ++depth;
    if (depth > 0) continue;
    if (c == ':') {
      const std::string_view words = trimmed(label, {0, label.size()}, " \n-+*.").of(label);
      const bool names = skip_space(text_, i + 1) < range_.end && count_words(words) <= kMostWords &&
                         !words.empty() && !pattern("generic_label").found_in(words);
      if (names) label_ = std::string(words);
      return;
    }
    const bool stops = c == '.' && i + 1 < end && text_[i + 1] == ' ' && count_words(label) > 1;
    if (is_digit(c) || c == ';' || c == ',' || c == '\n' || stops) return;
    label += c;
  }
}

void ReportNames::in_brackets(bool inside) {
  if (inside && !inside_) {
    outer_topic_ = topic_;
    outer_level_ = level_;
  } else if (!inside && inside_) {
    topic_ = outer_topic_;
    level_ = outer_level_;
  }
  inside_ = inside;
}

void ReportNames::begin_sentence(TextRange opening) {
  inside_ = false;
  // "Lũy kế từ đầu năm: 1.291 cas mắc" goes on about what the sentences before it named.
  if (says("carry_on", opening)) {
    if (carried_.empty()) carried_ = first_topic_;
  } else {
    carried_.clear();
    first_topic_.clear();
    level_.clear();
    levels_.clear();
  }
  topic_.clear();
  compared_.clear();
  counted_of_.clear();
  parts_ = false;
}

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

TextRange ReportNames::words_behind(const Figure& figure, std::size_t next) const {
  const std::size_t from = figure.where.end;
  constexpr std::size_t kWindow = 160;
  std::size_t end = character_back(text_, std::min({range_.end, from + kWindow, next}), from);
  if (end < from) return {from, from};
  std::vector<TextRange> groups;
  const std::string_view words = words_of(from, end);
  if (figure.unit_kind == UnitKind::kPercent) {
    if (!pattern("base_after").find(words, 0, groups)) return {from, from};
    return {from + groups[0].begin, from + groups[0].end};
  }
  const std::size_t hard = std::min(words.find_first_of(";.():/0123456789"), words.size());
  const std::string_view clause = words.substr(0, hard);
  // "3835 TTHC thực hiện tại bộ, cơ quan Trung ương, |1328 TTHC", "312 doanh nghiệp |với tổng vốn 4.560 tỷ
  // đồng": what parts them ends the words of the first.
  if (end == next && hard == words.size()) {
    const std::size_t stop = clause.find_last_not_of(" \n");
    if (stop != std::string_view::npos && clause[stop] == ',') return {from, from + stop};
    if (pattern("next_item").find(clause, 0, groups)) return {from, from + groups[0].begin};
  }
  return {from, from + std::min(clause.find(','), hard)};
}

TextRange ReportNames::clean(TextRange range) const {
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
  if (pattern("measure_lead").find(range.of(text_), 0, groups)) range.begin += groups[0].end;
  while (!range.empty() && pattern("measure_end").find(range.of(text_), 0, groups)) {
    range.end = range.begin + groups[0].begin;
  }
  return range;
}

// "Tỷ lệ hồ sơ trực tuyến |tại các bộ, ngành": what an elliptic phrase ("tại các địa phương") goes on about.
std::string ReportNames::before_preposition(std::string_view preposition) const {
  std::size_t at = topic_.rfind(" " + std::string(preposition) + " ");
  if (at == std::string::npos) at = topic_.rfind(" tại ");
  return at == std::string::npos ? topic_ : topic_.substr(0, at);
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

const std::string& ReportNames::went_before(const Figure& figure) const {
  const auto of_unit = levels_.find(figure.unit);
  if (figure.unit_kind != UnitKind::kPercent && of_unit != levels_.end()) return of_unit->second;
  const bool other_things = figure.unit_kind == UnitKind::kCount && !topic_.empty();
  return level_.empty() || other_things ? topic_ : level_;
}

// The words before the figure that are its own, without a comparison that opens them ("So với cùng kỳ |số
// mắc").
std::string ReportNames::own_words(const Reported& one) {
  TextRange own = clean(one.before);
  std::vector<TextRange> groups;
  if (pattern("compared").find(own.of(text_), 0, groups)) {
    compared_ = to_lower(groups[1].of(own.of(text_)));
    own.begin += groups[0].end;
    own = clean(own);
  }
  std::string words(own.of(text_));
  if (!has_letter(words)) return {};
  constexpr std::string_view kUp = " lên";  // "mũi 2 trở |lên là 26.060 người"
  if (words.ends_with(" trở") && text_.compare(own.end, kUp.size(), kUp) == 0) words += kUp;
  if (one.figure->has_verb && pattern("before_verb").find(words, 0, groups)) words.resize(groups[0].begin);
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

// "văn bản có quy định trái pháp luật": the unit and what stands behind it; empty: a bare unit that adds
// nothing.
std::string ReportNames::counted_words(const Reported& one) const {
  TextRange where = trimmed(text_, one.behind, " \n,;.:");
  std::vector<TextRange> groups;
  const bool goes_on = one.behind.end < text_.size() &&
                       std::string_view(",;.()").find(text_[one.behind.end]) == std::string_view::npos;
  while (goes_on && !where.empty() && pattern("measure_end").find(where.of(text_), 0, groups))
    where.end = where.begin + groups[0].begin;
  std::string words(where.of(text_));
  if (words == "cụ thể") words.clear();  // "với 64 nhiệm vụ cụ thể"
  if (one.counted->unit_kind == UnitKind::kCount) {
    if (pattern("year_word").find(words, 0, groups)) words.resize(groups[0].begin);  // "… về y tế |năm 2017"
    std::string unit = one.counted->unit;
    add(unit, " ", words);
    return unit;
  }
  return words;
}

ReportNames::Name ReportNames::name_of(const Reported& one) {
  const Figure& figure = *one.figure;
  const bool percent = figure.unit_kind == UnitKind::kPercent;
  const bool delta = figure.has_delta && !one.fraction;
  Name name;
  std::vector<TextRange> groups;
  if (pattern("of_which").found_in(one.before.of(text_))) parts_ = true;
  name.subject = subject_in(clean(one.before));
  if (one.same_period || one.prior) {
    name.text = went_before(figure);
    name.inherited = true;
    if (!name.text.empty()) return name;
  }
  std::string own = own_words(one), counted = counted_words(one);
  const bool counts = one.counted->unit_kind == UnitKind::kCount;
  const std::string said = own;
  bool whole = false;  // the name needs nothing of what went before

  std::string
      base;  // "dự toán HĐND tỉnh giao", "so với cùng kỳ": of what it is a share, against what it changed
  if (percent && !one.fraction) {
    base.swap(counted);
  } else if (delta && counts && counted.size() > one.counted->unit.size() + 1 &&
             pattern("plan_or_past")
                 .found_in(std::string_view(counted).substr(one.counted->unit.size() + 1))) {
    base = counted.substr(one.counted->unit.size() + 1);
    counted = one.counted->unit;
  }
  if (one.statement) {  // "100% |cơ quan nhà nước sử dụng văn bản điện tử"
    own = std::move(base);
    base.clear();
    if (own.starts_with("có ") && !level_.empty())
      own = level_ + ", " + own;  // "trong đó 98% |có trình độ …"
    whole = true;
  } else if (delta && own.empty() && pattern("about").find(base, 0, groups)) {
    own = std::string(groups[1].of(base));  // "25,8% |về số doanh nghiệp" says itself what changed
    base.clear();
    whole = true;
  }
  const bool bare_unit = !percent && counted == one.counted->unit;
  // "…; còn 26 bộ |và 28 địa phương giải ngân dưới mức bình quân": nothing says what the first ones are.
  // But "Kiểm tra 45 tổ chức đảng |và 120 đảng viên" goes on with what was done.
  if (own.empty() && bare_unit && counts && !delta && label_.empty()) {
    const bool goes_on =
        !counted_of_.empty() && (one.joint || pattern("of_which").found_in(one.before.of(text_)));
    if (goes_on) own = counted_of_;
    if (!goes_on && link_of(one).empty()) return {};
    whole = goes_on;
  }
  if (whole) {
  } else if (pattern("running").found_in(own) && !(topic_.empty() && carried_.empty())) {
    std::string about = topic_.empty() ? carried_ : topic_;
    if (pattern("time_tail").find(about, 0, groups)) about.resize(groups[0].begin);
    own = about + ", " + own;
    whole = true;
  } else if (!topic_.empty() && pattern("elliptic").find(own, 0, groups)) {
    own = before_preposition(groups[1].of(own)) + " " + own;
  } else if (!topic_.empty() && percent && !name.subject.empty() && own == name.subject) {
    const bool of = topic_.rfind(" của ") != std::string::npos;  // "…, UBND cấp xã đạt 98,69%"
    own = before_preposition(of ? "của" : "tại") + (of ? " của " : " tại ") + own;
  } else if (own.empty() && ((percent && !one.fraction) || delta || !counts || bare_unit)) {
    own = delta && counts && !bare_unit ? topic_ : went_before(figure);
    name.inherited = whole = !own.empty();
  } else if (count_words(own) < kShort && !topic_.empty() && label_.empty()) {
    // "tử vong 1 cas", "01 cas tử vong"; "42/68 văn bản cần phải xử lý" needs nothing before it.
    // Behind a semicolon other things begin, unless things of the same kind went before.
    const bool parted = one.before.begin > range_.begin && text_[one.before.begin - 1] == ';' && counts &&
                        levels_.find(figure.unit) == levels_.end();
    const bool alone = (own.empty() && (one.fraction || count_words(counted) > kShort)) || parted;
    if (!alone) own = own.empty() ? topic_ : topic_ + ", " + own;
    name.inherited = !alone && said.empty();
  }
  const bool leans = name.inherited;
  const bool labelled = !label_.empty() && !leans && own.find(label_) == std::string::npos;
  if (counts && !whole) counted_of_ = said;
  const bool behind_semicolon = one.before.begin > range_.begin && text_[one.before.begin - 1] == ';';
  if (behind_semicolon && count_words(said) >= kShort && !pattern("of_which").found_in(one.before.of(text_)))
    parts_ = false;
  // The parts of a whole ("trong đó: …") lean on it, not on each other.
  if (!said.empty() && count_words(said) >= kShort && !(parts_ && !topic_.empty())) {
    topic_ = own;
    if (first_topic_.empty()) first_topic_ = own;
  }
  if (!carried_.empty() && !whole && own.find(carried_) == std::string::npos)
    own = own.empty() ? carried_ : carried_ + ", " + own;

  if (labelled) own = own.empty() ? label_ : label_ + ", " + own;
  std::string text = own;
  if (delta) {  // the words before it, "tăng", "giảm", were taken as its own
    const std::string_view words = trimmed(text_, {figure.where.begin, figure.number.begin}).of(text_);
    add(text, leans ? ", " : " ", words);
  }
  // "X là 26.000 |người", "Số ca mắc là 12 |ca": a bare unit adds nothing there.
  const bool adds =
      !bare_unit ||
      !(has_words(text, one.counted->unit) || pattern("case_unit").found_in(counted) ||
        pattern("counts_itself").found_in(text) || (figure.has_verb && count_words(said) >= kShort));
  if (!counted.empty() && adds) {
    const std::string_view link = link_of(one);
    const bool apart = (leans && !delta) || (labelled && said.empty());
    add(text, !link.empty() ? " " + std::string(link) + " " : apart ? ", " : " ", counted);
  }
  if (delta) {
    add(text, " ", base);
    if (!compared_.empty() && text.find("so với") == std::string::npos) add(text, " ", compared_);
  } else if (!base.empty()) {
    const bool plan = pattern("plan_base").found_in(base);
    add(text, !plan ? " " : base.starts_with("so với") ? ", " : ", so với ", base);
  }
  // A bare "22 người", or cells of a table that was not recognised, tell nobody what was counted.
  const bool told = has_letter(own) || one.fraction || (!counted.empty() && !bare_unit);
  if (!told || loose_numbers(text) >= 3 || text.find('|') != std::string::npos) return {};
  if (!leans) {  // a change and a share of a plan leave the thing that they are about
    const bool level = !delta && (base.empty() || !pattern("plan_base").found_in(base));
    level_ = level ? text : own;
    if (level) levels_[figure.unit] = text;
  }
  // "Toàn tỉnh đã tiếp nhận hồ sơ": its first words say nothing of what was counted.
  if (pattern("name_opening").match_at(text, 0, groups) && groups[0].end < text.size())
    text.erase(0, groups[0].end);
  // "lũy kế |từ ngày 01/01/2024 đến 13/3/2024|": the day stands in as_of.
  if (pattern("running_since").find(text, 0, groups)) text.erase(groups[1].begin, groups[1].size());
  name.text = std::move(text);
  return name;
}

}  // namespace vanban
