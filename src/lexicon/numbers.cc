#include "vanban/lexicon/numbers.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

bool is_separator(char c) { return c == '.' || c == ','; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

double digits_value(std::string_view digits) {
  double value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// whole + fraction as one division, so that "55,56" is the double nearest to 55.56.
double decimal_value(std::string_view whole, std::string_view fraction) {
  std::uint64_t scaled = 0, scale = 1;
  for (const char c : whole) scaled = scaled * 10 + static_cast<std::uint64_t>(c - '0');
  for (const char c : fraction) {
    scaled = scaled * 10 + static_cast<std::uint64_t>(c - '0');
    scale *= 10;
  }
  return static_cast<double>(scaled) / static_cast<double>(scale);
}

struct Groups {
  std::vector<std::string_view> parts;
  std::string separators;
};

// "12.345,6" -> {"12", "345", "6"} and ".,"; empty parts where the form is no number in digits.
Groups cut_groups(std::string_view text) {
  Groups groups;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && is_digit(text[i])) continue;
    if (i == from || (i < text.size() && !is_separator(text[i]))) return {};
    groups.parts.push_back(text.substr(from, i - from));
    if (i < text.size()) groups.separators += text[i];
    from = i + 1;
  }
  return groups;
}

// Every group but the first has three digits, and the first one to three without a leading zero.
bool groups_thousands(const std::vector<std::string_view>& parts, std::size_t count) {
  if (parts[0].size() > 3 || (parts[0].size() > 1 && parts[0][0] == '0') || parts[0] == "0")
    return count == 1;
  for (std::size_t i = 1; i < count; ++i) {
    if (parts[i].size() != 3) return false;
  }
  return true;
}

std::optional<double> parse_digits(std::string_view text, bool* ambiguous) {
  constexpr std::size_t kMostDigits = 18;
  if (text.size() > 2 * kMostDigits) return std::nullopt;
  const Groups groups = cut_groups(text);
  if (groups.parts.empty()) return std::nullopt;
  std::string digits;
  for (const std::string_view part : groups.parts) digits += part;
  if (digits.size() > kMostDigits) return std::nullopt;
  const std::size_t count = groups.parts.size();
  if (count == 1) return digits_value(digits);

  const char last = groups.separators.back();
  const bool mixed = groups.separators.find(last == '.' ? ',' : '.') != std::string::npos;
  if (mixed) {
    // The last separator is the decimal sign, and stands once.
    if (std::count(groups.separators.begin(), groups.separators.end(), last) != 1) return std::nullopt;
    if (!groups_thousands(groups.parts, count - 1)) return std::nullopt;
    return decimal_value(std::string_view(digits).substr(0, digits.size() - groups.parts.back().size()),
                         groups.parts.back());
  }
  if (count > 2) {  // "1.459.361.385", "1,459,361"; "2.1.3" is a label, "1,2,3" a list
    return groups_thousands(groups.parts, count) ? std::optional<double>(digits_value(digits)) : std::nullopt;
  }
  const bool could_group = groups_thousands(groups.parts, 2);
  if (last == '.') {
    if (could_group) return digits_value(digits);
    if (groups.parts[0].size() > 1 && groups.parts[0][0] == '0') return std::nullopt;
    return decimal_value(groups.parts[0], groups.parts[1]);
  }
  if (could_group) {
    if (ambiguous != nullptr) *ambiguous = true;
    if (groups.parts[1] == "000") return std::nullopt;
  }
  return decimal_value(groups.parts[0], groups.parts[1]);
}

// Numerals in words.
enum class WordKind : std::uint8_t { kDigit, kTen, kHundred, kScale, kZeroTens, kHalf };
struct NumeralWord {
  std::string_view word;
  WordKind kind;
  double value;
};
constexpr std::array<NumeralWord, 25> kNumeralWords{{
    {"không", WordKind::kDigit, 0},  {"một", WordKind::kDigit, 1},      {"mốt", WordKind::kDigit, 1},
    {"hai", WordKind::kDigit, 2},    {"ba", WordKind::kDigit, 3},       {"bốn", WordKind::kDigit, 4},
    {"tư", WordKind::kDigit, 4},     {"năm", WordKind::kDigit, 5},      {"lăm", WordKind::kDigit, 5},
    {"sáu", WordKind::kDigit, 6},    {"bảy", WordKind::kDigit, 7},      {"bẩy", WordKind::kDigit, 7},
    {"tám", WordKind::kDigit, 8},    {"chín", WordKind::kDigit, 9},     {"mười", WordKind::kTen, 10},
    {"mươi", WordKind::kTen, 10},    {"trăm", WordKind::kHundred, 100}, {"nghìn", WordKind::kScale, 1e3},
    {"ngàn", WordKind::kScale, 1e3}, {"triệu", WordKind::kScale, 1e6},  {"tỷ", WordKind::kScale, 1e9},
    {"tỉ", WordKind::kScale, 1e9},   {"linh", WordKind::kZeroTens, 0},  {"lẻ", WordKind::kZeroTens, 0},
    {"rưỡi", WordKind::kHalf, 0.5},
}};

std::optional<double> parse_words(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  const std::string lower = to_lower(text);
  double total = 0, below_thousand = 0, scale = 1e18;
  bool has_digit = false;
  double digit = 0;
  const auto take_digit = [&](double otherwise) {
    const double taken = has_digit ? digit : otherwise;
    has_digit = false;
    return taken;
  };
  double last_unit = 1;
  std::size_t words = 0;
  for (std::size_t i = 0; i < lower.size();) {
    if (lower[i] == ' ') {
      ++i;
      continue;
    }
    const std::size_t end = std::min(lower.find(' ', i), lower.size());
    const std::string_view word = std::string_view(lower).substr(i, end - i);
    i = end;
    const auto* found = std::find_if(kNumeralWords.begin(), kNumeralWords.end(),
                                     [&](const NumeralWord& row) { return row.word == word; });
    if (found == kNumeralWords.end()) return std::nullopt;
    ++words;
    switch (found->kind) {
      case WordKind::kDigit:
        if (has_digit) return std::nullopt;  // "hai ba": two numbers, or digits read out
        has_digit = true;
        digit = found->value;
        break;
      case WordKind::kTen:
      case WordKind::kHundred:
        if (!has_digit && word != "mười") return std::nullopt;
        below_thousand += take_digit(1) * found->value;
        last_unit = found->value;
        break;
      case WordKind::kScale:
        below_thousand += take_digit(0);
        if (below_thousand == 0 || found->value >= scale) return std::nullopt;
        total += below_thousand * found->value;
        below_thousand = 0;
        scale = last_unit = found->value;
        break;
      case WordKind::kZeroTens:
        break;
      case WordKind::kHalf:  // half of the unit before it: "hai triệu rưỡi"
        if (words == 1 || has_digit) return std::nullopt;
        total += found->value * last_unit;
        break;
    }
  }
  if (words == 0) return std::nullopt;
  return total + below_thousand + take_digit(0);
}

}  // namespace

std::optional<double> parse_number(std::string_view text, bool* ambiguous) {
  if (ambiguous != nullptr) *ambiguous = false;
  text = trim(text);
  if (text.empty()) return std::nullopt;
  return is_digit(text.front()) ? parse_digits(text, ambiguous) : parse_words(text);
}

std::optional<TextRange> number_at(std::string_view text, std::size_t at) {
  if (at >= text.size() || !is_digit(text[at])) return std::nullopt;
  if (at > 0) {
    const char before = text[at - 1];
    if (is_digit(before) || (is_separator(before) && at > 1 && is_digit(text[at - 2]))) return std::nullopt;
    if ((before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') || before == '_')
      return std::nullopt;
    if ((static_cast<unsigned char>(before) & 0x80) != 0) {
      std::size_t back = at;
      const char32_t letter = decode_utf8_before(text, back);
      // Latin letters with marks; dashes, quotes and comparison signs are above them.
      if ((letter >= 0xC0 && letter <= 0x24F) || (letter >= 0x300 && letter <= 0x36F) ||
          (letter >= 0x1E00 && letter <= 0x1EFF)) {
        return std::nullopt;
      }
    }
  }
  std::size_t end = at;
  while (end < text.size()) {
    if (is_digit(text[end]) ||
        (is_separator(text[end]) && end + 1 < text.size() && is_digit(text[end + 1]))) {
      ++end;
    } else {
      break;
    }
  }
  return TextRange{at, end};
}

std::optional<int> parse_roman(std::string_view text) {
  constexpr std::size_t kLongest = 12;  // CCCLXXXVIII has 11 letters
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  const bool lower = text[0] >= 'a';
  struct Step {
    std::string_view letters;
    int value;
  };
  static constexpr std::array<Step, 9> kSteps{
      {{"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1}}};
  std::string upper;
  for (const char c : text) {
    if (lower != (c >= 'a' && c <= 'z')) return std::nullopt;  // "Iv" is no numeral
    upper += lower ? static_cast<char>(c - 'a' + 'A') : c;
  }
  int value = 0;
  std::string_view rest = upper;
  for (const Step& step : kSteps) {
    for (; rest.substr(0, step.letters.size()) == step.letters; rest.remove_prefix(step.letters.size())) {
      value += step.value;
    }
  }
  if (!rest.empty() || value == 0 || value > 399) return std::nullopt;
  // Written the one right way: "IIII", "VV" and "IXI" give themselves away when written anew.
  std::string written;
  int left = value;
  for (const Step& step : kSteps) {
    for (; left >= step.value; left -= step.value) written += step.letters;
  }
  if (written != upper) return std::nullopt;
  return value;
}

}  // namespace vanban
