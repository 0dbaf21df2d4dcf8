#include "layout/plain_lines.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <map>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace vanban::layout {
namespace {

constexpr std::size_t kNeighbours = 12;
constexpr std::size_t kLeastPage = 18;  // lines between two page numbers

// "_____", "-----", "- - -", "***": drawn lines. Dots are places to fill in, and stay.
bool is_rule(std::string_view line) {
  std::size_t signs = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = decode_utf8(line, at);
    if (c == U' ' || c == U'\t') continue;
    if (c != U'_' && c != U'-' && c != U'–' && c != U'—' && c != U'=' && c != U'*' && c != U'─' && c != U'━')
      return false;
    ++signs;
  }
  return signs >= 3;
}

// The number of "2", "- 2 -", "Trang 2", "2/15"; 0 if the line is none.
int page_number(std::string_view line) {
  if (starts_with(line, "Trang ") || starts_with(line, "trang ") || starts_with(line, "TRANG "))
    line.remove_prefix(6);
  if (starts_with(line, "- ") && ends_with(line, " -") && line.size() > 4)
    line = line.substr(2, line.size() - 4);
  line = trimmed(line);
  const std::size_t slash = line.find('/');
  if (slash != std::string_view::npos && is_number(line.substr(slash + 1))) line = line.substr(0, slash);
  if (!is_number(line) || line.size() > 4 || line.front() == '0') return 0;
  int value = 0;
  for (const char digit : line) value = value * 10 + (digit - '0');
  return value;
}

// Numbers on lines of their own are page numbers where three and more count up, about a page apart. Else only
// the like of "- 2 -" is one.
std::vector<std::size_t> find_page_numbers(const std::vector<Line>& lines) {
  std::vector<std::size_t> chain;
  int expected = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const int value = page_number(lines[i].text);
    if (value == 0) continue;
    if (!chain.empty() && value == expected && i - chain.back() >= kLeastPage) {
      chain.push_back(i);
      ++expected;
    } else if (value <= 2 && chain.size() < 2) {
      chain.assign(1, i);
      expected = value + 1;
    }
  }
  if (chain.size() >= 3) return chain;
  chain.clear();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (page_number(lines[i].text) == 0) continue;
    if (std::isdigit(static_cast<unsigned char>(lines[i].text.front())) == 0) chain.push_back(i);
  }
  return chain;
}

constexpr std::size_t kEdge = 6;  // lines at the top and at the foot of a page that furniture stands on

// Digits made one sign: running heads differ in the page number only.
std::string masked(std::string_view line) {
  std::string out;
  for (const char c : line) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit)
      out += c;
    else if (out.empty() || out.back() != '0')
      out += '0';
  }
  return out;
}

// Where form feeds tell the pages: lines with a number that stand at the same edge of half the pages, and
// numbers there that count the pages.
std::vector<std::size_t> find_furniture(const std::vector<Line>& lines) {
  std::vector<std::size_t> starts{0};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].page_start) starts.push_back(i);
  }
  if (starts.size() < 2) return {};
  struct Edge {
    std::size_t line, page;
    bool top;
  };
  std::vector<Edge> edges;
  for (std::size_t page = 0; page < starts.size(); ++page) {
    const std::size_t begin = starts[page], end = page + 1 < starts.size() ? starts[page + 1] : lines.size();
    for (std::size_t i = begin; i < end; ++i) {
      if (i < begin + kEdge || i + kEdge >= end) edges.push_back({i, page, i < begin + kEdge});
    }
  }
  struct Seen {
    std::size_t pages = 0, last = static_cast<std::size_t>(-1);
    void add(std::size_t page) {
      pages += page != last;
      last = page;
    }
  };
  std::map<std::pair<bool, std::string>, Seen> heads;  // by edge and masked line
  std::map<std::pair<bool, long>, Seen> offsets;       // by edge, and page number minus page
  for (const Edge& edge : edges) {
    const int number = page_number(lines[edge.line].text);
    heads[{edge.top, masked(lines[edge.line].text)}].add(edge.page);
    if (number > 0) offsets[{edge.top, number - static_cast<long>(edge.page)}].add(edge.page);
  }
  const std::size_t least = std::max<std::size_t>(3, (starts.size() + 1) / 2);
  std::vector<std::size_t> found;
  // A page has one number, the outermost; a row's label may look like it.
  std::size_t numbered_page = static_cast<std::size_t>(-1), numbered_line = 0;
  for (const Edge& edge : edges) {
    const std::string& text = lines[edge.line].text;
    const int number = page_number(text);
    const bool again = edge.page == numbered_page;
    const bool counts = number > 0 && (!again || !edge.top) &&
                        offsets[{edge.top, number - static_cast<long>(edge.page)}].pages >=
                            std::max<std::size_t>(2, starts.size() / 3);
    if (counts && again)
      found.erase(std::next(std::find(found.rbegin(), found.rend(), numbered_line)).base());
    if (counts) {
      numbered_page = edge.page;
      numbered_line = edge.line;
    }
    const bool numbered = text.find_first_of("0123456789") != std::string::npos && text.size() > 12 &&
                          text.find('%') == std::string::npos;
    const bool repeated =
        number == 0 && numbered && !ends_sentence(text) && heads[{edge.top, masked(text)}].pages >= least;
    const bool first =
        edge.line == starts[edge.page] && edge.page > 0 && number == static_cast<int>(edge.page) + 1;
    const bool dashed = number > 0 && std::isdigit(static_cast<unsigned char>(text.front())) == 0;
    if (counts || repeated || dashed || (first && starts.size() <= 3)) found.push_back(edge.line);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

void drop_lines(std::vector<Line>& lines, const std::vector<std::size_t>& dropped) {
  std::size_t next = 0, kept = 0;
  int gap = 0;
  bool page_start = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (next < dropped.size() && dropped[next] == i) {
      ++next;
      gap = std::max(gap, lines[i].gap);
      page_start = page_start || lines[i].page_start;
      continue;
    }
    lines[i].gap = std::max(lines[i].gap, gap);
    lines[i].page_start = lines[i].page_start || page_start;
    gap = 0;
    page_start = false;
    if (kept != i) lines[kept] = std::move(lines[i]);
    ++kept;
  }
  lines.resize(kept);
}

// Where lines that plainly go on ("… thủ tục" / "hành chính …") are one blank line apart, that is the
// spacing.
int line_spacing(const std::vector<Line>& lines) {
  std::array<std::size_t, 3> counts{};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto gap = static_cast<std::size_t>(lines[i].gap);
    if (gap >= counts.size() || lines[i].page_start || lines[i - 1].width > kWidestWrap) continue;
    if (starts_lower(lines[i].text) && !ends_sentence(lines[i - 1].text)) ++counts[gap];
  }
  std::size_t spacing = 0;
  for (std::size_t gap = 1; gap < counts.size(); ++gap) {
    if (counts[gap] > counts[spacing]) spacing = gap;
  }
  return counts[spacing] >= 2 ? static_cast<int>(spacing) : 0;
}

// `raw` with runs of spaces made one, and none beside a tab; a leading tab is an empty cell and stays.
std::string with_single_spaces(std::string_view raw) {
  if (is_single_spaced(raw)) return std::string(raw);  // as nearly every line is
  std::string out;
  out.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t end = std::min(raw.find(' ', at), raw.size());
    if (end > at) {
      if (at > 0 && raw[at] != '\t' && !out.empty() && out.back() != '\t') out += ' ';
      out.append(raw, at, end - at);
    }
    at = end + 1;
  }
  return out;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_single_spaced(std::string_view text) {
  if (text.starts_with(' ') || text.ends_with(' ')) return false;
  std::size_t at = 0;
#ifdef __SSE2__
  unsigned before = 0;  // 1: a space stands before `at`
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const auto is = [&](char sign) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(sign)); };
    const auto spaces = static_cast<unsigned>(_mm_movemask_epi8(is(' ')));
    const __m128i others = _mm_or_si128(is('\t'), _mm_or_si128(is('\n'), is('\r')));
    if (_mm_movemask_epi8(others) != 0 || (spaces & (spaces << 1 | before)) != 0) return false;
    before = spaces >> 15;
  }
#endif
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\t' || c == '\n' || c == '\r' || (c == ' ' && text[at - 1] == ' ')) return false;
  }
  return true;
}

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] != ' ' && text[end] != '\t') ++end;
  return text.substr(0, end);
}

std::string_view last_word(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && text[begin - 1] != ' ' && text[begin - 1] != '\t') --begin;
  return text.substr(begin);
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool ends_sentence(std::string_view line) {
  std::size_t at = line.size();
  while (at > 0) {
    const char32_t c = decode_utf8_before(line, at);
    if (c == U'.' || c == U';' || c == U':' || c == U'!' || c == U'?' || c == U'…') return true;
    if (c != U'”' && c != U'"' && c != U')' && c != U'’' && c != 0xFDD0 && c != 0xFDD1) return false;
  }
  return false;
}

bool ends_open(std::string_view line) {
  static constexpr std::string_view kWords[] = {
      "số",    "của",   "và",   "với",  "tại",   "theo",  "về",   "cho",  "các",   "những", "từ",  "đến",
      "hoặc",  "bởi",   "là",   "ngày", "tháng", "năm",   "Điều", "điều", "khoản", "điểm",  "mục", "Nghị",
      "Quyết", "Thông", "trên", "do",   "để",    "trong", "ở",    "-",    "–",     "&"};
  if (line.empty()) return false;
  const char last = line.back();
  if (last == ',' || last == '(' || last == '/' || ends_with(line, "“")) return true;
  const std::string_view word = last_word(line);
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

bool starts_lower(std::string_view line) {
  if (line.empty()) return false;
  if (static_cast<unsigned char>(line.front()) < 0x80) return line.front() >= 'a' && line.front() <= 'z';
  std::size_t at = 0;
  std::string letter;
  append_utf8(letter, decode_utf8(line, at));
  return to_upper(letter) != letter;
}

bool starts_digit(std::string_view line) {
  return !line.empty() && line.front() >= '0' && line.front() <= '9';
}

bool is_title(std::string_view line) {
  if (line.find(' ') == std::string_view::npos) return false;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = decode_utf8(line, at);
    if (c >= 'a' && c <= 'z') return false;  // as most lines do at once
    letters += (c > 0xBF && c < 0x2000) || (c < 0x80 && (c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  }
  return letters >= 6 && is_upper_case(line);
}

bool is_full(const Line& line, const Line& next, bool first) {
  if (line.measure == 0 || line.measure > kWidestWrap) return false;
  const std::size_t word = count_code_points(first_word(next.text));
  return (line.width + 1 + word) * 100 >= line.measure * (first || !ends_sentence(line.text) ? 84 : 92);
}

Lines split_lines(std::string_view text) {
  Lines result;
  int gap = 0;
  bool form_feed = false;
  std::size_t begin = 0;
  std::size_t next_page = std::min(text.find('\f'), text.size());
  while (begin <= text.size()) {
    if (next_page < begin) next_page = std::min(text.find('\f', begin), text.size());
    const std::size_t end = std::min(text.substr(0, next_page).find('\n', begin), next_page);
    const bool ends_page = end < text.size() && text[end] == '\f';
    const std::string_view raw = text.substr(begin, end - begin);
    const std::string_view body = trimmed(raw);
    if (body.empty()) {
      gap += !ends_page;
    } else if (is_rule(body)) {
      ++gap;
    } else {
      Line line;
      const std::size_t indent = std::min(raw.find_first_not_of(' '), raw.size());
      line.indent = static_cast<int>(std::min<std::size_t>(indent, 1000));
      line.text = with_single_spaces(raw[indent] == '\t' ? raw.substr(indent) : body);
      line.width = count_code_points(line.text);
      line.gap = gap;
      line.page_start = form_feed;
      result.lines.push_back(std::move(line));
      gap = 0;
      form_feed = false;
    }
    form_feed = form_feed || ends_page;
    begin = end + 1;
  }
  const bool paged =
      std::any_of(result.lines.begin(), result.lines.end(), [](const Line& line) { return line.page_start; });
  drop_lines(result.lines, paged ? find_furniture(result.lines) : find_page_numbers(result.lines));
  result.spacing = line_spacing(result.lines);
  // Where every line is set apart, a line that follows at once and begins with a space begins a page.
  for (std::size_t i = 1; i < result.lines.size(); ++i) {
    Line& line = result.lines[i];
    if (result.spacing > 0 && line.gap == 0 && line.indent == 1 &&
        page_number(result.lines[i - 1].text) == 0) {
      line.page_start = true;
    }
  }
  measure_lines(result);
  return result;
}

void measure_lines(Lines& lines) {
  std::vector<Line>& all = lines.lines;
  std::vector<std::size_t> widths(all.size());
  std::transform(all.begin(), all.end(), widths.begin(), [](const Line& line) { return line.width; });
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t from = i > kNeighbours ? i - kNeighbours : 0;
    const std::size_t to = std::min(all.size(), i + kNeighbours + 1);
    std::size_t widest = 0, second = 0;
    for (std::size_t j = from; j < to; ++j) {
      second = std::max(second, std::min(widest, widths[j]));
      widest = std::max(widest, widths[j]);
    }
    // Where one line is wider than any wrapped one and hardly another comes near the next, each is a
    // paragraph.
    constexpr int kFewFull = 3;
    int full = 0;
    for (std::size_t j = from; j < to && widest > kWidestWrap; ++j)
      full += widths[j] <= second && widths[j] * 10 >= second * 9;
    const bool unwrapped = widest > kWidestWrap && full < kFewFull;
    all[i].measure = second == 0 || unwrapped ? widest : second;
  }
}

}  // namespace vanban::layout
