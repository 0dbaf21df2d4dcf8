// Footnotes (chú thích cuối trang) of plain text: they interrupt the body at every page's end.

#ifndef VANBAN_LAYOUT_PLAIN_FOOTNOTES_H_
#define VANBAN_LAYOUT_PLAIN_FOOTNOTES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "layout/plain_lines.h"

namespace vanban::layout {

struct Footnote {
  std::string label;      // "1"
  std::string text;       // "1 Quyết định số 110/QĐ-TTg …", lines joined
  std::size_t after = 0;  // number of lines kept before it
};

// Takes the footnotes out of `lines` and marks, in the lines that stay, where each was cited (kMarkBegin,
// kMarkEnd). A footnote is a line that begins with the next number while that number stands as a mark in the
// text before:
// "[1] …" with "[1]", "3 Gồm: …" with "101 văn bản3". Page numbers that this leaves bare are taken out too.
std::vector<Footnote> take_footnotes(Lines& lines);

}  // namespace vanban::layout

#endif  // VANBAN_LAYOUT_PLAIN_FOOTNOTES_H_
