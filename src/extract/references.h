// Finds the mentions of official documents (viện dẫn) in a parsed document. The work has three steps, each in
// its own file: reference_scan.cc finds where documents are mentioned, reference_dates.cc gives them their
// dates, reference_relations.cc says what the citing phrase does to them.

#ifndef VANBAN_SRC_EXTRACT_REFERENCES_H_
#define VANBAN_SRC_EXTRACT_REFERENCES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/word_classes.h"
#include "law_names.h"
#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/document_types.h"
#include "vanban/lexicon/pattern.h"
#include "vanban/models/models.h"

namespace vanban {

// A mention while it is worked on.
struct Mention {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  TextRange where;            // as printed: type words, number, date
  std::size_t lead_end = 0;   // where the words that lead to it end: before its pinpoint
  std::size_t words_end = 0;  // end of number or title: before the date
  DocumentNumber number;      // number.text empty: cited by name
  DocumentType type = DocumentType::kOther;
  bool type_in_words = false;
  std::string title;                     // of a law cited by name
  std::string law_number;                // that name's number, or its year where no number is known
  std::vector<std::string> law_numbers;  // the others that fit as well
  PartialDate date;
  bool date_stated = false;  // by its own words
  std::size_t head = kNone;  // the mention whose words it shares: "số 01/NQ-CP, số 02/NQ-CP"
  AgencyMention issuer;
  std::vector<Pinpoint> pinpoints;
  Relation relation = Relation::kCites;
  Modality modality = Modality::kEnacted;
  bool planned_document = false;  // "dự án Luật …"
  bool alias = false;             // "(sau đây gọi tắt là Luật PPP)"
  double confidence = 1;
  std::vector<std::string> inferred;
};

class SectionFinder;

class ReferenceFinder {
 public:
  // Errors: kBadTable.
  static Result<ReferenceFinder> create(const Models& models, const Agencies& agencies,
                                        const DocumentTypes& types);
  // The same with another table of words.
  static Result<ReferenceFinder> create(const Models& models, const ModelTable& words,
                                        const Agencies& agencies, const DocumentTypes& types);

  // Fills references and internal_references, in reading order, and adds warnings. Cost: linear in the text.
  void find(Document& document) const;
  PatternTable& patterns() { return patterns_; }
  const PatternTable& patterns() const { return patterns_; }

 private:
  ReferenceFinder(WordClasses words, LawNames laws, PatternTable patterns, const Agencies& agencies,
                  const DocumentTypes& types)
      : words_(std::move(words)),
        laws_(std::move(laws)),
        patterns_(std::move(patterns)),
        agencies_(&agencies),
        types_(&types) {}

  // reference_scan.cc
  std::vector<Mention> scan(const Document& document, std::string_view text) const;
  bool add_number(const Document& document, std::string_view text, std::size_t at, std::size_t& next,
                  std::vector<Mention>& mentions) const;
  bool add_law(std::string_view text, std::size_t at, std::size_t& next,
               const std::vector<std::string>& learned, std::vector<Mention>& mentions) const;
  void read_tail(std::string_view text, Mention& mention) const;
  void read_pinpoints(std::string_view text, std::size_t from, Mention& mention) const;
  void find_internal(Document& document, std::string_view text, const std::vector<Mention>& mentions) const;

  // reference_dates.cc
  void give_dates(const Document& document, std::string_view text, std::vector<Mention>& mentions) const;
  void resolve_laws(const Document& document, std::vector<Mention>& mentions) const;

  // reference_relations.cc
  void give_relations(const Document& document, std::string_view text, std::vector<Mention>& mentions) const;
  Relation relation_before(std::string_view before, bool passive, std::size_t& trigger) const;
  std::optional<Relation> relation_of_list(std::string_view text, std::size_t begin, const Section* section,
                                           const SectionFinder& sections) const;

  bool ends_with(PatternName pattern, std::string_view text, std::size_t from, std::size_t end) const;

  WordClasses words_;
  LawNames laws_;
  PatternTable patterns_;
  const Agencies* agencies_;
  const DocumentTypes* types_;
};

// Looks up the section that an offset stands in. Cost: O(log sections + depth).
class SectionFinder {
 public:
  explicit SectionFinder(const Document& document);
  const Section* at(std::size_t offset) const;  // the deepest; null: none
  const Section* parent_of(const Section& section) const;

 private:
  const Document* document_;
  std::vector<std::size_t> parents_;  // index of each section's parent, or npos
};

// The start of the sentence that `at` stands in, not before the paragraph nor 600 bytes back.
std::size_t sentence_start(std::string_view text, std::size_t at);
// The start of the paragraph: behind the last line break, at most `most` bytes back.
std::size_t paragraph_start(std::string_view text, std::size_t at, std::size_t most);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_REFERENCES_H_
