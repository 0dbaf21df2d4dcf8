#include "read/worker/html_fonts.h"

#include <algorithm>
#include <cctype>

#include "read/worker/html_tree.h"
#include "read/worker/run_text.h"

namespace vanban::read {
namespace {

constexpr int kMostLevels = 32;
constexpr std::size_t kMostRules = 4000;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

// The font in "margin:0; font-family:'.VnTime'; …".
std::string font_in(std::string_view declarations) {
  constexpr std::string_view kProperty = "font-family";
  const std::string small = lower(declarations);
  for (std::size_t at = small.find(kProperty); at != std::string::npos;
       at = small.find(kProperty, at + kProperty.size())) {
    // Not "mso-fareast-font-family".
    if (at > 0 && small[at - 1] != ';' && small[at - 1] != ' ' && small[at - 1] != '\n' &&
        small[at - 1] != '\t' && small[at - 1] != '{')
      continue;
    const std::size_t colon = small.find_first_not_of(" \t", at + kProperty.size());
    if (colon == std::string::npos || small[colon] != ':') continue;
    const std::size_t end = std::min(declarations.find(';', colon), declarations.size());
    return first_font(declarations.substr(colon + 1, end - colon - 1));
  }
  return {};
}

}  // namespace

void HtmlFonts::load(const xmlNode* root) {
  for (const xmlNode* node = root; node != nullptr; node = after(node, root, true)) {
    if (!is(node, "style")) continue;
    for (const xmlNode* text = node->children; text != nullptr; text = text->next) {
      if (text->content != nullptr) add_rules(reinterpret_cast<const char*>(text->content));
    }
  }
}

void HtmlFonts::add_rules(std::string_view sheet) {
  for (std::size_t at = 0; at < sheet.size() && rules_.size() < kMostRules;) {
    const std::size_t open = sheet.find('{', at);
    if (open == std::string_view::npos) return;
    const std::size_t close = std::min(sheet.find('}', open), sheet.size());
    if (const std::string font = font_in(sheet.substr(open + 1, close - open - 1)); !font.empty()) {
      std::string_view selectors = sheet.substr(at, open - at);
      if (const std::size_t comment = selectors.rfind("*/"); comment != std::string_view::npos)
        selectors.remove_prefix(comment + 2);
      while (!selectors.empty() && rules_.size() < kMostRules) {
        const std::size_t comma = std::min(selectors.find(','), selectors.size());
        const std::string_view one = trimmed(selectors.substr(0, comma));
        if (!one.empty() && one.find_first_of(" \t\n>+~:#[*@") == std::string_view::npos)
          rules_[lower(one)] = font;
        selectors.remove_prefix(std::min(comma + 1, selectors.size()));
      }
    }
    at = close + 1;
  }
}

std::string HtmlFonts::of(const xmlNode* text) const {
  int level = 0;
  for (const xmlNode* up = text->parent; up != nullptr && up->type == XML_ELEMENT_NODE && level < kMostLevels;
       up = up->parent, ++level) {
    if (up->properties != nullptr) {
      if (std::string font = font_in(attribute(up, "style")); !font.empty()) return font;
      if (std::string font = first_font(attribute(up, "face")); !font.empty()) return font;
    }
    if (rules_.empty()) continue;
    const std::string tag = lower(reinterpret_cast<const char*>(up->name));
    if (up->properties != nullptr) {
      const std::string name = lower(attribute(up, "class"));
      for (const std::string& key : {tag + "." + name, "." + name}) {
        if (const auto rule = rules_.find(key); !name.empty() && rule != rules_.end()) return rule->second;
      }
    }
    if (const auto rule = rules_.find(tag); rule != rules_.end()) return rule->second;
  }
  return {};
}

}  // namespace vanban::read
