// Lists of bodies: "Các bộ: Công Thương, Văn hóa, Thể thao và Du lịch", "Bộ Tài chính (Tổng cục Thuế); UBND
// cấp tỉnh".

#include <algorithm>
#include <string>

#include "lexicon/agencies_impl.h"
#include "vanban/lexicon/identity.h"

namespace vanban {
namespace {

using lexicon::Gap;
using lexicon::gap_after;
using lexicon::operator""_key;
using lexicon::token_at;
using lexicon::WordKey;
constexpr std::size_t kNone = std::string_view::npos;

bool is_and(WordKey key) { return key == u"va1"_key || key == u"va"_key; }

// Behind one item: a short remark in parentheses is passed over. Where the next item begins; npos: the list
// ends.
std::size_t next_of_list(std::string_view text, std::size_t end) {
  std::size_t pos = end;
  while (pos < text.size() && text[pos] == ' ') ++pos;
  if (pos < text.size() && text[pos] == '(') {
    const std::size_t close = text.substr(pos, 200).find(')');
    if (close == kNone) return kNone;
    end = pos + close + 1;
  }
  Gap gap = gap_after(text, end);
  if (gap.next == kNone) return kNone;
  if (gap.mark == '-') {  // "Tổng công ty Cảng hàng không Việt Nam - CTCP, Tổng công ty …"
    const auto form = token_at(text, gap.next);
    if (!form || form->where.of(text) != "CTCP") return kNone;
    gap = gap_after(text, form->where.end);
    if (gap.next == kNone) return kNone;
  }
  bool separated = gap.mark == ',' || gap.mark == ';';
  if (gap.mark != 0 && !separated) return kNone;
  const auto word = token_at(text, gap.next);
  if (word && is_and(word->key)) {
    gap = gap_after(text, word->where.end);
    if (gap.next == kNone || gap.mark != 0) return kNone;
    return gap.next;
  }
  return separated ? gap.next : kNone;
}

// "Trung tâm Xúc tiến Đầu tư, |Thương mại và Du lịch tỉnh": behind the comma a branch of work, written as
// such (one capital letter for two syllables), then "và". No body begins with it.
bool is_more_of_name(std::string_view text, std::size_t at, bool may_begin_body) {
  if (may_begin_body) return false;
  const auto first = token_at(text, at);
  Gap gap = gap_after(text, first->where.end);
  const auto second = gap.mark == 0 && gap.next != kNone ? token_at(text, gap.next) : std::nullopt;
  if (!second || second->capital || is_and(second->key)) return false;
  gap = gap_after(text, second->where.end);
  const auto third = gap.mark == 0 && gap.next != kNone ? token_at(text, gap.next) : std::nullopt;
  return third && is_and(third->key);
}

}  // namespace

std::vector<AgencyMatch> Agencies::list_at(std::string_view text, std::size_t at, std::size_t* end) const {
  const Impl& impl = *impl_;
  std::vector<AgencyMatch> list;
  std::size_t last = at;
  std::size_t pos = lexicon::at_word_edge(text, at) ? at : kNone;

  // Names without the word that stands before them all: "Các Bộ: Công an, Quốc phòng", "các Sở Y tế, Tài
  // chính".
  // With a title before them all: "Bộ trưởng các Bộ: Công an, Quốc phòng".
  const auto expanded = [&](const lexicon::Token& first, std::size_t quantifier) -> bool {
    const std::size_t from = first.where.begin;
    std::string title;
    if (const auto named = impl.names.longest(text, first); named.values != nullptr) {
      const Impl::Row* row = impl.choose(*named.values, {});
      const Gap behind = gap_after(text, named.end);
      if (row != nullptr && row->kind == Impl::Kind::kTitle && behind.mark == 0 && behind.next != kNone) {
        title = std::string(text.substr(from, named.end - from)) + " ";
        quantifier = impl.word_of(text, behind.next, Impl::Role::kQuantifier);
      }
    }
    if (quantifier == kNone) return false;
    const Gap to_head = gap_after(text, quantifier);
    if (to_head.next == kNone || to_head.mark != 0) return false;
    const auto head = token_at(text, to_head.next);
    if (!head || (head->key != u"bô5"_key && head->key != u"sơ3"_key && head->key != u"phong1"_key))
      return false;
    const std::uint32_t node = impl.names.node_of(head->where.of(text));
    Gap gap = gap_after(text, head->where.end);
    if (gap.next == kNone || (gap.mark != 0 && gap.mark != ':')) return false;
    if (!title.empty() && gap.mark != ':') return false;  // "Giám đốc các Sở Tài chính": one collective
    std::size_t item = gap.next;
    const std::size_t before = list.size();
    while (item != kNone) {
      const auto match = impl.names.longest(text, item, node);
      if (match.values == nullptr || !token_at(text, item)->capital) break;
      const Impl::Row* row = impl.choose(*match.values, {});
      std::string prefix(head->where.of(text));
      prefix = head->key == u"bô5"_key ? "Bộ " : head->key == u"sơ3"_key ? "Sở " : "Phòng ";
      AgencyMatch one;
      one.mention.name = title + prefix + std::string(text.substr(item, match.end - item));
      one.mention.id = row->kind == Impl::Kind::kBody ? row->id : "";
      one.where = {item, match.end};
      list.push_back(std::move(one));
      last = match.end;
      item = next_of_list(text, match.end);
    }
    if (list.size() - before == 0) return false;
    if (list.size() - before == 1 && gap.mark == 0 && head->key != u"bô5"_key) {
      // "các Sở Tư pháp": one collective, as printed
      list.back().where.begin = from;
      list.back().mention.name = std::string(list.back().where.of(text));
      list.back().mention.id = "group:" + slug(text.substr(to_head.next, last - to_head.next));
      list.back().group = true;
    }
    pos = item;
    return true;
  };

  // "05 tỉnh, thành phố (gồm: Hà Nội, Thành phố Hồ Chí Minh, …)"; "các tỉnh: Phú Thọ, Lào Cai".
  const auto counted_places = [&](const lexicon::Token& first, std::size_t quantifier) -> bool {
    std::size_t level_at = kNone;
    if (first.number) level_at = gap_after(text, first.where.end).next;
    if (quantifier != kNone) level_at = gap_after(text, quantifier).next;
    if (level_at == kNone) return false;
    const Impl::Levels levels = impl.levels(text, level_at);
    if (levels.count == 0) return false;
    std::size_t item = impl.tails(text, levels.end);
    bool paren = false;
    for (std::size_t skipped = 0; item < text.size() && skipped < 16; ++skipped) {
      const auto token = token_at(text, item);
      if (token) {
        if (token->key != u"gôm1"_key && token->key != u"la1"_key) break;
        item = token->where.end;
      } else if (text[item] == '(' || text[item] == ':' || text[item] == ' ') {
        paren = paren || text[item] == '(';
        ++item;
      } else {
        return false;
      }
    }
    const std::size_t before = list.size();
    while (item != kNone && item < text.size()) {
      const auto found = impl.place(text, item, {}, true);
      if (!found || found->id.empty()) break;
      list.push_back(
          {{std::string(text.substr(item, found->end - item)), found->id}, {item, found->end}, false, true});
      last = found->end;
      item = next_of_list(text, found->end);
    }
    if (list.size() == before) return false;
    if (paren && last < text.size()) {
      const std::size_t close = text.substr(last, 40).find(')');
      if (close != kNone) last += close + 1;
    }
    pos = next_of_list(text, last);
    return true;
  };

  // Takes the names of a list in place of the group before it, if they are a list; nothing goes on behind it.
  const auto closes_with = [&](std::vector<AgencyMatch>& named, std::size_t behind) -> bool {
    if (named.size() < 2) return false;
    for (AgencyMatch& one : named) list.push_back(std::move(one));
    last = behind;
    pos = kNone;
    return true;
  };

  // "Các bộ, cơ quan: Kế hoạch và Đầu tư, Giao thông vận tải, Ủy ban Dân tộc": names with and without "Bộ"
  // behind the group that `found` is. A list that is not known to its end leaves the group as it is.
  const auto behind_colon = [&](const Impl::Found& found) -> bool {
    if (!found.group) return false;
    const std::size_t quantifier = impl.word_of(text, found.where.begin, Impl::Role::kQuantifier);
    const Gap to_head = quantifier == kNone ? Gap{} : gap_after(text, quantifier);
    if (quantifier == kNone || to_head.next == kNone || to_head.mark != 0) return false;
    const auto head = token_at(text, to_head.next);
    if (!head || (head->key != u"bô5"_key && head->key != u"sơ3"_key)) return false;
    const std::uint32_t node = impl.names.node_of(head->where.of(text));
    const Gap gap = gap_after(text, found.where.end);
    if (gap.mark != ':' || gap.next == kNone) return false;
    std::vector<AgencyMatch> named;
    std::size_t item = gap.next, named_end = last;
    while (item != kNone && item < text.size()) {
      const auto match = impl.names.longest(text, item, node);
      const auto word = token_at(text, item);
      if (match.values != nullptr && word && word->capital) {
        const Impl::Row* row = impl.choose(*match.values, {});
        const std::string prefix = head->key == u"bô5"_key ? "Bộ " : "Sở ";
        named.push_back({{prefix + std::string(text.substr(item, match.end - item)),
                          row->kind == Impl::Kind::kBody ? row->id : ""},
                         {item, match.end},
                         false,
                         false});
        named_end = match.end;
      } else if (const auto one = impl.find(text, item, {}, true); one && !one->place) {
        named.push_back({{std::string(one->where.of(text)), one->id}, one->where, one->group, false});
        named_end = one->where.end;
      } else {
        return false;
      }
      item = next_of_list(text, named_end);
    }
    return closes_with(named, named_end);
  };

  // "Các bộ gồm: Bộ Tài chính, Bộ Nội vụ": who is meant, behind the group that `found` is. A list that names
  // somebody the registry does not know leaves the group as it is.
  const auto members = [&](const Impl::Found& found) -> bool {
    if (!found.group) return false;
    Gap gap = gap_after(text, found.where.end);
    auto word = gap.next != kNone && gap.mark == 0 ? token_at(text, gap.next) : std::nullopt;
    if (word && word->key == u"bao"_key) {
      gap = gap_after(text, word->where.end);
      word = gap.next != kNone && gap.mark == 0 ? token_at(text, gap.next) : std::nullopt;
    }
    if (!word || word->key != u"gôm1"_key) return false;
    gap = gap_after(text, word->where.end);
    if (gap.next == kNone || (gap.mark != 0 && gap.mark != ':')) return false;
    std::vector<AgencyMatch> named;
    std::size_t item = gap.next, named_end = last;
    while (item != kNone && item < text.size()) {
      const auto one = impl.find(text, item, {}, true);
      if (!one) return false;
      named.push_back({{std::string(one->where.of(text)), one->id}, one->where, one->group, one->place});
      named_end = one->where.end;
      item = next_of_list(text, named_end);
    }
    return closes_with(named, named_end);
  };

  while (pos != kNone && pos < text.size()) {
    const auto first = token_at(text, pos);
    const bool number = text[pos] >= '0' && text[pos] <= '9';
    if (!first || (!number && !impl.first_words.contains(first->key))) break;
    const std::size_t quantifier = impl.word_of(text, *first, Impl::Role::kQuantifier);
    if (expanded(*first, quantifier) || counted_places(*first, quantifier)) continue;
    const auto found = impl.find(text, *first, {}, true);
    if (!found) break;
    if (members(*found) || behind_colon(*found)) continue;
    list.push_back(
        {{std::string(found->where.of(text)), found->id}, found->where, found->group, found->place});
    last = found->where.end;
    pos = next_of_list(text, last);
  }
  if (end != nullptr) *end = last;
  return list;
}

std::vector<AgencyMatch> Agencies::split(std::string_view text, TextRange list) const {
  std::vector<AgencyMatch> all;
  const std::string_view part = text.substr(0, std::min(list.end, text.size()));
  std::size_t pos = list.begin;
  while (pos < part.size()) {
    if (!token_at(part, pos)) {
      ++pos;
      continue;
    }
    // "và" between two items
    const auto word = token_at(part, pos);
    if (!all.empty() && is_and(word->key)) {
      pos = word->where.end;
      continue;
    }
    std::size_t end = pos;
    auto found = list_at(part, pos, &end);
    if (!found.empty()) {
      const Gap gap = gap_after(part, end);
      bool goes_on = gap.next != kNone && gap.mark == 0 && !is_and(token_at(part, gap.next)->key);
      if (!goes_on && gap.next != kNone && gap.mark == 0) {
        // "Trung tâm Khuyến nông |và Dịch vụ nông nghiệp": no body begins with "Dịch"
        const Gap behind = gap_after(part, token_at(part, gap.next)->where.end);
        const auto more =
            behind.next != kNone && behind.mark == 0 ? token_at(part, behind.next) : std::nullopt;
        goes_on = more && more->capital && !more->number && !found.back().group &&
                  !impl_->may_begin(part, behind.next);
      }
      if (!goes_on) {
        for (AgencyMatch& one : found) all.push_back(std::move(one));
        pos = end;
        continue;
      }
      // The last name goes on in words that the registry does not have: "Sở Y tế quản lý", kept as printed.
      const AgencyMatch tail = found.back();
      found.pop_back();
      for (AgencyMatch& one : found) all.push_back(std::move(one));
      pos = tail.where.begin;
    }
    // As printed, up to the next separator.
    constexpr std::string_view kAnd = " và ";
    std::size_t stop = pos;
    int depth = 0;
    while (stop < part.size()) {
      const char c = part[stop];
      if (c == '(') ++depth;
      if (c == ')') --depth;
      if (c == '\n' || c == ';') break;
      if (c == ',' && depth <= 0) {
        // A new item begins behind a comma where a body does; "khám bệnh, chữa bệnh" is one.
        std::size_t next = stop + 1;
        while (next < part.size() && part[next] == ' ') ++next;
        const auto token = token_at(part, next);
        const bool glued = next == stop + 1;  // "Ủy ban KH,CN&MT" is one name
        if (!token || !list_at(part, next).empty()) break;
        if (token->capital && !glued && !is_more_of_name(part, next, impl_->may_begin(part, next))) break;
      }
      // "Viện Hàn lâm Khoa học và Công nghệ |và các bộ, ngành": "và" parts only what is a body behind it.
      if (depth <= 0 && part.substr(stop, kAnd.size()) == kAnd && !list_at(part, stop + kAnd.size()).empty())
        break;
      ++stop;
    }
    std::size_t end_of_name = stop;
    while (end_of_name > pos && (part[end_of_name - 1] == ' ' || part[end_of_name - 1] == '.')) --end_of_name;
    if (end_of_name > pos) {
      all.push_back(
          {{std::string(part.substr(pos, end_of_name - pos)), ""}, {pos, end_of_name}, false, false});
    }
    pos = stop;
  }
  return all;
}

}  // namespace vanban
