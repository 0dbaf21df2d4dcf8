// How the answer to a question of `vanban graph` that walks along citations is shown.

#ifndef VANBAN_SRC_CLI_GRAPH_WALK_H_
#define VANBAN_SRC_CLI_GRAPH_WALK_H_

#include <string>
#include <vector>

#include "cli/context.h"
#include "cli/output.h"
#include "vanban/link/questions.h"
#include "vanban/store/store.h"

namespace vanban::cli {

std::string relation_words(const Context& context, Relation relation);  // "căn cứ", "legal_basis"
std::string named(const GraphNode& node);                               // "107/2021/NĐ-CP (2021-12-06)"
std::string provision(const Pinpoint& pinpoint);                        // "khoản 2 Điều 5"

// One step along a citation to `node` as a row.
std::vector<Column> step_columns();
std::vector<std::string> step_cells(const GraphEdge& edge, const GraphNode& node);

// A table format shows a tree: each document once with all that it is reached by, under the one it was
// reached from; the others one row for each step. `tasks`: of the documents, `start` first, that were
// reached.
int print_walk(const Context& context, const Store& store, const GraphNode& start,
               const std::vector<WalkStep>& steps, bool backwards, bool tasks);

}  // namespace vanban::cli

#endif  // VANBAN_SRC_CLI_GRAPH_WALK_H_
