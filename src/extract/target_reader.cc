#include "extract/target_reader.h"

#include <algorithm>

#include "extract/table_title.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {

void TargetReader::read() {
  if (stance_ == Stance::kReport || stance_ == Stance::kRule) return;
  std::size_t claimed = range_.begin;
  constexpr std::size_t kLongestLabel = 160;
  goal_here_ = told_goal_ ||
               says("target_label",
                    {range_.begin, character_back(text_, std::min(range_.end, range_.begin + kLongestLabel),
                                                  range_.begin)});
  std::vector<Figure> figures = tools_.words.find(text_, range_, !goal());
  std::erase_if(figures,
                [&](const Figure& one) { return one.unit_kind == UnitKind::kNone && !is_index(one); });
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Figure& figure = figures[i];
    if (figure.number.begin < claimed) continue;  // inside the name of the one before
    if (i + 1 < figures.size() && is_condition(figure, figures[i + 1])) continue;
    const bool goal_of_passage = goal_here_;
    goal_here_ = goal_of_passage || spelled_out(figure);
    if (const std::size_t end = take(figure, claimed); end != 0) claimed = end;
    goal_here_ = goal_of_passage;
  }
}

bool TargetReader::spelled_out(const Figure& figure) const {
  if (stance_ != Stance::kNeutral) return false;
  const TextRange told = told_before(figure.where.begin);
  std::vector<TextRange> groups;
  if (pattern("sets_targets").find(told.of(text_), 0, groups)) return true;
  constexpr std::size_t kOpening = 24, kBefore = 400;
  const TextRange opening{told.begin,
                          character_back(text_, std::min(told.end, told.begin + kOpening), told.begin)};
  if (!says("spells_out", opening)) return false;
  const std::size_t from = character_on(
      text_, std::max(range_.begin, told.begin > kBefore ? told.begin - kBefore : 0), told.begin);
  return told.begin > range_.begin && says("sets_targets", {from, told.begin});
}

bool TargetReader::is_condition(const Figure& figure, const Figure& next) const {
  if (!figure.has_bound || figure.has_delta || !(next.has_verb || next.has_delta) ||
      next.where.begin < figure.where.end)
    return false;
  constexpr std::size_t kNear = 48;
  const std::string_view between = words_of(figure.where.end, next.where.begin);
  return between.size() < kNear && between.find_first_of(",;.:()") == std::string_view::npos;
}

void TargetReader::leave_sentence(const Figure& figure) {
  if (!last_strong_.empty() && !same_sentence(figure.where.begin)) last_strong_.clear();
}

std::size_t TargetReader::take(const Figure& figure, std::size_t claimed) {
  // Prose holds few figures a clause; a passage of nothing but figures is not worth reading each clause
  // again.
  const std::size_t reach = 6 * std::min(kLongestClause, figure.where.begin - claimed) + kWindow;
  if (work_ < reach) return 0;
  work_ -= reach;
  leave_sentence(figure);
  const TextRange before = own_words(figure, claimed);
  const TextRange clause{before.begin, clause_end(figure.where.end, range_.end)};
  TargetName name;
  std::size_t end = figure.where.end;
  if (!sets_aim(figure, clause) || says("none_left", before)) return 0;
  if (!find_name(figure, before, name, end) || name.where.size() > kLongestName) return 0;
  // "mức hỗ trợ bằng 50%" is no aim; "tỷ lệ doanh nghiệp dùng hợp đồng điện tử" among the goals is one.
  // "các dự án có |tỷ lệ giải ngân dưới 30%": which ones are meant
  if (name.strong && figure.has_bound && !figure.has_verb && name.where.begin < figure.number.begin &&
      before_is("which_have", name.where.begin, 64))
    return 0;
  // Among the goals only the target's own words tell: "số người đi làm việc theo hợp đồng" may stand behind
  // it.
  const TextRange own{before.begin, std::max(figure.where.end, name.where.end)};
  const bool sure = (name.strong && (figure.unit_kind == UnitKind::kPercent || figure.has_verb)) ||
                    (figure.unit == "lần" && figure.has_delta);
  if (says("excluded", goal() ? own : clause) && !(goal() && sure)) return 0;
  // "có ít nhất 01 đơn vị hành chính cấp xã đạt …" in a normative act (văn bản quy phạm pháp luật: a year
  // in its number) is a condition, unless it says by when or stands among the goals.
  bool inferred = false;
  if (context_.document().header.number.year != 0 && !goal() && period_of(figure, inferred).empty()) return 0;
  emit(figure, name);
  return end;
}

TextRange TargetReader::own_words(const Figure& figure, std::size_t claimed) const {
  // "Tỷ lệ rác thải sinh hoạt được thu gom: |95%": what stands before the colon names it.
  const std::size_t colon = skip_space_back(text_, figure.where.begin);
  if (goal() && colon > claimed + 1 && text_[colon - 1] == ':' && ends_item(figure.where.end)) {
    const TextRange label{clause_begin(claimed, colon - 1), colon - 1};
    if (strong_head(label) != std::string_view::npos) return label;
  }
  const std::size_t begin = clause_begin(claimed, figure.where.begin);
  TextRange before{begin, figure.where.begin};
  if (begin == claimed && claimed > range_.begin && !before.empty()) {
    const TextRange rest = trimmed(text_, before);
    const bool continues = rest.begin < rest.end &&
                           std::string_view(",;.").find(text_[rest.begin]) == std::string_view::npos &&
                           !words_of(rest.begin, rest.end).starts_with("và ");
    if (continues) {
      const std::size_t comma = text_.find(',', before.begin),
                        joins = std::min(text_.find(" và ", before.begin), text_.find(" với ", before.begin));
      before.begin = comma < before.end ? comma : std::min(joins, before.end);
    }
  }
  return before;
}

bool TargetReader::sets_aim(const Figure& figure, TextRange clause) const {
  if ((figure.unit_kind == UnitKind::kTime && !is_age(figure)) || is_base(figure)) return false;
  if (figure.unit_kind == UnitKind::kPercent && !figure.upper && figure.value == 0) return false;
  if (says(goal() ? "reported_firmly" : "reported", clause)) return false;
  const TextRange told = told_before(figure.where.begin);
  if (says("strong_report", told) && !says("aimed", told)) return false;
  if (stance_ == Stance::kAim) return true;
  return task_ != nullptr || goal_here_ || says("aimed", sentence_at(figure.where.begin));
}

bool TargetReader::aims_at(const Figure& figure) const {
  return goal() || says("aimed", told_before(figure.where.begin));
}

std::string TargetReader::period_of(const Figure& figure, bool& inferred, std::size_t named_to) const {
  const TextRange sentence = sentence_at(figure.where.begin);
  const Pattern& period = pattern("period");
  std::vector<TextRange> groups;
  std::string before;
  const std::string_view passage =
      std::string_view(text_).substr(0, std::min(sentence.end + 1, text_.size()));
  for (std::size_t from = sentence.begin; period.find(passage, from, groups); from = groups[2].end) {
    const bool other = groups[1].begin != std::string_view::npos;  // "so với năm 2020"
    std::string years(groups[2].of(text_));
    if (groups[3].begin != std::string_view::npos) years += "-" + std::string(groups[3].of(text_));
    if (groups[0].begin >= figure.where.end) {
      constexpr std::size_t kNear = 24;  // "đạt 80% vào năm 2025"
      const std::string_view between = words_of(figure.where.end, groups[0].begin);
      // "97% trẻ em hoàn thành cấp tiểu học |năm 2025"
      constexpr std::size_t kBehind = 12;
      if (!other && named_to > figure.where.end && groups[0].begin + 1 >= named_to &&
          groups[0].begin <= named_to + kBehind &&
          words_of(named_to, std::max(named_to, groups[0].begin)).find_first_of(",;(") ==
              std::string_view::npos)
        return years;
      if (!other && between.size() < kNear && between.find_first_of(",;(") == std::string_view::npos &&
          !between.starts_with(" và "))
        return years;
      break;
    }
    // "bình quân thu nhập đến năm 2025 đạt …; |tỷ lệ … đạt …": what stands inside another item is for that
    // one.
    constexpr std::size_t kOpening = 6;
    const bool opens = count_words(words_of(sentence.begin, groups[0].begin)) <= kOpening ||
                       words_of(sentence.begin, figure.where.begin).find(';') == std::string_view::npos ||
                       words_of(groups[0].end, std::max(groups[0].end, figure.where.begin)).find(';') ==
                           std::string_view::npos;
    const bool leads = says("period_leads", {sentence.begin, groups[0].begin});
    if (!other && (opens || leads)) before = years;
  }
  if (!before.empty()) return before;
  if (const std::string above = placed_period(); !above.empty()) {
    // "Phấn đấu cả năm …" among the tasks of half of it
    const std::string year = year_of_period(above);
    return !year.empty() && says("whole_year", told_before(figure.where.begin)) ? year : above;
  }
  std::string frame = context_.frame_period();
  inferred = !frame.empty();
  return frame;
}

void TargetReader::emit(const Figure& figure, const TargetName& name) {
  Indicator one;
  if (task_ != nullptr && !task_->label.empty()) {
    one.label = task_->label;
  } else if (placed()) {
    one.label = context_.place(section_).label;
  }
  one.name = name.front + std::string(name.where.of(text_)) + name.back;
  one.unit = figure.unit;
  one.comparator = name.comparator;
  one.value = figure.value;
  one.upper = figure.upper;
  one.value_text = std::string(figure.where.of(text_));
  bool inferred = false;
  one.period = period_of(figure, inferred, name.where.end);
  if (inferred) one.inferred.push_back("period");
  if (task_ != nullptr && task_->lead.size() == 1 && task_->lead[0].id.compare(0, 6, "group:") != 0) {
    one.lead = task_->lead;
    one.inferred.push_back("lead");
  }
  one.assigned_by = context_.assigned_in({range_.begin, figure.where.begin});
  if (one.assigned_by.empty() && placed()) {
    std::size_t from = section_;
    // Its own paragraphs behind the figure assign nothing to it.
    if (context_.place(from).assigned == from) from = context_.parent_of(from);
    if (from != FigureContext::kNoSection) one.assigned_by = context_.assigned_by(from);
  }
  double confidence = name.confidence;
  if (figure.ambiguous) confidence = std::min(confidence, 0.6);
  const TextRange where{std::min(name.where.begin, figure.where.begin),
                        std::max(name.where.end, figure.where.end)};
  one.from = context_.provenance(where, section_id(), 0, confidence);
  last_ = name;
  last_.strong = name.strong || !name.front.empty();
  last_name_ = name.front + std::string(name.where.of(text_));
  if (last_.strong) last_strong_ = last_name_;
  last_unit_ = one.unit;
  last_front_ = name.where.begin >= figure.number.begin ? name.front : std::string();
  narrowed_ = !name.back.empty() && name.where.end < figure.number.begin && !figure.has_delta;
  if (narrowed_) last_name_front_ = std::string(name.where.of(text_));
  last_things_ = figure.unit_kind == UnitKind::kCount && name.where.begin >= figure.number.begin;
  last_period_ = one.period;
  out_.push_back(std::move(one));
}

}  // namespace vanban
