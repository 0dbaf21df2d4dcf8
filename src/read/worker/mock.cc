#include <fcntl.h>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "read/worker/serve.h"

namespace vanban::read {
namespace {

void put(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(kControlDescriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) _exit(1);
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void put_pages(int pages, int of) {
  put(make_frame(FrameType::kBegin, encode_begin({"application/pdf", "unicode", of})));
  for (int number = 1; number <= pages; ++number) {
    RawPage page;
    page.number = number;
    page.width = 595;
    page.height = 842;
    put(make_frame(FrameType::kStage, encode_stage({Stage::kText, number})));
    put(make_frame(FrameType::kPage, encode_page(page)));
  }
  if (pages < of) put(make_frame(FrameType::kStage, encode_stage({Stage::kText, pages + 1})));
}

// What a parser that was taken over would try; says of each whether it was allowed.
std::string try_to_escape() {
  std::string said;
  const auto tried = [&](const char* what, bool allowed) {
    said += std::string(what) + (allowed ? " allowed" : " refused") + "\n";
  };
  tried("write-file", open("/tmp/vanban-escaped", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0);
  tried("read-file", open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0);
  tried("list-folder", open("/root", O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0 ||
                           open("/home", O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0);
  tried("inet-socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
  tried("unix-socket", socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
  tried("netlink-socket", socket(AF_NETLINK, SOCK_RAW, 0) >= 0);
  const pid_t child = fork();
  if (child == 0) _exit(0);
  tried("fork", child > 0);
  char program[] = "/bin/true";
  char* const arguments[] = {program, nullptr};
  tried("exec", execve(program, arguments, arguments + 1) == 0);
  tried("signal", kill(getppid(), 0) == 0);
  tried("unlink", unlink("/tmp/vanban-to-unlink") == 0);
  tried("rename", rename("/tmp/vanban-to-unlink", "/tmp/vanban-escaped") == 0);
  tried("chmod", chmod("/tmp/vanban-to-unlink", 0777) == 0);
  tried("trace", ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) == 0);
  tried("new-namespace", unshare(CLONE_NEWUSER) == 0);
  return said;
}

}  // namespace

void play_mock(std::string_view script) {
  const std::string_view line = script.substr(0, script.find('\n'));
  const std::string_view name = line.substr(0, line.find(' '));
  const int number =
      name.size() < line.size() ? std::atoi(std::string(line.substr(name.size() + 1)).c_str()) : 0;
  if (name == "crash") {
    std::raise(SIGSEGV);
  } else if (name == "crash-after") {  // pages done before
    put_pages(number, number + 3);
    std::raise(SIGABRT);
  } else if (name == "hang") {
    for (;;) pause();
  } else if (name == "hang-after") {
    put_pages(number, number + 1);
    for (;;) pause();
  } else if (name == "spin") {
    for (volatile bool forever = true; forever;) {
    }
  } else if (name == "heartbeats") {  // alive, but never done
    for (;;) {
      put(make_frame(FrameType::kHeartbeat, {}));
      usleep(50'000);
    }
  } else if (name == "alloc") {
    std::vector<std::string> pieces;
    for (;;) pieces.emplace_back(16u << 20, 'x');
  } else if (name == "flood") {
    put(make_frame(FrameType::kBegin, encode_begin({"text/plain", "utf-8", 0})));
    const std::string frame = make_frame(FrameType::kText, std::string(kTextChunkBytes, 'x'));
    for (;;) put(frame);
  } else if (name == "chatter") {  // floods standard error, then goes on
    const std::string noise(1u << 20, '!');
    for (int i = 0; i < 8; ++i) {
      if (write(STDERR_FILENO, noise.data(), noise.size()) < 0) break;
    }
  } else if (name == "garbage") {
    put(std::string(1000, '\xA5'));
    _exit(0);
  } else if (name == "half") {
    put(make_frame(FrameType::kBegin, encode_begin({"text/plain", "utf-8", 0})).substr(0, 9));
    _exit(0);
  } else if (name == "wrong-page") {  // counts that do not hold
    put(make_frame(FrameType::kBegin, encode_begin({"application/pdf", "unicode", 1})));
    put(make_frame(FrameType::kPage, std::string(20, '\xFF')));
    for (;;) pause();
  } else if (name == "escape") {
    put(make_frame(FrameType::kBegin, encode_begin({"text/plain", "utf-8", 0})));
    put(make_frame(FrameType::kText, try_to_escape()));
    put(make_frame(FrameType::kDone, {}));
    for (;;) pause();
  } else if (name == "exit") {
    _exit(number);
  }
}

}  // namespace vanban::read
