#include "extract/task_context.h"

#include <algorithm>
#include <string>
#include <utility>

#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

// Whether `name` is the committee `self` or its head, without its place: "Chủ tịch UBND xã".
bool heads(std::string_view name, std::string_view self) {
  constexpr std::string_view kCommittee = "ủy ban nhân dân ";
  if (match_words(self, 0, "ủy ban nhân dân") == 0) return false;
  std::string low = to_lower(name);
  for (const std::string_view title : {"phó chủ tịch ", "chủ tịch "}) {
    if (low.starts_with(title)) low.erase(0, title.size());
  }
  if (low.starts_with("ubnd ")) low.replace(0, 5, kCommittee);
  if (low.starts_with("uỷ ban nhân dân "))
    low.replace(0, std::string_view("uỷ ban nhân dân ").size(), kCommittee);
  return low.starts_with(kCommittee) && low.size() > kCommittee.size() &&
         match_words(self, 0, low) == low.size() && word_ends(self, low.size());
}

constexpr std::size_t kMostBodies = 128;  // more than all ministries and provinces: a list of something else

}  // namespace

void TaskContext::inherit(Task& task, std::size_t index) {
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
  for (std::size_t at = index; at != kNoSection; at = on_->parts[at].parent, own = false) {
    const Above& said = above(at, own);
    if (!own) {
      take_lead(said.lead_in_lead);
      take_assigned(said.lead_in_assigned);
    }
    take_lead(said.heading_lead);
    take_assigned(said.heading_assigned);
    const TextRange lead_in = on_->parts[at].lead_in;
    if (task.lead.empty() && !lead_in.empty()) {
      auto known = lead_ins_.find(lead_in.begin);
      if (known == lead_ins_.end()) {
        known = lead_ins_
                    .emplace(lead_in.begin,
                             others(on_->bodies.in_heading(on_->text, lead_in), lead_in.of(on_->text)))
                    .first;
      }
      take_lead(known->second);
    }
  }
  if (task.lead.empty() && on_->document.header.type == DocumentType::kAppendix) {
    const std::string& title = on_->document.header.subject;
    take_lead(others(on_->bodies.in_heading(title, {0, title.size()}), {}));
  }
}

// What a unit's heading and lead-in say, read once for each.
const TaskContext::Above& TaskContext::above(std::size_t index, bool own) {
  Above& said = above_[index];
  const Section& section = on_->document.sections[index];
  if (!said.heading_read) {
    said.heading_read = true;
    if (!section.heading_range.empty()) {
      said.heading_lead = others(on_->bodies.in_heading(on_->text, section.heading_range),
                                 section.heading_range.of(on_->text));
      said.heading_assigned = assigned_in(section.heading_range);
    }
  }
  if (!own && !said.lead_in_read) {
    said.lead_in_read = true;
    for (std::size_t i = section.paragraphs.size(); i > 0 && i + 3 > section.paragraphs.size(); --i) {
      const TextRange paragraph = section.paragraphs[i - 1];
      if (said.lead_in_lead.empty())
        said.lead_in_lead = others(on_->bodies.in_heading(on_->text, paragraph), paragraph.of(on_->text));
      if (said.lead_in_assigned.empty()) said.lead_in_assigned = assigned_in(paragraph);
    }
  }
  return said;
}

// The issuer and those above all do not do what they assign: "Chính phủ ban hành Kế hoạch … như sau". But
// "Trong tháng 11, Sở Y tế tập trung thực hiện một số nhiệm vụ sau" says what the issuer itself does.
std::vector<AgencyMention> TaskContext::others(std::vector<AgencyMention> named,
                                               std::string_view lead_in) const {
  std::vector<AgencyMention> out;
  std::vector<TextRange> groups;
  const auto acts = [&](const std::string& name) {
    const std::size_t at = lead_in.find(name);
    const std::size_t last = lead_in.find_last_not_of(" \n:.");
    if (at == 0 && last + 1 == name.size()) return true;  // "2. Sở Y tế:"
    // "1. Trách nhiệm của Công an tỉnh" in a plan of the Công an and another body
    if (at != std::string_view::npos && at > 0 && last + 1 == at + name.size() &&
        on_->patterns.at("group.of").match_at(lead_in, 0, groups) && groups[0].end == at)
      return true;
    return at != std::string_view::npos &&
           !on_->patterns.at("lead_in.asks").found_in(lead_in.substr(0, at)) &&
           on_->patterns.at("lead_in.does").match_at(lead_in.substr(at + name.size()), 0, groups);
  };
  for (AgencyMention& one : named) {
    // "Sở Nội vụ" in a plan of "Sở Nội vụ thành phố Cần Thơ" is itself.
    const std::string& self = on_->document.header.issuer.name;
    // So is "Chủ tịch UBND xã" in a notice of "Ủy ban nhân dân xã Thanh Hà".
    const bool issuer =
        (!one.id.empty() && one.id == on_->document.header.issuer.id) || heads(one.name, self) ||
        (one.id.empty() && one.name.size() >= 8 &&
         match_words(self, 0, to_lower(one.name)) == one.name.size() && word_ends(self, one.name.size()));
    if (issuer && acts(one.name)) {
      out.push_back(std::move(one));
      continue;
    }
    // Only the National Assembly orders the Government to act.
    const bool above = one.id == "chinh-phu" || one.id == "thu-tuong-chinh-phu";
    const std::string& by = on_->document.header.issuer.id;
    if (!issuer && (!above || by == "quoc-hoi" || by == "uy-ban-thuong-vu-quoc-hoi"))
      out.push_back(std::move(one));
  }
  return out;
}

std::vector<NumberedReference> TaskContext::assigned_in(TextRange range) const {
  std::vector<NumberedReference> found;
  if (range.empty()) return found;
  const auto& references = on_->document.references;
  auto it = std::lower_bound(references.begin(), references.end(), range.begin,
                             [](const Reference& one, std::size_t at) { return one.from.where.begin < at; });
  std::size_t last_end = static_cast<std::size_t>(-1);
  for (; it != references.end() && it->from.where.begin < range.end; ++it) {
    const std::size_t begin = it->from.where.begin;
    const std::size_t from = std::max(range.begin, begin > 160 ? begin - 160 : 0);
    const std::string_view before = on_->text.substr(from, begin - from);
    bool assigned =
        it->relation == Relation::kAssignedIn || on_->patterns.at("assigned.words").found_in(before);
    if (!assigned && last_end != static_cast<std::size_t>(-1) && begin >= last_end && begin - last_end < 40) {
      assigned = on_->patterns.at("assigned.joint").found_in(on_->text.substr(last_end, begin - last_end));
    }
    if (!assigned) continue;
    last_end = it->from.where.end;
    if (!it->number.empty()) found.push_back({it->number, it->date, it->target});
  }
  return found;
}

}  // namespace vanban
