// Two blocks of print side by side: the heads of a document (cơ quan ban hành | quốc hiệu), and the recipients
// beside the signature (Nơi nhận | chức vụ, họ tên).

#ifndef VANBAN_SRC_READ_WORKER_OCR_BESIDE_H_
#define VANBAN_SRC_READ_WORKER_OCR_BESIDE_H_

#include <vector>

#include "read/worker/ocr_tables.h"
#include "read/worker/pix.h"

namespace vanban::read {

// Pixels; both as high as the white corridor between them.
struct SideBySide {
  PixelBox left, right;
};

// Top to bottom. `ink`: 1 bit a pixel, of a straightened page. Tables are left out, and what has less than
// two lines on a side. Cost: linear in the pixels. Throws std::bad_alloc.
std::vector<SideBySide> side_by_side(Pix* ink, const FoundLines& lines, double dpi);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_BESIDE_H_
