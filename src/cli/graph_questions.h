// Questions of `vanban graph` about one document, answered by the store without loading the whole graph.

#ifndef VANBAN_SRC_CLI_GRAPH_QUESTIONS_H_
#define VANBAN_SRC_CLI_GRAPH_QUESTIONS_H_

#include "cli/commands.h"
#include "vanban/store/store.h"

namespace vanban::cli {

bool asks_of_one(const GraphOptions& options);
int answer(const Context& context, const Store& store, const GraphOptions& options);

}  // namespace vanban::cli

#endif  // VANBAN_SRC_CLI_GRAPH_QUESTIONS_H_
