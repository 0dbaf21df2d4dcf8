// The cache of what OCR saw: what is kept comes back, what is damaged does not, and it stays within its size.

#include "pipeline/ocr_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace vanban {
namespace {

namespace fs = std::filesystem;

class OcrFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("vanban_ocr_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  static std::string key(char digit) { return std::string(64, digit); }
  fs::path file(char digit) const { return folder_ / std::string(2, digit) / key(digit); }
  // Bytes that do not pack.
  static std::string noise(std::size_t size, unsigned seed) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i) {
      seed = seed * 1664525 + 1013904223;
      out += static_cast<char>(seed >> 24);
    }
    return out;
  }
  fs::path folder_;
};

TEST_F(OcrFilesTest, GivesBackWhatWasKeptAlsoToTheNextRun) {
  const std::string page = noise(5000, 1) + std::string(3, '\0');
  {
    OcrFiles files(folder_, 1 << 20);
    EXPECT_FALSE(files.find(key('a')));
    EXPECT_FALSE(fs::exists(folder_));  // looking makes nothing
    files.keep(key('a'), page);
    EXPECT_EQ(files.find(key('a')), page);
  }
  OcrFiles files(folder_, 1 << 20);
  EXPECT_EQ(files.find(key('a')), page);
  EXPECT_FALSE(files.find(key('b')));
}

TEST_F(OcrFilesTest, NoKeyIsAPath) {
  OcrFiles files(folder_ / "in", 1 << 20);
  for (const std::string& bad :
       {std::string("../../x"), std::string(64, '/'), std::string(64, 'G'), std::string()}) {
    files.keep(bad, "page");
    EXPECT_FALSE(files.find(bad)) << bad;
  }
  EXPECT_FALSE(fs::exists(folder_));
}

TEST_F(OcrFilesTest, DamagedFilesAreNotBelievedAndGo) {
  const std::string page = noise(300, 2);
  struct Row {
    int line;
    std::size_t at;  // the byte that flips; npos: cut there
    std::size_t cut;
  };
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  const Row rows[] = {{__LINE__, 0, kNone},  {__LINE__, 15, kNone},  {__LINE__, 18, kNone},
                      {__LINE__, 60, kNone}, {__LINE__, 200, kNone}, {__LINE__, kNone, 0},
                      {__LINE__, kNone, 10}, {__LINE__, kNone, 100}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    OcrFiles files(folder_, 1 << 20);
    files.keep(key('a'), page);
    std::string bytes;
    {
      std::ifstream in(file('a'), std::ios::binary);
      bytes.assign(std::istreambuf_iterator<char>(in), {});
    }
    ASSERT_GT(bytes.size(), 200u);
    if (row.at != kNone) bytes[row.at] = static_cast<char>(bytes[row.at] ^ 0x41);
    if (row.cut != kNone) bytes.resize(row.cut);
    std::ofstream(file('a'), std::ios::binary | std::ios::trunc) << bytes;
    EXPECT_FALSE(files.find(key('a')));
    EXPECT_FALSE(fs::exists(file('a')));
  }
}

TEST_F(OcrFilesTest, StaysWithinItsSizeAndForgetsWhatWasNotUsed) {
  constexpr std::uint64_t kMost = 50'000;
  const std::string hex = "0123456789abcdef";
  {
    OcrFiles files(folder_, kMost);
    for (std::size_t i = 0; i < hex.size(); ++i) {
      files.keep(key(hex[i]), noise(5000, static_cast<unsigned>(i)));
      EXPECT_TRUE(files.find(key('0')));  // used all the time
    }
    EXPECT_TRUE(files.find(key('f')));
    EXPECT_FALSE(files.find(key('1')));
  }
  std::ofstream(folder_ / "ff" / (key('f') + ".new")) << "cut by a kill";
  OcrFiles files(folder_, kMost / 2);  // a smaller one than in the run before
  files.keep(key('1'), "page");
  std::uint64_t bytes = 0;
  for (const auto& one : fs::recursive_directory_iterator(folder_)) {
    if (one.is_regular_file()) bytes += one.file_size();
  }
  EXPECT_LE(bytes, kMost / 2);
  EXPECT_FALSE(fs::exists(folder_ / "ff" / (key('f') + ".new")));
  EXPECT_TRUE(files.find(key('1')));
}

}  // namespace
}  // namespace vanban
