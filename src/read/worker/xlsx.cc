#include "read/worker/xlsx.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <pugixml.hpp>
#include <vector>

#include "read/worker/run_text.h"

namespace vanban::read {
namespace {

constexpr int kMostColumns = 1000;

Result<bool> load_xml(ZipParts& parts, const std::string& name, pugi::xml_document& document) {
  Result<std::optional<std::string>> bytes = parts.part(name);
  if (!bytes) return bytes.error();
  if (!bytes->has_value()) return false;
  const pugi::xml_parse_result parsed =
      document.load_buffer((*bytes)->data(), (*bytes)->size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) return make_error(ErrorCode::kDamaged, name + ": " + parsed.description());
  return true;
}

// "BC12" -> column 54, row 11 (0-based).
bool place_of(const char* reference, int& column, int& row) {
  int c = 0, r = 0;
  const char* at = reference;
  for (; *at >= 'A' && *at <= 'Z' && c < 100000; ++at) c = c * 26 + (*at - 'A' + 1);
  for (; *at >= '0' && *at <= '9' && r < 10000000; ++at) r = r * 10 + (*at - '0');
  column = c - 1;
  row = r - 1;
  return c > 0 && r > 0;
}

// Rich text and plain text alike: all w:t of one string item. Runs without a font have the cell's: their font
// is left open.
RunText item_text(pugi::xml_node item) {
  RunText text;
  for (const pugi::xml_node node : item.children()) {
    if (std::string_view(node.name()) == "t") text.add(node.text().get(), {});
    if (std::string_view(node.name()) == "r") {
      text.add(node.child("t").text().get(), node.child("rPr").child("rFont").attribute("val").as_string());
    }
  }
  return text;
}

// The font of each cell format (xf).
std::vector<std::string> fonts_of_formats(const pugi::xml_document& styles) {
  std::vector<std::string> fonts, formats;
  const pugi::xml_node root = styles.child("styleSheet");
  for (const pugi::xml_node font : root.child("fonts").children("font")) {
    fonts.emplace_back(font.child("name").attribute("val").as_string());
  }
  for (const pugi::xml_node format : root.child("cellXfs").children("xf")) {
    const std::size_t font = format.attribute("fontId").as_uint(0);
    formats.push_back(font < fonts.size() ? fonts[font] : std::string());
  }
  return formats;
}

// `text` into a cell whose format has this font.
void set_text(FlowCell& cell, const RunText& text, const std::string& font) {
  RunText all;
  std::size_t at = 0;
  for (const FlowRun& run : text.runs) {
    all.add(text.text.substr(at, run.begin - at), font);
    all.add(text.text.substr(run.begin, run.end - run.begin), run.font);
    at = run.end;
  }
  all.add(text.text.substr(at), font);
  all.move_to(cell.text, cell.runs);
}

// 0.5 is stored; the sheet shows 0,5 in Vietnamese. Binary noise ("55.560000000000002") is rounded away.
std::string number_text(const std::string& stored) {
  char* end = nullptr;
  const double value = std::strtod(stored.c_str(), &end);
  if (end == nullptr || *end != '\0' || !std::isfinite(value)) return stored;
  char text[64];
  std::snprintf(text, sizeof text, "%.12g", value);
  std::string out = text;
  if (out.find('e') != std::string::npos) std::snprintf(text, sizeof text, "%.0f", value), out = text;
  std::replace(out.begin(), out.end(), '.', ',');
  return out;
}

struct Sheet {
  std::string name, part;
};

std::vector<Sheet> sheets_of(const pugi::xml_document& workbook, const pugi::xml_document& relations,
                             std::size_t& hidden) {
  std::map<std::string, std::string> targets;
  for (const pugi::xml_node one : relations.child("Relationships").children("Relationship")) {
    targets[one.attribute("Id").as_string()] = one.attribute("Target").as_string();
  }
  std::vector<Sheet> sheets;
  for (const pugi::xml_node one : workbook.child("workbook").child("sheets").children("sheet")) {
    if (std::string_view(one.attribute("state").as_string("visible")) != "visible") {
      ++hidden;
      continue;
    }
    std::string target = targets[one.attribute("r:id").as_string()];
    if (target.empty()) continue;
    target = target.front() == '/' ? target.substr(1) : "xl/" + target;
    sheets.push_back({one.attribute("name").as_string(), target});
  }
  return sheets;
}

FlowBlock table_of(const pugi::xml_document& sheet, const std::vector<RunText>& strings,
                   const std::vector<std::string>& fonts) {
  std::map<int, std::map<int, FlowCell>> rows;
  const pugi::xml_node root = sheet.child("worksheet");
  for (const pugi::xml_node row : root.child("sheetData").children("row")) {
    for (const pugi::xml_node cell : row.children("c")) {
      int column = 0, line = 0;
      if (!place_of(cell.attribute("r").as_string(), column, line) || column >= kMostColumns) continue;
      const std::string_view type = cell.attribute("t").as_string("n");
      const std::string value = cell.child("v").text().get();
      RunText text;
      if (type == "s") {
        const std::size_t index = std::strtoul(value.c_str(), nullptr, 10);
        if (index < strings.size()) text = strings[index];
      } else if (type == "inlineStr") {
        text = item_text(cell.child("is"));
      } else if (type == "n") {
        text.text = value.empty() ? value : number_text(value);
      } else if (type != "e") {
        text.text = value;
      }
      if (text.text.empty()) continue;
      const std::size_t format = cell.attribute("s").as_uint(0);
      set_text(rows[line][column], text, format < fonts.size() ? fonts[format] : std::string());
    }
  }
  std::map<std::pair<int, int>, bool> covered;
  for (const pugi::xml_node merge : root.child("mergeCells").children("mergeCell")) {
    const std::string range = merge.attribute("ref").as_string();
    const std::size_t colon = range.find(':');
    int c0 = 0, r0 = 0, c1 = 0, r1 = 0;
    if (colon == std::string::npos || !place_of(range.c_str(), c0, r0) ||
        !place_of(range.c_str() + colon + 1, c1, r1))
      continue;
    if (!rows.contains(r0) || !rows[r0].contains(c0) || c1 < c0 || r1 < r0 || r1 - r0 > 10000) continue;
    rows[r0][c0].colspan = std::min(c1 - c0 + 1, kMostColumns);
    rows[r0][c0].rowspan = r1 - r0 + 1;
    for (int r = r0; r <= r1; ++r) {
      for (int c = c0; c <= std::min(c1, kMostColumns); ++c) covered[{r, c}] = r != r0 || c != c0;
    }
  }
  int last = -1;
  for (const auto& [line, cells] : rows) {
    if (!cells.empty()) last = std::max(last, cells.rbegin()->first + cells.rbegin()->second.colspan - 1);
  }
  FlowBlock block;
  block.kind = FlowBlock::Kind::kTable;
  for (auto& [line, cells] : rows) {
    block.rows.emplace_back();
    for (int column = 0; column <= last;) {
      const auto found = cells.find(column);
      const auto over = covered.find({line, column});
      if (found == cells.end() && over != covered.end() && over->second) {
        ++column;
        continue;
      }
      FlowCell cell = found == cells.end() ? FlowCell() : std::move(found->second);
      column += std::max(1, cell.colspan);
      block.rows.back().push_back(std::move(cell));
    }
  }
  return block;
}

}  // namespace

Result<void> read_xlsx(const Input&, ZipParts& parts, Sink& sink) {
  sink.stage(Stage::kText, 0);
  pugi::xml_document workbook, relations, shared, styles;
  Result<bool> loaded = load_xml(parts, "xl/workbook.xml", workbook);
  if (!loaded) return loaded.error();
  loaded = load_xml(parts, "xl/_rels/workbook.xml.rels", relations);
  if (!loaded) return loaded.error();
  loaded = load_xml(parts, "xl/sharedStrings.xml", shared);
  if (!loaded) return loaded.error();
  loaded = load_xml(parts, "xl/styles.xml", styles);
  const std::vector<std::string> fonts = loaded ? fonts_of_formats(styles) : std::vector<std::string>();
  std::vector<RunText> strings;
  for (const pugi::xml_node item : shared.child("sst").children("si")) strings.push_back(item_text(item));
  std::size_t hidden = 0;
  const std::vector<Sheet> sheets = sheets_of(workbook, relations, hidden);
  sink.begin({"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "utf-8", 0});
  for (const Sheet& sheet : sheets) {
    pugi::xml_document content;
    loaded = load_xml(parts, sheet.part, content);
    if (!loaded) return loaded.error();
    FlowBlock table = table_of(content, strings, fonts);
    sink.heartbeat();
    if (table.rows.empty()) continue;
    if (sheets.size() > 1) {
      FlowBlock title;
      title.text = sheet.name;
      title.heading_level = 1;
      sink.flow(std::move(title));
    }
    sink.flow(std::move(table));
  }
  if (hidden > 0)
    sink.diagnostic({"hidden-sheets", std::to_string(hidden) + " hidden sheets were left out", 0});
  return {};
}

}  // namespace vanban::read
