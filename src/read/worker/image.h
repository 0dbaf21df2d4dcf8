// Images: PNG, JPEG, TIFF (many pages), WebP, BMP, PNM. Each is sized before it is decoded.

#ifndef VANBAN_SRC_READ_WORKER_IMAGE_H_
#define VANBAN_SRC_READ_WORKER_IMAGE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "read/worker/sink.h"
#include "read/worker/sniff.h"

struct Pix;

namespace vanban::read {

struct TiffDirectory {
  std::uint64_t offset = 0;
  std::uint64_t width = 0, height = 0;
  std::uint64_t bits = 1;  // of one pixel
};

// One image as its header says; nothing is decoded.
struct ImageSize {
  std::uint64_t width = 0, height = 0, bits = 32;  // bits of one pixel
};
std::optional<ImageSize> image_size(std::string_view bytes, Format format);

// Why an image of this size is not decoded; nullopt: it may be.
std::optional<Error> over_limit(const ImageSize& size, const Limits& limits);

// Pixels an inch: what the file says, if that makes a sheet of paper; else the image is taken for an A4 page.
double resolution_of(Pix* pix);

// The directories of a TIFF or BigTIFF, at most `most`; a chain that runs in a circle or out of the file ends
// there.
std::vector<TiffDirectory> tiff_directories(std::string_view bytes, std::size_t most);

// The data of a TIFF's first image where it stands in one strip.
std::optional<std::string_view> tiff_only_strip(std::string_view bytes);

Result<void> read_image(const Input& input, const Sniffed& kind, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_IMAGE_H_
