// Extractor: finds references, tasks, indicators and measurements in a parsed document.

#ifndef VANBAN_EXTRACT_EXTRACTOR_H_
#define VANBAN_EXTRACT_EXTRACTOR_H_

#include <memory>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/document_types.h"
#include "vanban/lexicon/pattern.h"
#include "vanban/models/models.h"

namespace vanban {

class Extractor {
 public:
  // `agencies` and `types` must outlive it. Errors: kBadTable.
  static Result<Extractor> create(const Models& models, const Agencies& agencies, const DocumentTypes& types);
  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) noexcept;
  ~Extractor();

  // Fills references (first: the others use them), tasks, indicators, measurements, internal references, and
  // adds warnings. Extracting twice gives the same. Never fails. Cost: linear in the text.
  void extract(Document& document) const;

  // What it asks a text for; to be joined with others'.
  std::vector<PatternTable*> patterns();

 private:
  struct Impl;
  explicit Extractor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_EXTRACT_EXTRACTOR_H_
