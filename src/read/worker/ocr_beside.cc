#include "read/worker/ocr_beside.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace vanban::read {
namespace {

constexpr double kCoarseDpi = 50;
constexpr double kCorridor = 0.25,
                 kShared = 0.3;             // inches: its width; how far down print stands on both sides
constexpr double kFrom = 0.25, kTo = 0.75;  // of the print's width: where the corridor may be

// How many pixels of each row have ink left of a column: a table of sums along the rows.
class RowSums {
 public:
  explicit RowSums(Pix* ink) : width_(pixGetWidth(ink)), height_(pixGetHeight(ink)) {
    sums_.resize(static_cast<std::size_t>(width_ + 1) * static_cast<std::size_t>(height_));
    for (int y = 0; y < height_; ++y) {
      const l_uint32* line = pixGetData(ink) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(ink);
      for (int x = 0; x < width_; ++x) at(x + 1, y) = at(x, y) + (GET_DATA_BIT(line, x) ? 1 : 0);
    }
  }
  int width() const { return width_; }
  int height() const { return height_; }
  bool inked(int x0, int x1, int y) const { return at(x1, y) > at(x0, y); }

 private:
  int& at(int x, int y) {
    return sums_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_ + 1) +
                 static_cast<std::size_t>(x)];
  }
  int at(int x, int y) const { return const_cast<RowSums*>(this)->at(x, y); }

  int width_, height_;
  std::vector<int> sums_;
};

struct Corridor {
  int x0 = 0, x1 = 0, y0 = 0, y1 = 0;  // coarse pixels
  int shared = 0;                      // rows between the first and the last that have print on both sides
};

// Runs of ink in a side's rows: its lines, where they do not touch.
int lines_in(const RowSums& sums, int x0, int x1, int y0, int y1) {
  int lines = 0;
  bool in_line = false;
  for (int y = y0; y < y1; ++y) {
    const bool inked = sums.inked(x0, x1, y);
    if (inked && !in_line) ++lines;
    in_line = inked;
  }
  return lines;
}

// The strip's longest stretch of white rows with print on both sides; `taken`: rows that others have.
Corridor longest_along(const RowSums& sums, int x0, int x1, const std::vector<bool>& taken) {
  Corridor best;
  for (int y = 0; y < sums.height();) {
    if (taken[static_cast<std::size_t>(y)] || sums.inked(x0, x1, y)) {
      ++y;
      continue;
    }
    Corridor run{x0, x1, y, y, 0};
    int first[2] = {-1, -1}, last[2] = {-1, -1};
    for (; y < sums.height() && !taken[static_cast<std::size_t>(y)] && !sums.inked(x0, x1, y); ++y) {
      for (const int side : {0, 1}) {
        if (!(side == 0 ? sums.inked(0, x0, y) : sums.inked(x1, sums.width(), y))) continue;
        if (first[side] < 0) first[side] = y;
        last[side] = y;
      }
    }
    if (first[0] < 0 || first[1] < 0) continue;
    run.y0 = std::min(first[0], first[1]);
    run.y1 = std::max(last[0], last[1]) + 1;
    run.shared = std::min(last[0], last[1]) + 1 - std::max(first[0], first[1]);
    if (run.shared > best.shared) best = run;
  }
  return best;
}

}  // namespace

std::vector<SideBySide> side_by_side(Pix* ink, const FoundLines& lines, double dpi) {
  PixPointer print = take(pixSubtract(nullptr, ink, lines.mask.get()));
  for (const FoundTable& table : lines.tables) {
    pixRasterop(print.get(), table.box.x0, table.box.y0, table.box.width(), table.box.height(), PIX_CLR,
                nullptr, 0, 0);
  }
  int factor = 2;  // single pixels are dust: two of four must be ink
  print = take(pixReduceRankBinaryCascade(print.get(), 2, 0, 0, 0));
  while (dpi / (2 * factor) >= kCoarseDpi * 0.7) {
    print = take(pixReduceRankBinaryCascade(print.get(), 1, 0, 0, 0));
    factor *= 2;
  }
  const RowSums sums(print.get());
  const double coarse = dpi / factor;
  const int corridor = std::max(2, static_cast<int>(kCorridor * coarse)),
            shared = std::max(2, static_cast<int>(kShared * coarse));
  std::vector<SideBySide> found;
  std::vector<bool> taken(static_cast<std::size_t>(sums.height()));
  constexpr std::size_t kMost = 3;
  while (found.size() < kMost) {
    Corridor best;
    for (int x = static_cast<int>(kFrom * sums.width()); x + corridor < kTo * sums.width(); ++x) {
      const Corridor here = longest_along(sums, x, x + corridor, taken);
      if (here.shared > best.shared) {
        best = here;
      } else if (best.shared > 0 && here.shared == best.shared && here.y0 == best.y0 && here.y1 == best.y1 &&
                 here.x0 <= best.x1) {
        best.x1 = here.x1;
      }
    }
    if (best.shared < shared) break;
    for (int y = best.y0; y < best.y1; ++y) taken[static_cast<std::size_t>(y)] = true;
    if (lines_in(sums, 0, best.x0, best.y0, best.y1) < 2 ||
        lines_in(sums, best.x1, sums.width(), best.y0, best.y1) < 2)
      continue;
    const int middle = (best.x0 + best.x1) / 2 * factor, top = std::max(0, (best.y0 - 1) * factor),
              bottom = std::min(pixGetHeight(ink), (best.y1 + 1) * factor);
    found.push_back({{0, top, middle, bottom}, {middle, top, pixGetWidth(ink), bottom}});
  }
  std::sort(found.begin(), found.end(),
            [](const SideBySide& a, const SideBySide& b) { return a.left.y0 < b.left.y0; });
  return found;
}

}  // namespace vanban::read
