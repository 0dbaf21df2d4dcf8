#include "parse/labels.h"

#include <algorithm>
#include <array>

#include "parse/lines.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

constexpr std::size_t kReach = 400;  // bytes of a paragraph that tell whether a label opens it
constexpr std::u32string_view kLetters = U"abcdđefghijklmnopqrstuvwxyz";

// Reads digits at `at`: up to three, else none.
int read_number(std::string_view text, std::size_t& at) {
  std::size_t end = at;
  int value = 0;
  while (end < text.size() && is_digit(text[end]) && end - at < 4) value = value * 10 + (text[end++] - '0');
  if (end == at || end - at > 3) return 0;
  at = end;
  return value;
}

void skip_blanks(std::string_view text, std::size_t& at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
}

// Fills end and strong. What follows a label is a capital, a quotation, a bracket or nothing; digits and
// small letters are weak: a sequence must confirm them ("2. triển khai", but not "01. 2024").
void finish(Label& label, std::string_view text, std::size_t at) {
  skip_blanks(text, at);
  label.end = at;
  if (at >= text.size()) {
    label.strong = true;
    return;
  }
  std::size_t next = at;
  const char32_t c = decode_utf8(text, next);
  label.strong = c == '(' || c == '[' || c == '"' || c == 0x201C || c == 0x2018 || c == '*' ||
                 starts_upper(text.substr(at, next - at));
}

std::size_t word_length(std::string_view text, std::string_view word) {
  // `word` in lower case; compares the first bytes of `text` in lower case. Capitals and small letters of
  // Vietnamese have the same number of bytes.
  if (text.size() < word.size()) return 0;
  return to_lower(text.substr(0, word.size())) == word ? word.size() : 0;
}

int number_word(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kWords = {"nhất", "hai", "ba",  "tư",   "năm",
                                                              "sáu",  "bảy", "tám", "chín", "mười"};
  const std::string low = to_lower(word);
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (low == kWords[i]) return static_cast<int>(i) + 1;
  }
  return low == "bẩy" ? 7 : 0;
}

// "Chương II", "Mục 1.", "PHẦN THỨ NHẤT", "Điều 5a." Behind the number stands the end of the line, a sign, or
// (all but Điều) a heading in capitals: "Mục 2 Nghị quyết này" and "Điều 5 quy định" are sentences.
Label read_word_label(std::string_view text) {
  struct Word {
    std::string_view word;
    LabelStyle style;
  };
  static constexpr std::array<Word, 5> kWords = {{{"điều", LabelStyle::kArticle},
                                                  {"chương", LabelStyle::kChapter},
                                                  {"tiểu mục", LabelStyle::kSubMuc},
                                                  {"mục", LabelStyle::kMuc},
                                                  {"phần", LabelStyle::kPart}}};
  Label label;
  for (const auto& [word, style] : kWords) {
    std::size_t at = word_length(text, word);
    if (at == 0 || !starts_upper(text) || at >= text.size() || (text[at] != ' ' && text[at] != '\n'))
      continue;
    skip_blanks(text, at);
    const std::size_t from = at;
    std::size_t ordinal_word = word_length(text.substr(at), "thứ ");
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ' && text[end] != '\n' && text[end] != '.' &&
           text[end] != ':' && end - from < 24) {
      ++end;
    }
    if (ordinal_word != 0 && style != LabelStyle::kArticle) {
      std::size_t word_end = from + ordinal_word;
      while (word_end < text.size() && text[word_end] != ' ' && text[word_end] != '\n' &&
             text[word_end] != '.' && text[word_end] != ':' && word_end - from < 32) {
        ++word_end;
      }
      label.ordinal = number_word(text.substr(from + ordinal_word, word_end - from - ordinal_word));
      end = word_end;
    } else {
      std::size_t digits = at;
      const int number = read_number(text, digits);
      if (number != 0) {
        label.ordinal = number;
        end = digits;  // and a letter: "5a", "12đ"
        std::size_t next = end;
        if (next < text.size()) {
          const char32_t letter = decode_utf8(text, next);
          if (letter_index(letter) != 0) end = next;
        }
      } else {
        label.ordinal = style == LabelStyle::kArticle ? 0 : roman_value(text.substr(from, end - from));
        if (label.ordinal == 0 && style == LabelStyle::kPart && end - from == 1 && text[from] >= 'A' &&
            text[from] <= 'Z') {
          label.ordinal = text[from] - 'A' + 1;
        }
      }
    }
    if (label.ordinal == 0) return {};
    label.text = std::string(text.substr(from, end - from));
    at = end;
    bool sign = false;
    while (at < text.size() && (text[at] == '.' || text[at] == ':' || text[at] == ' ' || text[at] == '\n' ||
                                (text[at] == '-' && at + 1 < text.size() && text[at + 1] == ' '))) {
      sign = sign || text[at] == '.' || text[at] == ':' || text[at] == '-';
      ++at;
    }
    const std::string_view rest = text.substr(at);
    label.style = style;
    finish(label, text, at);
    label.strong = rest.empty() || sign || (style != LabelStyle::kArticle && upper_case(rest));
    // "Điều 5 Chính sách của Nhà nước" without its full stop: where the sequence asks for it, and it looks
    // like a heading.
    if (!label.strong && (style != LabelStyle::kArticle || ends_sentence(text) ||
                          !starts_upper(rest.substr(0, 4)) || text.size() >= kReach)) {
      return {};
    }
    return label;
  }
  return {};
}

Label read_sign(std::string_view text) {
  Label label;
  std::size_t at = 0;
  const char32_t c = decode_utf8(text, at);
  if (c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2010 || c == 0x2011 || c == 0x2212) {
    label.style = LabelStyle::kDash;
    label.text = "-";
  } else if (c == '+') {
    label.style = LabelStyle::kPlus;
    label.text = "+";
  } else if (c == '*') {
    label.style = LabelStyle::kStar;
    label.text = "*";
  } else if (c == 0x2022 || c == 0xB7 || c == 0x25CF || c == 0x25AA || c == 0x25A0 || c == 0x25CB ||
             c == 0xF0B7 || c == 0x27A2 || c == 0x2756 || c == 0xF0A7 || c == 0xF02D || c == 0xFFFD) {
    label.style = LabelStyle::kBullet;
    label.text = std::string(text.substr(0, at));
  } else {
    return {};
  }
  // "-5%", "--", "***": not a bullet but a number, a rule, a remark.
  if (at >= text.size() || is_digit(text[at]) || text[at] == text[0] || text[at] == ')') return {};
  finish(label, text, at);
  if (label.end >= text.size()) return {};
  return label;
}

// "(1)", "(a)", "(iv)".
Label read_brackets(std::string_view text) {
  const std::size_t close = text.find(')');
  if (close == std::string_view::npos || close < 2 || close > 6) return {};
  const std::string_view inside = text.substr(1, close - 1);
  Label label;
  std::size_t at = 0;
  if (const int number = read_number(inside, at); number != 0 && at == inside.size()) {
    label.style = LabelStyle::kNumberBrackets;
    label.ordinal = number;
  } else {
    at = 0;
    const char32_t letter = decode_utf8(inside, at);
    const int roman = inside == to_lower(inside) ? roman_value(inside) : 0;
    const int index = at == inside.size() ? letter_index(letter) : 0;
    if (roman != 0) {
      label.style = LabelStyle::kSmallRoman;
      label.ordinal = roman;
      if (index != 0) {
        label.other = LabelStyle::kLetterBrackets;
        label.other_ordinal = index;
      }
    } else if (index != 0) {
      label.style = LabelStyle::kLetterBrackets;
      label.ordinal = index;
    } else {
      return {};
    }
  }
  label.text = std::string(text.substr(0, close + 1));
  finish(label, text, close + 1);
  if (label.end >= text.size()) return {};
  return label;
}

// "1." "1)" "1/" "1-" "1.1." "1.1"; three components of a date ("10.01.2024") and thousands ("1.889") are
// none.
Label read_numeric(std::string_view text) {
  Label label;
  std::size_t at = 0;
  int components = 0, last = 0, before = 0;
  std::size_t end = 0;
  while (at < text.size() && is_digit(text[at])) {
    const std::size_t from = at;
    const int value = read_number(text, at);
    if (value == 0 || (components > 0 && at - from > 2)) return {};
    before = last;
    last = value;
    ++components;
    end = at;
    if (at < text.size() && text[at] == '.') {
      if (at + 1 < text.size() && is_digit(text[at + 1])) {
        ++at;
        continue;
      }
    }
    break;
  }
  if (components == 0 || components > 5 || at >= text.size()) return {};
  const char sign = text[at];
  label.ordinal = last;
  label.text = std::string(text.substr(0, end));
  if (components == 1) {
    if (sign == '.') {
      label.style = LabelStyle::kNumber;
    } else if (sign == ')') {
      label.style = LabelStyle::kNumberParen;
    } else if ((sign == '/' || sign == '-') && at + 1 < text.size() &&
               (text[at + 1] == ' ' || starts_upper(text.substr(at + 1, 4)))) {
      label.style = LabelStyle::kNumber;
      if (sign == '-' && at + 2 < text.size() && is_digit(text[at + 2])) return {};  // "5 - 10", "1- 2"
    } else {
      return {};
    }
    ++at;
    // "1.Nội dung" is written too; "1.a" is not a label of this kind.
    if (at < text.size() && text[at] != ' ' && text[at] != '\n' && !starts_upper(text.substr(at, 4))) {
      if (text[at] != '"' && text[at] != '(' && static_cast<unsigned char>(text[at]) < 0x80) return {};
    }
    finish(label, text, at);
    if (label.end >= text.size() && label.style != LabelStyle::kNumber) return {};
    // "2. 5 triệu đồng" and dates: a number that is followed by a digit needs its sequence.
    return label;
  }
  label.style = LabelStyle::kDecimal;
  label.depth = components;
  label.parent = before;
  if (sign == '.' || sign == ')' || sign == '-' || sign == '/') {
    ++at;
  } else if (sign != ' ') {
    return {};
  }
  finish(label, text, at);
  // Without a sign behind it ("1.2 Nội dung") it takes a capital; "1.5 triệu", "2.1%" are amounts.
  if (sign == ' ' && !label.strong) return {};
  if (label.end >= text.size()) return {};
  return label;
}

// "a)" "đ." "a/" "d1)" "ii)"
Label read_small_letter(std::string_view text) {
  std::size_t at = 0;
  const char32_t letter = decode_utf8(text, at);
  const int index = letter_index(letter);
  if (index == 0 && letter != 'f') return {};
  Label label;
  std::size_t end = at;
  while (end < text.size() && (is_digit(text[end]) || (text[end] >= 'a' && text[end] <= 'z')) && end < 5)
    ++end;
  if (end >= text.size()) return {};
  const std::string_view body = text.substr(0, end);
  if (body.size() == at) {
    label.style = LabelStyle::kLetter;
    label.ordinal = index;
    if (const int roman = roman_value(body); roman != 0) {
      label.other = LabelStyle::kSmallRoman;
      label.other_ordinal = roman;
    }
  } else if (std::all_of(body.begin() + static_cast<std::ptrdiff_t>(at), body.end(), is_digit)) {
    label.style = LabelStyle::kLetter;  // a point put between d and đ: "d1)"
    label.ordinal = index;
    label.depth = 2;
  } else if (const int roman = roman_value(body); roman != 0) {
    label.style = LabelStyle::kSmallRoman;
    label.ordinal = roman;
  } else {
    return {};
  }
  const char sign = text[end];
  const bool spaced = end + 1 >= text.size() || text[end + 1] == ' ';
  if (sign != ')' && !((sign == '.' || sign == '/' || sign == '-') && spaced)) return {};
  label.text = std::string(body);
  finish(label, text, end + 1);
  if (label.end >= text.size()) return {};
  // "a. " and "a- " are weaker than "a)": only where a unit begins.
  if (sign != ')' && !label.strong) return {};
  if (sign == ')') label.strong = true;
  return label;
}

// "I." "IV-" "A." "II/"
Label read_capital(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] >= 'A' && text[end] <= 'Z' && end < 8) ++end;
  if (end == 0 && text.substr(0, 2) == "Đ") end = 2;
  if (end == 0 || end >= text.size()) return {};
  const std::string_view body = text.substr(0, end);
  Label label;
  const int roman = roman_value(body);
  int index = 0;
  if (body == "Đ") {
    index = letter_index(U'đ');
  } else if (body.size() == 1) {
    index = letter_index(static_cast<char32_t>(body[0] - 'A' + 'a'));
  }
  if (roman != 0 && (body.size() > 1 || body == "I" || body == "V" || body == "X")) {
    label.style = LabelStyle::kRoman;
    label.ordinal = roman;
    if (index != 0) {
      label.other = LabelStyle::kCapital;
      label.other_ordinal = index;
    }
  } else if (index != 0) {
    label.style = LabelStyle::kCapital;
    label.ordinal = index;
  } else {
    return {};
  }
  std::size_t at = end;
  if (text[at] == ' ' && at + 2 < text.size() && (text[at + 1] == '-' || text[at + 1] == '.') &&
      text[at + 2] == ' ')
    ++at;
  const char sign = text[at];
  if (sign != '.' && sign != '-' && sign != '/' && sign != ')') {
    // "II Nâng cao chất lượng": in tables only.
    return {};
  }
  if (sign == '-' && at == end && at + 1 < text.size() && text[at + 1] != ' ' &&
      label.style == LabelStyle::kCapital)
    return {};
  label.text = std::string(body);
  finish(label, text, at + 1);
  if (!label.strong) return {};
  // "V.I. Lê-nin", "A.B.": initials.
  if (at + 2 < text.size() && text[at + 2] == '.') return {};
  return label;
}

}  // namespace

int letter_index(char32_t letter) {
  const std::size_t at = kLetters.find(letter);
  return at == std::u32string_view::npos ? 0 : static_cast<int>(at) + 1;
}

Label misread_roman(std::string_view text) {
  struct Reading {
    std::string_view read;
    std::string_view meant;
  };
  static constexpr Reading kReadings[] = {
      {"L", "I"},      {"l", "I"},      {"1", "I"},    {"|", "I"},    {"H", "II"},    {"11", "II"},
      {"Il", "II"},    {"lI", "II"},    {"ll", "II"},  {"IL", "II"},  {"II1", "III"}, {"HI", "III"},
      {"IH", "III"},   {"IIL", "III"},  {"HL", "III"}, {"Hl", "III"}, {"lII", "III"}, {"IIl", "III"},
      {"III1", "III"}, {"1V", "IV"},    {"lV", "IV"},  {"LV", "IV"},  {"IY", "IV"},   {"Y", "V"},
      {"VỊ", "VI"},    {"V1", "VI"},    {"Vl", "VI"},  {"VL", "VI"},  {"VH", "VII"},  {"VIL", "VII"},
      {"VHI", "VIII"}, {"VIH", "VIII"}, {"1X", "IX"},  {"LX", "IX"}};
  const std::size_t dot = text.substr(0, 8).find_first_of("./");
  if (dot == std::string_view::npos || dot == 0) return {};
  const std::string_view rest = text.substr(dot + 1);
  if (rest.empty() || rest.front() != ' ' || !upper_case(rest) || word_count(rest) < 2) return {};
  for (const Reading& one : kReadings) {
    if (text.substr(0, dot) != one.read) continue;
    Label label;
    label.style = LabelStyle::kRoman;
    label.ordinal = roman_value(one.meant);
    label.text = std::string(one.meant);
    label.end = dot + 1;
    while (label.end < text.size() && text[label.end] == ' ') ++label.end;
    return label;
  }
  return {};
}

int roman_value(std::string_view text) {
  if (text.empty() || text.size() > 8) return 0;
  int total = 0, last = 1000, run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int value = 0;
    switch (text[i] | 0x20) {
      case 'i':
        value = 1;
        break;
      case 'v':
        value = 5;
        break;
      case 'x':
        value = 10;
        break;
      case 'l':
        value = 50;
        break;
      case 'c':
        value = 100;
        break;
      default:
        return 0;
    }
    if (value > last) {
      // IV, IX, XL, XC: one smaller before a larger, no other subtraction.
      if (run != 1 || (value != last * 5 && value != last * 10)) return 0;
      total += value - 2 * last;
      run = 1;
    } else {
      run = value == last ? run + 1 : 1;
      if (run > 3 || (run > 1 && (value == 5 || value == 50))) return 0;
      total += value;
    }
    last = value;
  }
  return total > 89 ? 0 : total;
}

bool follows(const Label& label, int last_ordinal, int ordinal) {
  if (label.style == LabelStyle::kLetter && label.depth == 2 && ordinal == last_ordinal) return true;
  if (ordinal == last_ordinal + 1) return true;
  const bool letters = label.style == LabelStyle::kLetter || label.style == LabelStyle::kLetterBrackets ||
                       label.style == LabelStyle::kCapital || label.other == LabelStyle::kLetter ||
                       label.other == LabelStyle::kCapital || label.other == LabelStyle::kLetterBrackets;
  if (!letters || ordinal <= last_ordinal) return false;
  for (int i = last_ordinal + 1; i < ordinal; ++i) {
    const char32_t between = kLetters[static_cast<std::size_t>(i - 1)];
    if (between != U'đ' && between != U'f' && between != U'j' && between != U'w' && between != U'z')
      return false;
  }
  return true;
}

SectionKind kind_of(LabelStyle style) {
  switch (style) {
    case LabelStyle::kPart:
    case LabelStyle::kCapital:
      return SectionKind::kPart;
    case LabelStyle::kChapter:
      return SectionKind::kChapter;
    case LabelStyle::kMuc:
    case LabelStyle::kSubMuc:
    case LabelStyle::kRoman:
      return SectionKind::kSection;
    case LabelStyle::kArticle:
      return SectionKind::kArticle;
    case LabelStyle::kNumber:
    case LabelStyle::kDecimal:
    case LabelStyle::kNumberParen:
    case LabelStyle::kNumberBrackets:
      return SectionKind::kClause;
    case LabelStyle::kLetter:
    case LabelStyle::kLetterBrackets:
      return SectionKind::kPoint;
    case LabelStyle::kSmallRoman:
      return SectionKind::kRomanInline;
    case LabelStyle::kStar:
    case LabelStyle::kDash:
    case LabelStyle::kPlus:
    case LabelStyle::kBullet:
      return SectionKind::kDash;
    case LabelStyle::kNone:
      break;
  }
  return SectionKind::kParagraph;
}

Label read_label(std::string_view paragraph) {
  if (paragraph.size() < 2) return {};
  const std::string_view head = paragraph.substr(0, kReach);
  const char first = head[0];
  Label label;
  if (is_digit(first)) {
    label = read_numeric(head);
  } else if (first == '(') {
    label = read_brackets(head);
  } else {
    label = read_sign(head);
    if (label.style == LabelStyle::kNone && starts_upper(head.substr(0, 4))) {
      label = read_word_label(head);
      if (label.style == LabelStyle::kNone) label = read_capital(head);
    } else if (label.style == LabelStyle::kNone) {
      label = read_small_letter(head);
    }
  }
  return label;
}

}  // namespace vanban::parse
