#include "read/worker/ocr_components.h"

#include <cstddef>

namespace vanban::read {

std::vector<PixelBox> components_of(Pix* ink, int connectivity) {
  const BoxesPointer boxes(pixConnComp(ink, nullptr, connectivity));
  std::vector<PixelBox> found;
  const int count = boxes ? boxaGetCount(boxes.get()) : 0;
  found.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    l_int32 x = 0, y = 0, width = 0, height = 0;
    boxaGetBoxGeometry(boxes.get(), i, &x, &y, &width, &height);
    found.push_back({x, y, x + width, y + height});
  }
  return found;
}

}  // namespace vanban::read
