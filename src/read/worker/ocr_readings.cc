#include "read/worker/ocr_readings.h"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <string_view>
#include <utility>

#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

std::string digits_of(const std::vector<RawWord>& words) {
  std::string digits;
  for (const RawWord& word : words) {
    for (char c : word.text) {
      if (c >= '0' && c <= '9') digits += c;
    }
  }
  return digits;
}

bool same_places(const std::vector<RawWord>& first, const std::vector<RawWord>& second) {
  return std::equal(
      first.begin(), first.end(), second.begin(), second.end(), [](const RawWord& a, const RawWord& b) {
        return a.box.x0 < b.box.x1 && b.box.x0 < a.box.x1 && a.box.y0 < b.box.y1 && b.box.y0 < a.box.y1;
      });
}

}  // namespace

double sureness(const std::vector<RawWord>& words) {
  double sum = 0, length = 0;
  for (const RawWord& word : words) {
    const auto bytes = static_cast<double>(word.text.size());
    sum += bytes * word.confidence;
    length += bytes;
  }
  return length > 0 ? sum / length : 0;
}

double least_sure(const std::vector<RawWord>& words) {
  double least = 1;
  for (const RawWord& word : words) least = std::min(least, word.confidence);
  return least;
}

std::vector<RawWord> surer(std::vector<RawWord> first, std::vector<RawWord> second) {
  constexpr double kBelievable = 0.7, kDoubtfulDigit = 0.5, kDoubtful = 0.85;
  const auto has_digit = [](const RawWord& word) {
    return word.text.find_first_of("0123456789") != std::string::npos;
  };
  if (same_places(first, second)) {
    for (std::size_t i = 0; i < first.size(); ++i) {
      RawWord &kept = first[i], &other = second[i];
      if (kept.text == other.text) {
        kept.confidence = std::max(kept.confidence, other.confidence);
        continue;
      }
      if (other.confidence > kept.confidence) std::swap(kept, other);
      const bool digits = (has_digit(kept) || has_digit(other)) && digits_of({kept}) != digits_of({other});
      if (other.confidence >= (digits ? kDoubtfulDigit : kBelievable)) {
        kept.confidence = std::min(kept.confidence, digits ? kDoubtfulDigit : kDoubtful);
      }
    }
    return first;
  }
  if (sureness(second) > sureness(first)) first.swap(second);
  if (sureness(second) >= kBelievable && digits_of(first) != digits_of(second)) {
    for (RawWord& word : first) {
      if (has_digit(word)) word.confidence = std::min(word.confidence, kDoubtfulDigit);
    }
  }
  return first;
}

void drop_border_marks(std::vector<RawWord>& words) {
  for (RawWord& word : words) {
    for (std::string_view mark : {"'", "|", "‘"}) {
      if (word.text.size() <= mark.size() || !std::string_view(word.text).starts_with(mark)) continue;
      const bool closes = word.text.find('\'', mark.size()) != std::string::npos ||
                          word.text.find("’", mark.size()) != std::string::npos;
      if (!closes) word.text.erase(0, mark.size());
      break;
    }
  }
}

CellReading reading_of(const std::vector<RawWord>& words) {
  CellReading reading;
  for (const RawWord& word : words) reading.text += (reading.text.empty() ? "" : " ") + word.text;
  reading.confidence = words.empty() ? 0 : least_sure(words);
  return reading;
}

std::vector<RawWord> settled_words(const SettledCell& settled, const ShortCell& cell,
                                   std::vector<std::vector<RawWord>>& words) {
  const std::string& read = settled.read_as.empty() ? settled.text : settled.read_as;
  std::vector<RawWord> chosen;
  for (std::size_t i = 0; i < words.size() && chosen.empty(); ++i) {
    if (cell.readings[i].text == read) chosen = std::move(words[i]);
  }
  if (chosen.empty()) return chosen;
  if (!settled.read_as.empty()) {
    std::vector<std::string> texts;
    std::istringstream in(settled.text);
    for (std::string text; in >> text;) texts.push_back(std::move(text));
    std::size_t first = 0;
    if (texts.size() == 1) {
      for (const RawWord& word : chosen) chosen.front().box.include(word.box);
    } else {
      while (first + texts.size() < chosen.size() &&
             chosen[first].text.find(texts.front()) == std::string::npos)
        ++first;
    }
    chosen.erase(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(first));
    if (chosen.size() > texts.size()) chosen.resize(texts.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i].text = texts[i];
    chosen.front().read_as = settled.read_as;
  }
  for (RawWord& word : chosen) word.confidence = settled.confidence;
  return chosen;
}

namespace {

bool is_capital(std::string_view text) {
  return !text.empty() &&
         ((text[0] >= 'A' && text[0] <= 'Z') || text.starts_with("Đ") || text.starts_with("Ñ"));
}

// "NQ-CP" of "NQ-CP)."; empty where no such thing begins.
std::string_view symbol_at(std::string_view text) {
  std::size_t end = 0, hyphen = 0;
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '-' ||
                               static_cast<unsigned char>(text[end]) >= 0x80)) {
    if (text[end] == '-' && hyphen == 0) hyphen = end;
    ++end;
  }
  return is_capital(text) && hyphen > 0 && is_capital(text.substr(std::min(end, hyphen + 1)))
             ? text.substr(0, end)
             : std::string_view();
}

}  // namespace

bool is_broken_number(std::string_view word) {
  while (!word.empty() && (word.front() == '(' || word.front() == '"')) word.remove_prefix(1);
  std::size_t digits = 0;
  while (digits < word.size() && (is_digit(word[digits]) || (digits > 0 && word[digits] == '/'))) ++digits;
  return digits > 0 && is_digit(word[digits - 1]) && !symbol_at(word.substr(digits)).empty();
}

std::string_view behind_fraction_slash(std::string_view word) {
  constexpr std::string_view kSlash = "⁄";
  const std::size_t at = word.find(kSlash);
  if (at == std::string_view::npos || at == 0 || !is_digit(word[at - 1])) return {};
  const std::string_view rest = word.substr(at + kSlash.size());
  return is_capital(rest) && rest.find('-') != std::string_view::npos ? rest : std::string_view();
}

std::string_view number_symbol(std::string_view text) {
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    if (text[at] != '/' || !is_digit(text[at - 1])) continue;
    if (const std::string_view symbol = symbol_at(text.substr(at + 1)); !symbol.empty()) return symbol;
  }
  return {};
}

bool is_print(const std::vector<RawWord>& words, double least) {
  constexpr std::size_t kFewest = 4;
  std::size_t letters = 0;
  for (const RawWord& word : words) {
    letters += static_cast<std::size_t>(std::count_if(word.text.begin(), word.text.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return std::isalpha(byte) != 0 || byte >= 0xC0;
    }));
  }
  return letters >= kFewest && sureness(words) >= least;
}

}  // namespace vanban::read
