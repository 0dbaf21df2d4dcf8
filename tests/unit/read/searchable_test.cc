// Searchable PDFs: what is written is read again.

#include "vanban/read/searchable.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <string>

#include "support/golden.h"
#include "unit/read/tiny_pdf.h"
#include "vanban/read/reader.h"

namespace vanban {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::read_file;
using testing::tiny_pdf;

const std::string kData = std::string(VANBAN_SOURCE_DIR) + "/tests/data/read/";

ReadOptions options(OcrMode mode = OcrMode::kAuto) {
  ReadOptions made;
  made.worker_program = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
  made.ocr = mode;
  return made;
}

class OpenBytes {
 public:
  explicit OpenBytes(const std::string& bytes) : descriptor_(memfd_create("test", MFD_CLOEXEC)) {
    EXPECT_EQ(write(descriptor_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  ~OpenBytes() { close(descriptor_); }
  OpenBytes(const OpenBytes&) = delete;
  OpenBytes& operator=(const OpenBytes&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

// What is written of `bytes` with the words of `read`.
Result<SearchablePdf> written(const std::string& bytes, const RawDocument& read, std::string& out) {
  const OpenBytes file(bytes);
  return write_searchable_pdf(file.get(), read, options(), [&](std::string_view piece) -> Result<void> {
    out.append(piece);
    return {};
  });
}

RawDocument read_again(const std::string& pdf, OcrMode mode) {
  Reader reader(options(mode));
  Result<RawDocument> document = read_bytes(reader, pdf, "again.pdf");
  EXPECT_TRUE(document) << document.error().message;
  return document ? std::move(*document) : RawDocument();
}

// A page of OCR's words, as the reader would give it.
RawDocument recognised(double width, double height, const std::vector<RawWord>& words, double skew = 0) {
  RawDocument document;
  document.media_type = "application/pdf";
  RawPage page;
  page.number = 1;
  page.width = width;
  page.height = height;
  page.origin = TextOrigin::kOcr;
  page.skew_degrees = skew;
  page.words = words;
  document.pages.push_back(page);
  return document;
}

RawWord word(const std::string& text, const Box& box, int line, int rotation = 0) {
  RawWord made;
  made.text = text;
  made.box = box;
  made.line = line;
  made.rotation = rotation;
  made.confidence = 0.9;
  return made;
}

TEST(Searchable, EveryKindOfPageGivesTheWordsBackWhereTheyWere) {
  struct Case {
    int line;
    std::string page;      // entries of the page
    double width, height;  // as shown
    int rotation;          // of the words
  };
  const Case cases[] = {
      {__LINE__, "/MediaBox [0 0 300 400]", 300, 400, 0},
      {__LINE__, "/MediaBox [100 50 400 450]", 300, 400, 0},
      {__LINE__, "/MediaBox [0 0 600 800] /CropBox [100 100 400 500]", 300, 400, 0},
      {__LINE__, "/MediaBox [0 0 400 300] /Rotate 90", 300, 400, 0},
      {__LINE__, "/MediaBox [0 0 300 400] /Rotate 180", 300, 400, 0},
      {__LINE__, "/MediaBox [0 0 400 300] /Rotate -90", 300, 400, 0},
      {__LINE__, "/MediaBox [0 0 300 400]", 300, 400, 90},
      {__LINE__, "/MediaBox [0 0 300 400]", 300, 400, 270},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const bool upright = one.rotation == 0;
    const std::vector<RawWord> words =
        upright ? std::vector<RawWord>{word("Nghị", {50, 60, 80, 72}, 0), word("quyết", {86, 60, 120, 72}, 0),
                                       word("số", {50, 80, 62, 92}, 1), word("𝐀Đ-CP", {70, 80, 110, 92}, 1)}
                : std::vector<RawWord>{word("Nghị", {60, 50, 72, 80}, 0, one.rotation),
                                       word("quyết", {100, 50, 112, 90}, 1, one.rotation)};
    std::string pdf;
    const Result<SearchablePdf> result =
        written(tiny_pdf(one.page, "q 1 0 0 1 10 10 cm"), recognised(one.width, one.height, words), pdf);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->pages_written, 1);
    const RawDocument again = read_again(pdf, OcrMode::kNever);
    ASSERT_EQ(again.pages.size(), 1u);
    EXPECT_FALSE(again.damaged);
    ASSERT_EQ(again.pages[0].words.size(), words.size());
    for (const RawWord& wanted : words) {
      bool found = false;
      for (const RawWord& have : again.pages[0].words) {
        if (have.text != wanted.text) continue;
        found = true;
        EXPECT_NEAR(have.box.x0, wanted.box.x0, 0.7) << wanted.text;
        EXPECT_NEAR(have.box.y0, wanted.box.y0, 0.7) << wanted.text;
        EXPECT_NEAR(have.box.x1, wanted.box.x1, 0.7) << wanted.text;
        EXPECT_NEAR(have.box.y1, wanted.box.y1, 0.7) << wanted.text;
        EXPECT_TRUE(have.invisible);
        EXPECT_EQ(have.rotation, wanted.rotation);
      }
      EXPECT_TRUE(found) << wanted.text;
    }
  }
}

TEST(Searchable, WordsOfATiltedPageStandWhereTheImageHasThem) {
  // Straightening turned the page clockwise about its middle: before, its right side stood higher.
  std::vector<RawWord> line;
  for (const double x : {10, 60, 110, 160, 210, 260}) line.push_back(word("chữ", {x, 194, x + 30, 206}, 0));
  std::string pdf;
  ASSERT_TRUE(written(tiny_pdf("/MediaBox [0 0 300 400]", ""), recognised(300, 400, line, 2), pdf));
  const RawDocument again = read_again(pdf, OcrMode::kNever);
  ASSERT_EQ(again.pages[0].words.size(), line.size());
  const double slope = std::tan(2 * 3.14159265358979 / 180);
  for (const RawWord& have : again.pages[0].words) {
    EXPECT_NEAR(have.box.centre_y(), 200 + slope * (150 - have.box.centre_x()), 1);
    EXPECT_NEAR(have.box.height(), 12, 1);
  }
}

TEST(Searchable, TextThatWasThrownAwayIsFoundNoMore) {
  const std::string old = tiny_pdf("/MediaBox [0 0 300 400]", "BT /F1 12 Tf 50 300 Td (NghB quyZt) Tj ET");
  std::string pdf;
  ASSERT_TRUE(written(old, recognised(300, 400, {word("Nghị", {50, 88, 80, 100}, 0)}), pdf));
  const RawDocument again = read_again(pdf, OcrMode::kNever);
  ASSERT_EQ(again.pages[0].words.size(), 1u);
  EXPECT_EQ(again.pages[0].words[0].text, "Nghị");
}

TEST(Searchable, AGoodTextLayerIsKeptByteByByte) {
  const std::string bytes = tiny_pdf("/MediaBox [0 0 300 400]", "BT /F1 12 Tf 50 300 Td (Hello there) Tj ET");
  std::string pdf;
  const Result<SearchablePdf> result = written(bytes, read_again(bytes, OcrMode::kAuto), pdf);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->copied);
  EXPECT_EQ(result->pages_written, 0);
  EXPECT_EQ(pdf, bytes);
}

TEST(Searchable, ASignedFilesCopyBearsNoSignature) {
  // The widget is the field.
  const std::string bytes = tiny_pdf(
      "/Annots [7 0 R] /MediaBox [0 0 300 400]", "",
      {"<< /Type /Annot /Subtype /Widget /FT /Sig /T (S) /Rect [10 10 60 60] /P 3 0 R /V 8 0 R /F 4 >>",
       "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Contents <00> /ByteRange [0 1 "
       "2 3] "
       ">>"},
      "", "", "/AcroForm << /Fields [7 0 R] /SigFlags 3 >>");
  std::string pdf;
  const Result<SearchablePdf> result =
      written(bytes, recognised(300, 400, {word("ký", {50, 88, 80, 100}, 0)}), pdf);
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->diagnostics.size(), 1u);
  EXPECT_EQ(result->diagnostics[0].code, "signature-removed");
  EXPECT_THAT(pdf, Not(HasSubstr("/ByteRange")));
  EXPECT_THAT(pdf, Not(HasSubstr("/FT /Sig")));
}

TEST(Searchable, AnImageBecomesAPdfOfItsPixels) {
  struct Case {
    int line;
    std::string file;
    std::size_t pages;
    std::string filter;
  };
  const Case cases[] = {{__LINE__, "lines.png", 1, "/XObject"},
                        {__LINE__, "jpeg-named.pdf", 1, "/DCTDecode"},
                        {__LINE__, "two-pages.tif", 2, "/XObject"}};
  for (const Case& one : cases) {
    SCOPED_TRACE(one.file);
    const std::string bytes = read_file(kData + one.file);
    const RawDocument before = read_again(bytes, OcrMode::kAuto);
    ASSERT_EQ(before.pages.size(), one.pages);
    std::string pdf;
    const Result<SearchablePdf> result = written(bytes, before, pdf);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_THAT(pdf, HasSubstr(one.filter));
    const RawDocument after = read_again(pdf, OcrMode::kNever);
    ASSERT_EQ(after.pages.size(), one.pages);
    for (std::size_t i = 0; i < one.pages; ++i) {
      EXPECT_NEAR(after.pages[i].width, before.pages[i].width, 0.1);
      EXPECT_NEAR(after.pages[i].height, before.pages[i].height, 0.1);
      EXPECT_NEAR(after.pages[i].image_coverage, 1, 0.01);
      EXPECT_EQ(after.pages[i].words.size(), before.pages[i].words.size());
    }
    // The image is read once more, from the PDF: it says the same.
    const RawDocument seen = read_again(pdf, OcrMode::kAlways);
    EXPECT_EQ(seen.pages[0].words.size(), before.pages[0].words.size());
  }
}

TEST(Searchable, WhatCannotBeWrittenSaysSo) {
  RawDocument flow;
  flow.media_type = "text/plain";
  flow.plain_text = "Một dòng";
  std::string out;
  const Result<SearchablePdf> none = written("Một dòng", flow, out);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kUnsupported);

  const RawDocument words = recognised(300, 400, {word("chữ", {50, 88, 80, 100}, 0)});
  const Result<SearchablePdf> damaged = written("%PDF-1.4 nothing", words, out);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, ErrorCode::kDamaged);

  const OpenBytes file(tiny_pdf("/MediaBox [0 0 300 400]", ""));
  const Result<SearchablePdf> full = write_searchable_pdf(
      file.get(), words, options(),
      [](std::string_view) -> Result<void> { return make_error(ErrorCode::kDiskFull, "no room"); });
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::kDiskFull);

  // A page that the file does not have is left out, and named.
  RawDocument more = words;
  more.pages.push_back(more.pages[0]);
  more.pages[1].number = 2;
  out.clear();
  const Result<SearchablePdf> short_file = written(tiny_pdf("/MediaBox [0 0 300 400]", ""), more, out);
  ASSERT_TRUE(short_file);
  ASSERT_EQ(short_file->diagnostics.size(), 1u);
  EXPECT_EQ(short_file->diagnostics[0].code, "page-not-found");
}

}  // namespace
}  // namespace vanban
