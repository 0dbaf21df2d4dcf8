#include "read/worker/ocr_missed.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "read/worker/ocr_components.h"

namespace vanban::read {
namespace {

constexpr double kInch = 25.4;                                    // millimetres
constexpr double kLeastLetter = 1.3, kMostLetter = 5.5;           // height
constexpr double kLeastStroke = 0.7;                              // of a letter's narrower side
constexpr double kGap = 4.5, kLeastLine = 12, kMostHeight = 7.5;  // between words; a line's width, and height
constexpr std::size_t kFewestLetters = 4, kMostLines = 12;

// Letters of a line are about as high as each other and stand on one base; a scrawl's pieces do neither.
bool is_even(std::vector<PixelBox> letters, double unit) {
  std::vector<int> feet;
  for (const PixelBox& letter : letters) feet.push_back(letter.y1);
  std::sort(feet.begin(), feet.end());
  const int base = feet[feet.size() / 2];
  const auto on_base = static_cast<std::size_t>(
      std::count_if(feet.begin(), feet.end(), [&](int foot) { return std::abs(foot - base) <= 0.5 * unit; }));
  return on_base >= kFewestLetters && 10 * on_base >= 6 * feet.size();
}

}  // namespace

std::vector<MissedLine> missed_lines(Pix* ink, Pix* mask, const std::vector<PixelBox>& read, double dpi) {
  const double unit = dpi / kInch;
  const auto pixels = [unit](double millimetres) {
    return std::max(1, static_cast<int>(std::lround(millimetres * unit)));
  };
  PixPointer rest = take(pixSubtract(nullptr, ink, mask));
  const int around = pixels(0.4);
  for (const PixelBox& word : read) {
    pixRasterop(rest.get(), word.x0 - around, word.y0 - around, word.width() + 2 * around,
                word.height() + 2 * around, PIX_CLR, nullptr, 0, 0);
  }
  std::vector<PixelBox> letters;
  PixPointer drawing = take(pixCreate(pixGetWidth(ink), pixGetHeight(ink), 1));
  for (const PixelBox& blob : components_of(rest.get(), 8)) {
    const int low = std::min(blob.width(), blob.height());
    if (blob.height() < pixels(kLeastLetter) || blob.height() > pixels(kMostLetter) ||
        low < pixels(kLeastStroke) / 2 || blob.width() > pixels(5 * kMostLetter))
      continue;
    letters.push_back(blob);
    pixRasterop(drawing.get(), blob.x0, blob.y0, blob.width(), blob.height(), PIX_SET, nullptr, 0, 0);
  }
  std::vector<MissedLine> lines;
  if (letters.size() < kFewestLetters) return lines;
  const PixPointer joined = take(pixCloseSafeBrick(nullptr, drawing.get(), pixels(kGap), 1));
  std::sort(letters.begin(), letters.end(), [](const PixelBox& a, const PixelBox& b) { return a.y0 < b.y0; });
  for (const PixelBox& line : components_of(joined.get(), 8)) {
    if (line.width() < pixels(kLeastLine) || line.height() > pixels(kMostHeight)) continue;
    std::vector<PixelBox> own;
    const auto first = std::partition_point(letters.begin(), letters.end(),
                                            [&](const PixelBox& letter) { return letter.y0 < line.y0; });
    for (auto letter = first; letter != letters.end() && letter->y0 < line.y1; ++letter) {
      if (letter->x0 >= line.x0 && letter->x1 <= line.x1 && letter->y1 <= line.y1) own.push_back(*letter);
    }
    if (own.size() < kFewestLetters || !is_even(std::move(own), unit)) continue;
    // Marks above capitals (Ệ, Ổ) are too small to count as letters, and belong to the line.
    lines.push_back({line,
                     {std::max(0, line.x0 - pixels(1)), std::max(0, line.y0 - pixels(1.8)),
                      std::min(pixGetWidth(ink), line.x1 + pixels(1)),
                      std::min(pixGetHeight(ink), line.y1 + pixels(1))}});
    if (lines.size() >= kMostLines) break;
  }
  return lines;
}

}  // namespace vanban::read
