// What the parent makes of a worker that crashes, hangs, floods or lies.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "vanban/read/reader.h"

namespace vanban {
namespace {

class WorkerFaults : public ::testing::Test {
 protected:
  void SetUp() override {
    // The worker plays its part for texts that begin with "#!mock" only when it is started with --mock.
    script_ = std::filesystem::temp_directory_path() / ("vanban-mock-" + std::to_string(getpid()) + ".sh");
    std::ofstream(script_) << "#!/bin/sh\nexec " << VANBAN_BINARY_DIR << "/vanban-reader --mock \"$@\"\n";
    chmod(script_.c_str(), 0700);
    options_.worker_program = script_.string();
    options_.limits.text_seconds = 1;
    options_.limits.silence_seconds = 1;
    options_.limits.document_seconds = 2;
  }
  void TearDown() override { std::filesystem::remove(script_); }
  std::filesystem::path script_;
  ReadOptions options_;
};

TEST_F(WorkerFaults, EndInOneErrorWithinTheClockAndTheNextDocumentIsRead) {
  struct Case {
    int line;
    std::string script;
    ErrorCode expected;
    double clock = 1;  // seconds; those that need time of the processor have more, and are not timed
  };
  const Case cases[] = {
    {__LINE__, "crash", ErrorCode::kParserCrash},
    {__LINE__, "hang", ErrorCode::kTimeout},
    {__LINE__, "spin", ErrorCode::kTimeout},
    {__LINE__, "heartbeats", ErrorCode::kTimeout},
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they reserve more than any limit
    {__LINE__, "alloc", ErrorCode::kOutOfMemory, 30},
#endif
    {__LINE__, "flood", ErrorCode::kLimitExceeded, 30},
    {__LINE__, "garbage", ErrorCode::kParserCrash},
    {__LINE__, "half", ErrorCode::kParserCrash},
    {__LINE__, "wrong-page", ErrorCode::kParserCrash},
    {__LINE__, "exit 0", ErrorCode::kParserCrash},
    {__LINE__, "exit 3", ErrorCode::kParserCrash},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    ReadOptions options = options_;
    options.limits.worker_memory_bytes = 384ull << 20;
    options.limits.text_seconds = options.limits.silence_seconds = one.clock;
    options.limits.document_seconds = 2 * one.clock;
    Reader reader(options);
    ASSERT_TRUE(read_bytes(reader, "Điều 0.", "first"));
    const auto began = std::chrono::steady_clock::now();
    const auto got = read_bytes(reader, "#!mock " + one.script + "\n", "mock");
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    ASSERT_FALSE(got);
    EXPECT_EQ(error_code_name(got.error().code), error_code_name(one.expected)) << got.error().message;
    if (one.clock <= 1) {
      EXPECT_LT(took.count(), 2 * one.clock + 1);
    }
    const auto next = read_bytes(reader, "Điều 1.", "next");
    ASSERT_TRUE(next) << next.error().message;
    EXPECT_EQ(next->plain_text, "Điều 1.");
  }
}

TEST_F(WorkerFaults, PagesDoneBeforeAreKept) {
  struct Case {
    int line;
    std::string script;
    std::size_t pages, good;
    ErrorCode error;
  };
  const Case cases[] = {
      {__LINE__, "hang-after 3", 4, 3, ErrorCode::kTimeout},
      {__LINE__, "crash-after 2", 5, 2, ErrorCode::kParserCrash},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    Reader reader(options_);
    const auto got = read_bytes(reader, "#!mock " + one.script + "\n", "mock");
    ASSERT_TRUE(got) << got.error().message;
    ASSERT_EQ(got->pages.size(), one.pages);
    for (std::size_t i = 0; i < got->pages.size(); ++i) {
      EXPECT_EQ(got->pages[i].number, static_cast<int>(i) + 1);
      EXPECT_EQ(got->pages[i].error.has_value(), i >= one.good);
      if (got->pages[i].error) {
        EXPECT_EQ(got->pages[i].error->code, one.error);
      }
    }
  }
}

// A worker that a hostile file has taken over reaches nothing.
TEST_F(WorkerFaults, NothingLeadsOutOfAWorker) {
  std::ofstream("/tmp/vanban-to-unlink") << "still there";
  Reader reader(options_);
  const auto got = read_bytes(reader, "#!mock escape\n", "mock");
  ASSERT_TRUE(got) << got.error().message;
  const std::string active = reader.isolation().value_or("");
  std::istringstream lines(got->plain_text);
  int tried = 0;
  for (std::string what, end; lines >> what >> end; ++tried) {
    const bool by_landlock = what == "read-file" || what == "list-folder";
    if (active.find(by_landlock ? "landlock" : "seccomp") == std::string::npos)
      continue;  // not on this kernel
    if (what == "write-file" && active.find("landlock") == std::string::npos) continue;
    EXPECT_EQ(end, "refused") << what;
  }
  EXPECT_EQ(tried, 14);
  EXPECT_TRUE(std::filesystem::exists("/tmp/vanban-to-unlink"));
  std::filesystem::remove("/tmp/vanban-to-unlink");
}

// Where the worker is killed, what it started goes too; and where the parent goes, so does the worker.
TEST_F(WorkerFaults, NoProcessIsLeft) {
  const auto workers = [&] {
    int count = 0;
    for (const auto& process : std::filesystem::directory_iterator("/proc")) {
      std::ifstream in(process.path() / "cmdline", std::ios::binary);
      std::string line;
      std::getline(in, line);
      std::ifstream stat(process.path() / "stat");
      std::string word;
      int parent = 0;
      stat >> word >> word >> word >> parent;
      count += parent == getpid() && line.find("vanban-reader") != std::string::npos;
    }
    return count;
  };
  {
    Reader reader(options_);
    ASSERT_TRUE(read_bytes(reader, "Điều 1.", "first"));
    EXPECT_EQ(workers(), 1);
    EXPECT_FALSE(read_bytes(reader, "#!mock hang\n", "mock"));
    EXPECT_EQ(workers(), 0);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(read_bytes(reader, "Điều 2.", "next"));
    EXPECT_EQ(workers(), 1);  // one, used again
  }
  EXPECT_EQ(workers(), 0);
}

TEST_F(WorkerFaults, NoiseOnStandardErrorIsHarmless) {
  Reader reader(options_);
  const auto got = read_bytes(reader, "#!mock chatter\nĐiều 1.", "mock");
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->plain_text, "#!mock chatter\nĐiều 1.");
}

TEST_F(WorkerFaults, WithoutTheFlagAMockIsText) {
  options_.worker_program = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
  Reader reader(options_);
  const auto got = read_bytes(reader, "#!mock crash\n", "mock");
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->plain_text, "#!mock crash\n");
}

}  // namespace
}  // namespace vanban
