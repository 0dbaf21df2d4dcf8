#include "vanban/lexicon/series_key.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lexicon/tokens.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

using Words = std::vector<std::string>;

constexpr std::string_view kShareOf = " / ", kUnder = " > ", kIn = " | ";

Words split(std::string_view text) {
  Words words;
  words.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string join(const Words& words, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) {
    if (!out.empty()) out += ' ';
    out += words[i];
  }
  return out;
}

// After these beginnings, "y" and "i" alone in a syllable are one sound: "tỷ lệ" and "tỉ lệ", "kỹ" and "kĩ",
// "Mỹ" and "Mĩ".
constexpr std::pair<std::string_view, std::string_view> kSameVowels[] = {{"y", "i"}, {"ý", "í"}, {"ỳ", "ì"},
                                                                         {"ỷ", "ỉ"}, {"ỹ", "ĩ"}, {"ỵ", "ị"}};

void to_one_spelling(std::string& word) {
  constexpr std::size_t kLongest = 5;  // "quỳ"
  if (word.size() > kLongest) return;
  for (const auto& [y, i] : kSameVowels) {
    if (word.size() <= y.size() || !std::string_view(word).ends_with(y)) continue;
    const std::string_view onset = std::string_view(word).substr(0, word.size() - y.size());
    if (onset == "h" || onset == "k" || onset == "l" || onset == "m" || onset == "s" || onset == "t" ||
        onset == "qu") {
      word.replace(onset.size(), y.size(), i);
      return;
    }
  }
}

// Signs that comparison_key() drops but that mean something before a number: "≥ 50 %" is not "≤ 50 %", 1,5 is
// not 15.
std::string spelt_signs(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
      {"≥", " _ge "}, {"≤", " _le "},   {">=", " _ge "}, {"<=", " _le "}, {">", " _gt "},
      {"<", " _lt "}, {"+", " _plus "}, {"%", " % "},    {"‰", " ‰ "}};
  const auto begins_sign = [](char c) { return c == '\xE2' || c == '>' || c == '<' || c == '+' || c == '%'; };
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    while (next < text.size() && !begins_sign(text[next])) ++next;
    out.append(text, at, next - at);
    at = next;
    if (at == text.size()) break;
    const auto sign = std::find_if(std::begin(kSigns), std::end(kSigns), [&](const auto& one) {
      return text.substr(at, one.first.size()) == one.first;
    });
    if (sign != std::end(kSigns)) {
      out += sign->second;
      at += sign->first.size();
    } else {
      out += text[at++];
    }
  }
  return out;
}

bool is_year(const std::string& word) {
  return word.size() == 4 && (word.rfind("19", 0) == 0 || word.rfind("20", 0) == 0) &&
         word.find_first_not_of("0123456789") == std::string::npos;
}

// "đến hết năm 2025" at the end says when, and the period has it; "so với năm 2020" says what is compared
// with.
void drop_year(Words& words) {
  if (words.size() < 3 || !is_year(words.back()) || words[words.size() - 2] != "năm") return;
  std::size_t keep = words.size() - 2;
  while (keep > 0 && (words[keep - 1] == "đến" || words[keep - 1] == "trong" || words[keep - 1] == "hết" ||
                      words[keep - 1] == "cuối" || words[keep - 1] == "tính")) {
    --keep;
  }
  if (keep == 0 || words[keep - 1] == "với" || words[keep - 1] == "từ" || words[keep - 1] == "của" ||
      words[keep - 1] == "bằng" || words[keep - 1] == "trước" || words[keep - 1] == "sau") {
    return;
  }
  words.resize(keep);
}

struct Rule {
  Words words, to;
};

bool at_words(const Words& text, std::size_t at, const Words& words) {
  return at + words.size() <= text.size() &&
         std::equal(words.begin(), words.end(), text.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

struct SeriesKeys::Impl {
  Abbreviations known;
  const Words has_share = plain_words("có tỷ lệ");
  std::vector<Rule> front, tail;
  std::unordered_map<std::string, std::vector<Rule>> same;  // by their first word; the longest first

  Words words_of(std::string_view text, const Abbreviations& defined) const {
    return plain_words(comparison_key(spelt_signs(expanded(text, defined))));
  }

  Words plain_words(std::string_view key) const {
    Words words = split(key);
    for (std::string& word : words) to_one_spelling(word);
    return words;
  }

  std::string expanded(std::string_view text, const Abbreviations& defined) const {
    std::string out;
    out.reserve(text.size() + 16);
    std::size_t copied = 0;
    bool edge = true;  // no letter or digit stands before `at`
    for (std::size_t at = 0; at < text.size();) {
      std::size_t next = at;
      const char32_t first = decode_utf8(text, next);
      if (!edge || !lexicon::is_word_char(first)) {
        edge = !lexicon::is_word_char(first);
        at = next;
        continue;
      }
      // Only words that begin with a capital can be abbreviations.
      edge = false;
      if (!lexicon::is_upper_char(first)) {
        at = lexicon::word_end(text, at);
        continue;
      }
      const auto token = lexicon::token_at(text, at);
      if (token->upper) {
        out.append(text, copied, at - copied);
        out += meaning(token->where.of(text), defined);
        copied = token->where.end;
      }
      at = token->where.end;
    }
    out.append(text, copied);
    return out;
  }

  std::string_view meaning(std::string_view word, const Abbreviations& defined) const {
    if (const auto own = defined.find(word); own != defined.end()) return own->second;
    const auto found = known.find(word);
    return found == known.end() ? word : std::string_view(found->second);
  }

  void replace_same(Words& words) const {
    Words out;
    out.reserve(words.size());
    for (std::size_t at = 0; at < words.size();) {
      const Rule* rule = nullptr;
      if (const auto rules = same.find(words[at]); rules != same.end()) {
        for (const Rule& one : rules->second) {
          if (rule == nullptr && at_words(words, at, one.words)) rule = &one;
        }
      }
      if (rule == nullptr) {
        out.push_back(std::move(words[at++]));
      } else {
        out.insert(out.end(), rule->to.begin(), rule->to.end());
        at += rule->words.size();
      }
    }
    words = std::move(out);
  }

  // Takes the words of front and tail rules off, as long as something is left.
  void trim(Words& words) const {
    for (bool again = true; again;) {
      again = false;
      for (const Rule& rule : front) {
        if (words.size() <= rule.words.size() || !at_words(words, 0, rule.words)) continue;
        words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(rule.words.size()));
        again = true;
      }
      for (const Rule& rule : tail) {
        if (words.size() <= rule.words.size() ||
            !at_words(words, words.size() - rule.words.size(), rule.words))
          continue;
        words.resize(words.size() - rule.words.size());
        again = true;
      }
    }
    const std::size_t before = words.size();
    drop_year(words);
    if (words.size() != before) trim_once_more(words);
  }

  void trim_once_more(Words& words) const {
    for (const Rule& rule : tail) {
      if (words.size() > rule.words.size() && at_words(words, words.size() - rule.words.size(), rule.words)) {
        words.resize(words.size() - rule.words.size());
      }
    }
  }

  std::string name_key(Words words) const {
    trim(words);
    replace_same(words);
    const Words total = {"trên", "tổng"};
    for (std::size_t at = 1; at + total.size() < words.size(); ++at) {
      if (!at_words(words, at, total)) continue;
      return join(words, 0, at) + std::string(kShareOf) + join(words, at + total.size(), words.size());
    }
    return join(words, 0, words.size());
  }

  // The words of texts in one document, where units, parents and subjects stand again and again.
  class Wording {
   public:
    Wording(const Impl& impl, const Abbreviations& defined) : impl_(impl), defined_(defined) {}
    // Valid until the next call.
    const Words& of(const std::string& text) {
      if (known_.size() >= kMostKnown) known_.clear();
      const auto [place, fresh] = known_.try_emplace(text);
      if (fresh) place->second = impl_.words_of(text, defined_);
      return place->second;
    }

   private:
    static constexpr std::size_t kMostKnown = 1000;  // the names of a long table are many, and few come again
    const Impl& impl_;
    const Abbreviations& defined_;
    std::unordered_map<std::string, Words> known_;
  };

  static std::string unit_key(const std::string& unit, Wording& wording) {
    const Words& words = wording.of(unit);
    return join(words, 0, words.size());
  }

  std::string key(const Indicator& indicator, Wording& wording) const;
  std::string key(const Measurement& measurement, Wording& wording) const;
};

SeriesKeys::SeriesKeys(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
SeriesKeys::SeriesKeys(SeriesKeys&&) noexcept = default;
SeriesKeys& SeriesKeys::operator=(SeriesKeys&&) noexcept = default;
SeriesKeys::~SeriesKeys() = default;

Result<SeriesKeys> SeriesKeys::create(const Models& models) {
  auto impl = std::make_unique<Impl>();
  auto abbreviations = models.table("abbreviations");
  if (!abbreviations) return abbreviations.error();
  for (std::size_t row = 0; row < (*abbreviations)->rows.size(); ++row) {
    impl->known.emplace((*abbreviations)->at(row, "abbreviation"), (*abbreviations)->at(row, "meaning"));
  }
  auto table = models.table("series_words");
  if (!table) return table.error();
  for (std::size_t row = 0; row < (*table)->rows.size(); ++row) {
    Rule rule{impl->plain_words(comparison_key(spelt_signs((*table)->at(row, "words")))),
              impl->plain_words(comparison_key((*table)->at(row, "to")))};
    const std::string& role = (*table)->at(row, "role");
    if (rule.words.empty() || (role != "front" && role != "tail" && role != "same")) {
      return make_error(ErrorCode::kBadTable, (*table)->file + ":" + std::to_string((*table)->lines[row]) +
                                                  ": a row needs words and a role: front, tail or same");
    }
    if (role == "front")
      impl->front.push_back(std::move(rule));
    else if (role == "tail")
      impl->tail.push_back(std::move(rule));
    else
      impl->same[rule.words.front()].push_back(std::move(rule));
  }
  const auto longest = [](const Rule& a, const Rule& b) { return a.words.size() > b.words.size(); };
  std::stable_sort(impl->front.begin(), impl->front.end(), longest);
  std::stable_sort(impl->tail.begin(), impl->tail.end(), longest);
  for (auto& [first, rules] : impl->same) std::stable_sort(rules.begin(), rules.end(), longest);
  return SeriesKeys(std::move(impl));
}

Abbreviations SeriesKeys::abbreviations_in(std::string_view text) const {
  constexpr std::size_t kMostLetters = 10;
  constexpr std::size_t kMostBefore = 200;  // bytes that are looked at before a bracket
  Abbreviations found;
  for (std::size_t open = text.find('('); open != std::string_view::npos; open = text.find('(', open + 1)) {
    const std::size_t close = text.find_first_of(")(\n", open + 1);
    if (close == std::string_view::npos) break;
    if (text[close] != ')' || close - open > 80) continue;
    std::string_view inside = text.substr(open + 1, close - open - 1);
    while (!inside.empty() && (inside.back() == ' ' || inside.back() == '.')) inside.remove_suffix(1);
    const std::size_t space = inside.find_last_of(" :");
    if (space != std::string_view::npos) {  // "sau đây viết tắt là TTHC", "gọi tắt: TTHC"
      if (inside.find("tắt") == std::string_view::npos) continue;
      inside = inside.substr(space + 1);
    }
    const auto token = lexicon::token_at(inside, 0);
    if (!token || !token->upper || token->where.begin != 0 || token->where.end != inside.size()) continue;
    const std::string letters = fold(inside);
    if (letters.size() < 2 || letters.size() > kMostLetters) continue;
    std::size_t begin = open > kMostBefore ? open - kMostBefore : 0;
    if (const std::size_t line = text.substr(begin, open - begin).rfind('\n'); line != std::string_view::npos)
      begin += line + 1;
    while (begin < open && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
    const Words words = split(comparison_key(text.substr(begin, open - begin)));
    if (words.size() < letters.size()) continue;
    const std::size_t first = words.size() - letters.size();
    bool fits = true;
    for (std::size_t i = 0; i < letters.size() && fits; ++i)
      fits = fold(words[first + i]).substr(0, 1) == letters.substr(i, 1);
    if (fits) found.emplace(std::string(inside), join(words, first, words.size()));
  }
  return found;
}

std::string SeriesKeys::key(const Indicator& indicator, const Abbreviations& defined) const {
  Impl::Wording wording(*impl_, defined);
  return impl_->key(indicator, wording);
}

std::string SeriesKeys::key(const Measurement& measurement, const Abbreviations& defined) const {
  Impl::Wording wording(*impl_, defined);
  return impl_->key(measurement, wording);
}

std::string SeriesKeys::Impl::key(const Indicator& indicator, Wording& wording) const {
  std::string out;
  if (indicator.parent && !indicator.parent->name.empty()) {
    out = name_key(wording.of(indicator.parent->name)) + std::string(kUnder);
  }
  out += name_key(wording.of(indicator.name));
  out += std::string(kIn) + unit_key(indicator.unit, wording);
  if (indicator.comparator == Comparator::kIncrease) out += std::string(kIn) + "+";
  if (indicator.comparator == Comparator::kDecrease) out += std::string(kIn) + "-";
  return out;
}

std::string SeriesKeys::Impl::key(const Measurement& measurement, Wording& wording) const {
  Words words = wording.of(measurement.name);
  if (words.empty()) return {};
  // "Chỉ số về cung cấp dịch vụ trực tuyến có tỷ lệ hồ sơ trực tuyến": what is measured stands behind "có tỷ
  // lệ".
  const std::string percent = unit_key(measurement.unit, wording);
  if (percent == "%") {
    for (std::size_t at = words.size(); at-- > 0;) {
      if (!at_words(words, at, has_share) || at + has_share.size() == words.size()) continue;
      words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at + has_share.size()));
      break;
    }
  }
  if (!measurement.subject.empty()) {
    const Words& subject = wording.of(measurement.subject);
    if (!subject.empty() && words.size() > subject.size() + 1 &&
        at_words(words, words.size() - subject.size(), subject)) {
      const std::size_t joint = words.size() - subject.size() - 1;
      if (words[joint] == "tại" || words[joint] == "của" || words[joint] == "ở") words.resize(joint);
    }
  }
  return name_key(std::move(words)) + std::string(kIn) + percent;
}

void SeriesKeys::fill(Document& document) const {
  if (document.indicators.empty() && document.measurements.empty()) return;
  const Abbreviations defined = abbreviations_in(document.text);
  Impl::Wording wording(*impl_, defined);
  for (Indicator& one : document.indicators) one.series = impl_->key(one, wording);
  for (Measurement& one : document.measurements) one.series = impl_->key(one, wording);
}

std::string series_base(std::string_view key) {
  const std::size_t unit = key.find(kIn);
  const std::size_t share = key.rfind(kShareOf, unit);
  if (share == std::string_view::npos || (unit != std::string_view::npos && share > unit))
    return std::string(key);
  return std::string(key.substr(0, share)) +
         std::string(unit == std::string_view::npos ? std::string_view() : key.substr(unit));
}

}  // namespace vanban
