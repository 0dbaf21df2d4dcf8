// The words of deadlines: what leads to a limit ("trước", "chậm nhất", "thời hạn hoàn thành:"), how far a
// clause reaches, and whether it tells of something to be completed. Shared by the rooms that read deadlines.

#ifndef VANBAN_SRC_EXTRACT_DEADLINE_WORDS_H_
#define VANBAN_SRC_EXTRACT_DEADLINE_WORDS_H_

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "vanban/doc/document.h"

namespace vanban::deadline {

inline constexpr std::size_t kNone = std::string_view::npos;
inline constexpr std::size_t kClause = 220;  // how far a limit may stand from the words that it belongs to

// "trong vòng 15 ngày", "hằng năm": words that an amount, a unit follow.
inline constexpr std::array<std::string_view, 15> kWithin = {
    "trong vòng",      "trong thời hạn", "trong thời gian", "thời hạn",  "chậm nhất trong vòng",
    "chậm nhất trong", "chậm nhất sau",  "chậm nhất là",    "chậm nhất", "muộn nhất sau",
    "muộn nhất là",    "muộn nhất",      "không quá",       "tối đa",    "trong"};
inline constexpr std::array<std::string_view, 3> kEach = {"hằng", "hàng", "mỗi"};

// Behind `words` (lower case, single spaces) that stand as whole words at `at`; 0: they do not.
std::size_t word(std::string_view text, std::size_t at, std::string_view words);
// Behind the first of `words` that stands at `at`; 0: none.
std::size_t any_word(std::string_view text, std::size_t at, std::span<const std::string_view> words);

// Behind the word or the mark at `at`; always further on.
std::size_t word_end(std::string_view text, std::size_t at, std::size_t limit);

// Behind "," or "và" at `end`: where the next item of a list begins. 0: the list ends.
std::size_t next_item(std::string_view text, std::size_t end, std::size_t limit);

// Whether a limit may begin at the word at `at`: asked first, since at nearly every word none does.
// Moves `end` behind the letters and digits at `at`.
bool may_begin_limit(std::string_view text, std::size_t at, std::size_t& end);

// What leads to a limit: "hoàn thành trước", "chậm nhất là", "thời hạn hoàn thành:".
struct Intro {
  std::size_t end = 0;          // where the period must begin
  bool strict = false;          // trước
  bool within = false;          // trong
  bool until = false;           // đến, hết, vào
  bool explicit_limit = false;  // chậm nhất, thời hạn, hoàn thành
  bool any = false;
};
Intro intro_at(std::string_view text, std::size_t at);

// The clause around `at`, inside [from, limit) and never further than kClause.
std::size_t clause_start(std::string_view text, std::size_t from, std::size_t at);
std::size_t clause_end(std::string_view text, std::size_t at, std::size_t limit);

// Whether [from, to) tells what is to be completed: "trình", "ban hành", "hoàn thành".
bool tells_completion(std::string_view text, std::size_t from, std::size_t to);
// Whether it tells what was done: "đã hoàn thành", but not "đã được giao".
bool tells_done(std::string_view text, std::size_t from, std::size_t to);

// [begin, end) without the white space at its end.
std::string piece(std::string_view text, std::size_t begin, std::size_t end);
Deadline due_on(std::string_view text, std::size_t begin, std::size_t end, const PartialDate& due);
Deadline recurring(std::string_view text, std::size_t begin, std::size_t end, std::string rule);

}  // namespace vanban::deadline

#endif  // VANBAN_SRC_EXTRACT_DEADLINE_WORDS_H_
