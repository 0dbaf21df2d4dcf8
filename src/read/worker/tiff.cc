#include <unordered_set>

#include "read/worker/image.h"

namespace vanban::read {
namespace {

class TiffBytes {
 public:
  explicit TiffBytes(std::string_view bytes) : bytes_(bytes), little_(bytes.starts_with("II")) {}
  // `size` bytes (1..8) as a number; 0 outside of the file.
  std::uint64_t number(std::uint64_t at, unsigned size) const {
    if (at > bytes_.size() || bytes_.size() - at < size) return 0;
    std::uint64_t value = 0;
    for (unsigned i = 0; i < size; ++i) {
      const auto byte = static_cast<unsigned char>(bytes_[static_cast<std::size_t>(at) + i]);
      value |= static_cast<std::uint64_t>(byte) << (8 * (little_ ? i : size - 1 - i));
    }
    return value;
  }
  bool inside(std::uint64_t at, std::uint64_t size) const {
    return at <= bytes_.size() && bytes_.size() - at >= size;
  }

 private:
  std::string_view bytes_;
  bool little_;
};

}  // namespace

std::vector<TiffDirectory> tiff_directories(std::string_view bytes, std::size_t most) {
  constexpr std::uint64_t kWidth = 256, kHeight = 257, kBitsPerSample = 258, kSamplesPerPixel = 277;
  const TiffBytes in(bytes);
  const bool big = in.number(2, 2) == 43;
  const unsigned offset_size = big ? 8 : 4, count_size = big ? 8 : 2, entry_size = big ? 20 : 12;
  std::vector<TiffDirectory> found;
  std::unordered_set<std::uint64_t> seen;
  std::uint64_t at = big ? in.number(8, 8) : in.number(4, 4);
  while (at != 0 && found.size() < most && seen.insert(at).second) {
    const std::uint64_t entries = in.number(at, count_size);
    if (entries == 0 || entries > 4096 || !in.inside(at, count_size + entries * entry_size)) break;
    TiffDirectory directory;
    directory.offset = at;
    std::uint64_t samples = 1, bits = 1;
    for (std::uint64_t i = 0; i < entries; ++i) {
      const std::uint64_t entry = at + count_size + i * entry_size;
      const std::uint64_t tag = in.number(entry, 2), type = in.number(entry + 2, 2);
      const std::uint64_t value_at = entry + 4 + offset_size;
      const unsigned value_size = type == 3 ? 2 : type == 1 ? 1 : type == 16 ? 8 : 4;
      if (tag == kWidth) directory.width = in.number(value_at, value_size);
      if (tag == kHeight) directory.height = in.number(value_at, value_size);
      if (tag == kSamplesPerPixel) samples = in.number(value_at, value_size);
      if (tag == kBitsPerSample) {
        // Three or more values do not fit the entry: it holds their place.
        const std::uint64_t values = in.number(entry + 4, offset_size);
        bits = values * 2 > offset_size ? in.number(in.number(value_at, offset_size), 2)
                                        : in.number(value_at, 2);
      }
    }
    directory.bits = (samples == 0   ? 1
                      : samples > 16 ? 16
                                     : samples) *
                     (bits == 0   ? 1
                      : bits > 64 ? 64
                                  : bits);
    found.push_back(directory);
    at = in.number(at + count_size + entries * entry_size, offset_size);
  }
  return found;
}

std::optional<std::string_view> tiff_only_strip(std::string_view bytes) {
  constexpr std::uint64_t kStripOffsets = 273, kStripByteCounts = 279;
  const TiffBytes in(bytes);
  const std::uint64_t at = in.number(4, 4), entries = in.number(at, 2);
  std::uint64_t offset = 0, size = 0;
  for (std::uint64_t i = 0; i < entries && in.inside(at + 2 + 12 * i, 12); ++i) {
    const std::uint64_t entry = at + 2 + 12 * i, tag = in.number(entry, 2);
    if (tag != kStripOffsets && tag != kStripByteCounts) continue;
    if (in.number(entry + 4, 4) != 1) return std::nullopt;
    const std::uint64_t value = in.number(entry + 8, in.number(entry + 2, 2) == 3 ? 2 : 4);
    (tag == kStripOffsets ? offset : size) = value;
  }
  if (offset == 0 || size == 0 || !in.inside(offset, size)) return std::nullopt;
  return bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
}

}  // namespace vanban::read
