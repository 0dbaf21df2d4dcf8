#include "references.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "extract/reference_words.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/document_numbers.h"
#include "vanban/lexicon/identity.h"
#include "vanban/lexicon/scan.h"

namespace vanban {

std::size_t paragraph_start(std::string_view text, std::size_t at, std::size_t most) {
  const std::size_t limit = at > most ? at - most : 0;
  std::size_t begin = std::min(at, text.size());
  while (begin > limit && text[begin - 1] != '\n') --begin;
  return begin;
}

std::size_t sentence_start(std::string_view text, std::size_t at) {
  constexpr std::size_t kMost = 600;
  const std::size_t limit = at > kMost ? at - kMost : 0;
  for (std::size_t i = std::min(at, text.size()); i > limit; --i) {
    const char c = text[i - 1];
    if (c == '\n' || c == ';') return i;
    if (c == '.' && i < text.size() && space_at(text, i) != 0) {
      // "." closes a sentence before a capital; "TP. Hồ Chí Minh" is rare enough
      std::size_t next = skip_space(text, i);
      if (next < text.size() && next <= at && is_upper_letter(decode_utf8(text, next))) return i;
    }
  }
  return limit;
}

SectionFinder::SectionFinder(const Document& document) : document_(&document) {
  std::map<std::string_view, std::size_t> index;
  parents_.reserve(document.sections.size());
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    const Section& section = document.sections[i];
    const auto parent = index.find(section.parent);
    parents_.push_back(parent == index.end() ? static_cast<std::size_t>(-1) : parent->second);
    index.emplace(section.id, i);
  }
}

const Section* SectionFinder::at(std::size_t offset) const {
  const auto& sections = document_->sections;
  const auto after =
      std::upper_bound(sections.begin(), sections.end(), offset,
                       [](std::size_t value, const Section& s) { return value < s.where.begin; });
  if (after == sections.begin()) return nullptr;
  std::size_t i = static_cast<std::size_t>(after - sections.begin()) - 1;
  while (i != static_cast<std::size_t>(-1) && !sections[i].where.contains(offset)) i = parents_[i];
  return i == static_cast<std::size_t>(-1) ? nullptr : &sections[i];
}

const Section* SectionFinder::parent_of(const Section& section) const {
  const auto i = static_cast<std::size_t>(&section - document_->sections.data());
  const std::size_t parent = parents_[i];
  return parent == static_cast<std::size_t>(-1) ? nullptr : &document_->sections[parent];
}

Result<ReferenceFinder> ReferenceFinder::create(const Models& models, const Agencies& agencies,
                                                const DocumentTypes& types) {
  const auto words = models.table("reference_words");
  if (!words) return words.error();
  return create(models, **words, agencies, types);
}

Result<ReferenceFinder> ReferenceFinder::create(const Models& models, const ModelTable& table,
                                                const Agencies& agencies, const DocumentTypes& types) {
  auto words = reference_words(table);
  if (!words) return words.error();
  auto laws = LawNames::create(models, *words);
  if (!laws) return laws.error();
  auto patterns = PatternTable::load(models, "patterns/references");
  if (!patterns) return patterns.error();
  return ReferenceFinder(std::move(*words), std::move(*laws), std::move(*patterns), agencies, types);
}

void ReferenceFinder::find(Document& document) const {
  document.references.clear();
  document.internal_references.clear();
  const std::string text = text_without_marks(document.text, document.footnote_marks);
  const PatternScan patterns_scan(patterns_, text);
  std::vector<Mention> mentions = scan(document, text);
  give_relations(document, text, mentions);
  give_dates(document, text, mentions);
  resolve_laws(document, mentions);
  find_internal(document, text, mentions);

  const SectionFinder sections(document);
  const auto place = [&](Provenance& from) {
    from.page = page_of(document.blocks, document.words, from.where.begin);
    if (const Section* section = sections.at(from.where.begin)) from.section = section->id;
    from.boxes = boxes_of(document.words, from.where);
    const auto [confidence, doubtful] = confidence_of(document.words, from.where);
    from.confidence *= confidence;
    if (doubtful) from.confidence = std::min(from.confidence, 0.5);
  };
  for (InternalReference& reference : document.internal_references) place(reference.from);

  int count = 0;
  document.references.reserve(mentions.size());
  for (Mention& mention : mentions) {
    Reference reference;
    reference.id = "r" + std::to_string(++count);
    reference.text = std::string(mention.where.of(document.text));
    std::replace(reference.text.begin(), reference.text.end(), '\n', ' ');
    reference.type = mention.type;
    reference.number = mention.number.text;
    reference.date = mention.date;
    reference.issuer = mention.issuer;
    if (reference.issuer.name.empty() && !mention.number.symbol.empty()) {
      reference.issuer = agencies_->issuer_of_symbol(mention.number.symbol, mention.date);
    }
    reference.title = mention.title;
    if (!mention.pinpoints.empty()) {
      reference.pinpoint = mention.pinpoints.front();
      reference.more_pinpoints.assign(mention.pinpoints.begin() + 1, mention.pinpoints.end());
    }
    reference.relation = mention.relation;
    reference.modality = mention.modality;
    reference.inferred = std::move(mention.inferred);
    reference.from.where = mention.where;
    reference.from.confidence = mention.confidence;
    if (mention.number.text.empty()) {
      // What the registry says of a law cited by name: its node is the one that its number gives.
      const auto id = [&](const std::string& number) {
        IdentityParts parts;
        parts.type = mention.type;
        if (const auto parsed = parse_document_number(number)) {
          parts.number = *parsed;
          parts.date = mention.date;
        } else {
          parts.title = mention.type == DocumentType::kConstitution ? "hien phap" : mention.title;
          parts.date.year = std::atoi(number.c_str());
        }
        return document_id(parts, *agencies_);
      };
      if (!mention.law_number.empty()) {
        reference.target = id(mention.law_number);
        if (!mention.date.known()) {
          for (const std::string& other : mention.law_numbers) reference.candidates.push_back(id(other));
        }
      }
      if (mention.planned_document) {
        reference.resolution = ResolutionState::kPlanned;
        reference.modality = Modality::kPlanned;
      }
    }
    place(reference.from);
    const DocumentHeader& header = document.header;
    if (!header.draft && header.date.full() && reference.date.full() && reference.date > header.date) {
      reference.from.confidence = std::min(reference.from.confidence, 0.6);
      document.warnings.push_back({"reference-later-than-document",
                                   "the mention \"" + reference.text +
                                       "\" has a date later than the document's own " + to_iso(header.date),
                                   reference.from.page});
    }
    document.references.push_back(std::move(reference));
  }
}

}  // namespace vanban
