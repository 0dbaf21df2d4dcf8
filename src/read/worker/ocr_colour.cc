#include "read/worker/ocr_colour.h"

#include <algorithm>
#include <cstddef>

namespace vanban::read {
namespace {

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

// A seal, a signature and a received stamp are coloured ink on black print; a page printed in colour is left
// alone.
bool drops_colour(const Colours& colours) {
  return colours.coloured > 2e-4 && colours.coloured < 0.6 * colours.ink;
}

// The brightest channel, brighter still by how much the channels differ: a red seal's is near white already,
// a blue stamp's is not. Black print below them has no colour and stays.
PixPointer without_colour(Pix* image) {
  const int width = pixGetWidth(image), height = pixGetHeight(image);
  PixPointer grey = take(pixCreate(width, height, 8));
  constexpr int kTint = 24;  // what a camera and JPEG give to black and white
  for (int y = 0; y < height; ++y) {
    const l_uint32* from = pixGetData(image) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(image);
    l_uint32* to = pixGetData(grey.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(grey.get());
    for (int x = 0; x < width; ++x) {
      int red = 0, green = 0, blue = 0;
      extractRGBValues(from[x], &red, &green, &blue);
      const int low = std::min({red, green, blue}), high = std::max({red, green, blue});
      SET_DATA_BYTE(to, x, static_cast<l_uint8>(std::min(255, high + std::max(0, high - low - kTint))));
    }
  }
  return grey;
}

PixPointer without_colormap(Pix* image) {
  return take(pixGetColormap(image) != nullptr ? pixRemoveColormap(image, REMOVE_CMAP_BASED_ON_SRC)
                                               : pixClone(image));
}

bool shows_coloured_ink(Pix* image) { return pixGetDepth(image) == 32 && drops_colour(colours_of(image)); }

}  // namespace

PixPointer grey_of(Pix* image) {
  const PixPointer plain = without_colormap(image);
  if (shows_coloured_ink(plain.get())) return without_colour(plain.get());
  return take(pixConvertTo8(plain.get(), 0));
}

PixPointer red_ink_of(Pix* image) {
  constexpr int kRedder = 45, kPale = 215;
  const PixPointer plain = without_colormap(image);
  if (!shows_coloured_ink(plain.get())) return nullptr;
  const int width = pixGetWidth(image), height = pixGetHeight(image);
  PixPointer red = take(pixCreate(width, height, 1));
  for (int y = 0; y < height; ++y) {
    const l_uint32* from = pixGetData(plain.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(plain.get());
    l_uint32* to = pixGetData(red.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(red.get());
    for (int x = 0; x < width; ++x) {
      int r = 0, g = 0, b = 0;
      extractRGBValues(from[x], &r, &g, &b);
      if (r - std::max(g, b) >= kRedder && std::min(g, b) < kPale) SET_DATA_BIT(to, x);
    }
  }
  return red;
}

}  // namespace vanban::read
