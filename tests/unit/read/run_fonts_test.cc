// Fonts of runs in text that flows: what tells TCVN3 and VNI letters from Latin ones.

#include <gtest/gtest.h>

#include <string>

#include "unit/read/tiny_zip.h"
#include "vanban/read/reader.h"

namespace vanban {
namespace {

Result<RawDocument> read(const std::string& bytes, const std::string& name) {
  ReadOptions options;
  options.worker_program = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
  Reader reader(options);
  return read_bytes(reader, bytes, name);
}

std::string marked(const std::string& text, const std::vector<FlowRun>& runs) {
  std::string out;
  std::size_t at = 0;
  for (const FlowRun& run : runs) {
    out += text.substr(at, run.begin - at) + "{" + run.font + ":" +
           text.substr(run.begin, run.end - run.begin) + "}";
    at = run.end;
  }
  return out + text.substr(at);
}

// "{font:text}" for each run that has a font; a cell is a line that begins with "|".
std::string marked(const RawDocument& document) {
  std::string out;
  for (const FlowBlock& block : document.flow) {
    if (block.kind != FlowBlock::Kind::kTable) out += marked(block.text, block.runs) + "\n";
    for (const auto& row : block.rows) {
      for (const FlowCell& cell : row) out += "|" + marked(cell.text, cell.runs) + "\n";
    }
  }
  return out;
}

std::string odt(const std::string& automatic, const std::string& text, const std::string& styles) {
  const std::string space =
      " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
      " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
      " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
      " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
      " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""
      " xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\"";
  const std::string faces =
      "<office:font-face-decls><style:font-face style:name=\"VnTime1\" svg:font-family=\"'.VnTime'\"/>"
      "</office:font-face-decls>";
  return testing::zip_of(
      {{"mimetype", "application/vnd.oasis.opendocument.text"},
       {"content.xml", "<office:document-content" + space + ">" + faces + "<office:automatic-styles>" +
                           automatic + "</office:automatic-styles><office:body><office:text>" + text +
                           "</office:text></office:body></office:document-content>"},
       {"styles.xml", "<office:document-styles" + space + "><office:styles>" + styles +
                          "</office:styles></office:document-styles>"}});
}

TEST(RunFonts, OfAnOpenDocumentText) {
  const struct {
    int line;
    std::string automatic, text, styles, want;
  } rows[] = {
      // The paragraph's own style, and a run in it that has another one.
      {__LINE__,
       "<style:style style:name=\"P1\" style:family=\"paragraph\"><style:text-properties "
       "style:font-name=\"VnTime1\"/></style:style><style:style style:name=\"T1\" style:family=\"text\">"
       "<style:text-properties fo:font-family=\"Arial\"/></style:style>",
       "<text:p text:style-name=\"P1\">Céng hoµ <text:span text:style-name=\"T1\">Điều "
       "1</text:span></text:p>",
       "", "{.VnTime:Céng hoµ }{Arial:Điều 1}\n"},
      // A style says what its parent says.
      {__LINE__, "<style:style style:name=\"P1\" style:parent-style-name=\"Standard\"/>",
       "<text:p text:style-name=\"P1\">héi</text:p>",
       "<style:style style:name=\"Standard\"><style:text-properties "
       "fo:font-family=\"'.VnTimeH'\"/></style:style>",
       "{.VnTimeH:héi}\n"},
      // Nothing but the default.
      {__LINE__, "", "<text:p>héi</text:p>",
       "<style:default-style style:family=\"paragraph\"><style:text-properties "
       "fo:font-family=\"VNI-Times\"/></style:default-style>",
       "{VNI-Times:héi}\n"},
      {__LINE__, "", "<text:p>hội</text:p>", "", "hội\n"},
      // A style that is its own parent ends.
      {__LINE__, "<style:style style:name=\"P1\" style:parent-style-name=\"P1\"/>",
       "<text:p text:style-name=\"P1\">hội</text:p>", "", "hội\n"},
      // In a cell.
      {__LINE__,
       "<style:style style:name=\"P1\"><style:text-properties style:font-name=\"VnTime1\"/></style:style>",
       "<table:table><table:table-row><table:table-cell><text:p "
       "text:style-name=\"P1\">x·</text:p></table:table-cell>"
       "</table:table-row></table:table>",
       "", "|{.VnTime:x·}\n"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const auto document = read(odt(row.automatic, row.text, row.styles), "old.odt");
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(marked(*document), row.want);
  }
}

TEST(RunFonts, OfAPage) {
  const struct {
    int line;
    std::string head, body, want;
  } rows[] = {
      {__LINE__, "", "<p><font face=\".VnTime, Arial\">Céng hoµ</font> Điều 1</p>",
       "{.VnTime:Céng hoµ} Điều 1\n"},
      {__LINE__, "",
       "<p style=\"margin:0; font-family:'VNI-Times'\">Coäng <span style='font-family:Arial'>hòa</span></p>",
       "{VNI-Times:Coäng }{Arial:hòa}\n"},
      {__LINE__,
       "<style><!-- /* Style */ p.MsoNormal, li.MsoNormal {mso-style-parent:\"\"; font-size:14.0pt; "
       "font-family:\".VnTime\"; mso-fareast-font-family:Arial} @page Section1 {size:A4} --></style>",
       "<p class=MsoNormal>x· héi</p><p>Điều 1</p>", "{.VnTime:x· héi}\nĐiều 1\n"},
      {__LINE__, "", "<table><tr><td><font face=.VnTime>héi <br> x·</font></td><td>Điều</td></tr></table>",
       "|{.VnTime:héi}\n{.VnTime:x·}\n|Điều\n"},
      // The font of another script is not the text's.
      {__LINE__, "", "<p style='mso-fareast-font-family:.VnTime'>Điều 1</p>", "Điều 1\n"},
      {__LINE__, "<style>p {font-family</style>", "<p style='font-family'>Điều 1</p>", "Điều 1\n"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    const auto document = read("<!doctype html><html><head><meta charset=utf-8>" + row.head +
                                   "</head><body>" + row.body + "</body></html>",
                               "old.html");
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(marked(*document), row.want);
  }
}

TEST(RunFonts, OfAWordDocument) {
  const std::string space = " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
  const std::string bytes = testing::zip_of(
      {{"[Content_Types].xml", "<Types/>"},
       {"word/document.xml",
        "<w:document" + space +
            "><w:body><w:p><w:pPr><w:pStyle w:val=\"Old\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Céng hoµ "
            "</w:t></w:r>"
            "<w:r><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\"/></w:rPr><w:t>Điều 1</w:t></w:r></w:p>"
            "<w:p><w:r><w:t>Điều 2</w:t></w:r></w:p></w:body></w:document>"},
       {"word/styles.xml",
        "<w:styles" + space +
            "><w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:rPr><w:rFonts w:ascii=\".VnTime\" "
            "w:hAnsi=\".VnTime\"/></w:rPr></w:style><w:style w:type=\"paragraph\" "
            "w:styleId=\"Old\"><w:basedOn "
            "w:val=\"Base\"/></w:style></w:styles>"}});
  const auto document = read(bytes, "old.docx");
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(marked(*document), "{.VnTime:Céng hoµ }{Arial:Điều 1}\nĐiều 2\n");
}

}  // namespace
}  // namespace vanban
