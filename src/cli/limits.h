// What each limit is for, for the help.

#ifndef VANBAN_SRC_CLI_LIMITS_H_
#define VANBAN_SRC_CLI_LIMITS_H_

#include <string_view>

#include "cli/context.h"

namespace vanban::cli {

// `name` as in base/limits.h.
std::string_view limit_help(const Context& context, std::string_view name);

}  // namespace vanban::cli

#endif  // VANBAN_SRC_CLI_LIMITS_H_
