// FigureFinder: indicators (chỉ tiêu) and measurements (số liệu thực hiện) of a document. References and
// tasks must be there already: they tell who assigned a target, who leads it and what its label is.

#ifndef VANBAN_SRC_EXTRACT_FIGURES_H_
#define VANBAN_SRC_EXTRACT_FIGURES_H_

#include "extract/figure_context.h"
#include "extract/figure_words.h"
#include "extract/table_columns.h"
#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/pattern.h"
#include "vanban/models/models.h"

namespace vanban {

class FigureFinder {
 public:
  // `agencies` must outlive it. Errors: kBadTable.
  static Result<FigureFinder> create(const Models& models, const Agencies& agencies);

  // Sets document.indicators and document.measurements (ids "i1", "m1", ... in reading order), adds warnings.
  // Never fails; twice gives the same. Cost: linear in the text.
  void find(Document& document) const;
  PatternTable& patterns() { return patterns_; }

 private:
  FigureFinder(FigureWords words, TableColumns columns, PatternTable patterns, FigureStances stances,
               const Agencies& agencies);
  FigureWords words_;
  TableColumns columns_;
  PatternTable patterns_;
  FigureStances stances_;
  const Agencies* agencies_;
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_FIGURES_H_
