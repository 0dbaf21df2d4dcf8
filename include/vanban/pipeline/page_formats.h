// A document's pages as ALTO 4 XML and as hOCR: blocks, lines and words in reading order with their boxes,
// for the tools of libraries and archives. What the layout leaves out of the text (page numbers, running
// heads, stamps) stands behind the text of its page, marked as such.

#ifndef VANBAN_PIPELINE_PAGE_FORMATS_H_
#define VANBAN_PIPELINE_PAGE_FORMATS_H_

#include <string>
#include <vector>

#include "vanban/doc/laid_out_text.h"
#include "vanban/doc/raw_document.h"

namespace vanban {

struct PageWord {
  std::string text;
  Box box;  // points, origin top left
  double confidence = 1;
};
struct PageLine {
  std::vector<PageWord> words;
  Box box;
};
// One paragraph, one table cell, or one piece of page furniture.
struct PageBlock {
  std::vector<PageLine> lines;
  Box box;
  std::size_t table = 0;  // number of the table whose cell this is, from 1; 0: none
  bool furniture = false;
};
struct PageView {
  int number = 0;
  double width = 0, height = 0;  // points
  double confidence = 1;
  std::vector<PageBlock> blocks;  // in reading order, furniture last
};

// `text` must have been laid out from `raw`. A flow or plain text has no pages. Cost: O(n log n) in words.
std::vector<PageView> pages_in_order(const RawDocument& raw, const LaidOutText& text);

// `name`: of the input, for the reader of the file. ALTO 4.4, places in 1/1200 inch.
std::string to_alto(const std::vector<PageView>& pages, const std::string& name);
// hOCR 1.2 (XHTML), places in pixels at 300 dpi.
std::string to_hocr(const std::vector<PageView>& pages, const std::string& name);

}  // namespace vanban

#endif  // VANBAN_PIPELINE_PAGE_FORMATS_H_
