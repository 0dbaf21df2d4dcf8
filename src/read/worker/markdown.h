// Markdown, as people and converters write official documents in it: headings, pipe tables, lists, emphasis,
// simple HTML tables and line breaks. What is not understood stays as text.

#ifndef VANBAN_SRC_READ_WORKER_MARKDOWN_H_
#define VANBAN_SRC_READ_WORKER_MARKDOWN_H_

#include <string>
#include <string_view>
#include <vector>

#include "vanban/doc/raw_document.h"

namespace vanban::read {

// Whether a text is Markdown: marks that plain text does not have. A name that ends in ".md" needs none.
bool looks_markdown(std::string_view bytes, std::string_view name);

// `text`: valid UTF-8. Cost: linear.
std::vector<FlowBlock> parse_markdown(std::string_view text);

// The text of one paragraph or cell without emphasis, code, link and simple HTML marks. `all_bold` and
// `all_italic` (may be null) say whether the marks span all of it. "2*3", "(*)" and "a_b" stay as they are.
std::string plain_inline(std::string_view text, bool* all_bold, bool* all_italic);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_MARKDOWN_H_
