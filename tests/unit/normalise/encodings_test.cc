#include "vanban/normalise/encodings.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace vanban {
namespace {

LegacyEncodings encodings() {
  auto models = Models::load(std::string(VANBAN_SOURCE_DIR) + "/models");
  EXPECT_TRUE(models.has_value());
  auto loaded = LegacyEncodings::load(*models);
  EXPECT_TRUE(loaded.has_value());
  return std::move(*loaded);
}

struct Row {
  int line;
  std::string input, encoding, expected;
};

TEST(LegacyEncodings, AreToldByWhatTheTextBecomes) {
  const LegacyEncodings all = encodings();
  const Row rows[] = {
      {__LINE__, "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc", "tcvn3",
       "Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"},
      {__LINE__, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do", "vni",
       "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do"},
      {__LINE__, "CO\u00C4NG HO\u00D8A XA\u00D5 HO\u00C4I CHU\u00DB NGH\u00D3A VIE\u00C4T NAM", "vni",
       "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
      {__LINE__, "C\u00B5ng h\u00F2a x\u00E3 h\u00B5i ch\u00FC ngh\u00EEa Vi\u00AEt Nam", "viscii",
       "Cộng hòa xã hội chủ nghĩa Việt Nam"},
      {__LINE__,
       "C\u00B6ng h\u00F2a x\u00E3 h\u00B6i ch\u00FB ngh\u00EFa Vi\u008Ct Nam, \u00C7\u00B6c l\u00C6p", "vps",
       "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập"},
      {__LINE__, "Quy \u00AE\u00DEnh n\u03BCy cña Quèc héi", "tcvn3",
       "Quy định này của Quốc hội"},  // Greek mu for the micro sign
      {__LINE__, "Ng\u00A9n h\u00B5ng nh\u00B5 n\u2212\u00EDc, Th\u00F1 t\u2212\u00EDng ChÝnh phñ", "tcvn3",
       "Ngân hàng nhà nước, Thủ tướng Chính phủ"},  // a minus sign for the soft hyphen
      {__LINE__,
       "C\u00F4\u00F2ng ho\u00CCa xa\u00DE h\u00F4\u00F2i v\u00E0 Vi\u00EA\u00F2t Nam \u00F0\u00F4\u00F2c "
       "l\u00E2\u00F2p",
       "windows-1258", ""},
      {__LINE__, "Cộng hòa xã hội chủ nghĩa Việt Nam", "", ""},
      {__LINE__, "Le gouvernement français a décidé de créer une société à Paris où déjà", "", ""},
      {__LINE__, "Plain English text without any marks", "", ""},
      {__LINE__, "2.500.000 ® © ±5%", "", ""},
      {__LINE__, "", "", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_EQ(all.detect(row.input), row.encoding);
    if (!row.expected.empty()) {
      EXPECT_EQ(all.convert(row.input, row.encoding), row.expected);
    }
  }
}

TEST(LegacyEncodings, EachFontOfAPageIsItsOwnRun) {
  const LegacyEncodings all = encodings();
  RawDocument raw;
  RawPage page;
  const auto add = [&](const char* text, const char* font) {
    RawWord word;
    word.text = text;
    word.font = font;
    page.words.push_back(word);
  };
  for (const char* word : {"Céng", "hoµ", "x·", "héi"}) add(word, ".VnTime");
  for (const char* word : {"nghÜa", "ViÖt"}) add(word, ".VnTimeH");
  for (const char* word : {"Điều", "Nghị", "định", "société"}) add(word, "TimesNewRoman");
  raw.pages.push_back(page);
  const auto converted = all.converted(raw);
  ASSERT_TRUE(converted.has_value());
  EXPECT_EQ(converted->encoding, "tcvn3");
  EXPECT_EQ(converted->pages[0].words[1].text, "hoà");
  EXPECT_EQ(converted->pages[0].words[5].text, "VIỆT");
  EXPECT_EQ(converted->pages[0].words[6].text, "Điều");
  raw.pages[0].words.resize(0);
  EXPECT_FALSE(all.converted(raw).has_value());
}

TEST(LegacyEncodings, EachRunOfAFlowHasItsFont) {
  const LegacyEncodings all = encodings();
  struct Case {
    int line;
    std::vector<std::pair<std::string, std::string>> runs;  // text, font
    std::string expected;                                   // empty: nothing is converted
  };
  const Case cases[] = {
      {__LINE__, {{"Céng hoµ ", ".VnTime"}, {"Điều 1", "Times New Roman"}}, "Cộng hoà Điều 1"},
      {__LINE__, {{"ViÖt Nam", ".VnTimeH"}}, "VIỆT NAM"},
      {__LINE__, {{"QuyÕt ®Þnh", ".VnArialH"}, {" cña ", ".VnArial"}}, "QUYẾT ĐỊNH của "},
      {__LINE__, {{"Vie", "VNI-Times"}, {"\u00E4t", "VNI-Times"}, {" société", "Arial"}}, "Việt société"},
      {__LINE__,
       {{"Vie", "VNI-Times"}, {"\u00E4", "VNI-Helve"}, {"t", "VNI-Times"}},
       "Việt"},  // a letter and its mark in two runs
      // One paragraph pasted from an old document, its font lost.
      {__LINE__,
       {{"Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Times New Roman"}},
       "Cộng hoà xã hội chủ nghĩa Việt Nam"},
      // A Unicode run is never converted, whatever its font is called.
      {__LINE__, {{"Quyết định của Thủ tướng", ".VnTime"}}, ""},
      {__LINE__, {{"Quyết định của Thủ tướng về việc", "VNI-Times"}}, ""},
      {__LINE__, {{"L'économie française a été créée à Paris", "Times New Roman"}}, ""},
      {__LINE__, {{"Số: 12/QĐ-UBND", ""}}, ""},
      {__LINE__, {{"2.500 m\u00B2", "Arial"}}, ""},
      {__LINE__, {}, ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    FlowBlock paragraph, table;
    for (const auto& [text, font] : one.runs) {
      const std::size_t begin = paragraph.text.size();
      paragraph.text += text;
      paragraph.runs.push_back({begin, paragraph.text.size(), font});
    }
    table.kind = FlowBlock::Kind::kTable;
    table.rows.resize(1);
    table.rows[0].emplace_back();
    table.rows[0][0].text = paragraph.text;
    table.rows[0][0].runs = paragraph.runs;
    RawDocument raw;
    raw.flow = {paragraph, table};
    const auto converted = all.converted(raw);
    EXPECT_EQ(converted.has_value(), !one.expected.empty());
    if (!converted || one.expected.empty()) continue;
    EXPECT_EQ(converted->flow[0].text, one.expected);
    EXPECT_EQ(converted->flow[1].rows[0][0].text, one.expected);
    EXPECT_TRUE(converted->flow[0].runs.empty());
  }
}

TEST(LegacyEncodings, APassageMayContradictItsFont) {
  const LegacyEncodings all = encodings();
  const struct {
    int line;
    const char *text, *expected;
  } rows[] = {
      {__LINE__,
       "ch\u00F6\u00F4ng tr\u00ECnh \u00F6\u00F9ng du\u00EFng co\u00E2ng nghe\u00E4 tho\u00E2ng tin trong "
       "qua\u00FBn ly\u00F9 nha\u00F8 n\u00F6\u00F4\u00F9c",
       "chương trình ứng dụng công nghệ thông tin trong quản lý nhà nước"},  // VNI
      {__LINE__, "nhiÖm vô träng t©m", "nhiệm vụ trọng tâm"},
      {__LINE__, "m¸y chñ Windows NT Server 4.0, m¹ng LAN", "máy chủ Windows NT Server 4.0, mạng LAN"},
      {__LINE__, "Windows NT Server", "Windows NT Server"},
      {__LINE__, "Quyết định của Thủ tướng", "Quyết định của Thủ tướng"},  // Unicode stays
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    RawDocument raw;
    FlowBlock most, own;
    most.text = "KÕ ho¹ch tæng thÓ ph¸t triÓn c«ng nghÖ th«ng tin cña tØnh, nhiÖm vô vµ gi¶i ph¸p thùc hiÖn";
    own.text = row.text;
    for (FlowBlock* block : {&most, &own}) {
      block->runs.push_back({0, block->text.size(), ".VnTime"});
      raw.flow.push_back(*block);
    }
    const auto converted = all.converted(raw);
    ASSERT_TRUE(converted);
    EXPECT_EQ(converted->flow[0].text,
              "Kế hoạch tổng thể phát triển công nghệ thông tin của tỉnh, nhiệm vụ và giải pháp thực hiện");
    EXPECT_EQ(converted->flow[1].text, row.expected);
  }
}

}  // namespace
}  // namespace vanban
