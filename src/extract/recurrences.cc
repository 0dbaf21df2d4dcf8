#include "extract/recurrences.h"

#include <algorithm>
#include <array>

#include "extract/deadline_words.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/scan.h"

namespace vanban::deadline {
namespace {

Frequency unit_at(std::string_view text, std::size_t at, std::size_t& end) {
  static constexpr std::pair<std::string_view, Frequency> kUnits[] = {
      {"06 tháng", Frequency::kHalfYearly},  {"6 tháng", Frequency::kHalfYearly},
      {"03 tháng", Frequency::kQuarterly},   {"3 tháng", Frequency::kQuarterly},
      {"01 tháng", Frequency::kMonthly},     {"1 tháng", Frequency::kMonthly},
      {"01 năm", Frequency::kYearly},        {"1 năm", Frequency::kYearly},
      {"một năm", Frequency::kYearly},       {"01 quý", Frequency::kQuarterly},
      {"sáu tháng", Frequency::kHalfYearly}, {"nửa năm", Frequency::kHalfYearly},
      {"ngày", Frequency::kDaily},           {"tuần", Frequency::kWeekly},
      {"tháng", Frequency::kMonthly},        {"quý", Frequency::kQuarterly},
      {"quí", Frequency::kQuarterly},        {"năm", Frequency::kYearly}};
  for (const auto& [words, frequency] : kUnits) {
    if (const std::size_t behind = word(text, at, words)) {
      end = behind;
      return frequency;
    }
  }
  return Frequency::kNever;
}

// "thứ Sáu", "chiều thứ 6": its weekly rule and its end; `strict`: the day before it.
std::optional<std::pair<std::string, std::size_t>> weekday_at(std::string_view text, std::size_t at,
                                                              bool strict) {
  static constexpr std::array<std::string_view, 7> kDays = {"thứ hai", "thứ ba",  "thứ tư",  "thứ năm",
                                                            "thứ sáu", "thứ bảy", "chủ nhật"};
  static constexpr std::array<std::string_view, 6> kShort = {"thứ 2", "thứ 3", "thứ 4",
                                                             "thứ 5", "thứ 6", "thứ 7"};
  static constexpr std::array<std::string_view, 7> kCodes = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  static constexpr std::array<std::string_view, 5> kParts = {"buổi sáng", "buổi chiều", "sáng", "chiều",
                                                             "tối"};
  if (const std::size_t part = any_word(text, at, kParts)) at = skip_space(text, part);
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    std::size_t end = word(text, at, kDays[i]);
    if (end == 0 && i < kShort.size()) end = word(text, at, kShort[i]);
    if (end == 0) continue;
    const std::size_t kept = strict ? (i + 6) % 7 : i;
    return std::make_pair("FREQ=WEEKLY;BYDAY=" + std::string(kCodes[kept]), end);
  }
  return std::nullopt;
}

}  // namespace

Recurrence recurrence_at(std::string_view text, std::size_t at, bool loose) {
  std::size_t pos = at;
  const std::size_t each = any_word(text, at, kEach);
  if (each != 0) pos = skip_space(text, each);
  if (each == 0 && !loose) return {};
  Recurrence found;
  found.frequency = unit_at(text, pos, found.end);
  // "quý III" and "tháng 6" name one, not each of them.
  if (found.frequency != Frequency::kNever && each == 0) {
    const std::size_t next = skip_space(text, found.end);
    if (next < text.size() && is_digit(text[next])) return {};
  }
  return found;
}

std::optional<Interval> once_every(std::string_view text, std::size_t at, std::size_t begin,
                                   std::size_t limit) {
  static constexpr std::pair<std::string_view, std::string_view> kUnits[] = {
      {"ngày", "DAILY"}, {"tuần", "WEEKLY"}, {"tháng", "MONTHLY"}, {"quý", "MONTHLY"}, {"năm", "YEARLY"}};
  static constexpr std::string_view kOnes[] = {"một", "01", "1"};
  static constexpr std::pair<std::string_view, int> kCounts[] = {{"hai", 2}, {"ba", 3},   {"bốn", 4},
                                                                 {"năm", 5}, {"sáu", 6},  {"mười", 10},
                                                                 {"mỗi", 1}, {"hằng", 1}, {"hàng", 1}};
  const std::size_t behind = word(text, at, "lần");
  if (behind == 0 || behind > limit) return std::nullopt;
  const auto rule_of_unit = [](std::size_t unit, int count) {
    const int interval = kUnits[unit].first == "quý" ? 3 * count : count;
    return "FREQ=" + std::string(kUnits[unit].second) +
           (interval == 1 ? std::string() : ";INTERVAL=" + std::to_string(interval));
  };
  const std::size_t left = skip_space_back(text, at);
  std::size_t counted = kNone;  // where "một", "01" begins
  for (const std::string_view one : kOnes) {
    if (counted == kNone) counted = match_words_back(text, left, one);
  }
  // "01 lần/năm", "một lần mỗi quý"
  std::size_t per = skip_space(text, behind);
  if (per < limit && text[per] == '/') {
    per = skip_space(text, per + 1);
  } else {
    per = word(text, per, "mỗi");
    if (per != 0) per = skip_space(text, per);
  }
  for (std::size_t unit = 0; per != 0 && counted != kNone && counted >= begin && unit < std::size(kUnits);
       ++unit) {
    const std::size_t end = word(text, per, kUnits[unit].first);
    if (end != 0 && end <= limit) return Interval{rule_of_unit(unit, 1), {counted, end}};
  }
  // "hai năm |một lần", "3 tháng|/lần"
  const bool slash = left > begin && text[left - 1] == '/';
  if (!slash && counted == kNone) return std::nullopt;
  const std::size_t unit_end = skip_space_back(text, slash ? left - 1 : counted);
  for (std::size_t unit = 0; unit < std::size(kUnits); ++unit) {
    const std::size_t unit_begin = match_words_back(text, unit_end, kUnits[unit].first);
    if (unit_begin == kNone || unit_begin <= begin) continue;
    const std::size_t number_end = skip_space_back(text, unit_begin);
    std::size_t from = number_end;
    int count = 0, place = 1;
    for (; from > begin && is_digit(text[from - 1]) && number_end - from < 3; place *= 10)
      count += place * (text[--from] - '0');
    if (from == number_end) {
      for (const auto& [words, value] : kCounts) {
        const std::size_t found = match_words_back(text, number_end, words);
        if (found != kNone) from = found, count = value;
      }
    }
    if (count == 0 || count > 60 || from < begin || !word_starts(text, from)) return std::nullopt;
    const std::size_t regular = match_words_back(text, skip_space_back(text, from), "định kỳ");
    return Interval{rule_of_unit(unit, count),
                    {regular != kNone && regular >= begin ? regular : from, behind}};
  }
  return std::nullopt;
}

std::string_view base_rule(Frequency frequency) {
  switch (frequency) {
    case Frequency::kDaily:
      return "FREQ=DAILY";
    case Frequency::kWeekly:
      return "FREQ=WEEKLY";
    case Frequency::kMonthly:
      return "FREQ=MONTHLY";
    case Frequency::kQuarterly:
      return "FREQ=MONTHLY;INTERVAL=3";
    case Frequency::kHalfYearly:
      return "FREQ=MONTHLY;INTERVAL=6";
    case Frequency::kYearly:
      return "FREQ=YEARLY";
    case Frequency::kNever:
      break;
  }
  return "";
}

std::string rule_of(Frequency frequency, const Period& period, bool strict) {
  constexpr int kPlainYear = 2023;  // 1/3 is preceded by 28/2 in most years
  if (period.month != 0 && (frequency == Frequency::kYearly || frequency == Frequency::kNever)) {
    PartialDate last;
    if (period.grain == Grain::kDay) {
      last = {kPlainYear, period.month, std::min(period.day, days_in_month(kPlainYear, period.month))};
      if (strict) last = day_before(last);
    } else {
      last = strict ? day_before({kPlainYear, period.first_month, 1})
                    : PartialDate{kPlainYear, period.month, days_in_month(kPlainYear, period.month)};
    }
    const bool end_of_february =
        last.month == 2 && last.day == 28 && !(period.month == 2 && period.day == 28);
    return "FREQ=YEARLY;BYMONTH=" + std::to_string(last.month) +
           ";BYMONTHDAY=" + (end_of_february ? std::string("-1") : std::to_string(last.day));
  }
  if (period.month == 0 && period.grain == Grain::kDay && frequency == Frequency::kMonthly) {
    const int day = strict ? period.day - 1 : period.day;
    return "FREQ=MONTHLY;BYMONTHDAY=" + std::to_string(day == 0 ? -1 : day);
  }
  return std::string(base_rule(frequency));
}

std::optional<std::size_t> periodic_at(std::string_view text, std::size_t at, std::size_t limit,
                                       bool clause_begins, std::vector<Deadline>& into) {
  const std::size_t regular = word(text, at, "định kỳ");
  if (regular == 0 && !clause_begins) return std::nullopt;
  if (regular != 0) {  // "định kỳ vào ngày 15 của tháng cuối quý"
    std::size_t day = skip_space(text, regular);
    if (auto weekly = weekly_at(text, day, limit, false)) {  // "định kỳ thứ Sáu hằng tuần báo cáo"
      into.push_back(recurring(text, at, weekly->second, std::move(weekly->first)));
      return weekly->second;
    }
    const std::size_t before = word(text, day, "trước"), on = before != 0 ? before : word(text, day, "vào");
    const bool named = on != 0 || word(text, day, "ngày") != 0;
    if (on != 0) day = skip_space(text, on);
    const auto period = named ? period_at(text, day, limit, false) : std::nullopt;
    if (period) {
      // "định kỳ ngày 25 hằng tháng báo cáo"
      const Recurrence each = recurrence_at(text, skip_space(text, period->where.end), false);
      if (each.frequency != Frequency::kNever && each.end <= limit && period->year == 0) {
        into.push_back(recurring(text, at, each.end, rule_of(each.frequency, *period, before != 0)));
        return each.end;
      }
      const std::size_t end = yearly_days(text, at, *period, limit, before != 0, into);
      if (end != 0) return end;
    }
  }
  std::size_t pos = regular == 0 ? at : skip_space(text, regular);
  std::vector<Frequency> frequencies;
  std::size_t end = 0;
  while (true) {
    const Recurrence found = recurrence_at(text, pos, regular != 0 || !frequencies.empty());
    if (found.frequency == Frequency::kNever || found.end > limit) break;
    frequencies.push_back(found.frequency);
    end = found.end;
    pos = next_item(text, end, limit);
    if (pos == 0) break;
  }
  if (frequencies.empty()) return std::nullopt;
  if (frequencies.size() == 1 && frequencies.front() == Frequency::kWeekly) {
    // "Hằng tuần (vào thứ Sáu)", "hằng tuần, trước thứ Sáu"
    std::size_t next = skip_space(text, end);
    const bool bracket = next < limit && text[next] == '(';
    if (bracket || (next < limit && text[next] == ',')) next = skip_space(text, next + 1);
    const std::size_t before = word(text, next, "trước"), on = word(text, next, "vào");
    if (before != 0 || on != 0) next = skip_space(text, before != 0 ? before : on);
    if (const auto day = weekday_at(text, next, before != 0); day && day->second <= limit) {
      const std::size_t last =
          bracket && day->second < limit && text[day->second] == ')' ? day->second + 1 : day->second;
      into.push_back(recurring(text, at, last, day->first));
      return last;
    }
  }
  const std::size_t bound = clause_end(text, end, limit);
  for (std::size_t i = end; i < bound;) {
    if (word_starts(text, i)) {
      const std::size_t before = word(text, i, "trước");
      const std::size_t on = before != 0 ? before : word(text, i, "vào");
      if (on != 0) {
        const auto period = period_at(text, skip_space(text, on), bound, false);
        if (period && period->year == 0) {
          // "định kỳ 6 tháng báo cáo …, trước ngày 15/6 và 15/12": a day for each of them
          const std::size_t days = frequencies.back() == Frequency::kHalfYearly  ? 2
                                   : frequencies.back() == Frequency::kQuarterly ? 4
                                                                                 : 0;
          if (days != 0 && frequencies.size() == 1) {
            const std::size_t last = yearly_days(text, at, *period, limit, before != 0, into, days);
            if (last != 0) return last;
          }
          into.push_back(
              recurring(text, at, period->where.end, rule_of(frequencies.back(), *period, before != 0)));
          for (std::size_t k = 0; k + 1 < frequencies.size(); ++k) {
            into.insert(into.end() - 1, recurring(text, at, end, std::string(base_rule(frequencies[k]))));
          }
          return period->where.end;
        }
      }
    }
    decode_utf8(text, i);
  }
  for (const Frequency frequency : frequencies)
    into.push_back(recurring(text, at, end, std::string(base_rule(frequency))));
  return end;
}

std::size_t year_of_plan(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 6> kYears = {
      "của năm trước kế hoạch", "năm trước kế hoạch", "của năm trước năm kế hoạch",
      "năm trước năm kế hoạch", "của năm kế hoạch",   "năm kế hoạch"};
  return any_word(text, skip_space(text, at), kYears);
}

std::size_t other_year(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 10> kYears = {
      "của năm sau liền kề", "năm sau liền kề", "của năm sau", "năm sau",        "của năm trước",
      "năm trước",           "năm tiếp theo",   "năm liền kề", "năm liền trước", "của năm tiếp theo"};
  return any_word(text, skip_space(text, at), kYears);
}

std::optional<std::pair<std::string, std::size_t>> weekly_at(std::string_view text, std::size_t at,
                                                             std::size_t limit, bool strict) {
  std::size_t pos = at;
  if (const std::size_t day = word(text, pos, "ngày")) pos = skip_space(text, day);
  const auto day = weekday_at(text, pos, strict);
  if (!day) return std::nullopt;
  const Recurrence each = recurrence_at(text, skip_space(text, day->second), false);
  if (each.frequency != Frequency::kWeekly || each.end > limit) return std::nullopt;
  return std::make_pair(day->first, each.end);
}

std::size_t ends_with_daily(std::string_view text, std::size_t at, std::size_t begin) {
  const std::size_t end = skip_space_back(text, at);
  for (const std::string_view words : {"hằng ngày", "hàng ngày", "mỗi ngày"}) {
    const std::size_t from = match_words_back(text, end, words);
    if (from != kNone && from >= begin) return from;
  }
  return at;
}

std::optional<Recurrence> repeated_at(std::string_view text, std::size_t at, std::size_t begin,
                                      std::size_t limit) {
  static constexpr std::array<std::string_view, 22> kNouns = {
      "kế hoạch", "dự toán",   "ngân sách",  "kinh phí",   "chương trình", "công tác",     "vốn",   "mức",
      "tăng",     "bình quân", "trung bình", "chỉ tiêu",   "nhiệm vụ",     "thường xuyên", "nguồn", "chi",
      "thu",      "số",        "lượng",      "nghị quyết", "hoạt động",    "giảm"};
  static constexpr std::array<std::string_view, 5> kDone = {"báo cáo", "gửi", "sơ kết", "tổng kết",
                                                            "giao ban"};
  static constexpr std::array<std::string_view, 7> kBehind = {"về",    "cho", "theo", "với",
                                                              "trước", "và",  "để"};
  const Recurrence found = recurrence_at(text, at, false);
  if (found.frequency == Frequency::kNever || found.end > limit) return std::nullopt;
  const std::size_t left = skip_space_back(text, at);
  for (const std::string_view noun : kNouns) {
    if (match_words_back(text, left, noun) != std::string_view::npos) return std::nullopt;
  }
  // Nothing but whom to stands between: "báo cáo kế hoạch … hằng năm" tells how often nobody knows what.
  constexpr std::size_t kNear = 90;
  bool done = false;
  for (std::size_t i = std::max(clause_start(text, begin, at), at > kNear ? at - kNear : 0); i < left;) {
    if (word_starts(text, i)) {
      const std::size_t verb = any_word(text, i, kDone);
      if (verb != 0 && verb <= left) done = true;
      for (const std::string_view noun : kNouns) {
        if (word(text, i, noun) != 0) done = false;
      }
    }
    if (text[i] == ',') done = false;
    decode_utf8(text, i);
  }
  if (!done) return std::nullopt;
  const std::size_t next = skip_space(text, found.end);
  const bool ends = next >= limit || text[next] == '.' || text[next] == ';' || text[next] == ',' ||
                    text[next] == '(' || text[next] == '\n' || any_word(text, next, kBehind) != 0;
  return ends ? std::optional(found) : std::nullopt;
}

std::size_t yearly_days(std::string_view text, std::size_t at, const Period& first, std::size_t limit,
                        bool strict, std::vector<Deadline>& into, std::size_t told) {
  if (first.grain != Grain::kDay || first.year != 0) return 0;
  std::size_t end = first.where.end;
  if (first.month == 0) {
    static constexpr std::array<std::string_view, 10> kOfQuarter = {
        "của tháng cuối quý",          "tháng cuối quý",          "của tháng cuối mỗi quý",
        "của tháng cuối cùng của quý", "tháng cuối cùng của quý", "của tháng cuối cùng quý",
        "của tháng đầu quý sau",       "tháng đầu quý sau",       "của tháng đầu tiên của quý sau",
        "tháng đầu của quý sau"};
    const std::size_t behind = any_word(text, skip_space(text, end), kOfQuarter);
    if (behind == 0 || behind > limit) return 0;
    into.push_back(recurring(text, at, behind, std::string(base_rule(Frequency::kQuarterly))));
    return behind;
  }
  std::vector<Period> days = {first};
  while (days.size() < 12) {
    std::size_t next = next_item(text, end, limit);
    if (next == 0) break;
    if (const std::size_t before = word(text, next, "trước")) next = skip_space(text, before);
    const auto more = period_at(text, next, limit, false);
    if (!more || more->grain != Grain::kDay || more->year != 0 || more->month == 0) break;
    days.push_back(*more);
    end = more->where.end;
  }
  if (days.size() < 2) return 0;
  const Recurrence each = recurrence_at(text, skip_space(text, end), false);
  const bool said = each.frequency == Frequency::kYearly && each.end <= limit;
  if (!said && days.size() != told) return 0;
  if (said) end = each.end;
  for (const Period& day : days)
    into.push_back(recurring(text, at, end, rule_of(Frequency::kYearly, day, strict)));
  return end;
}

}  // namespace vanban::deadline
