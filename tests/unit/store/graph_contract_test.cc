// The citation graph in the store: one-hop edges, what is said of a node and by whom, contradictions.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "store/migrations.h"
#include "store/search_words.h"
#include "store/sqlite.h"
#include "unit/store/made_documents.h"

namespace vanban {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::made_file;
using testing::ScratchFolder;
using testing::sha_of;

constexpr char kLaw[] = "/vn/quoc-hoi/law/2019/80-qh14";
constexpr char kDecree[] = "/vn/chinh-phu/decree/2021/107-nd-cp";

GraphNode node(const std::string& id, const std::string& number, const std::string& date, bool held = false) {
  GraphNode made;
  made.id = id;
  made.number = number;
  made.date = partial_date_from_iso(date).value_or(PartialDate{});
  made.held = held;
  return made;
}

// A dispatch of VPCP that says `nodes` of others and has `edges`.
DocumentRecord dispatch(int number, char content, std::vector<GraphNode> nodes,
                        std::vector<GraphEdge> edges) {
  DocumentRecord record;
  Document& d = record.document;
  d.source.sha256 = sha_of(content);
  d.header.number = {std::to_string(number) + "/VPCP-KSTT", std::to_string(number), 0, "VPCP-KSTT"};
  d.header.type = DocumentType::kDispatch;
  d.header.id = "/vn/van-phong-chinh-phu/dispatch/2024/" + std::to_string(number) + "-vpcp-kstt";
  d.header.date = {2024, 1, 1};
  d.text = "Công văn";
  record.graph.self = node(d.header.id, d.header.number.text, "2024-01-01", true);
  record.graph.nodes = std::move(nodes);
  for (GraphEdge& edge : edges) edge.source = d.header.id;
  record.graph.edges = std::move(edges);
  return record;
}

GraphEdge to(const std::string& target, Relation relation, const std::string& article = {},
             Modality modality = Modality::kEnacted) {
  GraphEdge made;
  made.target = target;
  made.relation = relation;
  made.modality = modality;
  made.pinpoint.article = article;
  return made;
}

class GraphContract : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = Store::open(folder_.file("store.db"), Store::Access::kReadWrite);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::make_unique<Store>(std::move(*opened));
  }
  void put(const std::string& path, const DocumentRecord& record) {
    const auto done = store_->put(made_file(path, record.document.source.sha256), {record});
    ASSERT_TRUE(done) << done.error().message;
  }
  static std::vector<std::string> shown(const Result<std::vector<GraphEdge>>& edges) {
    if (!edges) return {edges.error().message};
    std::vector<std::string> out;
    for (const GraphEdge& one : *edges) {
      out.push_back(one.source.substr(one.source.rfind('/') + 1) + " " +
                    std::string(relation_name(one.relation)) + "/" +
                    std::string(modality_name(one.modality)) + " " +
                    one.target.substr(one.target.rfind('/') + 1) + "#" + one.pinpoint.article + " x" +
                    std::to_string(one.count));
    }
    return out;
  }

  ScratchFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_F(GraphContract, OneHopEdges) {
  put("a", dispatch(1, 'a', {node(kLaw, "80/2019/QH14", "2019")},
                    {to(kLaw, Relation::kLegalBasis), to(kLaw, Relation::kCites, "5"),
                     to(kDecree, Relation::kReplaces, "", Modality::kPlanned)}));
  put("b", dispatch(2, 'b', {}, {to(kLaw, Relation::kCites), to(kLaw, Relation::kCites)}));
  EXPECT_THAT(
      shown(store_->edges_from("/vn/van-phong-chinh-phu/dispatch/2024/1-vpcp-kstt")),
      ElementsAre("1-vpcp-kstt replaces/planned 107-nd-cp# x1", "1-vpcp-kstt cites/enacted 80-qh14#5 x1",
                  "1-vpcp-kstt legal_basis/enacted 80-qh14# x1"));
  EXPECT_THAT(shown(store_->edges_to(kLaw)), ElementsAre("1-vpcp-kstt cites/enacted 80-qh14#5 x1",
                                                         "1-vpcp-kstt legal_basis/enacted 80-qh14# x1",
                                                         "2-vpcp-kstt cites/enacted 80-qh14# x2"));
  EXPECT_THAT(shown(store_->edges_to("/vn/none")), IsEmpty());
  EXPECT_THAT(shown(store_->edges_from(kLaw)), IsEmpty()) << "not held: it cites nothing that is known";
  const auto rows = store_->graph();
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->rows.size(), 4u);
  EXPECT_EQ(rows->nodes.size(), 4u) << "the decree too, of which nobody says anything but its id";
}

TEST_F(GraphContract, ANodeIsWhatActiveDocumentsSayOfIt) {
  put("a", dispatch(1, 'a', {node(kDecree, "107/NĐ-CP", "2021-12-06")}, {to(kDecree, Relation::kCites)}));
  put("b", dispatch(2, 'b', {node(kDecree, "107/2021/NĐ-CP", "2021")}, {to(kDecree, Relation::kCites)}));
  auto decree = store_->graph_node(kDecree);
  ASSERT_TRUE(decree && *decree);
  EXPECT_EQ((*decree)->number, "107/2021/NĐ-CP");
  EXPECT_EQ((*decree)->date, (PartialDate{2021, 12, 6})) << "the fullest date, whoever says it";
  EXPECT_THAT(*store_->documents_with_number("107/nd-cp"), ::testing::SizeIs(1));
  // A second manifestation that is not the active one says nothing.
  DocumentRecord scan = dispatch(2, 'c', {node(kLaw, "80/2019/QH14", "2019")}, {to(kLaw, Relation::kCites)});
  scan.document.source.text_origin = TextOrigin::kOcr;
  put("c", scan);
  EXPECT_FALSE(store_->graph_node(kLaw)->has_value());
  EXPECT_THAT(shown(store_->edges_to(kLaw)), IsEmpty());
  EXPECT_THAT(*store_->node_ids("80/2019/QH14"), IsEmpty());
  EXPECT_EQ(store_->graph()->rows.size(), 2u);
  // It takes the place of the better one when that one goes, and what is said by nobody any more is
  // forgotten.
  FileRecord gone = made_file("b", "");
  gone.status = FileStatus::kFailed;
  ASSERT_TRUE(store_->put(gone, {}));
  EXPECT_TRUE(store_->graph_node(kLaw)->has_value());
  EXPECT_EQ((*store_->graph_node(kDecree))->number, "107/NĐ-CP");
  gone.path = "a";
  ASSERT_TRUE(store_->put(gone, {}));
  EXPECT_FALSE(store_->graph_node(kDecree)->has_value());
  EXPECT_THAT(*store_->documents_with_number("107/nd-cp"), IsEmpty());
  EXPECT_THAT(store_->verify()->problems, IsEmpty());
}

TEST_F(GraphContract, AHeldDocumentsOwnDayStandsAgainstMentions) {
  DocumentRecord own = dispatch(1, 'a', {}, {});
  own.graph.self.date = {2024, 1, 10};
  put("a", own);
  put("b", dispatch(2, 'b', {node(own.document.header.id, "1/VPCP-KSTT", "2024-01-01")},
                    {to(own.document.header.id, Relation::kAnswers)}));
  EXPECT_EQ((*store_->graph_node(own.document.header.id))->date, (PartialDate{2024, 1, 10}));
}

TEST_F(GraphContract, ConflictingClaims) {
  put("a", dispatch(1, 'a', {node(kDecree, "107/NĐ-CP", "2021-12-06")}, {to(kDecree, Relation::kCites)}));
  put("b", dispatch(2, 'b', {node(kDecree, "107/NĐ-CP", "2021")}, {to(kDecree, Relation::kCites)}));
  EXPECT_THAT(*store_->conflicting_claims(), IsEmpty()) << "a year and a day of it do not contradict";
  put("c", dispatch(3, 'c', {node(kDecree, "107/NĐ-CP", "2021-12-16")}, {to(kDecree, Relation::kCites)}));
  const auto days = store_->conflicting_claims();
  ASSERT_TRUE(days);
  std::vector<std::string> said;
  for (const NodeClaim& one : *days) said.push_back(one.document.substr(38) + " " + to_iso(one.date));
  EXPECT_THAT(said, ElementsAre("1-vpcp-kstt 2021-12-06", "2-vpcp-kstt 2021", "3-vpcp-kstt 2021-12-16"));
  // Two contents that both claim to be one document: each says what it is.
  DocumentRecord twin = dispatch(1, 'd', {}, {});
  twin.graph.self.title = "một nội dung khác";
  put("d", twin);
  const auto both = store_->conflicting_claims();
  EXPECT_EQ(std::count_if(both->begin(), both->end(), [](const NodeClaim& one) { return one.self; }), 2);
}

// A store as the program before graph keys left it (schema 2): nothing of its graph is lost.
TEST(GraphMigration, AnOlderStoreKeepsItsGraph) {
  ScratchFolder folder;
  const std::string path = folder.file("old.db");
  {
    store::Connection old(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    ASSERT_TRUE(store::register_tokenizer(old.handle()));
    old.run(store::migrations()[0].sql);
    old.run(store::migrations()[1].sql);
    old.run(R"(
      INSERT INTO files (path, path_text, sha256, content, bytes, modified_ns, status, reason, message, document_id,
        seconds, pages, extractor) VALUES (x'61', 'a', 'c1', 'c1', 1, 1, 'ingested', '', '', '/vn/a/law/2020/1-x', 0, 0, '');
      INSERT INTO documents (id, content, ordinal, active, rank, type, number, number_key, number_year, place, date,
        date_first, date_last, subject, draft, signer_name, signer_title, urgency, secrecy, attached_to_number,
        attached_to_id, media_type, text_origin, pages)
        VALUES ('/vn/a/law/2020/1-x', 'c1', 0, 1, 0, 'law', '1/2020/X', '1/x', 2020, '', '2020-01-05', '', '', '', 0, '',
          '', '', '', '', '', '', 'plain', 0);
      INSERT INTO graph_nodes VALUES (1, '/vn/a/law/2020/1-x', 1, 'law', '1/2020/X', '1/x', '2020-01-05', 'Luật', '');
      INSERT INTO graph_nodes VALUES (1, '/vn/a/decree/2019/2-y', 0, 'decree', '2/2019/Y', '2/y', '2019', '', '');
      INSERT INTO graph_edges VALUES (1, 0, '/vn/a/law/2020/1-x', '/vn/a/decree/2019/2-y', 'amends', 'enacted', '{"article":"5"}', 2);
      INSERT INTO graph_edges VALUES (1, 1, '/vn/a/law/2020/1-x', '/vn/a/decree/2018/3-y', 'cites', 'planned', '', 1);
      PRAGMA user_version = 2; PRAGMA application_id = 1447120450;)");
  }
  auto store = Store::open(path, Store::Access::kReadWrite);
  ASSERT_TRUE(store) << store.error().message;
  const auto edges = store->edges_from("/vn/a/law/2020/1-x");
  ASSERT_TRUE(edges) << edges.error().message;
  ASSERT_EQ(edges->size(), 2u);
  EXPECT_EQ((*edges)[0].modality, Modality::kPlanned);
  EXPECT_EQ((*edges)[1].pinpoint.article, "5");
  EXPECT_EQ((*edges)[1].count, 2);
  EXPECT_TRUE((*store->graph_node("/vn/a/law/2020/1-x"))->held);
  EXPECT_EQ((*store->graph_node("/vn/a/decree/2019/2-y"))->date.year, 2019);
  EXPECT_THAT(*store->node_ids("2/2019/Y"), ElementsAre("/vn/a/decree/2019/2-y"));
  EXPECT_EQ(store->graph()->nodes.size(), 3u);
}

}  // namespace
}  // namespace vanban
