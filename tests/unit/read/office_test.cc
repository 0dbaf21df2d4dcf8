// Old Office files and RTF: recognised by the worker, converted by LibreOffice where it is installed, refused
// with its package's name where not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "vanban/read/reader.h"

namespace vanban {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;
using ::testing::HasSubstr;

ReadOptions options() {
  ReadOptions made;
  made.worker_program = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
  return made;
}

bool has_libreoffice() {
  return access("/usr/bin/soffice", X_OK) == 0 && fs::exists("/usr/lib/libreoffice/program/libswlo.so");
}

std::string flow_text(const RawDocument& document) {
  std::string text;
  for (const FlowBlock& block : document.flow) text += block.text + "\n";
  return text;
}

void put(std::string& out, std::size_t at, std::uint64_t value, int size) {
  for (int i = 0; i < size; ++i) out[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * i));
}

// An OLE file whose root holds streams of these names; the first has `content` at its beginning. Sectors: 0
// FAT, 1 directory, 2 to 9 the stream.
std::string ole_file(const std::vector<std::string>& names, const std::string& content) {
  std::string out(512 * 11, '\0');
  const std::string magic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  out.replace(0, 8, magic);
  put(out, 0x1E, 9, 2);
  put(out, 0x2C, 1, 4);
  put(out, 0x30, 1, 4);
  put(out, 0x44, 0xFFFFFFFE, 4);
  for (std::size_t i = 0; i < 109; ++i) put(out, 0x4C + 4 * i, i == 0 ? 0 : 0xFFFFFFFF, 4);
  const std::uint32_t fat[] = {0xFFFFFFFD, 0xFFFFFFFE, 3, 4, 5, 6, 7, 8, 9, 0xFFFFFFFE};
  for (std::size_t i = 0; i < std::size(fat); ++i) put(out, 512 + 4 * i, fat[i], 4);
  for (std::size_t entry = 0; entry <= names.size() && entry < 4; ++entry) {
    const std::size_t base = 1024 + 128 * entry;
    const std::string name = entry == 0 ? "Root Entry" : names[entry - 1];
    for (std::size_t i = 0; i < name.size(); ++i) out[base + 2 * i] = name[i];
    put(out, base + 0x40, 2 * name.size() + 2, 2);
    put(out, base + 0x42, entry == 0 ? 5 : 2, 1);
    put(out, base + 0x44, 0xFFFFFFFF, 4);
    put(out, base + 0x48, entry > 0 && entry < names.size() ? entry + 1 : 0xFFFFFFFF, 4);
    put(out, base + 0x4C, entry == 0 && !names.empty() ? 1 : 0xFFFFFFFF, 4);
    put(out, base + 0x74, 2, 4);
    put(out, base + 0x78, 4096, 8);
  }
  out.replace(1536, content.size(), content);
  return out;
}

TEST(OldOffice, IsNamedWhereItCannotBeRead) {
  struct Case {
    int line;
    std::string bytes;
    ErrorCode code;
    std::string message;
  };
  const std::string word = "\xEC\xA5\xC1\0\0\0\0\0\0\0\0\0"s, secret_word = "\xEC\xA5\xC1\0\0\0\0\0\0\0\0\1"s;
  const std::string book = "\x09\x08\x04\0abcd\x42\0\2\0\xB0\4"s,
                    secret_book = "\x09\x08\x04\0abcd\x2F\0\2\0\0\0"s;
  std::string endless = ole_file({"WordDocument"}, word);
  put(endless, 512 + 4, 1, 4);  // the directory's chain goes round
  const Case cases[] = {
      {__LINE__, "{\\rtf1\\ansi Quy ch\\u7871?}", ErrorCode::kUnsupported, "libreoffice-writer"},
      {__LINE__, ole_file({"WordDocument"}, word), ErrorCode::kUnsupported, "libreoffice-writer"},
      {__LINE__, ole_file({"Workbook"}, book), ErrorCode::kUnsupported, "libreoffice-calc"},
      {__LINE__, ole_file({"Book"}, book), ErrorCode::kUnsupported, "libreoffice-calc"},
      {__LINE__, ole_file({"PowerPoint Document"}, ""), ErrorCode::kUnsupported, "libreoffice-impress"},
      {__LINE__, ole_file({"PowerPoint Document", "EncryptedSummary"}, ""), ErrorCode::kEncrypted,
       "encrypted"},
      {__LINE__, ole_file({"WordDocument"}, secret_word), ErrorCode::kEncrypted, "Word document"},
      {__LINE__, ole_file({"Workbook"}, secret_book), ErrorCode::kEncrypted, "Excel workbook"},
      {__LINE__, ole_file({"EncryptionInfo", "EncryptedPackage"}, ""), ErrorCode::kEncrypted, "Office file"},
      {__LINE__, ole_file({"__properties_version1.0"}, ""), ErrorCode::kUnsupported, "Outlook"},
      {__LINE__, ole_file({"Contents"}, ""), ErrorCode::kUnsupported, "unknown program"},
      {__LINE__, ole_file({"WordDocument"}, word).substr(0, 600), ErrorCode::kDamaged, "directory"},
      {__LINE__, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(3000, '\xFF'), ErrorCode::kDamaged,
       "directory"},
      {__LINE__, endless, ErrorCode::kUnsupported, "libreoffice-writer"},
  };
  ReadOptions without = options();
  without.office_program = "/nowhere/soffice";
  Reader reader(without);
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const auto got = read_bytes(reader, one.bytes, "input.doc");
    ASSERT_FALSE(got);
    EXPECT_EQ(error_code_name(got.error().code), error_code_name(one.code)) << got.error().message;
    EXPECT_THAT(got.error().message, HasSubstr(one.message));
    EXPECT_THAT(got.error().message, HasSubstr("input.doc"));
  }
}

// Programs in LibreOffice's place: what they leave behind is gone, and the clock ends them with their
// children.
class FakeOffice : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("vanban-office-test-" + std::to_string(getpid()));
    fs::create_directories(folder_ / "tmp");
    setenv("TMPDIR", (folder_ / "tmp").c_str(), 1);
  }
  void TearDown() override {
    unsetenv("TMPDIR");
    fs::remove_all(folder_);
  }
  Result<RawDocument> read_with(const std::string& script, double seconds) {
    const fs::path program = folder_ / "soffice";
    FILE* out = fopen(program.c_str(), "w");
    fputs(("#!/bin/sh\n" + script).c_str(), out);
    fclose(out);
    chmod(program.c_str(), 0755);
    ReadOptions fake = options();
    fake.office_program = program.string();
    fake.limits.office_seconds = seconds;
    Reader reader(fake);
    return read_bytes(reader, "{\\rtf1 x}", "input.rtf");
  }
  fs::path folder_;
};

TEST_F(FakeOffice, ThatFailsLeavesNothing) {
  struct Case {
    int line;
    std::string script;
    double seconds;
    ErrorCode code;
  };
  const Case cases[] = {
      {__LINE__, "echo cannot load >&2; exit 1\n", 30, ErrorCode::kDamaged},
      {__LINE__, "exit 0\n", 30, ErrorCode::kDamaged},
      {__LINE__, "kill -SEGV $$\n", 30, ErrorCode::kDamaged},
      {__LINE__, "sleep 100 & sleep 100\n", 1, ErrorCode::kTimeout},
      {__LINE__, "echo no document > out/document.docx\n", 30, ErrorCode::kUnsupported},
      {__LINE__, "ln -s /etc/passwd out/document.docx\n", 30, ErrorCode::kDamaged},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const auto got = read_with(one.script, one.seconds);
    if (one.code == ErrorCode::kUnsupported) {
      EXPECT_TRUE(!got || got->media_type == "application/rtf");
    } else {
      ASSERT_FALSE(got);
      EXPECT_EQ(error_code_name(got.error().code), error_code_name(one.code)) << got.error().message;
    }
    EXPECT_TRUE(fs::is_empty(folder_ / "tmp"));
  }
}

TEST(LibreOffice, ConvertsRtf) {
  if (!has_libreoffice())
    GTEST_SKIP() << "LibreOffice Writer is not installed (tools/setup --with-libreoffice)";
  const std::string rtf =
      "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times New Roman;}}\\f0 S\\u7889?: 12/Q\\u272?-UBND\\par "
      "\\b Quy\\u7871?t \\u273?\\u7883?nh\\b0\\par}";
  Reader reader(options());
  for (int round = 0; round < 2; ++round) {
    const auto got = read_bytes(reader, rtf, "input.doc");
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_EQ(got->media_type, "application/rtf");
    EXPECT_EQ(got->bytes, rtf.size());
    EXPECT_EQ(flow_text(*got), "Số: 12/QĐ-UBND\nQuyết định\n");
    ASSERT_FALSE(got->diagnostics.empty());
    EXPECT_EQ(got->diagnostics[0].code, "converted-by-libreoffice");
    EXPECT_THAT(got->diagnostics[0].message, HasSubstr("LibreOffice"));
  }
}

TEST(LibreOffice, FollowsNoLinkAndRunsNoMacro) {
  if (!has_libreoffice())
    GTEST_SKIP() << "LibreOffice Writer is not installed (tools/setup --with-libreoffice)";
  const std::string rtf =
      "{\\rtf1\\ansi Th\\'f4ng b\\'e1o {\\field{\\*\\fldinst INCLUDETEXT \"/etc/passwd\"}{\\fldrslt "
      "cu}}\\par "
      "{\\field{\\*\\fldinst DDEAUTO sh \"-c id\"}{\\fldrslt dde}}\\par}";
  Reader reader(options());
  const auto got = read_bytes(reader, rtf, "input.rtf");
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_THAT(flow_text(*got), HasSubstr("Thông báo"));
  EXPECT_THAT(flow_text(*got), ::testing::Not(HasSubstr("root:")));
}

}  // namespace
}  // namespace vanban
