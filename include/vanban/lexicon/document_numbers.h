// The grammar of document numbers (số, ký hiệu): state ("221/VPCP-KSTT", "45/2018/QĐ-TTg", "33/2023/QH15",
// "66.16/2026/NQ-CP", "3176b/QĐ-SYT"), Party ("19-NQ/TW"), old ("05-CP", "64 TC/TCT"), joint ("TTLT-A-B").

#ifndef VANBAN_LEXICON_DOCUMENT_NUMBERS_H_
#define VANBAN_LEXICON_DOCUMENT_NUMBERS_H_

#include <optional>
#include <string>
#include <string_view>

#include "vanban/base/text_range.h"
#include "vanban/doc/document.h"

namespace vanban {

struct NumberMatch {
  DocumentNumber number;
  TextRange where;
};

// The document number that begins at exactly `at`. Spaces and line breaks inside ("NQ-\nCP", "156 /TTr-SNV",
// "NQ- CP") are taken out of `number` and kept in `where`. `after_so`: the words "số" or "số:" stand before
// it, so that a blank number ("/VPCP-KSTT"), a number padded with blanks or dots and weak forms ("05-CP")
// count too. No number: fractions, dates, prices, phone numbers, "24/7", "km/h", "TCVN 5712:1993", "45/81 văn
// bản".
std::optional<NumberMatch> number_at_position(std::string_view text, std::size_t at, bool after_so);

// The same for a string that holds nothing else: "221/VPCP-KSTT", "Số: 156 /TTr-SNV".
std::optional<DocumentNumber> parse_document_number(std::string_view text);

}  // namespace vanban

#endif  // VANBAN_LEXICON_DOCUMENT_NUMBERS_H_
