// Pages as text, for tests. One thing a line, tab-separated:
//   page NUMBER WIDTH HEIGHT text|ocr
//   w X0 Y0 X1 Y1 SIZE FLAGS CONFIDENCE CELL TEXT     FLAGS: b bold, i italic, s a space follows, g none,
//   then the turn / 90 r X0 Y0 X1 Y1                                     a ruling line c X0 Y0 X1 Y1 a cell
//   that OCR found

#ifndef VANBAN_TESTS_SUPPORT_PAGE_DUMP_H_
#define VANBAN_TESTS_SUPPORT_PAGE_DUMP_H_

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "vanban/doc/raw_document.h"

namespace vanban::testing {

inline RawDocument read_page_dump(const std::string& dump) {
  RawDocument raw;
  raw.encoding = "unicode";
  std::istringstream in(dump);
  std::string line;
  while (std::getline(in, line)) {
    std::vector<std::string> f;
    std::istringstream fields(line);
    for (std::string one; std::getline(fields, one, '\t');) f.push_back(one);
    const auto number = [&](std::size_t i) { return i < f.size() ? std::atof(f[i].c_str()) : 0.0; };
    if (f.empty()) continue;
    if (f[0] == "page") {
      RawPage page;
      page.number = static_cast<int>(number(1));
      page.width = number(2);
      page.height = number(3);
      page.origin = f.size() > 4 && f[4] == "ocr" ? TextOrigin::kOcr : TextOrigin::kTextLayer;
      raw.pages.push_back(page);
    } else if (raw.pages.empty()) {
      continue;
    } else if (f[0] == "w" && f.size() > 9) {
      RawWord word;
      word.box = {number(1), number(2), number(3), number(4)};
      word.font_size = number(5);
      for (char c : f[6]) {
        if (c == 'b') word.bold = true;
        if (c == 'i') word.italic = true;
        if (c == 'g') word.space_after = false;
        if (c >= '0' && c <= '3') word.rotation = (c - '0') * 90;
      }
      word.confidence = number(7);
      word.cell = std::atoi(f[8].c_str());
      word.text = f[9];
      raw.pages.back().words.push_back(word);
    } else if (f[0] == "r") {
      raw.pages.back().rulings.push_back({number(1), number(2), number(3), number(4)});
    } else if (f[0] == "c") {
      raw.pages.back().cells.push_back({number(1), number(2), number(3), number(4)});
    }
  }
  return raw;
}

}  // namespace vanban::testing

#endif  // VANBAN_TESTS_SUPPORT_PAGE_DUMP_H_
