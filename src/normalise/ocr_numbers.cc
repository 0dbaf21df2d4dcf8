#include "vanban/normalise/ocr_numbers.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "normalise/ocr_roman.h"
#include "normalise/ocr_symbols.h"
#include "vanban/base/utf8.h"

namespace vanban {
namespace {

using namespace normalise;

constexpr double kDoubtful = 0.5;     // of a number whose digits or slash are not what was read
constexpr std::size_t kLongest = 60;  // bytes; a joint circular's symbol is shorter

// "01/", "45/2018/": digits and slashes at the start.
std::size_t digits_and_slashes(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && (is_digit(text[at]) || (text[at] == '/' && at > 0))) ++at;
  return at;
}

// "QD-BTC": no type is called so, but one is with Đ.
std::string with_stroke(std::string_view symbol, const std::set<std::string, std::less<>>& types) {
  const std::size_t end = symbol.find('-');
  if (end == std::string_view::npos || end > 4 || types.contains(symbol.substr(0, end))) return {};
  const std::size_t at = symbol.find('D');
  if (at >= end || symbol.find('D', at + 1) < end) return {};
  std::string better(symbol);
  better.replace(at, 1, "Đ");
  return types.contains(better.substr(0, end + 1)) ? better : std::string();
}

// "210-KL/TW", "05-CTr/TU"
bool is_party_number(std::string_view core, const Abbreviations& types) {
  const std::size_t hyphen = core.find('-'), slash = core.find('/');
  if (hyphen == 0 || hyphen == std::string_view::npos || slash == std::string_view::npos || slash < hyphen)
    return false;
  return std::all_of(core.begin(), core.begin() + static_cast<std::ptrdiff_t>(hyphen), is_digit) &&
         types.contains(core.substr(hyphen + 1, slash - hyphen - 1)) &&
         (core.ends_with("TW") || core.ends_with("U"));
}

// One slash in two readings ("01/⁄2018"), or read as a fraction's. `alone`: such a one had no slash beside
// it.
std::string one_slash(std::string_view text, bool& alone) {
  constexpr std::string_view kFraction = "⁄";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (!text.substr(at).starts_with(kFraction)) {
      out += text[at++];
      continue;
    }
    at += kFraction.size();
    if (!out.empty() && out.back() == '/') continue;
    out += '/';
    if (at < text.size() && text[at] == '/') {
      ++at;
    } else {
      alone = true;
    }
  }
  return out;
}

// A type with a letter in two readings ("QĐĐ" -> "QĐ", "NNQ" -> "NQ"), with a digit in it ("TT1" -> "TT"), or
// its last one misread ("TTI" -> "TTr"). Empty: it is a type already, or not like exactly one. Other letters
// are doubled in names of bodies
// ("TTT").
std::string settled_type(std::string_view symbol, const std::set<std::string, std::less<>>& types) {
  const std::size_t end = symbol.find('-');
  if (end == std::string_view::npos || end == 0 || types.contains(symbol.substr(0, end))) return {};
  const std::string type(symbol.substr(0, end));
  std::set<std::string> possible;
  const auto add = [&](std::string one) {
    if (types.contains(one)) possible.insert(std::move(one));
  };
  std::size_t before = std::string::npos;
  for (std::size_t at = 0; at < type.size();) {
    const std::size_t start = at;
    const char32_t c = decode_utf8(type, at);
    if (start > 0 && is_digit(c)) add(type.substr(0, start) + type.substr(at));  // "TT1-BYT"
    if (before != std::string::npos) {
      std::size_t again = before;
      if ((c == U'Đ' || c == 'N') && decode_utf8(type, again) == c)
        add(type.substr(0, start) + type.substr(at));
    }
    before = start;
  }
  if (std::string_view("Ift:.,;").find(type.back()) != std::string_view::npos) {
    add(type.substr(0, type.size() - 1) + "r");
  }
  return possible.size() == 1 ? *possible.begin() + std::string(symbol.substr(end)) : std::string();
}

// "QĐ-TTE": of the prime minister's "TTg" the last letter, with its loop below the line, is read as another.
std::string with_prime_minister(std::string_view symbol) {
  for (std::string_view type : {"QĐ", "CT", "CĐ"}) {
    if (!symbol.starts_with(type)) continue;
    for (std::string_view last : {"E", "e", "ø", "p", "q", "8", "9", "G"}) {
      if (symbol.substr(type.size()) == "-TT" + std::string(last)) return std::string(type) + "-TTg";
    }
  }
  return {};
}

// "08/62010", "31/102017": a date whose second slash is lost.
std::optional<std::string> date_of(std::string_view core) {
  const std::size_t slash = core.find('/');
  if (slash == 0 || slash > 2 || core.size() < slash + 6 || core.size() > slash + 7) return std::nullopt;
  const std::string_view day = core.substr(0, slash), month = core.substr(slash + 1, core.size() - slash - 5),
                         year = core.substr(core.size() - 4);
  const auto value = [](std::string_view digits) {
    int number = 0;
    for (char c : digits) number = is_digit(c) ? number * 10 + (c - '0') : 1000;
    return number;
  };
  if (value(day) < 1 || value(day) > 31 || value(month) < 1 || value(month) > 12 || !is_number_year(year))
    return std::nullopt;
  return std::string(core.substr(0, core.size() - 4)) + "/" + std::string(year);
}

// A symbol without what no symbol holds: quotation marks, "Ñ".
std::string clean_symbol(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    if (c == '\'' || c == '`' || c == '"' || c == U'‘' || c == U'’' || c == U'“' || c == U'”') continue;
    append_utf8(out, c == U'Ñ' ? U'N' : c == U'Ð' || c == U'Ɖ' ? U'Đ' : c);
  }
  return out;
}

bool capital(std::string_view text, std::size_t at) {
  return at < text.size() && ((text[at] >= 'A' && text[at] <= 'Z') || text.substr(at, 2) == "Đ");
}

// The day between "ngày" and "tháng", the month between "tháng" and "năm" ("tháng1O năm": also without a
// space). True if the word changed; its digits are not sure.
bool settle_date(const std::vector<RawWord>& words, std::size_t at, RawWord& word) {
  constexpr std::string_view kMonth = "tháng", kDay = "ngày", kYear = "năm";
  if (at + 1 >= words.size()) return false;
  const std::string_view next = words[at + 1].text,
                         before = at > 0 ? std::string_view(words[at - 1].text) : "";
  std::size_t from = 0;
  int most = 0;
  if (next == kYear) {
    most = 12;
    if (word.text.starts_with(kMonth)) {
      from = kMonth.size();
    } else if (!before.ends_with(kMonth)) {
      return false;
    }
  } else if (next.starts_with(kMonth)) {
    most = 31;
    if (word.text.starts_with(kDay)) {
      from = kDay.size();
    } else if (!before.ends_with(kDay)) {
      return false;
    }
  } else {
    return false;
  }
  const std::string digits = as_digits(std::string_view(word.text).substr(from));
  if (digits.empty() || digits.size() > 2) return false;
  const int value = digits.size() == 1 ? digits[0] - '0' : (digits[0] - '0') * 10 + digits[1] - '0';
  if (value < 1 || value > most) return false;
  word.rewrite(word.text.substr(0, from) + digits);
  word.confidence = std::min(word.confidence, kDoubtful);
  return true;
}

// "ngày 22í 12/ 2011": a slash read as a letter, where the next word is a month with its slash.
bool settle_day(const std::vector<RawWord>& words, std::size_t at, RawWord& word) {
  constexpr std::string_view kDay = "ngày";
  if (at == 0 || at + 1 >= words.size() || !words[at - 1].text.ends_with(kDay)) return false;
  const auto value = [](std::string_view digits) {
    int number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return number;
  };
  const std::size_t digits = digits_and_slashes(word.text);
  const std::string_view next = words[at + 1].text;
  const std::size_t month = next.find('/');
  if (digits == 0 || digits > 2 || word.text.find('/') != std::string::npos || month == 0 || month > 2 ||
      !std::all_of(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(month), is_digit))
    return false;
  const int day = value(std::string_view(word.text).substr(0, digits)), number = value(next.substr(0, month));
  const std::string_view sign = std::string_view(word.text).substr(digits);
  constexpr std::array<std::string_view, 10> kSlashes{"í", "ì", "ï", "i", "l", "I", "|", "!", "'", "’"};
  if (day < 1 || day > 31 || number < 1 || number > 12 ||
      std::find(kSlashes.begin(), kSlashes.end(), sign) == kSlashes.end())
    return false;
  if (digits == 1 && day <= 3 && !as_digits(word.text).empty()) return false;  // "3l" may be 31
  word.rewrite(word.text.substr(0, digits) + "/");
  word.confidence = std::min(word.confidence, kDoubtful);
  return true;
}

// "năm 20435": no year has five digits, and documents speak of none before 1000 or after 2199.
bool doubt_year(std::string_view before, RawWord& word) {
  const NumberCore core = core_of(word.text);
  const bool number = !core.text.empty() && std::all_of(core.text.begin(), core.text.end(), is_digit);
  if (!number || core.text.size() < 4 || word.confidence <= kDoubtful) return false;
  if (before != "năm" && before != "Năm" && before != "NĂM") return false;
  const bool year = core.text[0] == '1' || core.text.starts_with("20") || core.text.starts_with("21");
  if (year && core.text.size() == 4) return false;
  word.confidence = kDoubtful;
  return true;
}

}  // namespace

// The numbers of one document.
class NumberShapes {
 public:
  explicit NumberShapes(const std::set<std::string, std::less<>>& types) : types_(types) {}

  // Numbers in a good shape are what others are compared with.
  void learn(const RawWord& word) {
    const std::string core = core_of(word.text).text;
    if (core.size() > kLongest) return;
    if (is_party_number(core, types_)) party_.insert(core);
    if (repaired_alone(core) || !well_shaped(core)) return;
    Tail& number = mentioned_[core];
    number.surest = std::max(number.surest, word.confidence);
    ++number.mentions;
    Tail& tail = tails_[core.substr(digits_and_slashes(core))];
    tail.surest = std::max(tail.surest, word.confidence);
    ++tail.mentions;
  }

  // "210-KƯTW" behind "Kết luận số" -> "210-KL/TW". The words of a page; true if one changed.
  bool settle_party_numbers(std::vector<RawWord>& words) const {
    std::vector<std::size_t> joined;  // words that went to the one before them
    bool changed = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::optional<PartyNumber> number = party_number(words, i, types_, party_);
      if (!number) continue;
      RawWord& word = words[number->at];
      const NumberCore core = core_of(word.text);
      std::string behind = word.text.substr(core.end);
      if (number->joined) {
        const RawWord& next = words[i + 1];
        behind = next.text.substr(core_of(next.text).end);
        if (word.line == next.line) word.box.include(next.box);
        word.space_after = next.space_after;
        word.confidence = std::min(word.confidence, next.confidence);
        joined.push_back(i + 1);
      }
      word.rewrite(word.text.substr(0, core.begin) + number->core + behind);
      word.confidence = std::min(word.confidence, kDoubtful);
      changed = true;
    }
    if (joined.empty()) return changed;
    std::size_t kept = 0, next = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (next < joined.size() && joined[next] == i) {
        ++next;
        continue;
      }
      if (kept != i) words[kept] = std::move(words[i]);
      ++kept;
    }
    words.resize(kept);
    return true;
  }

  // "02/2009/TT-BY" "Tại" where the document has "02/2009/TT-BYT": its last letter went to the next word.
  bool settle_last_letter(RawWord& word, std::string_view next) const {
    const NumberCore core = core_of(word.text);
    if (core.end != word.text.size() || !well_shaped(core.text) || !capital(next, 0)) return false;
    std::size_t end = 0;
    decode_utf8(next, end);
    const std::string longer = core.text + std::string(next.substr(0, end));
    const auto known = mentioned_.find(longer), own = mentioned_.find(core.text);
    if (known == mentioned_.end() ||
        (own != mentioned_.end() && own->second.mentions > known->second.mentions))
      return false;
    word.rewrite(word.text.substr(0, core.begin) + longer);
    word.confidence = std::min(word.confidence, kDoubtful);
    return true;
  }

  // True if the word changed, or lost confidence. `before`: the word before it; empty if there is none.
  bool settle(std::string_view before, RawWord& word) const {
    bool alone = false;
    std::string slashes = one_slash(word.text, alone);
    const bool cleaned = slashes != word.text && std::any_of(word.text.begin(), word.text.end(), is_digit);
    if (cleaned) {
      word.rewrite(std::move(slashes));
      if (alone) word.confidence = std::min(word.confidence, kDoubtful);
    }
    return settle_shape(before, word) || cleaned;
  }

 private:
  // What its own letters and the document's other mentions tell.
  bool settle_shape(std::string_view before, RawWord& word) const {
    const NumberCore core = core_of(word.text);
    if (core.text.size() > kLongest || core.text.empty()) return false;
    if (core.text.front() == '/') return settle_symbol(core, 1, word);
    // "02/" at the end of a line, "ÑQ-CP" at the head of the next.
    if (before.size() > 1 && before.back() == '/' && is_digit(before[before.size() - 2]))
      return settle_symbol(core, 0, word);
    if (!is_digit(core.text.front())) return false;
    if (std::string assembly = assembly_number(core.text); !assembly.empty()) {
      word.rewrite(word.text.substr(0, core.begin) + assembly + word.text.substr(core.end));
      return true;  // the year bears the term out
    }
    std::optional<std::string> better = repaired_alone(core.text);
    if (!better && slash_missing(core.text)) {
      better = with_slash(core.text);
      if (!better) {
        if (word.confidence <= kDoubtful) return false;
        word.confidence = kDoubtful;
        return true;
      }
    }
    if (!better) better = date_of(core.text);
    if (!better) better = with_known_tail(core.text, word.confidence);
    const bool alike = !better;
    if (!better) better = mentioned_alike(core.text, word.confidence);
    if (!better || *better == core.text) return false;
    const bool same_digits =
        digits_of(core.text) == digits_of(*better) && std::count(core.text.begin(), core.text.end(), '/') ==
                                                          std::count(better->begin(), better->end(), '/');
    word.rewrite(word.text.substr(0, core.begin) + *better + word.text.substr(core.end));
    // Two papers may have symbols that are as near as these.
    if (!same_digits || alike) word.confidence = std::min(word.confidence, kDoubtful);
    return true;
  }

  // "/QD-BTC" behind a number that was written by hand: the symbol begins at `from`.
  bool settle_symbol(const NumberCore& core, std::size_t from, RawWord& word) const {
    const std::string_view symbol = std::string_view(core.text).substr(from);
    std::string better = clean_symbol(symbol);
    if (std::string type = settled_type(better, types_); !type.empty()) better = std::move(type);
    if (std::string minister = with_prime_minister(better); !minister.empty()) better = std::move(minister);
    if (std::string stroked = with_stroke(better, types_); !stroked.empty()) better = std::move(stroked);
    if (better == symbol || type_at(better).empty()) return false;
    word.rewrite(word.text.substr(0, core.begin + from) + better + word.text.substr(core.end));
    return true;
  }

  static std::string digits_of(std::string_view text) {
    std::string digits;
    for (char c : text) {
      if (is_digit(c)) digits += c;
    }
    return digits;
  }

  // The abbreviation of a type with which `symbol` begins, ended by a hyphen; empty if none.
  std::string_view type_at(std::string_view symbol) const {
    const std::size_t end = symbol.find('-');
    if (end == std::string_view::npos || !types_.contains(symbol.substr(0, end))) return {};
    return symbol.substr(0, end);
  }

  // "01/NQ-CP", "221/VPCP-KSTT"
  static bool well_shaped(std::string_view core) {
    const std::size_t tail = digits_and_slashes(core);
    return tail > 1 && core[tail - 1] == '/' && capital(core, tail) &&
           core.find('-', tail) != std::string_view::npos;
  }

  // What can be told from the word alone.
  std::optional<std::string> repaired_alone(const std::string& core) const {
    const std::size_t slash = core.find('/');
    if (slash == std::string::npos || slash == 0) return std::nullopt;
    std::size_t tail = digits_and_slashes(core);
    std::string head = core.substr(0, tail), symbol = clean_symbol(std::string_view(core).substr(tail));
    if (head.size() < 2 || symbol.find('-') == std::string::npos || !capital(symbol, 0)) return std::nullopt;
    if (std::string type = settled_type(symbol, types_); !type.empty()) symbol = std::move(type);
    if (std::string stroked = with_stroke(symbol, types_); !stroked.empty()) symbol = std::move(stroked);
    if (std::string minister = with_prime_minister(symbol); !minister.empty()) symbol = std::move(minister);
    // A type behind a year whose slash is lost, or behind a single 7 or 1 that is no year: what is left of
    // it.
    if (head.back() != '/') {
      const std::size_t last = head.rfind('/');
      if (type_at(symbol).empty()) return std::nullopt;
      if (is_number_year(std::string_view(head).substr(last + 1))) {
        head += '/';
      } else if (head.size() - last == 2 && (head.back() == '7' || head.back() == '1')) {
        head.pop_back();
      } else {
        return std::nullopt;
      }
    }
    // "082022/QĐ-": no number has so many digits, and the last four are a year.
    const std::size_t first = head.find('/');
    if (first + 1 == head.size() && first >= 6 && first <= 8 && !type_at(symbol).empty() &&
        is_number_year(std::string_view(head).substr(first - 4, 4))) {
      head.insert(first - 4, "/");
    }
    std::string better = head + symbol;
    if (better == core) return std::nullopt;
    return better;
  }

  // Digits with a type directly behind them.
  bool slash_missing(std::string_view core) const {
    const std::size_t tail = digits_and_slashes(core);
    return tail > 0 && core.substr(0, tail).find('/') == std::string_view::npos &&
           !type_at(core.substr(tail)).empty();
  }

  std::optional<std::string> with_slash(const std::string& core) const {
    const std::size_t tail = digits_and_slashes(core);
    const std::string digits = core.substr(0, tail), symbol = core.substr(tail);
    std::vector<std::string> possible;
    const auto add = [&](const std::string& number) {
      // Numbers below ten are written with one zero before them, others without.
      if (number.empty() || number == "0" || (number[0] == '0' && number.size() != 2)) return;
      possible.push_back(number + "/" + symbol);
    };
    add(digits);
    if (digits.size() > 1 && (digits.back() == '7' || digits.back() == '1')) add(digits.substr(0, tail - 1));
    if (possible.size() == 1) return possible.front();
    std::optional<std::string> only;
    for (const std::string& one : possible) {
      if (!mentioned_.contains(one)) continue;
      if (only) return std::nullopt;
      only = one;
    }
    return only;
  }

  // "…-KSTTT" where the document's other mentions are surer or far more and say "…-KSTT", or the other way
  // round.
  std::optional<std::string> with_known_tail(const std::string& core, double confidence) const {
    if (!well_shaped(core)) return std::nullopt;
    const std::size_t at = digits_and_slashes(core);
    const std::string tail = core.substr(at);
    std::optional<std::string> only;
    for (const std::string& other : {tail + tail.back(), tail.substr(0, tail.size() - 1)}) {
      const bool shorter = other.size() < tail.size();
      if (shorter && (other.empty() || other.back() != tail.back())) continue;
      const auto known = tails_.find(other);
      if (known == tails_.end()) continue;
      constexpr double kSurer = 0.1;
      constexpr int kMore = 3;
      const auto own = tails_.find(tail);
      const int mentions = own == tails_.end() ? 1 : own->second.mentions;
      const double sure = own == tails_.end() ? confidence : std::max(confidence, own->second.surest);
      if (known->second.surest < sure + kSurer && known->second.mentions < kMore * mentions) continue;
      if (only) return std::nullopt;
      only = core.substr(0, at) + other;
    }
    return only;
  }

  // "221/VPCP-NSTT", not sure, where the document has "221/VPCP-KSTT": one number, whose symbol has one
  // letter else. Short symbols ("QĐ-BCA", "QĐ-BCT") may be two bodies'.
  std::optional<std::string> mentioned_alike(const std::string& core, double confidence) const {
    constexpr double kUnsure = 0.8, kSurer = 0.1;
    constexpr std::size_t kLeastSymbol = 8;
    constexpr int kMostLooked = 8;
    if (confidence >= kUnsure || !well_shaped(core)) return std::nullopt;
    const std::size_t at = digits_and_slashes(core);
    if (core.size() < at + kLeastSymbol) return std::nullopt;
    const std::string_view prefix = std::string_view(core).substr(0, at);
    std::optional<std::string> only;
    int looked = 0;
    for (auto one = mentioned_.lower_bound(prefix);
         one != mentioned_.end() && one->first.starts_with(prefix) && looked < kMostLooked; ++one, ++looked) {
      if (one->first.size() != core.size() || one->second.surest < confidence + kSurer) continue;
      int other = 0;
      for (std::size_t i = at; i < core.size(); ++i) other += core[i] != one->first[i] ? 1 : 0;
      if (other != 1) continue;
      if (only) return std::nullopt;
      only = one->first;
    }
    return only;
  }

  const std::set<std::string, std::less<>>& types_;
  struct Tail {
    double surest = 0;  // mention's confidence
    int mentions = 0;
  };
  std::map<std::string, Tail, std::less<>> mentioned_;
  Abbreviations party_;                // "210-KL/TW"
  std::map<std::string, Tail> tails_;  // "VPCP-KSTT"
};

Result<OcrNumbers> OcrNumbers::create(const Models& models) {
  auto table = models.table("document_types");
  if (!table) return table.error();
  auto column = (*table)->column("abbreviations");
  if (!column) return column.error();
  OcrNumbers numbers;
  for (const std::vector<std::string>& row : (*table)->rows) {
    const std::string& all = row[*column];
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = std::min(all.find(' ', at), all.size());
      if (end - at > 1) numbers.types_.insert(all.substr(at, end - at));
      at = end + 1;
    }
  }
  return numbers;
}

std::optional<RawDocument> OcrNumbers::repaired(const RawDocument& raw) const {
  const auto is_ocr = [](const RawPage& page) {
    return page.origin == TextOrigin::kOcr || page.origin == TextOrigin::kMixed;
  };
  NumberShapes shapes(types_);
  for (const RawPage& page : raw.pages) {
    for (const RawWord& word : page.words) shapes.learn(word);
  }
  std::optional<RawDocument> out;
  for (std::size_t i = 0; i < raw.pages.size(); ++i) {
    if (!is_ocr(raw.pages[i])) continue;
    std::vector<RawWord> words = raw.pages[i].words;
    bool changed = join_numbers(words, types_);
    changed = shapes.settle_party_numbers(words) || changed;
    for (std::size_t k = 0; k < words.size(); ++k) {
      RawWord& word = words[k];
      const std::string_view before = k > 0 ? std::string_view(words[k - 1].text) : "";
      const bool dated = settle_date(words, k, word) || settle_day(words, k, word);
      const bool doubted = doubt_year(before, word);
      const bool quarter = normalise::settle_quarter(before, word);
      const bool longer = k + 1 < words.size() && shapes.settle_last_letter(word, words[k + 1].text);
      changed = shapes.settle(before, word) || longer || dated || doubted || quarter || changed;
    }
    if (!changed) continue;
    if (!out) out = raw;
    out->pages[i].words = std::move(words);
  }
  return out;
}

}  // namespace vanban
