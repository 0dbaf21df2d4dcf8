// What the tests of word tables (words, example, counter_example, source) share.

#ifndef VANBAN_TESTS_SUPPORT_WORD_ROWS_H_
#define VANBAN_TESTS_SUPPORT_WORD_ROWS_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "vanban/lexicon/scan.h"
#include "vanban/models/models.h"

namespace vanban::testing {

// Whether `words` (lower case, single spaces) stand in `text` as whole words.
inline bool stands_in(const std::string& text, const std::string& words) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t length = word_starts(text, at) ? match_words(text, at, words) : 0;
    if (length != 0 && word_ends(text, at + length)) return true;
  }
  return false;
}

// Each row is needed by its example, which is read otherwise without it, and does nothing in its
// counter-example, where the same words stand. `whole` reads with all rows, `make(table)` gives a Result of a
// reader, `read(reader, class of the row, text)` what is read.
template <typename Reader, typename Make, typename Read>
void expect_rows_needed(const ModelTable& table, const Reader& whole, const Make& make, const Read& read) {
  constexpr char kNeverPrinted[] = "lời không ai viết";
  ASSERT_TRUE(table.column("source"));
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const std::string& name = table.at(i, "class");
    const std::string& words = table.at(i, "words");
    SCOPED_TRACE(table.file + ":" + std::to_string(table.lines[i]) + " " + name + " " + words);
    ModelTable less = table;
    less.rows[i][*table.column("words")] = kNeverPrinted;
    const auto without = make(less);
    ASSERT_TRUE(without) << without.error().message;
    const std::string& example = table.at(i, "example");
    const std::string& counter_example = table.at(i, "counter_example");
    EXPECT_FALSE(table.at(i, "source").empty());
    EXPECT_TRUE(stands_in(example, words)) << example;
    EXPECT_TRUE(stands_in(counter_example, words)) << counter_example;
    EXPECT_NE(read(whole, name, example), read(*without, name, example)) << example;
    EXPECT_EQ(read(whole, name, counter_example), read(*without, name, counter_example)) << counter_example;
  }
}

}  // namespace vanban::testing

#endif  // VANBAN_TESTS_SUPPORT_WORD_ROWS_H_
