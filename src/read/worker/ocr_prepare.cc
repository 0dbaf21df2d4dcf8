#include "read/worker/ocr_prepare.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "read/worker/ocr_colour.h"
#include "read/worker/ocr_components.h"
#include "read/worker/ocr_photo.h"
#include "read/worker/ocr_seal.h"

namespace vanban::read {
namespace {

constexpr double kMostSkew = 5;      // degrees that a scanner's feed tilts a page by
constexpr double kLeastSkew = 0.06;  // 2 pixels over the width of a page at 200 dpi: nothing is gained below
constexpr double kSureSkew = 3.0;    // Leptonica's confidence below which a page has no lines to measure

// What the page's grey levels say, from a sample of its pixels.
struct Levels {
  int threshold = 128;  // Otsu's, between ink and paper
  double ink = 0, paper = 255;
  double noise = 0;                   // the difference that a quarter of neighbouring paper pixels exceeds
  int darkest = 255, lightest = 255;  // of the paper over the page
};

using Histogram = std::array<std::size_t, 256>;

int quantile(const Histogram& counts, double share) {
  std::size_t all = 0, seen = 0;
  for (std::size_t count : counts) all += count;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    seen += counts[i];
    if (static_cast<double>(seen) >= share * static_cast<double>(all) && seen > 0) return static_cast<int>(i);
  }
  return 255;
}

int otsu(const Histogram& counts) {
  double all = 0, sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    all += static_cast<double>(counts[i]);
    sum += static_cast<double>(i) * static_cast<double>(counts[i]);
  }
  double below = 0, below_sum = 0, best = -1;
  std::size_t first = 128, last = 128;  // of equally good thresholds the middle
  for (std::size_t i = 0; i + 1 < counts.size(); ++i) {
    below += static_cast<double>(counts[i]);
    below_sum += static_cast<double>(i) * static_cast<double>(counts[i]);
    const double above = all - below;
    if (below == 0 || above == 0) continue;
    const double apart = below_sum / below - (sum - below_sum) / above;
    const double score = below * above * apart * apart;
    if (score > best * (1 + 1e-9)) {
      best = score;
      first = last = i;
    } else if (score >= best * (1 - 1e-9)) {
      last = i;
    }
  }
  return static_cast<int>((first + last) / 2);
}

Histogram histogram_of(Pix* grey, int step) {
  Histogram counts{};
  const int width = pixGetWidth(grey), height = pixGetHeight(grey), words = pixGetWpl(grey);
  const l_uint32* data = pixGetData(grey);
  for (int y = 0; y < height; y += step) {
    const l_uint32* row = data + static_cast<std::ptrdiff_t>(y) * words;
    for (int x = 0; x < width; x += step) ++counts[GET_DATA_BYTE(row, x)];
  }
  return counts;
}

Levels levels_of(Pix* grey) {
  Levels levels;
  const int width = pixGetWidth(grey), height = pixGetHeight(grey), words = pixGetWpl(grey);
  const l_uint32* data = pixGetData(grey);
  constexpr int kStep = 3, kTilesDown = 12, kTilesAcross = 8;
  const Histogram counts = histogram_of(grey, kStep);
  levels.threshold = otsu(counts);
  std::array<Histogram, kTilesDown * kTilesAcross> tiles{};
  Histogram differences{}, paper{};
  double ink = 0, ink_count = 0;
  for (int y = 0; y < height; y += kStep) {
    const l_uint32* row = data + static_cast<std::ptrdiff_t>(y) * words;
    const int tile_row = y * kTilesDown / height;
    for (int x = 0; x + kStep < width; x += kStep) {
      const int here = GET_DATA_BYTE(row, x), next = GET_DATA_BYTE(row, x + kStep);
      ++tiles[static_cast<std::size_t>(tile_row * kTilesAcross + x * kTilesAcross / width)]
             [static_cast<std::size_t>(here)];
      if (here <= levels.threshold) {
        ink += here;
        ++ink_count;
      } else {
        ++paper[static_cast<std::size_t>(here)];
        if (next > levels.threshold) ++differences[static_cast<std::size_t>(std::abs(here - next))];
      }
    }
  }
  levels.ink = ink_count > 0 ? ink / ink_count : 0;
  levels.paper = quantile(paper, 0.5);
  levels.noise = quantile(differences, 0.75);
  Histogram backgrounds{};
  for (const Histogram& tile : tiles) ++backgrounds[static_cast<std::size_t>(quantile(tile, 0.7))];
  levels.darkest = quantile(backgrounds, 0.05);  // a tile may be a picture or a black edge
  levels.lightest = quantile(backgrounds, 1);
  return levels;
}

// Paper made white and ink black where the page is not so: faded print, a lamp's light, a noisy sensor.
PixPointer normalised(PixPointer grey, const Levels& levels, double dpi) {
  constexpr double kNoisy = 7, kGreyPaper = 240, kUneven = 16, kFadedInk = 0.5;
  const bool noisy = levels.noise >= kNoisy;
  if (!noisy && levels.paper >= kGreyPaper && levels.lightest - levels.darkest < kUneven) return grey;
  if (noisy) grey = take(pixBlockconvGray(grey.get(), nullptr, 1, 1));
  const int tile = std::max(8, static_cast<int>(std::lround(dpi / 15)));
  const int threshold = std::clamp(static_cast<int>(levels.threshold), 40, 200);
  if (Pix* flat =
          pixBackgroundNorm(grey.get(), nullptr, nullptr, tile, tile, threshold, tile * tile / 3, 250, 2, 2);
      flat != nullptr) {
    grey.reset(flat);
  }
  if (levels.ink / std::max(1.0, levels.paper) > kFadedInk) {
    // Print fades by places: each place's darkest becomes black.
    const int place = std::max(16, static_cast<int>(std::lround(dpi / 4)));
    if (Pix* strong = pixContrastNorm(nullptr, grey.get(), place, place, 45, 2, 2); strong != nullptr) {
      grey.reset(strong);
    }
  }
  const int high = noisy ? 236 : 244;
  if (Pix* stretched = pixGammaTRC(nullptr, grey.get(), 1.0F, 20, high); stretched != nullptr)
    grey.reset(stretched);
  return grey;
}

// Dust of a copier: specks smaller than the dot of an i. Pages without it stay as they are; `dusty` says
// which.
PixPointer without_specks(PixPointer ink, double dpi, bool& dusty) {
  const std::vector<PixelBox> parts = components_of(ink.get(), 8);
  const int largest = std::max(1, static_cast<int>(std::lround(dpi / 100)));
  const auto specks =
      static_cast<std::size_t>(std::count_if(parts.begin(), parts.end(), [&](const PixelBox& part) {
        return part.width() <= largest && part.height() <= largest;
      }));
  dusty = specks >= 200 && specks * 3 >= parts.size();
  if (!dusty) return ink;
  return take(
      pixSelectBySize(ink.get(), largest + 1, largest + 1, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, nullptr));
}

// A copier draws what shines through from the reverse as scattered dots, print as solid strokes. Smoothed,
// the dots are lighter than the strokes; what is lighter becomes white.
PixPointer without_dots(Pix* ink, double dpi) {
  constexpr double kSpread = 0.004;  // inches
  constexpr int kBlack = 25, kWhite = 190;
  const PixPointer grey = take(pixConvertTo8(ink, 0));
  const double spread = std::max(0.6, kSpread * dpi);
  const int half = std::max(1, static_cast<int>(std::lround(2.5 * spread)));
  L_KERNEL *across = nullptr, *down = nullptr;
  makeGaussianKernelSep(half, half, static_cast<l_float32>(spread), 1.0F, &across, &down);
  Pix* smooth =
      across != nullptr && down != nullptr ? pixConvolveSep(grey.get(), across, down, 8, 1) : nullptr;
  kernelDestroy(&across);
  kernelDestroy(&down);
  const PixPointer owned = take(smooth);
  return take(pixGammaTRC(nullptr, owned.get(), 1.0F, kBlack, kWhite));
}

PixPointer rotated(Pix* grey, double degrees) {
  constexpr double kRadians = 3.14159265358979323846 / 180;
  return take(
      pixRotate(grey, static_cast<l_float32>(degrees * kRadians), L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
}

// Clockwise turn that makes the lines of text level; 0 where the page shows none.
double skew_of(Pix* ink, double dpi) {
  const int reduction = dpi >= 250 ? 4 : 2;
  l_float32 degrees = 0, confidence = 0;
  if (pixFindSkewSweepAndSearch(ink, &degrees, &confidence, reduction, std::max(1, reduction / 2),
                                static_cast<l_float32>(kMostSkew), 0.5F, 0.01F) != 0) {
    return 0;
  }
  if (static_cast<double>(confidence) < kSureSkew || std::abs(static_cast<double>(degrees)) < kLeastSkew)
    return 0;
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

// `smoothed`: the ink is sharper than the grey image, and not made from it.
void straighten_page(PreparedPage& page, bool smoothed) {
  page.skew_degrees = skew_of(page.ink.get(), page.dpi);
  if (page.skew_degrees == 0) return;
  page.grey = rotated(page.grey.get(), page.skew_degrees);
  if (smoothed) {
    const PixPointer sharp = take(pixConvertTo8(page.ink.get(), 0));
    page.ink = ink_of(rotated(sharp.get(), page.skew_degrees).get());
  } else {
    page.ink = ink_of(page.grey.get());
  }
}

}  // namespace

PixPointer ink_of(Pix* grey) {
  // Thin lines that a scanner made grey are ink too: the threshold stays in the upper half.
  return take(pixThresholdToBinary(grey, std::clamp(otsu(histogram_of(grey, 3)), 128, 200)));
}

PreparedPage prepare_photographed(PixPointer grey, double dpi) {
  PreparedPage page;
  page.dpi = dpi;
  // Bent lines are found on white paper only.
  const Levels levels = levels_of(grey.get());
  page.grey = normalised(std::move(grey), levels, dpi);
  page.grey = dewarped(std::move(page.grey));
  page.ink = ink_of(page.grey.get());
  clear_borders(page.grey.get(), page.ink.get(), dpi);
  straighten_page(page, false);
  return page;
}

PreparedPage prepare_page(Pix* image, double dpi, bool straighten) {
  PreparedPage page;
  page.dpi = dpi;
  bool dusty = false;
  if (pixGetDepth(image) == 1 && pixGetColormap(image) == nullptr) {
    page.ink = without_specks(take(pixCopy(nullptr, image)), dpi, dusty);
    page.grey = dusty ? without_dots(image, dpi) : take(pixConvertTo8(page.ink.get(), 0));
  } else {
    PixPointer grey = grey_of(image);
    const Levels levels = levels_of(grey.get());
    page.grey = normalised(std::move(grey), levels, dpi);
    page.ink = ink_of(page.grey.get());
  }
  clear_borders(page.grey.get(), page.ink.get(), dpi);
  if (straighten) straighten_page(page, dusty);
  if (PixPointer red = red_ink_of(image)) {
    if (page.skew_degrees != 0) {
      red = take(pixConvertTo8(red.get(), 0));
      red = ink_of(rotated(red.get(), page.skew_degrees).get());
    }
    page.stamps = stamped_lines(red.get(), page.dpi);
  }
  for (const FoundSeal& seal : find_seals(page.ink.get(), page.dpi)) {
    remove_seal(page.grey.get(), page.ink.get(), seal, page.dpi);
    const PixelBox block = signature_block(page.ink.get(), seal, page.dpi);
    if (block.width() > 0) page.signatures.push_back(block);
  }
  return page;
}

}  // namespace vanban::read
