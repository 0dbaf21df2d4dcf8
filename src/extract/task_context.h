// What a task takes from the headings and lead-ins above it: who leads, and the documents that it was
// assigned in.

#ifndef VANBAN_SRC_EXTRACT_TASK_CONTEXT_H_
#define VANBAN_SRC_EXTRACT_TASK_CONTEXT_H_

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/task_sources.h"
#include "vanban/doc/document.h"

namespace vanban {

class TaskContext {
 public:
  // `sources` must outlive it.
  explicit TaskContext(const TaskSources& sources)
      : on_(&sources), above_(sources.document.sections.size()) {}

  // Gives a task of section `index` the lead and the assigning documents that it does not state itself. Each
  // heading and lead-in is read once.
  void inherit(Task& task, std::size_t index);

 private:
  struct Above {
    bool heading_read = false, lead_in_read = false;
    std::vector<AgencyMention> heading_lead, lead_in_lead;
    std::vector<NumberedReference> heading_assigned, lead_in_assigned;
  };
  const Above& above(std::size_t index, bool own);
  std::vector<AgencyMention> others(std::vector<AgencyMention> named, std::string_view lead_in) const;
  std::vector<NumberedReference> assigned_in(TextRange range) const;

  const TaskSources* on_;
  std::vector<Above> above_;
  std::unordered_map<std::size_t, std::vector<AgencyMention>> lead_ins_;  // by where the lead-in begins
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_TASK_CONTEXT_H_
