// The key under which a document number is looked up, whatever its spelling: folded, without spaces, leading
// zeros and the year. "15/2020/NĐ-CP", "so 15/2020/nd-cp" and "015/NĐ - CP" have one key, "15/nd-cp".
// Stricter reading of numbers in running text is document_numbers.h; a key only finds candidates.

#ifndef VANBAN_LEXICON_NUMBER_KEY_H_
#define VANBAN_LEXICON_NUMBER_KEY_H_

#include <string>
#include <string_view>

#include "vanban/doc/document.h"

namespace vanban {

// Empty where the number is blank ("/VPCP-KSTT") or has no symbol: it can be looked up by nothing.
std::string document_number_key(const DocumentNumber& number);

struct NumberLookup {
  std::string key;  // empty: not a document number
  int year = 0;     // in the number; 0: none
  friend bool operator==(const NumberLookup&, const NumberLookup&) = default;
};

// Reads a number as a person types it into a search box: any case, with or without tones, with or without
// "số". A date ("3/2/2020"), a fraction or a bare number gives an empty key. Cost: linear.
NumberLookup number_lookup(std::string_view written);

}  // namespace vanban

#endif  // VANBAN_LEXICON_NUMBER_KEY_H_
