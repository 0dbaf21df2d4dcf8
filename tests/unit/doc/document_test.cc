#include "vanban/doc/document.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "vanban/doc/json.h"

namespace vanban {
namespace {

TEST(PartialDate, WritesAndReadsIso) {
  struct Row {
    int line;
    std::string iso;
    PartialDate date;
  };
  const Row rows[] = {
      {__LINE__, "2024-01-10", {2024, 1, 10}},
      {__LINE__, "2025-01", {2025, 1, 0}},
      {__LINE__, "2024", {2024, 0, 0}},
      {__LINE__, "2024-02-29", {2024, 2, 29}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(to_iso(row.date), row.iso);
    EXPECT_EQ(partial_date_from_iso(row.iso), row.date);
  }
  for (const char* bad : {"", "24", "2024-13", "2023-02-29", "2024-00", "2024-01-00", "2024-1-1",
                          "2024-01-10x", "1875", "0000-01-01", "2024/01/10"}) {
    SCOPED_TRACE(bad);
    EXPECT_FALSE(partial_date_from_iso(bad));
  }
  EXPECT_EQ(to_iso({}), "");
}

TEST(Names, EveryNameReadsBack) {
  for (int i = 0; i <= static_cast<int>(DocumentType::kOther); ++i) {
    const auto type = static_cast<DocumentType>(i);
    EXPECT_EQ(document_type_from_name(document_type_name(type)), type);
  }
  for (int i = 0; i <= static_cast<int>(Relation::kCites); ++i) {
    const auto relation = static_cast<Relation>(i);
    EXPECT_EQ(relation_from_name(relation_name(relation)), relation);
  }
  EXPECT_FALSE(document_type_from_name("letter"));
  EXPECT_FALSE(relation_from_name(""));
  EXPECT_EQ(section_kind_name(SectionKind::kRomanInline), "roman_inline");
  EXPECT_EQ(comparator_name(Comparator::kAtLeast), ">=");
}

Document small_document() {
  Document d;
  d.text = "Số: 1/QĐ\nBộ Y tế đạt 80%";
  d.words = {{{0, 5}, {1, {10, 10, 30, 20}}, 0.9, false},
             {{6, 11}, {1, {34, 10, 60, 20}}, 0.8, true},
             {{12, 16}, {2, {10, 10, 30, 20}}, 1, false}};
  return d;
}

TEST(Places, JoinsWordsOfOneLineAndKeepsPagesApart) {
  const Document d = small_document();
  const std::vector<PageBox> boxes = boxes_of(d.words, {0, d.text.size()});
  ASSERT_EQ(boxes.size(), 2u);
  EXPECT_EQ(boxes[0], (PageBox{1, {10, 10, 60, 20}}));
  EXPECT_EQ(boxes[1].page, 2);
  EXPECT_TRUE(boxes_of(d.words, {17, 20}).empty());
  EXPECT_EQ(page_of(d.blocks, d.words, 12), 2);
  EXPECT_EQ(page_of({}, {}, 3), 0);
  const auto [confidence, doubtful] = confidence_of(d.words, {0, 11});
  EXPECT_DOUBLE_EQ(confidence, 0.8);
  EXPECT_TRUE(doubtful);
  EXPECT_FALSE(confidence_of(d.words, {0, 5}).second);
}

TEST(Marks, AreBlankedWithoutMovingAnything) {
  const std::string text = "năm 20234 và";
  EXPECT_EQ(text_without_marks(text, {{{9, 10}, "4"}}), "năm 2023  và");
  EXPECT_EQ(text_without_marks(text, {{{500, 600}, "9"}}), text);
}

TEST(Json, SpansAreCodePointsAndUnknownIsNull) {
  Document d = small_document();
  Task task;
  task.id = "k1";
  task.text = "đạt 80%";
  task.from.where = {d.text.find("đạt"), d.text.size()};
  d.tasks.push_back(task);
  Indicator indicator;
  indicator.name = "tỷ lệ";
  indicator.value = 80;
  d.indicators.push_back(indicator);
  const auto json = nlohmann::json::parse(to_json(d));
  EXPECT_EQ(json["tasks"][0]["span"], nlohmann::json::parse("[17, 24]"));
  EXPECT_TRUE(json["tasks"][0]["page"].is_null());
  EXPECT_EQ(json["tasks"][0]["lead"], nlohmann::json::array());
  EXPECT_TRUE(json["document"]["number"].is_null());
  EXPECT_TRUE(json["document"]["issuer"].is_null());
  EXPECT_EQ(json["indicators"][0]["value"].dump(), "80");  // not 80.0
  EXPECT_FALSE(json.contains("text"));
  EXPECT_EQ(nlohmann::json::parse(to_json(d, {.with_text = true}))["text"], d.text);
}

TEST(Json, ATextThatIsNoUtf8StillGivesJson) {
  Document d;
  d.source.path = "hồ sơ \xFF.pdf";
  EXPECT_NO_THROW({ EXPECT_FALSE(nlohmann::json::parse(to_json(d)).empty()); });
}

}  // namespace
}  // namespace vanban
