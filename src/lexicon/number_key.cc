#include "vanban/lexicon/number_key.h"

#include <cstddef>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Whatever stands between the parts of a symbol is one dash: "NQ/TW", "NQ - TW" and "nq-tw" are one.
std::string symbol_key(std::string_view folded) {
  std::string key;
  bool gap = false;
  for (const char c : folded) {
    if (!is_digit(c) && !is_letter(c)) {
      gap = true;
      continue;
    }
    if (gap && !key.empty()) key += '-';
    gap = false;
    key += c;
  }
  return key;
}

// "007.016b" -> "7.016b": only the zeros in front say nothing.
std::string_view without_zeros(std::string_view ordinal) {
  std::size_t zeros = 0;
  while (zeros + 1 < ordinal.size() && ordinal[zeros] == '0' && is_digit(ordinal[zeros + 1])) ++zeros;
  return ordinal.substr(zeros);
}

std::string join_key(std::string_view ordinal, std::string_view symbol) {
  const std::string tail = symbol_key(symbol);
  if (ordinal.empty() || tail.empty()) return {};
  return std::string(without_zeros(ordinal)) + "/" + tail;
}

bool is_year(std::string_view digits) {
  return digits.size() == 4 && (digits.substr(0, 2) == "19" || digits.substr(0, 2) == "20");
}

}  // namespace

std::string document_number_key(const DocumentNumber& number) {
  std::string ordinal;
  for (const char c : fold(number.ordinal)) {
    if (c != ' ') ordinal += c;
  }
  return join_key(ordinal, fold(number.symbol));
}

NumberLookup number_lookup(std::string_view written) {
  constexpr std::size_t kLongest = 200;  // no document number is longer; a whole page of text is none
  if (written.size() > kLongest) return {};
  std::string text;
  for (const char c : fold(written)) {
    if (c != ' ' && c != '\n') text += c;
  }
  std::string_view rest = text;
  if (rest.substr(0, 2) == "so") rest.remove_prefix(2);
  while (!rest.empty() && (rest.front() == ':' || rest.front() == '.')) rest.remove_prefix(1);

  std::size_t end = 0;  // ordinal: digits, a point and digits ("66.16"), at most two letters ("3176b")
  while (end < rest.size() && (is_digit(rest[end]) || (rest[end] == '.' && end > 0))) ++end;
  const std::size_t digits = end;
  if (digits == 0) return {};
  while (end < rest.size() && is_letter(rest[end]) && end < digits + 2) ++end;
  if (end < rest.size() && is_letter(rest[end])) end = digits;  // "64tctct": the letters are the symbol
  const std::string_view ordinal = rest.substr(0, end);
  rest.remove_prefix(end);

  NumberLookup found;
  if (rest.size() >= 6 && rest[0] == '/' && is_year(rest.substr(1, 4)) &&
      (rest[5] == '/' || rest[5] == '-')) {
    found.year = (rest[1] - '0') * 1000 + (rest[2] - '0') * 100 + (rest[3] - '0') * 10 + (rest[4] - '0');
    rest.remove_prefix(5);
  }
  // The symbol begins with a letter: "3/2/2020", "45/81" and "09-2024" are no numbers of documents.
  std::size_t start = 0;
  while (start < rest.size() && !is_letter(rest[start]) && !is_digit(rest[start])) ++start;
  if (start == 0 || start == rest.size() || !is_letter(rest[start])) return {};
  found.key = join_key(ordinal, rest);
  if (found.key.empty()) return {};
  return found;
}

}  // namespace vanban
