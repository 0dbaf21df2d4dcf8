#include <algorithm>
#include <cmath>

#include "extract/measurements.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/numbers.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kLongestClause = 400;

std::size_t to_boundary(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return at;
}

std::size_t syllables(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == ',';
    if (!space && !inside) ++words;
    inside = !space;
  }
  return words;
}

// How far a share may be off and still be the rounding (or cutting off) of its last printed digit.
double tolerance(std::string_view printed) {
  const std::size_t comma = printed.find_last_of(",.");
  const std::size_t decimals = comma == std::string_view::npos ? 0 : printed.size() - comma - 1;
  return std::pow(10.0, -static_cast<double>(decimals)) + 1e-9;
}

class ReportReader {
 public:
  ReportReader(const FigureContext& context, const FigureTools& tools, TextRange range, std::size_t section,
               Stance stance, std::vector<Measurement>& out, Diagnostics& warnings)
      : context_(context),
        tools_(tools),
        text_(context.text()),
        range_(range),
        section_(section),
        stance_(stance),
        out_(out),
        warnings_(warnings) {}

  void read() {
    if (stance_ == Stance::kNeutral && !says("strong_report", range_)) return;
    figures_ = tools_.words.find(text_, range_, true);
    std::size_t sentence_begin = range_.begin;
    // Reading one figure costs up to kReach bytes around it. Prose holds few; a passage of nothing but
    // figures is given up.
    constexpr std::size_t kReach = 2000, kEachByte = 24;
    std::size_t work = kEachByte * range_.size() + 200 * kReach;
    std::size_t scanned = range_.begin;
    for (std::size_t i = 0; i < figures_.size() && work >= kReach; ++i) {
      work -= kReach;
      const std::size_t begin =
          sentence_start(std::min(scanned, figures_[i].where.begin), figures_[i].where.begin);
      const bool new_sentence = begin != std::min(scanned, figures_[i].where.begin);
      scanned = figures_[i].where.begin;
      if (new_sentence) {
        sentence_begin = begin;
        // "Lũy kế từ đầu năm: 1.291 cas mắc" goes on about what the sentences before it named.
        if (says("carry_on", {begin, figures_[i].where.begin})) {
          if (carried_.empty()) carried_ = first_topic_;
        } else {
          carried_.clear();
          first_topic_.clear();
        }
        topic_.clear();
        compared_.clear();
        last_name_.clear();
      }
      i = take(i, sentence_begin);
    }
  }

 private:
  const Pattern& pattern(std::string_view name) const { return tools_.patterns.at(name); }
  bool says(std::string_view name, TextRange range) const { return pattern(name).found_in(range.of(text_)); }

  // The beginning of the sentence that holds `at`, at or behind `from`.
  std::size_t sentence_start(std::size_t from, std::size_t at) const {
    for (std::size_t i = at; i > from; --i) {
      const char c = text_[i - 1];
      if ((c == '.' && i < text_.size() && text_[i] == ' ') || c == '\n') return i;
    }
    return from;
  }

  struct Fraction {
    double numerator = 0, denominator = 0;
    TextRange where;
  };

  // "45/81 văn bản": the figure is "81 văn bản"; what stands before its slash.
  bool fraction_of(std::size_t index, Fraction& fraction) const {
    const Figure& figure = figures_[index];
    std::size_t at = figure.number.begin;
    while (at > range_.begin && text_[at - 1] == ' ') --at;
    if (at == range_.begin || text_[at - 1] != '/') return false;
    --at;
    while (at > range_.begin && text_[at - 1] == ' ') --at;
    std::size_t begin = at;
    while (begin > range_.begin && ((text_[begin - 1] >= '0' && text_[begin - 1] <= '9') ||
                                    ((text_[begin - 1] == '.' || text_[begin - 1] == ',') && begin < at))) {
      --begin;
    }
    while (begin < at && (text_[begin] == '.' || text_[begin] == ',')) ++begin;
    std::optional<double> numerator;
    if (begin < at) {
      numerator = parse_number(TextRange{begin, at}.of(text_));
      if (before_is("not_a_count", begin)) return false;                  // "tháng 02/2024"
      if (begin > range_.begin && text_[begin - 1] == '/') return false;  // "01/02/2024"
    } else if (index > 0) {  // "663.686 kết quả giải quyết TTHC/1.308.296 kết quả cần cấp"
      const Figure& previous = figures_[index - 1];
      const std::string_view between = TextRange{previous.where.end, at}.of(text_);
      if (previous.where.end <= at && between.size() < 80 &&
          between.find_first_of(",;.():") == std::string_view::npos) {
        numerator = previous.value;
        begin = previous.number.begin;
      }
    }
    if (!numerator || figure.value <= 0 || *numerator > figure.value) return false;
    fraction = {*numerator, figure.value, {begin, figure.where.end}};
    return true;
  }

  bool before_is(std::string_view name, std::size_t at) const {
    constexpr std::size_t kWindow = 32;
    const std::size_t from =
        to_boundary(text_, at > range_.begin + kWindow ? at - kWindow : range_.begin, at);
    return says(name, {from, at});
  }

  // Words before a figure that name it, back to the figure before or the beginning of the clause.
  TextRange words_before(std::size_t from, std::size_t at) const {
    // "Tổng số lượt khám: 1.459.361 lượt": what stands before the colon names the figure behind it.
    std::size_t colon = at;
    while (colon > from && is_space(text_[colon - 1])) --colon;
    if (colon > from && text_[colon - 1] == ':' && says("names_count", {from, colon - 1})) {
      const TextRange whole = words_before(from, colon - 1);
      if (syllables(whole.of(text_)) >= 2) return whole;
    }
    if (at > from + kLongestClause) from = to_boundary(text_, at - kLongestClause, at);
    int depth = 0;
    for (std::size_t i = at; i > from; --i) {
      const char c = text_[i - 1];
      if (c == ')') ++depth;
      if (c == '(' && depth-- == 0) {
        from = i;
        break;
      }
      if (depth == 0 && (c == ';' || c == ':')) {
        from = i;
        break;
      }
    }
    return {from, at};
  }

  // Without the words that lead in ("Theo báo cáo của Bộ Tài chính, đến nay") or link with a figure ("đạt",
  // "là").
  TextRange clean(TextRange range) const {
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
  std::string cleaned(TextRange range) const { return std::string(clean(range).of(text_)); }

  // "Ị .200 cas", "l5 tuổi": what stands before the digits is part of a number that was read badly.
  bool broken_number(TextRange number) const {
    if (number.begin == range_.begin) return false;
    const char mark = text_[number.begin - 1];
    if (mark == '.' || mark == ',' || mark == ']' || mark == '|') return true;
    std::size_t at = number.begin - 1;
    while (at > range_.begin && (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80) --at;
    return is_letter(decode_utf8(text_, at));
  }

  // Takes the figure at `index`; returns the index of the last figure it used.
  std::size_t take(std::size_t index, std::size_t sentence) {
    const Figure& figure = figures_[index];
    if (figure.unit_kind == UnitKind::kTime) return index;
    Fraction fraction;
    // "663.686 kết quả … /1.308.296 kết quả": the numerator is read with its denominator.
    if (index + 1 < figures_.size() && fraction_of(index + 1, fraction) &&
        fraction.where.begin == figure.number.begin) {
      return emit(index + 1, index + 1, sentence, &fraction);
    }
    if (fraction_of(index, fraction)) {
      // "45/81 văn bản, đạt tỷ lệ 55,56%"
      if (index + 1 < figures_.size()) {
        const Figure& next = figures_[index + 1];
        const TextRange between{figure.where.end, next.where.begin};
        Fraction other;
        const bool joined = next.unit_kind == UnitKind::kPercent && next.has_verb && between.size() < 240 &&
                            between.of(text_).find_first_of(";()") == std::string_view::npos &&
                            sentence_start(figure.where.end, next.where.begin) == figure.where.end;
        if (joined) return emit(index + 1, index + 1, sentence, &fraction);
      }
      return emit(index, index, sentence, &fraction);
    }
    if (figure.unit_kind == UnitKind::kPercent) {
      // "đạt 8,89% (664.196/7.468.260 hồ sơ)"
      for (std::size_t next = index + 1; next < figures_.size() && next <= index + 2; ++next) {
        if (!fraction_of(next, fraction)) continue;
        const std::string_view between = TextRange{figure.where.end, fraction.where.begin}.of(text_);
        const std::size_t open = between.find_first_not_of(" \n");
        if (open != std::string_view::npos && between[open] == '(' && between.size() < 40) {
          return emit(index, next, sentence, &fraction);
        }
      }
      // "100% phương án" is part of another statement; "Tỷ lệ khỏi bệnh 92,18%" is one.
      const TextRange before = words_before(std::max(sentence, done_), figure.where.begin);
      if (!figure.has_verb && !figure.has_delta && !says("rate_named", before)) return index;
      return emit(index, index, sentence, nullptr);
    }
    if (before_is("not_a_count", figure.number.begin)) return index;
    if (broken_number(figure.number)) return index;
    if (figure.number.begin > range_.begin && text_[figure.number.begin - 1] == '/')
      return index;  // "Quý I/2024 kết quả"
    // "16 Quyết định số 06/QĐ-TTg": the label of a footnote before a document's name
    if (TextRange{figure.where.end, range_.end}.of(text_).substr(0, 4) == " số") return index;
    return emit(index, index, sentence, nullptr);
  }

  std::size_t emit(std::size_t index, std::size_t last, std::size_t sentence, const Fraction* fraction) {
    const Figure& figure = figures_[index];
    const std::size_t begin =
        fraction != nullptr ? std::min(fraction->where.begin, figure.where.begin) : figure.where.begin;
    const std::size_t end = std::max(figures_[last].where.end, fraction != nullptr ? fraction->where.end : 0);
    if (inside_reference(figure.number)) return last;
    if (before_is("negated", figure.where.begin)) return last;  // "chưa đạt 95%": what was not reached
    const TextRange around{std::max(sentence, begin > kLongestClause ? begin - kLongestClause : 0),
                           std::min(range_.end, end + 60)};
    if (stance_ != Stance::kReport) {
      // Other documents report in passing, and say so in the same sentence.
      const TextRange told{
          std::max(sentence,
                   begin > 4 * kLongestClause ? to_boundary(text_, begin - 4 * kLongestClause, begin) : 0),
          begin};
      if (says("aimed", around) || says("excluded", around) || !says("strong_report", told)) return last;
    }
    // "tử vong mẹ trên 100.000 trẻ đẻ sống": the base of a rate
    const bool base = figure.has_bound && !figure.has_verb && fraction == nullptr &&
                      (figure.value == 1000 || figure.value == 10'000 || figure.value == 100'000);
    if (base) return last;

    const std::size_t from = std::max(sentence, done_);
    const TextRange before = words_before(from, begin);
    std::vector<TextRange> groups;
    if (pattern("compared").find(before.of(text_), 0, groups)) {
      compared_ = std::string(groups[1].of(before.of(text_)));
    }
    const bool percent = figure.unit_kind == UnitKind::kPercent;
    const TextRange named = clean(before);
    std::string name = std::string(named.of(text_));
    if (figure.has_delta &&
        (fraction == nullptr)) {  // the words before it, "tăng", "giảm", were taken as its own
      const std::string_view words = TextRange{figure.where.begin, figure.number.begin}.of(text_);
      const std::size_t stop = words.find_last_not_of(" \n");
      if (stop != std::string_view::npos)
        name += (name.empty() ? "" : " ") + std::string(words.substr(0, stop + 1));
    }
    std::string subject = subject_in(named);
    const bool same_period = pattern("same_period").found_in(before.of(text_));
    // What the figure counts stands behind it: "văn bản có quy định trái pháp luật". Where a share follows
    // its parts, it stands between: "559/938 |văn bản đã được xử lý theo quy định|, đạt tỷ lệ 59,59%".
    const bool between = fraction != nullptr && percent && fraction->where.begin < figure.where.begin;
    const TextRange behind_where =
        between ? TextRange{fraction->where.end, figure.where.begin} : words_behind(figure, last);
    std::string behind = cleaned(behind_where);
    const Figure& counted = between ? figures_[index - 1] : figure;
    if (counted.unit_kind == UnitKind::kCount) behind = counted.unit + (behind.empty() ? "" : " " + behind);

    const bool goes_on = percent && fraction == nullptr && !last_name_.empty() && ends_with_comma(before);
    if (same_period || goes_on) {
      // "(cao hơn cùng kỳ năm 2023, đạt 6,97%)", "…, chiếm 97,2% tổng số người tham gia": about what was
      // named before
      if (!last_name_.empty()) name = last_name_;
    } else if (!topic_.empty() && pattern("elliptic").find(name, 0, groups)) {
      name = head_of_topic(groups[1].of(name)) + " " + name;
      topic_ = name;
    } else if (!topic_.empty() && !subject.empty() && name == subject) {  // "…, UBND cấp xã đạt 98,69%"
      const bool of = topic_.rfind(" của ") != std::string::npos;
      name = head_of_topic(of ? "của" : "tại") + (of ? " của " : " tại ") + name;
    } else if (syllables(name) < 3) {
      // "…, đạt 8,92% kế hoạch" and "…, tử vong 1 cas"
      const std::string& above = syllables(name) == 0 && behind.empty() ? last_name_ : topic_;
      if (!above.empty() && percent) name = name.empty() ? above : above + ", " + name;
      if (!above.empty() && !percent && !name.empty()) name = above + ", " + name;
    } else {
      topic_ = name;
      if (first_topic_.empty()) first_topic_ = name;
    }
    if (!compared_.empty() && name.find(compared_) == std::string::npos) name = compared_ + ", " + name;
    if (!name.empty() && !same_period) last_name_ = name;
    if (!carried_.empty()) name = carried_ + (name.empty() ? "" : ", " + name);
    if (loose_numbers(name) >= 3) return last;  // the cells of a row that was not recognised
    const bool told = has_letter(name) || behind.size() > counted.unit.size() || fraction != nullptr;
    // A bare "22 người", or cells of a table that was not recognised, tell nobody what was counted.
    if (!told || name.find('|') != std::string::npos || behind.find('|') != std::string::npos) return last;
    if (!behind.empty()) name += (name.empty() ? "" : " ") + behind;
    if (syllables(name) < 1) return last;

    Measurement one;
    one.name = std::move(name);
    one.subject = std::move(subject);
    if (fraction != nullptr) {
      one.numerator = fraction->numerator;
      one.denominator = fraction->denominator;
    }
    double confidence = 0.9;
    if (fraction == nullptr || percent) {
      one.value = figure.value;
      one.unit = figure.unit;
    } else {
      one.value = fraction->numerator;
      one.unit = figure.unit;
    }
    if (fraction != nullptr && percent) {
      const double share = 100 * fraction->numerator / fraction->denominator;
      if (std::abs(share - figure.value) > tolerance(figure.number.of(text_))) {
        confidence = 0.6;
        warnings_.push_back(
            {"share-disagrees",
             "\"" + std::string(TextRange{begin, end}.of(text_)) + "\": the share does not fit its parts",
             page_of(context_.document().blocks, context_.document().words, begin)});
      }
    }
    one.value_text = std::string(TextRange{begin, end}.of(text_));
    one.estimate =
        says("estimate",
             {std::max(before.begin, begin > 60 ? to_boundary(text_, begin - 60, begin) : 0), begin}) ||
        says("estimate", figure.where) || says("estimate_lead", {sentence, begin});
    date_it(one, before, sentence, begin);
    if (figure.ambiguous) confidence = std::min(confidence, 0.6);
    if (stance_ == Stance::kNeutral) confidence = std::min(confidence, 0.8);
    const std::string& section_id =
        section_ != FigureContext::kNoSection ? context_.document().sections[section_].id : std::string();
    one.from = context_.provenance({begin, end}, section_id, 0, confidence);
    out_.push_back(std::move(one));
    done_ = std::max(end, between ? end : behind_where.end);
    return last;
  }

  static std::size_t loose_numbers(std::string_view words) {
    std::size_t numbers = 0;
    for (std::size_t i = 0; i < words.size();) {
      const std::size_t end = std::min(words.find(' ', i), words.size());
      const std::string_view word = words.substr(i, end - i);
      if (!word.empty() && word.find_first_not_of("0123456789.,%") == std::string_view::npos) ++numbers;
      i = end + 1;
    }
    return numbers;
  }
  static bool has_letter(std::string_view words) {
    return std::any_of(words.begin(), words.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0;
    });
  }
  static bool is_space(char c) { return c == ' ' || c == '\n'; }
  bool ends_with_comma(TextRange range) const {
    while (range.end > range.begin && is_space(text_[range.end - 1])) --range.end;
    return !range.empty() && text_[range.end - 1] == ',';
  }

  // "Tỷ lệ hồ sơ trực tuyến |tại các bộ, ngành": what an elliptic phrase ("tại các địa phương") goes on
  // about.
  std::string head_of_topic(std::string_view preposition) const {
    std::size_t at = topic_.rfind(" " + std::string(preposition) + " ");
    if (at == std::string::npos) at = topic_.rfind(" tại ");
    return at == std::string::npos ? topic_ : topic_.substr(0, at);
  }

  TextRange words_behind(const Figure& figure, std::size_t last) const {
    const std::size_t from = figure.where.end;
    constexpr std::size_t kWindow = 160;
    std::size_t end = std::min(range_.end, from + kWindow);
    if (last + 1 < figures_.size() && figures_[last].number == figure.number)
      end = std::min(end, figures_[last + 1].where.begin);
    if (end < from) return {from, from};
    while (end > from && end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) --end;
    std::vector<TextRange> groups;
    const std::string_view words = TextRange{from, end}.of(text_);
    if (figure.unit_kind == UnitKind::kPercent) {
      if (!pattern("base_after").find(words, 0, groups)) return {from, from};
      return {from + groups[0].begin, from + groups[0].end};
    }
    const std::size_t hard = std::min(words.find_first_of(";.():/0123456789"), words.size());
    const std::string_view clause = words.substr(0, hard);
    // "3835 TTHC thực hiện tại bộ, cơ quan Trung ương, 1328 TTHC": the comma before the next figure parts
    // them.
    const bool next = last + 1 < figures_.size() && from + hard == figures_[last + 1].where.begin;
    const std::size_t stop = clause.find_last_not_of(" \n");
    if (next && stop != std::string_view::npos && clause[stop] == ',') return {from, from + stop};
    return {from, from + std::min(clause.find(','), hard)};
  }

  std::string subject_in(TextRange before) const {
    constexpr std::size_t kMostWords = 40;
    std::size_t words = 0;
    for (std::size_t at = before.begin; at < before.end && words < kMostWords; ++words) {
      while (at < before.end && std::string_view(" \n,.;:()-").find(text_[at]) != std::string_view::npos)
        ++at;
      if (at >= before.end) break;
      const std::optional<AgencyMatch> body =
          tools_.agencies.at(std::string_view(text_).substr(0, before.end), at);
      if (body) return body->mention.name;
      at = std::min(text_.find(' ', at), before.end);
    }
    return {};
  }

  void date_it(Measurement& one, TextRange before, std::size_t sentence, std::size_t at) const {
    std::vector<TextRange> groups;
    if (pattern("same_period").find(before.of(text_), 0, groups)) {  // "cao hơn cùng kỳ năm 2023, đạt 6,97%"
      one.period = std::string(groups[1].of(before.of(text_)));
      return;
    }
    // "Tính đến ngày …" holds for its sentence; where it opens a paragraph, for all of it.
    constexpr std::size_t kWindow = 800;
    const std::size_t from =
        at > range_.begin + kWindow ? to_boundary(text_, at - kWindow, at) : range_.begin;
    const std::string_view words = std::string_view(text_).substr(0, at);
    for (std::size_t next = from; pattern("as_of").find(words, next, groups); next = groups[0].end) {
      constexpr std::size_t kOpening = 16;
      if (groups[0].begin < sentence && groups[0].begin > range_.begin + kOpening) continue;
      if (const std::optional<DateMatch> date = date_at(words, groups[1].begin)) one.as_of = date->date;
    }
    one.period = period_in(TextRange{std::max(sentence, from), at}.of(text_), true);
    if (one.period.empty() && section_ != FigureContext::kNoSection)
      one.period = context_.place(section_).period;
    if (one.period.empty() && !one.as_of.known()) one.period = context_.frame_period();
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

  const FigureContext& context_;
  const FigureTools& tools_;
  const std::string& text_;
  TextRange range_;
  std::size_t section_;
  Stance stance_;
  std::vector<Measurement>& out_;
  Diagnostics& warnings_;
  std::vector<Figure> figures_;
  std::size_t done_ = 0;                      // text before it belongs to figures that were taken
  std::string topic_, last_name_, compared_;  // of the sentence
  std::string first_topic_, carried_;         // of the sentences before, and what goes on from them
};

}  // namespace

std::vector<Measurement> measurements_of_sentences(const FigureContext& context, const FigureTools& tools,
                                                   Diagnostics& warnings) {
  std::vector<Measurement> found;
  const Document& document = context.document();
  if (context.document_stance() == Stance::kRule) return found;
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    const Section& section = document.sections[i];
    if (section.kind == SectionKind::kHeader || section.kind == SectionKind::kSignature ||
        section.kind == SectionKind::kRecipients || section.kind == SectionKind::kTable) {
      continue;
    }
    const Stance stance = context.place(i).stance;
    for (const TextRange& paragraph : section.paragraphs) {
      if (measurements_of_list(context, tools, paragraph, i, found)) continue;
      if (stance == Stance::kAim || context.task_at(paragraph.begin) != nullptr) continue;
      TextRange words = paragraph;
      if (section.kind == SectionKind::kFootnote) {  // its label is no figure
        const std::string& text = context.text();
        while (words.begin < words.end && (text[words.begin] == ' ' || text[words.begin] == '['))
          ++words.begin;
        if (text.compare(words.begin, section.label.size(), section.label) == 0)
          words.begin += section.label.size();
      }
      ReportReader(context, tools, words, i, stance, found, warnings).read();
    }
  }
  return found;
}

}  // namespace vanban
