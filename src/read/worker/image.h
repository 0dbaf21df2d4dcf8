// Images: PNG, JPEG, TIFF (many pages), WebP, BMP, PNM. Each is sized before it is decoded.

#ifndef VANBAN_SRC_READ_WORKER_IMAGE_H_
#define VANBAN_SRC_READ_WORKER_IMAGE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "read/worker/sink.h"
#include "read/worker/sniff.h"

namespace vanban::read {

struct TiffDirectory {
  std::uint64_t offset = 0;
  std::uint64_t width = 0, height = 0;
  std::uint64_t bits = 1;  // of one pixel
};

// The directories of a TIFF or BigTIFF, at most `most`; a chain that runs in a circle or out of the file ends
// there.
std::vector<TiffDirectory> tiff_directories(std::string_view bytes, std::size_t most);

Result<void> read_image(const Input& input, const Sniffed& kind, Sink& sink);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_IMAGE_H_
