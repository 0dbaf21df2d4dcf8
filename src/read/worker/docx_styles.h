// What Word's styles say of a run or a paragraph: font, bold, italic, centred, heading; by inheritance, from
// the document's defaults up.

#ifndef VANBAN_SRC_READ_WORKER_DOCX_STYLES_H_
#define VANBAN_SRC_READ_WORKER_DOCX_STYLES_H_

#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>

namespace vanban::read {

struct DocxFormat {
  std::optional<std::string> font;  // for letters beyond ASCII (w:hAnsi), which encodings differ in
  std::optional<bool> bold, italic, hidden, centred;
  std::optional<int> outline;  // 0-based

  void add(const DocxFormat& nearer);  // what it says counts more
};

class DocxStyles {
 public:
  void load(const pugi::xml_document& styles, const pugi::xml_document& theme);
  // What holds for the runs of a paragraph (w:pPr) before they say anything themselves.
  const DocxFormat& of_paragraph(pugi::xml_node properties);
  DocxFormat of_run(const DocxFormat& paragraph, pugi::xml_node properties);

 private:
  struct Style {
    DocxFormat own;
    std::string parent;
  };
  DocxFormat read_format(pugi::xml_node run_properties, pugi::xml_node paragraph_properties) const;
  const DocxFormat& resolved(const std::string& style, bool with_defaults);

  std::map<std::string, Style> styles_;
  std::map<std::pair<std::string, bool>, DocxFormat> cache_;
  DocxFormat defaults_;
  std::string default_paragraph_;
  std::string major_font_, minor_font_;
};

// w:b, w:i, …: there, and not switched off.
bool is_turned_on(pugi::xml_node property);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_DOCX_STYLES_H_
