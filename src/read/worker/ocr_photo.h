// A photograph of paper that lies on something darker: the paper cut out, made rectangular, and two facing
// pages parted.

#ifndef VANBAN_SRC_READ_WORKER_OCR_PHOTO_H_
#define VANBAN_SRC_READ_WORKER_OCR_PHOTO_H_

#include <vector>

#include "read/worker/pix.h"

namespace vanban::read {

// The pages that `grey` (8 bits a pixel) shows, left to right; none if it is no such photograph: a scan,
// whose paper reaches the image's edges. Throws std::bad_alloc.
std::vector<PixPointer> pages_of_photograph(Pix* grey);

// Lines of print that the paper's curve bends made straight; the image itself where it shows no such lines.
PixPointer dewarped(PixPointer grey);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_PHOTO_H_
