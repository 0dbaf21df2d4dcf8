#include "vanban/link/resolver.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "vanban/lexicon/document_numbers.h"
#include "vanban/lexicon/identity.h"
#include "vanban/lexicon/number_key.h"

namespace vanban {
namespace {

// Is `date` surely later than `than`? Only as far as both are stated.
bool later_than(const PartialDate& date, const PartialDate& than) {
  if (!date.known() || !than.known()) return false;
  if (date.year != than.year) return date.year > than.year;
  if (date.month == 0 || than.month == 0) return false;
  if (date.month != than.month) return date.month > than.month;
  return date.day != 0 && than.day != 0 && date.day > than.day;
}

// Whether two dates can be one date, as far as both are stated.
bool agree(const PartialDate& a, const PartialDate& b) {
  if (!a.known() || !b.known()) return true;
  if (a.year != b.year) return false;
  if (a.month == 0 || b.month == 0) return true;
  if (a.month != b.month) return false;
  return a.day == 0 || b.day == 0 || a.day == b.day;
}

// The node of something that has no number yet, tied to the file that speaks of it.
std::string local_id(const Document& document, const std::string& name) {
  std::string owner = document.source.sha256.substr(0, 16);
  if (owner.empty()) owner = slug(document.header.id);
  if (owner.empty()) owner = "document";
  return "local:" + owner + (name.empty() ? "" : "/" + slug(name));
}

// "Ủy ban nhân dân tỉnh Phú Thọ" -> "tỉnh Phú Thọ"; "Sở Nội vụ tỉnh Lâm Đồng" -> "tỉnh Lâm Đồng".
std::string place_of(const std::string& issuer) {
  for (const char* kind : {"tỉnh ", "thành phố ", "Thành phố "}) {
    const std::size_t at = issuer.find(kind);
    if (at != std::string::npos) return issuer.substr(at);
  }
  return {};
}

// A body that every province has, by what its symbol says: its number means nothing without the place.
bool in_every_province(const std::string& kind_slug) {
  return kind_slug == "uy-ban-nhan-dan" || kind_slug == "hoi-dong-nhan-dan" || kind_slug == "tinh-uy" ||
         kind_slug == "thanh-uy" || kind_slug.rfind("so-", 0) == 0;
}

// The normative type that a symbol opens with ("QĐ-TTg": decision). A typist who writes one word for another
// still copies the symbol, so between these types the symbol tells which document is meant.
std::optional<DocumentType> normative_type(const std::string& symbol) {
  const std::string first = symbol.substr(0, symbol.find_first_of("-/"));
  if (first == "NQ") return DocumentType::kResolution;
  if (first == "NĐ") return DocumentType::kDecree;
  if (first == "TT") return DocumentType::kCircular;
  if (first == "TTLT") return DocumentType::kJointCircular;
  if (first == "QĐ" && symbol.find("/T") == std::string::npos)
    return DocumentType::kDecision;  // Party: also quy định
  return std::nullopt;
}
bool is_normative(DocumentType type) {
  return type == DocumentType::kResolution || type == DocumentType::kDecree ||
         type == DocumentType::kCircular || type == DocumentType::kJointCircular ||
         type == DocumentType::kDecision;
}

// The place that a local body's symbol leaves out ("QĐ-UBND") is the citing body's own, if that is a local
// one.
AgencyMention local_issuer(const Document& document, const AgencyMention& by_symbol,
                           const Agencies& agencies) {
  const std::string place = place_of(document.header.issuer.name);
  if (place.empty()) return {};
  const std::string kind = agencies.normal_case(by_symbol.name);
  const std::string kind_slug = slug(kind);
  if (!in_every_province(kind_slug)) return {};
  AgencyMention issuer;
  issuer.name = kind + " " + place;
  issuer.id = agencies.resolve(issuer.name, document.header.date);
  return issuer;
}

constexpr char kTarget[] = "target";

// Whether the target was chosen among known documents: it does not follow from the mention's own words.
bool chosen(const Reference& reference) {
  return std::find(reference.inferred.begin(), reference.inferred.end(), kTarget) != reference.inferred.end();
}

class Resolver {
 public:
  Resolver(Document& document, const Agencies& agencies, const KnownDocuments& known)
      : document_(document), agencies_(agencies), known_(known) {}

  void resolve(Reference& reference) {
    // What earlier linking chose among known documents is chosen anew.
    if (chosen(reference)) {
      std::erase(reference.inferred, kTarget);
      reference.target.clear();
      reference.candidates.clear();
    }
    if (reference.number.empty()) {
      by_name(reference);
    } else {
      by_number(reference);
    }
  }

 private:
  static void settle(Reference& reference, ResolutionState state, std::string reason,
                     std::string target = {}) {
    reference.resolution = state;
    reference.resolution_reason = std::move(reason);
    reference.target = std::move(target);
    if (state == ResolutionState::kResolved) reference.candidates.clear();
  }

  void by_name(Reference& reference) {
    if (reference.resolution == ResolutionState::kPlanned) {
      settle(reference, ResolutionState::kPlanned, "the document does not exist yet");
      return;
    }
    if (reference.title.empty()) {
      settle(reference, ResolutionState::kUnresolved, "neither number nor title");
      return;
    }
    IdentityParts parts;
    parts.type = reference.type;
    parts.date = reference.date;
    parts.issuer = reference.issuer;
    parts.title = reference.type == DocumentType::kConstitution ? "hien phap" : reference.title;
    const std::string by_title = document_id(parts, agencies_);
    if (reference.candidates.empty() && (reference.target.empty() || reference.target == by_title) &&
        by_held_title(reference)) {
      return;
    }
    if (!reference.target.empty() && reference.candidates.empty()) {
      settle(reference, ResolutionState::kResolved,
             reference.date.known() ? "title and date" : "the only one of this title known",
             reference.target);
      return;
    }
    if (!reference.target.empty() || !reference.candidates.empty()) {
      // Several laws of one title, and no year stated: the newest there was when the document was made.
      if (!reference.target.empty() && document_.header.date.known()) {
        const std::vector<std::string> others = reference.candidates;
        settle(reference, ResolutionState::kResolved, "the newest of this title when the document was made",
               reference.target);
        reference.candidates = others;
        return;
      }
      if (!reference.target.empty())
        reference.candidates.insert(reference.candidates.begin(), reference.target);
      settle(reference, ResolutionState::kAmbiguous, "several laws of this title, and no year is stated");
      return;
    }
    if (!reference.date.known()) {
      settle(reference, ResolutionState::kUnresolved, "the title is in no table and no year is stated");
      return;
    }
    settle(reference, ResolutionState::kResolved, "title and year", by_title);
  }

  // A law that no table has, but the corpus: the held one whose own title this is, if the date agrees and it
  // was there when the citing document was made. Several: the mention's date decides or nothing does.
  bool by_held_title(Reference& reference) {
    if (!known_) return false;
    const std::string key = title_key(reference.type, reference.title);
    if (key.empty()) return false;
    std::vector<KnownDocument> found = known_(key);
    std::erase_if(found, [&](const KnownDocument& one) {
      return !is_whole(one.id) || !agree(reference.date, one.date) ||
             (!document_.header.draft && later_than(one.date, document_.header.date));
    });
    if (found.empty()) return false;
    if (found.size() == 1) {
      choose(reference, "the held document of this title", found.front().id);
      return true;
    }
    if (reference.date.known()) return false;  // "title and year" says as much as can be said
    settle(reference, ResolutionState::kAmbiguous, "several documents have this title");
    for (const KnownDocument& one : found) reference.candidates.push_back(one.id);
    std::sort(reference.candidates.begin(), reference.candidates.end());
    reference.inferred.push_back(kTarget);
    return true;
  }

  static bool is_whole(const std::string& id) {
    return !id.empty() && id.rfind("local:", 0) != 0 && id.find("/_/") == std::string::npos;
  }

  static void choose(Reference& reference, std::string reason, const std::string& target) {
    settle(reference, ResolutionState::kResolved, std::move(reason), target);
    reference.inferred.push_back(kTarget);
  }

  void by_number(Reference& reference) {
    reference.candidates.clear();
    const auto number = parse_document_number(reference.number);
    if (!number) {
      settle(reference, ResolutionState::kUnresolved, "the number cannot be read");
      return;
    }
    if (number->ordinal.empty()) {
      if (reference.relation == Relation::kAttachedTo) {
        settle(reference, ResolutionState::kResolved,
               "the number is blank: the document that this one is attached to",
               local_id(document_, reference.number));
      } else {
        settle(reference, ResolutionState::kUnresolved, "the number is blank");
      }
      return;
    }
    const PartialDate& own = document_.header.date;
    if (!document_.header.draft && later_than(reference.date, own)) {
      settle(reference, ResolutionState::kUnresolved,
             "its date " + to_iso(reference.date) + " is later than the citing document's " + to_iso(own));
      return;
    }

    IdentityParts parts;
    parts.type = reference.type;
    parts.number = *number;
    parts.date = reference.date;
    parts.issuer = reference.issuer;
    const std::optional<DocumentType> said = normative_type(number->symbol);
    const bool other_word = said && is_normative(reference.type) && *said != reference.type;
    if (other_word) parts.type = *said;
    const int year = number->year != 0 ? number->year : reference.date.year;
    // The document itself, named in its own appendix.
    const DocumentHeader& header = document_.header;
    if (!header.id.empty() && number_key(header.number) == number_key(*number) &&
        agree(reference.date, header.date) &&
        (year == 0 || !header.date.known() || year == header.date.year) &&
        (reference.relation == Relation::kAttachedTo || year != 0) && header.type == reference.type) {
      settle(reference, ResolutionState::kResolved, "the document itself", header.id);
      return;
    }
    const AgencyMention by_symbol = agencies_.issuer_of_symbol(number->symbol, reference.date);
    bool local_place = false;
    const bool local = by_symbol.id.empty() || slug(by_symbol.id).rfind("so-", 0) == 0;
    if (local && (parts.issuer.name.empty() || place_of(parts.issuer.name).empty())) {
      const AgencyMention issuer = local_issuer(document_, by_symbol, agencies_);
      if (!issuer.name.empty()) {
        parts.issuer = issuer;
        local_place = true;
      }
    }
    const std::string id = document_id(parts, agencies_);
    const bool whole =
        !id.empty() && id.find("/_/") == std::string::npos && reference.type != DocumentType::kOther;

    std::vector<KnownDocument> candidates;
    if (known_ && !whole) candidates = fitting(reference, *number, parts);
    if (whole) {
      std::string reason = local_place ? "number and year; the citing body's own place" : "number and year";
      if (other_word) reason += "; its symbol says another type than the word before it";
      if (number->year != 0 && reference.date.known() && reference.date.year != number->year)
        reason += "; its date " + to_iso(reference.date) + " is of another year";
      settle(reference, ResolutionState::kResolved, std::move(reason), id);
    } else if (!candidates.empty() && place_of(parts.issuer.name).empty() &&
               in_every_province(slug(agencies_.normal_case(by_symbol.name)))) {
      settle(reference, ResolutionState::kAmbiguous,
             "every province may have one of this number; the text names none");
      for (const KnownDocument& one : candidates) reference.candidates.push_back(one.id);
    } else if (candidates.size() == 1) {
      choose(reference, "the only document of this number known", candidates.front().id);
    } else if (candidates.size() > 1) {
      settle(reference, ResolutionState::kAmbiguous, "several documents have this number");
      for (const KnownDocument& one : candidates) reference.candidates.push_back(one.id);
    } else if (reference.type == DocumentType::kOther && year != 0 && id.find("/_/") == std::string::npos) {
      // "33/2023/QH15": laws and resolutions share one sequence, so the number itself is enough.
      for (const DocumentType type : {DocumentType::kLaw, DocumentType::kResolution}) {
        parts.type = type;
        if (number->symbol.rfind("QH", 0) == 0) reference.candidates.push_back(document_id(parts, agencies_));
      }
      if (reference.candidates.empty()) {
        settle(reference, ResolutionState::kResolved, "number and year", id);
      } else {
        settle(reference, ResolutionState::kAmbiguous, "a law or a resolution: the text does not say");
      }
    } else {
      settle(reference, ResolutionState::kUnresolved,
             year == 0 ? "no year is stated" : "whose document it is cannot be told from the number");
    }
  }

  // Known documents that a mention can mean: same number, type, year and issuer as far as stated, not later
  // than the citing document.
  std::vector<KnownDocument> fitting(const Reference& reference, const DocumentNumber& number,
                                     const IdentityParts& parts) {
    std::vector<KnownDocument> found = known_(number_key(number));
    const int year = number.year != 0 ? number.year : reference.date.year;
    const std::string issuer = parts.issuer.id.empty() ? slug(parts.issuer.name) : parts.issuer.id;
    std::erase_if(found, [&](const KnownDocument& one) {
      if (!is_whole(one.id)) return true;
      if (parts.type != DocumentType::kOther && one.type != DocumentType::kOther && one.type != parts.type)
        return true;
      if (year != 0 && one.date.known() && one.date.year != year) return true;
      if (!agree(reference.date, one.date)) return true;
      if (!document_.header.draft && later_than(one.date, document_.header.date)) return true;
      const bool placed = !place_of(parts.issuer.name).empty();
      return placed && one.id.rfind("/vn/" + slug(issuer) + "/", 0) != 0;
    });
    std::sort(found.begin(), found.end(),
              [](const KnownDocument& a, const KnownDocument& b) { return a.id < b.id; });
    found.erase(std::unique(found.begin(), found.end(),
                            [](const KnownDocument& a, const KnownDocument& b) { return a.id == b.id; }),
                found.end());
    return found;
  }

  Document& document_;
  const Agencies& agencies_;
  const KnownDocuments& known_;
};

std::string self_id(const Document& document) {
  return document.header.id.empty() ? local_id(document, {}) : document.header.id;
}

// The node that a mention means; empty: none. A number that cannot be told apart ("19-NQ/TW" without a year)
// is a node of the citing document alone: what another document calls so may be another one.
std::string node_of(const Document& document, const Reference& reference) {
  if (reference.resolution == ResolutionState::kResolved) return reference.target;
  const auto number = parse_document_number(reference.number);
  if (!number || number->ordinal.empty() || reference.resolution == ResolutionState::kPlanned) return {};
  const int year = number->year != 0 ? number->year : reference.date.year;
  std::string name = std::string(document_type_name(reference.type)) + " " + number_key(*number);
  if (year != 0) name += " " + std::to_string(year);
  return local_id(document, name);
}

bool more_telling(const GraphNode& a, const GraphNode& b) {
  if (a.date.full() != b.date.full()) return a.date.full();
  if (a.number.size() != b.number.size()) return a.number.size() > b.number.size();
  return std::tie(a.number, a.title, a.date) < std::tie(b.number, b.title, b.date);
}

}  // namespace

std::string number_key(const DocumentNumber& number) { return document_number_key(number); }

void resolve_references(Document& document, const Agencies& agencies, const KnownDocuments& known) {
  Resolver resolver(document, agencies, known);
  for (Reference& reference : document.references) resolver.resolve(reference);
  if (!document.header.attached_to) return;
  AttachedTo& attached = *document.header.attached_to;
  Reference reference;
  reference.type = attached.type;
  reference.number = attached.number;
  reference.date = attached.date;
  reference.issuer = document.header.issuer;
  reference.relation = Relation::kAttachedTo;
  // The mention in the text says the same and may say more ("của Văn phòng Chính phủ").
  for (const Reference& mention : document.references) {
    if (mention.relation == Relation::kAttachedTo && mention.number == attached.number) {
      attached.id = mention.target;
      return;
    }
  }
  const KnownDocuments none;  // by its own words: there is no mention that could be linked again
  Resolver(document, agencies, none).resolve(reference);
  attached.id = reference.target;
}

DocumentGraph graph_of(const Document& document) {
  DocumentGraph graph;
  const DocumentHeader& header = document.header;
  graph.self = {self_id(document),  header.type, header.number.text, header.date, header.subject,
                header.issuer.name, true};

  std::map<std::string, GraphNode> nodes;
  using EdgeKey = std::tuple<std::string, Relation, Modality, std::string, std::string, std::string,
                             std::string, std::string, std::string, std::string>;
  std::map<EdgeKey, std::size_t> index;
  for (const Reference& reference : document.references) {
    const std::string target = node_of(document, reference);
    if (target.empty() || target == graph.self.id) continue;  // its own number in its own appendix
    // A target that was chosen among known documents is a node already: theirs to describe.
    if (!chosen(reference)) {
      GraphNode node{target,         reference.type,  reference.number,
                     reference.date, reference.title, reference.issuer.name,
                     false};
      const auto [place, fresh] = nodes.emplace(target, node);
      if (!fresh && more_telling(node, place->second)) {
        if (node.title.empty()) node.title = place->second.title;
        place->second = std::move(node);
      }
    }
    const auto add = [&](const Pinpoint& p) {
      const EdgeKey key{target,    reference.relation, reference.modality, p.part,  p.chapter,
                        p.section, p.article,          p.clause,           p.point, p.appendix};
      const auto [edge, added] = index.emplace(key, graph.edges.size());
      if (added) {
        graph.edges.push_back({graph.self.id, target, reference.relation, reference.modality, p, 1});
      } else {
        ++graph.edges[edge->second].count;
      }
    };
    add(reference.pinpoint);
    for (const Pinpoint& more : reference.more_pinpoints) add(more);
  }
  for (auto& [id, node] : nodes) graph.nodes.push_back(std::move(node));
  return graph;
}

}  // namespace vanban
