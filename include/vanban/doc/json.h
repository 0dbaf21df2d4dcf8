// The public JSON of one document. models/schema/document.schema.json describes it.

#ifndef VANBAN_DOC_JSON_H_
#define VANBAN_DOC_JSON_H_

#include <string>
#include <string_view>

#include "vanban/base/result.h"
#include "vanban/doc/document.h"

namespace vanban {

struct JsonOptions {
  bool with_text = false;  // adds `text`, the normalised text, and each section's own `text`
  bool pretty = false;     // indented; else one line
};

// One JSON object, UTF-8, fields in the contract's order, no trailing newline. Spans are code points.
std::string to_json(const Document& document, const JsonOptions& options = {});

// The way back: a document of `to_json` with its text. Writing it again gives the same bytes; what the JSON
// does not have (blocks, placed words, footnote marks) is empty. Errors: kDamaged, naming the field that does
// not hold.
Result<Document> from_json(std::string_view json);

// JSON of RawDocument and LaidOutText, for golden files and debugging (`vanban extract --dump raw|layout`).
std::string to_json(const RawDocument& raw, bool pretty);
std::string to_json(const LaidOutText& laid_out, bool pretty);

}  // namespace vanban

#endif  // VANBAN_DOC_JSON_H_
