// Lines to paragraphs: by where lines begin and end between their column's margins, by style, by labels, by
// spacing.

#include <algorithm>
#include <cmath>
#include <map>

#include "layout/pages.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::pages {
namespace {

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

// "1. ", "1.2. ", "1.2 ", "10) "
bool number_label(std::string_view text) {
  std::size_t at = 0;
  int groups = 0;
  while (at < text.size() && is_digit(text[at])) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - at > (groups == 0 ? 3 : 2)) return false;  // "659.098.587" is a figure
    ++groups;
    at = end;
    if (at < text.size() && (text[at] == '.' || text[at] == ')')) {
      ++at;
      if (at == text.size() || text[at] == ' ') return true;
      continue;
    }
    break;
  }
  return groups >= 2 && at < text.size() && text[at] == ' ';
}

bool roman_label(std::string_view text) {
  const std::size_t length = std::min(text.find_first_not_of("IVXLC"), text.size());
  return length > 0 && length < 7 && length < text.size() && (text[length] == '.' || text[length] == ')') &&
         (length + 1 == text.size() || text[length + 1] == ' ');
}

// "a) ", "đ) ", "a. ", "(i) ", "(1) ", "A. "
bool letter_label(std::string_view text) {
  if (starts_with(text, "(")) {
    const std::size_t close = text.find(')');
    return close != std::string_view::npos && close >= 2 && close <= 5 && close + 1 < text.size() &&
           text[close + 1] == ' ' &&
           text.substr(1, close - 1).find_first_not_of("ivx0123456789abcdeghk") == std::string_view::npos;
  }
  std::size_t at = 0;
  if (text.empty()) return false;
  const char32_t letter = decode_utf8(text, at);
  const bool one = (letter >= 'a' && letter <= 'z') || letter == U'đ' || (letter >= 'A' && letter <= 'H');
  if (!one || at >= text.size()) return false;
  if (text[at] == ')') return at + 1 == text.size() || text[at + 1] == ' ';
  return text[at] == '.' && at + 1 < text.size() && text[at + 1] == ' ';
}

bool word_label(std::string_view text) {
  for (std::string_view word :
       {"Điều ", "Chương ", "CHƯƠNG ", "Mục ", "MỤC ", "Phần ", "PHẦN ", "Phụ lục ", "PHỤ LỤC "}) {
    if (!starts_with(text, word)) continue;
    const std::string_view rest = text.substr(word.size());
    std::size_t length = 0;
    while (length < rest.size() && rest[length] != ' ' && rest[length] != '.' && rest[length] != ':')
      ++length;
    const std::string_view number = rest.substr(0, length);
    const bool counts =
        !number.empty() && (number.find_first_not_of("0123456789abcd") == std::string_view::npos ||
                            number.find_first_not_of("IVXLC") == std::string_view::npos);
    // "Điều 5 của Luật" in running text is no heading: a heading has a full stop, or nothing, behind its
    // number.
    return counts && (length == rest.size() || rest[length] == '.' || rest[length] == ':');
  }
  for (std::string_view start :
       {"(Kèm theo ", "(kèm theo ", "(Ban hành kèm ", "(ban hành kèm ", "(Đính kèm "}) {
    if (starts_with(text, start)) return true;
  }
  // A dispatch's closing formula, often without the other paragraphs' indent.
  if (starts_with(text, "Trân trọng ")) return true;
  return starts_with(text, "Căn cứ ") || starts_with(text, "Kính gửi") || starts_with(text, "Nơi nhận");
}

bool lower_start(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    const char32_t c = decode_utf8(text, at);
    if (c == '(' || c == '"' || c == U'\u201C') continue;
    const std::string one(text.substr(begin, at - begin));
    return to_upper(one) != one;
  }
  return false;
}

bool terminal(std::string_view text) {
  while (!text.empty() && (text.back() == '"' || text.back() == ' ' || text.back() == ')'))
    text.remove_suffix(1);
  if (text.size() >= 3 && text.substr(text.size() - 3) == "\u201D") text.remove_suffix(3);
  return !text.empty() && (text.back() == '.' || text.back() == ';' || text.back() == ':' ||
                           text.back() == '!' || text.back() == '?');
}

// "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
bool is_motto(std::string_view text) {
  if (text.size() > 60 || text.empty()) return false;
  const std::string key = fold(text);
  return starts_with(key, "cong hoa xa hoi chu nghia") || starts_with(key, "doc lap - tu do") ||
         starts_with(key, "dang cong san viet nam");
}

// Lines of a head that stand for themselves, whatever is centred below them.
bool stands_alone(std::string_view text) {
  if (is_type_line(text)) return true;
  const std::string key = fold(text);
  static constexpr std::string_view kWhole[] = {"thu tuong chinh phu",
                                                "chinh phu",
                                                "quoc hoi",
                                                "cong hoa xa hoi chu nghia viet nam",
                                                "doc lap - tu do - hanh phuc",
                                                "dang cong san viet nam"};
  std::string_view bare = key;
  while (!bare.empty() && (bare.back() == ':' || bare.back() == '.' || bare.back() == ' '))
    bare.remove_suffix(1);
  if (std::find(std::begin(kWhole), std::end(kWhole), bare) != std::end(kWhole)) return true;
  for (std::string_view start : {"phu luc ", "chuong ", "muc ", "phan ", "mau so ", "bieu so "}) {
    if (starts_with(bare, start) && bare.size() < start.size() + 8) return true;
  }
  if (starts_with(text, "Số:") || starts_with(text, "Số :") || is_place_and_date(text)) return true;
  for (std::string_view start :
       {"tm. ", "tm ", "kt. ", "kt.", "tl. ", "tuq. ", "tm.", "t/m ", "k/t ", "t/l "}) {
    if (starts_with(bare, start)) return true;
  }
  return false;
}

// A line that begins with what issuing bodies begin with ("SỞ Y TẾ" below "UBND TỈNH KIÊN GIANG").
bool starts_body_name(std::string_view text) {
  const std::string key = fold(text);
  for (std::string_view start :
       {"so ", "cuc ", "vu ", "tong cuc ", "van phong ", "uy ban ", "ban ", "chi cuc ", "phong ", "truong ",
        "vien ", "trung tam ", "hoi dong ", "benh vien ", "bo ", "ubnd ", "hdnd "}) {
    if (starts_with(key, start)) return true;
  }
  return false;
}

bool upper_text(std::string_view text) { return is_upper_case(text); }

// "SỞ Y TẾ" below "UBND TỈNH KIÊN GIANG", wherever it stands in its column; not "HỘI ĐỒNG NHÂN DÂN" below
// "ĐOÀN ĐẠI BIỂU QUỐC HỘI VÀ".
bool is_next_body(std::string_view before, std::string_view text) {
  if (!upper_text(text) || !upper_text(before) || !starts_body_name(text)) return false;
  const std::string key = fold(before);
  return !(key.ends_with(" va") || key.ends_with(" cua") || key.ends_with(",") || key.ends_with("-"));
}

// Capitals but for what OCR made of a pen's strokes.
bool mostly_capitals(std::string_view text) {
  std::size_t capitals = 0, small = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    decode_utf8(text, at);
    const std::string one(text.substr(begin, at - begin));
    if (to_upper(one) != one) ++small;
    if (to_lower(one) != one) ++capitals;
  }
  return capitals >= 4 && capitals > 2 * small;
}

struct Margins {
  double left, right;
};

bool centred(const Line& line, const Margins& at, int column, bool label) {
  const double before = line.box.x0 - at.left, after = at.right - line.box.x1;
  const double width = at.right - at.left;
  if (column != 0) return !label && std::abs(before - after) < 0.12 * width + 2;
  return before > 0.09 * width && after > 0.05 * width &&
         std::abs(before - after) < 0.05 * width + 0.04 * (before + after);
}

// Which lines are centred. A title's longest line may fill its column: it is centred with its shorter
// neighbours.
std::vector<bool> centred_lines(const std::vector<Line>& lines, const std::vector<std::string>& texts,
                                const Margins& at, int column) {
  std::vector<bool> found(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i)
    found[i] = centred(lines[i], at, column, starts_with_label(texts[i]));
  if (column != 0) return found;
  const auto spread = [&](std::size_t from, std::size_t to) {
    const Line &line = lines[to], &beside = lines[from];
    const double before = line.box.x0 - at.left, after = at.right - line.box.x1;
    if (found[to] || !found[from] || starts_with_label(texts[to])) return;
    const bool styled = line.bold || line.italic || is_upper_case(texts[to]);
    const bool same = line.bold == beside.bold && line.italic == beside.italic &&
                      std::abs(line.size - beside.size) < 1 &&
                      is_upper_case(texts[to]) == is_upper_case(texts[from]);
    const bool inside = before > 3 && after > 3;  // a justified line touches both margins
    found[to] = (inside || (styled && same)) &&
                std::abs(before - after) < (same && styled ? 0.05 : 0.02) * (at.right - at.left) &&
                std::abs(line.box.centre_y() - beside.box.centre_y()) < 2.2 * line.size;
  };
  for (std::size_t i = 1; i < lines.size(); ++i) spread(i - 1, i);
  for (std::size_t i = lines.size(); i-- > 1;) spread(i, i - 1);
  return found;
}

double first_word_width(const Page& page, const Line& line) {
  if (line.words.empty()) return 0;
  double end = page.words[line.words.front()].box.x1;
  for (std::size_t i = 1; i < line.words.size(); ++i) {
    const Word& before = page.words[line.words[i - 1]];
    const Word& word = page.words[line.words[i]];
    if (space_between(before, word)) break;
    end = word.box.x1;
  }
  return end - line.box.x0;
}

bool full(const Line& line, double next_word, double right) {
  return right - line.box.x1 < next_word + 0.6 * line.size;
}

bool similar_size(const Line& a, const Line& b, bool ocr) {
  const double tolerance = ocr ? 0.35 : 0.13;
  return std::abs(a.size - b.size) <= tolerance * std::max(a.size, b.size);
}

constexpr std::string_view kTypes[] = {"nghi quyet",
                                       "quyet dinh",
                                       "chi thi",
                                       "nghi dinh",
                                       "thong tu",
                                       "thong tu lien tich",
                                       "luat",
                                       "phap lenh",
                                       "ke hoach",
                                       "chuong trinh",
                                       "bao cao",
                                       "to trinh",
                                       "thong bao",
                                       "huong dan",
                                       "quy che",
                                       "quy dinh",
                                       "ket luan",
                                       "cong dien",
                                       "giay moi",
                                       "bien ban",
                                       "phuong an",
                                       "de an",
                                       "du an",
                                       "quyet nghi",
                                       "chuong trinh hanh dong",
                                       "ke hoach hanh dong",
                                       "phu luc",
                                       "dieu le",
                                       "danh muc",
                                       "van ban hop nhat",
                                       "thong cao",
                                       "hop dong",
                                       "giay uy quyen",
                                       "giay gioi thieu"};

}  // namespace

bool is_type_line(std::string_view text) {
  if (!is_upper_case(text)) return false;
  const std::string key = fold(text);
  std::string_view bare = key;
  while (!bare.empty() && (bare.back() == ':' || bare.back() == '.' || bare.back() == ' '))
    bare.remove_suffix(1);
  return std::find(std::begin(kTypes), std::end(kTypes), bare) != std::end(kTypes);
}

bool is_place_and_date(std::string_view text) {
  const std::string key = fold(text);
  const std::size_t day = key.find("ngay");
  if (text.size() > 90 || day == std::string::npos) return false;
  const std::size_t month = key.find("thang", day);
  return month != std::string::npos &&
         (key.find("nam", month) != std::string::npos || key.find("20", month) != std::string::npos) &&
         key.find(',') < day;
}

bool starts_with_label(std::string_view text) {
  for (std::string_view bullet : {"-", "\u2013", "+", "*", "\u2022", "\u25CF", "\uF02D", "\uF0B7"}) {
    if (!starts_with(text, bullet)) continue;
    const std::string_view rest = text.substr(bullet.size());
    return rest.empty() || rest.front() == ' ' || !is_digit(rest.front());
  }
  return number_label(text) || roman_label(text) || letter_label(text) || word_label(text);
}

bool continues_sentence(std::string_view before, std::string_view after) {
  return !terminal(before) && lower_start(after);
}

std::vector<Paragraph> make_paragraphs(const std::vector<Page>& pages, std::size_t index,
                                       const std::vector<Line>& lines, double left, double right,
                                       int column) {
  const Page& page = pages[index];
  const Margins at{left, right};
  std::vector<double> pitches;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const double pitch = lines[i].box.centre_y() - lines[i - 1].box.centre_y();
    if (pitch > 0.5 * lines[i].size && pitch < 3 * lines[i].size) pitches.push_back(pitch);
  }
  std::sort(pitches.begin(), pitches.end());
  const double usual = pitches.empty() ? 0 : pitches[pitches.size() / 2];

  std::vector<std::string> texts;
  for (const Line& line : lines) texts.push_back(line_text(page, line));
  const std::vector<bool> centres = centred_lines(lines, texts, at, column);

  std::vector<Paragraph> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const std::string& text = texts[i];
    const std::string_view before_text = i > 0 ? std::string_view(texts[i - 1]) : std::string_view();
    const bool now_centred = centres[i], before_centred = i > 0 && centres[i - 1];
    bool join = false;
    if (!out.empty()) {
      const Line& before = lines[i - 1];
      const Paragraph& open = out.back();
      const double pitch = line.box.centre_y() - before.box.centre_y();
      const double step = pitch / std::max(1.0, std::max(line.size, before.size));
      const double next_word = first_word_width(page, line);
      const bool is_full = full(before, next_word, right);
      const double indent = line.box.x0 - left;
      const bool label = starts_with_label(text);
      const bool ended = terminal(before_text);
      const bool same_style = line.bold == before.bold && (line.italic == before.italic || page.ocr);
      if (!similar_size(line, before, page.ocr) || step > 3 || pitch < 0 ||
          (usual > 0 && pitch > 1.7 * usual)) {
        join = false;
      } else if (is_motto(text) || is_motto(before_text) || is_type_line(text) || is_type_line(before_text)) {
        join = false;
      } else if (column == 1 && !line.bold && is_next_body(before_text, text)) {
        join = false;
      } else if (before_centred && now_centred && (label || !(is_full && column == 0 && !line.bold))) {
        join = same_style && upper_text(text) == upper_text(before_text) && !label &&
               !stands_alone(before_text) && !stands_alone(text) && !ended &&
               !(column == 1 && !line.bold && starts_body_name(text)) && !(column == 2 && upper_text(text));
        if (column == 1 &&
            (starts_with(before_text, "V/v") ||
             starts_with(open.lines.empty() ? "" : line_text(page, open.lines.front().line), "V/v"))) {
          join = !label;
        }
      } else if (now_centred && !before_centred) {
        join = is_full && continues_sentence(before_text, text) && column == 0;
      } else if (before_centred && !is_full) {
        join = continues_sentence(before_text, text) && same_style && indent < 2 * line.size;
      } else if (label && (!is_full || ended || indent > 0.8 * line.size)) {
        join = false;
      } else if (!is_full) {
        join = continues_sentence(before_text, text) && indent < 2.5 * line.size && !label && column == 0 &&
               same_style;
      } else if (usual > 0 && ended && pitch > 1.25 * usual) {
        join = false;
      } else if (indent > 0.8 * line.size) {
        const double first = open.lines.front().line.box.x0;
        const bool hanging = line.box.x0 > first + 0.3 * line.size || open.lines.size() > 1;
        join = lower_start(text) ? !ended || hanging : hanging && !ended && same_style;
        if (open.lines.size() > 1 && std::abs(line.box.x0 - before.box.x0) < 0.4 * line.size) join = true;
      } else {
        join = !(before.bold && !line.bold && ended);
      }
      // In a scan's signature every title is a line of its own, however close a stamp stands below the print.
      if (page.ocr && column == 2 && (mostly_capitals(text) || mostly_capitals(before_text))) join = false;
    }
    if (!join) {
      Paragraph paragraph;
      paragraph.column = column;
      paragraph.indent = std::max(0.0, line.box.x0 - left);
      paragraph.size = line.size;
      paragraph.bold = line.bold;
      paragraph.italic = line.italic;
      paragraph.alignment = now_centred ? Alignment::kCentre
                            : right - line.box.x1 < 4 && paragraph.indent > 0.4 * (right - left)
                                ? Alignment::kRight
                                : Alignment::kLeft;
      out.push_back(std::move(paragraph));
    } else {
      Paragraph& open = out.back();
      open.bold = open.bold && line.bold;
      open.italic = open.italic && line.italic;
      if (open.alignment == Alignment::kLeft && right - lines[i - 1].box.x1 < 2)
        open.alignment = Alignment::kJustified;
    }
    out.back().lines.push_back({index, line});
    out.back().open = full(line, 2.5 * line.size, right) && (!now_centred || lines.size() == 1);
  }
  return out;
}

void find_margins(std::vector<Page>& pages) {
  const auto share = [](std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
  };
  std::map<int, std::pair<std::vector<double>, std::vector<double>>>
      by_width;  // long lines' ends, of pages as wide
  const auto long_lines = [&](const Page& page, std::vector<double>& lefts, std::vector<double>& rights) {
    for (const Line& line : page.lines) {
      if (line.box.width() < 0.5 * page.width) continue;
      lefts.push_back(line.box.x0);
      rights.push_back(line.box.x1);
    }
  };
  for (const Page& page : pages) {
    auto& [lefts, rights] = by_width[static_cast<int>(page.width / 8)];
    long_lines(page, lefts, rights);
  }
  for (Page& page : pages) {
    std::vector<double> lefts, rights;
    long_lines(page, lefts, rights);
    if (lefts.size() < 8) {
      const auto& [all_lefts, all_rights] = by_width[static_cast<int>(page.width / 8)];
      if (all_lefts.size() >= 8) {
        lefts = all_lefts;
        rights = all_rights;
      }
    }
    if (!lefts.empty()) {
      page.left = share(lefts, 0.1);
      page.right = share(rights, 0.85);
      // A page with few lines has its table's width.
      if (lefts.size() < 8 && !page.grids.empty()) {
        page.left = std::min(page.left, page.grids.front().box.x0);
        page.right = std::max(page.right, page.grids.front().box.x1);
      }
    } else if (!page.grids.empty()) {
      page.left = page.grids.front().box.x0;
      page.right = page.grids.front().box.x1;
    } else if (!page.lines.empty()) {
      page.left = page.width * 0.14;
      page.right = page.width * 0.92;
    }
  }
}

}  // namespace vanban::pages
