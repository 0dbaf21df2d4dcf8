#include "normalise/ocr_roman.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::normalise {
namespace {

constexpr double kDoubtful = 0.5;
constexpr int kHighest = 39;

}  // namespace

std::string roman_numeral(int value) {
  static constexpr std::array<std::string_view, 10> kOnes{"",  "I",  "II",  "III",  "IV",
                                                          "V", "VI", "VII", "VIII", "IX"};
  if (value < 1 || value > kHighest) return {};
  return std::string(static_cast<std::size_t>(value / 10), 'X') +
         std::string(kOnes[static_cast<std::size_t>(value % 10)]);
}

int roman_value(std::string_view roman) {
  for (int value = 1; value <= kHighest; ++value) {
    if (roman == roman_numeral(value)) return value;
  }
  return 0;
}

std::string roman_of_strokes(std::string_view read) {
  constexpr std::size_t kLongest = 10;  // bytes
  if (read.empty() || read.size() > kLongest) return {};
  std::string roman;
  for (const char c : read) {
    switch (c) {
      case 'I':
      case '1':
      case 'l':
      case '|':
      case '!':
        roman += 'I';
        break;
      case 'H':
        roman += "II";
        break;
      case 'V':
      case 'Y':
        roman += 'V';
        break;
      case 'X':
        roman += 'X';
        break;
      default:
        return {};
    }
  }
  return roman_value(roman) == 0 ? std::string() : roman;
}

bool settle_quarter(std::string_view before, RawWord& word) {
  constexpr int kQuarters = 4;
  constexpr std::size_t kYear = 4;
  const std::size_t slash = word.text.find('/');
  if (slash == std::string::npos || slash == 0 || fold(before) != "quy") return false;
  const std::string_view read = std::string_view(word.text).substr(0, slash),
                         behind = std::string_view(word.text).substr(slash + 1);
  const bool year = behind.size() >= kYear && behind.starts_with("20") && is_digit(behind[2]) &&
                    is_digit(behind[3]) && (behind.size() == kYear || !is_digit(behind[kYear]));
  const bool one_digit = read.size() == 1 && is_digit(read.front());
  const std::string roman = roman_of_strokes(read);
  if (!year || one_digit || roman.empty() || roman == read || roman_value(roman) > kQuarters) return false;
  word.rewrite(roman + word.text.substr(slash));
  word.confidence = std::min(word.confidence, kDoubtful);
  return true;
}

}  // namespace vanban::normalise
