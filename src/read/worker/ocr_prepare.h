// A page's image made ready for recognition: upright, grey, without coloured ink and black borders. What is
// done is decided from what the image shows.

#ifndef VANBAN_SRC_READ_WORKER_OCR_PREPARE_H_
#define VANBAN_SRC_READ_WORKER_OCR_PREPARE_H_

#include <vector>

#include "read/worker/ocr_stamp.h"
#include "read/worker/ocr_tables.h"
#include "read/worker/pix.h"

namespace vanban::read {

struct PreparedPage {
  PixPointer grey;  // 8 bits a pixel, black on white
  PixPointer ink;   // 1 bit, ink set; as large as `grey`
  double dpi = 300;
  double skew_degrees = 0;           // by how much the page was turned, clockwise
  std::vector<PixelBox> signatures;  // blocks to be read by themselves
  std::vector<StampedLine> stamps;   // names in red ink, which `grey` and `ink` do not show
};

// Throws std::bad_alloc. `straighten`: places must not move where it is false.
PreparedPage prepare_page(Pix* image, double dpi, bool straighten);

// The same for a page cut out of a photograph, 8 bits a pixel: its lines may be bent.
PreparedPage prepare_photographed(PixPointer grey, double dpi);

// Ink of an 8-bit image by one threshold for the whole page.
PixPointer ink_of(Pix* grey);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_PREPARE_H_
