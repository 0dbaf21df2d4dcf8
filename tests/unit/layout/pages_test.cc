#include "layout/pages.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/page_dump.h"
#include "vanban/base/utf8.h"
#include "vanban/layout/layout.h"

namespace vanban {
namespace {

// Writes a page as lines of words: each word as wide as its letters at half the font size.
class PageMaker {
 public:
  PageMaker() { next_page(); }

  PageMaker& next_page() {
    RawPage page;
    page.number = static_cast<int>(raw_.pages.size()) + 1;
    page.width = 595;
    page.height = 842;
    raw_.pages.push_back(page);
    return *this;
  }

  // Flags: b bold, i italic. `text`: words parted by spaces.
  PageMaker& line(double x, double y, const std::string& text, const std::string& flags = "",
                  double size = 13) {
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      RawWord word;
      word.text = text.substr(at, end - at);
      const double width = 0.5 * size * static_cast<double>(count_code_points(word.text));
      word.box = {x, y, x + width, y + size * 1.1};
      word.font_size = size;
      word.bold = flags.find('b') != std::string::npos;
      word.italic = flags.find('i') != std::string::npos;
      x += width + 0.28 * size;
      word.space_after = end < text.size();
      raw_.pages.back().words.push_back(word);
      at = end + 1;
    }
    return *this;
  }

  PageMaker& rule(double x0, double y0, double x1, double y1) {
    raw_.pages.back().rulings.push_back({x0, y0, x1, y1});
    return *this;
  }

  // Lines of a table with these edges.
  PageMaker& grid(const std::vector<double>& xs, const std::vector<double>& ys) {
    for (double y : ys) rule(xs.front(), y, xs.back(), y);
    for (double x : xs) rule(x, ys.front(), x, ys.back());
    return *this;
  }

  RawDocument raw_;
};

constexpr char kFull[] =
    "Thực hiện chức năng, nhiệm vụ được giao, Văn phòng Chính phủ trân trọng đề nghị các";

TEST(Pages, HeadIsReadRowByRow) {
  PageMaker page;
  page.line(80, 60, "VĂN PHÒNG CHÍNH PHỦ", "b").line(280, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b", 12);
  page.line(330, 78, "Độc lập - Tự do - Hạnh phúc", "b");
  page.line(100, 96, "Số: 221/VPCP-KSTT").line(310, 96, "Hà Nội, ngày 10 tháng 01 năm 2024", "i");
  page.line(75, 112, "V/v triển khai nhiệm vụ tại", "", 12).line(82, 128, "các Nghị quyết số 02/", "", 12);
  page.line(85, 144, "NQ-CP năm 2024", "", 12);
  page.line(120, 180, kFull).line(84, 197, kFull);
  const LaidOutText text = lay_out_pages(page.raw_);
  const std::string expected =
      "VĂN PHÒNG CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
      "Số: 221/VPCP-KSTT\nV/v triển khai nhiệm vụ tại các Nghị quyết số 02/NQ-CP năm 2024\n"
      "Hà Nội, ngày 10 tháng 01 năm 2024\n";
  EXPECT_EQ(text.text.substr(0, expected.size()), expected);
  ASSERT_GE(text.blocks.size(), 6u);
  EXPECT_EQ(text.blocks[0].column, 1);
  EXPECT_EQ(text.blocks[1].column, 2);
  EXPECT_EQ(text.blocks[5].column, 2);
}

// OCR knows no bold print, and a subject wider than the body's name makes its column lopsided.
TEST(Pages, BodiesInTheHeadAreLinesOfTheirOwn) {
  struct Case {
    int line;
    std::string first, second;
    bool apart;
  };
  const Case cases[] = {
      {__LINE__, "UBND TỈNH KIÊN GIANG", "SỞ Y TẾ", true},
      {__LINE__, "BỘ GIÁO DỤC", "TRƯỜNG ĐẠI HỌC", true},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    PageMaker page;
    page.raw_.pages.back().origin = TextOrigin::kOcr;
    page.line(60, 60, one.first, "", 12).line(280, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", 12);
    page.line(75, 76, one.second, "", 12).line(330, 78, "Độc lập - Tự do - Hạnh phúc");
    page.line(60, 110, "Số: 221/SYT-NVY").line(310, 110, "Kiên Giang, ngày 10 tháng 01 năm 2024");
    page.line(60, 128, "V/v báo cáo nhanh kết quả thực hiện", "", 11);
    page.line(120, 180, kFull).line(84, 197, kFull);
    const std::string text = lay_out_pages(page.raw_).text;
    EXPECT_EQ(text.find(one.first + "\n" + one.second) != std::string::npos, one.apart) << text;
  }
}

TEST(Pages, RecipientsComeBeforeTheSignature) {
  PageMaker page;
  page.line(120, 100, kFull).line(84, 117, "hoàn thành nhiệm vụ được giao./.");
  page.line(330, 150, "KT. BỘ TRƯỞNG", "b")
      .line(84, 153, "Nơi nhận:", "bi", 12)
      .line(335, 168, "THỨ TRƯỞNG", "b");
  page.line(84, 169, "- Như trên;", "", 11)
      .line(84, 183, "- Lưu: VT, KSTT.", "", 11)
      .line(340, 260, "Trần Văn Sơn", "b");
  EXPECT_EQ(lay_out_pages(page.raw_).text.substr(std::string(kFull).size() + 1),
            "hoàn thành nhiệm vụ được giao./.\nNơi nhận:\n- Như trên;\n- Lưu: VT, KSTT.\nKT. BỘ TRƯỞNG\nTHỨ "
            "TRƯỞNG\nTrần Văn Sơn");
}

// A scan's signature beside recipients whose lines stand closer: what OCR read as one line stays one, and
// each title is a line of its own.
TEST(Pages, ASignatureBesideCloserLinesStaysInLines) {
  PageMaker page;
  page.raw_.pages.back().origin = TextOrigin::kOcr;
  int ocr_line = 0;
  const auto line = [&](double x, double y, const std::string& text, double size) {
    std::vector<RawWord>& words = page.raw_.pages.back().words;
    const std::size_t first = words.size();
    page.line(x, y, text, "", size);
    for (std::size_t i = first; i < words.size(); ++i) words[i].line = ocr_line;
    ++ocr_line;
  };
  line(120, 60, kFull, 13);
  line(84, 77, kFull, 13);
  line(90, 143, "Nơi nhận:", 11);
  line(90, 157, "- Ban Bí thư Trung ương Đảng;", 9);
  line(90, 169, "- Thủ tướng, các Phó Thủ tướng Chính phủ;", 9);
  line(90, 182, "- Lưu: VT.", 9);
  line(405, 144, "TM. CHÍNH PHỦ", 11);
  line(408, 162, "KT. THỦ TƯỚNG", 11);
  line(405, 174, "PHÓ THỦ TƯỚNG", 11);
  for (RawWord& word : page.raw_.pages.back().words) {
    if (word.text == "KT.") word.box.y0 = 164.4, word.box.y1 = 173.4;  // without marks above it
    if (word.text == "THỦ" && word.box.y0 < 170) word.box.y0 = 160.5, word.box.y1 = 171.4;
  }
  const std::string text = lay_out_pages(page.raw_).text;
  EXPECT_NE(text.find("\nTM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG"), std::string::npos) << text;
}

TEST(Pages, TableGoesOnOverThePage) {
  PageMaker page;
  const std::vector<double> xs{80, 120, 380, 520};
  page.grid(xs, {600, 620, 660, 760});
  page.line(85, 603, "STT", "b").line(125, 603, "Nhiệm vụ", "b").line(385, 603, "Cơ quan chủ trì", "b");
  page.line(85, 625, "1")
      .line(125, 625, "Xây dựng kế hoạch")
      .line(125, 641, "tổng thể")
      .line(385, 625, "Bộ Nội vụ");
  page.line(85, 665, "2").line(125, 665, "Ban hành nghị định của").line(385, 665, "Bộ Tài chính,");
  page.next_page().grid(xs, {80, 100, 140, 180});
  page.line(85, 83, "STT", "b").line(125, 83, "Nhiệm vụ", "b").line(385, 83, "Cơ quan chủ trì", "b");
  page.line(125, 105, "Chính phủ về thanh tra").line(385, 105, "Bộ Y tế");
  page.line(85, 145, "3").line(125, 145, "Sơ kết").line(385, 145, "Bộ Xây dựng");
  const LaidOutText text = lay_out_pages(page.raw_);
  EXPECT_EQ(text.text,
            "STT\nNhiệm vụ\nCơ quan chủ trì\n1\nXây dựng kế hoạch tổng thể\nBộ Nội vụ\n2\nBan hành nghị định "
            "của Chính phủ về "
            "thanh tra\nBộ Tài chính, Bộ Y tế\n3\nSơ kết\nBộ Xây dựng");
  ASSERT_EQ(text.tables.size(), 1u);
  EXPECT_EQ(text.tables[0].header.size(), 1u);
  ASSERT_EQ(text.tables[0].rows.size(), 3u);
  EXPECT_EQ(text.tables[0].row_pages, (std::vector<int>{1, 1, 2}));
  for (const TableRow& row : text.tables[0].rows) {
    for (const TableCell& cell : row) EXPECT_EQ(cell.text, cell.where.of(text.text));
  }
}

TEST(Pages, HeadOfTwoRowsAndSpans) {
  PageMaker page;
  // "Kết quả" stands over two columns; "STT" and "Chỉ tiêu" over two rows.
  for (double y : {100.0, 140.0, 160.0, 180.0}) page.rule(80, y, 500, y);
  page.rule(300, 120, 500, 120);
  for (double x : {80.0, 120.0, 300.0, 500.0}) page.rule(x, 100, x, 180);
  page.rule(400, 120, 400, 180);
  page.line(85, 113, "STT").line(125, 113, "Chỉ tiêu").line(360, 103, "Kết quả");
  page.line(305, 123, "Năm 2023").line(405, 123, "Năm 2024");
  page.line(85, 143, "1").line(125, 143, "Tỷ lệ hồ sơ đúng hạn").line(305, 143, "95").line(405, 143, "98");
  page.line(85, 163, "2").line(125, 163, "Mức độ hài lòng").line(305, 163, "90").line(405, 163, "92");
  const LaidOutText text = lay_out_pages(page.raw_);
  ASSERT_EQ(text.tables.size(), 1u);
  const Table& table = text.tables[0];
  EXPECT_EQ(table.columns, 4);
  ASSERT_EQ(table.header.size(), 2u);
  ASSERT_EQ(table.header[0].size(), 3u);
  EXPECT_EQ(table.header[0][0].rowspan, 2);
  EXPECT_EQ(table.header[0][2].colspan, 2);
  EXPECT_EQ(table.header[1][0].column, 2);
  EXPECT_EQ(table.header[1][1].text, "Năm 2024");
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[1][3].text, "92");
}

TEST(Pages, FramesAndUnderlinesAreNoTables) {
  PageMaker page;
  page.rule(40, 40, 555, 40).rule(40, 800, 555, 800).rule(40, 40, 40, 800).rule(555, 40, 555, 800);
  page.rule(150, 76, 220, 76);
  page.line(120, 100, kFull).line(84, 117, kFull);
  const LaidOutText text = lay_out_pages(page.raw_);
  EXPECT_TRUE(text.tables.empty());
  EXPECT_NE(text.text.find("Thực hiện"), std::string::npos);
}

TEST(Pages, WhatIsFurniture) {
  struct Row {
    int line;
    const char* text;
    double x, y, size;
    bool kept;
  };
  for (const Row& row :
       {Row{__LINE__, "2", 290, 30, 13, false}, Row{__LINE__, "- 2 -", 285, 30, 13, false},
        Row{__LINE__, "Trang 2/15", 480, 810, 11, false}, Row{__LINE__, "2/15", 530, 810, 11, false},
        Row{__LINE__, "CÔNG BÁO/Số 286/Ngày 27-05-2026", 170, 30, 13, false},
        Row{__LINE__, "MINH CÔNG BÁO TP.HCM/Số 199+200/Ngày 01-7-2026", 84, 40, 13, false},
        Row{__LINE__, "CÔNG BÁO số 12 đăng Nghị định", 84, 80, 13, true},
        Row{__LINE__, "Ký bởi: CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ", 60, 12, 7, false},
        Row{__LINE__, "_________", 140, 90, 13, false},
        Row{__LINE__, "quy định tại khoản 2", 84, 30, 13, true},
        Row{__LINE__, "PHỤ LỤC II", 260, 30, 13, true}, Row{__LINE__, "Mẫu số 02", 450, 30, 13, true},
        Row{__LINE__, "Cơ quan: Sở Nội vụ", 84, 80, 13, true},
        Row{__LINE__, "năm 2025.", 84, 30, 13, true}}) {
    SCOPED_TRACE(row.line);
    PageMaker page;
    page.line(row.x, row.y, row.text, "", row.size);
    for (int i = 0; i < 8; ++i) page.line(84, 110 + 17 * i, kFull);
    EXPECT_EQ(lay_out_pages(page.raw_).text.find(row.text) != std::string::npos, row.kept) << row.text;
  }
}

TEST(Pages, OcrSpecksAreLeftOut) {
  PageMaker page;
  page.line(120, 100, kFull).line(84, 117, kFull).line(400, 160, "|", "", 20).line(300, 200, "ị", "", 8);
  page.line(84, 240, "- Lưu: VT");
  page.raw_.pages[0].origin = TextOrigin::kOcr;
  for (RawWord& word : page.raw_.pages[0].words) {
    if (word.text == "|" || word.text == "ị") word.confidence = 0.2;
  }
  const std::string text = lay_out_pages(page.raw_).text;
  EXPECT_EQ(text.find('|'), std::string::npos);
  EXPECT_EQ(text.find("ị\n"), std::string::npos);
  EXPECT_NE(text.find("- Lưu: VT"), std::string::npos);
}

TEST(Pages, ArrivalStampsAreLeftOutAndOtherFramesStay) {
  struct Case {
    int line;
    std::string first, second;  // what stands in the frame's two cells
    bool stays;
  };
  const Case cases[] = {
      {__LINE__, "CÔNG VĂN ĐẾN", "Số: 102 Ngày: 12/4/2024", false},
      {__LINE__, "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ", "ĐẾN Giờ: 8 Ngày: 12/4", false},
      {__LINE__, "ĐỀN Số:", "Chuyển:", false},  // OCR's Ề
      {__LINE__, "HỎA TỐC", "Số: 12", true},
      {__LINE__, "Từ ngày", "đến ngày", true},
      {__LINE__, "Chỉ tiêu", "Đơn vị tính", true},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    PageMaker page;
    RawPage& raw = page.raw_.pages.back();
    raw.origin = TextOrigin::kOcr;
    raw.cells = {{40, 150, 240, 170}, {40, 172, 240, 200}};
    page.line(44, 154, one.first, "", 10).line(44, 176, one.second, "", 10);
    page.line(250, 178, "Kính gửi: Bộ Tài chính.").line(120, 220, kFull).line(84, 237, kFull);
    const std::string text = lay_out_pages(page.raw_).text;
    EXPECT_EQ(text.find(one.first) != std::string::npos, one.stays) << text;
    EXPECT_NE(text.find("Kính gửi: Bộ Tài chính."), std::string::npos) << text;
    if (!one.stays) {
      EXPECT_EQ(text.substr(0, text.find('\n')), "Kính gửi: Bộ Tài chính.");
    }
  }
}

TEST(Pages, PenMarksAboveTheHeadAreLeftOut) {
  struct Case {
    int line;
    std::string text;
    double confidence;
    bool stays;
  };
  const Case cases[] = {
      {__LINE__, "qŒƯf", 0.1, false},
      {__LINE__, "TTĐT", 0.4, false},
      {__LINE__, "HỎA TỐC", 0.95, true},
      {__LINE__, "Mẫu 01", 0.9, true},
      {__LINE__, "BỘ TÀI CHÍNH VIỆT NAM", 0.3, true},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    PageMaker page;
    page.raw_.pages.back().origin = TextOrigin::kOcr;
    page.line(480, 20, one.text);
    for (RawWord& word : page.raw_.pages.back().words) word.confidence = one.confidence;
    page.line(80, 60, "VĂN PHÒNG CHÍNH PHỦ", "b")
        .line(280, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b", 12);
    page.line(120, 180, kFull).line(84, 197, kFull);
    EXPECT_EQ(lay_out_pages(page.raw_).text.find(one.text) != std::string::npos, one.stays);
  }
}

TEST(Pages, DigitsThatOcrWasNotSureOfAreNamed) {
  struct Case {
    int line;
    TextOrigin origin;
    double confidence, page;  // of the word with digits; of the page
    bool doubtful;
  };
  const Case cases[] = {
      {__LINE__, TextOrigin::kOcr, 0.95, 0.96, false}, {__LINE__, TextOrigin::kOcr, 0.85, 0.96, false},
      {__LINE__, TextOrigin::kOcr, 0.7, 0.96, true},   {__LINE__, TextOrigin::kOcr, 0.85, 0.86, true},
      {__LINE__, TextOrigin::kOcr, 0.96, 0.86, false}, {__LINE__, TextOrigin::kTextLayer, 0.1, 0.1, false},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    PageMaker page;
    page.raw_.pages.back().origin = one.origin;
    page.raw_.pages.back().mean_confidence = one.page;
    page.line(120, 180, "đạt tối thiểu 90% trong năm").line(84, 197, kFull);
    for (RawWord& word : page.raw_.pages.back().words) {
      word.confidence = word.text == "90%" ? one.confidence : 0.6;
    }
    const LaidOutText text = lay_out_pages(page.raw_);
    EXPECT_EQ(std::count_if(text.words.begin(), text.words.end(),
                            [](const PlacedWord& word) { return word.doubtful_digit; }),
              one.doubtful ? 1 : 0);
    const Diagnostics want = {{"ocr-doubtful-digits", "OCR was not sure of digits in: \"90%\"", 1}};
    EXPECT_EQ(text.diagnostics, one.doubtful ? want : Diagnostics{});
  }
}

TEST(Pages, FurnitureIsLeftOutAndParagraphsGoOn) {
  PageMaker page;
  for (int i = 1; i <= 3; ++i) {
    if (i > 1) page.next_page();
    page.line(290, 30, std::to_string(i));
    page.line(84, 60, kFull).line(84, 77, kFull).line(84, 94, kFull);
  }
  const std::string text = lay_out_pages(page.raw_).text;
  EXPECT_EQ(text.find_first_of("123\n"), std::string::npos) << text;
}

TEST(Pages, FootnoteAfterTheBody) {
  PageMaker page;
  page.line(120, 100, "Tập trung rà soát theo Nghị quyết số 02/NQ-CP").line(84, 117, kFull);
  RawWord mark;
  mark.text = "1";
  mark.box = {435, 98, 439, 106};
  mark.font_size = 8;
  auto& words = page.raw_.pages[0].words;
  const auto at =
      std::find_if(words.begin(), words.end(), [](const RawWord& w) { return w.text == "02/NQ-CP"; });
  mark.box.x0 = at->box.x1 + 0.5;
  mark.box.x1 = mark.box.x0 + 4;
  words.insert(at + 1, mark);
  page.line(84, 134, kFull)
      .rule(84, 700, 228, 700.5)
      .line(84, 705, "1 Không bao gồm nhiệm vụ giao riêng.", "", 10);
  const LaidOutText text = lay_out_pages(page.raw_);
  ASSERT_EQ(text.footnote_marks.size(), 1u);
  EXPECT_EQ(text.footnote_marks[0].label, "1");
  EXPECT_NE(text.text.find("02/NQ-CP1"), std::string::npos);
  ASSERT_FALSE(text.blocks.empty());
  EXPECT_EQ(text.blocks.back().kind, BlockKind::kFootnote);
  EXPECT_EQ(text.blocks.back().label, "1");
  EXPECT_EQ(text.blocks.back().where.of(text.text), "Không bao gồm nhiệm vụ giao riêng.");
}

TEST(Pages, AFootnoteBelowARuleAsWideAsTheText) {
  struct Case {
    int line;
    std::string below;
    double size;
    bool footnote;
  };
  const Case cases[] = {
      {__LINE__, "1 Số lượng còn tồn đọng: Hà Nội: 61; Bộ Tài chính: 33", 9, true},
      {__LINE__, "(*) Số liệu đến ngày 25/2/2021 của các bộ", 9, false},  // no mark of a footnote
      {__LINE__, "Số lượng còn tồn đọng: Hà Nội: 61; Bộ Tài chính: 33", 9, false},
      {__LINE__, "1 Số lượng còn tồn đọng: Hà Nội: 61; Bộ Tài chính", 13, false},  // as big as the text
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    PageMaker page;
    page.line(120, 617, kFull).line(84, 634, kFull).line(84, 651, kFull);
    page.rule(84, 690, 540, 690).line(84, 697, one.below, "", one.size);
    const LaidOutText text = lay_out_pages(page.raw_);
    ASSERT_FALSE(text.blocks.empty());
    EXPECT_EQ(text.blocks.back().kind == BlockKind::kFootnote, one.footnote);
  }
}

TEST(Pages, ClosingFormulaIsAParagraphOfItsOwn) {
  PageMaker page;
  const std::string full = std::string(kFull) + " bộ.";
  page.line(120, 100, kFull)
      .line(84, 117, full)
      .line(84, 134, "Trân trọng cảm ơn sự phối hợp của các Bộ, cơ quan./.");
  for (int i = 0; i < 8; ++i) page.line(i == 0 ? 120 : 84, 160 + 17 * i, full);
  EXPECT_NE(lay_out_pages(page.raw_).text.find("\nTrân trọng"), std::string::npos);
}

TEST(Pages, LineEndsJoinNumbers) {
  struct Row {
    int line;
    const char *before, *after;
    bool joined;
  };
  for (const Row& row :
       {Row{__LINE__, "01/NQ-", "CP", true}, Row{__LINE__, "02/", "NQ-CP", true},
        Row{__LINE__, "2021-", "2025", true}, Row{__LINE__, "01/NQ", "-CP", true},
        Row{__LINE__, "kinh", "tế", false}, Row{__LINE__, "-", "Bộ", false}, Row{__LINE__, "tế", "-", false},
        Row{__LINE__, "nghiệp./.", "Nơi", false}, Row{__LINE__, "doanh", "-Như", false}}) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(pages::joined_at_line_end(row.before, row.after), row.joined) << row.before << "|" << row.after;
  }
}

}  // namespace
}  // namespace vanban
