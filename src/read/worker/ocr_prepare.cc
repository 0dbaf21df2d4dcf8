#include "read/worker/ocr_prepare.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace vanban::read {
namespace {

constexpr double kMostSkew = 5;        // degrees that a scanner's feed tilts a page by
constexpr double kLeastSkew = 0.06;    // 2 pixels over the width of a page at 200 dpi: nothing is gained below
constexpr double kSureSkew = 3.0;      // Leptonica's confidence below which a page has no lines to measure

// Shares of the page's pixels: ink, and ink with a colour of its own.
struct Colours {
  double ink = 0, coloured = 0;
};

// Every fourth pixel of every fourth row is enough to tell.
Colours colours_of(Pix* image) {
  const int width = pixGetWidth(image), height = pixGetHeight(image), words = pixGetWpl(image);
  const l_uint32* data = pixGetData(image);
  std::size_t seen = 0, ink = 0, coloured = 0;
  constexpr int kStep = 4, kDark = 165, kChroma = 60;
  for (int y = 0; y < height; y += kStep) {
    const l_uint32* row = data + static_cast<std::ptrdiff_t>(y) * words;
    for (int x = 0; x < width; x += kStep) {
      int red = 0, green = 0, blue = 0;
      extractRGBValues(row[x], &red, &green, &blue);
      const int low = std::min({red, green, blue}), high = std::max({red, green, blue});
      ++seen;
      if (low >= kDark) continue;
      ++ink;
      if (high - low >= kChroma) ++coloured;
    }
  }
  if (seen == 0) return {};
  const auto all = static_cast<double>(seen);
  return {static_cast<double>(ink) / all, static_cast<double>(coloured) / all};
}

// A seal, a signature and a received stamp are coloured ink on black print; a page printed in colour is left alone.
bool drops_colour(const Colours& colours) {
  return colours.coloured > 2e-4 && colours.coloured < 0.6 * colours.ink;
}

PixPointer rotated(Pix* grey, double degrees) {
  constexpr double kRadians = 3.14159265358979323846 / 180;
  return take(pixRotate(grey, static_cast<l_float32>(degrees * kRadians), L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
}

// Clockwise turn that makes the lines of text level; 0 where the page shows none.
double skew_of(Pix* ink, double dpi) {
  const int reduction = dpi >= 250 ? 4 : 2;
  l_float32 degrees = 0, confidence = 0;
  if (pixFindSkewSweepAndSearch(ink, &degrees, &confidence, reduction, std::max(1, reduction / 2),
                                static_cast<l_float32>(kMostSkew), 0.5F, 0.01F) != 0) {
    return 0;
  }
  if (static_cast<double>(confidence) < kSureSkew || std::abs(static_cast<double>(degrees)) < kLeastSkew) return 0;
  return static_cast<double>(degrees);
}

// Black beside the paper: blobs too thick for print that touch the image's edge.
void clear_borders(Pix* grey, Pix* ink, double dpi) {
  const int factor = 4;
  PixPointer small = take(pixReduceRankBinaryCascade(ink, 2, 2, 0, 0));
  const int thick = std::max(3, static_cast<int>(std::lround(0.1 * dpi / factor)));
  PixPointer blobs = take(pixOpenBrick(nullptr, small.get(), thick, thick));
  l_int32 none = 1;
  pixZero(blobs.get(), &none);
  if (none) return;
  PixPointer edge = take(pixExtractBorderConnComps(blobs.get(), 8));
  pixZero(edge.get(), &none);
  if (none) return;
  PixPointer grown = take(pixDilateBrick(nullptr, edge.get(), 5, 5));
  PixPointer mask = take(pixExpandReplicate(grown.get(), factor));
  pixSetMasked(grey, mask.get(), 255);
  pixSubtract(ink, ink, mask.get());
}

}  // namespace

PixPointer grey_of(Pix* image) {
  PixPointer plain = take(pixGetColormap(image) != nullptr ? pixRemoveColormap(image, REMOVE_CMAP_BASED_ON_SRC)
                                                           : pixClone(image));
  if (pixGetDepth(plain.get()) == 32 && drops_colour(colours_of(plain.get()))) {
    return take(pixConvertRGBToGrayMinMax(plain.get(), L_CHOOSE_MAX));
  }
  return take(pixConvertTo8(plain.get(), 0));
}

PixPointer ink_of(Pix* grey) {
  const int width = pixGetWidth(grey), height = pixGetHeight(grey);
  Pix* ink = nullptr;
  if (pixOtsuAdaptiveThreshold(grey, std::max(width, 16), std::max(height, 16), 0, 0, 0.1F, nullptr, &ink) == 0 &&
      ink != nullptr) {
    return PixPointer(ink);
  }
  return take(pixThresholdToBinary(grey, 128));
}

PreparedPage prepare_page(Pix* image, double dpi, bool straighten) {
  PreparedPage page;
  page.dpi = dpi;
  page.grey = grey_of(image);
  if (page.grey.get() == image) page.grey = take(pixCopy(nullptr, image));
  page.ink = ink_of(page.grey.get());
  clear_borders(page.grey.get(), page.ink.get(), dpi);
  if (straighten) {
    page.skew_degrees = skew_of(page.ink.get(), dpi);
    if (page.skew_degrees != 0) {
      page.grey = rotated(page.grey.get(), page.skew_degrees);
      page.ink = ink_of(page.grey.get());
    }
  }
  return page;
}

}  // namespace vanban::read
