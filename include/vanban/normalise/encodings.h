// Legacy Vietnamese encodings (TCVN3, VNI, VISCII, VPS, windows-1258): fonts of the 1990s that put Vietnamese
// letters in the places of Latin ones, so that "Việt Nam" is stored, copied and extracted as "ViÖt Nam". Told
// by what the text becomes.

#ifndef VANBAN_NORMALISE_ENCODINGS_H_
#define VANBAN_NORMALISE_ENCODINGS_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "vanban/base/result.h"
#include "vanban/doc/raw_document.h"
#include "vanban/models/models.h"

namespace vanban {

class LegacyEncodings {
 public:
  // Reads models/encodings/*.tsv (columns: code, bytes in hexadecimal; unicode). Errors: kBadTable.
  static Result<LegacyEncodings> load(const Models& models);
  LegacyEncodings(LegacyEncodings&&) noexcept;
  LegacyEncodings& operator=(LegacyEncodings&&) noexcept;
  ~LegacyEncodings();

  // "tcvn3", "vni", "viscii", "windows-1258", "vps": the encoding that turns `text`, which is hardly
  // Vietnamese as it stands, into Vietnamese. Empty: it is Unicode, too short to say, or nothing fits. Looks
  // at the first 64 KB.
  std::string detect(std::string_view text) const;

  // `text`, whose code points stand for bytes, as Unicode (clean_text composes what windows-1258
  // writes in two). An unknown encoding changes nothing. Cost: linear.
  std::string convert(std::string_view text, std::string_view encoding) const;

  // `raw` with every run of words in a legacy encoding (told for each font, or for the whole flow or text)
  // converted, and `encoding` set; upper case fonts (".VnTimeH") give capitals. nullopt: nothing is in a
  // legacy encoding.
  std::optional<RawDocument> converted(const RawDocument& raw) const;

 private:
  struct Impl;
  explicit LegacyEncodings(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_NORMALISE_ENCODINGS_H_
