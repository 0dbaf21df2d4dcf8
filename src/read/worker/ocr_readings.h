// Readings of one place by OCR: how sure they are, and which of two counts.

#ifndef VANBAN_SRC_READ_WORKER_OCR_READINGS_H_
#define VANBAN_SRC_READ_WORKER_OCR_READINGS_H_

#include <string_view>
#include <vector>

#include "read/worker/ocr_columns.h"
#include "vanban/doc/raw_document.h"

namespace vanban::read {

// How sure the engine is of these words: by length, and nothing is no reading at all.
double sureness(const std::vector<RawWord>& words);

// The confidence of the least sure word; 1 for none.
double least_sure(const std::vector<RawWord>& words);

// The surer one of two readings of the same place, word by word where they have the same words. Where both
// are believable and differ, neither is sure; where their digits differ, no digit is.
std::vector<RawWord> surer(std::vector<RawWord> first, std::vector<RawWord> second);

// Takes off a quotation mark that opens and does not close: a border's remains ('VPCP).
void drop_border_marks(std::vector<RawWord>& words);

CellReading reading_of(const std::vector<RawWord>& words);

// The words of that one of a short cell's readings that its column settled on. What it made another text of
// is one word (an ordinal, a head), or words with dust around them. Takes them out of `words`.
std::vector<RawWord> settled_words(const SettledCell& settled, const ShortCell& cell,
                                   std::vector<std::vector<RawWord>>& words);

// A document number without the slash behind its digits ("0NQ-CP", "63/2010NĐ-CP"): a digit or more are lost.
bool is_broken_number(std::string_view word);

// A document number whose slash was read as a fraction's ("167⁄QĐ-" for "1675/QĐ-"): a digit may be in it. What
// stands behind that slash; empty: no such word.
std::string_view behind_fraction_slash(std::string_view word);

// The symbol of a document number in `text` behind a slash ("NQ-CP" of "(01/NQ-CP)"); empty if there is none.
std::string_view number_symbol(std::string_view text);

// Letters enough, and read surely enough (at least `least`), to be print and no scrawl.
bool is_print(const std::vector<RawWord>& words, double least);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_READINGS_H_
