#include "cli/crash_restart.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace vanban::cli {
namespace {

constexpr const char* kVariable = "VANBAN_CRASHED";  // the number of the descriptor that holds the list
#ifdef __SANITIZE_ADDRESS__
constexpr bool kSanitized = true;  // AddressSanitizer reports crashes itself
#else
constexpr bool kSanitized = false;
#endif
constexpr std::size_t kMostCrashes = 1000;  // a program that crashes more often is not worth its restarts
constexpr std::array<int, 5> kCrashes{SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

// What the handler needs, made before it can run: it may only make system calls.
int list = -1;  // in memory, without a name: signal number and path of each crash, both ended by a zero byte
char** arguments = nullptr;
std::vector<char*> environment_of_restart;
thread_local const char* current = nullptr;

void on_crash(int number) {
  const char* path = current;
  if (path != nullptr) {
    const char signal[2] = {static_cast<char>(number), '\0'};
    const std::size_t length = std::strlen(path) + 1;
    const bool noted = write(list, signal, sizeof signal) == static_cast<ssize_t>(sizeof signal) &&
                       write(list, path, length) == static_cast<ssize_t>(length);
    if (noted && fcntl(list, F_SETFD, 0) == 0) {
      sigset_t none;
      sigemptyset(&none);
      pthread_sigmask(SIG_SETMASK, &none, nullptr);
      execve("/proc/self/exe", arguments, environment_of_restart.data());
    }
  }
  std::signal(number, SIG_DFL);
  raise(number);
}

// A thread whose stack has run over needs another one for the handler.
class SignalStack {
 public:
  SignalStack() : bytes_(std::make_unique<char[]>(kBytes)) {
    stack_t own{};
    own.ss_sp = bytes_.get();
    own.ss_size = kBytes;
    sigaltstack(&own, nullptr);
  }
  ~SignalStack() {
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    sigaltstack(&none, nullptr);
  }
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;

 private:
  static constexpr std::size_t kBytes = 64 * 1024;
  std::unique_ptr<char[]> bytes_;
};

std::map<std::string, std::string> crashes_in(int file) {
  std::string all;
  std::array<char, 4096> part{};
  for (off_t at = 0;;) {
    const ssize_t got = pread(file, part.data(), part.size(), at);
    if (got <= 0) break;
    all.append(part.data(), static_cast<std::size_t>(got));
    at += got;
  }
  std::map<std::string, std::string> crashed;
  for (std::size_t at = 0; at + 2 < all.size();) {
    const char* name = sigabbrev_np(static_cast<unsigned char>(all[at]));
    const std::size_t end = all.find('\0', at + 2);
    if (end == std::string::npos) break;
    crashed[all.substr(at + 2, end - at - 2)] = name != nullptr ? "SIG" + std::string(name) : "signal";
    at = end + 1;
  }
  return crashed;
}

}  // namespace

std::map<std::string, std::string> restart_after_crash(char** argv) {
  if (kSanitized || std::getenv("VANBAN_NO_RESTART") != nullptr || argv == nullptr) return {};
  std::map<std::string, std::string> crashed;
  if (const char* before = std::getenv(kVariable); before != nullptr) {
    list = std::atoi(before);
    if (list <= STDERR_FILENO || fcntl(list, F_SETFD, FD_CLOEXEC) != 0) return {};
    crashed = crashes_in(list);
    unsetenv(kVariable);
  } else {
    list = memfd_create("vanban-crashes", MFD_CLOEXEC);
    if (list < 0) return {};
  }
  if (crashed.size() >= kMostCrashes) return crashed;
  arguments = argv;
  static std::string variable = kVariable + ("=" + std::to_string(list));
  for (char** one = environ; *one != nullptr; ++one) environment_of_restart.push_back(*one);
  environment_of_restart.push_back(variable.data());
  environment_of_restart.push_back(nullptr);
  struct sigaction action {};
  action.sa_handler = on_crash;
  action.sa_flags = SA_ONSTACK;
  for (const int number : kCrashes) sigaction(number, &action, nullptr);
  return crashed;
}

void working_on(const std::string& path) {
  if (list < 0) return;
  thread_local const SignalStack own_stack;
  current = path.empty() ? nullptr : path.c_str();
}

}  // namespace vanban::cli
