#include "extract/deadlines.h"

#include <gtest/gtest.h>

namespace vanban {
namespace {

const DeadlineReader& reader() {
  static const DeadlineReader made = *DeadlineReader::create(*Models::load(VANBAN_SOURCE_DIR "/models"));
  return made;
}

std::string shown(const FoundDeadlines& found) {
  std::string out;
  for (const Deadline& one : found.deadlines) {
    if (!out.empty()) out += " | ";
    out += !one.rrule.empty() ? one.rrule
           : one.due.known()  ? to_iso(one.due)
                              : one.unit + " " + std::to_string(one.amount);
  }
  return out;
}

TEST(Deadlines, InRunningText) {
  const struct {
    int line;
    const char* text;
    const char* expected;
  } rows[] = {
      {__LINE__, "hoàn thành trong tháng 10 năm 2022.", "2022-10-31"},
      {__LINE__, "thời gian hoàn thành trước tháng 6 năm 2023.", "2023-05-31"},
      {__LINE__, "gửi về Bộ trước ngày 30/9/2022 để tổng hợp", "2022-09-29"},
      {__LINE__, "trong Quý I năm 2021", "2021-03-31"},
      {__LINE__, "gửi báo cáo trước 16 giờ thứ 6 hằng tuần", "FREQ=WEEKLY;BYDAY=FR"},
      {__LINE__, "gửi báo cáo trước 16 giờ thứ 6, ngày 16/10/2026", "2026-10-16"},
      {__LINE__, "gửi báo cáo trước 16 giờ chiều thứ Sáu ngày 16/10/2026", "2026-10-16"},
      {__LINE__, "kiểm tra 01 lần/năm", "FREQ=YEARLY"},
      {__LINE__, "kiểm tra 11 lần/năm", ""},
      {__LINE__, "kiểm tra 21 lần mỗi quý", ""},
      {__LINE__, "gửi về Sở (qua Phòng TCCB) hạn chót 13/10/2017, theo mẫu", "2017-10-13"},
      {__LINE__, "nộp hồ sơ, hạn cuối ngày 15/3/2024", "2024-03-15"},
      {__LINE__, "Thời gian hoàn thành trong tháng 6 năm 2023.", "2023-06-30"},
      {__LINE__, "Hoàn thành trong tháng 9 năm 2022.", "2022-09-30"},
      {__LINE__, "chậm nhất trước tháng 12 năm 2023 hoàn thành việc xử lý", "2023-11-30"},
      {__LINE__, "hoàn thành trước ngày 01 tháng 7 năm 2026. Từ ngày 01 tháng 7 năm 2026, Ủy ban",
       "2026-06-30"},
      {__LINE__, "hoàn thành trong quý IV năm 2026", "2026-12-31"},
      {__LINE__, "chậm nhất ngày 15/12/2025", "2025-12-15"},
      {__LINE__, "báo cáo Thủ tướng Chính phủ trong năm 2025", "2025-12-31"},
      {__LINE__, "trình Chính phủ vào quý III/2025", "2025-09-30"},
      {__LINE__, "hoàn thành trong 6 tháng đầu năm 2025", "2025-06-30"},
      {__LINE__, "Thời hạn: 30/6/2025", "2025-06-30"},
      {__LINE__, "phê duyệt trước ngày 30 tháng 9 hằng năm", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=29"},
      {__LINE__, "trước ngày 01 tháng 3 hằng năm", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"},
      {__LINE__, "định kỳ hằng năm báo cáo kết quả thực hiện về Bộ Y tế trước ngày 31 tháng 12 để tổng hợp",
       "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30"},
      {__LINE__, "định kỳ hàng quý hoặc đột xuất báo cáo", "FREQ=MONTHLY;INTERVAL=3"},
      {__LINE__, "định kỳ hằng tháng công khai danh sách", "FREQ=MONTHLY"},
      {__LINE__, "định kỳ 6 tháng, hằng năm báo cáo", "FREQ=MONTHLY;INTERVAL=6 | FREQ=YEARLY"},
      {__LINE__, "báo cáo trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=19"},
      {__LINE__, "Hằng năm, tổ chức sơ kết", "FREQ=YEARLY"},
      {__LINE__, "trong vòng 15 ngày kể từ ngày 01 tháng 3 năm 2025", "2025-03-16"},
      {__LINE__, "trong thời hạn 10 ngày làm việc kể từ ngày nhận được hồ sơ", "working_day 10"},
      // no deadline
      {__LINE__, "kế hoạch phát triển kinh tế - xã hội hằng năm và dài hạn", ""},
      {__LINE__, "cân đối ngân sách nhà nước hằng năm.", ""},
      {__LINE__, "phiên họp Chính phủ thường kỳ hàng tháng", ""},
      {__LINE__, "giai đoạn 2021-2025", ""},
      {__LINE__, "trong giai đoạn 2022 - 2025, tầm nhìn đến năm 2030", ""},
      {__LINE__, "đến năm 2030 đạt mục tiêu bao phủ", ""},
      {__LINE__, "tới năm 2026 tỷ lệ bao phủ bảo hiểm y tế đạt trên 95,5% dân số", ""},
      {__LINE__, "từ năm 2027 phù hợp với việc mở rộng", ""},
      {__LINE__, "Từ năm 2026, từng bước thực hiện", ""},
      {__LINE__, "Nghị quyết số 50/NQ-CP ngày 08 tháng 4 năm 2022", ""},
      {__LINE__, "trước ngày Nghị quyết này có hiệu lực thi hành", ""},
      {__LINE__, "so với năm 2020 là 20%", ""},
      {__LINE__, "trong không quá 08 giờ làm việc và không để", ""},
      {__LINE__, "hoàn thành trước ngày 31/02/2025", ""},
      {__LINE__, "hoàn thành trong quý V năm 2025", ""},
      {__LINE__, "Trong quý I/2024, Chính phủ đã tổ chức, nay trong năm 2024 và các năm tiếp theo",
       "2024-03-31"},
      {__LINE__, "đã hoàn thành trong tháng 5 năm 2024", ""},
      {__LINE__, "theo đúng thẩm quyền đã quy định tại Nghị định xong trước ngày 01 tháng 8 năm 2026",
       "2026-07-31"},
      {__LINE__, "trong thời gian qua", ""},
      {__LINE__, "", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const std::string_view text = row.text;
    EXPECT_EQ(shown(reader().in_text(text, {0, text.size()}, {})), row.expected) << text;
  }
}

TEST(Deadlines, WhatWasDueBeforeTheDocumentIsNotAskedFor) {
  const std::string_view text = "hồ sơ nộp trước ngày 01/7/2014";
  EXPECT_EQ(shown(reader().in_text(text, {0, text.size()}, {{2024, 1, 10}, 0})), "");
  EXPECT_EQ(shown(reader().in_text(text, {0, text.size()}, {{2014, 1, 10}, 0})), "2014-06-30");
}

TEST(Deadlines, WithoutAYear) {
  const struct {
    int line;
    const char* text;
    DocumentTime time;
    const char* expected;
    const char* timing;
  } rows[] = {
      {__LINE__, "báo cáo trước ngày 25/12", {{2017, 11, 17}, 0}, "2017-12-24", ""},
      {__LINE__, "báo cáo trước ngày 15/01", {{2017, 11, 17}, 0}, "2018-01-14", ""},
      {__LINE__, "hoàn thành trong quý I", {{2017, 12, 5}, 2018}, "2018-03-31", ""},
      {__LINE__, "gửi chậm nhất ngày 20/4", {{2018, 3, 1}, 2018}, "2018-04-20", ""},
      // none: nobody knows which year
      {__LINE__, "báo cáo trước ngày 15/5", {{2024, 6, 10}, 0}, "", "trước ngày 15/5"},
      {__LINE__, "báo cáo trước ngày 15/5", {}, "", "trước ngày 15/5"},
      {__LINE__, "đã hoàn thành trước ngày 15/5", {{2024, 1, 10}, 0}, "", ""},
      {__LINE__, "trong quá trình triển khai tháng 5", {{2024, 1, 10}, 0}, "", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const std::string_view text = row.text;
    const FoundDeadlines found = reader().in_text(text, {0, text.size()}, row.time);
    EXPECT_EQ(shown(found), row.expected);
    EXPECT_EQ(found.timing, row.timing);
    EXPECT_EQ(found.inferred, *row.expected != 0);
  }
}

TEST(Deadlines, RepeatedBehindWhatIsDone) {
  const struct {
    int line;
    const char* text;
    const char* expected;
  } rows[] = {
      {__LINE__, "tổng hợp, báo cáo Ủy ban nhân dân tỉnh hằng quý.", "FREQ=MONTHLY;INTERVAL=3"},
      {__LINE__, "theo dõi và gửi Sở Nội vụ hàng tháng", "FREQ=MONTHLY"},
      {__LINE__, "Sơ kết hằng năm việc thực hiện", ""},
      {__LINE__, "xây dựng kế hoạch đào tạo hằng năm và trung hạn", ""},
      {__LINE__, "báo cáo kế hoạch công tác hằng năm", ""},
      {__LINE__, "đánh giá thi đua, khen thưởng hằng năm", ""},
      {__LINE__, "cân đối ngân sách hằng năm", ""},
      {__LINE__, "gửi báo cáo trước 17 giờ ngày 15/4/2024", "2024-04-15"},
      {__LINE__, "gửi báo cáo trước 10h30 ngày 20/11/2017", "2017-11-20"},
      {__LINE__, "Ngày 16/11/2017: Họp đoàn kiểm tra", "2017-11-16"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const std::string_view text = row.text;
    EXPECT_EQ(shown(reader().in_text(text, {0, text.size()}, {})), row.expected);
  }
}

TEST(Deadlines, InCells) {
  const struct {
    int line;
    const char* text;
    const char* expected;
    const char* timing;
  } rows[] = {
      {__LINE__, "Quý IV/2026", "2026-12-31", ""},
      {__LINE__, "Quý I/2027", "2027-03-31", ""},
      {__LINE__, "năm 2026", "2026-12-31", ""},
      {__LINE__, "2026", "2026-12-31", ""},
      {__LINE__, "Tháng 6/2026", "2026-06-30", ""},
      {__LINE__, "6/2025", "2025-06-30", ""},
      {__LINE__, "30/6/2025", "2025-06-30", ""},
      {__LINE__, "Trước 30/6/2025", "2025-06-29", ""},
      {__LINE__, "Trước tháng 6/2025", "2025-05-31", ""},
      {__LINE__, "Hoàn thành trước ngày 15/12/2025", "2025-12-14", ""},
      {__LINE__, "Từ quý III/2026 đến quý III/2030", "2030-09-30", ""},
      {__LINE__, "Quý I, II/2026", "2026-06-30", ""},
      {__LINE__, "Hằng năm", "FREQ=YEARLY", ""},
      {__LINE__, "Hằng năm và từng giai đoạn", "FREQ=YEARLY", "Hằng năm và từng giai đoạn"},
      {__LINE__, "Hàng quý", "FREQ=MONTHLY;INTERVAL=3", ""},
      {__LINE__, "Định kỳ hằng tháng", "FREQ=MONTHLY", ""},
      {__LINE__, "Ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25", ""},
      {__LINE__, "Tháng 3/2025\nTháng 9/2025", "2025-03-31 | 2025-09-30", ""},
      {__LINE__, "Trước 16h00 ngày 12/10/2026", "2026-10-12", ""},
      // none
      {__LINE__, "Năm 2026 và các năm tiếp theo", "", "Năm 2026 và các năm tiếp theo"},
      {__LINE__, "2025 và những năm tiếp theo", "", "2025 và những năm tiếp theo"},
      {__LINE__, "Tháng 9", "", "Tháng 9"},
      {__LINE__, "Thường xuyên", "", "Thường xuyên"},
      {__LINE__, "Theo lộ trình", "", "Theo lộ trình"},
      {__LINE__, "2024 - 2026", "", "2024 - 2026"},
      {__LINE__, "2024-2026", "", "2024-2026"},
      {__LINE__, "giai đoạn 2021-2025", "", "giai đoạn 2021-2025"},
      {__LINE__, "Từ Quý III/2026", "", "Từ Quý III/2026"},
      {__LINE__, "Từ năm 2026", "", "Từ năm 2026"},
      {__LINE__, "Từ năm 2026 đến năm 2030", "", "Từ năm 2026 đến năm 2030"},
      {__LINE__, "Sau năm 2030", "", "Sau năm 2030"},
      {__LINE__, "", "", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const std::string_view text = row.text;
    const FoundDeadlines found = reader().in_cell(text, {0, text.size()}, {});
    EXPECT_EQ(shown(found), row.expected) << text;
    EXPECT_EQ(found.timing, row.timing) << text;
  }
}

// How directives, plans and conclusions put it; the document is of 5 September 2025.
TEST(Deadlines, InDirectivesAndPlans) {
  const struct {
    int line;
    const char* text;
    const char* expected;
  } rows[] = {
      {__LINE__, "báo cáo UBND tỉnh trước ngày 15 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=14"},
      {__LINE__, "báo cáo trước ngày 25 của tháng cuối quý", "FREQ=MONTHLY;INTERVAL=3"},
      {__LINE__, "định kỳ trước ngày 20 hằng tháng gửi báo cáo", "FREQ=MONTHLY;BYMONTHDAY=19"},
      {__LINE__, "báo cáo định kỳ trước ngày 20 tháng cuối quý.", "FREQ=MONTHLY;INTERVAL=3"},
      {__LINE__, "gửi báo cáo trước ngày 10 của tháng đầu quý sau.", "FREQ=MONTHLY;INTERVAL=3"},
      {__LINE__, "hoàn thành trong tuần cuối tháng 11/2025", "2025-11-30"},
      {__LINE__, "hoàn thành trong 15 ngày đầu của tháng 3 năm 2026", "2026-03-15"},
      {__LINE__, "hoàn thành trong tuần đầu tiên của kỳ nghỉ", ""},
      {__LINE__, "trong 15 ngày đầu tiên nhận việc", ""},
      {__LINE__, "hoàn thành các nội dung từ 5.1 đến 5.8", ""},
      {__LINE__, "trước ngày bầu cử tháng 5", ""},
      {__LINE__, "chậm nhất sau 05 ngày làm việc kể từ ngày nhận được Chỉ thị này phải ban hành kế hoạch",
       "working_day 5"},
      {__LINE__, "muộn nhất sau khi Luật có hiệu lực", ""},
      {__LINE__, "trước ngày 15/6 và 15/12 hằng năm báo cáo Bộ",
       "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=14 | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14"},
      {__LINE__, "báo cáo trước 16 giờ 00 thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"},
      {__LINE__, "gửi báo cáo trước thứ Năm hàng tuần", "FREQ=WEEKLY;BYDAY=WE"},
      {__LINE__, "báo cáo số ca bệnh hằng ngày trước 15 giờ", "FREQ=DAILY"},
      {__LINE__, "báo cáo trước 15 giờ hằng ngày", "FREQ=DAILY"},
      {__LINE__, "hoàn thành trong tháng 10", "2025-10-31"},
      {__LINE__, "hoàn thành ngay trong tháng 9/2025", "2025-09-30"},
      {__LINE__, "hoàn thành chậm nhất ngày 30 tháng 9", "2025-09-30"},
      {__LINE__, "xong trước ngày 30/9", "2025-09-29"},
      {__LINE__, "trình Chính phủ trong tháng 9 năm 2025", "2025-09-30"},
      {__LINE__, "báo cáo Thủ tướng Chính phủ trong ngày 31 tháng 10 năm 2025", "2025-10-31"},
      {__LINE__, "hoàn thành trong 03 ngày làm việc kể từ khi nhận được văn bản", "working_day 3"},
      {__LINE__, "trong thời hạn 10 ngày, kể từ ngày nhận đủ hồ sơ", "day 10"},
      {__LINE__, "sau 05 ngày làm việc kể từ ngày ký Thông báo này", ""},
      {__LINE__, "trình Thủ tướng Chính phủ trước Quý IV/2025", "2025-09-30"},
      {__LINE__, "hoàn thành trong năm học 2025 - 2026", ""},
      {__LINE__, "phấn đấu đến cuối năm 2025 hoàn thành", "2025-12-31"},
      {__LINE__, "hoàn thành trước 31/12/2025", "2025-12-30"},
      {__LINE__, "đến hết ngày 31/12/2025 hoàn thành giải ngân", "2025-12-31"},
      {__LINE__, "hoàn thành trong 6 tháng cuối năm 2025", "2025-12-31"},
      {__LINE__, "bảo đảm hoàn thành đúng tiến độ vào dịp 19/12/2025", "2025-12-19"},
      {__LINE__, "khánh thành vào ngày 19 tháng 12 năm 2025", "2025-12-19"},
      {__LINE__, "khởi công trước ngày 30 tháng 4 năm 2026", "2026-04-29"},
      {__LINE__, "báo cáo cấp có thẩm quyền trước 30 tháng 9 năm 2025", "2025-09-29"},
      {__LINE__, "Thời gian hoàn thành: Tháng 11/2025.", "2025-11-30"},
      {__LINE__, "Thời gian thực hiện: Quý III, IV/2025", "2025-12-31"},
      {__LINE__, "Thời gian thực hiện: Năm 2025", "2025-12-31"},
      {__LINE__, "Thời gian thực hiện: Từ tháng 9 đến tháng 12/2025", "2025-12-31"},
      {__LINE__, "Thời gian hoàn thành: Trước ngày 15/11/2025", "2025-11-14"},
      {__LINE__, "Thời hạn: Quý I/2026", "2026-03-31"},
      {__LINE__, "Hoàn thành: Tháng 12/2025", "2025-12-31"},
      // none
      {__LINE__, "Thời gian thực hiện: Giai đoạn 2026 - 2030", ""},
      {__LINE__, "Thời gian thực hiện: 2025 - 2030", ""},
      {__LINE__, "Thời gian thực hiện: Năm 2025 - 2030", ""},
      {__LINE__, "Thời gian thực hiện: Thường xuyên", ""},
      {__LINE__, "Thời gian thực hiện: Từ năm 2026", ""},
      {__LINE__, "từ ngày 01 tháng 7 năm 2025 đến nay", ""},
      {__LINE__, "trong 8 tháng đầu năm 2025 đạt 60%", ""},
      {__LINE__, "tại cuộc họp ngày 03 tháng 9 năm 2025", ""},
      {__LINE__, "dự toán ngân sách năm 2026 trình Quốc hội", ""},
      {__LINE__, "theo Công điện số 109/CĐ-TTg ngày 16/7/2025", ""},
      {__LINE__, "có hiệu lực từ ngày 15 tháng 10 năm 2025", ""},
      {__LINE__, "mục tiêu đến năm 2030, tầm nhìn đến năm 2045", ""},
      {__LINE__, "kế hoạch đầu tư công trung hạn 2026 - 2030", ""},
      {__LINE__, "trước đây, trong nhiệm kỳ 2020 - 2025", ""},
      {__LINE__, "kỳ họp thứ 10 tháng 10 năm 2025", ""},
      {__LINE__, "họp báo cáo quý III năm 2025", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const std::string_view text = row.text;
    EXPECT_EQ(shown(reader().in_text(text, {0, text.size()}, {{2025, 9, 5}, 0})), row.expected) << text;
  }
}

TEST(Deadlines, InColumnsOfTaskTables) {
  const struct {
    int line;
    const char* text;
    const char* expected;
  } rows[] = {
      {__LINE__, "T10/2025", "2025-10-31"},
      {__LINE__, "Quý II/2025 - Quý IV/2026", "2026-12-31"},
      {__LINE__, "Quý IV/2025 đến Quý I/2026", "2026-03-31"},
      {__LINE__, "Tháng 9 - 10/2025", "2025-10-31"},
      {__LINE__, "Tháng 9, tháng 10/2025", "2025-10-31"},
      {__LINE__, "30/9/2025 - 15/10/2025", "2025-10-15"},
      {__LINE__, "Trước 30/11", "2025-11-29"},
      {__LINE__, "Trước ngày 30/11 hàng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=29"},
      {__LINE__, "Hàng năm", "FREQ=YEARLY"},
      {__LINE__, "Hằng quý, năm", "FREQ=MONTHLY;INTERVAL=3 | FREQ=YEARLY"},
      {__LINE__, "Năm 2025", "2025-12-31"},
      {__LINE__, "2025", "2025-12-31"},
      {__LINE__, "Cuối năm 2025", "2025-12-31"},
      {__LINE__, "Hoàn thành trước 30/9/2025", "2025-09-29"},
      {__LINE__, "Xong trong quý IV/2025", "2025-12-31"},
      {__LINE__, "Quý 4/2025", "2025-12-31"},
      {__LINE__, "Q3/2025", "2025-09-30"},
      {__LINE__, "QIII/2025", "2025-09-30"},
      {__LINE__, "III/2025", "2025-09-30"},
      {__LINE__, "12/2025", "2025-12-31"},
      {__LINE__, "Tháng 12 năm 2025", "2025-12-31"},
      {__LINE__, "Tháng 12", "2025-12-31"},
      {__LINE__, "Quý IV", "2025-12-31"},
      {__LINE__, "31/12/2025", "2025-12-31"},
      {__LINE__, "31.12.2025", "2025-12-31"},
      {__LINE__, "Đến 31/12/2025", "2025-12-31"},
      {__LINE__, "6 tháng cuối năm 2025", "2025-12-31"},
      {__LINE__, "Trong 30 ngày kể từ ngày Kế hoạch được ban hành", "day 30"},
      {__LINE__, "Thường xuyên", ""},
      {__LINE__, "Thường xuyên, hằng năm", "FREQ=YEARLY"},
      {__LINE__, "2025 - 2030", ""},
      {__LINE__, "Giai đoạn 2026-2030", ""},
      {__LINE__, "Theo tiến độ", ""},
      {__LINE__, "Theo lộ trình của Bộ Tài chính", ""},
      {__LINE__, "Sau khi có hướng dẫn", ""},
      {__LINE__, "Từ Quý III/2026", ""},
      {__LINE__, "Khi có yêu cầu", ""},
      {__LINE__, "Năm 2025 và các năm tiếp theo", ""},
      {__LINE__, "Từ năm 2025 trở đi", ""},
      {__LINE__, "Đang thực hiện", ""},
      {__LINE__, "Liên tục", ""},
      {__LINE__, "", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const std::string_view text = row.text;
    EXPECT_EQ(shown(reader().in_cell(text, {0, text.size()}, {{2025, 9, 5}, 0})), row.expected) << text;
  }
}

}  // namespace
}  // namespace vanban
