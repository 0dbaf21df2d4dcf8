#include <gtest/gtest.h>

#include "vanban/lexicon/identity.h"

namespace vanban {
namespace {

TEST(Slug, MakesAsciiWords) {
  struct Row {
    int line;
    const char* text;
    const char* slug;
  };
  const Row rows[] = {
      {__LINE__, "Văn phòng Chính phủ", "van-phong-chinh-phu"},
      {__LINE__, "19-NQ/TW", "19-nq-tw"},
      {__LINE__, "QĐ-TTg", "qd-ttg"},
      {__LINE__, "QÐ.UB", "qd-ub"},
      {__LINE__, "Luật Ưu đãi, người có công (sửa đổi)", "luat-uu-dai-nguoi-co-cong-sua-doi"},
      {__LINE__, "BGD&ĐT", "bgd-dt"},
      {__LINE__, "  -- ", ""},
      {__LINE__, "\xFF", ""},
      {__LINE__, "", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(slug(row.text), row.slug);
  }
}

}  // namespace
}  // namespace vanban
