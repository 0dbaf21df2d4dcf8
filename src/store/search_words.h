// The words of a text as search knows them, shared by the index, the query and the marks in a snippet: a run
// of letters, digits and marks. Each has two keys: folded ("don" for "Đôn") and toned ("đôn"; tone marks
// where the reformed spelling puts them). A word typed without marks looks for the folded key, one with marks
// for the toned key alone.

#ifndef VANBAN_STORE_SEARCH_WORDS_H_
#define VANBAN_STORE_SEARCH_WORDS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "vanban/base/text_range.h"

struct fts5_api;
struct sqlite3;

namespace vanban::store {

// Moves `at` behind the next word and sets `where`; false: no more. Cost: linear.
bool next_word(std::string_view text, std::size_t& at, TextRange& where);

struct WordKeys {
  std::string folded;
  std::string toned;  // equal to folded where the word has no marks
  // What a query for this word looks for.
  const std::string& wanted() const { return toned; }
};

// Remembers the keys of the words it has seen: Vietnamese has a few thousand syllables.
class WordKeyCache {
 public:
  const WordKeys& of(std::string_view word);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, WordKeys, Hash, std::equal_to<>> known_;
};

// A document number as search words, so that every spelling finds it: "nk15ndcp nk15ndcpy2020". Year 0: the
// first alone.
std::string number_words(std::string_view number_key, int year);
// The one word that a query for the number looks for.
std::string number_word(std::string_view number_key, int year);

// The door to FTS5 of a connection; null: this SQLite has none.
fts5_api* fts5_of(sqlite3* database);

// Makes the FTS5 tokenizer "vanban" known to a connection. False: this SQLite has no FTS5.
bool register_tokenizer(sqlite3* database);

// Changes when the keys of some word do: a store of another index version is indexed anew when it is opened
// to write.
inline constexpr int kIndexVersion = 3;

}  // namespace vanban::store

#endif  // VANBAN_STORE_SEARCH_WORDS_H_
