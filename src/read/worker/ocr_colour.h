// Coloured ink on black print: seals, signatures, stamps.

#ifndef VANBAN_SRC_READ_WORKER_OCR_COLOUR_H_
#define VANBAN_SRC_READ_WORKER_OCR_COLOUR_H_

#include "read/worker/pix.h"

namespace vanban::read {

// 8 bits a pixel: the image without coloured ink, or simply grey where it has none or is printed in colour.
// Cost: linear in the pixels. Throws std::bad_alloc.
PixPointer grey_of(Pix* image);

// Red ink, 1 bit a pixel: a seal's, and that of a stamped name (ocr_stamp.h). Null where `grey_of` drops no
// colour. Throws std::bad_alloc.
PixPointer red_ink_of(Pix* image);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_COLOUR_H_
