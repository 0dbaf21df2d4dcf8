#include "vanban/lexicon/document_numbers.h"

#include <gtest/gtest.h>

#include <string>

namespace vanban {
namespace {

struct Row {
  int line;
  const char* text;  // the number begins at the first byte
  bool after_so;
  const char* number;  // nullptr: none
  const char* ordinal = "";
  int year = 0;
  const char* symbol = "";
};

TEST(DocumentNumbers, Forms) {
  const Row rows[] = {
      // state, administrative
      {__LINE__, "01/NQ-CP về nhiệm vụ", false, "01/NQ-CP", "01", 0, "NQ-CP"},
      {__LINE__, "221/VPCP-KSTT ngày 10", false, "221/VPCP-KSTT", "221", 0, "VPCP-KSTT"},
      {__LINE__, "1015/QĐ-TTg (tính", false, "1015/QĐ-TTg", "1015", 0, "QĐ-TTg"},
      {__LINE__, "215/UBND-NC.", false, "215/UBND-NC", "215", 0, "UBND-NC"},
      {__LINE__, "3176b/QĐ-SYT", false, "3176b/QĐ-SYT", "3176b", 0, "QĐ-SYT"},
      {__LINE__, "473A/QĐ-BCT", false, "473A/QĐ-BCT", "473A", 0, "QĐ-BCT"},
      {__LINE__, "1511/LĐTBXH-CATLĐ", false, "1511/LĐTBXH-CATLĐ", "1511", 0, "LĐTBXH-CATLĐ"},
      {__LINE__, "1068/QĐ-UBND-HC", false, "1068/QĐ-UBND-HC", "1068", 0, "QĐ-UBND-HC"},
      {__LINE__, "2508/QĐ-UBND.VX, ngày", false, "2508/QĐ-UBND.VX", "2508", 0, "QĐ-UBND.VX"},
      {__LINE__, "1111/NQ-UBTVQH14", false, "1111/NQ-UBTVQH14", "1111", 0, "NQ-UBTVQH14"},
      {__LINE__, "239/QĐ-VPB5", false, "239/QĐ-VPB5", "239", 0, "QĐ-VPB5"},
      {__LINE__, "157/TB_UBND", false, "157/TB_UBND", "157", 0, "TB_UBND"},
      // normative
      {__LINE__, "45/2018/QĐ-TTg ngày", false, "45/2018/QĐ-TTg", "45", 2018, "QĐ-TTg"},
      {__LINE__, "12/2022/TT-BNV", false, "12/2022/TT-BNV", "12", 2022, "TT-BNV"},
      {__LINE__, "66.16/2026/NQ-CP", false, "66.16/2026/NQ-CP", "66.16", 2026, "NQ-CP"},
      {__LINE__, "33/2023/QH15", false, "33/2023/QH15", "33", 2023, "QH15"},
      {__LINE__, "43/2013/QH 13", false, "43/2013/QH13", "43", 2013, "QH13"},
      {__LINE__, "44/2013/QH- 13", false, "44/2013/QH13", "44", 2013, "QH13"},
      {__LINE__, "1111/NQ-UBTVQH 14", false, "1111/NQ-UBTVQH14", "1111", 0, "NQ-UBTVQH14"},
      {__LINE__, "954/2020/UBTVQH14", false, "954/2020/UBTVQH14", "954", 2020, "UBTVQH14"},
      {__LINE__, "47/2000/QĐ-BGD&ĐT", false, "47/2000/QĐ-BGD&ĐT", "47", 2000, "QĐ-BGD&ĐT"},
      {__LINE__, "58/2007/TTLT-BYT-BTC-BNV", false, "58/2007/TTLT-BYT-BTC-BNV", "58", 2007,
       "TTLT-BYT-BTC-BNV"},
      {__LINE__, "07/2001/TTLT/BKH-UBTDTT-TLĐLĐVN", false, "07/2001/TTLT/BKH-UBTDTT-TLĐLĐVN", "07", 2001,
       "TTLT/BKH-UBTDTT-TLĐLĐVN"},
      {__LINE__, "126/VBHN-VPQH", false, "126/VBHN-VPQH", "126", 0, "VBHN-VPQH"},
      {__LINE__, "51/2003/QĐ-BNN/TCCB", false, "51/2003/QĐ-BNN/TCCB", "51", 2003, "QĐ-BNN/TCCB"},
      {__LINE__, "12/2003/PL-UBTVQH11", false, "12/2003/PL-UBTVQH11", "12", 2003, "PL-UBTVQH11"},
      {__LINE__, "55a/2013/QĐ-TTg", false, "55a/2013/QĐ-TTg", "55a", 2013, "QĐ-TTg"},
      {__LINE__, "10/2004/QĐ.UB", false, "10/2004/QĐ.UB", "10", 2004, "QĐ.UB"},
      // Party
      {__LINE__, "19-NQ/TW, ngày", false, "19-NQ/TW", "19", 0, "NQ/TW"},
      {__LINE__, "62-KL/TW", false, "62-KL/TW", "62", 0, "KL/TW"},
      {__LINE__, "49-CT /TW ngày", true, "49-CT/TW", "49", 0, "CT/TW"},
      {__LINE__, "12-NQ/ TU của", false, "12-NQ/TU", "12", 0, "NQ/TU"},
      {__LINE__, "49-CT /QĐ ngày", true, "49-CT", "49", 0, "CT"},  // no body of the Party
      {__LINE__, "36-HD/VPTW", false, "36-HD/VPTW", "36", 0, "HD/VPTW"},
      {__LINE__, "53-NQ/HĐND", false, "53-NQ/HĐND", "53", 0, "NQ/HĐND"},
      {__LINE__, "57-LCT/HĐNN8", false, "57-LCT/HĐNN8", "57", 0, "LCT/HĐNN8"},
      // old
      {__LINE__, "34/CP ngày", false, "34/CP", "34", 0, "CP"},
      {__LINE__, "289/TTg", false, "289/TTg", "289", 0, "TTg"},
      {__LINE__, "05-CP ngày", true, "05-CP", "05", 0, "CP"},
      {__LINE__, "05-CP ngày", false, nullptr},
      {__LINE__, "177-TTg", true, "177-TTg", "177", 0, "TTg"},
      {__LINE__, "382-BYT-NĐ", true, "382-BYT-NĐ", "382", 0, "BYT-NĐ"},
      {__LINE__, "160-LCT", true, "160-LCT", "160", 0, "LCT"},
      {__LINE__, "64 TC/TCT ngày", true, "64TC/TCT", "64", 0, "TC/TCT"},
      {__LINE__, "64 TC/TCT ngày", false, nullptr},
      {__LINE__, "12/97/QĐ-UB", true, "12/97/QĐ-UB", "12", 1997, "QĐ-UB"},
      // broken over lines and pages
      {__LINE__, "01/NQ-\nCP, Nghị quyết", false, "01/NQ-CP", "01", 0, "NQ-CP"},
      {__LINE__, "01/NQ- CP về", false, "01/NQ-CP", "01", 0, "NQ-CP"},
      {__LINE__, "1498/QĐ-\n\nTTg ngày", false, "1498/QĐ-TTg", "1498", 0, "QĐ-TTg"},
      {__LINE__, "10362/VPCP-\n\nKSTT ngày", false, "10362/VPCP-KSTT", "10362", 0, "VPCP-KSTT"},
      {__LINE__, "156 /TTr-SNV", false, "156/TTr-SNV", "156", 0, "TTr-SNV"},
      {__LINE__, "4510/ KH-UBND", false, "4510/KH-UBND", "4510", 0, "KH-UBND"},
      {__LINE__, "1722/UBND -KTN", false, "1722/UBND-KTN", "1722", 0, "UBND-KTN"},
      {__LINE__, "01/NQ - CP ngày", false, "01/NQ-CP", "01", 0, "NQ-CP"},
      {__LINE__, "45/2018/ QĐ-TTg", false, "45/2018/QĐ-TTg", "45", 2018, "QĐ-TTg"},
      // blank
      {__LINE__, "/VPCP-KSTT ngày", true, "/VPCP-KSTT", "", 0, "VPCP-KSTT"},
      {__LINE__, "       /BC-BNV ngày", true, "/BC-BNV", "", 0, "BC-BNV"},
      {__LINE__, "……/2026/QĐ-UBND", true, "/2026/QĐ-UBND", "", 2026, "QĐ-UBND"},
      {__LINE__, "..../TTr-UBND", true, "/TTr-UBND", "", 0, "TTr-UBND"},
      {__LINE__, "/VPCP-KSTT ngày", false, nullptr},
      // typing kept raw; what follows is not taken in
      {__LINE__, "15/2010/QÐ-UBND", false, "15/2010/QÐ-UBND", "15", 2010, "QÐ-UBND"},
      {__LINE__, "15/2010/QD-UBND", false, "15/2010/QD-UBND", "15", 2010, "QD-UBND"},
      {__LINE__, "02/NQ-CP1 của", false, "02/NQ-CP", "02", 0, "NQ-CP"},
      {__LINE__, "02/NQ-CP[1]:", false, "02/NQ-CP", "02", 0, "NQ-CP"},
      {__LINE__, "01/NQ-CP - Phần II", false, "01/NQ-CP", "01", 0, "NQ-CP"},
      {__LINE__, "221/VPCP- Văn phòng", true, "221/VPCP", "221", 0, "VPCP"},
      {__LINE__, "1472/UBND ngày", true, "1472/UBND", "1472", 0, "UBND"},

      // no numbers
      {__LINE__, "33/75 văn bản", false, nullptr},
      {__LINE__, "33/75 văn bản", true, nullptr},
      {__LINE__, "664.196/7.468.260 hồ sơ", false, nullptr},
      {__LINE__, "658/1.086 TTHC", false, nullptr},
      {__LINE__, "195/699 TTHC", false, nullptr},
      {__LINE__, "74.072 /167.052 hồ sơ", false, nullptr},
      {__LINE__, "663.686/TTHC", false, nullptr},
      {__LINE__, "15/8/2023", false, nullptr},
      {__LINE__, "15/8/2023", true, nullptr},
      {__LINE__, "31/5/2020 đạt", false, nullptr},
      {__LINE__, "24/7", false, nullptr},
      {__LINE__, "2020/2021", false, nullptr},
      {__LINE__, "2023-2024/THPT", false, nullptr},
      {__LINE__, "1.459.361.385 yêu cầu", false, nullptr},
      {__LINE__, "59.713,7 tỷ", false, nullptr},
      {__LINE__, "150.000 đ/HS", false, nullptr},
      {__LINE__, "024.38437222", false, nullptr},
      {__LINE__, "0912 345 678", true, nullptr},
      {__LINE__, "100/km", false, nullptr},
      {__LINE__, "40 km/h", true, nullptr},
      {__LINE__, "5712:1993", true, nullptr},
      {__LINE__, "10/Hà Nội", true, nullptr},
      {__LINE__, "25/HS", false, nullptr},
      {__LINE__, "2/SL", false, nullptr},
      {__LINE__, "12/A", true, nullptr},
      {__LINE__, "19-Covid", true, nullptr},
      {__LINE__, "2-CN/K", false, nullptr},
      {__LINE__, "5 UBND tỉnh", true, nullptr},
      {__LINE__, "32 Nghị định", true, nullptr},
      {__LINE__, "01", true, nullptr},
      {__LINE__, "2024", true, nullptr},
      {__LINE__, "/h", true, nullptr},
      {__LINE__, "", true, nullptr},
      {__LINE__, "1234567/QĐ-UBND", false, nullptr},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const auto match = number_at_position(row.text, 0, row.after_so);
    ASSERT_EQ(match.has_value(), row.number != nullptr)
        << row.text << (match ? " -> " + match->number.text : "");
    if (!match) continue;
    EXPECT_EQ(match->number.text, row.number);
    EXPECT_EQ(match->number.ordinal, row.ordinal);
    EXPECT_EQ(match->number.year, row.year);
    EXPECT_EQ(match->number.symbol, row.symbol);
  }
}

TEST(DocumentNumbers, WhereInText) {
  struct Place {
    int line;
    const char* text;
    const char* printed;
  };  // printed nullptr: nowhere in the text
  const Place places[] = {
      {__LINE__, "Nghị quyết số 01/NQ-\nCP, Nghị", "01/NQ-\nCP"},
      {__LINE__, "quý I/2024, và/hoặc 24/7", nullptr},
      {__LINE__, "TCVN 5712:1993/QĐ-BKH", nullptr},
      {__LINE__, "QCVN 40/2011/BTNMT", nullptr},
      {__LINE__, "QCVN 01-1:2018/BYT", nullptr},
      {__LINE__, "virus A/H5N1, COVID-19/SARS-CoV-2, HIV/AIDS", nullptr},
      {__LINE__, "tỷ lệ 33/75, 45/81 văn bản ngày 21/3/2024", nullptr},
      {__LINE__, "giá 25.000đ/kg; 30.000 đồng/m2; 50 lượt/ngày", nullptr},
  };
  for (const Place& place : places) {
    SCOPED_TRACE(place.line);
    const std::string text = place.text;
    std::string printed;
    for (std::size_t at = 0; at < text.size() && printed.empty(); ++at) {
      const auto match = number_at_position(text, at, false);
      if (match) printed = std::string(match->where.of(text));
    }
    EXPECT_EQ(printed, place.printed == nullptr ? "" : place.printed);
  }
}

TEST(DocumentNumbers, Parse) {
  EXPECT_EQ(parse_document_number("Số: 156 /TTr-SNV")->text, "156/TTr-SNV");
  EXPECT_EQ(parse_document_number("Luật số: 121/2025/QH15")->text, "121/2025/QH15");
  EXPECT_EQ(parse_document_number("Số:       /VPCP-KSTT")->ordinal, "");
  EXPECT_EQ(parse_document_number(" 221/VPCP-KSTT. ")->text, "221/VPCP-KSTT");
  EXPECT_EQ(parse_document_number("64TC/TCT")->symbol, "TC/TCT");
  EXPECT_FALSE(parse_document_number("64TC"));
  EXPECT_FALSE(parse_document_number("Số: 156 /TTr-SNV ngày 5"));
  EXPECT_FALSE(parse_document_number("12/7/2018"));
  EXPECT_FALSE(parse_document_number(""));
}

TEST(DocumentNumbers, HostileInput) {
  std::string text = "1/" + std::string(200000, 'A');
  EXPECT_FALSE(number_at_position(text, 0, true));
  text = "số " + std::string(200000, ' ');
  EXPECT_FALSE(number_at_position(text, 4, true));
  text = "1/";
  for (int i = 0; i < 50000; ++i) text += "AB-";
  EXPECT_TRUE(number_at_position(text, 0, true).has_value() || true);
  EXPECT_FALSE(number_at_position("1/\xFF\xFE-\xC4", 0, true));
}

}  // namespace
}  // namespace vanban
