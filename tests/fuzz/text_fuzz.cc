// Any bytes as plain text through layout, parse, extract and link: ends, and every range is inside the text.

#include <cstdlib>
#include <string>

#include "vanban/base/utf8.h"
#include "vanban/doc/json.h"
#include "vanban/models/models.h"
#include "vanban/pipeline/pipeline.h"

namespace {

const vanban::Pipeline& pipeline() {
  static const vanban::Pipeline instance = [] {
    auto models = vanban::Models::load(VANBAN_SOURCE_DIR "/models");
    if (!models) std::abort();
    auto made = vanban::Pipeline::create(*models);
    if (!made) std::abort();
    return std::move(*made);
  }();
  return instance;
}

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  vanban::RawDocument raw;
  raw.media_type = "text/plain";
  raw.plain_text.assign(reinterpret_cast<const char*>(data), size);
  const auto documents = pipeline().process(raw, "fuzz.txt", {});
  if (!documents) return 0;
  for (const vanban::Document& d : *documents) {
    const vanban::TextRange all{0, d.text.size()};
    check(vanban::is_valid_utf8(d.text));
    for (const auto& x : d.sections) check(all.contains(x.where));
    for (const auto& x : d.tasks) {
      check(all.contains(x.from.where));
      for (const auto& deadline : x.deadlines) check(!deadline.due.known() || vanban::is_valid(deadline.due));
    }
    for (const auto& x : d.indicators) check(all.contains(x.from.where));
    for (const auto& x : d.measurements) check(all.contains(x.from.where));
    for (const auto& x : d.references) {
      check(all.contains(x.from.where));
      check(!x.date.known() || vanban::is_valid(x.date));
    }
    check(!d.header.date.known() || vanban::is_valid(d.header.date));
    check(!vanban::to_json(d, {.with_text = true}).empty());
  }
  return 0;
}
