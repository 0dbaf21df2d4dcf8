// The head (phần đầu) of a document or of one attached to it: issuing body, motto, number, place and date,
// type, subject, addressees. Each line is known by what it is, not by where it stands: a PDF gives the two
// columns one after the other, line by line, or mixed.

#ifndef VANBAN_SRC_PARSE_HEAD_H_
#define VANBAN_SRC_PARSE_HEAD_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parse/lines.h"
#include "parse/shapes.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/document_types.h"

namespace vanban::parse {

struct Head {
  std::size_t begin = 0;             // first line of the head; a table of contents may stand above it
  std::size_t end = 0;               // first line behind the head
  bool found = false;                // something that only a head has was seen
  std::vector<std::string> issuer;   // lines in capitals beside the motto, parent body first
  bool issuer_in_font_case = false;  // its capitals were the font's: nothing tells them now
  std::string enacting_body;         // "THỦ TƯỚNG CHÍNH PHỦ" above the legal bases
  bool number_line = false;
  std::string number;  // behind "Số:", as printed
  std::string place;
  PartialDate date;
  TextRange day, month;  // of the date, in the document's text; empty: not stated, or not read
  std::optional<DocumentType> type;
  bool appendix = false;  // the document begins with "Phụ lục"
  std::string appendix_label;
  std::string type_line;           // the line that names the type, as printed
  std::string type_rest;           // "TÓM TẮT" of "BÁO CÁO TÓM TẮT"
  std::vector<std::string> title;  // lines under the type
  std::string subject;             // behind V/v
  bool subject_mark = false;
  std::string addressees;  // items joined with ";"
  bool addressee_mark = false;
  std::string attached;  // "Công văn số 221/VPCP-KSTT ngày … của …", behind "Kèm theo"
  bool draft = false;
  bool motto = false;  // the national heading (quốc hiệu), or the Party's
  bool party = false;
  std::string urgency, secrecy;
  std::vector<std::string> mended;  // fields that are not what OCR read: "issuer", "place", "subject"
};

// Reads the head that begins at lines[from]. Nothing that only a head has: found is false and end is `from`.
Head read_head(const std::vector<Line>& lines, std::size_t from, const Shapes& shapes,
               const DocumentTypes& types);

// Puts right what OCR misread in a head, where one reading fits: the issuer's names, the place, the first
// word of a title ("và việc").
void mend_head(const Shapes& shapes, const Agencies& agencies, Head& head);

// Where the head begins: 0, or behind what a website or a table of contents put above it, if a motto with a
// number or a date beside it stands further down and nothing that only a head has stands above. Cost: linear.
std::size_t head_start(const std::vector<Line>& lines, const Shapes& shapes, const DocumentTypes& types);

// "QUYẾT ĐỊNH", "BÁO CÁO TÓM TẮT": a line in capitals that begins with the name of a type and is no formula
// ("QUYẾT ĐỊNH:").
std::optional<DocumentTypes::Match> type_line(std::string_view text, const DocumentTypes& types);

// The same where OCR lost tone marks, or a stamp stands before it on the line ("ĐẾN … QUYÉT ĐỊNH"): two
// syllables or more in capitals at the line's end that are a type's name without its marks. Only between a
// number and a title.
std::optional<DocumentTypes::Match> misread_type_line(std::string_view text, const DocumentTypes& types);

// "Phụ lục I", "PHỤ LỤC II: DANH MỤC …" alone on a line; not "Phụ lục I ban hành kèm theo Nghị định này quy
// định …".
struct AppendixHead {
  std::string label, rest;
};
std::optional<AppendixHead> appendix_head(std::string_view text, const Shapes& shapes);

// "(Kèm theo Quyết định số …": what stands behind; empty: no such line.
std::string_view attached_line(std::string_view text, const Shapes& shapes);

PartialDate date_of(std::string_view day, std::string_view month, std::string_view year);

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_HEAD_H_
