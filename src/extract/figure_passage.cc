#include "extract/figure_passage.h"

#include <algorithm>
#include <cstring>

#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// A full stop ends a sentence where a space follows; "12.345" and "TP.HCM" have none.
bool is_full_stop(std::string_view text, std::size_t at) {
  return text[at] == '.' && (at + 1 >= text.size() || text[at + 1] == ' ' || text[at + 1] == '\n');
}

bool is_boundary(std::string_view text, std::size_t at) {
  const char c = text[at];
  return c == ';' || c == ':' || c == '\n' || is_full_stop(text, at);
}

}  // namespace

std::size_t character_on(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && at < text.size() && continues_character(text[at])) ++at;
  return at;
}

std::size_t character_back(std::string_view text, std::size_t at, std::size_t begin) {
  while (at > begin && at < text.size() && continues_character(text[at])) --at;
  return at;
}

TextRange trimmed(std::string_view text, TextRange range, std::string_view drop) {
  // Dashes are three bytes: byte by byte, the last one of "hồ" would go with them.
  constexpr std::string_view kDashes[] = {"–", "—", "−"};
  const bool dashes = drop.find('-') != std::string_view::npos;
  for (bool again = true; again && !range.empty();) {
    again = false;
    while (range.begin < range.end && drop.find(text[range.begin]) != std::string_view::npos) ++range.begin;
    while (range.end > range.begin && drop.find(text[range.end - 1]) != std::string_view::npos) --range.end;
    if (!dashes) break;
    for (const std::string_view dash : kDashes) {
      const std::string_view words = range.of(text);
      if (words.starts_with(dash)) {
        range.begin += dash.size();
        again = true;
      } else if (words.ends_with(dash)) {
        range.end -= dash.size();
        again = true;
      }
    }
  }
  return range;
}

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0;
  });
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == ',';
    if (!space && !inside) ++words;
    inside = !space;
  }
  return words;
}

bool FigurePassage::before_is(std::string_view name, std::size_t at, std::size_t window) const {
  const std::size_t from = character_on(text_, at > range_.begin + window ? at - window : range_.begin, at);
  return says(name, {from, at});
}

bool FigurePassage::is_index(const Figure& figure) const {
  if (!figure.has_verb && !figure.has_bound) return false;
  if (figure.value >= 1900 && figure.value <= 2100) return false;  // a year
  const std::size_t next = skip_space(text_, figure.where.end);
  const bool ends =
      next >= range_.end || std::string_view(";,.()").find(text_[next]) != std::string_view::npos;
  return ends && before_is("index_name", figure.where.begin, 120);
}

bool FigurePassage::is_age(const Figure& figure) const {
  return (figure.unit == "tuổi" || figure.unit == "năm") && before_is("age_name", figure.where.begin, 120);
}

TextRange FigurePassage::sentence_at(std::size_t at) const {
  // A text without full stops is no sentence from end to end: each of its figures would read all of it.
  constexpr std::size_t kLongestSentence = 4 * kLongestClause;
  const std::size_t low = at - range_.begin > kLongestSentence ? at - kLongestSentence : range_.begin;
  TextRange sentence{character_on(text_, low, at),
                     character_back(text_, std::min(range_.end, at + kLongestSentence), at)};
  for (std::size_t end = std::min(at, text_.size()); end > low;) {
    const void* const found = memrchr(text_.data() + low, '.', end - low);
    if (found == nullptr) break;
    const auto stop = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
    if (stop + 1 < text_.size() && text_[stop + 1] == ' ') {
      sentence.begin = stop + 1;
      break;
    }
    end = stop;
  }
  const std::size_t high = std::min(range_.end, at + kLongestClause);
  const std::string_view near =
      std::string_view(text_).substr(0, high);  // what is behind may have no full stop
  for (std::size_t i = near.find('.', at); i < high; i = near.find('.', i + 1)) {
    if (is_full_stop(text_, i)) {
      sentence.end = i;
      break;
    }
  }
  return sentence;
}

std::size_t FigurePassage::clause_begin(std::size_t from, std::size_t at) const {
  if (at - from > kLongestClause) from = character_on(text_, at - kLongestClause, at);
  int depth = 0;
  for (std::size_t i = at; i > from; --i) {
    const char c = text_[i - 1];
    if (c == ')') ++depth;
    if (c == '(' && depth-- == 0) return i;
    if (depth == 0 && is_boundary(text_, i - 1)) return i;
  }
  return from;
}

std::size_t FigurePassage::clause_end(std::size_t at, std::size_t end) const {
  end = character_back(text_, std::min(end, at + kLongestClause), at);
  int depth = 0;
  for (std::size_t i = at; i < end; ++i) {
    if (text_[i] == '(') ++depth;
    if (text_[i] == ')' && depth-- == 0) return i;
    if (depth == 0 && is_boundary(text_, i)) return i;
  }
  return end;
}

bool FigurePassage::in_listed_words(std::string_view words, std::size_t at) const {
  std::vector<TextRange> groups;
  for (std::size_t from = 0; pattern("listed_words").find(words, from, groups); from = groups[0].end) {
    if (at < groups[0].begin) return false;
    if (at < groups[0].end) return true;
  }
  return false;
}

std::size_t FigurePassage::parting_comma(std::string_view words, std::size_t from) const {
  std::size_t comma = words.find(',', from);
  while (comma != std::string_view::npos && in_listed_words(words, comma)) comma = words.find(',', comma + 1);
  return comma;
}

void for_each_passage(const FigureContext& context, bool headings, bool footnotes,
                      const std::function<void(TextRange passage, std::size_t section)>& read) {
  const std::string& text = context.text();
  const std::vector<Section>& sections = context.document().sections;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const Section& section = sections[i];
    const bool note = section.kind == SectionKind::kFootnote;
    if (section.kind == SectionKind::kHeader || section.kind == SectionKind::kSignature ||
        section.kind == SectionKind::kRecipients || section.kind == SectionKind::kTable ||
        (note && !footnotes)) {
      continue;
    }
    if (headings && !section.heading_range.empty()) read(section.heading_range, i);
    for (TextRange paragraph : section.paragraphs) {
      if (note) {  // its label is no figure
        while (paragraph.begin < paragraph.end &&
               (text[paragraph.begin] == ' ' || text[paragraph.begin] == '['))
          ++paragraph.begin;
        if (text.compare(paragraph.begin, section.label.size(), section.label) == 0)
          paragraph.begin += section.label.size();
      }
      read(paragraph, i);
    }
  }
}

}  // namespace vanban
