#include "read/worker/docx_styles.h"

#include <string_view>
#include <vector>

namespace vanban::read {
namespace {

constexpr std::size_t kMostParents = 16;

template <class T>
void take(std::optional<T>& to, const std::optional<T>& from) {
  if (from) to = from;
}

}  // namespace

bool is_turned_on(pugi::xml_node property) {
  if (!property) return false;
  const std::string_view value = property.attribute("w:val").as_string("1");
  return value != "0" && value != "false" && value != "none" && value != "off";
}

void DocxFormat::add(const DocxFormat& nearer) {
  take(font, nearer.font);
  take(bold, nearer.bold);
  take(italic, nearer.italic);
  take(hidden, nearer.hidden);
  take(centred, nearer.centred);
  take(outline, nearer.outline);
}

DocxFormat DocxStyles::read_format(pugi::xml_node run_properties, pugi::xml_node paragraph_properties) const {
  DocxFormat format;
  if (const pugi::xml_node fonts = run_properties.child("w:rFonts")) {
    std::string font;
    for (const char* name : {"w:hAnsi", "w:ascii"}) {
      if (font.empty()) font = fonts.attribute(name).as_string();
    }
    const std::string_view theme =
        fonts.attribute("w:hAnsiTheme").as_string(fonts.attribute("w:asciiTheme").as_string());
    if (theme.starts_with("major"))
      font = major_font_;
    else if (theme.starts_with("minor"))
      font = minor_font_;
    if (!font.empty()) format.font = font;
  }
  const auto toggle = [&](const char* name) {
    const pugi::xml_node node = run_properties.child(name);
    return node ? std::optional<bool>(is_turned_on(node)) : std::nullopt;
  };
  format.bold = toggle("w:b");
  format.italic = toggle("w:i");
  format.hidden = toggle("w:vanish");
  if (const pugi::xml_node alignment = paragraph_properties.child("w:jc")) {
    format.centred = std::string_view(alignment.attribute("w:val").as_string()) == "center";
  }
  if (const pugi::xml_node outline = paragraph_properties.child("w:outlineLvl"))
    format.outline = outline.attribute("w:val").as_int(9);
  return format;
}

void DocxStyles::load(const pugi::xml_document& styles, const pugi::xml_document& theme) {
  const pugi::xml_node scheme = theme.child("a:theme").child("a:themeElements").child("a:fontScheme");
  major_font_ = scheme.child("a:majorFont").child("a:latin").attribute("typeface").as_string();
  minor_font_ = scheme.child("a:minorFont").child("a:latin").attribute("typeface").as_string();
  const pugi::xml_node root = styles.child("w:styles");
  const pugi::xml_node defaults = root.child("w:docDefaults");
  defaults_ = read_format(defaults.child("w:rPrDefault").child("w:rPr"),
                          defaults.child("w:pPrDefault").child("w:pPr"));
  for (const pugi::xml_node style : root.children("w:style")) {
    const std::string id = style.attribute("w:styleId").as_string();
    styles_[id] = {read_format(style.child("w:rPr"), style.child("w:pPr")),
                   style.child("w:basedOn").attribute("w:val").as_string()};
    const std::string_view standard = style.attribute("w:default").as_string();
    if ((standard == "1" || standard == "true") &&
        std::string_view(style.attribute("w:type").as_string()) == "paragraph") {
      default_paragraph_ = id;
    }
  }
}

const DocxFormat& DocxStyles::resolved(const std::string& style, bool with_defaults) {
  const auto [entry, fresh] = cache_.try_emplace({style, with_defaults});
  if (!fresh) return entry->second;
  std::vector<const DocxFormat*> chain;
  std::string at = style;
  while (!at.empty() && chain.size() < kMostParents) {
    const auto found = styles_.find(at);
    if (found == styles_.end()) break;
    chain.push_back(&found->second.own);
    at = found->second.parent;
  }
  if (with_defaults) entry->second = defaults_;
  for (auto one = chain.rbegin(); one != chain.rend(); ++one) entry->second.add(**one);
  return entry->second;
}

const DocxFormat& DocxStyles::of_paragraph(pugi::xml_node properties) {
  const std::string style = properties.child("w:pStyle").attribute("w:val").as_string();
  return resolved(style.empty() ? default_paragraph_ : style, true);
}

DocxFormat DocxStyles::of_run(const DocxFormat& paragraph, pugi::xml_node properties) {
  DocxFormat format = paragraph;
  if (!properties) return format;
  const std::string style = properties.child("w:rStyle").attribute("w:val").as_string();
  if (!style.empty()) format.add(resolved(style, false));
  format.add(read_format(properties, {}));
  return format;
}

}  // namespace vanban::read
