#include "vanban/link/akoma_ntoso.h"

#include <gtest/gtest.h>

#include <string>

namespace vanban {
namespace {

Section section(const std::string& id, SectionKind kind, const std::string& label, TextRange where,
                const std::string& parent = {}) {
  Section made;
  made.id = id;
  made.parent = parent;
  made.kind = kind;
  made.label = label;
  made.where = where;
  return made;
}

// The text of the body without tags and white space.
std::string characters(std::string xml) {
  const std::size_t end_of_meta = xml.find("</meta>");
  std::string out;
  bool tag = false;
  for (std::size_t i = end_of_meta + 7; i < xml.size(); ++i) {
    const char c = xml[i];
    if (c == '<') tag = true;
    if (!tag && c != ' ' && c != '\n') out += c;
    if (c == '>') tag = false;
  }
  return out;
}
std::string without_space(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

// What the parser says of parts does not always fit together (headings in the cells of sample documents,
// diagrams): the text is written once and in its order all the same.
TEST(AkomaNtoso, TextOnceAndInOrderWhateverTheSections) {
  Document document;
  document.header.type = DocumentType::kCircular;
  document.text = "Mo dau\nI. Mau so\nTEN CO QUAN\nBANG KE\ncot mot\nHet muc mot\nII. Ghi chu\nCuoi cung";
  const auto from = [&](const char* a, const char* b) {
    const std::size_t end = document.text.find(b);
    return TextRange{document.text.find(a), end == std::string::npos ? document.text.size() : end - 1};
  };
  Section one = section("s1", SectionKind::kSection, "I", from("I. Mau", "II. "));
  one.heading_range = from("Mau so", "TEN CO");
  const Section in_cell = section("s3", SectionKind::kSection, "", from("BANG KE", "cot mot"));
  const Section two = section("s4", SectionKind::kSection, "II", from("II. ", "nothing"));
  const struct {
    int line;
    std::vector<Section> sections;
  } rows[] = {
      {__LINE__, {one, two}},
      {__LINE__, {one, in_cell, two}},  // beside what it is in
      {__LINE__,
       {one, section("s2", SectionKind::kParagraph, "", from("TEN CO", "BANG"), "s1"), in_cell, two}},
      {__LINE__,
       {one, section("s2", SectionKind::kClause, "1", from("BANG KE", "Cuoi"), "s1"), two}},  // over its end
      {__LINE__, {one, two, in_cell}},  // behind its place
      {__LINE__, {section("s9", SectionKind::kArticle, "1", from("TEN CO", "cot mot")), one, two}},
      {__LINE__, {two, one}},
      {__LINE__, {section("s9", SectionKind::kRecipients, "", from("cot mot", "Het")), one, in_cell, two}},
      {__LINE__, {}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    document.sections = row.sections;
    EXPECT_EQ(characters(write_akoma_ntoso(document)), without_space(document.text))
        << write_akoma_ntoso(document);
  }
  // A heading whose last words the parser counts as a paragraph too.
  one.paragraphs = {from("so\n", "TEN CO")};
  document.sections = {one, two};
  EXPECT_EQ(characters(write_akoma_ntoso(document)), without_space(document.text));
}

TEST(AkomaNtoso, Uris) {
  EXPECT_EQ(akoma_ntoso_uri("/vn/chinh-phu/decree/2021/107-nd-cp"),
            "/akn/vn/act/decree/chinh-phu/2021/107-nd-cp");
  for (const char* none :
       {"", "local:abc", "/vn/_/dispatch/2021/1-a", "/vn/a/dispatch/_/1-a", "/vn/a/dispatch/2021"})
    EXPECT_EQ(akoma_ntoso_uri(none), "") << none;
}

}  // namespace
}  // namespace vanban
