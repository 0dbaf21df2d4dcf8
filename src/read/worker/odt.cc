#include "read/worker/odt.h"

#include <algorithm>
#include <cstring>
#include <pugixml.hpp>
#include <utility>
#include <vector>

#include "read/worker/odt_styles.h"
#include "read/worker/run_text.h"

namespace vanban::read {
namespace {

bool is(pugi::xml_node node, const char* name) { return std::strcmp(node.name(), name) == 0; }

class OdtReader {
 public:
  OdtReader(const Limits& limits, const OdtStyles& styles, Sink& sink)
      : limits_(limits), styles_(styles), sink_(sink) {}

  Result<void> blocks(pugi::xml_node parent, unsigned depth) {
    if (depth > limits_.nesting) return too_deep();
    for (const pugi::xml_node node : parent.children()) {
      Result<void> done;
      if (is(node, "text:p") || is(node, "text:h")) {
        FlowBlock block;
        RunText text;
        done = inline_text(node, font_of(node, styles_.default_font()), text, depth + 1);
        text.move_to(block.text, block.runs);
        block.heading_level =
            is(node, "text:h") ? std::clamp(node.attribute("text:outline-level").as_int(1), 1, 6) : 0;
        if (block.text.find_first_not_of(" \n") != std::string::npos) {
          block.list_label = std::exchange(label_, {});
          sink_.flow(std::move(block));
        }
        flush_notes();
      } else if (is(node, "table:table")) {
        done = table(node, depth + 1);
      } else if (is(node, "text:list-item") || is(node, "text:list-header")) {
        label_ = "-";
        done = blocks(node, depth + 1);
      } else if (is(node, "text:list") || is(node, "text:section") || is(node, "text:index-body") ||
                 is(node, "office:text")) {
        done = blocks(node, depth + 1);
      }
      if (!done) return done;
    }
    sink_.heartbeat();
    return {};
  }

 private:
  Result<void> too_deep() const {
    return make_error(ErrorCode::kLimitExceeded,
                      "elements are nested deeper than " + std::to_string(limits_.nesting));
  }

  std::string font_of(pugi::xml_node node, const std::string& outer) const {
    const pugi::xml_attribute style = node.attribute("text:style-name");
    return style ? styles_.font_of(style.as_string(), outer) : outer;
  }

  Result<void> inline_text(pugi::xml_node parent, const std::string& font, RunText& out, unsigned depth) {
    if (depth > limits_.nesting) return too_deep();
    for (const pugi::xml_node node : parent.children()) {
      if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
        out.add(node.value(), font);
      } else if (is(node, "text:s") || is(node, "text:tab")) {
        out.add(" ", font);
      } else if (is(node, "text:line-break")) {
        out.add("\n", font);
      } else if (is(node, "text:note")) {
        ++notes_;
        out.add("[" + std::to_string(notes_) + "]", "");
        FlowBlock note;
        note.kind = FlowBlock::Kind::kFootnote;
        note.list_label = std::to_string(notes_);
        RunText text;
        for (const pugi::xml_node paragraph : node.child("text:note-body").children()) {
          Result<void> done =
              inline_text(paragraph, font_of(paragraph, styles_.default_font()), text, depth + 1);
          if (!done) return done;
          text.add(" ", "");
        }
        text.move_to(note.text, note.runs);
        waiting_.push_back(std::move(note));
      } else if (!is(node, "office:annotation") && !is(node, "text:tracked-changes") &&
                 !is(node, "draw:frame")) {
        Result<void> done = inline_text(node, font_of(node, font), out, depth + 1);
        if (!done) return done;
      }
    }
    return {};
  }

  Result<void> table(pugi::xml_node node, unsigned depth) {
    FlowBlock block;
    block.kind = FlowBlock::Kind::kTable;
    Result<void> done = rows(node, block, false, depth);
    if (!done) return done;
    if (!block.rows.empty()) sink_.flow(std::move(block));
    flush_notes();
    return {};
  }

  Result<void> rows(pugi::xml_node parent, FlowBlock& block, bool header, unsigned depth) {
    if (depth > limits_.nesting) return too_deep();
    for (const pugi::xml_node node : parent.children()) {
      if (is(node, "table:table-header-rows") || is(node, "table:table-rows") ||
          is(node, "table:table-row-group")) {
        Result<void> done = rows(node, block, header || is(node, "table:table-header-rows"), depth + 1);
        if (!done) return done;
      }
      if (!is(node, "table:table-row")) continue;
      block.rows.emplace_back();
      for (const pugi::xml_node cell : node.children("table:table-cell")) {
        FlowCell out;
        out.header = header;
        out.colspan = std::clamp(cell.attribute("table:number-columns-spanned").as_int(1), 1, 1000);
        out.rowspan = std::clamp(cell.attribute("table:number-rows-spanned").as_int(1), 1, 100000);
        RunText text;
        for (const pugi::xml_node paragraph : cell.children("text:p")) {
          if (!text.text.empty()) text.add("\n", "");
          Result<void> done =
              inline_text(paragraph, font_of(paragraph, styles_.default_font()), text, depth + 1);
          if (!done) return done;
        }
        text.move_to(out.text, out.runs);
        const int repeated = std::clamp(cell.attribute("table:number-columns-repeated").as_int(1), 1, 100);
        for (int i = 0; i < (out.text.empty() ? std::min(repeated, 30) : repeated); ++i)
          block.rows.back().push_back(out);
      }
      sink_.heartbeat();
    }
    return {};
  }

  void flush_notes() {
    for (FlowBlock& note : waiting_) sink_.flow(std::move(note));
    waiting_.clear();
  }

  const Limits& limits_;
  const OdtStyles& styles_;
  Sink& sink_;
  std::string label_;
  std::vector<FlowBlock> waiting_;
  int notes_ = 0;
};

}  // namespace

Result<void> read_odt(const Input& input, ZipParts& parts, const std::string& kind, Sink& sink) {
  const bool text = kind.starts_with("application/vnd.oasis.opendocument.text");
  const bool sheet = kind.starts_with("application/vnd.oasis.opendocument.spreadsheet");
  if (!text && !sheet)
    return make_error(ErrorCode::kUnsupported, "this is " + kind.substr(0, 80) + ", which is not read");
  sink.stage(Stage::kText, 0);
  Result<std::optional<std::string>> bytes = parts.part("content.xml");
  if (!bytes) return bytes.error();
  if (!bytes->has_value()) return make_error(ErrorCode::kDamaged, "no content.xml");
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer((*bytes)->data(), (*bytes)->size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) return make_error(ErrorCode::kDamaged, std::string("content.xml: ") + parsed.description());
  sink.begin({kind.substr(0, kind.find_first_of("\r\n")), "utf-8", 0});
  const pugi::xml_node body = document.child("office:document-content").child("office:body");
  // Fonts tell old encodings; a text without styles.xml is read all the same.
  pugi::xml_document named;
  Result<std::optional<std::string>> style_bytes = parts.part("styles.xml");
  if (style_bytes && style_bytes->has_value())
    named.load_buffer((*style_bytes)->data(), (*style_bytes)->size(), pugi::parse_default);
  OdtStyles styles;
  styles.load(document.child("office:document-content"), named.child("office:document-styles"));
  return OdtReader(input.job.limits, styles, sink)
      .blocks(text ? body.child("office:text") : body.child("office:spreadsheet"), 0);
}

}  // namespace vanban::read
