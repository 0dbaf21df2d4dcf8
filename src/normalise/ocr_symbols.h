// Symbols of the National Assembly ("72/2025/QH15") and of the Party ("210-KL/TW") that OCR misread. There
// are few of either, and what stands around a number says which is meant: the year its term of office, "Kết
// luận số" its type, "của Ban Bí thư" its body.

#ifndef VANBAN_SRC_NORMALISE_OCR_SYMBOLS_H_
#define VANBAN_SRC_NORMALISE_OCR_SYMBOLS_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/doc/raw_document.h"

namespace vanban::normalise {

using Abbreviations = std::set<std::string, std::less<>>;

// A word without the brackets and stops around it.
struct NumberCore {
  std::size_t begin = 0, end = 0;  // in the word
  std::string text;
};
NumberCore core_of(const std::string& word);

bool is_number_year(std::string_view digits);  // "2024", not "0224"

// "l1" -> "11", "1O" -> "10", "Š" -> "5": signs that OCR takes for digits, where nothing but digits can
// stand. Empty: there is nothing else than digits, or something that is like none.
std::string as_digits(std::string_view text);

// "202/2025/QHI5" -> "202/2025/QH15": digits read as letters are put back where the year has that term
// (khóa). Empty: nothing to mend, or the term does not go with the year.
std::string assembly_number(std::string_view core);

// What `words[at]`, "210-KƯTW" behind "Kết luận số", must be: "210-KL/TW"; `joined`: the next word holds its
// end ("213-KL" "TW"). `types`: abbreviations that there are; such a one is never taken for another.
// `mentioned`: numbers that the document has in a good shape. Empty: nothing to mend, or not one number
// alone.
struct PartyNumber {
  std::string core;    // the number, or its symbol, without what stands around it
  std::size_t at = 0;  // the word that it is written into
  bool joined = false;
};
std::optional<PartyNumber> party_number(const std::vector<RawWord>& words, std::size_t at,
                                        const Abbreviations& types, const Abbreviations& mentioned);

// One number in two words: "Số:" "I" "16/NQ-CP", "số" "2" "13-KL/TW"; or with its hyphen at the end of a line
// and at the head of the next ("70-" "-NQ/TW"). The words of a page, joined. False: none.
bool join_numbers(std::vector<RawWord>& words, const Abbreviations& types);

}  // namespace vanban::normalise

#endif  // VANBAN_SRC_NORMALISE_OCR_SYMBOLS_H_
