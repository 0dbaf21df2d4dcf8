// Small files that ask for more than they should get, or lead in circles: each ends in one outcome, without a
// crash, and the reader goes on with the next.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "unit/read/tiny_pdf.h"
#include "unit/read/tiny_zip.h"
#include "vanban/read/reader.h"

namespace vanban {
namespace {

using testing::tiny_pdf;
using testing::zip_of;
using namespace std::string_literals;

const char kHello[] = "BT /F1 12 Tf 10 200 Td (Hello) Tj ET";

std::string stream_of(const std::string& bytes, const std::string& entries) {
  return "<< " + entries + " /Length " + std::to_string(bytes.size()) + " >>\nstream\n" + bytes +
         "\nendstream";
}

std::string times(const std::string& unit, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += unit;
  return out;
}

std::string docx_of(const std::string& document) {
  return zip_of({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", document}});
}

const char kWord[] =
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";

// A TIFF of one black point whose list of pages leads back to its first page.
std::string tiff_loop() {
  std::string out = "II*\0\x08\0\0\0"s;
  const std::vector<std::pair<int, int>> tags = {{256, 1}, {257, 1},   {258, 1}, {259, 1},
                                                 {262, 1}, {273, 110}, {278, 1}, {279, 1}};
  const auto put = [&](int value, int size) {
    for (int i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
  };
  put(static_cast<int>(tags.size()), 2);
  for (const auto& [tag, value] : tags) {
    put(tag, 2);
    put(4, 2);
    put(1, 4);
    put(value, 4);
  }
  put(8, 4);  // the next page: this one
  return out + "\0"s;
}

// The words of everything that was read; what it ended with where there are none.
std::string outcome(Reader& reader, const std::string& bytes, const std::string& name) {
  const Result<RawDocument> raw = read_bytes(reader, bytes, name);
  if (!raw) return "error " + std::string(error_code_name(raw.error().code));
  std::string text = raw->plain_text;
  for (const FlowBlock& block : raw->flow) text += block.text;
  std::size_t bad = 0;
  for (const RawPage& page : raw->pages) {
    bad += page.error ? 1u : 0u;
    for (const RawWord& word : page.words) text += word.text;
  }
  return text.empty() ? std::to_string(raw->pages.size()) + " pages, " + std::to_string(bad) + " bad" : text;
}

TEST(HostileFiles, EndInOneOutcome) {
  struct Row {
    int line;
    std::string name, bytes;
    std::string says;  // empty: any outcome but a crash
  };
  const std::string page = "/MediaBox [0 0 300 300]";
  const std::string self = stream_of(
      "/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 7 0 R >> >>");
  // 32 KB that unpack to 512 KB, and those to 32 MB of nothing.
  const std::string bomb =
      stream_of(times(times("\x81\x81", 64), 256), "/Filter [/RunLengthDecode /RunLengthDecode]");
  std::string no_tree = tiny_pdf(page, kHello);
  no_tree.replace(no_tree.find("/Kids [3 0 R]"), 13, "/Kids [2 0 R]");
  std::string many = tiny_pdf(page, kHello);
  many.replace(many.find("/Count 1"), 8, "/Count 7");
  const std::string entity =
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\"><!ENTITY a \"ha\">]>";
  std::string laughs = "<!DOCTYPE x [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "&a" + std::to_string(i - 1) + ";";
    laughs += "<!ENTITY a" + std::to_string(i) + " \"" + before + before + "\">";
  }
  laughs += "]>";
  const Row rows[] = {
      // A page of any size is read; its picture is bounded.
      {__LINE__, "x.pdf", tiny_pdf("/MediaBox [0 0 1000000000 1000000000]", kHello), "Hello"},
      {__LINE__, "x.pdf", tiny_pdf("/MediaBox [0 0 1e300 1e300]", kHello), ""},
      {__LINE__, "x.pdf", tiny_pdf("/MediaBox [300 300 0 0]", kHello), "Hello"},
      {__LINE__, "x.pdf", tiny_pdf("/MediaBox [0 0 0 0]", kHello), ""},
      {__LINE__, "x.pdf", tiny_pdf("/MediaBox [-99999999999 0 99999999999 1]", kHello), ""},
      {__LINE__, "x.pdf", tiny_pdf("/MediaBox [0 0]", kHello), ""},
      {__LINE__, "x.pdf", tiny_pdf(page + " /Rotate 37 /UserUnit 1000000", kHello), "Hello"},
      {__LINE__, "x.pdf", tiny_pdf(page + " /Rotate -9223372036854775808", kHello), ""},
      // Trees, forms and arrays without an end; counts that lie.
      {__LINE__, "x.pdf", no_tree, ""},
      {__LINE__, "x.pdf", many, "Hello"},
      {__LINE__, "x.pdf", tiny_pdf(page, "/X Do "s + kHello, {self}, "/X 7 0 R"), "Hello"},
      {__LINE__, "x.pdf", tiny_pdf(page, times("q ", 200'000) + kHello), "Hello"},
      {__LINE__, "x.pdf", tiny_pdf(page + " /X " + times("[", 100'000), kHello), ""},
      {__LINE__, "x.pdf", tiny_pdf(page, times("[", 500'000)), ""},
      {__LINE__, "x.pdf", tiny_pdf(page, "/X Do "s + kHello, {bomb}, "/X 7 0 R"), "Hello"},
      // Nothing of the system is taken into a document.
      {__LINE__, "x.docx",
       docx_of(entity + kWord + "<w:p><w:r><w:t>A&e;B</w:t></w:r></w:p></w:body></w:document>"), ""},
      {__LINE__, "x.docx",
       docx_of(laughs + kWord + "<w:p><w:r><w:t>A&a39;</w:t></w:r></w:p></w:body></w:document>"), ""},
      {__LINE__, "x.docx", docx_of(kWord + times("<w:p>", 100'000)), ""},
      {__LINE__, "x.html", "<html>" + entity + "<p>Điều 1&e;</p></html>", ""},
      {__LINE__, "x.html", "<html>" + times("<div>", 200'000) + "Điều 1", ""},
      {__LINE__, "x.html", "<html>" + times("<p a=\"", 50'000), ""},
      {__LINE__, "x.zip", zip_of(std::vector<testing::ZipEntry>(3, {"../../x", "Điều 1"})), ""},
      {__LINE__, "x.tif", tiff_loop(), "1 pages, 0 bad"},
  };
  ReadOptions options;
  options.worker_program = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
  options.ocr = OcrMode::kNever;
  Reader reader(options);
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const std::string got = outcome(reader, row.bytes, row.name);
    EXPECT_NE(got, "error parser-crash");
    EXPECT_NE(got, "error internal");
    EXPECT_EQ(got.find("root:"), std::string::npos);
    EXPECT_LT(got.size(), 1u << 20);
    if (!row.says.empty()) {
      EXPECT_EQ(got, row.says);
    }
    EXPECT_EQ(outcome(reader, "Điều 1.", "next.txt"), "Điều 1.");
  }
}

// A page that is larger than any paper is made smaller before it is painted for OCR.
TEST(HostileFiles, APageIsPaintedOnlyAsLargeAsTheLimit) {
  ReadOptions options;
  options.worker_program = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
  options.ocr = OcrMode::kAlways;
  options.limits.raster_pixels = 4'000'000;
  options.limits.worker_memory_bytes = 1ull << 30;
  Reader reader(options);
  for (const char* box :
       {"/MediaBox [0 0 100000 100000]", "/MediaBox [0 0 14400 14400]", "/MediaBox [0 0 1 100000]"}) {
    SCOPED_TRACE(box);
    const std::string got = outcome(reader, tiny_pdf(box, kHello), "x.pdf");
    EXPECT_TRUE(got == "error limit-exceeded" || got == "1 pages, 0 bad" || got == "Hello") << got;
  }
}

}  // namespace
}  // namespace vanban
