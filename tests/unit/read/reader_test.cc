#include "vanban/read/reader.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>

#include "read/wire.h"
#include "support/golden.h"
#include "unit/read/tiny_pdf.h"

namespace vanban {
namespace {

using testing::read_file;
using testing::tiny_pdf;
using namespace std::string_literals;

const std::string kWorker = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
const std::string kData = std::string(VANBAN_SOURCE_DIR) + "/tests/data/read/";

ReadOptions options() {
  ReadOptions made;
  made.worker_program = kWorker;
  return made;
}

std::string all_words(const RawDocument& document) {
  std::string text;
  for (const RawPage& page : document.pages) {
    for (const RawWord& word : page.words) text += (text.empty() ? "" : " ") + word.text;
  }
  return text;
}

class ReaderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("vanban-reader-test-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string write(const std::string& name, const std::string& bytes) const {
    const std::filesystem::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  std::filesystem::path folder_;
};

TEST_F(ReaderTest, TypeIsByContentNotByName) {
  struct Case {
    int line;
    std::string name, bytes;
    std::string media_type;  // empty: an error
    ErrorCode error = ErrorCode::kInternal;
  };
  const std::string pdf = tiny_pdf("/MediaBox [0 0 300 300]", "BT /F1 12 Tf 10 200 Td (Hello) Tj ET");
  const Case cases[] = {
      {__LINE__, "a.txt", "Căn cứ Luật Tổ chức Chính phủ;\n", "text/plain"},
      {__LINE__, "a.pdf", "Căn cứ Luật Tổ chức Chính phủ;\n", "text/plain"},
      {__LINE__, "a.doc", pdf, "application/pdf"},
      {__LINE__, "junk.pdf", "HTTP/1.1 200 OK\r\n\r\n" + pdf, "application/pdf"},
      {__LINE__, "a.md", "Một đoạn.\n", "text/markdown"},
      {__LINE__, "a.txt", "# PHỤ LỤC\n\n| TT | Chỉ tiêu |\n|---|---|\n| 1 | Tỷ lệ |\n", "text/markdown"},
      {__LINE__, "b.txt", "*(Kèm theo Công văn)*\nI. NHIỆM VỤ\n1.\tBộ Y tế\t100%\n", "text/plain"},
      {__LINE__, "c.txt", "\xFF\xFEV\0n\0"s, "text/plain"},
      {__LINE__, "d.txt", "\xEF\xBB\xBFVăn bản", "text/plain"},
      {__LINE__, "scan.pdf", read_file(kData + "lines.png"), "image/png"},
      {__LINE__, "scan.txt", read_file(kData + "jpeg-named.pdf"), "image/jpeg"},
      {__LINE__, "empty.pdf", "", "", ErrorCode::kEmpty},
      {__LINE__, "nul.pdf", std::string(5000, '\0'), "", ErrorCode::kEmpty},
      {__LINE__, "blank.txt", " \n\t\r\n ", "", ErrorCode::kEmpty},
      {__LINE__, "elf.pdf",
       "\x7F"
       "ELF\2\1\1" +
           std::string(100, '\0'),
       "", ErrorCode::kUnsupported},
      {__LINE__, "a.docx", "PK\3\4\24\0\6\0"s + std::string(30, '\0') + "word/document.xml", "",
       ErrorCode::kDamaged},
      {__LINE__, "a.pdf", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0'), "",
       ErrorCode::kDamaged},
      {__LINE__, "a.txt", "abc\0def"s, "", ErrorCode::kUnsupported},
      {__LINE__, "a.txt", "<!DOCTYPE html><p>x</p>", "text/html"},
      {__LINE__, "a.gif", "GIF89a\xFF\xFF\xFF\xFF" + std::string(40, '\0'), "", ErrorCode::kUnsupported},
      {__LINE__, "a.png", read_file(kData + "lines.png").substr(0, 600), "", ErrorCode::kDamaged},
      {__LINE__, "a.jpg", read_file(kData + "jpeg-named.pdf").substr(0, 30), "", ErrorCode::kDamaged},
      {__LINE__, "a.tif", "II*\0\x08\0\0\0"s, "", ErrorCode::kDamaged},
      {__LINE__, "header.pdf", "%PDF-1.7\n", "", ErrorCode::kDamaged},
  };
  ReadOptions quick = options();
  quick.ocr = OcrMode::kNever;
  Reader reader(quick);
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const auto got = reader.read(write(one.name, one.bytes));
    if (one.media_type.empty()) {
      ASSERT_FALSE(got);
      EXPECT_EQ(error_code_name(got.error().code), error_code_name(one.error)) << got.error().message;
      EXPECT_THAT(got.error().message, ::testing::HasSubstr(one.name));
    } else {
      ASSERT_TRUE(got) << got.error().message;
      EXPECT_EQ(got->media_type, one.media_type);
      EXPECT_EQ(got->bytes, one.bytes.size());
    }
  }
  EXPECT_THAT(reader.isolation().value_or("none"), ::testing::HasSubstr("rlimits"));
}

TEST_F(ReaderTest, TextIsDecoded) {
  struct Case {
    int line;
    std::string bytes, text, encoding;
    bool replaced = false;
  };
  const Case cases[] = {
      {__LINE__, "Số: 1/NQ-CP\r\n", "Số: 1/NQ-CP\r\n", "utf-8"},
      {__LINE__, "\xEF\xBB\xBFSố", "Số", "utf-8"},
      {__LINE__, "\xFF\xFES\0\xD1\x1E"s, "Số", "utf-16le"},
      {__LINE__, "\xFE\xFF\0S\x1E\xD1"s, "Số", "utf-16be"},
      {__LINE__, "\xFF\xFE\x3D\xD8\x00\xDE"s, "\xF0\x9F\x98\x80", "utf-16le"},
      {__LINE__,
       "\xFF\xFE\x00\xDE"
       "a\0"s,
       "\xEF\xBF\xBD"
       "a",
       "utf-16le", true},
      {__LINE__, "Ngh\xB5 quy\xD5t", "Ngh\xEF\xBF\xBD quy\xEF\xBF\xBDt", "utf-8", true},
  };
  Reader reader(options());
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const auto got = read_bytes(reader, one.bytes, "input");
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_EQ(got->plain_text, one.text);
    EXPECT_EQ(got->encoding, one.encoding);
    EXPECT_EQ(!got->diagnostics.empty(), one.replaced);
  }
}

TEST_F(ReaderTest, LongTextComesWhole) {
  std::string text;
  for (int i = 0; text.size() < (5u << 20); ++i)
    text += "Điều " + std::to_string(i) + ". Trách nhiệm thi hành\n";
  Reader reader(options());
  const auto got = read_bytes(reader, text, "long");
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->plain_text, text);
  ReadOptions small = options();
  small.limits.text_bytes = 1u << 20;
  Reader strict(small);
  const auto cut = read_bytes(strict, text, "long");
  ASSERT_TRUE(cut) << cut.error().message;
  EXPECT_LE(cut->plain_text.size(), small.limits.text_bytes);
  EXPECT_GT(cut->plain_text.size(), small.limits.text_bytes - 100);
  EXPECT_TRUE(text.starts_with(cut->plain_text));
  EXPECT_EQ(cut->plain_text.back(), '\n');
  ASSERT_EQ(cut->diagnostics.size(), 1u);
  EXPECT_EQ(cut->diagnostics[0].code, "text-limit");
}

TEST_F(ReaderTest, FilesThatAreNone) {
  Reader reader(options());
  EXPECT_EQ(reader.read((folder_ / "missing").string()).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(reader.read(folder_.string()).error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(reader.read("/dev/zero").error().code, ErrorCode::kUnsupported);
  const std::string pipe = (folder_ / "pipe").string();
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(reader.read(pipe).error().code, ErrorCode::kUnsupported);
  ReadOptions small = options();
  small.limits.file_bytes = 10;
  EXPECT_EQ(Reader(small).read(write("a.txt", "more than ten bytes")).error().code,
            ErrorCode::kLimitExceeded);
  const auto odd_name = reader.read(write("v\xB5n.txt", ""));
  ASSERT_FALSE(odd_name);
  EXPECT_THAT(odd_name.error().message, ::testing::HasSubstr("v\\xb5n.txt"));
}

// What is stored is what the hash is of.
TEST_F(ReaderTest, AFileThatChangesWhileItIsReadIsNotTaken) {
  struct Row {
    int line;
    std::function<void(const std::string& path)> change;  // after its bytes were hashed
    bool taken;
  };
  const auto overwrite = [](const std::string& path) {
    std::fstream out(path, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(6);
    out << "9";
  };
  const Row rows[] = {
      {__LINE__, [](const std::string&) {}, true},
      {__LINE__, [](const std::string& path) { std::ofstream(path, std::ios::app) << "x"; }, false},
      {__LINE__, [](const std::string& path) { std::filesystem::resize_file(path, 3); }, false},
      {__LINE__, overwrite, false},
      // Within one step of the system's clock: size and time stay the same.
      {__LINE__,
       [&](const std::string& path) {
         const auto time = std::filesystem::last_write_time(path);
         overwrite(path);
         std::filesystem::last_write_time(path, time);
       },
       false},
  };
  Reader reader(options());
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const std::string path = write("moves.txt", "Điều 1. Phạm vi\n");
    const int file = ::open(path.c_str(), O_RDONLY);
    const auto got = reader.read_open(file, path, [&](const std::string&) {
      row.change(path);
      return true;
    });
    ::close(file);
    ASSERT_EQ(got.has_value(), row.taken);
    if (!got) {
      EXPECT_EQ(error_code_name(got.error().code), error_code_name(ErrorCode::kChanged));
    }
  }
}

TEST_F(ReaderTest, SetupErrorsSayWhatIsMissing) {
  ReadOptions wrong = options();
  wrong.worker_program = "/nonexistent/vanban-reader";
  EXPECT_EQ(Reader(wrong).read(write("a.txt", "x")).error().code, ErrorCode::kSetup);
  wrong.worker_program = "/bin/false";
  EXPECT_EQ(Reader(wrong).read(write("a.txt", "x")).error().code, ErrorCode::kSetup);
  ReadOptions language = options();
  language.ocr_languages = "tlh";
  const auto got = Reader(language).read(kData + "lines.png");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::kSetup);
  EXPECT_THAT(got.error().message, ::testing::HasSubstr("tesseract-ocr-tlh"));
}

TEST_F(ReaderTest, WordsAndRulingsOfAPdf) {
  Reader reader(options());
  const auto got = reader.read(kData + "dispatch.pdf");
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->sha256.size(), 64u);
  ASSERT_EQ(got->pages.size(), 7u);
  EXPECT_FALSE(got->ocr.has_value());
  const RawPage& first = got->pages[0];
  EXPECT_NEAR(first.width, 595.3, 0.5);
  EXPECT_EQ(first.origin, TextOrigin::kTextLayer);
  EXPECT_THAT(all_words(*got), ::testing::StartsWith("VĂN PHÒNG CHÍNH PHỦ"));
  EXPECT_EQ(first.words[0].font, "Liberation-Serif-Bold");
  EXPECT_TRUE(first.words[0].bold);
  for (const RawPage& page : got->pages) {
    for (const RawWord& word : page.words) {
      EXPECT_FALSE(word.invisible) << word.text;
      EXPECT_EQ(word.text.find(' '), std::string::npos);
    }
  }
  // The table on the last page: every vertical ruling stands between its top and bottom line.
  const RawPage& last = got->pages[6];
  std::size_t vertical = 0;
  for (const Ruling& line : last.rulings) vertical += line.horizontal() ? 0u : 1u;
  EXPECT_GE(vertical, 7u);
  EXPECT_GE(last.rulings.size() - vertical, 5u);
}

TEST_F(ReaderTest, PlacesAreThoseOfThePageAsShown) {
  // A word near the bottom left of its user space, and a line below it, seen through crop box and rotation.
  const std::string content = "BT /F2 20 Tf 60 120 Td (Mark) Tj ET 50 100 100 1 re f 300 400 m 300 500 l S";
  struct Case {
    int line;
    std::string entries;
    double width, height;
    double word_x, word_y;  // centre
    Ruling thin, stroke;
  };
  const Case cases[] = {
      {__LINE__, "/MediaBox [0 0 600 800]", 600, 800, 82, 674, {50, 699.5, 150, 699.5}, {300, 300, 300, 400}},
      {__LINE__,
       "/MediaBox [0 0 600 800] /CropBox [40 80 440 780]",
       400,
       700,
       42,
       654,
       {10, 679.5, 110, 679.5},
       {260, 280, 260, 380}},
      {__LINE__,
       "/MediaBox [0 0 600 800] /Rotate 90",
       800,
       600,
       126,
       82,
       {100.5, 50, 100.5, 150},
       {400, 300, 500, 300}},
      {__LINE__,
       "/MediaBox [0 0 600 800] /Rotate 180",
       600,
       800,
       518,
       126,
       {450, 100.5, 550, 100.5},
       {300, 400, 300, 500}},
      {__LINE__,
       "/MediaBox [0 0 600 800] /Rotate -90 /CropBox [40 80 440 780]",
       700,
       400,
       654,
       358,
       {679.5, 290, 679.5, 390},
       {280, 140, 380, 140}},
  };
  Reader reader(options());
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const auto got = read_bytes(reader, tiny_pdf(one.entries, content), "tiny.pdf");
    ASSERT_TRUE(got) << got.error().message;
    const RawPage& page = got->pages.at(0);
    EXPECT_NEAR(page.width, one.width, 0.01);
    EXPECT_NEAR(page.height, one.height, 0.01);
    ASSERT_EQ(page.words.size(), 1u);
    EXPECT_EQ(page.words[0].text, "Mark");
    EXPECT_TRUE(page.words[0].bold);
    EXPECT_NEAR(page.words[0].box.centre_x(), one.word_x, 6);
    EXPECT_NEAR(page.words[0].box.centre_y(), one.word_y, 6);
    ASSERT_EQ(page.rulings.size(), 2u);
    for (const Ruling& wanted : {one.thin, one.stroke}) {
      bool found = false;
      for (const Ruling& line : page.rulings) {
        found = found || (std::abs(line.x0 - wanted.x0) < 0.1 && std::abs(line.y0 - wanted.y0) < 0.1 &&
                          std::abs(line.x1 - wanted.x1) < 0.1 && std::abs(line.y1 - wanted.y1) < 0.1);
      }
      EXPECT_TRUE(found) << wanted.x0 << " " << wanted.y0 << " " << wanted.x1 << " " << wanted.y1;
    }
  }
}

TEST_F(ReaderTest, DrawnLines) {
  struct Case {
    int line;
    std::string content;
    std::size_t horizontal, vertical;
  };
  const Case cases[] = {
      {__LINE__, "50 50 200 100 re S", 2, 2},                        // a stroked cell
      {__LINE__, "50 50 200 100 re f", 0, 0},                        // a background
      {__LINE__, "1 g 50 50 200 1 re f", 0, 0},                      // white on white
      {__LINE__, "50 50 100 0.5 re f 150.5 50 100 0.5 re f", 1, 0},  // borders with a corner left out
      {__LINE__, "50 50 100 0.5 re f 170 50 100 0.5 re f", 2, 0},    // two lines
      {__LINE__, "50 50 m 250 50 l 250 150 l h S", 1, 1},            // the slanted side is no ruling
      {__LINE__, "50 50 m 250 50 l 250 50.5 l 50 50.5 l 50 50 l h f", 1, 0},  // closed twice
      {__LINE__, "0 0 m 9 0 l 9 90 l 0 0 l h f", 0, 0},                       // a triangle
      {__LINE__, "50 50 m 250 50 l 250 51 l 50 51 l h 50 51 m 51 51 l 51 150 l 50 150 l 50 51 l h f", 1, 1},
      {__LINE__, "q 0.24 0 0 0.24 0 0 cm 200 200 m 900 200 l S Q", 1, 0},  // scaled
      {__LINE__, "q 20 w 50 50 m 250 50 l S Q", 0, 0},                     // a bar
      {__LINE__, "50 50 m 60 90 200 90 250 50 c S", 0, 0},                 // a curve
      {__LINE__, "50 50 m 250 50 l n", 0, 0},                              // not painted
      {__LINE__, "50 50 1 1 re f 80 50 1 1 re f", 0, 0},                   // dots
      {__LINE__, "q 1 0 0 1 10 10 cm /X Do Q", 1, 0},                      // inside a form
      {__LINE__, "BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI 50 50 m 250 50 l S", 1, 0},
      {__LINE__, "(unclosed 50 50 m 250 50 l S", 0, 0},
  };
  const std::string form =
      "<< /Type /XObject /Subtype /Form /BBox [0 0 500 500] /Length 36 >>\nstream\n"
      "50 50 m 250 50 l S 1 0 0 1 0 0 cm /X Do\nendstream";  // and it draws itself
  Reader reader(options());
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const auto got =
        read_bytes(reader, tiny_pdf("/MediaBox [0 0 600 800]", one.content, {form}, "/X 7 0 R"), "tiny.pdf");
    ASSERT_TRUE(got) << got.error().message;
    std::size_t horizontal = 0, vertical = 0;
    for (const Ruling& line : got->pages.at(0).rulings) ++(line.horizontal() ? horizontal : vertical);
    EXPECT_EQ(horizontal, one.horizontal);
    EXPECT_EQ(vertical, one.vertical);
  }
}

TEST_F(ReaderTest, InvisibleWords) {
  ReadOptions quick = options();
  quick.ocr = OcrMode::kNever;
  Reader reader(quick);
  const auto got = read_bytes(reader,
                              tiny_pdf("/MediaBox [0 0 600 800]",
                                       "BT /F1 12 Tf 50 700 Td (seen) Tj ET BT 3 Tr /F1 12 Tf 50 600 Td "
                                       "(hidden words) Tj ET BT 0 Tr /F1 12 Tf 700 500 Td (outside) Tj ET"),
                              "tiny.pdf");
  ASSERT_TRUE(got) << got.error().message;
  std::string shown;
  for (const RawWord& word : got->pages.at(0).words) shown += word.text + (word.invisible ? "- " : "+ ");
  EXPECT_THAT(shown, ::testing::HasSubstr("seen+ hidden- words-"));
  EXPECT_THAT(shown, ::testing::Not(::testing::HasSubstr("outside+")));
}

// Word's maps that have a letter as a space, as in nghị định 47/2020/NĐ-CP: "<002A> <002C> [<0047> <0020>
// <0049>]".
TEST_F(ReaderTest, LettersThatTheFontGivesAsSpacesArePutBack) {
  struct Case {
    int line;
    std::string entries;  // bfrange lines
    int ranges;
    std::string text;  // of the glyphs C, 2B, I
  };
  const Case cases[] = {
      {__LINE__, "<0024> <0028> <0041> <002A> <002C> [<0047> <0020> <0049>] <002E> <0039> <004B>", 3, "CHI"},
      // Not put: a neighbour does not fit; the letter is taken; too few letters prove the order.
      {__LINE__, "<0024> <0028> <0041> <002A> <002C> [<0047> <0020> <0059>] <002E> <0039> <004B>", 3, "C Y"},
      {__LINE__,
       "<0024> <0028> <0041> <002A> <002C> [<0047> <0020> <0049>] <002E> <0039> <004B> <0060> <0060> <0048>",
       4, "C I"},
      {__LINE__, "<0026> <0026> <0043> <002A> <002C> [<0047> <0020> <0049>]", 2, "C I"},
  };
  Reader reader(options());
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const std::string map = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange " +
                            std::to_string(one.ranges) + " beginbfrange " + one.entries +
                            " endbfrange endcmap";
    const std::vector<std::string> objects = {
        "<< /Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H /DescendantFonts [8 0 R] "
        "/ToUnicode 9 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Times /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (Identity) "
        "/Supplement 0 >> /FontDescriptor 10 0 R /DW 600 >>",
        "<< /Length " + std::to_string(map.size()) + " >>\nstream\n" + map + "\nendstream",
        "<< /Type /FontDescriptor /FontName /Times /Flags 4 /FontBBox [0 0 600 700] /ItalicAngle 0 /Ascent "
        "700 /Descent 0 "
        "/CapHeight 700 /StemV 80 >>",
    };
    const auto got =
        read_bytes(reader,
                   tiny_pdf("/MediaBox [0 0 600 800]", "BT /F3 12 Tf 50 700 Td <0026002B002C> Tj ET", objects,
                            "", "/F3 7 0 R"),
                   "tiny.pdf");
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_EQ(all_words(*got), one.text);
  }
}

// Page 2 of nghị quyết 254/2025/QH15: its fonts' maps have "ã" and "ọ" as U+0000, and the text layer reads "x
// hội".
TEST_F(ReaderTest, LettersThatTheFontHasLostAreReadFromThePicture) {
  ReadOptions without = options();
  without.ocr = OcrMode::kNever;
  const auto holes = Reader(without).read(kData + "lost-letters.pdf");
  ASSERT_TRUE(holes) << holes.error().message;
  EXPECT_THAT(all_words(*holes), ::testing::HasSubstr("x hội"));
  EXPECT_EQ(holes->pages.at(0).unmapped_characters, 5u);
  EXPECT_EQ(holes->diagnostics.at(0).code, "lost-letters");
  Reader reader(options());
  const auto filled = reader.read(kData + "lost-letters.pdf");
  ASSERT_TRUE(filled) << filled.error().message;
  const std::string text = all_words(*filled);
  EXPECT_THAT(text, ::testing::HasSubstr("xã hội"));
  EXPECT_THAT(text, ::testing::HasSubstr("quan trọng quốc gia"));
  EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr(" x ")));
  EXPECT_EQ(static_cast<int>(filled->pages.at(0).origin), static_cast<int>(TextOrigin::kMixed));
}

TEST_F(ReaderTest, PasswordsAndPermissions) {
  Reader reader(options());
  EXPECT_EQ(reader.read(kData + "encrypted.pdf").error().code, ErrorCode::kEncrypted);
  EXPECT_EQ(reader.read(kData + "encrypted-part.docx").error().code, ErrorCode::kEncrypted);
  ReadOptions with_password = options();
  with_password.passwords = {"no", "secret"};
  const auto opened = Reader(with_password).read(kData + "encrypted.pdf");
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_FALSE(opened->pages.at(0).rulings.empty());  // both libraries opened it
  with_password.passwords = {"wrong"};
  EXPECT_EQ(Reader(with_password).read(kData + "encrypted.pdf").error().code, ErrorCode::kEncrypted);
  const auto restricted = reader.read(kData + "owner-only.pdf");
  ASSERT_TRUE(restricted) << restricted.error().message;
  ASSERT_EQ(restricted->diagnostics.size(), 1u);
  EXPECT_EQ(restricted->diagnostics[0].code, "restricted");
}

TEST_F(ReaderTest, DamagedPdfs) {
  Reader reader(options());
  const std::string whole = tiny_pdf("/MediaBox [0 0 300 300]", "BT /F1 12 Tf 10 200 Td (Hello) Tj ET");
  const auto no_table =
      read_bytes(reader, whole.substr(0, whole.find("xref\n")) + "trailer << /Root 1 0 R >>", "x.pdf");
  ASSERT_TRUE(no_table) << no_table.error().message;
  EXPECT_EQ(all_words(*no_table), "Hello");
  const auto half = read_bytes(reader, whole.substr(0, 60), "x.pdf");
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().code, ErrorCode::kDamaged);
  std::string lying = whole;
  lying.replace(lying.find("/Count 1"), 8, "/Count 9");
  const auto counted = read_bytes(reader, lying, "x.pdf");
  ASSERT_TRUE(counted) << counted.error().message;
  EXPECT_EQ(all_words(*counted), "Hello");
  std::size_t unread = 0;
  for (const RawPage& page : counted->pages) unread += page.error ? 1u : 0u;
  EXPECT_EQ(unread, 0u);
}

// Objects are looked for one by one where table, trailer or root are gone.
TEST_F(ReaderTest, WhatIsLeftOfAPdfIsSaved) {
  const std::string stream = "BT /F1 12 Tf 10 200 Td (Hello) Tj ET";
  const std::string contents = "4 0 obj\n<< /Length " + std::to_string(stream.size()) + " >>\nstream\n" +
                               stream + "\nendstream\nendobj\n";
  const std::string font = "5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n";
  const std::string resources = "/MediaBox [0 0 300 300] /Resources << /Font << /F1 5 0 R >> >>";
  const std::string page = "3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n";
  const std::string tree = "2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] " + resources + " >>\nendobj\n";
  const std::string own = "3 0 obj\n<< /Type /Page " + resources + " /Contents 4 0 R >>\nendobj\n";
  const std::string head = "%PDF-1.7\n";
  const std::string root = "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n";
  const std::string packed_root = "<< /Type /Catalog /Pages 2 0 R >>";
  const std::string packed = "9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length " +
                             std::to_string(4 + packed_root.size()) + " >>\nstream\n1 0 " + packed_root +
                             "\nendstream\nendobj\n";
  std::string without_ends;
  for (int i = 10; i < 20'000; ++i) without_ends += std::to_string(i) + " 0 obj << /Kids [ stream\n";
  struct Row {
    int line;
    std::string bytes, words;  // no words: nothing can be saved
    bool lost;                 // and it says that pages may be
  };
  const Row rows[] = {
      {__LINE__, head + root + tree + page + contents + font, "Hello", false},
      {__LINE__, head + tree + page + contents + font, "Hello", true},            // no root
      {__LINE__, head + own + contents + font, "Hello", true},                    // no tree
      {__LINE__, head + packed + tree + page + contents + font, "Hello", false},  // the root is packed
      {__LINE__, head + root + tree + page + contents + font.substr(0, font.size() - 8), "Hello", false},
      {__LINE__, head + font + root + tree + page + contents.substr(0, contents.size() - 18), "Hello", false},
      {__LINE__, head + own + contents + font + own + contents, "Hello", true},  // written twice: one page
      {__LINE__, head + "3 0 obj\n<< /Type /Page /Parent 3 0 R >>\nendobj\n", "", true},
      {__LINE__, head + "2 0 obj\n<< /Type /Pages /Kids [2 0 R] >>\nendobj\n", "", false},
      {__LINE__, head + without_ends, "", false},
      {__LINE__, head + "4294967295 0 obj << /Type /Page >> endobj 0 0 obj << /Type /Page >> endobj", "",
       false},
  };
  Reader reader(options());
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const auto got = read_bytes(reader, row.bytes, "cut.pdf");
    if (!got) {
      EXPECT_EQ(row.words, "") << got.error().message;
      EXPECT_EQ(error_code_name(got.error().code), error_code_name(ErrorCode::kDamaged));
      continue;
    }
    EXPECT_EQ(all_words(*got), row.words);
    EXPECT_TRUE(got->damaged);
    const bool says = std::any_of(got->diagnostics.begin(), got->diagnostics.end(),
                                  [](const Diagnostic& one) { return one.code == "pages-lost"; });
    EXPECT_EQ(says, row.lost);
  }
}

TEST_F(ReaderTest, ImagesAreRecognised) {
  Reader reader(options());
  for (const char* name : {"lines.png", "jpeg-named.pdf", "two-pages.tif"}) {
    SCOPED_TRACE(name);
    const auto got = reader.read(kData + name);
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_EQ(got->pages.size(), name == "two-pages.tif"s ? 2u : 1u);
    for (const RawPage& page : got->pages) {
      EXPECT_EQ(page.origin, TextOrigin::kOcr);
      EXPECT_NEAR(page.width, 1480 * 72 / 200.0, 1);
      EXPECT_GT(page.mean_confidence, 0.7);
    }
    EXPECT_THAT(all_words(*got), ::testing::HasSubstr("cải cách thủ tục hành chính"));
    ASSERT_TRUE(got->ocr.has_value());
    EXPECT_EQ(got->ocr->languages, "vie");
    EXPECT_THAT(got->ocr->engine, ::testing::StartsWith("tesseract 5"));
  }
}

class CacheInMemory final : public OcrCache {
 public:
  std::optional<std::string> find(const std::string& key) override {
    const auto found = pages.find(key);
    return found == pages.end() ? std::nullopt : std::optional<std::string>(found->second);
  }
  void keep(const std::string& key, std::string_view page) override { pages[key] = page; }
  std::map<std::string, std::string> pages;
};

TEST_F(ReaderTest, AnImageThatWasSeenBeforeCostsNoOcr) {
  CacheInMemory cache;
  ReadOptions remembering = options();
  remembering.ocr_cache = &cache;
  const std::string image = read_file(kData + "lines.png");
  const auto without = Reader(options()).read(kData + "lines.png");
  Reader reader(remembering);
  const auto first = read_bytes(reader, image, "first.png");
  ASSERT_TRUE(first && without) << first.error().message;
  EXPECT_EQ(reader.recalled(), 0u);
  ASSERT_EQ(cache.pages.size(), 1u);
  const auto again = read_bytes(reader, image + "other bytes, the same image", "again.png");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(reader.recalled(), 1u);
  EXPECT_NE(again->sha256, first->sha256);
  EXPECT_EQ(read::encode_page(again->pages[0]), read::encode_page(first->pages[0]));
  EXPECT_EQ(read::encode_page(first->pages[0]),
            read::encode_page(without->pages[0]));  // with a cache or without: the same
  EXPECT_EQ(again->ocr->mean_confidence, first->ocr->mean_confidence);

  remembering.ocr_languages = "eng+vie";  // may not be installed: then it is no hit either
  Reader other(remembering);
  (void)read_bytes(other, image, "other.png");
  EXPECT_EQ(other.recalled(), 0u);

  for (auto& [key, page] : cache.pages) page = "what a bad disk gives back";
  remembering.ocr_languages = "vie";
  Reader believing(remembering);
  const auto third = read_bytes(believing, image, "third.png");
  ASSERT_TRUE(third) << third.error().message;
  EXPECT_EQ(believing.recalled(), 0u);
  EXPECT_EQ(read::encode_page(third->pages[0]), read::encode_page(first->pages[0]));
}

TEST_F(ReaderTest, EveryRefusalNamesItsLimit) {
  struct Row {
    int line;
    std::string name, bytes;
    Limits limits;
    ErrorCode code;    // kInternal: no error
    std::string says;  // in the error, or in a diagnostic
  };
  const auto with = [](auto member, auto value) {
    Limits limits;
    limits.*member = static_cast<std::remove_reference_t<decltype(limits.*member)>>(value);
    return limits;
  };
  const std::string pdf = read_file(kData + "two-pages.tif");
  const std::string text = "Điều 1.\nĐiều 2.\n";
  const Row rows[] = {
      {__LINE__, "a.txt", text, with(&Limits::file_bytes, 8), ErrorCode::kLimitExceeded,
       "the limit file-bytes is 8"},
      {__LINE__, "a.txt", text, with(&Limits::text_bytes, 12), ErrorCode::kInternal,
       "the limit text-bytes is 12"},
      {__LINE__, "a.tif", pdf, with(&Limits::pages, 1), ErrorCode::kInternal, "the limit pages is 1"},
      {__LINE__, "a.png", read_file(kData + "lines.png"), with(&Limits::image_pixels, 1000),
       ErrorCode::kLimitExceeded, "the limit image-pixels is 1000"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    ReadOptions limited = options();
    limited.ocr = OcrMode::kNever;
    limited.limits = row.limits;
    Reader reader(limited);
    const auto got = read_bytes(reader, row.bytes, row.name);
    if (row.code != ErrorCode::kInternal) {
      ASSERT_FALSE(got);
      EXPECT_EQ(error_code_name(got.error().code), error_code_name(row.code));
      EXPECT_THAT(got.error().message, ::testing::HasSubstr(row.says));
      continue;
    }
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_THAT(got->diagnostics,
                ::testing::Contains(::testing::Field(&Diagnostic::message, ::testing::HasSubstr(row.says))));
    if (row.name == "a.txt") {
      EXPECT_EQ(got->plain_text, "Điều 1.\n");
    } else {
      EXPECT_EQ(got->pages.size(), 1u);
    }
  }
}

// Công báo prints decisions as pictures between lines of its own.
TEST_F(ReaderTest, TextLayerOrOcrIsDecidedForEachPage) {
  const std::string jpeg = read_file(kData + "jpeg-named.pdf");
  const std::string image =
      "<< /Type /XObject /Subtype /Image /Width 1480 /Height 143 /ColorSpace /DeviceGray "
      "/BitsPerComponent 8 /Filter /DCTDecode /Length " +
      std::to_string(jpeg.size()) + " >>\nstream\n" + jpeg + "\nendstream";
  const std::string words = "BT /F1 12 Tf 20 180 Td (Header) Tj ET ";
  std::string prose;
  for (int i = 0; i < 12; ++i) {
    prose += "BT /F1 9 Tf 20 " + std::to_string(10 + 15 * i) +
             " Td (These are the words of a page that somebody typed) Tj ET ";
  }
  // What an earlier OCR left, invisible: read well, or not ("diroc" for được).
  const auto layer = [](const std::string& line) {
    std::string content = "q 500 0 0 48 10 6 cm /X Do Q 3 Tr ";
    for (int i = 0; i < 8; ++i)
      content += "BT /F1 4 Tf 12 " + std::to_string(8 + 5 * i) + " Td (" + line + ") Tj ET ";
    return content;
  };
  const std::string well = layer("th\\340nh ph\\364 C\\364ng v\\340 c\\341c ban l\\340m theo quy trong");
  const std::string badly = layer("th\\340nh phll C\\364ng vh c\\341c diroc l\\340m ngmrl djch trong");
  // "20í5", as an OCR without digits of its own made it of 2015.
  const std::string years =
      layer("th\\340nh ph\\364 C\\364ng v\\340 c\\341c ban 2015 l\\340m theo 12 quy trong");
  const std::string garbled =
      layer("th\\340nh ph\\364 C\\364ng v\\340 c\\341c ban 20\\3555 l\\340m theo 12 quy trong");
  struct Case {
    int line;
    std::string entries, content;
    OcrMode mode;
    TextOrigin origin;
    std::string code;  // of the only diagnostic; empty: none
    bool header, image_text;
  };
  const Case cases[] = {
      {__LINE__, "/MediaBox [0 0 600 200]", words + "q 500 0 0 48 20 50 cm /X Do Q", OcrMode::kAuto,
       TextOrigin::kMixed, "", true, true},
      {__LINE__, "/MediaBox [0 0 600 200]", words + "q 500 0 0 48 20 50 cm /X Do Q", OcrMode::kNever,
       TextOrigin::kTextLayer, "image-not-read", true, false},
      {__LINE__, "/MediaBox [0 0 520 60]", "q 500 0 0 48 10 6 cm /X Do Q", OcrMode::kAuto, TextOrigin::kOcr,
       "", false, true},
      {__LINE__, "/MediaBox [0 0 520 60]", "q 500 0 0 48 10 6 cm /X Do Q", OcrMode::kNever,
       TextOrigin::kTextLayer, "page-not-recognised", false, false},
      {__LINE__, "/MediaBox [0 0 520 75]", "q 500 0 0 48 10 6 cm /X Do Q BT /F1 9 Tf 10 62 Td (Header) Tj ET",
       OcrMode::kAuto, TextOrigin::kOcr, "text-layer-rejected", true, true},
      {__LINE__, "/MediaBox [0 0 600 200]", prose + "q 60 0 0 6 500 20 cm /X Do Q", OcrMode::kAuto,
       TextOrigin::kTextLayer, "", false, false},
      {__LINE__, "/MediaBox [0 0 600 200]", "", OcrMode::kAuto, TextOrigin::kTextLayer, "", false, false},
      {__LINE__, "/MediaBox [0 0 520 60]", well, OcrMode::kAlways, TextOrigin::kOcr, "text-layer-rejected",
       false, true},
      {__LINE__, "/MediaBox [0 0 520 60]", years, OcrMode::kAuto, TextOrigin::kMixed, "", false, true},
      {__LINE__, "/MediaBox [0 0 520 60]", garbled, OcrMode::kAuto, TextOrigin::kOcr, "text-layer-rejected",
       false, true},
      {__LINE__, "/MediaBox [0 0 520 60]", badly, OcrMode::kAuto, TextOrigin::kOcr, "text-layer-rejected",
       false, true},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    ReadOptions made = options();
    made.ocr = one.mode;
    Reader reader(made);
    const auto got = read_bytes(reader, tiny_pdf(one.entries, one.content, {image}, "/X 7 0 R"), "tiny.pdf");
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_EQ(static_cast<int>(got->pages.at(0).origin), static_cast<int>(one.origin));
    std::string codes;
    for (const Diagnostic& diagnostic : got->diagnostics) codes += diagnostic.code;
    EXPECT_EQ(codes, one.code) << (got->diagnostics.empty() ? "" : got->diagnostics[0].message);
    const std::string text = all_words(*got);
    EXPECT_EQ(text.find("Header") != std::string::npos, one.header) << text;
    EXPECT_EQ(text.find("hành chính") != std::string::npos, one.image_text) << text;
  }
}

TEST_F(ReaderTest, OversizedImagesAreRefusedUndecoded) {
  ReadOptions strict = options();
  strict.limits.image_pixels = 1000;
  Reader reader(strict);
  EXPECT_EQ(reader.read(kData + "lines.png").error().code, ErrorCode::kLimitExceeded);
  EXPECT_EQ(reader.read(kData + "two-pages.tif").error().code, ErrorCode::kLimitExceeded);
}

TEST_F(ReaderTest, ProgressAndOneDocumentAfterTheOther) {
  Reader reader(options());
  int calls = 0;
  for (int i = 0; i < 3; ++i) {
    const auto got = reader.read(kData + "dispatch.pdf", [&](const ReadProgress& progress) {
      ++calls;
      EXPECT_EQ(progress.pages, 7);
    });
    ASSERT_TRUE(got) << got.error().message;
  }
  EXPECT_EQ(calls, 21);
  EXPECT_EQ(reader.read(write("a.txt", "")).error().code, ErrorCode::kEmpty);
  EXPECT_TRUE(reader.read(write("a.txt", "x")));  // one byte is a text too
}

}  // namespace
}  // namespace vanban
