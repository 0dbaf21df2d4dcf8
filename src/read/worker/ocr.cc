#include "read/worker/ocr.h"

#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string_view>

#include "read/sha256.h"
#include "read/worker/ocr_colour.h"
#include "read/worker/ocr_columns.h"
#include "read/worker/ocr_missed.h"
#include "read/worker/ocr_photo.h"
#include "read/worker/ocr_prepare.h"
#include "read/worker/ocr_tables.h"
#include "read/worker/ocr_turn.h"
#include "read/worker/pix.h"

namespace vanban::read {
namespace {

constexpr double kLeastDpi = 140;  // below it the letters are too small for the model: the image is enlarged
constexpr double kGoodDpi = 200;
constexpr double kLongA4 = 11.69;                  // inches
constexpr int kLongestSide = 32'000;               // Tesseract refuses 32,767
constexpr double kMissed = 0.75, kStamped = 0.45;  // sureness of a line that stands apart, and of one in red

// Loading language data takes longer than a page of text; one engine serves the process.
struct Engine {
  tesseract::TessBaseAPI api;
  std::string languages;
  std::string identity;  // made when it is asked for
};

std::string packages_of(const std::string& languages) {
  std::string packages;
  std::istringstream in(languages);
  for (std::string language; std::getline(in, language, '+');) {
    packages += (packages.empty() ? "" : ", ") + ("tesseract-ocr-" + language);
  }
  return packages;
}

Result<Engine*> engine_for(const std::string& languages) {
  static Engine* engine = nullptr;  // never destroyed: Tesseract's own statics may be gone by then
  if (engine != nullptr && engine->languages == languages) return engine;
  auto fresh = std::make_unique<Engine>();
  if (fresh->api.Init(nullptr, languages.c_str(), tesseract::OEM_LSTM_ONLY) != 0) {
    return make_error(ErrorCode::kSetup, "OCR language data for \"" + languages +
                                             "\" is missing: install the package " + packages_of(languages));
  }
  fresh->languages = languages;
  fresh->api.SetPageSegMode(tesseract::PSM_AUTO);
  delete engine;
  engine = fresh.release();
  return engine;
}

// Tesseract's progress callback: told several times a second.
struct Watch {
  std::chrono::steady_clock::time_point deadline;
  const std::function<void()>* progress = nullptr;
  bool late = false;
};

bool should_stop(void* data, int) {
  auto* watch = static_cast<Watch*>(data);
  if (*watch->progress) (*watch->progress)();
  watch->late = watch->late || std::chrono::steady_clock::now() > watch->deadline;
  return watch->late;
}

// One page on its way through the engine.
class Recognition {
 public:
  Recognition(tesseract::TessBaseAPI& api, const PreparedPage& prepared, const OcrSettings& settings)
      : api_(api),
        prepared_(prepared),
        watch_{std::chrono::steady_clock::now() +
                   std::chrono::milliseconds(static_cast<long long>(settings.seconds * 1000)),
               &settings.progress} {}

  RawPage run();
  double sureness_of(Pix* sample);  // of a part of a page, read as one block
  bool late() const { return watch_.late; }

 private:
  using Words = std::vector<RawWord>;
  Words recognise_part(Pix* image, tesseract::PageSegMode mode, int left, int top);
  Words collect_words(int left, int top);
  Words recognise_cut(Pix* source, const PixelBox& box, tesseract::PageSegMode mode);
  void recognise_table(const FoundTable& table);
  std::vector<Words> recognise_cell(const PixelBox& box);
  void read_enlarged(const PixelBox& ink, std::vector<Words>& readings);
  void reconsider_lines(Words& words);
  void read_missed_lines(Pix* image, Words& words);
  void keep(Words words, int cell);

  tesseract::TessBaseAPI& api_;
  const PreparedPage& prepared_;
  Watch watch_;
  PixPointer black_;  // the page's ink alone, 8 bits a pixel, once a second opinion is asked for
  FoundLines lines_;
  RawPage page_;
  int line_ = -1;
};

// How sure the engine is of these words: by length, and nothing is no reading at all.
double sureness(const std::vector<RawWord>& words) {
  double sum = 0, length = 0;
  for (const RawWord& word : words) {
    const auto bytes = static_cast<double>(word.text.size());
    sum += bytes * word.confidence;
    length += bytes;
  }
  return length > 0 ? sum / length : 0;
}

double least_sure(const std::vector<RawWord>& words) {
  double least = 1;
  for (const RawWord& word : words) least = std::min(least, word.confidence);
  return least;
}

std::string digits_of(const std::vector<RawWord>& words) {
  std::string digits;
  for (const RawWord& word : words) {
    for (char c : word.text) {
      if (c >= '0' && c <= '9') digits += c;
    }
  }
  return digits;
}

bool same_places(const std::vector<RawWord>& first, const std::vector<RawWord>& second) {
  return std::equal(
      first.begin(), first.end(), second.begin(), second.end(), [](const RawWord& a, const RawWord& b) {
        return a.box.x0 < b.box.x1 && b.box.x0 < a.box.x1 && a.box.y0 < b.box.y1 && b.box.y0 < a.box.y1;
      });
}

// The surer one of two readings of the same place, word by word where they have the same words. Where both
// are believable and differ, neither is sure; where their digits differ, no digit is.
std::vector<RawWord> surer(std::vector<RawWord> first, std::vector<RawWord> second) {
  constexpr double kBelievable = 0.7, kDoubtfulDigit = 0.5, kDoubtful = 0.85;
  const auto has_digit = [](const RawWord& word) {
    return word.text.find_first_of("0123456789") != std::string::npos;
  };
  if (same_places(first, second)) {
    for (std::size_t i = 0; i < first.size(); ++i) {
      RawWord &kept = first[i], &other = second[i];
      if (kept.text == other.text) {
        kept.confidence = std::max(kept.confidence, other.confidence);
        continue;
      }
      if (other.confidence > kept.confidence) std::swap(kept, other);
      const bool digits = (has_digit(kept) || has_digit(other)) && digits_of({kept}) != digits_of({other});
      if (other.confidence >= (digits ? kDoubtfulDigit : kBelievable)) {
        kept.confidence = std::min(kept.confidence, digits ? kDoubtfulDigit : kDoubtful);
      }
    }
    return first;
  }
  if (sureness(second) > sureness(first)) first.swap(second);
  if (sureness(second) >= kBelievable && digits_of(first) != digits_of(second)) {
    for (RawWord& word : first) {
      if (has_digit(word)) word.confidence = std::min(word.confidence, kDoubtfulDigit);
    }
  }
  return first;
}

// A quotation mark that opens and does not close is a border's remains: 'VPCP.
void drop_border_marks(std::vector<RawWord>& words) {
  for (RawWord& word : words) {
    for (std::string_view mark : {"'", "|", "‘"}) {
      if (word.text.size() <= mark.size() || !std::string_view(word.text).starts_with(mark)) continue;
      const bool closes = word.text.find('\'', mark.size()) != std::string::npos ||
                          word.text.find("’", mark.size()) != std::string::npos;
      if (!closes) word.text.erase(0, mark.size());
      break;
    }
  }
}

CellReading reading_of(const std::vector<RawWord>& words) {
  CellReading reading;
  for (const RawWord& word : words) reading.text += (reading.text.empty() ? "" : " ") + word.text;
  reading.confidence = words.empty() ? 0 : least_sure(words);
  return reading;
}

// The words of that one of a short cell's readings that its column settled on. What it made another text of
// is one word (an ordinal, a head), or words with dust around them.
std::vector<RawWord> settled_words(const SettledCell& settled, const ShortCell& cell,
                                   std::vector<std::vector<RawWord>>& words) {
  const std::string& read = settled.read_as.empty() ? settled.text : settled.read_as;
  std::vector<RawWord> chosen;
  for (std::size_t i = 0; i < words.size() && chosen.empty(); ++i) {
    if (cell.readings[i].text == read) chosen = std::move(words[i]);
  }
  if (chosen.empty()) return chosen;
  if (!settled.read_as.empty()) {
    std::vector<std::string> texts;
    std::istringstream in(settled.text);
    for (std::string text; in >> text;) texts.push_back(std::move(text));
    std::size_t first = 0;
    if (texts.size() == 1) {
      for (const RawWord& word : chosen) chosen.front().box.include(word.box);
    } else {
      while (first + texts.size() < chosen.size() &&
             chosen[first].text.find(texts.front()) == std::string::npos)
        ++first;
    }
    chosen.erase(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(first));
    if (chosen.size() > texts.size()) chosen.resize(texts.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i].text = texts[i];
    chosen.front().read_as = settled.read_as;
  }
  for (RawWord& word : chosen) word.confidence = settled.confidence;
  return chosen;
}

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

// A part of `source` with white around.
Recognition::Words Recognition::recognise_cut(Pix* source, const PixelBox& box, tesseract::PageSegMode mode) {
  const int margin = static_cast<int>(std::lround(prepared_.dpi / 15));
  const AreaPointer area(boxCreate(box.x0, box.y0, box.width(), box.height()));
  PixPointer part = take(pixClipRectangle(source, area.get(), nullptr));
  part = take(pixAddBorder(part.get(), margin, 255));
  return recognise_part(part.get(), mode, box.x0 - margin, box.y0 - margin);
}

// A few cells in a small frame: as a table it would be a very small one.
bool may_be_stamp(const FoundTable& table, double dpi) {
  const double width = table.box.width() / dpi, height = table.box.height() / dpi;  // inches
  return table.cells.size() <= 4 && width > 1.2 && width < 3.2 && height > 0.45 && height < 1.6;
}

// A cell by itself, cut inside its lines, in one reading or, of a short one, several. Where grey letters
// leave a doubt the bare ink is often read better.
std::vector<Recognition::Words> Recognition::recognise_cell(const PixelBox& box) {
  const int inset = std::max(1, static_cast<int>(std::lround(prepared_.dpi / 100)));
  const PixelBox inner{box.x0 + inset, box.y0 + inset, box.x1 - inset, box.y1 - inset};
  if (inner.width() < 4 || inner.height() < 4) return {};
  const AreaPointer area(boxCreate(inner.x0, inner.y0, inner.width(), inner.height()));
  PixPointer ink = take(pixClipRectangle(prepared_.ink.get(), area.get(), nullptr));
  l_int32 count = 0;
  pixCountPixels(ink.get(), &count, nullptr);
  // A full stop at 200 dpi has a dozen pixels; an empty cell has some dust.
  if (count < prepared_.dpi * prepared_.dpi / 2500) return {};
  constexpr double kSure = 0.9, kLine = 0.3, kShort = 0.7;  // kLine and kShort: inches
  std::vector<Words> readings;
  readings.push_back(recognise_cut(prepared_.grey.get(), inner, tesseract::PSM_SINGLE_BLOCK));
  drop_border_marks(readings.front());
  BOX* found = nullptr;
  pixClipToForeground(ink.get(), nullptr, &found);
  const AreaPointer inked(found);
  l_int32 x = 0, y = 0, width = 0, height = 0;
  if (inked) boxGetGeometry(inked.get(), &x, &y, &width, &height);
  const bool is_short = height < kLine * prepared_.dpi && width < kShort * prepared_.dpi;
  if (!is_short && !readings.front().empty() && least_sure(readings.front()) >= kSure) return readings;
  Words from_ink = recognise_cut(black_.get(), inner, tesseract::PSM_SINGLE_BLOCK);
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
    words[i] = recognise_cell(table.cells[i]);
    if (words[i].size() < 2) continue;
    for (const Words& reading : words[i]) cells[i].readings.push_back(reading_of(reading));
  }
  const std::vector<SettledCell> settled = settle_columns(cells, prepared_.dpi);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const PixelBox& box = table.cells[i];
    const int cell = static_cast<int>(page_.cells.size());
    page_.cells.push_back({box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale});
    if (words[i].empty()) continue;
    keep(words[i].size() > 1 ? settled_words(settled[i], cells[i], words[i]) : std::move(words[i].front()),
         cell);
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

// Letters enough, and read surely enough, to be print and no scrawl.
bool is_print(const std::vector<RawWord>& words, double least) {
  constexpr std::size_t kFewest = 4;
  std::size_t letters = 0;
  for (const RawWord& word : words) {
    letters += static_cast<std::size_t>(std::count_if(word.text.begin(), word.text.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return std::isalpha(byte) != 0 || byte >= 0xC0;
    }));
  }
  return letters >= kFewest && sureness(words) >= least;
}

// Tesseract leaves out lines that stand apart, above all where a pen or a seal touches them ("GIÁM ĐỐC" over
// a signature). What looks like a line and was not read is read by itself.
void Recognition::read_missed_lines(Pix* image, Words& words) {
  const double scale = prepared_.dpi / 72;
  std::vector<PixelBox> read;
  for (const RawWord& word : words) {
    read.push_back({static_cast<int>(word.box.x0 * scale), static_cast<int>(word.box.y0 * scale),
                    static_cast<int>(word.box.x1 * scale) + 1, static_cast<int>(word.box.y1 * scale) + 1});
  }
  const PixPointer ink = ink_of(image);
  for (const PixelBox& line : missed_lines(ink.get(), lines_.mask.get(), read, prepared_.dpi)) {
    Words found = recognise_cut(image, line, tesseract::PSM_SINGLE_LINE);
    if (is_print(found, kMissed)) std::move(found.begin(), found.end(), std::back_inserter(words));
  }
}

void Recognition::keep(Words words, int cell) {
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
    Words block = recognise_cut(outside.get(), box, tesseract::PSM_SINGLE_BLOCK);
    std::move(block.begin(), block.end(), std::back_inserter(text));
    wipe(box, 0);
  }
  Words body = recognise_part(outside.get(), tesseract::PSM_AUTO, 0, 0);
  std::move(body.begin(), body.end(), std::back_inserter(text));
  reconsider_lines(text);
  read_missed_lines(whole.get(), text);
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

void append_below(RawPage& page, RawPage part) {
  const double down = page.height;
  const int cells = static_cast<int>(page.cells.size());
  const int lines = page.words.empty() ? 0 : page.words.back().line + 1;
  const auto moved = [down](Box box) { return Box{box.x0, box.y0 + down, box.x1, box.y1 + down}; };
  for (RawWord& word : part.words) {
    word.box = moved(word.box);
    word.line += lines;
    if (word.cell >= 0) word.cell += cells;
    page.words.push_back(std::move(word));
  }
  for (const Ruling& line : part.rulings)
    page.rulings.push_back({line.x0, line.y0 + down, line.x1, line.y1 + down});
  for (const Box& cell : part.cells) page.cells.push_back(moved(cell));
  page.width = std::max(page.width, part.width);
  page.height += part.height;
  page.skew_degrees = part.skew_degrees;
}

}  // namespace

Result<std::string> ocr_identity(const std::string& languages) {
  auto engine = engine_for(languages);
  if (!engine) return engine.error();
  std::string& identity = (*engine)->identity;
  if (!identity.empty()) return identity;
  char* leptonica = getLeptonicaVersion();
  identity = ocr_engine_name() + " " + (leptonica == nullptr ? "" : leptonica) + " " + languages;
  lept_free(leptonica);
  std::istringstream in(languages);
  for (std::string language; std::getline(in, language, '+');) {
    const std::string path = std::string((*engine)->api.GetDatapath()) + "/" + language + ".traineddata";
    std::ifstream file(path, std::ios::binary);
    Sha256 digest;
    std::string piece(1u << 20, '\0');
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())), file.gcount() > 0) {
      digest.add(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())));
    }
    identity += " " + digest.hex();
  }
  return identity;
}

std::string ocr_engine_name() { return std::string("tesseract ") + tesseract::TessBaseAPI::Version(); }

Result<RawPage> recognise(Pix* image, double dpi, const OcrSettings& settings) {
  const int width = pixGetWidth(image), height = pixGetHeight(image);
  RawPage page;
  page.origin = TextOrigin::kOcr;
  page.width = width * 72 / dpi;
  page.height = height * 72 / dpi;
  if (width < 8 || height < 8) return page;  // nothing can be written there

  auto engine = engine_for(settings.languages);
  if (!engine) return engine.error();
  double scale = dpi < kLeastDpi ? kGoodDpi / dpi : 1;
  scale = std::min(scale, static_cast<double>(kLongestSide) / std::max(width, height));
  try {
    const PixPointer scaled = take(
        std::abs(scale - 1) < 1e-3 ? pixClone(image)
                                   : pixScale(image, static_cast<float>(scale), static_cast<float>(scale)));
    std::vector<PixPointer> sheets;
    if (settings.straighten && pixGetDepth(scaled.get()) > 1) {
      const PixPointer grey = grey_of(scaled.get());
      sheets = pages_of_photograph(grey.get());
    }
    const auto began = std::chrono::steady_clock::now();
    const auto rest_of = [&] {
      OcrSettings rest = settings;
      rest.seconds -= std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
      return rest;
    };
    const auto turn_of_page = [&](const PreparedPage& prepared, Suspicion suspicion) {
      Recognition samples((*engine)->api, prepared, rest_of());
      return turn_of(prepared.grey.get(), prepared.ink.get(), prepared.dpi, suspicion,
                     [&](Pix* sample) { return samples.sureness_of(sample); });
    };
    const auto read = [&](const PreparedPage& prepared) -> Result<RawPage> {
      if (settings.progress) settings.progress();
      Recognition recognition((*engine)->api, prepared, rest_of());
      RawPage found = recognition.run();
      if (recognition.late()) {
        return make_error(ErrorCode::kTimeout, "OCR of the page took longer than " +
                                                   std::to_string(static_cast<int>(settings.seconds)) + " s");
      }
      return found;
    };
    if (sheets.empty()) {
      PreparedPage prepared = prepare_page(scaled.get(), dpi * scale, settings.straighten);
      if (!settings.straighten) return read(prepared);
      const auto read_turned = [&](int turn) {
        Result<RawPage> found =
            read(prepare_page(turned_upright(scaled.get(), turn).get(), dpi * scale, true));
        if (found) turn_back(*found, turn);
        return found;
      };
      const Suspicion suspicion = suspected_turn(prepared.ink.get(), prepared.dpi);
      if (const int turn = turn_of_page(prepared, suspicion); turn != 0) return read_turned(turn);
      Result<RawPage> found = read(prepared);
      // Many words and none of them sure: print upside down looks like that.
      constexpr double kNotRead = 0.5;
      constexpr std::size_t kManyWords = 20;
      if (found && suspicion == Suspicion::kNone && found->words.size() >= kManyWords &&
          found->mean_confidence < kNotRead) {
        if (const int turn = turn_of_page(prepared, Suspicion::kUpsideDown); turn != 0)
          return read_turned(turn);
      }
      return found;
    }
    // Facing pages of a photograph are one page of the file: the right one follows below the left one.
    page.width = page.height = 0;
    for (PixPointer& sheet : sheets) {
      const double sheet_dpi = std::max(pixGetWidth(sheet.get()), pixGetHeight(sheet.get())) / kLongA4;
      PreparedPage prepared = prepare_photographed(take(pixClone(sheet.get())), sheet_dpi);
      if (sheets.size() == 1) {
        // A camera held sideways. The sheet's own places are nowhere else, so it is kept upright.
        const int turn = turn_of_page(prepared, suspected_turn(prepared.ink.get(), prepared.dpi));
        if (turn != 0) prepared = prepare_photographed(turned_upright(sheet.get(), turn), sheet_dpi);
      }
      Result<RawPage> found = read(prepared);
      if (!found) return found;
      append_below(page, std::move(*found));
    }
    page.mean_confidence = page.words.empty() ? 1 : sureness(page.words);
  } catch (const std::bad_alloc&) {
    return make_error(ErrorCode::kOutOfMemory, "no memory to make the page's image ready for OCR");
  }
  return page;
}

}  // namespace vanban::read
