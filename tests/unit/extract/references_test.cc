#include "extract/references.h"

#include <gtest/gtest.h>

#include <string>

#include "support/word_rows.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

struct World {
  Models models;
  Agencies agencies;
  DocumentTypes types;
};

const World& world() {
  static const World* kWorld = [] {
    auto models = Models::load(std::string(VANBAN_SOURCE_DIR) + "/models");
    EXPECT_TRUE(models) << models.error().message;
    auto agencies = Agencies::create(*models);
    EXPECT_TRUE(agencies) << agencies.error().message;
    auto types = DocumentTypes::create(*models);
    EXPECT_TRUE(types) << types.error().message;
    return new World{std::move(*models), std::move(*agencies), std::move(*types)};
  }();
  return *kWorld;
}

const ReferenceFinder& finder() {
  static const ReferenceFinder* kFinder = [] {
    auto made = ReferenceFinder::create(world().models, world().agencies, world().types);
    EXPECT_TRUE(made) << made.error().message;
    return new ReferenceFinder(std::move(*made));
  }();
  return *kFinder;
}

Document found_in(const std::string& text, DocumentType type = DocumentType::kDispatch) {
  Document document;
  document.text = text;
  document.header.type = type;
  finder().find(document);
  return document;
}

// "01/NQ-CP resolution 2024-01-05", one for each mention, "; " between.
std::string mentions_of(const Document& document) {
  std::string out;
  for (const Reference& r : document.references) {
    if (!out.empty()) out += "; ";
    out += r.number.empty() ? r.title : r.number;
    out += " " + std::string(document_type_name(r.type));
    if (r.date.known()) out += " " + to_iso(r.date);
  }
  return out;
}

struct Row {
  int line;
  const char* text;
  const char* mentions;
};

TEST(References, FindsMentions) {
  const Row rows[] = {
      {__LINE__, "thực hiện Nghị quyết số 01/NQ-CP ngày 05 tháng 01 năm 2024 của Chính phủ về nhiệm vụ",
       "01/NQ-CP resolution 2024-01-05"},
      {__LINE__,
       "yêu cầu tại các Công văn số: 7798/VPCP-KSTT ngày 18/9/2020 và 10362/VPCP-KSTT ngày 10/12/2020 của",
       "7798/VPCP-KSTT dispatch 2020-09-18; 10362/VPCP-KSTT dispatch 2020-12-10"},
      {__LINE__, "giao tại các Nghị quyết số 01/NQ-CP, số 02/NQ-CP năm 2024 của Chính phủ",
       "01/NQ-CP resolution 2024; 02/NQ-CP resolution 2024"},
      {__LINE__,
       "Ngày 05 tháng 01 năm 2024, Chính phủ đã ban hành Nghị quyết số 01/NQ-CP về nhiệm vụ năm 2024 (Nghị "
       "quyết số 01/NQ-CP), Nghị quyết số 02/NQ-CP về những nhiệm vụ (Nghị quyết số 02/NQ-CP).\nThực hiện "
       "Nghị quyết số 02/NQ-CP",
       "01/NQ-CP resolution 2024-01-05; 01/NQ-CP resolution 2024-01-05; 02/NQ-CP resolution 2024-01-05; "
       "02/NQ-CP "
       "resolution 2024-01-05; 02/NQ-CP resolution 2024-01-05"},
      {__LINE__, "chỉ đạo tại Văn bản thông báo số 8363/VPCP-KSTT ngày 17/9/2019 về",
       "8363/VPCP-KSTT dispatch 2019-09-17"},
      {__LINE__, "Văn bản số 215/UBND-NC", "215/UBND-NC dispatch"},
      {__LINE__, "Kết luận số 62-KL/TW, ngày 2/10/2023 của Bộ Chính trị", "62-KL/TW conclusion 2023-10-02"},
      {__LINE__, "Quyết định số 1015/QĐ-TTg (tính từ năm 2022) là 195/699 TTHC", "1015/QĐ-TTg decision"},
      {__LINE__, "(Kèm theo Công văn số: /VPCP-KSTT ngày tháng 01 năm 2025)", "/VPCP-KSTT dispatch 2025-01"},
      {__LINE__, "Nghị định 30/2020/NĐ-CP", "30/2020/NĐ-CP decree 2020"},
      {__LINE__, "Nghị định số 05-CP ngày 20 tháng 01 năm 1994", "05-CP decree 1994-01-20"},
      {__LINE__, "Thông tư số 64 TC/TCT ngày 30/10/1996", "64TC/TCT circular 1996-10-30"},
      {__LINE__, "Tờ trình của Bộ Nội vụ số 592/TTr-BNV ngày 01/02/2024",
       "592/TTr-BNV submission 2024-02-01"},
      {__LINE__, "Báo cáo thẩm tra số 201/BC-BVHTTDL ngày 11/5/2026", "201/BC-BVHTTDL report 2026-05-11"},
      {__LINE__, "Luật số 29/2018/QH14 Luật Bảo vệ bí mật nhà nước ngày 15/11/2018",
       "29/2018/QH14 law 2018-11-15"},
      {__LINE__, "theo Luật Phòng bệnh số 114/2025/QH15", "114/2025/QH15 law 2025"},
      {__LINE__, "Nghị quyết số 202/2025/QH15 về", "202/2025/QH15 resolution 2025"},
      {__LINE__,
       "Ngày 05/01/2024, Chính phủ ban hành Nghị quyết số 01/NQ-CP thực hiện Nghị quyết số 50/NQ-CP",
       "01/NQ-CP resolution 2024-01-05; 50/NQ-CP resolution"},
      {__LINE__, "tính từ ngày 01/01/2024 Bộ Nội vụ ban hành Quyết định số 5/QĐ-BNV", "5/QĐ-BNV decision"},
      // laws by name
      {__LINE__, "Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025;",
       "Luật Tổ chức Chính phủ law 2025-02-18"},
      {__LINE__, "đề xuất sửa đổi Luật An toàn thực phẩm theo hướng áp dụng", "Luật An toàn thực phẩm law"},
      {__LINE__, "Luật sửa đổi, bổ sung một số điều của Luật bảo hiểm y tế ngày 13 tháng 6 năm 2014;",
       "Luật sửa đổi, bổ sung một số điều của Luật bảo hiểm y tế law 2014-06-13"},
      {__LINE__,
       "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương "
       "ngày "
       "22 tháng 11 năm 2019;",
       "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương "
       "law 2019-11-22"},
      {__LINE__, "Luật Quản lý, sử dụng tài sản công và các văn bản quy định chi tiết",
       "Luật Quản lý, sử dụng tài sản công law"},
      {__LINE__, "theo luật bảo hiểm y tế hiện hành", "luật bảo hiểm y tế law"},
      {__LINE__, "theo quy định của Bộ luật Dân sự 2015", "Bộ luật Dân sự law 2015"},
      {__LINE__, "Luật Cán bộ, công chức năm 2008 (sửa đổi, bổ sung năm 2019), Luật Viên chức năm 2010",
       "Luật Cán bộ, công chức law 2008; Luật Viên chức law 2010"},
      {__LINE__, "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013;",
       "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam constitution 2013"},
      {__LINE__, "Căn cứ Luật Chim trời và cá nước ngày 01 tháng 7 năm 2030;",
       "Luật Chim trời và cá nước law 2030-07-01"},

      {__LINE__,
       "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15 được sửa đổi, bổ sung bởi Luật số "
       "87/2025/QH15;",
       "64/2025/QH15 law 2025; 87/2025/QH15 law 2025"},
      {__LINE__,
       "Căn cứ Luật Hoa trái của người miền núi số 47/2014/QH13;\ntheo Luật Hoa trái của người miền "
       "núi.\ncủa luật",
       "47/2014/QH13 law 2014; Luật Hoa trái của người miền núi law 2014"},
      {__LINE__, "Luật Sở hữu trí tuệ; Bộ luật Hình sự; Luật Cây trồng mới lạ; Luật Đấu giá tài sản",
       "Luật Sở hữu trí tuệ law; Bộ luật Hình sự law; Luật Cây trồng law; Luật Đấu giá tài sản law"},
      {__LINE__, "Căn cứ Luật Đất đai sô 31/2024/QH15", "31/2024/QH15 law 2024"},

      // no mentions
      {__LINE__, "Mẫu theo Thông tư 2. Nam, số 07/2013/TT", ""},
      {__LINE__, "đã hoàn thành 33/75 văn bản, 03/75 văn bản quá hạn", ""},
      {__LINE__, "ngày 15/8/2023, 24/7, 40 km/h, quý I/2024, và/hoặc", ""},
      {__LINE__, "Số: 221/VPCP-KSTT\nHà Nội, ngày 10 tháng 01 năm 2024", ""},
      {__LINE__, "Số:      /2026/QĐ-UBND", ""},
      {__LINE__, "theo Mẫu số 01/BC-BNV ban hành", ""},
      {__LINE__, "Giấy phép số 12/GP-BTNMT ngày", ""},
      {__LINE__, "Hợp đồng số 05/HĐ-KT ngày 5/1/2024", ""},
      {__LINE__, "quy định chi tiết các Luật, Nghị quyết của Quốc hội", ""},
      {__LINE__, "xây dựng 05 dự án Luật trình Quốc hội", ""},
      {__LINE__, "Trường Đại học Luật Hà Nội", ""},
      {__LINE__, "Đoàn luật sư, luật pháp, kỷ luật đảng, pháp luật về đất đai", ""},
      {__LINE__, "Luật này có hiệu lực từ ngày 01 tháng 7 năm 2025", ""},
      {__LINE__, "phù hợp với Hiến pháp và pháp luật", ""},
      {__LINE__, "ban hành 1544 quyết định công bố", ""},
      {__LINE__, "thực hiện Nghị quyết của Quốc hội", ""},
      {__LINE__, "TCVN 5712:1993, QCVN 01-1:2018/BYT", ""},
      {__LINE__, "", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(mentions_of(found_in(row.text)), row.mentions);
  }
}

TEST(References, Relations) {
  struct Case {
    int line;
    DocumentType type;
    const char* text;
    const char* relation;
    const char* modality;
  };
  const DocumentType kPaper = DocumentType::kReport, kActs = DocumentType::kDecision;
  const Case cases[] = {
      {__LINE__, kActs, "Căn cứ Nghị định số 39/2022/NĐ-CP ngày 18 tháng 6 năm 2022 của Chính phủ;",
       "legal_basis", "enacted"},
      {__LINE__, kPaper, "(Kèm theo Công văn số: 221/VPCP-KSTT ngày 10 tháng 01 năm 2024)", "attached_to",
       "enacted"},
      {__LINE__, kActs, "(Ban hành kèm theo Quyết định số 844/QĐ-TTg ngày 13 tháng 5 năm 2026)",
       "attached_to", "enacted"},
      {__LINE__, kPaper, "trình ban hành Nghị định thay thế Nghị định số 204/2004/NĐ-CP", "replaces",
       "planned"},
      {__LINE__, kPaper, "đã dự thảo Thông tư sửa đổi, bổ sung một số điều của Thông tư số 12/2022/TT-BNV",
       "amends", "planned"},
      {__LINE__, kActs, "Quyết định này thay thế Quyết định số 28/2018/QĐ-TTg", "replaces", "enacted"},
      {__LINE__, kActs, "Bãi bỏ Quyết định số 28/2018/QĐ-TTg", "repeals", "enacted"},
      {__LINE__, kActs, "Sửa đổi, bổ sung một số điều của Nghị định số 30/2020/NĐ-CP", "amends", "enacted"},
      {__LINE__, kActs, "Quyết định số 28/2018/QĐ-TTg hết hiệu lực kể từ ngày Quyết định này có hiệu lực",
       "repeals", "enacted"},
      {__LINE__, kActs, "Bộ Nội vụ chủ trì xây dựng, trình Nghị định thay thế Nghị định số 30/2020/NĐ-CP",
       "replaces", "planned"},
      {__LINE__, kActs, "đã được sửa đổi, bổ sung bởi Nghị định số 30/2020/NĐ-CP", "cites", "enacted"},
      {__LINE__, kPaper, "tỷ lệ được giao tại Nghị quyết số 01/NQ-CP", "assigned_in", "enacted"},
      {__LINE__, kPaper, "Bộ Giao thông vận tải tại Nghị quyết số 01/NQ-CP", "cites", "enacted"},
      {__LINE__, kPaper, "triển khai thực hiện Nghị quyết số 68/NQ-CP", "implements", "enacted"},
      {__LINE__, kPaper, "Trả lời Công văn số 1511/LĐTBXH-CATLĐ", "answers", "enacted"},
      {__LINE__, kPaper, "theo Nghị quyết số 76/NQ-CP", "cites", "enacted"},
      {__LINE__, kPaper, "thực hiện theo quy định tại khoản 2 Điều 94 của Luật Đất đai", "cites", "enacted"},
      {__LINE__, kPaper, "(Kèm theo Kế hoạch hành động ban hành kèm theo Quyết định số 844/QĐ-TTg)",
       "attached_to", "enacted"},
      {__LINE__, kActs, "Nghị định này quy định chi tiết, hướng dẫn thi hành Luật Dữ liệu", "guides",
       "enacted"},
      {__LINE__, kActs, "Sửa đổi Luật Đất đai", "amends", "planned"},  // a decision cannot
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.line);
    const Document document = found_in(c.text, c.type);
    ASSERT_EQ(document.references.size(), 1U) << mentions_of(document);
    EXPECT_EQ(relation_name(document.references[0].relation), c.relation);
    EXPECT_EQ(modality_name(document.references[0].modality), c.modality);
  }
}

TEST(References, TitleOfACitedDocumentIsNotThisOnesDoing) {
  const Document document = found_in(
      "Căn cứ Nghị định số 49/2026/NĐ-CP của Chính phủ quy định chi tiết một số điều của Nghị "
      "quyết số 254/2025/QH15;",
      DocumentType::kDecision);
  ASSERT_EQ(document.references.size(), 2U);
  EXPECT_EQ(relation_name(document.references[0].relation), "legal_basis");
  EXPECT_EQ(relation_name(document.references[1].relation), "cites");
}

TEST(References, WhatAnAppendixListsIsWorkToDo) {
  Document document;
  document.text = "Phụ lục\nSửa đổi Nghị định số 80/2020/NĐ-CP";
  document.header.type = DocumentType::kResolution;
  Section appendix;
  appendix.id = "s1";
  appendix.kind = SectionKind::kAppendix;
  appendix.where = {0, document.text.size()};
  document.sections.push_back(appendix);
  finder().find(document);
  ASSERT_EQ(document.references.size(), 1U);
  EXPECT_EQ(document.references[0].relation, Relation::kAmends);
  EXPECT_EQ(document.references[0].modality, Modality::kPlanned);
}

TEST(References, LawThatWasNotThereYetIsNotMeant) {
  Document document;
  document.text = "theo Luật Tổ chức Chính phủ";
  document.header.date = {2025, 1, 9};
  finder().find(document);
  ASSERT_EQ(document.references.size(), 1U);
  EXPECT_NE(document.references[0].target, "/vn/quoc-hoi/law/2025/63-qh15");
  document.header.date = {2025, 3, 9};
  finder().find(document);
  EXPECT_EQ(document.references[0].target, "/vn/quoc-hoi/law/2025/63-qh15");
}

std::string show(const Pinpoint& p) {
  std::string out;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) out += (out.empty() ? "" : " ") + std::string(name) + "=" + value;
  };
  add("point", p.point), add("clause", p.clause), add("article", p.article), add("section", p.section);
  add("chapter", p.chapter), add("part", p.part), add("appendix", p.appendix);
  return out;
}

TEST(References, Pinpoints) {
  const Row rows[] = {
      {__LINE__, "tại điểm a Khoản 15 Mục I Nghị quyết số 50/NQ-CP", "point=a clause=15 section=I"},
      {__LINE__, "khoản 2, 3 Điều 4 và Điều 7 của Nghị định số 45/2020/NĐ-CP",
       "clause=2 article=4, clause=3 article=4, article=7"},
      {__LINE__, "điểm a, b khoản 1 và điểm đ khoản 2 Điều 5 Luật An toàn thực phẩm",
       "point=a clause=1 article=5, point=b clause=1 article=5, point=đ clause=2 article=5"},
      {__LINE__, "Phụ lục III ban hành kèm theo Nghị định số 30/2020/NĐ-CP", "appendix=III"},
      {__LINE__, "Điều 5a Thông tư số 12/2022/TT-BNV", "article=5a"},
      {__LINE__, "Nghị định số 30/2020/NĐ-CP (khoản 2 Điều 9)", "clause=2 article=9"},
      {__LINE__, "theo Nghị định số 30/2020/NĐ-CP", ""},
      {__LINE__, "điều kiện của Nghị định số 30/2020/NĐ-CP", ""},
      {__LINE__, "Điều 5 quy định khác. Nghị định số 30/2020/NĐ-CP", ""},
      {__LINE__, "đạt 9 điểm theo Nghị định số 30/2020/NĐ-CP", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const Document document = found_in(row.text);
    ASSERT_EQ(document.references.size(), 1U);
    std::string pinpoints = show(document.references[0].pinpoint);
    for (const Pinpoint& more : document.references[0].more_pinpoints) pinpoints += ", " + show(more);
    EXPECT_EQ(pinpoints, row.mentions);
  }
}

TEST(References, InternalReferences) {
  const Document document =
      found_in("thực hiện Nghị quyết này. Điều 5 của Quy chế này. trước ngày này năm này");
  ASSERT_EQ(document.internal_references.size(), 2U);
  EXPECT_EQ(document.internal_references[0].text, "Nghị quyết này");
  EXPECT_EQ(document.internal_references[1].text, "Điều 5 của Quy chế này");
  EXPECT_EQ(document.internal_references[1].pinpoint.article, "5");
}

TEST(References, DateOfTwoYearsStaysUnknown) {
  EXPECT_EQ(mentions_of(found_in(
                "Nghị quyết số 01/NQ-CP ngày 01/01/2021. Nghị quyết số 01/NQ-CP ngày 05/01/2024. Theo "
                "Nghị quyết số 01/NQ-CP")),
            "01/NQ-CP resolution 2021-01-01; 01/NQ-CP resolution 2024-01-05; 01/NQ-CP resolution");
}

TEST(References, LaterDateIsAnInference) {
  const Document document = found_in("V/v Nghị quyết số 68/NQ-CP\nNghị quyết số 68/NQ-CP ngày 12/5/2020");
  ASSERT_EQ(document.references.size(), 2U);
  EXPECT_EQ(to_iso(document.references[0].date), "2020-05-12");
  EXPECT_EQ(document.references[0].inferred, std::vector<std::string>{"date"});
  EXPECT_TRUE(document.references[1].inferred.empty());
}

TEST(References, FootnoteMarkIsNotTakenIn) {
  Document document;
  document.text = "Nghị quyết số 02/NQ-CP1 năm 20242 của Chính phủ";
  document.footnote_marks = {{{document.text.find("CP1") + 2, document.text.find("CP1") + 3}, "1"},
                             {{document.text.find("20242") + 4, document.text.find("20242") + 5}, "2"}};
  finder().find(document);
  EXPECT_EQ(mentions_of(document), "02/NQ-CP resolution 2024");
}

TEST(References, HostileInputTakesLinearTime) {
  for (const char* piece :
       {"Luật ", "điểm a khoản ", "01/NQ-CP, ", "số ", "Nghị quyết ", "/", "này ", "ngày ", "1", "("}) {
    std::string text;
    while (text.size() < 300000) text += piece;
    found_in(text);
  }
}

TEST(ShippedReferenceWords, AreNeededByTheirExamplesAndNotByTheirCounterExamples) {
  const auto read = [](const ReferenceFinder& by, const std::string&, const std::string& text) {
    Document document;
    document.text = text;
    document.header.type = DocumentType::kDispatch;
    by.find(document);
    std::string out;
    for (const Reference& one : document.references) out += "[" + one.text + "] ";
    return out + mentions_of(document);
  };
  testing::expect_rows_needed(
      **world().models.table("reference_words"), finder(),
      [](const ModelTable& less) {
        return ReferenceFinder::create(world().models, less, world().agencies, world().types);
      },
      read);
}

}  // namespace
}  // namespace vanban
