// Bodies and places of a head as OCR reads them.

#include "parse/body_names.h"

#include <gtest/gtest.h>

#include <string>

#include "support/golden.h"
#include "unit/parse/dump.h"
#include "vanban/models/models.h"

namespace vanban::parse {
namespace {

struct Case {
  int line;
  std::string read, mended;
};

const Models& models() {
  static const Result<Models> loaded = Models::load(std::string(VANBAN_SOURCE_DIR) + "/models");
  return *loaded;
}

TEST(BodyNames, ABodyThatOcrMisread) {
  const Case cases[] = {
      {__LINE__, "SỞ Y TẺ", "SỞ Y TẾ"},
      {__LINE__, "SỞ Y TÉ", "SỞ Y TẾ"},
      {__LINE__, "UBND TỈNH KIÊN GIANG SỞY TE", "UBND TỈNH KIÊN GIANG SỞ Y TẾ"},
      {__LINE__, "BỌ TÀI CHÍNH", "BỘ TÀI CHÍNH"},
      {__LINE__, "UBNDTỈNH PHÚ THỌ..........", "UBND TỈNH PHÚ THỌ"},
      // As printed, in whatever style, or no body of the registry.
      {__LINE__, "SỞ Y TẾ", ""},
      {__LINE__, "UỶ BAN NHÂN DÂN TỈNH HÀ NAM", ""},
      {__LINE__, "LIÊN ĐOÀN LAO ĐỘNG -", ""},
      {__LINE__, "TRƯỜNG ĐẠI HỌC TÂY ĐÔ", ""},
      {__LINE__, "UBND", ""},
      {__LINE__, "Sở y tẻ", ""},  // not in capitals: no line of a head
      {__LINE__, "", ""},
  };
  const Result<BodyNames> names = BodyNames::create(models());
  ASSERT_TRUE(names);
  const Result<Agencies> agencies = Agencies::create(models());
  ASSERT_TRUE(agencies);
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(names->mended(one.read, *agencies), one.mended);
  }
}

TEST(BodyNames, APlaceThatOcrMisread) {
  const Case cases[] = {
      {__LINE__, "Cân Thơ", "Cần Thơ"},
      {__LINE__, "Thành phồ Hồ Chí Minh", "Thành phố Hồ Chí Minh"},
      {__LINE__, "Thành phố Hô Chí Minh", "Thành phố Hồ Chí Minh"},
      {__LINE__, "Cần Thơ", ""},
      {__LINE__, "TP. Hồ Chí Minh", ""},
      {__LINE__, "Thành phố Hồ Chí Minh", ""},
      {__LINE__, "Ta Nội", ""},   // another letter: which place it is nobody knows
      {__LINE__, "Phú Thứ", ""},  // a town, not the province Phú Thọ
      {__LINE__, "Rạch Giá", ""},
      {__LINE__, "", ""},
  };
  const Result<BodyNames> names = BodyNames::create(models());
  ASSERT_TRUE(names);
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    EXPECT_EQ(names->mended_place(one.read), one.mended);
  }
}

}  // namespace
}  // namespace vanban::parse
