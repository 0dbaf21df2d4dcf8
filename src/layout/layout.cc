// lay_out: which way a document goes.

#include "vanban/layout/layout.h"

#include <string>

namespace vanban {

Result<LaidOutText> lay_out(const RawDocument& raw, const Limits& limits) {
  LaidOutText text = !raw.pages.empty()  ? lay_out_pages(raw)
                     : !raw.flow.empty() ? lay_out_flow(raw)
                                         : lay_out_plain_text(raw);
  constexpr std::size_t kLineEnds = 1u << 16;  // the reader keeps the limit, but not what lines get here
  if (text.text.size() > limits.text_bytes + kLineEnds) {
    return make_error(ErrorCode::kLimitExceeded, "the text has " + std::to_string(text.text.size()) +
                                                     " bytes; " + limit_is("text-bytes", limits.text_bytes));
  }
  if (text.text.find_first_not_of(" \n\t") == std::string::npos) {
    return make_error(ErrorCode::kEmpty, "there is no text in it");
  }
  return text;
}

}  // namespace vanban
