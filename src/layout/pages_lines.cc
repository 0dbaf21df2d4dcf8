// Words of a page made upright and clean, and lines made of them.

#include <algorithm>
#include <cmath>
#include <map>

#include "layout/pages.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::pages {
namespace {

constexpr double kColumnGap = 1.8;  // in font sizes: wider than a justified line's spaces
constexpr std::size_t kActiveLines = 64;

// Where a box lies once the page is turned back by `turn` degrees (the words' own, clockwise).
Box turn_back(const Box& box, int turn, double width, double height) {
  switch (turn) {
    case 90:
      return {box.y0, width - box.x1, box.y1, width - box.x0};
    case 180:
      return {width - box.x1, height - box.y1, width - box.x0, height - box.y0};
    case 270:
      return {height - box.y1, box.x0, height - box.y0, box.x1};
    default:
      return box;
  }
}

int quarter(int degrees) {
  const int turn = ((degrees % 360) + 360) % 360;
  return (turn + 45) / 90 % 4 * 90;
}

bool finite(const Box& box) {
  return std::isfinite(box.x0) && std::isfinite(box.y0) && std::isfinite(box.x1) && std::isfinite(box.y1);
}

double vertical_overlap(const Box& a, const Box& b) {
  const double common = std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
  const double smaller = std::min(a.height(), b.height());
  return smaller > 0 ? common / smaller : 0;
}

// A line that still takes words. Its top and bottom are the means of its words', so that one odd box does not
// open it to the line below.
struct OpenLine {
  std::vector<std::size_t> words;
  double top = 0, bottom = 0;
  double x0 = 0, x1 = 0;
  double count = 0;
  Box band() const { return {x0, top / count, x1, bottom / count}; }
  void add(std::size_t word, const Box& box) {
    words.push_back(word);
    top += box.y0;
    bottom += box.y1;
    count += 1;
    x0 = count > 1 ? std::min(x0, box.x0) : box.x0;
    x1 = count > 1 ? std::max(x1, box.x1) : box.x1;
  }
};

double median_size(const Page& page, const std::vector<std::size_t>& words) {
  if (words.empty()) return 0;
  std::vector<double> sizes;
  sizes.reserve(words.size());
  for (std::size_t word : words) sizes.push_back(page.words[word].size);
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return *middle;
}

// Clusters words of about one size by their baselines.
void cluster(const std::vector<Box>& boxes, std::vector<std::size_t> words, std::vector<OpenLine>& lines) {
  std::stable_sort(words.begin(), words.end(),
                   [&](std::size_t a, std::size_t b) { return boxes[a].centre_y() < boxes[b].centre_y(); });
  const std::size_t first = lines.size();
  for (std::size_t word : words) {
    const Box& box = boxes[word];
    std::size_t best = lines.size();
    double best_overlap = 0.5;
    const std::size_t from = std::max(first, lines.size() > kActiveLines ? lines.size() - kActiveLines : 0);
    for (std::size_t i = lines.size(); i-- > from;) {
      const double overlap = vertical_overlap(lines[i].band(), box);
      if (overlap > best_overlap) {
        best_overlap = overlap;
        best = i;
      }
    }
    if (best == lines.size()) lines.emplace_back();
    lines[best].add(word, box);
  }
}

// A small word beside a bigger one on the same height (a footnote's mark, an index) belongs to that one's
// line.
bool attach_small(const std::vector<Box>& boxes, double size, std::size_t word, std::vector<OpenLine>& lines,
                  std::size_t count) {
  const Box& box = boxes[word];
  auto from = std::partition_point(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(count),
                                   [&](const OpenLine& line) { return line.band().y1 < box.y0; });
  const auto end = lines.begin() + static_cast<std::ptrdiff_t>(count);
  for (std::size_t looked = 0; from != end && looked < kActiveLines; ++from, ++looked) {
    if (from->band().y0 > box.y1) break;
    if (vertical_overlap(from->band(), box) < 0.4) continue;
    for (std::size_t other : from->words) {
      const double gap = std::max(box.x0 - boxes[other].x1, boxes[other].x0 - box.x1);
      if (gap < 0.8 * size && gap > -0.5 * size) {
        from->words.push_back(word);
        return true;
      }
    }
  }
  return false;
}

// Columns whose lines stand at different heights pull a line apart: "KT." has gone to one line of the
// recipients beside it, "THỦ TƯỚNG" with its marks to the one above. What OCR read as one line comes together
// again, where most of it is, if there is room.
void rejoin_ocr_lines(const Page& page, const std::vector<std::size_t>& words, const std::vector<Box>& boxes,
                      std::vector<OpenLine>& lines) {
  constexpr double kLeastOverlap = 0.2;
  if (!page.ocr) return;
  struct Part {
    std::size_t line = 0, bytes = 0;
  };
  std::map<int, std::vector<Part>> parts;  // of OCR's lines
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t word : lines[i].words) {
      const Word& of = page.words[words[word]];
      if (of.ocr_line < 0 || of.noise) continue;
      std::vector<Part>& known = parts[of.ocr_line];
      if (known.empty() || known.back().line != i) known.push_back({i, 0});
      known.back().bytes += of.text.size();
    }
  }
  std::vector<bool> changed(lines.size());
  for (const auto& [ocr_line, known] : parts) {
    if (known.size() < 2) continue;
    const std::size_t target = std::max_element(known.begin(), known.end(), [](const Part& a, const Part& b) {
                                 return a.bytes < b.bytes;
                               })->line;
    const Box band = lines[target].band();
    for (const Part& part : known) {
      if (part.line == target) continue;
      std::vector<std::size_t>& from = lines[part.line].words;
      for (std::size_t k = 0; k < from.size();) {
        const std::size_t word = from[k];
        const Box& box = boxes[word];
        const bool room =
            std::none_of(lines[target].words.begin(), lines[target].words.end(), [&](std::size_t other) {
              return std::min(box.x1, boxes[other].x1) - std::max(box.x0, boxes[other].x0) >
                     0.3 * std::min(box.width(), boxes[other].width());
            });
        if (page.words[words[word]].ocr_line != ocr_line || !room ||
            vertical_overlap(band, box) < kLeastOverlap) {
          ++k;
          continue;
        }
        from.erase(from.begin() + static_cast<std::ptrdiff_t>(k));
        lines[target].words.push_back(word);
        changed[part.line] = changed[target] = true;
      }
    }
  }
  std::vector<OpenLine> kept;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].words.empty()) continue;
    if (!changed[i]) {
      kept.push_back(std::move(lines[i]));
      continue;
    }
    OpenLine& line = kept.emplace_back();
    for (std::size_t word : lines[i].words) line.add(word, boxes[word]);
  }
  lines = std::move(kept);
}

// The head's right cell ("CỘNG HÒA XÃ HỘI ...", "ĐẢNG CỘNG SẢN ...") often stands so close to the left one's
// issuing body that only its words tell it apart.
bool starts_motto(const Page& page, const std::vector<std::size_t>& words,
                  const std::vector<std::size_t>& line, std::size_t word, double gap) {
  if (gap < 0.3 * page.words[words[word]].size) return false;
  const std::string& first = page.words[words[word]].text;
  if (first.size() > 9 || first.find("NG") == std::string::npos) return false;
  const auto at = std::find(line.begin(), line.end(), word);
  // OCR may have a border before it, or another mark: "_CỘNG HOÀ XÃ".
  const auto key = [&](std::ptrdiff_t ahead) {
    if (line.end() - at <= ahead) return std::string();
    const std::string text = fold(page.words[words[*(at + ahead)]].text);
    const std::size_t letter = text.find_first_of("abcdefghijklmnopqrstuvwxyz");
    return letter == std::string::npos ? std::string() : text.substr(letter);
  };
  if (key(0) == "cong") return key(1) == "hoa" && key(2) == "xa";
  return key(0) == "dang" && key(1) == "cong" && key(2) == "san";
}

void make_lines_of_turn(const Page& page, const std::vector<std::size_t>& words, int turn, bool split,
                        std::vector<Line>& out) {
  std::vector<Box> boxes;  // of words[i], turned so that this turn is straight
  boxes.reserve(words.size());
  for (std::size_t word : words)
    boxes.push_back(turn_back(page.words[word].box, turn, page.width, page.height));
  const double size = median_size(page, words);
  std::vector<OpenLine> lines;
  std::vector<std::size_t> level[3];  // ordinary words, small print, marks of small print
  for (std::size_t i = 0; i < words.size(); ++i) {
    const double of = page.words[words[i]].size;
    level[of >= 0.75 * size ? 0 : of >= 0.5 * size ? 1 : 2].push_back(i);
  }
  for (const std::vector<std::size_t>& same : level) {
    std::sort(lines.begin(), lines.end(),
              [](const OpenLine& a, const OpenLine& b) { return a.band().y1 < b.band().y1; });
    const std::size_t bigger = lines.size();
    std::vector<std::size_t> rest;
    for (std::size_t word : same) {
      if (bigger == 0 || !attach_small(boxes, size, word, lines, bigger)) rest.push_back(word);
    }
    cluster(boxes, rest, lines);
  }
  rejoin_ocr_lines(page, words, boxes, lines);
  std::stable_sort(lines.begin(), lines.end(), [](const OpenLine& a, const OpenLine& b) {
    return a.band().centre_y() < b.band().centre_y();
  });
  std::size_t row = out.empty() ? 0 : out.back().row + 1;
  for (OpenLine& open : lines) {
    std::stable_sort(open.words.begin(), open.words.end(), [&](std::size_t a, std::size_t b) {
      return boxes[a].x0 != boxes[b].x0 ? boxes[a].x0 < boxes[b].x0 : a < b;
    });
    Line line;
    line.row = row++;
    double reach = 0;
    for (std::size_t i : open.words) {
      const std::size_t word = words[i];
      const double gap = boxes[i].x0 - reach;
      const double em =
          line.words.empty() ? 0 : std::max(page.words[word].size, page.words[line.words.back()].size);
      if (split && !line.words.empty() &&
          (gap > kColumnGap * em || starts_motto(page, words, open.words, i, gap))) {
        finish_line(page, line);
        out.push_back(line);
        line.words.clear();
      }
      reach = line.words.empty() ? boxes[i].x1 : std::max(reach, boxes[i].x1);
      line.words.push_back(word);
    }
    finish_line(page, line);
    out.push_back(std::move(line));
  }
}

bool is_mark_text(std::string_view text) {
  if (text.size() >= 2 && (text.front() == '[' || text.front() == '('))
    text = text.substr(1, text.size() - 2);
  if (text.empty() || text.size() > 3) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) ||
         std::all_of(text.begin(), text.end(), [](char c) { return c == '*'; });
}

// A table's border, or an underline, that OCR read as a part of the word beside it: "|hóa", "_CỘNG".
void strip_borders(std::string& text) {
  const std::size_t first = text.find_first_not_of("|_");
  if (first == std::string::npos) return;
  text.erase(text.find_last_not_of("|_") + 1);
  text.erase(0, first);
}

// What OCR makes of specks, borders and pen strokes: no letter or digit, and either unsure or a sign that
// documents do not use.
bool is_noise(std::string_view text, double confidence) {
  bool dash = false, strange = true;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
        (c >= 0xC0 && c < 0x2000))
      return false;
    if (c == 0x2026 || c == 0x25A1 || c == '%') return false;
    dash = dash || c == '-' || c == '+' || c == 0x2013 || c == 0x2014 || c == '.';
    strange = strange && (c == '|' || c == '`' || c == '~' || c == '^' || c == '\'' || c == '"' || c == '_' ||
                          c == 0xAC || c == 0xA6 || (c >= 0x2018 && c <= 0x201F));
  }
  return strange ? text != "~" || confidence < 0.5 : confidence < (dash ? 0.35 : 0.5);
}

}  // namespace

bool space_between(const Word& left, const Word& right) {
  const double em = std::max(left.size, right.size);
  const double gap = right.box.x0 - left.box.x1;
  if (left.turn != 0 || right.turn != 0) return !left.glued;
  // OCR tells words apart itself; a box that it made too wide reaches into the next one.
  if (!left.glued && left.ocr_line >= 0 && left.ocr_line == right.ocr_line) return true;
  if (left.glued) return gap > 0.18 * em;
  return gap > -0.5 * em;
}

void finish_line(const Page& page, Line& line) {
  if (line.words.empty()) return;
  line.box = page.words[line.words.front()].box;
  double bold = 0, italic = 0, all = 0;
  std::map<double, double> sizes;
  for (std::size_t index : line.words) {
    const Word& word = page.words[index];
    line.box.include(word.box);
    const double weight = static_cast<double>(word.text.size());
    all += weight;
    if (word.bold) bold += weight;
    if (word.italic) italic += weight;
    sizes[std::round(word.size * 2) / 2] += weight;
  }
  line.size = std::max_element(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) {
                return a.second < b.second;
              })->first;
  line.bold = bold > 0.8 * all;
  line.italic = italic > 0.8 * all;
}

std::string line_text(const Page& page, const Line& line) {
  std::string text;
  const Word* before = nullptr;
  for (std::size_t index : line.words) {
    const Word& word = page.words[index];
    if (before != nullptr && space_between(*before, word)) text += ' ';
    text += word.text;
    before = &word;
  }
  return text;
}

std::vector<Line> make_lines(const Page& page, const std::vector<std::size_t>& words, bool split) {
  std::vector<Line> lines;
  std::map<int, std::vector<std::size_t>> by_turn;
  for (std::size_t word : words) by_turn[page.words[word].turn].push_back(word);
  for (const auto& [turn, same] : by_turn) make_lines_of_turn(page, same, turn, split, lines);
  return lines;
}

Page make_page(const RawPage& raw, std::size_t index) {
  Page page;
  page.number = raw.number;
  page.index = index;
  page.ocr = raw.origin == TextOrigin::kOcr;
  std::map<int, std::size_t> turns;
  for (const RawWord& word : raw.words) turns[quarter(word.rotation)] += word.text.size();
  int upright = 0;
  for (const auto& [turn, weight] : turns) {
    if (weight > turns[upright]) upright = turn;
  }
  const bool sideways = upright == 90 || upright == 270;
  page.width = sideways ? raw.height : raw.width;
  page.height = sideways ? raw.width : raw.height;
  for (std::size_t i = 0; i < raw.words.size(); ++i) {
    const RawWord& from = raw.words[i];
    Word word;
    word.text = clean_text(from.text);
    word.text.erase(std::remove_if(word.text.begin(), word.text.end(),
                                   [](char c) { return c == ' ' || c == '\n' || c == '\t'; }),
                    word.text.end());
    if (page.ocr) strip_borders(word.text);
    if (word.text.empty() || !finite(from.box)) continue;
    word.box = turn_back(from.box, upright, raw.width, raw.height);
    const double height = std::min(word.box.height(), word.box.width() * 4);
    word.size =
        from.font_size > 0 && std::isfinite(from.font_size) ? from.font_size : std::max(1.0, 0.8 * height);
    word.bold = from.bold;
    word.italic = from.italic;
    word.glued = !from.space_after;
    word.turn = (quarter(from.rotation) - upright + 360) % 360;
    word.confidence = from.confidence;
    word.cell = from.cell;
    if (page.ocr) word.ocr_line = from.line;
    word.source = i;
    // A wide one hides words (a stamp over them) and keeps its place.
    const bool noise = page.ocr && is_noise(word.text, word.confidence);
    word.smudge = noise && word.box.width() >= 1.5 * word.size;
    word.noise = noise && !word.smudge;
    page.words.push_back(std::move(word));
  }
  for (const Ruling& ruling : raw.rulings) {
    const Box box = turn_back({ruling.x0, ruling.y0, ruling.x1, ruling.y1}, upright, raw.width, raw.height);
    if (finite(box)) page.rulings.push_back({box.x0, box.y0, box.x1, box.y1});
  }
  for (const Box& cell : raw.cells) page.cells.push_back(turn_back(cell, upright, raw.width, raw.height));
  std::map<double, std::size_t> sizes;
  for (const Word& word : page.words) sizes[std::round(word.size * 2) / 2] += word.text.size();
  std::size_t most = 0;
  for (const auto& [size, weight] : sizes) {
    if (weight > most) {
      most = weight;
      page.body_size = size;
    }
  }
  // A raised small number is a footnote's mark.
  for (std::size_t i = 1; i < page.words.size(); ++i) {
    Word& word = page.words[i];
    const Word& before = page.words[i - 1];
    if (!is_mark_text(word.text) || word.size > 0.8 * before.size || word.turn != before.turn) continue;
    const bool raised = word.box.y1 < before.box.y1 - 0.12 * before.size;
    const bool beside = word.box.x0 - before.box.x1 < 0.4 * before.size && word.box.x0 > before.box.x0;
    const bool same_line = vertical_overlap(word.box, before.box) > 0.3;
    if (raised && beside && same_line) {
      word.mark = word.text;
      word.mark_bytes = word.text.size();
    }
  }
  return page;
}

}  // namespace vanban::pages
