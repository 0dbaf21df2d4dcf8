#include "read/worker/docx.h"

#include <algorithm>
#include <cstring>
#include <pugixml.hpp>
#include <vector>

#include "read/worker/docx_numbering.h"
#include "read/worker/docx_styles.h"
#include "read/worker/run_text.h"

namespace vanban::read {
namespace {

bool is(pugi::xml_node node, const char* name) { return std::strcmp(node.name(), name) == 0; }

// The text of one paragraph with what its runs say about it.
struct Runs : RunText {
  bool any = false, all_bold = true, all_italic = true;
  std::vector<std::string> notes;  // ids of footnotes, in order
  bool page_break = false;
};

class DocxReader {
 public:
  DocxReader(const Limits& limits, Sink& sink) : limits_(limits), sink_(sink) {}

  Result<void> load(ZipParts& parts) {
    pugi::xml_document numbering, styles, theme;
    for (const auto& [name, document] :
         {std::pair<const char*, pugi::xml_document*>{"word/document.xml", &body_},
          {"word/footnotes.xml", &footnotes_},
          {"word/numbering.xml", &numbering},
          {"word/styles.xml", &styles},
          {"word/theme/theme1.xml", &theme}}) {
      Result<std::optional<std::string>> bytes = parts.part(name);
      if (!bytes) return bytes.error();
      if (!bytes->has_value()) continue;
      const pugi::xml_parse_result parsed = document->load_buffer(
          (*bytes)->data(), (*bytes)->size(), pugi::parse_default | pugi::parse_ws_pcdata);
      if (!parsed && document == &body_) {
        return make_error(ErrorCode::kDamaged, std::string(name) + ": " + parsed.description() + " at byte " +
                                                   std::to_string(parsed.offset));
      }
    }
    if (!body_.child("w:document").child("w:body")) {
      return make_error(ErrorCode::kDamaged, "word/document.xml has no body");
    }
    numbering_.load(numbering, styles);
    styles_.load(styles, theme);
    return {};
  }

  Result<void> read() {
    Result<void> done = blocks(body_.child("w:document").child("w:body"), 0);
    if (done && changes_ > 0) {
      sink_.diagnostic(
          {"tracked-changes", std::to_string(changes_) + " tracked changes were read as accepted", 0});
    }
    return done;
  }

 private:
  Result<void> blocks(pugi::xml_node parent, unsigned depth) {
    if (depth > limits_.nesting)
      return make_error(ErrorCode::kLimitExceeded,
                        "elements are nested deeper than " + std::to_string(limits_.nesting));
    for (const pugi::xml_node node : parent.children()) {
      Result<void> done;
      if (is(node, "w:p")) {
        done = paragraph(node, depth);
      } else if (is(node, "w:tbl")) {
        done = table(node, depth);
      } else if (is(node, "w:sdt")) {
        done = blocks(node.child("w:sdtContent"), depth + 1);
      } else if (is(node, "w:customXml") || is(node, "w:ins") || is(node, "w:smartTag") ||
                 is(node, "mc:AlternateContent") || is(node, "mc:Choice")) {
        done = blocks(node, depth + 1);
      }
      if (!done) return done;
    }
    sink_.heartbeat();
    return {};
  }

  Result<void> paragraph(pugi::xml_node node, unsigned depth) {
    const pugi::xml_node properties = node.child("w:pPr");
    if (properties.child("w:rPr").child("w:del")) ++changes_;
    Runs runs;
    const DocxFormat& style = styles_.of_paragraph(properties);
    Result<void> done = collect(node, style, runs, depth + 1);
    if (!done) return done;
    FlowBlock block;
    const bool blank = runs.text.find_first_not_of(" \t\n\xC2\xA0") == std::string::npos;
    if (!blank) block.list_label = numbering_.next_label(properties);
    runs.move_to(block.text, block.runs);
    block.bold = runs.any && runs.all_bold;
    block.italic = runs.any && runs.all_italic;
    const pugi::xml_node alignment = properties.child("w:jc");
    block.centred = alignment ? std::string_view(alignment.attribute("w:val").as_string()) == "center"
                              : style.centred.value_or(false);
    const pugi::xml_node outline = properties.child("w:outlineLvl");
    const int level = outline ? outline.attribute("w:val").as_int(9) : style.outline.value_or(9);
    block.heading_level = std::clamp(level + 1, 0, 10) % 10;
    if (block.heading_level > 6) block.heading_level = 0;
    if (!blank) sink_.flow(std::move(block));
    for (const std::string& id : runs.notes) emit_note(id);
    if (runs.page_break) {
      FlowBlock pause;
      pause.kind = FlowBlock::Kind::kPageBreak;
      sink_.flow(std::move(pause));
    }
    return text_boxes(node, depth);
  }

  // A text box floats beside its paragraph (a "Dự thảo" mark, a stamp): its paragraphs come after it.
  Result<void> text_boxes(pugi::xml_node paragraph, unsigned depth) {
    if (box_depth_ > 2) return {};
    ++box_depth_;
    Result<void> done;
    for (const pugi::xpath_node box :
         paragraph.select_nodes("./w:r//w:txbxContent[not(ancestor::mc:Fallback)]")) {
      done = blocks(box.node(), depth + 1);
      if (!done) break;
    }
    --box_depth_;
    return done;
  }

  void emit_note(const std::string& id) {
    for (const pugi::xml_node note : footnotes_.child("w:footnotes").children("w:footnote")) {
      if (id != note.attribute("w:id").as_string()) continue;
      FlowBlock block;
      block.kind = FlowBlock::Kind::kFootnote;
      block.list_label = std::to_string(++note_number_);
      RunText text;
      for (const pugi::xml_node paragraph : note.children("w:p")) {
        Runs runs;
        if (!collect(paragraph, styles_.of_paragraph(paragraph.child("w:pPr")), runs, 0)) break;
        if (!text.text.empty()) text.text += ' ';
        text.add(runs);
      }
      text.cut(text.text.find_first_not_of(" \t"), text.text.size());
      text.move_to(block.text, block.runs);
      sink_.flow(std::move(block));
      return;
    }
  }

  Result<void> collect(pugi::xml_node node, const DocxFormat& style, Runs& runs, unsigned depth) {
    if (depth > limits_.nesting)
      return make_error(ErrorCode::kLimitExceeded,
                        "elements are nested deeper than " + std::to_string(limits_.nesting));
    for (const pugi::xml_node child : node.children()) {
      if (is(child, "w:r")) {
        run(child, style, runs);
      } else if (is(child, "w:del") || is(child, "w:moveFrom")) {
        ++changes_;
      } else if (is(child, "w:ins") || is(child, "w:moveTo") || is(child, "w:hyperlink") ||
                 is(child, "w:smartTag") || is(child, "w:sdt") || is(child, "w:sdtContent") ||
                 is(child, "w:fldSimple") || is(child, "w:customXml") || is(child, "w:dir") ||
                 is(child, "w:bdo")) {
        if (is(child, "w:ins")) ++changes_;
        Result<void> done = collect(child, style, runs, depth + 1);
        if (!done) return done;
      }
    }
    return {};
  }

  void run(pugi::xml_node node, const DocxFormat& style, Runs& runs) {
    const DocxFormat format = styles_.of_run(style, node.child("w:rPr"));
    if (format.hidden.value_or(false)) return;
    std::string text;
    for (const pugi::xml_node child : node.children()) {
      if (is(child, "w:t")) {
        text += child.text().get();
      } else if (is(child, "w:tab") || is(child, "w:ptab")) {
        text += ' ';
      } else if (is(child, "w:br") || is(child, "w:cr")) {
        const std::string_view type = child.attribute("w:type").as_string();
        if (type == "page")
          runs.page_break = true;
        else
          text += '\n';
      } else if (is(child, "w:noBreakHyphen")) {
        text += '-';
      } else if (is(child, "w:softHyphen")) {
        text += "\u00AD";  // "ư" in TCVN3; nothing in Unicode
      } else if (is(child, "w:sym")) {
        text += symbol(child);
      } else if (is(child, "w:footnoteReference")) {
        runs.notes.emplace_back(child.attribute("w:id").as_string());
        text += "[" + std::to_string(note_number_ + static_cast<int>(runs.notes.size())) + "]";
      }
    }
    if (text.find_first_not_of(" \n") != std::string::npos) {
      runs.any = true;
      runs.all_bold = runs.all_bold && format.bold.value_or(false);
      runs.all_italic = runs.all_italic && format.italic.value_or(false);
    }
    runs.add(text, format.font.value_or(std::string()));
  }

  static std::string symbol(pugi::xml_node node) {
    // Characters of symbol fonts that stand in official texts: bullets, arrows, check boxes; others say
    // nothing.
    const std::string_view code = node.attribute("w:char").as_string();
    if (code == "F0B7" || code == "F02D" || code == "F0A7") return "-";
    if (code == "F0B3") return "≥";
    if (code == "F0A3") return "≤";
    return " ";
  }

  Result<void> table(pugi::xml_node node, unsigned depth) {
    FlowBlock block;
    block.kind = FlowBlock::Kind::kTable;
    struct Open {
      std::size_t row, cell;
    };
    std::map<int, Open> merged;  // grid column -> the cell that goes on below it
    std::vector<std::string> notes;
    for (const pugi::xml_node row : node.children("w:tr")) {
      if (row.child("w:trPr").child("w:del")) continue;
      block.rows.emplace_back();
      int column = row.child("w:trPr").child("w:gridBefore").attribute("w:val").as_int(0);
      const bool header = is_turned_on(row.child("w:trPr").child("w:tblHeader"));
      for (pugi::xml_node cell : row.children()) {
        if (is(cell, "w:sdt")) cell = cell.child("w:sdtContent").child("w:tc");
        if (!is(cell, "w:tc")) continue;
        const pugi::xml_node properties = cell.child("w:tcPr");
        const int span = std::clamp(properties.child("w:gridSpan").attribute("w:val").as_int(1), 1, 1000);
        const pugi::xml_node merge = properties.child("w:vMerge");
        const bool goes_on =
            merge && std::string_view(merge.attribute("w:val").as_string("continue")) == "continue";
        if (goes_on && merged.contains(column)) {
          const Open open = merged[column];
          ++block.rows[open.row][open.cell].rowspan;
        } else {
          FlowCell out;
          out.colspan = span;
          out.header = header;
          RunText text;
          Result<void> done = cell_text(cell, text, notes, depth + 1);
          if (!done) return done;
          text.move_to(out.text, out.runs);
          block.rows.back().push_back(std::move(out));
          if (merge)
            merged[column] = {block.rows.size() - 1, block.rows.back().size() - 1};
          else
            merged.erase(column);
        }
        column += span;
      }
      sink_.heartbeat();
    }
    if (!block.rows.empty()) sink_.flow(std::move(block));
    for (const std::string& id : notes) emit_note(id);
    return {};
  }

  // Paragraphs of a cell, nested tables row by row, one line each.
  Result<void> cell_text(pugi::xml_node cell, RunText& out, std::vector<std::string>& notes, unsigned depth) {
    if (depth > limits_.nesting)
      return make_error(ErrorCode::kLimitExceeded,
                        "elements are nested deeper than " + std::to_string(limits_.nesting));
    for (const pugi::xml_node node : cell.children()) {
      Result<void> done;
      if (is(node, "w:p")) {
        Runs runs;
        const int before = note_number_;
        note_number_ += static_cast<int>(notes.size());
        done = collect(node, styles_.of_paragraph(node.child("w:pPr")), runs, depth + 1);
        note_number_ = before;
        notes.insert(notes.end(), runs.notes.begin(), runs.notes.end());
        if (runs.text.find_first_not_of(" \t\n\xC2\xA0") != std::string::npos) {
          const std::string label = numbering_.next_label(node.child("w:pPr"));
          if (!out.text.empty()) out.text += '\n';
          if (!label.empty()) out.text += label + ' ';
          out.add(runs);
        }
      } else if (is(node, "w:tbl") || is(node, "w:tr") || is(node, "w:tc") || is(node, "w:sdt") ||
                 is(node, "w:sdtContent")) {
        done = cell_text(node, out, notes, depth + 1);
      }
      if (!done) return done;
    }
    return {};
  }

  const Limits& limits_;
  Sink& sink_;
  pugi::xml_document body_, footnotes_;
  DocxNumbering numbering_;
  DocxStyles styles_;
  int note_number_ = 0;
  int box_depth_ = 0;
  std::size_t changes_ = 0;
};

}  // namespace

Result<void> read_docx(const Input& input, ZipParts& parts, Sink& sink) {
  sink.stage(Stage::kText, 0);
  DocxReader reader(input.job.limits, sink);
  Result<void> loaded = reader.load(parts);
  if (!loaded) return loaded;
  Begin begin;
  begin.media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  begin.encoding = "utf-8";
  sink.begin(begin);
  return reader.read();
}

}  // namespace vanban::read
