// The way back from the public JSON: what `to_json` writes with its text becomes a Document again.

#include <algorithm>

#include "doc/json_values.h"
#include "vanban/base/utf8.h"
#include "vanban/doc/json.h"

namespace vanban {
namespace {

using json::Json;

// What is wrong with the input; the public function turns it into an Error.
struct Refusal {
  std::string message;
};

// One object of the input, and where it stands ("tasks[3]"), for messages.
class Object {
 public:
  Object(const Json& value, std::string where) : value_(value), where_(std::move(where)) {
    if (!value.is_object()) throw Refusal{where_ + " is no object"};
  }

  std::string text(const char* key) const {
    const Json& value = at(key);
    if (value.is_null()) return {};
    if (!value.is_string()) wrong(key, "text");
    return value.get<std::string>();
  }
  bool truth(const char* key) const {
    const Json& value = at(key);
    if (value.is_null()) return false;
    if (!value.is_boolean()) wrong(key, "true or false");
    return value.get<bool>();
  }
  std::optional<double> number(const char* key) const {
    const Json& value = at(key);
    if (value.is_null()) return std::nullopt;
    if (!value.is_number()) wrong(key, "a number");
    return value.get<double>();
  }
  // Whole, not negative; null and what is not there are 0.
  std::uint64_t count(const char* key, std::uint64_t most = 0x7FFFFFFF) const {
    const Json& value = at(key);
    if (value.is_null()) return 0;
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most) wrong(key, "a whole number");
    return value.get<std::uint64_t>();
  }
  int small(const char* key) const { return static_cast<int>(count(key)); }
  PartialDate date(const char* key) const {
    const std::string iso = text(key);
    if (iso.empty()) return {};
    const auto date = partial_date_from_iso(iso);
    if (!date) wrong(key, "a date");
    return *date;
  }
  DocumentType type(const char* key) const {
    const auto type = document_type_from_name(text(key));
    if (!type) wrong(key, "a document type");
    return *type;
  }
  std::vector<std::string> texts(const char* key) const {
    std::vector<std::string> out;
    for (const Json& one : items(key)) {
      if (!one.is_string()) wrong(key, "a list of texts");
      out.push_back(one.get<std::string>());
    }
    return out;
  }
  bool has(const char* key) const { return !at(key).is_null(); }
  Object object(const char* key) const { return {at(key), where_ + "." + key}; }
  template <class Make>
  auto list(const char* key, Make make) const {
    std::vector<decltype(make(std::declval<const Object&>()))> out;
    for (const Json& one : items(key)) out.push_back(make(Object(one, name(key, out.size()))));
    return out;
  }
  template <class Make>
  auto rows(const char* key, Make make) const {
    std::vector<std::vector<decltype(make(std::declval<const Object&>()))>> out;
    for (const Json& row : items(key)) {
      if (!row.is_array()) wrong(key, "a list of rows");
      out.emplace_back();
      for (const Json& one : row) out.back().push_back(make(Object(one, name(key, out.size() - 1))));
    }
    return out;
  }
  // The name that has `value` among those of an enumeration whose members are 0, 1, ...
  template <class Enum>
  Enum member(const char* key, Enum last, std::string_view (*name_of)(Enum)) const {
    const std::string wanted = text(key);
    for (int i = 0; i <= static_cast<int>(last); ++i) {
      if (name_of(static_cast<Enum>(i)) == wanted) return static_cast<Enum>(i);
    }
    wrong(key, "one of the known names");
  }
  [[noreturn]] void wrong(const char* key, const char* wanted) const {
    throw Refusal{where_ + "." + key + " is not " + wanted};
  }
  const Json& at(const char* key) const {
    static const Json kNone = nullptr;
    const auto found = value_.find(key);
    return found == value_.end() ? kNone : *found;
  }

 private:
  const Json& items(const char* key) const {
    static const Json kEmpty = Json::array();
    const Json& value = at(key);
    if (value.is_null()) return kEmpty;
    if (!value.is_array()) wrong(key, "a list");
    return value;
  }
  std::string name(const char* key, std::size_t index) const {
    return where_ + "." + key + "[" + std::to_string(index) + "]";
  }

  const Json& value_;
  std::string where_;
};

AgencyMention agency_of(const Object& in) { return {in.text("name"), in.text("id")}; }

AgencyMention agency_at(const Object& in, const char* key) {
  return in.has(key) ? agency_of(in.object(key)) : AgencyMention{};
}

NumberedReference numbered_of(const Object& in) {
  return {in.text("number"), in.date("date"), in.text("id")};
}

Pinpoint pinpoint_of(const Object& in) {
  return {in.text("part"),   in.text("chapter"), in.text("section"), in.text("article"),
          in.text("clause"), in.text("point"),   in.text("appendix")};
}

Pinpoint pinpoint_at(const Object& in, const char* key) {
  return in.has(key) ? pinpoint_of(in.object(key)) : Pinpoint{};
}

PageBox box_of(const Object& in) {
  const auto side = [&](const char* key) { return in.number(key).value_or(0); };
  return {in.small("page"), {side("x0"), side("y0"), side("x1"), side("y1")}};
}

SourceInfo source_of(const Object& in) {
  SourceInfo source;
  source.path = in.text("path");
  source.sha256 = in.text("sha256");
  source.bytes = in.count("bytes", ~std::uint64_t{0});
  source.media_type = in.text("media_type");
  source.pages = in.small("pages");
  source.text_origin = in.member("text_origin", TextOrigin::kMixed, text_origin_name);
  source.encoding = in.text("encoding");
  if (in.has("ocr")) {
    const Object ocr = in.object("ocr");
    source.ocr =
        OcrInfo{ocr.text("engine"), ocr.text("languages"), ocr.number("mean_confidence").value_or(0)};
  }
  if (in.has("part")) {
    const Object part = in.object("part");
    source.part = SourcePart{part.small("number"), part.small("of"), part.small("first_page"),
                             part.small("last_page"), part.text("reason")};
  }
  return source;
}

DocumentHeader header_of(const Object& in) {
  DocumentHeader header;
  header.id = in.text("id");
  header.type = in.type("type");
  header.number.text = in.text("number");
  if (in.has("number_parts")) {
    const Object parts = in.object("number_parts");
    header.number.ordinal = parts.text("ordinal");
    header.number.year = parts.small("year");
    header.number.symbol = parts.text("symbol");
  }
  header.issuer = agency_at(in, "issuer");
  header.place = in.text("place");
  header.date = in.date("date");
  header.subject = in.text("subject");
  header.draft = in.text("status") == "draft";
  header.addressees = in.list("addressees", agency_of);
  header.recipients = in.list("recipients", agency_of);
  if (in.has("signer")) {
    const Object signer = in.object("signer");
    header.signer = {signer.text("name"), signer.text("title"), signer.text("authority"),
                     signer.text("on_behalf_of")};
  }
  header.urgency = in.text("urgency");
  header.secrecy = in.text("secrecy");
  if (in.has("attached_to")) {
    const Object attached = in.object("attached_to");
    header.attached_to = AttachedTo{attached.type("type"), attached.text("number"), attached.date("date"),
                                    attached.text("id")};
  }
  header.inferred = in.texts("inferred");
  return header;
}

// Facts and sections, whose spans count code points of the text.
class Body {
 public:
  explicit Body(const std::string& text) : text_(text), map_(text) {}

  Section section(const Object& in) const {
    Section s;
    s.id = in.text("id");
    s.parent = in.text("parent");
    s.kind = in.member("kind", SectionKind::kRecipients, section_kind_name);
    s.label = in.text("label");
    s.heading = in.text("heading");
    s.where = span(in);
    s.page = in.small("page");
    s.paragraphs = paragraphs(in, s.where);
    if (const std::size_t at = s.heading.empty() ? std::string::npos : text_.find(s.heading, s.where.begin);
        at != std::string::npos && at + s.heading.size() <= s.where.end) {
      s.heading_range = {at, at + s.heading.size()};
    }
    return s;
  }

  Table table(const Object& in) const {
    Table t;
    t.id = in.text("id");
    t.section = in.text("section");
    t.page = in.small("page");
    t.columns = in.small("columns");
    t.inferred = in.truth("inferred");
    const auto cell = [this](const Object& one) {
      TableCell c;
      c.text = one.text("text");
      c.where = span(one);
      c.column = one.small("column");
      c.colspan = one.small("colspan");
      c.rowspan = one.small("rowspan");
      return c;
    };
    t.header = in.rows("header", cell);
    t.rows = in.rows("rows", cell);
    bool first = true;
    for (const auto* part : {&t.header, &t.rows}) {
      for (const TableRow& row : *part) {
        for (const TableCell& one : row) {
          t.where = first ? one.where
                          : TextRange{std::min(t.where.begin, one.where.begin),
                                      std::max(t.where.end, one.where.end)};
          first = false;
        }
      }
    }
    return t;
  }

  Task task(const Object& in) const {
    Task t;
    t.id = in.text("id");
    t.label = in.text("label");
    t.text = in.text("text");
    t.lead = in.list("lead", agency_of);
    t.lead_inherited = in.truth("lead_inherited");
    t.coordinating = in.list("coordinating", agency_of);
    t.assigned_by = in.list("assigned_by", numbered_of);
    t.deadlines = in.list("deadlines", [this](const Object& one) { return deadline(one); });
    t.timing = in.text("timing");
    t.result = in.text("result");
    t.state = in.text("state");
    t.inferred = in.texts("inferred");
    t.from = provenance(in);
    return t;
  }

  Indicator indicator(const Object& in) const {
    Indicator i;
    i.id = in.text("id");
    i.label = in.text("label");
    i.name = in.text("name");
    if (in.has("parent")) {
      const Object parent = in.object("parent");
      i.parent = IndicatorParent{parent.text("label"), parent.text("name")};
    }
    i.unit = in.text("unit");
    i.comparator = in.member("comparator", Comparator::kDecrease, comparator_name);
    i.value = in.number("value").value_or(0);
    i.upper = in.number("upper");
    i.value_text = in.text("value_text");
    i.period = in.text("period");
    i.lead = in.list("lead", agency_of);
    i.evaluator = in.list("evaluator", agency_of);
    i.assigned_by = in.list("assigned_by", numbered_of);
    i.series = in.text("series");
    i.inferred = in.texts("inferred");
    i.from = provenance(in);
    return i;
  }

  Measurement measurement(const Object& in) const {
    Measurement m;
    m.id = in.text("id");
    m.name = in.text("name");
    m.subject = in.text("subject");
    m.value = in.number("value");
    m.unit = in.text("unit");
    m.numerator = in.number("numerator");
    m.denominator = in.number("denominator");
    m.value_text = in.text("value_text");
    m.as_of = in.date("as_of");
    m.period = in.text("period");
    m.estimate = in.text("kind") == "estimate";
    m.series = in.text("series");
    m.from = provenance(in);
    return m;
  }

  Reference reference(const Object& in) const {
    Reference r;
    r.id = in.text("id");
    r.text = in.text("text");
    r.type = in.type("type");
    r.number = in.text("number");
    r.date = in.date("date");
    r.issuer = agency_at(in, "issuer");
    r.title = in.text("title");
    r.pinpoint = pinpoint_at(in, "pinpoint");
    r.more_pinpoints = in.list("more_pinpoints", pinpoint_of);
    r.relation = in.member("relation", Relation::kCites, relation_name);
    r.modality = in.member("modality", Modality::kPlanned, modality_name);
    r.target = in.text("target");
    r.resolution = in.member("resolution", ResolutionState::kPlanned, resolution_state_name);
    r.resolution_reason = in.text("resolution_reason");
    r.candidates = in.texts("candidates");
    r.inferred = in.texts("inferred");
    r.from = provenance(in);
    return r;
  }

  InternalReference internal(const Object& in) const {
    return {in.text("text"), pinpoint_at(in, "pinpoint"), provenance(in)};
  }

  Repair repair(const Object& in) const { return {span(in), in.small("page"), in.text("raw")}; }

 private:
  TextRange span(const Object& in) const {
    const Json& value = in.at("span");
    if (!value.is_array() || value.size() != 2 || !value[0].is_number_unsigned() ||
        !value[1].is_number_unsigned()) {
      in.wrong("span", "two places in the text");
    }
    return {map_.to_bytes(value[0].get<std::size_t>()), map_.to_bytes(value[1].get<std::size_t>())};
  }

  Provenance provenance(const Object& in) const {
    return {span(in), in.small("page"), in.text("section"), in.number("confidence").value_or(1),
            in.list("boxes", box_of)};
  }

  Deadline deadline(const Object& in) const {
    Deadline d;
    d.text = in.text("text");
    d.due = in.date("due");
    d.rrule = in.text("rrule");
    if (in.has("relative")) {
      const Object relative = in.object("relative");
      d.amount = relative.small("amount");
      d.unit = relative.text("unit");
      d.anchor = relative.text("anchor");
    }
    d.where = span(in);
    return d;
  }

  // The JSON has a section's own lines but not where each of them stands: they are looked for in its span, in
  // order.
  std::vector<TextRange> paragraphs(const Object& in, TextRange where) const {
    std::vector<TextRange> ranges;
    const std::string own = in.text("text");
    if (own.empty()) return ranges;
    const std::string_view unit = where.of(text_);
    std::size_t at = 0;
    for (std::size_t begin = 0; begin <= own.size();) {
      const std::size_t end = std::min(own.find('\n', begin), own.size());
      const std::string_view line = std::string_view(own).substr(begin, end - begin);
      const std::size_t found = unit.find(line, at);
      if (found == std::string_view::npos) in.wrong("text", "in the document's text at its span");
      ranges.push_back({where.begin + found, where.begin + found + line.size()});
      at = found + line.size();
      begin = end + 1;
    }
    return ranges;
  }

  const std::string& text_;
  CodePointMap map_;
};

Document document_of(const Object& in) {
  Document document;
  document.source = source_of(in.object("source"));
  document.header = header_of(in.object("document"));
  if (!in.at("text").is_string()) throw Refusal{"the document has no \"text\": spans point into it"};
  document.text = in.text("text");
  const Body body(document.text);
  document.sections = in.list("sections", [&](const Object& one) { return body.section(one); });
  document.tables = in.list("tables", [&](const Object& one) { return body.table(one); });
  document.tasks = in.list("tasks", [&](const Object& one) { return body.task(one); });
  document.indicators = in.list("indicators", [&](const Object& one) { return body.indicator(one); });
  document.measurements = in.list("measurements", [&](const Object& one) { return body.measurement(one); });
  document.references = in.list("references", [&](const Object& one) { return body.reference(one); });
  document.internal_references =
      in.list("internal_references", [&](const Object& one) { return body.internal(one); });
  if (in.has("repairs")) {
    document.repairs = in.list("repairs", [&](const Object& one) { return body.repair(one); });
  }
  document.warnings = in.list("warnings", [](const Object& one) {
    return Diagnostic{one.text("code"), one.text("message"), one.small("page")};
  });
  return document;
}

}  // namespace

Result<Document> from_json(std::string_view text) {
  try {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return make_error(ErrorCode::kDamaged, "this is no JSON");
    return document_of(Object(json, "document"));
  } catch (const Refusal& refusal) {
    return make_error(ErrorCode::kDamaged, refusal.message);
  } catch (const std::exception& error) {
    return make_error(ErrorCode::kDamaged, error.what());
  }
}

}  // namespace vanban
