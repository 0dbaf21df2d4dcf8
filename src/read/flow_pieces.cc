#include "read/flow_pieces.h"

#include <algorithm>
#include <iterator>

#include "read/wire.h"

namespace vanban::read {
namespace {

// Where to cut `text` near its middle: behind a line end or a space, else between two code points.
std::size_t cut_of(const std::string& text) {
  const std::size_t middle = text.size() / 2;
  for (const char mark : {'\n', ' '}) {
    const std::size_t at = text.rfind(mark, middle);
    if (at != std::string::npos && at > text.size() / 4) return at + 1;
  }
  std::size_t at = middle;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

std::vector<FlowRun> runs_between(const std::vector<FlowRun>& runs, std::size_t begin, std::size_t end) {
  std::vector<FlowRun> out;
  for (const FlowRun& run : runs) {
    const std::size_t from = std::max(run.begin, begin), to = std::min(run.end, end);
    if (from < to) out.push_back({from - begin, to - begin, run.font});
  }
  return out;
}

// The second half of `block`, which keeps the first; false: it cannot be cut.
bool halve(FlowBlock& block, FlowBlock& rest) {
  rest = FlowBlock();
  rest.kind = block.kind;
  if (block.kind != FlowBlock::Kind::kTable) {
    const std::size_t at = cut_of(block.text);
    if (at == 0 || at >= block.text.size()) return false;
    rest.text = block.text.substr(at);
    rest.runs = runs_between(block.runs, at, block.text.size());
    rest.bold = block.bold;
    rest.italic = block.italic;
    block.runs = runs_between(block.runs, 0, at);
    block.text.resize(at);
    return true;
  }
  if (block.rows.size() > 1) {
    const auto middle = block.rows.begin() + static_cast<std::ptrdiff_t>(block.rows.size() / 2);
    rest.rows.assign(std::make_move_iterator(middle), std::make_move_iterator(block.rows.end()));
    block.rows.erase(middle, block.rows.end());
    return true;
  }
  if (block.rows.empty()) return false;
  // One row: its longest cell goes on in a row of its own, in the same column.
  std::vector<FlowCell>& row = block.rows.front();
  const auto longest = std::max_element(row.begin(), row.end(), [](const FlowCell& a, const FlowCell& b) {
    return a.text.size() < b.text.size();
  });
  if (longest == row.end()) return false;
  const std::size_t at = cut_of(longest->text);
  if (at == 0 || at >= longest->text.size()) return false;
  std::vector<FlowCell> next(row.size());
  FlowCell& part = next[static_cast<std::size_t>(longest - row.begin())];
  part.text = longest->text.substr(at);
  part.runs = runs_between(longest->runs, at, longest->text.size());
  longest->runs = runs_between(longest->runs, 0, at);
  longest->text.resize(at);
  rest.rows.push_back(std::move(next));
  return true;
}

}  // namespace

std::vector<std::string> flow_payloads(FlowBlock block, std::size_t most) {
  std::vector<std::string> payloads;
  std::vector<FlowBlock> waiting;  // the next one last
  waiting.push_back(std::move(block));
  while (!waiting.empty()) {
    std::string payload = encode_flow(waiting.back());
    FlowBlock rest;
    if (payload.size() > most && halve(waiting.back(), rest)) {
      waiting.insert(waiting.end() - 1, std::move(rest));
      continue;
    }
    payloads.push_back(std::move(payload));
    waiting.pop_back();
  }
  return payloads;
}

}  // namespace vanban::read
