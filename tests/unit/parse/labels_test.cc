#include "parse/labels.h"

#include <gtest/gtest.h>

#include "parse/tree.h"

namespace vanban::parse {
namespace {

// "style ordinal text|rest" or "-" for none; "?" marks a label that needs its sequence.
std::string shown(std::string_view paragraph) {
  const Label label = read_label(paragraph);
  if (label.style == LabelStyle::kNone) return "-";
  return std::string(section_kind_name(kind_of(label.style))) + " " + std::to_string(label.ordinal) + " " +
         label.text + (label.strong ? "|" : "?") + std::string(paragraph.substr(label.end));
}

TEST(Labels, ReadsWhatStandsAtTheHeadOfAParagraph) {
  const struct {
    int line;
    const char* input;
    const char* expected;
  } kRows[] = {
      {__LINE__, "Điều 1. Phạm vi điều chỉnh", "article 1 1|Phạm vi điều chỉnh"},
      {__LINE__, "Điều 5a. Nội dung", "article 5 5a|Nội dung"},
      {__LINE__, "ĐIỀU 12: Hiệu lực", "article 12 12|Hiệu lực"},
      {__LINE__, "Điều 5 Chính sách của Nhà nước", "article 5 5?Chính sách của Nhà nước"},
      {__LINE__, "Điều 5 Nghị định này quy định như sau:", "-"},
      {__LINE__, "Điều 5 của Luật này", "-"},
      {__LINE__, "Điều kiện hỗ trợ", "-"},
      {__LINE__, "Chương II", "chapter 2 II|"},
      {__LINE__, "CHƯƠNG 1. QUY ĐỊNH CHUNG", "chapter 1 1|QUY ĐỊNH CHUNG"},
      {__LINE__, "Chương trình hành động", "-"},
      {__LINE__, "Mục 2 BẢO VỆ TÊN MIỀN", "section 2 2|BẢO VỆ TÊN MIỀN"},
      {__LINE__, "Mục 2 Phụ lục này nêu rõ", "-"},
      {__LINE__, "Mục tiêu tổng quát", "-"},
      {__LINE__, "Phần thứ nhất", "part 1 thứ nhất|"},
      {__LINE__, "PHẦN I. TÌNH HÌNH", "part 1 I|TÌNH HÌNH"},
      {__LINE__, "Phần lớn các bộ đã triển khai", "-"},
      {__LINE__, "I. NHIỆM VỤ", "section 1 I|NHIỆM VỤ"},
      {__LINE__, "II- MỤC TIÊU", "section 2 II|MỤC TIÊU"},
      {__LINE__, "A. Phần chung", "part 1 A|Phần chung"},
      {__LINE__, "V.I. Lê-nin", "-"},
      {__LINE__, "UBND các tỉnh", "-"},
      {__LINE__, "1. Bộ Y tế", "clause 1 1|Bộ Y tế"},
      {__LINE__, "1- Bộ Y tế", "clause 1 1|Bộ Y tế"},
      {__LINE__, "2/ Bộ Y tế", "clause 2 2|Bộ Y tế"},
      {__LINE__, "2. triển khai", "clause 2 2?triển khai"},
      {__LINE__, "1.1. Nội dung", "clause 1 1.1|Nội dung"},
      {__LINE__, "1.2 Nội dung", "clause 2 1.2|Nội dung"},
      {__LINE__, "2.5 triệu đồng", "-"},
      {__LINE__, "1.889 quy định liên quan", "-"},
      {__LINE__, "2024. Các bộ", "-"},
      {__LINE__, "01/01/2021, Chính phủ", "-"},
      {__LINE__, "10-15% số hồ sơ", "-"},
      {__LINE__, "5 - 10 ngày", "-"},
      {__LINE__, "100% hồ sơ", "-"},
      {__LINE__, "a) Rà soát", "point 1 a|Rà soát"},
      {__LINE__, "đ) Trình", "point 5 đ|Trình"},
      {__LINE__, "d1) Bổ sung", "point 4 d1|Bổ sung"},
      {__LINE__, "a. Rà soát", "point 1 a|Rà soát"},
      {__LINE__, "ă) Không là điểm", "-"},
      {__LINE__, "(i) Nghiên cứu", "roman_inline 1 (i)|Nghiên cứu"},
      {__LINE__, "(2) Nghiên cứu", "clause 2 (2)|Nghiên cứu"},
      {__LINE__, "(Kèm theo Quyết định)", "-"},
      {__LINE__, "- Các bộ", "dash 0 -|Các bộ"},
      {__LINE__, "– Các bộ", "dash 0 -|Các bộ"},
      {__LINE__, "- 05 tỉnh", "dash 0 -?05 tỉnh"},
      {__LINE__, "-5% so với năm 2023", "-"},
      {__LINE__, "+ Bộ Y tế", "dash 0 +|Bộ Y tế"},
      {__LINE__, "-----", "-"},
      {__LINE__, "a", "-"},
      {__LINE__, "", "-"},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(shown(row.input), row.expected);
  }
}

TEST(Labels, LettersFollowEachOtherAsOfficialListsDo) {
  const struct {
    int line;
    char32_t last, next;
    bool follows;
  } kRows[] = {
      {__LINE__, U'a', U'b', true},  {__LINE__, U'd', U'đ', true},  {__LINE__, U'd', U'e', true},
      {__LINE__, U'đ', U'e', true},  {__LINE__, U'e', U'g', true},  {__LINE__, U'i', U'k', true},
      {__LINE__, U'a', U'c', false}, {__LINE__, U'e', U'h', false}, {__LINE__, U'b', U'a', false},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.line);
    Label label;
    label.style = LabelStyle::kLetter;
    EXPECT_EQ(follows(label, letter_index(row.last), letter_index(row.next)), row.follows);
  }
}

TEST(Labels, MisreadRomanBeforeAHeadingInCapitals) {
  const struct {
    int line;
    const char* text;
    int value;
  } kRows[] = {
      {__LINE__, "H. NỘI DUNG KIỂM TRA", 2},      {__LINE__, "1V. THỜI GIAN, ĐÓI TƯỢNG", 4},
      {__LINE__, "HI. TỔ CHỨC THỰC HIỆN", 3},     {__LINE__, "L. CÔNG TÁC CHỈ ĐẠO", 1},
      {__LINE__, "H. Nội dung kiểm tra", 0},      {__LINE__, "H.NỘI DUNG", 0},
      {__LINE__, "HN. HÀ NỘI THỦ ĐÔ", 0},         {__LINE__, "L. NAM", 0},
      {__LINE__, "TP. HỒ CHÍ MINH VÀ HÀ NỘI", 0}, {__LINE__, "", 0},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.line);
    const Label label = misread_roman(row.text);
    EXPECT_EQ(label.ordinal, row.value);
    EXPECT_FALSE(label.strong);
  }
}

TEST(Labels, RomanNumbersAreWellFormed) {
  const struct {
    int line;
    const char* text;
    int value;
  } kRows[] = {
      {__LINE__, "I", 1},   {__LINE__, "IV", 4}, {__LINE__, "xiv", 14}, {__LINE__, "XXXIX", 39},
      {__LINE__, "IIX", 0}, {__LINE__, "VV", 0}, {__LINE__, "IIII", 0}, {__LINE__, "IC", 0},
      {__LINE__, "ABC", 0}, {__LINE__, "", 0},   {__LINE__, "LX", 60},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(roman_value(row.text), row.value);
  }
}

TEST(InlineRoman, ItemsNeedWordsOfTheirOwn) {
  const struct {
    int line;
    const char* text;
    std::size_t count;
  } kRows[] = {
      {__LINE__, "Các bộ: (i) Nghiên cứu sửa đổi; (ii) Nâng cấp hệ thống; (iii) báo cáo kết quả.", 3},
      {__LINE__, "gồm (i) hồ sơ giấy và (ii) hồ sơ điện tử", 2},
      {__LINE__, "thực hiện các nội dung (i) và (ii) nêu trên", 0},
      {__LINE__, "chỉ một việc: (i) báo cáo kết quả", 0},
      {__LINE__, "theo điểm (ii) khoản này và (i) khoản kia", 0},
      {__LINE__, "", 0},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(inline_roman_marks(row.text).size(), row.count);
  }
}

}  // namespace
}  // namespace vanban::parse
