#include "lexicon/needed_words.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "lexicon/tokens.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"

namespace vanban::lexicon {
namespace {

using Strings = std::vector<std::string>;

constexpr std::size_t kMostExact = 16;    // strings that are put together with what follows
constexpr std::size_t kMostNeeded = 160;  // a list of more says little
constexpr std::size_t kShortest = 2;      // bytes: a single letter stands everywhere
constexpr double kMostExpected = 2;       // words that stand in nearly every sentence say nothing of it
constexpr int kMostNested = 60;

// What is known of the matches of a part of the expression.
constexpr std::size_t kAnywhere = NeededWords::kAnywhere;

struct Known {
  bool exact = false;  // `strings` are all texts that the part matches; else each match holds one of them
  Strings strings;     // not exact and empty: nothing is known
  // Bytes: what the part matches at most, and what stands before the string in a match at most, where the
  // part is not exact.
  std::size_t widest = kAnywhere, before = kAnywhere;
  bool anchored = false;  // matches nowhere but where the text begins
};

constexpr std::size_t kWidestLetter = 4;  // bytes, in either case
const Known kAny{};
const Known kAnyLetter{false, {}, kWidestLetter};
const Known kNothingTaken{true, {""}, 0};
const Known kSpace{true, {" "}, 1};  // in the strings: a run of white space of any length

std::size_t sum(std::size_t a, std::size_t b) {
  return a > kAnywhere - std::min(b, kAnywhere - 1) || b == kAnywhere ? kAnywhere : a + b;
}
std::size_t times(std::size_t a, std::size_t n) {
  std::size_t all = 0;
  for (std::size_t i = 0; i < n && all != kAnywhere; ++i) all = sum(all, a);
  return all;
}

// The lower case of a character whose other case is sure; 0: of any other (Greek, Cyrillic, ligatures …).
char32_t sure_lower(char32_t c) {
  if (c < 0x80) return lower_letter(c);
  if (c == 0xD0) return 0;  // eth: RE2 has it as another letter than Đ
  if (is_word_char(c)) return lower_char(c) != c || upper_char(c) != c ? lower_char(c) : 0;
  return c >= 0x2000 && c < 0x2070 ? c : 0;  // dashes, quotes, the ellipsis
}

void sort_unique(Strings& strings) {
  std::sort(strings.begin(), strings.end());
  strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
}

// How often one of the strings may be expected in a text, as far as their lengths tell.
double expected(const Strings& strings) {
  double sum = 0;
  for (const std::string& one : strings) sum += std::exp(-0.5 * static_cast<double>(one.size()));
  return sum;
}

// Each string of an exact part is what it matches from its beginning on; but as_needed leaves out white
// space.
std::size_t before_needed(const Known& exact) {
  const bool cut = std::any_of(exact.strings.begin(), exact.strings.end(),
                               [](const std::string& one) { return one.starts_with(' '); });
  return cut ? exact.widest : 0;
}

// The strings as a list of needed ones; empty where one of them is too short to tell anything. White space at
// either end is left out: a text's own may go on there.
Strings as_needed(Strings strings) {
  for (std::string& one : strings) {
    if (!one.empty() && one.front() == ' ') one.erase(0, 1);
    if (!one.empty() && one.back() == ' ') one.pop_back();
    if (one.size() < kShortest) return {};
    std::size_t end = std::min(one.size(), kLongestNeeded);
    while (end < one.size() && (static_cast<unsigned char>(one[end]) & 0xC0) == 0x80) --end;
    one.resize(end);
  }
  sort_unique(strings);
  if (strings.size() > kMostNeeded) return {};
  return strings;
}

class Reader {
 public:
  explicit Reader(std::string_view expression) : in_(expression) {}

  std::optional<NeededWords> read() {
    const Known all = alternation();
    if (failed_ || at_ != in_.size()) return std::nullopt;
    NeededWords needed{all.exact ? as_needed(all.strings) : all.strings,
                       all.exact ? before_needed(all) : all.before, all.anchored};
    if (expected(needed.words) > kMostExpected) needed.words.clear();
    if (needed.words.empty()) needed.reach = kAnywhere;
    return needed;
  }

 private:
  // Puts the parts of a sequence together: exact ones grow, and of all lists that are needed the best is
  // kept.
  class Sequence {
   public:
    void add(const Known& part) {
      anchored_ = anchored_ || part.anchored;
      if (!part.exact) {
        flush();
        offer(part.strings, sum(widest_, part.before));
        inexact_ = true;
        widest_ = sum(widest_, part.widest);
        return;
      }
      if (tail_.strings.size() * part.strings.size() > kMostExact) {
        flush();
        inexact_ = true;
        if (part.strings.size() > kMostExact) {
          offer(as_needed(part.strings), sum(widest_, before_needed(part)));
          widest_ = sum(widest_, part.widest);
          return;
        }
      }
      Strings longer;
      for (const std::string& begin : tail_.strings) {
        for (const std::string& end : part.strings) {
          const bool one_space = begin.ends_with(' ') && end.starts_with(' ');
          longer.push_back(begin + (one_space ? end.substr(1) : end));
        }
      }
      sort_unique(longer);
      tail_.strings = std::move(longer);
      tail_.widest = sum(tail_.widest, part.widest);
    }
    Known take() {
      if (!inexact_) {
        tail_.anchored = anchored_;
        return std::move(tail_);
      }
      flush();
      return {false, std::move(best_), widest_, before_best_, anchored_};
    }

   private:
    void flush() {
      const std::size_t before = sum(widest_, before_needed(tail_));
      offer(as_needed(std::move(tail_.strings)), before);
      widest_ = sum(widest_, tail_.widest);
      tail_ = kNothingTaken;
    }
    void offer(Strings needed, std::size_t before) {
      if (needed.empty() || (!best_.empty() && expected(needed) >= expected(best_))) return;
      best_ = std::move(needed);
      before_best_ = before;
    }
    Known tail_ = kNothingTaken;  // all that the exact parts behind the last inexact one match
    std::size_t widest_ = 0;      // of what stands before it
    Strings best_;
    std::size_t before_best_ = kAnywhere;
    bool inexact_ = false, anchored_ = false;
  };

  bool more() const { return !failed_ && at_ < in_.size(); }
  Known fail() {
    failed_ = true;
    return kAny;
  }

  Known alternation() {
    if (++nested_ > kMostNested) return fail();
    Known all{true, {}, 0, 0, true};
    bool known = true;
    for (;;) {
      Known one = sequence();
      const std::size_t before = one.exact ? before_needed(one) : one.before;
      all.widest = std::max(all.widest, one.widest);
      all.before = std::max(all.before, before);
      all.anchored = all.anchored && one.anchored;
      if (one.exact && all.exact && all.strings.size() + one.strings.size() <= kMostNeeded) {
        all.strings.insert(all.strings.end(), one.strings.begin(), one.strings.end());
      } else {
        if (all.exact && !all.strings.empty()) {
          all.strings = as_needed(std::move(all.strings));
          known = known && !all.strings.empty();
        }
        all.exact = false;
        const Strings needed = one.exact ? as_needed(std::move(one.strings)) : std::move(one.strings);
        known = known && !needed.empty();
        all.strings.insert(all.strings.end(), needed.begin(), needed.end());
      }
      if (!more() || in_[at_] != '|') break;
      ++at_;
    }
    --nested_;
    sort_unique(all.strings);
    if (all.exact) return all;
    if (!known || all.strings.size() > kMostNeeded) {
      all.strings.clear();
      all.before = kAnywhere;
    }
    return all;
  }

  Known sequence() {
    Sequence out;
    while (more() && in_[at_] != '|' && in_[at_] != ')') out.add(repeated(atom()));
    return out.take();
  }

  // Reads what may stand behind an atom: ?, *, +, {n,m}, and the ? that makes them lazy.
  Known repeated(Known one) {
    if (!more()) return one;
    const char sign = in_[at_];
    bool may_be_none = false;
    if (sign == '?') {
      ++at_;
      if (one.exact) {
        one.strings.emplace_back();
        sort_unique(one.strings);
      } else {
        one = {false, {}, one.widest};
      }
      one.anchored = false;
    } else if (sign == '*' || sign == '+' || sign == '{') {
      ++at_;
      may_be_none = sign == '*';
      std::size_t most = kAnywhere;  // how often, of what is told by numbers
      if (sign == '{') {
        const std::size_t digits = at_;
        while (more() && (is_digit(in_[at_]) || in_[at_] == ',')) ++at_;
        if (!more() || in_[at_] != '}' || !is_digit(in_[digits])) return fail();
        may_be_none = in_[digits] == '0';
        most = most_times(in_.substr(digits, at_ - digits));
        ++at_;
      }
      const bool space = one.exact && one.strings == kSpace.strings;
      const std::size_t widest = most == kAnywhere ? kAnywhere : times(one.widest, most);
      if (space) {
        one = {true, may_be_none ? Strings{"", " "} : Strings{" "}, widest};
      } else if (may_be_none) {
        one = {false, {}, widest};
      } else {
        const std::size_t before = one.exact ? before_needed(one) : one.before;
        one = {false, one.exact ? as_needed(std::move(one.strings)) : std::move(one.strings), widest, before};
      }
    } else {
      return one;
    }
    if (more() && in_[at_] == '?') ++at_;
    if (more() && (in_[at_] == '*' || in_[at_] == '+' || in_[at_] == '?')) return fail();
    return one;
  }

  // The upper bound of "3", "0,60"; of "2," and of large numbers there is none.
  static std::size_t most_times(std::string_view bounds) {
    const std::size_t comma = bounds.find(',');
    const std::string_view most = comma == std::string_view::npos ? bounds : bounds.substr(comma + 1);
    if (most.empty() || most.size() > 4 || most.find(',') != std::string_view::npos) return kAnywhere;
    std::size_t value = 0;
    for (const char digit : most) value = value * 10 + static_cast<std::size_t>(digit - '0');
    return value;
  }

  Known atom() {
    const char c = in_[at_];
    if (c == '(') return group();
    if (c == '[') return set();
    if (c == '\\') return escape();
    if (c == '.') return ++at_, kAnyLetter;
    if (c == '^') return ++at_, Known{true, {""}, 0, 0, true};
    if (c == '$') return ++at_, kNothingTaken;
    if (c == '*' || c == '+' || c == '?' || c == '{' || c == '}' || c == ']') return fail();
    return letter(decode_utf8(in_, at_));
  }

  Known letter(char32_t c) const {
    if (c == ' ' || (c >= '\t' && c <= '\r')) return kSpace;
    const char32_t lower = sure_lower(c);
    if (lower == 0) return kAnyLetter;
    Known out{true, {""}, kWidestLetter};
    append_utf8(out.strings.front(), lower);
    return out;
  }

  Known group() {
    ++at_;
    if (in_.substr(at_, 1) == "?") {
      const std::string_view rest = in_.substr(at_);
      if (rest.starts_with("?:")) {
        at_ += 2;
      } else if (rest.starts_with("?i:") || rest.starts_with("?s:")) {
        at_ += 3;
      } else if (rest.starts_with("?-i:")) {
        at_ += 4;
      } else if (rest.starts_with("?P<")) {
        const std::size_t end = rest.find('>');
        if (end == std::string_view::npos || end == 3) return fail();
        const std::string_view name = rest.substr(3, end - 3);
        if (!std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; }))
          return fail();
        at_ += end + 1;
      } else {
        return fail();
      }
    }
    const Known inside = alternation();
    if (!more() || in_[at_] != ')') return fail();
    ++at_;
    return inside;
  }

  // Behind a backslash: what is no letter stands for itself.
  Known escape() {
    if (at_ + 1 >= in_.size()) return fail();
    const char c = in_[at_ + 1];
    at_ += 2;
    if (c == 'b') return kNothingTaken;
    if (c == 'n') return letter('\n');
    if (c == 't') return letter('\t');
    if (c == 's') return kSpace;
    if (std::string_view("SdDwW").find(c) != std::string_view::npos) return kAnyLetter;
    if (c == 'p') return property() ? kAnyLetter : fail();
    const bool sign = static_cast<unsigned char>(c) < 0x80 && c > ' ' &&
                      !is_letter(static_cast<char32_t>(c)) && !is_digit(c);
    return sign ? letter(static_cast<char32_t>(c)) : fail();
  }

  // "{Lu}" behind "\p".
  bool property() {
    for (const std::string_view name : {"{L}", "{N}", "{Lu}", "{Ll}", "{Lm}", "{Sk}"}) {
      if (!in_.substr(at_).starts_with(name)) continue;
      at_ += name.size();
      return true;
    }
    return false;
  }

  // "[ỘO]" is exact; ranges, classes and what is not in the set are any character.
  Known set() {
    ++at_;
    bool plain = true, first = true;
    if (more() && in_[at_] == '^') {
      plain = false;
      ++at_;
    }
    Known out{true, {}, kWidestLetter};
    for (; more() && in_[at_] != ']'; first = false) {
      const char c = in_[at_];
      if (c == '[') return fail();
      Known one;
      if (c == '\\') {
        one = escape();
      } else {
        const std::size_t before = at_;
        one = letter(decode_utf8(in_, at_));
        // A dash between two characters makes a range; RE2 takes it for itself at either end only.
        const bool last = at_ < in_.size() && in_[at_] == ']';
        if (c == '-' && at_ - before == 1 && !first && !last) plain = false;
      }
      plain = plain && one.exact;
      if (plain) out.strings.insert(out.strings.end(), one.strings.begin(), one.strings.end());
    }
    if (!more() || first) return fail();
    ++at_;
    sort_unique(out.strings);
    return plain && out.strings.size() <= kMostExact ? out : kAnyLetter;
  }

  std::string_view in_;
  std::size_t at_ = 0;
  int nested_ = 0;
  bool failed_ = false;
};

}  // namespace

std::optional<NeededWords> needed_words(std::string_view expression) { return Reader(expression).read(); }

}  // namespace vanban::lexicon
