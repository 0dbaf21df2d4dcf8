// What a PDF has beside its pages.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/read/tiny_pdf.h"
#include "vanban/read/reader.h"

namespace vanban {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::tiny_pdf;

struct Got {
  std::string words;
  std::vector<std::string> notes;    // "code: message"
  std::vector<std::string> members;  // "name=bytes", or the error's name
};

Got got(const std::string& pdf, bool attachments = false, std::uint64_t inflated_bytes = 0) {
  ReadOptions options;
  options.worker_program = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
  options.ocr = OcrMode::kNever;
  options.attachments = attachments;
  if (inflated_bytes != 0) options.limits.inflated_bytes = inflated_bytes;
  Reader reader(options);
  const Result<RawDocument> raw = read_bytes(reader, pdf, "x.pdf");
  Got all;
  if (!raw) {
    all.notes.push_back(raw.error().message);
    return all;
  }
  for (const RawPage& page : raw->pages) {
    for (const RawWord& word : page.words) all.words += (all.words.empty() ? "" : " ") + word.text;
  }
  for (const Diagnostic& one : raw->diagnostics) all.notes.push_back(one.code + ": " + one.message);
  const FileMembers members = reader.take_members();
  for (const FileMember& one : members.list()) {
    const Result<std::string> bytes = members.bytes(one);
    all.members.push_back(one.name + "=" +
                          (bytes ? *bytes : std::string(error_code_name(bytes.error().code))));
  }
  return all;
}

const char kPage[] = "/MediaBox [0 0 300 300]";
const char kHello[] = "BT /F1 12 Tf 10 200 Td (Hello) Tj ET";

std::string stream_of(const std::string& bytes, const std::string& entries = "") {
  return "<< " + entries + " /Length " + std::to_string(bytes.size()) + " >>\nstream\n" + bytes +
         "\nendstream";
}

TEST(PdfExtras, AttachmentsAreNamedAndReadOnlyWhereAskedFor) {
  // One in the name tree, the same stream once more, and one on the page; names that lead upwards or hide.
  const std::vector<std::string> more = {
      stream_of("first", "/Type /EmbeddedFile /Params << /Size 5 >>"),
      "<< /Type /Filespec /F (../../etc/a.txt) /UF <FEFF00E1002E007400780074> /EF << /F 7 0 R >> >>",
      stream_of("second", "/Type /EmbeddedFile"),
      "<< /Type /Filespec /F <FEFF002E002E005C001B0062002E007400780074> /EF << /F 9 0 R >> >>",
      "<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 1 1] /FS 10 0 R >>",
      "<< /Kids [13 0 R 12 0 R] >>",  // a name tree that holds itself
      "<< /Names [(k) 8 0 R (k2) 8 0 R] >>",
  };
  const std::string pdf = tiny_pdf(std::string(kPage) + " /Annots [11 0 R]", kHello, more, "", "",
                                   "/Names << /EmbeddedFiles 12 0 R >>");
  const Got named = got(pdf);
  EXPECT_EQ(named.words, "Hello");
  EXPECT_THAT(named.notes, ElementsAre("attachment: á.txt (5 bytes)", "attachment: b.txt"));
  EXPECT_THAT(named.members, IsEmpty());
  EXPECT_THAT(got(pdf, true).members, ElementsAre("á.txt=first", "b.txt=second"));
}

TEST(PdfExtras, AttachmentsAreBounded) {
  const std::vector<std::string> more = {
      stream_of(std::string(2000, 'x')), "<< /F (a.txt) /EF << /F 7 0 R >> >>",
      stream_of(std::string(300, 'y')), "<< /F (b.txt) /EF << /F 9 0 R >> >>"};
  const std::string pdf = tiny_pdf(kPage, kHello, more, "", "",
                                   "/Names << /EmbeddedFiles << /Names [(a) 8 0 R (b) 10 0 R] >> >>");
  EXPECT_THAT(got(pdf, true, 1000).members,
              ElementsAre("a.txt=limit-exceeded", "b.txt=" + std::string(300, 'y')));
}

TEST(PdfExtras, AFormThatOnlyAdobeReaderShowsIsNoText) {
  const std::vector<std::string> form = {stream_of("<xdp/>"), "<< /XFA 7 0 R /Fields [] >>"};
  const std::string wait = "BT /F1 12 Tf 10 200 Td (Please wait... your PDF viewer may not be able) Tj ET";
  struct Row {
    int line;
    std::string content, catalogue, words;
    bool flagged;
  };
  const Row rows[] = {
      {__LINE__, wait, "/AcroForm 8 0 R", "", true},
      {__LINE__, wait, "", "Please wait... your PDF viewer may not be able", false},  // no form
      {__LINE__, kHello, "/AcroForm 8 0 R", "Hello", false},  // a form with a page of its own
      {__LINE__, kHello, "/AcroForm 8 0 R /NeedsRendering true", "Hello", false},
      {__LINE__, "", "/AcroForm 8 0 R /NeedsRendering true", "", true},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const Got one = got(tiny_pdf(kPage, row.content, form, "", "", row.catalogue));
    EXPECT_EQ(one.words, row.words);
    const bool flagged = std::any_of(one.notes.begin(), one.notes.end(),
                                     [](const std::string& note) { return note.starts_with("xfa-only: "); });
    EXPECT_EQ(flagged, row.flagged);
  }
}

TEST(PdfExtras, ScriptsAreSaidNotRun) {
  struct Row {
    int line;
    const char *page, *catalogue;
    bool flagged;
  };
  const Row rows[] = {
      {__LINE__, "", "", false},
      {__LINE__, "", "/OpenAction [3 0 R /Fit]", false},  // where to begin reading
      {__LINE__, "", "/OpenAction << /S /GoTo /D [3 0 R /Fit] >>", false},
      {__LINE__, "", "/OpenAction << /S /JavaScript /JS (app.alert) >>", true},
      {__LINE__, "", "/Names << /JavaScript << /Names [] >> >>", true},
      {__LINE__, "/AA << /O << /S /Launch /F (x.exe) >> >>", "", true},
      {__LINE__, "/Annots [<< /Subtype /Link /A << /S /URI /URI (http://example.vn) >> >>]", "", false},
      {__LINE__, "/Annots [<< /Subtype /Link /A << /S /Launch /F (x.exe) >> >>]", "", true},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const Got one = got(tiny_pdf(std::string(kPage) + row.page, kHello, {}, "", "", row.catalogue));
    EXPECT_EQ(one.words, "Hello");
    EXPECT_EQ(one.notes ==
                  std::vector<std::string>{"active-content: the PDF holds scripts or actions; none was run"},
              row.flagged);
  }
}

TEST(PdfExtras, APortfolioSaysThatItsFilesWereNotRead) {
  const std::string pdf = tiny_pdf(kPage, kHello, {}, "", "", "/Collection << >>");
  EXPECT_THAT(got(pdf).notes, ElementsAre("portfolio: the PDF is a cover for the files attached to it, which "
                                          "were not asked for"));
  EXPECT_THAT(got(pdf, true).notes, IsEmpty());
}

}  // namespace
}  // namespace vanban
