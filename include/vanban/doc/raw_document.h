// RawDocument: what the reader workers saw in one file, before anything is judged. Strings are UTF-8 as the
// file or OCR gave them: not normalised, legacy encodings not yet converted (normalise/ does that).
//
// A file has pages with geometry (PDF, image), or a flow of paragraphs and tables without (Markdown, DOCX,
// HTML), or plain text. Exactly one of `pages`, `flow`, `plain_text` is filled.

#ifndef VANBAN_DOC_RAW_DOCUMENT_H_
#define VANBAN_DOC_RAW_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/diagnostic.h"
#include "vanban/doc/geometry.h"

namespace vanban {

enum class TextOrigin : std::uint8_t { kPlain, kTextLayer, kOcr, kMixed };

struct RawWord {
  std::string text;     // one word, no white space inside
  std::string read_as;  // what OCR read, where `text` was repaired (normalise/ocr_repair.h); empty otherwise
  Box box;
  std::string font;      // base font name without subset prefix; empty from OCR
  double font_size = 0;  // points; from OCR the estimated one
  bool bold = false;
  bool italic = false;
  bool invisible = false;   // text render mode 3, or off the page
  int rotation = 0;         // degrees clockwise: 0, 90, 180, 270
  bool space_after = true;  // a space separates it from the next word of the same line
  double confidence = 1;    // OCR's, 0..1; 1 for a text layer
  int line = -1;            // OCR's or the text layer's own line number in the page; -1 unknown
  int cell = -1;            // index into RawPage::cells if OCR recognised this word inside one; else -1

  // Writes another text; the first one that OCR read stays in `read_as`.
  void rewrite(std::string better) {
    std::swap(text, better);
    if (read_as.empty()) read_as = std::move(better);
  }

  friend bool operator==(const RawWord&, const RawWord&) = default;
};

// A drawn horizontal or vertical line (a thin filled rectangle counts as one).
struct Ruling {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool horizontal() const { return y1 - y0 <= x1 - x0; }
  friend bool operator==(const Ruling&, const Ruling&) = default;
};

struct RawPage {
  int number = 0;                // 1-based
  double width = 0, height = 0;  // points, as shown
  TextOrigin origin = TextOrigin::kTextLayer;
  std::vector<RawWord> words;  // in the file's own order
  std::vector<Ruling> rulings;
  std::vector<Box> cells;               // table cells that OCR found from ruling lines; may be empty
  double image_coverage = 0;            // share of the page that images cover, 0..1
  std::size_t unmapped_characters = 0;  // glyphs of the text layer without a Unicode value
  double mean_confidence = 1;           // OCR's over the page's words, weighted by length
  double skew_degrees = 0;              // what OCR straightened
  std::optional<Error> error;           // this page could not be read: why
};

// text[begin, end) is set in this font. Legacy encodings (".VnTime", "VNI-Times") are told by fonts.
struct FlowRun {
  std::size_t begin = 0, end = 0;  // bytes, at code points
  std::string font;

  friend bool operator==(const FlowRun&, const FlowRun&) = default;
};

struct FlowCell {
  std::string text;  // paragraphs separated by '\n'
  int colspan = 1, rowspan = 1;
  bool header = false;
  std::vector<FlowRun> runs{};  // ordered, not overlapping; empty: the format names no fonts
};

struct FlowBlock {
  enum class Kind : std::uint8_t { kParagraph, kTable, kFootnote, kPageBreak };
  Kind kind = Kind::kParagraph;
  std::string text;        // kParagraph, kFootnote
  std::string list_label;  // numbering that the word processor generates ("1.", "a)", "-"); not in `text`
  bool bold = false, italic = false, centred = false;
  int heading_level = 0;                    // 1..6 for headings; 0 otherwise
  std::vector<std::vector<FlowCell>> rows;  // kTable
  std::vector<FlowRun> runs;  // of `text`: ordered, not overlapping; empty: the format names no fonts
};

struct OcrInfo {
  std::string engine;     // "tesseract 5.3.0"
  std::string languages;  // "vie"
  double mean_confidence = 0;
};

struct RawDocument {
  std::string media_type;  // by content: "application/pdf", "image/tiff", "text/plain", "text/markdown", ...
  std::string encoding;  // of the bytes: "utf-8", "utf-16le", ...; of a PDF: "unicode" until normalise looks
  std::uint64_t bytes = 0;
  std::string sha256;  // lower-case hex, of the bytes that were read
  std::vector<RawPage> pages;
  std::vector<FlowBlock> flow;
  std::string plain_text;
  bool damaged = false;  // repaired while reading
  std::optional<OcrInfo> ocr;
  Diagnostics diagnostics;
};

}  // namespace vanban

#endif  // VANBAN_DOC_RAW_DOCUMENT_H_
