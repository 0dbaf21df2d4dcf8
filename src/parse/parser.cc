#include "vanban/parse/parser.h"

#include <algorithm>
#include <utility>

#include "parse/body.h"
#include "parse/document_starts.h"
#include "parse/header_fields.h"
#include "parse/shapes.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/document_numbers.h"
#include "vanban/lexicon/identity.h"
#include "vanban/normalise/text.h"

namespace vanban {

struct Parser::Impl {
  Impl(parse::Shapes s, const Agencies& a, const DocumentTypes& t)
      : shapes(std::move(s)), agencies(a), types(t) {}
  std::vector<parse::Line> lines_of(const LaidOutText& text) const;
  void set_passed(std::string_view text, TextRange passed, DocumentHeader& header) const;
  void set_attested(const parse::Body& body, DocumentHeader& header) const;
  void doubt_number(const LaidOutText& text, std::size_t from, const std::string& printed,
                    Document& document) const;
  void doubt_date(const LaidOutText& text, const parse::Head& head, Document& document) const;
  void doubt_subject(Document& document) const;
  void restore_case(std::string_view text, std::string& name) const;

  parse::Shapes shapes;
  const Agencies& agencies;
  const DocumentTypes& types;
};

std::vector<parse::Line> Parser::Impl::lines_of(const LaidOutText& text) const {
  return parse::make_lines(text, [this](std::string_view cell) {
    return (shapes.is("motto", cell) && parse::upper_case(cell.substr(0, 12))) ||
           shapes.is("party_motto", cell) || shapes.is("recipients_mark", cell) ||
           (cell.size() < 200 && shapes.is("authority", cell));
  });
}

// "Nghị quyết này đã được Quốc hội … thông qua ngày 12 tháng 11 năm 2015": the day of a law, which has none
// in its head, and of a text without a head also what it is and who passed it.
void Parser::Impl::set_passed(std::string_view text, TextRange passed, DocumentHeader& header) const {
  std::vector<TextRange> groups;
  const std::string_view sentence = passed.of(text);
  if (!shapes.match("passed", sentence, groups)) return;
  if (header.type == DocumentType::kOther && header.number.text.empty()) {
    if (const auto type = types.at_start(sentence)) {
      header.type = type->type;
      header.inferred.push_back("type");
    }
  }
  if (!header.date.known()) {
    if (const auto date = date_at(shapes.part("passed", "date", sentence, groups), 0)) {
      header.date = date->date;
      header.inferred.push_back("date");
    }
  }
  if (header.issuer.name.empty()) {
    const std::string_view by = shapes.part("passed", "by", sentence, groups);
    const auto body = agencies.at(by, 0);
    if (body && !body->group && !body->mention.id.empty()) {
      header.issuer = body->mention;
      header.inferred.push_back("issuer");
    }
  }
  if (!header.number.ordinal.empty()) {
    header.id = document_id({header.type, header.number, header.date, header.issuer, ""}, agencies);
  }
}

// A consolidated text (văn bản hợp nhất) in the gazette has its own number where it is attested: at the end.
void Parser::Impl::set_attested(const parse::Body& body, DocumentHeader& header) const {
  if (body.attested.number.empty() || !header.number.text.empty()) return;
  const auto number = parse_document_number(body.attested.number);
  if (!number) return;
  header.number = *number;
  if (!header.date.known()) {
    header.date = body.attested.date;
    header.place = body.attested.place;
  }
  header.id = document_id({header.type, header.number, header.date, header.issuer, ""}, agencies);
}

// A body that no registry has is printed in capitals in the head; the text says how it is written: "TRƯỜNG
// ĐẠI HỌC TÂY ĐÔ" and "Hiệu trưởng Trường Đại học Tây Đô".
void Parser::Impl::restore_case(std::string_view text, std::string& name) const {
  constexpr std::size_t kFar = 200'000;
  constexpr std::size_t kLeastWords = 3;
  if (parse::word_count(name) < kLeastWords) return;
  const std::string_view near = text.substr(0, kFar);
  const std::string lower = to_lower(near), key = to_lower(name);
  if (lower.size() != near.size()) return;
  for (std::size_t at = lower.find(key); at != std::string::npos; at = lower.find(key, at + key.size())) {
    const std::string_view written = near.substr(at, key.size());
    if (parse::upper_case(written) || !parse::starts_upper(written)) continue;
    name = std::string(written);
    return;
  }
}

// A number that was written by hand is seldom read right, and it is what a document is known by: where OCR
// was not sure of its digits (on 29 real scans four of five wrong numbers were read with less than 0.5, and
// every right one with more than 0.6) it is no number, and the warning says what was read. The symbol stays:
// it is printed.
void Parser::Impl::doubt_number(const LaidOutText& text, std::size_t from, const std::string& printed,
                                Document& document) const {
  constexpr double kLeast = 0.6, kSure = 0.9;
  DocumentNumber& number = document.header.number;
  if (printed.empty() || number.ordinal.empty()) return;
  const std::size_t at = text.text.find(printed, from);
  if (at == std::string::npos) return;
  const TextRange digits{at, at + std::min(printed.size(), printed.find('/'))};
  const double confidence = confidence_of(text.words, digits).first;
  if (confidence >= kSure) return;
  const bool unread = confidence < kLeast;
  document.warnings.push_back(
      {"ocr-doubtful-number",
       "OCR was not sure of the document's number \"" + printed + "\"" + (unread ? ", so it has none" : ""),
       page_of(text.blocks, text.words, at)});
  if (!unread) return;
  number.text.clear();
  number.ordinal.clear();
  number.year = 0;
  document.header.id.clear();
}

// The same for the day and the month: they are what is written by hand in a printed date.
void Parser::Impl::doubt_date(const LaidOutText& text, const parse::Head& head, Document& document) const {
  constexpr double kLeast = 0.6;
  PartialDate& date = document.header.date;
  if (date != head.date || date.day == 0 || head.day.empty() || head.month.empty()) return;
  const bool day = confidence_of(text.words, head.day).first >= kLeast,
             month = confidence_of(text.words, head.month).first >= kLeast;
  if (day && month) return;
  document.warnings.push_back({"ocr-doubtful-date",
                               "OCR was not sure of the document's date \"" + std::to_string(date.day) + "/" +
                                   std::to_string(date.month) + "/" + std::to_string(date.year) +
                                   "\", so it is " + (month ? "a month" : "a year") + " only",
                               page_of(text.blocks, text.words, head.day.begin)});
  date.day = 0;
  if (!month) date.month = 0;
}

// A subject with a word that cannot be read says so: a stamp or a seal may stand over it.
void Parser::Impl::doubt_subject(Document& document) const {
  constexpr std::u32string_view kNoLetters = U"©®«»¬{}=|\\<>~^";
  std::string odd;
  for (const std::string_view word : parse::words_of(document.header.subject)) {
    bool sign = false;
    for (std::size_t at = 0; at < word.size() && !sign;)
      sign = kNoLetters.find(decode_utf8(word, at)) != std::u32string_view::npos;
    if (sign && to_upper(word) != word) odd += " \"" + std::string(word) + "\"";
  }
  if (!odd.empty())
    document.warnings.push_back({"ocr-doubtful-subject", "the document's subject has" + odd, 0});
}

Parser::Parser(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;
Parser::~Parser() = default;

PatternTable& Parser::patterns() { return impl_->shapes.patterns(); }
const PatternTable& Parser::patterns() const { return impl_->shapes.patterns(); }

Result<Parser> Parser::create(const Models& models, const Agencies& agencies, const DocumentTypes& types) {
  auto shapes = parse::Shapes::create(models);
  if (!shapes) return shapes.error();
  return Parser(std::make_unique<Impl>(std::move(*shapes), agencies, types));
}

std::vector<DocumentStart> Parser::starts_inside(const LaidOutText& text) const {
  return parse::document_starts(text, impl_->lines_of(text), impl_->shapes, impl_->types);
}

Document Parser::parse(LaidOutText text) const {
  Document document;
  const PatternScan scan(patterns(), text.text);
  const std::vector<parse::Line> lines = impl_->lines_of(text);
  const std::size_t start = parse::head_start(lines, impl_->shapes, impl_->types);
  parse::Head head = parse::read_head(lines, start, impl_->shapes, impl_->types);
  const bool read_by_ocr = text.origin == TextOrigin::kOcr || text.origin == TextOrigin::kMixed;
  if (read_by_ocr) parse::mend_head(impl_->shapes, impl_->agencies, head);
  parse::Body body = parse::read_body(text, lines, head, impl_->shapes, impl_->types);
  document.warnings = std::move(text.diagnostics);
  document.header =
      parse::header_fields(head, body.foot, impl_->shapes, impl_->agencies, impl_->types, document.warnings);
  if (head.begin < lines.size()) {
    impl_->doubt_number(text, lines[head.begin].where.begin, head.number, document);
    impl_->doubt_date(text, head, document);
    if (read_by_ocr) impl_->doubt_subject(document);
  }
  if (!body.passed.empty()) impl_->set_passed(text.text, body.passed, document.header);
  if (document.header.issuer.name.empty() && head.found && !body.issuing_body.empty()) {
    // No head, but "Bộ trưởng Bộ Công an ban hành Thông tư …": the body that the title stands for.
    if (const auto agency = impl_->agencies.at(body.issuing_body, 0);
        agency && !agency->group && !agency->mention.id.empty()) {
      document.header.issuer = {std::string(impl_->agencies.name_of(agency->mention.id)), agency->mention.id};
      document.header.inferred.push_back("issuer");
    }
  }
  if (document.header.issuer.id.empty()) impl_->restore_case(text.text, document.header.issuer.name);
  impl_->set_attested(body, document.header);
  document.header.draft = document.header.draft || body.draft_mark;
  if (document.header.attached_to == std::nullopt && !head.found && !text.blocks.empty()) {
    document.warnings.push_back({"head-missing", "no head of an official document was found", 0});
  }
  document.warnings.insert(document.warnings.end(), body.diagnostics.begin(), body.diagnostics.end());
  document.sections = std::move(body.sections);
  document.text = std::move(text.text);
  document.blocks = std::move(text.blocks);
  document.tables = std::move(text.tables);
  document.words = std::move(text.words);
  document.footnote_marks = std::move(text.footnote_marks);
  return document;
}

}  // namespace vanban
