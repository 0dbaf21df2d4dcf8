// What poppler-cpp does not tell of a PDF page: drawn lines, images, and text that is written invisibly. Read
// from the content streams with qpdf.

#ifndef VANBAN_SRC_READ_WORKER_PDF_CONTENT_H_
#define VANBAN_SRC_READ_WORKER_PDF_CONTENT_H_

#include <bitset>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vanban/base/limits.h"
#include "vanban/base/result.h"
#include "vanban/doc/raw_document.h"

class QPDF;
class QPDFPageObjectHelper;

namespace vanban::read {

// Where a piece of text was shown: the place of its first glyph's origin, on the page as shown.
struct ShownText {
  double x = 0, y = 0;
  bool invisible = false;
};

// Which parts of a page something covers, coarsely.
class PageGrid {
 public:
  PageGrid(double width, double height) : width_(width), height_(height) {}
  void cover(const Box& box);
  bool covers(double x, double y) const;
  double share() const { return static_cast<double>(cells_.count()) / static_cast<double>(kSide * kSide); }
  void remove(const PageGrid& other) { cells_ &= ~other.cells_; }

 private:
  static constexpr std::size_t kSide = 64;
  double width_, height_;
  std::bitset<kSide * kSide> cells_;
};

struct PageContent {
  PageContent(double width, double height) : images(width, height) {}
  PageGrid images;              // where images are
  std::vector<Ruling> rulings;  // collinear pieces joined
  double image_coverage = 0;    // 0..1
  double image_dpi = 0;         // of the largest image; 0: none
  std::vector<ShownText> shown;
  std::size_t invisible_shown = 0;
  std::size_t lost_letters = 0;   // glyphs of text fonts that give no text
  std::size_t painted_paths = 0;  // text drawn as outlines leaves many of these and no words
  bool cut = false;               // over a limit: there may be more
};

class PdfContent {
 public:
  // `bytes` must outlive the value. Errors: kDamaged, kEncrypted, kOutOfMemory.
  static Result<PdfContent> open(std::string_view bytes, const std::string& password, const Limits& limits);
  PdfContent(PdfContent&&) noexcept;
  ~PdfContent();

  int pages() const;
  QPDF& file();
  // Repairs the fonts' maps to Unicode (font_map.h). Returns the whole file with the repaired ones, or an
  // empty string if none was to be repaired; `letters` counts what was put in.
  std::string repair_fonts(int& letters);
  // `page`: 0-based. `width` and `height`: of the page as shown, in points. Errors: kDamaged.
  Result<PageContent> read(int page, double width, double height);

 private:
  PdfContent();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// From PDF's user space to the page as it is shown, in points from its top left corner: x' = a x + c y + e,
// y' = b x + d y + f.
struct Matrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
  // First *this, then `next`.
  Matrix then(const Matrix& next) const {
    return {a * next.a + b * next.c, a * next.b + b * next.d,          c * next.a + d * next.c,
            c * next.b + d * next.d, e * next.a + f * next.c + next.e, e * next.b + f * next.d + next.f};
  }
  std::pair<double, double> at(double x, double y) const { return {a * x + c * y + e, b * x + d * y + f}; }
};
Matrix page_matrix(QPDFPageObjectHelper& page);
// What of the page is shown, in user space.
Box page_box(QPDFPageObjectHelper& page);

// The file written anew from what can be saved of it. Errors: kDamaged, kEncrypted, kOutOfMemory.
Result<std::string> repair_pdf(std::string_view bytes, const std::string& password);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_PDF_CONTENT_H_
