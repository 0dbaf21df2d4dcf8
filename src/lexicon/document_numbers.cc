#include "vanban/lexicon/document_numbers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

constexpr std::size_t kMaxToken = 24;   // bytes of one group: "BLĐTBXH", "CTUBND", "UBTVQH14"
constexpr std::size_t kMaxTokens = 14;  // a joint circular names every ministry

// Abbreviations of types that open a symbol. Enough to tell "19-NQ/TW" from "2-CN/K"; their meaning is
// models/document_types.tsv.
constexpr std::array<std::string_view, 52> kTypes = {
    "NQ",  "QĐ",   "CT",   "QC",   "QyĐ",  "TC",   "TB",   "HD",   "CTr", "KH",   "PA",   "ĐA",   "DA",
    "BC",  "BB",   "TTr",  "HĐ",   "CĐ",   "BGN",  "BTT",  "GUQ",  "GM",  "GGT",  "GNP",  "PG",   "PC",
    "PB",  "NĐ",   "TT",   "TTLT", "TTLB", "VBHN", "CV",   "KL",   "LCT", "L",    "PL",   "LB",   "QĐi",
    "QyC", "NQLT", "CTHĐ", "GP",   "SL",   "QCPH", "CTPH", "KHPH", "LT",  "TBKL", "CTPH", "KLTT", "LUẬT"};

// Bodies that may stand alone behind "/" or close a symbol: "34/CP", "58/TTg", "1472/UBND".
constexpr std::array<std::string_view, 14> kBodies = {"CP", "TTg", "TW", "UBND", "HĐND", "HĐBT", "HĐCP",
                                                      "QH", "CTN", "TƯ", "VPCP", "UB",   "BYT",  "BTC"};

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& list, std::string_view token) {
  return std::find(list.begin(), list.end(), token) != list.end();
}

// Letters that symbols are made of. Toned vowels are none: "12/Hà Nội" is no number.
bool symbol_upper(char32_t c) {
  return (c >= 'A' && c <= 'Z') || c == U'Đ' || c == 0xD0 || c == U'Ư' || c == U'Ơ' || c == U'Â' ||
         c == U'Ă' || c == U'Ê' || c == U'Ô';
}
bool symbol_lower(char32_t c) { return (c >= 'a' && c <= 'z') || c == U'đ' || c == U'ư'; }

struct Token {
  std::size_t begin = 0, end = 0;
  std::size_t upper = 0, lower = 0, digits = 0;
  bool valid = false;
  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
};

// One group of a symbol: "QĐ", "TTg", "BGD&ĐT", "QH15", "K2ĐT".
Token token_at(std::string_view text, std::size_t at) {
  Token token;
  token.begin = token.end = at;
  std::size_t next = at;
  while (next < text.size() && next - at <= kMaxToken) {
    std::size_t after = next;
    if (token.upper > 0 && text.substr(next, 5) == "ngày") break;  // "NQ-CPngày 09 tháng 6"
    const char32_t c = decode_utf8(text, after);
    if (symbol_upper(c)) {
      ++token.upper;
    } else if (symbol_lower(c)) {
      ++token.lower;
    } else if (c >= '0' && c <= '9') {
      ++token.digits;
    } else if (c == '&' && token.upper > 0) {
      std::size_t ahead = after;
      if (ahead >= text.size() || !symbol_upper(decode_utf8(text, ahead))) break;
    } else {
      if (is_letter(c)) return token;  // a word with tones: not a group of a symbol
      break;
    }
    if (token.end == at && token.upper == 0) return token;  // begins with a capital
    next = token.end = after;
  }
  // "Ctr" and "Ttr" are typed for CTr and TTr
  const bool mostly_upper = token.lower <= token.upper || token.of(text) == "Ctr" || token.of(text) == "Ttr";
  token.valid = token.upper > 0 && mostly_upper && next - at <= kMaxToken;
  return token;
}

// A footnote's digit glued to a body ("NQ-CP1") is not the symbol's: QH15, UBTVQH14 and HĐNN8 have digits of
// their own.
void drop_glued_digits(std::string_view text, Token& token) {
  if (token.digits == 0) return;
  std::size_t end = token.end;
  while (end > token.begin && is_digit(text[end - 1])) --end;
  const std::string_view bare = text.substr(token.begin, end - token.begin);
  if (bare != "QH" && one_of(kBodies, bare)) token.end = end;
}

// Length of the dash at `at`: hyphen, U+2010 .. U+2014, minus; 0: none.
std::size_t dash_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '-') return 1;
  if (static_cast<unsigned char>(text[at]) != 0xE2) return 0;
  std::size_t next = at;
  const char32_t c = decode_utf8(text, next);
  return (c >= 0x2010 && c <= 0x2014) || c == 0x2212 ? next - at : 0;
}

// "QH 13", "UBTVQH- 14": the term of the National Assembly behind a space or a hyphen. The two digits; empty:
// none.
std::string_view term_behind(std::string_view text, const Token& token) {
  if (token.of(text) != "QH" && token.of(text) != "UBTVQH") return {};
  std::size_t at = skip_space(text, token.end);
  if (const std::size_t dash = dash_at(text, at); dash > 0) at = skip_space(text, at + dash);
  constexpr std::size_t kMostApart = 4;
  const std::string_view digits = text.substr(at, 2);
  const bool term = at > token.end && at - token.end <= kMostApart && digits.size() == 2 &&
                    (digits[0] == '1' || digits == "08" || digits == "09") && is_digit(digits[1]);
  if (!term) return {};
  const std::string_view behind = text.substr(at + 2);
  if (behind.empty()) return digits;
  if (is_digit(behind[0]) || behind[0] == '/' || behind[0] == '%' || behind.starts_with(" tháng")) return {};
  return digits;
}

struct Symbol {
  std::string text;
  std::size_t end = 0;
  std::size_t tokens = 0;
  std::string first;
  std::size_t letters = 0;
  bool hyphen = false, slash = false;
};

// "/TW", "/ VPTW", "/TU": the slash before a body of the Party, which no fraction or choice has behind it.
bool party_body_at(std::string_view text, std::size_t at) {
  if (text[at] != '/') return false;
  const Token token = token_at(text, skip_space(text, at + 1));
  if (!token.valid) return false;
  const std::string_view body = token.of(text);
  return body.ends_with("TW") || body == "TƯ" || body == "TU" || body == "ĐU" || body == "HU";
}

// Reads the groups from `at` on. Breaks inside: after a hyphen ("NQ-\nCP", "NQ- CP"), around one hyphen
// behind the first group ("NQ - CP"), after a slash at a line's end, around the slash before a body of the
// Party ("49-CT /TW").
std::optional<Symbol> symbol_at(std::string_view text, std::size_t at) {
  Token token = token_at(text, at);
  if (!token.valid) return std::nullopt;
  Symbol symbol;
  for (;;) {
    drop_glued_digits(text, token);
    symbol.text += token.of(text);
    if (++symbol.tokens == 1) symbol.first = std::string(token.of(text));
    symbol.letters += token.upper + token.lower;
    symbol.end = token.end;
    if (const std::string_view term = term_behind(text, token); !term.empty()) {
      symbol.text += term;
      symbol.end = static_cast<std::size_t>(term.data() - text.data()) + term.size();
      return symbol;
    }
    if (text.substr(token.end, 2) == " &") {  // "BKH-KTĐP &LT"
      const Token more = token_at(text, token.end + 2);
      if (more.valid && more.upper >= 2) {
        symbol.text += '&';
        token = more;
        continue;
      }
    }
    if (symbol.tokens == kMaxTokens || token.end >= text.size()) break;
    std::size_t next = token.end;
    bool space_before = false;
    if (const std::size_t n = space_at(text, next); n != 0 && symbol.tokens == 1) {
      const std::size_t sign = skip_space(text, next);
      if (sign - next > 2 || sign >= text.size() || (text[sign] != '-' && !party_body_at(text, sign))) break;
      next = sign;
      space_before = true;
    }
    // A long dash joins as a hyphen does, but only without spaces: else it stands between words.
    const std::size_t dash = dash_at(text, next);
    const char separator = dash > 1 ? '-' : text[next];
    if (separator != '-' && separator != '/' && separator != '.' && separator != '_') break;
    std::size_t group = next + std::max<std::size_t>(dash, 1);
    if (dash > 1 && (space_before || space_at(text, group) != 0)) break;
    const bool space_after = space_at(text, group) != 0;
    if (space_after) {
      if (separator == '/' ? text[group] != '\n' && !party_body_at(text, next) : separator != '-') break;
      group = skip_space(text, group);
    }
    Token following = token_at(text, group);
    if (!following.valid) {
      // "UBT.96", "QĐ.UB.5": an old symbol may close with digits; never "NQ-CP.2024"
      break;
    }
    if (space_before || space_after) {
      // A dash between words may look the same: only what can go on with a body in capitals is one symbol.
      if (following.upper < 2 && !one_of(kBodies, following.of(text))) break;
      if (space_before && !one_of(kTypes, symbol.first) && symbol.first != "UBND") break;
      if (space_before && space_after && following.lower > 1) break;
    }
    symbol.text += separator;
    (separator == '/' ? symbol.slash : symbol.hyphen) = true;
    token = following;
  }
  return symbol;
}

// A symbol typed in small letters ("nđ-cp", "qđ-ttg"), as it is written. It must open with a type and close
// with a body that are known: small words look like anything.
std::optional<Symbol> small_symbol_at(std::string_view text, std::size_t at) {
  constexpr std::pair<std::string_view, std::string_view> kSmallTypes[] = {
      {"nđ", "NĐ"}, {"nq", "NQ"}, {"qđ", "QĐ"}, {"tt", "TT"}, {"ct", "CT"}, {"nd", "ND"}, {"qd", "QD"}};
  constexpr std::pair<std::string_view, std::string_view> kSmallBodies[] = {
      {"cp", "CP"},   {"ttg", "TTg"}, {"ubnd", "UBND"}, {"hđnd", "HĐND"},
      {"btc", "BTC"}, {"byt", "BYT"}, {"bnv", "BNV"},   {"tw", "TW"}};
  for (const auto& [type, type_as_written] : kSmallTypes) {
    if (text.substr(at, type.size()) != type || dash_at(text, at + type.size()) != 1) continue;
    const std::size_t body_at = at + type.size() + 1;
    for (const auto& [body, body_as_written] : kSmallBodies) {
      const std::size_t end = body_at + body.size();
      if (text.substr(body_at, body.size()) != body || !word_ends(text, end)) continue;
      Symbol symbol;
      symbol.text = std::string(type_as_written) + "-" + std::string(body_as_written);
      symbol.first = std::string(type_as_written);
      symbol.end = end;
      symbol.tokens = 2;
      symbol.letters = 4;
      symbol.hyphen = true;
      return symbol;
    }
  }
  return std::nullopt;
}

// "số 12 TCVN", "QCVN 40/2011/BTNMT": a standard's designation is no document number.
bool standard_before(std::string_view text, std::size_t at) {
  const std::size_t end = skip_space_back(text, at);
  for (const std::string_view name : {"tcvn", "qcvn", "tcxd", "tcxdvn", "iso", "iec", "astm", "qtđn"}) {
    const std::size_t begin = match_words_back(text, end, name);
    if (begin != std::string_view::npos && word_starts(text, begin)) return true;
  }
  return false;
}

// May a number begin here? Not inside a word, another number, a standard's year ("5712:1993").
bool number_may_start(std::string_view text, std::size_t at) {
  if (!word_starts(text, at)) return false;
  if (at == 0) return true;
  const char before = text[at - 1];
  if (before == '/' || before == '-') return false;
  if ((before == '.' || before == ',' || before == ':') && at >= 2 && is_digit(text[at - 2])) return false;
  return true;
}

std::size_t skip_filler(std::string_view text, std::size_t at) {
  for (;;) {
    if (const std::size_t n = space_at(text, at)) {
      if (text[at] == '\n' && space_at(text, at + 1) == 1 && text[at + 1] == '\n') return at;
      at += n;
    } else if (at < text.size() && (text[at] == '.' || text[at] == '_')) {
      ++at;
    } else if (text.substr(at, 3) == "…") {
      at += 3;
    } else {
      return at;
    }
  }
}

int year_in(std::string_view digits) {
  if (digits.size() != 2 && digits.size() != 4) return 0;
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  if (digits.size() == 4) return value >= 1900 && value <= 2199 ? value : 0;
  return value >= 45 ? 1900 + value : 0;
}

struct Parts {
  std::string_view ordinal, year;
};

std::optional<NumberMatch> finish(std::string_view text, std::size_t begin, const Parts& parts, char sign,
                                  const Symbol& symbol) {
  NumberMatch match;
  match.where = {begin, symbol.end};
  DocumentNumber& number = match.number;
  number.ordinal = std::string(parts.ordinal);
  number.year = parts.year.empty() ? 0 : year_in(parts.year);
  number.symbol = symbol.text;
  number.text = number.ordinal;
  if (!parts.year.empty()) number.text += "/" + std::string(parts.year);
  if (sign != ' ') number.text += sign;
  number.text += symbol.text;
  if (!word_ends(text, symbol.end) && symbol.end < text.size() && !is_digit(text[symbol.end]) &&
      text.substr(symbol.end, 5) != "ngày")
    return std::nullopt;
  return match;
}

// The slash and what follows it: [year "/"] symbol. `at` stands on the slash.
std::optional<NumberMatch> from_slash(std::string_view text, std::size_t begin, std::string_view ordinal,
                                      std::size_t at, bool after_so, bool dotted) {
  Parts parts{ordinal, {}};
  std::size_t next = skip_space(text, at + 1);
  bool loose = next != at + 1;
  if (next < text.size() && is_digit(text[next])) {
    const std::size_t year_at = next;
    while (next < text.size() && is_digit(text[next])) ++next;
    parts.year = text.substr(year_at, next - year_at);
    if (year_in(parts.year) == 0) return std::nullopt;
    const std::size_t slash = skip_space(text, next);
    if (slash >= text.size() || slash > next + 1) return std::nullopt;
    if (text[slash] != '/' && !(text[slash] == '-' && parts.year.size() == 4 && after_so))
      return std::nullopt;
    loose |= slash != next;
    next = skip_space(text, slash + 1);
    loose |= next != slash + 1;
    if (parts.year.size() == 2 && !after_so) return std::nullopt;  // "15/98/QĐ-UB" is too near to a date
  }
  if (dotted && parts.year.empty()) return std::nullopt;  // "663.686/TTHC" is a count
  auto symbol = symbol_at(text, next);
  if (!symbol && after_so) symbol = small_symbol_at(text, next);
  if (!symbol) return std::nullopt;
  if (symbol->tokens == 1) {
    if (symbol->letters < 2) return std::nullopt;
    const bool assembly = symbol->text.substr(0, 2) == "QH" || symbol->text.substr(0, 6) == "UBTVQH";
    if (!parts.year.empty() ? !(assembly || after_so || one_of(kBodies, symbol->text))
                            : !(after_so || (one_of(kBodies, symbol->text) && ordinal.size() >= 2))) {
      return std::nullopt;
    }
    // "50/KH": tasks of a plan; "07/2013/TT" on a form: a type alone issues nothing
    if (one_of(kTypes, symbol->text) && (!after_so || !parts.year.empty())) return std::nullopt;
  } else if (loose && !after_so && !one_of(kTypes, symbol->first)) {
    return std::nullopt;
  } else if (!symbol->hyphen && !symbol->slash && !after_so && parts.year.empty() &&
             !one_of(kTypes, symbol->first)) {
    return std::nullopt;
  }
  return finish(text, begin, parts, '/', *symbol);
}

}  // namespace

std::optional<NumberMatch> number_at_position(std::string_view text, std::size_t at, bool after_so) {
  if (at >= text.size()) return std::nullopt;
  if (!is_digit(text[at])) {
    if (!after_so) return std::nullopt;
    const std::size_t slash = skip_filler(text, at);
    if (slash < text.size() && is_digit(text[slash])) {
      return slash == at ? std::nullopt : number_at_position(text, slash, true);
    }
    if (slash >= text.size() || text[slash] != '/') return std::nullopt;
    return from_slash(text, slash, {}, slash, true, false);
  }
  if (!number_may_start(text, at)) return std::nullopt;

  std::size_t next = at;
  while (next < text.size() && is_digit(text[next])) ++next;
  if (next - at > 6) return std::nullopt;
  bool dotted = false;
  if (next + 1 < text.size() && text[next] == '.' && is_digit(text[next + 1])) {  // 66.16/2026/NQ-CP
    std::size_t after = next + 1;
    while (after < text.size() && is_digit(text[after])) ++after;
    if (after - next > 4 || (after < text.size() && text[after] == '.')) return std::nullopt;
    next = after;
    dotted = true;
  } else if (next + 1 < text.size()) {  // 3176b/QĐ-SYT, 473A/QĐ-BCT
    const char c = text[next];
    if (((c >= 'a' && c <= 'h') || (c >= 'A' && c <= 'E')) &&
        (text[next + 1] == '/' || text[next + 1] == '-'))
      ++next;
  }
  const std::string_view ordinal = text.substr(at, next - at);
  std::size_t sign = skip_space(text, next);
  if (sign >= text.size()) return std::nullopt;
  const bool spaced = sign != next;
  if (standard_before(text, at)) return std::nullopt;

  if (text[sign] == '/') {
    if (spaced && sign > next + 12) return std::nullopt;
    auto match = from_slash(text, at, ordinal, sign, after_so, dotted);
    // "420.323 /1.196 TTHC" never gets here; "25 /HS-SV" needs a type's abbreviation or the word số.
    if (match && spaced && !after_so &&
        !one_of(kTypes, match->number.symbol.substr(0, match->number.symbol.find('-'))))
      return std::nullopt;
    return match;
  }
  if (dotted) return std::nullopt;
  if (text[sign] == '-' && !spaced) {  // 19-NQ/TW, 57-LCT/HĐNN8; with "số" before it 05-CP, 382-BYT-NĐ
    std::size_t group = sign + 1;
    if (space_at(text, group) != 0) {
      if (!after_so) return std::nullopt;
      group = skip_space(text, group);
    }
    const auto symbol = symbol_at(text, group);
    if (!symbol || symbol->letters < 2) return std::nullopt;
    if (!after_so && !(symbol->slash && one_of(kTypes, symbol->first))) return std::nullopt;
    return finish(text, at, {ordinal, {}}, '-', *symbol);
  }
  if (after_so && spaced && sign <= next + 2) {  // 64 TC/TCT, 1830 QĐ-UBND
    const auto symbol = symbol_at(text, sign);
    if (!symbol || symbol->tokens < 2 || symbol->letters < 4) return std::nullopt;
    if (!symbol->slash && !(symbol->hyphen && one_of(kTypes, symbol->first))) return std::nullopt;
    return finish(text, at, {ordinal, {}}, ' ', *symbol);
  }
  return std::nullopt;
}

std::optional<DocumentNumber> parse_document_number(std::string_view text) {
  std::size_t at = skip_space(text, 0);
  for (const std::string_view words : {"luật số", "pháp lệnh số", "bộ luật số", "số hiệu", "số"}) {
    if (const std::size_t length = match_words(text, at, words)) {
      at = skip_space(text, at + length);
      if (at < text.size() && text[at] == ':') at = skip_space(text, at + 1);
      break;
    }
  }
  auto match = number_at_position(text, at, true);
  if (!match) {  // "64TC/TCT": the space was taken out
    std::size_t digits = at;
    while (digits < text.size() && digits - at < 6 && is_digit(text[digits])) ++digits;
    if (digits == at || digits >= text.size()) return std::nullopt;
    const auto symbol = symbol_at(text, digits);
    if (!symbol || symbol->tokens < 2 || symbol->letters < 4) return std::nullopt;
    match = finish(text, at, {text.substr(at, digits - at), {}}, ' ', *symbol);
    if (!match) return std::nullopt;
  }
  std::size_t end = skip_space(text, match->where.end);
  while (end < text.size() && (text[end] == '.' || text[end] == ';' || text[end] == ','))
    end = skip_space(text, end + 1);
  if (end != text.size()) return std::nullopt;
  return match->number;
}

}  // namespace vanban
