// Shapes: the patterns of models/patterns/parse.tsv, and the questions asked of a line with them.

#ifndef VANBAN_SRC_PARSE_SHAPES_H_
#define VANBAN_SRC_PARSE_SHAPES_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parse/body_names.h"
#include "parse/person_names.h"
#include "parse/signing_titles.h"
#include "vanban/base/result.h"
#include "vanban/lexicon/pattern.h"
#include "vanban/models/models.h"

namespace vanban::parse {

class Shapes {
 public:
  // Errors: kBadTable, also where a pattern that parse needs is missing.
  static Result<Shapes> create(const Models& models);

  PatternTable& patterns() { return table_; }
  const PatternTable& patterns() const { return table_; }

  // Whether `text` begins with the shape. A line of a head, a mark, a closing sentence shows in its first
  // bytes: no more than 1000 are looked at, so that a document of one paragraph costs no more than one of
  // many.
  bool is(PatternName name, std::string_view text) const;
  bool match(PatternName name, std::string_view text, std::vector<TextRange>& groups) const;
  // The longest name of models/proper_names.tsv that text[at, …) reads, whatever its case; empty: none.
  std::string_view proper_name(std::string_view text, std::size_t at) const;
  bool find(PatternName name, std::string_view text, std::size_t from, std::vector<TextRange>& groups) const;
  // The group `group` of a match in `text`; empty if it took no part.
  std::string_view part(PatternName name, std::string_view group, std::string_view text,
                        const std::vector<TextRange>& groups) const;

  const SigningTitles& titles() const { return titles_; }
  const FamilyNames& families() const { return families_; }
  const BodyNames& bodies() const { return bodies_; }

 private:
  explicit Shapes(PatternTable table) : table_(std::move(table)) {}
  PatternTable table_;
  std::vector<std::pair<std::string, std::string>> names_;  // lower case, as written; longest first
  SigningTitles titles_;
  FamilyNames families_;
  BodyNames bodies_;
};

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_SHAPES_H_
