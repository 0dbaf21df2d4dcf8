// Pinpoints (điểm, khoản, điều …) beside the mention of a document: "điểm a Khoản 15 Mục I Nghị quyết số
// 50/NQ-CP", "khoản 2, 3 Điều 4 và Điều 7 của Nghị định", "Phụ lục I ban hành kèm theo Thông tư", "Nghị định
// số 5 (Điều 7)".

#ifndef VANBAN_SRC_EXTRACT_PINPOINTS_H_
#define VANBAN_SRC_EXTRACT_PINPOINTS_H_

#include <string_view>
#include <vector>

#include "vanban/base/text_range.h"
#include "vanban/doc/document.h"

namespace vanban {

struct PinpointMatch {
  std::vector<Pinpoint> pinpoints;  // in reading order
  TextRange where;
};

// The pinpoint phrase that ends just before `end` (the mention's first byte) and does not begin before
// `from`. Words between ("của", "tại", "ban hành kèm theo") belong to it. Empty: none.
PinpointMatch pinpoints_before(std::string_view text, std::size_t from, std::size_t end);
// The one that follows at once: " (Điều 5)", " tại khoản 2 Điều 5".
PinpointMatch pinpoints_after(std::string_view text, std::size_t at);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_PINPOINTS_H_
