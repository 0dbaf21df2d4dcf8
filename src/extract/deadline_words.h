// The words of deadlines, by what they do in one: "trước" and "chậm nhất" lead to a limit, "hằng" says that
// it comes again. From models/deadline_words.tsv; the grammar that puts them together is in the rooms that
// read deadlines.

#ifndef VANBAN_SRC_EXTRACT_DEADLINE_WORDS_H_
#define VANBAN_SRC_EXTRACT_DEADLINE_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "extract/word_classes.h"
#include "vanban/base/result.h"
#include "vanban/lexicon/first_words.h"
#include "vanban/models/models.h"

namespace vanban::deadline {

inline constexpr std::size_t kNone = std::string_view::npos;

// How often a thing is due.
enum class Frequency : std::uint8_t { kNever, kDaily, kWeekly, kMonthly, kQuarterly, kHalfYearly, kYearly };

// The classes of words, in the order of their names in deadline_words.cc; the table says what each is for.
enum class Word : std::uint8_t {
  // What leads to a limit.
  kLatest,
  kTerm,
  kLastDay,
  kWork,
  kFinish,
  kBefore,
  kWithin,
  kUntil,
  kOn,
  kLink,
  kCompletion,
  kDone,
  kCited,
  // The hour of a day.
  kHour,
  kMinute,
  kBehindHour,
  // The calendar.
  kDay,
  kMonth,
  kQuarter,
  kYear,
  kQuarterNumber,  // value: 1-4
  kSix,
  kHalf,         // value: 0 or 1
  kPartOfMonth,  // value: the last day; 0: the month's own
  kOf,
  kMoment,
  kEndOf,
  kAnd,
  // Spans of time.
  kFrom,
  kTo,
  kGoesOn,
  kHorizon,
  kStart,
  // Counted from something else.
  kAmount,
  kAmountUnit,  // value: index of unit_name()
  kAmountFrom,
  kAmountStop,
  kIssue,
  kThis,
  // Again and again.
  kEach,
  kEachUnit,  // value: Frequency
  kRegular,
  kWeekday,  // value: 0 (Monday) - 6
  kPartOfDay,
  kDaily,
  kRepeatedNot,
  kRepeatedVerb,
  kRepeatedBehind,
  kTimes,
  kTimesUnit,  // value: Frequency
  kTimesOne,
  kTimesCount,  // value: how many
  kTimesPer,
  kYearOfPlan,
  kOtherYear,
  kOfQuarter,
};
inline constexpr std::size_t kWordClasses = static_cast<std::size_t>(Word::kOfQuarter) + 1;

// "working_day", "month": the units of an amount of time, as in the public JSON.
std::string_view unit_name(int unit);
// "MO" … "SU" of RFC 5545.
std::string_view weekday_code(int day);

class DeadlineWords : public WordClasses {
 public:
  // Errors: kBadTable.
  static Result<DeadlineWords> create(const ModelTable& table);

  // Whether a limit may begin at the word at `at`: asked first, since at nearly every word none does.
  // Moves `end` behind the letters and digits at `at`.
  bool may_begin_limit(std::string_view text, std::size_t at, std::size_t& end) const {
    return limits_.may_begin(text, at, end);
  }
  // The same of words of kCompletion and kDone.
  bool may_begin_completion(std::string_view text, std::size_t at) const {
    return completions_.may_begin(text, at);
  }
  bool may_begin_done(std::string_view text, std::size_t at) const { return done_.may_begin(text, at); }

 private:
  explicit DeadlineWords(WordClasses words);
  FirstWords first_words(std::initializer_list<Word> words) const;

  FirstWords limits_, completions_, done_;
};

}  // namespace vanban::deadline

#endif  // VANBAN_SRC_EXTRACT_DEADLINE_WORDS_H_
