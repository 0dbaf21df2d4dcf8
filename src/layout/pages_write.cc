// Paragraphs and tables to the document's text, each word with its place.

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "layout/pages.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::pages {
namespace {

// OCR's confidence below which a digit is not to be trusted. On pages that it could hardly read (copies of
// copies) even digits that it was rather sure of are often wrong.
double least_for_digits(const RawPage& page) {
  constexpr double kOnGoodPages = 0.8, kOnBadPages = 0.93, kBadPage = 0.92;
  return page.mean_confidence < kBadPage ? kOnBadPages : kOnGoodPages;
}

bool letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

bool combining_start(std::string_view text) {
  std::size_t at = 0;
  const char32_t c = decode_utf8(text, at);
  return c >= 0x300 && c < 0x370;
}

bool upper_start(std::string_view text) {
  return !text.empty() && ((text[0] >= 'A' && text[0] <= 'Z') || text.substr(0, 2) == "Đ");
}

class Writer {
 public:
  Writer(const RawDocument& raw, const std::vector<Page>& pages) : raw_(raw), pages_(pages) {}

  void paragraph(const Item& item) {
    const Paragraph& from = item.paragraph;
    if (from.lines.empty()) return;
    new_line();
    Block block;
    block.kind = from.is_footnote ? BlockKind::kFootnote : BlockKind::kParagraph;
    block.label = from.footnote;
    std::size_t begin = out_.text.size();
    if (from.is_footnote && !from.footnote.empty()) {
      // The mark stands before the footnote's own text.
      const Piece& first = from.lines.front();
      const std::size_t label_words = footnote_start(pages_[first.page], first.line).words;
      lines(from.lines, label_words, from.footnote.size(), &begin);
    } else {
      lines(from.lines, 0, 0, nullptr);
    }
    block.where = {begin, out_.text.size()};
    block.page = pages_[from.lines.front().page].number;
    block.column = from.column;
    block.alignment = from.alignment;
    block.bold = from.bold;
    block.italic = from.italic;
    block.indent = from.indent;
    block.font_size = from.size;
    out_.blocks.push_back(std::move(block));
  }

  void table(const Item& item) {
    const ItemTable& from = item.table;
    Table table;
    table.id = "t" + std::to_string(out_.tables.size() + 1);
    table.page = pages_[item.page].number;
    table.columns = static_cast<int>(from.xs.size()) - 1;
    table.inferred = from.inferred;
    first_cell_ = true;
    new_line();
    const std::size_t begin = out_.text.size();
    for (const ItemRow& row : from.header) table.header.push_back(cells(row));
    for (const ItemRow& row : from.rows) {
      table.rows.push_back(cells(row));
      table.row_pages.push_back(pages_[row.page].number);
    }
    table.where = {begin, out_.text.size()};
    if (from.unclear) {
      out_.diagnostics.push_back(
          {"table-unclear", "cells of table " + table.id + " are not all rectangles", table.page});
    }
    Block block;
    block.kind = BlockKind::kTable;
    block.where = table.where;
    block.page = table.page;
    block.table = out_.tables.size();
    out_.blocks.push_back(std::move(block));
    out_.tables.push_back(std::move(table));
  }

  LaidOutText take() {
    for (const auto& [page, words] : doubtful_) {
      std::string message = "OCR was not sure of digits in:";
      for (const std::string& word : words) message += " \"" + word + "\"";
      out_.diagnostics.push_back({"ocr-doubtful-digits", std::move(message), page});
    }
    return std::move(out_);
  }

 private:
  void new_line() {
    if (!out_.text.empty() && out_.text.back() != '\n') out_.text += '\n';
  }

  TableRow cells(const ItemRow& row) {
    TableRow out;
    for (const ItemCell& from : row.cells) {
      TableCell cell;
      cell.column = from.column;
      cell.colspan = from.colspan;
      cell.rowspan = from.rowspan;
      if (!from.lines.empty()) {
        if (!first_cell_) new_line();
        first_cell_ = false;
        const std::size_t begin = out_.text.size(), words = out_.words.size();
        lines(from.lines, 0, 0, nullptr);
        cell.where = {begin, out_.text.size()};
        cell.text = out_.text.substr(begin);
        double sum = 0;
        for (std::size_t i = words; i < out_.words.size(); ++i) sum += out_.words[i].confidence;
        if (out_.words.size() > words) cell.confidence = sum / static_cast<double>(out_.words.size() - words);
      } else {
        cell.where = {out_.text.size(), out_.text.size()};
      }
      out.push_back(std::move(cell));
    }
    return out;
  }

  // `label_words`, `label_bytes`: a footnote's label, or the bytes of it glued to the first word;
  // `after_label` is set to where the text behind it begins.
  void lines(const std::vector<Piece>& pieces, std::size_t label_words, std::size_t label_bytes,
             std::size_t* after_label) {
    const Word* before = nullptr;
    std::size_t count = 0;
    for (const Piece& piece : pieces) {
      const Page& page = pages_[piece.page];
      bool line_start = true;
      for (std::size_t index : piece.line.words) {
        const Word& word = page.words[index];
        if (before != nullptr) {
          const bool joined =
              line_start ? joined_at_line_end(before->text, word.text) : !space_between(*before, word);
          if ((!joined && word.mark_bytes != word.text.size()) || combining_start(word.text))
            out_.text += ' ';
        }
        if (after_label != nullptr && count == label_words) {
          *after_label = out_.text.size() + (label_words == 0 ? label_bytes : 0);
        }
        add(page, word);
        before = &word;
        line_start = false;
        ++count;
      }
    }
  }

  void add(const Page& page, const Word& word) {
    const std::size_t begin = out_.text.size();
    out_.text += word.text;
    PlacedWord placed;
    placed.where = {begin, out_.text.size()};
    placed.place = {page.number, raw_.pages[page.index].words[word.source].box};
    placed.confidence = word.confidence;
    placed.doubtful_digit = page.ocr && word.confidence < least_for_digits(raw_.pages[page.index]) &&
                            std::any_of(word.text.begin(), word.text.end(), is_digit);
    if (constexpr std::size_t kMostNamed = 60; placed.doubtful_digit) {
      std::vector<std::string>& words = doubtful_[page.number];
      if (words.size() < kMostNamed) words.push_back(word.text);
    }
    placed.read_as = raw_.pages[page.index].words[word.source].read_as;
    out_.words.push_back(std::move(placed));
    if (!word.mark.empty()) {
      out_.footnote_marks.push_back({{out_.text.size() - word.mark_bytes, out_.text.size()}, word.mark});
    }
  }

  const RawDocument& raw_;
  const std::vector<Page>& pages_;
  LaidOutText out_;
  std::map<int, std::vector<std::string>> doubtful_;  // words with digits that OCR was not sure of, by page
  bool first_cell_ = true;
};

}  // namespace

bool joined_at_line_end(std::string_view before, std::string_view after) {
  if (before.size() < 2 || after.empty()) return false;
  const char end = before.back(), last = before[before.size() - 2];
  // "NQ-" + "CP", "2021-" + "2025", "02/" + "NQ-CP"; a dash of its own stays one.
  if ((end == '-' || end == '/') && letter_or_digit(last) && letter_or_digit(after.front())) return true;
  // "01/NQ" + "-CP", "01" + "/NQ-CP"
  if ((after.front() == '-' || after.front() == '/') && after.size() > 1 && upper_start(after.substr(1))) {
    return is_digit(end) || (before.find('/') != std::string_view::npos && letter_or_digit(end));
  }
  return false;
}

std::string pieces_text(const std::vector<Page>& pages, const std::vector<Piece>& lines) {
  std::string text;
  const Word* before = nullptr;
  for (const Piece& piece : lines) {
    const std::string line = line_text(pages[piece.page], piece.line);
    if (line.empty()) continue;
    const Word& first = pages[piece.page].words[piece.line.words.front()];
    if (before != nullptr && !joined_at_line_end(before->text, first.text)) text += ' ';
    text += line;
    before = &pages[piece.page].words[piece.line.words.back()];
  }
  return text;
}

LaidOutText write_text(const RawDocument& raw, const std::vector<Page>& pages,
                       const std::vector<Item>& items) {
  Writer writer(raw, pages);
  for (const Item& item : items) {
    if (item.is_table) {
      writer.table(item);
    } else {
      writer.paragraph(item);
    }
  }
  return writer.take();
}

}  // namespace vanban::pages
