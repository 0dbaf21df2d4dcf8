// The clauses of deadlines: what leads to a limit ("trước", "chậm nhất", "thời hạn hoàn thành:"), how far a
// clause reaches, and whether it tells of something to be completed. Shared by the rooms that read deadlines.

#ifndef VANBAN_SRC_EXTRACT_DEADLINE_CLAUSES_H_
#define VANBAN_SRC_EXTRACT_DEADLINE_CLAUSES_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "extract/deadline_words.h"
#include "vanban/doc/document.h"

namespace vanban::deadline {

inline constexpr std::size_t kClause = 220;  // how far a limit may stand from the words that it belongs to

// Behind the word or the mark at `at`; always further on.
std::size_t word_end(std::string_view text, std::size_t at, std::size_t limit);

// Behind "," or "và" at `end`: where the next item of a list begins. 0: the list ends.
std::size_t next_item(const DeadlineWords& words, std::string_view text, std::size_t end, std::size_t limit);

// What leads to a limit: "hoàn thành trước", "chậm nhất là", "thời hạn hoàn thành:".
struct Intro {
  std::size_t end = 0;          // where the period must begin
  bool strict = false;          // trước
  bool within = false;          // trong
  bool until = false;           // đến, hết, vào
  bool explicit_limit = false;  // chậm nhất, thời hạn, hoàn thành
  bool any = false;
};
Intro intro_at(const DeadlineWords& words, std::string_view text, std::size_t at);

// The clause around `at`, inside [from, limit) and never further than kClause.
std::size_t clause_start(std::string_view text, std::size_t from, std::size_t at);
std::size_t clause_end(std::string_view text, std::size_t at, std::size_t limit);

// Whether a word of a class begins in [from, to).
bool stands_in(const DeadlineWords& words, Word word, std::string_view text, std::size_t from,
               std::size_t to);
// Whether [from, to) tells what is to be completed: "trình", "ban hành", "hoàn thành".
bool tells_completion(const DeadlineWords& words, std::string_view text, std::size_t from, std::size_t to);
// Whether it tells what was done: "đã hoàn thành", but not "đã được giao".
bool tells_done(const DeadlineWords& words, std::string_view text, std::size_t from, std::size_t to);

// [begin, end) without the white space at its end.
std::string piece(std::string_view text, std::size_t begin, std::size_t end);
Deadline due_on(std::string_view text, std::size_t begin, std::size_t end, const PartialDate& due);
Deadline recurring(std::string_view text, std::size_t begin, std::size_t end, std::string rule);

}  // namespace vanban::deadline

#endif  // VANBAN_SRC_EXTRACT_DEADLINE_CLAUSES_H_
