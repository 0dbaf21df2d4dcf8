// Lines of print among ink that is none: a signature's strokes, what is left of a seal.

#ifndef VANBAN_SRC_READ_WORKER_OCR_PRINT_LINES_H_
#define VANBAN_SRC_READ_WORKER_OCR_PRINT_LINES_H_

#include <vector>

#include "read/worker/pix.h"
#include "read/worker/pixel_box.h"

namespace vanban::read {

struct PrintLine {
  int top = 0, base = 0, bottom = 0;  // with its marks; where its letters stand
  PixelBox box;                       // of its letters alone
  std::size_t letters = 0;
};

// The lines that stand on these boxes of letters: such whose feet are at one height. `least_width`: of a
// line's letters together. Top to bottom; a line in two columns is one. Cost: that of sorting the letters.
std::vector<PrintLine> lines_on_one_base(std::vector<PixelBox> letters, double least_width, double dpi);

// The lines of print in a part of `ink` (1 bit a pixel): four letters or more side by side on one base, none
// further from the next than words are. Lines that touch each other are apart here. Cost: linear in the
// part's pixels. Throws std::bad_alloc.
std::vector<PrintLine> printed_lines(Pix* ink, const PixelBox& part, double dpi);

// One of those lines as an image of 8 bits a pixel whose left upper corner is `left`, `top` of `ink`: its
// letters and their marks, and nothing else that stands there.
struct LineAlone {
  PixPointer image;
  int left = 0, top = 0;
};
LineAlone drawn_alone(Pix* ink, const PrintLine& line, double dpi);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_PRINT_LINES_H_
