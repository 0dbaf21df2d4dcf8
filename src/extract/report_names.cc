#include "extract/report_names.h"

#include <algorithm>

#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kShort = 3;  // a name of fewer words leans on what was named before

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

std::string ReportNames::label_at(std::size_t from) const {
  constexpr std::size_t kLongestLabel = 120, kMostWords = 12;
  std::string label;
  int depth = 0;
  const std::size_t end = std::min(range_.end, from + kLongestLabel);
  for (std::size_t i = from; i < end; ++i) {
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
      return names ? std::string(words) : std::string();
    }
    const bool stops = c == '.' && i + 1 < end && text_[i + 1] == ' ' && count_words(label) > 1;
    if (is_digit(c) || c == ';' || c == ',' || c == '\n' || stops) break;
    label += c;
  }
  return {};
}

void ReportNames::begin_clause(std::size_t from, std::size_t colon) {
  if (!label_.empty()) return;
  const std::string_view words = words_of(from, colon);
  const std::size_t parted = words.find_last_of(";:.");
  if (parted == std::string_view::npos || parted + 2 >= words.size() || is_digit(words[parted + 1])) return;
  constexpr std::size_t kMostWords = 10;
  const std::string_view label = trimmed(words, {parted + 1, words.size()}, " \n-+*.").of(words);
  if (count_words(label) > kMostWords || label.empty() || pattern("generic_label").found_in(label)) return;
  label_ = std::string(label);
}

void ReportNames::in_brackets(bool inside, std::string label) {
  if (inside_ && (!inside || !label.empty())) {
    topic_ = outer_topic_;
    level_ = outer_level_;
    label_ = outer_label_;
  }
  if (inside && (!inside_ || !label.empty())) {
    outer_topic_ = topic_;
    outer_level_ = level_;
    outer_label_ = label_;
    if (!label.empty()) label_ = std::move(label);
  }
  inside_ = inside;
}

void ReportNames::begin_sentence(TextRange opening) {
  inside_ = false;
  last_base_.clear();
  last_count_.clear();
  // "… so với năm 2016. Cơ cấu kinh tế: Nông nghiệp chiếm 30,9%; …"
  label_ = passage_label_.empty() && opening.begin > range_.begin ? label_at(opening.begin) : passage_label_;
  event_.clear();
  fell_.clear();
  head_.clear();
  head_of_.clear();
  follows_ = grew_ = false;
  // "Lũy kế từ đầu năm: 1.291 cas mắc" goes on about what the sentences before it named.
  if (says("carry_on", opening)) {
    if (carried_.empty()) carried_ = first_topic_;
  } else {
    carried_.clear();
    first_topic_.clear();
    level_.clear();
    levels_.clear();
    lasts_.clear();
  }
  topic_.clear();
  compared_.clear();
  counted_of_.clear();
  counted_unit_.clear();
  parts_ = false;
}

// "Tỷ lệ hồ sơ trực tuyến |tại các bộ, ngành": what an elliptic phrase ("tại các địa phương") goes on about.
std::string ReportNames::before_preposition(std::string_view preposition) const {
  std::size_t at = topic_.rfind(" " + std::string(preposition) + " ");
  if (at == std::string::npos) at = topic_.rfind(" tại ");
  return at == std::string::npos ? topic_ : topic_.substr(0, at);
}

const std::string& ReportNames::went_before(const Figure& figure) const {
  const auto of_unit = levels_.find(figure.unit);
  if (figure.unit_kind != UnitKind::kPercent && of_unit != levels_.end()) return of_unit->second;
  const bool other_things = figure.unit_kind == UnitKind::kCount && !topic_.empty();
  return level_.empty() || other_things ? topic_ : level_;
}

bool ReportNames::changed_again(const Figure& figure) const {
  const std::size_t end =
      character_back(text_, std::min(range_.end, figure.where.end + 24), figure.where.end);
  return says("compared_with", {figure.where.end, end});
}

bool ReportNames::lists_share(const Figure& figure) const {
  if (figure.has_verb || figure.has_delta || head_.empty()) return false;
  constexpr std::size_t kWindow = 48;
  const std::size_t begin = figure.where.begin;
  const std::size_t from =
      character_on(text_, std::max(range_.begin, begin > kWindow ? begin - kWindow : 0), begin);
  const std::size_t next = skip_space(text_, figure.where.end);
  const bool ends =
      next >= range_.end || std::string_view(",;.)").find(text_[next]) != std::string_view::npos;
  return ends && says("listed_share", {from, begin});
}

// "Tỷ trọng khu vực công nghiệp chiếm 56%, |khu vực dịch vụ chiếm 31%"
bool ReportNames::headed_alike(std::string_view own) const {
  return !head_of_.empty() && own.starts_with(head_of_) && own.size() > head_of_.size() &&
         own[head_of_.size()] == ' ';
}

bool ReportNames::told_consequence(const Reported& one, std::string& own) {
  const bool counts = one.counted->unit_kind == UnitKind::kCount && !one.figure->has_delta;
  std::vector<TextRange> groups;
  const bool told = pattern("consequence").match_at(own, 0, groups);
  const bool goes_on = follows_ && own.empty() && one.joint;
  // "tổ chức 18 cuộc thi, với |969 người tham dự": those of what was held last
  const bool attended =
      counts && pattern("attended").found_in(counted_words(one)) && count_words(own) < kShort;
  if (attended && !event_.empty()) {
    own = event_;
    follows_ = true;
    return true;
  }
  if (!counts || event_.empty() || !(goes_on || (told && !own.empty()))) {
    follows_ = false;
    if (!counts) return false;
    // What happened is what was counted, or what the words before it name.
    std::string words = own + " ";
    if (pattern("name_opening").match_at(words, 0, groups)) words.erase(0, groups[0].end);
    words = std::string(trimmed(words, {0, words.size()}).of(words));
    std::string things = counted_words(one);
    if (things == thing_of(one) && !words.empty()) things.clear();
    if (!words.empty() && !things.empty()) words += " ";
    event_ = words + things;
    return false;
  }
  std::string what = event_;
  for (const std::size_t i : {1U, 2U})
    if (told && !own.empty() && groups[i].begin != std::string::npos)
      what += ", " + std::string(groups[i].of(own));
  own = std::move(what);
  follows_ = true;
  return true;
}

ReportNames::Name ReportNames::name_of(const Reported& one) {
  const Figure& figure = *one.figure;
  const bool percent = figure.unit_kind == UnitKind::kPercent;
  // "tăng 2,3% so với tháng trước và |10,8% so với cùng kỳ"
  const bool again =
      percent && !one.fraction && !figure.has_verb && one.joint && grew_ && changed_again(figure);
  const bool delta = (figure.has_delta && !one.fraction) || again;
  Name name;
  std::vector<TextRange> groups;
  if (pattern("of_which").found_in(one.before.of(text_))) parts_ = true;
  name.subject = subject_in(clean(one.before));
  if (one.same_period || one.prior) {
    const auto last = lasts_.find(figure.unit);
    name.text = last != lasts_.end() ? last->second : went_before(figure);
    name.inherited = true;
    if (!name.text.empty()) return name;
  }
  std::string own = own_words(one), counted = counted_words(one);
  // "so với cùng kỳ |phát hiện nhiều hơn 15 vụ": of what was found before
  if (delta && pattern("happens").found_in(own) && !went_before(figure).empty()) own.clear();
  const bool counts = one.counted->unit_kind == UnitKind::kCount;
  const std::string said = own;
  bool whole = false;  // the name needs nothing of what went before

  std::string
      base;  // "dự toán HĐND tỉnh giao", "so với cùng kỳ": of what it is a share, against what it changed
  if (percent && !one.fraction && !one.part) {
    base.swap(counted);
    // "bằng 99,7% cùng kỳ năm trước, trong đó vùng … |bằng 99,2%"
    if (!delta && to_lower(figure.where.of(text_)).starts_with("bằng ")) {
      if (base.empty()) base = last_base_;
      last_base_ = base;
    }
  } else if (delta && counts && counted.size() > thing_of(one).size() + 1 &&
             pattern("plan_or_past").found_in(std::string_view(counted).substr(thing_of(one).size() + 1))) {
    base = counted.substr(thing_of(one).size() + 1);
    counted = thing_of(one);
  }
  if (one.statement) {  // "100% |cơ quan nhà nước sử dụng văn bản điện tử"
    own = std::move(base);
    base.clear();
    if (own.starts_with("có ") && !level_.empty())
      own = level_ + ", " + own;  // "trong đó 98% |có trình độ …"
    whole = true;
  } else if (delta && own.empty() && pattern("about").find(base, 0, groups)) {
    own = std::string(groups[1].of(base));  // "25,8% |về số doanh nghiệp" says itself what changed
    constexpr std::size_t kLean = 2;        // "6,3% |về khối lượng": of what was told before
    if (count_words(std::string_view(own).substr(0, own.find(" so "))) <= kLean && !topic_.empty())
      own = topic_ + ", " + own;
    base.clear();
    whole = true;
  }
  const bool bare_unit = !percent && counted == thing_of(one);
  // "xây dựng 35 căn nhà, |trị giá 1.050 triệu đồng|": of what was counted before
  if (!whole && one.counted->unit_kind == UnitKind::kMoney && !delta && !last_count_.empty() &&
      pattern("worth").found_in(own)) {
    own = last_count_ + ", " + own;
    counted.clear();
    whole = true;
  }
  // "đón gần 8 triệu lượt khách, hoàn thành |98% mục tiêu cả năm": of what went before
  if (percent && !base.empty() && pattern("completes").found_in(own)) own.clear();
  // "tạm giữ 39 xe ô tô, |872 xe mô tô": done to both
  if (!whole && own.empty() && counts && !delta && !bare_unit && label_.empty() && one.joint &&
      fell_.empty() && figure.unit == counted_unit_ && pattern("done_to_each").found_in(counted_of_)) {
    own = counted_of_;
    whole = true;
  }
  if (!whole && own.empty() && one.pair && !bare_unit) {
    own = counted_of_;
    whole = true;
  }
  if (counts) counted_unit_ = figure.unit;
  // "giảm 1 vụ, |1 người chết": the change goes on.
  const bool changes = !fell_.empty() && one.joint && own.empty() && counts && !delta && !percent;
  if (told_consequence(one, own)) {
    whole = true;
  } else if (changes) {
    own = counted + " " + fell_;
    if (!compared_.empty()) own += " " + compared_;
    counted = thing_of(one);
    name.inherited = whole = true;
  }
  // "…; còn 26 bộ |và 28 địa phương giải ngân dưới mức bình quân": nothing says what the first ones are.
  // But "Kiểm tra 45 tổ chức đảng |và 120 đảng viên" goes on with what was done.
  if (!whole && own.empty() && bare_unit && counts && !delta && label_.empty()) {
    const bool goes_on =
        !counted_of_.empty() && (one.joint || pattern("of_which").found_in(one.before.of(text_)));
    if (goes_on) own = counted_of_;
    // "25 đơn vị hành chính, gồm |22 xã| và 3 thị trấn"
    const bool part = !goes_on && !last_count_.empty() && parts_ && figure.unit != last_counted_;
    if (part) own = last_count_;
    if (!goes_on && !part && link_of(one).empty()) return {};
    whole = goes_on || part;
  }
  // "124 nhà bị đổ; |46 ha ao bị thiệt hại": another thing, which the words behind the figure name
  const bool owned = own.empty() && one.counted->unit_kind == UnitKind::kMeasure && !delta && !one.fraction &&
                     count_words(counted) >= 2 && one.before.begin > range_.begin &&
                     text_[one.before.begin - 1] == ';';
  if (whole || owned) {
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
    const auto of_unit = levels_.find(figure.unit);
    const bool same = of_unit != levels_.end() && has_words(of_unit->second, counted);
    if (delta && counts && same) counted = thing_of(one);  // "tiếp 1.141 lượt người, tăng |32 lượt người"
    own = delta && counts && !bare_unit && !same ? topic_ : went_before(figure);
    // "170.300 con gia cầm, gần 900.000 con chim cút, tăng |52.000 con": the ones that were told last
    const auto last = lasts_.find(figure.unit);
    if (delta && counts && bare_unit && last != lasts_.end() && one.before.size() <= 3) own = last->second;
    if (own.empty() && delta && counts && !bare_unit) own.swap(counted);  // "ít hơn |4 người chết|"
    name.inherited = whole = !own.empty();
  } else if (percent && lists_share(figure) && !pattern("strong_head").match_at(own, 0, groups)) {
    // "Tỷ lệ huy động trẻ nhà trẻ 43,5%, |mẫu giáo 99,2%"
    if (first_share_.empty()) first_share_ = went_before(figure);
    own = first_share_ + ", " + own;
    whole = true;
  } else if (delta && percent && grew_ && count_words(own) >= 2) {
    // "Xuất khẩu tăng 16%, |nhập khẩu tăng 10%": things of one kind
  } else if (percent && !went_before(figure).empty() && pattern("lean_rate").found_in(own)) {
    own = went_before(figure) + ", " + own;
  } else if (percent && !one.fraction && headed_alike(own)) {
    own = head_ + " " + own;
  } else if (count_words(own) < kShort && !acted_ && !topic_.empty() && label_.empty()) {
    // "tử vong 1 cas", "01 cas tử vong"; "42/68 văn bản cần phải xử lý" needs nothing before it.
    // Behind a semicolon other things begin, unless things of the same kind went before.
    const bool parted = one.before.begin > range_.begin && text_[one.before.begin - 1] == ';' && counts &&
                        levels_.find(figure.unit) == levels_.end();
    const bool owed =
        one.before.begin > range_.begin && text_[one.before.begin - 1] == ';' &&
        (one.counted->unit_kind == UnitKind::kMoney || one.counted->unit_kind == UnitKind::kMeasure) &&
        count_words(clean(one.before).of(text_)) >= 2;
    // "…; tổ chức |18 cuộc thi": another thing that was done
    const bool another = one.before.begin < one.before.end && text_[one.before.begin] == ',' && !bare_unit;
    const bool acts = one.before.begin > range_.begin &&
                      (text_[one.before.begin - 1] == ';' || (another && count_words(counted) > 1)) &&
                      pattern("act_start").match_at(own + " ", 0, groups);
    const bool alone =
        owed || acts || (own.empty() && (one.fraction || count_words(counted) > kShort)) || parted;
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
    std::string_view words = again ? std::string_view(grown_)
                                   : trimmed(text_, {figure.where.begin, figure.number.begin}).of(text_);
    constexpr std::string_view kEstimated = "ước ";
    if (words.starts_with(kEstimated)) words.remove_prefix(kEstimated.size());
    const bool compares = words.ends_with("nhiều hơn") || words.ends_with("ít hơn");
    if (std::vector<TextRange> hedge; !compares && pattern("hedge_end").find(words, 0, hedge))
      words.remove_suffix(words.size() - hedge[0].begin);  // "tăng |gần 17%"
    add(text, leans ? ", " : " ", words);
    grown_ = std::string(words);
  }
  // "X là 26.000 |người", "Số ca mắc là 12 |ca": a bare unit adds nothing there.
  const bool adds =
      !changes && !(follows_ && bare_unit) &&
      (!bare_unit ||
       !(has_words(text, thing_of(one)) || pattern("case_unit").found_in(counted) ||
         pattern("counts_itself").found_in(text) || (figure.has_verb && count_words(said) >= kShort)));
  if (!counted.empty() && adds) {
    const std::string_view link = link_of(one);
    const bool apart = follows_ || (leans && !delta) || (labelled && said.empty());
    add(text, !link.empty() ? " " + std::string(link) + " " : apart ? ", " : " ", counted);
  }
  if (delta) {
    add(text, " ", base);
    if (!compared_.empty() && text.find("so với") == std::string::npos) add(text, " ", compared_);
  } else if (!base.empty()) {
    const bool plan = pattern("plan_base").found_in(base);
    // "vượt 5,4% kế hoạch" is how much more than the plan it was, no share of it.
    std::string_view beyond;
    const std::string printed = to_lower(figure.where.of(text_));
    for (const std::string_view more : {"vượt", "thấp hơn", "cao hơn"})
      if (printed.starts_with(more)) beyond = more;
    const std::string far = ", " + std::string(beyond) + " ";
    add(text, !plan ? " " : !beyond.empty() ? far : base.starts_with("so ") ? ", " : ", so với ", base);
  }
  // A bare "22 người", or cells of a table that was not recognised, tell nobody what was counted.
  const bool told = has_letter(own) || one.fraction || (!counted.empty() && !bare_unit);
  if (!told || loose_numbers(text) >= 3 || text.find('|') != std::string::npos) return {};
  if (!leans) {  // a change and a share of a plan leave the thing that they are about
    const bool level = !delta && (base.empty() || !pattern("plan_base").found_in(base));
    level_ = level ? text : own;
    if (level) levels_[figure.unit] = text;
  }
  if (!changes) fell_.clear();
  if (delta && counts)
    fell_ = std::string(trimmed(text_, {figure.where.begin, figure.number.begin}).of(text_));
  // "Toàn tỉnh đã tiếp nhận hồ sơ": its first words say nothing of what was counted.
  if (pattern("name_opening").match_at(text, 0, groups) && groups[0].end < text.size())
    text.erase(0, groups[0].end);
  // "lũy kế |từ ngày 01/01/2024 đến 13/3/2024|": the day stands in as_of.
  if (pattern("running_since").find(text, 0, groups)) text.erase(groups[1].begin, groups[1].size());
  if (!whole) first_share_.clear();
  if (pattern("date_tail").find(text, 0, groups)) text.resize(groups[0].begin);
  if (!delta) lasts_[figure.unit] = text;
  if (!delta && counts) lasts_[thing_of(one)] = text;  // "15,69 triệu người, tăng |796.000 người"
  grew_ = delta && percent;
  if (!counts && !delta && pattern("rate_head").match_at(own, 0, groups)) {
    head_ = std::string(groups[1].of(own));
    head_of_ = own.substr(std::min(own.size(), groups[0].end));
    head_of_.resize(std::min(head_of_.find(' '), head_of_.size()));
  }
  if (counts && text == thing_of(one)) return {};  // "cả nước xảy ra 1.344 vụ"
  if (counts && !delta && !parts_) {
    last_count_ = text;
    last_counted_ = figure.unit;
  }
  name.text = std::move(text);
  return name;
}

}  // namespace vanban
