// One reader worker as the parent sees it: started, spoken to, listened to, killed. Knows frames, but no
// documents.

#ifndef VANBAN_SRC_READ_PROCESS_H_
#define VANBAN_SRC_READ_PROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "read/wire.h"
#include "vanban/base/result.h"

namespace vanban::read {

using Clock = std::chrono::steady_clock;

class WorkerProcess {
 public:
  enum class Event : std::uint8_t {
    kFrame,    // `type` and `payload` hold one
    kLate,     // nothing whole came until the deadline
    kClosed,   // the worker is gone, or closed its end
    kGarbage,  // bytes that are no frame
  };

  // Errors: kSetup (no program), kIo (no process or descriptor to be had). Whether the program runs shows in
  // its first frame.
  static Result<std::unique_ptr<WorkerProcess>> start(const std::string& program, std::uint64_t memory_bytes);
  ~WorkerProcess();  // kills it with all that it started
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  // Sends a frame with an open file. False: the worker is gone.
  bool send(FrameType type, std::string_view payload, int descriptor);
  Event next(Clock::time_point deadline, FrameType& type, std::string& payload);

  // Kills it and says how it had ended, if it had: an error for the document that it was reading.
  Error end();

 private:
  WorkerProcess() = default;
  void read_messages();
  void close_all();
  bool take_frame(FrameType& type, std::string& payload, bool& garbage);

  pid_t pid_ = -1;
  int control_ = -1;   // socket
  int messages_ = -1;  // its standard error
  std::string buffer_;
  std::size_t used_ = 0;    // of buffer_
  std::string last_words_;  // end of what it wrote to standard error
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_PROCESS_H_
