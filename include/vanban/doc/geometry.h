// Places on a page. Unit: PDF points (1/72 inch); origin: top left of the page as it is shown (after
// /Rotate).

#ifndef VANBAN_DOC_GEOMETRY_H_
#define VANBAN_DOC_GEOMETRY_H_

namespace vanban {

struct Box {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;  // x0 <= x1, y0 <= y1

  double width() const { return x1 - x0; }
  double height() const { return y1 - y0; }
  double centre_x() const { return (x0 + x1) / 2; }
  double centre_y() const { return (y0 + y1) / 2; }
  bool empty() const { return x1 <= x0 || y1 <= y0; }
  void include(const Box& other) {
    if (other.x0 < x0) x0 = other.x0;
    if (other.y0 < y0) y0 = other.y0;
    if (other.x1 > x1) x1 = other.x1;
    if (other.y1 > y1) y1 = other.y1;
  }
  friend bool operator==(const Box&, const Box&) = default;
};

// A box on a page (1-based).
struct PageBox {
  int page = 0;
  Box box;
  friend bool operator==(const PageBox&, const PageBox&) = default;
};

}  // namespace vanban

#endif  // VANBAN_DOC_GEOMETRY_H_
