#include "extract/deadline_words.h"

#include <array>
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

constexpr std::array<WordClass, kWordClasses> kClasses = {{
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

}  // namespace

std::string_view unit_name(int unit) { return kUnitNames[unit]; }
std::string_view weekday_code(int day) { return kWeekdays[day]; }

DeadlineWords::DeadlineWords(WordClasses words)
    : WordClasses(std::move(words)),
      limits_(first_words({Word::kAmount, Word::kEach, Word::kLatest, Word::kTerm, Word::kLastDay,
                           Word::kUntil, Word::kRegular, Word::kDay, Word::kFinish, Word::kBefore,
                           Word::kWithin, Word::kFrom, Word::kTimes})),
      completions_(first_words({Word::kCompletion})),
      done_(first_words({Word::kDone})) {}

FirstWords DeadlineWords::first_words(std::initializer_list<Word> words) const {
  std::vector<std::string_view> all;
  for (const Word word : words) {
    for (const std::string_view phrase : of(word)) all.push_back(phrase);
  }
  return FirstWords({std::span<const std::string_view>(all)});
}

Result<DeadlineWords> DeadlineWords::create(const ModelTable& table) {
  auto words = WordClasses::create(table, kClasses);
  if (!words) return words.error();
  return DeadlineWords(std::move(*words));
}

}  // namespace vanban::deadline
