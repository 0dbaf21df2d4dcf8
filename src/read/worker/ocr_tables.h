// Ruling lines of a page's image, and the cells that they enclose.

#ifndef VANBAN_SRC_READ_WORKER_OCR_TABLES_H_
#define VANBAN_SRC_READ_WORKER_OCR_TABLES_H_

#include <vector>

#include "read/worker/pix.h"

namespace vanban::read {

// Pixels; x1 and y1 are outside.
struct PixelBox {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  int width() const { return x1 - x0; }
  int height() const { return y1 - y0; }
};

struct FoundTable {
  PixelBox box;                 // with its lines
  std::vector<PixelBox> cells;  // inside of the lines, top to bottom, then left to right
};

struct FoundLines {
  std::vector<PixelBox> horizontal, vertical;
  std::vector<FoundTable> tables;
  PixPointer mask;  // the lines' pixels, a little wider; as large as the page
};

// `ink`: 1 bit a pixel, of a straightened page. Throws std::bad_alloc.
FoundLines find_lines(Pix* ink, double dpi);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_TABLES_H_
