// What a task states apart from its sentence: attributes ("Đơn vị chủ trì: …"), brackets, the cells of a
// table.

#include <algorithm>
#include <string>

#include "extract/body_lists.h"
#include "extract/task_bodies.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

}  // namespace

TaskBodies::Stated TaskBodies::stated(std::string_view text, TextRange range) const {
  Stated said;
  const std::string_view part = range.of(text);
  std::vector<TextRange> groups;
  const Pattern& any = patterns_->at("attribute.any");
  // Each attribute reaches to the next one or to the end of its line.
  const bool labelled = part.find(':') != kNone;  // most paragraphs have none
  for (std::size_t at = 0; labelled && at < part.size() && any.find(part, at, groups);) {
    const TextRange name = groups[1];
    const std::size_t from = groups[0].end;
    std::size_t to = std::min(part.find('\n', from), part.size());
    if (any.find(part, from, groups) && groups[0].begin < to) to = groups[0].begin;
    at = std::max(from, at + 1);
    const std::string_view words = name.of(part);
    std::string_view value = part.substr(from, to - from);
    if (patterns_->at("attribute.result").match_at(words, 0, groups)) {
      if (said.result.empty())
        said.result = std::string(value.substr(0, skip_space_back(value, value.size())));
      continue;
    }
    const bool lead = patterns_->at("attribute.lead").match_at(words, 0, groups);
    const bool with = !lead && patterns_->at("attribute.with").match_at(words, 0, groups);
    if (!lead && !with) continue;
    if (const std::size_t stop = value.find(". "); stop != kNone) value = value.substr(0, stop);
    if (const std::size_t close = value.find(')');
        close != kNone && value.substr(0, close).find('(') == kNone) {
      value = value.substr(0, close);
    }
    while (!value.empty() && std::string_view(" .;,-").find(value.back()) != kNone) value.remove_suffix(1);
    constexpr std::size_t kLongestValue = 600;
    if (value.empty() || value.size() > kLongestValue) continue;
    add_new(lead ? said.lead : said.coordinating, in_cell(value));
  }
  if (!said.lead.empty()) return said;
  // "… trong quý III/2025 (Bộ Tài chính chủ trì, phối hợp với Bộ Nội vụ)."
  const std::size_t tail = part.size() > kFirstClause ? part.size() - kFirstClause : 0;
  for (std::size_t at = part.find('(', tail); at != kNone; at = part.find('(', at + 1)) {
    const std::size_t close = part.find(')', at);
    if (close == kNone) break;
    std::size_t end = at + 1;
    const auto list = agencies_->list_at(part.substr(0, close), at + 1, &end);
    if (!is_body_list(list)) continue;
    if (!patterns_->at("bracket.lead").match_at(part.substr(end, close - end), 0, groups)) continue;
    said.lead = mentions(list);
    // "(Sở Nội vụ chủ trì; các sở, ban, ngành phối hợp)"
    for (std::size_t next = part.find(';', end); next < close; next = part.find(';', next + 1)) {
      std::size_t behind = skip_space(part, next + 1);
      const auto with = agencies_->list_at(part.substr(0, close), behind, &behind);
      if (is_body_list(with) &&
          patterns_->at("bracket.with").match_at(part.substr(behind, close - behind), 0, groups))
        add_new(said.coordinating, mentions(with));
    }
    break;
  }
  return said;
}

std::vector<AgencyMention> TaskBodies::all_of(std::string_view words) const {
  while (!words.empty() && std::string_view(" .;:,").find(words.back()) != kNone) words.remove_suffix(1);
  // "Nhiệm vụ của Sở Y tế", "Sở Giáo dục và Đào tạo chủ trì"
  std::size_t end = 0;
  std::vector<TextRange> groups;
  if (patterns_->at("group.of").match_at(words, 0, groups)) end = groups[0].end;
  const auto list = agencies_->list_at(words, end, &end);
  if (is_body_list(list) &&
      (end == words.size() || patterns_->at("bracket.lead").match_at(words.substr(end), 0, groups)))
    return mentions(list);
  return stated(words, {0, words.size()}).lead;
}

TaskBodies::Stated TaskBodies::in_joint_cell(std::string_view cell) const {
  Stated said;
  std::vector<TextRange> groups;
  if (!patterns_->at("cell.joint").found_in(cell)) {
    said.lead = in_cell(cell);
    return said;
  }
  said = stated(cell, {0, cell.size()});
  if (!said.lead.empty() || !said.coordinating.empty()) return said;
  // "Thanh tra Sở chủ trì; các phòng phối hợp"
  if (patterns_->at("cell.roles").match_at(cell, 0, groups)) {
    said.lead = in_cell(groups[1].of(cell));
    said.coordinating = in_cell(groups[2].of(cell));
    return said;
  }
  // "Bộ Nội vụ chủ trì, phối hợp với các bộ, ngành, địa phương"
  const Pattern& with = patterns_->at("coordinating");
  std::size_t end = cell.size();
  if (with.find(cell, 0, groups)) {
    end = groups[0].begin;
    said.coordinating = in_cell(cell.substr(groups[0].end));
  }
  said.lead = in_cell(cell.substr(0, end));
  return said;
}

std::vector<AgencyMention> TaskBodies::in_cell(std::string_view cell) const {
  std::vector<AgencyMention> out;
  std::vector<TextRange> groups;
  for (AgencyMention one : mentions(agencies_->split(cell, {0, cell.size()}))) {
    // "Ủy ban nhân dân cấp tỉnh trình Hội đồng nhân dân cùng cấp": who acts, and then what.
    if (patterns_->at("cell.cut").find(one.name, 0, groups) && groups[0].begin != 0) {
      one.name.resize(groups[0].begin);
      one.id = agencies_->resolve(one.name);
    }
    add_new(out, {one});
  }
  return out;
}

}  // namespace vanban
