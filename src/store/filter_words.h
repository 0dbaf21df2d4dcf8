// Filters as words of the index: migrations/0005_filter_words.sql writes them beside the words of each fact,
// and a search asks for them beside the words that were typed. None of them is scored. What is longer than a
// word can say (a day within a year) is still asked of the rows that have the word of that year.
//   vbb12                        a body in the store's table `agencies`: who leads, helps, evaluates or
//   issued vbtjointcircular             the document's type vby2024 vby4x506 ...         the year of its
//   date, and the 4, 16 and 64 years that hold it vbd2024 vbd4x506 ...         the same of a task's deadlines

#ifndef VANBAN_STORE_FILTER_WORDS_H_
#define VANBAN_STORE_FILTER_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::store {

// One condition: any of these words.
using FilterWords = std::vector<std::string>;

FilterWords body_words(const std::vector<std::int64_t>& bodies);
FilterWords type_words(std::string_view type);
// All years from `first` to `last`, both included, in the fewest words: at most 30. Dates of the store lie in
// 1900-2199, so bounds beyond them mean none.
enum class YearOf { kDate, kDeadline };
FilterWords year_words(YearOf what, int first, int last);

// For MATCH: "(a OR b) AND (c)"; `phrases` counts the words.
std::string expression_of(const std::vector<FilterWords>& conditions, std::size_t& phrases);

}  // namespace vanban::store

#endif  // VANBAN_STORE_FILTER_WORDS_H_
