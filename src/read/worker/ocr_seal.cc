#include "read/worker/ocr_seal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "read/worker/ocr_components.h"
#include "read/worker/ocr_print_lines.h"

namespace vanban::read {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kInch = 25.4;  // millimetres
constexpr double kLeastRadius = 14.5, kMostRadius = 22.5;
constexpr double kLeastSide = 24, kMostWidth = 170, kMostHeight = 80;  // of a blob that may hold a seal
constexpr double kCoarseDpi = 80;
constexpr double kRingShare = 0.6;    // of its way on which a ring has ink
constexpr double kPaperShare = 0.35;  // of the way just outside of it, at most
constexpr double kBand = 0.8;         // to both sides of the ring: it is no perfect circle
constexpr std::size_t kMostBlobs = 6;
constexpr std::size_t kMostPixels = 12'000;  // of a blob, in the coarse image

bool ink_at(Pix* ink, int x, int y) {
  if (x < 0 || y < 0 || x >= pixGetWidth(ink) || y >= pixGetHeight(ink)) return false;
  return GET_DATA_BIT(pixGetData(ink) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(ink), x) != 0;
}

std::vector<PixelBox> blobs_in(Pix* ink, const PixelBox& place) {
  const AreaPointer area(boxCreate(place.x0, place.y0, place.width(), place.height()));
  const PixPointer part = take(pixClipRectangle(ink, area.get(), nullptr));
  std::vector<PixelBox> found = components_of(part.get(), 8);
  for (PixelBox& blob : found) {
    blob = {blob.x0 + place.x0, blob.y0 + place.y0, blob.x1 + place.x0, blob.y1 + place.y0};
  }
  return found;
}

// Offsets of the pixels of a circle around its centre.
std::vector<std::pair<int, int>> circle(int radius) {
  std::vector<std::pair<int, int>> offsets;
  const int steps = static_cast<int>(2 * kPi * radius);
  for (int i = 0; i < steps; ++i) {
    const double angle = 2 * kPi * i / steps;
    const std::pair<int, int> next{static_cast<int>(std::lround(radius * std::cos(angle))),
                                   static_cast<int>(std::lround(radius * std::sin(angle)))};
    if (offsets.empty() || offsets.back() != next) offsets.push_back(next);
  }
  return offsets;
}

// The circle with the most ink on its way (Hough's vote).
FoundSeal vote(Pix* coarse, const PixelBox& blob, double dpi) {
  std::vector<std::pair<int, int>> pixels;
  for (int y = blob.y0; y < blob.y1; ++y) {
    for (int x = blob.x0; x < blob.x1; ++x) {
      if (ink_at(coarse, x, y)) pixels.emplace_back(x - blob.x0, y - blob.y0);
    }
  }
  if (pixels.size() > kMostPixels) return {};
  const int width = blob.width(), height = blob.height();
  FoundSeal best;
  double best_share = 0;
  std::vector<std::uint32_t> votes;
  for (int radius = static_cast<int>(kLeastRadius / kInch * dpi); radius <= kMostRadius / kInch * dpi;
       ++radius) {
    votes.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
    const auto offsets = circle(radius);
    for (const auto& [x, y] : pixels) {
      for (const auto& [dx, dy] : offsets) {
        const int cx = x + dx, cy = y + dy;
        if (cx < 0 || cy < 0 || cx >= width || cy >= height) continue;
        ++votes[static_cast<std::size_t>(cy) * static_cast<std::size_t>(width) +
                static_cast<std::size_t>(cx)];
      }
    }
    const auto most = std::max_element(votes.begin(), votes.end());
    const double share = *most / static_cast<double>(offsets.size());
    // Of two rings that are as complete, the outer one is the seal's edge.
    if (share < 0.97 * best_share) continue;
    best_share = std::max(best_share, share);
    const auto at = static_cast<int>(most - votes.begin());
    best = {static_cast<double>(blob.x0 + at % width), static_cast<double>(blob.y0 + at / width),
            static_cast<double>(radius)};
  }
  return best;
}

// The share of a circle's way that has ink within a pixel to both sides.
double share_on(Pix* ink, double x, double y, double radius, int around) {
  constexpr int kSteps = 360;
  int hits = 0;
  for (int i = 0; i < kSteps; ++i) {
    const double c = std::cos(2 * kPi * i / kSteps), s = std::sin(2 * kPi * i / kSteps);
    for (int d = -around; d <= around; ++d) {
      if (ink_at(ink, static_cast<int>(std::lround(x + (radius + d) * c)),
                 static_cast<int>(std::lround(y + (radius + d) * s)))) {
        ++hits;
        break;
      }
    }
  }
  return static_cast<double>(hits) / kSteps;
}

// A scanned ring is no perfect circle: by how much its edge stands further out or in, for each direction.
class Wobble {
 public:
  Wobble(Pix* ink, const FoundSeal& seal, double dpi) {
    const int most = std::max(2, static_cast<int>(std::lround(kMostWobble / kInch * dpi)));
    for (std::size_t sector = 0; sector < kSectors; ++sector) {
      double best = -1;
      for (int d = -most; d <= most; ++d) {
        // Ink just inside of the edge, paper just outside; of equals the smallest shift.
        double score = -0.02 * std::abs(d);
        for (int i = 0; i < kStepsInSector; ++i) {
          const double angle =
              2 * kPi * (static_cast<double>(sector) + (i + 0.5) / kStepsInSector) / kSectors;
          const auto ink_on = [&](double r) {
            return ink_at(ink, static_cast<int>(std::lround(seal.x + r * std::cos(angle))),
                          static_cast<int>(std::lround(seal.y + r * std::sin(angle))));
          };
          const double edge = seal.radius + d;
          score += (ink_on(edge) ? 1 : 0) + (ink_on(edge - 1) ? 1 : 0) - (ink_on(edge + 2) ? 1 : 0);
        }
        if (score > best) {
          best = score;
          shift_[sector] = d;
        }
      }
    }
    // Print that crosses the ring may draw one sector away; its neighbours tell.
    const auto raw = shift_;
    for (std::size_t i = 0; i < kSectors; ++i) {
      int around[5];
      for (std::size_t k = 0; k < 5; ++k) around[k] = raw[(i + kSectors + k - 2) % kSectors];
      std::sort(std::begin(around), std::end(around));
      shift_[i] = around[2];
    }
  }

  // Distance from the centre, as it would be were the ring a circle.
  double straightened(double dx, double dy) const { return std::hypot(dx, dy) - at(std::atan2(dy, dx)); }
  int at(double angle) const {
    const double turns = angle / (2 * kPi);
    const auto sector = static_cast<std::size_t>((turns - std::floor(turns)) * kSectors);
    return shift_[std::min(sector, kSectors - 1)];
  }

 private:
  static constexpr std::size_t kSectors = 60;
  static constexpr int kStepsInSector = 12;
  static constexpr double kMostWobble = 0.7;  // millimetres
  std::array<int, kSectors> shift_{};
};

// The share of a ring's way that has ink, the ring bent as the seal's edge is.
double share_on(Pix* ink, const FoundSeal& seal, const Wobble& wobble, double radius) {
  constexpr int kSteps = 360;
  int hits = 0;
  for (int i = 0; i < kSteps; ++i) {
    const double angle = 2 * kPi * i / kSteps, r = radius + wobble.at(angle);
    hits += ink_at(ink, static_cast<int>(std::lround(seal.x + r * std::cos(angle))),
                   static_cast<int>(std::lround(seal.y + r * std::sin(angle))))
                ? 1
                : 0;
  }
  return static_cast<double>(hits) / kSteps;
}

// Lines of print that the seal stands on: such as go on to its right, maybe below it, and titles in capitals
// that go on to both sides. Lines of the recipients' column end before it.
std::vector<PrintLine> print_beside(Pix* ink, const FoundSeal& seal, double unit) {
  constexpr double kLeastPrint = 4.5, kCapital = 2.6,
                   kLeft = 14;  // millimetres: letters; their height; reach
  const PixelBox place{std::max(0, static_cast<int>(seal.x - seal.radius - kLeft * unit)),
                       std::max(0, static_cast<int>(seal.y - seal.radius - 6 * unit)),
                       std::min(pixGetWidth(ink), static_cast<int>(seal.x + seal.radius + 70 * unit)),
                       std::min(pixGetHeight(ink), static_cast<int>(seal.y + seal.radius + 6 * unit))};
  if (place.width() < 8 || place.height() < 8) return {};
  // Letters that touch the ring are cut there.
  const AreaPointer area(boxCreate(place.x0, place.y0, place.width(), place.height()));
  const PixPointer outside = take(pixClipRectangle(ink, area.get(), nullptr));
  for (int y = 0; y < place.height(); ++y) {
    l_uint32* row = pixGetData(outside.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(outside.get());
    for (int x = 0; x < place.width(); ++x) {
      if (std::hypot(x + place.x0 - seal.x, y + place.y0 - seal.y) < seal.radius + 0.5 * unit)
        CLEAR_DATA_BIT(row, x);
    }
  }
  std::vector<PixelBox> letters;
  for (const PixelBox& blob : components_of(outside.get(), 8)) {
    if (blob.height() < 1.5 * unit || blob.height() > 5.5 * unit || blob.width() > 45 * unit) continue;
    const bool left = blob.x1 + place.x0 < seal.x;
    if (left && (blob.height() < kCapital * unit || blob.x0 == 0)) continue;
    letters.push_back({blob.x0 + place.x0, blob.y0 + place.y0, blob.x1 + place.x0, blob.y1 + place.y0});
  }
  return lines_on_one_base(std::move(letters), kLeastPrint * unit, unit * kInch);
}

// What is left of a ring: longer than a letter, and hardly any ink for its size.
bool is_arc(Pix* ink, const PixelBox& blob, double unit) {
  constexpr double kLongerThanLetter = 3.5, kMostInk = 0.3;
  if (blob.width() < kLongerThanLetter * unit) return false;
  int count = 0;
  for (int y = blob.y0; y < blob.y1; ++y) {
    for (int x = blob.x0; x < blob.x1; ++x) count += ink_at(ink, x, y) ? 1 : 0;
  }
  return count < kMostInk * blob.width() * blob.height();
}

}  // namespace

std::vector<FoundSeal> find_seals(Pix* ink, double dpi) {
  std::vector<FoundSeal> seals;
  int factor = 1;
  while (dpi / factor > kCoarseDpi && factor < 8) factor *= 2;
  const double coarse_dpi = dpi / factor;
  const PixPointer coarse = take(factor == 1   ? pixCopy(nullptr, ink)
                                 : factor == 2 ? pixReduceRankBinaryCascade(ink, 1, 0, 0, 0)
                                 : factor == 4 ? pixReduceRankBinaryCascade(ink, 1, 1, 0, 0)
                                               : pixReduceRankBinaryCascade(ink, 1, 1, 1, 0));
  const double unit = coarse_dpi / kInch;
  std::size_t looked = 0;
  for (const PixelBox& blob : components_of(coarse.get(), 8)) {
    if (blob.width() < kLeastSide * unit || blob.height() < kLeastSide * unit ||
        blob.width() > kMostWidth * unit || blob.height() > kMostHeight * unit || looked++ >= kMostBlobs) {
      continue;
    }
    const FoundSeal rough = vote(coarse.get(), blob, coarse_dpi);
    if (rough.radius <= 0) continue;
    FoundSeal best;
    double best_share = 0;
    const double x = (rough.x + 0.5) * factor, y = (rough.y + 0.5) * factor,
                 radius = (rough.radius + 0.5) * factor;
    for (int dr = -factor; dr <= factor; ++dr) {
      for (int dy = -factor; dy <= factor; ++dy) {
        for (int dx = -factor; dx <= factor; ++dx) {
          const double share = share_on(ink, x + dx, y + dy, radius + dr, 1);
          if (share > best_share) {
            best_share = share;
            best = {x + dx, y + dy, radius + dr};
          }
        }
      }
    }
    if (best_share < kRingShare) continue;
    // The edge is often a double ring.
    const double found = best.radius;
    for (double r = found + 1; r <= found + 2.2 / kInch * dpi; ++r) {
      if (share_on(ink, best.x, best.y, r, 1) >= kRingShare) best.radius = r;
    }
    if (share_on(ink, best.x, best.y, best.radius + 1.8 / kInch * dpi, 0) > kPaperShare) continue;
    seals.push_back(best);
  }
  return seals;
}

void remove_seal(Pix* grey, Pix* ink, const FoundSeal& seal, double dpi) {
  const double unit = dpi / kInch;
  const int band = std::max(1, static_cast<int>(std::lround(kBand * unit)));
  const int reach = static_cast<int>(seal.radius) + band + 1;
  const PixelBox place{std::max(0, static_cast<int>(seal.x) - reach - 2),
                       std::max(0, static_cast<int>(seal.y) - reach - 2),
                       std::min(pixGetWidth(ink), static_cast<int>(seal.x) + reach + 3),
                       std::min(pixGetHeight(ink), static_cast<int>(seal.y) + reach + 3)};
  const Wobble wobble(ink, seal, dpi);
  // The rings, each a pixel wider to both sides than where most of its way has ink.
  std::vector<bool> ring(static_cast<std::size_t>(reach) + 2);
  const auto inner = static_cast<int>(0.5 * seal.radius);
  const int outer = static_cast<int>(seal.radius) - band;
  for (int r = inner; r <= reach;) {
    int end = r;
    while (end <= reach && share_on(ink, seal, wobble, end) >= (end < outer ? 0.48 : 0.36)) ++end;
    if (end > r && end - r <= (end < outer ? 1.2 : 3.0) * unit) {
      for (int at = std::max(inner, r - 1); at <= std::min(end, reach); ++at)
        ring[static_cast<std::size_t>(at)] = true;
    }
    r = end + 1;
  }
  const std::vector<PrintLine> lines = print_beside(ink, seal, unit);
  const auto line_at = [&](int y) {
    return std::find_if(lines.begin(), lines.end(),
                        [y](const PrintLine& line) { return line.top <= y && y < line.bottom; });
  };
  // Whether the stroke that has ink at (x, y) goes on, in one direction, to where no ring is.
  const auto leaves = [&](int x, int y, double dx, double dy) {
    for (int d = 1; d <= 3 * band; ++d) {
      const double px = x + d * dx, py = y + d * dy;
      if (!ink_at(ink, static_cast<int>(std::lround(px)), static_cast<int>(std::lround(py)))) return false;
      const double at = std::max(0.0, wobble.straightened(px - seal.x, py - seal.y));
      if (at > reach || !ring[static_cast<std::size_t>(at)]) return true;
    }
    return false;
  };
  PixPointer gone = take(pixCreate(pixGetWidth(ink), pixGetHeight(ink), 1));
  const auto drop = [&](int x, int y) {
    SET_DATA_BIT(pixGetData(gone.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(gone.get()), x);
  };
  for (int y = place.y0; y < place.y1; ++y) {
    const bool print = line_at(y) != lines.end();
    for (int x = place.x0; x < place.x1; ++x) {
      if (!ink_at(ink, x, y)) continue;
      const double dx = x - seal.x, dy = y - seal.y, r = std::hypot(dx, dy);
      const double at = std::max(0.0, wobble.straightened(dx, dy));
      if (at > reach) continue;
      if (print) {
        if (r < 1 || !ring[static_cast<std::size_t>(at)]) continue;
        const double c = dx / r, s = dy / r;
        if (leaves(x, y, c, s) || leaves(x, y, -c, -s) || leaves(x, y, 0, 1) || leaves(x, y, 0, -1) ||
            leaves(x, y, 1, 0) || leaves(x, y, -1, 0)) {
          continue;
        }
      }
      drop(x, y);
    }
  }
  pixSubtract(ink, ink, gone.get());
  // Letters around the seal's edge do not stand on the line's base.
  for (const PixelBox& blob : blobs_in(ink, place)) {
    const auto line = line_at((blob.y0 + blob.y1) / 2);
    const double x = (blob.x0 + blob.x1) / 2.0 - seal.x, y = (blob.y0 + blob.y1) / 2.0 - seal.y;
    if (line == lines.end() || std::hypot(x, y) > reach) continue;
    if (blob.x0 <= place.x0 || blob.x1 >= place.x1) continue;
    const bool off_line = blob.height() >= 1.3 * unit && blob.height() <= 4 * unit &&
                          blob.width() <= 4.5 * unit && std::abs(blob.y1 - line->base) > 0.6 * unit;
    if (!off_line && !is_arc(ink, blob, unit)) continue;
    for (int py = blob.y0; py < blob.y1; ++py) {
      for (int px = blob.x0; px < blob.x1; ++px) {
        if (ink_at(ink, px, py)) drop(px, py);
      }
    }
  }
  pixSubtract(ink, ink, gone.get());
  // A ring's grey edges go with it.
  PixPointer wide = take(pixDilateBrick(nullptr, gone.get(), 5, 5));
  const PixPointer kept = take(pixDilateBrick(nullptr, ink, 3, 3));
  pixSubtract(wide.get(), wide.get(), kept.get());
  pixSetMasked(grey, wide.get(), 255);
  pixSetMasked(grey, gone.get(), 255);
}

PixelBox signature_block(Pix* ink, const FoundSeal& seal, double dpi) {
  const double unit = dpi / kInch;
  const int width = pixGetWidth(ink), height = pixGetHeight(ink);
  const auto clamp_y = [&](double y) { return std::clamp(static_cast<int>(y), 0, height); };
  const int corridor = std::max(2, static_cast<int>(2 * unit)),
            dust = std::max(1, static_cast<int>(0.3 * unit));
  // From the seal's left edge leftwards: the first corridor that is white beside the whole seal.
  const int top = clamp_y(seal.y - 0.8 * seal.radius), bottom = clamp_y(seal.y + 0.9 * seal.radius);
  const int from = std::min(width - 1, static_cast<int>(seal.x)),
            to = std::max(0, static_cast<int>(seal.x - seal.radius - 35 * unit));
  // What is left of the seal stands in nobody's way.
  const double disc = seal.radius + kBand * unit;
  const auto inked = [&](int x0, int x1, int y0, int y1) {
    int count = 0;
    for (int y = y0; y < y1; ++y) {
      for (int x = x0; x < x1; ++x) {
        if (ink_at(ink, x, y) && std::hypot(x - seal.x, y - seal.y) > disc) ++count;
      }
    }
    return count;
  };
  int white = 0, left = -1;
  for (int x = from; x >= to; --x) {
    if (inked(x, x + 1, top, bottom) > dust) {
      if (left >= 0) break;
      white = 0;
    } else if (++white >= corridor && x < seal.x - 0.8 * seal.radius) {
      left = x;  // the corridor's far side: titles are wider than the seal
    }
  }
  if (left < 0) return {};
  left += corridor / 3;
  // As wide as it is here at least, and no further than a signature block is high.
  int y0 = top, y1 = bottom;
  const int highest = clamp_y(seal.y - seal.radius - 25 * unit),
            lowest = clamp_y(seal.y + seal.radius + 20 * unit);
  while (y0 > highest && inked(left, left + corridor, y0 - 1, y0) == 0) --y0;
  while (y1 < lowest && inked(left, left + corridor, y1, y1 + 1) == 0) ++y1;
  // Lines of print are not cut.
  const auto between_lines = [&](int y, int way) {
    const int room = static_cast<int>(8 * unit);
    for (int d = 0; d < room && y + way * d > 0 && y + way * d < height; ++d) {
      if (inked(left, width, y + way * d, y + way * d + 1) == 0) return y + way * d;
    }
    return y;
  };
  y0 = between_lines(y0, 1);
  y1 = between_lines(y1, -1);
  // Where a pen's stroke leaves no white row a line of print must not be cut either.
  const auto uncut = [&](int y, bool up) {
    const PixelBox around{left, clamp_y(y - 6 * unit), width, clamp_y(y + 6 * unit)};
    for (const PrintLine& line : printed_lines(ink, around, dpi)) {
      if (line.box.y0 < y && y < line.base && line.box.y0 > around.y0)
        return up ? std::max(0, line.top) : std::min(height, line.bottom);
    }
    return y;
  };
  y0 = uncut(y0, true);
  y1 = uncut(y1, false);
  if (y1 - y0 < seal.radius) return {};
  return {left, y0, width, y1};
}

}  // namespace vanban::read
