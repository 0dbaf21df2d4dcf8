// Bodies by rule: titles before a body, local bodies with their place, groups.

#include <algorithm>
#include <iterator>
#include <string>

#include "lexicon/agencies_impl.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/identity.h"

namespace vanban {
namespace {

using lexicon::Gap;
using lexicon::gap_after;
using lexicon::Token;
using lexicon::operator""_key;
using lexicon::token_at;
using lexicon::WordKey;
constexpr std::size_t kNone = std::string_view::npos;

// Where the next word begins if only blanks stand before it.
std::size_t next_word(std::string_view text, std::size_t end) {
  const Gap gap = gap_after(text, end);
  return gap.mark == 0 ? gap.next : kNone;
}

// Where the next item of a list begins: after "," or "và" or "/" ("&" too); npos: the list ends.
std::size_t next_item(std::string_view text, std::size_t end) {
  Gap gap = gap_after(text, end);
  if (gap.next == kNone) return kNone;
  bool separated = gap.mark == ',' || gap.mark == '/';
  if (gap.mark != 0 && !separated) return kNone;
  const auto word = token_at(text, gap.next);
  if (word && (word->key == u"va1"_key || word->key == u"va"_key)) {
    gap = gap_after(text, word->where.end);
    if (gap.next == kNone || gap.mark != 0) return kNone;
    separated = true;
  }
  return separated ? gap.next : kNone;
}

bool begins_capital(std::string_view text, std::size_t at) {
  const auto token = token_at(text, at);
  return token && token->capital;
}

}  // namespace

std::size_t Agencies::Impl::word_of(std::string_view text, const Token& first, Role role) const {
  const auto match = group_words[static_cast<std::size_t>(role)].longest(text, first);
  return match.values == nullptr ? kNone : match.end;
}

std::size_t Agencies::Impl::owner(std::string_view text, std::size_t end) const {
  std::size_t at = next_word(text, end);
  auto word = at == kNone ? std::nullopt : token_at(text, at);
  if (word && word->key == u"trưc5"_key) {
    at = next_word(text, word->where.end);
    word = at == kNone ? std::nullopt : token_at(text, at);
  }
  at = word && word->key == u"thuôc5"_key ? next_word(text, word->where.end) : kNone;
  if (at == kNone || !begins_capital(text, at)) return kNone;
  const auto match = names.longest(text, at);
  if (match.values == nullptr) return kNone;
  const Row* row = choose(*match.values, {});
  return row != nullptr && (row->kind == Kind::kBody || row->kind == Kind::kLocalHead) ? match.end : kNone;
}

std::size_t Agencies::Impl::tails(std::string_view text, std::size_t end) const {
  for (int i = 0; i < 3; ++i) {
    const std::size_t at = next_word(text, end);
    if (at == kNone || owner(text, end) != kNone) break;
    const std::size_t tail = word_of(text, at, Role::kTail);
    if (tail == kNone) break;
    end = tail;
  }
  // "các đơn vị nghiệp vụ| thuộc Bộ Công an"
  if (const std::size_t whose = owner(text, end); whose != kNone) return whose;
  // "các sở, ban, ngành| tỉnh", "các cơ quan| thành phố Hà Nội"
  const std::size_t at = next_word(text, end);
  const auto level = at == kNone ? std::nullopt : token_at(text, at);
  if (!level || level->capital ||
      !(level->key == u"tinh3"_key || level->key == u"thanh1"_key || level->key == u"huyên5"_key ||
        level->key == u"xa4"_key || level->key == u"phương1"_key)) {
    return end;
  }
  if (const auto named = place(text, at, {}, false)) return named->end;
  const std::size_t bare = word_of(text, at, Role::kLevel);
  const std::size_t after = bare == kNone ? kNone : next_word(text, bare);
  return bare == kNone || (after != kNone && begins_capital(text, after)) ? end : bare;
}

Agencies::Impl::Levels Agencies::Impl::levels(std::string_view text, std::size_t at) const {
  Levels found{at, 0};
  bool capital = false;  // the level before is written with a capital letter
  while (at != kNone) {
    const std::size_t level = word_of(text, at, Role::kLevel);
    if (level == kNone) break;
    // "Hội Cựu chiến binh tỉnh, |Tỉnh đoàn"
    constexpr std::size_t kAbbreviation = 2;  // "tỉnh, |TP trực thuộc TW"
    if (found.count > 0 && begins_capital(text, at) && !capital && level - at > kAbbreviation) break;
    capital = begins_capital(text, at);
    found.end = level;
    ++found.count;
    at = next_item(text, level);
    if (at != kNone) {
      const std::size_t quantifier = word_of(text, at, Role::kQuantifier);
      if (quantifier != kNone) at = next_word(text, quantifier);
    }
  }
  return found;
}

std::optional<Agencies::Impl::Place> Agencies::Impl::place(std::string_view text, const Token& first,
                                                           const PartialDate& on, bool bare) const {
  const auto province = [&](std::size_t from, std::string_view kind) -> std::optional<Place> {
    const auto match = places.longest(text, from);
    if (match.values == nullptr) return std::nullopt;
    for (std::size_t pos = from; pos < match.end;) {  // "hòa bình" is peace
      const auto token = token_at(text, pos);
      if (!token) {
        ++pos;
        continue;
      }
      if (!token->capital) return std::nullopt;
      pos = token->where.end;
    }
    const Province* row = choose_province(*match.values, on, kind);
    if (row == nullptr) return std::nullopt;
    return Place{match.end, row->kind + " " + row->name, row->id};
  };
  struct Level {
    WordKey key;
    std::string_view kind;
  };
  // Their first words are in first_words: Impl::load.
  static constexpr Level kLevels[] = {
      {u"tinh3"_key, "tỉnh"}, {u"tp"_key, "thành phố"}, {u"huyên5"_key, "huyện"}, {u"h"_key, "huyện"},
      {u"quân5"_key, "quận"}, {u"q"_key, "quận"},       {u"xa4"_key, "xã"},       {u"phương1"_key, "phường"},
      {u"p"_key, "phường"},   {u"tx"_key, "thị xã"},    {u"tt"_key, "thị trấn"}};
  std::string_view kind;
  std::size_t end = first.where.end;
  for (const Level& level : kLevels) {
    if (first.key == level.key) kind = level.kind;
  }
  if (kind.empty()) {  // levels of two words
    const std::size_t second_at = next_word(text, end);
    const auto second = second_at == kNone ? std::nullopt : token_at(text, second_at);
    if (second) {
      if (first.key == u"thanh1"_key && second->key == u"phô2"_key) kind = "thành phố";
      if (first.key == u"thi5"_key && second->key == u"xa4"_key) kind = "thị xã";
      if (first.key == u"thi5"_key && second->key == u"trân2"_key) kind = "thị trấn";
      if (first.key == u"đăc5"_key && second->key == u"khu"_key) kind = "đặc khu";
      if (first.key == u"thu3"_key && second->key == u"đô"_key) kind = "thành phố";
      if (!kind.empty()) end = second->where.end;
    }
  }
  if (kind.empty()) return bare ? province(first.where.begin, "") : std::nullopt;
  const bool abbreviated = first.where.end == end && first.where.size() <= 2;
  Gap gap = gap_after(text, end);
  if (gap.next == kNone || !(gap.mark == 0 || (gap.mark == '.' && abbreviated))) return std::nullopt;
  if (abbreviated && !first.capital) return std::nullopt;
  if (auto found = province(gap.next, kind)) return found;
  if (kind == "tỉnh") return std::nullopt;
  // A lower level: up to four words with a capital letter, or a number ("Quận 5").
  std::string name;
  std::size_t name_end = gap.next;
  std::size_t pos = gap.next;
  for (int words = 0; words < 4 && pos != kNone; ++words) {
    const auto token = token_at(text, pos);
    if (!token || !token->capital || (token->number && token->where.size() > 2)) break;
    const std::string low = lexicon::lower_text(token->where.of(text));
    std::size_t first_letter = 0;
    std::string cap;
    const char32_t initial = decode_utf8(token->where.of(text), first_letter);
    append_utf8(cap, initial);
    std::size_t low_first = 0;
    decode_utf8(low, low_first);
    name += (name.empty() ? "" : " ") + cap + low.substr(low_first);
    name_end = token->where.end;
    pos = next_word(text, name_end);
  }
  if (name.empty()) return std::nullopt;
  Place found{name_end, std::string(kind) + " " + name, ""};
  // "huyện Tuần Giáo, tỉnh Điện Biên"
  gap = gap_after(text, name_end);
  if (gap.next != kNone && (gap.mark == ',' || gap.mark == 0)) {
    const auto word = token_at(text, gap.next);
    if (word && (word->key == u"tinh3"_key || word->key == u"thanh1"_key)) {
      const auto above = place(text, gap.next, on, false);
      if (above && !above->id.empty()) {
        found.end = above->end;
        found.canonical += ", " + above->canonical;
      }
    }
  }
  return found;
}

std::optional<Agencies::Impl::Found> Agencies::Impl::local(std::string_view text, std::size_t at,
                                                           std::size_t end, const Row& head,
                                                           const PartialDate& on) const {
  const auto grouped = [&](std::size_t to) {
    to = tails(text, to);
    return Found{{at, to}, "group:" + slug(text.substr(at, to - at)), "", true, false};
  };
  // "Chủ tịch UBND các tỉnh: Nghệ An, Thanh Hóa và Sơn La": the places that are meant.
  const auto with_places = [&](std::size_t to) {
    Gap gap = gap_after(text, to);
    std::size_t item = gap.mark == 0 || gap.mark == ':' ? gap.next : kNone;
    while (item != kNone) {
      const auto one = place(text, item, on, true);
      if (!one || one->id.empty()) break;
      to = one->end;
      item = next_item(text, to);
    }
    return to;
  };
  const auto alone = [&](std::size_t to) -> std::optional<Found> {
    if (head.kind == Kind::kPlacedHead) return std::nullopt;
    return Found{{at, to}, "", head.name, false, false};
  };
  std::size_t next = next_word(text, end);
  const Gap dotted = gap_after(text, end);  // "UBND.TP", "UBND - tỉnh" in heads
  if (next == kNone && dotted.next != kNone && dotted.mark == '-') next = dotted.next;
  if (next == kNone) return alone(end);
  const auto word = token_at(text, next);
  if (word && word->key == u"cua3"_key) {
    const std::size_t after = next_word(text, word->where.end);
    if (after != kNone && place(text, after, on, false)) next = after;
  }
  if (const auto found = place(text, next, on, true)) {
    const std::string canonical = head.name + " " + found->canonical;
    return Found{{at, found->end}, slug(canonical), canonical, false, false};
  }
  const std::size_t each = word_of(text, next, Role::kTail);  // "các cấp", "cấp tỉnh"
  if (each != kNone) {
    const std::size_t first_end = tails(text, end);
    const std::size_t more = next_item(text, first_end);
    if (more != kNone) {
      const Levels further = levels(text, more);
      if (further.count > 0) return grouped(further.end);
    }
    return grouped(first_end);
  }
  const std::size_t quantifier = word_of(text, next, Role::kQuantifier);
  const std::size_t level_at = quantifier == kNone ? next : next_word(text, quantifier);
  if (level_at == kNone) return alone(end);
  const Levels found = levels(text, level_at);
  if (found.count == 0) return alone(end);
  if (quantifier == kNone && found.count == 1) {
    // "Ủy ban nhân dân tỉnh": the province's own, unnamed; "UBND cấp tỉnh" is every province's.
    const auto level = token_at(text, level_at);
    if (level && level->key == u"câp2"_key) return grouped(found.end);
    Found one{{at, found.end},
              "",
              head.name + " " + lexicon::lower_text(text.substr(level_at, found.end - level_at)),
              false,
              false};
    return one;
  }
  return grouped(with_places(found.end));
}

// "các Ban của Hội đồng nhân dân| tỉnh", "các đảng ủy| xã, phường": where the levels or the place end that a
// noun of local bodies goes on with.
std::size_t Agencies::Impl::levels_of_noun(std::string_view text, TextRange noun) const {
  static constexpr std::string_view kLast[] = {"dân", "hđnd", "ubnd", "ủy", "uỷ"};
  const std::string words = lexicon::lower_text(noun.of(text));
  const bool local = std::any_of(std::begin(kLast), std::end(kLast),
                                 [&](std::string_view last) { return words.ends_with(last); });
  const std::size_t next = local ? next_word(text, noun.end) : kNone;
  if (next == kNone) return noun.end;
  if (const auto named = place(text, next, {}, false)) return named->end;
  const std::size_t quantifier = word_of(text, next, Role::kQuantifier);
  const Levels found = levels(text, quantifier == kNone ? next : next_word(text, quantifier));
  return found.count == 0 ? noun.end : found.end;
}

std::optional<Agencies::Impl::Found> Agencies::Impl::group(std::string_view text, const Token& first) const {
  const std::size_t at = first.where.begin;
  bool quantified = false;
  int nouns = 0, strong = 0;
  bool tailed = false;
  std::size_t end = at;
  std::size_t pos = at;
  std::size_t core = kNone;  // where the first noun begins
  while (pos != kNone) {
    auto noun = pos == at ? first : token_at(text, pos);
    if (!noun) break;
    const std::size_t quantifier = word_of(text, *noun, Role::kQuantifier);
    if (quantifier != kNone) {
      if (nouns > 0) break;  // "các bộ, ngành, |các địa phương": another collective
      const std::size_t next = next_word(text, quantifier);
      if (next == kNone || !(noun = token_at(text, next))) break;
    }
    const std::size_t noun_at = noun->where.begin;
    const std::size_t strong_end = word_of(text, *noun, Role::kNoun);
    const std::size_t weak_end = word_of(text, *noun, Role::kWeakNoun);
    if (strong_end == kNone && weak_end == kNone) break;
    const bool weak = strong_end == kNone || (weak_end != kNone && weak_end > strong_end);
    const std::size_t noun_end = weak ? weak_end : strong_end;
    // "các bộ phận", "các bộ, Bộ Tài chính", "bộ trưởng": something longer begins here.
    const auto name = names.longest(text, *noun);
    if (name.values != nullptr && name.end > noun_end) break;
    if (name.values != nullptr && name.end == noun_end) {
      const Row* row = choose(*name.values, {});
      if (row != nullptr && (row->kind == Kind::kNotABody || row->kind == Kind::kBody)) break;
    }
    const std::size_t with_tail = tails(text, levels_of_noun(text, {noun_at, noun_end}));
    if (with_tail == noun_end) {
      // "các tỉnh Phú Thọ, Lào Cai" and "các Bộ Công an, Quốc phòng" name them one by one.
      const std::size_t after = next_word(text, noun_end);
      if (after != kNone) {
        const auto token = token_at(text, after);
        if (token && token->capital &&
            (places.longest(text, after).values != nullptr || place(text, noun_at, {}, false))) {
          break;
        }
        if (names.longest(text, after, names.node_of(text.substr(noun_at, noun_end - noun_at))).values !=
            nullptr) {
          break;
        }
      }
      if (weak) {
        // "… và tổ chức": a weak noun needs a neighbour behind it, or a tail.
        const std::size_t more = next_item(text, noun_end);
        const bool listed = more != kNone && (word_of(text, more, Role::kNoun) != kNone ||
                                              word_of(text, more, Role::kWeakNoun) != kNone);
        if (!listed && quantifier == kNone) break;
      }
    } else {
      tailed = true;
    }
    if (core == kNone) core = noun_at;
    quantified = quantified || quantifier != kNone;
    ++nouns;
    if (text.substr(noun_at, noun_end - noun_at).find(',') != std::string_view::npos)
      ++nouns;  // "sở, ban, ngành"
    if (!weak) ++strong;
    end = with_tail;
    pos = next_item(text, end);
  }
  if (nouns == 0) return std::nullopt;
  if (!quantified && nouns < 2 && !tailed) return std::nullopt;
  if (strong == 0 && !tailed && !quantified) return std::nullopt;
  return Found{{at, end}, "group:" + slug(text.substr(core, end - core)), "", true, false};
}

std::optional<Agencies::Impl::Found> Agencies::Impl::titled(std::string_view text, const Token& first,
                                                            const PartialDate& on, bool strict,
                                                            int titles) const {
  const std::size_t at = first.where.begin;
  const auto match = names.longest(text, first);
  if (match.values == nullptr || titles > 3) return std::nullopt;
  const Row* row = choose(*match.values, on);
  if (row == nullptr || row->kind != Kind::kTitle) return std::nullopt;
  std::size_t next = next_word(text, match.end);
  if (next == kNone) {
    // "Bộ trưởng, Thủ trưởng cơ quan ngang bộ"
    next = next_item(text, match.end);
    if (next == kNone) return std::nullopt;
    auto further = titled(text, next, on, strict, titles + 1);
    if (further) further->where.begin = at;
    return further;
  }
  if (const std::size_t item = next_item(text, match.end); item != kNone) {  // "Bộ trưởng và Thủ trưởng"
    if (auto further = titled(text, item, on, strict, titles + 1)) {
      further->where.begin = at;
      return further;
    }
  }
  std::optional<Found> found = body(text, next, on, false);
  if (!found || found->place) found = group(text, next);
  if (!found || found->place) {
    if (const std::size_t noun = word_of(text, next, Role::kNoun); noun != kNone) {
      found = Found{{next, noun}, "", "", true, false};  // "Thủ trưởng cơ quan ngang bộ", "thủ trưởng đơn vị"
      const std::size_t more = next_item(text, noun);
      if (more != kNone) {
        if (const auto rest = group(text, next)) found = rest;
      }
      found->id = "group:" + slug(text.substr(next, found->where.end - next));
    } else {
      return std::nullopt;
    }
  }
  found->where.begin = at;
  found->canonical = found->canonical.empty() ? "" : row->name + " " + found->canonical;
  return found;
}

std::optional<Agencies::Impl::Found> Agencies::Impl::branch(std::string_view text, std::size_t at,
                                                            std::size_t end, const Row& row,
                                                            const PartialDate& on) const {
  const std::size_t next = next_word(text, end);
  const auto level = next == kNone ? std::nullopt : token_at(text, next);
  if (!level || level->capital) return std::nullopt;
  if (const auto found = place(text, next, on, false)) {
    const std::string canonical = row.name + " " + found->canonical;
    return Found{{at, found->end}, slug(canonical), canonical, false, false};
  }
  if (level->key == u"xa4"_key || level->key == u"phương1"_key) return std::nullopt;  // "xã hội"
  const std::size_t bare = word_of(text, *level, Role::kLevel);
  const std::size_t after = bare == kNone ? kNone : next_word(text, bare);
  if (bare == kNone || (after != kNone && begins_capital(text, after))) return std::nullopt;
  return Found{{at, bare}, "", row.name + " " + std::string(text.substr(next, bare - next)), false, false};
}

std::optional<Agencies::Impl::Found> Agencies::Impl::body(std::string_view text, const Token& first,
                                                          const PartialDate& on, bool strict) const {
  const std::size_t at = first.where.begin;
  const auto match = names.longest(text, first);
  if (match.values != nullptr) {
    const Row* row = choose(*match.values, on);
    if (row != nullptr && row->kind == Kind::kNotABody) return std::nullopt;
    if (row != nullptr && row->kind != Kind::kTitle) {
      const std::string_view printed = text.substr(at, match.end - at);
      const bool short_form = printed.size() <= 2;
      const bool capital = first.capital || row->id == "uy-ban-nhan-dan" || row->id == "hoi-dong-nhan-dan";
      if (!strict || (capital && !short_form)) {
        if (row->branches) {
          if (auto found = branch(text, at, match.end, *row, on)) return found;
        }
        if (row->kind == Kind::kBody) return Found{{at, match.end}, row->id, row->name, false, false};
        if (auto found = local(text, at, match.end, *row, on)) return found;
      }
    }
  }
  if (const auto found = place(text, first, on, true); found && !found->id.empty()) {
    return Found{{at, found->end}, found->id, found->canonical, false, true};
  }
  return std::nullopt;
}

std::optional<Agencies::Impl::Found> Agencies::Impl::find(std::string_view text, const Token& first,
                                                          const PartialDate& on, bool strict) const {
  const std::size_t at = first.where.begin;
  if (!first_words.contains(first.key) || !lexicon::at_word_edge(text, at)) return std::nullopt;
  std::optional<Found> best = body(text, first, on, strict);
  if (!best) best = titled(text, first, on, strict, 0);
  if (!best) best = group(text, first);
  if (!best) {
    // "các Ủy ban nhân dân cấp xã", "các Sở Y tế"
    const std::size_t quantifier = word_of(text, first, Role::kQuantifier);
    const std::size_t next = quantifier == kNone ? kNone : next_word(text, quantifier);
    if (next != kNone) {
      auto found = body(text, next, on, strict);
      if (!found) {
        found = titled(text, next, on, strict, 0);  // "các Bộ trưởng, Thủ trưởng cơ quan ngang bộ"
        if (found && !found->group) found->id = "group:" + slug(found->where.of(text));
        if (found) found->group = true;
      }
      if (found && !found->place && found->group) {
        found->where.begin = at;
        best = found;
      }
    }
  }
  return best;
}

}  // namespace vanban
