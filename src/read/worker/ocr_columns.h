// What a table's columns say about their short cells: ordinals count on, texts come again.

#ifndef VANBAN_SRC_READ_WORKER_OCR_COLUMNS_H_
#define VANBAN_SRC_READ_WORKER_OCR_COLUMNS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "read/worker/pixel_box.h"

namespace vanban::read {

// One recognition of a cell; several recognise the same place from differently prepared images.
struct CellReading {
  std::string text;
  double confidence = 0;  // 0..1
};

struct ShortCell {
  PixelBox box;
  std::vector<CellReading> readings;  // empty: the cell holds more than a few letters, or nothing
};

struct SettledCell {
  std::string text;  // empty: nothing was read
  double confidence = 0;
  std::string read_as;  // the best single reading, where the column made `text` another one; else empty
};

// The text of each cell of one table, in the order given (top to bottom, then left to right).
//
// The readings of a cell vote. In a column whose texts come again ("%", "VPCP") a reading seen in other cells
// weighs more, as long as it holds no digit. In the leftmost column, if it counts (1. 2. 2.1. I II a b), a
// doubtful reading is settled where exactly one ordinal follows what stands above, leads to what stands below
// and resembles what was read; readings that agree and are sure stay as they are. Where readings disagree on
// a digit and no sequence decides, the confidence is 0.5 at most. Linear in the number of cells.
std::vector<SettledCell> settle_columns(const std::vector<ShortCell>& cells, double dpi);

// A cell that was read as no figure ("ö0", "Sổ") in a column of figures ("100", "95", "93,75").
struct MisreadFigure {
  std::size_t cell = 0;
  std::vector<std::size_t> above, below;  // the nearest cells that were read as figures, at most two each
};

// The leftmost column is left out. They are worth another reading among their neighbours: a digit by itself
// gives the engine little to go by.
std::vector<MisreadFigure> misread_figures(const std::vector<ShortCell>& cells,
                                           const std::vector<SettledCell>& settled, double dpi);

// Takes `figures`, one reading by digits only each, for what such a cell holds where two of them agree and
// they resemble what was read; the confidence is then that of a doubtful digit. True if it did.
bool settle_figure(const std::vector<std::string>& figures, SettledCell& settled);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_COLUMNS_H_
