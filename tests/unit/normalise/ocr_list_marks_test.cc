#include "normalise/ocr_list_marks.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vanban::normalise {
namespace {

// Each string is a printed line; "|" begins a new page.
RawDocument lines(const std::vector<std::string>& texts) {
  RawDocument raw;
  int number = 0;
  const auto next_page = [&] {
    raw.pages.emplace_back();
    raw.pages.back().origin = TextOrigin::kOcr;
  };
  next_page();
  for (const std::string& text : texts) {
    if (text == "|") {
      next_page();
      continue;
    }
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      RawWord word;
      word.text = text.substr(at, end - at);
      word.line = number;
      raw.pages.back().words.push_back(word);
      at = end + 1;
    }
    ++number;
  }
  return raw;
}

// The first word of each line.
std::vector<std::string> first_words(const RawDocument& raw) {
  std::vector<std::string> out;
  int line = -1;
  for (const RawPage& page : raw.pages) {
    for (const RawWord& word : page.words) {
      if (word.line != line) out.push_back(word.text);
      line = word.line;
    }
  }
  return out;
}

const OcrListMarks& marks() {
  static const OcrListMarks* const made = [] {
    const auto models = Models::load(std::string(VANBAN_SOURCE_DIR) + "/models");
    return new OcrListMarks(std::move(*OcrListMarks::create(**models->table("ocr_list_marks"))));
  }();
  return *made;
}

TEST(OcrListMarks, TheNextPointOfTheListIsReadWell) {
  struct Case {
    int line;
    std::vector<std::string> read, want;
  };
  const Case cases[] = {
      {__LINE__, {"e) Các Bộ", "kịp thời", "ø) Các tỉnh"}, {"e)", "kịp", "g)"}},
      {__LINE__,
       {"a) Sở", "6) Sở", "e) Sở", "d) Sở", "d) Sở", "c) Sở"},
       {"a)", "b)", "c)", "d)", "đ)", "e)"}},
      {__LINE__, {"h) Bộ", "|", "¡) Bộ"}, {"h)", "i)"}},  // over a page
      {__LINE__, {"~ Các bộ"}, {"-"}},
      {__LINE__, {"-_ Các bộ", "._- Lập danh sách", "~- Các thành viên"}, {"-", "-", "-"}},
      {__LINE__, {"6. Nguyễn Ngọc Nho", "7, Trần Thị Trang", "§. Lâm Minh"}, {"6.", "7.", "8."}},
      {__LINE__, {"2. DS. Lê Sơn", "3: CN. Nguyễn Phong", "4. CN. Mẫn"}, {"2.", "3.", "4."}},
      {__LINE__, {"10. Sở Y tế", "|", "1l, Sở Nội vụ"}, {"10.", "11."}},
      {__LINE__, {"(¡) Nghiên cứu", "(ï¡) Nâng cấp"}, {"(i)", "(ii)"}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    RawDocument raw = lines(one.read);
    EXPECT_GT(marks().mend(raw), 0u);
    EXPECT_EQ(first_words(raw), one.want);
  }
}

TEST(OcrListMarks, OtherMarksStay) {
  const std::vector<std::string> cases[] = {
      {"a) Sở", "b) Sở", "c) Sở", "d) Sở", "e) Sở"},  // lists without đ are counted so, too
      {"e) Các Bộ", "7) Các", "8) Các"},              // another list
      {"8) Các Bộ", "ø) Các tỉnh"},                   // no list of points is open
      {"e) Các Bộ theo điểm", "8) và điểm 9 của"},    // a line that goes on
      {"e) Các Bộ", "ø Các tỉnh"},                    // no bracket
      {"e) Các Bộ", "h) Các tỉnh"},                   // a point that was lost stays lost
      {"(1) Nghiên cứu", "(a) Nâng cấp", "(vi) Rà soát", "(iq) Rà soát"},
      {"giá ~ 5 triệu"},
      {"-_ nhỏ", "__ Các", "... Các", "------ Các"},
      {"6. Nguyễn", "8, Trần"},       // not the next one
      {"6. Theo khoản", "7, khoản"},  // a line that goes on
      {"7, Nghị định", "2.1. Sở", "2, Sở"},
      {"4. Theo các khoản 3, 4,", "5, Điều 7"},
      {"1. Các", "Z. Các", "B, Các"},  // letters
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.front());
    RawDocument raw = lines(one);
    const std::vector<std::string> before = first_words(raw);
    EXPECT_EQ(marks().mend(raw), 0u);
    EXPECT_EQ(first_words(raw), before);
  }
  RawDocument digital = lines({"e) Các Bộ", "ø) Các tỉnh"});
  digital.pages[0].origin = TextOrigin::kTextLayer;
  EXPECT_EQ(marks().mend(digital), 0u);
}

TEST(OcrListMarks, TheRawReadingIsKept) {
  RawDocument raw = lines({"e) Các Bộ", "ø) Các tỉnh"});
  EXPECT_EQ(marks().mend(raw), 1u);
  EXPECT_EQ(raw.pages[0].words[3].text, "g)");
  EXPECT_EQ(raw.pages[0].words[3].read_as, "ø)");
}

TEST(OcrListMarks, TheNextPartHasItsNumeral) {
  struct Case {
    int line;
    std::vector<std::string> texts, want;
  };
  const Case cases[] = {
      {__LINE__, {"II. CHỈ TIÊU", "- 90%", "HI. NỘI DUNG"}, {"II.", "-", "III."}},
      {__LINE__, {"I. MỤC ĐÍCH", "H. NHIỆM VỤ", "IIl. KINH PHÍ"}, {"I.", "II.", "III."}},
      {__LINE__, {"III. KINH PHÍ", "|", "1V. TỔ CHỨC"}, {"III.", "IV."}},
      // Not the next one, a list that counts with letters or digits, running text.
      {__LINE__, {"I. MỤC ĐÍCH", "HI. NỘI DUNG"}, {"I.", "HI."}},
      {__LINE__, {"G. Khác", "H. Phụ lục"}, {"G.", "H."}},
      {__LINE__, {"I. MỤC ĐÍCH", "1. Mục đích", "11. Yêu cầu"}, {"I.", "1.", "11."}},
      {__LINE__, {"I. MỤC ĐÍCH", "H. nhỏ"}, {"I.", "H."}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    RawDocument raw = lines(one.texts);
    marks().mend(raw);
    EXPECT_EQ(first_words(raw), one.want);
  }
}

// Lines that were read again have numbers of their own; dust is no dash.
TEST(OcrListMarks, ALineIsWhereItStands) {
  const auto word = [](const std::string& text, int line, Box box) {
    RawWord one;
    one.text = text;
    one.line = line;
    one.box = box;
    one.font_size = 12;
    return one;
  };
  RawDocument raw = lines({});
  auto& words = raw.pages[0].words;
  words = {word("I.", 50, {118, 100, 126, 110}),    word("MỤC", 15, {130, 100, 160, 110}),
           word("H.", 25, {118, 120, 131, 130}),    word("NỘI", 60, {136, 120, 161, 130}),
           word("-", 32, {123, 140, 123.7, 140.7}), word("Nhận", 32, {133, 138, 158, 150}),
           word("-", 33, {123, 160, 126, 161}),     word("Sở", 33, {133, 158, 158, 170})};
  EXPECT_EQ(marks().mend(raw), 2u);
  ASSERT_EQ(words.size(), 7u);
  EXPECT_EQ(words[2].text, "II.");
  EXPECT_EQ(words[4].text, "Nhận");
  EXPECT_EQ(words[5].text, "-");
}

}  // namespace
}  // namespace vanban::normalise
