// Where documents are mentioned: at numbers (with the words before them) and at the names of laws.

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "extract/reference_words.h"
#include "pinpoints.h"
#include "references.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/document_numbers.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

constexpr std::size_t kGap = 160;       // bytes that may stand between two mentions of one list
constexpr std::size_t kLookBack = 120;  // bytes in which the type's words are looked for

// The bytes that a mention is found at: a number's first digit or slash ("số /QĐ-UBND"), the first letter of
// "Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp".
enum class Begin : std::uint8_t { kNothing, kNumber, kLaw };
constexpr std::array<Begin, 256> kBegins = [] {
  std::array<Begin, 256> table{};
  for (const char c : {'L', 'l', 'B', 'b', 'P', 'p', 'H', 'h'})
    table[static_cast<unsigned char>(c)] = Begin::kLaw;
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = Begin::kNumber;
  table[static_cast<unsigned char>('/')] = Begin::kNumber;
  return table;
}();

// The first place from `at` on where a mention may be found; the text's size: none.
std::size_t next_begin(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    const Begin begin = kBegins[static_cast<unsigned char>(text[at])];
    if (begin == Begin::kNothing) continue;
    if (begin == Begin::kNumber) break;
    const char32_t before = at == 0 ? U' ' : static_cast<unsigned char>(text[at - 1]);
    if (before < 0x80 && !is_letter(before) && !is_digit(before) && LawNames::may_begin(text, at)) break;
  }
  return at;
}

bool word_at(std::string_view text, std::size_t at, std::string_view word, std::size_t* length) {
  *length = match_words(text, at, word);
  return *length != 0 && word_ends(text, at + *length);
}

// "của Chính phủ", "của Bộ trưởng Bộ Y tế": where the body's words end; `at` if there are none.
std::size_t skip_of_body(std::string_view text, std::size_t at, const Agencies& agencies,
                         AgencyMention* issuer) {
  std::size_t length = 0;
  const std::size_t of = skip_space(text, at);
  if (!word_at(text, of, "của", &length)) return at;
  const std::size_t body = skip_space(text, of + length);
  if (const auto match = agencies.at(text, body)) {
    if (issuer != nullptr && issuer->name.empty()) *issuer = match->mention;
    return match->where.end;
  }
  return at;
}

// Between two mentions of one list stand only a body, separators and "số": "… ngày 18/9/2020 và 10362/…".
bool only_glue(std::string_view text, std::size_t from, std::size_t to, const Agencies& agencies) {
  if (to < from || to - from > kGap) return false;
  std::size_t at = skip_of_body(text, from, agencies, nullptr);
  if (at > to) return false;
  bool separated = false;
  for (;;) {
    at = skip_space(text, at);
    if (at >= to) return separated;
    std::size_t length = 0;
    if (text[at] == ',' || text[at] == ';') {
      separated = true;
      ++at;
    } else if (text[at] == ':' && separated) {
      ++at;
    } else if (word_at(text, at, "và", &length) || word_at(text, at, "hoặc", &length)) {
      separated = true;
      at += length;
    } else if (separated && (word_at(text, at, "số", &length) || word_at(text, at, "các", &length) ||
                             word_at(text, at, "cả", &length))) {
      at += length;
    } else {
      return false;
    }
  }
}

struct TypeWords {
  DocumentType type = DocumentType::kOther;
  std::size_t begin = 0;
  bool found = false;
  bool generic = false;  // "Văn bản", "Văn bản thông báo": the symbol tells the type
};

// The words for the type that stand before a number ("Nghị quyết", "Tờ trình của Bộ Nội vụ", "Báo cáo thẩm
// tra").
TypeWords type_before(std::string_view text, std::size_t end, const DocumentTypes& types,
                      const WordClasses& stops) {
  TypeWords found;
  const auto check = [&](std::size_t at) {
    if (const auto match = types.at_end(text, at)) {
      found = {match->type, at - match->length, true, false};
      const std::size_t before = skip_space_back(text, found.begin);
      const std::size_t general = match_words_back(text, before, "văn bản");
      if (general != std::string_view::npos && word_starts(text, general))
        found = {found.type, general, true, true};
      return true;
    }
    const std::size_t general = match_words_back(text, at, "văn bản");
    if (general != std::string_view::npos && word_starts(text, general)) {
      found = {DocumentType::kOther, general, true, true};
      return true;
    }
    return false;
  };
  if (check(end)) return found;
  // Other words between: at most eight, no punctuation, none that begins another phrase unless it is "của …".
  std::size_t at = end;
  for (int words = 0; words < 8 && at > 0 && end - at < kLookBack; ++words) {
    std::size_t begin = at;
    while (begin > 0) {
      std::size_t before = begin;
      const char32_t c = decode_utf8_before(text, before);
      if (!is_letter(c)) break;
      begin = before;
    }
    if (begin == at) return {};
    if (stops.behind(ReferenceWord::kTypeStop, text, begin) == at) return {};
    const std::size_t previous = skip_space_back(text, begin);
    if (previous == begin || (previous < text.size() && text[previous] == '\n')) return {};
    at = previous;
    if (check(at)) {
      // "kế hoạch của Bộ Y tế số 5" but not "quyết định giao kế hoạch vốn số"
      return found;
    }
  }
  return {};
}

}  // namespace

bool ReferenceFinder::ends_with(PatternName pattern, std::string_view text, std::size_t from,
                                std::size_t end) const {
  if (end <= from) return false;
  return patterns_.at(pattern).found_in(text.substr(from, end - from));
}

// Reads what follows the number or the name: date, body, pinpoint.
void ReferenceFinder::read_tail(std::string_view text, Mention& mention) const {
  std::size_t at = skip_space(text, mention.words_end);
  bool bracket = false;
  if (at < text.size() && text[at] == ',') {
    at = skip_space(text, at + 1);
  } else if (at < text.size() && text[at] == '(') {
    bracket = true;
    at = skip_space(text, at + 1);
  }
  if (const std::size_t behind = words_.behind(ReferenceWord::kIssued, text, at))
    at = skip_space(text, behind);
  const auto usable = [&](const DateMatch& match) {
    // "số 1015/QĐ-TTg (tính từ năm 2022)" never gets here; a bare number is a date only in brackets.
    return !is_digit(text[match.where.begin]) || bracket;
  };
  auto date = date_at(text, at);
  if (!date && !bracket) {
    const std::size_t after = skip_of_body(text, mention.words_end, *agencies_, &mention.issuer);
    if (after != mention.words_end) {
      std::size_t next = skip_space(text, after);
      if (next < text.size() && text[next] == ',') next = skip_space(text, next + 1);
      date = date_at(text, next);
    }
  }
  if (date && usable(*date)) {
    mention.date = date->date;
    mention.date_stated = true;
    mention.where.end = std::max(mention.where.end, date->where.end);
  } else if (mention.number.text.empty() && at + 4 <= text.size() && is_digit(text[at]) &&
             word_ends(text, at + 4) && !bracket) {
    // "Bộ luật Dân sự 2015"
    int year = 0;
    bool digits = true;
    for (std::size_t i = at; i < at + 4; ++i) {
      digits = digits && is_digit(text[i]);
      year = year * 10 + (text[i] - '0');
    }
    const bool number_follows =
        at + 4 < text.size() && (text[at + 4] == '/' || text[at + 4] == '.' || text[at + 4] == '%');
    if (digits && year >= 1945 && year <= 2199 && !number_follows) {
      mention.date.year = year;
      mention.date_stated = true;
      mention.where.end = at + 4;
    }
  }
  if (mention.issuer.name.empty()) skip_of_body(text, mention.where.end, *agencies_, &mention.issuer);
}

void ReferenceFinder::read_pinpoints(std::string_view text, std::size_t from, Mention& mention) const {
  mention.lead_end = mention.where.begin;
  PinpointMatch match = pinpoints_before(text, from, mention.where.begin);
  if (!match.pinpoints.empty()) {
    mention.lead_end = match.where.begin;
  } else {
    match = pinpoints_after(text, mention.where.end);
  }
  mention.pinpoints = std::move(match.pinpoints);
}

bool ReferenceFinder::add_number(const Document& document, std::string_view text, std::size_t at,
                                 std::size_t& next, std::vector<Mention>& mentions) const {
  auto match = number_at_position(text, at, true);
  if (!match) return false;
  std::size_t end = skip_space_back(text, at);
  const bool blank = match->number.ordinal.empty();
  if (blank) {  // "số ……/2026/QĐ-UBND": back over what was left for the pen
    while (end > 0) {
      const std::size_t before = skip_space_back(text, end);
      if (before > 0 && (text[before - 1] == '.' || text[before - 1] == '_')) {
        end = before - 1;
      } else if (before >= 3 && text.substr(before - 3, 3) == "…") {
        end = before - 3;
      } else {
        end = before;
        break;
      }
    }
  }
  if (end > 0 && text[end - 1] == ':') end = skip_space_back(text, end - 1);
  const auto [so, printed] = words_.find_before(ReferenceWord::kNumber, text, end);
  const bool after_so = so != std::string_view::npos && word_starts(text, so) && (printed != 0 || !blank);
  if (blank && !after_so) return false;
  std::size_t words_end = end;
  if (after_so) {
    words_end = skip_space_back(text, so);
    if (words_end > 0 && text[words_end - 1] == ':') words_end = skip_space_back(text, words_end - 1);
  }
  TypeWords words = type_before(text, words_end, *types_, words_);
  const bool adjacent = words.found && types_->at_end(text, words_end).has_value();
  if (!after_so && !adjacent) {
    match = number_at_position(text, at, false);
    if (!match) return false;
  }
  // Mẫu số 01/BC-BNV, Giấy phép số 12/GP-BTNMT
  const bool of_assembly =
      match->number.symbol.rfind("QH", 0) == 0;  // "Luật … theo hợp đồng số 69/2020/QH14"
  if (!of_assembly && ends_with("no_document", text, end > 60 ? end - 60 : 0, end)) {
    next = match->where.end;
    return true;
  }

  const auto symbol_type = types_->from_symbol(match->number.symbol);
  const bool symbol_speaks = symbol_type && *symbol_type != DocumentType::kDispatch;
  if (words.found && !adjacent && !words.generic && symbol_speaks && words.type != *symbol_type)
    words.found = false;
  if (words.found && words.type == DocumentType::kAppendix) words.found = false;

  Mention mention;
  mention.number = match->number;
  mention.words_end = match->where.end;
  mention.where = match->where;
  if (after_so) mention.where.begin = so;
  if (words.found) mention.where.begin = words.begin;
  if (blank && !after_so) return false;

  // "Luật Phòng bệnh số 114/2025/QH15": the name just read and this number are one mention.
  if (!mentions.empty()) {
    Mention& last = mentions.back();
    if (last.number.text.empty() && !last.title.empty() && last.where.end == words_end && after_so) {
      last.number = match->number;
      last.words_end = last.where.end = match->where.end;
      last.confidence = 0.98;
      read_tail(text, last);
      next = last.where.end;
      return true;
    }
  }
  const std::size_t floor = mentions.empty() ? 0 : mentions.back().where.end;
  if (mention.where.begin < floor) {
    mention.where.begin = after_so && so >= floor ? so : match->where.begin;
    words.found = false;
  }

  // The head's own number: "Số: 221/VPCP-KSTT" or "Luật số: 121/2025/QH15" at the beginning of a line.
  const std::size_t line = paragraph_start(text, mention.where.begin, 400);
  const bool at_line_start = skip_space(text, line) >= mention.where.begin;
  if (at_line_start && after_so && !words.found) {
    next = match->where.end;
    return true;
  }
  const bool own = !document.header.number.text.empty() && match->number.text == document.header.number.text;
  // "NGHỊ ĐỊNH" / "CỦA CHÍNH PHỦ SỐ 37/2007/NĐ-CP NGÀY …": the whole head is the title.
  if (own && !document.sections.empty() && document.sections.front().kind == SectionKind::kHeader &&
      document.sections.front().where.contains(match->where.begin) &&
      match->where.end < document.sections.front().where.end) {
    next = match->where.end;
    return true;
  }
  if (own && at_line_start && match->where.end < 4000) {
    const std::size_t rest = skip_space(text, match->where.end);
    if (rest >= text.size() ||
        (rest > match->where.end &&
         text.substr(match->where.end, rest - match->where.end).find('\n') != std::string_view::npos)) {
      next = match->where.end;
      return true;
    }
  }

  if (!mentions.empty() && only_glue(text, mentions.back().where.end, mention.where.begin, *agencies_)) {
    mention.head = mentions.size() - 1;
  }
  if (words.found && !words.generic) {
    mention.type = words.type;
    mention.type_in_words = true;
  } else if (!words.found && mention.head != Mention::kNone && !symbol_speaks) {
    mention.type = mentions[mention.head].type;
  } else if (symbol_type) {
    mention.type = *symbol_type;
  } else if (laws_.find_number(match->number.text) != nullptr) {
    mention.type = DocumentType::kLaw;
  } else if (words.found) {
    mention.type = words.type;
  }
  mention.confidence = words.found || mention.head != Mention::kNone ? 0.98 : after_so ? 0.9 : 0.8;
  if (blank) mention.confidence = std::min(mention.confidence, 0.9);
  read_tail(text, mention);
  read_pinpoints(text, floor, mention);
  next = mention.where.end;
  mentions.push_back(std::move(mention));
  return true;
}

bool ReferenceFinder::add_law(std::string_view text, std::size_t at, std::size_t& next,
                              const std::vector<std::string>& learned, std::vector<Mention>& mentions) const {
  const std::size_t before = skip_space_back(text, at);
  const std::size_t window = before > 48 ? before - 48 : 0;
  const bool lead = ends_with("law_lead", text, window, before) ||
                    ends_with("law_alias", text, window, before) ||
                    (before < text.size() && text[before] == '\n') || before == 0;
  const bool listed = !mentions.empty() && mentions.back().number.text.empty() &&
                      only_glue(text, mentions.back().where.end, at, *agencies_);
  const auto name = laws_.at(text, at, lead || listed, learned);
  if (!name) return false;
  next = name->where.end;
  if (ends_with("no_law", text, window, before)) return true;

  Mention mention;
  mention.where = name->where;
  mention.words_end = name->where.end;
  mention.type = name->type;
  mention.type_in_words = true;
  mention.confidence = name->known ? 0.95 : 0.7;
  bool gap = false;
  for (const char c : name->where.of(text)) {
    if (c == ' ' || c == '\n' || c == '\t') {
      gap = true;
      continue;
    }
    if (gap) mention.title += ' ';
    gap = false;
    mention.title += c;
  }
  mention.planned_document = ends_with("planned_document", text, window, before);
  mention.alias = !mentions.empty() && ends_with("law_alias", text, window, before);
  read_tail(text, mention);
  // "xây dựng Luật Cán bộ, công chức (sửa đổi), Luật Viên chức (sửa đổi)": laws to come, not those of 2008
  // and 2010.
  const std::size_t tail = skip_space(text, mention.where.end);
  const bool new_version = match_words(text, tail, "(sửa đổi)") != 0;

  if (!mentions.empty()) {
    Mention& last = mentions.back();
    // "Luật số 29/2018/QH14 Luật Bảo vệ bí mật nhà nước ngày …"
    if (!last.number.text.empty() && last.title.empty() && last.type == mention.type && !last.date_stated &&
        skip_space(text, last.where.end) >= at) {
      last.title = mention.title;
      last.where.end = mention.where.end;
      last.words_end = mention.words_end;
      last.date = mention.date;
      last.date_stated = mention.date_stated;
      next = last.where.end;
      return true;
    }
    std::size_t from = last.where.end;
    const std::size_t bracket = skip_space(text, from);
    if (const std::size_t length = match_words(text, bracket, "(sửa đổi)")) from = bracket + length;
    if (only_glue(text, from, at, *agencies_)) {
      mention.head = mentions.size() - 1;
      if (new_version && last.planned_document) mention.planned_document = true;
    }
  }
  // "… (sau đây gọi là Luật Đất đai)" is the same law; the title of an amending law does not end before
  // "ngày".
  const std::size_t floor = mentions.empty() ? 0 : mentions.back().where.end;
  read_pinpoints(text, floor, mention);
  next = mention.where.end;
  mentions.push_back(std::move(mention));
  return true;
}

std::vector<Mention> ReferenceFinder::scan(const Document& document, std::string_view text) const {
  constexpr std::size_t kMostLearned = 64;
  std::vector<Mention> mentions;
  std::vector<std::string> learned;
  std::size_t learned_from = 0;
  for (std::size_t at = 0; at < text.size();) {
    for (; learned_from < mentions.size(); ++learned_from) {
      const Mention& mention = mentions[learned_from];
      // The last one may still get its number.
      if (learned_from + 1 == mentions.size() && mention.number.text.empty() && !mention.date_stated &&
          !mention.alias)
        break;
      const bool named = mention.date_stated || !mention.number.text.empty() || mention.alias;
      if (mention.title.empty() || !named || learned.size() >= kMostLearned) continue;
      std::string key = LawNames::key_of(mention.title);
      if (laws_.find(mention.title).empty() &&
          std::find(learned.begin(), learned.end(), key) == learned.end()) {
        learned.push_back(std::move(key));
      }
    }
    at = next_begin(text, at);
    if (at == text.size()) break;
    const char c = text[at];
    std::size_t next = at + 1;
    if (is_digit(c)) {
      if (!add_number(document, text, at, next, mentions)) {
        while (next < text.size() && is_digit(text[next])) ++next;
      }
    } else if (c == '/') {
      if (at > 0 && !is_digit(text[at - 1]) &&
          (space_at(text, at - 1) != 0 || text[at - 1] == '.' || text[at - 1] == ':' || text[at - 1] == '_' ||
           static_cast<unsigned char>(text[at - 1]) >= 0x80)) {
        add_number(document, text, at, next, mentions);
      }
    } else {
      add_law(text, at, next, learned, mentions);
    }
    at = std::max(next, at + 1);
  }
  return mentions;
}

// "Nghị quyết này", "Điều 5 của Quy chế này", "Phụ lục I kèm theo Quyết định này".
void ReferenceFinder::find_internal(Document& document, std::string_view text,
                                    const std::vector<Mention>& mentions) const {
  std::size_t floor = 0, mention = 0;
  for (std::size_t at = text.find("này"); at != std::string_view::npos; at = text.find("này", at + 1)) {
    if (!word_starts(text, at) || !word_ends(text, at + 4)) continue;
    const std::size_t end = skip_space_back(text, at);
    const auto type = types_->at_end(text, end);
    if (!type) continue;
    std::size_t begin = end - type->length;
    while (mention < mentions.size() && mentions[mention].where.end <= begin)
      floor = mentions[mention++].where.end;
    InternalReference reference;
    PinpointMatch match = pinpoints_before(text, floor, begin);
    if (!match.pinpoints.empty()) {
      reference.pinpoint = match.pinpoints.front();
      begin = match.where.begin;
    }
    reference.from.where = {begin, at + std::string_view("này").size()};
    reference.text = std::string(reference.from.where.of(text));
    reference.from.confidence = 0.95;
    floor = reference.from.where.end;
    document.internal_references.push_back(std::move(reference));
  }
}

}  // namespace vanban
