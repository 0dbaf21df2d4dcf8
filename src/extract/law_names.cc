#include "law_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/reference_words.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/document_numbers.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMaxUnknown = 220;  // bytes of a title that the registry does not know

std::string lower_text(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    if (space_at(text, at) != 0) {
      gap = !out.empty();
      at = skip_space(text, at);
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    append_utf8(out, lower_letter(decode_utf8(text, at)));
  }
  return out;
}

// "hóa" is also written "hoá", "thủy" "thuỷ": the older placement of the tone mark.
std::string older_spelling(std::string text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kPairs = {{{"óa", "oá"},
                                                                                     {"òa", "oà"},
                                                                                     {"ỏa", "oả"},
                                                                                     {"õa", "oã"},
                                                                                     {"ọa", "oạ"},
                                                                                     {"úy", "uý"},
                                                                                     {"ùy", "uỳ"},
                                                                                     {"ủy", "uỷ"},
                                                                                     {"ũy", "uỹ"},
                                                                                     {"ụy", "uỵ"},
                                                                                     {"óe", "oé"},
                                                                                     {"ỏe", "oẻ"}}};
  for (const auto& [reformed, older] : kPairs) {
    for (std::size_t at = 0; (at = text.find(reformed, at)) != std::string::npos; at += older.size()) {
      text.replace(at, reformed.size(), older);
    }
  }
  return text;
}

std::string reformed_key(std::string_view title) {
  // Compared through the older spelling: both spellings of one name give it.
  return older_spelling(lower_text(title));
}

struct LawWord {
  std::string_view word;
  DocumentType type;
};
constexpr std::array<LawWord, 4> kWords = {{{"bộ luật", DocumentType::kLaw},
                                            {"luật", DocumentType::kLaw},
                                            {"pháp lệnh", DocumentType::kOrdinance},
                                            {"hiến pháp", DocumentType::kConstitution}}};

std::size_t law_word_at(std::string_view text, std::size_t at) {
  for (const LawWord& law : kWords) {
    if (law.type == DocumentType::kConstitution) continue;
    const std::size_t length = match_words(text, at, law.word);
    if (length != 0 && word_ends(text, at + length)) return length;
  }
  return 0;
}

// The first letter of the title itself: 'đ' of "Luật Đất đai". 0: no title.
char32_t letter_behind_word(std::string_view text, std::size_t at) {
  for (const LawWord& law : kWords) {
    const std::size_t length = match_words(text, at, law.word);
    if (length == 0) continue;
    std::size_t next = skip_space(text, at + length);
    return next < text.size() && next > at + length ? lower_letter(decode_utf8(text, next)) : 0;
  }
  return 0;
}

}  // namespace

int LawRow::year() const {
  if (date.known()) return date.year;
  const auto parsed = parse_document_number(number);
  return parsed ? parsed->year : 0;
}

Result<LawNames> LawNames::create(const Models& models, const WordClasses& words) {
  auto table = models.table("laws");
  if (!table) return table.error();
  const ModelTable& rows = **table;
  for (const std::string_view column : {"title", "number", "date"}) {
    if (auto index = rows.column(column); !index) return index.error();
  }
  LawNames names(words);
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    LawRow row;
    row.key = lower_text(rows.at(i, "title"));
    row.number = rows.at(i, "number");
    const std::string& date = rows.at(i, "date");
    if (!date.empty()) {
      const auto parsed = partial_date_from_iso(date);
      if (!parsed) {
        return make_error(ErrorCode::kBadTable,
                          rows.file + ":" + std::to_string(rows.lines[i]) + ": no date: " + date);
      }
      row.date = *parsed;
    }
    LawRow older = row;
    older.key = older_spelling(row.key);
    if (older.key != row.key) names.rows_.push_back(std::move(older));
    names.rows_.push_back(std::move(row));
  }
  std::stable_sort(names.rows_.begin(), names.rows_.end(),
                   [](const LawRow& a, const LawRow& b) { return a.key.size() > b.key.size(); });
  for (std::size_t i = 0; i < names.rows_.size(); ++i) {
    names.by_letter_[letter_behind_word(names.rows_[i].key, 0)].push_back(i);
    names.by_spelling_[older_spelling(names.rows_[i].key)].push_back(i);
  }
  return names;
}

std::size_t LawNames::known_end(std::string_view text, std::size_t at) const {
  const auto bucket = by_letter_.find(letter_behind_word(text, at));
  if (bucket == by_letter_.end()) return kNone;
  for (const std::size_t i : bucket->second) {
    const LawRow& row = rows_[i];
    const std::size_t length = match_words(text, at, row.key);
    if (length != 0 && word_ends(text, at + length)) return at + length;
  }
  return kNone;
}

// "Luật sửa đổi, bổ sung một số điều của Luật A, Luật B và Luật C": the title goes to the end of the last law
// named.
std::size_t LawNames::amending_end(std::string_view text, std::size_t at, std::size_t after_word,
                                   bool* known) const {
  std::size_t next = skip_space(text, after_word);
  std::size_t length = match_words(text, next, "sửa đổi, bổ sung");
  if (length == 0) length = match_words(text, next, "sửa đổi");
  if (length == 0) return kNone;
  next += length;
  const std::size_t limit =
      std::min(text.size(), next + 60);  // "một số điều của", "Điều 170 của", "các điều 6 và 7"
  std::size_t subject = kNone;
  for (std::size_t i = next; i < limit && text[i] != '.' && text[i] != ';' && text[i] != '\n'; ++i) {
    if ((text[i] == 'L' || text[i] == 'l' || text[i] == 'B' || text[i] == 'b' || text[i] == 'P' ||
         text[i] == 'p') &&
        word_starts(text, i) && law_word_at(text, i) != 0) {
      subject = i;
      break;
    }
  }
  if (subject == kNone) return kNone;
  std::size_t end = kNone;
  *known = true;
  for (int laws = 0; laws < 30; ++laws) {
    std::size_t name_end = known_end(text, subject);
    if (name_end == kNone) {
      *known = false;
      name_end = unknown_end(text, subject + law_word_at(text, subject), true, true);
    }
    if (name_end == kNone) break;
    end = name_end;
    // Another law of the same title follows a comma or "và" at once.
    std::size_t glue = skip_space(text, end);
    if (glue < text.size() && text[glue] == ',') {
      glue = skip_space(text, glue + 1);
    } else if (const std::size_t word = match_words(text, glue, "và"); word != 0) {
      glue = skip_space(text, glue + word);
    } else {
      break;
    }
    if (law_word_at(text, glue) == 0 || match_words(text, glue, "luật số") != 0) break;
    const std::size_t inner = skip_space(text, glue + law_word_at(text, glue));
    if (match_words(text, inner, "sửa đổi") != 0) break;
    subject = glue;
  }
  (void)at;
  return end;
}

// The end of a capitalised title: at punctuation or a word that titles do not go on with. With a date behind
// it the title goes up to the date.
std::size_t LawNames::unknown_end(std::string_view text, std::size_t after_word, bool capital,
                                  bool lead) const {
  const std::size_t begin = skip_space(text, after_word);
  if (begin >= text.size() || begin == after_word) return kNone;
  const std::size_t limit = std::min(text.size(), begin + kMaxUnknown);
  std::size_t next = begin, end = kNone, words = 0;
  std::size_t dated = kNone, first = begin;
  const bool first_upper = is_upper_letter(decode_utf8(text, first));
  bool stopped = false;
  while (next < limit) {
    const std::size_t word = next;
    while (next < limit && space_at(text, next) == 0 && text[next] != ',' && text[next] != '.' &&
           text[next] != ';' && text[next] != ':' && text[next] != '(' && text[next] != ')' &&
           text[next] != '"' && text[next] != '/') {
      decode_utf8(text, next);
    }
    if (next == word) break;
    if (match_words(text, word, "ngày") != 0 && date_at(text, word)) {
      dated = skip_space_back(text, word);
      break;
    }
    // "… của người nước ngoài tại Việt Nam số 47/2014/QH13": the number ends a title as surely as a date
    // does.
    if (const std::size_t so = words_.behind(ReferenceWord::kNumber, text, word); so != 0) {
      const auto number = number_at_position(text, skip_space(text, so), true);
      if (number && number->number.symbol.rfind("QH", 0) == 0) {
        dated = skip_space_back(text, word);
        break;
      }
      if (number) break;
    }
    if (law_word_at(text, word) != 0 || is_digit(text[word])) break;
    if (!stopped && words_.behind(ReferenceWord::kTitleStop, text, word) != 0) stopped = true;
    ++words;
    if (!stopped) end = next;
    if (words > 30) break;
    if (next < limit && text[next] == ',') {
      const std::size_t after = skip_space(text, next + 1);
      // "Luật Phòng, chống ma túy": a title goes on in lower case; "Luật X, Nghị định" does not.
      std::size_t probe = after;
      if (after >= limit || is_upper_letter(decode_utf8(text, probe)) || !is_letter(U'a')) break;
      next = after;
      continue;
    }
    if (next >= limit || space_at(text, next) == 0 || text[next] == '\n') break;
    next = skip_space(text, next);
  }
  if (dated != kNone && dated > begin && (first_upper || words <= 20)) return dated;
  if (!capital || !first_upper || !lead || end == kNone) return kNone;
  return end;
}

bool LawNames::may_begin(std::string_view text, std::size_t at) {
  // "bộ" (b E1 BB …), "luật" (lu E1 …), "pháp" (ph C3 …), "hiến" (hi E1 …): hardly a word goes on beyond its
  // third byte.
  if (at + 2 >= text.size()) return false;
  const char first = static_cast<char>(text[at] | 0x20), second = static_cast<char>(text[at + 1] | 0x20);
  const char third = text[at + 2];
  const bool begins = first == 'b'   ? second == '\xE1' && third == '\xBB'
                      : first == 'l' ? second == 'u' && third == '\xE1'
                      : first == 'p' ? second == 'h' && third == '\xC3'
                                     : second == 'i' && third == '\xE1';
  if (!begins) return false;
  for (const LawWord& law : kWords) {
    const std::size_t length = match_words(text, at, law.word);
    if (length != 0 && word_ends(text, at + length) && word_starts(text, at)) return true;
  }
  return false;
}

std::string LawNames::key_of(std::string_view title) { return lower_text(title); }

std::optional<LawName> LawNames::at(std::string_view text, std::size_t at, bool lead,
                                    const std::vector<std::string>& learned) const {
  if (!word_starts(text, at)) return std::nullopt;
  for (const LawWord& law : kWords) {
    const std::size_t length = match_words(text, at, law.word);
    if (length == 0 || !word_ends(text, at + length)) continue;
    const std::size_t after = at + length;
    // A name in capitals throughout is the document's own title.
    std::size_t second = at;
    decode_utf8(text, second);
    if (second < text.size() && is_upper_letter(decode_utf8(text, second))) return std::nullopt;
    std::size_t first = at;
    const bool capital = is_upper_letter(decode_utf8(text, first));
    // "pháp luật đấu thầu" names no law.
    const std::size_t word_before = match_words_back(text, skip_space_back(text, at), "pháp");
    if (!capital && word_before != kNone && word_starts(text, word_before)) return std::nullopt;
    LawName name;
    name.type = law.type;
    if (law.type == DocumentType::kConstitution) {
      // "Hiến pháp" alone speaks of the constitution as such ("phù hợp với Hiến pháp").
      std::size_t end = skip_space(text, after);
      const std::size_t country = match_words(text, end, "nước cộng hòa xã hội chủ nghĩa việt nam");
      const std::size_t older = match_words(text, end, "nước cộng hoà xã hội chủ nghĩa việt nam");
      if (country == 0 && older == 0) {
        if (!capital) return std::nullopt;
        const auto date = date_at(text, end);
        const bool bare = end + 4 <= text.size() && is_digit(text[end]) && word_ends(text, end + 4);
        if (!date && !bare) return std::nullopt;
        end = after;
      } else {
        end += country != 0 ? country : older;
      }
      name.where = {at, end};
      name.known = true;
      return name;
    }
    bool known = false;
    std::size_t end = known_end(text, at);
    for (const std::string& title : learned) {
      const std::size_t matched = match_words(text, at, title);
      if (matched != 0 && word_ends(text, at + matched) && (end == kNone || at + matched > end))
        end = at + matched;
    }
    if (end != kNone) {
      known = true;
    } else if (capital) {
      end = amending_end(text, at, after, &known);
      const std::size_t next = skip_space(text, after);
      if (end == kNone && match_words(text, next, "này") == 0 && match_words(text, next, "số") == 0) {
        end = unknown_end(text, after, capital, lead);
      }
    }
    if (end == kNone) return std::nullopt;
    name.where = {at, end};
    name.known = known;
    return name;
  }
  return std::nullopt;
}

std::vector<const LawRow*> LawNames::find(std::string_view title) const {
  std::vector<const LawRow*> found;
  const auto rows = by_spelling_.find(reformed_key(title));
  if (rows == by_spelling_.end()) return found;
  for (const std::size_t i : rows->second) {
    const LawRow& row = rows_[i];
    const bool seen = std::any_of(found.begin(), found.end(), [&](const LawRow* other) {
      return other->number == row.number && other->date == row.date;
    });
    if (!seen) found.push_back(&row);
  }
  return found;
}

const LawRow* LawNames::find_number(std::string_view number) const {
  for (const LawRow& row : rows_) {
    if (!row.number.empty() && row.number == number) return &row;
  }
  return nullptr;
}

}  // namespace vanban
