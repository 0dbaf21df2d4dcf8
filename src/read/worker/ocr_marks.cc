#include "read/worker/ocr_marks.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "read/worker/ocr_components.h"
#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

// What the engine has been seen to make of a raised digit.
bool like_raised(char32_t c) {
  constexpr std::u32string_view kSigns = U"!?'\"*°ˆ^”“’‘`´$&ªº²³¹⁄|/\\";
  return kSigns.find(c) != std::u32string_view::npos;
}

bool is_stop(char32_t c) { return c == '.' || c == ',' || c == ';' || c == ':' || c == ')'; }

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out.push_back(decode_utf8(text, at));
  return out;
}

std::string utf8_of(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

std::size_t end_of_word(const std::u32string& text) {
  std::size_t end = text.size();
  while (end > 0 && is_stop(text[end - 1])) --end;
  return end;
}

// Parts that stand over one another are one sign: a letter and its marks.
std::vector<PixelBox> signs_of(std::vector<PixelBox> parts) {
  std::sort(parts.begin(), parts.end(), [](const PixelBox& a, const PixelBox& b) { return a.x0 < b.x0; });
  std::vector<PixelBox> signs;
  for (const PixelBox& part : parts) {
    if (!signs.empty() && part.x0 < signs.back().x1) {
      PixelBox& sign = signs.back();
      sign = {sign.x0, std::min(sign.y0, part.y0), std::max(sign.x1, part.x1), std::max(sign.y1, part.y1)};
    } else {
      signs.push_back(part);
    }
  }
  return signs;
}

}  // namespace

bool may_have_mark(std::string_view word) {
  const std::u32string text = code_points(word);
  const std::size_t end = end_of_word(text);
  if (end < 2 || end > 24) return false;
  return is_digit(text[end - 1]) || like_raised(text[end - 1]);
}

std::optional<RaisedEnd> raised_end(Pix* ink, const PixelBox& word, double em) {
  constexpr std::size_t kMost = 3;
  const AreaPointer area(boxCreate(word.x0, word.y0, word.width(), word.height()));
  const PixPointer part = take(pixClipRectangle(ink, area.get(), nullptr));
  if (!part || em < 8) return std::nullopt;
  std::vector<PixelBox> parts = components_of(part.get(), 8);
  std::erase_if(parts, [&](const PixelBox& one) {  // dust
    return one.height() < 0.08 * em && one.width() < 0.08 * em;
  });
  const std::vector<PixelBox> signs = signs_of(std::move(parts));
  if (signs.size() < 2) return std::nullopt;
  // The line that big signs stand on; descenders are fewer.
  std::vector<int> bottoms;
  for (const PixelBox& sign : signs) {
    if (sign.height() >= 0.36 * em) bottoms.push_back(sign.y1);
  }
  if (bottoms.empty()) return std::nullopt;
  std::nth_element(bottoms.begin(), bottoms.begin() + static_cast<std::ptrdiff_t>(bottoms.size() / 2),
                   bottoms.end());
  const double line = bottoms[bottoms.size() / 2];
  std::size_t end = signs.size();
  while (end > 0 && signs[end - 1].height() < 0.3 * em && signs[end - 1].y1 > line - 0.12 * em)
    --end;  // stops
  std::size_t first = end;
  while (first > 0 && end - first <= kMost) {
    const PixelBox& sign = signs[first - 1];
    const double height = sign.height();
    const bool digit_size = height >= 0.3 * em && height <= 0.52 * em && sign.width() <= 0.4 * em;
    if (!digit_size || sign.y1 > line - 0.15 * em) break;
    --first;
  }
  const std::size_t count = end - first;
  if (count == 0 || count > kMost || first == 0) return std::nullopt;
  RaisedEnd raised{signs[first], count};
  for (std::size_t i = first; i < end; ++i) {
    raised.box = {raised.box.x0, std::min(raised.box.y0, signs[i].y0), signs[i].x1,
                  std::max(raised.box.y1, signs[i].y1)};
  }
  raised.box.x0 += word.x0;
  raised.box.x1 += word.x0;
  raised.box.y0 += word.y0;
  raised.box.y1 += word.y0;
  return raised;
}

std::optional<MarkedWord> without_mark(std::string_view text, std::size_t signs) {
  const std::u32string all = code_points(text);
  const std::size_t end = end_of_word(all);
  std::size_t from = end;
  while (from > 0 && end - from < signs && (is_digit(all[from - 1]) || like_raised(all[from - 1]))) --from;
  if (from == 0 || from == end) return std::nullopt;
  // Behind digits it is told apart only where each raised sign is one digit ("06" and "16"), or none is.
  const auto digits =
      static_cast<std::size_t>(std::count_if(all.begin() + static_cast<std::ptrdiff_t>(from),
                                             all.begin() + static_cast<std::ptrdiff_t>(end), is_digit));
  if (is_digit(all[from - 1]) && digits != 0 && digits != signs) return std::nullopt;
  return MarkedWord{utf8_of(std::u32string_view(all).substr(0, from)),
                    utf8_of(std::u32string_view(all).substr(end))};
}

}  // namespace vanban::read
