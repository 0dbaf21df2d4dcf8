// Lines of print that the engine did not read.

#ifndef VANBAN_SRC_READ_WORKER_OCR_MISSED_H_
#define VANBAN_SRC_READ_WORKER_OCR_MISSED_H_

#include <vector>

#include "read/worker/pix.h"
#include "read/worker/pixel_box.h"

namespace vanban::read {

struct MissedLine {
  PixelBox print;   // of its letters
  PixelBox around;  // with the marks above capitals and the tails: what is to be read
};

// Places that look like a line of print: letters side by side, as high as print is, where no word in `read`
// and no drawn line (`mask`, 1 bit) stands. `ink`: 1 bit a pixel. At most a dozen, top to bottom. Cost:
// linear in the pixels. Throws std::bad_alloc.
std::vector<MissedLine> missed_lines(Pix* ink, Pix* mask, const std::vector<PixelBox>& read, double dpi);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_MISSED_H_
