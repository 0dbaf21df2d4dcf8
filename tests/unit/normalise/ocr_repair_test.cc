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

TEST(OcrRepair, OneReadingFitsTheNeighbours) {
  struct Case {
    int line;
    std::string read, expected;
  };
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
      // What stays.
      {__LINE__, "Tối thiếu{97} 50% số hồ sơ", "Tối thiếu 50% số hồ sơ"},  // OCR is sure
      {__LINE__, "tỉnh Đắk{70} Lắk{70} và tỉnh Kon{60} Tum{60}", "tỉnh Đắk Lắk và tỉnh Kon Tum"},
      {__LINE__, "Hà Nội, ngày l1{40} tháng 1O{30} năm 2O24{50}", "Hà Nội, ngày l1 tháng 1O năm 2O24"},
      {__LINE__, "số 221/VPCP-KSTT{40} ngày 10/01/2024{40}", "số 221/VPCP-KSTT ngày 10/01/2024"},
      {__LINE__, "Trần{60} Hoà{60} Bính{60}", "Trần Hoà Bính"},      // a name by itself
      {__LINE__, "Uỷ{70} ban nhân dân", "Uỷ ban nhân dân"},          // the older spelling is right too
      {__LINE__, "theo điểm ó{60} khoản 2", "theo điểm ó khoản 2"},  // a single letter
      {__LINE__, "TTHC{50} KSTT{50} BCĐCCHC{50}", "TTHC KSTT BCĐCCHC"},
      {__LINE__, "và{50} Windows{50} Server{50}", "và Windows Server"},
      {__LINE__, "", ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    RawPage page = page_of(one.read);
    repair().repair(page);
    EXPECT_EQ(text_of(page), one.expected);
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
  EXPECT_EQ(repair().repair(page), 0u);
}

}  // namespace
}  // namespace vanban
