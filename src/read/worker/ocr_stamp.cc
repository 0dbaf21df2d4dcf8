#include "read/worker/ocr_stamp.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "read/worker/ocr_components.h"
#include "read/worker/ocr_print_lines.h"
#include "read/worker/ocr_seal.h"

namespace vanban::read {
namespace {

constexpr double kInch = 25.4;                                   // millimetres
constexpr double kBelow = 22, kRight = 75, kClear = 0.6;         // around the ring
constexpr double kLeastLetter = 1.2, kMostLetter = 9, kGap = 4;  // height; between letters and words
constexpr double kLeastLine = 12, kMostLineHeight = 14;
constexpr std::size_t kMostLines = 4;

// Clockwise tilt of a line in radians, from where its letters stand: a hand's stamp is seldom level.
double tilt_of(const std::vector<PixelBox>& letters, double unit) {
  std::vector<std::pair<double, double>> feet;
  for (const PixelBox& letter : letters) {
    if (letter.height() >= 2 * unit) feet.emplace_back((letter.x0 + letter.x1) / 2.0, letter.y1);
  }
  // The middle one of the slopes between letters far apart: tails and marks are outliers.
  std::vector<double> slopes;
  for (std::size_t i = 0; i < feet.size(); ++i) {
    for (std::size_t k = i + 1; k < feet.size(); ++k) {
      const double across = feet[k].first - feet[i].first;
      if (std::abs(across) >= 8 * unit) slopes.push_back((feet[k].second - feet[i].second) / across);
    }
  }
  if (slopes.size() < 3) return 0;
  std::nth_element(slopes.begin(), slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2),
                   slopes.end());
  const double slope = slopes[slopes.size() / 2];
  return std::abs(slope) > 0.25 ? 0 : std::atan(slope);
}

// The ink around one seal, without the seal.
PixPointer beside(Pix* red, const FoundSeal& seal, double unit) {
  const double reach = seal.radius + kClear * unit;
  const PixelBox place{std::max(0, static_cast<int>(seal.x - seal.radius)),
                       std::max(0, static_cast<int>(seal.y)),
                       std::min(pixGetWidth(red), static_cast<int>(seal.x + seal.radius + kRight * unit)),
                       std::min(pixGetHeight(red), static_cast<int>(seal.y + seal.radius + kBelow * unit))};
  PixPointer around = take(pixCreate(pixGetWidth(red), pixGetHeight(red), 1));
  if (place.width() < 8 || place.height() < 8) return around;
  pixRasterop(around.get(), place.x0, place.y0, place.width(), place.height(), PIX_SRC, red, place.x0,
              place.y0);
  for (int y = place.y0; y < place.y1; ++y) {
    l_uint32* row = pixGetData(around.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(around.get());
    for (int x = place.x0; x < place.x1; ++x) {
      if (std::hypot(x - seal.x, y - seal.y) < reach) CLEAR_DATA_BIT(row, x);
    }
  }
  return around;
}

// "PHÓ GIÁM ĐỐC" stamped over the seal's upper edge: what is left in lines when the seal is gone.
std::vector<StampedLine> titles_above(Pix* red, const FoundSeal& seal, double dpi) {
  constexpr double kAbove = 12, kLeft = 14;
  const double unit = dpi / kInch;
  const PixelBox place{std::max(0, static_cast<int>(seal.x - seal.radius - kLeft * unit)),
                       std::max(0, static_cast<int>(seal.y - seal.radius - kAbove * unit)),
                       std::min(pixGetWidth(red), static_cast<int>(seal.x + seal.radius + kRight * unit)),
                       std::min(pixGetHeight(red), static_cast<int>(seal.y))};
  std::vector<StampedLine> lines;
  if (place.width() < 8 || place.height() < 8) return lines;
  const PixPointer ink = take(pixCopy(nullptr, red)), grey = take(pixConvertTo8(red, 0));
  remove_seal(grey.get(), ink.get(), seal, dpi);
  for (const PrintLine& line : printed_lines(ink.get(), place, dpi)) {
    LineAlone alone = drawn_alone(ink.get(), line, dpi);
    lines.push_back({take(pixAddBorder(alone.image.get(), static_cast<int>(4 * unit), 255)), line.box});
  }
  return lines;
}

}  // namespace

std::vector<StampedLine> stamped_lines(Pix* red, double dpi) {
  const double unit = dpi / kInch;
  const auto pixels = [unit](double millimetres) {
    return std::max(1, static_cast<int>(std::lround(millimetres * unit)));
  };
  std::vector<StampedLine> lines;
  std::vector<FoundSeal> seals = find_seals(red, dpi);
  // Pale ink leaves gaps in the ring.
  for (const double gap : {0.9, 1.5}) {
    if (!seals.empty()) break;
    const PixPointer closed = take(pixCloseSafeBrick(nullptr, red, pixels(gap), pixels(gap)));
    seals = find_seals(closed.get(), dpi);
  }
  for (const FoundSeal& seal : seals) {
    for (StampedLine& title : titles_above(red, seal, dpi)) {
      if (lines.size() < kMostLines) lines.push_back(std::move(title));
    }
    const PixPointer ink = beside(red, seal, unit);
    const std::vector<PixelBox> letters = components_of(ink.get(), 8);
    const PixPointer joined = take(pixCloseSafeBrick(nullptr, ink.get(), pixels(kGap), pixels(1.5)));
    for (const PixelBox& line : components_of(joined.get(), 8)) {
      if (line.width() < pixels(kLeastLine) || line.height() < pixels(2) ||
          line.height() > pixels(kMostLineHeight) || lines.size() >= kMostLines) {
        continue;
      }
      std::vector<PixelBox> own;
      for (const PixelBox& letter : letters) {
        if (letter.x0 >= line.x0 && letter.x1 <= line.x1 && letter.y0 >= line.y0 && letter.y1 <= line.y1 &&
            letter.height() >= pixels(kLeastLetter) && letter.height() <= pixels(kMostLetter))
          own.push_back(letter);
      }
      if (own.size() < 3) continue;
      const AreaPointer area(boxCreate(line.x0, line.y0, line.width(), line.height()));
      PixPointer image = take(pixClipRectangle(ink.get(), area.get(), nullptr));
      image = take(pixConvertTo8(image.get(), 0));
      image = take(pixAddBorder(image.get(), pixels(4), 255));
      if (const double tilt = tilt_of(own, unit); std::abs(tilt) > 0.005) {
        image = take(
            pixRotate(image.get(), static_cast<l_float32>(-tilt), L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
      }
      lines.push_back({std::move(image), line});
    }
  }
  return lines;
}

}  // namespace vanban::read
