#include "parse/header_fields.h"

#include <algorithm>

#include "parse/body_case.h"
#include "parse/labels.h"
#include "parse/title_case.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/dates.h"
#include "vanban/lexicon/document_numbers.h"
#include "vanban/lexicon/identity.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

// "tỉnh Kiên Giang" out of "Ủy ban nhân dân tỉnh Kiên Giang".
std::string place_of_parent(const std::string& parent, const Shapes& shapes, const Agencies& agencies) {
  std::vector<TextRange> groups;
  const std::string name = agencies.normal_case(spelled_out(parent));
  if (!shapes.find("parent_place", name, 0, groups)) return {};
  return std::string(shapes.part("parent_place", "place", name, groups));
}

bool open_end(const std::string& line) {
  if (line.empty()) return false;
  const std::vector<std::string_view> words = words_of(line);
  return line.back() == ',' || line.back() == '-' || words.back() == "VÀ" || words.back() == "CÁC";
}

bool open_begin(const std::string& line) {
  const std::vector<std::string_view> words = words_of(line);
  return !words.empty() && (words[0] == "VÀ" || words[0] == "-" || words[0] == "CỦA" || words[0] == "VỀ" ||
                            words[0] == "THUỘC");
}

// "TỈNH UỶ ĐỒNG THÁP" -> "Tỉnh ủy Đồng Tháp": a Party committee is named with its place alone.
std::string committee_name(std::string_view unit) {
  std::string out;
  std::size_t index = 0;
  for (const std::string_view word : words_of(unit)) {
    std::string low = index == 1 ? "ủy" : to_lower(word);
    if (index != 1) low = to_sentence_case(low);
    if (!out.empty()) out += ' ';
    out += low;
    ++index;
  }
  return out;
}

// "BAN CHẤP HÀNH TRUNG ƯƠNG VĂN PHÒNG": two bodies in one line.
bool joined_unit(std::string_view line, const Shapes& shapes) {
  std::vector<TextRange> groups;
  return shapes.find("unit_inside", line, 1, groups);
}

// The number of the head: with its ordinal, or blank with a symbol alone.
DocumentNumber read_number(std::string_view text, const Shapes& shapes) {
  std::size_t at = 0;
  while (at < text.size() && (text[at] == ' ' || text[at] == '.' || text[at] == '_' || text[at] == ':')) ++at;
  std::vector<TextRange> groups;
  const std::string_view rest = text.substr(at);
  if (auto found = number_at_position(text, at, true); found && !found->number.text.empty()) {
    if (found->number.ordinal.empty()) found->number.text.clear();
    return found->number;
  }
  DocumentNumber number;
  if (shapes.match("blank_number", rest, groups)) {
    for (const char c : shapes.part("blank_number", "symbol", rest, groups)) {
      if (c != ' ') number.symbol += c;
    }
    if (!number.symbol.empty()) number.symbol.erase(0, 1);
  }
  return number;
}

std::string clean_item(std::string_view item) {
  item = trim(item);
  const Label label = read_label(item);
  if (label.style == LabelStyle::kDash || label.style == LabelStyle::kPlus ||
      label.style == LabelStyle::kBullet || label.style == LabelStyle::kStar) {
    item = item.substr(label.end);
  }
  return single_spaced(without_end(item, ".;,:"));
}

}  // namespace

std::string issuer_name(const std::vector<std::string>& printed, const Shapes& shapes,
                        const Agencies& agencies) {
  std::vector<std::string> lines;
  for (const std::string& line : printed) {
    std::string_view rest = line;
    std::vector<TextRange> groups;
    // "UBND TỈNH LÂM ĐỒNG SỞ NỘI VỤ" in one line.
    if (!shapes.is("unit_word", rest) && shapes.find("unit_inside", rest, 1, groups)) {
      const std::string_view unit = shapes.part("unit_inside", "unit", rest, groups);
      const std::string_view parent =
          trim(rest.substr(0, static_cast<std::size_t>(unit.data() - rest.data())));
      if (!place_of_parent(std::string(parent), shapes, agencies).empty() ||
          (!agencies.resolve(parent).empty() && agencies.resolve(rest).empty())) {
        lines.emplace_back(parent);
        lines.emplace_back(unit);
        continue;
      }
    }
    // "TRƯỜNG ĐẠI HỌC CẦN THƠ TRUNG TÂM HỌC LIỆU": a whole body, and the one below it.
    if (shapes.match("body_behind_body", rest, groups) && agencies.resolve(rest).empty()) {
      const std::string_view parent = trim(shapes.part("body_behind_body", "parent", rest, groups));
      const std::string_view unit = shapes.part("body_behind_body", "unit", rest, groups);
      if (word_count(parent) >= 3 && !shapes.find("body_unfinished", parent, 0, groups)) {
        lines.emplace_back(parent);
        lines.emplace_back(unit);
        continue;
      }
    }
    const bool place = shapes.is("place_word", rest) && !shapes.is("committee_word", rest);
    const bool joins =
        !lines.empty() &&
        (place || shapes.is("bare_body", lines.back()) || open_begin(line) || open_end(lines.back()) ||
         (agencies.resolve(lines.back()).empty() && !agencies.resolve(lines.back() + " " + line).empty()));
    if (joins) {
      lines.back() += " " + line;
    } else {
      lines.push_back(line);
    }
  }
  if (lines.empty()) return {};
  const std::string& unit = lines.back();
  std::string name = body_case(unit, shapes, agencies);
  if (shapes.is("committee_word", unit)) name = committee_name(unit);
  if (lines.size() == 1) return name;
  const std::string& parent = lines[lines.size() - 2];
  const std::string place = place_of_parent(parent, shapes, agencies);
  const bool own_place = to_lower(name).find(to_lower(place)) != std::string::npos;
  if (!place.empty() && !own_place) {
    const bool bare = word_count(unit) <= 2;  // "VĂN PHÒNG", "THANH TRA" of the committee itself
    const std::string low = to_lower(unit);
    if (bare && (low == "văn phòng" || low == "thanh tra"))
      return name + " " + agencies.normal_case(spelled_out(parent));
    return name + " " + place;
  }
  const std::string low = to_lower(unit);
  if (low == "văn phòng" || low == "thanh tra" || low == "ủy ban kiểm tra" || low == "uỷ ban kiểm tra" ||
      low == "ban thường vụ") {
    const std::string both = name + " " + agencies.normal_case(spelled_out(parent));
    return both;
  }
  return name;
}

std::vector<AgencyMention> cut_items(std::string_view items, const PartialDate& on,
                                     const Agencies& agencies) {
  std::vector<AgencyMention> out;
  std::size_t from = 0;
  while (from <= items.size()) {
    std::size_t to = from;
    int depth = 0;  // "(qua Cục Kiểm soát; để b/c)" is one item
    while (to < items.size() && !(items[to] == ';' && depth <= 0)) {
      if (items[to] == '(') ++depth;
      if (items[to] == ')') --depth;
      ++to;
    }
    if (depth > 0) {  // a bracket that nobody closed hides nothing
      to = std::min(items.find(';', from), items.size());
    }
    const std::string item = clean_item(items.substr(from, to - from));
    if (!item.empty() && !is_rule(item)) out.push_back({item, agencies.resolve(item, on)});
    from = to + 1;
  }
  return out;
}

AttachedParts read_attached(std::string_view text, const Agencies& agencies, const DocumentTypes& types) {
  AttachedParts parts;
  std::size_t at = 0;
  if (const auto type = types.at_start(text)) {
    parts.to.type = type->type;
    at = type->length;
  }
  const std::size_t so = text.find("số", at);
  DocumentNumber number;
  if (so != std::string::npos && so < at + 24) {
    std::size_t from = so + std::string_view("số").size();
    while (from < text.size() && (text[from] == ' ' || text[from] == ':')) ++from;
    if (const auto found = number_at_position(text, from, true)) {
      number = found->number;
      parts.to.number = number.text.empty() && !number.symbol.empty() ? "/" + number.symbol : number.text;
      at = found->where.end;
    }
  }
  if (const auto date = find_date(text, std::min(at, text.size()), text.size())) {
    parts.to.date = date->date;
    at = date->where.end;
  }
  if (parts.to.type == DocumentType::kOther && !number.symbol.empty()) {
    parts.to.type = types.from_symbol(number.symbol).value_or(DocumentType::kOther);
  }
  const std::size_t of = text.find("của ", std::min(at, text.size()));
  if (of != std::string::npos) {
    const std::string name =
        single_spaced(without_end(text.substr(of + std::string_view("của ").size()), ".;,)*"));
    parts.issuer = {name, agencies.resolve(name, parts.to.date)};
  } else if (!number.symbol.empty()) {
    parts.issuer = agencies.issuer_of_symbol(number.symbol, parts.to.date);
  }
  if (!number.ordinal.empty()) {
    parts.to.id = document_id({parts.to.type, number, parts.to.date, parts.issuer, ""}, agencies);
  }
  return parts;
}

DocumentHeader header_fields(const Head& head, const Foot& foot, const Shapes& shapes,
                             const Agencies& agencies, const DocumentTypes& types, Diagnostics& diagnostics) {
  DocumentHeader header;
  header.number = read_number(head.number, shapes);
  header.place = head.place;
  header.date = head.date;
  header.draft = head.draft;
  header.urgency = to_lower(head.urgency) == "hoả tốc" ? "hỏa tốc" : to_lower(head.urgency);
  header.secrecy = to_lower(head.secrecy);
  header.signer = signer_of(foot, shapes, agencies);
  if (foot.mended) header.inferred.push_back("signer");
  header.inferred.insert(header.inferred.end(), head.mended.begin(), head.mended.end());

  AttachedParts attached;
  if (!head.attached.empty()) {
    attached = read_attached(head.attached, agencies, types);
    header.attached_to = attached.to;
    if (!header.date.known() && attached.to.date.known()) {
      header.date = attached.to.date;
      header.inferred.push_back("date");
    }
  }

  // Type: its own line; else the symbol; a head with V/v or Kính gửi and no type line is that of a công văn.
  const DocumentType by_symbol = types.from_symbol(header.number.symbol).value_or(DocumentType::kOther);
  const bool may_be_dispatch = by_symbol == DocumentType::kOther || by_symbol == DocumentType::kDispatch;
  const bool decides = by_symbol == DocumentType::kDecision || by_symbol == DocumentType::kResolution;
  if (head.type) {
    header.type = *head.type;
  } else if (decides) {  // "V/v" stands in the title of old decisions too
    header.type = by_symbol;
    header.inferred.push_back("type");
  } else if (head.subject_mark || (head.addressee_mark && may_be_dispatch)) {
    header.type = DocumentType::kDispatch;
  } else if (by_symbol != DocumentType::kOther) {
    header.type = by_symbol;
    header.inferred.push_back("type");
  }

  // Issuer: the lines over the number; else the body above the legal bases, the symbol, the document it
  // belongs to.
  const std::string printed = issuer_name(head.issuer, shapes, agencies);
  const AgencyMention of_symbol = header.number.symbol.empty()
                                      ? AgencyMention{}
                                      : agencies.issuer_of_symbol(header.number.symbol, header.date);
  if (!printed.empty()) {
    header.issuer = {printed, agencies.resolve(printed, header.date)};
    if (head.issuer_in_font_case && !header.issuer.id.empty())
      header.issuer.name = std::string(agencies.name_of(header.issuer.id));
    // "Cục Thống kê tỉnh Hậu Giang" is more than "Cục Thống kê" of the symbol.
    const std::string spelled = fold(printed), known = fold(of_symbol.name);
    const bool more = spelled.size() > known.size() && spelled.compare(0, known.size(), known) == 0;
    if (header.issuer.id.empty() && !of_symbol.id.empty() && !more &&
        (head.issuer_in_font_case || head.issuer.size() > 1 || joined_unit(head.issuer.front(), shapes) ||
         fold(printed) == fold(of_symbol.name))) {
      header.issuer = of_symbol;
    }
  } else if (!head.enacting_body.empty()) {
    const std::string name = agencies.normal_case(spelled_out(head.enacting_body));
    header.issuer = {name, agencies.resolve(name, header.date)};
    if (header.issuer.id.empty() && !of_symbol.id.empty()) header.issuer = of_symbol;
  } else if (!of_symbol.name.empty() && !of_symbol.id.empty()) {
    header.issuer = of_symbol;
    header.inferred.push_back("issuer");
  } else if (!attached.issuer.name.empty()) {
    header.issuer = attached.issuer;
    header.inferred.push_back("issuer");
  }

  // "ỦY BAN NHÂN DÂN" alone, or with a place that was read badly: the place is the one before the date.
  if (header.issuer.id.empty() && !head.issuer.empty() && !head.place.empty()) {
    const bool bare = shapes.is("bare_body", head.issuer.front());
    const std::string body =
        bare ? agencies.normal_case(spelled_out(head.issuer.front()))
             : std::string(shapes.is("people_committee", printed) ? "Ủy ban nhân dân" : "Hội đồng nhân dân");
    for (const char* kind : {" tỉnh ", " thành phố ", " "}) {
      const std::string name = body + kind + head.place;
      if (!bare && fold(name) != fold(printed)) continue;
      const std::string id = agencies.resolve(name, header.date);
      if (!id.empty()) {
        header.issuer = {name, id};
        header.inferred.push_back("issuer");
        break;
      }
    }
  }

  // "BỆNH VIỆN ĐA KHOA TỈNH": whose it is stands before the date.
  if (header.issuer.id.empty() && !head.place.empty() && word_count(printed) >= 3 &&
      printed.ends_with(" tỉnh") && !agencies.resolve("tỉnh " + head.place, header.date).empty()) {
    header.issuer.name = printed + " " + head.place;
    header.inferred.push_back("issuer");
  }

  if (!head.subject.empty()) {
    header.subject = head.subject;
    if (header.type == DocumentType::kDispatch)
      header.subject = std::string(without_end(header.subject, ".;,"));
  } else if (!head.title.empty()) {
    header.subject = title_text(head.title, shapes, agencies);
  } else if (!head.type_rest.empty()) {
    header.subject = title_text({head.type_rest}, shapes, agencies);
  }

  header.addressees = cut_items(head.addressees, header.date, agencies);
  header.recipients = cut_items(foot.recipients, header.date, agencies);

  if (head.found && !head.appendix && head.attached.empty() && !header.draft && header.number.text.empty()) {
    diagnostics.push_back(
        {"number-missing", head.number_line ? "the document's number is blank" : "no number was found", 0});
  }
  if (foot.name.empty() && !foot.unsure_name.empty()) {
    diagnostics.push_back(
        {"signer-unread", "the signer's name was read as \"" + foot.unsure_name + "\", which is none", 0});
  }
  header.id = header.number.ordinal.empty()
                  ? std::string()
                  : document_id({header.type, header.number, header.date, header.issuer, ""}, agencies);
  return header;
}

}  // namespace vanban::parse
