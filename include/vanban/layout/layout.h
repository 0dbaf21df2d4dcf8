// Layout: what the reader saw becomes the document's text in reading order, with tables and the way back to
// the page.

#ifndef VANBAN_LAYOUT_LAYOUT_H_
#define VANBAN_LAYOUT_LAYOUT_H_

#include "vanban/base/limits.h"
#include "vanban/base/result.h"
#include "vanban/doc/laid_out_text.h"
#include "vanban/doc/raw_document.h"

namespace vanban {

// Picks the way by what `raw` holds: lay_out_pages (geometry), lay_out_flow (paragraphs and tables), or
// lay_out_plain_text. Doubts are in the result's diagnostics. Errors: kLimitExceeded over limits.text_bytes;
// kEmpty where there is not one word. Cost: O(n log n) in words.
Result<LaidOutText> lay_out(const RawDocument& raw, const Limits& limits = {});

LaidOutText lay_out_pages(const RawDocument& raw);
LaidOutText lay_out_flow(const RawDocument& raw);

// Plain text has lost its page: lines are joined to paragraphs, words and numbers cut by a line end are
// joined, page numbers and running heads left out, footnotes put behind the paragraph's page, and tables that
// were written column by column or cell by cell are told apart again where their head says what stands in
// them.
LaidOutText lay_out_plain_text(const RawDocument& raw);

}  // namespace vanban

#endif  // VANBAN_LAYOUT_LAYOUT_H_
