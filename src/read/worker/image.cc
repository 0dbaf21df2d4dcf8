#include "read/worker/image.h"

#include <allheaders.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>

#include "read/worker/ocr_recall.h"
#include "read/worker/pix.h"

namespace vanban::read {
namespace {

const l_uint8* data_of(std::string_view bytes) { return reinterpret_cast<const l_uint8*>(bytes.data()); }

std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i) {
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  }
  return value;
}

}  // namespace

std::optional<ImageSize> image_size(std::string_view bytes, Format format) {
  if (format == Format::kBmp) {
    const auto width = static_cast<std::int32_t>(little_endian(bytes, 18, 4));
    const auto height = static_cast<std::int32_t>(little_endian(bytes, 22, 4));
    if (width <= 0 || height == 0) return std::nullopt;
    return ImageSize{static_cast<std::uint64_t>(width),
                     static_cast<std::uint64_t>(std::abs(static_cast<long long>(height))), 32};
  }
  l_int32 kind = 0, width = 0, height = 0, bits = 0, samples = 0, colour_map = 0;
  if (pixReadHeaderMem(data_of(bytes), bytes.size(), &kind, &width, &height, &bits, &samples, &colour_map) !=
          0 ||
      width <= 0 || height <= 0) {
    return std::nullopt;
  }
  const auto pixel =
      static_cast<std::uint64_t>(std::max(bits, 1)) * static_cast<std::uint64_t>(std::max(samples, 1));
  return ImageSize{static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height), pixel};
}

std::optional<Error> over_limit(const ImageSize& size, const Limits& limits) {
  const std::string shape = std::to_string(size.width) + " x " + std::to_string(size.height) + " pixels";
  constexpr std::uint64_t kLongest = 1u << 20;
  if (size.width > kLongest || size.height > kLongest || size.width * size.height > limits.image_pixels) {
    return make_error(ErrorCode::kLimitExceeded,
                      "the image has " + shape + "; " + limit_is("image-pixels", limits.image_pixels));
  }
  // Decoded: 1, 8 or 32 bits a pixel. A scaled or grey copy must fit beside it.
  const std::uint64_t depth = size.bits <= 1 ? 1 : size.bits <= 8 ? 8 : 32;
  if (size.width * size.height * depth / 8 > limits.worker_memory_bytes / 4) {
    return make_error(ErrorCode::kLimitExceeded, "the image has " + shape + ", more than fits the memory; " +
                                                     limit_is("worker-memory", limits.worker_memory_bytes));
  }
  return std::nullopt;
}

// A4 is 210 x 297 mm. Phones write 72 dpi into everything.
double resolution_of(Pix* pix) {
  const double width = pixGetWidth(pix), height = pixGetHeight(pix);
  const double said = pixGetXRes(pix);
  constexpr double kLongA4 = 11.69, kShortA4 = 8.27;  // inches
  if (said >= 90 && std::max(width, height) / said <= 40) return said;
  if (said >= 60 && std::max(width, height) / said <= 12.5) return said;
  const double guess = std::max(width, height) / kLongA4;
  const double other = std::min(width, height) / kShortA4;
  return std::clamp(std::max(guess, other), 72.0, 600.0);
}

namespace {

class ImageReading {
 public:
  ImageReading(const Input& input, const Sniffed& kind, Sink& sink)
      : input_(input), kind_(kind), sink_(sink) {}
  Result<void> run();

 private:
  Result<void> read_page(int number, const ImageSize& size, const TiffDirectory* directory);
  const Input& input_;
  const Sniffed& kind_;
  Sink& sink_;
  double confidence_sum_ = 0;
  int ocr_pages_ = 0;
};

Result<void> ImageReading::run() {
  const std::uint32_t most_pages = input_.job.limits.pages;
  std::vector<TiffDirectory> directories;
  std::vector<ImageSize> sizes;
  if (kind_.format == Format::kTiff) {
    directories = tiff_directories(input_.bytes, static_cast<std::size_t>(most_pages) + 1);
    if (directories.empty()) return make_error(ErrorCode::kDamaged, "the TIFF has no page");
    if (directories.size() > most_pages) {
      sink_.diagnostic(
          {"page-limit", "the TIFF has more pages than are read: " + limit_is("pages", most_pages), 0});
      directories.resize(most_pages);
    }
    for (const TiffDirectory& one : directories) sizes.push_back({one.width, one.height, one.bits});
  } else {
    const std::optional<ImageSize> size = image_size(input_.bytes, kind_.format);
    if (!size) return make_error(ErrorCode::kDamaged, "the image's header is damaged");
    if (auto error = over_limit(*size, input_.job.limits)) return *error;
    sizes.push_back(*size);
  }
  sink_.begin({kind_.media_type, "", static_cast<int>(sizes.size())});
  const std::size_t first = static_cast<std::size_t>(std::max(input_.job.first_page, 1) - 1);
  for (std::size_t i = first; i < sizes.size(); ++i) {
    const TiffDirectory* directory = directories.empty() ? nullptr : &directories[i];
    if (auto read = read_page(static_cast<int>(i) + 1, sizes[i], directory); !read) return read;
  }
  Facts facts;
  if (ocr_pages_ > 0) {
    facts.ocr = OcrInfo{ocr_engine_name(), input_.job.ocr_languages, confidence_sum_ / ocr_pages_};
  }
  sink_.facts(facts);
  return {};
}

Result<void> ImageReading::read_page(int number, const ImageSize& size, const TiffDirectory* directory) {
  sink_.stage(Stage::kText, number);
  RawPage page;
  page.number = number;
  page.origin = TextOrigin::kOcr;
  page.image_coverage = 1;
  if (auto error = size.width == 0 || size.height == 0
                       ? std::optional<Error>(make_error(ErrorCode::kDamaged, "the image has no size"))
                       : over_limit(size, input_.job.limits)) {
    page.error = std::move(error);
    sink_.page(std::move(page));
    return {};
  }
  constexpr std::uint64_t kLeastSide = 8;  // pixels; nothing can be written on less
  if (size.width < kLeastSide || size.height < kLeastSide) {
    page.width = static_cast<double>(size.width);
    page.height = static_cast<double>(size.height);
    sink_.page(std::move(page));
    return {};
  }
  try {
    PixPointer pix;
    if (directory != nullptr) {
      std::size_t offset = static_cast<std::size_t>(directory->offset);
      pix.reset(pixReadMemFromMultipageTiff(data_of(input_.bytes), input_.bytes.size(), &offset));
    } else {
      pix.reset(pixReadMem(data_of(input_.bytes), input_.bytes.size()));
    }
    if (!pix) {
      page.error = make_error(ErrorCode::kDamaged, "the image cannot be decoded");
      sink_.page(std::move(page));
      return {};
    }
    double dpi = resolution_of(pix.get());
    const double pixels = static_cast<double>(pixGetWidth(pix.get())) * pixGetHeight(pix.get());
    if (pixels > static_cast<double>(input_.job.limits.raster_pixels)) {
      const auto scale =
          static_cast<float>(std::sqrt(static_cast<double>(input_.job.limits.raster_pixels) / pixels));
      pix.reset(pixScale(pix.get(), scale, scale));
      dpi *= static_cast<double>(scale);
      if (!pix) throw std::bad_alloc();
    }
    page.width = pixGetWidth(pix.get()) * 72 / dpi;
    page.height = pixGetHeight(pix.get()) * 72 / dpi;
    if (input_.job.ocr == OcrMode::kNever) {
      sink_.diagnostic({"page-not-recognised", "the page is an image, and OCR is switched off", number});
      sink_.page(std::move(page));
      return {};
    }
    sink_.stage(Stage::kOcr, number);
    OcrSettings settings;
    settings.languages = input_.job.ocr_languages;
    settings.seconds = input_.job.limits.ocr_page_seconds;
    settings.progress = [this] { sink_.heartbeat(); };
    Result<RawPage> seen = recognise_or_recall(pix.get(), dpi, settings, sink_);
    if (seen) {
      page = std::move(*seen);
      page.number = number;
      page.image_coverage = 1;
      confidence_sum_ += page.mean_confidence;
      ++ocr_pages_;
    } else {
      if (seen.error().code == ErrorCode::kSetup) return seen.error();
      page.error = seen.error();
    }
  } catch (const std::bad_alloc&) {
    page = RawPage();
    page.number = number;
    page.error = make_error(ErrorCode::kOutOfMemory, "the image needs more memory than is allowed");
  }
  sink_.page(std::move(page));
  return {};
}

}  // namespace

Result<void> read_image(const Input& input, const Sniffed& kind, Sink& sink) {
  setMsgSeverity(L_SEVERITY_NONE);
  return ImageReading(input, kind, sink).run();
}

}  // namespace vanban::read
