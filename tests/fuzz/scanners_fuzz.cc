// The scanners of the lexicon at every offset of any bytes: what they find lies where it says and is
// possible.

#include <string_view>

#include "support/shipped.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/document_numbers.h"
#include "vanban/lexicon/numbers.h"
#include "vanban/normalise/text.h"

using vanban::testing::require;
using vanban::testing::shipped;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size < 4096 ? size : 4096);
  const std::string text = vanban::clean_text(bytes);
  require(vanban::is_valid_utf8(text));
  require(vanban::clean_text(text) == text);
  vanban::fold(text);
  vanban::vietnamese_share(text);
  for (std::size_t at = 0; at < text.size();) {
    const auto inside = [&](vanban::TextRange where) {
      require(where.begin <= where.end && where.end <= text.size() && where.begin >= at);
    };
    if (const auto found = vanban::date_at(text, at)) {
      inside(found->where);
      require(vanban::is_valid(found->date));
    }
    for (const bool after_so : {false, true}) {
      if (const auto found = vanban::number_at_position(text, at, after_so)) {
        inside(found->where);
        require(!found->where.empty() && found->number.text.find(' ') == std::string::npos);
      }
    }
    if (const auto found = vanban::number_at(text, at)) {
      inside(*found);
      vanban::parse_number(found->of(text));
    }
    if (const auto found = shipped<vanban::Agencies>().at(text, at)) inside(found->where);
    vanban::decode_utf8(text, at);
  }
  return 0;
}
