// What OCR makes of a printed syllable: how likely it reads one letter for another ("ổ" -> "ố" often, "ổ" ->
// "e" hardly ever), and how likely a word of some confidence is wrong at all. From models/ocr_confusions.tsv.

#ifndef VANBAN_NORMALISE_OCR_CHANNEL_H_
#define VANBAN_NORMALISE_OCR_CHANNEL_H_

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/models/models.h"

namespace vanban::normalise {

// The share of words of this confidence (0..1) that are wrong on an ordinary page.
double chance_of_error(double confidence);

class OcrChannel {
 public:
  // Errors: kBadTable.
  static Result<OcrChannel> create(const ModelTable& confusions);

  // Natural logarithm of the chance that lower-case `printed` is read as `read` on an ordinary page; nothing
  // where more differs than OCR confuses: two letters, or a letter too many or too few.
  std::optional<double> misread(std::u32string_view printed, std::u32string_view read) const;

  // The letters (without marks) that a letter without marks may stand for: "u" -> "n".
  const std::string& confused_with(char letter) const;

 private:
  double letter(char32_t printed, char32_t read) const;

  std::unordered_map<std::uint64_t, double> seen_;  // logarithms
  std::unordered_map<char, std::string> confused_;
};

}  // namespace vanban::normalise

#endif  // VANBAN_NORMALISE_OCR_CHANNEL_H_
