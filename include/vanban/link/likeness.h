// Whether two files hold one document where its number is missing in one of them (blank, or not to be read):
// a scan, a PDF and a Word file of one text are its manifestations. A wrong join is worse than a missed one,
// so what two texts may differ in is little: what OCR does to words, what stands in a stamp or beside the
// number.

#ifndef VANBAN_LINK_LIKENESS_H_
#define VANBAN_LINK_LIKENESS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vanban/doc/graph_values.h"

namespace vanban {

// What finds texts that are alike without comparing each with each: keys of which two texts that share most
// of their wording have one in common, two others hardly ever (MinHash of folded runs of three words, in
// bands). Empty for a text of under 60 words, which may be
// anything, and for one of over a megabyte. The same text gives the same keys on
// every machine. Cost: linear.
struct TextSketch {
  std::size_t words = 0;
  std::vector<std::uint64_t> bands;  // below 2^48
};
TextSketch sketch_of(std::string_view text);

// True where nothing that the headers state speaks against it (may_be_one) and the texts, aligned word by
// word, say the same:
// - tone marks, spaces, punctuation and case do not count; number, date and signer of the header may be there
//   or not; at the very beginning and end a stamp may stand;
// - two texts that no OCR made say the same word for word;
// - OCR may have spoilt words, but not put other Vietnamese words or other numbers in their place: a form
//   filled in twice, a report of another year, a draft with another sentence are other documents.
// Cost: linear; comparing stops where they have little in common.
bool is_one_document(const HeldText& a, const HeldText& b);

// True where two texts under one number cannot be one document's: of their words (folded; order does not
// count, so a table that is read otherwise is no difference) fewer than nine of ten are in both, of texts
// that OCR made fewer than six. Texts of under 60 words or over a megabyte tell nothing. Cost: linear.
bool has_other_content(const HeldText& a, const HeldText& b);

}  // namespace vanban

#endif  // VANBAN_LINK_LIKENESS_H_
