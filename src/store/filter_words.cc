#include "store/filter_words.h"

#include <algorithm>

namespace vanban::store {
namespace {

// Multiples of 64 around the years that a date can have.
constexpr int kFirstYear = 29 * 64, kLastYear = 35 * 64 - 1;

}  // namespace

FilterWords body_words(const std::vector<std::int64_t>& bodies) {
  FilterWords words;
  for (const std::int64_t body : bodies) words.push_back("vbb" + std::to_string(body));
  return words;
}

FilterWords type_words(std::string_view type) {
  std::string word = "vbt";
  for (const char c : type) {
    if (c != '_') word += c;
  }
  return {word};
}

FilterWords year_words(YearOf what, int first, int last) {
  const std::string begin = what == YearOf::kDate ? "vby" : "vbd";
  FilterWords words;
  last = std::min(last, kLastYear);
  for (int year = std::max(first, kFirstYear); year <= last;) {
    int scale = 64;
    while (scale > 1 && (year % scale != 0 || year + scale - 1 > last)) scale /= 4;
    words.push_back(begin + (scale > 1 ? std::to_string(scale) + "x" : "") + std::to_string(year / scale));
    year += scale;
  }
  return words;
}

std::string expression_of(const std::vector<FilterWords>& conditions, std::size_t& phrases) {
  std::string out;
  for (const FilterWords& words : conditions) {
    if (!out.empty()) out += " AND ";
    out += '(';
    for (std::size_t i = 0; i < words.size(); ++i) out += (i > 0 ? " OR \"" : "\"") + words[i] + '"';
    out += ')';
    phrases += words.size();
  }
  return out;
}

}  // namespace vanban::store
