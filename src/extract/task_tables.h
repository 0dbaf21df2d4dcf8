// Task tables: STT | nhiệm vụ | cơ quan chủ trì | phối hợp | thời hạn | sản phẩm. A row that gives a task is
// one task.

#ifndef VANBAN_SRC_EXTRACT_TASK_TABLES_H_
#define VANBAN_SRC_EXTRACT_TASK_TABLES_H_

#include <vector>

#include "extract/deadlines.h"
#include "extract/table_columns.h"
#include "extract/task_bodies.h"
#include "vanban/doc/document.h"

namespace vanban {

// The tasks of a table, with labels ("II.7": group row, row), ranges, deadlines; empty if it is no task table
// (indicators, lists, figures). `directed`: it stands in a part that directs. Cost: linear in the table.
std::vector<Task> tasks_of_table(const Table& table, const TableColumns& columns,
                                 const PatternTable& patterns, const TaskBodies& bodies,
                                 const DeadlineReader& deadlines, const DocumentTime& time, bool directed);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_TASK_TABLES_H_
