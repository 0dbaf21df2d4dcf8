#include "extract/tasks.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "extract/body_lists.h"
#include "extract/deadlines.h"
#include "extract/task_bodies.h"
#include "extract/task_context.h"
#include "extract/task_judge.h"
#include "extract/task_parts.h"
#include "extract/task_sources.h"
#include "extract/task_tables.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"

namespace vanban {

struct TaskFinder::Impl {
  PatternTable patterns;
  FoldedHeadings headings;
  TableColumns columns;
  DeadlineReader deadlines;
  const Agencies* agencies;
};

namespace {

// Readers do not agree whether the job of a team that a decision sets up, or what its rules hold a body in
// charge of, is a task of it.
constexpr double kDisputed = 0.6;

// One run over one document.
class Run {
 public:
  Run(Document& document, const PatternTable& patterns, const FoldedHeadings& headings,
      const TableColumns& columns, const DeadlineReader& deadlines, const Agencies& agencies)
      : document_(document),
        text_(text_without_marks(document.text, document.footnote_marks)),
        patterns_(patterns),
        patterns_scan_(patterns, text_),
        columns_(columns),
        bodies_(patterns, agencies),
        deadlines_(deadlines),
        time_(time_of(document.header)),
        tables_(whole_tables(document, columns)),
        makes_rules_(makes_rules(document, patterns)),
        parts_(task_parts(document, text_, patterns, headings, agencies, makes_rules_)),
        sources_{document, text_, patterns, agencies, bodies_, deadlines_, time_, parts_, makes_rules_},
        judge_(sources_),
        context_(sources_) {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (parts_[i].attribute) attributes_[parts_[i].parent].push_back(i);
    }
  }

  void find();

 private:
  void add_unit(std::size_t index);
  void add_unit_task(std::size_t index, const std::vector<TextRange>& own, bool alone = false);
  void add_attributes(Task& task, std::size_t index) const;
  void find_dated_orders();
  void add_request(std::size_t index);
  void add_request(std::size_t index, TextRange where);
  void add_table(std::size_t index);
  void drop_closing(std::vector<TextRange>& own) const;
  std::vector<TextRange> own_paragraphs(const Section& section) const;
  void complete(Task& task, const Section& section, double confidence) const;

  Document& document_;
  const std::string text_;
  const PatternTable& patterns_;
  const PatternScan patterns_scan_;
  const TableColumns& columns_;
  const TaskBodies bodies_;
  const DeadlineReader& deadlines_;
  const DocumentTime time_;
  const WholeTables tables_;
  const bool makes_rules_;
  const std::vector<TaskPart> parts_;
  const TaskSources sources_;
  const TaskJudge judge_;
  TaskContext context_;
  std::size_t last_unit_ = kNoSection;  // the last unit of the body, before signature and appendices
  std::unordered_map<std::size_t, std::vector<std::size_t>>
      attributes_;  // of a section: "- Đơn vị chủ trì: …"
};

std::string joined(std::string_view text, const std::vector<TextRange>& ranges) {
  std::string out;
  for (const TextRange& range : ranges) {
    const std::string_view words = range.of(text);
    out.reserve(out.size() + words.size() + 1);
    if (!out.empty()) out += '\n';
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = std::min(words.find(' ', at), words.size());
      if (end > at) {
        const bool blank = at > 0 && !out.empty() && out.back() != '\n';
        if (blank) out += ' ';
        out.append(words, at, end - at);
      }
      at = end + 1;
    }
  }
  return out;
}

// "2.1 Ban hành quyết định thành lập Hội đồng:" on a line of its own above the paragraph that orders it.
// "Giao Sở Tài chính thực hiện các việc sau:" is no heading but the order itself.
bool is_heading_line(std::string_view text, const std::vector<TextRange>& own, const PatternTable& patterns) {
  constexpr std::size_t kLongest = 200;  // bytes
  const std::string_view first = own[0].of(text), next = own[1].of(text);
  if (first.size() > kLongest || first.empty() || first.back() != ':' || next.empty()) return false;
  std::size_t end = 0;
  if (!is_upper_letter(decode_utf8(next, end))) return false;
  std::vector<TextRange> groups;
  return !patterns.at("lead_in.follows").found_in(first) &&
         !patterns.at("verb.responsible").found_in(first) &&
         !patterns.at("verb.directs").match_at(first, 0, groups);
}

// What closes the document behind the paragraphs of its last unit.
void Run::drop_closing(std::vector<TextRange>& own) const {
  while (own.size() > 1 && judge_.closes(own.back().of(text_).substr(0, kClosingBytes))) own.pop_back();
}

std::vector<TextRange> Run::own_paragraphs(const Section& section) const {
  std::vector<TextRange> own;
  for (const TextRange& paragraph : section.paragraphs) {
    if (!paragraph.empty()) own.push_back(paragraph);
  }
  // "1. Rà soát thủ tục hành chính" and below it nothing but "Đơn vị chủ trì: …", "Thời hạn: …": the line is
  // the task.
  const bool only_attributes = std::all_of(own.begin(), own.end(), [&](const TextRange& paragraph) {
    return patterns_.at("attribute.line").found_in(paragraph.of(text_));
  });
  if (only_attributes && !section.heading_range.empty()) own.insert(own.begin(), section.heading_range);
  // What closes the document does not belong to its last unit.
  drop_closing(own);
  // Nor do the thanks that were joined to its last paragraph.
  if (!own.empty()) {
    TextRange& last = own.back();
    const std::size_t from = last.size() > kClosingBytes ? last.end - kClosingBytes : last.begin;
    std::vector<TextRange> groups;
    if (patterns_.at("none.thanks").find(std::string_view(text_).substr(0, last.end), from, groups)) {
      last.end = std::max(last.begin, skip_space_back(text_, groups[1].begin));
    }
    // Nor does "Nghị quyết này phổ biến đến chi bộ./." as its last sentence.
    const std::string_view words = last.of(text_);
    const std::size_t stop = words.size() > 3 ? words.rfind(". ", words.size() - 3) : std::string_view::npos;
    if (stop != std::string_view::npos && stop > 40 && judge_.closes(words.substr(stop + 2, kClosingBytes)))
      last.end = last.begin + stop + 1;
  }
  return own;
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
  // "… điện: - Chủ tịch Ủy ban nhân dân các tỉnh", and below the last addressee what is asked of them.
  if (document_.header.type == DocumentType::kOfficialTelegram && section.kind == SectionKind::kDash &&
      own.size() > 1 && parts_[index].directing == Directing::kNeutral) {
    for (std::size_t i = 1; i < own.size(); ++i) add_request(index, own[i]);
    return;
  }
  // "Giao Sở … theo dõi, đôn đốc …" below the last unit of the body: an order of its own.
  TextRange closing_order;
  if (own.size() > 1 && index == last_unit_ && judge_.orders_somebody(own.back().of(text_))) {
    closing_order = own.back();
    own.pop_back();
    // "Chỉ thị này thay thế Chỉ thị số …" before it
    drop_closing(own);
  }
  const TextRange tail = section.paragraphs.empty() ? TextRange{} : section.paragraphs.back();
  if (closing_order.empty() && index == last_unit_ && tail.begin >= own.back().end &&
      judge_.hands_in(tail.of(text_)))
    closing_order = tail;
  add_unit_task(index, own);
  if (!closing_order.empty()) add_unit_task(index, {closing_order}, true);
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
      FoundDeadlines when = deadlines_.in_text(text_, paragraph, time_);
      if (!when_known) {
        for (Deadline& one : when.deadlines) task.deadlines.push_back(std::move(one));
        if (when.inferred) task.inferred.assign(1, "deadlines");
      }
      if (task.timing.empty()) task.timing = std::move(when.timing);
    }
  }
}

void Run::add_unit_task(std::size_t index, const std::vector<TextRange>& own, bool alone) {
  const Section& section = document_.sections[index];
  const TextRange where{own.front().begin, own.back().end};
  if (!judge_.unit_gives_task(index, where.of(text_))) return;
  Task task;
  if (!alone) task.label = parts_[index].label;
  const bool headed =
      !alone && own.size() > 1 && section.heading.empty() && is_heading_line(text_, own, patterns_);
  std::vector<TextRange> told(own.begin() + (headed ? 1 : 0), own.end());
  // "… gửi những tài liệu sau đây: + Biên bản họp": the things belong to it.
  if (!alone && parts_[index].lists_things) {
    for (std::size_t i = index + 1; i < parts_.size() && parts_[i].thing; ++i) {
      for (const TextRange& paragraph : document_.sections[i].paragraphs)
        if (!paragraph.empty()) told.push_back(paragraph);
    }
  }
  task.text = joined(text_, told);
  task.from.where = {told.front().begin, told.back().end};
  for (const TextRange& paragraph : own) {
    TaskBodies::Stated said = bodies_.stated(text_, paragraph);
    if (task.lead.empty()) task.lead = std::move(said.lead);
    if (task.coordinating.empty()) task.coordinating = std::move(said.coordinating);
    if (task.result.empty()) task.result = std::move(said.result);
  }
  for (const TextRange& paragraph : own) {
    if (!task.lead.empty()) break;
    // "Chính phủ thống nhất với … . Giao Bộ …": who is ordered, not who consents.
    if (!judge_.consents(paragraph.of(text_))) {
      task.lead = alone ? bodies_.in_heading(text_, paragraph) : bodies_.at_start(text_, paragraph);
      continue;
    }
    task.lead = bodies_.in_order(text_, paragraph);
    // "… . Bộ Quốc phòng chủ trì, phối hợp với …"
    const std::string_view first =
        std::string_view(text_).substr(0, std::min(paragraph.end, paragraph.begin + kFirstClause));
    for (std::size_t stop = first.find(". ", paragraph.begin);
         task.lead.empty() && stop != std::string_view::npos; stop = first.find(". ", stop + 2)) {
      task.lead = bodies_.at_start(text_, {stop + 2, paragraph.end});
    }
  }
  for (const TextRange& paragraph : own) {
    for (AgencyMention& one : bodies_.coordinating(text_, paragraph)) {
      if (std::find(task.coordinating.begin(), task.coordinating.end(), one) == task.coordinating.end()) {
        task.coordinating.push_back(std::move(one));
      }
    }
    FoundDeadlines found = deadlines_.in_text(text_, paragraph, time_);
    for (Deadline& one : found.deadlines) task.deadlines.push_back(std::move(one));
    if (task.timing.empty()) task.timing = std::move(found.timing);
    if (found.inferred) task.inferred.assign(1, "deadlines");
  }
  if (!alone) {
    add_attributes(task, index);
    if (parts_[index].parent != kNoSection) add_attributes(task, parts_[index].parent);
    context_.inherit(task, index);
  }
  const bool sure = parts_[index].directing == Directing::kYes;
  complete(task, section, parts_[index].team || parts_[index].standing ? kDisputed : sure ? 0.95 : 0.8);
  document_.tasks.push_back(std::move(task));
}

void Run::add_request(std::size_t index) {
  const Section& section = document_.sections[index];
  add_request(index, section.paragraphs.empty()
                         ? section.where
                         : TextRange{section.paragraphs.front().begin, section.paragraphs.back().end});
}

void Run::add_request(std::size_t index, TextRange where) {
  const Section& section = document_.sections[index];
  FoundDeadlines found = deadlines_.in_text(text_, where, time_);
  if (!judge_.paragraph_requests(index, where.of(text_), found)) return;
  Task task;
  if (section.kind == SectionKind::kParagraph) task.label = parts_[index].label;
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
  std::vector<Task> rows = tasks_of_table(table, columns_, patterns_, bodies_, deadlines_, time_, directed);
  for (Task& task : rows) {
    const std::string& path = parts_[index].label;
    task.label = path.empty() ? task.label : path + (path == "PL" ? " " : ".") + task.label;
    task.assigned_by.clear();
    context_.inherit(task, index);
    complete(task, section, table.inferred ? 0.8 : 0.95);
    document_.tasks.push_back(std::move(task));
  }
}

// A decision or resolution that makes rules may say who carries it out ("Điều 8. Tổ chức thực hiện"), and may
// close with orders of its own: "Giao Sở Tài chính thẩm định, trình Ủy ban nhân dân tỉnh trong quý IV/2018".
// Of these only what names somebody and a day is one; the rest are rules.
void Run::find_dated_orders() {
  const DocumentType type = document_.header.type;
  if (type != DocumentType::kDecision && type != DocumentType::kResolution) return;
  bool attached = false;
  for (std::size_t i = 0; i < document_.sections.size(); ++i) {
    const SectionKind kind = document_.sections[i].kind;
    if (kind == SectionKind::kSignature || kind == SectionKind::kRecipients || kind == SectionKind::kAppendix)
      attached = true;
    if (parts_[i].unit && parts_[i].leaf && (!attached || parts_[i].carries_out)) add_unit(i);
  }
  for (std::size_t i = 0; i < document_.tasks.size(); ++i)
    document_.tasks[i].id = "k" + std::to_string(i + 1);
}

void Run::find() {
  document_.tasks.clear();
  if (makes_rules_) return find_dated_orders();
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
    } else if (parts_[i].attribute || parts_[i].thing) {
      continue;
    } else if (parts_[i].leaf &&
               (parts_[i].unit || (section.kind == SectionKind::kSection && judge_.section_orders(i)))) {
      add_unit(i);
    } else if (section.kind == SectionKind::kParagraph && parts_[i].directing != Directing::kNo &&
               (type == DocumentType::kDispatch || type == DocumentType::kOfficialTelegram ||
                judge_.gives_outright(section.where.of(text_)))) {
      add_request(i);
    }
  }
  for (std::size_t i = 0; i < document_.tasks.size(); ++i)
    document_.tasks[i].id = "k" + std::to_string(i + 1);
}

}  // namespace

TaskFinder::TaskFinder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TaskFinder::TaskFinder(TaskFinder&&) noexcept = default;
TaskFinder& TaskFinder::operator=(TaskFinder&&) noexcept = default;
TaskFinder::~TaskFinder() = default;
PatternTable& TaskFinder::patterns() { return impl_->patterns; }

Result<TaskFinder> TaskFinder::create(const Models& models, const Agencies& agencies) {
  auto patterns = PatternTable::load(models, "patterns/tasks");
  if (!patterns) return patterns.error();
  auto headings = FoldedHeadings::create(models);
  if (!headings) return headings.error();
  auto columns = TableColumns::create(models);
  if (!columns) return columns.error();
  auto deadlines = DeadlineReader::create(models);
  if (!deadlines) return deadlines.error();
  return TaskFinder(std::make_unique<Impl>(Impl{std::move(*patterns), std::move(*headings),
                                                std::move(*columns), std::move(*deadlines), &agencies}));
}

void TaskFinder::find(Document& document) const {
  Run(document, impl_->patterns, impl_->headings, impl_->columns, impl_->deadlines, *impl_->agencies).find();
}

}  // namespace vanban
