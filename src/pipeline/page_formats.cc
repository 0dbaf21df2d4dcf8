#include "vanban/pipeline/page_formats.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <set>

#include "vanban/base/shown_path.h"
#include "vanban/base/utf8.h"

namespace vanban {
namespace {

// What of the text belongs together on a page: a block, or of a table one cell. In order, apart.
struct Piece {
  TextRange where;
  std::size_t table = 0;
};

std::vector<Piece> pieces_of(const LaidOutText& text) {
  std::vector<Piece> pieces;
  std::vector<Piece> cells;
  for (const Block& block : text.blocks) {
    if (block.kind != BlockKind::kTable || block.table >= text.tables.size()) {
      pieces.push_back({block.where, 0});
      continue;
    }
    const Table& table = text.tables[block.table];
    cells.clear();
    for (const std::vector<TableRow>* rows : {&table.header, &table.rows}) {
      for (const TableRow& row : *rows) {
        for (const TableCell& cell : row) {
          if (cell.where.begin < cell.where.end) cells.push_back({cell.where, block.table + 1});
        }
      }
    }
    std::sort(cells.begin(), cells.end(),
              [](const Piece& a, const Piece& b) { return a.where.begin < b.where.begin; });
    pieces.insert(pieces.end(), cells.begin(), cells.end());
  }
  return pieces;
}

// Thousandths of a point: as exact as places come from the reader.
std::array<std::int64_t, 4> key_of(const Box& box) {
  const auto whole = [](double value) { return static_cast<std::int64_t>(std::llround(value * 1000)); };
  return {whole(box.x0), whole(box.y0), whole(box.x1), whole(box.y1)};
}

bool is_next_in_line(const Box& before, const Box& after) {
  const double high = std::max(before.height(), after.height());
  return std::abs(after.centre_y() - before.centre_y()) < 0.6 * high && after.x0 >= before.x0 - 0.2 * high;
}

void add_word(PageBlock& block, PageWord word, bool new_line) {
  if (block.lines.empty()) block.box = word.box;
  if (new_line || block.lines.empty()) block.lines.push_back({{}, word.box});
  PageLine& line = block.lines.back();
  line.box.include(word.box);
  block.box.include(word.box);
  line.words.push_back(std::move(word));
}

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t from = i;
    const char32_t code = decode_utf8(text, i);
    switch (code) {
      case U'&':
        out += "&amp;";
        break;
      case U'<':
        out += "&lt;";
        break;
      case U'>':
        out += "&gt;";
        break;
      case U'"':
        out += "&quot;";
        break;
      default:
        // XML 1.0 has no other control characters, and not these two.
        if ((code < 0x20 && code != '\t' && code != '\n') || code == 0xFFFE || code == 0xFFFF) break;
        out.append(text.substr(from, i - from));
    }
  }
  return out;
}

std::string fixed(double value, const char* format) {
  char text[48];
  std::snprintf(text, sizeof text, format, std::isfinite(value) ? value : 0.0);
  return text;
}

class AltoWriter {
 public:
  std::string write(const std::vector<PageView>& pages, const std::string& name) {
    out_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alto "
        "xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v4# "
        "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd\">\n<Description>\n<MeasurementUnit>inch1200"
        "</MeasurementUnit>\n<sourceImageInformation>\n<fileName>" +
        escaped(shown_path(name)) +
        "</fileName>\n</sourceImageInformation>\n<Processing ID=\"P1\">\n<processingSoftware>\n"
        "<softwareName>vanban</softwareName>\n<softwareVersion>" VANBAN_VERSION
        "</softwareVersion>\n</processingSoftware>\n</Processing>\n</Description>\n"
        "<Tags>\n<LayoutTag ID=\"furniture\" LABEL=\"page furniture\"/>\n</Tags>\n<Layout>\n";
    for (const PageView& page : pages) write_page(page);
    return out_ + "</Layout>\n</alto>\n";
  }

 private:
  static std::string units(double points) { return std::to_string(std::llround(points * 1200 / 72)); }
  static std::string place(const Box& box) {
    return " HPOS=\"" + units(box.x0) + "\" VPOS=\"" + units(box.y0) + "\" WIDTH=\"" + units(box.width()) +
           "\" HEIGHT=\"" + units(box.height()) + "\"";
  }

  void write_page(const PageView& page) {
    const std::string id = std::to_string(page.number);
    out_ += "<Page ID=\"page_" + id + "\" PHYSICAL_IMG_NR=\"" + id + "\" WIDTH=\"" + units(page.width) +
            "\" HEIGHT=\"" + units(page.height) + "\" PC=\"" + fixed(page.confidence, "%.3f") +
            "\">\n<PrintSpace" + place({0, 0, page.width, page.height}) + ">\n";
    for (std::size_t i = 0; i < page.blocks.size();) {
      const std::size_t table = page.blocks[i].table;
      std::size_t end = i + 1;
      if (table == 0) {
        write_block(page.blocks[i], id + "_" + std::to_string(i + 1));
      } else {
        Box box = page.blocks[i].box;
        while (end < page.blocks.size() && page.blocks[end].table == table)
          box.include(page.blocks[end++].box);
        out_ += "<ComposedBlock ID=\"table_" + id + "_" + std::to_string(i + 1) + "\" TYPE=\"table\"" +
                place(box) + ">\n";
        for (std::size_t k = i; k < end; ++k) write_block(page.blocks[k], id + "_" + std::to_string(k + 1));
        out_ += "</ComposedBlock>\n";
      }
      i = end;
    }
    out_ += "</PrintSpace>\n</Page>\n";
  }

  void write_block(const PageBlock& block, const std::string& id) {
    out_ += "<TextBlock ID=\"block_" + id + "\"" + place(block.box) +
            (block.furniture ? " TAGREFS=\"furniture\"" : "") + ">\n";
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
      const PageLine& line = block.lines[i];
      out_ += "<TextLine ID=\"line_" + id + "_" + std::to_string(i + 1) + "\"" + place(line.box) + ">";
      for (std::size_t k = 0; k < line.words.size(); ++k) {
        const PageWord& word = line.words[k];
        if (k > 0) out_ += "<SP/>";
        out_ += "<String CONTENT=\"" + escaped(word.text) + "\"" + place(word.box) + " WC=\"" +
                fixed(word.confidence, "%.2f") + "\"/>";
      }
      out_ += "</TextLine>\n";
    }
    out_ += "</TextBlock>\n";
  }

  std::string out_;
};

class HocrWriter {
 public:
  std::string write(const std::vector<PageView>& pages, const std::string& name) {
    out_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 "
        "Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n<html "
        "xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"vi\" lang=\"vi\">\n<head>\n<title>" +
        escaped(shown_path(name)) +
        "</title>\n<meta http-equiv=\"Content-Type\" content=\"text/html;charset=utf-8\"/>\n"
        "<meta name=\"ocr-system\" content=\"vanban " VANBAN_VERSION
        "\"/>\n<meta name=\"ocr-capabilities\" content=\"ocr_page ocr_carea ocr_par ocr_line ocrx_word "
        "ocr_table\"/>\n</head>\n<body>\n";
    for (const PageView& page : pages) write_page(page);
    return out_ + "</body>\n</html>\n";
  }

 private:
  static std::string pixels(double points) { return std::to_string(std::llround(points * 300 / 72)); }
  static std::string bbox(const Box& box) {
    return "bbox " + pixels(box.x0) + " " + pixels(box.y0) + " " + pixels(box.x1) + " " + pixels(box.y1);
  }

  void write_page(const PageView& page) {
    const std::string id = std::to_string(page.number);
    out_ += "<div class=\"ocr_page\" id=\"page_" + id + "\" title=\"" +
            bbox({0, 0, page.width, page.height}) + "; ppageno " + std::to_string(page.number - 1) +
            "; scan_res 300 300\">\n";
    std::size_t table = 0;
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
      const PageBlock& block = page.blocks[i];
      if (block.table != table && table != 0) out_ += "</div>\n";
      if (block.table != table && block.table != 0) {
        Box box = block.box;
        for (std::size_t k = i; k < page.blocks.size() && page.blocks[k].table == block.table; ++k)
          box.include(page.blocks[k].box);
        out_ += "<div class=\"ocr_table\" title=\"" + bbox(box) + "\">\n";
      }
      table = block.table;
      write_block(block, id + "_" + std::to_string(i + 1));
    }
    out_ += table != 0 ? "</div>\n</div>\n" : "</div>\n";
  }

  void write_block(const PageBlock& block, const std::string& id) {
    out_ += "<div class=\"ocr_carea" + std::string(block.furniture ? " furniture" : "") + "\" id=\"block_" +
            id + "\" title=\"" + bbox(block.box) + "\"><p class=\"ocr_par\" title=\"" + bbox(block.box) +
            "\">\n";
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
      const PageLine& line = block.lines[i];
      out_ += "<span class=\"ocr_line\" id=\"line_" + id + "_" + std::to_string(i + 1) + "\" title=\"" +
              bbox(line.box) + "\">";
      for (std::size_t k = 0; k < line.words.size(); ++k) {
        const PageWord& word = line.words[k];
        out_ += (k > 0 ? " " : "");
        out_ += "<span class=\"ocrx_word\" title=\"" + bbox(word.box) + "; x_wconf " +
                fixed(100 * word.confidence, "%.0f") + "\">" + escaped(word.text) + "</span>";
      }
      out_ += "</span>\n";
    }
    out_ += "</p></div>\n";
  }

  std::string out_;
};

}  // namespace

std::vector<PageView> pages_in_order(const RawDocument& raw, const LaidOutText& text) {
  std::vector<PageView> views;
  std::vector<std::set<std::array<std::int64_t, 4>>> placed;
  for (const RawPage& page : raw.pages) {
    views.push_back({page.number, page.width, page.height, page.mean_confidence, {}});
  }
  placed.resize(views.size());
  const auto view_of = [&](int number) {
    return static_cast<std::size_t>(
        std::lower_bound(views.begin(), views.end(), number,
                         [](const PageView& view, int wanted) { return view.number < wanted; }) -
        views.begin());
  };
  const std::vector<Piece> pieces = pieces_of(text);
  constexpr auto kNone = static_cast<std::size_t>(-1);
  std::size_t piece = 0, last_piece = kNone, last_view = kNone;
  for (const PlacedWord& word : text.words) {
    const std::size_t at = view_of(word.place.page);
    if (at >= views.size() || views[at].number != word.place.page) continue;
    placed[at].insert(key_of(word.place.box));
    while (piece < pieces.size() && pieces[piece].where.end <= word.where.begin) ++piece;
    const std::size_t table =
        piece < pieces.size() && pieces[piece].where.begin <= word.where.begin ? pieces[piece].table : 0;
    std::vector<PageBlock>& blocks = views[at].blocks;
    const bool new_block = piece != last_piece || at != last_view;
    if (new_block) blocks.push_back({{}, {}, table, false});
    PageBlock& block = blocks.back();
    const bool new_line =
        block.lines.empty() || !is_next_in_line(block.lines.back().words.back().box, word.place.box);
    add_word(block,
             {text.text.substr(word.where.begin, word.where.end - word.where.begin), word.place.box,
              word.confidence},
             new_line);
    last_piece = piece;
    last_view = at;
  }
  for (std::size_t i = 0; i < views.size(); ++i) {
    const RawWord* before = nullptr;
    for (const RawWord& word : raw.pages[i].words) {
      if (word.text.empty() || placed[i].contains(key_of(word.box))) continue;
      const bool same_line =
          before != nullptr && before->line == word.line && is_next_in_line(before->box, word.box);
      if (!same_line) views[i].blocks.push_back({{}, {}, 0, true});
      add_word(views[i].blocks.back(), {word.text, word.box, word.confidence}, false);
      before = &word;
    }
  }
  return views;
}

std::string to_alto(const std::vector<PageView>& pages, const std::string& name) {
  return AltoWriter().write(pages, name);
}
std::string to_hocr(const std::vector<PageView>& pages, const std::string& name) {
  return HocrWriter().write(pages, name);
}

}  // namespace vanban
