// OCR of one page image: Leptonica and Tesseract behind one call.

#ifndef VANBAN_SRC_READ_WORKER_OCR_H_
#define VANBAN_SRC_READ_WORKER_OCR_H_

#include <functional>
#include <string>

#include "vanban/base/result.h"
#include "vanban/doc/raw_document.h"

struct Pix;

namespace vanban::read {

struct OcrSettings {
  std::string languages = "vie";
  double seconds = 60;             // for this page; afterwards recognition stops by itself: kTimeout
  bool straighten = true;          // false: places stay where the image has them, even if it is tilted
  std::function<void()> progress;  // called now and then from inside; may be empty
};

// Recognises `image` (any depth; stays the caller's) that shows a page at `dpi`. The page's size and all
// places are in points of the straightened page: pixels * 72 / dpi. Its number is 0. The engine is kept for
// the next call with the same languages. Errors: kSetup (no language data, naming the package), kTimeout,
// kLimitExceeded, kOutOfMemory.
Result<RawPage> recognise(Pix* image, double dpi, const OcrSettings& settings);

// Engine, libraries and language data, by their content: what a remembered result holds for. Errors: kSetup.
Result<std::string> ocr_identity(const std::string& languages);

// "tesseract 5.3.0".
std::string ocr_engine_name();

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_H_
