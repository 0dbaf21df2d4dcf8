// What was put on the paper afterwards: the arrival stamp's frame with all that stands in it, and what a pen
// wrote above the head.

#include <algorithm>

#include "layout/pages.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::pages {
namespace {

constexpr double kWidestStamp = 235, kHighestStamp = 115;  // points

bool near(const Box& a, const Box& b) {
  constexpr double kLine = 4;
  return a.x0 - kLine < b.x1 && b.x0 - kLine < a.x1 && a.y0 - kLine < b.y1 && b.y0 - kLine < a.y1;
}

bool inside(const Box& frame, const Box& box) {
  return frame.x0 <= box.centre_x() && box.centre_x() <= frame.x1 && frame.y0 <= box.centre_y() &&
         box.centre_y() <= frame.y1;
}

// "CÔNG VĂN ĐẾN" over "Số: ...", "Ngày: ...": the word itself, and a field's name or the office that stamps.
bool says_arrived(const Page& page, const Box& frame) {
  bool arrived = false, field = false;
  for (const Word& word : page.words) {
    if (!inside(frame, word.box)) continue;
    const std::string key = fold(word.text);
    const auto starts = [&](std::string_view start) { return key.compare(0, start.size(), start) == 0; };
    arrived = arrived || ((key == "den" || key == "den:") && is_upper_case(word.text));
    field = field || starts("so:") || starts("so.") || starts("ngay") || starts("gio") || starts("chuyen") ||
            key == "dien";  // CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ
  }
  return arrived && field;
}

}  // namespace

void drop_arrival_stamps(Page& page) {
  if (!page.ocr) return;
  std::vector<bool> seen(page.cells.size());
  std::vector<Box> stamps;
  for (std::size_t i = 0; i < page.cells.size(); ++i) {
    if (seen[i]) continue;
    // Cells that touch are one frame; a frame that grows larger than a stamp is a table.
    Box frame = page.cells[i];
    std::size_t count = 0;
    for (bool grown = true; grown && frame.width() <= kWidestStamp && frame.height() <= kHighestStamp;) {
      grown = false;
      for (std::size_t k = i; k < page.cells.size(); ++k) {
        if (seen[k] || !near(frame, page.cells[k])) continue;
        seen[k] = grown = true;
        ++count;
        frame.include(page.cells[k]);
      }
    }
    if (count > 6 || frame.width() > kWidestStamp || frame.height() > kHighestStamp) continue;
    if (frame.y0 < 0.6 * page.height && says_arrived(page, frame)) stamps.push_back(frame);
  }
  for (const Box& frame : stamps) {
    for (Word& word : page.words) {
      if (!inside(frame, word.box)) continue;
      word.noise = true;
      word.smudge = false;
    }
    std::erase_if(page.cells, [&](const Box& cell) { return inside(frame, cell); });
    std::erase_if(page.rulings, [&](const Ruling& line) {
      return inside({frame.x0 - 3, frame.y0 - 3, frame.x1 + 3, frame.y1 + 3},
                    {line.x0, line.y0, line.x1, line.y1});
    });
  }
}

bool is_pen_mark_above_head(const Page& page, const Line& line) {
  constexpr std::size_t kFewLetters = 8;
  constexpr double kDoubtful = 0.75;
  double sum = 0, length = 0;
  std::size_t letters = 0;
  for (std::size_t index : line.words) {
    const Word& word = page.words[index];
    sum += word.confidence * static_cast<double>(word.text.size());
    length += static_cast<double>(word.text.size());
    for (std::size_t at = 0; at < word.text.size(); ++letters) decode_utf8(word.text, at);
  }
  if (letters > kFewLetters || sum > kDoubtful * length) return false;
  return std::any_of(page.lines.begin(), page.lines.end(), [&](const Line& other) {
    if (other.box.y0 < line.box.y1 || other.box.y0 > 0.35 * page.height) return false;
    const std::string key = fold(line_text(page, other));
    return key.find("hoa xa hoi") != std::string::npos || key.find("cong san viet") != std::string::npos;
  });
}

}  // namespace vanban::pages
