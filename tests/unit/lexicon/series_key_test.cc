#include "vanban/lexicon/series_key.h"

#include <gtest/gtest.h>

namespace vanban {
namespace {

SeriesKeys keys() {
  auto models = Models::load(VANBAN_SOURCE_DIR "/models");
  EXPECT_TRUE(models) << models.error().message;
  auto made = SeriesKeys::create(*models);
  EXPECT_TRUE(made) << made.error().message;
  return std::move(*made);
}

Indicator indicator(const std::string& name, const std::string& unit = "%") {
  Indicator one;
  one.name = name;
  one.unit = unit;
  return one;
}

TEST(SeriesKeyTest, OneSeries) {
  const SeriesKeys made = keys();
  const struct {
    int line;
    const char* a;
    const char* b;
  } rows[] = {
      {__LINE__, "Tỷ lệ số hóa hồ sơ, kết quả giải quyết TTHC",
       "Tỷ lệ số hóa hồ sơ, kết quả giải quyết thủ tục hành chính"},
      {__LINE__, "Tỷ lệ hồ sơ trực tuyến", "Tỉ lệ hồ sơ trực tuyến"},
      {__LINE__, "Tỷ lệ số hoá hồ sơ", "tỷ lệ số hóa hồ sơ"},
      {__LINE__, "Thuỷ sản khai thác", "Thủy sản khai thác"},
      {__LINE__,
       "tỷ lệ thanh toán trực tuyến trên Cổng Dịch vụ công quốc gia trên tổng, số giao dịch thanh toán của "
       "dịch vụ công",
       "Tỷ lệ thanh toán trực tuyến trên Cổng Dịch vụ công Quốc gia trên tổng số giao dịch thanh toán của "
       "DVC"},
      {__LINE__, "Tỷ lệ thanh toán trực tuyến trên Cổng DVCQG",
       "Tỷ lệ thanh toán trực tuyến trên Cổng Dịch vụ công quốc gia"},
      {__LINE__, "tỷ lệ DVCTT toàn trình tính trên tổng TTHC",
       "Tỷ lệ dịch vụ công trực tuyến toàn trình trên tổng số thủ tục hành chính"},
      {__LINE__, "Tỷ lệ xử lý phản ánh, kiến nghị đúng hạn", "Tỷ lệ xử lý PAKN đúng hạn"},
      {__LINE__, "Mức độ hài lòng của người dân, doanh nghiệp",
       "Mức độ hài lòng của người dân và doanh nghiệp"},
      {__LINE__, "Tỷ lệ hồ sơ trực tuyến của các bộ, ngành, địa phương", "Tỷ lệ hồ sơ trực tuyến"},
      {__LINE__, "Tỷ lệ công khai thủ tục hành chính theo quy định", "Tỷ lệ công khai thủ tục hành chính"},
      {__LINE__, "Tỷ lệ hộ nghèo đến hết năm 2025", "Tỷ lệ hộ nghèo năm 2026"},
      {__LINE__, "Tỷ lệ các bệnh viện kết nối", "Tỷ lệ bệnh viện kết nối"},
      {__LINE__, "hồ sơ trực tuyến", "Tỷ lệ hồ sơ trực tuyến"},
      {__LINE__, "Tỷ lệ  tham gia BHYT", "Tỷ lệ tham gia bảo hiểm y tế."},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(made.key(indicator(row.a), {}), made.key(indicator(row.b), {}));
  }
}

TEST(SeriesKeyTest, AnotherSeries) {
  const SeriesKeys made = keys();
  const struct {
    int line;
    const char* a;
    const char* b;
  } rows[] = {
      {__LINE__, "Tỷ lệ xử lý hồ sơ tại UBND cấp huyện", "Tỷ lệ xử lý hồ sơ tại UBND cấp xã"},
      {__LINE__, "Đơn vị có tỷ lệ giải ngân dưới 15%", "Đơn vị có tỷ lệ giải ngân từ 15% trở lên"},
      {__LINE__, "Tỷ lệ hồ sơ trực tuyến", "Tỷ lệ thanh toán trực tuyến"},
      {__LINE__, "thanh toán viện phí trực tuyến", "thanh toán học phí trực tuyến"},
      {__LINE__, "Tỷ lệ bệnh viện từ hạng 2 trở lên cung cấp thanh toán viện phí",
       "Tỷ lệ bệnh viện cung cấp thanh toán viện phí"},
      {__LINE__, "Tỷ lệ bệnh viện từ hạng 2 trở lên", "Tỷ lệ bệnh viện từ hạng 1 trở lên"},
      {__LINE__, "Tỷ lệ dịch vụ công trực tuyến mức độ 3", "Tỷ lệ dịch vụ công trực tuyến mức độ 4"},
      {__LINE__, "Tỷ lệ dịch vụ công trực tuyến toàn trình", "Tỷ lệ dịch vụ công trực tuyến một phần"},
      {__LINE__, "Tỷ lệ hài lòng của người dân", "Tỷ lệ hài lòng của doanh nghiệp"},
      {__LINE__, "Tỷ lệ hồ sơ trực tuyến của Bộ Y tế", "Tỷ lệ hồ sơ trực tuyến"},
      {__LINE__, "Tỷ lệ hộ nghèo khu vực thành thị", "Tỷ lệ hộ nghèo khu vực nông thôn"},
      {__LINE__, "Tỷ lệ hộ nghèo", "Tỷ lệ hộ cận nghèo"},
      {__LINE__, "Tỷ lệ hồ sơ đúng hạn", "Tỷ lệ hồ sơ quá hạn"},
      {__LINE__, "Tỷ lệ hồ sơ được số hóa", "Tỷ lệ hồ sơ không được số hóa"},
      {__LINE__, "Tỷ lệ dịch vụ công toàn trình trên tổng số thủ tục hành chính",
       "Tỷ lệ dịch vụ công toàn trình trên tổng số thủ tục hành chính có đủ điều kiện"},
      {__LINE__, "Sản phẩm ≥ 50 ha", "Sản phẩm ≤ 50 ha"},
      {__LINE__, "Nồng độ trên 1,5 mg", "Nồng độ trên 15 mg"},
      {__LINE__, "Giảm chi phí so với năm 2020", "Giảm chi phí so với năm 2021"},
      {__LINE__, "Cơ cấu lao động qua đào tạo", "Cơ cấu lao động qua đào tạo có bằng cấp, chứng chỉ"},
      {__LINE__, "Số doanh nghiệp thành lập mới", "Số doanh nghiệp giải thể"},
      {__LINE__, "Tỷ lệ xã đạt chuẩn nông thôn mới", "Tỷ lệ xã đạt chuẩn nông thôn mới nâng cao"},
      {__LINE__, "Tỷ lệ bán hàng", "Tỷ lệ bản hàng"},
      {__LINE__, "Thu ngân sách nhà nước", "Thu ngân sách địa phương"},
      {__LINE__, "Chi đầu tư nguồn NSTW", "Chi đầu tư nguồn NSĐP"},
      {__LINE__, "Tỷ lệ thanh toán trực tuyến tại các bộ, ngành",
       "Tỷ lệ thanh toán trực tuyến tại các địa phương"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_NE(made.key(indicator(row.a), {}), made.key(indicator(row.b), {}));
  }
  EXPECT_NE(made.key(indicator("Hồ sơ trực tuyến", "%"), {}),
            made.key(indicator("Hồ sơ trực tuyến", "hồ sơ"), {}));
  Indicator change = indicator("Tỷ lệ hồ sơ trực tuyến");
  change.comparator = Comparator::kIncrease;
  EXPECT_NE(made.key(change, {}), made.key(indicator("Tỷ lệ hồ sơ trực tuyến"), {}))
      << "20 % more is no level";
  Indicator part = indicator("Đối với UBND cấp xã");
  part.parent = IndicatorParent{"17", "Tỷ lệ xử lý văn bản"};
  Indicator other = part;
  other.parent->name = "Tỷ lệ chứng thực bản sao";
  EXPECT_NE(made.key(part, {}), made.key(other, {})) << "the part of another whole";
  other = part;
  other.parent->label = "12";
  other.parent->name = "Tỉ lệ xử lý văn bản";
  EXPECT_EQ(made.key(part, {}), made.key(other, {})) << "the number of the row does not count";
}

TEST(SeriesKeyTest, ReportedFigures) {
  const SeriesKeys made = keys();
  const struct {
    int line;
    const char* name;
    const char* subject;
    const char* unit;
    const char* key;
  } rows[] = {
      {__LINE__, "Chỉ số về cung cấp dịch vụ trực tuyến có tỷ lệ hồ sơ trực tuyến tại các bộ, ngành",
       "các bộ, ngành", "%", "hồ sơ trực tuyến | %"},
      {__LINE__, "Tỷ lệ số hóa hồ sơ, kết quả giải quyết TTHC tại các địa phương", "các địa phương", "%",
       "số hóa hồ sơ kết quả giải quyết thủ tục hành chính | %"},
      {__LINE__, "Tỷ lệ hồ sơ trực tuyến tại các bộ, ngành", "", "%", "hồ sơ trực tuyến tại bộ ngành | %"},
      {__LINE__, "địa phương có tỷ lệ giải ngân dưới 15%", "", "địa phương",
       "địa phương có tỉ lệ giải ngân dưới 15 % | địa phương"},
      {__LINE__, "tỷ lệ DVCTT toàn trình tính trên tổng TTHC", "", "%",
       "dịch vụ công trực tuyến toàn trình / thủ tục hành chính | %"},
      {__LINE__, "", "Hà Nội", "", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    Measurement one;
    one.name = row.name;
    one.subject = row.subject;
    one.unit = row.unit;
    EXPECT_EQ(made.key(one, {}), row.key);
  }
  EXPECT_EQ(series_base("a / b | %"), "a | %");
  EXPECT_EQ(series_base("a | km / h"), "a | km / h");
  EXPECT_EQ(series_base("a | %"), "a | %");
}

TEST(SeriesKeyTest, AbbreviationsThatADocumentDefines) {
  const SeriesKeys made = keys();
  const struct {
    int line;
    const char* text;
    const char* short_form;
    const char* meaning;
  } rows[] = {
      {__LINE__, "kiểm soát thủ tục hành chính (TTHC) trong", "TTHC", "thủ tục hành chính"},
      {__LINE__, "hoạt động kinh doanh (sau đây viết tắt là HĐKD).", "HĐKD", "hoạt động kinh doanh"},
      {__LINE__, "Hội đồng kỷ luật (gọi tắt: HĐKL)", "HĐKL", "hội đồng kỷ luật"},
      {__LINE__, "cơ quan ngang bộ (BTC)", "BTC", nullptr},               // other letters
      {__LINE__, "Bộ Tài chính (sau đây gọi tắt là Bộ)", "Bộ", nullptr},  // no abbreviation
      {__LINE__, "trong tháng (Phụ lục II)", "II", nullptr},
      {__LINE__, "(TTHC", "TTHC", nullptr},
      {__LINE__, "thủ tục\nhành chính (TTHC)", "TTHC", nullptr},  // over a line: not sure
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const Abbreviations found = made.abbreviations_in(row.text);
    const auto one = found.find(row.short_form);
    ASSERT_EQ(one != found.end(), row.meaning != nullptr);
    if (row.meaning != nullptr) {
      EXPECT_EQ(one->second, row.meaning);
    }
  }
  const Abbreviations own = {{"TTHC", "trật tự hành chính"}};
  EXPECT_NE(made.key(indicator("Số vụ TTHC"), own), made.key(indicator("Số vụ thủ tục hành chính"), {}))
      << "what the document says goes before the table";
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "a (A";
  EXPECT_TRUE(made.abbreviations_in(many).empty());  // and does not take long
}

}  // namespace
}  // namespace vanban
