#include "extract/task_bodies.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kFirstClause = 700;  // bytes in which a task says who acts
constexpr std::size_t kNone = std::string_view::npos;

// A single province is a place, not somebody who acts.
bool is_body_list(const std::vector<AgencyMatch>& list) {
  return !list.empty() && (list.size() > 1 || !list.front().place);
}

// "Lãnh đạo Ban| Công tác đại biểu": the name goes on in words that the registry does not have.
bool goes_on(std::string_view text, std::size_t end) {
  if (end >= text.size() || text[end] != ' ') return false;
  std::size_t at = skip_space(text, end);
  return at < text.size() && is_upper_letter(decode_utf8(text, at));
}

bool is_mark_or_end(std::string_view text, std::size_t at) {
  at = skip_space(text, at);
  if (at < text.size() && text[at] == '(') {  // "Sở Y tế (Cơ quan thường trực):"
    const std::size_t close = text.substr(at, 120).find(')');
    if (close != kNone) at = skip_space(text, at + close + 1);
  }
  return at >= text.size() || text[at] == ':' || text[at] == '\n' || text[at] == '.';
}

// No name and no further collective in `words`, and no more than a few: ", học viện, trường cao đẳng", "
// thành viên".
bool goes_on_small(std::string_view words) {
  constexpr std::ptrdiff_t kMostWords = 6;
  if (std::count(words.begin(), words.end(), ' ') > kMostWords) return false;
  for (std::size_t at = 0; at < words.size();) {
    const bool starts = word_starts(words, at);
    if (starts && (match_words(words, at, "các ") != 0 || match_words(words, at, "những ") != 0))
      return false;
    const char32_t c = decode_utf8(words, at);
    if (is_upper_letter(c) || c == ';' || c == ':' || c == '(' || c == '-') return false;
  }
  return true;
}

void add_new(std::vector<AgencyMention>& into, const std::vector<AgencyMention>& more) {
  for (const AgencyMention& one : more) {
    const bool known = std::any_of(into.begin(), into.end(), [&](const AgencyMention& other) {
      return other.name == one.name || (!one.id.empty() && other.id == one.id);
    });
    if (!known) into.push_back(one);
  }
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

std::vector<AgencyMention> TaskBodies::acting(std::string_view text, TextRange range,
                                              std::size_t from) const {
  const std::string_view part = text.substr(0, std::min(range.end, text.size()));
  const std::size_t stop = std::min(part.size(), from + kFirstClause);
  std::vector<TextRange> groups;
  const Pattern& duty = patterns_->at("verb.duty");
  const Pattern& asked = patterns_->at("lead.asked");
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

// A body that the registry does not have, known by the word that it begins with and by what follows it:
// "Phòng Nghiệp vụ Y: làm đầu mối", "Các phòng chức năng của Sở Y tế cử cán bộ"; behind an order also by its
// capital letters: "Đề nghị Báo Bình Thuận đăng".
std::vector<AgencyMention> TaskBodies::named_by_shape(std::string_view text, bool ordered) const {
  std::vector<TextRange> groups;
  if (patterns_->at("body.none").match_at(text, 0, groups)) return {};
  if (!patterns_->at("lead.unknown").match_at(text, 0, groups)) {
    if (auto named = phrase(text, 0, 0, false); !named.empty()) return named;
    if (!ordered || !patterns_->at("lead.ordered").match_at(text, 0, groups)) return {};
  }
  if (groups.size() < 2) return {};
  std::string_view name = groups[1].of(text);
  if (patterns_->at("body.cut").find(name, 0, groups)) name = name.substr(0, groups[0].begin);
  if (name.empty() || patterns_->at("body.no").found_in(name)) return {};
  return mentions(agencies_->split(name, {0, name.size()}));
}

// Whether what a body does begins at `at`: "|tổ chức thực hiện", "|sẽ theo dõi". In small letters: "Phòng
// Quản lý đô thị" is a name.
bool TaskBodies::predicate_at(std::string_view text, std::size_t at) const {
  std::size_t next = at;
  if (next >= text.size() || is_upper_letter(decode_utf8(text, next))) return false;
  constexpr std::size_t kVerb = 200;
  std::vector<TextRange> groups;
  const std::string_view from = text.substr(at, kVerb);
  if (!patterns_->at("verb.duty").match_at(from, 0, groups) &&
      !patterns_->at("verb.begins").match_at(from, 0, groups))
    return false;
  // "giáo dục và |đào tạo", "các công |trình", "các |tổ chức chính trị - xã hội", "Hội đồng Xét |công nhận
  // sáng kiến", "Hội đồng Phối hợp |phổ biến, giáo dục pháp luật"
  const std::string_view before = text.substr(0, skip_space_back(text, at));
  for (const std::string_view word :
       {"các", "những", "và", "của", "thuộc", "với", "đầu tư", "Xét", "Phối hợp"}) {
    if (before.ends_with(word) && word_starts(before, before.size() - word.size())) return false;
  }
  if (before.ends_with("công") && match_words(text, at, "trình") != 0) return false;
  return !patterns_->at("verb.none").match_at(from, 0, groups);
}

// Bodies from `at` up to what they do or to a colon, some of which the registry may not have: "Cục Thuế tỉnh,
// Kho bạc Nhà nước tỉnh| tổ chức …", "Các phòng chức năng của Sở Y tế| cử cán bộ". `known`: how far the
// registry knew them. `whole`: the text is a heading and may end the names. Empty: none, or it is not told
// where they end.
std::vector<AgencyMention> TaskBodies::phrase(std::string_view text, std::size_t at, std::size_t known,
                                              bool whole) const {
  constexpr std::size_t kLongestPhrase = 500;
  const std::string_view part = text.substr(std::min(at, text.size()), kLongestPhrase);
  std::vector<TextRange> groups;
  std::size_t from = known > at ? known - at : 0;
  if (from == 0) {
    if (patterns_->at("body.none").match_at(part, 0, groups) ||
        !patterns_->at("body.noun").match_at(part, 0, groups)) {
      return {};
    }
    from = skip_space_back(part, groups[0].end);
    while (from > 0 && std::string_view(",;:.").find(part[from - 1]) != kNone) --from;
  }
  std::size_t end = kNone;
  for (std::size_t i = from; i < part.size() && end == kNone; ++i) {
    switch (part[i]) {
      case ':':
        end = i;
        break;
      case '\n':
        return {};
      case '.':
        if (i + 1 < part.size() && part[i + 1] == ' ' && (i < 2 || match_words(part, i - 2, "tp") == 0))
          return {};
        break;
      case '(': {
        const std::size_t close = part.find(')', i);
        if (close == kNone) return {};
        i = close;
        break;
      }
      case ' ': {
        const std::size_t word = skip_space(part, i);
        if (predicate_at(part, word)) end = i;
        break;
      }
      default:
        break;
    }
  }
  if (end == kNone) {
    if (!whole || part.size() == kLongestPhrase) return {};
    end = part.size();
  }
  std::string_view name = part.substr(0, end);
  if (patterns_->at("body.cut").find(name, 0, groups)) name = name.substr(0, groups[0].begin);
  while (!name.empty() && std::string_view(" ,;.").find(name.back()) != kNone) name.remove_suffix(1);
  if (name.empty() || patterns_->at("body.no").found_in(name)) return {};
  // "Tập đoàn, Tổng Công ty| nhà nước", "Các trường đại học|, học viện, trường cao đẳng": one collective with
  // its last words
  const auto list = agencies_->list_at(name, 0, &from);
  if (is_body_list(list) && list.back().group && from < name.size() && goes_on_small(name.substr(from))) {
    std::vector<AgencyMention> out = mentions(list);
    out.back() = {out.back().name + std::string(name.substr(from)), ""};
    return out;
  }
  return mentions(agencies_->split(name, {0, name.size()}));
}

// "Công an tỉnh, Chi cục Quản lý thị trường tỉnh: …", "Các Bộ trưởng …, Chủ tịch …:": a list of bodies, some
// of which the registry may not have, up to the colon.
std::vector<AgencyMention> TaskBodies::before_colon(std::string_view part, std::size_t at) const {
  constexpr std::size_t kLongestList = 400;
  const std::string_view head = part.substr(std::min(at, part.size()), kLongestList);
  std::size_t end = 0;
  const auto list = agencies_->list_at(head, 0, &end);  // "Các sở: A, B: …" has a colon of its own
  if (!is_body_list(list)) return {};
  const std::size_t colon = head.find(':', end);
  if (colon == kNone || head.substr(end, colon - end).find_first_of(".\n") != kNone) return {};
  const std::size_t next = skip_space(head, end);
  if (next != colon && head[next] != ',' && head[next] != ';' && match_words(head, next, "và") == 0)
    return {};
  std::vector<TextRange> groups;
  const std::string_view rest = head.substr(std::min(next, colon), colon - std::min(next, colon));
  if (patterns_->at("list.clause").found_in(rest)) return {};  // ", trong đó tập trung vào:"
  return mentions(agencies_->split(head, {0, colon}));
}

// "Phó Thủ tướng Trần Hồng Hà chỉ đạo": the person's name belongs to the title. Moves `end` behind it.
std::vector<AgencyMention> TaskBodies::with_person(std::string_view part,
                                                   const std::vector<AgencyMatch>& list,
                                                   std::size_t& end) const {
  std::vector<AgencyMention> out = mentions(list);
  std::vector<TextRange> groups;
  if (out.empty() || !patterns_->at("title.person").found_in(out.back().name)) return out;
  if (!patterns_->at("person.name").match_at(part.substr(std::min(end, part.size()), 80), 0, groups))
    return out;
  out.back().name += std::string(part.substr(end, groups[1].end));
  end += groups[1].end;
  return out;
}

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
    break;
  }
  return said;
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
  if (auto listed = before_colon(part, at); !listed.empty()) return listed;
  std::size_t end = at;
  const auto list = agencies_->list_at(part, at, &end);
  const std::size_t names_end = end;
  std::vector<AgencyMention> persons =
      is_body_list(list) ? with_person(part, list, end) : std::vector<AgencyMention>{};
  if (end != names_end) return persons;
  if (is_body_list(list) && !goes_on(part, end)) {
    // "Chính phủ trân trọng đề nghị Ban Tuyên giáo và Dân vận Trung ương …": those who are asked.
    if (patterns_->at("lead.asks").match_at(part.substr(end, 200), 0, groups)) {
      const auto asked = agencies_->list_at(part, end + groups[0].end);
      if (is_body_list(asked)) return mentions(asked);
    }
    const bool subject = patterns_->at("verb.duty").match_at(part.substr(end, 200), 0, groups) ||
                         patterns_->at("lead.assigned").match_at(part.substr(end, 200), 0, groups);
    const bool one_unsure = list.size() == 1 && !list.front().group && list.front().mention.id.empty();
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
    // "Về Dự án cao tốc …: Giao Bộ Xây dựng chủ trì"
    if (auto ordered = at_order(part, behind); !ordered.empty()) return ordered;
    // "…: Đồng ý về nguyên tắc; Ủy ban nhân dân tỉnh chủ động làm việc với …"
    if (patterns_->at("verb.directs").match_at(part.substr(behind, 60), 0, groups)) {
      if (auto found = acting(text, {behind, range.end}, behind); !found.empty()) return found;
    }
  }
  if (auto named = named_by_shape(from_start.substr(prefixed ? at - begin : 0), prefixed); !named.empty()) {
    return named;
  }
  // "Thực hiện theo Công văn …. Giao Giám đốc Trung tâm Y tế tổng hợp": an order inside the paragraph.
  if (patterns_->at("order.sentence").find(from_start, 0, groups)) {
    const std::size_t order = skip_space(part, begin + groups[0].begin + 1);
    std::vector<AgencyMention> ordered = at_order(part, order);
    if (!ordered.empty()) return ordered;
  }
  if (patterns_->at("lead.opening").match_at(from_start, 0, groups)) {
    // "Trên cơ sở nội dung Chỉ thị số 52-CT/TW, …, các Bộ, cơ quan ngang bộ, … tổ chức xây dựng"
    const std::size_t stop = from_start.find(". ");
    return acting(text, {at, stop == kNone ? part.size() : at + stop}, at);
  }
  return {};
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

std::vector<AgencyMention> TaskBodies::in_heading(std::string_view text, TextRange range) const {
  if (range.empty()) return {};
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
  const TextRange first{edge, std::min(range.end, edge + kFirstClause)};
  found = acting(text, first, first.begin);
  if (found.empty() && first.end < range.end) found = acting(text, range, first.end);
  return found;
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
    if (is_body_list(list) && !goes_on(part, end)) {
      add_new(out, mentions(list));
      at = std::max(at, end);
    } else if (auto named = named_by_shape(part.substr(behind, kFirstClause), false); !named.empty()) {
      add_new(out, named);
    } else if (is_body_list(list)) {
      add_new(out, mentions(list));
      at = std::max(at, end);
    }
  }
  return out;
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
