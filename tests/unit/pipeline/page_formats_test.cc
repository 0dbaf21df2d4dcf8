#include "vanban/pipeline/page_formats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "vanban/layout/layout.h"

namespace vanban {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

RawWord word(const std::string& text, double x, double y, int line) {
  RawWord made;
  made.text = text;
  made.box = {x, y, x + 7.0 * static_cast<double>(text.size()), y + 12};
  made.line = line;
  made.confidence = 0.75;
  made.font_size = 12;
  return made;
}

RawDocument one_page() {
  RawDocument raw;
  raw.media_type = "application/pdf";
  RawPage page;
  page.number = 3;
  page.width = 595;
  page.height = 842;
  page.origin = TextOrigin::kOcr;
  page.words = {word("2", 290, 30, 0), word("Cac", 80, 100, 1), word("bo,", 110, 100, 1),
                word("nganh", 80, 120, 2), word("<A&B>", 130, 120, 2)};
  raw.pages.push_back(page);
  return raw;
}

TEST(PageFormats, WordsStandInLinesInReadingOrderAndWhatIsLeftOutBehindThem) {
  const RawDocument raw = one_page();
  const Result<LaidOutText> text = lay_out(raw);
  ASSERT_TRUE(text);
  const std::vector<PageView> pages = pages_in_order(raw, *text);
  ASSERT_EQ(pages.size(), 1u);
  std::string seen;
  for (const PageBlock& block : pages[0].blocks) {
    seen += block.furniture ? "furniture:" : "block:";
    for (const PageLine& line : block.lines) {
      for (const PageWord& one : line.words) seen += " " + one.text;
      seen += " /";
    }
    seen += "\n";
  }
  EXPECT_EQ(seen, "block: Cac bo, / nganh <A&B> /\nfurniture: 2 /\n");
}

TEST(PageFormats, PlacesAndWordsAreWrittenAsEachFormatHasThem) {
  const RawDocument raw = one_page();
  const Result<LaidOutText> text = lay_out(raw);
  ASSERT_TRUE(text);
  const std::vector<PageView> pages = pages_in_order(raw, *text);
  const std::string alto = to_alto(pages, "a&b.pdf");
  EXPECT_THAT(alto, HasSubstr("<fileName>a&amp;b.pdf</fileName>"));
  EXPECT_THAT(alto, HasSubstr("<Page ID=\"page_3\" PHYSICAL_IMG_NR=\"3\" WIDTH=\"9917\" HEIGHT=\"14033\""));
  EXPECT_THAT(alto, HasSubstr("<String CONTENT=\"Cac\" HPOS=\"1333\" VPOS=\"1667\" WIDTH=\"350\" "
                              "HEIGHT=\"200\" WC=\"0.75\"/>"));
  EXPECT_THAT(alto, HasSubstr("CONTENT=\"&lt;A&amp;B&gt;\""));
  EXPECT_THAT(alto, HasSubstr("TAGREFS=\"furniture\""));
  const std::string hocr = to_hocr(pages, "a.pdf");
  EXPECT_THAT(hocr, HasSubstr("title=\"bbox 0 0 2479 3508; ppageno 2; scan_res 300 300\""));
  EXPECT_THAT(hocr, HasSubstr("title=\"bbox 333 417 421 467; x_wconf 75\">Cac</span>"));
}

TEST(PageFormats, AFlowHasNoPages) {
  RawDocument raw;
  raw.plain_text = "Mot dong";
  const Result<LaidOutText> text = lay_out(raw);
  ASSERT_TRUE(text);
  EXPECT_TRUE(pages_in_order(raw, *text).empty());
  EXPECT_THAT(to_alto({}, "x"), Not(HasSubstr("<Page")));
}

}  // namespace
}  // namespace vanban
