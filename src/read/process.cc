#include "read/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace vanban::read {
namespace {

constexpr int kControlInWorker = 3;
constexpr std::size_t kLastWordsBytes = 8192;

// Between fork and exec in a process that may have threads: async-signal-safe calls only.
[[noreturn]] void become_worker(int control, int messages, std::uint64_t memory_bytes, const char* program,
                                char* const* arguments, char* const* environment) {
  setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int one : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD, SIGHUP, SIGXCPU, SIGQUIT}) signal(one, SIG_DFL);
  const int nothing = open("/dev/null", O_RDWR);
  // Out of the way of 0..3 first.
  const int high_control = fcntl(control, F_DUPFD, 10), high_messages = fcntl(messages, F_DUPFD, 10);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
  dup2(high_messages, STDERR_FILENO);
  dup2(high_control, kControlInWorker);
#ifdef SYS_close_range
  syscall(SYS_close_range, kControlInWorker + 1, ~0U, 0);
#endif
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  const rlimit memory{static_cast<rlim_t>(memory_bytes), static_cast<rlim_t>(memory_bytes)};
  setrlimit(RLIMIT_AS, &memory);
#else
  (void)memory_bytes;
#endif
  execve(program, arguments, environment);
  _exit(127);
}

std::string signal_name(int number) {
  const char* name = sigabbrev_np(number);
  return name == nullptr ? std::to_string(number) : "SIG" + std::string(name);
}

}  // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const std::string& program,
                                                            std::uint64_t memory_bytes) {
  if (program.empty() || access(program.c_str(), X_OK) != 0) {
    return make_error(ErrorCode::kSetup, "the reader program \"" + program + "\" cannot be run: " +
                                             (program.empty() ? "no path is set" : std::strerror(errno)));
  }
  std::unique_ptr<WorkerProcess> worker(new WorkerProcess);
  int sockets[2] = {-1, -1}, pipes[2] = {-1, -1};
  const auto fail = [&](const char* what) {
    const Error error = make_error(
        ErrorCode::kIo, std::string("the reader cannot be started: ") + what + ": " + std::strerror(errno));
    for (const int one : {sockets[0], sockets[1], pipes[0], pipes[1]}) {
      if (one >= 0) close(one);
    }
    return error;
  };
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) return fail("socketpair");
  if (pipe2(pipes, O_CLOEXEC) != 0) return fail("pipe");

  std::vector<std::string> variables = {"OMP_THREAD_LIMIT=1", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin"};
  for (const char* kept : {"TESSDATA_PREFIX", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(kept)) variables.push_back(std::string(kept) + "=" + value);
  }
  std::vector<char*> environment;
  for (std::string& one : variables) environment.push_back(one.data());
  environment.push_back(nullptr);
  std::string name = program, serve = "--serve";
  char* arguments[] = {name.data(), serve.data(), nullptr};

  const pid_t pid = fork();
  if (pid < 0) return fail("fork");
  if (pid == 0)
    become_worker(sockets[1], pipes[1], memory_bytes, program.c_str(), arguments, environment.data());
  setpgid(pid, pid);  // here too: whoever comes first
  close(sockets[1]);
  close(pipes[1]);
  fcntl(pipes[0], F_SETFL, O_NONBLOCK);
  // A worker that does not take what it is sent is as good as gone.
  const timeval patience{10, 0};
  setsockopt(sockets[0], SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  worker->pid_ = pid;
  worker->control_ = sockets[0];
  worker->messages_ = pipes[0];
  return worker;
}

WorkerProcess::~WorkerProcess() { end(); }

void WorkerProcess::close_all() {
  if (control_ >= 0) close(control_);
  if (messages_ >= 0) close(messages_);
  control_ = messages_ = -1;
}

Error WorkerProcess::end() {
  if (pid_ < 0) return make_error(ErrorCode::kInternal, "the reader had ended before");
  // It may be dying at this moment: a closed socket comes a little before the exit status.
  int status = 0;
  pid_t ended = 0;
  for (int i = 0; i < 50 && buffer_.empty() && ended == 0; ++i) {
    ended = waitpid(pid_, &status, WNOHANG);
    pollfd closing{control_, POLLIN, 0};
    if (ended == 0 && (poll(&closing, 1, 0) == 0 || (closing.revents & POLLHUP) == 0)) break;
    if (ended == 0) usleep(2000);
  }
  ::kill(-pid_, SIGKILL);
  const bool by_itself = ended == pid_;
  if (!by_itself) {
    ::kill(pid_, SIGKILL);
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  pid_ = -1;
  read_messages();
  close_all();
  for (const char* sign :
       {"bad_alloc", "Out of memory", "out of memory", "annot allocate memory", "alloc failed"}) {
    if (last_words_.find(sign) != std::string::npos) {
      return make_error(ErrorCode::kOutOfMemory, "the document needs more memory than the reader may have");
    }
  }
  if (by_itself && WIFSIGNALED(status)) {
    if (WTERMSIG(status) == SIGXCPU) return make_error(ErrorCode::kTimeout, "the processor time was used up");
    if (WTERMSIG(status) == SIGKILL) {
      return make_error(ErrorCode::kOutOfMemory, "the system killed the reader, most likely for its memory");
    }
    return make_error(ErrorCode::kParserCrash, "the reader died of " + signal_name(WTERMSIG(status)));
  }
  if (by_itself && WIFEXITED(status)) {
    return make_error(ErrorCode::kParserCrash,
                      "the reader ended with status " + std::to_string(WEXITSTATUS(status)));
  }
  return make_error(ErrorCode::kParserCrash, "the reader was stopped");
}

bool WorkerProcess::send(FrameType type, std::string_view payload, int descriptor) {
  const std::string frame = make_frame(type, payload);
  std::size_t sent = 0;
  while (sent < frame.size()) {
    iovec part{const_cast<char*>(frame.data()) + sent, frame.size() - sent};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (sent == 0 && descriptor >= 0) {
      message.msg_control = control;
      message.msg_controllen = sizeof control;
      cmsghdr* header = CMSG_FIRSTHDR(&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN(sizeof(int));
      std::memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
    }
    const ssize_t written = sendmsg(control_, &message, MSG_NOSIGNAL);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    sent += static_cast<std::size_t>(written);
  }
  return true;
}

void WorkerProcess::read_messages() {
  char chunk[4096];
  // Not more at a time than keeps the main work going: a worker may write without end.
  for (int i = 0; i < 16 && messages_ >= 0; ++i) {
    const ssize_t got = ::read(messages_, chunk, sizeof chunk);
    if (got == 0) {
      close(messages_);
      messages_ = -1;
    }
    if (got <= 0) return;
    last_words_.append(chunk, static_cast<std::size_t>(got));
    if (last_words_.size() > 2 * kLastWordsBytes) last_words_.erase(0, last_words_.size() - kLastWordsBytes);
  }
}

bool WorkerProcess::take_frame(FrameType& type, std::string& payload, bool& garbage) {
  garbage = false;
  if (buffer_.size() - used_ < kFrameHeaderBytes) return false;
  std::size_t size = 0;
  for (std::size_t i = 4; i-- > 0;) size = (size << 8) | static_cast<unsigned char>(buffer_[used_ + i]);
  const auto kind = static_cast<unsigned char>(buffer_[used_ + 4]);
  if (size > kMaxFrameBytes || kind < static_cast<unsigned char>(FrameType::kHello) ||
      kind > static_cast<unsigned char>(FrameType::kKeep)) {
    garbage = true;
    return false;
  }
  if (buffer_.size() - used_ - kFrameHeaderBytes < size) return false;
  type = static_cast<FrameType>(kind);
  payload.assign(buffer_, used_ + kFrameHeaderBytes, size);
  used_ += kFrameHeaderBytes + size;
  if (used_ == buffer_.size() || used_ > (4u << 20)) {
    buffer_.erase(0, used_);
    used_ = 0;
  }
  return true;
}

WorkerProcess::Event WorkerProcess::next(Clock::time_point deadline, FrameType& type, std::string& payload) {
  for (;;) {
    bool garbage = false;
    if (take_frame(type, payload, garbage)) return Event::kFrame;
    if (garbage) return Event::kGarbage;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return Event::kLate;
    pollfd ready[2] = {{control_, POLLIN, 0}, {messages_, POLLIN, 0}};
    const int wait = static_cast<int>(std::min<long long>(left + 1, 60'000));
    if (poll(ready, messages_ >= 0 ? 2 : 1, wait) < 0 && errno != EINTR) return Event::kClosed;
    if (messages_ >= 0 && ready[1].revents != 0) read_messages();
    if (ready[0].revents == 0) continue;
    constexpr std::size_t kChunk = 256u << 10;
    const std::size_t before = buffer_.size();
    buffer_.resize(before + kChunk);
    const ssize_t got = recv(control_, buffer_.data() + before, kChunk, 0);
    buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) {
      buffer_.clear();
      used_ = 0;
      return Event::kClosed;
    }
  }
}

}  // namespace vanban::read
