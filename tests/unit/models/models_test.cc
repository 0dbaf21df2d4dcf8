#include "vanban/models/models.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace vanban {
namespace {

class ModelsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("vanban_models_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_ / "patterns");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const std::string& bytes) { std::ofstream(folder_ / name) << bytes; }

  std::filesystem::path folder_;
};

TEST_F(ModelsTest, ReadsTablesByTheirPath) {
  write("agencies.tsv", "# bodies\n# source: ...\nid\tname\nvpcp\tVăn phòng Chính phủ\n\nbtc\t\n");
  write("patterns/a.tsv", "name\tpattern\nx\ty\r\n");
  const Result<Models> models = Models::load(folder_);
  ASSERT_TRUE(models) << models.error().message;
  const Result<const ModelTable*> table = models->table("agencies");
  ASSERT_TRUE(table);
  EXPECT_EQ((*table)->rows.size(), 2u);
  EXPECT_EQ((*table)->at(0, "name"), "Văn phòng Chính phủ");
  EXPECT_EQ((*table)->at(1, "name"), "");
  EXPECT_EQ((*table)->at(0, "nothing"), "");
  EXPECT_EQ((*table)->lines[1], 6);
  EXPECT_FALSE((*table)->column("nothing"));
  EXPECT_EQ(models->table_names(), (std::vector<std::string>{"agencies", "patterns/a"}));
  EXPECT_FALSE(models->table("none"));
  EXPECT_EQ(models->version().size(), 16u);
}

TEST_F(ModelsTest, TheVersionChangesWithTheBytes) {
  write("a.tsv", "x\n1\n");
  const std::string before = Models::load(folder_)->version();
  EXPECT_EQ(Models::load(folder_)->version(), before);
  write("a.tsv", "x\n2\n");
  EXPECT_NE(Models::load(folder_)->version(), before);
}

TEST_F(ModelsTest, ABadRowIsNamedByFileAndLine) {
  struct Row {
    int line;
    const char* bytes;
    const char* says;
  };
  const Row rows[] = {
      {__LINE__, "a\tb\n1\n", "a.tsv:2: 1 fields where the head has 2"},
      {__LINE__, "a\n\xFF\n", "a.tsv:2: not UTF-8"},
      {__LINE__, "# only comments\n", "no line with column names"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    write("a.tsv", row.bytes);
    const Result<Models> models = Models::load(folder_);
    ASSERT_FALSE(models);
    EXPECT_EQ(models.error().code, ErrorCode::kBadTable);
    EXPECT_NE(models.error().message.find(row.says), std::string::npos) << models.error().message;
  }
  EXPECT_EQ(Models::load("/nowhere").error().code, ErrorCode::kNotFound);
}

TEST(ShippedModels, Load) {
  const Result<Models> models = Models::load(VANBAN_SOURCE_DIR "/models");
  ASSERT_TRUE(models) << models.error().message;
  EXPECT_FALSE(models->table_names().empty());
}

}  // namespace
}  // namespace vanban
