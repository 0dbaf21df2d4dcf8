#include "doc/json_values.h"
#include "vanban/base/utf8.h"
#include "vanban/doc/json.h"

namespace vanban {
namespace {

using json::date_or_null;
using json::Json;
using json::number;
using json::number_or_null;
using json::page_or_null;
using json::rounded;
using json::text_or_null;

template <class T, class Make>
Json list(const std::vector<T>& values, Make make) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(make(value));
  return out;
}

Json box_json(const PageBox& place) {
  return {{"page", place.page},
          {"x0", rounded(place.box.x0, 100)},
          {"y0", rounded(place.box.y0, 100)},
          {"x1", rounded(place.box.x1, 100)},
          {"y1", rounded(place.box.y1, 100)}};
}

Json agency_json(const AgencyMention& agency) {
  if (agency.name.empty() && agency.id.empty()) return nullptr;
  return {{"name", agency.name}, {"id", text_or_null(agency.id)}};
}

Json agencies_json(const std::vector<AgencyMention>& agencies) { return list(agencies, agency_json); }

Json numbered_json(const NumberedReference& one) {
  return {{"number", text_or_null(one.number)}, {"date", date_or_null(one.date)}, {"id", text_or_null(one.id)}};
}

Json pinpoint_json(const Pinpoint& pinpoint) {
  if (pinpoint.empty()) return nullptr;
  Json out = Json::object();
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
  };
  put("part", pinpoint.part);
  put("chapter", pinpoint.chapter);
  put("section", pinpoint.section);
  put("article", pinpoint.article);
  put("clause", pinpoint.clause);
  put("point", pinpoint.point);
  put("appendix", pinpoint.appendix);
  return out;
}

Json source_json(const SourceInfo& s) {
  return {{"path", s.path},
          {"sha256", s.sha256},
          {"bytes", s.bytes},
          {"media_type", s.media_type},
          {"pages", s.pages == 0 ? Json(nullptr) : Json(s.pages)},
          {"text_origin", std::string(text_origin_name(s.text_origin))},
          {"encoding", text_or_null(s.encoding)},
          {"ocr", json::ocr(s.ocr)}};
}

Json number_parts_json(const DocumentNumber& n) {
  if (n.text.empty()) return nullptr;
  return {{"ordinal", text_or_null(n.ordinal)},
          {"year", n.year == 0 ? Json(nullptr) : Json(n.year)},
          {"symbol", text_or_null(n.symbol)}};
}

Json header_json(const DocumentHeader& h) {
  Json out;
  out["id"] = text_or_null(h.id);
  out["type"] = std::string(document_type_name(h.type));
  out["number"] = text_or_null(h.number.text);
  out["number_parts"] = number_parts_json(h.number);
  out["issuer"] = agency_json(h.issuer);
  out["place"] = text_or_null(h.place);
  out["date"] = date_or_null(h.date);
  out["subject"] = text_or_null(h.subject);
  out["status"] = h.draft ? "draft" : "issued";
  out["addressees"] = agencies_json(h.addressees);
  out["recipients"] = agencies_json(h.recipients);
  out["signer"] = nullptr;
  if (!h.signer.empty()) {
    out["signer"] = {{"name", text_or_null(h.signer.name)},
                     {"title", text_or_null(h.signer.title)},
                     {"authority", text_or_null(h.signer.authority)},
                     {"on_behalf_of", text_or_null(h.signer.on_behalf_of)}};
  }
  out["urgency"] = text_or_null(h.urgency);
  out["secrecy"] = text_or_null(h.secrecy);
  out["attached_to"] = nullptr;
  if (h.attached_to) {
    out["attached_to"] = {{"type", std::string(document_type_name(h.attached_to->type))},
                          {"number", text_or_null(h.attached_to->number)},
                          {"date", date_or_null(h.attached_to->date)},
                          {"id", text_or_null(h.attached_to->id)}};
  }
  out["inferred"] = h.inferred;
  return out;
}

// Turns one Document into JSON; keeps the map from bytes to code points.
class Writer {
 public:
  explicit Writer(const Document& document) : document_(document), map_(document.text) {}

  Json write(bool with_text) const {
    Json out;
    out["source"] = source_json(document_.source);
    out["document"] = header_json(document_.header);
    if (with_text) out["text"] = document_.text;
    out["sections"] = list(document_.sections, [this](const Section& x) { return section(x); });
    out["tables"] = list(document_.tables, [this](const Table& x) { return table(x); });
    out["tasks"] = list(document_.tasks, [this](const Task& x) { return task(x); });
    out["indicators"] = list(document_.indicators, [this](const Indicator& x) { return indicator(x); });
    out["measurements"] = list(document_.measurements, [this](const Measurement& x) { return measurement(x); });
    out["references"] = list(document_.references, [this](const Reference& x) { return reference(x); });
    out["internal_references"] = list(document_.internal_references, [this](const InternalReference& x) {
      Json one = {{"text", x.text}, {"pinpoint", pinpoint_json(x.pinpoint)}};
      add_provenance(x.from, one);
      return one;
    });
    out["warnings"] = json::warnings(document_.warnings);
    return out;
  }

 private:
  Json span(TextRange where) const {
    return Json::array({map_.to_code_points(where.begin), map_.to_code_points(where.end)});
  }

  void add_provenance(const Provenance& from, Json& out) const {
    out["span"] = span(from.where);
    out["page"] = page_or_null(from.page);
    out["section"] = text_or_null(from.section);
    out["confidence"] = rounded(from.confidence, 1000);
    if (!from.boxes.empty()) out["boxes"] = list(from.boxes, box_json);
  }

  Json section(const Section& s) const {
    std::string own;
    for (const TextRange& range : s.paragraphs) {
      if (!own.empty()) own += '\n';
      own += range.of(document_.text);
    }
    return {{"id", s.id},
            {"parent", text_or_null(s.parent)},
            {"kind", std::string(section_kind_name(s.kind))},
            {"label", text_or_null(s.label)},
            {"heading", text_or_null(s.heading)},
            {"text", own},
            {"span", span(s.where)},
            {"page", page_or_null(s.page)}};
  }

  Json table(const Table& t) const {
    const auto cell = [this](const TableCell& c) {
      return Json{{"text", c.text}, {"colspan", c.colspan}, {"rowspan", c.rowspan}, {"column", c.column},
                  {"span", span(c.where)}};
    };
    const auto row = [&](const TableRow& cells) { return list(cells, cell); };
    return {{"id", t.id},
            {"section", text_or_null(t.section)},
            {"page", page_or_null(t.page)},
            {"columns", t.columns},
            {"inferred", t.inferred},
            {"header", list(t.header, row)},
            {"rows", list(t.rows, row)}};
  }

  Json deadline(const Deadline& d) const {
    Json out = {{"text", d.text}, {"due", date_or_null(d.due)}, {"rrule", text_or_null(d.rrule)}};
    if (!d.unit.empty()) out["relative"] = {{"amount", d.amount}, {"unit", d.unit}, {"anchor", text_or_null(d.anchor)}};
    out["span"] = span(d.where);
    return out;
  }

  Json task(const Task& t) const {
    Json out = {{"id", t.id}, {"label", t.label}, {"text", t.text}};
    out["lead"] = agencies_json(t.lead);
    out["lead_inherited"] = t.lead_inherited;
    out["coordinating"] = agencies_json(t.coordinating);
    out["assigned_by"] = list(t.assigned_by, numbered_json);
    out["deadlines"] = list(t.deadlines, [this](const Deadline& d) { return deadline(d); });
    out["timing"] = text_or_null(t.timing);
    out["result"] = text_or_null(t.result);
    out["state"] = text_or_null(t.state);
    if (!t.inferred.empty()) out["inferred"] = t.inferred;
    add_provenance(t.from, out);
    return out;
  }

  Json indicator(const Indicator& i) const {
    Json out = {{"id", i.id}, {"label", text_or_null(i.label)}, {"name", i.name}};
    out["parent"] = nullptr;
    if (i.parent) out["parent"] = {{"label", text_or_null(i.parent->label)}, {"name", i.parent->name}};
    out["unit"] = text_or_null(i.unit);
    out["comparator"] = std::string(comparator_name(i.comparator));
    out["value"] = number(i.value);
    out["upper"] = number_or_null(i.upper);
    out["value_text"] = i.value_text;
    out["period"] = text_or_null(i.period);
    out["lead"] = agencies_json(i.lead);
    out["evaluator"] = agencies_json(i.evaluator);
    out["assigned_by"] = list(i.assigned_by, numbered_json);
    out["series"] = text_or_null(i.series);
    if (!i.inferred.empty()) out["inferred"] = i.inferred;
    add_provenance(i.from, out);
    return out;
  }

  Json measurement(const Measurement& m) const {
    Json out = {{"id", m.id}, {"name", text_or_null(m.name)}, {"subject", text_or_null(m.subject)}};
    out["value"] = number_or_null(m.value);
    out["unit"] = text_or_null(m.unit);
    out["numerator"] = number_or_null(m.numerator);
    out["denominator"] = number_or_null(m.denominator);
    out["value_text"] = m.value_text;
    out["as_of"] = date_or_null(m.as_of);
    out["period"] = text_or_null(m.period);
    out["kind"] = m.estimate ? "estimate" : "actual";
    out["series"] = text_or_null(m.series);
    add_provenance(m.from, out);
    return out;
  }

  Json reference(const Reference& r) const {
    Json out = {{"id", r.id}, {"text", r.text}, {"type", std::string(document_type_name(r.type))}};
    out["number"] = text_or_null(r.number);
    out["date"] = date_or_null(r.date);
    out["issuer"] = agency_json(r.issuer);
    out["title"] = text_or_null(r.title);
    out["pinpoint"] = pinpoint_json(r.pinpoint);
    if (!r.more_pinpoints.empty()) out["more_pinpoints"] = list(r.more_pinpoints, pinpoint_json);
    out["relation"] = std::string(relation_name(r.relation));
    out["modality"] = std::string(modality_name(r.modality));
    out["target"] = text_or_null(r.target);
    out["resolution"] = std::string(resolution_state_name(r.resolution));
    out["resolution_reason"] = text_or_null(r.resolution_reason);
    if (!r.candidates.empty()) out["candidates"] = r.candidates;
    if (!r.inferred.empty()) out["inferred"] = r.inferred;
    add_provenance(r.from, out);
    return out;
  }

  const Document& document_;
  CodePointMap map_;
};

}  // namespace

std::string to_json(const Document& document, const JsonOptions& options) {
  return json::dump(Writer(document).write(options.with_text), options.pretty);
}

}  // namespace vanban
