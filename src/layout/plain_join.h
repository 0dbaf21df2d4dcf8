// Whether a line goes on with the paragraph before it, or begins one.

#ifndef VANBAN_LAYOUT_PLAIN_JOIN_H_
#define VANBAN_LAYOUT_PLAIN_JOIN_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "layout/plain_labels.h"
#include "layout/plain_lines.h"

namespace vanban::layout {

enum class Joint : std::uint8_t { kBreak, kSpace, kGlue };  // kGlue: "01/NQ-" + "CP"

// "01/NQ-" + "CP", "2018/" + "QĐ-TTg", "VPCP" + "-KSTT": a number cut by the line end. "kinh tế -" stays
// apart.
bool is_cut_number(std::string_view before, std::string_view line);

// Decides line by line; keeps what it knows of the paragraph that is being made.
class Joiner {
 public:
  explicit Joiner(int spacing) : spacing_(spacing) {}
  // How `line` follows `before`, which was the last line told of. Then `line` is the last.
  Joint add(const Line& before, const Line& line);
  // `line` begins a paragraph, whatever was before.
  void begin(const Line& line);

 private:
  Joint decide(const Line& before, const Line& line) const;
  bool begins_item(const Line& before, const Line& line) const;

  int spacing_;
  bool in_head_ = true;               // above the document's type or its first real paragraph
  bool title_ = false;                // all lines of the paragraph are capitals
  FormLine form_ = FormLine::kNone;   // of the paragraph's first line
  FormLine block_ = FormLine::kNone;  // kAddressees or kRecipients while in one
  bool under_type_ =
      false;  // the paragraph stands under a line such as QUYẾT ĐỊNH: it is the subject (trích yếu)
  bool label_alone_ = false;  // the paragraph is a label so far: "Điều 1."
  bool dash_item_ = false;    // the paragraph begins with a dash and a capital
  int number_ = 0;            // of the last item that began with one: 1 of "1. Rà soát …"
  std::size_t lines_ = 0;     // of the paragraph
};

}  // namespace vanban::layout

#endif  // VANBAN_LAYOUT_PLAIN_JOIN_H_
