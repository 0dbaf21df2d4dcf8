// Files of one document without a number: what each is called, whatever the order in which they came.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "unit/store/made_documents.h"

namespace vanban {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::made_file;
using testing::ScratchFolder;

// A world of files by one letter each: a capital letter has a number, the others have none. Which hold the
// same text is said here instead of found out.
struct World {
  std::set<std::pair<char, char>> same;  // each pair one way
  std::map<char, std::vector<std::uint64_t>> bands;

  bool are_same(char a, char b) const { return same.contains({a, b}) || same.contains({b, a}); }
};

std::string sha(char name) { return std::string(64, name); }
std::string number_of(char name) { return std::to_string(static_cast<int>(name)) + "/VPCP-KSTT"; }
std::string id_of(char name) {
  if (name >= 'A' && name <= 'Z')
    return "/vn/van-phong-chinh-phu/dispatch/2024/" + std::to_string(static_cast<int>(name)) + "-vpcp-kstt";
  return "local:" + std::string(16, name);
}

DocumentRecord document(char name) {
  DocumentRecord record;
  Document& d = record.document;
  d.source.sha256 = sha(name);
  d.header.type = DocumentType::kDispatch;
  d.header.date = {2024, 1, 1};
  d.header.issuer = {"Văn phòng Chính phủ", "van-phong-chinh-phu"};
  d.header.subject = "Về việc rà soát";
  if (name >= 'A' && name <= 'Z') {
    d.header.id = id_of(name);
    d.header.number = {number_of(name), std::to_string(static_cast<int>(name)), 0, "VPCP-KSTT"};
  }
  if (name >= 'o' && name <= 'z') d.source.text_origin = TextOrigin::kOcr;  // scans
  d.text = "Công văn " + std::string(1, name);
  record.graph.self.held = true;
  return record;
}

class Manifestations : public ::testing::Test {
 protected:
  void open(const std::string& name) {
    auto opened = Store::open(folder_.file(name), Store::Access::kReadWrite);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::make_unique<Store>(std::move(*opened));
  }
  void put(char name) {
    const auto done = store_->put(made_file(std::string(1, name), sha(name)), {document(name)});
    ASSERT_TRUE(done) << done.error().message;
  }
  void remove(char name) {
    FileRecord file = made_file(std::string(1, name), "");
    file.status = FileStatus::kRejected;
    ASSERT_TRUE(store_->put(file, {}));
  }
  static char name_of(const HeldText& text) { return text.text.back(); }

  void settle(const World& world) {
    for (;;) {
      const auto keys = store_->uncompared(3);
      ASSERT_TRUE(keys) << keys.error().message;
      if (keys->empty()) break;
      for (const std::int64_t key : *keys) {
        const auto own = store_->held_text(key);
        ASSERT_TRUE(own) << own.error().message;
        const auto bands = world.bands.find(name_of(*own));
        const auto candidates = store_->put_sketch(
            key, 100, bands == world.bands.end() ? std::vector<std::uint64_t>{1, 2} : bands->second);
        ASSERT_TRUE(candidates) << candidates.error().message;
        std::vector<std::int64_t> same;
        for (const std::int64_t one : *candidates)
          if (world.are_same(name_of(*own), name_of(*store_->held_text(one)))) same.push_back(one);
        ASSERT_TRUE(store_->put_same(key, same));
      }
    }
    ASSERT_TRUE(store_->settle_manifestations());
  }

  // "A=ab c=c": the files of each document, the active one before "=".
  std::string shown() {
    Filter filter;
    filter.limit = 1000;
    const auto rows = store_->list(FactKind::kDocument, filter);
    if (!rows) return rows.error().message;
    std::vector<std::string> out;
    for (const ListRow& row : *rows) {
      std::string id, path, manifestations;
      for (const auto& [name, value] : row.fields) {
        if (name == "document_id") id = value;
        if (name == "path") path = value;
        if (name == "manifestations") manifestations = value;
      }
      out.push_back(path + "=" + manifestations + (id == id_of(path[0]) ? "" : " " + id));
    }
    std::sort(out.begin(), out.end());
    std::string text;
    for (const std::string& one : out) text += (text.empty() ? "" : " ") + one;
    return text;
  }

  ScratchFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_F(Manifestations, WhatEachIsCalled) {
  struct Row {
    int line;
    const char* what;
    std::string files;
    std::set<std::pair<char, char>> same;
    std::string shown;
  };
  const Row rows[] = {
      {__LINE__, "nothing is the same", "Aab", {}, "A=1 a=1 b=1"},
      {__LINE__, "a copy without a number", "Aa", {{'A', 'a'}}, "A=2"},
      {__LINE__, "two such copies", "Aab", {{'A', 'a'}, {'A', 'b'}, {'a', 'b'}}, "A=3"},
      {__LINE__, "the scan that is like the copy alone", "Aao", {{'A', 'a'}, {'a', 'o'}}, "A=3"},
      {__LINE__,
       "two documents of one text: it cannot be both",
       "ABa",
       {{'A', 'a'}, {'B', 'a'}},
       "A=1 B=1 a=1"},
      {__LINE__, "nor through another", "ABab", {{'A', 'a'}, {'B', 'b'}, {'a', 'b'}}, "A=2 B=2"},
      {__LINE__,
       "nor where the other cannot tell",
       "ABab",
       {{'A', 'a'}, {'B', 'a'}, {'a', 'b'}},
       "A=1 B=1 a=1 b=1"},
      {__LINE__, "no number anywhere", "ab", {{'a', 'b'}}, "a=2"},
      {__LINE__, "text before scan", "ap", {{'a', 'p'}}, "a=2"},
      {__LINE__, "three, each the same as each", "abc", {{'a', 'b'}, {'b', 'c'}, {'a', 'c'}}, "a=3"},
      {__LINE__, "a chain is no document", "abc", {{'a', 'b'}, {'b', 'c'}}, "a=1 b=1 c=1"},
      {__LINE__, "with numbers they are what their numbers say", "AB", {{'A', 'B'}}, "A=1 B=1"},
  };
  std::mt19937 random(1);
  int file = 0;
  for (const Row& row : rows) {
    SCOPED_TRACE(std::to_string(row.line) + " " + row.what);
    std::string order = row.files;
    for (int round = 0; round < 6; ++round) {
      SCOPED_TRACE(order);
      open("w" + std::to_string(file++) + ".db");
      const World world{row.same, {}};
      const std::size_t at_once = 1 + random() % order.size();
      for (std::size_t i = 0; i < order.size(); ++i) {
        put(order[i]);
        if ((i + 1) % at_once == 0) settle(world);
      }
      settle(world);
      EXPECT_EQ(shown(), row.shown);
      EXPECT_THAT(store_->verify()->problems, IsEmpty());
      std::shuffle(order.begin(), order.end(), random);
    }
  }
}

TEST_F(Manifestations, WhatGoesIsUndone) {
  const World world{{{'A', 'a'}, {'B', 'a'}, {'a', 'b'}, {'A', 'b'}}, {}};
  open("go.db");
  put('a');
  put('A');
  settle(world);
  EXPECT_EQ(shown(), "A=2");
  put('B');  // now it might be either
  settle(world);
  EXPECT_EQ(shown(), "A=1 B=1 a=1");
  remove('B');
  settle(world);
  EXPECT_EQ(shown(), "A=2");
  put('b');
  settle(world);
  EXPECT_EQ(shown(), "A=3");
  remove('A');
  settle(world);
  EXPECT_EQ(shown(), "a=2");
  remove('a');
  settle(world);
  EXPECT_EQ(shown(), "b=1");
  EXPECT_THAT(store_->verify()->problems, IsEmpty());
}

// A manifestation is one wherever documents are looked at: its own tasks, edges and search entries do not
// count twice.
TEST_F(Manifestations, AreOneDocument) {
  const World world{{{'A', 'a'}}, {}};
  open("one.db");
  put('a');
  put('A');
  settle(world);
  const auto path = store_->document_json("a");
  ASSERT_TRUE(path && *path);
  EXPECT_NE((*path)->find("\"id\":\"" + id_of('A') + "\""), std::string::npos) << **path;
  EXPECT_EQ(store_->counts()->documents, 1u);
  EXPECT_EQ(store_->search("rà soát", {})->total, 1u);
  EXPECT_THAT(*store_->node_ids(number_of('A')), ElementsAre(id_of('A')));
  EXPECT_EQ(store_->graph()->nodes.size(), 1u);
  const auto claimants = store_->claimants();
  ASSERT_TRUE(claimants && claimants->size() == 1u && claimants->front().size() == 2u);
  EXPECT_EQ(name_of(*store_->held_text(claimants->front().front())), 'A');  // the active one first
  // What comes back is told to linking: it was not heard while it was away.
  remove('A');
  settle(world);
  EXPECT_TRUE(store_->claimants()->empty());
  const auto keys = store_->changed_keys();
  ASSERT_TRUE(keys);
  EXPECT_NE(std::find(keys->begin(), keys->end(), "document:" + id_of('a')), keys->end());
  EXPECT_THAT(*store_->documents_citing("document:" + id_of('a')), ElementsAre(id_of('a')));
}

// A band with more than 50 texts tells nothing, whoever came first; where it empties, it tells again.
TEST_F(Manifestations, FullBands) {
  std::string names;
  for (char c = 'A'; c <= 'Z'; ++c) names += c;
  for (char c = 'a'; c <= 'n'; ++c) names += c;
  for (char c = '0'; c <= '9'; ++c) names += c;  // 50 in band 1
  World world{{{'A', 'a'}}, {}};
  for (const char c : names) world.bands[c] = {1, 1000 + static_cast<std::uint64_t>(c)};
  world.bands['x'] = {1, 5000};
  std::mt19937 random(2);
  std::string order = names;
  for (int round = 0; round < 3; ++round) {
    SCOPED_TRACE(round);
    open("full" + std::to_string(round) + ".db");
    for (const char c : order) put(c);
    settle(world);
    EXPECT_NE(shown().find("A=2"), std::string::npos);
    put('x');
    settle(world);
    EXPECT_EQ(shown().find("A=2"), std::string::npos) << "51 texts share the band";
    remove('x');
    settle(world);
    EXPECT_NE(shown().find("A=2"), std::string::npos);
    EXPECT_THAT(store_->verify()->problems, IsEmpty());
    std::shuffle(order.begin(), order.end(), random);
    order.insert(order.begin() + 3, 'x');  // and in another order
    open("other" + std::to_string(round) + ".db");
    for (const char c : order) {
      put(c);
      if (random() % 9 == 0) settle(world);
    }
    settle(world);
    EXPECT_EQ(shown().find("A=2"), std::string::npos);
    order.erase(order.find('x'), 1);
  }
}

TEST_F(Manifestations, NotFound) {
  open("none.db");
  EXPECT_EQ(store_->held_text(7).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(store_->uncompared(10)->empty());
  EXPECT_EQ(*store_->settle_manifestations(), 0u);
}

}  // namespace
}  // namespace vanban
