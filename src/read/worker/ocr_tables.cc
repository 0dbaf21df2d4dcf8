#include "read/worker/ocr_tables.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "read/worker/ocr_components.h"

namespace vanban::read {
namespace {

constexpr double kShortestAcross = 0.4;  // inches; a dash or an underlined word is shorter
constexpr double kShortestDown = 0.22;   // a cell of one line of print is higher; capitals are 0.12
constexpr double kThickest = 0.03;       // a drawn line; a black bar or letters that ran together are thicker
constexpr double kGap = 0.05;            // pieces of one line, and lines that end short of the one they meet
constexpr double kFarthestBreak = 1.5;   // how much of a line may be missing at its end
constexpr double kSlack = 0.3;           // how far a broken line across may end from where it is met
constexpr double kSmallestCell = 0.09;
constexpr std::size_t kMostCells = 2000;

void fill(Pix* ink, const PixelBox& box) {
  pixRasterop(ink, box.x0, box.y0, box.width(), box.height(), PIX_SET, nullptr, 0, 0);
}

// The pixels of long straight strokes in one direction, without those too thick to be drawn lines.
PixPointer strokes(Pix* ink, bool across, int shortest, int thickest, int gap) {
  PixPointer closed =
      take(across ? pixCloseSafeBrick(nullptr, ink, gap, 1) : pixCloseSafeBrick(nullptr, ink, 1, gap));
  PixPointer opened = take(across ? pixOpenBrick(nullptr, closed.get(), shortest, 1)
                                  : pixOpenBrick(nullptr, closed.get(), 1, shortest));
  PixPointer thick = take(across ? pixOpenBrick(nullptr, opened.get(), 1, thickest)
                                 : pixOpenBrick(nullptr, opened.get(), thickest, 1));
  pixSubtract(opened.get(), opened.get(), thick.get());
  // What is left of a line that tilts by a pixel or two is put together.
  return take(across ? pixCloseSafeBrick(nullptr, opened.get(), 2 * gap, 3)
                     : pixCloseSafeBrick(nullptr, opened.get(), 3, 2 * gap));
}

std::vector<PixelBox> long_ones(std::vector<PixelBox> boxes, bool across, int shortest, int thickest) {
  boxes.erase(std::remove_if(boxes.begin(), boxes.end(),
                             [&](const PixelBox& box) {
                               const int along = across ? box.width() : box.height(),
                                         wide = across ? box.height() : box.width();
                               return along < shortest || wide > 2 * thickest + along / 60;
                             }),
              boxes.end());
  return boxes;
}

bool meets(const PixelBox& a, const PixelBox& b, int reach) {
  return a.x0 - reach < b.x1 && b.x0 - reach < a.x1 && a.y0 - reach < b.y1 && b.y0 - reach < a.y1;
}

// Where lines of one direction stand across and along: x and y exchanged for those going down.
struct Span {
  int at0, at1, from, to;
};
Span span_of(const PixelBox& box, bool across) {
  return across ? Span{box.y0, box.y1, box.x0, box.x1} : Span{box.x0, box.x1, box.y0, box.y1};
}

// Copies and faded prints break lines. A table's line ends at another one: an end that stands free goes on to
// the next line across its way, if the other end is held or a held line stands in its direction. `most`: how
// far it may go.
void mend(std::vector<PixelBox>& lines, const std::vector<PixelBox>& others, bool across, int gap, int most,
          int slack) {
  std::vector<Span> ways;
  for (const PixelBox& other : others) ways.push_back(span_of(other, !across));
  struct Ends {
    bool low = false, high = false;
  };
  std::vector<Ends> held(lines.size());
  const auto crosses = [&](const Span& way, const Span& line, int reach) {
    return way.from - reach <= line.at1 && line.at0 <= way.to + reach;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Span line = span_of(lines[i], across);
    for (const Span& way : ways) {
      if (!crosses(way, line, gap)) continue;
      held[i].low = held[i].low || (way.at0 - gap <= line.from && line.from <= way.at1 + gap);
      held[i].high = held[i].high || (way.at0 - gap <= line.to && line.to <= way.at1 + gap);
    }
  }
  std::vector<PixelBox> mended = lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (held[i].low && held[i].high) continue;
    const Span line = span_of(lines[i], across);
    bool known = held[i].low || held[i].high;
    for (std::size_t k = 0; !known && k < lines.size(); ++k) {
      if (!held[k].low && !held[k].high) continue;
      const Span other = span_of(lines[k], across);
      known = other.at0 - gap / 3 <= line.at1 && line.at0 <= other.at1 + gap / 3 &&
              std::min(std::abs(other.from - line.to), std::abs(line.from - other.to)) <= most;
    }
    if (!known) continue;
    int low = line.from, high = line.to, low_found = -1, high_found = -1;
    for (const Span& way : ways) {
      if (!crosses(way, line, slack)) continue;
      const int middle = (way.at0 + way.at1) / 2;
      if (middle < low && low - middle <= most) low_found = std::max(low_found, middle);
      if (middle > high && middle - high <= most)
        high_found = high_found < 0 ? middle : std::min(high_found, middle);
    }
    if (!held[i].low && low_found >= 0) low = low_found;
    if (!held[i].high && high_found >= 0) high = high_found;
    (across ? mended[i].x0 : mended[i].y0) = low;
    (across ? mended[i].x1 : mended[i].y1) = high;
  }
  lines = std::move(mended);
}

// The white areas that a group of lines encloses. The group's box closes tables that have no outer lines at
// the sides.
FoundTable table_of(const PixelBox& box, const std::vector<PixelBox>& across,
                    const std::vector<PixelBox>& down, int gap, int smallest) {
  FoundTable table;
  table.box = box;
  const int width = box.width(), height = box.height();
  PixPointer drawing = take(pixCreate(width + 2, height + 2, 1));
  const auto draw = [&](PixelBox line, int grow_x, int grow_y) {
    line = {line.x0 - box.x0 + 1 - grow_x, line.y0 - box.y0 + 1 - grow_y, line.x1 - box.x0 + 1 + grow_x,
            line.y1 - box.y0 + 1 + grow_y};
    fill(drawing.get(), line);
  };
  for (const PixelBox& line : across) draw(line, gap, 0);
  for (const PixelBox& line : down) draw(line, 0, gap);
  fill(drawing.get(), {0, 0, width + 2, 1});
  fill(drawing.get(), {0, height + 1, width + 2, height + 2});
  fill(drawing.get(), {0, 0, 1, height + 2});
  fill(drawing.get(), {width + 1, 0, width + 2, height + 2});
  PixPointer white = take(pixInvert(nullptr, drawing.get()));
  for (PixelBox cell : components_of(white.get(), 4)) {
    if (cell.width() < smallest || cell.height() < smallest) continue;
    table.cells.push_back(
        {cell.x0 + box.x0 - 1, cell.y0 + box.y0 - 1, cell.x1 + box.x0 - 1, cell.y1 + box.y0 - 1});
  }
  std::sort(table.cells.begin(), table.cells.end(),
            [](const PixelBox& a, const PixelBox& b) { return a.y0 != b.y0 ? a.y0 < b.y0 : a.x0 < b.x0; });
  return table;
}

}  // namespace

FoundLines find_lines(Pix* ink, double dpi) {
  const auto pixels = [dpi](double inches) {
    return std::max(1, static_cast<int>(std::lround(inches * dpi)));
  };
  const int thickest = std::max(4, pixels(kThickest)), gap = pixels(kGap), smallest = pixels(kSmallestCell);
  const int width = pixGetWidth(ink), height = pixGetHeight(ink);
  FoundLines found;
  PixPointer across = strokes(ink, true, pixels(kShortestAcross), thickest, std::max(2, gap / 5));
  PixPointer down = strokes(ink, false, pixels(kShortestDown), thickest, std::max(2, gap / 5));
  found.horizontal = long_ones(components_of(across.get(), 8), true, pixels(kShortestAcross), thickest);
  found.vertical = long_ones(components_of(down.get(), 8), false, pixels(kShortestDown), thickest);
  found.mask = take(pixCreate(width, height, 1));
  if (found.horizontal.size() + found.vertical.size() > 2 * kMostCells) {  // a pattern, not a table
    found.horizontal.clear();
    found.vertical.clear();
    return found;
  }
  // A stem or a stroke of a letter stands alone; a table's line meets one in the other direction.
  std::vector<PixelBox> standing;
  for (const PixelBox& line : found.vertical) {
    const bool met = std::any_of(found.horizontal.begin(), found.horizontal.end(),
                                 [&](const PixelBox& other) { return meets(line, other, gap); });
    if (met) standing.push_back(line);
  }
  found.vertical = std::move(standing);
  const int far = pixels(kFarthestBreak), slack = pixels(kSlack);
  for (int round = 0; round < 2; ++round) {
    mend(found.horizontal, found.vertical, true, gap, far, slack);
    mend(found.vertical, found.horizontal, false, gap, far, slack);
  }
  // Lines that meet are one drawing: their boxes, grown by what lines end short, are one component.
  PixPointer drawing = take(pixCreate(width, height, 1));
  for (const PixelBox& line : found.horizontal) {
    fill(found.mask.get(), line);
    fill(drawing.get(), {line.x0 - gap, line.y0, line.x1 + gap, line.y1});
  }
  for (const PixelBox& line : found.vertical) {
    fill(found.mask.get(), line);
    fill(drawing.get(), {line.x0, line.y0 - gap, line.x1, line.y1 + gap});
  }
  found.mask = take(pixDilateBrick(nullptr, found.mask.get(), 3, 3));
  std::size_t cells = 0;
  for (const PixelBox& area : components_of(drawing.get(), 8)) {
    std::vector<PixelBox> rows, columns;
    PixelBox box{width, height, 0, 0};
    const auto inside = [&](const PixelBox& line, const std::vector<PixelBox>& others) {
      const int x = (line.x0 + line.x1) / 2, y = (line.y0 + line.y1) / 2;
      return area.x0 <= x && x < area.x1 && area.y0 <= y && y < area.y1 &&
             std::any_of(others.begin(), others.end(),
                         [&](const PixelBox& other) { return meets(line, other, gap); });
    };
    const auto add = [&](const PixelBox& line, std::vector<PixelBox>& lines) {
      lines.push_back(line);
      box = {std::min(box.x0, line.x0), std::min(box.y0, line.y0), std::max(box.x1, line.x1),
             std::max(box.y1, line.y1)};
    };
    for (const PixelBox& line : found.horizontal) {
      if (inside(line, found.vertical)) add(line, rows);
    }
    for (const PixelBox& line : found.vertical) {
      if (inside(line, found.horizontal)) add(line, columns);
    }
    if (rows.size() < 2 || columns.empty()) continue;
    FoundTable table = table_of(box, rows, columns, gap, smallest);
    // One cell is a frame around text, not a table.
    if (table.cells.size() < 2 || cells + table.cells.size() > kMostCells) continue;
    cells += table.cells.size();
    found.tables.push_back(std::move(table));
  }
  std::sort(found.tables.begin(), found.tables.end(), [](const FoundTable& a, const FoundTable& b) {
    return a.box.y0 != b.box.y0 ? a.box.y0 < b.box.y0 : a.box.x0 < b.box.x0;
  });
  return found;
}

std::vector<PixelBox> cells_inside(const std::vector<PixelBox>& cells, std::size_t index, double dpi) {
  const PixelBox& box = cells[index];
  const int least =
      std::max(2, static_cast<int>(std::lround(dpi / 12)));  // neighbours share less where a line leans
  const auto area = [](const PixelBox& one) { return static_cast<long long>(one.width()) * one.height(); };
  std::vector<PixelBox> inside;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const PixelBox& other = cells[i];
    if (i == index || area(other) >= area(box)) continue;
    if (std::min(box.x1, other.x1) - std::max(box.x0, other.x0) > least &&
        std::min(box.y1, other.y1) - std::max(box.y0, other.y0) > least)
      inside.push_back(other);
  }
  return inside;
}

PixelBox to_middles(const PixelBox& cell, const FoundLines& lines) {
  constexpr int kTouch = 1;  // pixels
  PixelBox out = cell;
  for (const PixelBox& line : lines.vertical) {
    if (line.y1 <= cell.y0 || cell.y1 <= line.y0) continue;
    const int middle = (line.x0 + line.x1) / 2;
    if (std::abs(line.x0 - cell.x1) <= kTouch) out.x1 = middle;
    if (std::abs(line.x1 - cell.x0) <= kTouch) out.x0 = middle;
  }
  for (const PixelBox& line : lines.horizontal) {
    if (line.x1 <= cell.x0 || cell.x1 <= line.x0) continue;
    const int middle = (line.y0 + line.y1) / 2;
    if (std::abs(line.y0 - cell.y1) <= kTouch) out.y1 = middle;
    if (std::abs(line.y1 - cell.y0) <= kTouch) out.y0 = middle;
  }
  return out;
}

}  // namespace vanban::read
