// Document types by their Vietnamese names and abbreviations (models/document_types.tsv; NĐ 30/2020/NĐ-CP,
// Phụ lục III).

#ifndef VANBAN_LEXICON_DOCUMENT_TYPES_H_
#define VANBAN_LEXICON_DOCUMENT_TYPES_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/models/models.h"

namespace vanban {

class DocumentTypes {
 public:
  static Result<DocumentTypes> create(const Models& models);

  // "Nghị quyết", "NGHỊ QUYẾT", "Công văn": the longest name that `text` begins with at a word edge, and its
  // length in bytes. None: nullopt.
  struct Match {
    DocumentType type;
    std::size_t length;
  };
  std::optional<Match> at_start(std::string_view text) const;

  // The same for the longest name that text[0, end) ends with; `length` counts back from `end`.
  std::optional<Match> at_end(std::string_view text, std::size_t end) const;

  // From a symbol: "QĐ-TTg" -> decision, "NQ/TW" -> resolution, "VPCP-KSTT" -> dispatch (no abbreviation of a
  // type in it), "QH15" -> nullopt (law or resolution: only the words tell).
  std::optional<DocumentType> from_symbol(std::string_view symbol) const;

  // "Nghị quyết"; empty for kOther.
  std::string_view vietnamese_name(DocumentType type) const;

 private:
  struct Row {
    std::string name;  // "Nghị quyết"
    std::string key;   // lower case
    DocumentType type = DocumentType::kOther;
  };
  std::vector<Row> rows_;                                             // longest key first
  std::map<std::string, DocumentType, std::less<>> by_abbreviation_;  // "QĐ" -> decision
  std::map<DocumentType, std::string> primary_;
};

}  // namespace vanban

#endif  // VANBAN_LEXICON_DOCUMENT_TYPES_H_
