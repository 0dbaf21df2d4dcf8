#include "vanban/link/resolver.h"

#include <gtest/gtest.h>

#include <string>

#include "vanban/lexicon/document_numbers.h"
#include "vanban/lexicon/identity.h"
#include "vanban/models/models.h"

namespace vanban {
namespace {

const Agencies& agencies() {
  static const Agencies* kAgencies = [] {
    auto models = Models::load(std::string(VANBAN_SOURCE_DIR) + "/models");
    EXPECT_TRUE(models) << models.error().message;
    auto made = Agencies::create(*models);
    EXPECT_TRUE(made) << made.error().message;
    return new Agencies(std::move(*made));
  }();
  return *kAgencies;
}

Reference mention(DocumentType type, const std::string& number, const std::string& date) {
  Reference reference;
  reference.type = type;
  reference.number = number;
  if (!date.empty()) reference.date = *partial_date_from_iso(date);
  return reference;
}

Document citing(const std::string& date, std::vector<Reference> references) {
  Document document;
  document.source.sha256 = "0123456789abcdef0123";
  document.header.id = "/vn/van-phong-chinh-phu/dispatch/2024/221-vpcp-kstt";
  document.header.type = DocumentType::kDispatch;
  document.header.number = *parse_document_number("221/VPCP-KSTT");
  if (!date.empty()) document.header.date = *partial_date_from_iso(date);
  document.references = std::move(references);
  return document;
}

TEST(Resolver, CanonicalTargets) {
  struct Row {
    int line;
    DocumentType type;
    const char* number;
    const char* date;
    const char* state;
    const char* target;
  };
  const Row rows[] = {
      {__LINE__, DocumentType::kDecree, "107/NĐ-CP", "2021-12-06", "resolved",
       "/vn/chinh-phu/decree/2021/107-nd-cp"},
      {__LINE__, DocumentType::kDecree, "107/2021/NĐ-CP", "", "resolved",
       "/vn/chinh-phu/decree/2021/107-nd-cp"},
      {__LINE__, DocumentType::kResolution, "01/NQ-CP", "2021-01-01", "resolved",
       "/vn/chinh-phu/resolution/2021/01-nq-cp"},
      {__LINE__, DocumentType::kResolution, "1/NQ-CP", "2024", "resolved",
       "/vn/chinh-phu/resolution/2024/01-nq-cp"},
      {__LINE__, DocumentType::kResolution, "01/NQ-CP", "", "unresolved", ""},
      {__LINE__, DocumentType::kDispatch, "/VPCP-KSTT", "2024-01", "unresolved", ""},
      {__LINE__, DocumentType::kResolution, "01/NQ-CP", "2025-01-08", "unresolved",
       ""},  // later than the citing one
      {__LINE__, DocumentType::kDecision, "12/2020/QĐ-UBND", "", "unresolved", ""},  // of which province?
      {__LINE__, DocumentType::kOther, "33/2023/QH15", "", "ambiguous", ""},
      {__LINE__, DocumentType::kDispatch, "221/VPCP-KSTT", "2024-01-10", "resolved",
       "/vn/van-phong-chinh-phu/dispatch/2024/221-vpcp-kstt"},
      {__LINE__, DocumentType::kOther, "???", "", "unresolved", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    Document document = citing("2024-01-10", {mention(row.type, row.number, row.date)});
    resolve_references(document, agencies());
    const Reference& reference = document.references[0];
    EXPECT_EQ(resolution_state_name(reference.resolution), row.state);
    EXPECT_EQ(reference.target, row.target);
    EXPECT_FALSE(reference.resolution_reason.empty());
  }
}

TEST(Resolver, BlankNumberIsTiedToItsDocument) {
  Document document = citing("2025-01", {mention(DocumentType::kDispatch, "/VPCP-KSTT", "2025-01")});
  document.references[0].relation = Relation::kAttachedTo;
  document.header.attached_to = AttachedTo{DocumentType::kDispatch, "/VPCP-KSTT", {2025, 1, 0}, ""};
  resolve_references(document, agencies());
  EXPECT_EQ(document.references[0].target, "local:0123456789abcdef/vpcp-kstt");
  EXPECT_EQ(document.header.attached_to->id, document.references[0].target);
}

TEST(Resolver, KnownDocuments) {
  const auto known = [](const std::string& key) {
    EXPECT_EQ(key, "68/nq-cp");
    return std::vector<KnownDocument>{{"/vn/chinh-phu/resolution/2020/68-nq-cp",
                                       DocumentType::kResolution,
                                       "68/NQ-CP",
                                       {2020, 5, 12},
                                       "",
                                       false},
                                      {"/vn/chinh-phu/resolution/2025/68-nq-cp",
                                       DocumentType::kResolution,
                                       "68/NQ-CP",
                                       {2025, 3, 1},
                                       "",
                                       false}};
  };
  Document early = citing("2021-02-25", {mention(DocumentType::kResolution, "68/NQ-CP", "")});
  resolve_references(early, agencies(), known);
  EXPECT_EQ(early.references[0].target, "/vn/chinh-phu/resolution/2020/68-nq-cp");
  Document late = citing("2026-02-25", {mention(DocumentType::kResolution, "68/NQ-CP", "")});
  resolve_references(late, agencies(), known);
  EXPECT_EQ(late.references[0].resolution, ResolutionState::kAmbiguous);
  EXPECT_EQ(late.references[0].candidates.size(), 2U);
  EXPECT_TRUE(late.references[0].target.empty());
  // A typist's "Quyết định số 68/NQ-CP" means what its symbol says; a plan's number is another one.
  Document slip = citing("2026-02-25", {mention(DocumentType::kDecision, "68/NQ-CP", "")});
  resolve_references(slip, agencies(), known);
  EXPECT_EQ(slip.references[0].resolution, ResolutionState::kAmbiguous);
  Document other = citing("2026-02-25", {mention(DocumentType::kPlan, "68/NQ-CP", "")});
  resolve_references(other, agencies(), known);
  EXPECT_EQ(other.references[0].resolution, ResolutionState::kUnresolved);
}

TEST(Resolver, LocalBodyCitesItsOwnPlace) {
  Document document = citing("2024-05-05", {mention(DocumentType::kDecision, "12/2020/QĐ-UBND", "")});
  document.header.id = "/vn/x/submission/2024/1-ttr-snv";
  document.header.number = {};
  document.header.issuer.name = "Sở Nội vụ tỉnh Lâm Đồng";
  resolve_references(document, agencies());
  EXPECT_EQ(document.references[0].resolution, ResolutionState::kResolved);
  EXPECT_NE(document.references[0].target.find("lam-dong"), std::string::npos)
      << document.references[0].target;
}

TEST(Resolver, DepartmentOfAnUnknownProvinceIsNoDocument) {
  Document document = citing("2024-05-05", {mention(DocumentType::kDispatch, "3342/SNV-TCCC", "2024-01-02")});
  resolve_references(document, agencies());
  EXPECT_EQ(document.references[0].resolution, ResolutionState::kUnresolved) << document.references[0].target;
  document.header.issuer.name = "Ủy ban nhân dân tỉnh Phú Thọ";
  resolve_references(document, agencies());
  EXPECT_EQ(document.references[0].target, "/vn/so-noi-vu-tinh-phu-tho/dispatch/2024/3342-snv-tccc");
}

TEST(Resolver, LawsByName) {
  Reference dated = mention(DocumentType::kLaw, "", "2025-02-18");
  dated.title = "Luật Tổ chức Chính phủ";
  dated.target = "/vn/quoc-hoi/law/2025/63-qh15";
  Reference several = mention(DocumentType::kLaw, "", "");
  several.title = "Luật Đất đai";
  several.target = "/vn/quoc-hoi/law/2024/31-qh15";
  several.candidates = {"/vn/quoc-hoi/law/2013/45-qh13"};
  Reference unknown = mention(DocumentType::kLaw, "", "2030-07-01");
  unknown.title = "Luật Chim trời";
  Document document = citing("", {dated, several, unknown});
  for (int round = 0; round < 2; ++round) {  // resolving again changes nothing
    resolve_references(document, agencies());
    EXPECT_EQ(document.references[0].target, "/vn/quoc-hoi/law/2025/63-qh15");
    EXPECT_EQ(document.references[1].resolution, ResolutionState::kAmbiguous);
    EXPECT_EQ(document.references[1].candidates.size(), 2U);
    EXPECT_EQ(document.references[2].target, "/vn/quoc-hoi/law/2030/luat-chim-troi");
  }
}

TEST(Resolver, GraphOfADocument) {
  Reference first = mention(DocumentType::kDecree, "107/NĐ-CP", "2021-12-06");
  Reference again = mention(DocumentType::kDecree, "107/2021/NĐ-CP", "");
  Reference self = mention(DocumentType::kDispatch, "221/VPCP-KSTT", "2024-01-10");
  Reference open = mention(DocumentType::kResolution, "68/NQ-CP", "");
  Document document = citing("2024-01-10", {first, again, self, open});
  resolve_references(document, agencies());
  const DocumentGraph graph = graph_of(document);
  EXPECT_EQ(graph.self.id, document.header.id);
  EXPECT_TRUE(graph.self.held);
  ASSERT_EQ(graph.nodes.size(), 2U);
  EXPECT_EQ(to_iso(graph.nodes[0].date), "2021-12-06");
  EXPECT_EQ(graph.nodes[1].id, "local:0123456789abcdef/resolution-68-nq-cp");  // of this document alone
  ASSERT_EQ(graph.edges.size(), 2U);
  EXPECT_EQ(graph.edges[0].count, 2);
}

TEST(Identity, Ids) {
  struct Row {
    int line;
    DocumentType type;
    const char* number;
    const char* date;
    const char* id;
  };
  const Row rows[] = {
      {__LINE__, DocumentType::kDecision, "45/2018/QĐ-TTg", "",
       "/vn/thu-tuong-chinh-phu/decision/2018/45-qd-ttg"},
      {__LINE__, DocumentType::kDispatch, "221/VPCP-KSTT", "2024-01-10",
       "/vn/van-phong-chinh-phu/dispatch/2024/221-vpcp-kstt"},
      {__LINE__, DocumentType::kLaw, "33/2023/QH15", "", "/vn/quoc-hoi/law/2023/33-qh15"},
      {__LINE__, DocumentType::kDispatch, "221/VPCP-KSTT", "",
       "/vn/van-phong-chinh-phu/dispatch/_/221-vpcp-kstt"},
      {__LINE__, DocumentType::kDispatch, "/VPCP-KSTT", "2024", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    IdentityParts parts;
    parts.type = row.type;
    parts.number = *parse_document_number(row.number);
    if (*row.date != 0) parts.date = *partial_date_from_iso(row.date);
    EXPECT_EQ(document_id(parts, agencies()), row.id);
  }
}

}  // namespace
}  // namespace vanban
