// Any bytes as plain text through layout, parse, extract and link: ends, and every range is inside the text.

#include <string>

#include "support/shipped.h"
#include "vanban/base/utf8.h"
#include "vanban/doc/json.h"
#include "vanban/pipeline/pipeline.h"

using vanban::testing::require;
using vanban::testing::shipped;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  vanban::RawDocument raw;
  raw.media_type = "text/plain";
  raw.plain_text.assign(reinterpret_cast<const char*>(data), size);
  const auto documents = shipped<vanban::Pipeline>().process(raw, "fuzz.txt", {});
  if (!documents) return 0;
  for (const vanban::Document& d : *documents) {
    const vanban::TextRange all{0, d.text.size()};
    require(vanban::is_valid_utf8(d.text));
    for (const auto& x : d.sections) require(all.contains(x.where));
    for (const auto& x : d.tasks) {
      require(all.contains(x.from.where));
      for (const auto& deadline : x.deadlines)
        require(!deadline.due.known() || vanban::is_valid(deadline.due));
    }
    for (const auto& x : d.indicators) require(all.contains(x.from.where));
    for (const auto& x : d.measurements) require(all.contains(x.from.where));
    for (const auto& x : d.references) {
      require(all.contains(x.from.where));
      require(!x.date.known() || vanban::is_valid(x.date));
    }
    require(!d.header.date.known() || vanban::is_valid(d.header.date));
    require(!vanban::to_json(d, {.with_text = true}).empty());
  }
  return 0;
}
