#include "akoma_body.h"

#include <algorithm>

#include "vanban/base/markup.h"
#include "vanban/link/akoma_ntoso.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kNoSection = static_cast<std::size_t>(-1);

struct Tag {
  const char* element;  // of Akoma Ntoso; nullptr: a block
  const char* id;       // its part of an eId
};

Tag tag_of(SectionKind kind) {
  switch (kind) {
    case SectionKind::kPart:
      return {"part", "part"};
    case SectionKind::kChapter:
      return {"chapter", "chp"};
    case SectionKind::kSection:
      return {"section", "sec"};
    case SectionKind::kArticle:
      return {"article", "art"};
    case SectionKind::kClause:
      return {"clause", "cl"};
    case SectionKind::kPoint:
      return {"point", "point"};
    case SectionKind::kDash:
      return {"indent", "indent"};
    case SectionKind::kRomanInline:
      return {"subparagraph", "subpara"};
    case SectionKind::kAppendix:  // inside something else; at the top it is an attachment
      return {"hcontainer name=\"appendix\"", "appendix"};
    case SectionKind::kParagraph:
    case SectionKind::kTable:
    case SectionKind::kFootnote:
    case SectionKind::kHeader:
    case SectionKind::kSignature:
    case SectionKind::kRecipients:
      break;
  }
  return {nullptr, "p"};
}

bool closes(SectionKind kind) { return kind == SectionKind::kSignature || kind == SectionKind::kRecipients; }

// A label as a part of an eId: "1.2" and "đ" stay, "(i)" is "i", "-" nothing.
std::string label_id(std::string_view label) {
  std::string out;
  for (const char c : label) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || byte >= 0x80 ||
        c == '.')
      out += c;
  }
  while (!out.empty() && out.back() == '.') out.pop_back();
  return out;
}

std::string element_name(std::string_view element) {
  return std::string(element.substr(0, element.find(' ')));
}

TextRange trimmed(std::string_view text, TextRange where) {
  where.end = std::min(where.end, text.size());
  while (where.begin < where.end && (text[where.begin] == ' ' || text[where.begin] == '\n')) ++where.begin;
  while (where.end > where.begin && (text[where.end - 1] == ' ' || text[where.end - 1] == '\n')) --where.end;
  return where;
}

// Lines of a range that are not empty.
std::vector<TextRange> lines_of(std::string_view text, TextRange where) {
  std::vector<TextRange> lines;
  where.end = std::min(where.end, text.size());
  while (where.begin < where.end) {
    std::size_t end = text.find('\n', where.begin);
    end = std::min(end, where.end);
    const TextRange line = trimmed(text, {where.begin, end});
    if (!line.empty()) lines.push_back(line);
    where.begin = end + 1;
  }
  return lines;
}

// Whether the cells stand one behind the other and hold all the text of `where`: of a table inside a table
// they may not.
bool cells_in_order(const std::vector<const TableRow*>& rows, std::string_view text, TextRange where) {
  std::size_t at = where.begin;
  bool first = true;
  for (const TableRow* row : rows) {
    for (const TableCell& cell : *row) {
      if (cell.where.empty()) continue;
      if (cell.where.begin < at || cell.where.end > where.end) return false;
      if (!first && !trimmed(text, {at, cell.where.begin}).empty()) return false;
      at = cell.where.end;
      first = false;
    }
  }
  return true;
}

std::string part_of_reference(const Pinpoint& p) {
  std::string out;
  const auto add = [&](const char* name, const std::string& label) {
    if (const std::string id = label_id(label); !id.empty())
      out += (out.empty() ? "" : "__") + std::string(name) + "_" + id;
  };
  if (p.article.empty()) add("part", p.part), add("chp", p.chapter), add("sec", p.section);
  add("art", p.article), add("cl", p.clause), add("point", p.point);
  return out;
}

}  // namespace

std::string UniqueIds::take(const std::string& wanted) {
  std::string id;
  for (const char c : wanted) id += c == ' ' || c == '\n' || c == '\t' ? '-' : c;
  std::size_t& count = taken_[id];
  if (++count == 1) return id;
  return take(id + "-" + std::to_string(count));
}

AkomaBody::AkomaBody(const Document& document) : document_(document) {
  const std::vector<Section>& sections = document.sections;
  children_.resize(sections.size());
  // Who is inside whom follows from the text: a heading that the parser put beside the unit around it (in a
  // cell of a table, in a diagram) would have that text written twice.
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const TextRange where = sections[i].where;
    while (!open.empty() && !sections[open.back()].where.contains(where)) open.pop_back();
    (open.empty() ? top_ : children_[open.back()]).push_back(i);
    open.push_back(i);
  }
  for (const Reference& one : document.references) references_.push_back(&one);
  std::stable_sort(references_.begin(), references_.end(), [](const Reference* a, const Reference* b) {
    return a->from.where.begin < b->from.where.begin;
  });
  std::size_t end = 0;
  std::erase_if(references_, [&](const Reference* one) {
    const bool inside = one->from.where.empty() || one->from.where.begin < end;
    if (!inside) end = one->from.where.end;
    return inside;
  });
}

AkomaBody::Head AkomaBody::head_of(std::size_t section) const {
  const Section& s = document_.sections[section];
  Head head;
  std::size_t first = s.where.end;
  if (!s.paragraphs.empty()) first = std::min(first, s.paragraphs.front().begin);
  if (!children_[section].empty())
    first = std::min(first, document_.sections[children_[section].front()].where.begin);
  const bool headed =
      !s.heading_range.empty() && s.heading_range.begin >= s.where.begin && s.heading_range.begin <= first;
  head.end = first;
  if (headed) {
    head.heading = trimmed(document_.text, s.heading_range);
    head.end = s.heading_range.end;  // also where the parser counts its last words as a paragraph
    first = s.heading_range.begin;
  }
  // A label is short: what is long is text that no paragraph owns, and no number of anything.
  constexpr std::size_t kLongestNum = 60;
  head.num = trimmed(document_.text, {s.where.begin, first});
  if (head.num.size() > kLongestNum || s.label.empty()) {
    head.num = {};
    head.heading = {};
    head.end = s.where.begin;
  }
  return head;
}

AkomaParts AkomaBody::split(TextRange where, const std::vector<std::size_t>& sections,
                            bool hierarchic) const {
  AkomaParts parts;
  std::vector<std::size_t> own;
  for (const std::size_t i : sections)
    (document_.sections[i].kind == SectionKind::kAppendix ? parts.appendices : own).push_back(i);
  // Appendices stand behind everything else; one that does not is a part of the body.
  while (!parts.appendices.empty() && !own.empty() &&
         document_.sections[parts.appendices.front()].where.begin <
             document_.sections[own.back()].where.begin) {
    own.push_back(parts.appendices.front());
    parts.appendices.erase(parts.appendices.begin());
    std::sort(own.begin(), own.end());
  }
  if (!parts.appendices.empty())
    where.end = std::min(where.end, document_.sections[parts.appendices.front()].where.begin);
  std::size_t begin = 0, end = own.size();
  std::size_t at = where.begin;
  while (begin < end && document_.sections[own[begin]].kind == SectionKind::kHeader)
    at = document_.sections[own[begin++]].where.end;
  parts.preface = {where.begin, at};
  std::size_t close = where.end;
  while (end > begin && closes(document_.sections[own[end - 1]].kind))
    close = document_.sections[own[--end]].where.begin;
  parts.conclusions = {close, where.end};
  parts.preamble = {at, at};
  if (hierarchic) {
    std::size_t first = begin;
    while (first < end && tag_of(document_.sections[own[first]].kind).element == nullptr) ++first;
    if (first < end) {  // without a hierarchy there is no telling where the bases end
      parts.preamble.end = at = document_.sections[own[first]].where.begin;
      begin = first;
    }
  }
  parts.body = {at, close};
  parts.body_sections.assign(own.begin() + static_cast<std::ptrdiff_t>(begin),
                             own.begin() + static_cast<std::ptrdiff_t>(end));
  return parts;
}

AkomaParts AkomaBody::parts_of_document(bool hierarchic) const {
  return split({0, document_.text.size()}, top_, hierarchic);
}

AkomaParts AkomaBody::parts_of_appendix(std::size_t section) const {
  const Section& s = document_.sections[section];
  return split({head_of(section).end, s.where.end}, children_[section], false);
}

std::string AkomaBody::line(TextRange where) {
  std::string out;
  std::size_t at = where.begin;
  auto next =
      std::lower_bound(references_.begin(), references_.end(), where.begin,
                       [](const Reference* one, std::size_t value) { return one->from.where.begin < value; });
  for (; next != references_.end() && (*next)->from.where.end <= where.end; ++next) {
    const Reference& one = **next;
    out += markup_escaped(TextRange{at, one.from.where.begin}.of(document_.text));
    std::string uri =
        one.resolution == ResolutionState::kResolved ? akoma_ntoso_uri(one.target) : std::string();
    const std::string inside = markup_escaped(one.from.where.of(document_.text));
    if (uri.empty()) {
      out += "<inline name=\"unresolved-reference\">" + inside + "</inline>";
    } else {
      if (const std::string part = part_of_reference(one.pinpoint); !part.empty()) uri += "/~" + part;
      out += "<ref eId=\"" + ids_.take("ref_" + markup_escaped(one.id)) + "\" href=\"" + markup_escaped(uri) +
             "\">" + inside + "</ref>";
    }
    at = one.from.where.end;
  }
  return out + markup_escaped(TextRange{at, where.end}.of(document_.text));
}

std::string AkomaBody::paragraphs(TextRange where) {
  std::string out;
  for (const TextRange& one : lines_of(document_.text, where)) out += "<p>" + line(one) + "</p>\n";
  return out;
}

std::string AkomaBody::preface(TextRange where) {
  const DocumentHeader& header = document_.header;
  const std::string issuer = fold(header.issuer.name), subject = fold(header.subject);
  std::string out;
  for (const TextRange& one : lines_of(document_.text, where)) {
    const std::string_view text = one.of(document_.text);
    const std::string folded = fold(text);
    const auto marked = [&](TextRange part, const std::string& element) {
      return line({one.begin, part.begin}) + "<" + element + ">" + line(part) + "</" + element_name(element) +
             ">" + line({part.end, one.end});
    };
    const std::size_t number = header.number.text.empty() ? std::string::npos : text.find(header.number.text);
    const std::size_t day = text.find("ngày ");
    if (number != std::string::npos && text.size() < header.number.text.size() + 20) {
      out +=
          "<p>" + marked({one.begin + number, one.begin + number + header.number.text.size()}, "docNumber");
    } else if (header.date.full() && day != std::string::npos && text.size() < 80 &&
               text.find(std::to_string(header.date.year), day) != std::string::npos) {
      out += "<p>" + marked({one.begin + day, one.end}, "docDate date=\"" + to_iso(header.date) + "\"");
    } else if (!issuer.empty() && folded == issuer) {
      out += "<p>" + marked(one, "docAuthority");
    } else if (!subject.empty() && (folded == subject || folded == "v/v " + subject)) {
      out += "<p>" + marked(one, "docTitle");
    } else {
      out += "<p>" + line(one);
    }
    out += "</p>\n";
  }
  return out;
}

std::string AkomaBody::preamble(TextRange where, const std::string& prefix) {
  std::string out;
  bool open = false;  // a <citations>
  for (const TextRange& one : lines_of(document_.text, where)) {
    const bool basis = fold(one.of(document_.text)).rfind("can cu", 0) == 0;
    if (basis && !open) out += "<citations eId=\"" + ids_.take(prefix + "cits") + "\">\n";
    if (!basis && open) out += "</citations>\n";
    open = basis;
    if (basis) {
      out += "<citation eId=\"" + ids_.take(prefix + "cit") + "\"><p>" + line(one) + "</p></citation>\n";
    } else {
      out += "<p>" + line(one) + "</p>\n";
    }
  }
  return out + (open ? "</citations>\n" : "");
}

std::string AkomaBody::conclusions(TextRange where) {
  std::string out;
  for (const TextRange& one : lines_of(document_.text, where)) {
    const bool signer = !document_.header.signer.name.empty() &&
                        one.of(document_.text).find(document_.header.signer.name) != std::string_view::npos;
    out += signer ? "<p><signature>" + line(one) + "</signature></p>\n" : "<p>" + line(one) + "</p>\n";
  }
  return out;
}

std::string AkomaBody::table(const Section& section, const std::string& id) {
  if (section.table >= document_.tables.size()) return paragraphs(section.where);
  const Table& table = document_.tables[section.table];
  std::vector<const TableRow*> rows;
  for (const TableRow& row : table.header) rows.push_back(&row);
  for (const TableRow& row : table.rows) rows.push_back(&row);
  if (!cells_in_order(rows, document_.text, section.where)) return paragraphs(section.where);
  // A row in which no cell begins cannot be written: cells that run through it are one row shorter.
  std::vector<int> written(rows.size() + 1, 0);
  for (std::size_t r = 0; r < rows.size(); ++r) written[r + 1] = written[r] + (rows[r]->empty() ? 0 : 1);
  std::string body;
  std::size_t first = section.where.end, last = section.where.begin;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (rows[r]->empty()) continue;
    const char* element = r < table.header.size() ? "th" : "td";
    body += "<tr>";
    for (const TableCell& cell : *rows[r]) {
      const std::size_t end = std::min(rows.size(), r + static_cast<std::size_t>(std::max(cell.rowspan, 1)));
      const int rowspan = std::max(written[end] - written[r], 1);
      body += std::string("<") + element;
      if (cell.colspan > 1) body += " colspan=\"" + std::to_string(cell.colspan) + "\"";
      if (rowspan > 1) body += " rowspan=\"" + std::to_string(rowspan) + "\"";
      body += ">";
      for (const TextRange& one : lines_of(document_.text, cell.where)) body += "<p>" + line(one) + "</p>";
      body += std::string("</") + element + ">";
      if (cell.where.empty()) continue;
      first = std::min(first, cell.where.begin);
      last = std::max(last, cell.where.end);
    }
    body += "</tr>\n";
  }
  if (body.empty()) return paragraphs(section.where);
  return paragraphs({section.where.begin, first}) + "<table eId=\"" + id + "\">\n" + body + "</table>\n" +
         paragraphs({last, section.where.end});
}

std::string AkomaBody::block(std::size_t section, std::size_t from, const std::string& prefix) {
  const Section& s = document_.sections[section];
  if (s.kind == SectionKind::kTable && from <= s.where.begin) return table(s, ids_.take(prefix + "table"));
  return paragraphs(
      {std::max(from, s.where.begin), s.where.end});  // what stands in another section is written
}

std::string AkomaBody::body(const AkomaParts& parts, bool open, const std::string& prefix) {
  struct Frame {
    std::size_t section = kNoSection;  // none: the body itself
    std::string prefix;                // of eIds inside
    const std::vector<std::size_t>* children = nullptr;
    std::size_t next = 0, last_hierarchic = kNoSection;  // positions in children
    std::size_t at = 0, end = 0;                         // of the text that is not written yet
    bool hierarchic_seen = false;
    std::string wrapper;  // element that blocks are being put into
    std::string element;
  };
  const auto hierarchic = [&](std::size_t i) {
    return tag_of(document_.sections[i].kind).element != nullptr;
  };
  const auto framed = [&](std::size_t section, const std::vector<std::size_t>& children, TextRange where,
                          std::string ids) {
    Frame frame;
    frame.section = section;
    frame.prefix = std::move(ids);
    frame.children = &children;
    for (std::size_t i = 0; i < children.size(); ++i)
      if (hierarchic(children[i])) frame.last_hierarchic = i;
    frame.at = where.begin;
    frame.end = where.end;
    return frame;
  };
  std::string out;
  const auto close_wrapper = [&](Frame& frame) {
    if (frame.wrapper == "hcontainer")
      out += "</content></hcontainer>\n";
    else if (!frame.wrapper.empty())
      out += "</" + frame.wrapper + ">\n";
    frame.wrapper.clear();
  };
  const auto put = [&](Frame& frame, const std::string& blocks) {
    if (blocks.empty()) return;
    if (frame.wrapper.empty() && !(frame.section == kNoSection && open)) {
      const bool top = frame.section == kNoSection;
      const bool any = frame.last_hierarchic != kNoSection;
      const bool more = any && frame.next <= frame.last_hierarchic;
      frame.wrapper = top || (frame.hierarchic_seen && more) ? "hcontainer"
                      : !any                                 ? "content"
                      : more                                 ? "intro"
                                                             : "wrapUp";
      const std::string id =
          ids_.take(frame.prefix + (frame.wrapper == "hcontainer" ? "text" : frame.wrapper));
      if (frame.wrapper == "hcontainer") {
        out += "<hcontainer name=\"text\" eId=\"" + id + "\"><content eId=\"" + id + "__content\">\n";
      } else {
        out += "<" + frame.wrapper + " eId=\"" + id + "\">\n";
      }
    }
    out += blocks;
  };
  std::vector<Frame> stack;
  stack.push_back(framed(kNoSection, parts.body_sections, parts.body, prefix));
  while (!stack.empty()) {
    Frame& frame = stack.back();
    if (frame.next == frame.children->size()) {
      put(frame, paragraphs({frame.at, frame.end}));
      close_wrapper(frame);
      if (!frame.element.empty()) out += "</" + frame.element + ">\n";
      stack.pop_back();
      continue;
    }
    const std::size_t child = (*frame.children)[frame.next];
    const Section& s = document_.sections[child];
    if (s.where.begin > frame.at) put(frame, paragraphs({frame.at, s.where.begin}));
    const std::size_t from = frame.at;
    frame.at = std::max(frame.at, s.where.end);
    if (!hierarchic(child)) {
      put(frame, block(child, from, frame.prefix));
      ++frame.next;
      continue;
    }
    close_wrapper(frame);
    frame.hierarchic_seen = true;
    ++frame.next;
    const Tag tag = tag_of(s.kind);
    std::string label = label_id(s.label);
    if (label.empty()) label = std::to_string(frame.next);
    // An article's number is unique in a document: its chapter is no part of its name.
    const std::string& above = s.kind == SectionKind::kArticle ? prefix : frame.prefix;
    const std::string id = ids_.take(above + tag.id + "_" + markup_escaped(label));
    Head head = head_of(child);
    if (s.where.begin < from) head = {{}, {}, from};  // it begins in what is written already
    out += std::string("<") + tag.element + " eId=\"" + id + "\">\n";
    if (!head.num.empty()) out += "<num>" + line(head.num) + "</num>\n";
    if (!head.heading.empty())
      out += "<heading eId=\"" + id + "__heading\">" + line(head.heading) + "</heading>\n";
    Frame inner = framed(child, children_[child], {head.end, std::max(head.end, s.where.end)}, id + "__");
    inner.element = element_name(tag.element);
    stack.push_back(std::move(inner));
  }
  return out;
}

}  // namespace vanban
