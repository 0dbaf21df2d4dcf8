// Tasks (nhiệm vụ): who is directed to do what by when. In prose a task is the smallest enumerated unit of a
// part that directs; in a task table it is a row. Which parts direct is told by headings, lead-ins and the
// type of document.

#ifndef VANBAN_SRC_EXTRACT_TASKS_H_
#define VANBAN_SRC_EXTRACT_TASKS_H_

#include <memory>

#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/pattern.h"
#include "vanban/models/models.h"

namespace vanban {

class TaskFinder {
 public:
  // `agencies` must outlive it. Errors: kBadTable.
  static Result<TaskFinder> create(const Models& models, const Agencies& agencies);
  TaskFinder(TaskFinder&&) noexcept;
  TaskFinder& operator=(TaskFinder&&) noexcept;
  ~TaskFinder();

  // Fills `tasks`, in reading order. References must have been found. Cost: linear in the text.
  void find(Document& document) const;
  PatternTable& patterns();

 private:
  struct Impl;
  explicit TaskFinder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_TASKS_H_
