// Words of a text as the lexicons compare them: case, the place of the tone mark ("hoà", "hòa") and '&' do
// not count. No strings are made of them.

#ifndef VANBAN_LEXICON_TOKENS_H_
#define VANBAN_LEXICON_TOKENS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vanban/base/text_range.h"

namespace vanban::lexicon {

// A word as the lexicons compare it, as a number made of its letters in lower case and of its tone, wherever
// the mark stands: "hoà" and "Hòa" have one key. Two words have the same with the probability of 1 in 2^64.
enum class WordKey : std::uint64_t { kNone };

inline constexpr std::uint64_t add_letter(std::uint64_t hash, char32_t letter) {
  hash = (hash ^ letter) * 0x9E3779B97F4A7C15ull;
  return hash ^ hash >> 29;
}

// The key of a word of lower-case letters, written without its tone and with the tone's number (1 huyền,
// 2 sắc, 3 hỏi, 4 ngã, 5 nặng) behind them: u"tinh3"_key is that of "tỉnh".
consteval WordKey operator""_key(const char16_t* word, std::size_t size) {
  const std::uint64_t tone = word[size - 1] >= u'1' && word[size - 1] <= u'5' ? word[size - 1] - u'0' : 0;
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < size - (tone != 0); ++i) hash = add_letter(hash, word[i]);
  return WordKey{hash + tone};
}

struct Token {
  TextRange where;
  WordKey key = WordKey::kNone;
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

// The key of the word that begins at `at`; kNone: no letter or digit there.
WordKey key_at(std::string_view text, std::size_t at);

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
