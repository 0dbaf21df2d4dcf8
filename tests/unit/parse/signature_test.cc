// Signatures as OCR reads them: what is put right, and what is left alone.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "parse/person_names.h"
#include "parse/signing_titles.h"
#include "support/golden.h"
#include "unit/parse/dump.h"
#include "vanban/models/models.h"

namespace vanban::parse {
namespace {

const Models& models() {
  static const Result<Models> loaded = Models::load(std::string(VANBAN_SOURCE_DIR) + "/models");
  return *loaded;
}

TEST(FamilyNames, ANameThatOcrMisread) {
  struct Case {
    int line;
    std::string read, name;
  };
  const Case cases[] = {
      {__LINE__, "Trần Văn Sơn", "Trần Văn Sơn"},
      {__LINE__, "'xrần Văn Sơn", "Trần Văn Sơn"},  // the ring crossed the T
      {__LINE__, "'„rần Văn Sơn", "Trần Văn Sơn"},
      {__LINE__, "Trân Văn Sơn", "Trần Văn Sơn"},
      {__LINE__, "-= “Nguyễn Sỹ Hiệp", "Nguyễn Sỹ Hiệp"},
      {__LINE__, "LêHoàngAnh", "Lê Hoàng Anh"},
      {__LINE__, "[ Phạm Thị Thanh Trà .", "Phạm Thị Thanh Trà"},
      {__LINE__, "Nguyên Hồng Sâm", "Nguyễn Hồng Sâm"},
      {__LINE__, "Rah Lan Chung", "Rah Lan Chung"},
      {__LINE__, "vkz Đỗ Ngọc Huỳnh", "Đỗ Ngọc Huỳnh"},  // a scrap of the pen before it
      {__LINE__, "Nguyễn TrúcGlang", "Nguyễn Trúc Giang"},
      // No name, or more than one would fit.
      {__LINE__, "Hổ Văn Mười", ""},     // "Hồ", but the table also has "Hờ"
      {__LINE__, "T»» an Hồng Hà", ""},  // the family name is gone
      {__LINE__, "-.an Hồng Hà", ""},    // it is no "An": its first letters are lost
      {__LINE__, ".ần Hồng Hà", ""},
      {__LINE__, "Nguyễn Trúc Gllng", ""},  // no i makes it a syllable
      {__LINE__, "Thành phố Hà Nội", ""},   // "Hà" is a family name, "phố" no scrap
      {__LINE__, "Website SYT", ""},
      {__LINE__, "Lưu: VT, KGVX (2)", ""},
      {__LINE__, "Xuân Văn Sơn", ""},  // no family name, and none within one letter
      {__LINE__, "Trần", ""},
      {__LINE__, "Trần văn sơn", ""},
      {__LINE__, "TRẦN VĂN SƠN", ""},
      {__LINE__, "", ""},
  };
  const Result<FamilyNames> names = FamilyNames::create(models());
  ASSERT_TRUE(names);
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(names->mended(one.read).value_or(""), one.name);
  }
}

TEST(FamilyNames, ANameThatNeedsNoTitle) {
  const Result<FamilyNames> names = FamilyNames::create(models());
  ASSERT_TRUE(names);
  EXPECT_TRUE(names->is_whole("Nguyễn TrúcGlang"));
  EXPECT_TRUE(names->is_whole("-= Nguyễn Sỹ Hiệp"));
  EXPECT_FALSE(names->is_whole("Trân Văn Sơn"));  // the family name is a guess
  EXPECT_FALSE(names->is_whole("Lê Lợi"));        // two words may be a street
  EXPECT_FALSE(names->is_whole("Lưu: VT, Nguyễn Trúc"));
}

TEST(SigningTitles, TitlesBetweenScraps) {
  struct Case {
    int line;
    std::string read;
    std::vector<std::string> titles;
  };
  const Case cases[] = {
      {__LINE__, "-#T,PHó GIÁM ĐỐC GIÁM ĐỐC,", {"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}},
      {__LINE__, "LÝT GIÁM ĐỐC", {"KT. GIÁM ĐỐC"}},
      {__LINE__, "Z4 = TRƯỞNG BẠN", {"TRƯỞNG BAN"}},
      {__LINE__, "PHÓ GIÁM ĐỐC GIÁM ĐỐC", {"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}},
      // As printed, or what stood before the title is not known.
      {__LINE__, "GIÁM ĐỐC", {}},
      {__LINE__, "#HÔ GIÁM ĐỐC", {}},
      {__LINE__, "SỞ Y TẾ GIÁM ĐỐC", {}},
      {__LINE__, "GIÁM ĐỐC CHỦ TỊCH", {}},  // of two bodies
      {__LINE__, "Giám đốc, các Phó Giám đốc Sở;", {}},
      {__LINE__, "", {}},
  };
  const Result<SigningTitles> titles = SigningTitles::create(models());
  ASSERT_TRUE(titles);
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(titles->buried(one.read), one.titles);
  }
}

TEST(SigningTitles, ATitleThatOcrMisread) {
  struct Case {
    int line;
    std::string read;
    bool deputy;
    std::string title;
  };
  const Case cases[] = {
      {__LINE__, "KT B^ TRƯỚNG, CHỦ NHIỆM", false, "KT. BỘ TRƯỞNG, CHỦ NHIỆM"},
      {__LINE__, "BOƯỚÑI: CHỦ NHIỆM", false, "BỘ TRƯỞNG, CHỦ NHIỆM"},
      {__LINE__, "PHÓ,ƒHỦ TƯỚNG", true, "PHÓ THỦ TƯỚNG"},
      {__LINE__, ".... HÓ CHỦ NHIỆM", true, "PHÓ CHỦ NHIỆM"},  // behind KT. stands a deputy
      {__LINE__, "GIÓ CHỦ NHIỆM", true, "PHÓ CHỦ NHIỆM"},
      {__LINE__, "GIÓ CHỦ NHIỆM", false, ""},
      {__LINE__, "PHÓ CHỦ NHIỆM", true, ""},
      {__LINE__, "THƯỜNG TRỰC CHỦ NHIỆM", true, ""},
      {__LINE__, "GIÁM ĐÓC", false, "GIÁM ĐỐC"},
      {__LINE__, "KT. GIÁM ĐÓC", false, "KT. GIÁM ĐỐC"},
      // As it is printed, or a title that the table lacks.
      {__LINE__, "GIÁM ĐỐC", false, ""},
      {__LINE__, "KT. BỘ TRƯỞNG", false, ""},
      {__LINE__, "SỞ TRƯỞNG", false, ""},
      {__LINE__, "KT. TỔNG BIÊN TẬP", false, ""},
      {__LINE__, "HÓ CHỦ NHIỆM", false, ""},
      {__LINE__, "TM. ỦY BAN NHÂN DÂN", false, ""},
      {__LINE__, "VĂN PHÒNG CHÍNH PHỦ", false, ""},
      {__LINE__, "Nơi nhận:", false, ""},
      {__LINE__, "", false, ""},
  };
  const Result<SigningTitles> titles = SigningTitles::create(models());
  ASSERT_TRUE(titles);
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(titles->mended(one.read, one.deputy), one.title);
  }
}

// The right column beside the recipients is the signature's, whatever the pen left before the name.
TEST(Signature, TheNameInTheRightColumnIsNoRecipient) {
  LaidOutText text = testing::laid_out_from(
      "SỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/BC-SYT\nKiên Giang, ngày 17 tháng 11 năm 2017\n"
      "<c> BÁO CÁO\n<c> Tình hình hoạt động\nNăm 2017, ngành y tế đã triển khai./.\n"
      "<1> Nơi nhận:\n<1> - Sở KHĐT;\n<2> GIÁM ĐỐC\n<1> - Lưu: VT; KHTC.\n<2> - "
      "LêHoàngAnh\n");
  text.origin = TextOrigin::kOcr;
  const Document document = testing::kit().parser->parse(text);
  EXPECT_EQ(document.header.signer.name, "Lê Hoàng Anh");
  EXPECT_EQ(document.header.signer.title, "Giám đốc");
  EXPECT_EQ(document.header.recipients.size(), 3u);
  EXPECT_EQ(document.header.inferred, std::vector<std::string>{"signer"});
}

// Titles below a seal, as OCR reads them: the deputy signs, and what no title is stays out.
TEST(Signature, TitlesAndNamesBelowASeal) {
  struct Case {
    int line;
    std::string right;  // the right column below the recipients
    std::string authority, title, name;
  };
  const Case cases[] = {
      {__LINE__, "<2> PHó GIÁM ĐỐC\n<2> GIÁM ĐỐC,\n<2> Nguyễn Trúc Giang\n", "KT", "Phó Giám đốc",
       "Nguyễn Trúc Giang"},
      {__LINE__, "<2> KT. GIÁM ĐỐC\n<2> PHÓ GIÁM ĐỐC\n<2> ZNKÀ\n<2> Hà Văn Phúc\n", "KT", "Phó Giám đốc",
       "Hà Văn Phúc"},
      {__LINE__, "<2> TM. ỦY BAN NHÂN DÂN\n<2> TỈNH PHÚ THỌ\n<2> CHỦ TỊCH\n<2> Bùi Văn Quang\n", "TM",
       "Chủ tịch", "Bùi Văn Quang"},
      {__LINE__, "<2> BỘ TRƯỞNG CHỦ NHIỆM\n<2> '„rần Văn Sơn\n", "", "Bộ trưởng chủ nhiệm", "Trần Văn Sơn"},
      {__LINE__, "<2> VU GIÁM ĐỌC\n<2> PHØ GIÁM\n<2> Nguyễn Văn Hải\n", "", "", "Nguyễn Văn Hải"},
      // "Hà" below a pen's stroke: no name begins so.
      {__LINE__, "<2> KT. GIÁM ĐỐC\n<2> PHÓ GIÁM ĐỐC\n<2> Tía Văn Phúc\n", "KT", "Phó Giám đốc", ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    LaidOutText text = testing::laid_out_from(
        "SỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/BC-SYT\nKiên Giang, ngày 17 tháng 11 năm "
        "2017\n<c> BÁO CÁO\n<c> Tình hình hoạt động\nNăm 2017, ngành y tế đã triển khai./.\n"
        "<1> Nơi nhận:\n<1> - Sở KHĐT;\n<1> - Lưu: VT; KHTC.\n" +
        one.right);
    text.origin = TextOrigin::kOcr;
    const Document document = testing::kit().parser->parse(text);
    EXPECT_EQ(document.header.signer.authority, one.authority);
    EXPECT_EQ(document.header.signer.title, one.title);
    EXPECT_EQ(document.header.signer.name, one.name);
    EXPECT_EQ(document.header.recipients.size(), 3u);
    const bool said = std::any_of(document.warnings.begin(), document.warnings.end(),
                                  [](const Diagnostic& warning) { return warning.code == "signer-unread"; });
    EXPECT_EQ(said, one.name.empty());
  }
}

// "HIỆU TRƯỞNG" above the recipients, whose name nobody could read; two who sign side by side.
TEST(Signature, TitlesWithoutAName) {
  struct Case {
    int line;
    std::string foot, title;
  };
  const Case cases[] = {
      {__LINE__, "<2> HIỆU TRƯỞNG\n<1> Nơi nhận:\n<1> - Như trên.\n<1> - Lưu: VT, TC-HC.\n<2> 8—\n",
       "Hiệu trưởng"},
      {__LINE__, "CHỦ TỊCH GIÁM ĐỐC\nLê Hoàng Anh\nHà Văn Phúc\nNơi nhận:\n- Lưu: VT.\n", ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    LaidOutText text = testing::laid_out_from(
        "TRƯỜNG ĐẠI HỌC TÂY ĐÔ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/ĐHTĐ\nCần Thơ, ngày 17 tháng 11 "
        "năm "
        "2017\nKính gửi: Cục Quản lý chất lượng.\nTrường thống nhất với nội dung của dự thảo./.\n" +
        one.foot);
    text.origin = TextOrigin::kOcr;
    const Document document = testing::kit().parser->parse(text);
    EXPECT_EQ(document.header.signer.title, one.title);
    EXPECT_EQ(document.header.signer.name, "");
  }
}

// A head that a staple, specks and an arrival stamp stand on.
TEST(Head, ScrapsBeforeTheBodyAndTheTitle) {
  LaidOutText text = testing::laid_out_from(
      ".z UBND TỈNH KIÊN GIANG\nSỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/QĐ-SYT\nKiên Giang, ngày "
      "17 "
      "tháng 11 năm 2017\n<c> QUYẾT ĐỊNH\n<c> xay äạa ï về chất lượng bệnh viện năm 2017\n"
      "Căn cứ Luật Khám bệnh, chữa bệnh;\nĐiều 1. Ban hành kèm theo Quyết định này quy định.\n");
  text.origin = TextOrigin::kOcr;
  const Document document = testing::kit().parser->parse(text);
  EXPECT_EQ(document.header.issuer.name, "Sở Y tế tỉnh Kiên Giang");
  EXPECT_EQ(document.header.subject, "Về chất lượng bệnh viện năm 2017");
  EXPECT_EQ(document.header.inferred, std::vector<std::string>{"subject"});
}

}  // namespace
}  // namespace vanban::parse
