// Page furniture: what is printed on the page but is not the document's text. A line is taken for furniture
// only where both its words and its place say so: a body line at a page's top stays.

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "layout/pages.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::pages {
namespace {

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view p) { return starts_with(text, p); });
}

// The lines of one row, as one text.
struct Row {
  std::vector<std::size_t> lines;  // indices into Page::lines
  Box box;
  std::string text, key;  // key: folded, digits as '#'
};

std::string digits_as_hash(std::string text) {
  std::string out;
  for (char c : text) {
    if (c >= '0' && c <= '9') {
      if (out.empty() || out.back() != '#') out += '#';
    } else {
      out += c;
    }
  }
  return out;
}

// Rows of the lines that are not marked yet.
std::vector<Row> rows_of(const Page& page, const std::vector<bool>& marked) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (marked[i]) continue;
    const Line& line = page.lines[i];
    if (rows.empty() || page.lines[rows.back().lines.front()].row != line.row) {
      rows.push_back({{}, line.box, "", ""});
    }
    Row& row = rows.back();
    row.lines.push_back(i);
    row.box.include(line.box);
    if (!row.text.empty()) row.text += ' ';
    row.text += line_text(page, line);
  }
  return rows;
}

// The number that a line is, if it is a page number: "12", "- 12 -", "Trang 12", "2/15", "12/".
int page_number(std::string_view text) {
  std::string key = fold(text);
  std::string_view rest = key;
  const auto skip = [&] {
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '-' || rest.front() == '|' ||
                             rest.front() == '~' || rest.front() == '.' || rest.front() == '_')) {
      rest.remove_prefix(1);
    }
    while (starts_with(rest, "\u2013")) rest.remove_prefix(3);
  };
  skip();
  if (starts_with(rest, "trang")) rest.remove_prefix(5);
  if (starts_with(rest, "page")) rest.remove_prefix(4);
  skip();
  int value = 0;
  std::size_t digits = 0;
  while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9' && digits < 5) {
    value = value * 10 + (rest[digits++] - '0');
  }
  if (digits == 0 || digits > 4) return -1;
  rest.remove_prefix(digits);
  skip();
  if (!rest.empty() && rest.front() == '/') {
    rest.remove_prefix(1);
    skip();
    while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') rest.remove_prefix(1);
    skip();
  }
  return rest.empty() ? value : -1;
}

struct Marks {
  std::vector<std::vector<bool>> line;  // [page][line]
  void take(std::size_t page, const Row& row) {
    for (std::size_t i : row.lines) line[page][i] = true;
  }
};

// Above all tables, or below all of them.
bool outside_tables(const Page& page, const Row& row, bool top) {
  return std::all_of(page.grids.begin(), page.grids.end(), [&](const Grid& grid) {
    return top ? row.box.centre_y() < grid.box.y0 : row.box.centre_y() > grid.box.y1;
  });
}

void find_page_numbers(const std::vector<Page>& pages, const std::vector<std::vector<Row>>& rows,
                       Marks& marks) {
  struct Candidate {
    std::size_t page, row;
    int offset;
    bool sure;  // stands where page numbers stand
  };
  std::vector<Candidate> candidates;
  std::map<int, std::size_t> votes;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const Page& page = pages[p];
    for (std::size_t i = 0; i < rows[p].size(); ++i) {
      const bool top = i < 2, bottom = i + 2 >= rows[p].size();
      if (!top && !bottom) continue;
      const Row& row = rows[p][i];
      const double y = row.box.centre_y() / page.height;
      if (!(top && y < 0.13) && !(bottom && y > 0.87)) continue;
      if (!outside_tables(page, row, y < 0.5)) continue;
      const int value = page_number(row.text);
      if (value < 0) continue;
      const double centre = row.box.centre_x() / page.width;
      const double to_next = i + 1 < rows[p].size() ? rows[p][i + 1].box.y0 - row.box.y1 : 1e9;
      const double to_last = i > 0 ? row.box.y0 - rows[p][i - 1].box.y1 : 1e9;
      const double gap = y < 0.5 ? to_next : to_last;
      const bool placed = std::abs(centre - 0.5) < 0.06 || centre > 0.82 || centre < 0.12;
      candidates.push_back({p, i, value - page.number, placed && gap > 0.2 * page.body_size});
      ++votes[value - page.number];
    }
  }
  for (const Candidate& candidate : candidates) {
    if (candidate.sure || votes[candidate.offset] >= 2) {
      marks.take(candidate.page, rows[candidate.page][candidate.row]);
    }
  }
}

// "CÔNG BÁO/Số 286/Ngày 27-05-2026", "CÔNG BÁO TP.HCM/Số 199+200/Ngày 01-7-2026"; what a signature left may
// stand before it.
bool is_gazette_head(const Page& page, const Row& row) {
  if (row.box.centre_y() > 0.15 * page.height && row.box.centre_y() < 0.9 * page.height) return false;
  return std::any_of(row.lines.begin(), row.lines.end(), [&](std::size_t i) {
    const std::string text = line_text(page, page.lines[i]);
    const std::string key = fold(text);
    const std::size_t name =
        text.find("CÔNG BÁO") == std::string::npos ? std::string::npos : key.find("cong bao");
    return name < 12 && key.find("/so ", name) != std::string::npos && key.size() < 90;
  });
}

// Gazette heads, and whatever stands at the same place of several pages.
void find_running_heads(const std::vector<Page>& pages, std::vector<std::vector<Row>>& rows, Marks& marks) {
  struct Place {
    std::size_t page, row;
  };
  std::map<std::string, std::vector<Place>> same;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    std::size_t seen_top = 0;
    for (std::size_t i = 0; i < rows[p].size(); ++i) {
      Row& row = rows[p][i];
      const double y = row.box.centre_y() / pages[p].height;
      const bool top = y<0.14, bottom = y> 0.9;
      if (!top && !bottom) continue;
      if (!outside_tables(pages[p], row, top)) continue;
      if (marks.line[p][row.lines.front()] || page_number(row.text) >= 0) continue;
      row.key = fold(row.text);
      if (is_gazette_head(pages[p], row)) {
        marks.take(p, row);
        continue;
      }
      if (top && ++seen_top > 2) continue;
      if (starts_with_any(row.key,
                          {"mau so", "mau ", "phu luc", "bieu", "dieu ", "chuong", "muc ", "phan ", "bang "}))
        continue;
      if (row.key.find("cong hoa xa hoi") != std::string::npos ||
          row.key.find("doc lap") != std::string::npos)
        continue;
      same[(top ? "t" : "b") + std::to_string(static_cast<int>(row.box.centre_y() / 8)) +
           digits_as_hash(row.key)]
          .push_back({p, i});
    }
  }
  for (const auto& [key, places] : same) {
    if (places.size() < 3) continue;
    for (const Place& place : places) marks.take(place.page, rows[place.page][place.row]);
  }
}

// What signing software prints: "Ký bởi: ...", "Cơ quan: ...", "Thời gian ký: 13.05.2026 10:21:55 +07:00".
void find_signature_text(const Page& page, std::vector<bool>& marked) {
  struct Found {
    std::size_t line;
    int key;
    bool strong;
  };
  std::vector<Found> found;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const std::string key = fold(line_text(page, page.lines[i]));
    int n = 0;
    // A seal's or a logo's letters may stand before it: "CHINHPHU.VNThời gian ký: 12.04.2024 11:10:34
    // +07:00".
    if (page.lines[i].size < 0.85 * page.body_size &&
        (key.find("thoi gian ky:") != std::string::npos || key.find("uoi ky:") != std::string::npos)) {
      found.push_back({i, 100, true});
      continue;
    }
    for (std::string_view prefix :
         {"ky boi:", "nguoi ky:", "thoi gian ky:", "ngay ky:", "signature not verified", "signature valid",
          "digitally signed", "signed by:", "ky so boi", "signing time",
          "email:", "co quan:", "don vi:", "date:", "chuc vu:", "to chuc:", "noi ky:", "ly do:"}) {
      if (starts_with(key, prefix)) {
        found.push_back({i, n, n < 10});
        break;
      }
      ++n;
    }
  }
  const auto near = [&](const Line& a, const Line& b) {
    const double gap = std::max(a.box.y0, b.box.y0) - std::min(a.box.y1, b.box.y1);
    return gap < 1.2 * std::max(a.size, b.size) && a.box.x0 < b.box.x1 && b.box.x0 < a.box.x1;
  };
  std::vector<std::size_t> seeds;
  for (const Found& one : found) {
    const Line& line = page.lines[one.line];
    const bool small = line.size < 0.85 * page.body_size;
    const bool company = std::any_of(found.begin(), found.end(), [&](const Found& other) {
      return other.key != one.key && (one.strong || other.strong) && near(line, page.lines[other.line]);
    });
    if ((one.strong && small) || company) seeds.push_back(one.line);
  }
  // The value's further lines: small print right below.
  while (!seeds.empty()) {
    const std::size_t at = seeds.back();
    seeds.pop_back();
    if (marked[at]) continue;
    marked[at] = true;
    const Line& line = page.lines[at];
    if (line.size >= 0.85 * page.body_size) continue;
    for (std::size_t i = at + 1; i < page.lines.size() && i < at + 4; ++i) {
      const Line& next = page.lines[i];
      if (!marked[i] && next.size < 1.05 * line.size && next.box.y0 > line.box.centre_y() &&
          std::abs(next.box.x0 - line.box.x0) < 2 * line.size && near(line, next)) {
        seeds.push_back(i);
      }
    }
  }
}

// The share of capital letters among the ASCII letters.
double upper_share(std::string_view text) {
  double upper = 0, all = 0;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') ++upper;
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) ++all;
  }
  return all > 0 ? upper / all : 0;
}

// A line of three letters or fewer that OCR was not sure of: a speck, a stroke of a pen.
bool is_speck(const Page& page, const Line& line) {
  std::size_t letters = 0;
  double confidence = 0;
  for (std::size_t index : line.words) {
    const Word& word = page.words[index];
    confidence = std::max(confidence, word.confidence);
    for (std::size_t at = 0; at < word.text.size();) {
      const char32_t c = decode_utf8(word.text, at);
      if (c >= '0' && c <= '9') return false;
      letters += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x2000) ? 1 : 0;
    }
  }
  return letters == 0 ? line.words.size() == 1 && confidence < 0.85 : letters <= 3 && confidence < 0.6;
}

// The arrival stamp: "CÔNG VĂN ĐẾN", "ĐẾN" over "Số: ...", "Ngày: ...", "Giờ: ...".
void find_stamps(const Page& page, std::vector<bool>& marked) {
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const Line& line = page.lines[i];
    if (line.box.y0 > 0.55 * page.height) break;
    const std::string text = line_text(page, line);
    const std::string key = fold(text);
    const bool title = text == "ĐẾN" || text == "CÔNG VĂN ĐẾN" || text == "VĂN BẢN ĐẾN";
    const bool whole = starts_with(key, "gio") && key.find("ngay") != std::string::npos && key.size() < 40;
    // "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ", which OCR seldom reads right, over the stamp's own lines.
    const bool portal = page.ocr && page.number == 1 && line.box.x0 < 0.4 * page.width && key.size() < 48 &&
                        upper_share(text) > 0.8 && key.find("ng thong") != std::string::npos &&
                        key.find("inh ph") != std::string::npos;
    if (!title && !whole && !portal) continue;
    bool fields = false;
    for (std::size_t k = i > 4 ? i - 4 : 0; k < page.lines.size() && k < i + 10; ++k) {
      const Line& other = page.lines[k];
      const Box around{line.box.x0 - 60, line.box.y0 - 25, line.box.x1 + 100, line.box.y1 + 60};
      if (k == i || marked[k] || other.box.x0 < around.x0 || other.box.x1 > around.x1 ||
          other.box.y0 < around.y0 || other.box.y1 > around.y1) {
        continue;
      }
      const std::string part = fold(line_text(page, other));
      const bool own_number = part.find('/') != std::string::npos && part.find('-') != std::string::npos;
      const bool hour = portal && part.size() < 26 && (part.find("gi") != std::string::npos || part == "den");
      const bool field = starts_with_any(
          part, {"so:", "so :", "so.", "ngay:", "ngay :", "ngay.", "gio:", "gio.", "chuyen:", "luu ho so"});
      if ((hour || field) && !own_number) marked[k] = fields = true;
    }
    // The portal's name alone may be the issuing body.
    if (title || whole || fields) marked[i] = true;
  }
}

// "_______", "--------": a line drawn with characters, below the issuing body and the motto; "[": what is
// left of a place for a signature ("[daky]").
bool is_drawn_line(const Page& page, const Line& line) {
  const std::string text = line_text(page, line);
  if (text == "[daky]" || text == "[dau]") return true;
  std::size_t dashes = 0, brackets = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    if (c == ' ') continue;
    if (c == '[' || c == ']' || c == '{' || c == '}' || c == '|' || c == '~' || c == '^' || c == '\'' ||
        c == '`') {
      ++brackets;
    } else if (c == '_' || c == '-' || c == '=' || (c >= 0x2010 && c <= 0x2015) || c == 0x2500 || c == 0xAF) {
      ++dashes;
    } else {
      return false;
    }
  }
  return dashes + brackets >= 3 || (brackets > 0 && dashes == 0);
}

}  // namespace

namespace {

// Where no page says anything else (slides, labels, forms), what repeats is the text.
bool is_all_marked(const std::vector<Page>& pages, const Marks& marks) {
  for (std::size_t p = 0; p < pages.size(); ++p) {
    if (!pages[p].grids.empty() || std::count(marks.line[p].begin(), marks.line[p].end(), false) > 0)
      return false;
  }
  return true;
}

}  // namespace

void find_furniture(std::vector<Page>& pages) {
  Marks marks;
  std::vector<std::vector<Row>> rows;
  for (const Page& page : pages) {
    marks.line.emplace_back(page.lines.size());
    find_signature_text(page, marks.line.back());
    find_stamps(page, marks.line.back());
    // Words that stand across the page at its edge were stamped or printed by software.
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      const Line& line = page.lines[i];
      if (is_drawn_line(page, line) ||
          (page.ocr && (is_speck(page, line) || is_pen_mark_above_head(page, line)))) {
        marks.line.back()[i] = true;
      }
      const bool edge = line.box.centre_x() < 0.07 * page.width || line.box.centre_x() > 0.93 * page.width;
      if (edge && page.words[line.words.front()].turn != 0) marks.line.back()[i] = true;
    }
    rows.push_back(rows_of(page, marks.line.back()));
  }
  const std::vector<std::vector<bool>> before = marks.line;
  find_running_heads(pages, rows, marks);
  if (is_all_marked(pages, marks)) marks.line = before;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    rows[p].erase(std::remove_if(rows[p].begin(), rows[p].end(),
                                 [&](const Row& row) { return marks.line[p][row.lines.front()]; }),
                  rows[p].end());
  }
  find_page_numbers(pages, rows, marks);
  for (std::size_t p = 0; p < pages.size(); ++p) {
    std::vector<Line> body;
    for (std::size_t i = 0; i < pages[p].lines.size(); ++i) {
      (marks.line[p][i] ? pages[p].furniture : body).push_back(std::move(pages[p].lines[i]));
    }
    pages[p].lines = std::move(body);
  }
}

}  // namespace vanban::pages
