#include "extract/target_names.h"

#include <algorithm>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::string_view kEdges = " \n,;:.-";

// No letter or digit before it.
bool word_edge(std::string_view text, std::size_t at) {
  return at == 0 || std::string_view(" \n(\"'.,;:-+/").find(text[at - 1]) != std::string_view::npos;
}

// "số lượng bệnh viện, |tỷ lệ …", "80% …, 90% …", "… và 70%": what stands before another item of a list.
bool ends_item(std::string_view words) {
  const std::size_t last = words.find_last_not_of(" \n");
  return last != std::string_view::npos &&
         (words[last] == ',' || words.substr(0, last + 1).ends_with(" và") ||
          words.substr(0, last + 1) == "và");
}

}  // namespace

TextRange TargetNames::without_tail(TextRange name) const {
  std::vector<TextRange> groups;
  const std::string_view words = name.of(text_);
  for (std::size_t from = 0; pattern("name_tail").find(words, from, groups);) {
    from = groups[0].begin + 1;  // an ASCII space or comma
    if (groups[0].begin == 0 || pattern("tail_belongs").found_in(words.substr(0, groups[0].begin))) continue;
    // "thủ tục hành chính |thuộc thẩm quyền giải quyết được rà soát": the statement goes on behind it.
    const bool whose = words.substr(groups[0].begin).starts_with(" thuộc thẩm quyền");
    if (whose && pattern("predicate").found_in(words.substr(groups[0].begin))) continue;
    constexpr std::size_t kFewest = 3;  // "100% |nội dung thuộc thẩm quyền đúng hạn"
    if (whose && count_words(words.substr(0, groups[0].begin)) < kFewest) continue;
    name.end = name.begin + groups[0].begin;
    break;
  }
  name = trimmed(text_, name, kEdges);
  // "… trong các hoạt động quản lý |(ngoại trừ các văn bản mật theo quy định)": a remark; "(HDI)" is none
  if (!name.empty() && text_[name.end - 1] == ')') {
    constexpr std::size_t kLong = 8;  // words of a remark that says so by its length
    const std::string_view said = name.of(text_);
    const std::size_t open = said.rfind('(');
    if (pattern("remark").find(said, 0, groups)) {
      name = trimmed(text_, {name.begin, name.begin + groups[0].begin}, kEdges);
    } else if (open != std::string_view::npos && open > 0 && count_words(said.substr(open)) >= kLong) {
      name = trimmed(text_, {name.begin, name.begin + open}, kEdges);
    }
  }
  while (!name.empty() && !name.of(text_).ends_with(" hiện có") &&
         pattern("name_end").find(name.of(text_), 0, groups)) {
    name.end = name.begin + groups[0].begin;
    name = trimmed(text_, name, kEdges);
  }
  return name;
}

TextRange TargetNames::without_lead(TextRange name) const {
  std::vector<TextRange> groups;
  name = trimmed(text_, name, " \n,;:.");
  if (pattern("name_lead").find(name.of(text_), 0, groups)) name.begin += groups[0].end;
  return trimmed(text_, name, " \n,;:.");
}

std::size_t TargetNames::strong_head(TextRange before) const {
  const std::string_view passage = std::string_view(text_).substr(0, before.end);
  std::vector<TextRange> groups;
  std::size_t first = std::string_view::npos, opening = std::string_view::npos;
  const Pattern& head = pattern("strong_head");
  for (std::size_t from = before.begin; from < before.end && head.find(passage, from, groups);) {
    const std::size_t at = groups[0].begin;
    from = character_on(text_, at + 1, before.end);
    if (!word_edge(text_, at)) continue;
    if (first == std::string_view::npos) first = at;
    const std::size_t before_it = std::string_view(text_).find_last_not_of(" \n", at == 0 ? 0 : at - 1);
    if (at == before.begin || before_it < before.begin || text_[before_it] == ',') opening = at;
  }
  return opening != std::string_view::npos && opening > first &&
                 count_words(words_of(opening, before.end)) >= 2
             ? opening
             : first;
}

// Behind the last directing verb of a chain: "tái cấu trúc quy trình, tích hợp, cung cấp |thanh toán viện
// phí".
std::size_t TargetNames::behind_directive(TextRange before) const {
  const std::string_view passage = std::string_view(text_).substr(0, before.end);
  std::vector<TextRange> groups;
  std::size_t found = before.begin;
  const Pattern& verb = pattern("directive");
  for (std::size_t from = before.begin; from < before.end && verb.find(passage, from, groups);) {
    const std::size_t at = groups[0].begin;
    from = character_on(text_, at + 1, before.end);
    if (!word_edge(text_, at)) continue;
    std::vector<TextRange> whole;
    if (pattern("compound_verb").match_at(passage, at, whole)) continue;  // "giảm nghèo" is one thing
    constexpr std::size_t kVerbWindow = 24;
    const std::size_t start =
        character_on(text_, at > before.begin + kVerbWindow ? at - kVerbWindow : before.begin, at);
    if (pattern("not_before").found_in(words_of(start, at))) continue;
    const TextRange rest = trimmed(text_, {groups[0].end, before.end}, " \n,;:.");
    if (count_words(rest.of(text_)) < 2 || pattern("bad_start").found_in(rest.of(text_))) continue;
    found = rest.begin;
  }
  return found;
}

bool TargetNames::name_before(const Figure& figure, TextRange before, TargetName& name) const {
  std::vector<TextRange> groups;
  name.comparator = figure.comparator;
  if (pattern("delta_before").find(before.of(text_), 0, groups)) {
    if (name.comparator == Comparator::kEqual) {
      const std::string verb = to_lower(groups[1].of(before.of(text_)));
      name.comparator = verb == "giảm" ? Comparator::kDecrease : Comparator::kIncrease;
    }
    before.end = before.begin + groups[1].begin;
  }
  before = without_lead(before);
  if (before.empty()) return false;
  // "Tập trung thu ngân sách, phấn đấu |thu nội địa đạt …"
  std::size_t striving = std::string_view::npos;
  const Pattern& verb = pattern("striving");
  for (std::size_t from = 0; verb.find(before.of(text_), from, groups); from = groups[0].end)
    striving = before.begin + groups[0].end;
  if (striving != std::string_view::npos) {
    const TextRange rest = without_lead({striving, before.end});
    if (count_words(rest.of(text_)) >= 2) before = rest;
  }
  const std::size_t strong = strong_head(before);
  name.strong = strong != std::string_view::npos;
  // "Phấn đấu giảm |tỷ lệ hộ nghèo bình quân 1%/năm"
  const bool changes = strong != std::string_view::npos &&
                       pattern("change_of").found_in(words_of(before.begin, std::max(before.begin, strong)));
  const bool linked = changes || figure.has_verb || figure.has_delta ||
                      name.comparator == Comparator::kIncrease || name.comparator == Comparator::kDecrease;
  if (!linked && !(name.strong && (figure.has_bound || goal()))) return false;
  name.where = {name.strong ? strong : behind_directive(before), before.end};
  name.confidence = name.strong ? 0.95 : 0.85;
  // "tốc độ |tăng 8%": the verb belongs to the name, and the figure is a level.
  if (figure.has_delta && pattern("rate_noun").found_in(name.where.of(text_))) {
    name.where.end = figure.number.begin;
    name.comparator = figure.upper ? Comparator::kRange : Comparator::kEqual;
  }
  // "Giảm |tỷ lệ hộ nghèo từ 1,5 - 2%": by how much, where no word says down to where.
  const bool yearly = figure.unit.ends_with("/năm");  // "giảm tỷ lệ hộ nghèo là |4%/năm"
  const bool says_how_much = !figure.has_verb || figure.where.of(text_).starts_with("là ");
  if (name.strong && says_how_much && !figure.has_bound && !figure.has_delta &&
      pattern("change_of").find(words_of(before.begin, name.where.begin), 0, groups) &&
      (yearly || !pattern("change_to").found_in(words_of(name.where.begin, figure.number.begin)))) {
    const bool falls = to_lower(groups[1].of(words_of(before.begin, name.where.begin))) == "giảm";
    if (!figure.upper) name.comparator = falls ? Comparator::kDecrease : Comparator::kIncrease;
    if (figure.upper) name.back = falls ? " giảm" : " tăng";
  }
  name.where = without_tail(name.where);
  if (figure.has_delta && figure.upper && !figure.has_verb) {  // "giảm 1 - 1,5%": a range of a change
    name.back = " " + std::string(words_of(figure.where.begin, figure.number.begin));
    name.back.resize(name.back.find_last_not_of(" \n") + 1);
    constexpr std::string_view kFrom = " từ";
    if (name.back.ends_with(kFrom)) name.back.resize(name.back.size() - kFrom.size());
    if (pattern("hedge_end").find(name.back, 0, groups)) name.back.resize(groups[0].begin);
  }
  if (name.strong) return true;
  const std::string_view words = name.where.of(text_);
  if (figure.has_verb) return count_words(words) >= 2;
  // "Các bộ, ngành |giảm 5%": who does it is no name; "bộ có kết quả cắt giảm |dưới 15%" is a condition.
  const std::string printed = to_lower(figure.where.of(text_));
  const bool condition = printed.find("dưới") != std::string::npos ||
                         printed.find("trên") != std::string::npos || printed.ends_with("trở lên");
  const bool grows = goal() && figure.has_delta && printed.starts_with("tăng");  // "tăng từ 10% trở lên"
  const std::size_t fewest = goal() ? 2 : 3;  // "hộ nghèo giảm bình quân |4 - 5%/năm"
  return (!condition || grows) && count_words(words) >= fewest &&
         !tools_.agencies.at(std::string_view(text_).substr(0, name.where.end), name.where.begin);
}

// "… đạt chuẩn kiểu mẫu, |thu nhập bình quân tăng ít nhất 1,5 lần": another target begins.
std::size_t TargetNames::end_of_item(TextRange item) const {
  const std::string_view words = item.of(text_);
  std::vector<TextRange> head;
  for (std::size_t comma = words.find(", "); comma != std::string_view::npos;
       comma = words.find(", ", comma + 1)) {
    if (words.find_first_of("0123456789", comma) == std::string_view::npos) break;
    if (pattern("strong_head").match_at(words, comma + 2, head)) return item.begin + comma;
  }
  return item.end;
}

bool TargetNames::name_behind(const Figure& figure, std::size_t end, bool opens, TargetName& name) const {
  TextRange after{figure.where.end, clause_end(figure.where.end, end)};
  // "còn khoảng 25%, |giảm số xã …": other things
  const std::size_t first = skip_space(text_, after.begin);
  if (first < after.end && text_[first] == ',') return false;
  // Up to the next figure of the list: "80% hồ sơ …, 90% kết quả …"
  for (const Figure& next :
       tools_.words.find(text_, {after.begin, std::min(after.end, after.begin + kLongestName)}, true)) {
    if (next.unit_kind != UnitKind::kPercent || !ends_item(words_of(after.begin, next.where.begin))) continue;
    after.end = next.where.begin;
    break;
  }
  after.end = end_of_item(after);
  name.where = without_tail(after);
  name.comparator = figure.comparator;
  const std::string_view words = name.where.of(text_);
  const bool counted =
      (opens || figure.has_verb || figure.has_delta) && words.starts_with("số ");  // "80% số xã đạt chuẩn"
  // "100% |kế hoạch công tác hoàn thành đúng hạn"
  const bool done = opens && goal() && words.starts_with("kế hoạch ") && pattern("predicate").found_in(words);
  if (count_words(words) < 2 || (!counted && !done && pattern("bad_start").found_in(words))) return false;
  if (count_words(words) < 3 && !figure.has_delta) return false;  // "với tỷ lệ 1% - 3% doanh thu"
  std::size_t offset = 0;
  return decode_utf8(words, offset) > 0x40;  // a letter, not a bracket or a digit
}

}  // namespace vanban
