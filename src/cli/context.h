// What every command needs: language, store, models, workers; and how a person is spoken to.

#ifndef VANBAN_SRC_CLI_CONTEXT_H_
#define VANBAN_SRC_CLI_CONTEXT_H_

#include <atomic>
#include <string>
#include <string_view>

#include "vanban/base/result.h"
#include "vanban/read/reader.h"

namespace vanban::cli {

// Exit codes; where several fit, the highest but kInterrupted.
enum ExitCode : int {
  kDone = 0,
  kUsage = 2,
  kSomeRejected = 3,  // some inputs rejected or partial
  kSomeFailed = 4,    // worth another run; a named path that does not exist too
  kUnusable = 5,      // store or set-up: corrupt, missing language data, disk full
  kBusy = 6,
  kInterrupted = 130,
};
int exit_code_of(ErrorCode code);

enum class Format { kTable, kJson, kJsonl, kCsv, kIcs };

struct Context {
  bool vietnamese = true;
  std::string store = "vanban.db";
  std::string models;  // folder; found beside the program where not given
  Format format = Format::kTable;
  std::string agencies_as_of;  // ISO date: old bodies are rolled up to those that stand then; empty: not
  ReadOptions read;            // worker program, limits, OCR

  // The words in the user's language.
  std::string_view say(std::string_view vi, std::string_view en) const { return vietnamese ? vi : en; }
};

// vi where LC_ALL, LC_MESSAGES or LANG say so or say nothing ("", "C", "POSIX"): Vietnamese comes first; else
// English.
bool locale_is_vietnamese();

// Folder of models, and the worker program: VANBAN_MODELS / VANBAN_READER, else beside this program (build
// tree), else where an installation has them. Empty: not found.
std::string find_models();
std::string find_worker();

// What an error code means, in Vietnamese: the library's own messages are English.
std::string_view vietnamese_reason(ErrorCode code);

// "vanban: message" on standard error, in Vietnamese with the reason before it; returns the exit code for the
// error.
int complain(const Context& context, const Error& error);

// Set by SIGINT and SIGTERM after catch_signals().
extern std::atomic<bool> stop_requested;
void catch_signals();

double monotonic_seconds();
// The terminal's width in columns; 0 where `file_descriptor` is no terminal.
int terminal_width(int file_descriptor);

}  // namespace vanban::cli

#endif  // VANBAN_SRC_CLI_CONTEXT_H_
