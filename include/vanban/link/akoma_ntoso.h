// One document as Akoma Ntoso 3.0 (OASIS LegalDocML): identification (FRBR), lifecycle, references, preface,
// preamble, body tree, conclusions, attachments.

#ifndef VANBAN_LINK_AKOMA_NTOSO_H_
#define VANBAN_LINK_AKOMA_NTOSO_H_

#include <string>
#include <string_view>
#include <vector>

#include "vanban/doc/document.h"
#include "vanban/link/questions.h"

namespace vanban {

// `events`: what amended, replaced or repealed the document (validity_of); those whose day is known make its
// lifecycle. UTF-8, valid against the OASIS schema.
//
// - phần, chương, mục, điều, khoản, điểm, dashes are part, chapter, section, article, clause, point, indent;
// their `num` is as printed. Laws, decrees, circulars, resolutions and the like are `act` (drafts `bill`),
// others `doc`.
// - Every character of the text that is no white space stands in it once, in the order of the text;
// recipients and signature in `conclusions`, each appendix as an attachment of its own.
// - Mentions are `ref` where they were resolved to a document with an id; others are `inline
// name="unresolved-reference"`.
// - What the document does not state is left out, but an Akoma Ntoso document must have a date: 0001-01-01
// named "unknown"; of a date without day or month the first one there is, named "year" or "month". Cost:
// linear. No recursion.
std::string write_akoma_ntoso(const Document& document, const std::vector<ValidityEvent>& events = {});

// "/vn/chinh-phu/decree/2021/107-nd-cp" -> "/akn/vn/act/decree/chinh-phu/2021/107-nd-cp"; empty for what is
// no canonical id.
std::string akoma_ntoso_uri(std::string_view id);

}  // namespace vanban

#endif  // VANBAN_LINK_AKOMA_NTOSO_H_
