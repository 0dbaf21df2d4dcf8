#include "parse/foot.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "parse/head.h"
#include "parse/labels.h"
#include "parse/title_case.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

constexpr std::size_t kNameReach = 6;      // lines between a title and the name under the seal
constexpr std::size_t kLongestTitle = 80;  // bytes, of a line that OCR did not read well

bool is_bullet(const Label& label) {
  return label.style == LabelStyle::kDash || label.style == LabelStyle::kPlus ||
         label.style == LabelStyle::kBullet || label.style == LabelStyle::kStar;
}

// "(Đã ký) Thượng tướng Võ Minh Lương", "Trần Văn Truyền – Đã ký": the name alone.
std::string_view without_signed(std::string_view text, const Shapes& shapes) {
  std::vector<TextRange> groups;
  text = trim(text);
  if (shapes.match("signed_before", text, groups)) return trim(text.substr(groups[0].end));
  if (text.size() < 120 && shapes.find("signed_after", text, 1, groups))
    return trim(text.substr(0, groups[0].begin));
  return text;
}

// "KT. BỘ TRƯỞNG … (Đã ký) Lê Quốc Hùng KT. BỘ TRƯỞNG … Đỗ Thành Trung" in one line: the first of them.
std::string_view first_signature(std::string_view text, const Shapes& shapes) {
  std::vector<TextRange> groups;
  for (std::size_t from = 1; shapes.find("authority_inside", text, from, groups);
       from = groups[0].begin + 1) {
    const std::string_view before = trim(text.substr(0, groups[0].begin));
    if (!upper_case(before)) return before;
  }
  return text;
}

// A line in capitals that says in what capacity somebody signs.
bool is_signing_line(std::string_view text, const Shapes& shapes) {
  if (text.size() > 300 || ends_with_colon(text)) return false;
  if (!shapes.is("authority", text) && !shapes.is("position", text)) return false;
  // The name may stand on the same line; what stands before it is in capitals.
  const std::vector<std::string_view> words = words_of(text);
  const std::size_t capitals = static_cast<std::size_t>(
      std::find_if(words.begin(), words.end(),
                   [](std::string_view w) { return !upper_case(w) && !is_rule(w); }) -
      words.begin());
  if (capitals == words.size()) return true;
  const std::size_t name_at = static_cast<std::size_t>(words[capitals].data() - text.data());
  return is_name(without_signed(text.substr(name_at), shapes), shapes);
}

// "[ Phạm Thị Thanh Trà": what a seal or a stamp leaves beside a name.
std::string_view without_stains(std::string_view text) {
  constexpr std::string_view kStains = "[]|.,~'`\\/_^*:;!";
  text = trim(text);
  while (!text.empty() && (kStains.find(text.front()) != std::string_view::npos || text.front() == ' '))
    text.remove_prefix(1);
  return without_end(text, kStains);
}

std::string authority_code(std::string_view code) {
  std::string out;
  for (const char c : code) {
    if (c != '/' && c != '.' && c != ' ') out += c;
  }
  return out == "TUQ" || out == "TM" || out == "KT" || out == "TL" || out == "Q" ? out : "";
}

// A speck or a stroke of the pen that OCR made a sign of.
bool says_nothing(std::string_view text) {
  return text.size() < 8 && std::none_of(text.begin(), text.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return std::isalnum(byte) != 0 || byte >= 0xC3;
         });
}

// What OCR makes of a signature's strokes: no word of it is a syllable of two letters or more.
bool is_scrawl(std::string_view text) {
  constexpr std::size_t kLongest = 80;
  if (text.size() > kLongest) return false;
  const std::vector<std::string_view> words = words_of(text);
  return std::none_of(words.begin(), words.end(), [](std::string_view word) {
    word = without_end(word, ".,;:");
    return word.size() > 1 && is_possible_syllable(word);
  });
}

// A title without TM., KT. may head a part of the body, too ("GIÁM ĐỐC" in a list of duties): a name, or the
// end of the document, must follow soon, and nothing that only a body has.
bool name_follows(const std::vector<Line>& lines, std::size_t from, bool ocr, const Shapes& shapes) {
  for (std::size_t i = from; i < lines.size() && i < from + kNameReach; ++i) {
    const Line& line = lines[i];
    if (line.kind == BlockKind::kFootnote) continue;
    if (line.kind == BlockKind::kTable) return false;
    if (is_name(without_stains(without_signed(line.text, shapes)), shapes)) return true;
    if (is_rule(line.text) || shapes.is("signed_mark", line.text) || is_signing_line(line.text, shapes))
      continue;
    // "CHỦ TỊCH" / "NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": a title over two lines.
    if (i == from && upper_case(line.text) && word_count(line.text) <= 12 &&
        read_label(line.text).style == LabelStyle::kNone && !ends_with_colon(line.text))
      continue;
    if (is_bullet(read_label(line.text)) || shapes.is("recipients_mark", line.text)) continue;
    if (ocr && is_scrawl(line.text)) continue;
    return false;
  }
  return from >= lines.size() || lines.size() - from < kNameReach;
}

// A family name that the table lacks may be any; "Website SYT" is no name.
bool all_syllables(std::string_view name) {
  const std::vector<std::string_view> words = words_of(name);
  return std::all_of(words.begin(), words.end(), [](std::string_view word) {
    return is_rule(word) || is_possible_syllable(without_end(word, ",.;"));
  });
}

// "Noi nhận:", "Mới nhận": one letter away from the mark.
bool misread_recipients_mark(std::string_view text) {
  constexpr std::string_view kMark = "noi nhan";
  if (text.size() > 24 || word_count(text) > 3) return false;
  const std::string key = fold(without_end(text, ":;., "));
  if (key.size() != kMark.size()) return false;
  std::size_t other = 0;
  for (std::size_t i = 0; i < key.size(); ++i) other += key[i] != kMark[i] ? 1 : 0;
  return other <= 1;
}

// "xX¬\".. tk.": what a pen or a seal left; "KHTC.", "các Vụ: TH, QT" are words.
bool is_scraps(std::string_view text) {
  const std::vector<std::string_view> words = words_of(text);
  const auto readable = [](std::string_view word) {
    word = without_end(word, ".,;:)");
    if (!word.empty() && word.front() == '(') word.remove_prefix(1);
    return word.size() > 1 && (is_possible_syllable(word) || upper_case(word));
  };
  const auto count = std::count_if(words.begin(), words.end(), readable);
  return 2 * static_cast<std::size_t>(count) < words.size() + 1;
}

class FootReader {
 public:
  FootReader(const std::vector<Line>& lines, std::size_t from, bool ocr, const Shapes& shapes,
             const DocumentTypes& types)
      : lines_(lines), from_(from), ocr_(ocr), shapes_(shapes), types_(types) {}

  Foot read() {
    std::size_t i = from_;
    for (; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (line.kind == BlockKind::kTable) break;
      if (line.kind == BlockKind::kFootnote) {
        foot_.roles.push_back(last_);
        continue;
      }
      if (!take(line, i)) break;
      foot_.roles.push_back(last_);
    }
    // Footnotes at the end belong to what comes after or to nobody.
    while (i > from_ && lines_[i - 1].kind == BlockKind::kFootnote) {
      --i;
      foot_.roles.pop_back();
    }
    foot_.end = i;
    if (!foot_.titles.empty() && foot_.name.empty() && !early_name_.empty()) {
      const std::size_t at = foot_.recipients.find("; " + early_name_);
      if (at != std::string::npos) foot_.recipients.erase(at + 1, early_name_.size() + 1);
      foot_.name = std::move(early_name_);
    }
    if (ocr_) put_deputy_last();
    if (!recipients_ && !foot_.signed_here()) foot_.end = from_;
    return std::move(foot_);
  }

 private:
  // "PHÓ GIÁM ĐỐC" stamped beside "GIÁM ĐỐC", whose "KT." is a pen's: the deputy signs for the other.
  void put_deputy_last() {
    constexpr std::string_view kDeputy = "pho ";
    if (foot_.titles.size() != 2) return;
    const auto key = [](const std::string& title) { return fold(without_end(title, ".,-~ ")); };
    std::string &first = foot_.titles[0], &second = foot_.titles[1];
    if (key(first) == std::string(kDeputy) + key(second)) std::swap(first, second);
    if (key(second) != std::string(kDeputy) + key(first)) return;
    first = "KT. " + std::string(without_end(first, ".,-~ "));
    second = to_upper(without_end(second, ".,-~ "));
    foot_.mended = true;
  }

  bool take(const Line& line, std::size_t index) {
    const std::string_view text = line.text;
    std::vector<TextRange> groups;
    if (shapes_.match("recipients_mark", text, groups) && (!recipients_ || foot_.recipients.empty())) {
      recipients_ = true;
      const std::string_view rest = trim(text.substr(groups[0].end));
      if (foot_.name.empty() && is_signing_line(rest, shapes_)) {
        add_signing_line(rest);  // "Nơi nhận:     TM. ỦY BAN NHÂN DÂN": two columns in one line
      } else {
        add_recipient(rest);
      }
      return as(FootRole::kRecipients);
    }
    if (ocr_ && !recipients_ && (misread_recipients_mark(text) || recipients_ahead(index))) {
      recipients_ = true;
      if (is_bullet(read_label(text))) add_recipient(text);
      return as(FootRole::kRecipients);
    }
    if (is_rule(text) || text.empty() || (ocr_ && says_nothing(text))) return as(last_);
    if (appendix_head(text, shapes_) || shapes_.is("motto", text)) return false;
    if (ocr_ && (recipients_ || foot_.signed_here()) && foot_.name.empty()) {
      if (std::string title = shapes_.titles().mended(text, stands_in()); !title.empty()) {
        foot_.titles.push_back(std::move(title));
        foot_.mended = true;
        return as(FootRole::kSignature);
      }
      if (std::vector<std::string> titles = shapes_.titles().buried(text); !titles.empty()) {
        foot_.titles.insert(foot_.titles.end(), titles.begin(), titles.end());
        foot_.mended = true;
        return as(FootRole::kSignature);
      }
      // The seal took the title, but the name is there.
      if (archived_ && foot_.titles.empty() && shapes_.families().is_whole(text)) {
        foot_.name = *shapes_.families().mended(text);
        foot_.mended = true;
        return as(FootRole::kSignature);
      }
      // The name under the seal, whatever sign the seal or the pen left before it ("-= Nguyễn Sỹ Hiệp").
      const bool right = line.column == 2 || (line.column == 0 && last_ == FootRole::kSignature);
      if (right && take_name(text)) return as(FootRole::kSignature);
      if (right && !foot_.titles.empty() && is_scrawl(text) && name_ahead(index))
        return as(FootRole::kSignature);
    }
    if (ocr_ && are_two_titles(text)) return as(FootRole::kSignature);
    if (is_signing_line(first_signature(text, shapes_), shapes_)) {
      const bool sure = shapes_.is("authority", text) || recipients_ || foot_.signed_here();
      if (!foot_.name.empty() || (!sure && !name_follows(lines_, index + 1, ocr_, shapes_))) return false;
      add_signing_line(first_signature(text, shapes_));
      return as(FootRole::kSignature);
    }
    if (shapes_.is("signed_mark", text) && (foot_.signed_here() || recipients_))
      return as(FootRole::kSignature);
    if ((recipients_ || foot_.signed_here()) && foot_.name.empty()) {
      if (std::string title = shapes_.titles().with_marks(text); !title.empty()) {
        foot_.titles.push_back(std::move(title));
        foot_.mended = true;
        return as(FootRole::kSignature);
      }
    }
    // A title that a seal or a pen made unreadable: the name stands below it.
    if (ocr_ && archived_ && foot_.name.empty() && line.column == 2 && text.size() <= kLongestTitle &&
        !shapes_.families().is_whole(text) && name_ahead(index))
      return as(FootRole::kSignature);
    const Label label = read_label(text);
    if (recipients_ && is_bullet(label) && !closed_) {
      add_recipient(without_signature(text.substr(label.end)));
      return as(FootRole::kRecipients);
    }
    if (take_name(text)) return as(FootRole::kSignature);
    const bool upper = upper_case(text);
    if (upper && !foot_.titles.empty() && foot_.name.empty() && last_ == FootRole::kSignature &&
        word_count(text) <= 12 && !attached_follows(index) && read_label(text).style == LabelStyle::kNone &&
        (!ocr_ || (all_syllables(text) && shapes_.is("authority", foot_.titles.back())))) {
      foot_.titles.push_back(single_spaced(text));  // "TM. ỦY BAN NHÂN DÂN" / "TỈNH PHÚ THỌ"
      return as(FootRole::kSignature);
    }
    // A recipient's second line, or one without its dash ("Các Vụ, Cục: TH, QT;").
    if (recipients_ && !closed_ && !upper && word_count(text) <= 30 && label.style == LabelStyle::kNone &&
        !shapes_.is("closing", text) && (foot_.name.empty() || text.back() == ';')) {
      // What a pen or a seal left of the signature, or of the name.
      const bool below_title = last_ == FootRole::kSignature && !foot_.titles.empty() && foot_.name.empty();
      if (ocr_ && archived_ && (below_title || is_scraps(text))) return as(FootRole::kSignature);
      if (archived_ && !foot_.recipients.empty() && foot_.recipients.back() == '.' &&
          !(ocr_ && foot_.titles.empty() && name_ahead(index))) {
        closed_ = true;
        if (foot_.titles.empty()) return false;
      } else {
        const bool inside =
            !foot_.recipients.empty() && foot_.recipients.back() != ';' && last_ == FootRole::kRecipients;
        if (inside) {
          foot_.recipients += " " + single_spaced(text);
        } else {
          add_recipient(text);
        }
        return as(FootRole::kRecipients);
      }
    }
    return false;
  }

  // The list of recipients whose mark OCR lost: items up to "- Lưu: VT", and a title or a name behind them.
  bool recipients_ahead(std::size_t index) const {
    constexpr std::size_t kMost = 12, kBehind = 4;
    for (std::size_t i = index; i < lines_.size() && i < index + kMost; ++i) {
      const std::string_view text = lines_[i].text;
      const Label label = read_label(text);
      if (lines_[i].kind != BlockKind::kParagraph || !is_bullet(label) || text.size() > 200) return false;
      if (fold(trim(text.substr(label.end))).rfind("luu", 0) == 0) {
        for (std::size_t k = i + 1; k < lines_.size() && k <= i + kBehind; ++k) {
          if (is_signing_line(lines_[k].text, shapes_) || shapes_.families().is_whole(lines_[k].text))
            return true;
        }
        return false;
      }
      if (text.back() != ';' && text.back() != ',') return false;
    }
    return false;
  }

  // "CHỦ TỊCH GIÁM ĐỐC": two sign side by side, and their names cannot be told apart. "BỘ TRƯỞNG CHỦ NHIỆM"
  // is one title that lost its comma.
  bool are_two_titles(std::string_view text) const {
    const auto known = [&](std::string_view part) { return !shapes_.titles().with_marks(part).empty(); };
    const std::vector<std::string_view> words = words_of(text);
    for (std::size_t i = 1; i < words.size() && words.size() <= 8; ++i) {
      const auto cut = static_cast<std::size_t>(words[i].data() - text.data());
      const std::string first(trim(text.substr(0, cut))), second(text.substr(cut));
      if (known(first) && known(second)) return !known(text) && !known(first + ", " + second);
    }
    return false;
  }

  // The name stands below this line.
  bool name_ahead(std::size_t index) const {
    constexpr std::size_t kReach = 4;
    for (std::size_t i = index + 1; i < lines_.size() && i <= index + kReach; ++i) {
      if (lines_[i].kind == BlockKind::kParagraph && shapes_.families().mended(lines_[i].text)) return true;
    }
    return false;
  }

  // "KT. …" stands above: the signer is a deputy.
  bool stands_in() const {
    std::vector<TextRange> groups;
    if (foot_.titles.empty() || !shapes_.match("authority", foot_.titles.back(), groups)) return false;
    return authority_code(shapes_.part("authority", "code", foot_.titles.back(), groups)) == "KT";
  }

  bool take_name(std::string_view text) {
    if (foot_.titles.empty() || !foot_.name.empty()) return false;
    const std::string_view line = without_signed(text, shapes_);
    const std::string_view name = without_stains(line);
    if (ocr_) {
      if (std::optional<std::string> mended = shapes_.families().mended(line)) {
        foot_.mended = foot_.mended || *mended != single_spaced(name);
        foot_.name = std::move(*mended);
        return true;
      }
    }
    if (!is_name(name, shapes_) || (ocr_ && !all_syllables(name))) return false;
    if (ocr_) {
      // "Tía Văn Phúc": a pen's stroke made another word of "Hà", and nothing tells which.
      foot_.unsure_name = single_spaced(name);
      return true;
    }
    foot_.name = single_spaced(name);
    return true;
  }

  // "Cục Kiểm tra văn bản;   PHÓ CHỦ TỊCH", "UBND các huyện, thị xã;   Nguyễn Văn Hiệp": the right column of
  // a line that lost its tab is the signature's; the recipient is what stands before it.
  std::string_view without_signature(std::string_view item) {
    const std::size_t end = item.rfind(';');
    if (end == std::string_view::npos || !foot_.name.empty()) return item;
    const std::string_view tail = trim(item.substr(end + 1));
    if (tail.empty()) return item;
    if (is_signing_line(tail, shapes_)) {
      add_signing_line(tail);
    } else if (foot_.titles.empty() && is_name(tail, shapes_)) {
      early_name_ =
          single_spaced(tail);  // the title may still come: below, where the columns were put in order
      return item;
    } else if (!shapes_.is("signed_mark", tail) && !take_name(tail)) {
      return item;
    }
    return item.substr(0, end + 1);
  }

  bool as(FootRole role) {
    last_ = role;
    return true;
  }

  bool attached_follows(std::size_t index) const {
    for (std::size_t i = index + 1; i < lines_.size() && i < index + 6; ++i) {
      if (lines_[i].kind == BlockKind::kParagraph && !attached_line(lines_[i].text, shapes_).empty())
        return true;
    }
    return type_line(lines_[index].text, types_).has_value();
  }

  void add_recipient(std::string_view item) {
    item = trim(item);
    if (item.empty()) return;
    const Label label = read_label(item);  // "Nơi nhận: - Như trên;" in one line
    if (is_bullet(label)) item = item.substr(label.end);
    if (!foot_.recipients.empty() && foot_.recipients.back() != ';') foot_.recipients += ';';
    const std::string clean = single_spaced(item);
    const std::string key = fold(clean);
    archived_ = archived_ || key.rfind("luu", 0) == 0 || (ocr_ && key.find("- luu:") != std::string::npos);
    foot_.recipients += clean;
  }

  // "KT. BỘ TRƯỞNG THỨ TRƯỞNG Lê Đức Luận": cut where the capitals end.
  void add_signing_line(std::string_view text) {
    std::vector<std::string_view> words = words_of(text);
    std::size_t capitals = 0;
    while (capitals < words.size() && (upper_case(words[capitals]) || is_rule(words[capitals]))) ++capitals;
    if (capitals < words.size()) {
      const std::size_t name_at = static_cast<std::size_t>(words[capitals].data() - text.data());
      foot_.name = single_spaced(without_stains(without_signed(text.substr(name_at), shapes_)));
      text = trim(text.substr(0, name_at));
    }
    foot_.titles.push_back(single_spaced(text));
  }

  const std::vector<Line>& lines_;
  std::size_t from_;
  bool ocr_;
  const Shapes& shapes_;
  const DocumentTypes& types_;
  Foot foot_;
  FootRole last_ = FootRole::kSignature;
  std::string early_name_;  // a name among the recipients, above any title
  bool recipients_ = false;
  bool archived_ = false;  // "Lưu: VT" was seen: the last item
  bool closed_ = false;
};

// "TM. CHÍNH PHỦ KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG" in one line: each authority begins one.
std::vector<std::string> split_authorities(const std::vector<std::string>& lines, const Shapes& shapes) {
  std::vector<std::string> out;
  for (const std::string& line : lines) {
    std::string_view rest = line;
    std::vector<TextRange> groups;
    while (shapes.find("authority_inside", rest, 1, groups)) {
      out.emplace_back(trim(rest.substr(0, groups[0].begin)));
      rest = trim(rest.substr(groups[0].begin));
    }
    out.emplace_back(rest);
  }
  return out;
}

}  // namespace

void Foot::sign_as(const Foot& other) {
  titles = other.titles;
  name = other.name;
  unsure_name = other.unsure_name;
  mended = other.mended;
}

Foot read_foot(const std::vector<Line>& lines, std::size_t from, bool ocr, const Shapes& shapes,
               const DocumentTypes& types) {
  return FootReader(lines, from, ocr, shapes, types).read();
}

bool is_name(std::string_view text, const Shapes& shapes) {
  if (text.size() > 120) return false;
  std::vector<TextRange> groups;
  std::string_view name = trim(text);
  for (int i = 0; i < 4 && shapes.match("military_rank", name, groups) && groups[0].end < name.size(); ++i) {
    name = trim(name.substr(groups[0].end));
  }
  const std::vector<std::string_view> words = words_of(name);
  if (words.size() < 2 || words.size() > 6) return false;
  for (const std::string_view word : words) {
    std::size_t at = 0;
    decode_utf8(word, at);
    if (!upper_case(word.substr(0, at))) return false;
    if (word.size() > at && upper_case(word.substr(at)) && word.size() > at + 2) return false;
    for (const char c : word) {
      if ((c >= '0' && c <= '9') || c == ',' || c == ';' || c == ':' || c == '/' || c == '(' || c == '.')
        return false;
    }
  }
  return !upper_case(name);
}

Signer signer_of(const Foot& foot, const Shapes& shapes, const Agencies& agencies) {
  Signer signer;
  signer.name = foot.name;
  std::vector<std::string> lines = foot.titles;
  // Lines that a break cut: "KT. BỘ TRƯỞNG THỨ TRƯỞNG" in one, "TM. ỦY BAN NHÂN DÂN" / "TỈNH PHÚ THỌ" in two.
  std::vector<std::string> whole;
  for (const std::string& line : lines) {
    if (!whole.empty() && !shapes.is("authority", line) && !shapes.is("position", line)) {
      whole.back() += " " + line;
    } else {
      whole.push_back(line);
    }
  }
  whole = split_authorities(whole, shapes);
  std::string behalf, title;
  for (const std::string& line : whole) {
    std::vector<TextRange> groups;
    if (!shapes.match("authority", line, groups)) {
      title = title.empty() ? line : line;
      continue;
    }
    const std::string code = authority_code(shapes.part("authority", "code", line, groups));
    std::string who(trim(shapes.part("authority", "who", line, groups)));
    if (code == "Q") {  // Q. BỘ TRƯỞNG: acting, the title is his own
      if (signer.authority.empty()) signer.authority = code;
      title = who;
      continue;
    }
    std::vector<TextRange> cut;
    // "T/M BAN BÍ THƯ" names one body.
    if (shapes.find("deputy_start", who, 1, cut) &&
        trim(std::string_view(who).substr(0, cut[0].begin)) != "BAN") {
      title = std::string(shapes.part("deputy_start", "title", who, cut));
      who = std::string(trim(std::string_view(who).substr(0, cut[0].begin)));
    }
    // "TM. CHÍNH PHỦ" / "KT. THỦ TƯỚNG" / "PHÓ THỦ TƯỚNG": the nearest one tells for whom the signer stands.
    signer.authority = code;
    behalf = who;
  }
  signer.title = title_case(title, shapes, agencies);
  // "TM. THƯỜNG TRỰC HĐND": abbreviations keep their capitals.
  for (const auto& [shortened, full] :
       {std::pair<std::string_view, std::string_view>{"HĐND", "HỘI ĐỒNG NHÂN DÂN"},
        {"UBND", "ỦY BAN NHÂN DÂN"}}) {
    const std::size_t at = behalf.find(shortened);
    if (at != std::string::npos) behalf.replace(at, shortened.size(), full);
  }
  if (!behalf.empty()) signer.on_behalf_of = title_case(behalf, shapes, agencies);
  return signer;
}

}  // namespace vanban::parse
