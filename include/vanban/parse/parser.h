// Parser: text in reading order becomes the document's structure: header, body tree, recipients, signature,
// appendices.

#ifndef VANBAN_PARSE_PARSER_H_
#define VANBAN_PARSE_PARSER_H_

#include <memory>
#include <string>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/document_types.h"
#include "vanban/lexicon/pattern.h"
#include "vanban/models/models.h"

namespace vanban {

// Another document begins at the top of a page.
struct DocumentStart {
  int page = 0;        // 1-based
  std::string reason;  // what tells so, for a person
};

class Parser {
 public:
  // Keeps references to nothing: copies what it needs of `models`. `agencies` and `types` must outlive it.
  // Errors: kBadTable.
  static Result<Parser> create(const Models& models, const Agencies& agencies, const DocumentTypes& types);
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;
  ~Parser();

  // Header and sections are filled; text, blocks, tables (with `section`), words and marks are taken over
  // from `text`. source and everything extract finds stay empty. Never fails: what is doubtful is in
  // warnings. Cost: linear.
  Document parse(LaidOutText text) const;

  // Where another document begins in a file of several (scanned in one go, cut out of a gazette), by page;
  // empty: the file is one document, or nothing tells surely that it is not. Cost: linear.
  std::vector<DocumentStart> starts_inside(const LaidOutText& text) const;

  // What it asks a text for; to be joined with others'.
  PatternTable& patterns();
  const PatternTable& patterns() const;

 private:
  struct Impl;
  explicit Parser(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_PARSE_PARSER_H_
