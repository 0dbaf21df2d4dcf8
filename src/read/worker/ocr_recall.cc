#include "read/worker/ocr_recall.h"

#include <allheaders.h>

#include <cmath>
#include <string>
#include <string_view>

#include "read/sha256.h"
#include "read/wire.h"

namespace vanban::read {
namespace {

// Everything that the result follows from: the pixels, the settings but for the clock, the engine with its
// language data, and this program's own preparation of the image.
Result<std::string> key_of(Pix* image, double dpi, const OcrSettings& settings) {
  const Result<std::string> identity = ocr_identity(settings.languages);
  if (!identity) return identity.error();
  std::string head;
  Encoder out(head);
  out.text(VANBAN_OCR_REVISION);
  out.text(*identity);
  out.thousandths(dpi);
  out.flag(settings.straighten);
  for (const int value : {pixGetWidth(image), pixGetHeight(image), pixGetDepth(image), pixGetSpp(image)}) {
    out.signed_number(value);
  }
  if (PIXCMAP* colours = pixGetColormap(image); colours != nullptr) {
    l_int32 count = 0;
    l_uint8* bytes = nullptr;
    if (pixcmapSerializeToMemory(colours, 4, &count, &bytes) == 0) {
      out.text({reinterpret_cast<const char*>(bytes), 4 * static_cast<std::size_t>(count)});
      lept_free(bytes);
    }
  }
  pixSetPadBits(image, 0);  // those behind the end of a row are anything
  Sha256 digest;
  digest.add(head);
  digest.add(
      {reinterpret_cast<const char*>(pixGetData(image)),
       4 * static_cast<std::size_t>(pixGetWpl(image)) * static_cast<std::size_t>(pixGetHeight(image))});
  return digest.hex();
}

}  // namespace

Result<RawPage> recognise_or_recall(Pix* image, double dpi, const OcrSettings& settings, Sink& sink) {
  std::string key;
  if (sink.remembers()) {
    Result<std::string> made = key_of(image, dpi, settings);
    if (!made) return made.error();
    key = std::move(*made);
    RawPage known;
    if (decode_page(sink.recall(key), known)) {
      known.number = 0;
      return known;
    }
  }
  Result<RawPage> seen = recognise(image, dpi, settings);
  if (!seen) return seen;
  seen->number = 1;  // a page of its own, as the wire has it
  const std::string payload = encode_page(*seen);
  if (!key.empty()) sink.keep(key, payload);
  RawPage rounded;
  if (!decode_page(payload, rounded))
    return make_error(ErrorCode::kInternal, "OCR gave a page without sense");
  rounded.number = 0;
  return rounded;
}

}  // namespace vanban::read
