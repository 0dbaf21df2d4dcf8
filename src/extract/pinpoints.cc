#include "pinpoints.h"

#include <algorithm>
#include <array>
#include <string>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/numbers.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

constexpr std::size_t kWindow = 240;  // bytes that a pinpoint phrase may take
constexpr std::size_t kMaxPinpoints = 200;

// Levels from small to large; an appendix stands apart.
enum Level : int { kPoint, kClause, kArticle, kSection, kChapter, kPart, kAppendix, kNoLevel };

struct Unit {
  std::string_view word;
  Level level;
};
constexpr std::array<Unit, 9> kUnits = {{{"điểm", kPoint},
                                         {"tiết", kPoint},
                                         {"khoản", kClause},
                                         {"điều", kArticle},
                                         {"tiểu mục", kSection},
                                         {"mục", kSection},
                                         {"chương", kChapter},
                                         {"phần", kPart},
                                         {"phụ lục", kAppendix}}};

struct UnitMatch {
  Level level = kNoLevel;
  std::size_t length = 0;
};

// Whether a word of kUnits can begin with the byte; of "Đ", and of the Ð that stands for it, the first.
constexpr bool begins_unit(char byte) {
  switch (byte) {
    case 'T':
    case 't':
    case 'K':
    case 'k':
    case 'M':
    case 'm':
    case 'C':
    case 'c':
    case 'P':
    case 'p':
    case '\xC3':
    case '\xC4':
      return true;
    default:
      return false;
  }
}

UnitMatch unit_at(std::string_view text, std::size_t at) {
  if (at >= text.size() || !begins_unit(text[at]) || !word_starts(text, at)) return {};
  for (const Unit& unit : kUnits) {
    const std::size_t length = match_words(text, at, unit.word);
    if (length != 0 && word_ends(text, at + length)) return {unit.level, length};
  }
  return {};
}

// A label at `at`: "2", "5a", "IV", "a", "đ", "1.2". Its length; 0: none fits the level.
std::size_t label_at(std::string_view text, std::size_t at, Level level) {
  std::size_t next = at;
  if (next < text.size() && is_digit(text[next])) {
    while (
        next < text.size() && next - at < 5 &&
        (is_digit(text[next]) || (text[next] == '.' && next + 1 < text.size() && is_digit(text[next + 1])))) {
      ++next;
    }
    if (next < text.size() && !word_ends(text, next)) {  // "5a", "12đ"
      std::size_t letter = next;
      const char32_t c = decode_utf8(text, letter);
      if (!((c >= 'a' && c <= 'z') || c == U'đ') || !word_ends(text, letter)) return 0;
      next = letter;
    }
    if (next < text.size() && text[next] == '/') return 0;  // "điểm 9/10", "mục 3/2024"
    if (next < text.size() && text[next] == '%') return 0;
    return next - at;
  }
  while (next < text.size() && next - at < 8 &&
         (text[next] == 'I' || text[next] == 'V' || text[next] == 'X' || text[next] == 'L' ||
          text[next] == 'C')) {
    ++next;
  }
  if (next > at && word_ends(text, next) && level != kPoint && level != kClause && level != kArticle) {
    return parse_roman(text.substr(at, next - at)) ? next - at : 0;
  }
  if (next > at && word_ends(text, next) && next - at > 1 && level == kClause) return 0;
  if (level == kPoint || level == kAppendix || level == kSection || level == kPart) {
    next = at;
    const std::size_t letter = next;
    if (letter >= text.size()) return 0;
    const char32_t c = decode_utf8(text, next);
    const bool small = (c >= 'a' && c <= 'z') || c == U'đ';
    const bool big = (c >= 'A' && c <= 'Z') || c == U'Đ';
    if (level == kPoint ? !(small || big) : !big) return 0;
    if (next < text.size() && is_digit(text[next]) && level == kPoint) ++next;  // "điểm a1"
    return word_ends(text, next) ? next - at : 0;
  }
  return 0;
}

std::string& field_of(Pinpoint& pinpoint, Level level) {
  switch (level) {
    case kPoint:
      return pinpoint.point;
    case kClause:
      return pinpoint.clause;
    case kArticle:
      return pinpoint.article;
    case kSection:
      return pinpoint.section;
    case kChapter:
      return pinpoint.chapter;
    case kPart:
      return pinpoint.part;
    default:
      return pinpoint.appendix;
  }
}

// Builds pinpoints while units come in: a larger unit completes the smaller ones before it, an equal or
// smaller one begins a new pinpoint.
class Builder {
 public:
  void unit(Level level, const std::vector<std::string>& labels) {
    if (labels.empty()) return;
    const bool completes = level > last_ && level != kAppendix && last_ != kAppendix;
    if (completes && labels.size() == 1) {
      for (Open& open : open_) {
        if (open.top < level) {
          field_of(open.pinpoint, level) = labels.front();
          open.top = level;
        }
      }
    } else if (level == kAppendix && labels.size() == 1 && !open_.empty()) {
      for (Open& open : open_) {
        if (open.pinpoint.appendix.empty()) open.pinpoint.appendix = labels.front();
      }
    } else {
      for (const std::string& label : labels) {
        if (open_.size() >= kMaxPinpoints) break;
        Open open;
        field_of(open.pinpoint, level) = label;
        open.top = level;
        open_.push_back(std::move(open));
      }
    }
    last_ = level == kAppendix ? kPart : level;
  }
  bool empty() const { return open_.empty(); }
  std::vector<Pinpoint> take() {
    std::vector<Pinpoint> out;
    for (Open& open : open_) out.push_back(std::move(open.pinpoint));
    return out;
  }

 private:
  struct Open {
    Pinpoint pinpoint;
    int top = -1;
  };
  std::vector<Open> open_;
  int last_ = kNoLevel;
};

// Separators between labels of one unit: ",", "và", "hoặc", "đến", "-".
std::size_t separator_at(std::string_view text, std::size_t at) {
  std::size_t next = skip_space(text, at);
  if (next < text.size() && (text[next] == ',' || text[next] == ';')) {
    next = skip_space(text, next + 1);
    if (const std::size_t word = match_words(text, next, "và"); word != 0 && word_ends(text, next + word)) {
      next = skip_space(text, next + word);
    }
    return next - at;
  }
  for (const std::string_view word : {"và", "hoặc", "đến"}) {
    const std::size_t length = match_words(text, next, word);
    if (length != 0 && word_ends(text, next + length)) return skip_space(text, next + length) - at;
  }
  if (next < text.size() && text[next] == '-' && next + 1 < text.size())
    return skip_space(text, next + 1) - at;
  return 0;
}

// Parses units from `at`; returns where the last one ends, or `at` if there is none.
std::size_t parse_units(std::string_view text, std::size_t at, std::size_t limit, Builder& builder) {
  std::size_t end = at, next = at;
  while (next < limit) {
    const UnitMatch unit = unit_at(text, next);
    if (unit.level == kNoLevel) break;
    std::size_t label = skip_space(text, next + unit.length);
    if (const std::size_t word = match_words(text, label, "số"); word != 0)
      label = skip_space(text, label + word);
    std::vector<std::string> labels;
    std::size_t length = label < limit ? label_at(text, label, unit.level) : 0;
    while (length != 0 && labels.size() < 64) {
      labels.emplace_back(text.substr(label, length));
      end = label + length;
      const std::size_t separator = separator_at(text, end);
      if (separator == 0 || end + separator >= limit) break;
      label = end + separator;
      if (unit_at(text, label).level != kNoLevel) break;
      length = label_at(text, label, unit.level);
    }
    if (labels.empty()) break;
    builder.unit(unit.level, labels);
    next = skip_space(text, end);
    // What may stand between two units: "của", "thuộc", "tại", a comma, "và".
    const std::size_t separator = separator_at(text, end);
    if (separator != 0) next = end + separator;
    for (const std::string_view word : {"của", "thuộc", "tại", "các", "và"}) {
      const std::size_t skipped = match_words(text, next, word);
      if (skipped != 0 && word_ends(text, next + skipped)) next = skip_space(text, next + skipped);
    }
  }
  return end;
}

// Words between the last unit and the document: "của", "ban hành kèm theo", "kèm theo".
std::size_t skip_link_back(std::string_view text, std::size_t end) {
  for (const std::string_view words : {"ban hành kèm theo các", "ban hành kèm theo", "được ban hành kèm theo",
                                       "kèm theo", "của các", "của", "tại", "thuộc", "trong"}) {
    const std::size_t begin = match_words_back(text, end, words);
    if (begin != std::string_view::npos && word_starts(text, begin)) return skip_space_back(text, begin);
  }
  return end;
}

}  // namespace

PinpointMatch pinpoints_before(std::string_view text, std::size_t from, std::size_t end) {
  PinpointMatch match;
  const std::size_t near = skip_space_back(text, end);
  std::size_t last = skip_link_back(text, near);
  // "khoản 2 Điều 12, Nghị định số …"; not behind a list of documents: its comma is the list's.
  if (last == near && last > from && text[last - 1] == ',') last = skip_space_back(text, last - 1);
  if (last <= from) return match;
  std::size_t start = last > from + kWindow ? last - kWindow : from;
  for (std::size_t i = last; i > start; --i) {
    if (text[i - 1] == '\n' || text[i - 1] == '(' || text[i - 1] == '"') {
      start = i;
      break;
    }
  }
  // The earliest unit from which everything up to the mention is one phrase.
  for (std::size_t at = start; at < last; ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0) == 0x80 || unit_at(text, at).level == kNoLevel) continue;
    Builder builder;
    const std::size_t reached = parse_units(text, at, last, builder);
    if (reached == last && !builder.empty()) {
      match.pinpoints = builder.take();
      match.where = {at, last};
      return match;
    }
    if (reached > at) at = reached - 1;
  }
  return match;
}

PinpointMatch pinpoints_after(std::string_view text, std::size_t at) {
  PinpointMatch match;
  std::size_t next = skip_space(text, at);
  bool opened = false;
  if (next < text.size() && text[next] == '(') {
    opened = true;
    next = skip_space(text, next + 1);
  } else if (const std::size_t word = match_words(text, next, "tại"); word != 0) {
    next = skip_space(text, next + word);
  } else {
    return match;
  }
  if (const std::size_t word = match_words(text, next, "tại"); opened && word != 0)
    next = skip_space(text, next + word);
  Builder builder;
  const std::size_t limit = std::min(text.size(), next + kWindow);
  const std::size_t reached = parse_units(text, next, limit, builder);
  if (reached == next || builder.empty()) return match;
  if (opened &&
      (reached >= text.size() || (text[reached] != ')' && text[reached] != ';' && text[reached] != ','))) {
    return match;
  }
  // "tại Điều 5 Nghị định số …" belongs to what follows.
  if (!opened) {
    const std::size_t after = skip_space(text, reached);
    if (after < text.size() && text[after] != '.' && text[after] != ';' && text[after] != ',' &&
        text[after] != ')') {
      return match;
    }
  }
  match.pinpoints = builder.take();
  match.where = {next, reached};
  return match;
}

}  // namespace vanban
