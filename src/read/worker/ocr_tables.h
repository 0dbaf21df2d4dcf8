// Ruling lines of a page's image, and the cells that they enclose.

#ifndef VANBAN_SRC_READ_WORKER_OCR_TABLES_H_
#define VANBAN_SRC_READ_WORKER_OCR_TABLES_H_

#include <vector>

#include "read/worker/pix.h"
#include "read/worker/pixel_box.h"

namespace vanban::read {

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

// The smaller cells whose boxes reach into that of cells[index]: where a line between two cells is broken the
// white of a cell is no rectangle, and its box holds the print of others. Cost: linear in the cells.
std::vector<PixelBox> cells_inside(const std::vector<PixelBox>& cells, std::size_t index, double dpi);

// The cell as far as the middle of the lines around it, so that neighbours share their edges: a line that
// leans has a box some millimetres wide. Cost: linear in the lines.
PixelBox to_middles(const PixelBox& cell, const FoundLines& lines);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_TABLES_H_
