#include "read/worker/ocr.h"

#include <tesseract/baseapi.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <memory>
#include <sstream>
#include <string_view>

#include "read/sha256.h"
#include "read/worker/ocr_colour.h"
#include "read/worker/ocr_photo.h"
#include "read/worker/ocr_prepare.h"
#include "read/worker/ocr_readings.h"
#include "read/worker/ocr_recognition.h"
#include "read/worker/ocr_turn.h"
#include "read/worker/pix.h"

namespace vanban::read {
namespace {

constexpr double kLeastDpi = 140;  // below it the letters are too small for the model: the image is enlarged
constexpr double kGoodDpi = 200;
constexpr double kLongA4 = 11.69;     // inches
constexpr int kLongestSide = 32'000;  // Tesseract refuses 32,767

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
