// What makes one series of an indicator (chỉ tiêu) over documents and years, although each words it a little
// differently: "Tỷ lệ số hóa hồ sơ, kết quả giải quyết TTHC" and "Tỉ lệ số hoá hồ sơ, kết quả giải quyết thủ
// tục hành chính".

#ifndef VANBAN_LEXICON_SERIES_KEY_H_
#define VANBAN_LEXICON_SERIES_KEY_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/models/models.h"

namespace vanban {

using Abbreviations = std::map<std::string, std::string, std::less<>>;  // "TTHC" -> "thủ tục hành chính"

// Costly to make, cheap to use; const members may be called from several threads at once.
class SeriesKeys {
 public:
  // Reads the tables abbreviations and series_words. Errors: kBadTable.
  static Result<SeriesKeys> create(const Models& models);
  SeriesKeys(SeriesKeys&&) noexcept;
  SeriesKeys& operator=(SeriesKeys&&) noexcept;
  ~SeriesKeys();

  // What the text itself defines: "thủ tục hành chính (TTHC)", "hoạt động kinh doanh (sau đây viết tắt là
  // HĐKD)": the letters are the first letters of the words before the bracket. Defined twice: the first
  // counts. Cost: linear.
  Abbreviations abbreviations_in(std::string_view text) const;

  // The key, in lower case with its tones: "[parent > ] name [/ what it is a share of] | unit". A change
  // ("tăng 20 %") is another series than a level and ends in "| +" or "| -". Two names get one key only where
  // abbreviations, spelling, punctuation or the words of models/series_words.tsv are all that differs. Never
  // empty for a name that has a letter.
  std::string key(const Indicator& indicator, const Abbreviations& defined) const;
  // The same for a reported figure; where it was reached ("tại các bộ, ngành") is its subject, no part of the
  // key. Empty for one without a name.
  std::string key(const Measurement& measurement, const Abbreviations& defined) const;

  // Fills Indicator::series and Measurement::series.
  void fill(Document& document) const;

 private:
  struct Impl;
  explicit SeriesKeys(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

// A key without what it is a share of: "hồ sơ trực tuyến / hồ sơ tiếp nhận | %" -> "hồ sơ trực tuyến | %".
std::string series_base(std::string_view key);

}  // namespace vanban

#endif  // VANBAN_LEXICON_SERIES_KEY_H_
