// TextRange: where something stands in a text, in UTF-8 bytes, end not included. JSON spans are code points:
// CodePointMap (base/utf8.h) converts.

#ifndef VANBAN_BASE_TEXT_RANGE_H_
#define VANBAN_BASE_TEXT_RANGE_H_

#include <cstddef>
#include <string_view>

namespace vanban {

struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
  bool empty() const { return end <= begin; }
  bool contains(std::size_t offset) const { return begin <= offset && offset < end; }
  bool contains(TextRange other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(TextRange other) const { return begin < other.end && other.begin < end; }
  // The bytes of `text` in this range; clamped to the text.
  std::string_view of(std::string_view text) const {
    const std::size_t from = begin < text.size() ? begin : text.size();
    const std::size_t to = end < text.size() ? end : text.size();
    return text.substr(from, to > from ? to - from : 0);
  }

  friend bool operator==(const TextRange&, const TextRange&) = default;
};

}  // namespace vanban

#endif  // VANBAN_BASE_TEXT_RANGE_H_
