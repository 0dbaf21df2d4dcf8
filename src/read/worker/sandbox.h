// What keeps the worker from doing anything but computing: resource limits, no new privileges, Landlock,
// seccomp.

#ifndef VANBAN_SRC_READ_WORKER_SANDBOX_H_
#define VANBAN_SRC_READ_WORKER_SANDBOX_H_

#include <functional>
#include <string>

namespace vanban::read {

// To be called once, before the first untrusted byte. Returns what is active, for people: "rlimits
// no-new-privs landlock seccomp". What the system does not offer is left out of it. `start_threads` is called
// at the last moment at which a thread can be made; the thread is shut in as well.
std::string enter_sandbox(const std::function<void()>& start_threads);

// A fresh budget of processor seconds for the next document.
void limit_processor_time(double seconds);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_SANDBOX_H_
