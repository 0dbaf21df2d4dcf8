#include "extract/figures.h"

#include <gtest/gtest.h>

#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

#include "support/document_builder.h"

namespace vanban {
namespace {

using testing::DocumentBuilder;

struct Loaded {
  Models models;
  const Agencies* agencies;
  FigureFinder finder;
  FigureWords words;
};

const Loaded& loaded() {
  static const Loaded* made = [] {
    auto models = Models::load(std::string(VANBAN_SOURCE_DIR) + "/models");
    EXPECT_TRUE(models.has_value()) << models.error().message;
    auto* agencies = new Agencies(std::move(*Agencies::create(*models)));
    auto finder = FigureFinder::create(*models, *agencies);
    EXPECT_TRUE(finder.has_value()) << finder.error().message;
    auto words = FigureWords::create(*models);
    EXPECT_TRUE(words.has_value()) << words.error().message;
    return new Loaded{std::move(*models), agencies, std::move(*finder), std::move(*words)};
  }();
  return *made;
}

std::string number(double value) {
  std::ostringstream out;
  out << std::setprecision(15) << value;
  return out.str();
}

std::string dump(const Indicator& one) {
  std::string out = one.label + " | " + one.name + " | " + std::string(comparator_name(one.comparator)) +
                    " " + number(one.value);
  if (one.upper) out += ".." + number(*one.upper);
  out += " " + one.unit + " | " + one.period;
  if (one.parent) out += " | parent " + one.parent->label + " " + one.parent->name;
  for (const AgencyMention& body : one.lead) out += " | lead " + body.name;
  for (const AgencyMention& body : one.evaluator) out += " | evaluator " + body.name;
  for (const NumberedReference& by : one.assigned_by) out += " | by " + by.number;
  return out;
}

std::string dump(const Measurement& one) {
  std::string out =
      one.name + " | " + one.subject + " | " + (one.value ? number(*one.value) : "-") + " " + one.unit;
  if (one.numerator) out += " | " + number(*one.numerator) + "/" + number(*one.denominator);
  out += " | " + to_iso(one.as_of) + " | " + one.period + (one.estimate ? " | estimate" : "");
  return out;
}

std::vector<std::string> indicators_of(Document document) {
  loaded().finder.find(document);
  std::vector<std::string> out;
  for (const Indicator& one : document.indicators) out.push_back(dump(one));
  return out;
}

std::vector<std::string> measurements_of(Document document) {
  loaded().finder.find(document);
  std::vector<std::string> out;
  for (const Measurement& one : document.measurements) out.push_back(dump(one));
  return out;
}

using Strings = std::vector<std::string>;

TEST(FigureWords, ReadsCells) {
  struct Case {
    int line;
    const char* cell;
    const char* expected;  // null: no figure
  };
  const Case cases[] = {
      {__LINE__, "100", "= 100 "},
      {__LINE__, "Tối thiểu 50", ">= 50 "},
      {__LINE__, "Tối thiểu 10%", ">= 10 %"},
      {__LINE__, "≥ 55", ">= 55 "},
      {__LINE__, ">= 30", ">= 30 "},
      {__LINE__, "> 0,7", "> 0.7 "},
      {__LINE__, "≤ 10", "<= 10 "},
      {__LINE__, "Không quá 5", "<= 5 "},
      {__LINE__, "Trên 95", "> 95 "},
      {__LINE__, "Dưới 3,5%", "< 3.5 %"},
      {__LINE__, "40 - 50", "range 40..50 "},
      {__LINE__, "16 – 18", "range 16..18 "},
      {__LINE__, "20% - 50%", "range 20..50 %"},
      {__LINE__, "Từ 10 đến 15%", "range 10..15 %"},
      {__LINE__, "4.500.000", "= 4500000 "},
      {__LINE__, "14,62", "= 14.62 "},
      {__LINE__, "09", "= 9 "},
      {__LINE__, "95 trở lên", ">= 95 "},
      {__LINE__, "Tăng 5%", "+ 5 %"},
      {__LINE__, "Giảm 0,2", "- 0.2 "},
      {__LINE__, "≥ 3% và tăng dần theo yêu cầu phát triển", ">= 3 %"},
      {__LINE__, "**80**", "= 80 "},
      {__LINE__, "-", nullptr},
      {__LINE__, "", nullptr},
      {__LINE__, "Thường xuyên", nullptr},
      {__LINE__, "≤ 3 Đông Nam Á; ≤ 50 Thế giới", nullptr},
      {__LINE__, "6/2025", nullptr},
      {__LINE__, "Quyết định 45", nullptr},
      {__LINE__, "Nghị quyết số 01/NQ-CP", nullptr},
      {__LINE__, "31/12/2024", nullptr},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const std::optional<Figure> got = loaded().words.read_cell(one.cell);
    ASSERT_EQ(got.has_value(), one.expected != nullptr);
    if (!got) continue;
    std::string text = std::string(comparator_name(got->comparator)) + " " + number(got->value);
    if (got->upper) text += ".." + number(*got->upper);
    EXPECT_EQ(text + " " + got->unit, one.expected);
  }
}

TEST(Indicators, TableWithGroupsLeadsAndTwoHeads) {
  DocumentBuilder builder(DocumentType::kDispatch, {2024, 1, 10});
  const int appendix =
      builder.section(-1, SectionKind::kAppendix, "II", "CHỈ TIÊU CỤ THỂ VỀ CẢI CÁCH THỦ TỤC HÀNH CHÍNH");
  const int first =
      builder.section(appendix, SectionKind::kClause, "1", "Chỉ tiêu giao tại Nghị quyết số 01/NQ-CP");
  builder.table(
      first,
      {"STT | Chỉ tiêu | Đơn vị | Chỉ tiêu năm 2024 | Cơ quan chủ trì thực hiện | Cơ quan chủ trì đánh giá",
       "1. | Tỷ lệ dự thảo văn bản được tham vấn. | % | 100 | Bộ, ngành | VPCP",
       "2. | =Tỷ lệ cắt giảm, đơn giản hóa quy định",
       "2.1. | Đối với các bộ có kết quả cắt giảm dưới 15% | % | Tối thiểu 10 | Bộ, ngành | VPCP",
       "2.2. | Đối với các bộ có kết quả cắt giảm từ 15% trở lên | % | Tối thiểu 5 | Bộ, ngành | VPCP",
       "3. | Tỷ lệ các bệnh viện cung cấp thanh toán viện phí. | % | Tối thiểu 50 | Bộ Y tế chủ trì, phối "
       "hợp "
       "với Bảo hiểm xã hội Việt Nam | VPCP"});
  const int second =
      builder.section(appendix, SectionKind::kClause, "2", "Chỉ tiêu giao tại Nghị quyết số 02/NQ-CP");
  builder.table(second,
                {"STT | Chỉ tiêu | Đơn vị | Chỉ tiêu năm 2024", "I | =Cắt giảm, đơn giản hóa TTHC",
                 "1 | Cập nhật dữ liệu quy định kinh doanh | % | 100",
                 "2 | =Tỷ lệ cắt giảm, đơn giản hóa quy định", "2.1. | Đối với các bộ | % | Tối thiểu 10",
                 "II | =Nâng cao chất lượng phục vụ", "1. | Tỷ lệ hồ sơ trực tuyến | % | 10 - 15"});
  builder.reference("01/NQ-CP", Relation::kAssignedIn);
  builder.reference("02/NQ-CP", Relation::kAssignedIn);
  const Document document = builder.build();
  EXPECT_EQ(indicators_of(document),
            (Strings{
                "1 | Tỷ lệ dự thảo văn bản được tham vấn | = 100 % | 2024 | lead Bộ, ngành | evaluator VPCP "
                "| by 01/NQ-CP",
                "2.1 | Đối với các bộ có kết quả cắt giảm dưới 15% | >= 10 % | 2024 | parent 2 Tỷ lệ cắt "
                "giảm, đơn giản hóa "
                "quy định | lead Bộ, ngành | evaluator VPCP | by 01/NQ-CP",
                "2.2 | Đối với các bộ có kết quả cắt giảm từ 15% trở lên | >= 5 % | 2024 | parent 2 Tỷ lệ "
                "cắt giảm, đơn giản "
                "hóa quy định | lead Bộ, ngành | evaluator VPCP | by 01/NQ-CP",
                "3 | Tỷ lệ các bệnh viện cung cấp thanh toán viện phí | >= 50 % | 2024 | lead Bộ Y tế | "
                "evaluator VPCP | by "
                "01/NQ-CP",
                "I.1 | Cập nhật dữ liệu quy định kinh doanh | = 100 % | 2024 | by 02/NQ-CP",
                "I.2.1 | Đối với các bộ | >= 10 % | 2024 | parent I.2 Tỷ lệ cắt giảm, đơn giản hóa quy định "
                "| by 02/NQ-CP",
                "II.1 | Tỷ lệ hồ sơ trực tuyến | range 10..15 % | 2024 | by 02/NQ-CP",
            }));
  EXPECT_EQ(measurements_of(document), Strings{});
}

TEST(Indicators, TableOfAReportWithPlanActualAndEstimate) {
  DocumentBuilder builder(DocumentType::kReport, {2017, 11, 17}, "Tình hình hoạt động ngành y tế 10 tháng");
  const int part = builder.section(-1, SectionKind::kPart, "I",
                                   "Tình hình công tác y tế 10 tháng, ước thực hiện cả năm 2017");
  const int clause =
      builder.section(part, SectionKind::kClause, "1", "Kết quả thực hiện các chỉ tiêu y tế cơ bản:");
  builder.table(
      clause,
      {"TT | Chỉ tiêu | Đơn vị | Kế hoạch | Thực hiện 10 tháng | Ước thực hiện cả năm | So với kế hoạch (%)",
       "1 | Số bác sĩ/vạn dân | Người | 6,45 | 6,62 | 6,62 | 102,6",
       "4 | Tỷ suất sinh | %o | 14,62 | | 13,83 | 94,6",
       "8 | Tỷ số giới tính khi sinh | Bé trai | 110 | - | 110 | 100"});
  EXPECT_EQ(indicators_of(builder.build()),
            (Strings{"1 | Số bác sĩ/vạn dân | = 6.45 Người | 2017", "4 | Tỷ suất sinh | = 14.62 ‰ | 2017",
                     "8 | Tỷ số giới tính khi sinh | = 110 Bé trai | 2017"}));
  EXPECT_EQ(measurements_of(builder.build()),
            (Strings{"Số bác sĩ/vạn dân |  | 6.62 Người |  | 10 tháng 2017",
                     "Số bác sĩ/vạn dân |  | 6.62 Người |  | 2017 | estimate",
                     "Tỷ suất sinh |  | 13.83 ‰ |  | 2017 | estimate",
                     "Tỷ số giới tính khi sinh |  | 110 Bé trai |  | 2017 | estimate"}));
}

TEST(Indicators, TableWithYearsAsColumnsAndAsGroups) {
  DocumentBuilder builder(DocumentType::kResolution, {2025, 1, 9});
  const int appendix = builder.section(-1, SectionKind::kAppendix, "I", "DANH MỤC CÁC CHỈ TIÊU CỤ THỂ");
  builder.table(appendix,
                {"TT | Chỉ tiêu | Đơn vị | Kết quả | Cơ quan chủ trì theo dõi, đánh giá",
                 "**I** | **Đến năm 2030** | | |", "10 | Quy mô kinh tế số | % GDP | ≥ 30 | Bộ Tài chính",
                 "11 | Chỉ tiêu về thủ tục hành chính | | |",
                 "11.1 | Tỉ lệ sử dụng dịch vụ công | % | ≥ 80 | Bộ Tài chính",
                 "22 | Hạ tầng số | | Tiên tiến, hiện đại |", "**II** | **Đến năm 2045** | | |",
                 "36 | Quy mô kinh tế số | % GDP | ≥ 50 | Bộ Tài chính"});
  builder.table(appendix, {"TT | Chỉ tiêu | Đơn vị tính | Năm 2025 | Năm 2030",
                           "1 | Tỷ lệ che phủ rừng | % | 42 | 43"});
  EXPECT_EQ(indicators_of(builder.build()),
            (Strings{"I.10 | Quy mô kinh tế số | >= 30 % GDP | 2030 | evaluator Bộ Tài chính",
                     "I.11.1 | Tỉ lệ sử dụng dịch vụ công | >= 80 % | 2030 | parent I.11 Chỉ tiêu về thủ tục "
                     "hành chính | "
                     "evaluator Bộ Tài chính",
                     "II.36 | Quy mô kinh tế số | >= 50 % GDP | 2045 | evaluator Bộ Tài chính",
                     "1 | Tỷ lệ che phủ rừng | = 42 % | 2025", "1 | Tỷ lệ che phủ rừng | = 43 % | 2030"}));
}

TEST(Indicators, RowsCutByAPage) {
  DocumentBuilder builder(DocumentType::kAppendix);
  const int part = builder.section(-1, SectionKind::kPart, "II", "CHỈ TIÊU ĐƯỢC GIAO");
  builder.table(part,
                {"STT | Chỉ tiêu | Đơn vị | Chỉ tiêu năm 2025",
                 "8. | Tỷ lệ các bộ ban hành quy chế khai thác, kết nối, | % | 100",
                 " | tích hợp, chia sẻ dữ liệu. | | ", "9. | Tỷ lệ văn bản (trừ văn bản mật) | % | 90"});
  EXPECT_EQ(
      indicators_of(builder.build()),
      (Strings{
          "8 | Tỷ lệ các bộ ban hành quy chế khai thác, kết nối, tích hợp, chia sẻ dữ liệu | = 100 % | 2025",
          "9 | Tỷ lệ văn bản (trừ văn bản mật) | = 90 % | 2025"}));
}

TEST(Indicators, Sentences) {
  struct Case {
    int line;
    const char* text;
    Strings expected;
  };
  const Case cases[] = {
      {__LINE__,
       "Tăng cường ứng dụng công nghệ thông tin, bảo đảm đạt tỷ lệ được giao tại Nghị quyết số 01/NQ-CP, cụ "
       "thể: tỷ lệ các vụ, "
       "cục xử lý văn bản, hồ sơ công việc (trừ hồ sơ mật) trên môi trường mạng đạt 100%; tỷ lệ các sở, "
       "ngành và tương đương "
       "thuộc Ủy ban nhân dân các tỉnh đạt 100% và tỷ lệ các phòng, ban thuộc Ủy ban nhân dân cấp huyện đạt "
       "80%.",
       {"2 | tỷ lệ các vụ, cục xử lý văn bản, hồ sơ công việc (trừ hồ sơ mật) trên môi trường mạng | = 100 % "
        "| 2021 | by 01/NQ-CP",
        "2 | tỷ lệ các sở, ngành và tương đương thuộc Ủy ban nhân dân các tỉnh | = 100 % | 2021 | by "
        "01/NQ-CP",
        "2 | tỷ lệ các phòng, ban thuộc Ủy ban nhân dân cấp huyện | = 80 % | 2021 | by 01/NQ-CP"}},
      {__LINE__,
       "Bộ, cơ quan, địa phương tập trung nguồn lực nâng tỷ lệ cung cấp dịch vụ công trực tuyến mức độ 3, 4 "
       "trên tổng số thủ tục "
       "hành chính thuộc thẩm quyền giải quyết của các bộ lên Cổng Dịch vụ công quốc gia tăng thêm so với "
       "năm 2020 là 20%; tỷ lệ "
       "thủ tục hành chính được thanh toán trực tuyến đạt 50%; 100% kết quả xử lý hồ sơ được đồng bộ đầy đủ; "
       "100% hồ sơ của hệ "
       "thống một cửa được đồng bộ trạng thái trên Cổng Dịch vụ công quốc gia phục vụ việc theo dõi, giám "
       "sát.",
       {"2 | tỷ lệ cung cấp dịch vụ công trực tuyến mức độ 3, 4 trên tổng số thủ tục hành chính | + 20 % | "
        "2021",
        "2 | tỷ lệ thủ tục hành chính được thanh toán trực tuyến | = 50 % | 2021",
        "2 | kết quả xử lý hồ sơ được đồng bộ đầy đủ | = 100 % | 2021",
        "2 | hồ sơ của hệ thống một cửa được đồng bộ trạng thái trên Cổng Dịch vụ công quốc gia | = 100 % | "
        "2021"}},
      {__LINE__,
       "Bộ Y tế chủ trì, phối hợp với Văn phòng Chính phủ, cơ quan liên quan tái cấu trúc quy trình, tích "
       "hợp, cung cấp thanh toán "
       "viện phí trực tuyến trên Cổng Dịch vụ công quốc gia đạt 50% số lượng các bệnh viện từ hạng 2 trở "
       "lên.",
       {"2 | thanh toán viện phí trực tuyến trên Cổng Dịch vụ công quốc gia | = 50 % | 2021"}},
      {__LINE__,
       "Ủy ban nhân dân tỉnh tổ chức triển khai cung cấp dịch vụ chứng thực bản sao điện tử từ bản chính bảo "
       "đảm đạt 35% số lượng "
       "đơn vị cấp xã trên địa bàn tỉnh.",
       {"2 | dịch vụ chứng thực bản sao điện tử từ bản chính | = 35 % | 2021"}},
      {__LINE__,
       "Trình Phương án đáp ứng mục tiêu, yêu cầu của Chính phủ (trong đó, năm 2023, tỉ lệ cắt giảm, đơn "
       "giản hóa quy định liên "
       "quan đến HĐKD tại các văn bản đang có hiệu lực thi hành tính đến ngày 31/5/2020 đạt từ 10 - 15%); "
       "tăng cường đối thoại.",
       {"2 | tỉ lệ cắt giảm, đơn giản hóa quy định liên quan đến HĐKD | range 10..15 % | 2023"}},
      {__LINE__,
       "Tập trung phát triển đối tượng tham gia bảo hiểm y tế để đạt mục tiêu tới năm 2026 tỷ lệ bao phủ bảo "
       "hiểm y tế đạt trên "
       "95,5% dân số, đến năm 2030 đạt mục tiêu bao phủ bảo hiểm y tế toàn dân.",
       {"2 | tỷ lệ bao phủ bảo hiểm y tế | > 95.5 % | 2026"}},
      {__LINE__,
       "Phấn đấu đến năm 2030, tối thiểu 50% nhân lực của cơ quan an toàn bức xạ được đào tạo chuyên sâu.",
       {"2 | nhân lực của cơ quan an toàn bức xạ được đào tạo chuyên sâu | >= 50 % | 2030"}},
      {__LINE__,
       "Phấn đấu bố trí tỷ lệ cán bộ có chuyên môn kỹ thuật trong đội ngũ lãnh đạo, hướng tới tối thiểu đạt "
       "25%.",
       {"2 | tỷ lệ cán bộ có chuyên môn kỹ thuật trong đội ngũ lãnh đạo | >= 25 % | 2021"}},
      {__LINE__,
       "Phấn đấu tỷ lệ giải ngân vốn đầu tư công đạt 80% vào năm 2025 và 100% vào năm 2030.",
       {"2 | tỷ lệ giải ngân vốn đầu tư công | = 80 % | 2025",
        "2 | tỷ lệ giải ngân vốn đầu tư công | = 100 % | 2030"}},
      {__LINE__,
       "Cắt giảm ít nhất 30% thời gian xử lý thủ tục hành chính.",
       {"2 | thời gian xử lý thủ tục hành chính | - 30 % | 2021"}},
      // none
      {__LINE__, "Xử lý hành vi vi phạm, mức phạt bằng 50% giá trị hàng hóa.", {}},
      {__LINE__, "Hỗ trợ kinh phí với mức hỗ trợ đạt 70% chi phí.", {}},
      {__LINE__, "Rà soát các bộ có kết quả cắt giảm dưới 15%.", {}},
      {__LINE__, "Các bệnh viện từ hạng 2 trở lên thực hiện thanh toán viện phí.", {}},
      {__LINE__, "Doanh nghiệp 100% vốn nhà nước thực hiện nghiêm quy định.", {}},
      {__LINE__, "Báo cáo trước ngày 15/12/2021 theo Nghị quyết số 01/NQ-CP.", {}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    DocumentBuilder builder(DocumentType::kDispatch, {2021, 2, 25});
    const int clause = builder.section(-1, SectionKind::kClause, "2", "", {one.text});
    builder.task(clause, "2", {});
    builder.reference("01/NQ-CP", Relation::kCites);
    EXPECT_EQ(indicators_of(builder.build()), one.expected);
    EXPECT_EQ(measurements_of(builder.build()), Strings{});
  }
}

TEST(Indicators, NoneInRulesAndResults) {
  const char* const text = "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 95%; 100% hồ sơ được cập nhật.";
  for (const DocumentType type :
       {DocumentType::kLaw, DocumentType::kDecree, DocumentType::kCircular, DocumentType::kReport}) {
    DocumentBuilder builder(type, {2024, 3, 1});
    builder.section(-1, SectionKind::kClause, "1", "", {text});
    EXPECT_EQ(indicators_of(builder.build()), Strings{}) << document_type_name(type);
  }
  DocumentBuilder builder(DocumentType::kReport, {2024, 3, 1});
  const int part = builder.section(-1, SectionKind::kPart, "IV", "PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ II/2024");
  builder.section(part, SectionKind::kClause, "1", "", {text});
  EXPECT_EQ(indicators_of(builder.build()).size(), 2u);
}

TEST(Indicators, LeadAndAssignmentComeFromAbove) {
  DocumentBuilder builder(DocumentType::kDispatch, {2021, 2, 25});
  const int clause = builder.section(
      -1, SectionKind::kClause, "3", "",
      {"Đẩy mạnh giải quyết, đạt mục tiêu Chính phủ giao tại Nghị quyết số 01/NQ-CP, cụ thể:"});
  const int point =
      builder.section(clause, SectionKind::kPoint, "b", "",
                      {"Bộ Tài chính cung cấp thanh toán trực tuyến các khoản thuế nội địa đạt 100%."});
  builder.task(point, "3.b", {{"Bộ Tài chính", "bo-tai-chinh"}});
  builder.reference("01/NQ-CP", Relation::kCites);
  EXPECT_EQ(indicators_of(builder.build()), (Strings{"3.b | thanh toán trực tuyến các khoản thuế nội địa | = "
                                                     "100 % | 2021 | lead Bộ Tài chính | by 01/NQ-CP"}));
}

TEST(Measurements, Sentences) {
  struct Case {
    int line;
    const char* text;
    Strings expected;
  };
  const Case cases[] = {
      {__LINE__,
       "Các bộ, ngành đã xử lý 45/81 văn bản, đạt tỷ lệ 55,56%.",
       {"xử lý văn bản | Các bộ, ngành | 55.56 % | 45/81 |  | 2024"}},
      {__LINE__,
       "Tỷ lệ hồ sơ trực tuyến tại các bộ, ngành đạt 8,89% (664.196/7.468.260 hồ sơ); tại các địa phương đạt "
       "14,58% "
       "(514.281/3.525.613 hồ sơ).",
       {"Tỷ lệ hồ sơ trực tuyến tại các bộ, ngành | các bộ, ngành | 8.89 % | 664196/7468260 |  | 2024",
        "Tỷ lệ hồ sơ trực tuyến tại các địa phương | các địa phương | 14.58 % | 514281/3525613 |  | 2024"}},
      {__LINE__,
       "Tính đến ngày 21/3/2024, tỷ lệ giải ngân bình quân cả nước đạt 96,29%.",
       {"tỷ lệ giải ngân bình quân cả nước |  | 96.29 % | 2024-03-21 | "}},
      {__LINE__, "Vốn trong nước là 59.713,7 tỷ đồng.", {"Vốn trong nước |  | 59713.7 tỷ đồng |  | 2024"}},
      {__LINE__,
       "Các bộ, ngành đã ban hành theo thẩm quyền 44 Thông tư.",
       {"ban hành theo thẩm quyền Thông tư | Các bộ, ngành | 44 Thông tư |  | 2024"}},
      {__LINE__,
       "Sốt xuất huyết có 1.395 cas mắc, tử vong 1 cas. So với cùng kỳ số mắc tăng 326 cas, tử vong giảm 2 "
       "cas.",
       {"Sốt xuất huyết cas mắc |  | 1395 cas |  | 2024", "Sốt xuất huyết, tử vong |  | 1 cas |  | 2024",
        "Sốt xuất huyết, số mắc tăng so với cùng kỳ |  | 326 cas |  | 2024",
        "Sốt xuất huyết, tử vong giảm so với cùng kỳ |  | 2 cas |  | 2024"}},
      {__LINE__,
       "Vốn ngoài nước là 284,5 tỷ đồng, đạt 1,42% kế hoạch (cao hơn cùng kỳ năm 2023, đạt 0,40%); có 04/44 "
       "bộ, cơ quan trung ương "
       "đạt tỷ lệ trên mức bình quân.",
       {"Vốn ngoài nước |  | 284.5 tỷ đồng |  | 2024",
        "Vốn ngoài nước, so với kế hoạch |  | 1.42 % |  | 2024",
        "Vốn ngoài nước, so với kế hoạch |  | 0.4 % |  | 2023",
        "bộ, cơ quan trung ương đạt tỷ lệ trên mức bình quân |  | 4 bộ, cơ quan | 4/44 |  | 2024"}},
      {__LINE__,
       "Đến nay, 559/938 văn bản đã được xử lý theo quy định, đạt tỷ lệ 59,59% (gồm: 42/68 văn bản sau kiểm "
       "tra, đạt tỷ lệ 61,76%).",
       {"văn bản đã được xử lý theo quy định |  | 59.59 % | 559/938 |  | 2024",
        "văn bản sau kiểm tra |  | 61.76 % | 42/68 |  | 2024"}},
      {__LINE__,
       "Trong Quý I/2024 kết quả giải quyết có tỷ lệ hồ sơ đúng hạn của UBND cấp huyện đạt 92,06%, UBND cấp "
       "xã đạt 98,69%.",
       {"Trong Quý I/2024 kết quả giải quyết có tỷ lệ hồ sơ đúng hạn của UBND cấp huyện | UBND cấp huyện | "
        "92.06 % |  | Quý I/2024",
        "Trong Quý I/2024 kết quả giải quyết có tỷ lệ hồ sơ đúng hạn của UBND cấp xã | UBND cấp xã | 98.69 % "
        "|  | Quý I/2024"}},
      {__LINE__,
       "Tay chân miệng có 249 cas mắc. Lũy kế từ ngày 01/01/2024 đến 13/3/2024: 1.200 cas mắc. Đã mở 3 lớp "
       "tập huấn.",
       {"Tay chân miệng cas mắc |  | 249 cas |  | 2024",
        "Tay chân miệng, Lũy kế cas mắc |  | 1200 cas | 2024-03-13 | ",
        "mở lớp tập huấn |  | 3 lớp |  | 2024"}},
      // none
      {__LINE__, "22 người.", {}},
      {__LINE__, "12 Tỷ lệ chấp nhận các BPTT % 76,4 76,4 và 4 Tỷ suất sinh.", {}},
      {__LINE__, "23 Số người có HIV mới 180 178 210 có 14 trẻ.", {}},
      {__LINE__, "17 | dưới 5 tuổi | Trẻ | 14 trẻ.", {}},
      {__LINE__, "Tỷ suất tử vong mẹ trên 100.000 trẻ đẻ sống.", {}},
      {__LINE__,
       "Ngày 02/02/2024, Thủ tướng ban hành Nghị quyết số 76/NQ-CP và Quyết định số 220/QĐ-TTg.",
       {}},
      {__LINE__, "Trong tháng 02/2024 các bộ tiếp tục rà soát Điều 5 và khoản 2.", {}},
      {__LINE__, "Hoàn thành thực thi 100% phương án đơn giản hóa.", {}},
      {__LINE__, "Thời hạn giải quyết là 15 ngày làm việc.", {}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    DocumentBuilder builder(DocumentType::kReport, {2024, 3, 25}, "Kết quả công tác năm 2024");
    const int part = builder.section(-1, SectionKind::kPart, "I", "KẾT QUẢ THỰC HIỆN");
    builder.section(part, SectionKind::kDash, "-", "", {one.text});
    EXPECT_EQ(measurements_of(builder.build()), one.expected);
    EXPECT_EQ(indicators_of(builder.build()), Strings{});
  }
}

TEST(Measurements, ListOfBodies) {
  DocumentBuilder builder(DocumentType::kDispatch, {2021, 2, 25});
  builder.section(-1, SectionKind::kFootnote, "1", "",
                  {"Số lượng PAKN còn tồn đọng của các Bộ, cơ quan, địa phương tính đến 25/2/2021: Hà Nội: "
                   "61; Bộ Tài chính: 33; Kiên "
                   "Giang:17; Bộ Lao động, Thương binh và Xã hội: 4; các Bộ, tỉnh: Bộ Giáo dục và Đào tạo, "
                   "Lâm Đồng, Nam Định: 1"});
  EXPECT_EQ(
      measurements_of(builder.build()),
      (Strings{
          "Số lượng PAKN còn tồn đọng của các Bộ, cơ quan, địa phương | Hà Nội | 61 PAKN | 2021-02-25 | ",
          "Số lượng PAKN còn tồn đọng của các Bộ, cơ quan, địa phương | Bộ Tài chính | 33 PAKN | 2021-02-25 "
          "| ",
          "Số lượng PAKN còn tồn đọng của các Bộ, cơ quan, địa phương | Kiên Giang | 17 PAKN | 2021-02-25 | ",
          "Số lượng PAKN còn tồn đọng của các Bộ, cơ quan, địa phương | Bộ Lao động, Thương binh và Xã hội | "
          "4 PAKN | "
          "2021-02-25 | ",
          "Số lượng PAKN còn tồn đọng của các Bộ, cơ quan, địa phương | Bộ Giáo dục và Đào tạo | 1 PAKN | "
          "2021-02-25 | ",
          "Số lượng PAKN còn tồn đọng của các Bộ, cơ quan, địa phương | Lâm Đồng | 1 PAKN | 2021-02-25 | ",
          "Số lượng PAKN còn tồn đọng của các Bộ, cơ quan, địa phương | Nam Định | 1 PAKN | 2021-02-25 | "}));
}

TEST(Figures, Doubts) {
  DocumentBuilder builder(DocumentType::kReport, {2024, 3, 25});
  builder.section(-1, SectionKind::kDash, "-", "", {"Đã xử lý 45/81 văn bản, đạt tỷ lệ 65,56%."});
  Document document = builder.build();
  loaded().finder.find(document);
  ASSERT_EQ(document.warnings.size(), 1u);
  EXPECT_EQ(document.warnings[0].code, "share-disagrees");
  EXPECT_LT(document.measurements.at(0).from.confidence, 0.9);
  const std::string before = dump(document.measurements[0]);
  loaded().finder.find(document);  // twice gives the same
  EXPECT_EQ(document.warnings.size(), 1u);
  EXPECT_EQ(document.measurements.size(), 1u);

  DocumentBuilder counted(DocumentType::kDispatch, {2024, 1, 10});
  counted.section(-1, SectionKind::kParagraph, "", "",
                  {"Chính phủ đề ra 3 chỉ tiêu cụ thể các bộ cần đạt được."});
  const int part = counted.section(-1, SectionKind::kPart, "II", "CHỈ TIÊU ĐƯỢC GIAO");
  counted.table(
      part, {"STT | Chỉ tiêu | Đơn vị | Chỉ tiêu năm 2024", "1 | Tỷ lệ A | % | 5", "2 | Tỷ lệ B | % | 5"});
  document = counted.build();
  loaded().finder.find(document);
  ASSERT_EQ(document.warnings.size(), 1u);
  EXPECT_EQ(document.warnings[0].code, "indicator-count");
}

// Passages of nothing but figures, brackets or list items must not blow up.
TEST(Figures, HostilePassagesEnd) {
  for (const char* const piece :
       {"tỷ lệ đạt 5% ", "1% ", "5 văn bản ", "(", "Hà Nội: 5; ", "1/2 hồ sơ, đạt 3%, "}) {
    for (const DocumentType type : {DocumentType::kReport, DocumentType::kPlan}) {
      std::string text = "Số lượng: ";
      while (text.size() < 60'000) text += piece;
      DocumentBuilder builder(type, {2024, 3, 25});
      const int part =
          builder.section(-1, SectionKind::kPart, "I", type == DocumentType::kPlan ? "MỤC TIÊU" : "KẾT QUẢ");
      builder.section(part, SectionKind::kClause, "1", "", {text});
      Document document = builder.build();
      loaded().finder.find(document);
      for (const Indicator& one : document.indicators) EXPECT_LE(one.from.where.end, document.text.size());
      for (const Measurement& one : document.measurements)
        EXPECT_LE(one.from.where.end, document.text.size());
    }
  }
}

}  // namespace
}  // namespace vanban
