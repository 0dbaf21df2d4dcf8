#include "parse/document_starts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "parse/foot.h"
#include "parse/head.h"
#include "vanban/lexicon/document_numbers.h"
#include "vanban/lexicon/number_key.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

constexpr std::size_t kTop =
    8;  // lines of a page in which a heading may begin: issuing bodies stand before it
constexpr std::size_t kHeadLines = 40;

// The number of a head that is a document's own and whole; nothing otherwise.
std::optional<DocumentNumber> number_of_head(const Head& head) {
  const bool whole = head.found && head.motto && head.number_line && head.date.full() &&
                     !head.issuer.empty() && !head.appendix && head.attached.empty() && !head.draft &&
                     (head.type || head.subject_mark || head.addressee_mark);
  if (!whole) return std::nullopt;
  std::optional<DocumentNumber> number = parse_document_number(head.number);
  if (!number || number->ordinal.empty() || number->symbol.empty()) return std::nullopt;
  return number;
}

// A foot among the lines of one page: a signature, or recipients to their end.
bool is_signed(const std::vector<Line>& page, std::size_t from, bool ocr, const Shapes& shapes,
               const DocumentTypes& types) {
  for (std::size_t i = from; i < page.size();) {
    if (page[i].kind != BlockKind::kParagraph || page[i].text.size() > 1200) {
      ++i;
      continue;
    }
    const Foot foot = read_foot(page, i, ocr, shapes, types);
    const bool archived = fold(foot.recipients).find("luu") != std::string::npos;
    if (foot.end > i && ((!foot.titles.empty() && !foot.name.empty()) || archived)) return true;
    i = std::max(foot.end, i + 1);
  }
  return false;
}

// Lines of one page each, in order.
std::vector<std::vector<Line>> pages_of(const LaidOutText& text, const std::vector<Line>& lines) {
  std::vector<std::vector<Line>> pages;
  int number = 0;
  for (const Line& line : lines) {
    const int page = text.blocks[line.block].page;
    if (page == 0) return {};
    if (pages.empty() || page > number) {
      pages.emplace_back();
      number = page;
    }
    pages.back().push_back(line);
  }
  return pages;
}

bool has_heading_at_top(const std::vector<Line>& page, const Shapes& shapes) {
  for (std::size_t i = 0; i < page.size() && i < kTop; ++i) {
    if (shapes.is("motto", page[i].text) || shapes.is("party_motto", page[i].text)) return true;
  }
  return false;
}

}  // namespace

std::vector<DocumentStart> document_starts(const LaidOutText& text, const std::vector<Line>& lines,
                                           const Shapes& shapes, const DocumentTypes& types) {
  std::vector<DocumentStart> starts;
  const std::vector<std::vector<Line>> pages = pages_of(text, lines);
  std::vector<bool> heading(pages.size());
  bool any = false;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    heading[i] = has_heading_at_top(pages[i], shapes);
    any = any || (i > 0 && heading[i]);
  }
  if (!any) return starts;
  const bool ocr = text.origin == TextOrigin::kOcr || text.origin == TextOrigin::kMixed;
  std::string current;  // key of the number of the document that is being read
  bool is_closed = false;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::vector<Line>& page = pages[i];
    std::size_t body = 0;
    if (i == 0 || (is_closed && heading[i])) {
      const Head head = read_head(
          {page.begin(), page.begin() + static_cast<std::ptrdiff_t>(std::min(page.size(), kHeadLines))}, 0,
          shapes, types);
      if (const std::optional<DocumentNumber> own = number_of_head(head)) {
        const std::string key = document_number_key(*own);
        if (i > 0 && key != current) {
          const int number = text.blocks[page.front().block].page;
          starts.push_back({number, "page " + std::to_string(number) +
                                        " begins another document: a heading with number " + own->text +
                                        " and date " + to_iso(head.date) +
                                        ", behind the end of the one before"});
          is_closed = false;
        }
        current = key;
        body = head.end;
      }
    }
    is_closed = is_closed || is_signed(page, body, ocr, shapes, types);
  }
  return starts;
}

}  // namespace vanban::parse
