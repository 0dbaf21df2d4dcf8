// What the parent makes of a worker that crashes, hangs, floods or lies.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
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
