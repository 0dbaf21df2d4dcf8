#include "extract/figure_context.h"

#include <algorithm>

#include "extract/table_columns.h"

namespace vanban {
namespace {

constexpr std::size_t kLongestLead = 400;  // bytes of a heading or lead-in that are looked at

// Whether `at` is the heading's first word, behind its label: in a document that is no report "Kết quả thực
// hiện năm 2023" reports, "Sử dụng kết quả đánh giá" does not.
bool leads(std::string_view heading, std::size_t at) {
  constexpr std::size_t kLongestLabel = 12;
  if (at > kLongestLabel) return false;
  std::size_t letters = 0;  // "II. ", "a) " and "Điều 5. " are labels
  for (const char c : heading.substr(0, at)) letters += c != ' ' && c != '.' && c != ')' && c != '-' ? 1 : 0;
  return letters <= 4;
}

TextRange clipped(TextRange range, std::size_t longest) {
  return {range.begin, std::min(range.end, range.begin + longest)};
}

}  // namespace

Result<FigureStances> FigureStances::create(const Models& models) {
  const Result<const ModelTable*> table = models.table("document_types");
  if (!table) return table.error();
  FigureStances stances;
  for (std::size_t i = 0; i < (*table)->rows.size(); ++i) {
    const std::string& figures = (*table)->at(i, "figures");
    const std::optional<DocumentType> type = document_type_from_name((*table)->at(i, "type"));
    const bool known = figures.empty() || figures == "reports" || figures == "rules" || figures == "directs";
    const Stance stance = figures == "reports" ? Stance::kReport
                          : figures == "rules" ? Stance::kRule
                                               : Stance::kNeutral;
    // kOther holds types that have nothing in common.
    const bool agrees = !type || *type == DocumentType::kOther || !known ||
                        stances.stances_.try_emplace(*type, stance).first->second == stance;
    if (!type || !known || !agrees) {
      return make_error(ErrorCode::kBadTable, (*table)->file + ":" + std::to_string((*table)->lines[i]) +
                                                  ": what figures are: " + figures);
    }
    if (figures == "directs") stances.directing_.insert(*type);
  }
  return stances;
}

Stance FigureStances::of(DocumentType type) const {
  const auto found = stances_.find(type);
  return found == stances_.end() ? Stance::kNeutral : found->second;
}

FigureContext::FigureContext(const Document& document, const PatternTable& patterns,
                             const FigureStances& stances)
    : document_(document),
      patterns_(patterns),
      stances_(stances),
      text_(text_without_marks(document.text, document.footnote_marks)),
      patterns_scan_(patterns, text_),
      paths_(section_paths(document, text_)) {
  document_stance_ = stances.of(document.header.type);
  for (const Task& task : document.tasks) tasks_.emplace_back(task.from.where, &task);
  std::stable_sort(tasks_.begin(), tasks_.end(),
                   [](const auto& a, const auto& b) { return a.first.begin < b.first.begin; });
  const Pattern& before = patterns.at("assigned_before");
  for (const Reference& reference : document.references) {
    constexpr std::size_t kWindow = 80;
    const std::size_t at = std::min(reference.from.where.begin, text_.size());
    std::size_t from = at > kWindow ? at - kWindow : 0;
    while (from < at && (static_cast<unsigned char>(text_[from]) & 0xC0) == 0x80) ++from;
    const bool assigns = reference.relation == Relation::kAssignedIn ||
                         before.found_in(std::string_view(text_).substr(from, at - from));
    if (assigns) assigning_.emplace_back(reference.from.where, &reference);
  }
  std::stable_sort(assigning_.begin(), assigning_.end(),
                   [](const auto& a, const auto& b) { return a.first.begin < b.first.begin; });
  place_sections(patterns);
}

void FigureContext::place_sections(const PatternTable& patterns) {
  const Pattern& aim = patterns.at("heading.aim");
  const Pattern& goal = patterns.at("heading.goal");
  const Pattern& report = patterns.at("heading.report");
  const Pattern& settled = patterns.at("heading.settled");
  const Pattern& work = patterns.at("heading.work");
  const std::vector<Section>& sections = document_.sections;
  places_.resize(sections.size());
  std::vector<std::string> introduced(sections.size() + 1);  // by parent: the period of its last lead-in
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const Section& section = sections[i];
    Place& place = places_[i];
    place.stance = document_stance_;
    if (const std::size_t parent = paths_.of[i].parent; parent != kNoSection) place = places_[parent];
    place.label = paths_.of[i].label;
    const std::size_t slot = paths_.of[i].parent == kNoSection ? sections.size() : paths_.of[i].parent;
    if (!introduced[slot].empty()) place.period = introduced[slot];
    if (section.kind == SectionKind::kTable) continue;
    if (!section.paragraphs.empty()) {
      // "Từ nay đến năm 2021, phấn đấu hoàn thành các chỉ tiêu sau:" holds for the units behind it or in it.
      const std::string_view said = clipped(section.paragraphs.back(), kLongestLead).of(text_);
      const std::size_t last = said.find_last_not_of(" \n");
      if (last != std::string_view::npos && said[last] == ':' && aim.found_in(said)) {
        std::string period = period_in(said, true);
        if (section.kind == SectionKind::kParagraph && !period.empty()) introduced[slot] = period;
        if (!period.empty()) place.period = std::move(period);
      }
    }
    // The heading, or a lead-in line ("… cụ thể như sau:").
    TextRange lead = clipped(section.heading_range, kLongestLead);
    if (lead.empty() && !section.paragraphs.empty()) {
      const TextRange first = section.paragraphs.front();
      const std::size_t last = first.of(text_).find_last_not_of(" \n");
      // Its last words tell what follows: "… đạt mục tiêu Chính phủ giao tại Nghị quyết số 01/NQ-CP, cụ thể:"
      constexpr std::size_t kLastWords = 200;
      if (last != std::string_view::npos && text_[first.begin + last] == ':') {
        lead = first;
        if (lead.size() > kLastWords) lead.begin = lead.end - kLastWords;
        while (lead.begin < lead.end && (static_cast<unsigned char>(text_[lead.begin]) & 0xC0) == 0x80)
          ++lead.begin;
      }
    }
    if (!lead.empty() && document_stance_ != Stance::kRule) {
      const std::string_view words = lead.of(text_);
      std::vector<TextRange> at;
      const std::size_t aim_at = aim.find(words, 0, at) ? at[0].begin : std::string_view::npos;
      const std::size_t report_at = report.find(words, 0, at) ? at[0].begin : std::string_view::npos;
      // "Kết quả thực hiện các chỉ tiêu" reports, "Nhiệm vụ đánh giá tình hình" directs: the first word
      // tells.
      if (settled.found_in(words)) {  // "Phê chuẩn quyết toán ngân sách năm 2013:" tells what was spent
        place.stance = Stance::kReport;
        place.goal = false;
      } else if (aim_at < report_at) {
        place.stance = Stance::kAim;
        // "2. Trong xây dựng nông thôn mới phấn đấu:" among the goals goes on with them.
        place.goal = goal.found_in(words) || (place.goal && !work.found_in(words));
      } else if (report_at != std::string_view::npos &&
                 (document_stance_ == Stance::kReport || leads(words, report_at))) {
        place.stance = Stance::kReport;
        place.goal = false;
      }
      if (std::string period = period_in(words); !period.empty()) place.period = std::move(period);
    }
    // Whole lead, however long: "… đạt mục tiêu Chính phủ giao tại Nghị quyết số 01/NQ-CP, cụ thể:"
    bool assigns = !section.heading_range.empty() && !assigned_in(section.heading_range).empty();
    for (std::size_t k = 0; k < section.paragraphs.size() && !assigns; ++k) {
      assigns = !assigned_in(section.paragraphs[k]).empty();
    }
    if (assigns) place.assigned = i;
  }
}

std::size_t FigureContext::index_of(const std::string& section_id) const {
  const auto found = paths_.index_of.find(section_id);
  return found == paths_.index_of.end() ? kNoSection : found->second;
}

const Task* FigureContext::task_at(std::size_t offset) const {
  auto after = std::upper_bound(tasks_.begin(), tasks_.end(), offset,
                                [](std::size_t at, const auto& one) { return at < one.first.begin; });
  if (after == tasks_.begin()) return nullptr;
  --after;
  return after->first.contains(offset) ? after->second : nullptr;
}

std::vector<NumberedReference> FigureContext::assigned_in(TextRange range) const {
  std::vector<NumberedReference> found;
  auto at = std::lower_bound(assigning_.begin(), assigning_.end(), range.begin,
                             [](const auto& one, std::size_t begin) { return one.first.begin < begin; });
  for (; at != assigning_.end() && at->first.begin < range.end; ++at) {
    const Reference& reference = *at->second;
    found.push_back({reference.number, reference.date, reference.target});
  }
  return found;
}

std::vector<NumberedReference> FigureContext::assigned_by(std::size_t section) const {
  if (section >= places_.size() || places_[section].assigned == kNoSection) return {};
  const Section& from = document_.sections[places_[section].assigned];
  std::vector<NumberedReference> found;
  if (!from.heading_range.empty()) found = assigned_in(from.heading_range);
  for (std::size_t i = 0; i < from.paragraphs.size() && found.empty(); ++i)
    found = assigned_in(from.paragraphs[i]);
  return found;
}

std::string FigureContext::frame_period() const {
  std::string period = period_in(document_.header.subject);
  if (period.empty() && stances_.directs(document_.header.type) && document_.header.date.known()) {
    period = std::to_string(document_.header.date.year);
  }
  return period;
}

Provenance FigureContext::provenance(TextRange where, const std::string& section, int page,
                                     double confidence) const {
  Provenance from;
  from.where = where;
  from.section = section;
  from.page = page != 0 ? page : page_of(document_.blocks, document_.words, where.begin);
  const auto [read, doubtful] = confidence_of(document_.words, where);
  from.confidence = std::min(confidence, read);
  if (doubtful) from.confidence = std::min(from.confidence, 0.5);
  from.boxes = boxes_of(document_.words, where);
  return from;
}

}  // namespace vanban
