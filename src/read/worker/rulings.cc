#include "read/worker/rulings.h"

#include <algorithm>
#include <cmath>

namespace vanban::read {
namespace {

constexpr double kThickest = 3.5;   // points; a filled rectangle that is thicker is a background
constexpr double kAskew = 0.7;      // how far the ends of a straight line may differ
constexpr double kSameLine = 0.75;  // pieces this close across belong to one line
constexpr double kGap = 1.6;        // Word leaves corner squares out between cell borders
constexpr double kShortest = 4;     // after joining; shorter: a stroke of a letter, a dot

}  // namespace

void RulingCollector::add_line(double x0, double y0, double x1, double y1) {
  if (full()) return;
  if (std::abs(y1 - y0) <= kAskew && std::abs(x1 - x0) > std::abs(y1 - y0)) {
    horizontal_.push_back({(y0 + y1) / 2, std::min(x0, x1), std::max(x0, x1)});
  } else if (std::abs(x1 - x0) <= kAskew) {
    vertical_.push_back({(x0 + x1) / 2, std::min(y0, y1), std::max(y0, y1)});
  }
}

void RulingCollector::add_filled(const Box& box) {
  if (full()) return;
  if (box.height() <= kThickest && box.width() > box.height()) {
    horizontal_.push_back({box.centre_y(), box.x0, box.x1});
  } else if (box.width() <= kThickest) {
    vertical_.push_back({box.centre_x(), box.y0, box.y1});
  }
}

void RulingCollector::join(std::vector<Piece>& pieces) {
  // Lines are told apart by sorting on `across` alone first: neighbours closer than kSameLine get one value,
  // but a chain of near lines may not drift further than that.
  std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.across < b.across; });
  double anchor = -1e18;
  for (Piece& piece : pieces) {
    if (piece.across - anchor > kSameLine) anchor = piece.across;
    piece.across = anchor;
  }
  std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
    return a.across != b.across ? a.across < b.across : a.from != b.from ? a.from < b.from : a.to < b.to;
  });
  std::vector<Piece> joined;
  for (const Piece& piece : pieces) {
    if (!joined.empty() && joined.back().across == piece.across && piece.from <= joined.back().to + kGap) {
      joined.back().to = std::max(joined.back().to, piece.to);
    } else {
      joined.push_back(piece);
    }
  }
  pieces = std::move(joined);
}

std::vector<Ruling> RulingCollector::joined(double page_width, double page_height) {
  join(horizontal_);
  join(vertical_);
  std::vector<Ruling> rulings;
  const auto keep = [&](std::vector<Piece>& pieces, double across_limit, double along_limit,
                        bool horizontal) {
    for (const Piece& piece : pieces) {
      const double from = std::max(piece.from, 0.0), to = std::min(piece.to, along_limit);
      if (to - from < kShortest || piece.across < -1 || piece.across > across_limit + 1) continue;
      rulings.push_back(horizontal ? Ruling{from, piece.across, to, piece.across}
                                   : Ruling{piece.across, from, piece.across, to});
    }
  };
  keep(horizontal_, page_height, page_width, true);
  keep(vertical_, page_width, page_height, false);
  horizontal_.clear();
  vertical_.clear();
  return rulings;
}

}  // namespace vanban::read
