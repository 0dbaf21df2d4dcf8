#include "vanban/link/akoma_ntoso.h"

#include <array>
#include <cstdio>

#include "akoma_body.h"
#include "graph_export.h"
#include "vanban/base/markup.h"
#include "vanban/lexicon/identity.h"

namespace vanban {
namespace {

constexpr std::string_view kUnknownDate = "0001-01-01";

// Văn bản quy phạm and what is made like it: an act; the others are plain documents.
bool is_act(DocumentType type) {
  switch (type) {
    case DocumentType::kLaw:
    case DocumentType::kOrdinance:
    case DocumentType::kConstitution:
    case DocumentType::kDecree:
    case DocumentType::kCircular:
    case DocumentType::kJointCircular:
    case DocumentType::kResolution:
    case DocumentType::kDecision:
    case DocumentType::kRegulation:
      return true;
    default:
      return false;
  }
}

struct Day {
  std::string date, name;  // name: "Generation", or how much of the date is known
};
Day day_of(const PartialDate& date) {
  if (!date.known()) return {std::string(kUnknownDate), "unknown"};
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", date.year, date.month == 0 ? 1 : date.month,
                date.day == 0 ? 1 : date.day);
  return {text.data(), date.full() ? "Generation" : date.month != 0 ? "month" : "year"};
}

std::string quoted(std::string_view text) { return "\"" + markup_escaped(text) + "\""; }

// What cannot stand in a URI as it is, is percent-encoded.
std::string uri_part(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
        c == '_' || c == '/' || c == '~') {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

class Writer {
 public:
  Writer(const Document& document, const std::vector<ValidityEvent>& events)
      : document_(document), events_(events), body_(document) {
    const DocumentHeader& header = document.header;
    root_ = !is_act(header.type) ? "doc" : header.draft ? "bill" : "act";
    uri_ = akoma_ntoso_uri(header.id);
    if (uri_.empty()) {  // blank numbers, drafts: tied to the file, so that no two are one
      const std::string sha = document.source.sha256.substr(0, 16);
      uri_ = "/akn/vn/" + root_ + "/" + std::string(document_type_name(header.type)) + "/_/" +
             (header.date.known() ? std::to_string(header.date.year) : std::string("_")) + "/local-" +
             (sha.empty() ? std::string("document") : uri_part(sha));
    }
  }

  std::string write() {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n";
    const AkomaParts parts = body_.parts_of_document(root_ != "doc");
    out += "<" + root_ + " name=" + quoted(document_type_name(document_.header.type)) + ">\n" + meta() +
           content(parts, root_, "");
    if (!parts.appendices.empty()) {
      out += "<attachments>\n";
      for (std::size_t i = 0; i < parts.appendices.size(); ++i) out += attachment(parts.appendices[i], i + 1);
      out += "</attachments>\n";
    }
    return out + "</" + root_ + ">\n</akomaNtoso>\n";
  }

 private:
  std::string identification(const std::string& component) const {
    const DocumentHeader& header = document_.header;
    const Day day = day_of(header.date);
    const std::string expression = uri_ + "/vie@" + (header.date.full() ? day.date : std::string());
    const auto level = [&](const char* name, const std::string& uri, const std::string& suffix,
                           const std::string& more) {
      return "<" + std::string(name) + ">\n<FRBRthis value=" + quoted(uri + "/!" + component + suffix) +
             "/>\n<FRBRuri value=" + quoted(uri + suffix) + "/>\n<FRBRdate date=" + quoted(day.date) +
             " name=" + quoted(day.name) + "/>\n<FRBRauthor href=\"#" +
             (header.issuer.name.empty() ? "vanban" : "issuer") + "\"/>\n" + more + "</" + name + ">\n";
    };
    std::string work =
        "<FRBRcountry value=\"vn\"/>\n<FRBRsubtype value=" + quoted(document_type_name(header.type)) + "/>\n";
    if (!header.number.text.empty()) work += "<FRBRnumber value=" + quoted(header.number.text) + "/>\n";
    if (!header.subject.empty()) work += "<FRBRname value=" + quoted(header.subject) + "/>\n";
    return "<identification source=\"#vanban\">\n" + level("FRBRWork", uri_, "", work) +
           level("FRBRExpression", expression, "", "<FRBRlanguage language=\"vie\"/>\n") +
           level("FRBRManifestation", expression, ".akn", "<FRBRformat value=\"application/akn+xml\"/>\n") +
           "</identification>\n";
  }

  std::string meta() {
    const DocumentHeader& header = document_.header;
    std::string events, references;
    const auto reference = [&](const char* element, const std::string& id, const std::string& href,
                               const std::string& shown) {
      references += std::string("<") + element + " eId=\"" + id + "\" href=" + quoted(href) +
                    " showAs=" + quoted(shown) + "/>\n";
    };
    reference("original", "ro1", uri_, header.number.text.empty() ? "original" : header.number.text);
    if (header.date.full())
      events += "<eventRef eId=\"e1\" date=" + quoted(to_iso(header.date)) +
                " source=\"#ro1\" type=\"generation\"/>\n";
    std::size_t passive = 0, active = 0;
    for (const ValidityEvent& event : events_) {
      const std::string uri = akoma_ntoso_uri(event.by.id);
      if (uri.empty()) continue;
      const std::string id = "rp" + std::to_string(++passive);
      reference("passiveRef", id, uri, event.by.number.empty() ? event.by.id : event.by.number);
      if (!event.by.date.full()) continue;
      // A provision that is repealed is a change of the document, not its end.
      const bool ends = event.relation != Relation::kAmends && event.pinpoint.empty();
      events += "<eventRef eId=\"e" + std::to_string(passive + 1) +
                "\" date=" + quoted(to_iso(event.by.date)) + " source=\"#" + id + "\" type=\"" +
                (ends ? "repeal" : "amendment") + "\"/>\n";
    }
    std::string last;
    for (const Reference& one : document_.references) {
      const bool changes = one.relation == Relation::kAmends || one.relation == Relation::kReplaces ||
                           one.relation == Relation::kRepeals;
      const std::string uri =
          one.resolution == ResolutionState::kResolved ? akoma_ntoso_uri(one.target) : std::string();
      if (!changes || one.modality == Modality::kPlanned || uri.empty() || uri == last) continue;
      reference("activeRef", "ra" + std::to_string(++active), uri,
                one.number.empty() ? one.title : one.number);
      last = uri;
    }
    if (header.attached_to) {
      if (const std::string uri = akoma_ntoso_uri(header.attached_to->id); !uri.empty())
        reference("attachmentOf", "rat", uri, header.attached_to->number);
    }
    reference("TLCOrganization", "vanban", "/akn/ontology/organization/vn/vanban", "vanban");
    if (!header.issuer.name.empty()) {
      reference("TLCOrganization", "issuer",
                "/akn/ontology/organization/vn/" +
                    uri_part(header.issuer.id.empty() ? slug(header.issuer.name) : slug(header.issuer.id)),
                header.issuer.name);
    }
    if (!header.signer.name.empty())
      reference("TLCPerson", "signer", "/akn/ontology/person/vn/" + uri_part(slug(header.signer.name)),
                header.signer.name);
    if (!header.signer.title.empty())
      reference("TLCRole", "role", "/akn/ontology/role/vn/" + uri_part(slug(header.signer.title)),
                header.signer.title);
    return "<meta>\n" + identification("main") +
           (events.empty() ? std::string() : "<lifecycle source=\"#vanban\">\n" + events + "</lifecycle>\n") +
           "<references source=\"#vanban\">\n" + references + "</references>\n</meta>\n";
  }

  // What stands between meta and attachments. `ids`: in front of eIds.
  std::string content(const AkomaParts& parts, const std::string& root, const std::string& ids) {
    std::string out;
    const auto wrapped = [&](const char* element, const std::string& inner) {
      if (!inner.empty()) out += std::string("<") + element + ">\n" + inner + "</" + element + ">\n";
    };
    wrapped("preface", body_.preface(parts.preface));
    wrapped("preamble", body_.preamble(parts.preamble, ids));
    const bool open = root == "doc";
    std::string body = body_.body(parts, open, ids);
    if (body.empty())
      body = open ? "<p/>\n" : "<hcontainer name=\"text\" eId=\"" + body_.ids().take(ids + "text") + "\"/>\n";
    wrapped(open ? "mainBody" : "body", body);
    wrapped("conclusions", body_.conclusions(parts.conclusions));
    return out;
  }

  std::string attachment(std::size_t section, std::size_t ordinal) {
    const std::string id = "att_" + std::to_string(ordinal);
    const AkomaBody::Head head = body_.head_of(section);
    std::string out = "<attachment eId=\"" + body_.ids().take(id) + "\">\n";
    if (!head.num.empty()) out += "<num>" + body_.line(head.num) + "</num>\n";
    if (!head.heading.empty())
      out += "<heading eId=\"" + id + "__heading\">" + body_.line(head.heading) + "</heading>\n";
    return out + "<doc name=\"appendix\">\n<meta>\n" + identification("annex_" + std::to_string(ordinal)) +
           "</meta>\n" + content(body_.parts_of_appendix(section), "doc", id + "__") +
           "</doc>\n</attachment>\n";
  }

  const Document& document_;
  const std::vector<ValidityEvent>& events_;
  AkomaBody body_;
  std::string root_, uri_;
};

}  // namespace

std::string akoma_ntoso_uri(std::string_view id) {
  if (id.rfind("/vn/", 0) != 0) return {};
  std::array<std::string_view, 4> parts;  // issuer, type, year, number
  id.remove_prefix(4);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t slash = i + 1 < parts.size() ? id.find('/') : id.size();
    if (slash == std::string_view::npos || slash == 0) return {};
    parts[i] = id.substr(0, slash);
    id.remove_prefix(std::min(slash + 1, id.size()));
  }
  if (parts[0] == "_" || parts[2] == "_" || parts[3].find('/') != std::string_view::npos) return {};
  const DocumentType type = document_type_from_name(parts[1]).value_or(DocumentType::kOther);
  return std::string("/akn/vn/") + (is_act(type) ? "act/" : "doc/") + std::string(parts[1]) + "/" +
         uri_part(parts[0]) + "/" + std::string(parts[2]) + "/" + uri_part(parts[3]);
}

std::string write_akoma_ntoso(const Document& document, const std::vector<ValidityEvent>& events) {
  return Writer(document, events).write();
}

}  // namespace vanban
