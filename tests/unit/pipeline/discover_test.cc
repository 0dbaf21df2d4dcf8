#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "pipeline/files.h"
#include "vanban/pipeline/ingest.h"
#include "vanban/pipeline/pipeline.h"

namespace vanban {
namespace {

namespace fs = std::filesystem;

class DiscoverTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("vanban_discover_" + std::to_string(::getpid()));
    fs::create_directories(root_ / "b" / "c");
  }
  void TearDown() override { fs::remove_all(root_); }
  std::string file(const std::string& name) {
    std::ofstream(root_ / name) << "x";
    return (root_ / name).string();
  }
  fs::path root_;
};

TEST_F(DiscoverTest, FindsEveryEntryOnceInPathOrder) {
  const std::string z = file("z.txt");
  const std::string a = file("b/a.txt");
  const std::string odd = file("b/c/t\xFFn\nlạ.txt");
  const std::string store = file("vanban.db");
  fs::create_symlink("z.txt", root_ / "link");
  ASSERT_EQ(::mkfifo((root_ / "pipe").c_str(), 0600), 0);
  const std::vector<FoundEntry> found = discover({root_.string() + "/", z, root_.string() + "/b"}, {store});
  std::vector<std::string> paths;
  for (const FoundEntry& entry : found) paths.push_back(entry.path);
  EXPECT_EQ(paths,
            (std::vector<std::string>{a, odd, (root_ / "link").string(), (root_ / "pipe").string(), z}));
  EXPECT_EQ(found[2].status, FileStatus::kSkipped);
  EXPECT_EQ(found[2].reason, "symbolic-link");
  EXPECT_EQ(found[3].reason, "not-a-file");
  EXPECT_TRUE(found[0].reason.empty());
  EXPECT_EQ(found[0].bytes, 1u);
}

TEST_F(DiscoverTest, OpensPathsThatAreTooLongInOnePiece) {
  const std::string name(200, 'n');
  std::string path = root_.string();
  int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY);
  for (int i = 0; i < 25; ++i) {
    ASSERT_EQ(::mkdirat(folder, name.c_str(), 0700), 0);
    const int next = ::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY);
    ::close(folder);
    folder = next;
    path += "/" + name;
  }
  const int file = ::openat(folder, "x", O_WRONLY | O_CREAT, 0600);
  ASSERT_EQ(::write(file, "abc", 3), 3);
  ::close(file);
  ::close(folder);
  const std::vector<FoundEntry> found = discover({root_.string()}, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].path, path + "/x");
  EXPECT_EQ(found[0].bytes, 3u);
  const Result<std::string> hash = hash_of_file(found[0].path);
  ASSERT_TRUE(hash) << hash.error().message;
  EXPECT_EQ(*hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(DiscoverTest, NoLinkLeadsOutOfTheGivenFolder) {
  file("b/a.txt");
  fs::create_symlink("b", root_ / "link");
  const std::string given = root_.string();
  struct Row {
    int line;
    std::string path;
    std::size_t given;
    bool opens;
  };
  const Row rows[] = {
      {__LINE__, given + "/b/a.txt", given.size(), true},
      {__LINE__, given + "/link/a.txt", given.size(), false},  // a folder below what was given became a link
      {__LINE__, given + "/link/a.txt", given.size() + 5, true},  // the user wrote the link
      {__LINE__, given + "/link", given.size() + 5, false},       // the last name is never followed
      {__LINE__, given + "/none/a.txt", given.size(), false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(open_path(row.path, row.given, O_RDONLY).get() >= 0, row.opens);
  }
}

TEST_F(DiscoverTest, WhatIsNotThereIsAFailedEntry) {
  const std::vector<FoundEntry> found = discover({(root_ / "none").string()}, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].status, FileStatus::kFailed);
  EXPECT_EQ(found[0].reason, "not-found");
}

TEST(IsWanted, MatchesNamesAndTails) {
  struct Row {
    int line;
    std::vector<std::string> include, exclude;
    const char* path;
    bool wanted;
  };
  const Row rows[] = {
      {__LINE__, {}, {}, "/a/b.pdf", true},
      {__LINE__, {"*.pdf"}, {}, "/a/b.pdf", true},
      {__LINE__, {"*.pdf"}, {}, "/a/b.PDF", false},
      {__LINE__, {"*.pdf", "*.docx"}, {}, "/a/b.docx", true},
      {__LINE__, {}, {"~$*"}, "/a/~$b.docx", false},
      {__LINE__, {}, {"tmp/*"}, "/a/tmp/b.pdf", false},
      {__LINE__, {}, {"tmp/*"}, "/a/tmpfiles/b.pdf", true},
      {__LINE__, {"2024/*.pdf"}, {"draft*"}, "/a/2024/draft1.pdf", false},
      {__LINE__, {"2024/*.pdf"}, {"draft*"}, "/a/2023/final.pdf", false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(is_wanted(row.path, row.include, row.exclude), row.wanted);
  }
}

TEST(StatusOf, TellsTheFilesFaultFromOurs) {
  for (const ErrorCode code :
       {ErrorCode::kEmpty, ErrorCode::kUnsupported, ErrorCode::kDamaged, ErrorCode::kEncrypted,
        ErrorCode::kLimitExceeded, ErrorCode::kTimeout, ErrorCode::kOutOfMemory, ErrorCode::kParserCrash}) {
    EXPECT_EQ(status_of(code), FileStatus::kRejected) << error_code_name(code);
  }
  for (const ErrorCode code :
       {ErrorCode::kNotFound, ErrorCode::kPermission, ErrorCode::kIo, ErrorCode::kChanged, ErrorCode::kSetup,
        ErrorCode::kDiskFull, ErrorCode::kInternal}) {
    EXPECT_EQ(status_of(code), FileStatus::kFailed) << error_code_name(code);
  }
}

}  // namespace
}  // namespace vanban
