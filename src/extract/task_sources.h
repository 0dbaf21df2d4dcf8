// What the rooms that find a document's tasks share: the document and what was read from it before.

#ifndef VANBAN_SRC_EXTRACT_TASK_SOURCES_H_
#define VANBAN_SRC_EXTRACT_TASK_SOURCES_H_

#include <string_view>
#include <vector>

#include "extract/deadlines.h"
#include "extract/document_time.h"
#include "extract/task_bodies.h"
#include "extract/task_parts.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/pattern.h"

namespace vanban {

// Views of one run over one document; all must outlive it.
struct TaskSources {
  const Document& document;
  std::string_view text;  // the document's, with footnote marks blanked
  const PatternTable& patterns;
  const Agencies& agencies;
  const TaskBodies& bodies;
  const DeadlineReader& deadlines;
  const DocumentTime& time;
  const std::vector<TaskPart>& parts;  // one for each section
  bool makes_rules;                    // the document does
};

constexpr std::size_t kClosingBytes = 400;  // a closing formula shows in so many bytes

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_TASK_SOURCES_H_
