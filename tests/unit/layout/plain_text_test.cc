#include <gtest/gtest.h>

#include <string>

#include "support/golden.h"
#include "vanban/layout/layout.h"

namespace vanban {
namespace {

RawDocument plain(const std::string& text) {
  RawDocument raw;
  raw.plain_text = text;
  return raw;
}

std::string non_space(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t') out += c;
  }
  return out;
}

struct Row {
  int line;
  std::string input, expected;  // paragraphs, one a line
};

TEST(PlainText, JoinsLinesToParagraphs) {
  const Row rows[] = {
      {__LINE__,
       "Ngày 05 tháng 01 năm 2024, Chính phủ đã ban hành Nghị quyết số 01/NQ- CP\nvề nhiệm vụ, giải pháp.\n",
       "Ngày 05 tháng 01 năm 2024, Chính phủ đã ban hành Nghị quyết số 01/NQ-CP về nhiệm vụ, giải pháp.\n"},
      {__LINE__, "Chương trình hành động thực hiện Nghị quyết số 01/NQ-\nCP, Nghị quyết số 02/NQ-CP.\n",
       "Chương trình hành động thực hiện Nghị quyết số 01/NQ-CP, Nghị quyết số 02/NQ-CP.\n"},
      {__LINE__, "tính đến ngày 31/5/2020 đạt từ 10\n- 15%); tăng cường đối thoại\n",
       "tính đến ngày 31/5/2020 đạt từ 10 - 15%); tăng cường đối thoại\n"},
      {__LINE__, "xây dựng ấn phẩm đồ họa về thông tin kinh tế\n- xã hội chủ yếu phục vụ phiên họp\n",
       "xây dựng ấn phẩm đồ họa về thông tin kinh tế - xã hội chủ yếu phục vụ phiên họp\n"},
      {__LINE__, "cụ thể:\n- Một là;\n- Hai là;\n+ Ba là.\n", "cụ thể:\n- Một là;\n- Hai là;\n+ Ba là.\n"},
      {__LINE__, "1. Nhiệm vụ\na) Bộ Tài chính chủ trì;\nđ) Bộ Y tế.\n",
       "1. Nhiệm vụ\na) Bộ Tài chính chủ trì;\nđ) Bộ Y tế.\n"},
      {__LINE__,
       "NHIỆM VỤ VỀ CẢI CÁCH THỦ TỤC HÀNH CHÍNH GẮN VỚI CHUYỂN\nĐỔI SỐ BỘ, NGÀNH\n\n(Kèm theo Công văn)\n",
       "NHIỆM VỤ VỀ CẢI CÁCH THỦ TỤC HÀNH CHÍNH GẮN VỚI CHUYỂN ĐỔI SỐ BỘ, NGÀNH\n(Kèm theo Công văn)\n"},
      {__LINE__, "PHỤ LỤC I\n\nNHIỆM VỤ ĐƯỢC GIAO\n", "PHỤ LỤC I\nNHIỆM VỤ ĐƯỢC GIAO\n"},
      {__LINE__, "TM. CHÍNH PHỦ\nTHỦ TƯỚNG\nPhạm Minh Chính\n",
       "TM. CHÍNH PHỦ\nTHỦ TƯỚNG\nPhạm Minh Chính\n"},
      {__LINE__, "*(Kèm theo Công văn số: /VPCP-KSTT\ncủa Văn phòng Chính phủ)*\n",
       "(Kèm theo Công văn số: /VPCP-KSTT của Văn phòng Chính phủ)\n"},
      {__LINE__,
       "VĂN PHÒNG CHÍNH PHỦ\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh "
       "phúc\n---\nSố: 221/VPCP-KSTT\n"
       "V/v triển khai nhiệm vụ, chỉ\ntiêu giao tại các Nghị quyết\n\nHà Nội, ngày 10 tháng 01 năm 2024\n",
       "VĂN PHÒNG CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: "
       "221/VPCP-KSTT\n"
       "V/v triển khai nhiệm vụ, chỉ tiêu giao tại các Nghị quyết\nHà Nội, ngày 10 tháng 01 năm 2024\n"},
      {__LINE__,
       "Kính gửi: - Bộ trưởng các bộ; Thủ\ntrưởng cơ quan thuộc Chính phủ;\n- Chủ tịch Ủy ban nhân dân "
       "tỉnh.\n",
       "Kính gửi: - Bộ trưởng các bộ; Thủ trưởng cơ quan thuộc Chính phủ;\n- Chủ tịch Ủy ban nhân dân "
       "tỉnh.\n"},
      {__LINE__, "", ""},
      {__LINE__, "  \n\n \n", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const LaidOutText once = lay_out_plain_text(plain(row.input));
    EXPECT_EQ(once.text, row.expected);
    EXPECT_EQ(lay_out_plain_text(plain(once.text)).text, once.text);
  }
}

TEST(PlainText, CellsPartedByBars) {
  struct Case {
    int line;
    std::string input;
    std::size_t tables, rows;
  };
  const Case cases[] = {
      {__LINE__, "STT | Chỉ tiêu | Kế hoạch\n1 | Tỷ lệ hộ nghèo | 3\n | Trong đó: dân tộc thiểu số | 5\n", 1,
       2},
      {__LINE__, "| STT | Chỉ tiêu | Kế hoạch |\n|---|---|---|\n| 1 | Tỷ lệ hộ nghèo | 3 |\n", 1, 1},
      {__LINE__, "STT | Chỉ tiêu\n1 | Tỷ lệ hộ nghèo\n", 1, 1},
      {__LINE__, "Xã A | 12 | 15\nXã B | 13 | 16\n", 1, 2},
      // a head in two columns, one line alone, lines of other shapes, "|" inside words
      {__LINE__, "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 30/QĐ-UBND | Hà Nội, ngày 09\n",
       0, 0},
      {__LINE__, "Trang chủ | Tin tức | Văn bản\nQuyết định về việc giao chỉ tiêu\n", 0, 0},
      {__LINE__, "a | b | c\nd | e\n", 0, 0},
      {__LINE__, "a|b|c\nd|e|f\n", 0, 0},
      {__LINE__, "---|---\n| |\n", 0, 0},
  };
  for (const Case& row : cases) {
    SCOPED_TRACE(row.line);
    const LaidOutText laid_out = lay_out_plain_text(plain(row.input));
    ASSERT_EQ(laid_out.tables.size(), row.tables);
    const std::size_t rows = laid_out.tables.empty() ? 0 : laid_out.tables[0].rows.size();
    EXPECT_EQ(rows, row.rows);
  }
}

TEST(PlainText, RangesAreInOrder) {
  const LaidOutText laid_out = lay_out_plain_text(plain("I. MỤC TIÊU\n1. Một\n\n2. Hai ba\nbốn năm\n"));
  std::size_t end = 0;
  for (const Block& block : laid_out.blocks) {
    EXPECT_GE(block.where.begin, end);
    EXPECT_GT(block.where.end, block.where.begin);
    end = block.where.end;
  }
  EXPECT_LE(end, laid_out.text.size());
}

TEST(PlainText, LosesAndInventsNothing) {
  const std::string text = "1. Một hai ba\n\nbốn; năm 2021 - 2025\n- Sáu (bảy)\n\n\n\tTám\tchín\n\nmười\n";
  EXPECT_EQ(non_space(lay_out_plain_text(plain(text)).text), non_space(text));
}

}  // namespace
}  // namespace vanban
