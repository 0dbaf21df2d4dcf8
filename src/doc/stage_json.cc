// JSON of what stands between the stages: for golden files and for looking at a document on its way.

#include <array>

#include "doc/json_values.h"
#include "vanban/doc/json.h"

namespace vanban {
namespace {

using json::Json;
using json::rounded;

Json corners(const Box& box) {
  return Json::array(
      {rounded(box.x0, 100), rounded(box.y0, 100), rounded(box.x1, 100), rounded(box.y1, 100)});
}

Json word_json(const RawWord& w) {
  Json out = {
      {"text", w.text}, {"box", corners(w.box)}, {"font", w.font}, {"size", rounded(w.font_size, 100)}};
  if (w.bold) out["bold"] = true;
  if (w.italic) out["italic"] = true;
  if (w.invisible) out["invisible"] = true;
  if (w.rotation != 0) out["rotation"] = w.rotation;
  if (!w.space_after) out["space_after"] = false;
  if (w.confidence < 1) out["confidence"] = rounded(w.confidence, 1000);
  if (w.line >= 0) out["line"] = w.line;
  if (w.cell >= 0) out["cell"] = w.cell;
  if (!w.read_as.empty()) out["read_as"] = w.read_as;
  return out;
}

Json page_json(const RawPage& page) {
  Json out = {
      {"number", page.number}, {"width", rounded(page.width, 100)}, {"height", rounded(page.height, 100)}};
  out["origin"] = std::string(text_origin_name(page.origin));
  out["image_coverage"] = rounded(page.image_coverage, 1000);
  out["unmapped_characters"] = page.unmapped_characters;
  out["mean_confidence"] = rounded(page.mean_confidence, 1000);
  out["skew_degrees"] = rounded(page.skew_degrees, 1000);
  out["error"] = page.error ? Json(page.error->message) : Json(nullptr);
  out["words"] = Json::array();
  for (const RawWord& word : page.words) out["words"].push_back(word_json(word));
  out["rulings"] = Json::array();
  for (const Ruling& r : page.rulings) out["rulings"].push_back(corners({r.x0, r.y0, r.x1, r.y1}));
  out["cells"] = Json::array();
  for (const Box& cell : page.cells) out["cells"].push_back(corners(cell));
  return out;
}

Json flow_json(const FlowBlock& block) {
  static constexpr std::array<const char*, 4> kKinds = {"paragraph", "table", "footnote", "page_break"};
  Json out = {{"kind", kKinds[static_cast<std::size_t>(block.kind)]}, {"text", block.text}};
  if (!block.list_label.empty()) out["list_label"] = block.list_label;
  if (block.heading_level != 0) out["heading_level"] = block.heading_level;
  if (block.bold) out["bold"] = true;
  if (block.italic) out["italic"] = true;
  if (block.centred) out["centred"] = true;
  for (const auto& row : block.rows) {
    Json cells = Json::array();
    for (const FlowCell& c : row) {
      cells.push_back(
          {{"text", c.text}, {"colspan", c.colspan}, {"rowspan", c.rowspan}, {"header", c.header}});
    }
    out["rows"].push_back(std::move(cells));
  }
  return out;
}

Json rows_json(const std::vector<TableRow>& rows) {
  Json out = Json::array();
  for (const TableRow& row : rows) {
    Json cells = Json::array();
    for (const TableCell& cell : row) {
      Json one = {{"column", cell.column}, {"text", cell.text}};
      if (cell.colspan != 1) one["colspan"] = cell.colspan;
      if (cell.rowspan != 1) one["rowspan"] = cell.rowspan;
      cells.push_back(std::move(one));
    }
    out.push_back(std::move(cells));
  }
  return out;
}

Json block_json(const Block& block, const std::string& text) {
  static constexpr std::array<const char*, 3> kKinds = {"paragraph", "table", "footnote"};
  static constexpr std::array<const char*, 5> kAlignments = {"unknown", "left", "centre", "right",
                                                             "justified"};
  Json out = {{"kind", kKinds[static_cast<std::size_t>(block.kind)]},
              {"where", Json::array({block.where.begin, block.where.end})},
              {"text", std::string(block.where.of(text))}};
  if (block.page != 0) out["page"] = block.page;
  if (block.column != 0) out["column"] = block.column;
  if (block.alignment != Alignment::kUnknown)
    out["alignment"] = kAlignments[static_cast<std::size_t>(block.alignment)];
  if (block.bold) out["bold"] = true;
  if (block.italic) out["italic"] = true;
  if (block.indent != 0) out["indent"] = rounded(block.indent, 10);
  if (block.font_size != 0) out["font_size"] = rounded(block.font_size, 10);
  if (block.heading_level != 0) out["heading_level"] = block.heading_level;
  if (!block.label.empty()) out["label"] = block.label;
  if (block.kind == BlockKind::kTable) out["table"] = block.table;
  return out;
}

}  // namespace

std::string to_json(const RawDocument& raw, bool pretty) {
  Json out = {{"media_type", raw.media_type},
              {"encoding", raw.encoding},
              {"bytes", raw.bytes},
              {"sha256", raw.sha256}};
  out["damaged"] = raw.damaged;
  out["ocr"] = json::ocr(raw.ocr);
  out["pages"] = Json::array();
  for (const RawPage& page : raw.pages) out["pages"].push_back(page_json(page));
  out["flow"] = Json::array();
  for (const FlowBlock& block : raw.flow) out["flow"].push_back(flow_json(block));
  out["plain_text"] = raw.plain_text;
  out["diagnostics"] = json::warnings(raw.diagnostics);
  return json::dump(out, pretty);
}

std::string to_json(const LaidOutText& laid_out, bool pretty) {
  Json out = {{"encoding", laid_out.encoding}, {"origin", std::string(text_origin_name(laid_out.origin))}};
  out["blocks"] = Json::array();
  for (const Block& block : laid_out.blocks) out["blocks"].push_back(block_json(block, laid_out.text));
  out["tables"] = Json::array();
  for (const Table& t : laid_out.tables) {
    out["tables"].push_back({{"id", t.id},
                             {"page", t.page},
                             {"columns", t.columns},
                             {"inferred", t.inferred},
                             {"header", rows_json(t.header)},
                             {"rows", rows_json(t.rows)}});
  }
  out["footnote_marks"] = Json::array();
  for (const FootnoteMark& mark : laid_out.footnote_marks) {
    out["footnote_marks"].push_back(
        {{"where", Json::array({mark.where.begin, mark.where.end})}, {"label", mark.label}});
  }
  out["words"] = laid_out.words.size();
  out["diagnostics"] = json::warnings(laid_out.diagnostics);
  return json::dump(out, pretty);
}

}  // namespace vanban
