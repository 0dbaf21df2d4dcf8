// A rectangle of an image.

#ifndef VANBAN_SRC_READ_WORKER_PIXEL_BOX_H_
#define VANBAN_SRC_READ_WORKER_PIXEL_BOX_H_

namespace vanban::read {

// Pixels; x1 and y1 are outside.
struct PixelBox {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  int width() const { return x1 - x0; }
  int height() const { return y1 - y0; }
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_PIXEL_BOX_H_
