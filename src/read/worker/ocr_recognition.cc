#include "read/worker/ocr_recognition.h"

#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <string_view>
#include <utility>

#include "read/worker/ocr_colour.h"
#include "read/worker/ocr_columns.h"
#include "read/worker/ocr_contested.h"
#include "read/worker/ocr_readings.h"

namespace vanban::read {
namespace {

constexpr double kStamped = 0.45;  // sureness of a line in red

bool should_stop(void* data, int) {
  auto* watch = static_cast<Watch*>(data);
  if (*watch->progress) (*watch->progress)();
  watch->late = watch->late || std::chrono::steady_clock::now() > watch->deadline;
  return watch->late;
}

// A few cells in a small frame: as a table it would be a very small one.
bool may_be_stamp(const FoundTable& table, double dpi) {
  const double width = table.box.width() / dpi, height = table.box.height() / dpi;  // inches
  return table.cells.size() <= 4 && width > 1.2 && width < 3.2 && height > 0.45 && height < 1.6;
}

}  // namespace

Recognition::Words Recognition::collect_words(int left, int top) {
  Words found;
  const std::unique_ptr<tesseract::ResultIterator> words(api_.GetIterator());
  if (!words) return found;
  const double scale = 72 / prepared_.dpi;
  bool begun = false;
  do {
    if (words->Empty(tesseract::RIL_WORD)) continue;
    if (!begun || words->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) ++line_;
    begun = true;
    const std::unique_ptr<char[]> text(words->GetUTF8Text(tesseract::RIL_WORD));
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    if (!text || text[0] == '\0' || !words->BoundingBox(tesseract::RIL_WORD, &x0, &y0, &x1, &y1)) continue;
    RawWord word;
    word.text = text.get();
    if (word.text.find_first_not_of(" \n\t") == std::string::npos) continue;
    word.box = {(x0 + left) * scale, (y0 + top) * scale, (x1 + left) * scale, (y1 + top) * scale};
    word.confidence = std::clamp(static_cast<double>(words->Confidence(tesseract::RIL_WORD)) / 100, 0.0, 1.0);
    word.line = line_;
    bool bold = false, italic = false, underlined = false, monospace = false, serif = false,
         small_caps = false;
    int size = 0, font = 0;
    words->WordFontAttributes(&bold, &italic, &underlined, &monospace, &serif, &small_caps, &size, &font);
    float row_height = 0, descenders = 0, ascenders = 0;
    words->RowAttributes(&row_height, &descenders, &ascenders);
    word.font_size = size > 0 ? size : static_cast<double>(row_height) * scale;
    found.push_back(std::move(word));
  } while (words->Next(tesseract::RIL_WORD));
  return found;
}

Recognition::Words Recognition::recognise_part(Pix* image, tesseract::PageSegMode mode, int left, int top) {
  if (watch_.late) return {};
  api_.SetPageSegMode(mode);
  api_.SetImage(image);
  api_.SetSourceResolution(static_cast<int>(std::lround(prepared_.dpi)));
  tesseract::ETEXT_DESC monitor;
  monitor.cancel = should_stop;
  monitor.cancel_this = &watch_;
  Words words;
  // A part in which Tesseract finds no text at all counts as a failure there; here it has no words.
  if (api_.Recognize(&monitor) == 0 && !watch_.late) words = collect_words(left, top);
  api_.Clear();
  return words;
}

// A part of `source` with white around, and where `others` stand.
Recognition::Words Recognition::recognise_cut(Pix* source, const PixelBox& box, tesseract::PageSegMode mode,
                                              const std::vector<PixelBox>& others) {
  const int margin = static_cast<int>(std::lround(prepared_.dpi / 15));
  const AreaPointer area(boxCreate(box.x0, box.y0, box.width(), box.height()));
  PixPointer part = take(pixClipRectangle(source, area.get(), nullptr));
  for (const PixelBox& other : others) {
    pixRasterop(part.get(), other.x0 - box.x0, other.y0 - box.y0, other.width(), other.height(), PIX_SET,
                nullptr, 0, 0);
  }
  part = take(pixAddBorder(part.get(), margin, 255));
  return recognise_part(part.get(), mode, box.x0 - margin, box.y0 - margin);
}

// A cell by itself, cut inside its lines, in one reading or, of a short one, several. Where grey letters
// leave a doubt the bare ink is often read better. `others`: cells inside its box, which are not its own.
std::vector<Recognition::Words> Recognition::recognise_cell(const PixelBox& box,
                                                            const std::vector<PixelBox>& others) {
  const int inset = std::max(1, static_cast<int>(std::lround(prepared_.dpi / 100)));
  const PixelBox inner{box.x0 + inset, box.y0 + inset, box.x1 - inset, box.y1 - inset};
  if (inner.width() < 4 || inner.height() < 4) return {};
  const AreaPointer area(boxCreate(inner.x0, inner.y0, inner.width(), inner.height()));
  PixPointer ink = take(pixClipRectangle(prepared_.ink.get(), area.get(), nullptr));
  for (const PixelBox& other : others) {
    pixRasterop(ink.get(), other.x0 - inner.x0, other.y0 - inner.y0, other.width(), other.height(), PIX_CLR,
                nullptr, 0, 0);
  }
  l_int32 count = 0;
  pixCountPixels(ink.get(), &count, nullptr);
  // A full stop at 200 dpi has a dozen pixels; an empty cell has some dust.
  if (count < prepared_.dpi * prepared_.dpi / 2500) return {};
  constexpr double kSure = 0.9, kLine = 0.3, kShort = 0.7;  // kLine and kShort: inches
  std::vector<Words> readings;
  readings.push_back(recognise_cut(prepared_.grey.get(), inner, tesseract::PSM_SINGLE_BLOCK, others));
  drop_border_marks(readings.front());
  BOX* found = nullptr;
  pixClipToForeground(ink.get(), nullptr, &found);
  const AreaPointer inked(found);
  l_int32 x = 0, y = 0, width = 0, height = 0;
  if (inked) boxGetGeometry(inked.get(), &x, &y, &width, &height);
  const bool is_short = others.empty() && height < kLine * prepared_.dpi && width < kShort * prepared_.dpi;
  if (!is_short && !readings.front().empty() && least_sure(readings.front()) >= kSure) return readings;
  Words from_ink = recognise_cut(black_.get(), inner, tesseract::PSM_SINGLE_BLOCK, others);
  drop_border_marks(from_ink);
  if (is_short) {
    readings.push_back(std::move(from_ink));
    x += inner.x0;
    y += inner.y0;
    read_enlarged({x, y, x + width, y + height}, readings);
  } else {
    readings.front() = surer(std::move(readings.front()), std::move(from_ink));
  }
  return readings;
}

// "2.1.", "%", "50": so few letters give the engine little to go by, and each preparation of the image has
// its own mistakes. Where the first two readings are not sure, more of them are asked for.
void Recognition::read_enlarged(const PixelBox& ink, std::vector<Words>& readings) {
  constexpr double kSure = 0.9;
  const CellReading grey = reading_of(readings[0]), black = reading_of(readings[1]);
  if (grey.text == black.text && std::min(grey.confidence, black.confidence) >= kSure) return;
  const int around = static_cast<int>(std::lround(prepared_.dpi / 50)), margin = 3 * around;
  const PixelBox place{std::max(0, ink.x0 - around), std::max(0, ink.y0 - around), ink.x1 + around,
                       ink.y1 + around};
  const AreaPointer area(boxCreate(place.x0, place.y0, place.width(), place.height()));
  PixPointer cut = take(pixClipRectangle(black_.get(), area.get(), nullptr));
  cut = take(pixAddBorder(cut.get(), margin, 255));
  const double left = (place.x0 - margin) * 72 / prepared_.dpi,
               top = (place.y0 - margin) * 72 / prepared_.dpi;
  for (const double scale : {1.5, 2.0}) {
    const PixPointer larger = take(pixScale(cut.get(), static_cast<float>(scale), static_cast<float>(scale)));
    Words again = recognise_part(larger.get(), tesseract::PSM_SINGLE_LINE, 0, 0);
    drop_border_marks(again);
    for (RawWord& word : again) {
      word.box = {left + word.box.x0 / scale, top + word.box.y0 / scale, left + word.box.x1 / scale,
                  top + word.box.y1 / scale};
      word.font_size /= scale;
    }
    readings.push_back(std::move(again));
  }
}

void Recognition::recognise_table(const FoundTable& table) {
  const double scale = 72 / prepared_.dpi;
  std::vector<ShortCell> cells(table.cells.size());
  std::vector<std::vector<Words>> words(table.cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i].box = table.cells[i];
    words[i] = recognise_cell(table.cells[i], cells_inside(table.cells, i, prepared_.dpi));
    if (words[i].size() < 2) continue;
    for (const Words& reading : words[i]) cells[i].readings.push_back(reading_of(reading));
  }
  std::vector<SettledCell> settled = settle_columns(cells, prepared_.dpi);
  for (const MisreadFigure& misread : misread_figures(cells, settled, prepared_.dpi))
    settle_figure(figures_among(misread, cells), settled[misread.cell]);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const PixelBox box = to_middles(table.cells[i], lines_);
    const int cell = static_cast<int>(page_.cells.size());
    page_.cells.push_back({box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale});
    if (words[i].empty()) continue;
    keep(words[i].size() > 1 ? settled_words(settled[i], cells[i], words[i]) : std::move(words[i].front()),
         cell);
  }
}

void Recognition::keep(Words words, int cell) {
  part_marks(words);
  for (RawWord& word : words) {
    word.cell = cell;
    page_.words.push_back(std::move(word));
  }
}

double Recognition::sureness_of(Pix* sample) {
  constexpr std::size_t kFewest = 30;  // bytes
  const int margin = static_cast<int>(std::lround(prepared_.dpi / 15));
  const PixPointer part = take(pixAddBorder(sample, margin, 255));
  const Words words = recognise_part(part.get(), tesseract::PSM_SINGLE_BLOCK, 0, 0);
  std::size_t length = 0;
  for (const RawWord& word : words) length += word.text.size();
  return length < kFewest ? 0 : sureness(words);
}

RawPage Recognition::run() {
  Pix* grey = prepared_.grey.get();
  const double scale = 72 / prepared_.dpi;
  page_.origin = TextOrigin::kOcr;
  page_.width = pixGetWidth(grey) * scale;
  page_.height = pixGetHeight(grey) * scale;
  page_.skew_degrees = prepared_.skew_degrees;
  lines_ = find_lines(prepared_.ink.get(), prepared_.dpi);
  for (const PixelBox& line : lines_.horizontal) {
    const double y = (line.y0 + line.y1) * scale / 2;
    page_.rulings.push_back({line.x0 * scale, y, line.x1 * scale, y});
  }
  for (const PixelBox& line : lines_.vertical) {
    const double x = (line.x0 + line.x1) * scale / 2;
    page_.rulings.push_back({x, line.y0 * scale, x, line.y1 * scale});
  }
  black_ = take(pixConvertTo8(prepared_.ink.get(), 0));
  PixPointer outside = take(pixCopy(nullptr, grey));
  const auto wipe = [&](const PixelBox& box, int grow) {
    pixRasterop(outside.get(), box.x0 - grow, box.y0 - grow, box.width() + 2 * grow, box.height() + 2 * grow,
                PIX_SET, nullptr, 0, 0);
  };
  for (const FoundTable& table : lines_.tables) {
    if (!may_be_stamp(table, prepared_.dpi)) {
      wipe(table.box, 2);
      continue;
    }
    // A stamp's frame may stand on print: only its inside goes, and the lines themselves.
    wipe(table.box, -static_cast<int>(std::lround(prepared_.dpi / 20)));
    const AreaPointer area(
        boxCreate(table.box.x0 - 2, table.box.y0 - 2, table.box.width() + 4, table.box.height() + 4));
    const PixPointer frame = take(pixClipRectangle(lines_.mask.get(), area.get(), nullptr));
    l_int32 x = 0, y = 0;
    boxGetGeometry(area.get(), &x, &y, nullptr, nullptr);
    PixPointer placed = take(pixCreate(pixGetWidth(grey), pixGetHeight(grey), 1));
    pixRasterop(placed.get(), std::max(0, x), std::max(0, y), pixGetWidth(frame.get()),
                pixGetHeight(frame.get()), PIX_SRC, frame.get(), 0, 0);
    pixSetMasked(outside.get(), placed.get(), 255);
  }
  Words text;
  const PixPointer whole =
      prepared_.signatures.empty() ? take(pixClone(outside.get())) : take(pixCopy(nullptr, outside.get()));
  for (const PixelBox& box : prepared_.signatures) {
    Words block = read_signature(outside.get(), box);
    std::move(block.begin(), block.end(), std::back_inserter(text));
    wipe(box, 0);
  }
  Words body = recognise_part(outside.get(), tesseract::PSM_AUTO, 0, 0);
  std::move(body.begin(), body.end(), std::back_inserter(text));
  reconsider_blocks(outside.get(), text);
  reconsider_lines(text);
  Words contested = take_contested(text);
  read_missed_lines(whole.get(), text);
  return_contested(std::move(contested), text);
  reread_numbers(text);
  for (const StampedLine& stamp : prepared_.stamps) {
    Words words =
        recognise_part(stamp.image.get(), tesseract::PSM_SINGLE_LINE, stamp.place.x0, stamp.place.y0);
    // Where the levelled line stood is known for the whole of it.
    const int margin = (pixGetWidth(stamp.image.get()) - stamp.place.width()) / 2;
    for (RawWord& word : words) {
      word.box = {word.box.x0 - margin * scale, stamp.place.y0 * scale, word.box.x1 - margin * scale,
                  stamp.place.y1 * scale};
    }
    if (is_print(words, kStamped)) std::move(words.begin(), words.end(), std::back_inserter(text));
  }
  keep(std::move(text), -1);
  for (const FoundTable& table : lines_.tables) recognise_table(table);
  page_.mean_confidence = page_.words.empty() ? 1 : sureness(page_.words);
  return std::move(page_);
}

}  // namespace vanban::read
