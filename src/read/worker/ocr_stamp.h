// A name stamped in the seal's red below or beside the seal, a title above it: ink that the page is read
// without.

#ifndef VANBAN_SRC_READ_WORKER_OCR_STAMP_H_
#define VANBAN_SRC_READ_WORKER_OCR_STAMP_H_

#include <vector>

#include "read/worker/pix.h"
#include "read/worker/pixel_box.h"

namespace vanban::read {

struct StampedLine {
  PixPointer image;  // 8 bits a pixel, black on white, levelled, with white around
  PixelBox place;    // of its ink in the page
};

// Lines of red print outside of a red seal's ring: from a little above the seal's middle to two fingers below
// it, to the right of its left edge; and lines over its upper edge. `red`: 1 bit a pixel, of a straightened
// page. Cost: linear in the pixels. Throws std::bad_alloc.
std::vector<StampedLine> stamped_lines(Pix* red, double dpi);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_STAMP_H_
