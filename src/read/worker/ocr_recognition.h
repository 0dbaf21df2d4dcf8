// One page on its way through the OCR engine: its text, its tables cell by cell, and second looks.

#ifndef VANBAN_SRC_READ_WORKER_OCR_RECOGNITION_H_
#define VANBAN_SRC_READ_WORKER_OCR_RECOGNITION_H_

#include <tesseract/baseapi.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "read/worker/ocr.h"
#include "read/worker/ocr_columns.h"
#include "read/worker/ocr_prepare.h"
#include "read/worker/ocr_tables.h"
#include "read/worker/pix.h"

namespace vanban::read {

// Tesseract's progress callback: told several times a second.
struct Watch {
  std::chrono::steady_clock::time_point deadline;
  const std::function<void()>* progress = nullptr;
  bool late = false;
};

// One page on its way through the engine.
class Recognition {
 public:
  Recognition(tesseract::TessBaseAPI& api, const PreparedPage& prepared, const OcrSettings& settings)
      : api_(api),
        prepared_(prepared),
        watch_{std::chrono::steady_clock::now() +
                   std::chrono::milliseconds(static_cast<long long>(settings.seconds * 1000)),
               &settings.progress} {}

  RawPage run();
  double sureness_of(Pix* sample);  // of a part of a page, read as one block
  bool late() const { return watch_.late; }

 private:
  using Words = std::vector<RawWord>;
  Words recognise_part(Pix* image, tesseract::PageSegMode mode, int left, int top);
  Words collect_words(int left, int top);
  Words recognise_cut(Pix* source, const PixelBox& box, tesseract::PageSegMode mode,
                      const std::vector<PixelBox>& others = {});
  std::vector<std::string> figures_among(const MisreadFigure& misread, const std::vector<ShortCell>& cells);
  void recognise_table(const FoundTable& table);
  std::vector<Words> recognise_cell(const PixelBox& box, const std::vector<PixelBox>& others);
  void read_enlarged(const PixelBox& ink, std::vector<Words>& readings);
  Words read_signature(Pix* image, const PixelBox& box);
  void reconsider_blocks(Pix* image, Words& words);
  void reconsider_lines(Words& words);
  void reread_numbers(Words& words);
  void read_missed_lines(Pix* image, Words& words);
  void part_marks(Words& words);
  void keep(Words words, int cell);

  tesseract::TessBaseAPI& api_;
  const PreparedPage& prepared_;
  Watch watch_;
  PixPointer black_;  // the page's ink alone, 8 bits a pixel, once a second opinion is asked for
  FoundLines lines_;
  RawPage page_;
  int line_ = -1;
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_RECOGNITION_H_
