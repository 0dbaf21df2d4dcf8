// Words of a text as the lexicons compare them: case, the place of the tone mark ("hoà", "hòa") and '&' do
// not count.

#ifndef VANBAN_LEXICON_TOKENS_H_
#define VANBAN_LEXICON_TOKENS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vanban/base/text_range.h"

namespace vanban::lexicon {

struct Token {
  TextRange where;
  std::string key;       // lower case, tone as a digit at the end: "hoà" and "hòa" are "hoa2"
  bool capital = false;  // begins with a capital letter or a digit
  bool upper = false;    // two capital letters or more, and begins with one: may be an abbreviation
  bool number = false;   // digits only
};

bool is_word_char(char32_t c);
char32_t lower_char(char32_t c);
char32_t upper_char(char32_t c);
bool is_upper_char(char32_t c);

// The word that begins at `at`; nullopt if there is no letter or digit.
std::optional<Token> token_at(std::string_view text, std::size_t at);

// Where the word that begins at `at` ends, as token_at has it; `at`: there is none.
std::size_t word_end(std::string_view text, std::size_t at);

// A number made of the key of the word that begins at `at`, without making the key: equal keys have equal
// ones. 0: no letter or digit there.
std::uint64_t key_hash(std::string_view text, std::size_t at);

// What stands between two words: blanks and at most one mark. `next` is where the next word begins; npos:
// there is none on this line, or something else stands between.
struct Gap {
  std::size_t next = std::string_view::npos;
  char32_t mark = 0;  // ',', '-' (also dashes), '.', ':', ';', '(', '/'; 0: blanks only
};
Gap gap_after(std::string_view text, std::size_t end);

bool at_word_edge(std::string_view text, std::size_t at);

std::string lower_text(std::string_view text);

}  // namespace vanban::lexicon

#endif  // VANBAN_LEXICON_TOKENS_H_
