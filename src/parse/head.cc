#include "parse/head.h"

#include <algorithm>

#include "parse/labels.h"
#include "vanban/lexicon/dates.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

constexpr std::size_t kLookAhead = 10;
constexpr std::size_t kLongestIssuer = 60;  // words; a joint circular names every ministry
constexpr std::size_t kLongestHead = 120;   // lines; a list of addressees is the longest part

std::string_view without_rule_end(std::string_view text) {
  while (true) {
    text = trim(text);
    std::size_t run = 0;
    while (run < text.size() && (text[text.size() - 1 - run] == '-' || text[text.size() - 1 - run] == '_'))
      ++run;
    if (run < 3) return text;
    text.remove_suffix(run);
  }
}

// ".z UBND TỈNH KIÊN GIANG": what a speck or a staple left before a line in capitals.
std::string_view without_scraps_before_capitals(std::string_view text) {
  constexpr std::size_t kLongest = 3;  // bytes
  if (text.size() > 200 || upper_case(text)) return text;
  const std::vector<std::string_view> words = words_of(text);
  std::size_t scraps = 0;
  while (scraps < words.size() && scraps < 2 && words[scraps].size() <= kLongest &&
         to_lower(words[scraps]) == words[scraps] &&
         words[scraps].find_first_of("0123456789)-+*") == std::string_view::npos)
    ++scraps;
  if (scraps == 0 || words.size() < scraps + 2) return text;
  const std::string_view rest = text.substr(static_cast<std::size_t>(words[scraps].data() - text.data()));
  return upper_case(rest) ? rest : text;
}

// "CỌNG HOÀXÃ HỘI CHỦ NGHĨA VIỆT NAM": OCR lost a mark or a space. In capitals, so that it is never read as
// the name of a body.
bool misread_motto(std::string_view text) {
  if (text.size() > 200 || !upper_case(text)) return false;
  std::string key = fold(text);
  key.erase(std::remove(key.begin(), key.end(), ' '), key.end());
  return key.find("nghoaxahoichu") != std::string::npos ||
         key.find("hoichunghiavietnam") != std::string::npos;
}

enum class Open : std::uint8_t { kNone, kSubject, kAddressee, kTitle, kClosed, kAttached };

class HeadReader {
 public:
  HeadReader(const std::vector<Line>& lines, const Shapes& shapes, const DocumentTypes& types)
      : lines_(lines), shapes_(shapes), types_(types) {}

  Head read(std::size_t from) {
    std::size_t i = from;
    for (; i < lines_.size() && i - from < kLongestHead; ++i) {
      const Line& line = lines_[i];
      if (line.kind == BlockKind::kFootnote) continue;
      if (line.kind == BlockKind::kTable) break;
      if (!take_line(line, i)) break;
    }
    // A rule or a stray sign under the title is the head's; so is nothing else.
    while (i < lines_.size() && i > from && lines_[i].kind == BlockKind::kParagraph &&
           is_rule(lines_[i].text))
      ++i;
    if (head_.type && !head_.number_line && head_.date.year == 0) read_running_title();
    head_.begin = from;
    head_.end = head_.found ? i : from;
    if (!head_.found) {
      const Head none;
      const std::size_t end = head_.end;
      head_ = none;
      head_.begin = head_.end = end;
    }
    return std::move(head_);
  }

 private:
  // "NGHỊ ĐỊNH" / "CỦA CHÍNH PHỦ SỐ 37/2007/NĐ-CP NGÀY 09 THÁNG 3 NĂM 2007" / "VỀ MINH BẠCH TÀI SẢN":
  // gazettes and old websites put the whole head into the title.
  void read_running_title() {
    std::string title = head_.type_rest;
    for (const std::string& line : head_.title) title += (title.empty() ? "" : " ") + line;
    std::vector<TextRange> groups;
    if (!shapes_.match("running_title", title, groups)) return;
    const std::string body = single_spaced(shapes_.part("running_title", "body", title, groups));
    const std::string_view number = shapes_.part("running_title", "number", title, groups);
    const auto date = date_at(title, static_cast<std::size_t>(number.data() - title.data()) + number.size() +
                                         skip_blanks(title, number));
    if (!date || !date->date.full()) return;
    head_.number = std::string(number);
    head_.number_line = head_.found = true;
    head_.date = date->date;
    if (head_.issuer.empty() && !body.empty()) {
      head_.issuer.push_back(body);
      head_.issuer_in_font_case = true;
    }
    head_.title.clear();
    head_.type_rest.clear();
    const std::string_view rest = trim(std::string_view(title).substr(date->where.end));
    if (!rest.empty()) head_.title.emplace_back(rest);
  }

  // Blanks and a comma behind the number.
  static std::size_t skip_blanks(std::string_view title, std::string_view number) {
    const auto end = static_cast<std::size_t>(number.data() - title.data()) + number.size();
    std::size_t at = end;
    while (at < title.size() && (title[at] == ' ' || title[at] == ',')) ++at;
    return at - end;
  }

  // Cuts a line whose cells were joined ("Số: 221/VPCP-KSTT V/v …") and takes each piece. False: the body
  // begins.
  bool take_line(const Line& line, std::size_t index) {
    std::string_view rest = line.text;
    bool first = true;
    while (!rest.empty()) {
      std::size_t cut = rest.size();
      if (!head_.type && open_ != Open::kAddressee && rest.size() < 600) {
        std::vector<TextRange> groups;
        // "Hà Nội, ngày …" itself is not cut between Hà and Nội.
        const std::size_t from_here = shapes_.match("place_date", rest, groups) ? groups[0].end : 1;
        if (shapes_.find("head_split", rest, from_here, groups)) cut = groups[0].begin;
        // "Bộ tài chính   Cộng hoà xã hội chủ nghĩa Việt Nam": old fonts had the capitals in the font.
        if (cut == rest.size() && !head_.found && head_.issuer.empty() &&
            shapes_.match("body_and_motto", rest, groups)) {
          head_.issuer.push_back(single_spaced(shapes_.part("body_and_motto", "body", rest, groups)));
          head_.issuer_in_font_case = head_.found = true;
          return true;
        }
      }
      if (head_.type == DocumentType::kOfficialTelegram && !head_.addressee_mark && rest.size() < 1200) {
        // "Về việc … THỦ TƯỚNG CHÍNH PHỦ điện:": the title and the addressees' mark in one line.
        std::vector<TextRange> groups;
        if (shapes_.find("telegram_split", rest, 1, groups)) cut = std::min(cut, groups[0].begin);
      }
      std::string_view piece = without_rule_end(rest.substr(0, cut));
      if (first && !head_.type) piece = without_scraps_before_capitals(piece);
      if (!piece.empty() && !take(piece, line, index) && first) return false;
      first = false;
      rest = trim(rest.substr(cut));
    }
    return true;
  }

  bool take(std::string_view piece, const Line& line, std::size_t index) {
    if (is_rule(piece)) {
      if (open_ == Open::kTitle && !head_.title.empty()) open_ = Open::kClosed;
      return true;
    }
    if (open_ == Open::kAttached) {  // a "(Kèm theo …" that goes on
      head_.attached += " " + std::string(without_end(piece, ")*]"));
      if (piece.find(')') != std::string_view::npos || ++attached_lines_ > 2) open_ = Open::kClosed;
      return true;
    }
    if (take_mark(piece, index)) return true;
    if (shapes_.is("recipients_mark", piece) || shapes_.is("basis", piece) || shapes_.is("enacting", piece))
      return false;
    if (shapes_.is("addressee_mark", piece)) {
      if (head_.addressee_mark) return false;
      std::vector<TextRange> groups;
      shapes_.match("addressee_mark", piece, groups);
      head_.addressee_mark = head_.found = true;
      add_addressee(piece.substr(groups[0].end));
      open_ = Open::kAddressee;
      return true;
    }
    if (open_ == Open::kAddressee) return take_addressee(piece);
    if (const std::string_view attached = attached_line(piece, shapes_); !attached.empty()) {
      if (!head_.attached.empty()) return false;
      head_.attached = std::string(attached);
      const bool goes_on = piece.find('(') < 4 && piece.rfind(')') == std::string_view::npos;
      open_ = goes_on ? Open::kAttached : Open::kClosed;
      return true;
    }
    return head_.type ? take_title(piece, line, index) : take_start(piece, line, index);
  }

  // Lines that are known wherever they stand.
  bool take_mark(std::string_view piece, std::size_t index) {
    std::vector<TextRange> groups;
    if (shapes_.is("noise", piece)) return true;
    if (!shapes_.is("motto", piece) && misread_motto(piece) && word_count(piece) <= 24) {
      // The body beside it may stand on the same line.
      for (const std::string_view word : words_of(piece)) {
        if (fold(word) != "cong") continue;
        const std::string_view body =
            trim(piece.substr(0, static_cast<std::size_t>(word.data() - piece.data())));
        if (word_count(body) >= 2 && head_.issuer.size() < 5) head_.issuer.push_back(single_spaced(body));
        break;
      }
      head_.found = head_.motto = true;
      return true;
    }
    if (shapes_.is("motto", piece) && word_count(piece) <= 24) {
      head_.found = head_.motto = true;
      return true;
    }
    if (begins_broken_motto(piece, index)) return head_.found = head_.motto = true;
    if (shapes_.is("party_motto", piece)) {
      head_.found = head_.motto = head_.party = true;
      return true;
    }
    if (shapes_.is("draft_mark", piece)) return head_.draft = true;
    if (shapes_.match("urgency", piece, groups)) {
      head_.urgency = std::string(shapes_.part("urgency", "value", piece, groups));
      return true;
    }
    if (shapes_.match("secrecy", piece, groups)) {
      head_.secrecy = std::string(shapes_.part("secrecy", "value", piece, groups));
      return true;
    }
    if (number_pending_ && !head_.number_line && word_count(piece) <= 4 &&
        (shapes_.is("blank_number", piece) ||
         (piece.front() >= '0' && piece.front() <= '9' && piece.find('/') != std::string_view::npos))) {
      head_.number = std::string(piece);
      head_.number_line = true;
      return true;
    }
    if (!head_.number_line && shapes_.is("number_mark", piece)) return number_pending_ = head_.found = true;
    if (!head_.number_line && word_count(piece) <= 14 && shapes_.match("number_line", piece, groups)) {
      const std::string_view number = shapes_.part("number_line", "number", piece, groups);
      if (number.find_first_of("/-") != std::string_view::npos) {
        head_.number = std::string(number);
        head_.number_line = head_.found = true;
        open_ = open_ == Open::kTitle ? open_ : Open::kNone;
        return true;
      }
    }
    if (head_.date.year == 0 && word_count(piece) <= 18) {
      const bool placed = shapes_.match("place_date", piece, groups);
      if ((placed && groups[0].end + 12 >= piece.size()) ||
          (head_.number_line && shapes_.match("date_only", piece, groups))) {
        const std::string_view name = placed ? "place_date" : "date_only";
        head_.date =
            date_of(shapes_.part(name, "day", piece, groups), shapes_.part(name, "month", piece, groups),
                    shapes_.part(name, "year", piece, groups));
        if (placed)
          head_.place = single_spaced(without_end(shapes_.part(name, "place", piece, groups), ",."));
        head_.day = where_in(index, shapes_.part(name, "day", piece, groups));
        head_.month = where_in(index, shapes_.part(name, "month", piece, groups));
        head_.found = true;
        return true;
      }
      // Day, month or year in a hand that OCR could not read: the place is printed, and so may be the year.
      if (head_.found && head_.place.empty() && shapes_.match("place_unread_date", piece, groups)) {
        head_.date = date_of("", "", shapes_.part("place_unread_date", "year", piece, groups));
        head_.place =
            single_spaced(without_end(shapes_.part("place_unread_date", "place", piece, groups), ",."));
        return true;
      }
    }
    if (!head_.type && !head_.subject_mark && shapes_.match("subject_mark", piece, groups) &&
        (head_.number_line || head_.found || shapes_.is("short_subject_mark", piece) ||
         number_ahead(index)) &&
        !ends_with_colon(piece)) {
      head_.subject_mark = head_.found = true;
      head_.subject = single_spaced(piece.substr(groups[0].end));
      open_ = Open::kSubject;
      return true;
    }
    // "Về thực hiện Quyết định số …" below the number of a dispatch whose "V/v" was spelled out.
    if (!head_.type && !head_.subject_mark && head_.number_line && !head_.addressee_mark &&
        piece.starts_with("Về ") && word_count(piece) >= 3 && !ends_with_colon(piece) &&
        addressee_ahead(index)) {
      head_.subject_mark = true;
      head_.subject = single_spaced(piece.substr(std::string_view("Về ").size()));
      open_ = Open::kSubject;
      return true;
    }
    // "⁄% Góp ý dự thảo …" between the number and "Kính gửi:" was "V/v".
    if (!head_.type && !head_.subject_mark && head_.number_line && !head_.addressee_mark &&
        shapes_.match("misread_subject_mark", piece, groups) && word_count(piece) >= 4 &&
        !ends_with_colon(piece) && addressee_ahead(index)) {
      head_.subject_mark = true;
      head_.subject = single_spaced(piece.substr(groups[0].end));
      open_ = Open::kSubject;
      return true;
    }
    return false;
  }

  // A piece of the line's text, in the document's text.
  TextRange where_in(std::size_t index, std::string_view part) const {
    const Line& line = lines_[index];
    if (part.empty()) return {};
    const std::size_t begin = line.where.begin + static_cast<std::size_t>(part.data() - line.text.data());
    return {begin, begin + part.size()};
  }

  // "CỘNG" / "HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": broken by a narrow column.
  bool begins_broken_motto(std::string_view piece, std::size_t index) const {
    if (piece.size() > 32 || index + 1 >= lines_.size() || !upper_case(piece)) return false;
    const std::string begin = fold(trim(piece));
    if (begin != "cong" && begin != "cong hoa" && begin != "cong hoa xa" && begin != "cong hoa xa hoi")
      return false;
    return shapes_.is("motto", begin + " " + fold(lines_[index + 1].text));
  }

  bool addressee_ahead(std::size_t index) const {
    for (std::size_t i = index + 1; i < lines_.size() && i <= index + kLookAhead; ++i) {
      if (lines_[i].kind == BlockKind::kParagraph && shapes_.is("addressee_mark", lines_[i].text))
        return true;
    }
    return false;
  }

  bool number_ahead(std::size_t index) const {
    for (std::size_t i = index + 1; i < lines_.size() && i < index + 6; ++i) {
      if (lines_[i].kind == BlockKind::kParagraph && shapes_.is("number_line", lines_[i].text)) return true;
    }
    return false;
  }

  // Before the line that names the type (a công văn has none).
  bool take_start(std::string_view piece, const Line& line, std::size_t index) {
    if (const auto appendix = appendix_head(piece, shapes_)) {
      if (head_.found) return false;
      head_.type = DocumentType::kAppendix;
      head_.appendix = head_.found = true;
      head_.appendix_label = appendix->label;
      if (!appendix->rest.empty()) head_.title.push_back(appendix->rest);
      open_ = Open::kTitle;
      return true;
    }
    if (const auto type = type_line(piece, types_);
        type && (head_.found || type_is_head(piece, *type, index))) {
      head_.type = type->type;
      head_.found = true;
      head_.type_line = single_spaced(upper_case(piece) ? piece : piece.substr(0, type->length));
      const std::string_view rest = trim(piece.substr(type->length));
      if (!rest.empty() && !is_rule(rest)) {
        if (upper_case(rest)) {
          head_.type_rest = single_spaced(rest);
        } else {
          head_.title.push_back(single_spaced(rest));
        }
      }
      open_ = Open::kTitle;
      return true;
    }
    const bool running_title = !head_.found && index < 4 && index + 1 < lines_.size() &&
                               shapes_.is("running_title", lines_[index + 1].text);
    if (running_title || (head_.number_line && head_.date.year != 0)) {
      // "Thông tư" alone under number and date: its capitals were the font's.
      const auto type = types_.at_start(piece);
      if (type && type->length == piece.size() && starts_upper(piece)) {
        head_.type = type->type;
        head_.type_line = single_spaced(piece);
        head_.found = true;
        open_ = Open::kTitle;
        return true;
      }
    }
    // "Thông tư của Bộ Tài chính số 13/2001/TT-BTC ngày 8 tháng 3 năm 2001 hướng dẫn …" in one line.
    if (!head_.found && index < 4 && piece.size() < 800) {
      const auto type = types_.at_start(piece);
      const std::string_view rest = type ? trim(piece.substr(type->length)) : std::string_view();
      if (!rest.empty() && shapes_.is("running_title", rest) && (!ends_sentence(rest) || upper_case(rest))) {
        head_.type = type->type;
        head_.type_line = single_spaced(piece.substr(0, type->length));
        head_.title.push_back(single_spaced(rest));
        head_.found = true;
        open_ = Open::kTitle;
        return true;
      }
    }
    if (head_.number_line || head_.date.year != 0) {
      if (const auto type = misread_type_line(piece, types_)) {
        head_.type = type->type;
        head_.type_line = single_spaced(piece);
        open_ = Open::kTitle;
        return true;
      }
    }
    if (upper_case(piece) && word_count(piece) <= kLongestIssuer && !ends_with_colon(piece)) {
      if (shapes_.is("enacting_body", piece) && basis_follows(index)) {
        head_.enacting_body = single_spaced(piece);
        return true;
      }
      if (head_.issuer.size() >= 5) return false;
      head_.issuer.push_back(single_spaced(piece));
      return head_.found || evidence_ahead(index);
    }
    if (open_ == Open::kSubject && !starts_unit(piece) && word_count(piece) <= 30 &&
        word_count(head_.subject) <= 90) {
      if (head_.subject.empty() || (head_.subject.back() != '.' && (line.column == 1 || line.column == 0))) {
        head_.subject += (head_.subject.empty() ? "" : " ") + single_spaced(piece);
        return true;
      }
    }
    if (starts_unit(piece)) return false;
    // Something unknown (a line read badly, a stamp): the head's as long as there is more of the head to
    // come.
    const std::size_t words = word_count(piece);
    // A website puts the whole title above the line that names the type.
    if (words > 20 && words <= 80 && head_.number_line && type_in_capitals_ahead(index)) return true;
    return words <= 20 && evidence_ahead(index);
  }

  bool type_in_capitals_ahead(std::size_t index) const {
    for (std::size_t i = index + 1; i < lines_.size() && i <= index + 3; ++i) {
      const std::string_view text = trim(lines_[i].text);
      if (lines_[i].kind == BlockKind::kParagraph && text.size() < 60 && upper_case(text) &&
          type_line(text, types_))
        return true;
    }
    return false;
  }

  // A type alone does not make a head ("QUY ĐỊNH" may head a part): a title and a body do.
  bool type_is_head(std::string_view piece, const DocumentTypes::Match& type, std::size_t index) const {
    constexpr std::size_t kShortRest = 60, kLongestTitle = 400;
    const std::string_view rest = trim(piece.substr(type.length));
    // "CÔNG ĐIỆN Chủ động ứng phó bão số 5 và tình hình mưa lũ" as the first line: type and title in one.
    if (index == 0 && rest.size() > kShortRest && rest.size() < kLongestTitle && starts_upper(rest) &&
        !ends_sentence(rest) && !ends_with_colon(rest))
      return true;
    return rest.size() <= kShortRest && index < 6;
  }

  bool take_title(std::string_view piece, const Line& line, std::size_t index) {
    const bool upper = upper_case(piece);
    if (upper && shapes_.is("enacting_body", piece) && basis_follows(index)) {
      head_.enacting_body = single_spaced(piece);
      open_ = Open::kClosed;
      return true;
    }
    if (open_ != Open::kTitle || starts_unit(piece)) return false;
    const std::size_t words = word_count(piece);
    if (shapes_.is("sentence_basis", piece) && ends_sentence(piece)) return false;
    if (title_words_ + words > 160) return false;
    if (ends_sentence(piece)) {
      const bool first = head_.title.empty() && words <= 80 && !ends_with_colon(piece);
      // A title may break behind a comma, or between its parts; a sentence that ends is the body's.
      const bool comma = words <= 30 && (piece.back() == ',' || (piece.back() == ';' && goes_on(index)) ||
                                         (piece.back() == ':' && words <= 20 && (line.centred || line.bold)));
      if (!(first && (line.centred || line.bold || upper)) && !comma) return false;
    }
    if (!head_.title.empty() && title_centred_ && !line.centred && (line.where.size() > 0 && words > 20)) {
      return false;
    }
    if (head_.title.empty()) title_centred_ = line.centred;
    title_words_ += words;
    head_.title.push_back(single_spaced(piece));
    return true;
  }

  // The next line goes on in lower case.
  bool goes_on(std::size_t index) const {
    if (index + 1 >= lines_.size() || lines_[index + 1].kind != BlockKind::kParagraph) return false;
    const std::string_view next = lines_[index + 1].text;
    return !next.empty() && !starts_upper(next) && read_label(next).style == LabelStyle::kNone;
  }

  bool take_addressee(std::string_view piece) {
    const Label label = read_label(piece);
    const bool bullet = label.style == LabelStyle::kDash || label.style == LabelStyle::kPlus ||
                        label.style == LabelStyle::kBullet || label.style == LabelStyle::kStar;
    const std::string_view item = bullet ? piece.substr(label.end) : piece;
    if (word_count(item) > 60 || shapes_.is("basis", item)) return false;
    if (type_line(piece, types_) && !head_.type) {
      return false;
    }
    if (bullet) {
      add_addressee(item);
      return true;
    }
    if (label.style != LabelStyle::kNone && label.strong) return false;
    const bool goes_on =
        head_.addressees.empty() || head_.addressees.back() == ';' || head_.addressees.back() == ',';
    if (!goes_on || (head_.addressees.empty() && word_count(piece) > 30)) return false;
    if (!ends_sentence(piece) || piece.back() == ';' || piece.back() == ',' || word_count(piece) <= 20) {
      add_addressee(item);
      return true;
    }
    return false;
  }

  void add_addressee(std::string_view item) {
    if (!head_.addressees.empty() && head_.addressees.back() != ';') head_.addressees += ';';
    head_.addressees += single_spaced(item);
  }

  bool starts_unit(std::string_view piece) const {
    const Label label = read_label(piece);
    return label.style != LabelStyle::kNone && label.strong;
  }

  bool basis_follows(std::size_t index) const {
    for (std::size_t i = index + 1; i < lines_.size() && i < index + 4; ++i) {
      if (lines_[i].kind != BlockKind::kParagraph || is_rule(lines_[i].text)) continue;
      if (shapes_.is("basis", lines_[i].text) || shapes_.is("sentence_basis", lines_[i].text)) return true;
      const Label label = read_label(lines_[i].text);
      return label.style == LabelStyle::kDash && shapes_.is("basis", lines_[i].text.substr(label.end));
    }
    return false;
  }

  // Something that only a head has, within the next lines.
  bool evidence_ahead(std::size_t index) const {
    for (std::size_t i = index + 1; i < lines_.size() && i <= index + kLookAhead; ++i) {
      const std::string_view text = lines_[i].text;
      if (lines_[i].kind != BlockKind::kParagraph || text.size() > 400) continue;
      if (shapes_.is("basis", text)) return false;
      if (shapes_.is("motto", text) || shapes_.is("party_motto", text) ||
          shapes_.is("short_subject_mark", text) || shapes_.is("addressee_mark", text)) {
        return true;
      }
      if (!head_.number_line && shapes_.is("number_line", text) && word_count(text) <= 14) return true;
      if (!head_.type &&
          (type_line(text, types_) || appendix_head(text, shapes_) || misread_type_line(text, types_)))
        return true;
      if (head_.date.year == 0 && shapes_.is("place_date", text) && word_count(text) <= 14) return true;
    }
    return false;
  }

  const std::vector<Line>& lines_;
  const Shapes& shapes_;
  const DocumentTypes& types_;
  Head head_;
  Open open_ = Open::kNone;
  bool title_centred_ = false;
  bool number_pending_ = false;  // "Số:" stood alone: its number is the next line

  std::size_t title_words_ = 0;
  int attached_lines_ = 0;
};

}  // namespace

Head read_head(const std::vector<Line>& lines, std::size_t from, const Shapes& shapes,
               const DocumentTypes& types) {
  return HeadReader(lines, shapes, types).read(from);
}

}  // namespace vanban::parse
