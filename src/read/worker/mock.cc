#include <sys/socket.h>
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
  } else if (name == "exit") {
    _exit(number);
  }
}

}  // namespace vanban::read
