#include "extract/task_bodies.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "extract/body_lists.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/identity.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_letter_at(std::string_view text, std::size_t at) { return is_letter(decode_utf8(text, at)); }

bool is_mark_or_end(std::string_view text, std::size_t at) {
  at = skip_space(text, at);
  if (at < text.size() && text[at] == '(') {  // "Sở Y tế (Cơ quan thường trực):"
    const std::size_t close = text.substr(at, 120).find(')');
    if (close != kNone) at = skip_space(text, at + close + 1);
  }
  return at >= text.size() || text[at] == ':' || text[at] == '\n' || text[at] == '.';
}

}  // namespace

std::vector<AgencyMention> TaskBodies::mentions(const std::vector<AgencyMatch>& list) const {
  std::vector<AgencyMention> out;
  std::unordered_set<std::string> seen;
  for (const AgencyMatch& one : list) {
    AgencyMention mention = one.mention;
    if (!seen.insert(mention.name).second) continue;
    if (is_upper_case(mention.name) && mention.name.size() > 8) {
      mention.name = one.group ? to_sentence_case(mention.name) : agencies_->normal_case(mention.name);
    }
    out.push_back(std::move(mention));
  }
  return out;
}

std::vector<AgencyMention> TaskBodies::at_start(std::string_view text, TextRange range) const {
  // "Định kỳ, Thường trực Ủy ban chủ trì": who acts stands behind the adverb.
  const std::string_view part = text.substr(0, std::min(range.end, text.size()));
  const std::size_t begin = std::min(skip_space(part, range.begin), part.size());
  std::vector<TextRange> groups;
  if (patterns_->at("lead.adverb").match_at(part.substr(begin, kFirstClause), 0, groups)) {
    std::vector<AgencyMention> found = subject_at(text, {begin + groups[0].end, range.end});
    if (!found.empty()) return found;
  }
  return subject_at(text, range);
}

std::vector<AgencyMention> TaskBodies::subject_at(std::string_view text, TextRange range) const {
  const std::string_view part = text.substr(0, std::min(range.end, text.size()));
  const std::size_t begin = skip_space(part, range.begin);
  std::size_t at = begin;
  std::vector<TextRange> groups;
  const std::string_view from_start = part.substr(std::min(at, part.size()), kFirstClause);
  bool prefixed = false;
  if (patterns_->at("lead.prefix").match_at(from_start, 0, groups)) {
    at += groups[0].end;
    prefixed = true;
  }
  // "|Đồng chí Bí thư Tỉnh ủy …": the address is no part of whom it names, where it is a known body.
  if (patterns_->at("lead.honorific")
          .match_at(part.substr(std::min(at, part.size()), kFirstClause), 0, groups) &&
      is_body_list(agencies_->list_at(part, at + groups[0].end))) {
    at += groups[0].end;
  }
  if (auto listed = before_colon(part, at); !listed.empty()) return listed;
  std::size_t end = at;
  const auto list = agencies_->list_at(part, at, &end);
  const std::size_t names_end = end;
  std::vector<AgencyMention> persons =
      is_body_list(list) ? with_person(part, list, end) : std::vector<AgencyMention>{};
  // "Chính phủ trân trọng đề nghị Ban Tuyên giáo …", "Phó Thủ tướng Vũ Văn Ninh giao các Bộ: …": those asked.
  if (is_body_list(list) && patterns_->at("lead.asks").match_at(part.substr(end, 200), 0, groups)) {
    const auto asked = agencies_->list_at(part, end + groups[0].end);
    if (is_body_list(asked)) return mentions(asked);
  }
  if (end != names_end) return persons;
  // "Cơ quan, tổ chức |sử dụng dịch vụ có trách nhiệm giám sát": which of them, up to the duty.
  if (is_body_list(list) && list.size() == 1 && list.front().group &&
      patterns_->at("group.which").match_at(part.substr(end, kFirstClause), 0, groups)) {
    const std::string name(part.substr(at, end + groups[1].end - at));
    return {{name, "group:" + slug(name)}};
  }
  if (is_body_list(list) && !name_goes_on(part, end)) {
    const bool subject = patterns_->at("verb.duty").match_at(part.substr(end, 200), 0, groups) ||
                         patterns_->at("lead.assigned").match_at(part.substr(end, 200), 0, groups) ||
                         patterns_->at("body.when").match_at(part.substr(end, 200), 0, groups);
    const bool one_unsure = list.size() == 1 && !list.front().group && list.front().mention.id.empty();
    // "Giao Bộ Ngoại giao|, Ban Chỉ đạo 389 quốc gia kiểm tra": the registry knows only the first.
    if (prefixed && !subject && patterns_->at("body.goes_on").match_at(part.substr(end, 200), 0, groups)) {
      if (auto named = phrase(part, at, end, false); !named.empty()) return named;
    }
    // What follows the names is what they do. "Bộ Y tế về việc …" names nobody who acts.
    if (subject || prefixed || is_mark_or_end(part, end)) return mentions(list);
    const std::size_t next = skip_space(part, end);
    static constexpr std::string_view kNotActing[] = {"về", "của", "tại", "ngày", "số",
                                                      "và", "đã",  "là",  "được", "như"};
    const bool owned = match_words(part, next, "của") != 0;  // "Các phòng của Sở Y tế cử": its shape tells
    for (const std::string_view word : kNotActing) {
      const std::size_t length = match_words(part, next, word);
      if (!owned && length != 0 && word_ends(part, next + length)) return {};
    }
    // "Cục Thuế| tỉnh, Kho bạc Nhà nước tỉnh tổ chức", "Các cơ sở giáo dục| đại học tổ chức"
    const std::string_view rest = part.substr(end, 200);
    if (patterns_->at("body.goes_on").match_at(rest, 0, groups) || list.back().group) {
      if (auto named = phrase(part, at, end, false); !named.empty()) return named;
    }
    if (!one_unsure && !owned) return mentions(list);
  }
  // "b) Thanh tra khoa học và công nghệ: Ủy ban nhân dân các huyện, thị xã làm đầu mối": who acts stands
  // behind the topic.
  if (!prefixed && patterns_->at("lead.topic").match_at(from_start, 0, groups)) {
    std::size_t stop = at + groups[0].end;
    const std::size_t behind = stop;
    const auto acting_list = agencies_->list_at(part, behind, &stop);
    if (is_body_list(acting_list) && patterns_->at("verb.duty").match_at(part.substr(stop, 200), 0, groups)) {
      return mentions(acting_list);
    }
    // "Về chăm lo Tết: Phòng LĐTB&XH chủ trì"
    if (!is_body_list(acting_list)) {
      if (auto named = named_by_shape(from_start.substr(groups[0].end), false); !named.empty()) return named;
    }
    // "Về Dự án cao tốc …: Giao Bộ Xây dựng chủ trì"
    if (auto ordered = at_order(part, behind); !ordered.empty()) return ordered;
    // "…: Đồng ý về nguyên tắc; Ủy ban nhân dân tỉnh chủ động làm việc với …"
    if (patterns_->at("verb.directs").match_at(part.substr(behind, 60), 0, groups)) {
      if (auto found = acting(text, {behind, range.end}, behind); !found.empty()) return found;
    }
  }
  // "Đối với các dự án chậm tiến độ, Bộ Xây dựng chủ trì": what it is about, then who acts.
  if (prefixed && match_words(part, begin, "đối với") != 0) {
    const std::size_t stop = from_start.find(". ");
    if (auto found = acting(text, {begin, stop == kNone ? part.size() : begin + stop}, at); !found.empty())
      return found;
  }
  if (auto named = named_by_shape(from_start.substr(prefixed ? at - begin : 0), prefixed); !named.empty()) {
    return named;
  }
  if (auto ordered = in_order(text, range); !ordered.empty()) return ordered;
  if (patterns_->at("lead.opening").match_at(from_start, 0, groups)) {
    // "Trên cơ sở nội dung Chỉ thị số 52-CT/TW, …, các Bộ, cơ quan ngang bộ, … tổ chức xây dựng"
    const std::size_t stop = from_start.find(". ");
    return acting(text, {at, stop == kNone ? part.size() : at + stop}, at);
  }
  return {};
}

std::vector<AgencyMention> TaskBodies::in_order(std::string_view text, TextRange range) const {
  const std::string_view part = text.substr(0, std::min(range.end, text.size()));
  const std::size_t begin = std::min(skip_space(part, range.begin), part.size());
  std::vector<TextRange> groups;
  if (!patterns_->at("order.sentence").find(part.substr(begin, kFirstClause), 0, groups)) return {};
  return at_order(part, skip_space(part, begin + groups[0].begin + 1));
}

std::vector<AgencyMention> TaskBodies::at_order(std::string_view text, std::size_t at) const {
  std::vector<TextRange> groups;
  const std::string_view from = text.substr(std::min(at, text.size()), kFirstClause);
  if (!patterns_->at("lead.prefix").match_at(from, 0, groups)) return {};
  std::size_t end = at + groups[0].end;
  const auto list = agencies_->list_at(text, end, &end);
  if (is_body_list(list)) return with_person(text, list, end);
  return named_by_shape(from.substr(groups[0].end), true);
}

std::vector<AgencyMention> TaskBodies::acting(std::string_view text, TextRange range, std::size_t from,
                                              bool guided) const {
  const std::string_view part = text.substr(0, std::min(range.end, text.size()));
  const std::size_t stop = std::min(part.size(), from + kFirstClause);
  std::vector<TextRange> groups;
  const Pattern& duty = patterns_->at("verb.duty");
  const Pattern& asked = guided ? patterns_->at("lead.guided") : patterns_->at("lead.asked");
  const Pattern& assigned = patterns_->at("lead.assigned");
  for (std::size_t at = from; at < stop;) {
    if (word_starts(part, at) && part[at] != ' ') {
      std::size_t end = at;
      const auto list = agencies_->list_at(part, at, &end);
      if (is_body_list(list)) {
        const std::size_t before = at > 60 ? at - 60 : 0;
        const std::string_view left = part.substr(before, at - before);
        // The one who acts begins a clause; "năng lực cho các cơ quan …" is what something is done for.
        const std::size_t clause = skip_space_back(part, at);
        const char mark = clause == 0 ? '.' : part[clause - 1];
        const bool begins = clause <= range.begin || mark == ',' || mark == '.' || mark == ';' || mark == ':';
        const bool has_duty = duty.match_at(part.substr(end, 200), 0, groups);
        if (asked.found_in(left) || (begins && has_duty) ||
            assigned.match_at(part.substr(end, 200), 0, groups)) {
          // "yêu cầu …; Giám đốc các trung tâm |giáo dục thường xuyên thực hiện": more of the last name
          const std::size_t next = skip_space(part, end);
          if (!has_duty && list.back().group && next < part.size() && is_letter_at(part, next) &&
              !predicate_at(part, next)) {
            auto named = phrase(part, at, end, false);
            if (named.size() == list.size() && named.back().name.starts_with(list.back().mention.name))
              return named;
          }
          return with_person(part, list, end);
        }
        // "Kế hoạch của Chính phủ, các bộ, địa phương chủ động …": the owner of the plan, then those who act.
        // "Trên cơ sở đề xuất của các bộ, các tỉnh, Bộ Tài chính tổng hợp": the last one acts.
        if (has_duty && list.size() > 1 && patterns_->at("lead.owner").found_in(left)) {
          const std::string& owner = list.front().mention.id;
          if (owner == "chinh-phu" || owner == "thu-tuong-chinh-phu")
            return mentions({list.begin() + 1, list.end()});
          if (!list.back().group) return mentions({list.end() - 1, list.end()});
        }
        at = std::max(end, at + 1);
        continue;
      }
    }
    decode_utf8(part, at);
  }
  return {};
}

// "Trách nhiệm của Thủ trưởng cơ quan chuyên môn cấp tỉnh, Chủ tịch …": bodies up to its end; "Quyền và trách
// nhiệm của cơ quan, tổ chức |sử dụng dịch vụ": with what tells which of them.
std::vector<AgencyMention> TaskBodies::whose(std::string_view heading) const {
  constexpr std::size_t kLongest = 200;
  std::vector<TextRange> groups;
  const std::size_t last = heading.find_last_not_of(" :.;\n");
  if (last == kNone || last > kLongest || !patterns_->at("article.whose").match_at(heading, 0, groups))
    return {};
  const std::size_t begin = groups[0].end;
  std::size_t end = begin;
  const auto list = agencies_->list_at(heading, begin, &end);
  if (!is_body_list(list)) return {};
  if (end > last) return mentions(list);
  const std::string_view rest = heading.substr(end, last + 1 - end);
  if (list.size() > 1 || !list.front().group || rest.front() != ' ' ||
      rest.find_first_of(",;:.\n") != kNone || patterns_->at("body.no").found_in(rest))
    return {};
  const std::string name(heading.substr(begin, last + 1 - begin));
  return {{name, "group:" + slug(name)}};
}

std::vector<AgencyMention> TaskBodies::in_heading(std::string_view text, TextRange range) const {
  if (range.empty()) return {};
  if (auto named = whose(range.of(text)); !named.empty()) return named;
  // "6. Cục Thuế tỉnh, Kho bạc Nhà nước tỉnh": a heading that is nothing but names.
  constexpr std::size_t kLongestNames = 300;
  if (range.size() < kLongestNames) {
    const std::string_view head = text.substr(0, std::min(range.end, text.size()));
    std::size_t begin = skip_space(head, range.begin), known = begin;
    std::vector<TextRange> prefix;
    if (patterns_->at("lead.prefix").match_at(head.substr(std::min(begin, head.size())), 0, prefix))
      known = begin += prefix[0].end;
    const auto list = agencies_->list_at(head, begin, &known);
    const std::size_t last = head.find_last_not_of(" :.;");
    const bool all = last != kNone && known > last;
    const bool continues =
        patterns_->at("body.goes_on").match_at(head.substr(std::min(known, head.size())), 0, prefix) ||
        list.empty() || list.back().group;
    if (!all && continues) {
      if (auto named = phrase(head, begin, is_body_list(list) ? known : 0, true); !named.empty())
        return named;
    }
  }
  std::vector<AgencyMention> found = at_start(text, range);
  if (!found.empty()) return found;
  if (found = stated(text, range).lead; !found.empty()) return found;
  // "a) Tổ đảng ở Thường trực Ủy ban Xã hội": a body that the registry does not have, as printed.
  std::vector<TextRange> groups;
  const std::string_view whole = range.of(text);
  if (whole.size() < 180 &&
      (patterns_->at("heading.body").match_at(whole, 0, groups) ||
       patterns_->at("heading.whose").match_at(whole, 0, groups)) &&
      groups.size() > 1) {
    std::string_view name = groups[1].of(whole);
    name = name.substr(0, skip_space_back(name, name.size()));
    if (!patterns_->at("body.no").found_in(name)) return {{std::string(name), agencies_->resolve(name)}};
  }
  // The last words of a long lead-in say who is to act.
  const std::size_t from = range.size() > 2 * kFirstClause ? range.end - 2 * kFirstClause : range.begin;
  std::size_t edge = from;
  while (edge < range.end && edge != range.begin && !word_starts(text, edge)) ++edge;
  const TextRange last{edge, range.end};
  found = acting(text, last, edge);
  // "Ban Thường vụ … hướng dẫn các cấp công đoàn tổ chức … như sau:"
  if (found.empty() && !whole.empty() && whole.back() == ':') found = acting(text, last, edge, true);
  const std::size_t further = std::min(range.end, edge + kFirstClause);
  if (found.empty() && further < range.end) found = acting(text, range, further);
  if (!found.empty() || whole.empty() || whole.back() != ':') return found;
  // "… yêu cầu Hiệu trưởng các trường:", "… yêu cầu Viện kiểm sát hai cấp thực hiện tốt các nhiệm vụ sau:"
  const std::string_view end = whole.substr(whole.size() > kFirstClause ? whole.size() - kFirstClause : 0);
  if (!patterns_->at("lead_in.whom").find(end, 0, groups) || groups.size() < 2) return {};
  const std::string_view whom = groups[1].of(end);
  return phrase(whom, 0, 0, whom.size() < kLongestNames);
}

std::vector<AgencyMention> TaskBodies::coordinating(std::string_view text, TextRange range) const {
  std::vector<AgencyMention> out;
  std::vector<TextRange> groups;
  const std::string_view part = text.substr(0, std::min(range.end, text.size()));
  std::size_t at = range.begin;
  while (at < part.size() && patterns_->at("coordinating").find(part, at, groups)) {
    const std::size_t behind = groups[0].end;
    at = behind;
    std::size_t end = behind;
    const auto list = agencies_->list_at(part, behind, &end);
    if (is_body_list(list) && !name_goes_on(part, end)) {
      add_new(out, mentions(list));
      at = std::max(at, add_more(part, end, out));
    } else if (auto named = named_by_shape(part.substr(behind, kFirstClause), false); !named.empty()) {
      add_new(out, named);
    } else if (is_body_list(list)) {
      add_new(out, mentions(list));
      at = std::max(at, end);
    }
  }
  return out;
}

// "…, |Báo Ninh Bình tăng thời lượng": behind a list those that only their shape tells; where they end.
std::size_t TaskBodies::add_more(std::string_view part, std::size_t end,
                                 std::vector<AgencyMention>& into) const {
  std::vector<TextRange> groups;
  while (end < part.size() &&
         patterns_->at("body.more").match_at(part.substr(end, kFirstClause), 0, groups)) {
    const std::string_view name = groups[1].of(part.substr(end));
    const std::size_t next = skip_space(part, end + groups[1].end);
    const bool ends = next >= part.size() || std::string_view(",;.:)").find(part[next]) != kNone;
    if (!ends && !predicate_at(part, next)) break;  // "Trung tâm Y| tế": more of the name
    add_new(into, {{std::string(name), agencies_->resolve(name)}});
    end += groups[1].end;
    std::size_t more = skip_space(part, end);
    if (more >= part.size() || part[more] != ',') continue;
    more = skip_space(part, more + 1);
    std::size_t behind = more;
    const auto list = agencies_->list_at(part, more, &behind);
    if (!is_body_list(list)) continue;
    add_new(into, mentions(list));
    end = behind;
  }
  return end;
}

}  // namespace vanban
