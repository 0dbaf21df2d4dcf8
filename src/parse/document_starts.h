// Several documents in one file (a bundle scanned in one go, a gazette): where the next one begins.

#ifndef VANBAN_SRC_PARSE_DOCUMENT_STARTS_H_
#define VANBAN_SRC_PARSE_DOCUMENT_STARTS_H_

#include <string>
#include <vector>

#include "parse/lines.h"
#include "parse/shapes.h"
#include "vanban/doc/laid_out_text.h"
#include "vanban/lexicon/document_types.h"
#include "vanban/parse/parser.h"

namespace vanban::parse {

// Pages at whose top a document begins that is not the file's first. All of this must hold: the page begins
// with a national heading (quốc hiệu) or the Party's, beside an issuing body; a full number and a full date
// stand with it, and the number is another than that of the document before; that one was signed, or named
// its recipients to the end ("Lưu: VT"); the head says nowhere that it goes with another document ("kèm
// theo"), and is no appendix's. So a regulation behind the decision that issues it, an appendix with a
// heading and a form whose number is blank stay where they are. Cost: linear.
std::vector<DocumentStart> document_starts(const LaidOutText& text, const std::vector<Line>& lines,
                                           const Shapes& shapes, const DocumentTypes& types);

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_DOCUMENT_STARTS_H_
