#include "extract/deadlines.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "extract/periods.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/first_words.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kClause = 220;  // how far a limit may stand from the words that it belongs to

std::size_t word(std::string_view text, std::size_t at, std::string_view words) {
  const std::size_t length = match_words(text, at, words);
  return length != 0 && word_ends(text, at + length) ? at + length : 0;
}

template <std::size_t N>
std::size_t any_word(std::string_view text, std::size_t at, const std::array<std::string_view, N>& words) {
  for (const std::string_view one : words) {
    if (const std::size_t end = word(text, at, one)) return end;
  }
  return 0;
}

// ---- how often --------------------------------------------------------------------------------------
enum class Frequency : std::uint8_t { kNever, kDaily, kWeekly, kMonthly, kQuarterly, kHalfYearly, kYearly };

struct Recurrence {
  Frequency frequency = Frequency::kNever;
  std::size_t end = 0;
};

Frequency unit_at(std::string_view text, std::size_t at, std::size_t& end) {
  static constexpr std::pair<std::string_view, Frequency> kUnits[] = {
      {"06 tháng", Frequency::kHalfYearly},  {"6 tháng", Frequency::kHalfYearly},
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

constexpr std::array<std::string_view, 3> kEach = {"hằng", "hàng", "mỗi"};

// "hằng năm", "hàng quý", "mỗi tháng"; with `loose` (behind "định kỳ") also "6 tháng", "quý", "năm" alone.
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

// "ngày 30 tháng 9" of each year, "ngày 20" of each month; the last day that still keeps it.
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

// ---- what leads to a limit ----------------------------------------------------------------------------
struct Intro {
  std::size_t end = 0;          // where the period must begin
  bool strict = false;          // trước
  bool within = false;          // trong
  bool until = false;           // đến, hết, vào
  bool explicit_limit = false;  // chậm nhất, thời hạn, hoàn thành
  bool any = false;
};

constexpr std::array<std::string_view, 6> kLatest = {"chậm nhất",      "muộn nhất", "không muộn hơn",
                                                     "không chậm hơn", "không quá", "chậm trễ nhất"};
constexpr std::array<std::string_view, 7> kTerm = {
    "thời hạn", "thời gian", "tiến độ", "hạn chót", "hạn cuối", "hạn hoàn thành", "thời điểm hoàn thành"};
constexpr std::array<std::string_view, 9> kWork = {"hoàn thành", "thực hiện", "trình", "gửi",       "báo cáo",
                                                   "ban hành",   "nộp",       "xong",  "triển khai"};
constexpr std::array<std::string_view, 3> kUntil = {"đến hết", "hết", "đến"};

Intro intro_at(std::string_view text, std::size_t at) {
  Intro intro;
  std::size_t pos = at;
  int terms = 0;
  for (int step = 0; step < 8; ++step) {
    std::size_t next = 0;
    if ((next = any_word(text, pos, kLatest)) != 0) {
      intro.explicit_limit = true;
    } else if ((next = any_word(text, pos, kTerm)) != 0) {
      ++terms;
    } else if (terms > 0 && (next = any_word(text, pos, kWork)) != 0) {
      intro.explicit_limit = true;
    } else if ((next = word(text, pos, "hoàn thành")) != 0 || (next = word(text, pos, "xong")) != 0) {
      intro.explicit_limit = true;
    } else if ((next = word(text, pos, "trước")) != 0) {
      intro.strict = true;
    } else if ((next = word(text, pos, "trong")) != 0) {
      intro.within = true;
    } else if ((next = word(text, pos, "vào")) != 0 || (next = any_word(text, pos, kUntil)) != 0) {
      intro.until = true;
    } else if (step > 0 &&
               ((next = word(text, pos, "là")) != 0 || (next = word(text, pos, "thời điểm")) != 0 ||
                (next = word(text, pos, "dịp")) != 0)) {
      // "chậm nhất là", "trước thời điểm", "vào dịp"
    } else {
      break;
    }
    intro.any = true;
    pos = next;
    std::size_t after = skip_space(text, pos);
    if ((terms > 0 || intro.explicit_limit) && after < text.size() && text[after] == ':') {
      intro.explicit_limit = true;
      after = skip_space(text, after + 1);
    }
    pos = after;
  }
  intro.end = pos;
  return intro;
}

std::size_t clause_start(std::string_view text, std::size_t from, std::size_t at) {
  std::size_t begin = at > kClause ? at - kClause : 0;
  begin = std::max(begin, from);
  for (std::size_t i = at; i > begin; --i) {
    if (text[i - 1] == ';' || text[i - 1] == '\n' ||
        (text[i - 1] == '.' && i < text.size() && text[i] == ' '))
      return i;
  }
  return begin;
}

std::size_t clause_end(std::string_view text, std::size_t at, std::size_t limit) {
  const std::size_t end = std::min(limit, at + kClause);
  for (std::size_t i = at; i < end; ++i) {
    if (text[i] == ';' || text[i] == '\n' || (text[i] == '.' && (i + 1 >= end || text[i + 1] == ' ')))
      return i;
  }
  return end;
}

constexpr std::array<std::string_view, 16> kComplete = {
    "hoàn thành", "xong",    "trình",    "ban hành",  "báo cáo",   "gửi",         "nộp",      "công bố",
    "kết thúc",   "đưa vào", "tổng hợp", "phê duyệt", "khởi công", "khánh thành", "bàn giao", "thông xe"};
constexpr std::array<std::string_view, 9> kCited = {"quy định", "nêu",      "được",    "giao", "phê duyệt",
                                                    "đề ra",    "xác định", "cam kết", "ký"};

bool has_any(std::string_view text, std::size_t from, std::size_t to, bool completing) {
  static constexpr std::array<std::string_view, 1> kDone = {"đã"};
  static const FirstWords kAny({kComplete, kDone});
  for (std::size_t at = from; at < to;) {
    if (word_starts(text, at) && kAny.may_begin(text, at)) {
      if (completing && any_word(text, at, kComplete) != 0) return true;
      // "đã hoàn thành" is told; "theo thẩm quyền đã quy định tại" is not about what is to be done.
      const std::size_t done = completing ? 0 : word(text, at, "đã");
      if (done != 0 && any_word(text, skip_space(text, done), kCited) == 0) return true;
    }
    decode_utf8(text, at);
  }
  return false;
}

// Behind the word or the mark at `at`; always further on.
std::size_t word_end(std::string_view text, std::size_t at, std::size_t limit) {
  std::size_t pos = at;
  while (pos < limit) {
    std::size_t next = pos;
    const char32_t c = decode_utf8(text, next);
    if (!is_letter(c) && !(c >= '0' && c <= '9')) break;
    pos = next;
  }
  if (pos == at) decode_utf8(text, pos);
  return pos;
}

std::string piece(std::string_view text, std::size_t begin, std::size_t end) {
  end = std::max(begin, skip_space_back(text, end));
  return std::string(text.substr(begin, end - begin));
}

Deadline due_on(std::string_view text, std::size_t begin, std::size_t end, const PartialDate& due) {
  Deadline deadline;
  deadline.text = piece(text, begin, end);
  deadline.where = {begin, begin + deadline.text.size()};
  deadline.due = due;
  return deadline;
}

Deadline recurring(std::string_view text, std::size_t begin, std::size_t end, std::string rule) {
  Deadline deadline = due_on(text, begin, end, {});
  deadline.rrule = std::move(rule);
  return deadline;
}

constexpr std::array<std::string_view, 10> kWithin = {
    "trong vòng",   "trong thời hạn", "trong thời gian", "thời hạn", "chậm nhất trong",
    "chậm nhất là", "chậm nhất",      "không quá",       "tối đa",   "trong"};

// "trong vòng 15 ngày kể từ ngày …": amount, unit and anchor; a date where the anchor has one.
std::optional<std::pair<Deadline, std::size_t>> relative_at(std::string_view text, std::size_t at,
                                                            std::size_t limit, const PartialDate& issued) {
  static constexpr std::pair<std::string_view, std::string_view> kUnits[] = {{"ngày làm việc", "working_day"},
                                                                             {"giờ làm việc", "working_hour"},
                                                                             {"ngày", "day"},
                                                                             {"tuần", "week"},
                                                                             {"tháng", "month"},
                                                                             {"năm", "year"},
                                                                             {"giờ", "hour"}};
  const std::size_t intro = any_word(text, at, kWithin);
  if (intro == 0) return std::nullopt;
  std::size_t pos = skip_space(text, intro);
  const int amount = small_number(text, pos, limit);
  if (amount == 0) return std::nullopt;
  pos = skip_space(text, pos);
  if (pos < limit && text[pos] == '(') {  // "15 (mười lăm) ngày"
    const std::size_t close = text.substr(pos, 40).find(')');
    if (close == kNone) return std::nullopt;
    pos = skip_space(text, pos + close + 1);
  }
  Deadline deadline;
  for (const auto& [words, unit] : kUnits) {
    if (const std::size_t end = word(text, pos, words)) {
      deadline.unit = unit;
      pos = skip_space(text, end);
      break;
    }
  }
  if (deadline.unit.empty()) return std::nullopt;
  if (pos < limit && text[pos] == ',') pos = skip_space(text, pos + 1);
  static constexpr std::array<std::string_view, 5> kFrom = {"kể từ", "tính từ", "từ", "sau khi", "sau"};
  const std::size_t from = any_word(text, pos, kFrom);
  if (from == 0 || from >= limit) return std::nullopt;
  const std::size_t anchor = skip_space(text, from);
  std::size_t end = anchor;
  while (end < limit && text[end] != ',' && text[end] != ';' && text[end] != '\n' &&
         !(text[end] == '.' && (end + 1 >= limit || text[end + 1] == ' ')) && end - anchor < kClause) {
    ++end;
  }
  deadline.amount = amount;
  deadline.anchor = piece(text, anchor, end);
  deadline.text = piece(text, at, end);
  deadline.where = {at, at + deadline.text.size()};
  PartialDate start;
  if (const auto date = find_date(text, anchor, end); date && date->date.full()) {
    start = date->date;
  } else if (issued.full() && deadline.anchor.size() < 60 && has_any(text, anchor, end, true) &&
             deadline.anchor.find("này") != std::string::npos &&
             match_words(text, anchor, "ngày ban hành") != 0) {
    start = issued;  // "kể từ ngày ban hành Quyết định này"
  }
  if (start.full()) {
    if (deadline.unit == "day") deadline.due = plus_days(start, amount);
    if (deadline.unit == "week") deadline.due = plus_days(start, amount * 7);
    if (deadline.unit == "month") deadline.due = plus_months(start, amount);
    if (deadline.unit == "year") deadline.due = plus_months(start, amount * 12);
  }
  return std::make_pair(std::move(deadline), end);
}

bool past(const PartialDate& due, const PartialDate& issued) {
  if (!issued.known() || !due.known()) return false;
  if (issued.day != 0) return due < issued;
  return issued.month != 0 ? std::pair(due.year, due.month) < std::pair(issued.year, issued.month)
                           : due.year < issued.year;
}

// "định kỳ hằng năm … trước ngày 31 tháng 12", "trước ngày 20 hằng tháng", "Hằng quý, …" from `at`.
std::optional<std::size_t> periodic_at(std::string_view text, std::size_t at, std::size_t limit,
                                       bool clause_begins, std::vector<Deadline>& into) {
  const std::size_t regular = word(text, at, "định kỳ");
  if (regular == 0 && !clause_begins) return std::nullopt;
  std::size_t pos = regular == 0 ? at : skip_space(text, regular);
  std::vector<Frequency> frequencies;
  std::size_t end = 0;
  while (true) {
    const Recurrence found = recurrence_at(text, pos, regular != 0 || !frequencies.empty());
    if (found.frequency == Frequency::kNever || found.end > limit) break;
    frequencies.push_back(found.frequency);
    end = found.end;
    std::size_t next = skip_space(text, end);
    if (next < limit && text[next] == ',') {
      next = skip_space(text, next + 1);
    } else if (const std::size_t both = word(text, next, "và")) {
      next = skip_space(text, both);
    } else {
      break;
    }
    pos = next;
  }
  if (frequencies.empty()) return std::nullopt;
  const std::size_t bound = clause_end(text, end, limit);
  for (std::size_t i = end; i < bound;) {
    if (word_starts(text, i)) {
      const std::size_t before = word(text, i, "trước");
      const std::size_t on = before != 0 ? before : word(text, i, "vào");
      if (on != 0) {
        const auto period = period_at(text, skip_space(text, on), bound, false);
        if (period && period->year == 0) {
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

// "thứ Sáu hằng tuần" behind "trước (16 giờ)" or "vào"; the day of the week that still keeps it.
std::optional<std::pair<std::string, std::size_t>> weekly_at(std::string_view text, std::size_t at,
                                                             std::size_t limit, bool strict) {
  static constexpr std::array<std::string_view, 7> kDays = {"thứ hai", "thứ ba",  "thứ tư",  "thứ năm",
                                                            "thứ sáu", "thứ bảy", "chủ nhật"};
  static constexpr std::array<std::string_view, 6> kShort = {"thứ 2", "thứ 3", "thứ 4",
                                                             "thứ 5", "thứ 6", "thứ 7"};
  static constexpr std::array<std::string_view, 7> kCodes = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  std::size_t pos = at;
  if (const std::size_t day = word(text, pos, "ngày")) pos = skip_space(text, day);
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    std::size_t end = word(text, pos, kDays[i]);
    if (end == 0 && i < kShort.size()) end = word(text, pos, kShort[i]);
    if (end == 0) continue;
    const Recurrence each = recurrence_at(text, skip_space(text, end), false);
    if (each.frequency != Frequency::kWeekly || each.end > limit) return std::nullopt;
    const std::size_t kept = strict ? (i + 6) % 7 : i;
    return std::make_pair("FREQ=WEEKLY;BYDAY=" + std::string(kCodes[kept]), each.end);
  }
  return std::nullopt;
}

// "15 giờ", "16h30", "17:00": the hour of a day; behind it, or 0.
std::size_t hour_at(std::string_view text, std::size_t at) {
  std::size_t pos = at;
  if (small_number(text, pos, text.size()) == 0) return 0;
  std::size_t next = skip_space(text, pos);
  if (const std::size_t hour = word(text, next, "giờ")) {
    next = hour;
  } else if (next == pos && pos < text.size() && (text[pos] == 'h' || text[pos] == 'H' || text[pos] == ':')) {
    next = pos + 1;
  } else {
    return 0;
  }
  const std::size_t minutes = skip_space(text, next);
  std::size_t after = minutes;
  while (after < text.size() && is_digit(text[after]) && after - minutes < 2) ++after;
  return after > minutes ? after : next;
}

// Where "hằng ngày" begins that ends just before `at`; `at`: nothing of the kind.
std::size_t ends_with_recurrence(std::string_view text, std::size_t at, std::size_t begin) {
  const std::size_t end = skip_space_back(text, at);
  for (const std::string_view words : {"hằng ngày", "hàng ngày", "mỗi ngày"}) {
    const std::size_t from = match_words_back(text, end, words);
    if (from != kNone && from >= begin) return from;
  }
  return at;
}

// "báo cáo Thủ tướng Chính phủ hằng quý": how often, behind what is done. "kế hoạch hằng năm" is a plan's
// name.
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

// A range "từ P đến (hết) Q": its end, where both can be read.
struct Range {
  std::size_t end = 0;
  std::optional<Period> first, last;
};
Range range_at(std::string_view text, std::size_t at, std::size_t limit, bool bare, bool bare_last = false) {
  Range range;
  std::size_t pos = at;
  const std::size_t from = word(text, at, "từ");
  if (from != 0) pos = skip_space(text, from);
  range.first = period_at(text, pos, limit, bare);
  if (!range.first) return range;
  range.end = range.first->where.end;
  std::size_t next = skip_space(text, range.end);
  static constexpr std::array<std::string_view, 4> kTo = {"đến hết", "đến", "tới", "cho đến"};
  std::size_t behind = any_word(text, next, kTo);
  for (const std::string_view dash : {"–", "—", "-"}) {  // "—-" as OCR reads a long one
    if (text.compare(next, dash.size(), dash) != 0) continue;
    behind = next + dash.size();
    if (behind < limit && text[behind] == '-') ++behind;
    break;
  }
  if (behind == 0 || behind >= limit) return range;
  range.last = period_at(text, skip_space(text, behind), limit, bare || bare_last);
  if (range.last) range.end = range.last->where.end;
  return range;
}

// "và các năm tiếp theo", "trở đi": a start, no end.
bool goes_on(std::string_view text, std::size_t end) {
  static constexpr std::array<std::string_view, 8> kOn = {
      "và các năm",  "và những năm", "và năm tiếp theo", "và hằng năm",
      "và hàng năm", "các năm tiếp", "những năm tiếp",   "trở đi"};
  std::size_t next = skip_space(text, end);
  if (next < text.size() && (text[next] == ',' || text[next] == ';')) next = skip_space(text, next + 1);
  return any_word(text, next, kOn) != 0;
}

// The year of a period that states none, where only one can be meant; true: it has one now.
bool give_year(Period& period, const DocumentTime& time, bool& inferred) {
  if (period.year != 0) return true;
  if (period.month == 0) return false;
  int year = time.plan_year;
  if (year == 0 && time.issued.full()) {
    year = time.issued.year;
    Period this_year = period;
    this_year.year = year;
    if (last_day(this_year) < time.issued) {
      // In November "trước ngày 15/01" is next year's; in June "trước ngày 15/5" is nobody knows which.
      if (time.issued.month < 10 || period.month > 3) return false;
      ++year;
    }
  }
  if (year == 0) return false;
  period.year = year;
  if (period.grain == Grain::kDay && period.day > days_in_month(year, period.month)) return false;
  inferred = true;
  return true;
}

// "17 giờ", "16h00", "17:00", "10 giờ 30 phút ngày …" between "trước" and its day; their end, or `at`.
std::size_t skip_hour(std::string_view text, std::size_t at) {
  std::size_t pos = at;
  while (pos < text.size() && is_digit(text[pos]) && pos - at < 2) ++pos;
  if (pos == at || (pos < text.size() && is_digit(text[pos]))) return at;
  std::size_t next = skip_space(text, pos);
  if (const std::size_t hour = word(text, next, "giờ")) {
    next = hour;
  } else if (pos < text.size() &&
             (text[pos] == 'h' || text[pos] == 'H' || text[pos] == 'g' || text[pos] == ':')) {
    next = pos + 1;
  } else {
    return at;
  }
  std::size_t minutes = skip_space(text, next);
  std::size_t after = minutes;
  while (after < text.size() && is_digit(text[after]) && after - minutes < 2) ++after;
  if (after > minutes) next = after;
  if (const std::size_t word_end = word(text, skip_space(text, next), "phút")) next = word_end;
  next = skip_space(text, next);
  if (next < text.size() && text[next] == ',') next = skip_space(text, next + 1);
  static constexpr std::array<std::string_view, 6> kPart = {"sáng", "chiều", "tối", "của", "thứ", "vào"};
  if (const std::size_t part = any_word(text, next, kPart)) next = skip_space(text, part);
  return word(text, next, "ngày") != 0 || (next < text.size() && is_digit(text[next])) ? next : at;
}

// "ngày 15/6 và 15/12 hằng năm", "ngày 25 của tháng cuối quý" from the first day on: their end, or 0.
std::size_t yearly_days(std::string_view text, std::size_t at, const Period& first, std::size_t limit,
                        bool strict, std::vector<Deadline>& into) {
  if (first.grain != Grain::kDay || first.year != 0) return 0;
  std::size_t end = first.where.end;
  if (first.month == 0) {
    static constexpr std::array<std::string_view, 4> kLastMonth = {
        "của tháng cuối quý", "tháng cuối quý", "của tháng cuối mỗi quý", "của tháng cuối cùng của quý"};
    const std::size_t behind = any_word(text, skip_space(text, end), kLastMonth);
    if (behind == 0 || behind > limit) return 0;
    into.push_back(recurring(text, at, behind, std::string(base_rule(Frequency::kQuarterly))));
    return behind;
  }
  std::vector<Period> days = {first};
  while (days.size() < 12) {
    std::size_t next = skip_space(text, end);
    if (next < limit && text[next] == ',') {
      next = skip_space(text, next + 1);
    } else if (const std::size_t both = word(text, next, "và")) {
      next = skip_space(text, both);
    } else {
      break;
    }
    if (const std::size_t before = word(text, next, "trước")) next = skip_space(text, before);
    const auto more = period_at(text, next, limit, false);
    if (!more || more->grain != Grain::kDay || more->year != 0 || more->month == 0) break;
    days.push_back(*more);
    end = more->where.end;
  }
  if (days.size() < 2) return 0;
  const Recurrence each = recurrence_at(text, skip_space(text, end), false);
  if (each.frequency != Frequency::kYearly || each.end > limit) return 0;
  for (const Period& day : days)
    into.push_back(recurring(text, at, each.end, rule_of(Frequency::kYearly, day, strict)));
  return each.end;
}

// Whether a limit may begin at the word at `at`: the words that relative_at, periodic_at, repeated_at and
// intro_at begin with, and what deadlines_in_text itself looks for.
bool may_begin_limit(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 8> kOthers = {"định kỳ", "ngày",  "hoàn thành", "xong",
                                                              "trước",   "trong", "vào",        "từ"};
  static const FirstWords kAny({kWithin, kEach, kLatest, kTerm, kUntil, kOthers});
  return kAny.may_begin(text, at);
}

bool years_only(const Range& range) {
  return range.first->grain == Grain::kYear && (!range.last || range.last->grain == Grain::kYear);
}

}  // namespace

DocumentTime time_of(const DocumentHeader& header) {
  DocumentTime time{header.date, 0};
  const std::string& subject = header.subject;
  for (std::size_t i = 0; i + 4 <= subject.size(); ++i) {
    const bool digits = is_digit(subject[i]) && is_digit(subject[i + 1]) && is_digit(subject[i + 2]) &&
                        is_digit(subject[i + 3]) && (i + 4 == subject.size() || !is_digit(subject[i + 4]));
    if (!digits || (i > 0 && (is_digit(subject[i - 1]) || subject[i - 1] == '/'))) continue;
    const int year = std::stoi(subject.substr(i, 4));
    if (year < 1990 || year > 2100) continue;
    if (time.plan_year != 0 && time.plan_year != year) return {header.date, 0};
    time.plan_year = year;
  }
  // The year of a cited document in the subject is none of the plan's.
  const int issued = header.date.year;
  if (issued != 0 && time.plan_year != issued && time.plan_year != issued + 1) time.plan_year = 0;
  return time;
}

FoundDeadlines deadlines_in_text(std::string_view text, TextRange range, const DocumentTime& time) {
  const PartialDate& issued = time.issued;
  FoundDeadlines found;
  const std::size_t limit = std::min(range.end, text.size());
  bool clause_begins = true;
  for (std::size_t at = range.begin; at < limit;) {
    const char c = text[at];
    if (!word_starts(text, at) || c == ' ') {
      if (c == ';' || c == '.' || c == '\n' || c == ':') clause_begins = true;
      decode_utf8(text, at);
      continue;
    }
    if (!may_begin_limit(text, at)) {
      clause_begins = false;
      at = word_end(text, at, limit);
      continue;
    }
    if (auto relative = relative_at(text, at, limit, issued)) {
      found.deadlines.push_back(std::move(relative->first));
      at = std::max(relative->second, at + 1);
      clause_begins = false;
      continue;
    }
    if (const auto end = periodic_at(text, at, limit, clause_begins, found.deadlines)) {
      at = std::max(*end, at + 1);
      clause_begins = false;
      continue;
    }
    const bool begins = clause_begins;
    clause_begins = false;
    const bool said = !found.deadlines.empty() &&
                      found.deadlines.back().where.end == skip_space_back(text, at);  // "… 30/11 hằng năm"
    if (const auto again = repeated_at(text, at, range.begin, limit); again && !said) {
      found.deadlines.push_back(recurring(text, at, again->end, std::string(base_rule(again->frequency))));
      at = again->end;
      continue;
    }
    // "Ngày 16/11/2017: họp đoàn kiểm tra": the day that the paragraph begins with.
    if (at == skip_space(text, range.begin) && word(text, at, "ngày") != 0) {
      auto day = period_at(text, at, limit, false);
      if (day && day->where.end < limit && text[day->where.end] == ':' &&
          give_year(*day, time, found.inferred)) {
        found.deadlines.push_back(due_on(text, at, day->where.end, last_day(*day)));
        at = day->where.end;
        continue;
      }
    }
    const Intro intro = intro_at(text, at);
    if (intro.any && intro.end < limit) {
      // "Thời gian thực hiện: từ quý III/2026 đến quý III/2030"
      if (intro.explicit_limit && !intro.strict && word(text, intro.end, "từ") != 0) {
        const Range span = range_at(text, intro.end, limit, false);
        if (span.first) {
          if (span.last && span.last->days_known() && !years_only(span)) {
            found.deadlines.push_back(due_on(text, intro.end, span.end, last_day(*span.last)));
          }
          found.timing = piece(text, intro.end, span.end);
          at = span.end;
          continue;
        }
      }
      std::size_t day = skip_hour(text, intro.end);
      bool hour = day != intro.end;  // "trước 17 giờ ngày 15/4": that day still keeps it
      if (const std::size_t clock = hour_at(text, intro.end); clock != 0 && !hour) {
        const std::size_t behind = skip_space(text, clock);
        // "trước 15 giờ hằng ngày", "hằng ngày trước 15 giờ", "trước 16 giờ 00 thứ Sáu hằng tuần"
        const Recurrence each = recurrence_at(text, behind, false);
        if (each.frequency != Frequency::kNever && each.end <= limit) {
          found.deadlines.push_back(recurring(text, at, each.end, std::string(base_rule(each.frequency))));
          at = each.end;
          continue;
        }
        if (const std::size_t daily = ends_with_recurrence(text, at, range.begin); daily != at) {
          found.deadlines.push_back(recurring(text, daily, clock, "FREQ=DAILY"));
          at = clock;
          continue;
        }
        if (weekly_at(text, behind, limit, false)) {
          day = behind;
          hour = true;
        }
      }
      if (intro.strict || intro.until || intro.explicit_limit) {
        if (auto weekly = weekly_at(text, day, limit, intro.strict && !hour)) {
          found.deadlines.push_back(recurring(text, at, weekly->second, std::move(weekly->first)));
          at = weekly->second;
          continue;
        }
      }
      auto period = period_at(text, day, limit, false);
      if (period && period->grain == Grain::kYear) {
        // "Năm 2025 - 2030": a horizon
        const Range span = range_at(text, day, limit, false, true);
        if (span.last && years_only(span)) {
          if (found.timing.empty()) found.timing = piece(text, at, span.end);
          at = span.end;
          continue;
        }
      }
      if (period) {
        const std::size_t end = period->where.end;
        if (intro.strict || intro.explicit_limit) {
          if (const std::size_t behind =
                  yearly_days(text, at, *period, limit, intro.strict, found.deadlines)) {
            at = behind;
            continue;
          }
        }
        const bool strict = intro.strict && !hour;
        const Recurrence each = recurrence_at(text, skip_space(text, end), false);
        if (!period->days_known()) {
          if (each.frequency != Frequency::kNever &&
              (intro.strict || intro.explicit_limit || intro.within || intro.until)) {
            found.deadlines.push_back(
                recurring(text, at, each.end, rule_of(each.frequency, *period, strict)));
            at = each.end;
            continue;
          }
        }
        const std::size_t start = clause_start(text, range.begin, at);
        const bool open_end = goes_on(text, end);
        bool limits = false;
        if (intro.explicit_limit || intro.strict) {
          limits = true;
        } else if (intro.within) {
          limits = period->grain != Grain::kYear || has_any(text, start, at, true) ||
                   has_any(text, end, std::min(end + 60, clause_end(text, end, limit)), true);
        } else if (intro.until) {
          const bool of_year = period->grain == Grain::kYear && word(text, day, "cuối") == 0;
          limits = !of_year && (has_any(text, start, at, true) ||
                                has_any(text, end, std::min(end + 40, clause_end(text, end, limit)), true));
        }
        limits = limits && !open_end && !has_any(text, start, at, false);
        bool inferred = false;
        if (limits && give_year(*period, time, inferred)) {
          const PartialDate due = strict ? day_before_first(*period) : last_day(*period);
          if (!past(due, issued)) {
            found.deadlines.push_back(due_on(text, at, end, due));
            found.inferred = found.inferred || inferred;
          }
        } else if (limits && found.timing.empty() && period->month != 0) {
          found.timing = piece(text, at, end);
        }
        at = end;
        continue;
      }
    }
    if (word(text, at, "từ") != 0) {
      const Range span = range_at(text, at, limit, false);
      // "triển khai thí điểm từ quý III/2026 đến quý III/2030": ends with the second; years alone are a
      // horizon.
      if (span.first && span.last && span.last->days_known() && span.last->grain != Grain::kYear &&
          !past(last_day(*span.last), issued)) {
        found.deadlines.push_back(due_on(text, at, span.end, last_day(*span.last)));
        if (found.timing.empty()) found.timing = piece(text, at, span.end);
        at = std::max(span.end, at + 1);
        continue;
      }
      if (begins && span.first && found.timing.empty()) found.timing = piece(text, at, span.end);
    }
    // To the end of this word.
    at = word_end(text, at, limit);
  }
  return found;
}

FoundDeadlines deadlines_in_cell(std::string_view text, TextRange range, const DocumentTime& time) {
  const PartialDate& issued = time.issued;
  FoundDeadlines found;
  const std::size_t limit = std::min(range.end, text.size());
  std::size_t begin = skip_space(text, range.begin);
  const std::size_t end = std::max(begin, std::min(limit, skip_space_back(text, limit)));
  bool started = false;
  for (std::size_t at = begin; at < end;) {
    if (!word_starts(text, at)) {
      decode_utf8(text, at);
      continue;
    }
    if (auto relative = relative_at(text, at, end, issued)) {
      at = std::max(relative->second, at + 1);
      found.deadlines.push_back(std::move(relative->first));
      continue;
    }
    if (const auto behind = periodic_at(text, at, end, true, found.deadlines)) {
      at = std::max(*behind, at + 1);
      continue;
    }
    static constexpr std::array<std::string_view, 4> kStart = {"từ", "sau", "bắt đầu", "đầu"};
    if (word(text, at, "giai đoạn") != 0 || word(text, at, "thời kỳ") != 0) {
      while (at < end && text[at] != ';' && text[at] != '\n') ++at;
      continue;
    }
    const bool starts = any_word(text, at, kStart) != 0;
    if (word(text, at, "từ") != 0) {
      const Range span = range_at(text, at, end, true);
      if (span.first) {
        if (span.last && span.last->days_known() && !years_only(span)) {
          found.deadlines.push_back(due_on(text, at, span.end, last_day(*span.last)));
        }
        at = span.end;
        continue;
      }
    }
    const Intro intro = intro_at(text, at);
    const std::size_t stated = intro.any ? intro.end : at;
    const std::size_t from = skip_hour(text, stated);
    const Range span = range_at(text, from, end, true);
    if (span.first) {
      Period last = span.last ? *span.last : *span.first;
      const bool strict = intro.strict && !span.last && from == stated;
      bool inferred = false;
      const Recurrence each = recurrence_at(text, skip_space(text, span.end), false);
      if (each.frequency != Frequency::kNever && !last.days_known()) {
        found.deadlines.push_back(recurring(text, at, each.end, rule_of(each.frequency, last, strict)));
        at = each.end;
        continue;
      }
      if (!started && !goes_on(text.substr(0, end), span.end) && !(span.last && years_only(span)) &&
          give_year(last, time, inferred)) {
        found.deadlines.push_back(
            due_on(text, at, span.end, strict ? day_before_first(last) : last_day(last)));
        found.inferred = found.inferred || inferred;
      }
      at = span.end;
      started = false;
      continue;
    }
    started = starts;
    if (starts) {
      at = any_word(text, at, kStart);
      continue;
    }
    at = word_end(text, at, end);
  }
  if (found.deadlines.empty()) found.timing = piece(text, begin, end);
  if (found.deadlines.size() == 1 && found.deadlines[0].where.begin == begin &&
      found.deadlines[0].where.end != end && !found.deadlines[0].rrule.empty()) {
    found.timing = piece(text, begin, end);
  }
  return found;
}

}  // namespace vanban
