#include "read/worker/ocr_print_lines.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>

#include "read/worker/ocr_components.h"

namespace vanban::read {
namespace {

constexpr double kInch = 25.4;                                 // millimetres
constexpr double kSameBase = 0.45, kMarks = 1.3, kTail = 1.0;  // kMarks, kTail: above letters, below the base
constexpr double kLeastLetter = 1.4, kMostLetter = 5.5, kLeastStroke = 0.35;  // height; narrower side
constexpr double kWordGap = 7, kLeastLine = 9;
constexpr std::size_t kFewestLetters = 4, kFewestPieces = 2;

PixPointer part_of(Pix* ink, const PixelBox& part) {
  const AreaPointer area(boxCreate(part.x0, part.y0, part.width(), part.height()));
  return take(pixClipRectangle(ink, area.get(), nullptr));
}

int middle_of(std::vector<int> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

PrintLine line_of(const std::vector<PixelBox>& letters, double unit) {
  std::vector<int> heights, feet;
  PrintLine line;
  line.box = letters.front();
  for (const PixelBox& letter : letters) {
    heights.push_back(letter.height());
    feet.push_back(letter.y1);
    line.box = {std::min(line.box.x0, letter.x0), std::min(line.box.y0, letter.y0),
                std::max(line.box.x1, letter.x1), std::max(line.box.y1, letter.y1)};
  }
  line.base = middle_of(std::move(feet), 0.5);
  line.top = line.base - middle_of(std::move(heights), 0.75) - static_cast<int>(kMarks * unit);
  line.bottom = line.base + static_cast<int>(kTail * unit);
  // Bold letters run together.
  for (const PixelBox& letter : letters) {
    const double wide = 0.75 * letter.height();
    line.letters += static_cast<std::size_t>(std::max(1.0, std::round(letter.width() / wide)));
  }
  return line;
}

// Letters whose feet are at one height, one group for each height. Of letters with tails, or under a mark of
// the line below, the feet are elsewhere.
std::vector<std::vector<PixelBox>> groups_on_one_base(std::vector<PixelBox> letters, double unit) {
  std::vector<std::vector<PixelBox>> groups;
  std::sort(letters.begin(), letters.end(), [](const PixelBox& a, const PixelBox& b) { return a.y1 < b.y1; });
  for (std::size_t i = 0; i < letters.size();) {
    std::size_t end = i + 1;
    while (end < letters.size() && letters[end].y1 - letters[end - 1].y1 <= kSameBase * unit) ++end;
    groups.emplace_back(letters.begin() + static_cast<std::ptrdiff_t>(i),
                        letters.begin() + static_cast<std::ptrdiff_t>(end));
    i = end;
  }
  return groups;
}

// Lines of one base, cut where more than a word's space is white.
std::vector<PrintLine> split_at_gaps(std::vector<PixelBox> letters, double unit) {
  std::vector<PrintLine> lines;
  for (std::vector<PixelBox>& group : groups_on_one_base(std::move(letters), unit)) {
    std::sort(group.begin(), group.end(), [](const PixelBox& a, const PixelBox& b) { return a.x0 < b.x0; });
    for (std::size_t i = 0; i < group.size();) {
      std::size_t end = i + 1;
      int right = group[i].x1;
      while (end < group.size() && group[end].x0 - right <= kWordGap * unit)
        right = std::max(right, group[end++].x1);
      PrintLine line = line_of(
          {group.begin() + static_cast<std::ptrdiff_t>(i), group.begin() + static_cast<std::ptrdiff_t>(end)},
          unit);
      if (end - i >= kFewestPieces && line.letters >= kFewestLetters && line.box.width() >= kLeastLine * unit)
        lines.push_back(std::move(line));
      i = end;
    }
  }
  return lines;
}

}  // namespace

std::vector<PrintLine> lines_on_one_base(std::vector<PixelBox> letters, double least_width, double dpi) {
  const double unit = dpi / kInch;
  std::vector<PrintLine> lines;
  for (const std::vector<PixelBox>& group : groups_on_one_base(std::move(letters), unit)) {
    double width = 0;
    for (const PixelBox& letter : group) width += letter.width();
    if (group.size() >= 2 && width >= least_width) lines.push_back(line_of(group, unit));
  }
  return lines;
}

std::vector<PrintLine> printed_lines(Pix* ink, const PixelBox& part, double dpi) {
  const double unit = dpi / kInch;
  std::vector<PixelBox> letters, tall;
  const PixPointer image = part_of(ink, part);
  for (const PixelBox& blob : components_of(image.get(), 8)) {
    if (blob.height() < kLeastLetter * unit || blob.height() > 2 * kMostLetter * unit ||
        blob.width() > 4 * kMostLetter * unit || std::min(blob.width(), blob.height()) < kLeastStroke * unit)
      continue;
    (blob.height() > kMostLetter * unit ? tall : letters)
        .push_back({blob.x0 + part.x0, blob.y0 + part.y0, blob.x1 + part.x0, blob.y1 + part.y0});
  }
  std::vector<PrintLine> lines = split_at_gaps(letters, unit);
  // Letters that touch those of the line above, whose base is known now.
  const std::size_t whole = letters.size();
  for (const PixelBox& blob : tall) {
    for (const PrintLine& line : lines) {
      if (blob.y0 > line.base - kLeastLetter * unit || blob.y1 < line.base + kLeastLetter * unit ||
          blob.x0 < line.box.x0 - kWordGap * unit || blob.x1 > line.box.x1 + kWordGap * unit)
        continue;
      letters.push_back({blob.x0, line.base, blob.x1, blob.y1});
      break;
    }
  }
  return letters.size() == whole ? lines : split_at_gaps(std::move(letters), unit);
}

LineAlone drawn_alone(Pix* ink, const PrintLine& line, double dpi) {
  const double unit = dpi / kInch;
  const auto pixels = [unit](double millimetres) {
    return static_cast<int>(std::lround(millimetres * unit));
  };
  const int aside = pixels(kWordGap);  // a letter with a tail may stand at either end
  const PixelBox place{std::max(0, line.box.x0 - aside), std::max(0, line.top - pixels(0.6)),
                       std::min(pixGetWidth(ink), line.box.x1 + aside),
                       std::min(pixGetHeight(ink), line.bottom + pixels(kTail))};
  const PixPointer part = part_of(ink, place);
  PIXA* pieces = nullptr;
  const BoxesPointer boxes(pixConnComp(part.get(), &pieces, 8));
  const int base = line.base - place.y0, high = pixGetHeight(part.get()),
            count = pieces == nullptr ? 0 : pixaGetCount(pieces);
  PixPointer alone = take(pixCreate(pixGetWidth(part.get()), high, 1));
  for (int i = 0; i < count; ++i) {
    l_int32 x = 0, y = 0, width = 0, height = 0;
    if (pixaGetBoxGeometry(pieces, i, &x, &y, &width, &height) != 0) continue;
    const int foot = y + height;
    const bool letter_high = std::min(foot, base) - y >= pixels(kLeastLetter);
    // What crosses the whole line is a pen's. A letter that touches the line above or below is cut there.
    const bool crosses = y == 0 && foot == high;
    const bool on_base = std::abs(foot - base) <= pixels(0.5);
    const bool touches = foot == high && width <= pixels(kMostLetter);
    const bool tailed = y > 0 && foot > base && foot < high;
    const bool mark = !letter_high && y > 0 && width <= pixels(3) && foot < base + pixels(0.8);
    if (crosses || width > pixels(4 * kMostLetter) ||
        !(mark || (letter_high && (on_base || tailed || touches))))
      continue;
    const PixPointer piece = take(pixaGetPix(pieces, i, L_CLONE));
    const int shown = touches ? base + pixels(0.3) - y : height;
    pixRasterop(alone.get(), x, y, width, std::min(height, shown), PIX_SRC | PIX_DST, piece.get(), 0, 0);
  }
  pixaDestroy(&pieces);
  return {take(pixConvertTo8(alone.get(), 0)), place.x0, place.y0};
}

}  // namespace vanban::read
