// The worker's side of the protocol: takes jobs from the control socket until the parent closes it.

#ifndef VANBAN_SRC_READ_WORKER_SERVE_H_
#define VANBAN_SRC_READ_WORKER_SERVE_H_

#include <string_view>

#include "read/worker/sink.h"

namespace vanban::read {

inline constexpr int kControlDescriptor = 3;

// Reads one document, whatever it is. Errors as in Reader::read, without the file's name.
Result<void> read_document(const Input& input, Sink& sink);

// Returns the exit status.
int serve(bool mock);

// What a worker that was started with --mock does for a text that begins with "#!mock ": the tests' way to a
// worker that crashes, hangs, floods, or lies. Returns only where the mock's name is unknown.
void play_mock(std::string_view script);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_SERVE_H_
