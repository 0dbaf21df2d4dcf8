#include <gtest/gtest.h>

#include "vanban/doc/json.h"

namespace vanban {
namespace {

// One of everything, with text whose bytes and code points differ.
Document full_document() {
  Document d;
  d.text = "Độ khó: cao.\nI. NHIỆM VỤ\n1. Bộ Y tế trình đề án trước ngày 31/3/2021.\nSố liệu: 80,5%";
  const auto at = [&](const char* part) {
    const std::size_t begin = d.text.find(part);
    return TextRange{begin, begin + std::string_view(part).size()};
  };
  d.source = {"/tài liệu/a.pdf",
              std::string(64, 'a'),
              12345,
              "application/pdf",
              3,
              TextOrigin::kMixed,
              "unicode",
              OcrInfo{"tesseract 5", "vie", 0.9312},
              SourcePart{2, 3, 4, 9, "page 4 begins another document"}};
  d.header.id = "/vn/bo-y-te/dispatch/2021/12-byt-vp";
  d.header.type = DocumentType::kDispatch;
  d.header.number = {"12/BYT-VP", "12", 0, "BYT-VP"};
  d.header.issuer = {"Bộ Y tế", "bo-y-te"};
  d.header.date = {2021, 3, 0};
  d.header.draft = true;
  d.header.addressees = {{"Bộ Tài chính", "bo-tai-chinh"}, {"các đơn vị", ""}};
  d.header.signer = {"Nguyễn Văn A", "Bộ trưởng", "TM", ""};
  d.header.attached_to = AttachedTo{DocumentType::kDecision, "/QĐ-BYT", {2021, 1, 5}, ""};
  d.header.inferred = {"issuer"};
  Section s;
  s.id = "s1";
  s.kind = SectionKind::kRomanInline;
  s.label = "I";
  s.heading = "NHIỆM VỤ";
  s.where = {at("I. N").begin, d.text.size()};
  s.paragraphs = {at("Bộ Y tế trình đề án trước ngày 31/3/2021."), at("Số liệu: 80,5%")};
  s.page = 2;
  d.sections.push_back(s);
  Table t;
  t.id = "t1";
  t.columns = 2;
  t.inferred = true;
  t.rows = {{TableCell{"cao", at("cao"), 1, 2, 3, 1}}, {}};
  d.tables.push_back(t);
  Task task;
  task.id = "k1";
  task.label = "I.1";
  task.text = "Bộ Y tế trình đề án";
  task.lead = {{"Bộ Y tế", "bo-y-te"}};
  task.lead_inherited = true;
  task.assigned_by = {{"01/NQ-CP", {2021, 1, 1}, "/vn/chinh-phu/resolution/2021/01-nq-cp"}};
  task.deadlines = {{"trước ngày 31/3/2021", at("trước ngày 31/3/2021"), {2021, 3, 31}, "", 0, "", ""},
                    {"trong 15 ngày", at("31"), {}, "", 15, "day", "ngày nhận"},
                    {"hằng quý", at("31"), {}, "FREQ=MONTHLY;INTERVAL=3", 0, "", ""}};
  task.inferred = {"lead"};
  task.from = {at("Bộ Y tế trình đề án"), 2, "s1", 0.875, {{2, {1.25, 2, 3.5, 4.01}}}};
  d.tasks.push_back(task);
  Indicator i;
  i.id = "i1";
  i.name = "Tỷ lệ";
  i.parent = IndicatorParent{"1", "Nhóm"};
  i.comparator = Comparator::kRange;
  i.value = 80.5;
  i.upper = 90;
  i.value_text = "80,5-90";
  i.from.where = at("80,5%");
  d.indicators.push_back(i);
  Measurement m;
  m.id = "m1";
  m.value = 1e15;
  m.numerator = 3;
  m.as_of = {2021, 0, 0};
  m.estimate = true;
  m.series = "hồ sơ trực tuyến | %";
  m.from.where = at("80,5%");
  d.measurements.push_back(m);
  Reference r;
  r.id = "r1";
  r.text = "Điều 5";
  r.type = DocumentType::kLaw;
  r.pinpoint.article = "5a";
  r.more_pinpoints = {Pinpoint{"", "", "", "6", "1", "đ", ""}};
  r.relation = Relation::kRepeals;
  r.modality = Modality::kPlanned;
  r.resolution = ResolutionState::kAmbiguous;
  r.candidates = {"/vn/a", "/vn/b"};
  r.from.where = at("khó");
  d.references.push_back(r);
  d.internal_references.push_back({"Phụ lục I", Pinpoint{"", "", "", "", "", "", "I"}, {}});
  d.warnings = {{"damaged", "hỏng", 0}, {"page-unreadable", "trang", 3}};
  return d;
}

TEST(FromJson, WritingAgainGivesTheSameBytes) {
  for (const Document& document : {Document{}, full_document()}) {
    const std::string json = to_json(document, {.with_text = true});
    const Result<Document> back = from_json(json);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(to_json(*back, {.with_text = true}), json);
    EXPECT_EQ(to_json(*back, {.with_text = true, .pretty = true}),
              to_json(document, {.with_text = true, .pretty = true}));
  }
}

TEST(FromJson, RefusesWhatDoesNotHoldAndNamesIt) {
  const std::string good = to_json(full_document(), {.with_text = true});
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
  };
  struct Row {
    int line;
    std::string json, names;
  };
  const Row rows[] = {
      {__LINE__, "", "no JSON"},
      {__LINE__, "[]", "no object"},
      {__LINE__, good.substr(0, good.size() / 2), "no JSON"},
      {__LINE__, to_json(full_document()), "text"},  // without its text
      {__LINE__, with("\"type\":\"dispatch\"", "\"type\":\"letter\""), "document.document.type"},
      {__LINE__, with("\"date\":\"2021-03\"", "\"date\":\"2021-13-45\""), "document.document.date"},
      {__LINE__, with("\"pages\":3", "\"pages\":-3"), "document.source.pages"},
      {__LINE__, with("\"pages\":3", "\"pages\":99999999999"), "document.source.pages"},
      {__LINE__, with("\"lead_inherited\":true", "\"lead_inherited\":1"), "document.tasks[0].lead_inherited"},
      {__LINE__, with("\"comparator\":\"range\"", "\"comparator\":\"~\""),
       "document.indicators[0].comparator"},
      {__LINE__, with("trình đề án trước ngày 31/3/2021.\\nSố liệu: 80,5%\",\"span\"", "không có\",\"span\""),
       "document.sections[0].text"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const Result<Document> read = from_json(row.json);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::kDamaged);
    EXPECT_NE(read.error().message.find(row.names), std::string::npos) << read.error().message;
  }
}

}  // namespace
}  // namespace vanban
