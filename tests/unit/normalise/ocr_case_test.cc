#include "normalise/ocr_case.h"

#include <gtest/gtest.h>

#include <string>

namespace vanban::normalise {
namespace {

TEST(OcrCase, CapitalsInsideASentence) {
  struct Case {
    int line;
    std::string read, want;
  };
  const Case cases[] = {
      {__LINE__, "- Trung tâm bảo VỆ SỨC khỏe lao động", "- Trung tâm bảo vệ sức khỏe lao động"},
      {__LINE__, "bảo hiểm y tế trong giai đoạn mỚI.", "bảo hiểm y tế trong giai đoạn mới."},
      {__LINE__, "về XâY dựng văn hóa", "về Xây dựng văn hóa"},
      {__LINE__, "các cơ SỞ y tế", "các cơ sở y tế"},
      // Abbreviations, headings, names, what stands beside capitals.
      {__LINE__, "của HĐND các cấp", "của HĐND các cấp"},
      {__LINE__, "của TƯ và địa phương", "của TƯ và địa phương"},
      {__LINE__, "QUYẾT ĐỊNH của Chính phủ", "QUYẾT ĐỊNH của Chính phủ"},
      {__LINE__, "theo QUYẾT ĐỊNH NÀY thì", "theo QUYẾT ĐỊNH NÀY thì"},
      {__LINE__, "của TTg về việc", "của TTg về việc"},
      {__LINE__, "Sở Y tế HÀ Nội", "Sở Y tế HÀ Nội"},
      {__LINE__, "số 5 CÓ hiệu lực", "số 5 CÓ hiệu lực"},
      {__LINE__, "như sau: CÓ hiệu lực", "như sau: CÓ hiệu lực"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    RawDocument raw;
    raw.pages.resize(1);
    raw.pages[0].origin = TextOrigin::kOcr;
    for (std::size_t at = 0; at < one.read.size();) {
      const std::size_t end = std::min(one.read.find(' ', at), one.read.size());
      RawWord word;
      word.text = one.read.substr(at, end - at);
      word.line = 0;
      raw.pages[0].words.push_back(word);
      at = end + 1;
    }
    const RawDocument before = raw;
    const std::size_t mended = settle_case(raw);
    std::string text;
    for (const RawWord& word : raw.pages[0].words) text += (text.empty() ? "" : " ") + word.text;
    EXPECT_EQ(text, one.want);
    EXPECT_EQ(mended > 0, one.want != one.read);
    raw = before;
    raw.pages[0].origin = TextOrigin::kTextLayer;
    EXPECT_EQ(settle_case(raw), 0u);
  }
}

}  // namespace
}  // namespace vanban::normalise
