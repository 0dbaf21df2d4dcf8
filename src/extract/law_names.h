// Names of laws (luật, bộ luật, pháp lệnh, Hiến pháp) in running text: where a name begins and, what is
// harder, where it ends. "Luật Quản lý, sử dụng tài sản công và các văn bản" has capitals at its beginning
// only: the registry (models/laws.tsv) knows where known titles end; an unknown one counts only with a date
// or a citing word beside it.

#ifndef VANBAN_SRC_EXTRACT_LAW_NAMES_H_
#define VANBAN_SRC_EXTRACT_LAW_NAMES_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/word_classes.h"
#include "vanban/base/result.h"
#include "vanban/base/text_range.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/pattern.h"
#include "vanban/models/models.h"

namespace vanban {

struct LawRow {
  std::string key;     // lower case
  std::string number;  // may be empty
  PartialDate date;    // may be unknown
  int year() const;
};

struct LawName {
  TextRange where;
  DocumentType type = DocumentType::kLaw;
  bool known = false;  // in the registry, or an amending law of known ones
};

class LawNames {
 public:
  // `words`: of reference_words(). Errors: kBadTable.
  static Result<LawNames> create(const Models& models, const WordClasses& words);

  // The name that begins at `at` ("Luật", "Bộ luật", "Pháp lệnh" or "Hiến pháp" at a word edge). `lead`: a
  // citing word stands before it, so that an unknown capitalised name counts too. "Luật này", "các Luật",
  // "luật sư": nullopt. `learned`: titles that this document itself cited in full, lower case.
  std::optional<LawName> at(std::string_view text, std::size_t at, bool lead,
                            const std::vector<std::string>& learned) const;
  // One of the four words begins at `at`: cheap, for a scan over a whole text.
  static bool may_begin(std::string_view text, std::size_t at);
  static std::string key_of(std::string_view title);  // as `learned` has them

  // The laws of this title, every year.
  std::vector<const LawRow*> find(std::string_view title) const;
  // "29/2018/QH14" is a law: then its row.
  const LawRow* find_number(std::string_view number) const;

 private:
  explicit LawNames(const WordClasses& words) : words_(words) {}
  std::size_t known_end(std::string_view text, std::size_t at) const;
  std::size_t amending_end(std::string_view text, std::size_t at, std::size_t after_word, bool* known) const;
  std::size_t unknown_end(std::string_view text, std::size_t after_word, bool capital, bool lead) const;

  WordClasses words_;
  std::vector<LawRow> rows_;                                // longest key first
  std::map<char32_t, std::vector<std::size_t>> by_letter_;  // first letter behind "luật ", "bộ luật ", ...
  std::map<std::string, std::vector<std::size_t>> by_spelling_;  // older spelling of the key
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_LAW_NAMES_H_
