#include <algorithm>

#include "extract/indicators.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kLongestName = 600;     // bytes; a longer stretch is not one name
constexpr std::size_t kLongestClause = 1500;  // bytes looked back for where a clause begins

bool is_boundary(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == ';' || c == ':' || c == '\n') return true;
  // A full stop ends a clause where a space follows; "12.345" and "TP.HCM" have none.
  return c == '.' && (at + 1 >= text.size() || text[at + 1] == ' ' || text[at + 1] == '\n');
}

// Where the clause that holds `at` begins, not before `from`.
std::size_t clause_begin(std::string_view text, std::size_t from, std::size_t at) {
  if (at - from > kLongestClause) from = at - kLongestClause;
  while (from < at && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
  int depth = 0;
  for (std::size_t i = at; i > from; --i) {
    const char c = text[i - 1];
    if (c == ')') ++depth;
    if (c == '(' && depth-- == 0) return i;
    if (depth == 0 && is_boundary(text, i - 1)) return i;
  }
  return from;
}

std::size_t clause_end(std::string_view text, std::size_t at, std::size_t end) {
  end = std::min(end, at + kLongestClause);
  while (end < text.size() && end > at && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  int depth = 0;
  for (std::size_t i = at; i < end; ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && depth-- == 0) return i;
    if (depth == 0 && is_boundary(text, i)) return i;
  }
  return end;
}

// The sentence around `at` in `range`: for the period that it names.
TextRange sentence_at(std::string_view text, TextRange range, std::size_t at) {
  // A text without full stops is no sentence from end to end: each of its figures would read all of it.
  constexpr std::size_t kLongestSentence = 4 * kLongestClause;
  const std::size_t low = at - range.begin > kLongestSentence ? at - kLongestSentence : range.begin;
  TextRange sentence{low, std::min(range.end, at + kLongestSentence)};
  while (sentence.begin < at && (static_cast<unsigned char>(text[sentence.begin]) & 0xC0) == 0x80)
    ++sentence.begin;
  while (sentence.end < range.end && sentence.end > at &&
         (static_cast<unsigned char>(text[sentence.end]) & 0xC0) == 0x80) {
    --sentence.end;
  }
  for (std::size_t i = at; i > low; --i) {
    if (text[i - 1] == '.' && (i == text.size() || text[i] == ' ')) {
      sentence.begin = i;
      break;
    }
  }
  const std::size_t high = std::min(range.end, at + kLongestClause);
  for (std::size_t i = at; i < high; ++i) {
    if (text[i] == '.' && (i + 1 >= text.size() || text[i + 1] == ' ')) {
      sentence.end = i;
      break;
    }
  }
  return sentence;
}

TextRange trimmed(std::string_view text, TextRange range, std::string_view drop) {
  while (range.begin < range.end && drop.find(text[range.begin]) != std::string_view::npos) ++range.begin;
  while (range.end > range.begin && drop.find(text[range.end - 1]) != std::string_view::npos) --range.end;
  return range;
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n';
    if (!space && !inside) ++words;
    inside = !space;
  }
  return words;
}

// True where a word begins at `at`: no letter or digit before it.
bool word_edge(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  const char c = text[at - 1];
  return std::string_view(" \n(\"'.,;:-+/").find(c) != std::string_view::npos;
}

class PassageReader {
 public:
  PassageReader(const FigureContext& context, const FigureTools& tools, TextRange range, std::size_t section,
                Stance stance, std::vector<Indicator>& out)
      : context_(context),
        tools_(tools),
        text_(context.text()),
        range_(range),
        section_(section),
        stance_(stance),
        out_(out),
        task_(context.task_at(range.begin)),
        work_(32 * range.size() + 100'000) {}

  void read() {
    if (stance_ == Stance::kReport || stance_ == Stance::kRule) return;
    const std::vector<Figure> figures = tools_.words.find(text_, range_, true);
    std::size_t claimed = range_.begin;
    for (const Figure& figure : figures) {
      if (figure.number.begin < claimed) continue;  // inside the name of the one before
      if (const std::size_t end = take(figure, claimed); end != 0) claimed = end;
    }
  }

 private:
  static constexpr std::size_t kWindow = 200;
  struct Name {
    TextRange where;
    double confidence = 0.9;
    Comparator comparator = Comparator::kEqual;
    std::string verb;  // what is done, where the figure parts it from its object
  };

  const Pattern& pattern(std::string_view name) const { return tools_.patterns.at(name); }
  bool says(std::string_view name, TextRange range) const { return pattern(name).found_in(range.of(text_)); }

  // Cuts what follows a name ("… phục vụ việc theo dõi") and words that link it with its figure.
  TextRange without_tail(TextRange name) const {
    std::vector<TextRange> groups;
    const std::string_view words = name.of(text_);
    if (pattern("name_tail").find(words, 0, groups) && groups[0].begin > 0)
      name.end = name.begin + groups[0].begin;
    name = trimmed(text_, name, " \n,;:.-–");
    while (!name.empty() && pattern("name_end").find(name.of(text_), 0, groups)) {
      name.end = name.begin + groups[0].begin;
      name = trimmed(text_, name, " \n,;:.-–");
    }
    return name;
  }

  TextRange without_lead(TextRange name) const {
    std::vector<TextRange> groups;
    name = trimmed(text_, name, " \n,;:.");
    if (pattern("name_lead").find(name.of(text_), 0, groups)) name.begin += groups[0].end;
    return trimmed(text_, name, " \n,;:.");
  }

  // The place in `before` where the last noun that names a quantity ("tỷ lệ", "mức độ") begins; npos: none.
  // One that opens a phrase (behind a comma or a directing verb) is preferred; else the first.
  std::size_t strong_head(TextRange before) const {
    const std::string_view passage = std::string_view(text_).substr(0, before.end);
    std::vector<TextRange> groups;
    std::size_t first = std::string_view::npos, opening = std::string_view::npos;
    const Pattern& head = pattern("strong_head");
    for (std::size_t from = before.begin; from < before.end && head.find(passage, from, groups);) {
      const std::size_t at = groups[0].begin;
      from = at + 1;
      while (from < before.end && (static_cast<unsigned char>(text_[from]) & 0xC0) == 0x80) ++from;
      if (!word_edge(text_, at)) continue;
      if (first == std::string_view::npos) first = at;
      const std::size_t before_it = std::string_view(text_).find_last_not_of(" \n", at == 0 ? 0 : at - 1);
      if (at == before.begin || before_it < before.begin || text_[before_it] == ',') opening = at;
    }
    return opening != std::string_view::npos && opening > first &&
                   count_words(text_range(opening, before.end)) >= 2
               ? opening
               : first;
  }
  std::string_view text_range(std::size_t begin, std::size_t end) const {
    return TextRange{begin, end}.of(text_);
  }

  // Behind the last directing verb of a chain: "tái cấu trúc quy trình, tích hợp, cung cấp |thanh toán viện
  // phí".
  std::size_t behind_directive(TextRange before) const {
    const std::string_view passage = std::string_view(text_).substr(0, before.end);
    std::vector<TextRange> groups;
    std::size_t found = before.begin;
    const Pattern& verb = pattern("directive");
    for (std::size_t from = before.begin; from < before.end && verb.find(passage, from, groups);) {
      const std::size_t at = groups[0].begin;
      from = at + 1;
      while (from < before.end && (static_cast<unsigned char>(text_[from]) & 0xC0) == 0x80) ++from;
      if (!word_edge(text_, at)) continue;
      constexpr std::size_t kVerbWindow = 24;
      std::size_t start = at > before.begin + kVerbWindow ? at - kVerbWindow : before.begin;
      while (start < at && (static_cast<unsigned char>(text_[start]) & 0xC0) == 0x80) ++start;
      if (pattern("not_before").found_in(text_range(start, at))) continue;
      const TextRange rest = trimmed(text_, {groups[0].end, before.end}, " \n,;:.");
      if (count_words(rest.of(text_)) < 2 || pattern("bad_start").found_in(rest.of(text_))) continue;
      found = rest.begin;
    }
    return found;
  }

  // Names that stand before the figure: "tỷ lệ hồ sơ trực tuyến |đạt 50%".
  bool name_before(const Figure& figure, TextRange before, Name& name) const {
    std::vector<TextRange> groups;
    name.comparator = figure.comparator;
    if (pattern("delta_before").find(before.of(text_), 0, groups)) {
      if (name.comparator == Comparator::kEqual) {
        const std::string verb = to_lower(groups[1].of(before.of(text_)));
        name.comparator = verb == "giảm" ? Comparator::kDecrease : Comparator::kIncrease;
      }
      before.end = before.begin + groups[1].begin;
    }
    before = without_lead(before);
    if (before.empty()) return false;
    const std::size_t strong = strong_head(before);
    const bool linked = figure.has_verb || name.comparator == Comparator::kIncrease ||
                        name.comparator == Comparator::kDecrease;
    if (!linked && !(strong != std::string_view::npos && figure.has_bound)) return false;
    if (!figure.has_verb && strong == std::string_view::npos) return false;
    if (strong != std::string_view::npos) {
      name.where = {strong, before.end};
      name.confidence = 0.95;
    } else {
      name.where = {behind_directive(before), before.end};
      name.confidence = 0.85;
    }
    // "tốc độ |tăng 8%": the verb belongs to the name, and the figure is a level.
    if (figure.has_delta && pattern("rate_noun").found_in(name.where.of(text_))) {
      name.where.end = figure.number.begin;
      name.comparator = figure.upper ? Comparator::kRange : Comparator::kEqual;
    }
    name.where = without_tail(name.where);
    return count_words(name.where.of(text_)) >= 2 || strong != std::string_view::npos;
  }

  // Names that stand behind the figure: "100% |hồ sơ được đồng bộ".
  bool name_behind(const Figure& figure, std::size_t end, Name& name) const {
    TextRange after{figure.where.end, clause_end(text_, figure.where.end, end)};
    // Up to the next figure of the list: "80% hồ sơ …, 90% kết quả …"
    for (const Figure& next :
         tools_.words.find(text_, {after.begin, std::min(after.end, after.begin + kLongestName)}, true)) {
      const std::string_view between = text_range(after.begin, next.where.begin);
      const std::size_t last = between.find_last_not_of(" \n");
      const bool listed = last != std::string_view::npos &&
                          (between[last] == ',' || (last >= 2 && between.substr(last - 2, 3) == "và"));
      if (next.unit_kind == UnitKind::kPercent && listed) {
        after.end = next.where.begin;
        break;
      }
    }
    name.where = without_tail(after);
    name.comparator = figure.comparator;
    const std::string_view words = name.where.of(text_);
    if (count_words(words) < 2 || pattern("bad_start").found_in(words)) return false;
    if (count_words(words) < 3 && !figure.has_delta) return false;  // "với tỷ lệ 1% - 3% doanh thu"
    std::size_t offset = 0;
    const char32_t first = decode_utf8(words, offset);
    return first > 0x40;  // a letter, not a bracket or a digit
  }

  std::size_t take(const Figure& figure, std::size_t claimed) {
    // Prose holds few figures a clause; a passage of nothing but figures is not worth reading each clause
    // again.
    const std::size_t reach = 6 * std::min(kLongestClause, figure.where.begin - claimed) + kWindow;
    if (work_ < reach) return 0;
    work_ -= reach;
    const std::size_t begin = clause_begin(text_, claimed, figure.where.begin);
    TextRange before{begin, figure.where.begin};
    if (begin == claimed && claimed > range_.begin && !before.empty()) {
      // What follows the figure before ("đạt 50% |số lượng bệnh viện, tỷ lệ …") belongs to that one.
      const TextRange rest = trimmed(text_, before, " \n");
      const bool continues = rest.begin < rest.end &&
                             std::string_view(",;.").find(text_[rest.begin]) == std::string_view::npos &&
                             text_range(rest.begin, std::min(rest.end, rest.begin + 3)) != "và";
      if (continues) {
        const std::size_t comma = text_.find(',', before.begin);
        before.begin = comma < before.end ? comma : before.end;
      }
    }
    const TextRange clause{before.begin, clause_end(text_, figure.where.end, range_.end)};
    if (!allowed(figure, clause)) return 0;

    Name name;
    const TextRange lead = without_lead(before);
    const bool percent = figure.unit_kind == UnitKind::kPercent;
    const bool opens = lead.empty() || (ends_list(before) && !figure.has_verb);
    bool found = !opens && name_before(figure, before, name);
    std::size_t end = figure.where.end;
    // "Các bộ phấn đấu đạt 100% |hồ sơ được số hóa": a statement of its own behind the figure names it better
    // than a body.
    const bool weak = found && strong_head(lead) == std::string_view::npos;
    if (percent && (!found || weak) && (opens || figure.has_verb || figure.has_delta)) {
      Name behind;
      const bool good = name_behind(figure, range_.end, behind);
      if (good && (opens || (figure.has_delta && !found) || says("predicate", behind.where))) {
        if (!opens) behind.confidence = 0.8;
        name = behind;
        found = true;
        end = std::max(end, name.where.end);
      }
    }
    if (!found && percent && figure.value == 100 && !figure.upper && goal()) {
      // "Đến năm 2028, hoàn thành số hóa |100% hồ sơ đảng viên": the verb and what it is done to.
      Name behind;
      const std::size_t words = count_words(lead.of(text_));
      std::size_t offset = 0;
      const std::string_view verb = lead.of(text_);
      const bool lower = !verb.empty() && !is_upper_letter(decode_utf8(verb, offset));
      if (lower && words <= 4 && verb.find(',') == std::string_view::npos &&
          name_behind(figure, range_.end, behind)) {
        name = behind;
        name.confidence = 0.8;
        name.verb = without_completion(verb);
        found = true;
        end = std::max(end, name.where.end);
      }
    }
    if (!found && percent && goal() && says("reaches", lead) && lead.size() <= kLongestName) {
      // "triển khai phần mềm quản lý sinh hoạt chi bộ tại |100% tổ chức cơ sở đảng": what is done, and where.
      Name behind;
      if (name_behind(figure, range_.end, behind)) {
        name = behind;
        name.confidence = 0.8;
        name.verb = std::string(lead.of(text_)) + " ";
        found = true;
        end = std::max(end, name.where.end);
      }
    }
    if (!found && figure.unit_kind == UnitKind::kCount && things_to_have(figure, before)) {
      // "có ít nhất |05 dự án trong lĩnh vực bán dẫn": the things themselves.
      TextRange things{figure.number.end, clause_end(text_, figure.where.end, range_.end)};
      for (std::size_t i = things.begin + 1; i < things.end; ++i) {  // "… và |01 nhà văn hóa" is another one
        if (text_[i] < '0' || text_[i] > '9' || text_[i - 1] != ' ') continue;
        things.end = i;
        break;
      }
      name.where = without_tail(trimmed(text_, things, " \n"));
      name.comparator = figure.comparator;
      name.confidence = 0.85;
      if (name.where.empty() || count_words(name.where.of(text_)) < 2) return 0;
      if (name.where.size() > kLongestName) return 0;
      emit(figure, name);
      return std::max(end, name.where.end);
    }
    if (!found || name.where.size() > kLongestName) return 0;
    if (!percent && !counted_target(figure, name)) return 0;
    emit(figure, name);
    return end;
  }

  // "hoàn thành số hóa |100% hồ sơ": "số hóa hồ sơ".
  static std::string without_completion(std::string_view verb) {
    for (const std::string_view done : {"hoàn thành", "cơ bản"}) {
      const std::string_view rest = verb.substr(std::min(verb.size(), done.size()));
      if (verb.substr(0, done.size()) == done && rest.size() > 1 && rest[0] == ' ') verb = rest.substr(1);
    }
    return std::string(verb) + " ";
  }

  // "…, trong đó 80%", "… và 100%": the name can only follow.
  bool ends_list(TextRange before) const {
    const std::string_view words = before.of(text_);
    const std::size_t last = words.find_last_not_of(" \n");
    if (last == std::string_view::npos) return true;
    if (words[last] == ',') return true;
    constexpr std::size_t kTail = 32;
    std::size_t start = last + 1 > kTail ? last + 1 - kTail : 0;
    while (start < last && (static_cast<unsigned char>(words[start]) & 0xC0) == 0x80) ++start;
    const TextRange tail{before.begin + start, before.begin + last + 1};
    return pattern("opens_name").found_in(tail.of(text_));
  }

  // Whether this clause sets an aim at all.
  bool allowed(const Figure& figure, TextRange clause) const {
    if (figure.unit_kind == UnitKind::kTime || figure.unit_kind == UnitKind::kNone) return false;
    if (figure.unit_kind == UnitKind::kPercent && !figure.upper && figure.value == 0) return false;
    if (says("excluded", clause) || says("reported", clause)) return false;
    if (stance_ == Stance::kAim) return true;
    return task_ != nullptr || says("aimed", sentence_at(text_, range_, figure.where.begin));
  }

  // Figures without "%" are targets only where the part says so and a noun of quantity names them.
  bool goal() const { return section_ != FigureContext::kNoSection && context_.place(section_).goal; }
  // Things that are to be there by then: a bound, or a word like "có" in a part that states goals.
  bool things_to_have(const Figure& figure, TextRange before) const {
    const bool verb = says("things", without_trailing_space(before));
    if (figure.where.of(text_).ends_with("trở lên"))
      return false;  // "doanh nghiệp có từ 500 lao động trở lên"
    if (goal()) return verb || figure.has_bound;
    return verb && figure.has_bound && says("aimed", sentence_at(text_, range_, figure.where.begin));
  }
  TextRange without_trailing_space(TextRange range) const { return trimmed(text_, range, " \n"); }
  bool counted_target(const Figure& figure, const Name& name) const {
    if (!goal()) return false;
    return figure.has_verb && name.confidence > 0.9;
  }

  std::string period_of(const Figure& figure, bool& inferred) const {
    const TextRange sentence = sentence_at(text_, range_, figure.where.begin);
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
        const std::string_view between = text_range(figure.where.end, groups[0].begin);
        if (!other && between.size() < kNear && between.find_first_of(",;(") == std::string_view::npos)
          return years;
        break;
      }
      if (!other) before = years;
    }
    if (!before.empty()) return before;
    if (section_ != FigureContext::kNoSection && !context_.place(section_).period.empty()) {
      return context_.place(section_).period;
    }
    std::string frame = context_.frame_period();
    inferred = !frame.empty();
    return frame;
  }

  void emit(const Figure& figure, const Name& name) {
    Indicator one;
    const bool placed = section_ != FigureContext::kNoSection;
    if (task_ != nullptr && !task_->label.empty()) {
      one.label = task_->label;
    } else if (placed) {
      one.label = context_.place(section_).label;
    }
    one.name = name.verb + std::string(name.where.of(text_));
    one.unit = figure.unit;
    one.comparator = name.comparator;
    one.value = figure.value;
    one.upper = figure.upper;
    one.value_text = std::string(figure.where.of(text_));
    bool inferred = false;
    one.period = period_of(figure, inferred);
    if (inferred) one.inferred.push_back("period");
    if (task_ != nullptr && task_->lead.size() == 1 && task_->lead[0].id.compare(0, 6, "group:") != 0) {
      one.lead = task_->lead;
      one.inferred.push_back("lead");
    }
    one.assigned_by = context_.assigned_in({range_.begin, figure.where.begin});
    if (one.assigned_by.empty() && placed) {
      std::size_t from = section_;
      // Its own paragraphs behind the figure assign nothing to it.
      if (context_.place(from).assigned == from) from = context_.parent_of(from);
      if (from != FigureContext::kNoSection) one.assigned_by = context_.assigned_by(from);
    }
    double confidence = name.confidence;
    if (figure.ambiguous) confidence = std::min(confidence, 0.6);
    const TextRange where{std::min(name.where.begin, figure.where.begin),
                          std::max(name.where.end, figure.where.end)};
    one.from = context_.provenance(where, placed ? context_.document().sections[section_].id : std::string(),
                                   0, confidence);
    out_.push_back(std::move(one));
  }

  const FigureContext& context_;
  const FigureTools& tools_;
  const std::string& text_;
  TextRange range_;
  std::size_t section_;
  Stance stance_;
  std::vector<Indicator>& out_;
  const Task* task_;
  std::size_t work_;  // bytes of clauses that may still be looked at
};

}  // namespace

void indicators_of_passage(const FigureContext& context, const FigureTools& tools, TextRange range,
                           std::size_t section, Stance stance, std::vector<Indicator>& out) {
  PassageReader(context, tools, range, section, stance, out).read();
}

std::vector<Indicator> indicators_of_sentences(const FigureContext& context, const FigureTools& tools) {
  std::vector<Indicator> found;
  const Document& document = context.document();
  if (context.document_stance() == Stance::kRule) return found;
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    const Section& section = document.sections[i];
    if (section.kind == SectionKind::kHeader || section.kind == SectionKind::kSignature ||
        section.kind == SectionKind::kRecipients || section.kind == SectionKind::kTable ||
        section.kind == SectionKind::kFootnote) {
      continue;
    }
    const Stance stance = context.place(i).stance;
    if (!section.heading_range.empty())
      indicators_of_passage(context, tools, section.heading_range, i, stance, found);
    for (const TextRange& paragraph : section.paragraphs) {
      indicators_of_passage(context, tools, paragraph, i, stance, found);
    }
  }
  return found;
}

}  // namespace vanban
