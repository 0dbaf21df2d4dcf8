#include "read/worker/text_layer.h"

#include <poppler-page.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

struct FontStyle {
  std::string name;
  bool bold = false, italic = false;
};

// "XEOSSN+Liberation-Serif-Bold": the prefix of an embedded subset says nothing.
FontStyle style_of(const std::string& font) {
  FontStyle style;
  style.name = font;
  if (font.size() > 7 && font[6] == '+' &&
      std::all_of(font.begin(), font.begin() + 6, [](char c) { return c >= 'A' && c <= 'Z'; })) {
    style.name = font.substr(7);
  }
  if (!is_valid_utf8(style.name)) style.name = to_valid_utf8(style.name);
  std::string lower;
  for (char c : style.name) lower.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  const auto has = [&](std::string_view part) { return lower.find(part) != std::string::npos; };
  style.bold = has("bold") || has("black") || has("heavy") || has("demi");
  style.italic = has("italic") || has("oblique");
  // "TimesNewRomanPS-BoldMT", "TimesNewRoman,BoldItalic"; short forms stand at the end: ".VnTimeB",
  // "Arial-BI".
  if (lower.ends_with("-b") || lower.ends_with("-bi")) style.bold = true;
  if (lower.ends_with("-i") || lower.ends_with("-bi")) style.italic = true;
  return style;
}

bool is_unmapped(char32_t c) {
  return c == kReplacement || (c >= 0xE000 && c <= 0xF8FF) || c < 0x20 || (c >= 0x7F && c < 0xA0) ||
         c >= 0xF0000;
}

bool is_white(char32_t c) {
  return c == ' ' || c == 0xA0 || c == '\t' || c == '\n' || c == '\r' || c == 0x3000 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x202F;
}

// Letters of Vietnamese that ASCII does not have, in their precomposed form, and combining tone marks.
bool is_vietnamese_letter(char32_t c) {
  return (c >= 0xC0 && c <= 0x1B0 && c != 0xD7 && c != 0xF7) || (c >= 0x1EA0 && c <= 0x1EF9) ||
         (c >= 0x300 && c <= 0x323);
}

// The letter below the marks, lower case, ASCII; 0: no letter of Vietnamese.
char base_letter(char32_t c) {
  if (c < 0x80)
    return std::isalpha(static_cast<int>(c)) != 0 ? static_cast<char>(std::tolower(static_cast<int>(c))) : 0;
  static const std::unordered_map<char32_t, char> letters = [] {
    std::unordered_map<char32_t, char> made;
    for (const std::string_view row :
         {"aàáảãạăằắẳẵặâầấẩẫậÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", "dđĐ", "eèéẻẽẹêềếểễệÈÉẺẼẸÊỀẾỂỄỆ", "iìíỉĩịÌÍỈĨỊ",
          "oòóỏõọôồốổỗộơờớởỡợÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ", "uùúủũụưừứửữựÙÚỦŨỤƯỪỨỬỮỰ", "yỳýỷỹỵỲÝỶỸỴ"}) {
      for (std::size_t at = 1; at < row.size();) made.emplace(decode_utf8(row, at), row[0]);
    }
    return made;
  }();
  const auto found = letters.find(c);
  return found == letters.end() ? '\0' : found->second;
}

// Whether initial, vowels and final make a syllable ("nghieng"); the full rules are normalise's, this tells
// letters that OCR made up ("diroc", "ngmrl").
bool may_be_syllable(std::string_view word) {
  static constexpr std::string_view kInitials[] = {
      "",  "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", "b", "c",
      "d", "g",   "h",  "k",  "l",  "m",  "n",  "p",  "q",  "r",  "s",  "t",  "v", "x"};
  static constexpr std::string_view kFinals[] = {"", "ch", "ng", "nh", "c", "m", "n", "p", "t"};
  for (const std::string_view initial : kInitials) {
    if (!word.starts_with(initial)) continue;
    const std::string_view rest = word.substr(initial.size());
    const std::size_t vowels = std::min(rest.find_first_not_of("aeiouy"), rest.size());
    if (vowels < 1 || vowels > 3) continue;
    if (std::find(std::begin(kFinals), std::end(kFinals), rest.substr(vowels)) != std::end(kFinals))
      return true;
  }
  return false;
}

// The share of words that cannot be Vietnamese; 0 where there are too few to tell. Abbreviations, addresses
// and single letters do not count.
double impossible_share(const RawPage& page, bool invisible) {
  constexpr std::size_t kFewest = 40;
  std::size_t words = 0, impossible = 0;
  for (const RawWord& word : page.words) {
    if (word.invisible != invisible || word.text.find_first_of("@/") != std::string::npos) continue;
    std::string letters;
    bool lower = false, strange = false;
    const auto end = [&] {
      if (letters.size() >= 2 && lower) {
        ++words;
        if (strange || !may_be_syllable(letters)) ++impossible;
      }
      letters.clear();
      lower = strange = false;
    };
    for (std::size_t at = 0; at < word.text.size();) {
      const char32_t c = decode_utf8(word.text, at);
      const char letter = base_letter(c);
      if (letter == 0 && (c < 0xC0 || c >= 0x2000)) {
        end();
        continue;
      }
      strange = strange || letter == 0;  // "ñ", "ä"
      letters += letter == 0 ? '?' : letter;
      lower = lower || c >= 'a';
    }
    end();
  }
  return words < kFewest ? 0 : static_cast<double>(impossible) / static_cast<double>(words);
}

// "20Ỉ5", "QHỈ5", "Ỉ8": numbers in which a digit stands beside a letter with a mark, as OCR makes them; no
// document writes any. 0: fewer than can tell, or few beside those that are right.
std::size_t garbled_numbers(const RawPage& page) {
  constexpr std::size_t kFewest = 3;
  std::size_t numbers = 0, garbled = 0;
  for (const RawWord& word : page.words) {
    bool any = false, beside = false;
    char32_t before = 0;
    const auto marked = [](char32_t c) { return c >= 0x80 && base_letter(c) != 0 && base_letter(c) != 'd'; };
    for (std::size_t at = 0; at < word.text.size();) {
      const char32_t c = decode_utf8(word.text, at);
      any = any || is_digit(c);
      beside = beside || (is_digit(c) && marked(before)) || (marked(c) && is_digit(before));
      before = c;
    }
    numbers += any ? 1 : 0;
    garbled += beside ? 1 : 0;
  }
  return garbled >= kFewest && 5 * garbled >= numbers ? garbled : 0;
}

// Fonts of old encodings: their letters are other ones than they seem.
bool has_legacy_font(const RawPage& page) {
  return std::any_of(page.words.begin(), page.words.end(), [](const RawWord& word) {
    return word.font.starts_with(".V") || word.font.starts_with("VNI") || word.font.starts_with("VN");
  });
}

bool off_page(const RawWord& word, const RawPage& page) {
  return word.box.centre_x() < 0 || word.box.centre_y() < 0 || word.box.centre_x() > page.width ||
         word.box.centre_y() > page.height;
}

}  // namespace

bool read_words(const poppler::page& source, std::size_t most_words, RawPage& page) {
  const std::vector<poppler::text_box> boxes = source.text_list(poppler::page::text_list_include_font);
  std::unordered_map<std::string, FontStyle> styles;
  page.words.reserve(std::min(boxes.size(), most_words));
  for (const poppler::text_box& box : boxes) {
    if (page.words.size() >= most_words) return false;
    RawWord word;
    const poppler::ustring text = box.text();
    for (std::size_t i = 0; i < text.size(); ++i) {
      char32_t code = text[i];
      if (code >= 0xD800 && code < 0xDC00 && i + 1 < text.size() && text[i + 1] >= 0xDC00 &&
          text[i + 1] < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (static_cast<char32_t>(text[i + 1]) - 0xDC00);
        ++i;
      } else if (code >= 0xD800 && code < 0xE000) {
        code = kReplacement;
      }
      if (is_unmapped(code)) ++page.unmapped_characters;
      if (!is_white(code) && code != 0) append_utf8(word.text, code);
    }
    if (word.text.empty()) continue;
    const poppler::rectf place = box.bbox();
    word.box = {place.left(), place.top(), place.right(), place.bottom()};
    word.font_size = box.get_font_size();
    word.rotation = box.rotation() * 90;
    if (word.rotation < 0 || word.rotation > 270) word.rotation = 0;
    word.space_after = box.has_space_after();
    const std::string font = box.has_font_info() ? box.get_font_name() : std::string();
    auto [found, is_new] = styles.try_emplace(font);
    if (is_new) found->second = style_of(font);
    word.font = found->second.name;
    word.bold = found->second.bold;
    word.italic = found->second.italic;
    word.invisible = off_page(word, page);
    page.words.push_back(std::move(word));
  }
  return true;
}

void mark_invisible(const PageContent& content, RawPage& page) {
  if (content.invisible_shown == 0) return;
  if (content.invisible_shown == content.shown.size()) {
    for (RawWord& word : page.words) word.invisible = true;
    return;
  }
  // Mixed: a word belongs to the nearest piece that begins at or before it on its base line.
  std::vector<ShownText> shown = content.shown;
  std::sort(shown.begin(), shown.end(), [](const ShownText& a, const ShownText& b) { return a.y < b.y; });
  constexpr std::size_t kMostCompared = 2000;
  for (RawWord& word : page.words) {
    const double height = std::max(word.box.height(), 1.0);
    auto at = std::lower_bound(shown.begin(), shown.end(), word.box.y0,
                               [](const ShownText& text, double y) { return text.y < y; });
    const ShownText* best = nullptr;
    double best_distance = 0;
    for (std::size_t n = 0; at != shown.end() && at->y <= word.box.y1 + 0.1 * height && n < kMostCompared;
         ++at, ++n) {
      const double before = word.box.x0 - at->x;
      if (before < -0.5 * height) continue;
      const double distance = std::abs(before) + 4 * std::abs(at->y - (word.box.y1 - 0.2 * height));
      if (best == nullptr || distance < best_distance) {
        best = &*at;
        best_distance = distance;
      }
    }
    if (best != nullptr && best->invisible) word.invisible = true;
  }
}

std::optional<std::string> why_not_text_layer(const RawPage& page, const PageContent* content) {
  std::size_t visible = 0, hidden = 0, hidden_letters = 0, hidden_vietnamese = 0, hidden_odd = 0;
  Box around;
  for (const RawWord& word : page.words) {
    std::size_t& count = word.invisible ? hidden : visible;
    if (!word.invisible) {
      if (visible == 0) around = word.box;
      around.include(word.box);
    }
    for (std::size_t i = 0; i < word.text.size();) {
      const char32_t c = decode_utf8(word.text, i);
      ++count;
      if (!word.invisible) continue;
      const bool ascii_letter = c < 0x80 && std::isalpha(static_cast<int>(c)) != 0;
      if (is_vietnamese_letter(c)) ++hidden_vietnamese;
      if (ascii_letter || is_vietnamese_letter(c))
        ++hidden_letters;
      else if (is_unmapped(c) || (c < 0x80 && std::string_view("~^|\\{}<>@#$_`").find(static_cast<char>(c)) !=
                                                  std::string_view::npos))
        ++hidden_odd;
    }
  }
  constexpr double kMostOfPage = 0.6;
  const double coverage = content != nullptr ? content->image_coverage : 0;
  if (visible + hidden == 0) {
    if (content == nullptr) return "the page has no text layer";
    if (coverage > 0.01) return "the page is an image";
    if (content->painted_paths > 200) return "the page's text is drawn as outlines";
    return std::nullopt;  // a blank page
  }
  if (page.unmapped_characters * 10 > (visible + hidden) * 3) {
    return "the fonts do not say which characters " + std::to_string(page.unmapped_characters) + " of " +
           std::to_string(visible + hidden) + " glyphs are";
  }
  if (coverage < kMostOfPage) return std::nullopt;
  if (const std::size_t garbled = has_legacy_font(page) ? 0 : garbled_numbers(page); garbled != 0) {
    return std::to_string(garbled) + " numbers in the text layer over the image hold letters with marks";
  }
  constexpr double kGarbled = 0.1, kWholePage = 0.9;
  const auto garbled = [](double share) {
    return std::to_string(std::lround(share * 100)) +
           " % of the words in the text layer over the image are no Vietnamese";
  };
  if (hidden == 0 || visible > 4 * hidden) {
    // Text that was painted over by the scan counts as visible.
    const double share = coverage >= kWholePage && !has_legacy_font(page) ? impossible_share(page, false) : 0;
    if (share > 2 * kGarbled) return garbled(share);
    // A scan with a digital stamp: a few words in one corner.
    const double corner = around.width() * around.height() / std::max(page.width * page.height, 1.0);
    if (visible < 100 || (visible < 600 && corner < 0.2))
      return "the page is an image with a few words over it";
    return std::nullopt;
  }
  // A layer that somebody's OCR left. In Vietnamese text a fifth to a third of the letters carry marks; a
  // layer made without the language has next to none.
  if (hidden_letters < 40) return "the hidden text layer is nearly empty";
  if (hidden_vietnamese * 12 < hidden_letters) return "the hidden text layer has no Vietnamese letters";
  if (const double share = impossible_share(page, true); share > kGarbled) return garbled(share);
  if (hidden_odd * 25 > hidden) return "the hidden text layer is full of stray signs";
  return std::nullopt;
}

PageGrid unread_images(const RawPage& page, const PageContent& content) {
  constexpr double kMargin = 8;  // points around a word
  PageGrid words(page.width, page.height);
  for (const RawWord& word : page.words) {
    if (word.invisible) continue;
    words.cover({word.box.x0 - kMargin, word.box.y0 - kMargin, word.box.x1 + kMargin, word.box.y1 + kMargin});
  }
  PageGrid unread = content.images;
  unread.remove(words);
  return unread;
}

}  // namespace vanban::read
