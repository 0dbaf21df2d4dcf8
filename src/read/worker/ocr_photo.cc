#include "read/worker/ocr_photo.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace vanban::read {
namespace {

constexpr int kSmallSide = 500;     // pixels; enough to find the paper
constexpr double kDarkRing = 0.75;  // share of the image's outermost pixels that are not paper
constexpr double kLeastPaper = 0.3, kMostPaper = 0.97;  // of the image
constexpr double kFacingPages = 1.1;                    // width to height: one upright sheet is 0.7
constexpr double kLeastStep = 50;                       // grey levels between paper and what lies below it

struct PtaDeleter {
  void operator()(PTA* points) const { ptaDestroy(&points); }
};
using PointsPointer = std::unique_ptr<PTA, PtaDeleter>;

struct Corner {
  double x = 0, y = 0;
};
// Top left, top right, bottom right, bottom left.
using Corners = std::array<Corner, 4>;

double distance(const Corner& a, const Corner& b) { return std::hypot(a.x - b.x, a.y - b.y); }

int grey_at(Pix* grey, int x, int y) {
  return GET_DATA_BYTE(pixGetData(grey) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(grey), x);
}

// The paper's pixels in a small grey image; nothing if the image is no photograph.
PixPointer paper_mask(Pix* small) {
  const int width = pixGetWidth(small), height = pixGetHeight(small);
  l_int32 threshold = 0;
  Numa* histogram = pixGetGrayHistogram(small, 1);
  if (histogram == nullptr) return nullptr;
  l_float32 below = 0, above = 0;
  const bool split =
      numaSplitDistribution(histogram, 0.1F, &threshold, &below, &above, nullptr, nullptr, nullptr) == 0;
  numaDestroy(&histogram);
  if (!split || static_cast<double>(above - below) < kLeastStep) return nullptr;
  std::vector<int> ring;
  for (int x = 0; x < width; ++x) {
    ring.push_back(grey_at(small, x, 1));
    ring.push_back(grey_at(small, x, height - 2));
  }
  for (int y = 0; y < height; ++y) {
    ring.push_back(grey_at(small, 1, y));
    ring.push_back(grey_at(small, width - 2, y));
  }
  std::sort(ring.begin(), ring.end());
  if (ring[static_cast<std::size_t>(kDarkRing * static_cast<double>(ring.size()))] >= threshold)
    return nullptr;
  // A page in the shade is darker than its neighbour, but not as dark as the table's top.
  const double ground = ring[ring.size() / 2];
  threshold = std::min(threshold, static_cast<l_int32>(ground + 0.3 * (static_cast<double>(above) - ground)));
  PixPointer shade = take(pixThresholdToBinary(small, threshold));
  PixPointer paper = take(pixInvert(nullptr, shade.get()));
  // Print is closed, a lamp's reflections beside the paper go.
  paper = take(pixCloseSafeBrick(nullptr, paper.get(), 15, 15));
  paper = take(pixOpenBrick(nullptr, paper.get(), 25, 25));
  l_int32 count = 0;
  pixCountPixels(paper.get(), &count, nullptr);
  const double share = count / (static_cast<double>(width) * height);
  if (share < kLeastPaper || share > kMostPaper) return nullptr;
  return paper;
}

Corners corners_of(Pix* mask) {
  const int width = pixGetWidth(mask), height = pixGetHeight(mask);
  Corners corners;
  std::array<double, 4> best{1e9, -1e9, -1e9, 1e9};
  for (int y = 0; y < height; ++y) {
    const l_uint32* row = pixGetData(mask) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(mask);
    for (int x = 0; x < width; ++x) {
      if (!GET_DATA_BIT(row, x)) continue;
      const double sum = x + y, difference = x - y;
      if (sum < best[0]) {
        best[0] = sum;
        corners[0] = {static_cast<double>(x), static_cast<double>(y)};
      }
      if (difference > best[1]) {
        best[1] = difference;
        corners[1] = {static_cast<double>(x), static_cast<double>(y)};
      }
      if (sum > best[2]) {
        best[2] = sum;
        corners[2] = {static_cast<double>(x), static_cast<double>(y)};
      }
      if (difference < best[3]) {
        best[3] = difference;
        corners[3] = {static_cast<double>(x), static_cast<double>(y)};
      }
    }
  }
  return corners;
}

// Four corners with the paper between them, seen from not too far aside.
bool is_sheet(const Corners& corners, Pix* paper) {
  double area = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Corner &a = corners[i], &b = corners[(i + 1) % 4];
    area += (a.x * b.y - b.x * a.y) / 2;
  }
  l_int32 count = 0;
  pixCountPixels(paper, &count, nullptr);
  if (area <= 0 || count < 0.8 * area || count > 1.25 * area) return false;
  const auto alike = [](double a, double b) { return a < 1.7 * b && b < 1.7 * a; };
  return alike(distance(corners[0], corners[1]), distance(corners[3], corners[2])) &&
         alike(distance(corners[0], corners[3]), distance(corners[1], corners[2]));
}

PixPointer rectified(Pix* grey, const Corners& corners) {
  const int width =
      static_cast<int>(std::max(distance(corners[0], corners[1]), distance(corners[3], corners[2])));
  const int height =
      static_cast<int>(std::max(distance(corners[0], corners[3]), distance(corners[1], corners[2])));
  if (width < 100 || height < 100 || width > pixGetWidth(grey) * 3 / 2 ||
      height > pixGetHeight(grey) * 3 / 2) {
    return nullptr;
  }
  const PointsPointer from(ptaCreate(4)), to(ptaCreate(4));
  if (!from || !to) throw std::bad_alloc();
  const std::array<Corner, 4> target{
      {{0, 0}, {width - 1.0, 0}, {width - 1.0, height - 1.0}, {0, height - 1.0}}};
  for (std::size_t i = 0; i < 4; ++i) {
    ptaAddPt(from.get(), static_cast<l_float32>(corners[i].x), static_cast<l_float32>(corners[i].y));
    ptaAddPt(to.get(), static_cast<l_float32>(target[i].x), static_cast<l_float32>(target[i].y));
  }
  // The transform keeps the image's size; room is made if the sheet's sides were shortened by the view.
  PixPointer room = take(pixAddBorderGeneral(grey, 0, std::max(0, width - pixGetWidth(grey)), 0,
                                             std::max(0, height - pixGetHeight(grey)), 0));
  Pix* moved = pixProjectivePta(room.get(), to.get(), from.get(), L_BRING_IN_WHITE);
  if (moved == nullptr) return nullptr;
  const PixPointer whole(moved);
  const AreaPointer area(boxCreate(0, 0, width, height));
  return take(pixClipRectangle(whole.get(), area.get(), nullptr));
}

// The darkest column near the middle is where two pages meet.
int gutter_of(Pix* sheet) {
  const int width = pixGetWidth(sheet), height = pixGetHeight(sheet);
  int best = width / 2;
  double darkest = 1e18;
  for (int x = width * 42 / 100; x < width * 58 / 100; x += 2) {
    double sum = 0;
    for (int y = 0; y < height; y += 8) {
      for (int k = -4; k <= 4; k += 2) sum += grey_at(sheet, x + k, y);
    }
    if (sum < darkest) {
      darkest = sum;
      best = x;
    }
  }
  return best;
}

PixPointer cut(Pix* sheet, int x0, int x1) {
  const int inset = std::max(2, pixGetHeight(sheet) / 200);  // the paper's own edge
  const AreaPointer area(boxCreate(x0 + inset, inset, x1 - x0 - 2 * inset, pixGetHeight(sheet) - 2 * inset));
  return take(pixClipRectangle(sheet, area.get(), nullptr));
}

}  // namespace

std::vector<PixPointer> pages_of_photograph(Pix* grey) {
  std::vector<PixPointer> pages;
  const int longest = std::max(pixGetWidth(grey), pixGetHeight(grey));
  if (longest < 2 * kSmallSide || std::min(pixGetWidth(grey), pixGetHeight(grey)) < kSmallSide) return pages;
  const double scale = static_cast<double>(kSmallSide) / longest;
  PixPointer small = take(pixScaleSmooth(grey, static_cast<l_float32>(scale), static_cast<l_float32>(scale)));
  const PixPointer paper = paper_mask(small.get());
  if (!paper) return pages;
  Corners corners = corners_of(paper.get());
  if (!is_sheet(corners, paper.get())) return pages;
  for (Corner& corner : corners) corner = {corner.x / scale, corner.y / scale};
  PixPointer sheet = rectified(grey, corners);
  if (!sheet) return pages;
  const int width = pixGetWidth(sheet.get()), height = pixGetHeight(sheet.get());
  if (width > kFacingPages * height) {
    const int gutter = gutter_of(sheet.get());
    pages.push_back(cut(sheet.get(), 0, gutter));
    pages.push_back(cut(sheet.get(), gutter, width));
  } else {
    pages.push_back(cut(sheet.get(), 0, width));
  }
  return pages;
}

PixPointer dewarped(PixPointer grey) {
  constexpr int kFewestLines = 6;
  const PixPointer ink = take(pixThresholdToBinary(grey.get(), 150));
  L_DEWARPA* models = dewarpaCreate(1, 0, 1, kFewestLines, -1);
  if (models == nullptr) throw std::bad_alloc();
  dewarpaUseBothArrays(models, 0);
  Pix* straight = nullptr;
  dewarpSinglePageRun(grey.get(), ink.get(), models, &straight, 0);
  dewarpaDestroy(&models);
  PixPointer result(straight);
  if (!result || pixGetDepth(result.get()) != 8) return grey;
  return result;
}

}  // namespace vanban::read
