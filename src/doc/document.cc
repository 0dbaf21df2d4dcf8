#include "vanban/doc/document.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace vanban {

std::string to_iso(const PartialDate& date) {
  if (!date.known()) return {};
  std::array<char, 48> buffer{};
  if (date.day != 0) {
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
  } else if (date.month != 0) {
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02d", date.year, date.month);
  } else {
    std::snprintf(buffer.data(), buffer.size(), "%04d", date.year);
  }
  return buffer.data();
}

std::optional<PartialDate> partial_date_from_iso(std::string_view iso) {
  const auto digits = [&](std::size_t at, std::size_t count, int& value) {
    value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
      if (i >= iso.size() || iso[i] < '0' || iso[i] > '9') return false;
      value = value * 10 + (iso[i] - '0');
    }
    return true;
  };
  const auto checked = [](const PartialDate& date) {
    return is_valid(date) ? std::optional(date) : std::nullopt;
  };
  PartialDate date;
  if (!digits(0, 4, date.year)) return std::nullopt;
  if (iso.size() == 4) return checked(date);
  if (iso[4] != '-' || !digits(5, 2, date.month) || date.month == 0) return std::nullopt;
  if (iso.size() == 7) return checked(date);
  if (iso.size() != 10 || iso[7] != '-' || !digits(8, 2, date.day) || date.day == 0) return std::nullopt;
  return checked(date);
}

bool is_valid(const PartialDate& date) {
  if (date.year < 1900 || date.year > 2199) return false;
  if (date.month == 0) return date.day == 0;
  if (date.month < 1 || date.month > 12) return false;
  if (date.day == 0) return true;
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
  const int days = kDays[static_cast<std::size_t>(date.month - 1)] + (date.month == 2 && leap ? 1 : 0);
  return date.day >= 1 && date.day <= days;
}

const Section* Document::find_section(std::string_view id) const {
  // parse numbers sections s1, s2, ... in their order, so the place can be computed; others are looked for.
  if (id.size() > 1 && id.size() < 12 && id[0] == 's') {
    std::size_t index = 0;
    for (const char c : id.substr(1))
      index = index * 10 + static_cast<std::size_t>(c >= '0' && c <= '9' ? c - '0' : 0);
    if (index >= 1 && index <= sections.size() && sections[index - 1].id == id) return &sections[index - 1];
  }
  const auto found =
      std::find_if(sections.begin(), sections.end(), [&](const Section& s) { return s.id == id; });
  return found == sections.end() ? nullptr : &*found;
}

namespace {

auto first_word_after(const std::vector<PlacedWord>& words, std::size_t offset) {
  return std::partition_point(words.begin(), words.end(),
                              [&](const PlacedWord& word) { return word.where.end <= offset; });
}

}  // namespace

std::vector<PageBox> boxes_of(const std::vector<PlacedWord>& words, TextRange where) {
  std::vector<PageBox> boxes;
  for (auto word = first_word_after(words, where.begin); word != words.end() && word->where.begin < where.end;
       ++word) {
    const Box& box = word->place.box;
    if (!boxes.empty() && boxes.back().page == word->place.page) {
      Box& line = boxes.back().box;
      const double overlap = std::min(line.y1, box.y1) - std::max(line.y0, box.y0);
      const bool same_line = overlap > 0.5 * std::min(line.height(), box.height()) && box.x0 >= line.x1 - 2 &&
                             box.x0 - line.x1 < 4 * std::max(box.height(), 1.0);
      if (same_line) {
        line.include(box);
        continue;
      }
    }
    boxes.push_back(word->place);
  }
  return boxes;
}

int page_of(const std::vector<Block>& blocks, const std::vector<PlacedWord>& words, std::size_t offset) {
  const auto word = first_word_after(words, offset);
  if (word != words.end() && word->where.begin <= offset + 1) return word->place.page;
  const auto after = std::partition_point(blocks.begin(), blocks.end(),
                                          [&](const Block& block) { return block.where.begin <= offset; });
  return after == blocks.begin() ? 0 : std::prev(after)->page;
}

std::pair<double, bool> confidence_of(const std::vector<PlacedWord>& words, TextRange where) {
  double lowest = 1;
  bool doubtful = false;
  for (auto word = first_word_after(words, where.begin); word != words.end() && word->where.begin < where.end;
       ++word) {
    lowest = std::min(lowest, word->confidence);
    doubtful = doubtful || word->doubtful_digit;
  }
  return {lowest, doubtful};
}

std::string text_without_marks(const std::string& text, const std::vector<FootnoteMark>& marks) {
  std::string out = text;
  for (const FootnoteMark& mark : marks) {
    for (std::size_t i = mark.where.begin; i < mark.where.end && i < out.size(); ++i) out[i] = ' ';
  }
  return out;
}

}  // namespace vanban
