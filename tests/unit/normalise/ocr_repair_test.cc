#include "vanban/normalise/ocr_repair.h"

#include <gtest/gtest.h>

#include <string>

namespace vanban {
namespace {

const OcrRepair& repair() {
  static const OcrRepair* const made = [] {
    const auto models = Models::load(std::string(VANBAN_SOURCE_DIR) + "/models");
    return new OcrRepair(std::move(*OcrRepair::create(*models)));
  }();
  return *made;
}

// "Tối thiếu{80} 50%": a word's confidence in per cent behind it; 97 where there is none.
RawPage page_of(const std::string& text) {
  RawPage page;
  page.origin = TextOrigin::kOcr;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    RawWord word;
    word.text = text.substr(at, end - at);
    word.confidence = 0.97;
    if (const std::size_t brace = word.text.find('{'); brace != std::string::npos) {
      word.confidence = std::stod(word.text.substr(brace + 1)) / 100;
      word.text.erase(brace, word.text.find('}') + 1 - brace);
    }
    word.line = 0;
    page.words.push_back(word);
    at = end + 1;
  }
  return page;
}

std::string text_of(const RawPage& page) {
  std::string text;
  for (const RawWord& word : page.words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

// The text of one page, repaired.
std::string repaired(const std::string& read) {
  RawDocument raw;
  raw.pages.push_back(page_of(read));
  repair().repair(raw);
  return text_of(raw.pages[0]);
}

struct Case {
  int line;
  std::string read, expected;
};

TEST(OcrRepair, OneReadingFitsTheNeighbours) {
  const Case cases[] = {
      {__LINE__, "Tối thiếu{90} 50% số hồ sơ", "Tối thiểu 50% số hồ sơ"},
      {__LINE__, "giao Bộ Nội vụ triến{80} khai thực hiện", "giao Bộ Nội vụ triển khai thực hiện"},
      {__LINE__, "và tố{85} chức thực hiện", "và tổ chức thực hiện"},
      {__LINE__, "trên Cống{88} Dịch vụ công", "trên Cổng Dịch vụ công"},
      {__LINE__, "Lao động - Thương bình{75} và Xã hội", "Lao động - Thương binh và Xã hội"},
      {__LINE__, "làm việc địp{88} nghỉ lễ", "làm việc dịp nghỉ lễ"},
      {__LINE__, "CHÍNH PHÙ{60} BAN HÀNH", "CHÍNH PHỦ BAN HÀNH"},
      {__LINE__, "của Chính phú{75};", "của Chính phủ;"},        // signs stay
      {__LINE__, "Báo{72} hiếm{79} xã hội", "Bảo hiểm xã hội"},  // two beside each other
      {__LINE__, "tháo gờ{90} khó khăn", "tháo gỡ khó khăn"},
      // Syllables that there are, and OCR was sure of them.
      {__LINE__, "kế hoạch lựa chọn nhà thâu 26/3/2018", "kế hoạch lựa chọn nhà thầu 26/3/2018"},
      {__LINE__, "danh mục khung thuốc đâu thâu năm 2019", "danh mục khung thuốc đấu thầu năm 2019"},
      {__LINE__, "Lập báo cáo thâm định kế hoạch lựa chọn nhà thầu",
       "Lập báo cáo thẩm định kế hoạch lựa chọn nhà thầu"},
      {__LINE__, "quy định chỉ tiết thi hành một số điều của Luật",
       "quy định chi tiết thi hành một số điều của Luật"},
      {__LINE__, "đạt 80% tông số hồ sơ", "đạt 80% tổng số hồ sơ"},
      {__LINE__, "Lũy kê từ đầu năm đên nay", "Lũy kế từ đầu năm đến nay"},
      {__LINE__, "ý kiến tư vẫn của Hội đồng", "ý kiến tư vấn của Hội đồng"},
      {__LINE__, "Sở Y tê tổng hợp, báo cáo Bộ Y tê.", "Sở Y tế tổng hợp, báo cáo Bộ Y tế."},
      {__LINE__, "Tối thiếu 50% số hồ sơ", "Tối thiểu 50% số hồ sơ"},
      // Other letters, a letter too few, a letter taken for a capital.
      {__LINE__, "ban hàn{70} Kế hoạch", "ban hành Kế hoạch"},
      {__LINE__, "Ủy ban nhân dân tỉNh{60} ban hành", "Ủy ban nhân dân tỉnh ban hành"},
      {__LINE__, "các cơ sở y tÊ{85} trong tỉnh", "các cơ sở y tế trong tỉnh"},
      // The first letter is lost.
      {__LINE__, "ăn{45} cứ vào tình hình thực tế của đơn vị", "căn cứ vào tình hình thực tế của đơn vị"},
      {__LINE__, "Trung tâm ảo{75} vệ sức khỏe lao động môi trường",
       "Trung tâm bảo vệ sức khỏe lao động môi trường"},
      // The space is lost.
      {__LINE__, "tổng hợp số liệu củacác{93} đơn vị", "tổng hợp số liệu của các đơn vị"},
      {__LINE__, "(SởY tế), cơ sở ytế.", "(Sở Y tế), cơ sở y tế."},
      {__LINE__, "phương án tạovà phân bổ kinh phíthực hiện", "phương án tạo và phân bổ kinh phí thực hiện"},
      // The tone mark's place stays as the document has it.
      {__LINE__, "hoà giải ở cơ sở, thuỷ lợi, sức khoẻ; hoá{80} trị",
       "hoà giải ở cơ sở, thuỷ lợi, sức khoẻ; hoá trị"},
      {__LINE__, "chế tạo thuý{85} lợi nội đồng, khoẻ mạnh", "chế tạo thuỷ lợi nội đồng, khoẻ mạnh"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(repaired(one.read), one.expected);
  }
}

TEST(OcrRepair, WhatMayBeRightStays) {
  const Case cases[] = {
      {__LINE__, "tỉnh Đắk{70} Lắk{70} và tỉnh Kon{60} Tum{60}", ""},
      {__LINE__, "Hà Nội, ngày l1{40} tháng 1O{30} năm 2O24{50}", ""},
      {__LINE__, "số 221/VPCP-KSTT{40} ngày 10/01/2024{40}", ""},
      {__LINE__, "Trần{60} Hoà{60} Bính{60}", ""},  // a name by itself
      {__LINE__, "Uỷ{70} ban nhân dân", ""},        // the older spelling is right too
      {__LINE__, "theo điểm ó{60} khoản 2", ""},    // a single letter
      {__LINE__, "TTHC{50} KSTT{50} BCĐCCHC{50}", ""},
      {__LINE__, "và{50} Windows{50} Server{50}", ""},
      {__LINE__, "HSMT{80} HSĐXKT{80} UBND{80} BAN{80}", ""},
      // Rare words and names that are right as they are.
      {__LINE__, "tình trạng thâm{93} hụt ngân sách nhà nước", ""},
      {__LINE__, "phụ cấp thâm{93} niên vượt khung", ""},
      {__LINE__, "hình con kỳ lân{93} bằng đá", ""},
      {__LINE__, "các vùng lân{93} cận", ""},
      {__LINE__, "Chỉ{93} thị số 33/CT-TTg", ""},
      {__LINE__, "quản lý đê{93} điều và phòng, chống thiên tai", ""},
      {__LINE__, "mười hai tông{93} đồ", ""},
      {__LINE__, "bà Nguyễn Thị Thâm{93} đã ký", ""},
      {__LINE__, "ông Trần Văn Lân{93}, Giám đốc", ""},
      {__LINE__, "đồng chí Lân{93} báo cáo", ""},
      {__LINE__, "Phạm Văn Đê{90}", ""},
      {__LINE__, "xã Thâu{93} Lâu", ""},
      {__LINE__, "giá cả{93} thị trường", ""},
      {__LINE__, "thị trường chứng khoán{93}", ""},
      {__LINE__, "vở kịch được dàn{93} dựng công phu", ""},
      {__LINE__, "và/hoặc{60} ban{80} hành", ""},
      {__LINE__, "xã Đắkhà, huyện Krông Búk, website, online, UBNDTP, HĐND-UBND", ""},  // not glued
      {__LINE__, "dịch vụ ăn{80} uống và lưu trú", ""},
      {__LINE__, "không gian ảo{75} trên mạng", ""},
      {__LINE__, "giao cho anh{80} Ba và chị em{80} phụ nữ", ""},
      {__LINE__, "", ""},
      // The document has it so again and again.
      {__LINE__,
       "Phòng quàn{93} ướp. Tang lễ và quàn{93} ướp thi hài. Thời gian quàn{93} ướp không quá 24 giờ", ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(repaired(one.read), text_of(page_of(one.read)));
  }
}

TEST(OcrRepair, TheRawReadingIsKept) {
  RawDocument raw;
  raw.pages.push_back(page_of("Tối thiếu{90}, 50%"));
  const auto repaired = repair().repaired(raw);
  ASSERT_TRUE(repaired);
  EXPECT_EQ(repaired->pages[0].words[1].text, "thiểu,");
  EXPECT_EQ(repaired->pages[0].words[1].read_as, "thiếu,");
  EXPECT_DOUBLE_EQ(repaired->pages[0].words[1].confidence, 0.9);
  EXPECT_EQ(repaired->pages[0].words[0].read_as, "");
}

TEST(OcrRepair, TextLayersStay) {
  RawDocument raw;
  raw.pages.push_back(page_of("Tối thiếu{90} 50%"));
  raw.pages[0].origin = TextOrigin::kTextLayer;
  EXPECT_FALSE(repair().repaired(raw));
}

TEST(OcrRepair, WordsOfDifferentCellsAreNoNeighbours) {
  RawPage page = page_of("Tối thiếu{90} 50%");
  page.words[0].cell = 0;
  page.words[1].cell = 1;
  RawDocument raw;
  raw.pages.push_back(page);
  EXPECT_EQ(repair().repair(raw), 0u);
}

}  // namespace
}  // namespace vanban
