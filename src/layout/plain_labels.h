// Lines that begin something: enumerated items, heads, blocks of the form of an official document.

#ifndef VANBAN_LAYOUT_PLAIN_LABELS_H_
#define VANBAN_LAYOUT_PLAIN_LABELS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vanban::layout {

enum class LabelKind : std::uint8_t {
  kNone,
  kNumber,
  kDecimal,
  kLetter,
  kRoman,
  kCapital,
  kDash,
  kBracket,
  kWord
};

// What an enumerated item begins with: "1.", "2.1.", "a)", "II.", "-", "(i)", "Điều 5.".
struct Label {
  LabelKind kind = LabelKind::kNone;
  int number = 0;         // of the last part: 1 of "1.", 3 of "2.3."; of "II." 2; of "b)" 2
  std::size_t bytes = 0;  // with the white space behind it
  explicit operator bool() const { return kind != LabelKind::kNone; }
};
Label find_label(std::string_view line);

// Blocks of the document's form; each begins a paragraph.
enum class FormLine : std::uint8_t {
  kNone,
  kMotto,       // CỘNG HÒA …, Độc lập …, ĐẢNG CỘNG SẢN …
  kNumber,      // Số: 221/VPCP-KSTT
  kSubject,     // V/v …
  kPlaceDate,   // Hà Nội, ngày … tháng … năm …
  kAddressees,  // Kính gửi
  kRecipients,  // Nơi nhận:
  kAppendix,    // PHỤ LỤC I
  kPart,        // Chương II, Phần thứ nhất: alone on the line
  kType,        // QUYẾT ĐỊNH, BÁO CÁO: alone
  kOperative,   // QUYẾT NGHỊ:, QUYẾT ĐỊNH:
  kBasis,       // Căn cứ …
  kSignature,   // TM. CHÍNH PHỦ
  kStamp,       // HỎA TỐC, MẬT, Dự thảo
};
FormLine form_of(std::string_view line);

// Begins with a kind of body ("BỘ", "ỦY BAN", "SỞ"), in capitals.
bool starts_with_body(std::string_view line);

// The roman numeral `text`, upper or lower case, up to 89; 0: none.
int roman_value(std::string_view text);

}  // namespace vanban::layout

#endif  // VANBAN_LAYOUT_PLAIN_LABELS_H_
