// Marks of footnotes (dấu chú thích): small raised digits at the end of a word. The engine reads them as what
// they are not: "phủ!" for "phủ¹", "0619" for "06¹⁶".

#ifndef VANBAN_SRC_READ_WORKER_OCR_MARKS_H_
#define VANBAN_SRC_READ_WORKER_OCR_MARKS_H_

#include <optional>
#include <string>
#include <string_view>

#include "read/worker/pix.h"
#include "read/worker/pixel_box.h"

namespace vanban::read {

// Whether the word ends, before its stops, with a digit or with what a raised digit is misread as.
bool may_have_mark(std::string_view word);

// The raised signs at the end of a word's print.
struct RaisedEnd {
  PixelBox box;           // in the page's pixels
  std::size_t count = 0;  // of signs: 1 to 3
};

// `ink`: the page, 1 bit; `word`: where the word stands; `em`: the size of its print in pixels. Nothing: its
// end stands on the line as the rest of it does. Cost: linear in the pixels of the word.
std::optional<RaisedEnd> raised_end(Pix* ink, const PixelBox& word, double em);

// "phủ!." and one sign -> "phủ", "."; "0619." and two -> "06", ".". Nothing: the text does not hold so many.
struct MarkedWord {
  std::string word, stops;
};
std::optional<MarkedWord> without_mark(std::string_view text, std::size_t signs);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_OCR_MARKS_H_
