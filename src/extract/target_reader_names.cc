// What a target is called: the words before its figure, behind it, or those of the target before it.

#include <algorithm>

#include "extract/target_reader.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {

bool TargetReader::ends_item(std::size_t at) const {
  const std::size_t next = skip_space(text_, at);
  return next >= range_.end || std::string_view(";.,").find(text_[next]) != std::string_view::npos;
}

bool TargetReader::find_name(const Figure& figure, TextRange before, TargetName& name,
                             std::size_t& end) const {
  const TextRange lead = without_lead(before);
  const bool percent = figure.unit_kind == UnitKind::kPercent;
  const bool opens = lead.empty() || (ends_list(before) && !figure.has_verb);
  const bool more = figure.unit_kind == UnitKind::kCount && says("more_of", figure.where);
  bool found = !opens && !more && name_before(figure, before, name);
  // "Các bộ phấn đấu đạt 100% |hồ sơ được số hóa", "giảm 30% |thời gian giải quyết": a statement of its own
  // behind the figure names it better than whoever acts.
  const bool weak = found && !name.strong;
  TargetName behind;
  const bool good = percent && (!found || weak) && name_behind(figure, range_.end, opens, behind);
  if (good && (opens || figure.has_verb || figure.has_delta)) {
    if (opens || (figure.has_delta && (!found || !figure.has_verb)) || says("predicate", behind.where)) {
      if (!opens) behind.confidence = 0.8;
      name = behind;
      found = true;
    }
  }
  if (found && weak && good && !opens && figure.has_verb && name.where.begin < figure.number.begin &&
      says("part_verb", name.where))
    narrow(behind, name, end);  // "cáp quang phủ đạt 75% |hộ gia đình"
  if (found && name.strong && !opens && figure.has_verb && name.where.begin < figure.number.begin)
    name_two(figure, name, end);
  if (found && opens && percent && narrowed_ && same_sentence(figure.where.begin) && name.front.empty() &&
      !says("predicate", name.where))
    name.front = last_name_front_ + " ";
  if (found && opens && percent && !last_front_.empty() && same_sentence(figure.where.begin) &&
      name.front.empty() && says("joint", before) && !says("predicate", name.where))
    name.front = last_front_;  // "xử lý trên 90% chất thải nguy hại và |100% chất thải y tế"
  // "đào tạo thường xuyên cho |50% lực lượng lao động"
  std::vector<TextRange> groups;
  if (found && opens && percent && goal() && name.front.empty() &&
      pattern("for_whom").find(trimmed(text_, before).of(text_), 0, groups))
    name.front = std::string(groups[1].of(trimmed(text_, before).of(text_))) + " ";
  if (!found && !opens && percent && figure.has_bound) found = goes_on(figure, lead, name);
  if (!found && !opens && percent) found = falls_by(figure, lead, name);
  if (!found && percent && aims_at(figure)) found = action_on(figure, lead, good, behind, name);
  if (!found && opens) found = same_again(figure, name);
  // "Tốc độ tăng trưởng (GRDP) phấn đấu |từ 7,5% trở lên"
  if (!found && opens && !lead.empty() && says("ends_striving", before))
    found = name_before(figure, before, name) && name.strong;
  if (!found && percent && goal()) found = part_of_structure(figure, before, name);
  // "Thực hiện tổng diện tích gieo trồng |772 ha" names it already.
  const bool named = found && name.strong && name.where.end <= figure.number.begin;
  const bool acted =
      !named && figure.unit_kind == UnitKind::kMeasure && says("acts_on", trimmed(text_, before));
  if ((!found && figure.unit_kind == UnitKind::kCount) || acted) found = things_to_have(figure, before, name);
  if (!found) return false;
  // A share is told in percent: "tỷ lệ số xã đạt |dưới 10 tiêu chí"
  if (!percent && name.where.begin < figure.number.begin && says("rate_head", name.where)) return false;
  end = std::max(end, name.where.begin >= figure.number.begin ? name.where.end : 0);
  if (name.where.begin < figure.number.begin) complete(figure, name);
  const bool things =
      (figure.unit_kind == UnitKind::kCount || acted) && name.where.begin >= figure.number.begin;
  return percent || things || counted_target(figure, name);
}

bool TargetReader::part_of_structure(const Figure& figure, TextRange before, TargetName& name) const {
  const std::size_t begin = sentence_at(figure.where.begin).begin;
  const std::size_t colon =
      std::min(text_.substr(0, figure.where.begin).find(':', begin), figure.where.begin);
  const TextRange label = without_lead({begin, colon});
  const TextRange item = without_lead(before);
  constexpr std::size_t kMostWords = 12;
  const std::size_t words = count_words(item.of(text_));
  if (colon >= figure.where.begin || item.begin < colon || words == 0 || words > kMostWords ||
      !says("structure_label", label))
    return false;
  name = {};
  name.front = std::string(label.of(text_)) + ", ";
  name.where = without_tail(item);
  name.comparator = figure.comparator;
  name.confidence = 0.85;
  return has_letter(name.where.of(text_));
}

bool TargetReader::goes_on(const Figure& figure, TextRange lead, TargetName& name) const {
  name = {};
  name.where = without_tail(lead);
  if (count_words(name.where.of(text_)) < 2) return false;
  name.comparator = figure.comparator;
  complete(figure, name);
  name.confidence = 0.85;
  return !name.front.empty();
}

bool TargetReader::falls_by(const Figure& figure, TextRange lead, TargetName& name) const {
  std::vector<TextRange> groups;
  const std::string_view words = lead.of(text_);
  if (figure.has_verb || figure.has_bound || !pattern("falls").find(words, 0, groups)) return false;
  const bool compared =
      says("compared_in_clause", {figure.where.end, clause_end(figure.where.end, range_.end)});
  if (!compared && !aims_at(figure)) return false;
  name = {};
  name.where = without_tail({lead.begin + groups[2].begin, lead.begin + groups[2].end});
  if (count_words(name.where.of(text_)) < 2) return false;
  const bool falls = to_lower(groups[1].of(words)).find("giảm") != std::string::npos;
  name.comparator = figure.upper ? Comparator::kRange : falls ? Comparator::kDecrease : Comparator::kIncrease;
  if (figure.upper) name.back = falls ? " giảm" : " tăng";
  name.confidence = 0.8;
  return true;
}

void TargetReader::name_two(const Figure& figure, TargetName& name, std::size_t& end) const {
  if (figure.unit_kind != UnitKind::kPercent) return;
  constexpr std::size_t kNear = 120;
  const std::size_t until =
      character_back(text_, std::min(range_.end, figure.where.end + kNear), figure.where.end);
  std::vector<TextRange> groups;
  if (!pattern("two_shares").find(words_of(figure.where.end, until), 0, groups)) return;
  const std::string first(groups[1].of(words_of(figure.where.end, until)));
  if (count_words(first) < 2 || pattern("bad_start").found_in(first)) return;
  name.back = " " + first;
  end = std::max(end, figure.where.end + groups[1].end);
}

void TargetReader::narrow(const TargetName& behind, TargetName& name, std::size_t& end) const {
  constexpr std::size_t kMostWords = 12;
  std::size_t offset = 0;
  const std::string_view words = behind.where.of(text_);
  if (count_words(words) > kMostWords || parting_comma(words) != std::string_view::npos ||
      is_upper_letter(decode_utf8(words, offset))) {
    return;
  }
  name.back = " " + std::string(words);
  end = std::max(end, behind.where.end);
}

bool TargetReader::action_on(const Figure& figure, TextRange lead, bool named_behind,
                             const TargetName& behind, TargetName& name) const {
  std::string_view verb = lead.of(text_);
  constexpr std::string_view kStriving = "phấn đấu ";
  if (const std::size_t at = verb.rfind(kStriving); at != std::string_view::npos)
    verb = verb.substr(at + kStriving.size());
  // "tập trung đẩy nhanh tiến độ, bảo đảm |giải ngân 100% kế hoạch vốn"
  constexpr std::string_view kEnsured = "bảo đảm ", kEnsuredToo = "đảm bảo ";
  for (const std::string_view ensured : {kEnsured, kEnsuredToo}) {
    const std::size_t at = verb.rfind(ensured);
    if (at != std::string_view::npos && count_words(verb.substr(at)) > 2)
      verb = verb.substr(at + ensured.size());
  }
  if (verb.empty() || lead.size() > kLongestName) return false;
  const bool spends = verb.ends_with("giải ngân");  // "giải ngân |100% kế hoạch vốn"
  std::vector<TextRange> groups;
  const bool masters = goal() && pattern("masters").find(lead.of(text_), 0, groups);
  const std::string_view object = behind.where.of(text_);
  const bool needed = masters && object.starts_with("nhu cầu ");  // "đáp ứng |80% nhu cầu phân bón"
  const bool all = goal() && figure.value == 100 && count_words(verb) <= 2;  // "xóa |100% nhà tạm"
  if (!named_behind && !((spends || needed || all) && count_words(object) >= 2)) return false;
  std::size_t offset = 0;
  const bool lower =
      !is_upper_letter(decode_utf8(verb, offset)) || pattern("directive").match_at(verb, 0, groups);
  const std::string_view link = trimmed(text_, {lead.end, std::max(lead.end, figure.number.begin)}).of(text_);
  const bool whole = figure.value == 100 && !figure.upper;
  if (whole && (lower || spends) && count_words(verb) <= 4 && verb.find(',') == std::string_view::npos) {
    name = behind;
    name.front = without_completion(verb);
  } else if (goal() && says("reaches", {lead.begin, figure.number.begin})) {
    name = behind;
    name.front = std::string(verb) + " ";
    if (!link.empty() && name.front.find(" " + std::string(link) + " ") == std::string::npos)
      name.front += std::string(link) + " ";
  } else if (masters) {
    name = behind;  // "bồi dưỡng bảo đảm tự chủ được |70% năng lực thẩm định": "tự chủ năng lực thẩm định"
    name.front = without_completion(groups[1].of(lead.of(text_)));
  } else {
    return false;
  }
  name.confidence = 0.8;
  return true;
}

bool TargetReader::same_again(const Figure& figure, TargetName& name) const {
  const bool same_unit =
      figure.unit == last_unit_ ||  // "550/100.000 trẻ em … và 500/100.000"
      (!figure.unit.empty() && figure.unit[0] == '/' && last_unit_.starts_with(figure.unit));
  if (last_.where.empty() || !same_unit) return false;
  if (sentence_at(figure.where.begin).begin > last_.where.begin) return false;
  bool inferred = false;
  const std::string period = period_of(figure, inferred);
  if (inferred || period.empty() || period == last_period_) return false;
  name = last_;
  name.comparator = figure.comparator;
  name.confidence = 0.8;
  return true;
}

bool TargetReader::same_sentence(std::size_t at) const {
  return sentence_at(at).begin <= last_.where.begin &&
         words_of(last_.where.end, std::max(last_.where.end, at)).find(';') == std::string_view::npos;
}

void TargetReader::complete(const Figure& figure, TargetName& name) const {
  if (name.strong || last_strong_.empty() || last_.where.end > name.where.begin) return;
  if (!(figure.has_verb || figure.has_bound) || !same_sentence(figure.where.begin)) return;
  const std::string_view own = name.where.of(text_), above = last_strong_;
  // "Tỷ lệ hoàn thành cấp tiểu học đúng độ tuổi đạt 99,7%, |trung học cơ sở đạt 99%"
  std::vector<TextRange> groups, level;
  if (pattern("levels").find(own, 0, groups) && groups[0].begin == 0 && groups[0].end == own.size()) {
    std::size_t at = std::string_view::npos;
    for (std::size_t from = 0; pattern("levels").find(above, from, level); from = level[0].end) {
      // "cấp |tiểu học": the word before it stays where its like has none
      const std::size_t cut = groups[1].begin == 0 ? level[1].begin : level[0].begin;
      if (cut > 0 && above[cut - 1] == ' ') at = cut;
    }
    if (at != std::string_view::npos) {
      name.front = std::string(above.substr(0, at));
      return;
    }
  }
  for (const std::string_view preposition : {" tại ", " của ", " ở ", " đối với ", " từ "}) {
    const std::size_t at = above.rfind(preposition);
    if (own.starts_with(preposition.substr(1))) {
      name.front = std::string(above.substr(0, at)) + " ";
      return;
    }
    if (at == std::string_view::npos) continue;
    const std::string_view whose = above.substr(at + preposition.size());
    const std::string_view first = whose.substr(0, whose.find(' '));
    if (own.size() <= first.size() || !own.starts_with(first) || own[first.size()] != ' ') continue;
    name.front = std::string(above.substr(0, at)) + std::string(preposition);
    return;
  }
  const std::string_view link = words_of(last_.where.end, name.where.begin);
  const std::size_t part = link.find("trong đó");
  if (part == std::string_view::npos || !last_.strong) return;
  name.front = std::string(above) + (link.find(" có", part) != std::string_view::npos ? " có " : ", ");
}

std::string TargetReader::without_completion(std::string_view verb) {
  for (const std::string_view done : {"hoàn thành", "cơ bản"}) {
    const std::string_view rest = verb.substr(std::min(verb.size(), done.size()));
    if (verb.substr(0, done.size()) == done && rest.size() > 1 && rest[0] == ' ') verb = rest.substr(1);
  }
  for (const std::string_view able : {" được", " đủ"})
    if (verb.ends_with(able)) verb.remove_suffix(able.size());
  return std::string(verb) + " ";
}

bool TargetReader::ends_list(TextRange before) const {
  const std::string_view words = before.of(text_);
  const std::size_t last = words.find_last_not_of(" \n");
  if (last == std::string_view::npos || words[last] == ',') return true;
  constexpr std::size_t kTail = 32;
  const std::size_t start = character_on(words, last + 1 > kTail ? last + 1 - kTail : 0, last);
  return pattern("opens_name").found_in(words.substr(start, last + 1 - start));
}

bool TargetReader::counted_target(const Figure& figure, const TargetName& name) const {
  // "- Thu nhập bình quân đầu người 69,85 triệu đồng/người/năm" in a list of chỉ tiêu: a name and its
  // figure.
  const bool amount = figure.unit_kind == UnitKind::kMoney || figure.unit_kind == UnitKind::kMeasure ||
                      figure.unit_kind == UnitKind::kMagnitude;
  const bool counts = figure.unit_kind == UnitKind::kCount && says("counts_itself", name.where);
  const bool listed = goal() && (amount || counts) && begins_item(name.where.begin);
  const bool raised = goal() && figure.has_verb && name.where.begin < figure.number.begin &&
                      before_is("raises", name.where.begin);
  // "Lương thực bình quân đầu người đạt trên |550 kg/người/năm" among the goals
  constexpr std::string_view kReaches = "đạt";
  if (goal() && to_lower(figure.where.of(text_)).starts_with(kReaches) &&
      name.where.begin < figure.number.begin && count_words(name.where.of(text_)) >= 3)
    return true;
  if (raised || (figure.has_delta && name.strong && aims_at(figure))) return true;
  // "Giá trị thu nhập trên một đơn vị diện tích tăng |1,5 lần"
  if (goal() && figure.has_delta && figure.unit == "lần" && name.where.begin < figure.number.begin &&
      count_words(name.where.of(text_)) >= 3)
    return true;
  // "…, gồm việc làm trong nước |1,4 - 1,5 triệu người; xuất khẩu lao động 100 nghìn người": parts of a
  // target
  if (goal() && figure.unit_kind == UnitKind::kCount && last_things_ &&
      sentence_at(figure.where.begin).begin <= last_.where.begin && !figure.has_delta)
    return true;
  return name.strong && (figure.has_verb || listed || (goal() && (figure.has_bound || figure.has_delta))) &&
         aims_at(figure);
}

bool TargetReader::begins_item(std::size_t at) const {
  constexpr std::size_t kNear = 12;
  if (at < range_.begin + kNear) return true;
  const std::size_t before = skip_space_back(text_, at);
  if (before > range_.begin && text_[before - 1] == ',') return true;
  return without_lead({clause_begin(range_.begin, at), at}).empty();
}

bool TargetReader::things_to_have(const Figure& figure, TextRange before, TargetName& name) const {
  const TextRange verb = trimmed(text_, before);
  const bool reached = goal() && figure.has_verb && without_lead(before).empty();  // "Đạt |12 bác sĩ/vạn dân"
  if (says("already", verb)) return false;  // "Năm 2020 đã đón |2 triệu lượt khách"
  const bool works = says("work", verb);
  const bool had = works || says("things", verb) || says("acts_on", verb) || says("more_of", figure.where);
  if (figure.where.of(text_).ends_with("trở lên") && !says("acts_on", verb))
    return false;  // "doanh nghiệp có từ 500 lao động trở lên"
  const bool sought = says("aimed", told_before(figure.where.begin));
  // "Đạt 12 bác sĩ/vạn dân và |42 giường bệnh/vạn dân"
  const bool listed =
      !last_.where.empty() && last_things_ && ends_list(before) && same_sentence(figure.where.begin);
  const bool meant = goal() ? had || reached || listed || figure.has_bound
                            : sought && (had || (figure.has_bound && says("strives_for", before))) &&
                                  (figure.has_bound || figure.has_delta || figure.upper || works);
  if (!meant) return false;
  const bool measured = figure.unit_kind == UnitKind::kMeasure;  // "Trồng mới |2.000 ha rừng"
  TextRange things{measured ? figure.where.end : figure.number.end, clause_end(figure.where.end, range_.end)};
  things.end = end_of_item(things);
  for (std::size_t i = things.begin + 1; i < things.end; ++i) {  // "… và |01 nhà văn hóa" is another one
    const bool another = is_digit(text_[i]) && text_[i - 1] == ' ', remark = text_[i] == '(';
    if (!another && !remark) continue;
    if (another && says("inner_number", {things.begin, i})) continue;  // "trong số |500 trường tốt nhất"
    things.end = i;
    if (another) {  // "1.200 lao động, xóa |100% nhà tạm"
      const std::string_view words = words_of(figure.where.end, i);
      const std::size_t comma = words.rfind(',');
      constexpr std::size_t kVerb = 2;  // words of what is done to the next one
      if (comma != std::string_view::npos && count_words(words.substr(comma)) <= kVerb &&
          !words.ends_with(" và "))
        things.end = figure.where.end + comma;
    }
    break;
  }
  name = {};
  name.where = without_tail(trimmed(text_, things));
  const std::size_t counted = name.where.of(text_).find_first_of(' ');
  if (counted != std::string_view::npos && says("magnitude", {name.where.begin, name.where.begin + counted}))
    name.where.begin += counted + 1;  // "triệu |lao động"
  name.comparator = figure.comparator;
  name.confidence = 0.85;
  std::vector<TextRange> groups;
  if (works && pattern("work").find(verb.of(text_), 0, groups)) {
    name.front = std::string(groups[1].of(verb.of(text_))) + " cho ";
  } else if (pattern("acts_on").find(verb.of(text_), 0, groups)) {
    name.front = std::string(groups[1].of(verb.of(text_))) + " ";
  }
  return count_words(name.where.of(text_)) + count_words(name.front) >= 2;
}

}  // namespace vanban
