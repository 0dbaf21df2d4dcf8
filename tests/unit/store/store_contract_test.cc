// What every engine behind Store must do: written against the interface alone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "unit/store/made_documents.h"

namespace vanban {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::made_decree;
using testing::made_dispatch;
using testing::made_file;
using testing::ScratchFolder;
using testing::sha_of;

class StoreContract : public ::testing::Test {
 protected:
  void SetUp() override {
    store_.reset();
    auto opened =
        Store::open(folder_.file("store" + std::to_string(++stores_) + ".db"), Store::Access::kReadWrite);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::make_unique<Store>(std::move(*opened));
  }
  void put(const FileRecord& file, const std::vector<DocumentRecord>& documents) {
    const auto done = store_->put(file, documents);
    ASSERT_TRUE(done) << done.error().message;
  }
  void put_both() {
    put(made_file("in/15-2020.txt", sha_of('a')), {made_decree()});
    put(made_file("in/221.pdf", sha_of('b')), {made_dispatch()});
  }
  // "document 15/2020/NĐ-CP", "task k1", ... in the order of the hits; "~": under other tone marks.
  std::vector<std::string> hits(const std::string& query, const Filter& filter = {},
                                const Synonyms& synonyms = {}) {
    const auto result = store_->search(query, filter, synonyms);
    if (!result) return {"error: " + result.error().message};
    std::vector<std::string> out;
    for (const SearchHit& hit : result->hits) {
      out.push_back(std::string(fact_kind_name(hit.kind)) + " " +
                    (hit.fact_id.empty() ? hit.document_number : hit.fact_id) +
                    (hit.other_tones ? " ~" : ""));
    }
    return out;
  }
  std::vector<std::string> ids(FactKind kind, const Filter& filter) {
    const auto rows = store_->list(kind, filter);
    if (!rows) return {"error: " + rows.error().message};
    std::vector<std::string> out;
    for (const ListRow& row : *rows) {
      for (const auto& [name, value] : row.fields) {
        if (name == (kind == FactKind::kDocument ? "number" : std::string(fact_kind_name(kind)) + "_id"))
          out.push_back(value);
      }
    }
    return out;
  }

  ScratchFolder folder_;
  int stores_ = 0;
  std::unique_ptr<Store> store_;
};

TEST_F(StoreContract, FindsByAnySpelling) {
  put_both();
  const struct {
    int line;
    const char* query;
    std::vector<std::string> expected;
  } rows[] = {
      // Words without tones find all tones; with tones those, and others behind them.
      {__LINE__, "cai cach thu tuc", {"document 221/VPCP-KSTT"}},
      {__LINE__, "cải cách thủ tục", {"document 221/VPCP-KSTT"}},
      {__LINE__, "CẢI CÁCH", {"document 221/VPCP-KSTT"}},
      {__LINE__,
       "ca\xCC\x89i ca\xCC\x81"
       "ch",
       {"document 221/VPCP-KSTT"}},  // decomposed
      {__LINE__, "cái cách", {"document 221/VPCP-KSTT ~"}},
      {__LINE__, "\"cái cách\"", {}},
      {__LINE__, "don doc", {"document 221/VPCP-KSTT", "task k1"}},
      {__LINE__, "đôn đốc", {"document 221/VPCP-KSTT", "task k1"}},
      {__LINE__, "đơn độc", {"document 221/VPCP-KSTT ~", "task k1 ~"}},
      {__LINE__, "\"đơn độc\"", {}},
      {__LINE__, "đôn \"độc\"", {}},
      {__LINE__, "ban", {"document 221/VPCP-KSTT", "measurement m1", "task k2"}},  // bản, bán
      {__LINE__, "bán", {"document 221/VPCP-KSTT", "measurement m1 ~", "task k2"}},
      {__LINE__, "bàn", {"document 221/VPCP-KSTT ~", "measurement m1 ~", "task k2 ~"}},
      {__LINE__, "\"bàn\"", {}},
      {__LINE__, "bàn viễn", {}},
      {__LINE__, "nghi dinh", {"document 15/2020/NĐ-CP"}},
      {__LINE__, "vien thong", {"document 15/2020/NĐ-CP", "reference r1"}},
      // Numbers of documents.
      {__LINE__, "15/2020/NĐ-CP", {"document 15/2020/NĐ-CP"}},
      {__LINE__, "15/2020/nd-cp", {"document 15/2020/NĐ-CP"}},
      {__LINE__, "so 15/2020/NĐ-CP", {"document 15/2020/NĐ-CP"}},
      {__LINE__, "Số: 15/2020/NĐ - CP", {"document 15/2020/NĐ-CP"}},
      {__LINE__, "15/NĐ-CP", {"document 15/2020/NĐ-CP"}},
      {__LINE__, "15/2021/NĐ-CP", {}},
      {__LINE__, "221/VPCP-KSTT", {"document 221/VPCP-KSTT"}},
      {__LINE__, "nđ-cp", {"document 15/2020/NĐ-CP"}},
      {__LINE__, "1/NQ-CP", {"reference r1", "task k1"}},
      // Phrases and beginnings.
      {__LINE__, "\"thủ tục hành chính\"", {"document 221/VPCP-KSTT"}},
      {__LINE__, "\"tục thủ\"", {}},
      {__LINE__, "“thu tuc”", {"document 221/VPCP-KSTT"}},
      {__LINE__, "\"thủ tục", {"document 221/VPCP-KSTT"}},
      {__LINE__, "viễ*", {"document 15/2020/NĐ-CP", "reference r1"}},
      {__LINE__, "vien* bưu*", {"document 15/2020/NĐ-CP"}},
      // Every word must occur.
      {__LINE__, "cải cách viễn thông", {}},
      // Operators are words.
      {__LINE__, "cải OR viễn", {}},
      {__LINE__, "", {}},
      {__LINE__, "***", {}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    auto found = hits(row.query);
    std::vector<std::string> expected = row.expected;
    std::sort(found.begin(), found.end());
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(found, expected) << row.query;
  }
}

TEST_F(StoreContract, RanksTheDocumentItselfFirst) {
  DocumentRecord citing = made_dispatch();
  citing.document.text += "\nNghị định số 15/2020/NĐ-CP. Nghị định số 15/2020/NĐ-CP.";
  put(made_file("in/221.pdf", sha_of('b')), {citing});
  put(made_file("in/15-2020.txt", sha_of('a')), {made_decree()});
  EXPECT_THAT(hits("15/2020/NĐ-CP"), ElementsAre("document 15/2020/NĐ-CP", "document 221/VPCP-KSTT"));
}

TEST_F(StoreContract, AdvancedModeHasOperators) {
  put_both();
  Filter filter;
  filter.advanced = true;
  filter.kinds = {FactKind::kDocument};
  const struct {
    int line;
    const char* query;
    std::size_t total;
    bool error;
  } rows[] = {
      {__LINE__, "cải OR viễn", 2, false},
      {__LINE__, "cải viễn", 0, false},
      {__LINE__, "(cải OR viễn) AND thông", 1, false},
      {__LINE__, "chính NOT viễn", 1, false},
      {__LINE__, "chính AND NOT viễn", 1, false},
      {__LINE__, "chính", 2, false},
      {__LINE__, "OR cải", 0, true},
      {__LINE__, "cải AND", 0, true},
      {__LINE__, "(cải", 0, true},
      {__LINE__, "cải)", 0, true},
      {__LINE__, "NOT cải", 0, true},
      {__LINE__, "()", 0, true},
      {__LINE__, "or", 0, false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const auto found = store_->search(row.query, filter);
    ASSERT_EQ(!found, row.error) << row.query;
    if (found) {
      EXPECT_EQ(found->total, row.total) << row.query;
    } else {
      EXPECT_EQ(found.error().code, ErrorCode::kInvalidArgument);
    }
  }
}

TEST_F(StoreContract, ShowsWhereAndMarksWhat) {
  put_both();
  const auto found = store_->search("don doc", {});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->total, 2u);
  for (const SearchHit& hit : found->hits) {
    EXPECT_EQ(hit.document_number, "221/VPCP-KSTT");
    EXPECT_EQ(hit.document_date, "2024-01-10");
    EXPECT_EQ(hit.path, "in/221.pdf");
    EXPECT_EQ(hit.page, 2);
    EXPECT_EQ(hit.label, "II.1");
    ASSERT_EQ(hit.marks.size(), 2u);
    EXPECT_EQ(hit.marks[0].of(hit.snippet), "đôn");
    EXPECT_EQ(hit.marks[1].of(hit.snippet), "đốc");
  }
}

std::string decoded(const std::string& url) {
  std::string out;
  for (std::size_t i = 0; i < url.size(); ++i) {
    if (url[i] == '%' && i + 2 < url.size() && isxdigit(static_cast<unsigned char>(url[i + 1])) != 0 &&
        isxdigit(static_cast<unsigned char>(url[i + 2])) != 0) {
      out += static_cast<char>(std::stoi(url.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += url[i] == '+' ? ' ' : url[i];
    }
  }
  return out;
}

// "@LEN:100000:a" and "@REP:5000:(" are made here.
std::string hostile_query(const std::string& field) {
  if (field.rfind("@LEN:", 0) != 0 && field.rfind("@REP:", 0) != 0) return decoded(field);
  const std::size_t colon = field.find(':', 5);
  const int count = std::stoi(field.substr(5, colon - 5));
  const std::string part = decoded(field.substr(colon + 1));
  std::string out;
  for (int i = 0; i < count; ++i) out += part;
  return out;
}

TEST_F(StoreContract, AnythingTypedIsSafe) {
  put_both();
  std::ifstream in(VANBAN_SOURCE_DIR "/tests/data/hostile_queries.tsv");
  std::string line;
  int count = 0;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t tab = line.find('\t');
    const std::string query = hostile_query(line.substr(0, tab));
    const std::string expected = line.substr(tab + 1);
    for (const bool advanced : {false, true}) {
      Filter filter;
      filter.advanced = advanced;
      const auto found = store_->search(query, filter);
      if (!found) {
        EXPECT_EQ(found.error().code, ErrorCode::kInvalidArgument) << line << ": " << found.error().message;
        EXPECT_TRUE(advanced || expected.find("400") != std::string::npos)
            << line << ": " << found.error().message;
        continue;
      }
      for (const SearchHit& hit : found->hits) EXPECT_EQ(hit.snippet.find("CREATE"), std::string::npos);
      if (expected.find("200 hit") == 0) {
        EXPECT_TRUE(std::any_of(found->hits.begin(), found->hits.end(), [](const SearchHit& hit) {
          return hit.document_number == "15/2020/NĐ-CP";
        })) << line;
      }
    }
    ++count;
  }
  EXPECT_GT(count, 50);
  EXPECT_EQ(store_->counts()->documents, 2u);
}

TEST_F(StoreContract, FiltersSearchAndLists) {
  put_both();
  const struct {
    int line;
    FactKind kind;
    void (*set)(Filter&);
    std::vector<std::string> expected;
  } rows[] = {
      {__LINE__, FactKind::kTask, [](Filter&) {}, {"k1", "k2"}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.agency = "Bộ Tài chính"; }, {"k1"}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.agency = "bo tai chinh"; }, {"k1"}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.agency = "bo-tai-chinh"; }, {"k1"}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.agency = "BTC"; }, {"k1"}},
      // several bodies by id, as one that took the work of others over has them
      {__LINE__,
       FactKind::kTask,
       [](Filter& f) {
         f.agency_ids = {"bo-y-te", "bo-tai-chinh"};
       },
       {"k1"}},
      {__LINE__,
       FactKind::kTask,
       [](Filter& f) {
         f.agency_ids = {"bo-y-te", "' OR 1=1 --"};
       },
       {}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.agency = "BKHCN"; }, {"k1"}},  // without "và"
      {__LINE__, FactKind::kTask, [](Filter& f) { f.agency = "Bộ Y tế"; }, {}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.agency = "' OR 1=1 --"; }, {}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.due_before = "2024-09-29"; }, {"k1"}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.due_before = "2024-09"; }, {"k1"}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.due_before = "2024-09-28"; }, {}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.assigned_by = "1/nq-cp"; }, {"k1"}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.assigned_by = "01/2024/NQ-CP"; }, {"k1"}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.assigned_by = "01/2023/NQ-CP"; }, {}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.document = "so 221/vpcp-kstt"; }, {"k1", "k2"}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.document = "15/2020/NĐ-CP"; }, {}},
      {__LINE__,
       FactKind::kTask,
       [](Filter& f) {
         f.limit = 1;
         f.offset = 1;
       },
       {"k2"}},
      {__LINE__, FactKind::kTask, [](Filter& f) { f.type = "decree"; }, {}},
      {__LINE__, FactKind::kDocument, [](Filter&) {}, {"221/VPCP-KSTT", "15/2020/NĐ-CP"}},
      {__LINE__, FactKind::kDocument, [](Filter& f) { f.from = "2024"; }, {"221/VPCP-KSTT"}},
      {__LINE__, FactKind::kDocument, [](Filter& f) { f.from = "2024-01-10"; }, {"221/VPCP-KSTT"}},
      {__LINE__, FactKind::kDocument, [](Filter& f) { f.from = "2024-01-11"; }, {}},
      {__LINE__, FactKind::kDocument, [](Filter& f) { f.to = "2020-02"; }, {"15/2020/NĐ-CP"}},
      {__LINE__, FactKind::kDocument, [](Filter& f) { f.type = "decree"; }, {"15/2020/NĐ-CP"}},
      {__LINE__, FactKind::kDocument, [](Filter& f) { f.agency = "VPCP"; }, {"221/VPCP-KSTT"}},
      {__LINE__, FactKind::kIndicator, [](Filter& f) { f.agency = "Bộ Tài chính"; }, {"i1"}},
      {__LINE__, FactKind::kIndicator, [](Filter& f) { f.due_before = "2030"; }, {}},
      {__LINE__, FactKind::kMeasurement, [](Filter&) {}, {"m1"}},
      {__LINE__, FactKind::kReference, [](Filter& f) { f.agency = "chính phủ"; }, {"r1"}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    Filter filter;
    row.set(filter);
    EXPECT_EQ(ids(row.kind, filter), row.expected);
  }
  Filter filter;
  filter.due_before = "30/9/2024";
  EXPECT_EQ(store_->list(FactKind::kTask, filter).error().code, ErrorCode::kInvalidArgument);
  Filter tasks;
  tasks.agency = "bo tai chinh";
  tasks.kinds = {FactKind::kTask};
  EXPECT_THAT(hits("don doc", tasks), ElementsAre("task k1"));
  tasks.due_before = "2024";
  tasks.assigned_by = "01/2024/NQ-CP";
  EXPECT_THAT(hits("don doc", tasks), ElementsAre("task k1"));
  tasks.from = "2024";
  tasks.document = "221/VPCP-KSTT";
  EXPECT_THAT(hits("don doc", tasks), ElementsAre("task k1"));
  tasks.agency = "bo y te";
  EXPECT_THAT(hits("don doc", tasks), IsEmpty());
  Filter issued;
  issued.agency = "VPCP";
  issued.kinds = {FactKind::kDocument, FactKind::kReference};
  EXPECT_THAT(hits("nghi quyet", issued), ElementsAre("reference r1", "document 221/VPCP-KSTT"));
}

TEST_F(StoreContract, ExactTonesStandFirst) {
  DocumentRecord other = made_decree();
  other.document.text += "\nbàn bàn bàn";
  put(made_file("in/15-2020.txt", sha_of('a')), {other});
  put(made_file("in/221.pdf", sha_of('b')), {made_dispatch()});
  Filter documents;
  documents.kinds = {FactKind::kDocument};
  EXPECT_THAT(hits("bán", documents), ElementsAre("document 221/VPCP-KSTT", "document 15/2020/NĐ-CP ~"));
  EXPECT_THAT(hits("bàn", documents), ElementsAre("document 15/2020/NĐ-CP", "document 221/VPCP-KSTT ~"));
  Filter second = documents;
  second.limit = 1;
  second.offset = 1;
  EXPECT_THAT(hits("bàn", second), ElementsAre("document 221/VPCP-KSTT ~"));
}

TEST_F(StoreContract, AnAbbreviationAndItsMeaningFindEachOther) {
  DocumentRecord shorter = made_decree();
  shorter.document.text += "\nRà soát các TTHC trong lĩnh vực HĐND quản lý.";
  put(made_file("in/15-2020.txt", sha_of('a')), {shorter});
  put(made_file("in/221.pdf", sha_of('b')), {made_dispatch()});
  Synonyms synonyms;
  synonyms.add("TTHC", "thủ tục hành chính");
  synonyms.add("HĐND", "hội đồng nhân dân");
  const std::string with_short = "document 15/2020/NĐ-CP", with_long = "document 221/VPCP-KSTT";
  Filter documents;
  documents.kinds = {FactKind::kDocument};
  const struct {
    int line;
    const char* query;
    std::vector<std::string> expected;
  } rows[] = {
      {__LINE__, "TTHC", {with_short, with_long}},
      {__LINE__, "tthc", {with_short, with_long}},
      {__LINE__, "thủ tục hành chính", {with_short, with_long}},
      {__LINE__, "thu tuc hanh chinh", {with_short, with_long}},
      {__LINE__, "cải cách thủ tục hành chính năm 2024", {with_long}},
      {__LINE__, "rà soát thủ tục hành chính", {with_short}},
      {__LINE__, "hdnd", {with_short}},
      {__LINE__, "hội đồng nhân dân", {with_short}},
      {__LINE__, "hoi dong nhan dan rà soát", {with_short}},
      // Not in quotation marks, not a part of the meaning, not its words in another order or as a beginning.
      {__LINE__, "\"TTHC\"", {with_short}},
      {__LINE__, "\"thủ tục hành chính\"", {with_long}},
      {__LINE__, "thủ tục", {with_long}},
      {__LINE__, "hành chính thủ tục", {with_long}},
      {__LINE__, "tth*", {with_short}},
      {__LINE__, "TTHĐ", {}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    auto found = hits(row.query, documents, synonyms);
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, row.expected) << row.query;
  }
  Filter advanced = documents;
  advanced.advanced = true;
  EXPECT_THAT(hits("TTHC NOT rà", advanced, synonyms), ElementsAre(with_long));
  const auto found = store_->search("TTHC cải cách", documents, synonyms);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->hits.size(), 1u);
  const SearchHit& hit = found->hits.front();
  ASSERT_FALSE(hit.marks.empty());
  EXPECT_THAT(std::string(hit.marks.back().of(hit.snippet)), HasSubstr("thủ tục hành chính"));
}

TEST_F(StoreContract, FacetsCountTheMatches) {
  put_both();
  Filter filter;
  filter.facets = true;
  using Values = std::vector<std::pair<std::string, std::size_t>>;
  const auto facets = [&](const std::string& query) {
    std::map<std::string, Values> out;
    const auto found = store_->search(query, filter);
    if (found) {
      for (const Facet& facet : found->facets) out[facet.name] = facet.values;
    }
    return out;
  };
  auto found = facets("ban");  // the dispatch, its measurement, its second task
  EXPECT_EQ(found["kind"], (Values{{"document", 1}, {"measurement", 1}, {"task", 1}}));
  EXPECT_EQ(found["type"], (Values{{"dispatch", 3}}));
  EXPECT_EQ(found["year"], (Values{{"2024", 3}}));
  EXPECT_EQ(found["issuer"], (Values{{"Văn phòng Chính phủ", 3}}));
  EXPECT_EQ(found["lead"], (Values{{"các bộ", 1}}));
  found = facets("nghi");
  EXPECT_EQ(found["type"], (Values{{"dispatch", 3}, {"decree", 1}}));
  EXPECT_EQ(found["lead"], (Values{{"Bộ Tài chính", 1}}));
  filter.limit = 1;  // counts are of all matches, not of the page
  EXPECT_EQ(facets("ban")["type"], (Values{{"dispatch", 3}}));
  filter.kinds = {FactKind::kTask};
  EXPECT_EQ(facets("bo")["lead"], (Values{{"Bộ Tài chính", 1}, {"các bộ", 1}}));
  filter.kinds = {};
  EXPECT_TRUE(facets("không-có-chữ-này")["kind"].empty());
  filter.facets = false;
  EXPECT_TRUE(facets("ban").empty());
}

TEST_F(StoreContract, PagesAreStableAndCountAll) {
  for (int i = 0; i < 25; ++i) {
    DocumentRecord record = made_dispatch();
    const std::string number = std::to_string(300 + (i * 7) % 25);
    record.document.header.id = "/vn/van-phong-chinh-phu/dispatch/2024/" + number + "-vpcp-kstt";
    record.document.header.number.text = number + "/VPCP-KSTT";
    record.document.header.number.ordinal = number;
    record.graph.self.id = record.document.header.id;
    put(made_file("in/" + number, std::string(60, 'c') + number), {record});
  }
  Filter filter;
  filter.kinds = {FactKind::kTask};
  filter.limit = 4;
  std::vector<std::string> order;
  for (filter.offset = 0; filter.offset < 30; filter.offset += filter.limit) {
    const auto found = store_->search("don doc", filter);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->total, 25u);
    for (const SearchHit& hit : found->hits) order.push_back(hit.document_id);
  }
  ASSERT_EQ(order.size(), 25u);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(std::adjacent_find(order.begin(), order.end()), order.end());
}

TEST_F(StoreContract, PutReplacesWhatThePathHeld) {
  put_both();
  DocumentRecord other = made_decree();
  other.document.header.id = "/vn/chinh-phu/decree/2021/16-nd-cp";
  other.document.header.number = {"16/2021/NĐ-CP", "16", 2021, "NĐ-CP"};
  other.document.text = "Nghị định 16 về kiểm lâm";
  other.document.header.subject = "kiểm lâm";
  other.document.references.clear();
  other.graph = {};
  put(made_file("in/15-2020.txt", sha_of('c')), {other});
  EXPECT_THAT(hits("viễn thông"), IsEmpty());
  EXPECT_THAT(hits("15/2020/NĐ-CP"), IsEmpty());
  EXPECT_THAT(hits("kiem lam"), ElementsAre("document 16/2021/NĐ-CP"));
  const StoreCounts counts = *store_->counts();
  EXPECT_EQ(counts.documents, 2u);
  EXPECT_EQ(counts.references, 1u);
  EXPECT_EQ(counts.files_by_status.at("ingested"), 2u);

  FileRecord failed = made_file("in/221.pdf", sha_of('b'));
  failed.status = FileStatus::kRejected;
  failed.reason = "encrypted";
  put(failed, {});
  EXPECT_EQ(store_->counts()->documents, 1u);
  EXPECT_EQ(store_->counts()->tasks, 0u);
  EXPECT_THAT(hits("don doc"), IsEmpty());
  EXPECT_EQ((*store_->find_file("in/221.pdf"))->reason, "encrypted");
  EXPECT_THAT(store_->verify()->problems, IsEmpty());
}

TEST_F(StoreContract, OneContentUnderTwoPathsIsHeldUntilBothAreGone) {
  put(made_file("in/a.pdf", sha_of('b')), {made_dispatch()});
  FileRecord again = made_file("in/b.pdf", sha_of('b'));
  again.status = FileStatus::kDuplicate;
  put(again, {});
  EXPECT_EQ(store_->counts()->documents, 1u);
  FileRecord gone = made_file("in/a.pdf", "");
  gone.status = FileStatus::kFailed;
  gone.reason = "vanished";
  put(gone, {});
  EXPECT_EQ(store_->counts()->documents, 1u);
  EXPECT_EQ((*store_->find_content(sha_of('b')))->path, "in/b.pdf");
  gone.path = "in/b.pdf";
  put(gone, {});
  EXPECT_EQ(store_->counts()->documents, 0u);
  EXPECT_FALSE(store_->find_content(sha_of('b'))->has_value());
}

TEST_F(StoreContract, FilesInsideAFileAreThoseBehindItsMark) {
  for (const char* path :
       {"a.zip", "a.zip!/x", "a.zip!/in.zip!/y", "a.zip!", "a.zip!0", "a.zip.bak!/z", "a.zi!/x"}) {
    FileRecord file = made_file(path, "");
    file.status = FileStatus::kSkipped;
    put(file, {});
  }
  const auto inside = store_->files_inside("a.zip");
  ASSERT_TRUE(inside);
  ASSERT_EQ(inside->size(), 2u);
  EXPECT_EQ((*inside)[0].path, "a.zip!/in.zip!/y");
  EXPECT_EQ((*inside)[1].path, "a.zip!/x");
  EXPECT_TRUE(store_->files_inside("none")->empty());
}

TEST_F(StoreContract, ManifestationsOfOneDocumentCountOnceWhateverTheOrder) {
  for (const bool scan_first : {true, false}) {
    SCOPED_TRACE(scan_first);
    DocumentRecord scan = made_dispatch();
    scan.document.source.text_origin = TextOrigin::kOcr;
    scan.document.source.sha256 = sha_of('0');
    scan.document.tasks.resize(1);
    scan.document.text += "\nbản quét";
    const FileRecord scan_file = made_file("in/scan.tif", sha_of('0'));
    if (scan_first) put(scan_file, {scan});
    put(made_file("in/221.pdf", sha_of('b')), {made_dispatch()});
    if (!scan_first) put(scan_file, {scan});
    EXPECT_EQ(store_->counts()->documents, 1u);
    EXPECT_EQ(store_->counts()->tasks, 2u);  // of the text layer
    EXPECT_THAT(hits("bản quét"), IsEmpty());
    // Without the better one the other stands in.
    FileRecord gone = made_file("in/221.pdf", "");
    gone.status = FileStatus::kFailed;
    put(gone, {});
    EXPECT_EQ(store_->counts()->tasks, 1u);
    EXPECT_THAT(hits("bản quét"), ElementsAre("document 221/VPCP-KSTT"));
    EXPECT_THAT(store_->verify()->problems, IsEmpty());
    gone.path = "in/scan.tif";
    put(gone, {});
  }
}

TEST_F(StoreContract, DocumentsWithoutAWholeIdStayApart) {
  DocumentRecord blank = made_decree();
  blank.document.header.id.clear();
  blank.graph = {};
  put(made_file("in/draft.txt", sha_of('d')), {blank, blank});
  blank.document.header.id = "/vn/_/decree/2020/15-nd-cp";
  put(made_file("in/e.txt", sha_of('e')), {blank});
  put(made_file("in/f.txt", sha_of('f')), {blank});
  EXPECT_EQ(store_->counts()->documents, 4u);
  EXPECT_EQ((*store_->find_file("in/draft.txt"))->document_id, "local:dddddddddddddddd");
  EXPECT_TRUE(store_->document_json("local:dddddddddddddddd-2")->has_value());
  EXPECT_THAT(**store_->document_json("local:dddddddddddddddd"),
              HasSubstr("\"id\":\"local:dddddddddddddddd\""));
}

TEST_F(StoreContract, GivesADocumentByIdNumberOrPath) {
  put_both();
  for (const char* name :
       {"/vn/chinh-phu/decree/2020/15-nd-cp", "15/2020/NĐ-CP", "so 15/nd-cp", "in/15-2020.txt"}) {
    const auto json = store_->document_json(name);
    ASSERT_TRUE(json) << name;
    ASSERT_TRUE(json->has_value()) << name;
    EXPECT_THAT(**json, HasSubstr("\"number\":\"15/2020/NĐ-CP\"")) << name;
  }
  EXPECT_FALSE(store_->document_json("16/2020/NĐ-CP")->has_value());
  DocumentRecord other = made_decree();
  other.document.header.id = "/vn/chinh-phu/decree/2021/15-nd-cp";
  other.document.header.number = {"15/2021/NĐ-CP", "15", 2021, "NĐ-CP"};
  other.graph = {};
  put(made_file("in/15-2021.txt", sha_of('c')), {other});
  const auto both = store_->document_json("15/NĐ-CP");
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(both.error().message, HasSubstr("/vn/chinh-phu/decree/2020/15-nd-cp"));
  EXPECT_THAT(both.error().message, HasSubstr("/vn/chinh-phu/decree/2021/15-nd-cp"));
  EXPECT_TRUE(store_->document_json("15/2021/NĐ-CP")->has_value());
}

TEST_F(StoreContract, ReferencesAreLinkedAgain) {
  put_both();
  const auto citing = store_->documents_citing("1/nq-cp");
  ASSERT_TRUE(citing);
  ASSERT_EQ(citing->size(), 1u);
  EXPECT_THAT(*store_->documents_citing(""), IsEmpty());
  EXPECT_THAT(*store_->documents_citing("9/nq-cp"), IsEmpty());
  auto document = store_->citations(citing->front());
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->header.date, (PartialDate{2024, 1, 10}));
  const auto open = std::find_if(document->references.begin(), document->references.end(),
                                 [](const Reference& one) { return one.text == "Nghị quyết số 01/NQ-CP"; });
  ASSERT_NE(open, document->references.end());
  EXPECT_EQ(open->pinpoint.clause, "15");
  EXPECT_EQ(open->relation, Relation::kAssignedIn);
  EXPECT_EQ(open->resolution_reason, "no year");
  open->target = "/vn/chinh-phu/resolution/2024/01-nq-cp";
  open->resolution = ResolutionState::kResolved;
  open->resolution_reason = "only one with this number";
  open->inferred = {"target"};
  DocumentGraph graph;
  graph.edges = {{document->header.id, open->target, open->relation, open->modality, open->pinpoint, 1}};
  const auto done = store_->relink(*document, graph);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(**store_->document_json("221/VPCP-KSTT"),
              HasSubstr("\"target\":\"/vn/chinh-phu/resolution/2024/01-nq-cp\""));
  EXPECT_THAT(**store_->document_json("221/VPCP-KSTT"), HasSubstr("\"inferred\":[\"target\"]"));
  EXPECT_THAT(*store_->documents_citing("1/nq-cp"), ::testing::ElementsAre(citing->front()))
      << "it can change again";
  const auto stored = store_->graph();
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->rows.size(), 2u) << "its one citation, and the other document's";
  EXPECT_EQ(store_->citations("/vn/none").error().code, ErrorCode::kNotFound);
  document->references.front().id = "r99";
  EXPECT_EQ(store_->relink(*document, graph).error().code, ErrorCode::kNotFound);
  document->header.id = "/vn/none";
  EXPECT_EQ(store_->relink(*document, graph).error().code, ErrorCode::kNotFound);
}

TEST_F(StoreContract, KeysChangeWithTheDocumentsThatAreKnown) {
  put_both();
  const auto first = store_->changed_keys();
  ASSERT_TRUE(first);
  EXPECT_THAT(*first, ::testing::Contains("15/nd-cp"));
  ASSERT_TRUE(store_->settle_keys(*first));
  EXPECT_THAT(*store_->changed_keys(), IsEmpty());
  DocumentRecord citing = made_dispatch();
  citing.graph.nodes.push_back({"/vn/chinh-phu/resolution/2024/01-nq-cp",
                                DocumentType::kResolution,
                                "01/NQ-CP",
                                {2024, 1, 5},
                                "",
                                "chinh-phu",
                                false});
  put(made_file("in/221.pdf", sha_of('b')), {citing});
  EXPECT_THAT(*store_->changed_keys(), ::testing::Contains("1/nq-cp")) << "one more is known";
}

TEST_F(StoreContract, KnowsDocumentsByNumberHeldOrOnlyCited) {
  put_both();
  const auto held = store_->documents_with_number("15/nd-cp");
  ASSERT_TRUE(held);
  ASSERT_EQ(held->size(), 1u);
  EXPECT_TRUE(held->front().held);
  EXPECT_EQ(held->front().date, (PartialDate{2020, 2, 3}));
  DocumentRecord citing = made_dispatch();
  citing.graph.nodes.push_back({"/vn/chinh-phu/resolution/2024/01-nq-cp",
                                DocumentType::kResolution,
                                "01/NQ-CP",
                                {2024, 1, 5},
                                "",
                                "chinh-phu",
                                false});
  put(made_file("in/221.pdf", sha_of('b')), {citing});
  const auto cited = store_->documents_with_number("1/nq-cp");
  ASSERT_TRUE(cited);
  ASSERT_EQ(cited->size(), 1u);
  EXPECT_FALSE(cited->front().held);
  EXPECT_THAT(*store_->node_ids("01/NQ-CP"), ElementsAre("/vn/chinh-phu/resolution/2024/01-nq-cp"));
  EXPECT_THAT(*store_->node_ids("1/2024/nq-cp"), ElementsAre("/vn/chinh-phu/resolution/2024/01-nq-cp"));
  EXPECT_THAT(*store_->node_ids("1/2023/nq-cp"), IsEmpty());
  EXPECT_THAT(*store_->node_ids("15/2020/NĐ-CP"), ElementsAre("/vn/chinh-phu/decree/2020/15-nd-cp"));
  EXPECT_THAT(*store_->node_ids("/vn/chinh-phu/decree/2020/15-nd-cp"),
              ElementsAre("/vn/chinh-phu/decree/2020/15-nd-cp"));
}

TEST_F(StoreContract, ASeriesHasTargetsByYearAndWhatWasReached) {
  DocumentRecord first = made_dispatch(), second = made_decree();
  first.document.indicators[0].series = "hồ sơ trực tuyến / hồ sơ tiếp nhận | %";
  second.document.indicators = first.document.indicators;
  second.document.indicators[0].period = "2025";
  second.document.indicators[0].value = 90;
  Indicator other = first.document.indicators[0];
  other.id = "i2";
  other.series = "thanh toán trực tuyến | %";
  second.document.indicators.push_back(other);
  first.document.measurements[0].series = "hồ sơ trực tuyến | %";  // does not say of what
  first.document.measurements[0].period = "Quý I/2024";
  Measurement unlike = first.document.measurements[0];
  unlike.id = "m2";
  unlike.series = "hồ sơ trực tuyến / hồ sơ đã giải quyết | %";  // of something else
  first.document.measurements.push_back(unlike);
  put(made_file("in/15-2020.txt", sha_of('a')), {second});
  put(made_file("in/221.pdf", sha_of('b')), {first});
  const auto dump = [&](const Filter& filter) {
    std::string out;
    const auto found = store_->series(filter);
    if (!found) return "error: " + found.error().message;
    for (const IndicatorSeries& series : *found) {
      out += series.key + ":";
      for (const SeriesPoint& point : series.points) {
        out += " " + point.kind + " " + point.period + " " + point.comparator +
               std::to_string(static_cast<int>(*point.value)) + (point.same_name ? "" : "?");
      }
      out += "\n";
    }
    return out;
  };
  EXPECT_EQ(
      dump({}),
      "hồ sơ trực tuyến / hồ sơ tiếp nhận | %: target 2024 >=80 actual Quý I/2024 =55? target 2025 >=90\n"
      "thanh toán trực tuyến | %: target 2024 >=80\n");
  Filter some;
  some.document = "221/VPCP-KSTT";
  EXPECT_EQ(
      dump(some),
      "hồ sơ trực tuyến / hồ sơ tiếp nhận | %: target 2024 >=80 actual Quý I/2024 =55? target 2025 >=90\n");
  some.document = "1/NQ-CP";
  EXPECT_EQ(dump(some), "");
  some = {};
  some.offset = 1;
  EXPECT_EQ(dump(some), "thanh toán trực tuyến | %: target 2024 >=80\n");
  // A second series with the same name of something else: now nobody knows which one the figure belongs to.
  second.document.indicators[1].series = "hồ sơ trực tuyến / hồ sơ đã trả | %";
  put(made_file("in/15-2020.txt", sha_of('a')), {second});
  EXPECT_EQ(dump({}),
            "hồ sơ trực tuyến / hồ sơ tiếp nhận | %: target 2024 >=80 target 2025 >=90\n"
            "hồ sơ trực tuyến / hồ sơ đã trả | %: target 2024 >=80\n");
}

TEST_F(StoreContract, RowsAndColumnsOfAListAgree) {
  put_both();
  for (const FactKind kind : {FactKind::kDocument, FactKind::kTask, FactKind::kIndicator,
                              FactKind::kMeasurement, FactKind::kReference}) {
    const auto rows = store_->list(kind, {});
    ASSERT_TRUE(rows);
    ASSERT_FALSE(rows->empty());
    std::vector<std::string> names;
    for (const auto& [name, value] : rows->front().fields) names.push_back(name);
    EXPECT_EQ(names, store_->list_columns(kind));
  }
}

TEST_F(StoreContract, TheExportDoesNotDependOnTheOrderOfLoading) {
  DocumentRecord scan = made_dispatch();
  scan.document.source.text_origin = TextOrigin::kOcr;
  struct Input {
    FileRecord file;
    std::vector<DocumentRecord> documents;
  };
  std::vector<Input> inputs = {{made_file("in/scan.tif", sha_of('0')), {scan}},
                               {made_file("in/221.pdf", sha_of('b')), {made_dispatch()}},
                               {made_file("in/z.txt", sha_of('a')), {made_decree()}},
                               {made_file("in/y.txt", sha_of('a')), {made_decree()}}};
  for (Input& input : inputs) {
    for (DocumentRecord& record : input.documents) record.document.source.path = input.file.path;
  }
  std::string exported[2];
  for (std::string& all : exported) {
    SetUp();  // the writer before it is gone first
    for (const Input& input : inputs) put(input.file, input.documents);
    const auto done = store_->export_documents([&](const std::string& line) -> Result<void> {
      all += line + "\n";
      return {};
    });
    ASSERT_TRUE(done) << done.error().message;
    std::reverse(inputs.begin(), inputs.end());
  }
  EXPECT_EQ(exported[0], exported[1]);
  EXPECT_EQ(std::count(exported[0].begin(), exported[0].end(), '\n'), 2);
  EXPECT_THAT(exported[0], HasSubstr("\"path\":\"in/y.txt\""));
  const auto stopped = store_->export_documents(
      [](const std::string&) -> Result<void> { return make_error(ErrorCode::kDiskFull, "full"); });
  EXPECT_EQ(stopped.error().code, ErrorCode::kDiskFull);
}

TEST_F(StoreContract, KeepsPathsAsBytes) {
  const std::string path = "in/\xFF\n\x1b[31m.pdf";
  put(made_file(path, sha_of('b')), {made_dispatch()});
  const auto file = store_->find_file(path);
  ASSERT_TRUE(file && file->has_value());
  EXPECT_EQ((*file)->path, path);
  EXPECT_EQ(store_->search("don doc", {})->hits.at(0).path, path);
  EXPECT_TRUE(store_->document_json(path)->has_value());
  EXPECT_EQ(store_->files(FileStatus::kIngested)->size(), 1u);
  EXPECT_EQ(store_->files(FileStatus::kFailed)->size(), 0u);
}

}  // namespace
}  // namespace vanban
