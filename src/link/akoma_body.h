// The text of a document as Akoma Ntoso elements; meta data and frame are akoma_ntoso.cc.

#ifndef VANBAN_SRC_LINK_AKOMA_BODY_H_
#define VANBAN_SRC_LINK_AKOMA_BODY_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vanban/doc/document.h"

namespace vanban {

// eIds are unique in a whole file: a second "art_5" is "art_5-2".
class UniqueIds {
 public:
  std::string take(const std::string& wanted);

 private:
  std::unordered_map<std::string, std::size_t> taken_;
};

// One document or appendix, cut into the parts of an Akoma Ntoso document. Sections are indexes into
// Document::sections; ranges are of the text.
struct AkomaParts {
  TextRange preface, preamble, body, conclusions;
  std::vector<std::size_t> body_sections;  // top level, in order
  std::vector<std::size_t> appendices;
};

class AkomaBody {
 public:
  explicit AkomaBody(const Document& document);

  // The whole document, or an appendix. `hierarchic`: bases before the first article are a preamble.
  AkomaParts parts_of_document(bool hierarchic) const;
  AkomaParts parts_of_appendix(std::size_t section) const;

  std::string preface(TextRange where);
  std::string preamble(TextRange where, const std::string& prefix);
  // `open`: blocks may stand beside hierarchical elements (mainBody); else they are wrapped (body).
  std::string body(const AkomaParts& parts, bool open, const std::string& prefix);
  std::string conclusions(TextRange where);
  // One line of text with its mentions.
  std::string line(TextRange where);
  UniqueIds& ids() { return ids_; }

  // "num" and "heading" of a section: ranges of the text; what stands between its label and its first
  // paragraph, child or heading.
  struct Head {
    TextRange num, heading;
    std::size_t end = 0;
  };
  Head head_of(std::size_t section) const;
  const std::vector<std::size_t>& children_of(std::size_t section) const { return children_[section]; }

 private:
  AkomaParts split(TextRange where, const std::vector<std::size_t>& sections, bool hierarchic) const;
  std::string paragraphs(TextRange where);
  std::string table(const Section& section, const std::string& id);
  std::string block(std::size_t section, std::size_t from, const std::string& prefix);

  const Document& document_;
  std::vector<std::vector<std::size_t>> children_;  // of each section
  std::vector<std::size_t> top_;
  std::vector<const Reference*> references_;  // in the order of the text, none inside another
  UniqueIds ids_;
};

}  // namespace vanban

#endif  // VANBAN_SRC_LINK_AKOMA_BODY_H_
