// When a document speaks: what a deadline without a year is read by.

#ifndef VANBAN_SRC_EXTRACT_DOCUMENT_TIME_H_
#define VANBAN_SRC_EXTRACT_DOCUMENT_TIME_H_

#include "extract/periods.h"
#include "vanban/doc/document.h"

namespace vanban {

struct DocumentTime {
  PartialDate issued;  // the document's own date, as far as it is known
  int plan_year = 0;  // the one year that its subject names ("Kế hoạch … năm 2018"); 0: none or several
};
DocumentTime time_of(const DocumentHeader& header);

// The year of a period that states none, where only one can be meant; true: it has one now. `inferred` is set
// where it was given.
bool give_year(Period& period, const DocumentTime& time, bool& inferred);

// What was due before the document's date is reported, not asked for. A date that is not known is never past.
bool is_past(const PartialDate& due, const PartialDate& issued);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_DOCUMENT_TIME_H_
