#include "extract/deadline_words.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

namespace vanban::deadline {
namespace {

constexpr std::string_view kUnitNames[] = {"working_day", "working_hour", "day", "week",
                                           "month",       "year",         "hour"};
constexpr std::string_view kWeekdays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
constexpr std::string_view kFrequencies[] = {"never",     "daily",       "weekly", "monthly",
                                             "quarterly", "half_yearly", "yearly"};

constexpr std::string_view kHalves[] = {"first", "second"};

// What the column `value` of a class holds: nothing, a number up to `most`, or one of `names` (its index
// counts).
struct ClassName {
  std::string_view name;
  int most = 0;
  std::span<const std::string_view> names = {};
};
constexpr std::array<ClassName, kWordClasses> kClasses = {{
    {"limit.latest"},
    {"limit.term"},
    {"limit.last_day"},
    {"limit.work"},
    {"limit.finish"},
    {"limit.before"},
    {"limit.within"},
    {"limit.until"},
    {"limit.on"},
    {"limit.link"},
    {"completion"},
    {"done"},
    {"done.cited"},
    {"hour"},
    {"hour.minute"},
    {"hour.behind"},
    {"day"},
    {"month"},
    {"quarter"},
    {"year"},
    {"quarter.number", 4},
    {"half.six"},
    {"half", 0, kHalves},
    {"part_of_month", 31},
    {"part_of_month.of"},
    {"moment"},
    {"end_of"},
    {"and"},
    {"from"},
    {"to"},
    {"goes_on"},
    {"cell.horizon"},
    {"cell.start"},
    {"amount"},
    {"amount.unit", 0, kUnitNames},
    {"amount.from"},
    {"amount.stop"},
    {"amount.issue"},
    {"amount.this"},
    {"each"},
    {"each.unit", 0, kFrequencies},
    {"each.regular"},
    {"weekday", 0, kWeekdays},
    {"weekday.part"},
    {"each.day"},
    {"repeated.not"},
    {"repeated.verb"},
    {"repeated.behind"},
    {"times"},
    {"times.unit", 0, kFrequencies},
    {"times.one"},
    {"times.count", 60},
    {"times.per"},
    {"year_of_plan"},
    {"other_year"},
    {"of_quarter"},
}};
static_assert(!kClasses.back().name.empty());

std::optional<int> value_of(const ClassName& kind, std::string_view field) {
  if (!kind.names.empty()) {
    const auto found = std::find(kind.names.begin(), kind.names.end(), field);
    if (found == kind.names.end()) return std::nullopt;
    return static_cast<int>(found - kind.names.begin());
  }
  if (kind.most == 0) return field.empty() ? std::optional(0) : std::nullopt;
  int number = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
  if (error != std::errc() || end != field.data() + field.size() || number < 0 || number > kind.most)
    return std::nullopt;
  return number;
}

}  // namespace

std::string_view unit_name(int unit) { return kUnitNames[unit]; }
std::string_view weekday_code(int day) { return kWeekdays[day]; }

DeadlineWords::DeadlineWords(Phrases phrases)
    : phrases_(std::move(phrases)),
      limits_(first_words(phrases_, {Word::kAmount, Word::kEach, Word::kLatest, Word::kTerm, Word::kLastDay,
                                     Word::kUntil, Word::kRegular, Word::kDay, Word::kFinish, Word::kBefore,
                                     Word::kWithin, Word::kFrom, Word::kTimes})),
      completions_(first_words(phrases_, {Word::kCompletion})),
      done_(first_words(phrases_, {Word::kDone})) {}

FirstWords DeadlineWords::first_words(const Phrases& phrases, std::initializer_list<Word> words) {
  std::vector<std::string_view> all;
  for (const Word word : words) {
    for (const Phrase& phrase : phrases[static_cast<std::size_t>(word)]) all.push_back(phrase.words);
  }
  return FirstWords({std::span<const std::string_view>(all)});
}

Result<DeadlineWords> DeadlineWords::create(const ModelTable& table) {
  for (const char* column : {"class", "words", "value"}) {
    if (const auto found = table.column(column); !found) return found.error();
  }
  Phrases phrases;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto wrong = [&](const std::string& what) {
      return make_error(ErrorCode::kBadTable,
                        table.file + ":" + std::to_string(table.lines[row]) + ": " + what);
    };
    const std::string& name = table.at(row, "class");
    const auto kind = std::find_if(kClasses.begin(), kClasses.end(),
                                   [&](const ClassName& one) { return one.name == name; });
    if (kind == kClasses.end()) return wrong("no class of words is called " + name);
    const std::string& words = table.at(row, "words");
    if (words.empty()) return wrong("no words");
    const auto value = value_of(*kind, table.at(row, "value"));
    if (!value) return wrong("no value of " + name + ": " + table.at(row, "value"));
    phrases[static_cast<std::size_t>(kind - kClasses.begin())].push_back({words, *value});
  }
  for (std::size_t i = 0; i < kWordClasses; ++i) {
    if (phrases[i].empty())
      return make_error(ErrorCode::kBadTable, table.file + ": no words of " + std::string(kClasses[i].name));
  }
  return DeadlineWords(std::move(phrases));
}

DeadlineWords::FoundBefore DeadlineWords::find_before(Word word, std::string_view text,
                                                      std::size_t end) const {
  for (const Phrase& phrase : of(word)) {
    const std::size_t begin = match_words_back(text, end, phrase.words);
    if (begin != std::string_view::npos) return {begin, phrase.value};
  }
  return {};
}

}  // namespace vanban::deadline
