// HTML through the worker: the document stays, the site around it goes.

#include <gtest/gtest.h>

#include <string>

#include "vanban/read/reader.h"

namespace vanban {
namespace {

Result<RawDocument> read_html(const std::string& bytes) {
  ReadOptions options;
  options.worker_program = std::string(VANBAN_BINARY_DIR) + "/vanban-reader";
  Reader reader(options);
  return read_bytes(reader, bytes, "page.html");
}

std::string flat(const RawDocument& document) {
  std::string text;
  for (const FlowBlock& block : document.flow) {
    if (block.kind == FlowBlock::Kind::kTable) {
      for (const auto& row : block.rows) {
        for (const FlowCell& cell : row) text += "|" + cell.text;
        text += "|\n";
      }
    } else {
      text += block.list_label + (block.list_label.empty() ? "" : " ") + block.text + "\n";
    }
  }
  return text;
}

const std::string kHead =
    "<div><table><tr><td><p>BỘ Y TẾ</p></td><td><p>CỘNG HÒA XÃ HỘI<br>CHỦ NGHĨA VIỆT NAM</p></td></tr>"
    "<tr><td>Số: 1/QĐ-BYT</td><td>Hà Nội, ngày 5 tháng 1 năm 2024</td></tr></table></div>";

std::string paragraphs(int count) {
  std::string out;
  for (int i = 1; i <= count; ++i) {
    out += "<p>Điều " + std::to_string(i) +
           ". Giao các đơn vị trực thuộc rà soát, tổng hợp và báo cáo kết quả thực hiện.</p>";
  }
  return out;
}

TEST(Html, TheSiteAroundADocumentGoes) {
  const std::string menu =
      "<div><ul><li><a href=x>Trang chủ</a></li><li><a href=y>Tra cứu văn bản</a></li></ul><p>Đăng "
      "nhập</p></div>";
  const auto document =
      read_html("<!doctype html><html><body>" + menu + "<div class=a><div class=b>" + kHead + paragraphs(40) +
                "</div></div>" + menu + "<script>alert(1)</script></body></html>");
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->media_type, "text/html");
  const std::string text = flat(*document);
  EXPECT_EQ(text.find("Trang chủ"), std::string::npos) << text.substr(0, 300);
  EXPECT_EQ(text.find("Đăng nhập"), std::string::npos);
  EXPECT_EQ(text.find("alert"), std::string::npos);
  EXPECT_NE(text.find("|Số: 1/QĐ-BYT|"), std::string::npos) << text.substr(0, 300);
  EXPECT_NE(text.find("Điều 40."), std::string::npos);
}

TEST(Html, ADocumentInSeveralElementsIsKeptWhole) {
  const auto document = read_html("<div><div>" + kHead + paragraphs(40) + "</div><div>" + paragraphs(50) +
                                  "</div><div>" + paragraphs(60) + "</div></div>");
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_NE(flat(*document).find("Điều 60."), std::string::npos);
  EXPECT_NE(flat(*document).find("Số: 1/QĐ-BYT"), std::string::npos);
}

TEST(Html, TheHeadMayStandInAnElementOfItsOwn) {
  const std::string menu = "<div><ul><li><a href=x>Trang chủ</a></li></ul><p>Đăng nhập</p></div>";
  const auto document =
      read_html("<html><body>" + menu + "<div class=content>" + kHead + "<p> </p><div>" + paragraphs(60) +
                "</div></div>" + menu + "</body></html>");
  ASSERT_TRUE(document) << document.error().message;
  const std::string text = flat(*document);
  EXPECT_NE(text.find("|Số: 1/QĐ-BYT|"), std::string::npos) << text.substr(0, 300);
  EXPECT_NE(text.find("Điều 60."), std::string::npos);
  EXPECT_EQ(text.find("Đăng nhập"), std::string::npos);
}

TEST(Html, BlocksListsMarksAndCells) {
  struct Row {
    int line;
    std::string html, text;
  };
  const Row rows[] = {
      {__LINE__, "<p>a\n  b</p><p>c</p>", "a b\nc\n"},
      {__LINE__, "<p>a<br>b</p>", "a\nb\n"},
      {__LINE__, "<ul><li>a</li><li>b</li></ul>", "- a\n- b\n"},
      {__LINE__, "<p>văn bản<sup>5</sup> khác</p>", "văn bản[5] khác\n"},
      {__LINE__, "<p>100 m<sup>2</sup>, 5km<sup>3</sup></p>", "100 m², 5km³\n"},
      {__LINE__, "<p>chương trình làm<sup>2</sup></p>", "chương trình làm[2]\n"},
      {__LINE__,
       "<table><tr><td>STT</td><td>Việc</td></tr><tr><td>1</td><td><p>a</p><p>b</p></td></tr></table>",
       "|STT|Việc|\n|1|a\nb|\n"},
      {__LINE__, "<p>&lt;b&gt; &amp; &eacute;</p>", "<b> & é\n"},
      {__LINE__, "<p>một<!-- không --> hai</p><style>p{}</style>", "một hai\n"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const auto document = read_html("<html><body>" + row.html + "</body></html>");
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(flat(*document), row.text);
  }
}

TEST(Html, WhatIsNoHtmlIsReadAsWhatItIs) {
  EXPECT_EQ(read_html("a < b và c > d")->media_type, "text/plain");
  EXPECT_EQ(read_html("<?xml version=\"1.0\"?><svg/>").error().code, ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace vanban
