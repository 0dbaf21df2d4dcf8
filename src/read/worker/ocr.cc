#include "read/worker/ocr.h"

#include <allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <sstream>

namespace vanban::read {
namespace {

constexpr double kLeastDpi = 200;      // below it the letters are too small for the model: the image is enlarged
constexpr double kGoodDpi = 300;
constexpr int kLongestSide = 32'000;   // Tesseract refuses 32,767

struct PixDeleter {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPointer = std::unique_ptr<Pix, PixDeleter>;

// Loading language data takes longer than a page of text; one engine serves the process.
struct Engine {
  tesseract::TessBaseAPI api;
  std::string languages;
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
    return make_error(ErrorCode::kSetup, "OCR language data for \"" + languages + "\" is missing: install the package " +
                                             packages_of(languages));
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

void collect_words(tesseract::TessBaseAPI& api, double points_per_pixel, RawPage& page) {
  const std::unique_ptr<tesseract::ResultIterator> words(api.GetIterator());
  if (!words) return;
  int line = -1;
  double weight = 0, sum = 0;
  do {
    if (words->Empty(tesseract::RIL_WORD)) continue;
    if (line < 0 || words->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) ++line;
    const std::unique_ptr<char[]> text(words->GetUTF8Text(tesseract::RIL_WORD));
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    if (!text || text[0] == '\0' || !words->BoundingBox(tesseract::RIL_WORD, &x0, &y0, &x1, &y1)) continue;
    RawWord word;
    word.text = text.get();
    if (word.text.find_first_not_of(" \n\t") == std::string::npos) continue;
    word.box = {x0 * points_per_pixel, y0 * points_per_pixel, x1 * points_per_pixel, y1 * points_per_pixel};
    word.confidence = std::clamp(static_cast<double>(words->Confidence(tesseract::RIL_WORD)) / 100, 0.0, 1.0);
    word.line = line;
    bool bold = false, italic = false, underlined = false, monospace = false, serif = false, small_caps = false;
    int size = 0, font = 0;
    words->WordFontAttributes(&bold, &italic, &underlined, &monospace, &serif, &small_caps, &size, &font);
    float row_height = 0, descenders = 0, ascenders = 0;
    words->RowAttributes(&row_height, &descenders, &ascenders);
    word.font_size = size > 0 ? size : static_cast<double>(row_height) * points_per_pixel;
    const auto length = static_cast<double>(word.text.size());
    weight += length;
    sum += length * word.confidence;
    page.words.push_back(std::move(word));
  } while (words->Next(tesseract::RIL_WORD));
  page.mean_confidence = weight > 0 ? sum / weight : 1;
}

}  // namespace

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
  PixPointer scaled(std::abs(scale - 1) < 1e-3 ? pixClone(image)
                                               : pixScale(image, static_cast<float>(scale), static_cast<float>(scale)));
  if (!scaled) return make_error(ErrorCode::kOutOfMemory, "no memory to scale the page's image");

  tesseract::TessBaseAPI& api = (*engine)->api;
  api.SetImage(scaled.get());
  api.SetSourceResolution(static_cast<int>(std::lround(dpi * scale)));
  Watch watch{std::chrono::steady_clock::now() +
                  std::chrono::milliseconds(static_cast<long long>(settings.seconds * 1000)),
              &settings.progress};
  tesseract::ETEXT_DESC monitor;
  monitor.cancel = should_stop;
  monitor.cancel_this = &watch;
  const int failed = api.Recognize(&monitor);
  if (failed == 0 && !watch.late) collect_words(api, 72 / (dpi * scale), page);
  api.Clear();
  if (watch.late) {
    return make_error(ErrorCode::kTimeout, "OCR of the page took longer than " +
                                               std::to_string(static_cast<int>(settings.seconds)) + " s");
  }
  if (failed != 0) return make_error(ErrorCode::kDamaged, "OCR found nothing that it could read on the page");
  return page;
}

}  // namespace vanban::read
