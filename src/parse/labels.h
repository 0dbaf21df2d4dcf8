// Labels: the numbering at the head of a paragraph. "Chương II", "Điều 5a.", "I.", "1.", "1.2.", "a)", "(i)",
// "-", "+".
//
// read_label only reads what stands there. Whether it is a label, and of which of two readings ("I" is a
// Roman one and a capital letter, "i)" a letter and a small Roman one), is decided by the sequence that it
// stands in: body_tree.h.

#ifndef VANBAN_SRC_PARSE_LABELS_H_
#define VANBAN_SRC_PARSE_LABELS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vanban/doc/document.h"

namespace vanban::parse {

// In the order in which official documents nest them (NĐ 30/2020/NĐ-CP; Party documents: I- 1- 1.1- a).
enum class LabelStyle : std::uint8_t {
  kNone,
  kPart,            // Phần thứ nhất, Phần I
  kChapter,         // Chương I
  kMuc,             // Mục 1
  kSubMuc,          // Tiểu mục 1
  kArticle,         // Điều 1.
  kCapital,         // A.
  kRoman,           // I. I- I/
  kNumber,          // 1. 1- 1/
  kDecimal,         // 1.1.
  kNumberParen,     // 1)
  kNumberBrackets,  // (1)
  kLetter,          // a) a. a/ d1)
  kLetterBrackets,  // (a)
  kSmallRoman,      // (i) i)
  kStar,            // *
  kDash,            // - –
  kPlus,            // +
  kBullet,          // • ·
};

struct Label {
  LabelStyle style = LabelStyle::kNone;
  int depth = 1;                         // kDecimal: components ("1.2.3" is 3)
  int ordinal = 0;                       // 0: has none (dash)
  int parent = 0;                        // kDecimal: the component before the last
  LabelStyle other = LabelStyle::kNone;  // a second reading
  int other_ordinal = 0;
  std::string text;     // "II", "1.2", "đ", "-", "(i)"
  std::size_t end = 0;  // bytes of the paragraph that label, its sign and blanks take
  bool strong = false;  // what follows looks as if a unit began: a capital, a quotation, nothing
};

// The label at the head of a trimmed paragraph; style kNone: none. Cost: the label's length.
Label read_label(std::string_view paragraph);

SectionKind kind_of(LabelStyle style);

// Index of a point's letter in a b c d đ e f g h i j k ...; 0: no letter of a point. And how many letters
// that lists leave out as they like (f j w z, and đ in hurried ones) stand between two of them.
int letter_index(char32_t letter);
bool follows(const Label& label, int last_ordinal, int ordinal);

int roman_value(std::string_view text);

// "H. NỘI DUNG KIỂM TRA", "1V. THỜI GIAN": a Roman label that OCR misread before a heading in capitals; not
// `strong`, so that it counts only as the next of its list. No style: nothing of the kind.
Label misread_roman(std::string_view text);  // "XIV" -> 14, any case; 0: none

}  // namespace vanban::parse

#endif  // VANBAN_SRC_PARSE_LABELS_H_
