#include "parse/body.h"

#include <algorithm>
#include <utility>

#include "parse/appendix.h"
#include "parse/tree.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"

namespace vanban::parse {
namespace {

constexpr std::size_t kLongestTitle = 600;      // bytes, of a heading over several lines
constexpr std::size_t kPreamble = 60;           // lines in which the body tells who issues it
constexpr std::size_t kLongestQuotation = 400;  // lines

// How long a heading of its own line may be, in words: of a part or an article, a clause, a point, a dash.
std::size_t longest_heading(LabelStyle style) {
  if (style <= LabelStyle::kRoman) return 90;
  if (style <= LabelStyle::kNumberBrackets) return 75;
  return style <= LabelStyle::kSmallRoman ? 45 : 15;
}

class BodyReader {
 public:
  BodyReader(LaidOutText& text, const std::vector<Line>& lines, const Shapes& shapes,
             const DocumentTypes& types)
      : text_(text),
        lines_(lines),
        shapes_(shapes),
        types_(types),
        appendices_(lines, shapes, types),
        tree_(text),
        quoted_(quoted_lines(lines, shapes)),
        ocr_(text.origin == TextOrigin::kOcr || text.origin == TextOrigin::kMixed) {}

  Body read(const Head& head) {
    add_run(0, head.begin, [](std::size_t) { return SectionKind::kParagraph; });
    add_run(head.begin, head.end, [](std::size_t) { return SectionKind::kHeader; });
    for (std::size_t i = head.end; i < lines_.size();) i = step(i);
    // A title in the body that looked like an appendix's: the document's signature is the first one that
    // stands behind.
    if (!body_.foot.signed_here()) body_.foot.sign_as(sample_.signed_here() ? sample_ : spare_);
    body_.sections = tree_.finish(text_.tables, body_.diagnostics);
    return std::move(body_);
  }

 private:
  // Reads what stands at line `i`; the first line behind it.
  std::size_t step(std::size_t i) {
    const Line& line = lines_[i];
    if (line.kind == BlockKind::kFootnote) {
      tree_.add_footnote(line, text_.blocks[line.block].label);
      interrupt_heading();
      return i + 1;
    }
    if (line.kind == BlockKind::kTable) {
      tree_.add_table(line, text_.blocks[line.block].table);
      heading_open_ = false;
      return i + 1;
    }
    if (line.text.empty() || is_rule(line.text) || shapes_.is("noise", line.text)) {
      tree_.add_aside(line);
      interrupt_heading();
      return i + 1;
    }
    if (line.text.size() < 64 && shapes_.is("draft_mark", line.text)) {
      body_.draft_mark = true;
      tree_.add_aside(line);
      interrupt_heading();
      return i + 1;
    }
    if (!quoted_[i]) {
      if (const auto appendix = appendices_.at(i, after_foot_, appendix_empty_))
        return begin_appendix(*appendix);
      if (line.text.size() < 1200) {
        Foot foot = read_foot(lines_, i, ocr_, shapes_, types_);
        if (foot.end > i) return add_foot(i, std::move(foot));
      }
    }
    add_paragraph(i);
    appendix_empty_ = false;
    return i + 1;
  }

  // A heading that has begun does not go on behind something else; one that is still to come does.
  void interrupt_heading() {
    if (tree_.has_open() && !tree_.node(tree_.open_node()).heading.empty()) heading_open_ = false;
  }

  std::size_t begin_appendix(const AppendixStart& start) {
    tree_.begin_appendix(start.label, start.heading, start.heading_range, lines_, start.from,
                         start.paragraphs);
    if (start.head_end > start.from) {
      add_run(start.from, start.head_end, [](std::size_t) { return SectionKind::kHeader; });
    }
    for (std::size_t i = start.from; i < start.end; ++i) {
      if (lines_[i].kind == BlockKind::kFootnote && start.head_end <= start.from) {
        tree_.add_footnote(lines_[i], text_.blocks[lines_[i].block].label);
      }
    }
    in_appendix_ = appendix_empty_ = true;
    appendix_articles_ = false;
    after_foot_ = false;
    heading_open_ = false;
    return start.end;
  }

  std::size_t add_foot(std::size_t from, Foot foot) {
    const std::size_t end = foot.end;
    add_run(from, end, [&](std::size_t i) {
      return foot.roles[i - from] == FootRole::kRecipients ? SectionKind::kRecipients
                                                           : SectionKind::kSignature;
    });
    if (!in_appendix_) {
      // Recipients and signature may be apart: a table or a page break between them.
      if (body_.foot.recipients.empty()) body_.foot.recipients = foot.recipients;
      if (!body_.foot.signed_here()) {
        body_.foot.sign_as(foot);
      } else if (body_.foot.name.empty() && !foot.name.empty()) {
        // What came before was a form or a page's rest: a signature with its name is the document's.
        if (foot.titles.empty()) foot.titles = std::move(body_.foot.titles);
        body_.foot.sign_as(foot);
      }
    }
    if (in_appendix_ && spare_.name.empty() && !foot.name.empty() && !foot.titles.empty() &&
        shapes_.is("authority", foot.titles.front())) {
      spare_ = std::move(foot);
    }
    after_foot_ = true;
    heading_open_ = false;
    return end;
  }

  // Lines [from, to) as sections of the kind that `kind_at` tells, one for each run; footnotes between them
  // keep theirs.
  template <class KindAt>
  void add_run(std::size_t from, std::size_t to, KindAt kind_at) {
    for (std::size_t i = from; i < to;) {
      if (lines_[i].kind != BlockKind::kParagraph) {
        if (lines_[i].kind == BlockKind::kFootnote)
          tree_.add_footnote(lines_[i], text_.blocks[lines_[i].block].label);
        if (lines_[i].kind == BlockKind::kTable)
          tree_.add_table(lines_[i], text_.blocks[lines_[i].block].table);
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      while (end < to && lines_[end].kind == BlockKind::kParagraph && kind_at(end) == kind_at(i)) ++end;
      tree_.add_run(kind_at(i), lines_, i, end);
      i = end;
    }
  }

  // "Số: 470/VBHN-BLĐTBXH", "Hà Nội, ngày …" above the signature of who attests the text.
  void note_attested(std::string_view text) {
    std::vector<TextRange> groups;
    if (text.size() > 200) return;
    if (body_.attested.number.empty()) {
      if (shapes_.match("attested_number", text, groups))
        body_.attested.number = single_spaced(shapes_.part("attested_number", "number", text, groups));
    } else if (!body_.attested.date.known() && shapes_.match("place_date", text, groups)) {
      body_.attested.date = date_of(shapes_.part("place_date", "day", text, groups),
                                    shapes_.part("place_date", "month", text, groups),
                                    shapes_.part("place_date", "year", text, groups));
      body_.attested.place =
          single_spaced(without_end(shapes_.part("place_date", "place", text, groups), ",."));
    }
  }

  void add_paragraph(std::size_t i) {
    const Line& line = lines_[i];
    if (!in_appendix_) note_attested(line.text);
    Label label = quoted_[i] ? Label{} : read_label(line.text);
    // "(i) …; (ii) …" in one paragraph: items of the unit that is open.
    if (label.style == LabelStyle::kSmallRoman && label.ordinal == 1 &&
        !inline_roman_marks(line.text).empty())
      label = {};
    if (tree_.accepts(label)) {
      add_unit(label, i);
      return;
    }
    const bool upper = line.text.size() < 500 && upper_case(line.text);
    if (upper && !quoted_[i]) {
      const Label misread = misread_roman(line.text);
      if (tree_.accepts(misread) && (misread.ordinal > 1 || !tree_.has_open())) {
        add_unit(misread, i);
        return;
      }
    }
    if (heading_open_ && tree_.has_open()) {
      const std::size_t open = tree_.open_node();
      const TextRange before = tree_.node(open).heading_range;
      const bool next = before.empty() || before.size() < kLongestTitle;
      const bool title = next && tree_.node(open).heading.empty()
                             ? is_title(line, i)
                             : next && upper && upper_case(tree_.node(open).heading);
      if (title) {
        tree_.set_heading(open, line.where);
        return;
      }
    }
    heading_open_ = false;
    if (!quoted_[i]) {
      if (shapes_.is("enacting", line.text) || enacts_without_colon(i)) {
        tree_.close_units();
        tree_.add_aside(line);
        return;
      }
      if (upper && word_count(line.text) <= 40 && !ends_sentence(line.text) && word_count(line.text) >= 2 &&
          gives_content(i)) {
        tree_.begin_unlabelled(line);
        heading_open_ = true;
        return;
      }
      if (tree_.has_open() && is_closing(line)) tree_.close_units();
      if (!in_appendix_ && body_.passed.empty() && shapes_.is("passed", line.text)) body_.passed = line.where;
    }
    if (!in_appendix_ && body_.issuing_body.empty() && i < kPreamble && line.text.size() < 1000) {
      std::vector<TextRange> groups;
      if (shapes_.match("issuing_sentence", line.text, groups)) {
        body_.issuing_body = single_spaced(shapes_.part("issuing_sentence", "who", line.text, groups));
      }
    }
    tree_.add_text(line.where, line);
  }

  // "QUYẾT ĐỊNH" behind the legal bases, and below it the first article or point.
  bool enacts_without_colon(std::size_t i) const {
    if (in_appendix_ || i + 1 >= lines_.size() || !shapes_.is("enacting", std::string(lines_[i].text) + ":"))
      return false;
    const Label next = read_label(lines_[i + 1].text);
    return next.style == LabelStyle::kArticle && next.ordinal == 1;
  }

  // The next article of the document itself behind a signature, or behind what looked like an appendix: those
  // were samples in its text ("KT. CHỦ TỊCH …" in rules on how to sign), its own signature is still to come.
  void note_article(int ordinal) {
    if (in_appendix_) {
      appendix_articles_ = appendix_articles_ || ordinal != last_article_ + 1;
      if (appendix_articles_ || last_article_ == 0) return;
      in_appendix_ = false;
    }
    if (last_article_ > 0 && ordinal == last_article_ + 1 && body_.foot.signed_here()) {
      if (!sample_.signed_here()) sample_ = body_.foot;
      body_.foot.sign_as(Foot());
    }
    last_article_ = ordinal;
  }

  void add_unit(const Label& label, std::size_t i) {
    const Line& line = lines_[i];
    if (label.style == LabelStyle::kArticle) note_article(label.ordinal);
    const std::size_t node = tree_.begin_unit(label, line);
    const TextRange content = trim(text_.text, {line.where.begin + label.end, line.where.end});
    const bool named = label.style <= LabelStyle::kRoman && label.style != LabelStyle::kArticle;
    heading_open_ = false;
    if (content.empty()) {
      heading_open_ = named;
      return;
    }
    if (is_heading(label, content, i)) {
      const std::string_view text = content.of(text_.text);
      const std::string_view bare = upper_case(text) ? without_end(text, ".:;,") : text;
      tree_.set_heading(node, {content.begin, content.begin + bare.size()});
      heading_open_ = upper_case(text);
    } else {
      tree_.add_text(content, line);
    }
  }

  // The title of "Chương I" on the line below it.
  bool is_title(const Line& line, std::size_t i) const {
    if (upper_case(line.text)) return true;
    if (ends_sentence(line.text) || word_count(line.text) > 40) return false;
    return line.centred || line.bold || gives_content(i);
  }

  bool is_heading(const Label& label, TextRange content, std::size_t i) const {
    const std::string_view text = content.of(text_.text);
    if (label.style <= LabelStyle::kSubMuc) return true;
    if (word_count(text, longest_heading(label.style)) > longest_heading(label.style)) return false;
    const bool upper = upper_case(text);
    if (upper && label.style <= LabelStyle::kRoman) return true;
    constexpr std::size_t kFewWords = 8;  // "6. Mục đích" is a heading, whatever follows
    if (!upper && (ends_sentence(text) || (word_count(text) > kFewWords && breaks_off(i)))) return false;
    if (label.style >= LabelStyle::kStar && !upper) {
      // A dash without a full stop is more often a careless item than a heading: only where a list stands
      // below it.
      return gives_list(i);
    }
    return gives_content(i);
  }

  // The next line goes on in small letters: a sentence that a page or a careless hand broke.
  bool breaks_off(std::size_t i) const {
    const std::size_t next = next_line(i);
    if (next == Tree::kNoNode || next >= lines_.size() || lines_[next].kind != BlockKind::kParagraph)
      return false;
    const std::string_view text = lines_[next].text;
    std::size_t at = 0;
    const char32_t first = text.empty() ? U' ' : decode_utf8(text, at);
    return is_letter(first) && !is_upper_letter(first) && read_label(text).style == LabelStyle::kNone;
  }

  // The next line of the body, behind footnotes and rules; npos: none.
  std::size_t next_line(std::size_t i) const {
    for (std::size_t k = i + 1; k < lines_.size() && k < i + 12; ++k) {
      if (lines_[k].kind == BlockKind::kFootnote) continue;
      if (lines_[k].kind == BlockKind::kParagraph &&
          (is_rule(lines_[k].text) || shapes_.is("noise", lines_[k].text)))
        continue;
      return k;
    }
    return Tree::kNoNode;
  }

  // Whether what follows line `i` belongs to the unit that it opened.
  bool gives_list(std::size_t i) const {
    const std::size_t k = next_line(i);
    if (k == Tree::kNoNode) return false;
    if (lines_[k].kind == BlockKind::kTable) return true;
    const Label label = quoted_[k] ? Label{} : read_label(lines_[k].text);
    return tree_.accepts(label) && tree_.would_nest(label);
  }

  bool gives_content(std::size_t i) const {
    const std::size_t k = next_line(i);
    if (k == Tree::kNoNode) return false;
    const Line& next = lines_[k];
    if (next.kind == BlockKind::kTable) return true;
    const Label label = quoted_[k] ? Label{} : read_label(next.text);
    if (tree_.accepts(label)) return tree_.would_nest(label) || (!tree_.has_open());
    if (shapes_.is("recipients_mark", next.text) || shapes_.is("enacting", next.text)) return false;
    if (shapes_.is("authority", next.text) || appendix_head(next.text, shapes_)) return false;
    return !is_closing(next);
  }

  bool is_closing(const Line& line) const {
    if (shapes_.is("closing", line.text)) return true;
    const std::string_view text = without_end(line.text, ") ");
    return text.size() > 3 && text.size() < 1500 && text.substr(text.size() - 3) == "./." &&
           shapes_.is("closing_notice", line.text);
  }

  LaidOutText& text_;
  const std::vector<Line>& lines_;
  const Shapes& shapes_;
  const DocumentTypes& types_;
  AppendixFinder appendices_;
  Tree tree_;
  std::vector<bool> quoted_;
  bool ocr_ = false;
  Body body_;
  Foot spare_;                      // the first signature of an appendix
  Foot sample_;                     // a signature behind which the articles went on
  int last_article_ = 0;            // of the document itself
  bool appendix_articles_ = false;  // the appendix has articles of its own
  bool in_appendix_ = false;
  bool appendix_empty_ = false;  // its head was read, nothing else yet
  bool after_foot_ = false;
  bool heading_open_ = false;  // the open unit's heading may go on in the next line
};

}  // namespace

Body read_body(LaidOutText& text, const std::vector<Line>& lines, const Head& head, const Shapes& shapes,
               const DocumentTypes& types) {
  return BodyReader(text, lines, shapes, types).read(head);
}

std::vector<bool> quoted_lines(const std::vector<Line>& lines, const Shapes& shapes) {
  std::vector<bool> quoted(lines.size(), false), stops(lines.size(), false);
  // How many quotations each line leaves open, and closes of those before it.
  std::vector<int> opens(lines.size(), 0), closes(lines.size(), 0);
  std::vector<bool> straight(lines.size(), false);  // an odd number of "
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind != BlockKind::kParagraph) continue;
    const std::string_view text = lines[i].text;
    bool odd = false;
    stops[i] = text.size() < 200 &&
               (shapes.is("recipients_mark", text) || (shapes.is("authority", text) && upper_case(text)));
    const bool marks =
        text.find('"') != std::string_view::npos || text.find('\xE2') != std::string_view::npos;
    for (std::size_t at = 0; marks && at < text.size(); ++at) {
      if (text[at] == '"') odd = !odd;
      if (text[at] != '\xE2' || at + 2 >= text.size() || text[at + 1] != '\x80') continue;
      if (text[at + 2] == '\x9C') ++opens[i];
      if (text[at + 2] == '\x9D') {
        if (opens[i] > 0) {
          --opens[i];
        } else {
          ++closes[i];
        }
      }
    }
    straight[i] = odd;
  }
  for (std::size_t i = 0; i < lines.size();) {
    const std::string_view text = lines[i].text;
    const bool curly = opens[i] > 0 && text.substr(0, 3) == "\xE2\x80\x9C";
    const bool plain = straight[i] && !text.empty() && text.front() == '"';
    std::size_t end = i;
    if (curly || plain) {
      const bool alone = text.substr(0, 3) == "\xE2\x80\x9C" || text.front() == '"';
      if (alone) quoted[i] = true;
      int depth = opens[i];
      for (std::size_t k = i + 1; k < lines.size() && k < i + kLongestQuotation; ++k) {
        if (stops[k]) break;
        depth += opens[k] - closes[k];
        if (curly ? (closes[k] > 0 && depth <= 0) : straight[k]) {
          end = k;
          break;
        }
      }
    } else if (!text.empty() && (text.substr(0, 3) == "\xE2\x80\x9C" || text.front() == '"')) {
      quoted[i] = true;  // opened and closed on one line: “1. …”
    }
    for (std::size_t k = i; k <= end && end > i; ++k) quoted[k] = true;
    i = end + 1;
  }
  return quoted;
}

}  // namespace vanban::parse
