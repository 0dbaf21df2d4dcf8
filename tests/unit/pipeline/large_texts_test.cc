// Of a text in which more stands than memory is to hold, the beginning is read, and that is said.

#include "pipeline/large_texts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/shipped.h"
#include "vanban/pipeline/pipeline.h"

namespace vanban {
namespace {

std::string lines(const std::string& unit, std::size_t bytes) {
  std::string out;
  for (int number = 1; out.size() < bytes; ++number) {
    for (const char c : unit) {
      if (c == '#')
        out += std::to_string(number);
      else
        out += c;
    }
  }
  return out;
}

RawDocument plain(std::string text) {
  RawDocument raw;
  raw.media_type = "text/plain";
  raw.plain_text = std::move(text);
  return raw;
}

FlowBlock paragraph(const std::string& text) {
  FlowBlock block;
  block.text = text;
  return block;
}

FlowBlock table(int rows) {
  FlowBlock block;
  for (int i = 0; i < rows; ++i) {
    FlowCell cell;
    cell.text = "ô " + std::to_string(1000 + i);
    block.rows.push_back({cell, cell});
  }
  return block;
}

TEST(LargeTexts, ASampleIsOfTheWholeText) {
  const RawDocument sample = sample_of(plain(lines("dòng #\n", 1'000'000)), 30'000);
  EXPECT_GT(sample.plain_text.size(), 25'000u);
  EXPECT_LT(sample.plain_text.size(), 40'000u);
  EXPECT_EQ(sample.plain_text.find("dòng 1\n"), 0u);
  RawDocument flow;
  for (int i = 0; i < 1000; ++i) flow.flow.push_back(paragraph("đoạn " + std::to_string(i)));
  flow.flow.push_back(table(100'000));
  const RawDocument part = sample_of(flow, 3'000);
  EXPECT_GT(part.flow.size(), 10u);
  EXPECT_LT(text_size(part), 6'000u);
  EXPECT_FALSE(part.flow.back().rows.empty());
}

TEST(LargeTexts, TheBeginningIsCutBetweenLinesRowsAndPages) {
  RawDocument text = plain("một\nhai\nba\nbốn\n");
  keep_beginning(text, 5);
  EXPECT_EQ(text.plain_text, "một");
  RawDocument letters = plain("ệệệệệệệệệệ");  // no line ends, and no letter is cut
  keep_beginning(letters, 4);
  EXPECT_EQ(letters.plain_text, "ệệ");
  RawDocument flow;
  flow.flow = {paragraph("một"), table(100), paragraph("ba")};
  keep_beginning(flow, 100);
  ASSERT_EQ(flow.flow.size(), 2u);
  EXPECT_LT(flow.flow[1].rows.size(), 10u);
  EXPECT_GT(flow.flow[1].rows.size(), 3u);
  RawDocument pages;
  for (int i = 0; i < 10; ++i) {
    pages.pages.emplace_back();
    pages.pages.back().words.resize(10);
    for (RawWord& word : pages.pages.back().words) word.text = "chữ";
  }
  keep_beginning(pages, 120);
  EXPECT_FALSE(pages.pages[1].words.empty());
  EXPECT_TRUE(pages.pages[2].words.empty());
}

// The memory of the loading process is bounded by what a text holds, not by its bytes alone.
TEST(LargeTexts, NothingButCitationsIsReadInPart) {
  struct Row {
    int line;
    std::string text;
    bool cut;
  };
  const Row rows[] = {
      {__LINE__, lines("Các cơ quan đã họp và trao đổi nhiều lần về nội dung này.\n", 1'500'000), false},
      {__LINE__, lines("Nghị quyết số #/NQ-CP ngày 01 tháng 01 năm 2024.\n", 1'500'000), true},
      {__LINE__, lines("#/2020/NĐ-CP, ", 1'500'000), true},
  };
  Limits limits;
  limits.text_bytes = 1'600'000;
  ReadOptions options;
  options.worker_program = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
  options.limits = limits;
  Reader reader(options);
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const FileOutcome outcome =
        testing::shipped<Pipeline>().process_bytes(reader, row.text, "large.txt", limits);
    ASSERT_EQ(outcome.documents.size(), 1u) << outcome.message;
    EXPECT_EQ(outcome.status, row.cut ? FileStatus::kPartial : FileStatus::kIngested);
    EXPECT_EQ(outcome.reason, row.cut ? "text-limit" : "");
    EXPECT_LT(memory_for(outcome.documents.front()), 80'000'000u);
  }
}

}  // namespace
}  // namespace vanban
