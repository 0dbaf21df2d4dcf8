// A round seal in black (a scan or a copy without colour) over the signature block: found by its ring, and
// taken off the print that it covers.

#ifndef VANBAN_SRC_READ_WORKER_OCR_SEAL_H_
#define VANBAN_SRC_READ_WORKER_OCR_SEAL_H_

#include <vector>

#include "read/worker/ocr_tables.h"
#include "read/worker/pix.h"

namespace vanban::read {

// Pixels.
struct FoundSeal {
  double x = 0, y = 0, radius = 0;
};

// The seals (dấu tròn: 30 to 45 mm across) in `ink`, 1 bit a pixel, of a straightened page. A ring must be
// there for most of its way, with little print around it. Cost: linear in the large blobs of ink.
std::vector<FoundSeal> find_seals(Pix* ink, double dpi);

// Erases a seal from both images (of one size): its rings, and what stands inside outside the lines of print
// that go on to its right. Strokes that cross a ring stay.
void remove_seal(Pix* grey, Pix* ink, const FoundSeal& seal, double dpi);

// The signature block that a removed seal stood on: to the right of the white corridor beside the recipients
// (Nơi nhận), down and up as far as that goes. Empty (x1 <= x0) where there is no corridor.
PixelBox signature_block(Pix* ink, const FoundSeal& seal, double dpi);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_SEAL_H_
