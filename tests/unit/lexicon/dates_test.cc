#include "vanban/lexicon/dates.h"

#include <gtest/gtest.h>

#include <string>

namespace vanban {
namespace {

struct Row {
  int line;
  const char* text;
  const char* iso;  // "" : none begins there
  const char* printed = nullptr;
};

TEST(Dates, At) {
  const Row rows[] = {
      {__LINE__, "ngày 10 tháng 01 năm 2024 của", "2024-01-10", "ngày 10 tháng 01 năm 2024"},
      {__LINE__, "Ngày 05 tháng\n\n01 năm 2024, Chính phủ", "2024-01-05"},
      {__LINE__, "NGÀY 5 THÁNG 1 NĂM 2024", "2024-01-05"},
      {__LINE__, "ngày 18/9/2020 và", "2020-09-18", "ngày 18/9/2020"},
      {__LINE__, "ngày 12 / 7 / 2018", "2018-07-12"},
      {__LINE__, "18/9/2020", "2020-09-18"},
      {__LINE__, "10-01-2024", "2024-01-10"},
      {__LINE__, "10.01.2024", "2024-01-10"},
      {__LINE__, "ngày 20/4/95 của", "1995-04-20"},
      {__LINE__, "ngày tháng 01 năm 2025", "2025-01"},
      {__LINE__, "ngày    tháng  3  năm 2024", "2024-03"},
      {__LINE__, "ngày … tháng … năm 2024", "2024"},
      {__LINE__, "ngày ....tháng ....năm 2024", "2024"},
      {__LINE__, "tháng 10 năm 2022.", "2022-10", "tháng 10 năm 2022"},
      {__LINE__, "tháng 6/2023", "2023-06"},
      {__LINE__, "10/2022", "2022-10"},
      {__LINE__, "năm 2024 của", "2024", "năm 2024"},
      {__LINE__, "ngày 29/02/2024", "2024-02-29"},
      {__LINE__, "ngày 10/01 năm 2024", "2024-01-10"},
      {__LINE__, "ngày 06 tháng 01/2024", "2024-01-06"},
      // none
      {__LINE__, "31/02/2024", ""},
      {__LINE__, "ngày 31 tháng 02 năm 2024", ""},
      {__LINE__, "29/02/2023", ""},
      {__LINE__, "ngày 0/1/2024", ""},
      {__LINE__, "15/13/2024", ""},
      {__LINE__, "33/75", ""},
      {__LINE__, "24/7", ""},
      {__LINE__, "45/2018/QĐ-TTg", ""},
      {__LINE__, "12/2022/TT-BNV", ""},
      {__LINE__, "2020/2021", ""},
      {__LINE__, "1.459.361", ""},
      {__LINE__, "12.345.6789", ""},
      {__LINE__, "192.168.1.1", ""},
      {__LINE__, "năm học 2024", ""},
      {__LINE__, "năm 20245", ""},
      {__LINE__, "năm 0024", ""},
      {__LINE__, "tháng 13 năm 2024", ""},
      {__LINE__, "tháng này năm 2024", ""},
      {__LINE__, "ngày 5 tháng 4", ""},
      {__LINE__, "ngày làm việc", ""},
      {__LINE__, "ngày nghỉ năm 2024", ""},
      {__LINE__, "10/2022/", ""},
      {__LINE__, "", ""},
      {__LINE__, "ngày", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const auto match = date_at(row.text, 0);
    EXPECT_EQ(match ? to_iso(match->date) : "", row.iso) << row.text;
    if (match && row.printed != nullptr) {
      EXPECT_EQ(match->where.of(row.text), row.printed);
    }
  }
}

TEST(Dates, Find) {
  const std::string text = "Công văn số 7798/VPCP-KSTT ngày 18/9/2020 và 10362/VPCP-KSTT ngày 10/12/2020";
  const auto first = find_date(text, 0, text.size());
  ASSERT_TRUE(first);
  EXPECT_EQ(to_iso(first->date), "2020-09-18");
  const auto second = find_date(text, first->where.end, text.size());
  ASSERT_TRUE(second);
  EXPECT_EQ(to_iso(second->date), "2020-12-10");
  EXPECT_FALSE(find_date(text, 0, 20));
  EXPECT_FALSE(find_date("tỷ lệ 33/75, hệ thống 24/7", 0, 100));
}

TEST(Dates, Calendar) {
  EXPECT_EQ(days_in_month(2024, 2), 29);
  EXPECT_EQ(days_in_month(1900, 2), 28);
  EXPECT_EQ(days_in_month(2000, 2), 29);
  EXPECT_EQ(days_in_month(2000, 13), 0);
  EXPECT_EQ(to_iso(day_before({2022, 9, 30})), "2022-09-29");
  EXPECT_EQ(to_iso(day_before({2024, 3, 1})), "2024-02-29");
  EXPECT_EQ(to_iso(day_before({2023, 1, 1})), "2022-12-31");
  EXPECT_EQ(to_iso(plus_days({2024, 12, 20}, 15)), "2025-01-04");
  EXPECT_EQ(to_iso(plus_days({2024, 1, 31}, 366)), "2025-01-31");
  EXPECT_EQ(to_iso(plus_days({2024, 1, 31}, 2000000000)), "");
  EXPECT_EQ(to_iso(plus_months({2024, 1, 31}, 1)), "2024-02-29");
  EXPECT_EQ(to_iso(plus_months({2024, 11, 30}, 3)), "2025-02-28");
  EXPECT_EQ(to_iso(plus_months({2024, 1, 15}, -1)), "2023-12-15");
}

}  // namespace
}  // namespace vanban
