// From the lines behind the head to sections: body tree, tables, footnotes, foot, appendices.

#ifndef VANBAN_SRC_PARSE_BODY_H_
#define VANBAN_SRC_PARSE_BODY_H_

#include <string>
#include <vector>

#include "parse/foot.h"
#include "parse/head.h"
#include "parse/lines.h"
#include "parse/shapes.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/document_types.h"

namespace vanban::parse {

struct Body {
  std::vector<Section> sections;
  Foot foot;                // of the document itself, not of an appendix
  bool draft_mark = false;  // "Dự thảo" somewhere on a page
  std::string issuing_body;  // "Bộ trưởng Bộ Công an" of "Bộ trưởng Bộ Công an ban hành Thông tư …"
  TextRange passed;  // "Luật này được Quốc hội … thông qua ngày 25 tháng 6 năm 2025."
  struct Attested {  // "Số: 470/VBHN-BLĐTBXH" beside the signature of a consolidated text
    std::string number, place;
    PartialDate date;
  } attested;
  Diagnostics diagnostics;
};

// Fills Table::section of text.tables. Every block is in one section: as a paragraph or heading, or as a
// section of its own (table, footnote, head, recipients, signature).
Body read_body(LaidOutText& text, const std::vector<Line>& lines, const Head& head, const Shapes& shapes,
               const DocumentTypes& types);

// Which lines stand inside a quotation that runs over several lines: an amending law quotes whole articles
// (“Điều 5. … …”), whose labels are not the document's own. No quotation reaches over a signature or the
// recipients.
std::vector<bool> quoted_lines(const std::vector<Line>& lines, const Shapes& shapes);

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_BODY_H_
