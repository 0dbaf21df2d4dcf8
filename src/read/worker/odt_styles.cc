#include "read/worker/odt_styles.h"

#include <cstring>

#include "read/worker/run_text.h"

namespace vanban::read {
namespace {

constexpr std::size_t kMostParents = 16;

}  // namespace

void OdtStyles::load(const pugi::xml_node& content, const pugi::xml_node& styles) {
  load_faces(styles.child("office:font-face-decls"));
  load_faces(content.child("office:font-face-decls"));
  load_styles(styles.child("office:styles"));
  load_styles(content.child("office:automatic-styles"));
}

std::string OdtStyles::font_of(const std::string& style, const std::string& outer) const {
  auto at = styles_.find(style);
  for (std::size_t i = 0; at != styles_.end() && i < kMostParents; ++i) {
    if (!at->second.font.empty()) return at->second.font;
    at = styles_.find(at->second.parent);
  }
  return outer;
}

void OdtStyles::load_faces(const pugi::xml_node& faces) {
  for (const pugi::xml_node face : faces.children("style:font-face"))
    faces_[face.attribute("style:name").as_string()] =
        first_font(face.attribute("svg:font-family").as_string());
}

void OdtStyles::load_styles(const pugi::xml_node& styles) {
  for (const pugi::xml_node style : styles.children()) {
    if (std::strcmp(style.name(), "style:default-style") == 0) {
      if (std::strcmp(style.attribute("style:family").as_string(), "paragraph") == 0)
        default_ = font_in(style);
    } else if (std::strcmp(style.name(), "style:style") == 0) {
      styles_[style.attribute("style:name").as_string()] = {
          font_in(style), style.attribute("style:parent-style-name").as_string()};
    }
  }
}

std::string OdtStyles::font_in(const pugi::xml_node& style) const {
  const pugi::xml_node text = style.child("style:text-properties");
  const auto face = faces_.find(text.attribute("style:font-name").as_string());
  if (face != faces_.end() && !face->second.empty()) return face->second;
  return first_font(text.attribute("fo:font-family").as_string());
}

}  // namespace vanban::read
