// RunText: text that is put together run by run, with the font of each: legacy encodings are told by fonts.

#ifndef VANBAN_SRC_READ_WORKER_RUN_TEXT_H_
#define VANBAN_SRC_READ_WORKER_RUN_TEXT_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vanban/doc/raw_document.h"

namespace vanban::read {

// The first of a list of fonts, without quotation marks: "'.VnTime', serif" -> ".VnTime".
inline std::string first_font(std::string_view list) {
  constexpr std::string_view kBlank = " \t\r\n";
  std::string font(list.substr(0, list.find(',')));
  std::erase_if(font, [](char c) { return c == '\'' || c == '"'; });
  font.erase(font.find_last_not_of(kBlank) + 1);
  font.erase(0, font.find_first_not_of(kBlank));
  return font;
}

struct RunText {
  std::string text;
  std::vector<FlowRun> runs;  // ordered; text between them has no known font

  void add(std::string_view piece, std::string_view font) {
    const std::size_t begin = text.size();
    text += piece;
    if (piece.empty() || font.empty()) return;
    if (!runs.empty() && runs.back().end == begin && runs.back().font == font)
      runs.back().end = text.size();
    else
      runs.push_back({begin, text.size(), std::string(font)});
  }
  void add(const RunText& other) {
    const std::size_t shift = text.size();
    text += other.text;
    for (const FlowRun& run : other.runs) runs.push_back({run.begin + shift, run.end + shift, run.font});
  }
  // Leaves text[begin, end).
  void cut(std::size_t begin, std::size_t end) {
    end = std::min(end, text.size());
    begin = std::min(begin, end);
    text = text.substr(begin, end - begin);
    for (FlowRun& run : runs) {
      run.begin = std::clamp(run.begin, begin, end) - begin;
      run.end = std::clamp(run.end, begin, end) - begin;
    }
    std::erase_if(runs, [](const FlowRun& run) { return run.begin >= run.end; });
  }
  void move_to(std::string& to_text, std::vector<FlowRun>& to_runs) {
    to_text = std::move(text);
    to_runs = std::move(runs);
    text.clear();
    runs.clear();
  }
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_RUN_TEXT_H_
