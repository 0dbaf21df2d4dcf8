#include "read/worker/docx_numbering.h"

#include <algorithm>

namespace vanban::read {
namespace {

std::string roman(int number) {
  static constexpr std::pair<int, const char*> kSteps[] = {
      {1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
      {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};
  std::string out;
  for (const auto& [value, letters] : kSteps) {
    for (; number >= value && out.size() < 32; number -= value) out += letters;
  }
  return out;
}

std::string letters(int number) {  // Word: a … z, aa, bb, …
  const int times = std::min((number - 1) / 26 + 1, 8);
  return std::string(static_cast<std::size_t>(times), static_cast<char>('a' + (number - 1) % 26));
}

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return text;
}

std::string raised(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c); });
  return text;
}

}  // namespace

std::string format_list_number(int number, const std::string& format) {
  if (number < 1 && format != "decimal" && format != "decimalZero") return std::to_string(number);
  if (format == "lowerLetter") return letters(number);
  if (format == "upperLetter") return raised(letters(number));
  if (format == "lowerRoman") return lowered(roman(number));
  if (format == "upperRoman") return roman(number);
  if (format == "decimalZero" && number < 10) return "0" + std::to_string(number);
  return std::to_string(number);
}

DocxNumbering::Level DocxNumbering::read_level(pugi::xml_node node) {
  Level level;
  level.format = node.child("w:numFmt").attribute("w:val").as_string("decimal");
  level.text = node.child("w:lvlText").attribute("w:val").as_string();
  level.start = node.child("w:start").attribute("w:val").as_int(1);
  return level;
}

void DocxNumbering::load(const pugi::xml_document& numbering, const pugi::xml_document& styles) {
  std::map<std::string, std::array<Level, kLevels>> designs;
  const pugi::xml_node root = numbering.child("w:numbering");
  for (const pugi::xml_node design : root.children("w:abstractNum")) {
    auto& levels = designs[design.attribute("w:abstractNumId").as_string()];
    for (const pugi::xml_node level : design.children("w:lvl")) {
      const int index = level.attribute("w:ilvl").as_int(-1);
      if (index >= 0 && index < kLevels) levels[static_cast<std::size_t>(index)] = read_level(level);
    }
  }
  for (const pugi::xml_node node : root.children("w:num")) {
    const std::string id = node.attribute("w:numId").as_string();
    List list;
    list.abstract_id = node.child("w:abstractNumId").attribute("w:val").as_string();
    list.levels = designs[list.abstract_id];
    for (const pugi::xml_node change : node.children("w:lvlOverride")) {
      const int index = change.attribute("w:ilvl").as_int(-1);
      if (index < 0 || index >= kLevels) continue;
      Level& level = list.levels[static_cast<std::size_t>(index)];
      if (change.child("w:lvl")) level = read_level(change.child("w:lvl"));
      if (const pugi::xml_node start = change.child("w:startOverride")) {
        level.start = start.attribute("w:val").as_int(level.start);
        list.abstract_id = "num:" + id;  // a list that starts anew counts by itself
      }
    }
    lists_[id] = std::move(list);
  }
  for (const pugi::xml_node style : styles.child("w:styles").children("w:style")) {
    const std::string id = style.attribute("w:styleId").as_string();
    style_parents_[id] = style.child("w:basedOn").attribute("w:val").as_string();
    Place place;
    if (place_of(style.child("w:pPr"), place)) style_places_[id] = place;
  }
}

bool DocxNumbering::place_of(pugi::xml_node properties, Place& place) const {
  const pugi::xml_node number = properties.child("w:numPr");
  if (!number) return false;
  place.list = number.child("w:numId").attribute("w:val").as_string();
  place.level = number.child("w:ilvl").attribute("w:val").as_int(0);
  return true;
}

std::string DocxNumbering::next_label(pugi::xml_node properties) {
  Place place;
  if (!place_of(properties, place)) {
    std::string style = properties.child("w:pStyle").attribute("w:val").as_string();
    for (int depth = 0; depth < 16 && !style.empty(); ++depth) {
      if (const auto found = style_places_.find(style); found != style_places_.end()) {
        place = found->second;
        break;
      }
      const auto parent = style_parents_.find(style);
      style = parent == style_parents_.end() ? std::string() : parent->second;
    }
  }
  const auto found = lists_.find(place.list);
  if (found == lists_.end() || place.level < 0 || place.level >= kLevels) return {};
  const List& list = found->second;
  const auto at = static_cast<std::size_t>(place.level);
  auto [counter, fresh] = counters_.try_emplace(list.abstract_id);
  if (fresh) counter->second.fill(-1);
  auto& counts = counter->second;
  counts[at] = counts[at] < 0 ? list.levels[at].start : counts[at] + 1;
  for (std::size_t below = at + 1; below < kLevels; ++below) counts[below] = -1;
  const Level& level = list.levels[at];
  if (level.format == "none") return {};
  // A bullet is a glyph of a symbol font: whatever it looks like, it is a dash to us.
  if (level.format == "bullet") return level.text == "+" ? "+" : "-";
  std::string label;
  for (std::size_t i = 0; i < level.text.size(); ++i) {
    if (level.text[i] != '%' || i + 1 >= level.text.size() || level.text[i + 1] < '1' ||
        level.text[i + 1] > '9') {
      label += level.text[i];
      continue;
    }
    const auto other = static_cast<std::size_t>(level.text[++i] - '1');
    const int count = counts[other] < 0 ? list.levels[other].start : counts[other];
    label += format_list_number(count, list.levels[other].format);
  }
  return label;
}

}  // namespace vanban::read
