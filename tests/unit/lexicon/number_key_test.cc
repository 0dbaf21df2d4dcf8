#include "vanban/lexicon/number_key.h"

#include <gtest/gtest.h>

namespace vanban {
namespace {

TEST(NumberKey, ReadsAnySpelling) {
  const struct {
    int line;
    const char* written;
    const char* key;
    int year;
  } rows[] = {
      {__LINE__, "15/2020/NĐ-CP", "15/nd-cp", 2020},
      {__LINE__, "15/2020/nd-cp", "15/nd-cp", 2020},
      {__LINE__, "so 15/2020/NĐ-CP", "15/nd-cp", 2020},
      {__LINE__, "Số: 015/NĐ - CP", "15/nd-cp", 0},
      {__LINE__, "221/VPCP-KSTT", "221/vpcp-kstt", 0},
      {__LINE__, "156 /TTr-SNV", "156/ttr-snv", 0},
      {__LINE__, "19-NQ/TW", "19/nq-tw", 0},
      {__LINE__, "33/2023/QH15", "33/qh15", 2023},
      {__LINE__, "66.16/2026/NQ-CP", "66.16/nq-cp", 2026},
      {__LINE__, "3176b/QĐ-SYT", "3176b/qd-syt", 0},
      // Nothing that only looks like one.
      {__LINE__, "3/2/2020", "", 0},
      {__LINE__, "45/81", "", 0},
      {__LINE__, "09-2024", "", 0},
      {__LINE__, "2024", "", 0},
      {__LINE__, "/VPCP-KSTT", "", 0},
      {__LINE__, "cải cách", "", 0},
      {__LINE__, "số hóa", "", 0},
      {__LINE__, "", "", 0},
      {__LINE__, "24/7", "", 0},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const NumberLookup found = number_lookup(row.written);
    EXPECT_EQ(found.key, row.key);
    EXPECT_EQ(found.year, row.year);
  }
}

TEST(NumberKey, ValuesAndWordsAgree) {
  EXPECT_EQ(document_number_key({"15/2020/NĐ-CP", "15", 2020, "NĐ-CP"}), "15/nd-cp");
  EXPECT_EQ(document_number_key({"01/NQ-CP", "01", 0, "NQ-CP"}), "1/nq-cp");
  EXPECT_EQ(document_number_key({"19-NQ/TW", "19", 0, "NQ/TW"}), "19/nq-tw");
  EXPECT_EQ(document_number_key({"/VPCP-KSTT", "", 0, "VPCP-KSTT"}), "");
  EXPECT_EQ(document_number_key({}), "");
}

}  // namespace
}  // namespace vanban
