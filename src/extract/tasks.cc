#include "extract/tasks.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "extract/deadlines.h"
#include "extract/task_bodies.h"
#include "extract/task_parts.h"
#include "extract/task_tables.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {

struct TaskFinder::Impl {
  PatternTable patterns;
  FoldedHeadings headings;
  TableColumns columns;
  const Agencies* agencies;
};

namespace {

constexpr std::size_t kClosing = 400;     // a closing formula shows in so many bytes
constexpr std::size_t kMostBodies = 128;  // more than all ministries and provinces: a list of something else

// One run over one document.
class Run {
 public:
  Run(Document& document, const PatternTable& patterns, const FoldedHeadings& headings,
      const TableColumns& columns, const Agencies& agencies)
      : document_(document),
        text_(text_without_marks(document.text, document.footnote_marks)),
        patterns_(patterns),
        columns_(columns),
        agencies_(agencies),
        bodies_(patterns, agencies),
        time_(time_of(document.header)),
        tables_(whole_tables(document, columns)),
        parts_(task_parts(document, text_, patterns, headings, agencies)),
        above_(document.sections.size()) {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (parts_[i].attribute) attributes_[parts_[i].parent].push_back(i);
    }
  }

  void find();

 private:
  void add_unit(std::size_t index);
  void add_unit_task(std::size_t index, const std::vector<TextRange>& own, bool alone = false);
  void add_attributes(Task& task, std::size_t index) const;
  bool section_orders(std::size_t index) const;
  bool orders_somebody(std::string_view paragraph) const;
  void add_request(std::size_t index);
  void add_table(std::size_t index);
  bool gives_task(std::size_t index, std::string_view own) const;
  bool promised(std::string_view own) const;
  bool closes(std::string_view paragraph) const;
  bool only_names(std::string_view own) const;
  std::vector<TextRange> own_paragraphs(const Section& section) const;
  struct Above {
    bool heading_read = false, lead_in_read = false;
    std::vector<AgencyMention> heading_lead, lead_in_lead;
    std::vector<NumberedReference> heading_assigned, lead_in_assigned;
  };
  const Above& above(std::size_t index, bool own);
  std::vector<AgencyMention> others(std::vector<AgencyMention> named, std::string_view lead_in) const;
  void inherit(Task& task, std::size_t index);
  std::vector<NumberedReference> assigned_in(TextRange range) const;
  void complete(Task& task, const Section& section, double confidence) const;
  bool asks(std::string_view paragraph) const;

  Document& document_;
  const std::string text_;
  const PatternTable& patterns_;
  const TableColumns& columns_;
  const Agencies& agencies_;
  const TaskBodies bodies_;
  const DocumentTime time_;
  const WholeTables tables_;
  const std::vector<TaskPart> parts_;
  std::vector<Above> above_;
  std::size_t last_unit_ = kNoSection;  // the last unit of the body, before signature and appendices
  std::unordered_map<std::size_t, std::vector<AgencyMention>> lead_ins_;  // by where the lead-in begins
  std::unordered_map<std::size_t, std::vector<std::size_t>>
      attributes_;  // of a section: "- Đơn vị chủ trì: …"
};

// "Đề nghị ……… xem xét ………": a form that waits to be filled in.
bool is_blank_form(std::string_view own) {
  std::size_t dots = 0, others = 0;
  for (std::size_t at = 0; at < own.size();) {
    const char32_t c = decode_utf8(own, at);
    if (c == '.' || c == '_' || c == 0x2026) {
      ++dots;
    } else if (c != ' ' && c != '\n') {
      ++others;
    }
  }
  return dots > 12 && dots * 3 > others;
}

std::string joined(std::string_view text, const std::vector<TextRange>& ranges) {
  std::string out;
  for (const TextRange& range : ranges) {
    if (!out.empty()) out += '\n';
    bool blank = false;
    for (const char c : range.of(text)) {
      if (c == ' ') {
        blank = true;
        continue;
      }
      if (blank && !out.empty() && out.back() != '\n') out += ' ';
      blank = false;
      out += c;
    }
  }
  return out;
}

std::vector<TextRange> Run::own_paragraphs(const Section& section) const {
  std::vector<TextRange> own;
  for (const TextRange& paragraph : section.paragraphs) {
    if (!paragraph.empty()) own.push_back(paragraph);
  }
  if (own.empty() && !section.heading_range.empty()) own.push_back(section.heading_range);
  // What closes the document does not belong to its last unit.
  while (own.size() > 1 && closes(own.back().of(text_).substr(0, kClosing))) own.pop_back();
  // Nor do the thanks that were joined to its last paragraph.
  if (!own.empty()) {
    TextRange& last = own.back();
    const std::size_t from = last.size() > kClosing ? last.end - kClosing : last.begin;
    std::vector<TextRange> groups;
    if (patterns_.at("none.thanks").find(std::string_view(text_).substr(0, last.end), from, groups)) {
      last.end = std::max(last.begin, skip_space_back(text_, groups[1].begin));
    }
    // Nor does "Nghị quyết này phổ biến đến chi bộ./." as its last sentence.
    const std::string_view words = last.of(text_);
    const std::size_t stop = words.size() > 3 ? words.rfind(". ", words.size() - 3) : std::string_view::npos;
    if (stop != std::string_view::npos && stop > 40 && closes(words.substr(stop + 2, kClosing)))
      last.end = last.begin + stop + 1;
  }
  return own;
}

bool Run::promised(std::string_view own) const {
  std::size_t end = 0;
  const auto subject = agencies_.list_at(own.substr(0, kClosing), 0, &end);
  if (subject.empty()) return false;
  std::vector<TextRange> groups;
  return patterns_.at("none.promise").match_at(own.substr(end, 40), 0, groups) &&
         (subject.front().mention.id == document_.header.issuer.id || document_.header.issuer.id.empty());
}

bool Run::closes(std::string_view paragraph) const {
  return patterns_.at("none.tail").found_in(paragraph) || patterns_.at("none.closing").found_in(paragraph) ||
         patterns_.at("none.commencement").found_in(paragraph.substr(0, 200));
}

// "- Các Phòng chức năng;": bodies and nothing else, recipients that were not recognised.
bool Run::only_names(std::string_view own) const {
  constexpr std::size_t kLongestNames = 160;
  if (own.size() > kLongestNames) return false;
  std::size_t end = 0;
  if (agencies_.list_at(own, 0, &end).empty()) return false;
  return own.substr(end).find_first_not_of(" ;,.\n") == std::string_view::npos;
}

bool Run::gives_task(std::size_t index, std::string_view own) const {
  if (is_blank_form(own)) return false;
  const Section& section = document_.sections[index];
  const std::string_view head = own.substr(0, kClosing);
  if (patterns_.at("none.commencement").found_in(head.substr(0, 200)) && own.size() < 600) return false;
  if (patterns_.at("none.courtesy").found_in(head.substr(0, 300)) && own.size() < 500) return false;
  if (section.kind == SectionKind::kArticle && patterns_.at("none.issues").found_in(head)) return false;
  if (section.kind == SectionKind::kArticle || own.size() < kClosing) {
    const std::string_view tail = own.size() > kClosing ? own.substr(own.size() - kClosing) : own;
    if (own.size() < 700 && patterns_.at("none.closing").found_in(tail)) return false;
  }
  // "- Công tác thống kê và tổng hợp, báo cáo;": what is looked at, not what is to be done.
  constexpr std::size_t kLongestTopic = 700;
  if (own.size() < kLongestTopic && patterns_.at("none.topic").found_in(own) &&
      !patterns_.at("none.topic_duty").found_in(own)) {
    return false;
  }
  if (promised(own)) return false;
  // "1. Ghi nhận, đánh giá cao sự chủ động của các cấp."
  if (own.size() < kLongestTopic && patterns_.at("none.praise").found_in(own) &&
      !patterns_.at("none.topic_duty").found_in(own)) {
    return false;
  }
  if (patterns_.at("none.example")
          .found_in(own.size() > kClosing ? own.substr(own.size() - kClosing) : own)) {
    return false;
  }
  if (!own.empty() && own.back() == ':' && own.size() < 120) return false;  // what it introduces was not read
  // "1. Thuận lợi": a heading whose text was not read, or the item of an outline.
  constexpr std::size_t kHeadingAlone = 60;
  if (own.size() < kHeadingAlone && !patterns_.at("verb.imperative").found_in(own) &&
      (patterns_.at("heading.reports").found_in(own) || patterns_.at("heading.aims").found_in(own))) {
    return false;
  }
  if (only_names(own)) return false;
  const Directing directing = parts_[index].directing;
  if (directing == Directing::kYes) return true;
  if (directing == Directing::kNo) return false;
  std::vector<TextRange> groups;
  const bool ordered = patterns_.at("verb.directs").match_at(own, 0, groups);
  if (directing == Directing::kWeak) {
    if (patterns_.at("topic.start").match_at(own, 0, groups) &&
        !patterns_.at("none.topic_duty").found_in(own))
      return false;
    if (parts_[index].actors_only) return !bodies_.at_start(own, {0, own.size()}).empty();
    return ordered || patterns_.at("order.sentence").found_in(own) ||
           patterns_.at("verb.imperative").match_at(own, 0, groups) ||
           !bodies_.at_start(own, {0, own.size()}).empty() ||
           !deadlines_in_text(own, {0, own.size()}, time_).deadlines.empty();
  }
  // A unit that orders by itself, in a document that can.
  switch (document_.header.type) {
    case DocumentType::kDispatch:
    case DocumentType::kDirective:
    case DocumentType::kOfficialTelegram:
    case DocumentType::kNotice:
    case DocumentType::kConclusion:
    case DocumentType::kResolution:
    case DocumentType::kDecision:
      break;
    default:
      return false;
  }
  std::size_t end = 0;
  if (ordered) {
    const bool named = !bodies_.at_start(own, {0, own.size()}).empty();
    return named || document_.header.type == DocumentType::kResolution;
  }
  // "Đối với chi phí vượt dự toán, giao Bảo hiểm xã hội Việt Nam thanh toán": who acts stands behind the
  // opening.
  if (patterns_.at("lead.opening").match_at(own, 0, groups)) {
    return !bodies_.at_start(own, {0, own.size()}).empty();
  }
  // "Về Dự án cao tốc …: Giao Bộ Xây dựng chủ trì", "Sở Y tế: Tham mưu …"
  if (patterns_.at("lead.topic").match_at(own, 0, groups)) {
    const std::string_view behind = own.substr(groups[0].end);
    if (patterns_.at("verb.directs").match_at(behind, 0, groups) ||
        patterns_.at("verb.imperative").match_at(behind, 0, groups) ||
        !agencies_.list_at(behind, 0).empty()) {
      return !bodies_.at_start(own, {0, own.size()}).empty();
    }
  }
  const auto subject = agencies_.list_at(head, 0, &end);
  return !subject.empty() && !subject.front().place &&
         patterns_.at("verb.duty").match_at(head.substr(std::min(end, head.size())), 0, groups);
}

std::vector<NumberedReference> Run::assigned_in(TextRange range) const {
  std::vector<NumberedReference> found;
  if (range.empty()) return found;
  const auto& references = document_.references;
  auto it = std::lower_bound(references.begin(), references.end(), range.begin,
                             [](const Reference& one, std::size_t at) { return one.from.where.begin < at; });
  std::size_t last_end = static_cast<std::size_t>(-1);
  for (; it != references.end() && it->from.where.begin < range.end; ++it) {
    const std::size_t begin = it->from.where.begin;
    const std::size_t from = std::max(range.begin, begin > 160 ? begin - 160 : 0);
    const std::string_view before = std::string_view(text_).substr(from, begin - from);
    bool assigned = it->relation == Relation::kAssignedIn || patterns_.at("assigned.words").found_in(before);
    if (!assigned && last_end != static_cast<std::size_t>(-1) && begin >= last_end && begin - last_end < 40) {
      assigned =
          patterns_.at("assigned.joint").found_in(std::string_view(text_).substr(last_end, begin - last_end));
    }
    if (!assigned) continue;
    last_end = it->from.where.end;
    if (!it->number.empty()) found.push_back({it->number, it->date, it->target});
  }
  return found;
}

// What a unit's heading and lead-in say, read once for each.
const Run::Above& Run::above(std::size_t index, bool own) {
  Above& said = above_[index];
  const Section& section = document_.sections[index];
  if (!said.heading_read) {
    said.heading_read = true;
    if (!section.heading_range.empty()) {
      said.heading_lead = others(bodies_.in_heading(text_, section.heading_range), {});
      said.heading_assigned = assigned_in(section.heading_range);
    }
  }
  if (!own && !said.lead_in_read) {
    said.lead_in_read = true;
    for (std::size_t i = section.paragraphs.size(); i > 0 && i + 3 > section.paragraphs.size(); --i) {
      const TextRange paragraph = section.paragraphs[i - 1];
      if (said.lead_in_lead.empty())
        said.lead_in_lead = others(bodies_.in_heading(text_, paragraph), paragraph.of(text_));
      if (said.lead_in_assigned.empty()) said.lead_in_assigned = assigned_in(paragraph);
    }
  }
  return said;
}

// The issuer and those above all do not do what they assign: "Chính phủ ban hành Kế hoạch … như sau". But
// "Trong tháng 11, Sở Y tế tập trung thực hiện một số nhiệm vụ sau" says what the issuer itself does.
std::vector<AgencyMention> Run::others(std::vector<AgencyMention> named, std::string_view lead_in) const {
  std::vector<AgencyMention> out;
  std::vector<TextRange> groups;
  const auto acts = [&](const std::string& name) {
    const std::size_t at = lead_in.find(name);
    const std::size_t last = lead_in.find_last_not_of(" \n:.");
    if (at == 0 && last + 1 == name.size()) return true;  // "2. Sở Y tế:"
    return at != std::string_view::npos && !patterns_.at("lead_in.asks").found_in(lead_in.substr(0, at)) &&
           patterns_.at("lead_in.does").match_at(lead_in.substr(at + name.size()), 0, groups);
  };
  for (AgencyMention& one : named) {
    // "Sở Nội vụ" in a plan of "Sở Nội vụ thành phố Cần Thơ" is itself.
    const std::string& self = document_.header.issuer.name;
    const bool issuer =
        (!one.id.empty() && one.id == document_.header.issuer.id) ||
        (one.id.empty() && one.name.size() >= 8 &&
         match_words(self, 0, to_lower(one.name)) == one.name.size() && word_ends(self, one.name.size()));
    if (issuer && acts(one.name)) {
      out.push_back(std::move(one));
      continue;
    }
    // Only the National Assembly orders the Government to act.
    const bool above = one.id == "chinh-phu" || one.id == "thu-tuong-chinh-phu";
    const std::string& by = document_.header.issuer.id;
    if (!issuer && (!above || by == "quoc-hoi" || by == "uy-ban-thuong-vu-quoc-hoi"))
      out.push_back(std::move(one));
  }
  return out;
}

void Run::inherit(Task& task, std::size_t index) {
  // Its own heading, then each unit above with its lead-in, then the title of the document.
  const auto take_lead = [&](const std::vector<AgencyMention>& lead) {
    if (!task.lead.empty() || lead.empty() || lead.size() > kMostBodies) return;
    task.lead = lead;
    task.lead_inherited = true;
  };
  const auto take_assigned = [&](const std::vector<NumberedReference>& by) {
    if (task.assigned_by.empty() && by.size() <= kMostBodies) task.assigned_by = by;
  };
  bool own = true;
  for (std::size_t at = index; at != kNoSection; at = parts_[at].parent, own = false) {
    const Above& said = above(at, own);
    if (!own) {
      take_lead(said.lead_in_lead);
      take_assigned(said.lead_in_assigned);
    }
    take_lead(said.heading_lead);
    take_assigned(said.heading_assigned);
    const TextRange lead_in = parts_[at].lead_in;
    if (task.lead.empty() && !lead_in.empty()) {
      auto known = lead_ins_.find(lead_in.begin);
      if (known == lead_ins_.end()) {
        known =
            lead_ins_.emplace(lead_in.begin, others(bodies_.in_heading(text_, lead_in), lead_in.of(text_)))
                .first;
      }
      take_lead(known->second);
    }
  }
  if (task.lead.empty() && document_.header.type == DocumentType::kAppendix) {
    const std::string& title = document_.header.subject;
    take_lead(others(bodies_.in_heading(title, {0, title.size()}), {}));
  }
}

void Run::complete(Task& task, const Section& section, double confidence) const {
  task.from.section = section.id;
  task.from.page = page_of(document_.blocks, document_.words, task.from.where.begin);
  task.from.boxes = boxes_of(document_.words, task.from.where);
  const auto [read, doubtful] = confidence_of(document_.words, task.from.where);
  task.from.confidence = confidence * read * (doubtful && !task.deadlines.empty() ? 0.8 : 1.0);
  if (task.lead_inherited) task.inferred.push_back("lead");
}

void Run::add_unit(std::size_t index) {
  const Section& section = document_.sections[index];
  std::vector<TextRange> own = own_paragraphs(section);
  if (own.empty()) return;
  // "Giao Sở … theo dõi, đôn đốc …" below the last unit of the body: an order of its own.
  TextRange closing_order;
  if (own.size() > 1 && index == last_unit_ && orders_somebody(own.back().of(text_))) {
    closing_order = own.back();
    own.pop_back();
  }
  add_unit_task(index, own);
  if (!closing_order.empty()) add_unit_task(index, {closing_order}, true);
}

// "II. Về dự thảo Báo cáo …" without units below it, which itself gives somebody something to do.
bool Run::section_orders(std::size_t index) const {
  switch (document_.header.type) {
    case DocumentType::kDirective:
    case DocumentType::kNotice:
    case DocumentType::kConclusion:
    case DocumentType::kResolution:
      break;
    default:
      return false;
  }
  if (parts_[index].directing == Directing::kNo) return false;
  for (const TextRange& paragraph : document_.sections[index].paragraphs) {
    const std::string_view own = paragraph.of(text_);
    if (patterns_.at("order.sentence").found_in(own)) return true;
    std::vector<TextRange> groups;
    if (patterns_.at("order.paragraph").match_at(own, 0, groups) &&
        !agencies_.list_at(own, groups[0].end).empty())
      return true;
  }
  return false;
}

// What stands below a unit as "- Đơn vị chủ trì: …", "- Thời gian hoàn thành: …".
void Run::add_attributes(Task& task, std::size_t index) const {
  const auto found = attributes_.find(index);
  if (found == attributes_.end()) return;
  const bool lead_known = !task.lead.empty();
  const bool when_known = !task.deadlines.empty();
  for (const std::size_t at : found->second) {
    for (const TextRange& paragraph : document_.sections[at].paragraphs) {
      const TaskBodies::Stated said = bodies_.stated(text_, paragraph);
      if (!lead_known) task.lead.insert(task.lead.end(), said.lead.begin(), said.lead.end());
      task.coordinating.insert(task.coordinating.end(), said.coordinating.begin(), said.coordinating.end());
      if (task.result.empty()) task.result = said.result;
      FoundDeadlines when = deadlines_in_text(text_, paragraph, time_);
      if (!when_known) {
        for (Deadline& one : when.deadlines) task.deadlines.push_back(std::move(one));
        if (when.inferred) task.inferred.assign(1, "deadlines");
      }
      if (task.timing.empty()) task.timing = std::move(when.timing);
    }
  }
}

bool Run::orders_somebody(std::string_view paragraph) const {
  switch (document_.header.type) {
    case DocumentType::kDispatch:
    case DocumentType::kDirective:
    case DocumentType::kOfficialTelegram:
    case DocumentType::kNotice:
    case DocumentType::kPlan:
      break;
    default:
      return false;
  }
  std::vector<TextRange> groups;
  return patterns_.at("order.paragraph").match_at(paragraph, 0, groups) &&
         !agencies_.list_at(paragraph, groups[0].end).empty();
}

void Run::add_unit_task(std::size_t index, const std::vector<TextRange>& own, bool alone) {
  const Section& section = document_.sections[index];
  const TextRange where{own.front().begin, own.back().end};
  if (!gives_task(index, where.of(text_))) return;
  Task task;
  if (!alone) task.label = parts_[index].label;
  task.text = joined(text_, own);
  task.from.where = where;
  for (const TextRange& paragraph : own) {
    TaskBodies::Stated said = bodies_.stated(text_, paragraph);
    if (task.lead.empty()) task.lead = std::move(said.lead);
    if (task.coordinating.empty()) task.coordinating = std::move(said.coordinating);
    if (task.result.empty()) task.result = std::move(said.result);
  }
  for (const TextRange& paragraph : own) {
    if (!task.lead.empty()) break;
    task.lead = bodies_.at_start(text_, paragraph);
  }
  for (const TextRange& paragraph : own) {
    for (AgencyMention& one : bodies_.coordinating(text_, paragraph)) {
      if (std::find(task.coordinating.begin(), task.coordinating.end(), one) == task.coordinating.end()) {
        task.coordinating.push_back(std::move(one));
      }
    }
    FoundDeadlines found = deadlines_in_text(text_, paragraph, time_);
    for (Deadline& one : found.deadlines) task.deadlines.push_back(std::move(one));
    if (task.timing.empty()) task.timing = std::move(found.timing);
    if (found.inferred) task.inferred.assign(1, "deadlines");
  }
  if (!alone) {
    add_attributes(task, index);
    if (parts_[index].parent != kNoSection) add_attributes(task, parts_[index].parent);
    inherit(task, index);
  }
  complete(task, section, parts_[index].directing == Directing::kYes ? 0.95 : 0.8);
  document_.tasks.push_back(std::move(task));
}

bool Run::asks(std::string_view paragraph) const {
  if (paragraph.empty() || paragraph.back() == ':') return false;
  if (patterns_.at("none.courtesy").found_in(paragraph.substr(0, 300))) return false;
  std::vector<TextRange> groups;
  std::size_t at = 0;
  while (patterns_.at("request.verb").find(paragraph, at, groups)) {
    const TextRange verb = groups[1];
    const std::size_t behind = groups[0].end;
    at = behind;
    const std::size_t from = verb.begin > 40 ? verb.begin - 40 : 0;
    const std::string_view before = paragraph.substr(from, verb.begin - from);
    std::vector<TextRange> none;
    if (patterns_.at("request.noun").found_in(before)) continue;
    const bool somebody = patterns_.at("request.asked").match_at(paragraph.substr(behind), 0, none) ||
                          agencies_.at(paragraph, behind).has_value();
    if (!somebody) continue;
    // "Chính phủ giao bộ, ngành …" reports what another body assigned.
    if (verb.of(paragraph) == "giao" || verb.of(paragraph) == "Giao") {
      const std::size_t start = skip_space_back(paragraph, verb.begin);
      if (start != 0 && std::string_view(".;:").find(paragraph[start - 1]) == std::string_view::npos) {
        const std::string& issuer = document_.header.issuer.name;
        if (issuer.empty() || match_words_back(paragraph, start, issuer) == std::string_view::npos) continue;
      }
    }
    return true;
  }
  return false;
}

void Run::add_request(std::size_t index) {
  const Section& section = document_.sections[index];
  const TextRange where = section.paragraphs.empty()
                              ? section.where
                              : TextRange{section.paragraphs.front().begin, section.paragraphs.back().end};
  std::string_view own = where.of(text_);
  // What follows "… theo hướng dẫn sau:" may be no tasks but the outline of a report.
  const bool outlined =
      index + 1 < parts_.size() && parts_[index + 1].unit && parts_[index + 1].directing == Directing::kNo;
  if (outlined && !own.empty() && own.back() == ':') own.remove_suffix(1);
  FoundDeadlines found = deadlines_in_text(text_, where, time_);
  const bool hand_in = !found.deadlines.empty() && own.back() != ':' &&
                       patterns_.at("request.hand_in").found_in(own.substr(0, kClosing));
  // "Phó Thủ tướng có ý kiến như sau:", and below it "Bộ Công an tăng cường kiểm tra …".
  std::size_t subject_end = 0;
  std::vector<TextRange> groups;
  const bool directed =
      parts_[index].directing == Directing::kWeak || parts_[index].directing == Directing::kYes;
  const auto subject =
      directed ? agencies_.list_at(own.substr(0, kClosing), 0, &subject_end) : std::vector<AgencyMatch>{};
  const bool told =
      !subject.empty() && !subject.front().place && own.back() != ':' && !closes(own.substr(0, kClosing)) &&
      !patterns_.at("none.courtesy").found_in(own.substr(0, 300)) &&
      patterns_.at("verb.duty").match_at(own.substr(std::min(subject_end, own.size()), 200), 0, groups);
  if (!(asks(own) || hand_in || told) || promised(own) || is_blank_form(own)) return;
  if (patterns_.at("lead_in.strong").found_in(own.size() > 600 ? own.substr(own.size() - 600) : own) &&
      index + 1 < parts_.size() && parts_[index + 1].unit && !outlined) {
    return;
  }
  // Behind numbered tasks a sentence that only asks to carry them out closes the dispatch.
  if (!document_.tasks.empty() && own.size() < kClosing &&
      patterns_.at("none.tail").found_in(own.substr(0, kClosing))) {
    return;
  }
  Task task;
  task.label = parts_[index].label;
  task.text = joined(text_, {where});
  task.from.where = where;
  std::vector<AgencyMention> named = bodies_.in_heading(text_, where);
  for (AgencyMention& one : named) {
    if (one.id.empty() || one.id != document_.header.issuer.id) task.lead.push_back(std::move(one));
  }
  task.coordinating = bodies_.coordinating(text_, where);
  task.deadlines = std::move(found.deadlines);
  task.timing = std::move(found.timing);
  if (found.inferred) task.inferred.emplace_back("deadlines");
  complete(task, section, 0.8);
  document_.tasks.push_back(std::move(task));
}

void Run::add_table(std::size_t index) {
  const Section& section = document_.sections[index];
  if (section.table >= document_.tables.size() || parts_[index].directing == Directing::kNo) return;
  if (tables_.of[section.table] == nullptr) return;  // its rows were read with the table above
  const Table& table = *tables_.of[section.table];
  const bool directed = parts_[index].directing != Directing::kNeutral;
  std::vector<Task> rows = tasks_of_table(table, columns_, patterns_, bodies_, time_, directed);
  for (Task& task : rows) {
    const std::string& path = parts_[index].label;
    task.label = path.empty() ? task.label : path + (path == "PL" ? " " : ".") + task.label;
    task.assigned_by.clear();
    inherit(task, index);
    complete(task, section, table.inferred ? 0.8 : 0.95);
    document_.tasks.push_back(std::move(task));
  }
}

void Run::find() {
  document_.tasks.clear();
  if (makes_rules(document_.header)) return;
  const DocumentType type = document_.header.type;
  for (std::size_t i = 0; i < document_.sections.size(); ++i) {
    const SectionKind kind = document_.sections[i].kind;
    if (kind == SectionKind::kSignature || kind == SectionKind::kRecipients || kind == SectionKind::kAppendix)
      break;
    if (parts_[i].unit && !parts_[i].attribute) last_unit_ = i;
  }
  for (std::size_t i = 0; i < document_.sections.size(); ++i) {
    const Section& section = document_.sections[i];
    if (section.kind == SectionKind::kTable) {
      add_table(i);
    } else if (parts_[i].attribute) {
      continue;
    } else if (parts_[i].leaf &&
               (parts_[i].unit || (section.kind == SectionKind::kSection && section_orders(i)))) {
      add_unit(i);
    } else if (section.kind == SectionKind::kParagraph && parts_[i].directing != Directing::kNo &&
               (type == DocumentType::kDispatch || type == DocumentType::kOfficialTelegram)) {
      add_request(i);
    }
  }
  for (std::size_t i = 0; i < document_.tasks.size(); ++i)
    document_.tasks[i].id = "k" + std::to_string(i + 1);
}

}  // namespace

TaskFinder::TaskFinder(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
TaskFinder::TaskFinder(TaskFinder&&) noexcept = default;
TaskFinder& TaskFinder::operator=(TaskFinder&&) noexcept = default;
TaskFinder::~TaskFinder() = default;

Result<TaskFinder> TaskFinder::create(const Models& models, const Agencies& agencies) {
  auto patterns = PatternTable::load(models, "patterns/tasks");
  if (!patterns) return patterns.error();
  auto headings = FoldedHeadings::create(models);
  if (!headings) return headings.error();
  auto columns = TableColumns::create(models);
  if (!columns) return columns.error();
  return TaskFinder(std::make_unique<const Impl>(
      Impl{std::move(*patterns), std::move(*headings), std::move(*columns), &agencies}));
}

void TaskFinder::find(Document& document) const {
  Run(document, impl_->patterns, impl_->headings, impl_->columns, *impl_->agencies).find();
}

}  // namespace vanban
