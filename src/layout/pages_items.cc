// A page's lines and tables in reading order. Where lines stand side by side (the head, the recipients beside
// the signature), a white corridor parts them: the left column is read before the right one.

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "layout/pages.h"
#include "vanban/normalise/text.h"

namespace vanban::pages {
namespace {

// Lines of one row.
struct Row {
  std::vector<Line> lines;
  Box box;
};

constexpr std::size_t kLongestBand = 300;  // rows

// Rows [begin, end) on both sides of a corridor.
struct Band {
  std::size_t begin = 0, end = 0;
  std::vector<Line> left, right;
  Box left_box, right_box;
  bool motto = false, dated = false;  // its right column has the motto; the place and date

  void add(const Page& page, const Line& line, bool to_left) {
    std::vector<Line>& lines = to_left ? left : right;
    Box& box = to_left ? left_box : right_box;
    if (lines.empty()) {
      box = line.box;
    } else {
      box.include(line.box);
    }
    // "Số:      /QĐ-HĐND": a gap inside a column is a blank to be filled in.
    if (!lines.empty() && lines.back().row == line.row) {
      lines.back().words.insert(lines.back().words.end(), line.words.begin(), line.words.end());
      finish_line(page, lines.back());
    } else {
      lines.push_back(line);
    }
  }
};

std::vector<Row> rows_of(const std::vector<Line>& lines) {
  std::vector<Row> rows;
  for (const Line& line : lines) {
    if (rows.empty() || rows.back().lines.front().row != line.row) rows.push_back({{}, line.box});
    rows.back().lines.push_back(line);
    rows.back().box.include(line.box);
  }
  return rows;
}

Box box_of(const std::vector<Line>& lines) {
  Box box = lines.front().box;
  for (const Line& line : lines) box.include(line.box);
  return box;
}

bool overlap_vertically(const Box& a, const Box& b) {
  return std::min(a.y1, b.y1) - std::max(a.y0, b.y0) > 0.2 * std::min(a.height(), b.height());
}

Line merged(const Page& page, const Row& row) {
  Line line = row.lines.front();
  for (std::size_t i = 1; i < row.lines.size(); ++i) {
    line.words.insert(line.words.end(), row.lines[i].words.begin(), row.lines[i].words.end());
  }
  finish_line(page, line);
  return line;
}

bool has_motto(const Page& page, const std::vector<Line>& lines) {
  return std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
    const std::string key = fold(line_text(page, line));
    return key.find("cong hoa xa hoi") != std::string::npos || key.find("doc lap") != std::string::npos ||
           key.find("dang cong san") != std::string::npos;
  });
}

bool starts_folded(const Page& page, const Line& line, std::string_view start) {
  return fold(line_text(page, line)).compare(0, start.size(), start) == 0;
}

bool dates(const Page& page, const Line& line) { return is_place_and_date(line_text(page, line)); }

class BandFinder {
 public:
  BandFinder(const Page& page, const std::vector<Row>& rows) : page_(page), rows_(rows) {}

  // The band whose first row with both sides is `seed`, from `first` at the earliest; begin == end: none.
  Band find(std::size_t first, std::size_t seed) {
    Band band;
    std::size_t at = seed;
    if (rows_[seed].lines.size() >= 2) {
      std::size_t widest = 1;
      for (std::size_t i = 2; i < rows_[seed].lines.size(); ++i) {
        if (gap(rows_[seed], i) > gap(rows_[seed], widest)) widest = i;
      }
      a_ = rows_[seed].lines[widest - 1].box.x1;
      b_ = rows_[seed].lines[widest].box.x0;
      place(rows_[seed], band);
      at = seed + 1;
    } else {
      if (seed + 1 >= rows_.size() || rows_[seed + 1].lines.size() != 1) return {};
      const Box &one = rows_[seed].box, &other = rows_[seed + 1].box;
      if (!overlap_vertically(one, other)) return {};
      const bool in_order = one.x1 < other.x0;
      a_ = in_order ? one.x1 : other.x1;
      b_ = in_order ? other.x0 : one.x0;
      if (b_ - a_ < 0.8 * rows_[seed].lines.front().size) return {};
      place(rows_[seed], band);
      place(rows_[seed + 1], band);
      at = seed + 2;
    }
    std::size_t many = rows_[seed].lines.size() > 2 ? 1 : 0;
    for (; at < rows_.size() && at - seed < kLongestBand && place(rows_[at], band); ++at) {
      many += rows_[at].lines.size() > 2 ? 1 : 0;
    }
    if (band.left.empty() || band.right.empty()) return {};
    const std::size_t count = at - seed;
    if (many >= 2 && 5 * many >= 2 * count) return {};  // columns of figures: read row by row
    // One row with a wide gap is a line with a tab, unless it is a head or a signature.
    if (count == 1) {
      const bool kept = band.motto || starts_folded(page_, band.left.front(), "noi nhan") ||
                        (starts_folded(page_, band.left.front(), "so") && dates(page_, band.right.front()));
      if (!kept) return {};
    }
    // "TM. ỦY BAN NHÂN DÂN" may stand a little above "Nơi nhận:".
    band.begin = seed;
    while (band.begin > first) {
      const Row& above = rows_[band.begin - 1];
      const Box& column = band.right_box;
      const double step = rows_[band.begin].box.centre_y() - above.box.centre_y();
      if (above.lines.size() != 1 || above.box.x0 < a_ || step > 2.5 * above.lines.front().size ||
          std::abs(above.box.centre_x() - column.centre_x()) > 15) {
        break;
      }
      band.right.insert(band.right.begin(), above.lines.front());
      band.right_box.include(above.box);
      --band.begin;
    }
    band.end = at;
    return band;
  }

 private:
  static double gap(const Row& row, std::size_t i) { return row.lines[i].box.x0 - row.lines[i - 1].box.x1; }

  // Puts a row's lines to the left and the right; false (and nothing put) where one crosses the corridor, or
  // stands alone and is not in line with its column.
  bool place(const Row& row, Band& band) {
    double a = a_, b = b_;
    std::vector<int> sides;
    for (const Line& line : row.lines) {
      const double room = 0.7 * line.size;
      const bool left = line.box.x1 <= b - room, right = line.box.x0 >= a + room;
      if (!left && !right) return false;
      const bool to_left = left && (!right || line.box.centre_x() < (a + b) / 2);
      sides.push_back(to_left ? 1 : 2);
      if (to_left) {
        a = std::max(a, line.box.x1);
      } else {
        b = std::min(b, line.box.x0);
      }
    }
    if (b - a < 0.5 * row.lines.front().size) return false;
    if (!band.left.empty() && !band.right.empty() && row.lines.size() == 1 &&
        !fits(row.lines.front(), sides[0], band)) {
      return false;
    }
    for (std::size_t i = 0; i < row.lines.size(); ++i) {
      band.add(page_, row.lines[i], sides[i] == 1);
      if (sides[i] == 1) continue;
      band.dated = band.dated || dates(page_, row.lines[i]);
      band.motto = band.motto || has_motto(page_, {row.lines[i]});
    }
    a_ = a;
    b_ = b;
    return true;
  }

  // Whether a line that stands alone in its row belongs to the column on its side.
  bool fits(const Line& line, int side, const Band& band) const {
    const std::string text = line_text(page_, line);
    if (is_type_line(text)) return false;
    if (side == 2 && band.dated) return false;  // a head's right column ends with the date
    const Box& column = side == 1 ? band.left_box : band.right_box;
    const double last = (side == 1 ? band.left : band.right).back().box.y1;
    const double other = (side == 1 ? band.right : band.left).back().box.y1;
    const double white = line.box.y0 - std::max(last, other);
    if (white > (side == 2 && !band.motto ? 150 : 2.2 * line.size)) return false;
    const double centre = std::abs(line.box.centre_x() - column.centre_x());
    const bool aligned =
        centre < 0.12 * column.width() + 3 || std::abs(line.box.x0 - column.x0) < 1.2 * line.size;
    const bool inside = line.box.x0 > column.x0 - line.size && line.box.x1 < column.x1 + line.size;
    const double middle = (band.left_box.x0 + band.right_box.x1) / 2;
    const bool across = centre > 12 && (std::abs(line.box.centre_x() - page_.width / 2) < 12 ||
                                        std::abs(line.box.centre_x() - middle) < 8);
    return (aligned || (inside && white < line.size)) && !across;
  }

  const Page& page_;
  const std::vector<Row>& rows_;
  double a_ = 0, b_ = 0;  // the corridor
};

class ItemMaker {
 public:
  ItemMaker(const std::vector<Page>& pages, std::size_t index)
      : pages_(pages), page_(pages[index]), index_(index) {}

  std::vector<Item> make() {
    std::size_t line = 0;
    for (const Grid& grid : page_.grids) {
      std::vector<Line> above;
      while (line < page_.lines.size() && page_.lines[line].box.centre_y() < grid.box.y0)
        above.push_back(page_.lines[line++]);
      add_region(above);
      Item item;
      item.is_table = true;
      item.page = index_;
      item.table = make_table(pages_, index_, grid);
      items_.push_back(std::move(item));
    }
    add_region({page_.lines.begin() + static_cast<std::ptrdiff_t>(line), page_.lines.end()});
    add_footnotes();
    return std::move(items_);
  }

 private:
  void add(std::vector<Paragraph> paragraphs) {
    for (Paragraph& paragraph : paragraphs) {
      Item item;
      item.page = index_;
      item.paragraph = std::move(paragraph);
      items_.push_back(std::move(item));
    }
  }

  void add_lines(const std::vector<Line>& lines, int column) {
    if (lines.empty()) return;
    if (column == 0) {
      add(make_paragraphs(pages_, index_, lines, page_.left, page_.right, 0));
      return;
    }
    const Box box = box_of(lines);
    add(make_paragraphs(pages_, index_, lines, box.x0, box.x1, column));
  }

  // Lines that stand alone in the right half, one below the other: a signature without recipients beside it.
  std::size_t signature_end(const std::vector<Row>& rows, std::size_t first) const {
    const auto right_half = [&](const Row& row) {
      return row.lines.size() == 1 && row.box.x0 > page_.left + 0.42 * (page_.right - page_.left) &&
             row.box.centre_x() > 0.58 * page_.width;
    };
    std::size_t end = first;
    while (end < rows.size() && right_half(rows[end]) && end - first < 12 &&
           (end == first || (rows[end].box.y0 - rows[end - 1].box.y1 < 150 &&
                             std::abs(rows[end].box.centre_x() - rows[first].box.centre_x()) < 40))) {
      ++end;
    }
    return end;
  }

  void add_region(const std::vector<Line>& lines) {
    const std::vector<Row> rows = rows_of(lines);
    std::vector<Line> open;  // full-width lines not yet made paragraphs
    std::size_t open_from = 0;
    BandFinder finder(page_, rows);
    for (std::size_t i = 0; i < rows.size();) {
      const Band band = finder.find(open_from, i);
      if (band.begin == band.end) {
        const std::size_t end = signature_end(rows, i);
        if (end > i + 1) {
          add_lines(open, 0);
          open.clear();
          std::vector<Line> signature;
          for (; i < end; ++i) signature.push_back(rows[i].lines.front());
          add_lines(signature, 2);
          open_from = i;
          continue;
        }
        open.push_back(merged(page_, rows[i++]));
        continue;
      }
      open.resize(open.size() - (i - band.begin));
      add_lines(open, 0);
      open.clear();
      add_band(band);
      i = open_from = band.end;
    }
    add_lines(open, 0);
  }

  void add_band(Band band) {
    if (band.motto || (index_ == 0 && has_number(band.left))) {
      add_head(band);
      return;
    }
    // "Kính gửi:" with the addressees beside it.
    if (band.left.size() == 1 && starts_folded(page_, band.left.front(), "kinh gui") &&
        band.left.front().box.y0 < band.right.front().box.y1) {
      Row row{{band.left.front(), band.right.front()}, band.left.front().box};
      band.right.front() = merged(page_, row);
      add_lines(band.right, 0);
      return;
    }
    add_lines(band.left, 1);
    add_lines(band.right, 2);
  }

  bool has_number(const std::vector<Line>& lines) const { return number_at(lines) < lines.size(); }

  // "Số: 221/VPCP-KSTT"
  std::size_t number_at(const std::vector<Line>& lines) const {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string key = fold(line_text(page_, lines[i]));
      const bool number =
          key.compare(0, 3, "so:") == 0 || key.compare(0, 4, "so :") == 0 || key.compare(0, 3, "so.") == 0;
      const bool bare = key.compare(0, 3, "so ") == 0 && key.find('/') != std::string::npos;
      if (number || bare) return i;
    }
    return lines.size();
  }

  // The head's rows: issuing body | motto, then number and subject | place and date.
  void add_head(const Band& band) {
    const std::size_t number = number_at(band.left);
    std::size_t date = 0;
    while (date < band.right.size() && !dates(page_, band.right[date])) ++date;
    const auto part = [](const std::vector<Line>& lines, std::size_t from, std::size_t to) {
      return std::vector<Line>(lines.begin() + static_cast<std::ptrdiff_t>(from),
                               lines.begin() + static_cast<std::ptrdiff_t>(to));
    };
    add_cell(band.left, part(band.left, 0, number), 1);
    add_cell(band.right, part(band.right, 0, date), 2);
    add_cell(band.left, part(band.left, number, band.left.size()), 1);
    add_cell(band.right, part(band.right, date, band.right.size()), 2);
  }

  void add_cell(const std::vector<Line>& column, const std::vector<Line>& lines, int number) {
    if (lines.empty()) return;
    const Box box = box_of(column);
    add(make_paragraphs(pages_, index_, lines, box.x0, box.x1, number));
  }

  void add_footnotes() {
    std::vector<Paragraph> notes;
    for (const Line& line : page_.footnotes) {
      const FootnoteStart start = footnote_start(page_, line);
      const bool next = !start.label.empty() && (notes.empty() || notes.back().footnote.empty() ||
                                                 follows(notes.back().footnote, start.label));
      if (notes.empty() || next) {
        Paragraph note;
        note.is_footnote = true;
        note.footnote = start.label;
        note.size = line.size;
        note.alignment = Alignment::kLeft;
        notes.push_back(std::move(note));
      }
      notes.back().lines.push_back({index_, line});
    }
    add(std::move(notes));
  }

  static bool follows(const std::string& before, const std::string& label) {
    if (label.front() == '*') return label.size() == before.size() + 1 || before.front() != '*';
    return before.front() == '*' || std::atoi(label.c_str()) == std::atoi(before.c_str()) + 1;
  }

  const std::vector<Page>& pages_;
  const Page& page_;
  std::size_t index_;
  std::vector<Item> items_;
};

}  // namespace

std::vector<Item> make_items(const std::vector<Page>& pages, std::size_t index) {
  return ItemMaker(pages, index).make();
}

}  // namespace vanban::pages
