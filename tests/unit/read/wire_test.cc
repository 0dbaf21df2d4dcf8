#include "read/wire.h"

#include <gtest/gtest.h>

#include <random>

namespace vanban::read {
namespace {

RawPage sample_page() {
  RawPage page;
  page.number = 3;
  page.width = 595.28;
  page.height = 841.89;
  RawWord word;
  word.text = "Điều";
  word.box = {10.5, 20.25, 40.125, 33};
  word.font = "TimesNewRomanPS-BoldMT";
  word.font_size = 13;
  word.bold = true;
  page.words = {word, word};
  page.words[1].text = "1.";
  page.words[1].read_as = "l.";
  page.words[1].rotation = 90;
  page.words[1].space_after = false;
  page.words[1].line = 4;
  page.words[1].cell = 0;
  page.words[1].confidence = 0.5;
  page.rulings = {{10, 20, 300, 20}};
  page.cells = {{10, 20, 30, 40}};
  page.image_coverage = 0.25;
  page.unmapped_characters = 7;
  page.error = make_error(ErrorCode::kDamaged, "half");
  return page;
}

TEST(Wire, PagesGoThereAndBack) {
  RawPage page = sample_page();
  round_geometry(page);
  RawPage got;
  ASSERT_TRUE(decode_page(encode_page(page), got));
  EXPECT_EQ(got.words, page.words);
  EXPECT_EQ(got.rulings, page.rulings);
  EXPECT_EQ(got.cells, page.cells);
  EXPECT_EQ(got.error, page.error);
  EXPECT_EQ(got.unmapped_characters, 7u);
  EXPECT_EQ(encode_page(got), encode_page(page));
}

TEST(Wire, OtherRecordsGoThereAndBack) {
  FlowBlock block;
  block.kind = FlowBlock::Kind::kTable;
  block.rows = {{{"a", 2, 1, true}, {"b"}}, {{"c"}}};
  block.text = "ViÖt Nam";
  block.runs = {{0, 5, ".VnTime"}, {6, 9, "Arial"}};
  block.rows[0][1].runs = {{0, 1, ".VnTime"}};
  FlowBlock got;
  ASSERT_TRUE(decode_flow(encode_flow(block), got));
  EXPECT_EQ(encode_flow(got), encode_flow(block));
  EXPECT_EQ(got.rows[0][0].colspan, 2);
  EXPECT_EQ(got.runs, block.runs);
  EXPECT_EQ(got.rows[0][1].runs, block.rows[0][1].runs);
  for (const FlowRun& bad :
       {FlowRun{0, 10, "F"}, FlowRun{0, 3, "F"}}) {  // behind the end; inside a code point
    FlowBlock wrong = block;
    wrong.runs = {bad};
    EXPECT_FALSE(decode_flow(encode_flow(wrong), got));
  }
  Job job;
  job.password = std::string("p\0w", 3);
  job.first_page = 7;
  for (const LimitField& field : limit_fields()) {
    std::visit([&](auto member) { job.limits.*member += 7; }, field.member);
  }
  job.remembers = true;
  Job job_got;
  ASSERT_TRUE(decode_job(encode_job(job), job_got));
  EXPECT_EQ(job_got.password, job.password);
  EXPECT_EQ(job_got.first_page, 7);
  EXPECT_EQ(job_got.limits, job.limits);
  EXPECT_TRUE(job_got.remembers);
  Memory memory{std::string(64, 'a'), encode_page(sample_page())}, memory_got;
  ASSERT_TRUE(decode_memory(encode_memory(memory), memory_got));
  EXPECT_EQ(memory_got.page, memory.page);
  ASSERT_TRUE(decode_memory(encode_memory({memory.key, {}}), memory_got));
  EXPECT_TRUE(memory_got.page.empty());
  for (const Memory& bad :
       {Memory{"../../etc/passwd", {}}, Memory{std::string(64, '/'), {}}, Memory{memory.key, "x"}}) {
    EXPECT_FALSE(decode_memory(encode_memory(bad), memory_got)) << bad.key;
  }
}

// Cut short, every record fails; with a byte changed, decoding ends, whatever it says.
TEST(Wire, DamageNeverHurts) {
  const std::string good = encode_page(sample_page());
  for (std::size_t size = 0; size < good.size(); ++size) {
    RawPage page;
    EXPECT_FALSE(decode_page(good.substr(0, size), page)) << size;
  }
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    std::string bad = good;
    for (int n = 0; n < 3; ++n) bad[random() % bad.size()] = static_cast<char>(random());
    RawPage page;
    if (!decode_page(bad, page)) continue;
    for (const RawWord& word : page.words) {
      EXPECT_LE(word.box.x0, word.box.x1);
      EXPECT_LT(word.cell, static_cast<int>(page.cells.size()));
    }
  }
  RawPage page;
  EXPECT_FALSE(decode_page(std::string(1000, '\xFF'), page));
  // A count of words that the payload cannot hold does not make room for them.
  std::string lying;
  Encoder out(lying);
  out.signed_number(1);
  out.thousandths(1);
  out.thousandths(1);
  out.unsigned_number(0);
  out.unsigned_number(0);
  out.unsigned_number(1ull << 60);
  EXPECT_FALSE(decode_page(lying, page));
  EXPECT_TRUE(page.words.empty());
}

}  // namespace
}  // namespace vanban::read
