#include "pipeline/large_texts.h"

#include <algorithm>
#include <string_view>

namespace vanban {
namespace {

std::size_t size_of(const std::vector<FlowCell>& row) {
  std::size_t bytes = 0;
  for (const FlowCell& cell : row) bytes += cell.text.size() + 1;
  return bytes;
}

std::size_t size_of(const FlowBlock& block) {
  std::size_t bytes = block.text.size() + 1;
  for (const auto& row : block.rows) bytes += size_of(row);
  return bytes;
}

std::size_t size_of(const RawPage& page) {
  std::size_t bytes = 0;
  for (const RawWord& word : page.words) bytes += word.text.size() + 1;
  return bytes;
}

// The rows of a table up to so many bytes.
FlowBlock beginning_of(const FlowBlock& block, std::size_t bytes) {
  if (size_of(block) <= bytes || block.rows.empty()) return block;
  FlowBlock out = block;
  std::size_t rows = 0;
  for (std::size_t taken = block.text.size(); rows < block.rows.size() && taken < bytes; ++rows)
    taken += size_of(block.rows[rows]);
  out.rows.resize(rows);
  return out;
}

// Whole lines from `from` on, about `bytes` of them.
std::string_view lines_of(std::string_view text, std::size_t from, std::size_t bytes) {
  std::size_t begin = from == 0 ? 0 : text.find('\n', from);
  if (begin == std::string_view::npos) begin = from;  // one line
  std::size_t end = text.find('\n', std::min(begin + bytes, text.size()));
  if (end == std::string_view::npos || end - begin > 2 * bytes) end = std::min(begin + bytes, text.size());
  while (begin < end && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return text.substr(begin, end - begin);
}

// Items of `from` that stand in `bytes` from each third on.
template <class Item, class Take>
void sample(const std::vector<Item>& from, std::size_t total, std::size_t bytes, Take take) {
  constexpr std::size_t kPlaces = 3;
  std::size_t at = 0, place = 0, left = 0;
  for (const Item& item : from) {
    const std::size_t size = size_of(item);
    // A table may hold several of the places.
    for (; place < kPlaces && at + size > total / kPlaces * place; ++place) left += bytes / kPlaces;
    if (left > 0) take(item, left);
    left -= std::min(left, size);
    at += size;
  }
}

}  // namespace

std::size_t text_size(const RawDocument& raw) {
  std::size_t bytes = raw.plain_text.size();
  for (const FlowBlock& block : raw.flow) bytes += size_of(block);
  for (const RawPage& page : raw.pages) bytes += size_of(page);
  return bytes;
}

RawDocument sample_of(const RawDocument& raw, std::size_t bytes) {
  RawDocument out;
  out.media_type = raw.media_type;
  out.encoding = raw.encoding;
  const std::size_t total = text_size(raw);
  for (std::size_t place = 0; place < 3 && !raw.plain_text.empty(); ++place)
    out.plain_text += lines_of(raw.plain_text, raw.plain_text.size() / 3 * place, bytes / 3);
  sample(raw.flow, total, bytes,
         [&](const FlowBlock& block, std::size_t left) { out.flow.push_back(beginning_of(block, left)); });
  sample(raw.pages, total, bytes, [&](const RawPage& page, std::size_t) { out.pages.push_back(page); });
  return out;
}

std::uint64_t memory_for(const Document& document) {
  constexpr std::uint64_t kTextByte = 8, kWord = 100, kSection = 300, kCell = 300, kReference = 4200,
                          kTask = 2500, kFigure = 1500, kInternal = 300;
  std::uint64_t cells = 0;
  for (const Table& table : document.tables) {
    for (const TableRow& row : table.rows) cells += row.size();
  }
  return kTextByte * document.text.size() + kWord * document.words.size() +
         kSection * document.sections.size() + kCell * cells + kReference * document.references.size() +
         kTask * document.tasks.size() +
         kFigure * (document.indicators.size() + document.measurements.size()) +
         kInternal * document.internal_references.size();
}

void keep_beginning(RawDocument& raw, std::size_t bytes) {
  if (raw.plain_text.size() > bytes) raw.plain_text.resize(lines_of(raw.plain_text, 0, bytes).size());
  std::size_t taken = 0, kept = 0;
  for (; kept < raw.flow.size() && taken < bytes; ++kept) {
    FlowBlock& block = raw.flow[kept];
    const std::size_t size = size_of(block);
    if (taken + size > bytes && !block.rows.empty()) block = beginning_of(block, bytes - taken);
    taken += size;
  }
  raw.flow.resize(kept);
  for (RawPage& page : raw.pages) {
    taken += size_of(page);
    if (taken <= bytes) continue;
    page.words.clear();
    page.cells.clear();
    page.rulings.clear();
  }
}

}  // namespace vanban
