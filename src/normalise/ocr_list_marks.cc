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

// The letters of points, in the order in which documents count with them.
constexpr std::array<std::string_view, 23> kPoints{"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m",
                                                   "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"};

bool first_of_its_line(const std::vector<RawWord>& words, std::size_t i) {
  if (i + 1 >= words.size() || words[i].line < 0 || words[i + 1].line != words[i].line) return false;
  return i == 0 || words[i - 1].line != words[i].line || words[i - 1].cell != words[i].cell;
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
  // A line that begins with "~" begins with a dash: no Vietnamese list counts with anything like it.
  if (word.text == "~") {
    word.rewrite("-");
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
  int roman = 0;
  for (RawPage& page : raw.pages) {
    if (page.origin != TextOrigin::kOcr) {
      next = 0;
      continue;
    }
    for (std::size_t i = 0; i < page.words.size(); ++i)
      mended += mend_word(page, i, next) || mend_roman(page, i, roman) ? 1 : 0;
  }
  return mended;
}

}  // namespace vanban::normalise
