// The fonts of an OpenDocument text: what styles and their parents say (ODF 1.3, part 3, 16 and 20).

#ifndef VANBAN_SRC_READ_WORKER_ODT_STYLES_H_
#define VANBAN_SRC_READ_WORKER_ODT_STYLES_H_

#include <map>
#include <pugixml.hpp>
#include <string>

namespace vanban::read {

class OdtStyles {
 public:
  // content.xml and, where it is there, styles.xml: an automatic style counts before a named one.
  void load(const pugi::xml_node& content, const pugi::xml_node& styles);
  // The font of a style by name; `outer` where neither it nor a parent names one.
  std::string font_of(const std::string& style, const std::string& outer) const;
  const std::string& default_font() const { return default_; }

 private:
  struct Style {
    std::string font, parent;
  };
  void load_faces(const pugi::xml_node& faces);
  void load_styles(const pugi::xml_node& styles);
  std::string font_in(const pugi::xml_node& style) const;

  std::map<std::string, std::string> faces_;  // style:name -> font family
  std::map<std::string, Style> styles_;
  std::string default_;
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_ODT_STYLES_H_
