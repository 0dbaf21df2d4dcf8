// Second looks at what the engine left in doubt: blocks, lines, numbers and figures, each by itself.

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "read/worker/ocr_beside.h"
#include "read/worker/ocr_colour.h"
#include "read/worker/ocr_contested.h"
#include "read/worker/ocr_marks.h"
#include "read/worker/ocr_missed.h"
#include "read/worker/ocr_print_lines.h"
#include "read/worker/ocr_readings.h"
#include "read/worker/ocr_recognition.h"

namespace vanban::read {

// Blocks side by side whose lines stand at different heights are read across by the engine: the recipients'
// first lines and "KT. BỘ TRƯỞNG" become one line of nonsense. Where such a place is doubtful each block is
// read by itself.
void Recognition::reconsider_blocks(Pix* image, Words& words) {
  constexpr double kDoubtful = 0.6, kFewest = 0.8, kNoise = 0.25;
  constexpr std::size_t kMostWords = 300;  // no signature block has more
  const double scale = 72 / prepared_.dpi;
  // A hyphen or a single word that is not sure is no sign of lines that run across.
  const auto doubtful = [](const Words& some) {
    const auto unsure = std::count_if(some.begin(), some.end(), [](const RawWord& word) {
      return word.confidence < kDoubtful && word.text.size() > 2;
    });
    return unsure >= 2 || has_contested(some);
  };
  for (const SideBySide& blocks : side_by_side(prepared_.ink.get(), lines_, prepared_.dpi)) {
    const auto inside = [&](const RawWord& word) {
      const double y = word.box.centre_y() / scale;
      return y >= blocks.left.y0 && y < blocks.left.y1;
    };
    Words before, rest;
    for (const RawWord& word : words) (inside(word) ? before : rest).push_back(word);
    if (before.size() > kMostWords || !doubtful(before)) continue;
    Words apart;
    for (const PixelBox& block : {blocks.left, blocks.right}) {
      Words part = recognise_cut(image, block, tesseract::PSM_SINGLE_BLOCK);
      std::move(part.begin(), part.end(), std::back_inserter(apart));
    }
    const auto length = [](const Words& some) {
      std::size_t bytes = 0;
      for (const RawWord& word : some) bytes += word.text.size();
      return static_cast<double>(bytes);
    };
    if (length(apart) < kFewest * length(before) || sureness(apart) <= sureness(before)) continue;
    // "KT. BỘ TRƯỞNG" under a seal, which neither block has again: nothing that was read may be lost.
    const auto lost = std::count_if(before.begin(), before.end(), [&](const RawWord& word) {
      const bool again = std::any_of(apart.begin(), apart.end(), [&](const RawWord& one) {
        return one.box.x0 < word.box.x1 && word.box.x0 < one.box.x1 && one.box.y0 < word.box.centre_y() &&
               word.box.centre_y() < one.box.y1;
      });
      return !again && word.confidence >= kNoise && word.text.size() > 2;
    });
    if (lost > 1) continue;
    words = std::move(rest);
    std::move(apart.begin(), apart.end(), std::back_inserter(words));
  }
}

// Lines that the engine is not sure of are read again by themselves, from the bare ink.
void Recognition::reconsider_lines(Words& words) {
  constexpr double kDoubtfulWord = 0.6, kDoubtfulLine = 0.85;
  constexpr int kMostLines = 25;
  int again = 0;
  Words kept;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t end = i;
    Box box = words[i].box;
    while (end < words.size() && words[end].line == words[i].line) box.include(words[end++].box);
    Words line(std::make_move_iterator(words.begin() + static_cast<std::ptrdiff_t>(i)),
               std::make_move_iterator(words.begin() + static_cast<std::ptrdiff_t>(end)));
    i = end;
    if ((least_sure(line) < kDoubtfulWord || sureness(line) < kDoubtfulLine) && again < kMostLines) {
      ++again;
      const double scale = prepared_.dpi / 72;
      const int around = static_cast<int>(std::lround(prepared_.dpi / 50));
      const PixelBox place{
          std::max(0, static_cast<int>(box.x0 * scale) - around),
          std::max(0, static_cast<int>(box.y0 * scale) - around / 2),
          std::min(pixGetWidth(black_.get()), static_cast<int>(box.x1 * scale) + around),
          std::min(pixGetHeight(black_.get()), static_cast<int>(box.y1 * scale) + around / 2)};
      if (place.width() > 3 && place.height() > 3) {
        line = surer(std::move(line), recognise_cut(black_.get(), place, tesseract::PSM_SINGLE_LINE));
      }
    }
    std::move(line.begin(), line.end(), std::back_inserter(kept));
  }
  words = std::move(kept);
}

// A document number that lost its slash and a digit with it ("0NQ-CP" for "01/NQ-CP", under a seal or in
// faint print) is read again by itself, enlarged. What two readings say counts, and stays doubtful.
void Recognition::reread_numbers(Words& words) {
  constexpr int kMost = 12;
  constexpr double kDoubtful = 0.5;
  int again = 0;
  const double points = 72 / prepared_.dpi;
  for (RawWord& word : words) {
    const std::string_view behind = behind_fraction_slash(word.text);
    if ((behind.empty() && !is_broken_number(word.text)) || ++again > kMost) continue;
    const int around = static_cast<int>(std::lround(prepared_.dpi / 40));
    const PixelBox place{std::max(0, static_cast<int>(word.box.x0 / points) - around),
                         std::max(0, static_cast<int>(word.box.y0 / points) - around / 2),
                         static_cast<int>(word.box.x1 / points) + around,
                         static_cast<int>(word.box.y1 / points) + around / 2};
    const AreaPointer area(boxCreate(place.x0, place.y0, place.width(), place.height()));
    std::map<std::string, int> votes;
    for (Pix* source : {prepared_.grey.get(), black_.get()}) {
      PixPointer cut = take(pixClipRectangle(source, area.get(), nullptr));
      cut = take(pixAddBorder(cut.get(), 3 * around, 255));
      for (const double scale : {1.0, 1.5, 2.0}) {
        const PixPointer larger =
            take(pixScale(cut.get(), static_cast<float>(scale), static_cast<float>(scale)));
        for (const RawWord& one : recognise_part(larger.get(), tesseract::PSM_SINGLE_LINE, 0, 0)) {
          if (!behind.empty()) {
            const std::size_t slash = one.text.size() - std::min(one.text.size(), behind.size() + 1);
            const bool whole = slash > 0 && one.text[slash] == '/' && one.text.ends_with(behind) &&
                               std::isdigit(static_cast<unsigned char>(one.text[slash - 1])) != 0;
            if (whole) ++votes[one.text];
            continue;
          }
          const std::string_view symbol = number_symbol(one.text);
          if (!symbol.empty() && word.text.find(symbol) != std::string::npos) ++votes[one.text];
        }
      }
    }
    const auto most = std::max_element(votes.begin(), votes.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == votes.end() || most->second < 2) continue;
    word.rewrite(most->first);
    word.confidence = std::min(word.confidence, kDoubtful);
  }
}

// Tesseract leaves out lines that stand apart, above all where a pen or a seal touches them ("GIÁM ĐỐC" over
// a signature). What looks like a line and was not read is read by itself.
void Recognition::read_missed_lines(Pix* image, Words& words) {
  const double scale = prepared_.dpi / 72;
  constexpr double kMissed = 0.75;           // sureness of a line that stands apart
  constexpr double kLow = 0.6, kHigh = 1.5;  // heights of a line without and with tails and marks, in sizes
  std::vector<PixelBox> read;
  for (const RawWord& word : words) {
    read.push_back({static_cast<int>(word.box.x0 * scale), static_cast<int>(word.box.y0 * scale),
                    static_cast<int>(word.box.x1 * scale) + 1, static_cast<int>(word.box.y1 * scale) + 1});
  }
  const PixPointer ink = ink_of(image);
  std::vector<double> sizes;
  for (const RawWord& word : words) sizes.push_back(word.font_size);
  std::sort(sizes.begin(), sizes.end());
  const double usual = sizes.empty() ? 0 : sizes[sizes.size() / 2];
  for (const MissedLine& line : missed_lines(ink.get(), lines_.mask.get(), read, prepared_.dpi)) {
    Words found = recognise_cut(image, line.around, tesseract::PSM_SINGLE_LINE);
    // The tails of the line above are in the cut, too; its words' boxes must not reach up to them.
    for (RawWord& word : found) {
      // So is their size too large; print as high as a line of the page's own size has that size.
      const double high = line.print.height() / scale;
      if (high > kLow * usual && high < kHigh * usual) word.font_size = usual;
      word.box.y0 = std::min(std::max(word.box.y0, line.print.y0 / scale), word.box.y1);
      word.box.y1 = std::max(std::min(word.box.y1, line.print.y1 / scale), word.box.y0);
    }
    if (is_print(found, kMissed)) std::move(found.begin(), found.end(), std::back_inserter(words));
  }
}

// A signature block is read as one block, and each of its lines by itself without the pen's strokes: they
// make the engine lose "PHÓ GIÁM ĐỐC" above a signature, or join it with the strokes.
Recognition::Words Recognition::read_signature(Pix* image, const PixelBox& box) {
  constexpr double kPrint = 0.6, kAsLong = 0.85;
  const double scale = prepared_.dpi / 72;
  Words words = recognise_cut(image, box, tesseract::PSM_SINGLE_BLOCK);
  const int margin = static_cast<int>(std::lround(prepared_.dpi / 15));
  const auto length = [](const Words& some) {
    std::size_t bytes = 0;
    for (const RawWord& word : some) bytes += word.text.size();
    return static_cast<double>(bytes);
  };
  const std::vector<PrintLine> lines = printed_lines(prepared_.ink.get(), box, prepared_.dpi);
  const auto on = [scale](const RawWord& word, const PrintLine& line) {
    const double y = word.box.centre_y() * scale, x = word.box.centre_x() * scale;
    return y >= line.box.y0 && y < line.base && x >= line.box.x0 && x < line.box.x1;
  };
  // What a pen or the seal left: it stands on no line of print and is no word either.
  std::erase_if(words, [&](const RawWord& word) {
    const auto letters = std::count_if(word.text.begin(), word.text.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return std::isalnum(byte) != 0 || byte >= 0xC3;
    });
    return letters < 2 &&
           std::none_of(lines.begin(), lines.end(), [&](const PrintLine& line) { return on(word, line); });
  });
  for (const PrintLine& line : lines) {
    const LineAlone alone = drawn_alone(prepared_.ink.get(), line, prepared_.dpi);
    const PixPointer framed = take(pixAddBorder(alone.image.get(), margin, 255));
    Words apart =
        recognise_part(framed.get(), tesseract::PSM_SINGLE_LINE, alone.left - margin, alone.top - margin);
    if (!is_print(apart, kPrint)) continue;
    Words before, rest;
    for (const RawWord& word : words) (on(word, line) ? before : rest).push_back(word);
    if (!before.empty() && (sureness(apart) <= sureness(before) || length(apart) < kAsLong * length(before)))
      continue;
    for (RawWord& word : apart) word.box.y0 = std::min(std::max(word.box.y0, line.top / scale), word.box.y1);
    words = std::move(rest);
    std::move(apart.begin(), apart.end(), std::back_inserter(words));
  }
  return words;
}

// What a short cell holds if it is a figure: read in one line with figures of its column, in several sizes.
std::vector<std::string> Recognition::figures_among(const MisreadFigure& misread,
                                                    const std::vector<ShortCell>& cells) {
  const int inset = std::max(1, static_cast<int>(std::lround(prepared_.dpi / 50))), gap = 6 * inset;
  std::vector<std::size_t> line = misread.above;
  line.push_back(misread.cell);
  line.insert(line.end(), misread.below.begin(), misread.below.end());
  std::vector<PixelBox> inked;  // of each cell of the line
  int wide = gap, high = 0;
  for (std::size_t i : line) {
    const PixelBox& cell = cells[i].box;
    const AreaPointer area(boxCreate(cell.x0 + inset, cell.y0 + inset, std::max(1, cell.width() - 2 * inset),
                                     std::max(1, cell.height() - 2 * inset)));
    const PixPointer ink = take(pixClipRectangle(prepared_.ink.get(), area.get(), nullptr));
    BOX* found = nullptr;
    pixClipToForeground(ink.get(), nullptr, &found);
    const AreaPointer print(found);
    l_int32 x = 0, y = 0, width = 0, height = 0;
    if (print) boxGetGeometry(print.get(), &x, &y, &width, &height);
    inked.push_back({cell.x0 + inset + x, cell.y0 + inset + y, cell.x0 + inset + x + width,
                     cell.y0 + inset + y + height});
    wide += width + gap;
    high = std::max(high, height);
  }
  std::vector<std::string> figures;
  if (high == 0) return figures;
  for (Pix* source : {prepared_.grey.get(), black_.get()}) {
    const PixPointer strip = take(pixCreate(wide, high + 2 * gap, 8));
    pixSetAll(strip.get());  // white
    int at = gap, from = 0, to = 0;
    for (std::size_t k = 0; k < line.size(); ++k) {
      const PixelBox& box = inked[k];
      pixRasterop(strip.get(), at - 1, gap + (high - box.height()) / 2 - 1, box.width() + 2, box.height() + 2,
                  PIX_SRC, source, box.x0 - 1, box.y0 - 1);
      if (line[k] == misread.cell) {
        from = at - gap / 2;
        to = at + box.width() + gap / 2;
      }
      at += box.width() + gap;
    }
    for (const double scale : {1.0, 1.3}) {
      const PixPointer larger =
          take(pixScale(strip.get(), static_cast<float>(scale), static_cast<float>(scale)));
      const double points = 72 / prepared_.dpi * scale;
      std::string text;
      for (const RawWord& word : recognise_part(larger.get(), tesseract::PSM_SINGLE_LINE, 0, 0)) {
        const double x = word.box.centre_x() / points;
        if (x > from && x < to) text += word.text;
      }
      figures.push_back(std::move(text));
    }
  }
  return figures;
}

// A footnote's mark is read by itself, enlarged, and becomes a word of its own that is glued to its word:
// "phủ!" -> "phủ" "1". What is not read as so many digits as there are raised signs stays as it was.
void Recognition::part_marks(Words& words) {
  constexpr double kLarger = 3, kSure = 0.5;
  const double scale = 72 / prepared_.dpi;
  const int margin = static_cast<int>(std::lround(prepared_.dpi / 15));
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!may_have_mark(words[i].text)) continue;
    const Box& box = words[i].box;
    const PixelBox place{static_cast<int>(box.x0 / scale), static_cast<int>(box.y0 / scale),
                         static_cast<int>(std::ceil(box.x1 / scale)),
                         static_cast<int>(std::ceil(box.y1 / scale))};
    const auto raised = raised_end(prepared_.ink.get(), place, words[i].font_size / scale);
    if (!raised) continue;
    const auto parted = without_mark(words[i].text, raised->count);
    if (!parted) continue;
    const AreaPointer area(
        boxCreate(raised->box.x0, raised->box.y0, raised->box.width(), raised->box.height()));
    PixPointer cut = take(pixClipRectangle(black_.get(), area.get(), nullptr));
    cut = take(pixScale(cut.get(), static_cast<float>(kLarger), static_cast<float>(kLarger)));
    cut = take(pixAddBorder(cut.get(), margin, 255));
    api_.SetVariable("tessedit_char_whitelist", "0123456789");
    const Words read = recognise_part(cut.get(), tesseract::PSM_SINGLE_WORD, 0, 0);
    api_.SetVariable("tessedit_char_whitelist", "");
    const bool digits = read.size() == 1 && read.front().text.size() == raised->count &&
                        read.front().text.find_first_not_of("0123456789") == std::string::npos &&
                        read.front().text[0] != '0';
    if (!digits || read.front().confidence < kSure) continue;
    RawWord mark = words[i];
    mark.text = read.front().text;
    mark.confidence = read.front().confidence;
    mark.font_size = 0.6 * words[i].font_size;
    mark.box = {raised->box.x0 * scale, raised->box.y0 * scale, raised->box.x1 * scale,
                raised->box.y1 * scale};
    RawWord stops = words[i];
    stops.text = parted->stops;
    stops.box.x0 = mark.box.x1;
    RawWord& word = words[i];
    word.text = parted->word;
    word.box.x1 = mark.box.x0;
    word.space_after = false;
    mark.space_after = stops.text.empty();
    const auto at = words.begin() + static_cast<std::ptrdiff_t>(i);
    if (!stops.text.empty()) words.insert(at + 1, std::move(stops));
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(mark));
    ++i;
  }
}

}  // namespace vanban::read
