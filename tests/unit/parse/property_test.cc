// What holds of every input: no paragraph is lost, none stands twice, ranges nest and are in order.

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <random>

#include "support/golden.h"
#include "unit/parse/dump.h"

namespace vanban {
namespace {

// Every block is in exactly one section; where sections stand and how they nest.
void check(const Document& document, const std::string& why) {
  SCOPED_TRACE(why);
  std::map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    const Section& section = document.sections[i];
    EXPECT_EQ(section.id, "s" + std::to_string(i + 1));
    EXPECT_LE(section.where.begin, section.where.end);
    EXPECT_LE(section.where.end, document.text.size());
    if (i > 0) {
      EXPECT_LE(document.sections[i - 1].where.begin, section.where.begin) << section.id;
    }
    if (!section.parent.empty()) {
      const auto parent = index.find(section.parent);
      ASSERT_NE(parent, index.end()) << section.id << " stands before its parent";
      EXPECT_TRUE(document.sections[parent->second].where.contains(section.where)) << section.id;
    }
    index[section.id] = i;
    std::size_t last = section.where.begin;
    for (const TextRange& paragraph : section.paragraphs) {
      EXPECT_LE(last, paragraph.begin) << section.id;
      EXPECT_LE(paragraph.begin, paragraph.end);
      EXPECT_TRUE(section.where.contains(paragraph)) << section.id;
      last = paragraph.end;
    }
    EXPECT_TRUE(section.heading_range.empty() || section.where.contains(section.heading_range)) << section.id;
    if (section.kind == SectionKind::kTable) {
      ASSERT_LT(section.table, document.tables.size());
      EXPECT_EQ(document.tables[section.table].section, section.id);
    }
  }
  // Each byte of the text that is no blank is claimed by one section at most; each block is claimed.
  std::vector<std::uint8_t> claims(document.text.size(), 0);
  const auto claim = [&](TextRange range) {
    for (std::size_t at = range.begin; at < range.end; ++at) {
      if (document.text[at] != '\n' && document.text[at] != ' ') {
        EXPECT_LT(claims[at], 1) << "claimed twice at " << at;
        claims[at] = 1;
      }
    }
  };
  for (const Section& section : document.sections) {
    for (const TextRange& paragraph : section.paragraphs) claim(paragraph);
    claim(section.heading_range);
    if (section.kind == SectionKind::kTable) claim(section.where);
  }
  for (const Block& block : document.blocks) {
    const std::string_view text = block.where.of(document.text);
    const std::size_t letter = text.find_first_not_of(" \n");
    if (letter == std::string_view::npos) continue;
    bool claimed = false;
    for (std::size_t at = block.where.begin; at < block.where.end && !claimed; ++at)
      claimed = claims[at] != 0;
    // "Chương I" alone is a label; its block is known by a section that begins there.
    for (const Section& section : document.sections) {
      if (claimed) break;
      claimed = section.where.begin == block.where.begin + letter;
    }
    EXPECT_TRUE(claimed) << "lost: " << text;
  }
}

TEST(ParseProperty, EveryBlockIsInOneSection) {
  ASSERT_NE(testing::kit().parser, nullptr);
  for (const auto& entry : std::filesystem::directory_iterator(VANBAN_SOURCE_DIR "/tests/golden/parse")) {
    for (const testing::GoldenCase& one : testing::read_golden(entry.path())) {
      check(testing::kit().parser->parse(testing::laid_out_from(one.input)), one.title);
    }
  }
}

// Lines of real documents in an order that no document has.
TEST(ParseProperty, HoldsForShuffledLines) {
  ASSERT_NE(testing::kit().parser, nullptr);
  std::vector<std::string> lines;
  for (const auto& entry : std::filesystem::directory_iterator(VANBAN_SOURCE_DIR "/tests/golden/parse")) {
    for (const testing::GoldenCase& one : testing::read_golden(entry.path())) {
      std::istringstream in(one.input);
      for (std::string line; std::getline(in, line);) {
        if (!line.empty()) lines.push_back(line);
      }
    }
  }
  for (const char* odd : {"“1. Khoản này được sửa đổi.",
                          "b) Bãi bỏ.”",
                          "Chương",
                          "Chương II",
                          "Mục 1",
                          "Điều 5a.",
                          "PHỤ LỤC",
                          "Mẫu số 01",
                          "(i) một; (ii) hai việc",
                          "1.1. Nội dung",
                          "2.1.3. Nội dung",
                          "+ Ý nhỏ",
                          "* Ghi chú",
                          "(Kèm theo Quyết định số 1/QĐ-UBND",
                          "TM.",
                          "KT. ",
                          "-",
                          "- ",
                          "1.",
                          "I.",
                          "a)",
                          "(",
                          "“",
                          "\"",
                          "Nơi nhận:",
                          "Kính gửi:",
                          "Số: ",
                          "V/v",
                          ",",
                          "\xCC\x81",
                          "\xE2\x80\x9C"}) {
    lines.emplace_back(odd);
  }
  std::sort(lines.begin(), lines.end());
  std::mt19937 random(20240105);
  for (int round = 0; round < 300; ++round) {
    std::string input;
    const std::size_t length = 1 + random() % 60;
    for (std::size_t i = 0; i < length; ++i) input += lines[random() % lines.size()] + "\n";
    check(testing::kit().parser->parse(testing::laid_out_from(input)),
          "round " + std::to_string(round) + "\n" + input);
    if (::testing::Test::HasFailure()) break;
  }
}

// Cost is linear: what would be quadratic takes minutes here.
TEST(ParseProperty, LongHostileInputsEnd) {
  ASSERT_NE(testing::kit().parser, nullptr);
  const auto repeat = [](const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
  };
  const std::vector<std::string> inputs = {
      repeat("1. Nội dung:\n", 6000),
      repeat("CHƯƠNG TRÌNH\n", 6000),
      repeat("“1. Mở ngoặc\n", 6000),
      repeat("-----\n", 6000),
      repeat("Nơi nhận:\n", 6000),
      repeat("- Như trên;\n", 6000),
      repeat("PHỤ LỤC I\n", 4000),
      repeat("TM. CHÍNH PHỦ\n", 4000),
      repeat("(i) việc này (ii) việc kia ", 6000) + "\n",
      repeat("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBỘ Y TẾ\nBÁO CÁO\n", 1600),
      repeat("Nơi nhận:\n- Lưu: VT.\nQUYẾT ĐỊNH\nBỘ Y TẾ\n", 1600),
      repeat("(Kèm theo Quyết định số 1/QĐ-UBND)\nQUY CHẾ\n", 2000),
      repeat("1. Việc:\na) Ý:\n- Gạch:\n+ Cộng:\n", 2000),
      repeat("Dự thảo ", 20000) + "\n",
      repeat("I. A\n1. B\n1.1. C\n", 2000)};
  for (const std::string& input : inputs) {
    SCOPED_TRACE(input.substr(0, 60));
    const auto start = std::chrono::steady_clock::now();
    const Document document = testing::kit().parser->parse(testing::laid_out_from(input));
    EXPECT_FALSE(document.sections.empty());
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  }
}

}  // namespace
}  // namespace vanban
