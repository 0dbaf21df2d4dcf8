#include "extract/figure_words.h"

#include <algorithm>
#include <array>
#include <optional>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/numbers.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kWordsWindow = 96;  // bytes before a figure in which its words stand

std::string quote(std::string_view word) {
  std::string out;
  for (const char c : word) {
    if (c == ' ') {
      out += "\\s+";
    } else {
      if (std::string_view("\\.+*?()[]{}|^$-").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

bool starts_with(std::string_view text, std::size_t at, std::string_view word) {
  return at <= text.size() && text.substr(at, word.size()) == word;
}

std::size_t skip_spaces(std::string_view text, std::size_t at, std::size_t limit) {
  while (at < limit && (text[at] == ' ' || text[at] == '\n')) ++at;
  return at;
}

// "-", "–", "đến" between the two ends of a range; its length, or 0.
std::size_t connector_at(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 8> kConnectors{"-", "–", "—", "÷", "~", "đến", "tới", "−"};
  for (const std::string_view one : kConnectors) {
    if (starts_with(text, at, one)) return one.size();
  }
  return 0;
}

// The end of a percent sign at `at` with what it is told of ("%/năm"), or `at`. Anything may be glued to it.
std::size_t percent_sign(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 3> kSigns{"%o", "%", "‰"};
  for (const std::string_view sign : kSigns) {
    if (!starts_with(text, at, sign)) continue;
    const std::size_t end = at + sign.size();
    if (sign == "%o" && !word_ends(text, end)) continue;  // "%ong" is no sign
    const std::string_view yearly = "/năm";
    return starts_with(text, end, yearly) && word_ends(text, end + yearly.size()) ? end + yearly.size() : end;
  }
  return at;
}

// The end of the base of a rate at `at`, "/100.000 trẻ em", "/1.000", or `at`: none stands there. It tells of
// people.
std::size_t rate_base(std::string_view text, std::size_t at) {
  if (!starts_with(text, at, "/")) return at;
  static constexpr std::array<std::string_view, 6> kBases{"1.000", "10.000", "100.000",
                                                          "1000",  "10000",  "100000"};
  static constexpr std::array<std::string_view, 9> kWhose{
      "trẻ đẻ sống", "trẻ em sinh sống", "trẻ em", "trẻ", "người dân", "người", "dân số", "dân", "bà mẹ"};
  for (const std::string_view base : kBases) {
    const std::size_t end = at + 1 + base.size();
    if (!starts_with(text, at + 1, base) || (end < text.size() && is_digit(text[end]))) continue;
    const std::size_t next = skip_spaces(text, end, text.size());
    for (const std::string_view whose : kWhose) {
      if (starts_with(text, next, whose) && word_ends(text, next + whose.size())) return next + whose.size();
    }
    // "16/100.000 |vào năm 2025": the people were named before
    return base.size() > 5 && !starts_with(text, end, ".") ? end : at;
  }
  return at;
}

std::optional<Comparator> comparator_from(std::string_view name) {
  if (name == "=") return Comparator::kEqual;
  if (name == ">=") return Comparator::kAtLeast;
  if (name == "<=") return Comparator::kAtMost;
  if (name == "<") return Comparator::kLess;
  if (name == ">") return Comparator::kGreater;
  if (name == "+") return Comparator::kIncrease;
  if (name == "-") return Comparator::kDecrease;
  return std::nullopt;
}

}  // namespace

FigureWords::FigureWords(Pattern before, Pattern unit, std::vector<Word> words,
                         std::vector<std::pair<std::string, UnitKind>> units)
    : before_(std::move(before)), unit_(std::move(unit)), words_(std::move(words)), units_(std::move(units)) {
  const auto add_first = [&](std::string_view name) {
    unit_first_.set(static_cast<unsigned char>(name[0]));
    unit_first_.set(static_cast<unsigned char>(to_upper(name)[0]));
  };
  for (const auto& [name, kind] : units_) {
    if (!name.empty()) add_first(name);
  }
  for (const std::string_view magnitude : {"nghìn", "triệu", "tỷ"}) add_first(magnitude);
  unit_first_.set(0xC5), unit_first_.set(0xE2);  // "ſ" and the Kelvin sign are an s and a k to RE2
  for (const Word& word : words_) {
    std::size_t at = word.word.size();
    std::u32string end(1, decode_utf8_before(word.word, at));
    if (at > 0) end.insert(end.begin(), decode_utf8_before(word.word, at));
    if (std::find(word_ends_.begin(), word_ends_.end(), end) == word_ends_.end()) word_ends_.push_back(end);
  }
}

bool FigureWords::may_begin_unit(std::string_view text, std::size_t at) const {
  return unit_first_.test(static_cast<unsigned char>(text[at]));
}

bool FigureWords::may_end_word(std::string_view text, std::size_t at) const {
  at = skip_space_back(text, at);
  if (at == 0) return false;
  const char32_t last = lower_letter(decode_utf8_before(text, at));
  const char32_t before = at == 0 ? U' ' : lower_letter(decode_utf8_before(text, at));
  return std::any_of(word_ends_.begin(), word_ends_.end(), [&](const std::u32string& end) {
    return end.back() == last && (end.size() == 1 || end.front() == before);
  });
}

Result<FigureWords> FigureWords::create(const Models& models) {
  const Result<const ModelTable*> comparators = models.table("comparators");
  if (!comparators) return comparators.error();
  const Result<const ModelTable*> units = models.table("units");
  if (!units) return units.error();

  std::vector<Word> words;
  for (std::size_t i = 0; i < (*comparators)->rows.size(); ++i) {
    const std::string where = (*comparators)->file + ":" + std::to_string((*comparators)->lines[i]) + ": ";
    Word word;
    word.word = (*comparators)->at(i, "word");
    const std::optional<Comparator> comparator = comparator_from((*comparators)->at(i, "comparator"));
    const std::string& role = (*comparators)->at(i, "role");
    if (!comparator || word.word.empty())
      return make_error(ErrorCode::kBadTable, where + "word or comparator");
    word.comparator = *comparator;
    if (role == "compare") {
      word.role = Word::Role::kBound;
    } else if (role == "delta") {
      word.role = Word::Role::kDelta;
    } else if (role == "verb") {
      word.role = Word::Role::kVerb;
    } else if (role != "hedge") {
      return make_error(ErrorCode::kBadTable, where + "unknown role: " + role);
    }
    words.push_back(std::move(word));
  }
  std::stable_sort(words.begin(), words.end(),
                   [](const Word& a, const Word& b) { return a.word.size() > b.word.size(); });

  std::vector<std::pair<std::string, UnitKind>> kinds;
  for (std::size_t i = 0; i < (*units)->rows.size(); ++i) {
    const std::string& kind = (*units)->at(i, "kind");
    UnitKind unit_kind = UnitKind::kCount;
    if (kind == "percent") {
      unit_kind = UnitKind::kPercent;
    } else if (kind == "money") {
      unit_kind = UnitKind::kMoney;
    } else if (kind == "measure") {
      unit_kind = UnitKind::kMeasure;
    } else if (kind == "time") {
      unit_kind = UnitKind::kTime;
    } else if (kind != "count") {
      return make_error(ErrorCode::kBadTable,
                        (*units)->file + ":" + std::to_string((*units)->lines[i]) + ": kind " + kind);
    }
    kinds.emplace_back(to_lower((*units)->at(i, "unit")), unit_kind);
  }
  std::stable_sort(kinds.begin(), kinds.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });

  std::string any_word, any_unit, percent;
  for (const Word& word : words) any_word += (any_word.empty() ? "" : "|") + quote(word.word);
  for (const auto& [unit, kind] : kinds) {
    std::string& list = kind == UnitKind::kPercent ? percent : any_unit;
    list += (list.empty() ? "" : "|") + quote(unit);
  }
  Result<Pattern> before = Pattern::compile("(?:^|[^\\p{L}\\p{N}])((?:(?:" + any_word + ")\\s*)+)$");
  if (!before) return before.error();
  // A percent sign may be glued to anything behind it; other units end at a word edge. "/vạn dân", "/năm"
  // belong to it.
  Result<Pattern> unit =
      Pattern::compile("((?:" + percent + ")(?:/năm)?|(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)\\s+)*(?:" + any_unit +
                       ")(?:\\s?/"
                       "\\s?(?:10*(?:\\.000)*\\s)?\\p{L}+(?:\\s(?:dân|người|động|vay|nghèo))?)*|(?:nghìn|"
                       "ngàn|vạn|triệu|tỷ|tỉ)(?:"
                       "\\s+(?:nghìn|ngàn|vạn|triệu|"
                       "tỷ|tỉ))*)(?:$|[^\\p{L}\\p{N}])");
  if (!unit) return unit.error();
  return FigureWords(std::move(*before), std::move(*unit), std::move(words), std::move(kinds));
}

std::size_t FigureWords::read_unit(std::string_view text, std::size_t at, std::size_t limit,
                                   Figure& figure) const {
  constexpr std::size_t kLongestUnit = 80;
  std::size_t from = skip_spaces(text, at, limit);
  const std::string_view window = text.substr(0, std::min(limit, from + kLongestUnit));
  if (const std::size_t end = rate_base(window, at); end != at) {  // "16/100.000 trẻ em"
    figure.unit = std::string(text.substr(at, end - at));
    figure.unit_kind = UnitKind::kMeasure;
    return end;
  }
  if (from >= limit || !may_begin_unit(text, from)) return at;
  if (const std::size_t end = percent_sign(window, from); end != from) {  // "đạt 91,1%KH"
    figure.unit = std::string(text.substr(from, end - from));
    figure.unit_kind = UnitKind::kPercent;
    if (starts_with(figure.unit, 0, "%o")) figure.unit.replace(0, 2, "‰");
    return end;
  }
  // The unit is the match without what stands behind it, which is one character except at the window's end.
  std::optional<TextRange> said = unit_.range_at(window, from);
  if (!said) return at;
  if (said->end < window.size()) {
    decode_utf8_before(window, said->end);
  } else {
    std::vector<TextRange> groups;
    unit_.match_at(window, from, groups);
    said = groups[1];
  }
  figure.unit = std::string(said->of(text));
  const std::string lower = to_lower(figure.unit);
  figure.unit_kind = UnitKind::kMagnitude;
  // What is counted stands before the slash: "%/năm", "triệu đồng/người/năm".
  const std::string_view head = std::string_view(lower).substr(0, lower.find('/'));
  for (const auto& [unit, kind] : units_) {
    const bool whole =
        kind == UnitKind::kPercent ? head.starts_with(unit) : head.find(unit) != std::string::npos;
    if (!whole) continue;
    figure.unit_kind = kind;
    break;
  }
  if (figure.unit_kind == UnitKind::kMagnitude) {
    // "12 Tỷ lệ chấp nhận …": a label before a name, not twelve billions
    const std::size_t next = skip_spaces(text, said->end, limit);
    for (const std::string_view word : {"lệ", "suất", "trọng", "số", "giá"}) {
      if (!starts_with(text.substr(0, limit), next, word)) continue;
      figure.unit.clear();
      figure.unit_kind = UnitKind::kNone;
      return at;
    }
  }
  if (figure.unit_kind == UnitKind::kPercent) {
    if (lower == "phần trăm") figure.unit = "%";
    if (lower == "%o") figure.unit = "‰";
  }
  return said->end;
}

std::size_t FigureWords::read_lower_part(std::string_view text, std::size_t at, std::size_t limit,
                                         Figure& figure) const {
  if (figure.unit_kind != UnitKind::kMagnitude || figure.unit.find(' ') != std::string::npos) return at;
  const std::string higher = to_lower(figure.unit);
  const bool billions = higher == "tỷ" || higher == "tỉ";
  if (!billions && higher != "triệu") return at;
  const std::optional<TextRange> digits = number_at(text, skip_spaces(text, at, limit));
  const std::optional<double> value = digits ? parse_number(digits->of(text)) : std::nullopt;
  if (!value || *value >= 1000 || *value < 1) return at;
  Figure lower;
  const std::size_t end = read_unit(text, digits->end, limit, lower);
  const std::string_view magnitude = billions ? "triệu" : "nghìn";
  if (!starts_with(to_lower(lower.unit), 0, magnitude)) return at;
  if (lower.unit_kind != UnitKind::kMoney && lower.unit_kind != UnitKind::kMagnitude) return at;
  figure.value += *value / 1000;
  figure.number.end = digits->end;
  figure.unit += lower.unit.substr(magnitude.size());
  figure.unit_kind = lower.unit_kind;
  return end;
}

bool FigureWords::read_figure(std::string_view text, std::size_t at, std::size_t limit,
                              Figure& figure) const {
  const std::string_view passage = text.substr(0, limit);
  const std::optional<TextRange> low = number_at(passage, at);
  if (!low) return false;
  const std::optional<double> value = parse_number(low->of(text), &figure.ambiguous);
  if (!value) {
    figure.number = *low;
    return false;
  }
  figure.value = *value;
  figure.number = *low;
  std::size_t end = read_unit(passage, low->end, limit, figure);
  if (const std::size_t lower_end = read_lower_part(passage, end, limit, figure); lower_end != end) {
    figure.where = {at, lower_end};
    return true;
  }
  std::size_t next = skip_spaces(passage, end, limit);
  if (const std::size_t length = connector_at(passage, next); length != 0) {
    const std::size_t high_at = skip_spaces(passage, next + length, limit);
    const std::optional<TextRange> high = number_at(passage, high_at);
    bool ambiguous = false;
    const std::optional<double> upper = high ? parse_number(high->of(text), &ambiguous) : std::nullopt;
    // "20% - 50%", "10 - 15%": rising, and both of one unit
    if (upper && *upper > *value) {
      Figure other;
      const std::size_t other_end = read_unit(passage, high->end, limit, other);
      // "từ 1,3% đến 1,5%/năm": what both are told of stands behind the second one
      const bool same =
          figure.unit.empty() || other.unit == figure.unit || other.unit.starts_with(figure.unit + "/");
      if (same) {
        figure.upper = *upper;
        figure.comparator = Comparator::kRange;
        figure.number.end = high->end;
        figure.ambiguous = figure.ambiguous || ambiguous;
        figure.unit = other.unit;
        figure.unit_kind = other.unit_kind;
        end = other_end;
      }
    }
  }
  figure.where = {at, end};
  next = skip_spaces(passage, end, limit);
  if (!figure.upper) {
    for (const auto& [words, comparator] :
         {std::pair<std::string_view, Comparator>{"trở lên", Comparator::kAtLeast},
          {"trở xuống", Comparator::kAtMost}}) {
      if (!starts_with(passage, next, words)) continue;
      figure.comparator = comparator;
      figure.has_bound = true;
      figure.where.end = next + words.size();
    }
  }
  return true;
}

void FigureWords::read_words(std::string_view text, std::size_t from, Figure& figure) const {
  const std::size_t at = figure.where.begin;
  std::size_t start = at > from + kWordsWindow ? at - kWordsWindow : from;
  while (start < at && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) ++start;
  const std::string_view window = text.substr(start, at - start);
  if (!may_end_word(window, window.size())) return;
  // The words are the match without what stands before it, which is one character except at the window's
  // beginning.
  std::optional<TextRange> said = before_.range_of(window, 0);
  if (!said) return;
  std::size_t first = said->begin;
  const char32_t character = decode_utf8(window, first);
  const bool letter = is_letter(character) && (character < 0x300 || character >= 0x1E00);
  const bool blank = character == U' ' || character == U'\n';  // no words begin with it
  if (said->begin > 0 || blank) {
    said->begin = first;
  } else if (!letter) {  // else the words begin with it
    std::vector<TextRange> groups;
    before_.find(window, 0, groups);
    said = groups[1];
  }
  // "tốc độ tăng trưởng bình quân| đạt khoảng 10%/năm": what is reached is an average, and its name says so.
  constexpr std::string_view kAverage = "bình quân";
  const bool named = skip_spaces(window, 0, said->begin) < said->begin;
  if (const std::size_t length = match_words(window, said->begin, kAverage); named && length != 0) {
    const std::size_t next = skip_spaces(window, said->begin + length, said->end);
    // "giảm tỷ lệ hộ nghèo |bình quân từ 1,5 - 2%": by how much a year
    if (next < said->end && match_words(window, next, "từ") == 0) said->begin = next;
  }
  // "|Cao Bằng 1,5 ha": a province, no verb
  constexpr std::string_view kName = "Bằng", kCao = "Cao ";
  if (starts_with(window, said->begin, kName) && window.substr(0, said->begin).ends_with(kCao)) {
    said->begin = skip_spaces(window, said->begin + kName.size(), said->end);
    if (said->begin >= said->end) return;
  }
  figure.where.begin = start + said->begin;
  const std::string words = to_lower(said->of(window));
  bool bound = figure.comparator != Comparator::kEqual;
  for (std::size_t i = 0; i < words.size();) {
    if (words[i] == ' ' || words[i] == '\n') {
      ++i;
      continue;
    }
    const Word* found = nullptr;
    for (const Word& word : words_) {
      if (starts_with(words, i, word.word)) {
        found = &word;
        break;
      }
    }
    if (found == nullptr) break;  // doubled spaces inside a word of two syllables
    i += found->word.size();
    switch (found->role) {
      case Word::Role::kVerb:
        figure.has_verb = true;
        if (figure.has_delta && found->word.ends_with("mức")) {  // "giảm ở mức dưới 2%" is a level
          figure.has_delta = false;
          if (!figure.upper) figure.comparator = Comparator::kEqual;
          bound = false;
        } else if (figure.has_delta && (found->word == "đạt" || found->word == "là")) {
          // "tổng vốn |tăng thêm đạt 5,7 tỷ USD": the level of what was added
          figure.has_delta = bound = false;
          if (!figure.upper) figure.comparator = Comparator::kEqual;
          figure.where.begin = start + said->begin + i - found->word.size();
        }
        break;
      case Word::Role::kBound:
        figure.has_bound = true;
        if (!figure.has_delta && !figure.upper) {
          figure.comparator = found->comparator;
          bound = true;
        }
        break;
      case Word::Role::kDelta:
        if (!bound && !figure.upper) figure.comparator = found->comparator;
        figure.has_delta = true;
        break;
      case Word::Role::kHedge:
        break;
    }
  }
}

std::vector<Figure> FigureWords::find(std::string_view text, TextRange in, bool with_unit_only) const {
  std::vector<Figure> figures;
  const std::size_t limit = std::min(in.end, text.size());
  std::size_t from = in.begin;
  for (std::size_t i = in.begin; i < limit;) {
    if (text[i] < '0' || text[i] > '9') {
      ++i;
      continue;
    }
    Figure figure;
    if (!read_figure(text, i, limit, figure)) {
      ++i;
      while (i < limit && ((text[i] >= '0' && text[i] <= '9') || text[i] == '.' || text[i] == ',')) ++i;
      continue;
    }
    const std::size_t next = std::max(figure.where.end, i + 1);
    if (!with_unit_only || figure.unit_kind != UnitKind::kNone) {
      read_words(text, from, figure);
      figures.push_back(figure);
    }
    from = i = next;
  }
  return figures;
}

std::optional<Figure> FigureWords::read_cell(std::string_view cell) const {
  constexpr std::size_t kLongestCell = 200;
  if (cell.size() > kLongestCell) return std::nullopt;
  const std::vector<Figure> figures = find(cell, {0, cell.size()}, false);
  if (figures.size() != 1) return std::nullopt;
  const Figure& figure = figures.front();
  // Before it nothing but its own words: "Đạt mức 3" states a figure, "Quyết định 45" names a document.
  for (std::size_t i = 0; i < figure.where.begin; ++i) {
    if (std::string_view(" \n*(+").find(cell[i]) == std::string_view::npos) return std::nullopt;
  }
  // Behind it no letter or slash glued to it ("3/4", "A4", "2025/QĐ").
  const std::size_t end = figure.where.end;
  if (end < cell.size() && figure.unit_kind == UnitKind::kNone &&
      std::string_view(" \n*)(;,.").find(cell[end]) == std::string_view::npos &&
      (static_cast<unsigned char>(cell[end]) < 0x80)) {
    return std::nullopt;
  }
  return figure;
}

}  // namespace vanban
