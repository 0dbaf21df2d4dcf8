#include "read/worker/ocr_turn.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <utility>
#include <vector>

namespace vanban::read {
namespace {

constexpr double kCoarseDpi = 80;
constexpr double kSampleInches = 1;
constexpr double kWellRead = 0.6, kBetter = 0.15;

PixPointer coarse_of(Pix* ink, double dpi, double& coarse_dpi) {
  int factor = 1;
  while (dpi / factor > kCoarseDpi && factor < 8) factor *= 2;
  coarse_dpi = dpi / factor;
  return take(factor == 1   ? pixCopy(nullptr, ink)
              : factor == 2 ? pixReduceRankBinaryCascade(ink, 1, 0, 0, 0)
              : factor == 4 ? pixReduceRankBinaryCascade(ink, 1, 2, 0, 0)
                            : pixReduceRankBinaryCascade(ink, 1, 2, 2, 0));
}

// Ink in each row, or in each column.
std::vector<int> ink_along(Pix* ink, bool rows) {
  const int width = pixGetWidth(ink), height = pixGetHeight(ink);
  std::vector<int> counts(static_cast<std::size_t>(rows ? height : width));
  for (int y = 0; y < height; ++y) {
    const l_uint32* line = pixGetData(ink) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(ink);
    for (int x = 0; x < width; ++x) {
      if (GET_DATA_BIT(line, x)) ++counts[static_cast<std::size_t>(rows ? y : x)];
    }
  }
  return counts;
}

// How much neighbouring rows (columns) differ in ink over tiles of the page: much across lines of print,
// little along them.
std::pair<double, double> contrast(Pix* ink, double dpi) {
  const int width = pixGetWidth(ink), height = pixGetHeight(ink),
            tile = std::max(16, static_cast<int>(1.5 * dpi));
  double across = 0, along = 0;
  for (int top = 0; top + tile <= height; top += tile) {
    for (int left = 0; left + tile <= width; left += tile) {
      std::vector<int> rows(static_cast<std::size_t>(tile)), columns(static_cast<std::size_t>(tile));
      for (int y = 0; y < tile; ++y) {
        const l_uint32* line = pixGetData(ink) + static_cast<std::ptrdiff_t>(top + y) * pixGetWpl(ink);
        for (int x = 0; x < tile; ++x) {
          if (!GET_DATA_BIT(line, left + x)) continue;
          ++rows[static_cast<std::size_t>(y)];
          ++columns[static_cast<std::size_t>(x)];
        }
      }
      for (std::size_t i = 1; i < rows.size(); ++i) {
        const double down = rows[i] - rows[i - 1], right = columns[i] - columns[i - 1];
        across += down * down;
        along += right * right;
      }
    }
  }
  return {across, along};
}

// The inch of the page with the most print, in its rows or in its columns.
PixPointer sample_of(Pix* grey, Pix* ink, double dpi, bool rows) {
  const std::vector<int> counts = ink_along(ink, rows);
  const auto wide = std::min(counts.size(), static_cast<std::size_t>(kSampleInches * dpi));
  long long sum = 0, most = -1;
  std::size_t best = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    sum += counts[i];
    if (i >= wide) sum -= counts[i - wide];
    if (i + 1 >= wide && sum > most) {
      most = sum;
      best = i + 1 - wide;
    }
  }
  const auto at = static_cast<int>(best), size = static_cast<int>(wide);
  const AreaPointer area(rows ? boxCreate(0, at, pixGetWidth(grey), size)
                              : boxCreate(at, 0, size, pixGetHeight(grey)));
  return take(pixClipRectangle(grey, area.get(), nullptr));
}

}  // namespace

Suspicion suspected_turn(Pix* ink, double dpi) {
  constexpr double kSidewaysContrast = 1.3;
  constexpr float kUpsideDown = -1.5F;
  double coarse_dpi = dpi;
  PixPointer coarse = coarse_of(ink, dpi, coarse_dpi);
  // Drawn lines go: a table has them in both directions.
  const int longest = std::max(12, static_cast<int>(0.5 * coarse_dpi));
  const PixPointer flat = take(pixOpenBrick(nullptr, coarse.get(), longest, 1));
  const PixPointer steep = take(pixOpenBrick(nullptr, coarse.get(), 1, longest));
  pixSubtract(coarse.get(), coarse.get(), flat.get());
  pixSubtract(coarse.get(), coarse.get(), steep.get());
  const auto [across, along] = contrast(coarse.get(), coarse_dpi);
  if (along > kSidewaysContrast * across) return Suspicion::kSideways;
  l_float32 up = 0;
  if (pixUpDownDetect(ink, &up, 0, 0, 0) == 0 && up < kUpsideDown) return Suspicion::kUpsideDown;
  return Suspicion::kNone;
}

int turn_of(Pix* grey, Pix* ink, double dpi, Suspicion suspicion,
            const std::function<double(Pix* sample)>& sureness_of) {
  if (suspicion == Suspicion::kNone) return 0;
  const bool sideways = suspicion == Suspicion::kSideways;
  const PixPointer sample = sample_of(grey, ink, dpi, !sideways);
  int turn = 0;
  double best = 0, other = 0;
  for (int degrees : sideways ? std::vector<int>{90, 270} : std::vector<int>{180}) {
    const PixPointer upright = turned_upright(sample.get(), degrees);
    const double sure = sureness_of(upright.get());
    other = std::max(other, std::min(sure, best));
    if (sure > best) {
      best = sure;
      turn = degrees;
    }
  }
  if (best < kWellRead || best < other + 0.5 * kBetter) return 0;
  const PixPointer level = sideways ? sample_of(grey, ink, dpi, true) : nullptr;
  return best > sureness_of(sideways ? level.get() : sample.get()) + kBetter ? turn : 0;
}

PixPointer turned_upright(Pix* image, int degrees) {
  return take(degrees == 0 ? pixClone(image) : pixRotateOrth(image, (360 - degrees) / 90 % 4));
}

void turn_back(RawPage& page, int degrees) {
  if (degrees == 0) return;
  if (degrees != 180) std::swap(page.width, page.height);
  const auto back = [&](const Box& box) -> Box {
    switch (degrees) {
      case 90:
        return {page.width - box.y1, box.x0, page.width - box.y0, box.x1};
      case 180:
        return {page.width - box.x1, page.height - box.y1, page.width - box.x0, page.height - box.y0};
      default:
        return {box.y0, page.height - box.x1, box.y1, page.height - box.x0};
    }
  };
  for (RawWord& word : page.words) {
    word.box = back(word.box);
    word.rotation = degrees;
  }
  for (Ruling& line : page.rulings) {
    const Box box = back({line.x0, line.y0, line.x1, line.y1});
    line = {box.x0, box.y0, box.x1, box.y1};
  }
  for (Box& cell : page.cells) cell = back(cell);
}

}  // namespace vanban::read
