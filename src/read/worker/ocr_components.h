// The connected parts of an image's ink.

#ifndef VANBAN_SRC_READ_WORKER_OCR_COMPONENTS_H_
#define VANBAN_SRC_READ_WORKER_OCR_COMPONENTS_H_

#include <vector>

#include "read/worker/pix.h"
#include "read/worker/pixel_box.h"

namespace vanban::read {

// One box for each part of a 1-bit image whose pixels touch; `connectivity`: 4 (sides) or 8 (corners too).
std::vector<PixelBox> components_of(Pix* ink, int connectivity);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_COMPONENTS_H_
