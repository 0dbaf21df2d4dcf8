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
