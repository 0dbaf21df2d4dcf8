#include "read/worker/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <unordered_map>
#include <vector>

#include "read/worker/html_fonts.h"
#include "read/worker/html_tree.h"
#include "read/worker/run_text.h"
#include "read/worker/text.h"

namespace vanban::read {
namespace {

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

template <std::size_t N>
bool is_any(const xmlNode* node, const char* const (&names)[N]) {
  return std::any_of(std::begin(names), std::end(names), [&](const char* name) { return is(node, name); });
}

// Nothing in these is the document's text.
bool is_left_out(const xmlNode* node) {
  static constexpr const char* kNames[] = {"script", "style",  "head",   "noscript", "nav",
                                           "footer", "aside",  "select", "button",   "input",
                                           "iframe", "object", "svg",    "textarea"};
  return node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE || is_any(node, kNames);
}

bool is_block(const xmlNode* node) {
  static constexpr const char* kNames[] = {
      "p",          "div", "li",      "ul",      "ol",   "h1",     "h2", "h3", "h4", "h5",     "h6",
      "blockquote", "pre", "section", "article", "main", "center", "dd", "dt", "dl", "header", "hr"};
  return is_any(node, kNames);
}

bool is_table_part(const xmlNode* node) {
  static constexpr const char* kNames[] = {"table", "thead", "tbody", "tfoot", "tr"};
  return is_any(node, kNames);
}

// A table that holds another one, or that has one cell, lays out a page and is no table of the document.
bool is_layout_table(const xmlNode* table) {
  std::size_t cells = 0;
  for (const xmlNode* node = table->children; node != nullptr; node = after(node, table, true)) {
    if (is(node, "table")) return true;
    cells += is(node, "td") || is(node, "th");
  }
  return cells <= 1;
}

std::size_t bytes_in(const std::unordered_map<const xmlNode*, std::size_t>& counts, const xmlNode* node) {
  const auto found = counts.find(node);
  return found == counts.end() ? 0 : found->second;
}

// A long document stands in several elements side by side: the parent is the document where it adds much text
// that is no link. A site's frame adds links.
const xmlNode* with_siblings(const xmlNode* node,
                             const std::unordered_map<const xmlNode*, std::size_t>& weight,
                             const std::unordered_map<const xmlNode*, std::size_t>& links) {
  const xmlNode* best = node;
  for (const xmlNode* up = node->parent; up != nullptr && up->type == XML_ELEMENT_NODE; up = up->parent) {
    const std::size_t text = bytes_in(weight, up) - bytes_in(weight, best);
    const std::size_t linked = bytes_in(links, up) - bytes_in(links, best);
    if (linked * 20 > text + 2000) break;
    if (text * 10 >= bytes_in(weight, best) * 3 && !is_table_part(up) && !is(up, "td")) best = up;
  }
  return best;
}

// A text of its own that only a signature block or the recipients beside it have.
bool begins_foot(const char* content) {
  static constexpr const char* kMarks[] = {"TM.",       "KT.",       "TL.",      "TUQ.",      "T/M",
                                           "K/T",       "Nơi nhận",  "(Đã ký)",  "( Đã ký )", "(đã ký)",
                                           "BỘ TRƯỞNG", "THỦ TƯỚNG", "CHỦ TỊCH", "THỐNG ĐỐC", "GIÁM ĐỐC"};
  while (*content == ' ' || *content == '\n' || *content == '\t' || *content == '\r') ++content;
  return std::any_of(std::begin(kMarks), std::end(kMarks),
                     [&](const char* mark) { return std::strncmp(content, mark, std::strlen(mark)) == 0; });
}

bool holds_foot(const xmlNode* root) {
  for (const xmlNode* node = root; node != nullptr; node = after(node, root, true)) {
    if (node->type == XML_TEXT_NODE && begins_foot(reinterpret_cast<const char*>(node->content))) return true;
  }
  return false;
}

// The signature may stand in a table beside the element of the articles: the parent is the document then.
const xmlNode* with_foot(const xmlNode* node, const std::unordered_map<const xmlNode*, std::size_t>& links) {
  constexpr int kLevels = 4;
  constexpr std::size_t kMostLinked = 400;
  if (holds_foot(node)) return node;
  const xmlNode* below = node;
  for (int level = 0; level < kLevels; ++level, below = below->parent) {
    const xmlNode* up = below->parent;
    if (up == nullptr || up->type != XML_ELEMENT_NODE || is_table_part(up) || is(up, "td")) break;
    if (bytes_in(links, up) - bytes_in(links, node) > kMostLinked) break;
    for (const xmlNode* next = below->next; next != nullptr; next = next->next) {
      if (next->type == XML_ELEMENT_NODE && !is_left_out(next) && holds_foot(next)) return up;
    }
  }
  return node;
}

constexpr std::size_t kLeastDocumentBytes = 2500;

// Every official document begins with the motto (quốc hiệu) or the Party's name: the smallest element around
// its table that holds paragraphs beside it is the document. Null: no motto, in capitals and composed
// letters, in a text of its own.
const xmlNode* around_motto(const std::vector<const xmlNode*>& order,
                            const std::unordered_map<const xmlNode*, std::size_t>& weight,
                            const std::unordered_map<const xmlNode*, std::size_t>& links,
                            const std::unordered_map<const xmlNode*, std::size_t>& paragraphs) {
  static constexpr const char* kMottos[] = {"HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI",
                                            "ĐẢNG CỘNG SẢN VIỆT NAM"};
  for (const xmlNode* element : order) {
    for (const xmlNode* child = element->children; child != nullptr; child = child->next) {
      if (child->type != XML_TEXT_NODE) continue;
      const char* content = reinterpret_cast<const char*>(child->content);
      if (std::none_of(std::begin(kMottos), std::end(kMottos),
                       [&](const char* motto) { return std::strstr(content, motto); })) {
        continue;
      }
      const xmlNode* head = element;
      for (const xmlNode* up = element; up != nullptr && up->type == XML_ELEMENT_NODE; up = up->parent) {
        // Beside the branch of the motto, at any depth: its table and the body may stand in a div each.
        const std::size_t beside = bytes_in(paragraphs, up) - bytes_in(paragraphs, head);
        head = up;
        // Below so many bytes it is the head alone: the body stands beside it, further out.
        const auto bytes = weight.find(up);
        const bool whole = bytes != weight.end() && bytes->second >= kLeastDocumentBytes;
        if (beside >= 4 && whole && !is_table_part(up) && !is(up, "td"))
          return with_foot(with_siblings(up, weight, links), links);
      }
    }
  }
  return nullptr;
}

// The smallest element that holds most of the text that is no link: a portal's menus and lists are links.
const xmlNode* find_content(const xmlNode* root) {
  std::unordered_map<const xmlNode*, std::size_t> weight, links, paragraphs;  // of all below
  std::vector<const xmlNode*> order;
  for (const xmlNode* node = root; node != nullptr;) {
    if (is_left_out(node)) {
      node = behind(node, root);
      continue;
    }
    if (node->type == XML_ELEMENT_NODE) order.push_back(node);
    if (node->type == XML_TEXT_NODE && node->parent != nullptr) {
      bool linked = false;
      for (const xmlNode* up = node->parent; up != nullptr && up != root; up = up->parent)
        linked = linked || is(up, "a");
      (linked ? links : weight)[node->parent] += std::strlen(reinterpret_cast<const char*>(node->content));
    }
    node = after(node, root, true);
  }
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    if (*it == root) continue;
    if (weight.contains(*it)) weight[(*it)->parent] += weight[*it];
    if (links.contains(*it)) links[(*it)->parent] += links[*it];
    const std::size_t below = bytes_in(paragraphs, *it) + (is(*it, "p") || is(*it, "div") ? 1 : 0);
    if (below > 0) paragraphs[(*it)->parent] += below;
  }
  if (const xmlNode* around = around_motto(order, weight, links, paragraphs)) return around;
  // A cell of a table that lays out the site may hold the document; rows and sections of a table never do.
  const xmlNode* best = root;
  for (const xmlNode* at = root; at != nullptr;) {
    const xmlNode* heavy = nullptr;
    for (const xmlNode* child = at->children; child != nullptr; child = child->next) {
      if (child->type != XML_ELEMENT_NODE || is_left_out(child) || is(child, "p")) continue;
      if (weight.contains(child) && weight[child] * 10 >= weight[best] * 8) heavy = child;
    }
    at = heavy;
    if (at != nullptr && !is_table_part(at)) best = at;
  }
  return best == root ? best : with_foot(best, links);
}

void append_space(std::string& text) {
  if (!text.empty() && text.back() != ' ' && text.back() != '\n') text += ' ';
}

void append_collapsed(std::string& text, const char* content) {
  for (const char* c = content; *c != '\0'; ++c) {
    if (*c == ' ' || *c == '\t' || *c == '\n' || *c == '\r')
      append_space(text);
    else
      text += *c;
  }
}

class HtmlReader {
 public:
  HtmlReader(const HtmlFonts& fonts, Sink& sink) : fonts_(fonts), sink_(sink) {}

  void read(const xmlNode* root) {
    for (const xmlNode* node = root; node != nullptr;) {
      leave_blocks(node, root);
      bool into = true;
      if (is_left_out(node)) {
        into = false;
      } else if (node->type == XML_TEXT_NODE) {
        add_text(node, root);
      } else if (is(node, "br")) {
        // Word and portals put lines of one centred block behind <br>: each is a paragraph of its own.
        flush();
      } else if (is(node, "table") && !is_layout_table(node)) {
        flush();
        emit_table(node);
        into = false;
      } else if (is_block(node) || is_table_part(node) || is(node, "td") || is(node, "th")) {
        flush();
        open(node);
      }
      node = after(node, root, into);
    }
    flush();
  }

 private:
  struct Open {
    const xmlNode* node;
    bool centred;
    int heading;
  };

  // Blocks that end before `node` end the paragraph.
  void leave_blocks(const xmlNode* node, const xmlNode* root) {
    while (!open_.empty()) {
      bool inside = false;
      for (const xmlNode* up = node->parent; up != nullptr; up = up->parent) {
        inside = inside || up == open_.back().node;
        if (up == root) break;
      }
      if (inside) return;
      flush();
      open_.pop_back();
    }
  }

  void open(const xmlNode* node) {
    const std::string align = attribute(node, "align");
    const std::string style = attribute(node, "style");
    const bool centred = align == "center" || is(node, "center") ||
                         style.find("text-align:center") != std::string::npos ||
                         style.find("text-align: center") != std::string::npos ||
                         (!open_.empty() && open_.back().centred && align.empty());
    const int heading =
        node->name[0] == 'h' && node->name[1] >= '1' && node->name[1] <= '6' ? node->name[1] - '0' : 0;
    open_.push_back({node, centred, heading});
    if (is(node, "li") && node->parent != nullptr && is(node->parent, "ul")) block_.list_label = "-";
  }

  void add_text(const xmlNode* node, const xmlNode* root) {
    const char* content = reinterpret_cast<const char*>(node->content);
    if (std::strspn(content, " \t\r\n") == std::strlen(content)) {
      append_space(block_.text);
      return;
    }
    bool bold = false, italic = false, raised = false;
    for (const xmlNode* up = node->parent; up != nullptr && up != root && !is_block(up); up = up->parent) {
      bold = bold || is(up, "b") || is(up, "strong");
      italic = italic || is(up, "i") || is(up, "em");
      raised = raised || is(up, "sup");
    }
    if (raised && std::strspn(content, "0123456789[]*() ") == std::strlen(content) && !block_.text.empty()) {
      // A footnote's mark: set apart so that no word takes it in.
      std::string mark;
      append_collapsed(mark, content);
      if ((mark == "2" || mark == "3") && ends_with_metre(block_.text)) {
        block_.text += mark == "2" ? "²" : "³";
        return;
      }
      const bool bare = mark.find('[') == std::string::npos;
      if (bare) block_.text += '[';
      block_.text += mark;
      if (bare) block_.text += ']';
      return;
    }
    all_bold_ = all_bold_ && bold;
    all_italic_ = all_italic_ && italic;
    const std::size_t begin = block_.text.size();
    append_collapsed(block_.text, content);
    add_run(block_.runs, {begin, block_.text.size(), fonts_.of(node)});
  }

  static void add_run(std::vector<FlowRun>& runs, FlowRun run) {
    if (run.font.empty() || run.begin >= run.end) return;
    if (!runs.empty() && runs.back().end == run.begin && runs.back().font == run.font)
      runs.back().end = run.end;
    else
      runs.push_back(std::move(run));
  }

  // "m", "km", "cm": a raised 2 or 3 behind it is a power.
  static bool ends_with_metre(const std::string& text) {
    std::size_t at = text.size();
    if (at == 0 || text[at - 1] != 'm') return false;
    --at;
    if (at > 0 && std::strchr("kcdm", text[at - 1]) != nullptr) --at;
    return at == 0 || text[at - 1] == ' ' || text[at - 1] == '/' || text[at - 1] == '(' ||
           (text[at - 1] >= '0' && text[at - 1] <= '9');
  }

  void flush() {
    while (!block_.text.empty() && (block_.text.back() == ' ' || block_.text.back() == '\n'))
      block_.text.pop_back();
    if (block_.text.find_first_not_of(" \xC2\xA0") != std::string::npos) {
      std::erase_if(block_.runs, [&](const FlowRun& run) { return run.begin >= block_.text.size(); });
      if (!block_.runs.empty()) block_.runs.back().end = std::min(block_.runs.back().end, block_.text.size());
      block_.bold = all_bold_;
      block_.italic = all_italic_;
      block_.centred = !open_.empty() && open_.back().centred;
      block_.heading_level = open_.empty() ? 0 : open_.back().heading;
      sink_.flow(std::move(block_));
      sink_.heartbeat();
    }
    block_ = {};
    all_bold_ = all_italic_ = true;
  }

  static int span_of(const xmlNode* cell, const char* name) {
    return std::clamp(std::atoi(attribute(cell, name).c_str()), 1, 1000);
  }

  // Cells of nested tables are lines of the cell they stand in.
  void set_text(const xmlNode* cell, FlowCell& out) const {
    RunText read;
    std::string& text = read.text;
    const auto line = [&] {
      while (!text.empty() && text.back() == ' ') text.pop_back();
      if (!read.runs.empty()) read.runs.back().end = std::min(read.runs.back().end, text.size());
      if (!text.empty() && text.back() != '\n') text += '\n';
    };
    for (const xmlNode* node = cell->children; node != nullptr;) {
      bool into = true;
      if (is_left_out(node))
        into = false;
      else if (node->type == XML_TEXT_NODE) {
        const std::size_t begin = text.size();
        append_collapsed(text, reinterpret_cast<const char*>(node->content));
        add_run(read.runs, {begin, text.size(), fonts_.of(node)});
      } else if (is(node, "br") || is_block(node) || is(node, "tr") || is(node, "td"))
        line();
      node = after(node, cell, into);
      // A block that has ended ends its line; the next block opens a new one anyway.
    }
    const std::size_t begin = text.find_first_not_of(" \n");
    const std::size_t end = text.find_last_not_of(" \n");
    if (begin == std::string::npos) return;
    read.cut(begin, end + 1);
    read.move_to(out.text, out.runs);
  }

  void emit_table(const xmlNode* table) {
    FlowBlock block;
    block.kind = FlowBlock::Kind::kTable;
    for (const xmlNode* node = table->children; node != nullptr;) {
      bool into = true;
      if (is(node, "table") || is_left_out(node)) {
        into = false;
      } else if (is(node, "tr")) {
        block.rows.emplace_back();
      } else if (is(node, "td") || is(node, "th")) {
        if (block.rows.empty()) block.rows.emplace_back();
        FlowCell cell;
        set_text(node, cell);
        cell.colspan = span_of(node, "colspan");
        cell.rowspan = span_of(node, "rowspan");
        cell.header = is(node, "th");
        block.rows.back().push_back(std::move(cell));
        into = false;
      }
      node = after(node, table, into);
    }
    std::erase_if(block.rows, [](const auto& row) { return row.empty(); });
    if (!block.rows.empty()) sink_.flow(std::move(block));
  }

  const HtmlFonts& fonts_;
  Sink& sink_;
  std::vector<Open> open_;
  FlowBlock block_;
  bool all_bold_ = true, all_italic_ = true;
};

}  // namespace

Result<void> read_html(const Input& input, Sink& sink) {
  sink.stage(Stage::kText, 0);
  // A byte order mark decides; else the page's own charset does, which libxml2 reads.
  std::string decoded;
  std::string_view bytes = input.bytes;
  const char* encoding = nullptr;
  const bool marked =
      bytes.starts_with("\xEF\xBB\xBF") || bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  const DecodedText text = decode_text(bytes);
  if (marked || text.replaced == 0) {
    decoded = text.text;
    bytes = decoded;
    encoding = "UTF-8";
  }
  const std::unique_ptr<xmlDoc, FreeDocument> document(htmlReadMemory(
      bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1u << 30)), nullptr, encoding,
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
          HTML_PARSE_COMPACT));
  const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr) return make_error(ErrorCode::kDamaged, "no HTML element was found");
  sink.begin({"text/html", encoding != nullptr ? text.encoding : "as the page says", 0});
  HtmlFonts fonts;
  fonts.load(root);
  HtmlReader(fonts, sink).read(find_content(root));
  return {};
}

}  // namespace vanban::read
