// The fonts that a web page names: <font face>, style attributes and the simple rules of its style sheet.
// Pages that Word of the nineties saved hold TCVN3 or VNI letters, and only the font says so.

#ifndef VANBAN_SRC_READ_WORKER_HTML_FONTS_H_
#define VANBAN_SRC_READ_WORKER_HTML_FONTS_H_

#include <libxml/tree.h>

#include <map>
#include <string>
#include <string_view>

namespace vanban::read {

class HtmlFonts {
 public:
  // Takes the rules of the page's <style> elements whose selector is a tag, a class or both.
  void load(const xmlNode* root);
  // The font of a text node; empty: none is named near it.
  std::string of(const xmlNode* text) const;

 private:
  void add_rules(std::string_view sheet);

  std::map<std::string, std::string, std::less<>> rules_;  // "p.msonormal", ".msonormal", "p"
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_HTML_FONTS_H_
