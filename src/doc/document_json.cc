#include "doc/json_values.h"
#include "doc/json_writer.h"
#include "vanban/base/utf8.h"
#include "vanban/doc/json.h"

namespace vanban {
namespace {

using json::rounded;

// Writes one Document; keeps the map from bytes to code points.
class DocumentWriter {
 public:
  DocumentWriter(const Document& document, bool pretty)
      : document_(document), map_(document.text), out_(pretty) {
    // About what will be written, so that a long text is not copied each time it has doubled.
    constexpr std::size_t kSection = 250, kReference = 650, kFact = 1200, kCell = 100;
    std::size_t cells = 0;
    for (const Table& one : document.tables) cells += one.rows.size() * static_cast<std::size_t>(one.columns);
    out_.reserve(3 * document.text.size() + kSection * document.sections.size() +
                 kReference * (document.references.size() + document.internal_references.size()) +
                 kFact * (document.tasks.size() + document.indicators.size() + document.measurements.size()) +
                 kCell * cells);
  }

  std::string write(bool with_text) {
    out_.begin_object();
    out_.key("source"), source(document_.source);
    out_.key("document"), header(document_.header);
    if (with_text) out_.text("text", document_.text);
    list("sections", document_.sections, [this](const Section& x) { section(x); });
    list("tables", document_.tables, [this](const Table& x) { table(x); });
    list("tasks", document_.tasks, [this](const Task& x) { task(x); });
    list("indicators", document_.indicators, [this](const Indicator& x) { indicator(x); });
    list("measurements", document_.measurements, [this](const Measurement& x) { measurement(x); });
    list("references", document_.references, [this](const Reference& x) { reference(x); });
    list("internal_references", document_.internal_references, [this](const InternalReference& x) {
      out_.begin_object();
      out_.text("text", x.text);
      out_.key("pinpoint"), pinpoint(x.pinpoint);
      provenance(x.from);
      out_.end_object();
    });
    if (!document_.repairs.empty()) {
      list("repairs", document_.repairs, [this](const Repair& x) {
        out_.begin_object();
        out_.text("raw", x.raw);
        out_.text("text",
                  std::string_view(document_.text).substr(x.where.begin, x.where.end - x.where.begin));
        span(x.where), page(x.page);
        out_.end_object();
      });
    }
    list("warnings", document_.warnings, [this](const Diagnostic& x) {
      out_.begin_object();
      out_.text("code", x.code), out_.text("message", x.message), page(x.page);
      out_.end_object();
    });
    out_.end_object();
    return out_.take();
  }

 private:
  template <class T, class Write>
  void array(const std::vector<T>& values, Write write_one) {
    out_.begin_array();
    for (const T& value : values) write_one(value);
    out_.end_array();
  }
  template <class T, class Write>
  void list(std::string_view name, const std::vector<T>& values, Write write_one) {
    out_.key(name);
    array(values, write_one);
  }
  void texts(std::string_view name, const std::vector<std::string>& values) {
    list(name, values, [this](const std::string& x) { out_.string(x); });
  }
  void integer(std::string_view name, std::int64_t value) { out_.key(name), out_.integer(value); }
  void boolean(std::string_view name, bool value) { out_.key(name), out_.boolean(value); }
  void number(std::string_view name, const std::optional<double>& value) {
    out_.key(name);
    if (value) {
      out_.number(*value);
    } else {
      out_.null();
    }
  }
  void none(std::string_view name) { out_.key(name), out_.null(); }
  void date(std::string_view name, const PartialDate& value) { out_.text_or_null(name, to_iso(value)); }
  void integer_or_null(std::string_view name, int value) {
    out_.key(name);
    if (value == 0) {
      out_.null();
    } else {
      out_.integer(static_cast<std::int64_t>(value));
    }
  }
  void page(int value) { integer_or_null("page", value); }
  void span(TextRange where) {
    out_.key("span");
    out_.begin_array();
    out_.integer(static_cast<std::uint64_t>(map_.to_code_points(where.begin)));
    out_.integer(static_cast<std::uint64_t>(map_.to_code_points(where.end)));
    out_.end_array();
  }

  void source(const SourceInfo& s) {
    out_.begin_object();
    out_.text("path", s.path), out_.text("sha256", s.sha256);
    out_.key("bytes"), out_.integer(static_cast<std::uint64_t>(s.bytes));
    out_.text("media_type", s.media_type);
    integer_or_null("pages", s.pages);
    out_.text("text_origin", text_origin_name(s.text_origin));
    out_.text_or_null("encoding", s.encoding);
    out_.key("ocr");
    if (s.ocr) {
      out_.begin_object();
      out_.text("engine", s.ocr->engine), out_.text("languages", s.ocr->languages);
      out_.key("mean_confidence"), out_.real(rounded(s.ocr->mean_confidence, 10000));
      out_.end_object();
    } else {
      out_.null();
    }
    if (s.part) {
      out_.key("part");
      out_.begin_object();
      out_.key("number"), out_.integer(static_cast<std::uint64_t>(s.part->number));
      out_.key("of"), out_.integer(static_cast<std::uint64_t>(s.part->of));
      out_.key("first_page"), out_.integer(static_cast<std::uint64_t>(s.part->first_page));
      out_.key("last_page"), out_.integer(static_cast<std::uint64_t>(s.part->last_page));
      out_.text_or_null("reason", s.part->reason);
      out_.end_object();
    }
    out_.end_object();
  }

  void agency(const AgencyMention& a) {
    if (a.name.empty() && a.id.empty()) return out_.null();
    out_.begin_object();
    out_.text("name", a.name), out_.text_or_null("id", a.id);
    out_.end_object();
  }
  void agencies(std::string_view name, const std::vector<AgencyMention>& values) {
    list(name, values, [this](const AgencyMention& x) { agency(x); });
  }

  void assigned_by(const std::vector<NumberedReference>& values) {
    list("assigned_by", values, [this](const NumberedReference& x) {
      out_.begin_object();
      out_.text_or_null("number", x.number), date("date", x.date), out_.text_or_null("id", x.id);
      out_.end_object();
    });
  }

  void pinpoint(const Pinpoint& p) {
    if (p.empty()) return out_.null();
    out_.begin_object();
    const auto put = [this](std::string_view name, const std::string& value) {
      if (!value.empty()) out_.text(name, value);
    };
    put("part", p.part);
    put("chapter", p.chapter);
    put("section", p.section);
    put("article", p.article);
    put("clause", p.clause);
    put("point", p.point);
    put("appendix", p.appendix);
    out_.end_object();
  }

  void header(const DocumentHeader& h) {
    out_.begin_object();
    out_.text_or_null("id", h.id);
    out_.text("type", document_type_name(h.type));
    out_.text_or_null("number", h.number.text);
    out_.key("number_parts");
    if (h.number.text.empty()) {
      out_.null();
    } else {
      out_.begin_object();
      out_.text_or_null("ordinal", h.number.ordinal);
      integer_or_null("year", h.number.year);
      out_.text_or_null("symbol", h.number.symbol);
      out_.end_object();
    }
    out_.key("issuer"), agency(h.issuer);
    out_.text_or_null("place", h.place);
    date("date", h.date);
    out_.text_or_null("subject", h.subject);
    out_.text("status", h.draft ? "draft" : "issued");
    agencies("addressees", h.addressees);
    agencies("recipients", h.recipients);
    out_.key("signer");
    if (h.signer.empty()) {
      out_.null();
    } else {
      out_.begin_object();
      out_.text_or_null("name", h.signer.name), out_.text_or_null("title", h.signer.title);
      out_.text_or_null("authority", h.signer.authority),
          out_.text_or_null("on_behalf_of", h.signer.on_behalf_of);
      out_.end_object();
    }
    out_.text_or_null("urgency", h.urgency);
    out_.text_or_null("secrecy", h.secrecy);
    out_.key("attached_to");
    if (h.attached_to) {
      out_.begin_object();
      out_.text("type", document_type_name(h.attached_to->type));
      out_.text_or_null("number", h.attached_to->number);
      date("date", h.attached_to->date);
      out_.text_or_null("id", h.attached_to->id);
      out_.end_object();
    } else {
      out_.null();
    }
    texts("inferred", h.inferred);
    out_.end_object();
  }

  void provenance(const Provenance& from) {
    span(from.where);
    page(from.page);
    out_.text_or_null("section", from.section);
    out_.key("confidence"), out_.real(rounded(from.confidence, 1000));
    if (from.boxes.empty()) return;
    list("boxes", from.boxes, [this](const PageBox& place) {
      out_.begin_object();
      integer("page", place.page);
      out_.key("x0"), out_.real(rounded(place.box.x0, 100));
      out_.key("y0"), out_.real(rounded(place.box.y0, 100));
      out_.key("x1"), out_.real(rounded(place.box.x1, 100));
      out_.key("y1"), out_.real(rounded(place.box.y1, 100));
      out_.end_object();
    });
  }

  void section(const Section& s) {
    std::string own;
    for (const TextRange& range : s.paragraphs) {
      if (!own.empty()) own += '\n';
      own += range.of(document_.text);
    }
    out_.begin_object();
    out_.text("id", s.id), out_.text_or_null("parent", s.parent);
    out_.text("kind", section_kind_name(s.kind));
    out_.text_or_null("label", s.label), out_.text_or_null("heading", s.heading);
    out_.text("text", own);
    span(s.where);
    page(s.page);
    out_.end_object();
  }

  void table(const Table& t) {
    const auto row = [this](const TableRow& cells) {
      array(cells, [this](const TableCell& c) {
        out_.begin_object();
        out_.text("text", c.text);
        integer("colspan", c.colspan), integer("rowspan", c.rowspan), integer("column", c.column);
        span(c.where);
        out_.end_object();
      });
    };
    out_.begin_object();
    out_.text("id", t.id), out_.text_or_null("section", t.section);
    page(t.page);
    integer("columns", t.columns), boolean("inferred", t.inferred);
    list("header", t.header, row), list("rows", t.rows, row);
    out_.end_object();
  }

  void deadline(const Deadline& d) {
    out_.begin_object();
    out_.text("text", d.text), date("due", d.due), out_.text_or_null("rrule", d.rrule);
    if (!d.unit.empty()) {
      out_.key("relative");
      out_.begin_object();
      integer("amount", d.amount), out_.text("unit", d.unit), out_.text_or_null("anchor", d.anchor);
      out_.end_object();
    }
    span(d.where);
    out_.end_object();
  }

  void task(const Task& t) {
    out_.begin_object();
    out_.text("id", t.id), out_.text("label", t.label), out_.text("text", t.text);
    agencies("lead", t.lead);
    boolean("lead_inherited", t.lead_inherited);
    agencies("coordinating", t.coordinating);
    assigned_by(t.assigned_by);
    list("deadlines", t.deadlines, [this](const Deadline& d) { deadline(d); });
    out_.text_or_null("timing", t.timing);
    out_.text_or_null("result", t.result);
    out_.text_or_null("state", t.state);
    if (!t.inferred.empty()) texts("inferred", t.inferred);
    provenance(t.from);
    out_.end_object();
  }

  void indicator(const Indicator& i) {
    out_.begin_object();
    out_.text("id", i.id), out_.text_or_null("label", i.label), out_.text("name", i.name);
    if (i.parent) {
      out_.key("parent");
      out_.begin_object();
      out_.text_or_null("label", i.parent->label), out_.text("name", i.parent->name);
      out_.end_object();
    } else {
      none("parent");
    }
    out_.text_or_null("unit", i.unit);
    out_.text("comparator", comparator_name(i.comparator));
    number("value", i.value), number("upper", i.upper);
    out_.text("value_text", i.value_text);
    out_.text_or_null("period", i.period);
    agencies("lead", i.lead), agencies("evaluator", i.evaluator);
    assigned_by(i.assigned_by);
    out_.text_or_null("series", i.series);
    if (!i.inferred.empty()) texts("inferred", i.inferred);
    provenance(i.from);
    out_.end_object();
  }

  void measurement(const Measurement& m) {
    out_.begin_object();
    out_.text("id", m.id), out_.text_or_null("name", m.name), out_.text_or_null("subject", m.subject);
    number("value", m.value);
    out_.text_or_null("unit", m.unit);
    number("numerator", m.numerator), number("denominator", m.denominator);
    out_.text("value_text", m.value_text);
    date("as_of", m.as_of);
    out_.text_or_null("period", m.period);
    out_.text("kind", m.estimate ? "estimate" : "actual");
    out_.text_or_null("series", m.series);
    provenance(m.from);
    out_.end_object();
  }

  void reference(const Reference& r) {
    out_.begin_object();
    out_.text("id", r.id), out_.text("text", r.text), out_.text("type", document_type_name(r.type));
    out_.text_or_null("number", r.number);
    date("date", r.date);
    out_.key("issuer"), agency(r.issuer);
    out_.text_or_null("title", r.title);
    out_.key("pinpoint"), pinpoint(r.pinpoint);
    if (!r.more_pinpoints.empty())
      list("more_pinpoints", r.more_pinpoints, [this](const Pinpoint& p) { pinpoint(p); });
    out_.text("relation", relation_name(r.relation));
    out_.text("modality", modality_name(r.modality));
    out_.text_or_null("target", r.target);
    out_.text("resolution", resolution_state_name(r.resolution));
    out_.text_or_null("resolution_reason", r.resolution_reason);
    if (!r.candidates.empty()) texts("candidates", r.candidates);
    if (!r.inferred.empty()) texts("inferred", r.inferred);
    provenance(r.from);
    out_.end_object();
  }

  const Document& document_;
  CodePointMap map_;
  json::Writer out_;
};

}  // namespace

std::string to_json(const Document& document, const JsonOptions& options) {
  return DocumentWriter(document, options.pretty).write(options.with_text);
}

}  // namespace vanban
