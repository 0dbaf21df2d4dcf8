// Collects drawn lines and joins the pieces that table borders are drawn of.

#ifndef VANBAN_SRC_READ_WORKER_RULINGS_H_
#define VANBAN_SRC_READ_WORKER_RULINGS_H_

#include <vector>

#include "vanban/doc/raw_document.h"

namespace vanban::read {

class RulingCollector {
 public:
  // A stroked line; kept if it is horizontal or vertical.
  void add_line(double x0, double y0, double x1, double y1);
  // A filled rectangle; kept if it is thin.
  void add_filled(const Box& box);
  bool full() const { return horizontal_.size() + vertical_.size() >= kMost; }

  // Joined, cut to the page, without the very short ones; horizontal ones first, top to bottom.
  std::vector<Ruling> joined(double page_width, double page_height);

 private:
  static constexpr std::size_t kMost = 200'000;
  struct Piece {
    double across, from, to;  // across: y of a horizontal piece, x of a vertical one
  };
  static void join(std::vector<Piece>& pieces);
  std::vector<Piece> horizontal_, vertical_;
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_RULINGS_H_
