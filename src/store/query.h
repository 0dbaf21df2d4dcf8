// What a person typed into the search box, as words to look for. By default every word must occur, any text
// is safe and operators are words; AND, OR, NOT and parentheses work in the advanced mode alone.

#ifndef VANBAN_STORE_QUERY_H_
#define VANBAN_STORE_QUERY_H_

#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/lexicon/number_key.h"
#include "vanban/store/synonyms.h"

namespace vanban::store {

// One word, or several that must stand side by side: "cải", "cải cách" in quotes, 15/2020/NĐ-CP.
struct Term {
  std::vector<std::string> words;  // keys as WordKeys::wanted gives them
  bool prefix = false;             // the last word is the beginning of one
  bool quoted = false;             // its tone marks are asked for as they are
  NumberLookup number;             // where it is a document number
};

struct ParsedQuery {
  std::string expression;   // for MATCH; empty: nothing to look for
  std::vector<Term> terms;  // for marks; what stands behind NOT is left out
};

// Tone marks as typed: a word without any finds all, one with marks those alone. Or any: outside quotation
// marks every word finds all of its toned forms.
enum class Tones { kAsTyped, kAny };

// `synonyms`: an abbreviation finds its meaning as a phrase, and the words of a meaning side by side find the
// abbreviation; not in quotation marks.
// Errors: kInvalidArgument for what is no UTF-8, too long (10,000 bytes) or has too many different words
// (64), and in the advanced mode for a misplaced operator or parenthesis.
Result<ParsedQuery> parse_query(std::string_view typed, bool advanced, const Synonyms& synonyms = {},
                                Tones tones = Tones::kAsTyped);

}  // namespace vanban::store

#endif  // VANBAN_STORE_QUERY_H_
