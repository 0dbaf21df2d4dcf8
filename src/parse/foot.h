// The foot (phần cuối): recipients (nơi nhận) and signature, which stand side by side and come in any order.

#ifndef VANBAN_SRC_PARSE_FOOT_H_
#define VANBAN_SRC_PARSE_FOOT_H_

#include <string>
#include <string_view>
#include <vector>

#include "parse/lines.h"
#include "parse/shapes.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/document_types.h"

namespace vanban::parse {

enum class FootRole : std::uint8_t { kRecipients, kSignature };

struct Foot {
  std::size_t end = 0;          // first line behind it; `from`: there is no foot
  std::vector<FootRole> roles;  // of lines [from, end); footnotes between keep their kind
  std::string recipients;       // items joined with ";"
  std::vector<std::string> titles;  // lines in capitals: "TM. CHÍNH PHỦ", "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"
  std::string name;
  std::string
      unsure_name;      // stands where the name does, and begins with no family name: read by OCR, left out
  bool mended = false;  // title or name is not what OCR read, but the one that fits
  bool signed_here() const { return !titles.empty() || !name.empty(); }
  // Titles and name of another one; recipients and lines stay.
  void sign_as(const Foot& other);
};

// `ocr`: the lines were read by OCR; a title or a name that it misread is put right where one reading fits.
Foot read_foot(const std::vector<Line>& lines, std::size_t from, bool ocr, const Shapes& shapes,
               const DocumentTypes& types);

// The signer that the lines tell of. "KT. BỘ TRƯỞNG, CHỦ NHIỆM" / "PHÓ CHỦ NHIỆM": authority KT, title "Phó
// Chủ nhiệm", on_behalf_of "Bộ trưởng, Chủ nhiệm".
Signer signer_of(const Foot& foot, const Shapes& shapes, const Agencies& agencies);

bool is_name(std::string_view text, const Shapes& shapes);

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_FOOT_H_
