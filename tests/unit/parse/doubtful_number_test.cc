// A number that OCR could not read well is no number.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "unit/parse/dump.h"
#include "vanban/parse/parser.h"

namespace vanban {
namespace {

TEST(DoubtfulNumber, IsLeftOutWhereItsDigitsWereNotRead) {
  const struct {
    int line;
    std::string head, word;  // the word that has the confidence
    double confidence;
    std::string number, symbol;
    int warnings;
  } rows[] = {
      {__LINE__, "Số: 1983/BC-SYT", "1983/BC-SYT", 0.3, "", "BC-SYT", 1},  // written by hand
      {__LINE__, "Số: 22 /BC-SYT", "22", 0.1, "", "BC-SYT", 1},
      {__LINE__, "Số: 1983/BC-SYT", "1983/BC-SYT", 0.8, "1983/BC-SYT", "BC-SYT", 1},
      {__LINE__, "Số: 1983/BC-SYT", "1983/BC-SYT", 0.95, "1983/BC-SYT", "BC-SYT", 0},
      {__LINE__, "Số: 1983/BC-SYT", "1983/BC-SYT", 1.0, "1983/BC-SYT", "BC-SYT", 0},  // of a text layer
      {__LINE__, "Số: 1983/BC-SYT", "SỞ", 0.3, "1983/BC-SYT", "BC-SYT", 0},  // the doubt is elsewhere
      {__LINE__, "Số: /BC-SYT", "/BC-SYT", 0.3, "", "BC-SYT", 0},            // blank, not doubted
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    LaidOutText text = testing::laid_out_from(
        "UBND TỈNH KIÊN GIANG\nSỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n" +
        row.head +
        "\nKiên Giang, ngày 17 tháng 10 năm 2017\n<c> BÁO CÁO\n<c> Công tác y tế\nNội dung báo cáo.\n");
    const std::size_t at = text.text.find(row.word);
    ASSERT_NE(at, std::string::npos);
    PlacedWord word;
    word.where = {at, at + row.word.size()};
    word.place.page = 1;
    word.confidence = row.confidence;
    text.words = {word};
    const Document document = testing::kit().parser->parse(std::move(text));
    EXPECT_EQ(document.header.number.text, row.number);
    EXPECT_EQ(document.header.number.symbol, row.symbol);
    EXPECT_EQ(document.header.id.find("1983-bc-syt") != std::string::npos, !row.number.empty());
    EXPECT_EQ(std::count_if(document.warnings.begin(), document.warnings.end(),
                            [](const Diagnostic& one) { return one.code == "ocr-doubtful-number"; }),
              row.warnings);
  }
}

TEST(DoubtfulDate, IsAsPreciseAsWhatWasRead) {
  const struct {
    int line;
    std::string word;
    double confidence;
    std::string date;
    int warnings;
  } rows[] = {
      {__LINE__, "17 tháng", 0.45, "2017-10", 1},  // the day is written by hand
      {__LINE__, "10 năm", 0.45, "2017", 1},
      {__LINE__, "17 tháng", 0.7, "2017-10-17", 0},
      {__LINE__, "Kiên Giang", 0.2, "2017-10-17", 0},  // the doubt is elsewhere
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    LaidOutText text = testing::laid_out_from(
        "UBND TỈNH KIÊN GIANG\nSỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 1983/BC-SYT\nKiên Giang, ngày 17 tháng 10 năm 2017\n<c> BÁO CÁO\n<c> Công tác y tế\nNội "
        "dung.\n");
    const std::size_t at = text.text.find(row.word, text.text.find("Số:"));
    ASSERT_NE(at, std::string::npos);
    PlacedWord word;
    word.where = {at, at + 2};
    word.place.page = 1;
    word.confidence = row.confidence;
    text.words = {word};
    const Document document = testing::kit().parser->parse(std::move(text));
    EXPECT_EQ(to_iso(document.header.date), row.date);
    EXPECT_EQ(std::count_if(document.warnings.begin(), document.warnings.end(),
                            [](const Diagnostic& one) { return one.code == "ocr-doubtful-date"; }),
              row.warnings);
  }
}

}  // namespace
}  // namespace vanban
