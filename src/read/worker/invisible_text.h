// Words that a page shows as an image, as text that is there but not painted (text render mode 3): it can be
// searched, marked and copied.

#ifndef VANBAN_SRC_READ_WORKER_INVISIBLE_TEXT_H_
#define VANBAN_SRC_READ_WORKER_INVISIBLE_TEXT_H_

#include <map>
#include <string>
#include <vector>

#include "read/worker/pdf_content.h"
#include "vanban/doc/raw_document.h"

class QPDF;
class QPDFObjectHandle;

namespace vanban::read {

// A font whose glyphs are all empty, one for each character that is used: half as wide as high, 0.8 of it
// above the line. Its map gives every glyph back as its character.
class InvisibleFont {
 public:
  // Gives the words' characters their glyphs; those of one document go into one font.
  void see(const RawWord& word);
  // The word in the font's codes, as a hexadecimal string of a content stream; `count`: how many.
  std::string coded(const std::string& text, std::size_t& count) const;
  bool empty() const { return glyphs_.empty(); }
  // The font's objects, put into `pdf`.
  QPDFObjectHandle make(QPDF& pdf) const;

  static constexpr double kAscent = 0.8, kDescent = 0.2, kAdvance = 0.5;
  static constexpr std::size_t kMostGlyphs = 60'000;

 private:
  std::string to_unicode() const;
  std::map<char32_t, unsigned> glyphs_;  // from 1
};

// The content stream that writes `words` (boxes in points, origin top left) with the font named `font`.
// `to_paper`: from the boxes' coordinates into the page's user space. Words of a line share their height, so
// that a viewer marks the line as one.
std::string invisible_text(const std::vector<RawWord>& words, const InvisibleFont& font,
                           const std::string& font_name, const Matrix& to_paper);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_INVISIBLE_TEXT_H_
