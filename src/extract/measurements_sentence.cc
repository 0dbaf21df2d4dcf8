#include <algorithm>
#include <cmath>

#include "extract/measurements.h"
#include "extract/report_periods.h"
#include "extract/table_title.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/numbers.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

class ReportReader : public ReportPeriods {
 public:
  ReportReader(const FigureContext& context, const FigureTools& tools, TextRange range, std::size_t section,
               Stance stance, std::vector<Measurement>& out, Diagnostics& warnings,
               std::optional<std::string>& document_period)
      : ReportPeriods(context, tools, range, section, stance, document_period),
        out_(out),
        warnings_(warnings) {}

  // `results_before`: the passage before says by its words that it reports; sets whether this one does.
  void read(bool& results_before) {
    results_before_ = results_before;
    results_before = told_by_marks_ = tells_results();
    if (stance_ != Stance::kReport && !told_by_marks_ && !says("strong_report", range_) &&
        !says("report_mark", range_))
      return;
    figures_ = tools_.words.find(text_, range_, false);
    std::erase_if(figures_, [&](const Figure& one) {
      return one.unit_kind == UnitKind::kNone && !denominator_of_things(one) && !is_index(one);
    });
    // Reading one figure costs up to kReach bytes around it. Prose holds few; a passage of nothing but
    // figures is given up.
    constexpr std::size_t kReach = 2000, kEachByte = 24;
    std::size_t work = kEachByte * range_.size() + 200 * kReach;
    std::size_t scanned = range_.begin;
    sentence_ = range_.begin;
    begin_passage();
    for (std::size_t i = 0; i < figures_.size() && work >= kReach; ++i) {
      work -= kReach;
      const std::size_t from = std::min(scanned, figures_[i].where.begin);
      const std::size_t begin = sentence_start(from, figures_[i].where.begin);
      scanned = figures_[i].where.begin;
      if (begin != from || i == 0) {
        sentence_ = begin;
        begin_sentence({begin, figures_[i].where.begin});
        estimated_ = false;
        level_figure_ = share_ = nullptr;
      }
      i = take(i);
    }
  }

 private:
  // A text without a head says itself that it reports: "đạt 116% dự toán", "ước đạt", "so với cùng kỳ",
  // twice.
  bool tells_results() const {
    if (stance_ != Stance::kNeutral || context_.document().header.type != DocumentType::kOther) return false;
    std::vector<TextRange> groups;
    const std::string_view words = range_.of(text_);
    const Pattern& mark = pattern("result_mark");
    if (!mark.find(words, 0, groups)) return false;
    return results_before_ || mark.find(words, groups[0].end, groups);
  }

  // Takes the figure at `index`; returns the index of the last figure it used.
  std::size_t take(std::size_t index) {
    const Figure& figure = figures_[index];
    if (figure.unit_kind == UnitKind::kTime && !is_age(figure)) return index;
    Fraction fraction;
    // "663.686 kết quả … /1.308.296 kết quả": the numerator is read with its denominator.
    if (index + 1 < figures_.size() && fraction_of(index + 1, fraction) &&
        fraction.where.begin == figure.number.begin) {
      const bool share = !fraction.plan && share_follows(index + 1, fraction);
      const std::size_t named = share ? index + 2 : index + 1;
      return emit(named, named, &fraction);
    }
    if (fraction_of(index, fraction)) {
      if (figure.unit_kind == UnitKind::kPercent) return index;  // "24/56%" says nothing that could be meant
      if (share_follows(index, fraction)) return emit(index + 1, index + 1, &fraction);
      return emit(index, index, &fraction);
    }
    if (figure.upper || earlier_value(index)) return index;  // "từ 10 - 15%", "từ |45% lên 60%"
    // "Tỷ lệ xã đạt chuẩn 79,3%/ |chỉ tiêu 80%|, tăng 10,6%": the plan names nothing that follows.
    if (figure.unit_kind == UnitKind::kPercent && !figure.has_delta && states_plan(figure.where.begin)) {
      done_ = figure.where.end;
      return index;
    }
    if (figure.unit_kind == UnitKind::kPercent) {
      // "đạt 8,89% (664.196/7.468.260 hồ sơ)"
      for (std::size_t next = index + 1; next < figures_.size() && next <= index + 2; ++next) {
        if (!fraction_of(next, fraction)) continue;
        const std::string_view between = words_of(figure.where.end, fraction.where.begin);
        const std::size_t open = between.find_first_not_of(" \n");
        if (open != std::string_view::npos && between[open] == '(' && between.size() < 40) {
          const bool change = tells_change(fraction, figure, figure.number.of(text_));
          return emit(index, next, change ? nullptr : &fraction);
        }
      }
      return states_share(figure) ? emit(index, index, nullptr) : index;
    }
    if (figure.unit_kind == UnitKind::kNone && !is_index(figure)) return index;
    if (figure.unit == "lần" && !figure.has_delta) return index;  // "tăng gấp 7 lần", not "2 lần trong năm"
    // "thu ngân sách 9 tháng |20,8 tỷ đồng" is no month
    const bool amount = figure.unit_kind == UnitKind::kMoney || figure.unit_kind == UnitKind::kMeasure;
    if (!amount && before_is("not_a_count", figure.number.begin) && figure.value < 2200) return index;
    constexpr double kHighestLabel = 12;  // "trường cấp 2", but "đã cấp 45 giấy phép"
    if (figure.value <= kHighestLabel && before_is("label_word", figure.number.begin)) return index;
    if (broken_number(figure.number)) return index;
    const std::size_t glued = skip_space_back(text_, figure.number.begin);
    // Also "giá trị sản xuất/ 1 ha"; but "3 vụ án/|21 bị cáo"
    const bool beside = index > 0 && figure.unit_kind == UnitKind::kCount &&
                        figures_[index - 1].unit_kind == UnitKind::kCount &&
                        figures_[index - 1].unit != "tiêu chí" &&  // "1.286 tiêu chí/|92 xã"
                        skip_space(text_, figures_[index - 1].where.end) + 1 == glued;
    if (glued > range_.begin && text_[glued - 1] == '/' && !beside) return index;
    if (inside_rate(index) || inside_name(index)) return index;
    if (figure.number.begin > range_.begin && text_[figure.number.begin - 1] == '/' && !beside)
      return index;  // "Quý I/2024 kết quả"
    // "16 Quyết định số 06/QĐ-TTg": the label of a footnote before a document's name
    if (words_of(figure.where.end, range_.end).substr(0, 4) == " số") return index;
    return emit(index, index, nullptr);
  }

  // "tỷ lệ người tiêm đủ |2 mũi đạt 98,7%": part of the name of a share.
  bool inside_rate(std::size_t index) const {
    if (index + 1 >= figures_.size() || figures_[index].has_verb) return false;
    const Figure& figure = figures_[index];
    const Figure& next = figures_[index + 1];
    if (next.unit_kind != UnitKind::kPercent || !next.has_verb || next.where.begin < figure.where.end)
      return false;
    const std::string_view between = words_of(figure.where.end, next.where.begin);
    if (between.size() > 80 || between.find_first_of(",;.:") != std::string_view::npos) return false;
    return says("rate_head", clean(words_before(std::max(sentence_, done_), figure.where.begin)));
  }

  // "249 đơn vị cấp huyện thuộc |57 tỉnh| được công nhận", "dư nợ ủy thác qua |4 tổ chức| đạt 163 tỷ đồng":
  // part of what another figure is told of.
  bool inside_name(std::size_t index) const {
    const Figure& figure = figures_[index];
    if (figure.unit_kind != UnitKind::kCount || figure.has_verb || figure.has_delta) return false;
    if (figure.number.begin < done_ && before_is("belongs_to", figure.number.begin)) return true;
    if (index + 1 >= figures_.size() || !before_is("through", figure.number.begin)) return false;
    const Figure& next = figures_[index + 1];
    constexpr std::size_t kNear = 60;
    const std::string_view between = words_of(figure.where.end, std::max(figure.where.end, next.where.begin));
    return next.has_verb && next.unit_kind != UnitKind::kPercent && between.size() < kNear &&
           between.find_first_of(";.:()") == std::string_view::npos;
  }

  std::size_t next_figure(std::size_t index) const {
    ++index;
    while (index < figures_.size() && figures_[index].unit_kind == UnitKind::kCount &&
           before_is("belongs_to", figures_[index].number.begin))
      ++index;  // "24 đơn vị thuộc |9 huyện| được công nhận"
    return index < figures_.size() ? figures_[index].where.begin : std::string_view::npos;
  }

  std::size_t emit(std::size_t index, std::size_t last, const Fraction* fraction) {
    const Figure& figure = figures_[index];
    const std::size_t begin =
        fraction != nullptr ? std::min(fraction->where.begin, figure.where.begin) : figure.where.begin;
    std::size_t end = std::max(figures_[last].where.end, fraction != nullptr ? fraction->where.end : 0);
    const bool changed = figure.has_delta && fraction == nullptr;  // "đạt 100,1% kế hoạch (|tăng 2,3% …)"
    if ((states_plan(begin) && !changed) || plan_in_brackets(figure)) {
      done_ = end;
      return last;
    }
    if (!reports(figure, begin, end, fraction != nullptr)) return last;
    enter_brackets(begin);

    Reported one;
    one.figure = &figure;
    one.before = words_before(std::max(sentence_, done_), begin);
    if (one.before.begin > sentence_ && text_[one.before.begin - 1] == ':')
      begin_clause(sentence_, one.before.begin - 1);
    one.joint = index > 0 && done_ > sentence_ && one.before.begin == done_ && says("joint", one.before);
    one.fraction = fraction != nullptr;
    const bool percent = figure.unit_kind == UnitKind::kPercent;
    // Where a share follows its parts, what is counted stands between: "559/938 |văn bản đã được xử lý|, đạt
    // tỷ lệ 59,59%".
    const bool between = fraction != nullptr && percent && fraction->where.begin < figure.where.begin;
    one.counted = between ? &figures_[index - 1] : &figure;
    const bool again = fraction == nullptr && change_follows(index);
    // "tăng 103 vụ |(16,5%)| so với cùng kỳ": against what it changed stands behind the bracket
    const std::size_t told_to = fraction != nullptr ? index : again ? index + 1 : last;
    one.behind = between ? TextRange{fraction->where.end, figure.where.begin}
                         : words_behind(figure, next_figure(std::max(told_to, last)),
                                        told_to > index ? figures_[told_to].where.end : 0);
    if (fraction != nullptr && fraction->part != nullptr) {
      one.counted = fraction->part;
      one.behind = fraction->things;
    }
    share_kind(index, one);
    // "25/89 xã (đạt 28,1%) |đạt chuẩn nông thôn mới": what is counted goes on behind the bracket.
    if (between && one.behind.of(text_).find('(') != std::string_view::npos && end < range_.end &&
        text_[end] == ')') {
      const std::size_t stop = std::min(clause_end(end + 1, range_.end), range_.end);
      one.behind = {end + 1, std::min({stop, text_.find(',', end + 1), next_figure(last)})};
    }
    std::vector<TextRange> groups;
    if (!between && condition_follows(last)) {  // "12 bộ, ngành |có tỷ lệ dưới 30%": which ones were counted
      ++last;
      one.behind.end = clause_end(figures_[last].where.end, range_.end);
      const std::size_t comma = text_.find(',', figures_[last].where.end);
      one.behind.end = std::min(one.behind.end, std::max(comma, figures_[last].where.end));
    }
    if (fraction == nullptr && opens_statement(figure)) {
      one.statement = true;
      one.behind = statement_behind(figure);
    }
    if (fraction == nullptr && !one.statement && states_part(figure)) {
      one.part = true;
      one.behind = words_behind(figure, next_figure(last), 0, true);
    }
    one.same_period = pattern("same_period").found_in(one.before.of(text_));
    if (pattern("fallen_to").find(one.before.of(text_), 0, groups)) {
      one.before.end = one.before.begin + groups[0].begin;
      one.prior = clean(one.before).empty();
    }
    Name name = name_of(one);
    // "Toàn tỉnh có |67 trường| (mầm non 22; tiểu học 25; THCS 20)": its parts tell what is counted
    const bool counts = figure.unit_kind == UnitKind::kCount && fraction == nullptr && !figure.has_delta;
    if (std::size_t parts = end;
        name.text.empty() && counts && !bare_parts(end, figure.value, figure.unit, parts).empty())
      name.text = figure.unit;
    if (name.text.empty()) {
      if (figure.unit_kind == UnitKind::kCount) done_ = end;  // it names nothing that follows
      return last;
    }

    Measurement told;
    told.name = std::move(name.text);
    told.subject = std::move(name.subject);
    told.value = figure.value;
    told.unit = figure.unit;
    if (fraction != nullptr) {
      if (!fraction->plan) {
        told.numerator = fraction->numerator;
        told.denominator = fraction->denominator;
      }
      if (!percent) told.value = fraction->numerator;
    }
    double confidence = name.inherited ? 0.85 : 0.9;
    if (fraction != nullptr && percent && !fits(figure, *fraction, begin, end)) confidence = 0.6;
    told.value_text = std::string(words_of(begin, end));
    const std::size_t near =
        character_on(text_, std::max(one.before.begin, begin > 60 ? begin - 60 : 0), begin);
    const bool estimate = says("estimate", {near, begin}) || says("estimate", figure.where) ||
                          says("estimate_lead", {sentence_, begin});
    told.estimate = estimate || (name.inherited && estimated_ && !one.same_period);
    estimated_ = told.estimate;
    date_it(told, one, begin);
    if (is_ahead(told.period)) return last;
    if (figure.ambiguous) confidence = std::min(confidence, 0.6);
    if (stance_ != Stance::kReport) confidence = std::min(confidence, 0.8);
    told.from = context_.provenance({begin, end}, section_id(), 0, confidence);
    out_.push_back(std::move(told));
    if (again) {
      last = std::max(last, tell_change_again(index + 1));
      end = std::max(end, figures_[last].where.end);
    }
    const std::string_view share_of = one.behind.of(text_);
    if (percent && fraction == nullptr && pattern("plan_base").found_in(share_of)) {
      share_ = &figure;
      share_end_ = std::max(end, one.behind.end);
    } else if (!percent && !figure.has_delta) {
      level_figure_ = &figure;
      share_ = nullptr;
    }
    const bool bracketed = between && one.behind.begin > end;  // "25/89 xã (28,1%) |đạt chuẩn|"
    done_ = std::max(end, between && !bracketed ? end : one.behind.end);
    const bool measures = figure.unit_kind == UnitKind::kMeasure && fraction == nullptr && !figure.has_delta;
    if (counts || measures || (figure.unit_kind == UnitKind::kMoney && !figure.has_delta && !fraction)) {
      tell_parts();
      while (last + 1 < figures_.size() && figures_[last + 1].number.begin < done_) ++last;
    }
    return last;
  }

  // "…, trong đó: mầm non 12; tiểu học 30": parts of the count that was told last.
  void tell_parts() {
    const Measurement whole = out_.back();
    std::size_t end = done_;
    const std::vector<BarePart> parts = bare_parts(done_, *whole.value, whole.unit, end);
    for (const BarePart& part : parts) {
      Measurement told = whole;
      if (part.inside != BarePart::kWhole)
        told.name += ", " + std::string(parts[static_cast<std::size_t>(part.inside)].name.of(text_));
      told.name += ", " + std::string(part.name.of(text_));
      told.value = part.value;
      told.value_text = std::string(part.number.of(text_));
      if (part.proper && !tools_.agencies.resolve(part.name.of(text_)).empty())
        told.subject = std::string(part.name.of(text_));
      told.from = context_.provenance({part.name.begin, part.number.end}, section_id(), 0,
                                      std::min(whole.from.confidence, 0.85));
      out_.push_back(std::move(told));
    }
    if (!parts.empty()) done_ = end;
  }

  // The change that was told last, in percent: the figure at `index`. Returns the last figure it used.
  std::size_t tell_change_again(std::size_t index) {
    const Figure& share = figures_[index];
    Measurement told = out_.back();
    told.value = share.value;
    told.unit = share.unit;
    told.value_text = std::string(share.where.of(text_));
    told.from = context_.provenance(share.where, section_id(), 0, told.from.confidence);
    out_.push_back(std::move(told));
    // "ít hơn 03 vụ = 1,6% |(180/183 vụ)|"
    Fraction parts;
    constexpr std::size_t kNear = 16;
    const bool follow = index + 1 < figures_.size() && fraction_of(index + 1, parts) &&
                        parts.where.begin < share.where.end + kNear &&
                        tells_change(parts, share, share.number.of(text_));
    return follow ? index + 1 : index;
  }

  // "phát hiện |89 vụ, 179 đối tượng phạm tội về trật tự xã hội": cases and who did them are of one kind.
  void share_kind(std::size_t index, Reported& one) {
    one.pair = paired_ && one.joint;
    paired_ = false;
    const bool bare = !one.fraction && trimmed(text_, one.behind, " \n,").empty();
    if (!bare || one.figure->has_delta || index + 1 >= figures_.size() || one.counted != one.figure) return;
    const Figure& next = figures_[index + 1];
    if (!pattern("cases").found_in(one.figure->unit) || !pattern("culprits").found_in(next.unit) ||
        next.where.begin < one.figure->where.end || next.has_verb || next.has_delta ||
        !says("joint", {one.figure->where.end, next.where.begin}))
      return;
    paired_ = true;
    one.shared = words_behind(next, next_figure(index + 1));
  }

  // "Bệnh khô vằn |(diện tích nhiễm 5.933,5 ha, …)": what stands before the bracket is what its figures are
  // of, unless a figure does.
  void enter_brackets(std::size_t at) {
    const bool inside = depth_at(at) > 0;
    constexpr std::size_t kMostWords = 8;
    std::string label;
    if (inside && opened_ > done_ && opened_ > sentence_) {
      const TextRange words = words_before(std::max(sentence_, done_), opened_);
      const std::string_view said = clean(words).of(text_);
      const std::size_t first = skip_space(text_, words.begin);
      const bool apart = words.begin != done_ || (first < words.end && text_[first] == ',');
      if (apart && count_words(said) <= kMostWords && !pattern("generic_label").found_in(said)) label = said;
    }
    in_brackets(inside, std::move(label));
  }

  bool fits(const Figure& figure, const Fraction& fraction, std::size_t begin, std::size_t end) {
    const double share = 100 * fraction.numerator / fraction.denominator;
    if (std::abs(share - figure.value) <= tolerance(figure.number.of(text_))) return true;
    warnings_.push_back({"share-disagrees",
                         "\"" + std::string(words_of(begin, end)) + "\": the share does not fit its parts",
                         page_of(context_.document().blocks, context_.document().words, begin)});
    return false;
  }

  // A target that the report repeats: "kế hoạch giao |95%", "phấn đấu cả năm |95%".
  bool states_plan(std::size_t begin) const {
    const TextRange told = told_before(begin);
    const TextRange own{std::max(told.begin, begin > 160 ? character_on(text_, begin - 160, begin) : 0),
                        begin};
    // "thấp hơn 0,4% so với chỉ tiêu UBND tỉnh giao (|35,5%)"
    return (says("planned", own) && !says("against_plan", own)) || says("striven", told) ||
           says("plan_beside", own);
  }

  // "Thu ngân sách là 12.221 tỷ đồng, đạt 51,8% dự toán (|23.600 tỷ đồng)": the plan, as the figures tell.
  bool plan_in_brackets(const Figure& figure) {
    if (share_ == nullptr || level_figure_ == nullptr || depth_at(figure.where.begin) == 0) return false;
    if (figure.unit != level_figure_->unit || figure.value <= 0 || share_end_ > figure.where.begin)
      return false;
    constexpr std::size_t kNear = 60;
    const std::string_view between = words_of(share_end_, figure.where.begin);
    if (between.size() > kNear || between.find('(') == std::string_view::npos) return false;
    const double share = 100 * level_figure_->value / figure.value;
    return std::abs(share - share_->value) <= 0.5 + tolerance(share_->number.of(text_));
  }

  // How many brackets are open at `at`, in its sentence. Each place is looked at once.
  int depth_at(std::size_t at) {
    if (counted_from_ != sentence_) {
      counted_from_ = counted_to_ = sentence_;
      depth_ = 0;
    }
    for (; counted_to_ < at; ++counted_to_) {
      if (text_[counted_to_] == '(' && depth_++ == 0) opened_ = counted_to_;
      if (text_[counted_to_] == ')' && depth_ > 0) --depth_;
    }
    return depth_;
  }

  // Whether the figure is a result here: not what was not reached ("chưa đạt |95%"), nor part of a citation
  // or of another unit.
  bool reports(const Figure& figure, std::size_t begin, std::size_t end, bool fraction) const {
    if (inside_reference(figure.number) || before_is("negated", figure.where.begin)) return false;
    // "tử vong mẹ trên 100.000 trẻ đẻ sống": the base of a rate
    const bool base = figure.has_bound && !figure.has_verb && !fraction &&
                      (figure.value == 1000 || figure.value == 10'000 || figure.value == 100'000);
    if (base || is_base(figure)) return false;
    // "không còn xã |dưới 6 tiêu chí": which ones
    if (figure.unit == "tiêu chí" && figure.where.of(text_).starts_with("dưới")) return false;
    // "Ghi chú: các số liệu tính trên dân số |1.791.827 người"
    if (figure.unit_kind == UnitKind::kCount && !figure.has_verb && before_is("computed_on", begin, 80))
      return false;
    const TextRange told = told_before(begin);
    if (says("requested", told)) return false;
    if (stance_ == Stance::kReport) return true;
    // Other documents report in passing, and say so in the same sentence.
    constexpr std::size_t kNear = 400;
    const TextRange around{
        std::max(told.begin, begin > kNear ? character_on(text_, begin - kNear, begin) : 0),
        character_back(text_, std::min({range_.end, end + 60, std::max(end, sentence_at(begin).end)}), end)};
    const bool firmly =
        told_by_marks_ && says("report_mark", around);  // "tổng vốn góp 6 tỷ USD, tăng 9% so cùng kỳ"
    if (says("aimed", around) || (says("excluded", around) && !firmly) ||
        (!told_by_marks_ && says("programme", around)))
      return false;
    return told_by_marks_ || says("strong_report", told) ||
           (stance_ != Stance::kAim && says("report_mark", around));
  }

  bool inside_reference(TextRange number) const {
    const std::vector<Reference>& references = context_.document().references;
    auto after =
        std::upper_bound(references.begin(), references.end(), number.begin,
                         [](std::size_t at, const Reference& one) { return at < one.from.where.begin; });
    if (after == references.begin()) return false;
    --after;
    return after->from.where.contains(number.begin);
  }

  std::vector<Measurement>& out_;
  Diagnostics& warnings_;
  std::size_t counted_from_ = std::string::npos, counted_to_ = 0;  // for depth_at()
  int depth_ = 0;
  std::size_t opened_ = 0;  // the outermost bracket
  bool results_before_ = false;
  bool told_by_marks_ = false;            // tells_results()
  bool paired_ = false;                   // the figure before shares its kind with the next one
  bool estimated_ = false;                // the figure before was an estimate,
  const Figure* level_figure_ = nullptr;  // the last level, and the share of a plan that was told behind it
  const Figure* share_ = nullptr;
  std::size_t share_end_ = 0;
};

}  // namespace

std::vector<Measurement> measurements_of_sentences(const FigureContext& context, const FigureTools& tools,
                                                   Diagnostics& warnings) {
  std::vector<Measurement> found;
  std::optional<std::string> document_period;
  if (context.document_stance() == Stance::kRule) return found;
  bool results = false;
  for_each_passage(context, false, true, [&](TextRange passage, std::size_t section) {
    if (measurements_of_list(context, tools, passage, section, found)) return;
    const bool task = context.task_at(passage.begin) != nullptr;
    const Stance stance = task ? Stance::kAim : context.place(section).stance;
    ReportReader(context, tools, passage, section, stance, found, warnings, document_period).read(results);
  });
  return found;
}

}  // namespace vanban
