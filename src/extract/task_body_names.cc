// Names of bodies that the registry may not have: told by the words that they begin with, by what follows
// them, by a colon.

#include <algorithm>
#include <string>

#include "extract/body_lists.h"
#include "extract/task_bodies.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

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

}  // namespace

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
  return mentions(parted(name, agencies_->split(name, {0, name.size()})));
}

// "Hiệp hội Thủy sản tỉnh Bình Thuận và |Hội Lâm nghiệp tỉnh Bình Thuận": behind "và" a further body that
// the registry does not have, told by its capital letter and the word it begins with.
std::vector<AgencyMatch> TaskBodies::parted(std::string_view text, std::vector<AgencyMatch> names) const {
  constexpr std::string_view kAnd = " và ";
  std::vector<AgencyMatch> out;
  std::vector<TextRange> groups;
  for (AgencyMatch& one : names) {
    const std::size_t at = one.mention.id.empty() && !one.group ? one.where.of(text).find(kAnd) : kNone;
    const std::size_t next = one.where.begin + (at == kNone ? 0 : at + kAnd.size());
    std::size_t behind = next;
    const char32_t letter = at == kNone ? U' ' : decode_utf8(text, behind);
    if (!is_upper_letter(letter) ||
        patterns_->at("body.of_work").match_at(text.substr(next, one.where.end - next), 0, groups) ||
        !patterns_->at("body.noun").match_at(text.substr(next, one.where.end - next), 0, groups)) {
      out.push_back(std::move(one));
      continue;
    }
    for (const TextRange& where :
         {TextRange{one.where.begin, one.where.begin + at}, TextRange{next, one.where.end}}) {
      std::string name(where.of(text));
      std::string id = agencies_->resolve(name);
      out.push_back({{std::move(name), std::move(id)}, where, false, false});
    }
  }
  return out;
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
       {"các", "những", "và", "của", "thuộc", "với", "về", "đầu tư", "Xét", "Phối hợp", "Ngân"}) {
    if (!before.ends_with(word) || !word_starts(before, before.size() - word.size())) continue;
    // "các chủ đầu tư |định kỳ báo cáo", "các đơn vị trực thuộc |rà soát"
    if (!before.ends_with("chủ đầu tư") && !before.ends_with("trực thuộc")) return false;
  }
  if (before.ends_with("giáo dục") && match_words(text, at, "thường xuyên") != 0) return false;
  if (match_words(text, at, "trình") != 0) {
    for (const std::string_view word :
         {"công", "quy", "chương", "lập", "giáo", "tiến", "lộ", "hành", "quá", "thuyết", "tường"}) {
      if (before.ends_with(word) && word_starts(before, before.size() - word.size())) return false;
    }
  }
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
  if (auto named = behind_noun(part); !named.empty()) return named;
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
        if (!predicate_at(part, word)) break;
        // "Phòng Kế hoạch |tổng hợp:" ends a name, "Phòng Kế hoạch |tổng hợp số liệu" does not.
        const std::size_t stop = part.find_first_of(":\n", word);
        const bool told = stop != kNone || (whole && part.size() < kLongestPhrase);
        if (told && patterns_->at("body.ends").match_at(part.substr(word, stop - word), 0, groups)) break;
        end = i;
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
  // "Ngân hàng Nhà nước chi nhánh các tỉnh Hà Tĩnh, |Quảng Bình": a place alone belongs to the body before
  // it.
  std::vector<AgencyMatch> parts = parted(name, agencies_->split(name, {0, name.size()}));
  for (std::size_t i = 1; i < parts.size();) {
    if (!parts[i].place || parts[i - 1].place) {
      ++i;
      continue;
    }
    const TextRange both{parts[i - 1].where.begin, parts[i].where.end};
    parts[i - 1].mention = {std::string(both.of(name)), ""};
    parts[i - 1].where = both;
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return mentions(parts);
}

// "Công an tỉnh, Chi cục Quản lý thị trường tỉnh: …", "Các Bộ trưởng …, Chủ tịch …:": a list of bodies, some
// of which the registry may not have, up to the colon.
std::vector<AgencyMention> TaskBodies::before_colon(std::string_view part, std::size_t at) const {
  constexpr std::size_t kLongestList = 400;
  const std::string_view head = part.substr(std::min(at, part.size()), kLongestList);
  if (auto named = behind_noun(head); !named.empty()) return named;
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

// "Các Cục: Đường bộ Việt Nam, Hàng hải Việt Nam; Tổng công ty Đường sắt Việt Nam: …": the noun belongs to
// each name that has none of its own. Empty: it is not told where the names end.
std::vector<AgencyMention> TaskBodies::behind_noun(std::string_view head) const {
  std::vector<TextRange> groups;
  if (!patterns_->at("lead.listed").match_at(head, 0, groups)) return {};
  const std::string noun = to_sentence_case(groups[1].of(head)) + " ";
  const std::size_t from = groups[2].begin;
  std::size_t end = kNone;
  for (std::size_t at = from; at < head.size() && end == kNone; ++at) {
    if (head[at] == ':' || head[at] == '\n' || head[at] == '.') end = at;
    if (head[at] == ' ' && predicate_at(head, skip_space(head, at))) end = at;
  }
  if (end == kNone || head[end] == '\n' || head[end] == '.') return {};
  std::vector<AgencyMention> out;
  for (std::size_t at = from; at < end;) {
    const std::size_t item = skip_space(head, at);
    std::size_t known = item;
    const auto list = agencies_->list_at(head.substr(0, end), item, &known);
    if (is_body_list(list)) {
      add_new(out, mentions(list));
      at = known;
    } else {
      at = std::min(head.find_first_of(",;", item), end);
      std::string name(head.substr(item, at - item));
      name.resize(skip_space_back(name, name.size()));
      if (!patterns_->at("body.noun").match_at(name, 0, groups)) {
        name = noun + name;
      }
      if (!name.empty()) add_new(out, {{name, agencies_->resolve(name)}});
    }
    while (at < end && std::string_view(" ,;").find(head[at]) != kNone) ++at;
  }
  return out;
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

}  // namespace vanban
