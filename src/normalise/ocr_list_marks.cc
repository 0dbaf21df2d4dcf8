#include "normalise/ocr_list_marks.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "normalise/ocr_roman.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::normalise {
namespace {

constexpr double kDoubtful = 0.5;

// The letters of points, in the order in which documents count with them.
constexpr std::array<std::string_view, 23> kPoints{"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m",
                                                   "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"};

// Whether `b` stands on the line of `a`. A line that was read again has a number of its own; where both words
// have a place on the page it tells.
bool on_one_line(const RawWord& a, const RawWord& b) {
  if (a.cell != b.cell) return false;
  if (a.line == b.line) return true;
  const double both = std::min(a.box.y1, b.box.y1) - std::max(a.box.y0, b.box.y0);
  const double lower = std::min(a.box.height(), b.box.height());
  return lower > 0 && both > lower / 2;
}

bool first_of_its_line(const std::vector<RawWord>& words, std::size_t i) {
  constexpr double kGap = 40;  // points, from a mark to its text; further apart are columns
  if (i + 1 >= words.size() || words[i].line < 0) return false;
  const auto beside = [](const RawWord& left, const RawWord& right) {
    return left.line == right.line || (left.box.x0 <= right.box.x0 && right.box.x0 - left.box.x1 < kGap);
  };
  if (!on_one_line(words[i], words[i + 1]) || !beside(words[i], words[i + 1])) return false;
  return i == 0 || !on_one_line(words[i - 1], words[i]) || !beside(words[i - 1], words[i]);
}

// "~", "-_", "._-": a dash with dust beside it, or read twice.
bool is_dusty_dash(std::string_view word) {
  if (word == "-" || word.size() > 8) return false;
  std::size_t dashes = 0, lines = 0;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = decode_utf8(word, at);
    if (c == '-' || c == '~') {
      ++dashes;
    } else if (c == '_' || c == U'–' || c == U'—') {
      ++lines;
    } else if (c != '.' && c != ':' && c != '|' && c != '\'' && c != ',') {
      return false;
    }
  }
  return dashes > 0 && dashes + lines <= 3;
}

// A speck that was read as a dash: no dash is so short.
bool is_speck(const RawWord& word) {
  constexpr double kShortest = 0.09;  // of the letters' size
  return word.text == "-" && word.box.width() > 0 && word.box.width() < kShortest * word.font_size;
}

// Digits that `c` is read for.
std::string_view digits_like(char32_t c) {
  switch (c) {
    case 'l':
    case 'I':
    case '|':
    case '!':
    case 'i':
      return "1";
    case 'Z':
    case 'z':
      return "2";
    case 'S':
    case 's':
    case '$':
      return "5";
    case U'§':
      return "58";
    case U'ó':
    case U'Ó':
    case 'b':
      return "6";
    case 'B':
    case '&':
      return "8";
    case 'g':
    case 'q':
      return "9";
    case 'O':
    case 'o':
      return "0";
    default:
      return {};
  }
}

bool reads_as(std::string_view read, std::string_view number) {
  std::size_t digits = 0;
  for (std::size_t at = 0; at < read.size(); ++digits) {
    const char32_t c = decode_utf8(read, at);
    if (digits == number.size()) return false;
    const char digit = number[digits];
    if (c != static_cast<char32_t>(digit) && digits_like(c).find(digit) == std::string_view::npos)
      return false;
  }
  return digits == number.size();
}

// A point begins with a capital, a number or a quotation; a line that goes on does so with a small letter.
bool begins_sentence(const std::string& word) { return !word.empty() && to_lower(word) != word; }

// "(¡)" -> "(i)", "(ï¡)" -> "(ii)". Empty: no such mark, or one that is read well.
std::string roman_mark(std::string_view word) {
  if (word.size() < 4 || word.size() > 12 || word.front() != '(' || word.find(')') == std::string_view::npos)
    return {};
  std::string out = "(";
  bool impossible = false;  // a sign that Vietnamese does not have
  std::size_t at = 1, letters = 0;
  while (at < word.size() && word[at] != ')') {
    const char32_t c = decode_utf8(word, at);
    if (c == U'¡' || c == U'ï' || c == U'î') {
      impossible = true;
      out += 'i';
    } else if (c == U'i' || c == U'v' || c == U'x') {
      append_utf8(out, c);
    } else {
      return {};
    }
    if (++letters > 4) return {};
  }
  return impossible ? out + std::string(word.substr(at)) : std::string();
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<OcrListMarks> OcrListMarks::create(const ModelTable& table) {
  const Result<std::size_t> printed = table.column("printed");
  if (!printed) return printed.error();
  const Result<std::size_t> read = table.column("read");
  if (!read) return read.error();
  OcrListMarks marks;
  for (const auto& row : table.rows) {
    const std::string_view forms = row[*read];
    for (std::size_t at = 0; at < forms.size();) {
      const std::size_t end = std::min(forms.find(' ', at), forms.size());
      if (end > at) marks.printed_[std::string(forms.substr(at, end - at))].push_back(row[*printed]);
      at = end + 1;
    }
  }
  return marks;
}

// Whether `read` is what OCR makes of the point kPoints[next]; 0: no list is open.
bool OcrListMarks::stands_for(std::string_view read, std::size_t next) const {
  if (next == 0 || next >= kPoints.size() || read == kPoints[next]) return false;
  const auto found = printed_.find(read);
  return found != printed_.end() &&
         std::find(found->second.begin(), found->second.end(), kPoints[next]) != found->second.end();
}

// `next`: index into kPoints of the point that comes; 0: no list is open.
bool OcrListMarks::mend_word(RawPage& page, std::size_t i, std::size_t& next) const {
  RawWord& word = page.words[i];
  if (std::string mark = roman_mark(word.text); !mark.empty()) {
    word.rewrite(std::move(mark));
    return true;
  }
  if (!first_of_its_line(page.words, i)) return false;
  // No Vietnamese list counts with anything like "~".
  if (word.text == "~" || (is_dusty_dash(word.text) && begins_sentence(page.words[i + 1].text))) {
    word.rewrite("-");
    word.confidence = std::max(word.confidence, kDoubtful);
    return true;
  }
  if (word.text.size() < 2 || word.text.back() != ')') return false;
  const std::string_view read = std::string_view(word.text).substr(0, word.text.size() - 1);
  if (stands_for(read, next) && begins_sentence(page.words[i + 1].text)) {
    word.rewrite(std::string(kPoints[next]) + ")");
    ++next;
    return true;
  }
  const auto point = std::find(kPoints.begin(), kPoints.end(), read);
  if (point != kPoints.end()) {
    next = static_cast<std::size_t>(point - kPoints.begin()) + 1;
  } else if (is_number(read)) {
    next = 0;  // "1)", "2)": another list
  }
  return false;
}

// "7," behind "6.", "§." behind "4.": the number that comes. `last`: the one before it.
bool OcrListMarks::mend_number(RawPage& page, std::size_t i, int& last) {
  constexpr int kHighest = 99;
  RawWord& word = page.words[i];
  if (word.text.size() < 2 || word.text.size() > 5 || !first_of_its_line(page.words, i)) return false;
  const char end = word.text.back();
  if (std::string_view(".,:;").find(end) == std::string_view::npos) return false;
  const std::string_view read = std::string_view(word.text).substr(0, word.text.size() - 1);
  if (!begins_sentence(page.words[i + 1].text)) return false;
  if (end == '.' && is_number(read)) {
    last = read.size() <= 2 ? std::stoi(std::string(read)) : 0;
    return false;
  }
  // Letters alone are a numeral or a point.
  const std::string next = std::to_string(last + 1);
  const bool sign = read.find_first_of("0123456789|!$&") != std::string_view::npos || read == "§";
  if (last == 0 || last >= kHighest || !sign || !reads_as(read, next)) return false;
  // "… tại các khoản 3, 4," and below it "5, Điều 7": the sentence goes on.
  if (i > 0 && page.words[i - 1].text.ends_with(',')) return false;
  ++last;
  word.rewrite(next + ".");
  return true;
}

// The numeral of a part: before a heading on its line, or alone in a table's cell. `last`: the one before it.
bool OcrListMarks::mend_roman(RawPage& page, std::size_t i, int& last) {
  RawWord& word = page.words[i];
  const bool stop = word.text.ends_with('.');
  const std::string read = word.text.substr(0, word.text.size() - (stop ? 1 : 0));
  if (roman_of_strokes(read).empty()) return false;
  const auto in_cell = [&](std::size_t k) {
    return k < page.words.size() && page.words[k].cell == word.cell;
  };
  const bool alone = word.cell >= 0 && !in_cell(i + 1) && (i == 0 || !in_cell(i - 1));
  const bool heads = stop && first_of_its_line(page.words, i) && begins_sentence(page.words[i + 1].text);
  if (!alone && !heads) return false;
  if (const int value = roman_value(read); value > 0) {
    last = value;
    return false;
  }
  // Digits count elsewhere ("1.", "11"), and so do letters ("H.").
  const bool letters =
      read.find_first_of("HIVXYl|!") != std::string::npos && read.find('0') == std::string::npos;
  if (last == 0 || !letters || roman_of_strokes(read) != roman_numeral(last + 1)) return false;
  ++last;
  word.rewrite(roman_numeral(last) + (stop ? "." : ""));
  return true;
}

std::size_t OcrListMarks::mend(RawDocument& raw) const {
  std::size_t mended = 0;
  std::size_t next = 0;
  int roman = 0, number = 0;
  for (RawPage& page : raw.pages) {
    if (page.origin != TextOrigin::kOcr) {
      next = 0;
      continue;
    }
    mended += std::erase_if(page.words, is_speck);
    for (std::size_t i = 0; i < page.words.size(); ++i) {
      mended +=
          mend_word(page, i, next) || mend_roman(page, i, roman) || mend_number(page, i, number) ? 1 : 0;
    }
  }
  return mended;
}

}  // namespace vanban::normalise
