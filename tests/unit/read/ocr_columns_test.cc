// What the columns of a table make of doubtful short cells. No images: readings go in, texts come out.

#include "read/worker/ocr_columns.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vanban::read {
namespace {

using Readings = std::vector<CellReading>;

// One column of cells below one another; `left`: pixels.
std::vector<ShortCell> column(const std::vector<Readings>& rows, int left = 100) {
  std::vector<ShortCell> cells;
  int top = 100;
  for (const Readings& readings : rows) {
    cells.push_back({{left, top, left + 80, top + 60}, readings});
    top += 60;
  }
  return cells;
}

Readings sure(const std::string& text) { return {{text, 0.96}, {text, 0.95}}; }

std::string settled(const std::vector<ShortCell>& cells) {
  std::string all;
  for (const SettledCell& cell : settle_columns(cells, 200)) all += (all.empty() ? "" : " ") + cell.text;
  return all;
}

TEST(OcrColumns, AColumnThatCountsSettlesWhatIsDoubtful) {
  struct Case {
    int line;
    std::vector<Readings> rows;
    std::string want;
  };
  const Readings three = {{"ả.", 0.38}, {"3.", 0.61}, {"Ổ.", 0.39}, {".", 0.77}};
  const Case cases[] = {
      {__LINE__, {sure("STT"), sure("1."), sure("2."), three, sure("4.")}, "STT 1. 2. 3. 4."},
      // The last row has no row below.
      {__LINE__, {sure("5."), sure("6."), {{"1.", 0.54}, {"Lễ", 0.43}, {"⁄,", 0.01}}}, "5. 6. 7."},
      {__LINE__,
       {sure("4."), {{"5.", 0.62}, {"2.", 0.56}, {"2.", 0.58}, {"2.", 0.59}}, sure("6.")},
       "4. 5. 6."},
      // Ordinals end alike.
      {__LINE__, {sure("5."), sure("6."), {{"7", 0.52}, {"7⁄5", 0.4}, {"Lễ", 0.24}}}, "5. 6. 7."},
      {__LINE__, {sure("2.2."), sure("3"), {{"4,", 0.52}, {"4", 0.6}}}, "2.2. 3 4"},
      // The first row has only the one below.
      {__LINE__, {{{"8.", 0.4}, {"B.", 0.6}}, sure("9."), sure("10.")}, "8. 9. 10."},
      {__LINE__,
       {sure("2."), {{"21.", 0.89}, {"Đồn", 0.27}, {"2.1.", 0.96}}, sure("2.2."), sure("3.")},
       "2. 2.1. 2.2. 3."},
      {__LINE__, {sure("2.1."), {{"sàng,", 0}, {"22.", 0.96}, {"2.2.", 0.96}}, sure("3")}, "2.1. 2.2. 3"},
      {__LINE__, {sure("3."), {{"4A.", 0.82}, {"4A.", 0.72}, {"A.", 0.76}}, sure("5.")}, "3. 4. 5."},
      // All readings agree on a letter that does not count here.
      {__LINE__, {sure("3"), sure("4"), sure("H"), sure("1."), sure("2.")}, "3 4 II 1. 2."},
      {__LINE__,
       {sure("4"), {{"H", 0.91}, {"HI", 0.01}}, {{"tổ", 0.32}, {"1.", 0.97}, {"1.", 0.97}}, sure("2.")},
       "4 II 1. 2."},
      {__LINE__, {sure("2."), sure("3."), {{"A.", 0.85}, {"4.", 0.54}, {"A.", 0.77}}}, "2. 3. 4."},
      {__LINE__, {sure("I"), sure("1."), sure("2."), {{"H", 0.9}, {"n", 0.4}}, sure("1.")}, "I 1. 2. II 1."},
      {__LINE__, {{{"STT", 0.64}, {"SIT", 0.88}}, sure("1."), sure("2.")}, "STT 1. 2."},
      {__LINE__, {{{"IT", 0.64}, {"TI", 0.88}}, sure("1"), sure("2")}, "TT 1 2"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(settled(column(one.rows)), one.want);
  }
}

TEST(OcrColumns, WhatReadingsAgreeOnOrNoSequenceDecidesStays) {
  struct Case {
    int line;
    std::vector<Readings> rows;
    std::string want;
  };
  const Case cases[] = {
      // Sure readings may leave rows out.
      {__LINE__, {sure("1."), sure("2."), sure("7."), sure("8.")}, "1. 2. 7. 8."},
      {__LINE__, {sure("2"), sure("21"), sure("22"), sure("23")}, "2 21 22 23"},
      // Letters that count.
      {__LINE__, {sure("A"), sure("B"), sure("C"), sure("1."), sure("2.")}, "A B C 1. 2."},
      {__LINE__, {sure("a)"), sure("b)"), sure("c)")}, "a) b) c)"},
      // Amounts do not count: the surest reading stays.
      {__LINE__, {sure("50"), {{"10", 0.7}, {"70", 0.6}}, sure("80"), sure("35")}, "50 10 80 35"},
      {__LINE__, {sure("2021"), {{"2023", 0.8}, {"2028", 0.7}}, sure("2030")}, "2021 2023 2030"},
      // Nothing that was read resembles what would follow.
      {__LINE__, {sure("1."), sure("2."), {{"x", 0.5}, {"%", 0.4}}, sure("3.")}, "1. 2. x 3."},
      {__LINE__, {sure("STT"), sure("Bộ"), sure("Sở")}, "STT Bộ Sở"},
      {__LINE__, {{{"SIT", 0.8}}, sure("Bộ"), sure("Sở")}, "SIT Bộ Sở"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(settled(column(one.rows)), one.want);
  }
}

TEST(OcrColumns, OnlyTheLeftmostColumnCounts) {
  std::vector<ShortCell> cells = column({sure("1."), sure("2."), sure("3.")});
  const std::vector<ShortCell> right = column({sure("1"), sure("2"), {{"8", 0.6}, {"3", 0.5}}}, 400);
  cells.insert(cells.end(), right.begin(), right.end());
  EXPECT_EQ(settled(cells), "1. 2. 3. 1 2 8");
}

TEST(OcrColumns, TextsThatComeAgainWeighMoreButNeverDigits) {
  EXPECT_EQ(settled(column({sure("%"), {{"_%", 0.6}, {"%", 0.55}}, sure("%"), sure("%")})), "% % % %");
  EXPECT_EQ(settled(column({sure("VPCP"), {{"— VPCP", 0.6}, {"'VPCP", 0.9}}, sure("VPCP")})),
            "VPCP VPCP VPCP");
  EXPECT_EQ(settled(column({sure("VPCP"), {{"- Sở", 0.9}, {"- Sở", 0.9}}, sure("VPCP")})), "VPCP - Sở VPCP");
  EXPECT_EQ(settled(column({sure("x"), sure("80"), {{"60", 0.9}, {"80", 0.85}}, sure("80")}, 100)),
            "x 80 60 80");
}

TEST(OcrColumns, DigitsThatReadingsDisagreeOnAreDoubtful) {
  const auto confidence = [](const Readings& readings) {
    return settle_columns(column({readings}), 200).front().confidence;
  };
  EXPECT_LE(confidence({{"50", 0.9}, {"90", 0.85}}), 0.5);
  EXPECT_LE(confidence({{"80", 0.94}, {"ö0", 0.93}}), 0.5);
  EXPECT_GE(confidence({{"50", 0.96}, {"50", 0.6}}), 0.9);
  EXPECT_GE(confidence({{"50", 0.96}, {"Sơ", 0.1}}), 0.9);
}

TEST(OcrColumns, WhatWasReadIsKeptBesideWhatItBecame) {
  const std::vector<SettledCell> cells =
      settle_columns(column({sure("6."), {{"1.", 0.54}, {"Lễ", 0.43}}, sure("8.")}), 200);
  EXPECT_EQ(cells[1].text, "7.");
  EXPECT_EQ(cells[1].read_as, "1.");
  EXPECT_LT(cells[1].confidence, 0.9);
  EXPECT_EQ(cells[0].read_as, "");
  EXPECT_TRUE(settle_columns({}, 200).empty());
}

TEST(OcrColumns, ACellThatIsNoFigureInAColumnOfFiguresIsReadAgain) {
  std::vector<ShortCell> cells = column({sure("1"), sure("2"), sure("3"), sure("4")}, 0);
  const auto add = [&](const std::vector<Readings>& rows, int left) {
    for (ShortCell& cell : column(rows, left)) cells.push_back(std::move(cell));
  };
  add({sure("100"), sure("ö0"), sure("95"), sure("80")}, 200);      // 4 to 7
  add({sure("VPCP"), sure("VPCP"), sure("BTC"), sure("80")}, 400);  // no figures
  const std::vector<SettledCell> settled = settle_columns(cells, 200);
  const std::vector<MisreadFigure> misread = misread_figures(cells, settled, 200);
  ASSERT_EQ(misread.size(), 1u);
  EXPECT_EQ(misread[0].cell, 5u);
  EXPECT_EQ(misread[0].above, (std::vector<std::size_t>{4}));
  EXPECT_EQ(misread[0].below, (std::vector<std::size_t>{6, 7}));
}

TEST(OcrColumns, AFigureIsTakenWhereReadingsAgreeAndResembleIt) {
  struct Case {
    int line;
    std::string read;
    std::vector<std::string> figures;
    std::string want;  // empty: stays
  };
  const Case cases[] = {
      {__LINE__, "Sổ", {"58", "s8", "58", ""}, "58"}, {__LINE__, "ö0", {"80", "80", "80", "80"}, "80"},
      {__LINE__, "ö0", {"80", "60", "90", ""}, ""},    // no two agree
      {__LINE__, "Có", {"61", "61", "61", "61"}, ""},  // nothing like it
      {__LINE__, "x", {"100", "100", "", ""}, ""},    {__LINE__, "Sổ", {"Sổ", "Sổ", "Sổ", "Sổ"}, ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    SettledCell cell{one.read, 0.95, ""};
    EXPECT_EQ(settle_figure(one.figures, cell), !one.want.empty());
    EXPECT_EQ(cell.text, one.want.empty() ? one.read : one.want);
    EXPECT_EQ(cell.confidence, one.want.empty() ? 0.95 : 0.5);
    EXPECT_EQ(cell.read_as, one.want.empty() ? "" : one.read);
  }
}

}  // namespace
}  // namespace vanban::read
