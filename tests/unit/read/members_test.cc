// Files inside files: ZIP archives and e-mail.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/read/tiny_zip.h"
#include "vanban/read/reader.h"

namespace vanban {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::zip_of;

// What the reader gives of `bytes`: the file's own words, then each member's name and bytes or error.
std::string read_all(const std::string& bytes, const std::string& name = "x") {
  ReadOptions options;
  options.worker_program = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
  Reader reader(options);
  const Result<RawDocument> raw = read_bytes(reader, bytes, name);
  if (!raw) return std::string(error_code_name(raw.error().code));
  std::string out = raw->media_type + "|" + raw->plain_text;
  for (const FlowBlock& block : raw->flow) out += block.text + "/";
  const FileMembers members = reader.take_members();
  for (const FileMember& one : members.list()) {
    const Result<std::string> inside = members.bytes(one);
    out += "\n" + one.name + "=" + (inside ? *inside : std::string(error_code_name(inside.error().code)));
  }
  return out;
}

TEST(Members, OfAnArchiveAreItsFilesUnderCleanNames) {
  EXPECT_EQ(read_all(zip_of({{"a/", ""}, {"a/công văn.txt", "một"}, {"b.txt", "hai"}})),
            "application/zip|\na/công văn.txt=một\nb.txt=hai");
  EXPECT_EQ(
      read_all(zip_of(
          {{"../../etc/passwd", "x"}, {"/root/y", "y"}, {"C:\\z\\..\\w.txt", "z"}, {"a\u202Efdp.exe", "w"}})),
      "application/zip|\netc/passwd=x\nroot/y=y\nC:/z/w.txt=z\nafdp.exe=w");
  EXPECT_EQ(read_all(zip_of({{"__MACOSX/._a.txt", "x"}, {"b/.DS_Store", "y"}, {"b/Thumbs.db", "z"}})),
            "empty");
  EXPECT_EQ(read_all(zip_of({{"a/", ""}})), "empty");
}

TEST(Members, WhatCannotBeHadSaysWhy) {
  EXPECT_THAT(read_all(zip_of({{"a.txt", "một"}}, true)), HasSubstr("a.txt=needs-password"));
  std::string broken = zip_of({{"a.txt", "một"}, {"b.txt", "hai"}});
  broken[broken.find("một")] = 'x';
  EXPECT_THAT(read_all(broken), HasSubstr("a.txt=damaged\nb.txt=hai"));
}

TEST(Members, OfAMessageAreItsAttachments) {
  const std::string mail =
      "Received: from a by b\r\nFrom: =?utf-8?B?VsSDbiBwaMOybmc=?= <vp@example.vn>\r\nTo: x@example.vn\r\n"
      "Subject: =?utf-8?Q?C=C3=B4ng_v=C4=83n_s=E1=BB?=\r\n =?utf-8?Q?=91_12?=\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=\"=_b\"\r\n\r\nnot shown\r\n--=_b\r\n"
      "Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; "
      "charset=utf-8\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\nK=C3=ADnh g=E1=BB=ADi=\r\n anh\r\n--c\r\n"
      "Content-Type: text/html\r\n\r\n<p>Kinh gui</p>\r\n--c--\r\n--=_b\r\n"
      "Content-Type: application/octet-stream; name=x.txt\r\nContent-Transfer-Encoding: base64\r\n"
      "Content-Disposition: attachment; filename*0*=utf-8''C%C3%B4ng%20; filename*1=v.txt\r\n\r\nbeG7mXQ=\r\n"
      "--=_b\r\nContent-Type: application/pkcs7-signature\r\n\r\nxx\r\n--=_b\r\nContent-Type: image/png\r\n"
      "Content-ID: <logo>\r\n\r\nlogo\r\n--=_b\r\nContent-Type: message/rfc822\r\n\r\nFrom: "
      "y\r\n\r\nz\r\n--=_b--\r\n";
  const std::string all = read_all(mail);
  EXPECT_THAT(all, HasSubstr("message/rfc822|From: Văn phòng <vp@example.vn>"));
  EXPECT_THAT(all, HasSubstr("Subject: Công văn số 12\n"));
  EXPECT_THAT(all, HasSubstr("Kính gửi anh"));
  EXPECT_THAT(all, HasSubstr("\nCông v.txt=một\n"));
  EXPECT_THAT(all, HasSubstr("part-2.eml=From: y\r\n\r\nz"));
  for (const char* none : {"not shown", "Kinh gui", "logo", "pkcs7"}) EXPECT_THAT(all, Not(HasSubstr(none)));
}

TEST(Members, AMessagesLettersAreInItsOwnCharset) {
  const std::string head = "From: a@b\nDate: Mon, 1 Jan 2024 00:00:00 +0700\nTo: c@d\nSubject: x\n";
  EXPECT_THAT(
      read_all(head + "Content-Type: text/plain; charset=windows-1258\n\nVi\xEA\xF2t Nam \xF0\xF5n v\xEC"
                      "i"),
      HasSubstr("Viê\u0323t Nam đơn v\u0301i"));
  EXPECT_THAT(
      read_all(head + "Content-Type: text/html; charset=utf-8\n\n<table><tr><td>Bộ Y tế</td></tr></table>"),
      HasSubstr("message/rfc822|From: a@b/To: c@d/"));
  EXPECT_THAT(read_all(head + "Content-Type: text/plain; charset=iso-8859-1\n\nBộ Y tế"),
              HasSubstr("Bộ Y tế"));
}

TEST(Members, ATextThatSpeaksOfFromAndToIsNoMessage) {
  for (const char* text :
       {"Kính gửi: Bộ Y tế\nTừ: Văn phòng\n\nNội dung", "Date: 1/1/2024\nSubject: x\n\nNội dung",
        "From: here\nto there\nSubject: a\nDate: b\n", "Điều 1. Phạm vi\nFrom: x\nTo: y\nDate: z\n"}) {
    EXPECT_THAT(read_all(text, "a.txt"), HasSubstr("text/plain|")) << text;
  }
}

TEST(Members, PartsWithoutEndOrMeaningEndTheMessageWell) {
  const std::string head = "From: a@b\nDate: x\nTo: c@d\nMIME-Version: 1.0\n";
  std::string deep = head;
  for (int i = 0; i < 60; ++i) {
    const std::string mark = "b" + std::to_string(i);
    deep += "Content-Type: multipart/mixed; boundary=" + mark + "\n\n--" + mark + "\n";
  }
  EXPECT_EQ(read_all(deep + "\nchữ"), "limit-exceeded");
  EXPECT_EQ(read_all(head + "Content-Type: multipart/mixed; boundary=q\n\n--q\n\n"), "empty");
  EXPECT_THAT(read_all(head + "Content-Type: multipart/mixed\n\nkhông có biên"),
              HasSubstr("message/rfc822|"));
}

}  // namespace
}  // namespace vanban
