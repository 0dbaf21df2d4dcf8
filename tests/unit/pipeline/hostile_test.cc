// Texts made to cost much: each repeats what one stage looks for, so often that more than linear time would
// not end within the test's time limit. What comes out must be sound all the same.

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "support/shipped.h"
#include "vanban/base/utf8.h"
#include "vanban/doc/json.h"
#include "vanban/pipeline/pipeline.h"

namespace vanban {
namespace {

using testing::shipped;

// `unit` until `bytes` are full; each '#' in it becomes the next number.
std::string repeated(std::string_view unit, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + unit.size() + 8);
  for (int number = 1; out.size() < bytes;) {
    for (const char c : unit) {
      if (c == '#')
        out += std::to_string(number++);
      else
        out += c;
    }
  }
  return out;
}

Document processed(std::string text) {
  RawDocument raw;
  raw.media_type = "text/plain";
  raw.plain_text = std::move(text);
  auto documents = shipped<Pipeline>().process(raw, "hostile.txt", {});
  if (!documents || documents->empty()) return {};
  return std::move(documents->front());
}

void expect_sound(const Document& d) {
  const TextRange all{0, d.text.size()};
  const auto possible = [](const PartialDate& date) { return !date.known() || is_valid(date); };
  const auto countable = [](const std::optional<double>& value) {
    return !value || (std::isfinite(*value) && *value < 1e19);
  };
  EXPECT_TRUE(is_valid_utf8(d.text));
  EXPECT_TRUE(possible(d.header.date));
  for (const Section& x : d.sections) ASSERT_TRUE(all.contains(x.where));
  for (const Task& x : d.tasks) {
    ASSERT_TRUE(all.contains(x.from.where));
    for (const Deadline& one : x.deadlines) ASSERT_TRUE(possible(one.due));
  }
  for (const Indicator& x : d.indicators) {
    ASSERT_TRUE(all.contains(x.from.where));
    ASSERT_TRUE(countable(x.value) && countable(x.upper)) << x.value_text;
  }
  for (const Measurement& x : d.measurements) {
    ASSERT_TRUE(all.contains(x.from.where));
    ASSERT_TRUE(countable(x.value) && countable(x.numerator) && countable(x.denominator) && possible(x.as_of))
        << x.value_text;
  }
  for (const Reference& x : d.references) {
    ASSERT_TRUE(all.contains(x.from.where));
    ASSERT_TRUE(possible(x.date)) << x.text;
  }
  EXPECT_FALSE(to_json(d, {}).empty());
}

TEST(Hostile, OneThingOverAndOver) {
  struct Row {
    int line;
    const char* before;
    const char* unit;
  };
  const Row rows[] = {
      {__LINE__, "", "a\xCC\x81\xCC\xA3\xCC\x82"},
      {__LINE__, "", "\xFF\xE1\xBB"},
      {__LINE__, "", "ệ"},
      {__LINE__, "", "1234567890"},
      {__LINE__, "", "\n"},
      {__LINE__, "", "a\f"},
      {__LINE__, "", "a\tb\t"},
      {__LINE__, "", "("},
      {__LINE__, "", "(a "},
      {__LINE__, "", "“"},
      {__LINE__, "", "."},
      {__LINE__, "", "-\n"},
      {__LINE__, "", "#\n"},
      {__LINE__, "", "I. A b\n1. C d\na) Đ e\n- F g\n+ H i\n(i) K l\n"},
      {__LINE__, "", "1.1.1.1.1. Nội dung\n"},
      {__LINE__, "", "Điều #. Phạm vi\n"},
      {__LINE__, "", "PHỤ LỤC I\nDANH MỤC\n(Kèm theo Quyết định số 1/QĐ-TTg)\nA\n"},
      {__LINE__, "", "KT. BỘ TRƯỞNG\n"},
      {__LINE__, "", "Nơi nhận:\n"},
      {__LINE__, "", "V/v x\n"},
      {__LINE__, "Số: 1/X\nV/v ", "a b "},
      {__LINE__, "Kính gửi:\n", "- Bộ Tài chính;\n"},
      {__LINE__, "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"},
      {__LINE__, "", "STT\n"},
      {__LINE__, "", "TT Nội dung Đơn vị Chủ trì\n"},
      {__LINE__, "STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n", "#\tLàm việc\tBộ Tài chính\tQuý I/2024\n"},
      {__LINE__, "STT\tChỉ tiêu\tĐơn vị\tNăm 2024\tNăm 2025\n", "#\tTỷ lệ x\t%\t5\t≥ 6\n"},
      {__LINE__, "STT Chỉ tiêu Đơn vị Năm 2024 Cơ quan chủ trì\n",
       "# Tỷ lệ dự thảo văn bản % 100 Bộ, ngành\n"},
      {__LINE__, "", "văn bản[#]\n"},
      {__LINE__, "", "Nghị quyết số #/NQ-CP ngày 01 tháng 01 năm 2024, "},
      {__LINE__, "", "#/NQ-CP, "},
      {__LINE__, "", "số ……/2026/QĐ-UBND "},
      {__LINE__, "", "Luật Đất đai, Luật Đầu tư, "},
      {__LINE__, "", "Luật Việc# ngày 1/1/2020; "},
      {__LINE__, "", "điểm a khoản 1 Điều 2 và "},
      {__LINE__, "", "khoản 1, 2, 3 Điều 4, "},
      {__LINE__, "", "Nghị quyết này "},
      {__LINE__, "", "được sửa đổi #/2020/NĐ-CP "},
      {__LINE__, "", "sửa đổi "},
      {__LINE__, "", "thủ tục hành chính (TTHC#) "},
      {__LINE__, "CHỈ THỊ\nI. NHIỆM VỤ\n1. ", "Bộ Tài chính, Bộ Công an, "},
      {__LINE__, "CHỈ THỊ\nI. NHIỆM VỤ\n", "#. Bộ Tài chính chủ trì trước ngày 30 tháng 6 năm 2024.\n"},
      {__LINE__, "I. NHIỆM VỤ\n1. Bộ Tài chính ", "trong vòng 5 ngày kể từ ngày "},
      {__LINE__, "1. Bộ Tài chính ", "phối hợp "},
      {__LINE__, "", "các bộ, ngành, "},
      {__LINE__, "", "huyện A, tỉnh "},
      {__LINE__, "BÁO CÁO\nKết quả: ", "45/81 văn bản, "},
      {__LINE__, "BÁO CÁO\n", "Hà Nội: 61; "},
      {__LINE__, "Mục tiêu: ", "tỷ lệ hồ sơ đạt 50%, "},
      {__LINE__, "Mục tiêu: ", "đến năm 2025 đạt 10% "},
      {__LINE__, "", "17 chỉ tiêu "},
      {__LINE__, "", ". trân trọng cảm ơn "},
      {__LINE__, "", "T«i lµ ng­êi ViÖt Nam "},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    expect_sound(processed(row.before + repeated(row.unit, 60'000)));
  }
}

TEST(Hostile, AMillionCombiningMarks) {
  const Document document = processed("a" + repeated("\xCC\x81", 2'000'000) + " b");
  EXPECT_LT(document.text.size(), 200u);
  expect_sound(document);
}

TEST(Hostile, AHundredThousandHeadings) {
  const Document document = processed(repeated("I. NHIỆM VỤ\n", 1'500'000));
  EXPECT_GT(document.sections.size(), 90'000u);
  expect_sound(document);
}

TEST(Hostile, OneLongLine) {
  const Document document =
      processed(repeated("Bộ Tài chính chủ trì, phối hợp với Bộ Công an báo cáo Chính phủ ", 5'000'000));
  EXPECT_GT(document.text.size(), 4'900'000u);
  expect_sound(document);
}

// Nothing is read out of what no calendar and no double holds.
TEST(Hostile, NumbersOfFourHundredDigitsAndImpossibleDates) {
  const std::string nines(400, '9');
  const Document document =
      processed("BÁO CÁO\nKết quả thực hiện năm 2024\nI. KẾT QUẢ\n1. Thu ngân sách đạt " + nines +
                " tỷ đồng. Tỷ lệ hồ sơ đạt " + nines + "% (123/" + nines + "). Nghị quyết số " + nines +
                "/NQ-CP ngày 31/02/2024, số 5/" + nines +
                "/QĐ-TTg. Trước ngày 31 tháng 02 năm 2024, ngày 00/13/2024, tháng 13 năm 99999, quý IX/2024; "
                "Tỷ lệ đạt 99999999999999999999%.\n");
  expect_sound(document);
  EXPECT_TRUE(document.measurements.empty());
  EXPECT_TRUE(document.indicators.empty());
  for (const Reference& reference : document.references)
    EXPECT_FALSE(reference.date.known()) << reference.text;
}

}  // namespace
}  // namespace vanban
