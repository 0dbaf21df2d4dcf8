// CrashRestart: a batch outlives a fault of the program itself. A file that makes it crash (SIGSEGV, SIGABRT,
// …) is written down, the program starts itself again in the same process (execve: same number, same
// terminal, same standard streams), and the run goes on without that file.

#ifndef VANBAN_SRC_CLI_CRASH_RESTART_H_
#define VANBAN_SRC_CLI_CRASH_RESTART_H_

#include <map>
#include <string>

namespace vanban::cli {

// From here on a crash of a thread that is at work on a file restarts the program with `argv`. Returns the
// files that crashed it already, each with the name of its signal. VANBAN_NO_RESTART in the environment, or a
// build with sanitizers: a crash stays a crash. `argv` must stay. Call once, before there are threads.
std::map<std::string, std::string> restart_after_crash(char** argv);

// What the calling thread is at work on; empty: nothing. `path` must stay until the next call of this thread.
// Cheap.
void working_on(const std::string& path);

}  // namespace vanban::cli

#endif  // VANBAN_SRC_CLI_CRASH_RESTART_H_
