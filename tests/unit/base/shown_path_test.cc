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

}  // namespace
}  // namespace vanban
