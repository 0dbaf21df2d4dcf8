#include "read/worker/pptx.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <pugixml.hpp>
#include <string>

#include "read/worker/run_text.h"

namespace vanban::read {
namespace {

bool is(pugi::xml_node node, const char* name) { return std::strcmp(node.name(), name) == 0; }

Result<void> load_xml(ZipParts& parts, const std::string& name, pugi::xml_document& document) {
  Result<std::optional<std::string>> bytes = parts.part(name);
  if (!bytes) return bytes.error();
  if (!bytes->has_value()) return make_error(ErrorCode::kDamaged, "part " + name + " is missing");
  const pugi::xml_parse_result parsed =
      document.load_buffer((*bytes)->data(), (*bytes)->size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) return make_error(ErrorCode::kDamaged, name + ": " + parsed.description());
  return {};
}

RunText paragraph_text(pugi::xml_node paragraph) {
  RunText text;
  for (const pugi::xml_node node : paragraph.children()) {
    if (is(node, "a:br")) text.add("\n", {});
    if (is(node, "a:r") || is(node, "a:fld")) {
      text.add(node.child("a:t").text().get(),
               node.child("a:rPr").child("a:latin").attribute("typeface").as_string());
    }
  }
  return text;
}

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\n\xC2\xA0\v") == std::string::npos;
}

class PptxReader {
 public:
  PptxReader(const Limits& limits, Sink& sink) : limits_(limits), sink_(sink) {}

  Result<void> shapes(pugi::xml_node parent, unsigned depth) {
    if (depth > limits_.nesting) {
      return make_error(ErrorCode::kLimitExceeded,
                        "elements are nested deeper than " + std::to_string(limits_.nesting));
    }
    for (const pugi::xml_node node : parent.children()) {
      if (is(node, "p:sp")) {
        paragraphs(node.child("p:txBody"));
      } else if (is(node, "p:graphicFrame")) {
        table(node.child("a:graphic").child("a:graphicData").child("a:tbl"));
      } else if (is(node, "p:grpSp") || is(node, "mc:AlternateContent") || is(node, "mc:Choice")) {
        Result<void> done = shapes(node, depth + 1);
        if (!done) return done;
      }
    }
    sink_.heartbeat();
    return {};
  }

 private:
  void paragraphs(pugi::xml_node body) {
    for (const pugi::xml_node paragraph : body.children("a:p")) {
      RunText text = paragraph_text(paragraph);
      if (is_blank(text.text)) continue;
      FlowBlock block;
      block.centred = std::string_view(paragraph.child("a:pPr").attribute("algn").as_string()) == "ctr";
      text.move_to(block.text, block.runs);
      sink_.flow(std::move(block));
    }
  }

  void table(pugi::xml_node node) {
    FlowBlock block;
    block.kind = FlowBlock::Kind::kTable;
    for (const pugi::xml_node row : node.children("a:tr")) {
      block.rows.emplace_back();
      for (const pugi::xml_node cell : row.children("a:tc")) {
        if (cell.attribute("hMerge").as_bool() || cell.attribute("vMerge").as_bool()) continue;
        FlowCell out;
        out.colspan = std::clamp(cell.attribute("gridSpan").as_int(1), 1, 1000);
        out.rowspan = std::clamp(cell.attribute("rowSpan").as_int(1), 1, 10000);
        RunText text;
        for (const pugi::xml_node paragraph : cell.child("a:txBody").children("a:p")) {
          const RunText line = paragraph_text(paragraph);
          if (is_blank(line.text)) continue;
          if (!text.text.empty()) text.add("\n", {});
          text.add(line);
        }
        text.move_to(out.text, out.runs);
        block.rows.back().push_back(std::move(out));
      }
    }
    if (!block.rows.empty()) sink_.flow(std::move(block));
  }

  const Limits& limits_;
  Sink& sink_;
};

}  // namespace

Result<void> read_pptx(const Input& input, ZipParts& parts, Sink& sink) {
  sink.stage(Stage::kText, 0);
  pugi::xml_document presentation, relations;
  Result<void> loaded = load_xml(parts, "ppt/presentation.xml", presentation);
  if (!loaded) return loaded;
  loaded = load_xml(parts, "ppt/_rels/presentation.xml.rels", relations);
  if (!loaded) return loaded;
  std::map<std::string, std::string> targets;
  for (const pugi::xml_node one : relations.child("Relationships").children("Relationship")) {
    targets[one.attribute("Id").as_string()] = one.attribute("Target").as_string();
  }
  sink.begin({"application/vnd.openxmlformats-officedocument.presentationml.presentation", "utf-8", 0});
  PptxReader reader(input.job.limits, sink);
  for (const pugi::xml_node one :
       presentation.child("p:presentation").child("p:sldIdLst").children("p:sldId")) {
    const std::string target = targets[one.attribute("r:id").as_string()];
    if (target.empty()) continue;
    pugi::xml_document slide;
    loaded = load_xml(parts, target.front() == '/' ? target.substr(1) : "ppt/" + target, slide);
    if (!loaded) return loaded;
    const pugi::xml_node root = slide.child("p:sld");
    if (!root.attribute("show").as_bool(true)) continue;
    Result<void> done = reader.shapes(root.child("p:cSld").child("p:spTree"), 0);
    if (!done) return done;
    FlowBlock pause;
    pause.kind = FlowBlock::Kind::kPageBreak;
    sink.flow(std::move(pause));
  }
  return {};
}

}  // namespace vanban::read
