#include "vanban/base/shown_path.h"

#include <gtest/gtest.h>

namespace vanban {
namespace {

TEST(ShownPath, IsOneLineOfUtf8) {
  struct Row {
    int line;
    const char* path;
    const char* shown;
  };
  const Row rows[] = {
      {__LINE__, "/kho/công văn 12.pdf", "/kho/công văn 12.pdf"},
      {__LINE__, "/kho/a\\b\"c'.pdf", "/kho/a\\b\"c'.pdf"},
      {__LINE__, "", ""},
      {__LINE__, "/a\nb\tc", "/a\\x0ab\\x09c"},
      {__LINE__, "/t\xFFn", "/t\\xffn"},
      {__LINE__, "/\xE1\xBB", "/\\xe1\\xbb"},                              // cut in a letter
      {__LINE__, "/\x1B[31m", "/\\x1b[31m"},                               // a terminal's escape
      {__LINE__, "/\u202Efdp.exe", "/\\xe2\\x80\\xaefdp.exe"},             // turns the reading order around
      {__LINE__, "/a\u200Bb\uFEFF", "/a\\xe2\\x80\\x8bb\\xef\\xbb\\xbf"},  // not seen
      {__LINE__, "/a\u2028b", "/a\\xe2\\x80\\xa8b"},                       // a line break
      {__LINE__, "/to\u0301", "/to\u0301"},                                // a letter and its mark: as it is
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(shown_path(row.path), row.shown);
  }
}

TEST(ShownMemberName, LeadsNowhereAndHidesNothing) {
  struct Row {
    int line;
    const char* name;
    const char* shown;
  };
  const Row rows[] = {
      {__LINE__, "báo cáo.xlsx", "báo cáo.xlsx"},
      {__LINE__, "a/b.pdf", "a/b.pdf"},
      {__LINE__, "../../etc/passwd", "etc/passwd"},
      {__LINE__, "/root/x", "root/x"},
      {__LINE__, "C:\\a\\..\\b.doc", "C:/a/b.doc"},
      {__LINE__, "a\nb\x1B[2Jc", "ab[2Jc"},
      {__LINE__, "a\u202Efdp.exe", "afdp.exe"},
      {__LINE__, "\u200B", "unnamed"},
      {__LINE__, "\u200B../x", "x"},
      {__LINE__, "../.", "unnamed"},
      {__LINE__, "", "unnamed"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(shown_member_name(row.name), row.shown);
  }
}

}  // namespace
}  // namespace vanban
