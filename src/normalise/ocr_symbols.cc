#include "normalise/ocr_symbols.h"

#include <algorithm>
#include <array>
#include <utility>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::normalise {
namespace {

constexpr double kDoubtful = 0.5;
constexpr std::size_t kMostDigits = 4;  // of a Party number; a state number may have five

struct Term {
  std::string_view name;
  int first, last;  // years in which its laws are dated
};
constexpr std::array<Term, 6> kTerms{{{"11", 2002, 2007},
                                      {"12", 2007, 2011},
                                      {"13", 2011, 2016},
                                      {"14", 2016, 2021},
                                      {"15", 2021, 2026},
                                      {"16", 2026, 2031}}};

struct NamedType {
  std::string_view name, abbreviation;  // the last two words before "số", folded
};
constexpr std::array<NamedType, 14> kNamedTypes{{{"nghi quyet", "NQ"},
                                                 {"chi thi", "CT"},
                                                 {"ket luan", "KL"},
                                                 {"quy dinh", "QĐ"},
                                                 {"quyet dinh", "QĐ"},
                                                 {"thong bao", "TB"},
                                                 {"huong dan", "HD"},
                                                 {"ke hoach", "KH"},
                                                 {"chuong trinh", "CTr"},
                                                 {"hanh dong", "CTr"},
                                                 {"quy che", "QC"},
                                                 {"bao cao", "BC"},
                                                 {"cong van", "CV"},
                                                 {"to trinh", "TTr"}}};
constexpr std::array<std::string_view, 2> kBodies{"TW", "TU"};

std::string bare(std::string_view word) {
  std::string key = fold(word);
  while (!key.empty() && std::string_view(":.,;").find(key.back()) != std::string_view::npos) key.pop_back();
  const std::size_t letter = key.find_first_of("abcdefghijklmnopqrstuvwxyz");
  return letter == std::string::npos ? key : key.substr(letter);
}

bool is_so(const RawWord& word) { return bare(word.text) == "so"; }

// The letters alone, in capitals and without marks: "KƯTW" -> "KUTW", "C7" -> "C7".
std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : fold(text)) {
    if ((c >= 'a' && c <= 'z') || is_digit(static_cast<unsigned char>(c)))
      letters += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return letters;
}

// Edits between two short words.
std::size_t apart(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t k = 0; k <= b.size(); ++k) row[k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = std::exchange(row[0], i);
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t above = row[k];
      row[k] = std::min({above + 1, row[k - 1] + 1, corner + (a[i - 1] == b[k - 1] ? 0u : 1u)});
      corner = above;
    }
  }
  return row[b.size()];
}

// The abbreviation of the type that the words before a number name ("Kết luận số"); empty if none.
std::string_view named_type(const std::vector<RawWord>& words, std::size_t at) {
  if (at > 0 && is_so(words[at - 1])) --at;
  if (at < 2) return {};
  const std::string name = bare(words[at - 2].text) + " " + bare(words[at - 1].text);
  for (const NamedType& type : kNamedTypes) {
    if (type.name == name) return type.abbreviation;
  }
  return {};
}

// What the next words say about whose document it is: "của Ban Bí thư" the central committee's, "của Tỉnh ủy"
// a province's. Empty: nothing.
std::string_view named_body(const std::vector<RawWord>& words, std::size_t at) {
  constexpr std::size_t kReach = 14;
  std::string behind;
  for (std::size_t i = at; i < words.size() && i < at + kReach; ++i) {
    behind += " " + bare(words[i].text);
    if (words[i].text.ends_with(';')) break;
  }
  const std::size_t of = behind.find(" cua ");
  if (of == std::string::npos) return {};
  const std::string_view whose = std::string_view(behind).substr(of + 5, 40);
  for (std::string_view central : {"ban bi thu", "bo chinh tri", "ban chap hanh trung", "trung uong"}) {
    if (whose.starts_with(central)) return "TW";
  }
  for (std::string_view local :
       {"tinh uy", "thanh uy", "ban thuong vu tinh", "ban thuong vu thanh", "ban chap hanh dang bo tinh"}) {
    if (whose.starts_with(local)) return "TU";
  }
  return {};
}

bool is_capitals(std::string_view text) {
  return !text.empty() && to_upper(text) == text && fold(text) != text;
}

std::size_t leading_digits(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && is_digit(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

// Whether a type ended by a hyphen or a slash stands there: "NQ-CP", "KL/TW".
bool type_stands_in(std::string_view symbol, const Abbreviations& types) {
  const std::size_t end = symbol.find_first_of("-/");
  return end != std::string_view::npos && end > 0 && types.contains(symbol.substr(0, end));
}

}  // namespace

NumberCore core_of(const std::string& word) {
  constexpr std::string_view kBefore = "(\"'[", kBehind = ".,;:)\"']";
  NumberCore core;
  core.end = word.size();
  const auto at_start = [&](std::string_view mark) {
    return std::string_view(word).substr(core.begin, core.end - core.begin).starts_with(mark);
  };
  while (core.begin < core.end &&
         (kBefore.find(word[core.begin]) != std::string_view::npos || at_start("“") || at_start("‘"))) {
    core.begin += at_start("“")   ? std::string_view("“").size()
                  : at_start("‘") ? std::string_view("‘").size()
                                  : 1;
  }
  while (core.end > core.begin && kBehind.find(word[core.end - 1]) != std::string_view::npos) --core.end;
  core.text = word.substr(core.begin, core.end - core.begin);
  return core;
}

bool is_number_year(std::string_view digits) {
  return digits.size() == 4 && digits >= "1945" && digits <= "2099" &&
         std::all_of(digits.begin(), digits.end(), is_digit);
}

std::string as_digits(std::string_view text) {
  std::string digits;
  bool other = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    if (c >= '0' && c <= '9') {
      digits += static_cast<char>(c);
      continue;
    }
    other = true;
    if (c == 'O' || c == 'o' || c == U'Ó' || c == U'Ö') {
      digits += '0';
    } else if (c == 'l' || c == 'I' || c == '|' || c == '!' || c == 'i') {
      digits += '1';
    } else if (c == 'Z' || c == 'z') {
      digits += '2';
    } else if (c == 'S' || c == 's' || c == U'Š') {
      digits += '5';
    } else if (c == 'B') {
      digits += '8';
    } else {
      return {};
    }
  }
  return other ? digits : std::string();
}

std::string assembly_number(std::string_view core) {
  const std::size_t first = leading_digits(core);
  if (first == 0 || first > kMostDigits || core.substr(first, 1) != "/") return {};
  const std::string_view year = core.substr(first + 1, 4);
  if (!is_number_year(year) || core.substr(first + 5, 1) != "/") return {};
  std::string_view rest = core.substr(first + 6);
  std::string symbol;
  for (std::string_view committee : {"UBTVQH", "UBTVOH", "UBTVQII"}) {
    if (symbol.empty() && rest.starts_with(committee)) {
      symbol = "UBTVQH";
      rest.remove_prefix(committee.size());
    }
  }
  for (std::string_view assembly : {"QH", "OH", "0H", "QII"}) {
    if (symbol.empty() && rest.starts_with(assembly)) {
      symbol = "QH";
      rest.remove_prefix(assembly.size());
    }
  }
  const bool digits_only = std::all_of(rest.begin(), rest.end(), is_digit);
  const std::string term = digits_only ? std::string(rest) : as_digits(rest);
  if (symbol.empty() || term.size() != 2) return {};
  int number = 0;
  for (const char c : year) number = number * 10 + (c - '0');
  const bool goes = std::any_of(kTerms.begin(), kTerms.end(), [&](const Term& one) {
    return one.name == term && one.first <= number && number <= one.last;
  });
  const std::string better = std::string(core.substr(0, first + 6)) + symbol + term;
  return goes && better != core ? better : std::string();
}

std::optional<PartyNumber> party_number(const std::vector<RawWord>& words, std::size_t at,
                                        const Abbreviations& types, const Abbreviations& mentioned) {
  constexpr std::size_t kLongest = 24;  // bytes
  const std::string core = core_of(words[at].text).text;
  const std::size_t digits = leading_digits(core);
  if (digits == 0 || digits > kMostDigits || core.size() > kLongest || core.substr(digits, 1) != "-")
    return {};
  const std::string head = core.substr(0, digits + 1);
  // "210-" at the end of a line, "KƯTW;" at the head of the next: that word alone is put right.
  const bool parted = head == core;
  if (parted && at + 1 == words.size()) return {};
  const std::string symbol = parted ? core_of(words[at + 1].text).text : core.substr(digits + 1);
  if (symbol.size() > kLongest) return {};
  const std::size_t slash = symbol.find('/');
  const std::string_view read_type = std::string_view(symbol).substr(0, slash),
                         read_body = slash == std::string::npos ? std::string_view()
                                                                : std::string_view(symbol).substr(slash + 1);
  const bool has_type = types.contains(read_type);
  const bool has_body = is_capitals(read_body) && (read_body.ends_with("TW") || read_body.ends_with("U"));
  if (has_type && has_body) return {};
  const std::string_view named = named_type(words, at);
  if (named.empty()) return {};
  // "05-CT/TU" behind "Chương trình số": a type of its own.
  // "33-CT: HU": the sign stands where "r/" was printed.
  const bool cut =
      slash == std::string::npos && words[at].text.ends_with(':') && named.starts_with(read_type);
  const std::string type(has_type && !cut ? read_type : named);
  const std::string_view whose = named_body(words, at + 1);
  const std::string read = letters_of(symbol), type_letters = letters_of(type);
  if (read.empty() || read.front() != type_letters.front()) return {};
  std::optional<PartyNumber> only;
  for (const std::string_view body : kBodies) {
    const std::string number = head + type + "/" + std::string(body);
    const bool told = whose == body || mentioned.contains(number);
    if (!whose.empty() && whose != body) continue;
    const std::size_t edits = apart(read, type_letters + letters_of(body));
    bool fits = has_body ? read_body == body && edits <= 2
                         : read.size() > type_letters.size() && edits <= (told ? 2u : 1u) &&
                               (told || read.ends_with(body));
    bool joined = false;
    // "213-KL" "TW", "42-C7" "TH" where the text or another mention names the body.
    if (!fits && !parted && slash == std::string::npos && at + 1 < words.size() &&
        apart(read, type_letters) <= 1) {
      const std::string next = core_of(words[at + 1].text).text, end = letters_of(next);
      fits = joined = is_capitals(next) && end.size() <= 3 && apart(end, body) <= (told ? 1u : 0u);
    }
    if (!fits) continue;
    if (only) return {};
    only = parted ? PartyNumber{number.substr(head.size()), at + 1, false} : PartyNumber{number, at, joined};
  }
  return only;
}

bool join_numbers(std::vector<RawWord>& words, const Abbreviations& types) {
  std::size_t kept = 0;  // words that stay, at the front
  bool changed = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    RawWord& next = words[i];
    if (kept > 0) {
      RawWord& word = words[kept - 1];
      const std::size_t own = leading_digits(word.text), more = leading_digits(next.text);
      // "70-" "-NQ/TW": the hyphen stands at both sides of the line's end.
      if (own > 0 && own + 1 == word.text.size() && word.text.back() == '-' && next.text.starts_with('-') &&
          type_stands_in(std::string_view(next.text).substr(1), types)) {
        next.rewrite(next.text.substr(1));
        changed = true;
      } else if (more > 0 && next.text.find_first_of("-/") == more && kept > 1 && word.line == next.line &&
                 is_so(words[kept - 2]) &&
                 type_stands_in(std::string_view(next.text).substr(more + 1), types)) {
        const std::string first = own == word.text.size() ? word.text : as_digits(word.text);
        if (!first.empty() && first.size() <= 2 && first.size() + more <= kMostDigits) {
          word.rewrite(first + next.text);
          word.box.include(next.box);
          word.space_after = next.space_after;
          word.confidence = std::min({word.confidence, next.confidence, kDoubtful});
          changed = true;
          continue;
        }
      }
    }
    if (kept != i) words[kept] = std::move(next);
    ++kept;
  }
  words.resize(kept);
  return changed;
}

}  // namespace vanban::normalise
