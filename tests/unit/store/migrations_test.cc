// A store of every older schema, with what a program of that schema had written
// (tests/data/stores/schema-N.sql), opens with all it held. Whoever adds a migration adds the file of the
// schema that it ends.

#include "store/migrations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <iterator>
#include <optional>

#include "store/ranking.h"
#include "store/search_words.h"
#include "store/sqlite.h"
#include "unit/store/made_documents.h"

namespace vanban {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr int kApplicationId = 0x56414E42;

// Of each schema, which file holds its rows: where a migration changes none, that of the schema before it.
constexpr int kRowsOf[] = {0, 1, 2, 3, 3, 3, 6};

std::optional<std::string> rows_of(int schema) {
  if (schema >= static_cast<int>(std::size(kRowsOf))) return std::nullopt;
  std::ifstream in(VANBAN_SOURCE_DIR "/tests/data/stores/schema-" + std::to_string(kRowsOf[schema]) + ".sql");
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// The store as a program of `schema` left it: its pages have no room for sums.
void make_old_store(const std::string& path, int schema, const std::string& rows) {
  store::Connection database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  ASSERT_TRUE(store::register_tokenizer(database.handle()));
  ASSERT_TRUE(store::register_ranking(database.handle()));
  database.run("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; BEGIN");
  for (int i = 0; i < schema; ++i) database.run(store::migrations()[static_cast<std::size_t>(i)].sql);
  database.run("PRAGMA user_version = " + std::to_string(schema));
  database.run("PRAGMA application_id = " + std::to_string(kApplicationId));
  database.run(rows);
  std::vector<std::string> indexes;
  {
    store::Query query = database.query("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'");
    while (query.step()) indexes.push_back(query.text(0));
  }
  EXPECT_FALSE(indexes.empty());
  for (const std::string& fts : indexes) {
    database.run("INSERT INTO " + fts + " (" + fts + ") VALUES ('rebuild')");
  }
  database.run("COMMIT");
}

std::vector<std::string> targets(const Store& store, const std::string& source) {
  std::vector<std::string> out;
  const auto edges = store.edges_from(source);
  if (!edges) return {"error: " + edges.error().message};
  for (const GraphEdge& edge : *edges)
    out.push_back(std::string(relation_name(edge.relation)) + " " + edge.target);
  return out;
}

TEST(Migrations, EveryOlderStoreOpensWithAllItHeld) {
  const int newest = static_cast<int>(store::migrations().size());
  for (int schema = 1; schema < newest; ++schema) {
    SCOPED_TRACE("schema " + std::to_string(schema));
    const auto rows = rows_of(schema);
    ASSERT_TRUE(rows) << "no tests/data/stores/schema-" << schema << ".sql, and none before it is said to do";
    testing::ScratchFolder folder;
    const std::string path = folder.file("old.db");
    try {
      make_old_store(path, schema, *rows);
    } catch (const store::SqlFailure& failure) {
      FAIL() << failure.error.message;
    }

    // Reading alone changes nothing, so it says what to do.
    const auto read_only = Store::open(path, Store::Access::kReadOnly);
    ASSERT_FALSE(read_only);
    EXPECT_EQ(read_only.error().code, ErrorCode::kStoreVersion);

    auto store = Store::open(path, Store::Access::kReadWrite);
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_THAT(store->verify()->problems, IsEmpty());
    const auto counts = store->counts();
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->documents, 2u);
    EXPECT_EQ(counts->tasks, 4u);
    EXPECT_EQ(counts->indicators, 2u);
    EXPECT_EQ(counts->references, 7u);
    EXPECT_EQ(counts->files_by_status.at("ingested"), 2u);
    EXPECT_EQ(counts->files_by_status.at("duplicate"), 1u);

    const auto found = store->search("đôn đốc", {});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->total, 4u);  // a task and its document, twice
    EXPECT_EQ(store->search("1250/vpcp-kstt", {})->hits.front().document_number, "1250/VPCP-KSTT");

    const std::string older = "/vn/van-phong-chinh-phu/dispatch/2021/1250-vpcp-kstt";
    const std::string newer = "/vn/van-phong-chinh-phu/dispatch/2022/1251-vpcp-kstt";
    EXPECT_THAT(targets(*store, newer),
                UnorderedElementsAre("implements /vn/chinh-phu/resolution/2022/01-nq-cp",
                                     "implements /vn/quoc-hoi/law/2020/61-qh14",
                                     "cites /vn/chinh-phu/decree/2018/61-nd-cp", "cites " + older));
    const auto to_older = store->edges_to(older);
    ASSERT_TRUE(to_older);
    ASSERT_EQ(to_older->size(), 1u);
    EXPECT_EQ(to_older->front().source, newer);
    const auto node = store->graph_node(older);
    ASSERT_TRUE(node && *node);
    EXPECT_TRUE((*node)->held);

    std::vector<std::string> lines;
    ASSERT_TRUE(store->export_documents([&](const std::string& line) -> Result<void> {
      lines.push_back(line);
      return {};
    }));
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_NE(lines[0].find("1250/VPCP-KSTT"), std::string::npos);
    EXPECT_NE(lines[0].find("rà soát thủ tục hành chính"), std::string::npos);

    // It goes on as a store of today.
    const auto put =
        store->put(testing::made_file("221.pdf", testing::sha_of('b')), {testing::made_dispatch()});
    EXPECT_TRUE(put) << put.error().message;
    EXPECT_EQ(store->counts()->documents, 3u);
    EXPECT_THAT(store->verify()->problems, IsEmpty());
  }
}

}  // namespace
}  // namespace vanban
