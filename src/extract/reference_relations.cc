// What the citing phrase does to the cited document, and whether it does so itself or only asks for it or
// reports it: "trình ban hành Nghị định thay thế Nghị định số 204/2004/NĐ-CP" replaces nothing yet.

#include <algorithm>
#include <array>
#include <utility>

#include "references.h"
#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

constexpr std::size_t kContext = 300;  // bytes before a mention in which its trigger stands

// Types that change other documents by themselves.
bool can_enact(DocumentType type) {
  switch (type) {
    case DocumentType::kLaw:
    case DocumentType::kOrdinance:
    case DocumentType::kConstitution:
    case DocumentType::kDecree:
    case DocumentType::kResolution:
    case DocumentType::kDecision:
    case DocumentType::kCircular:
    case DocumentType::kJointCircular:
    case DocumentType::kRegulation:
    case DocumentType::kDirective:
      return true;
    default:
      return false;
  }
}

// Only the title of the mention before stands between it and a trigger: no punctuation, no "và".
bool nested(std::string_view between) {
  for (std::size_t at = 0; at < between.size(); ++at) {
    const char c = between[at];
    if (c == ',' || c == ';' || c == '.' || c == ':' || c == '(' || c == ')' || c == '\n') return false;
    if (c == 'v' && word_starts(between, at)) {
      const std::size_t length = match_words(between, at, "và");
      if (length != 0 && skip_space(between, at + length) == between.size()) return false;
    }
  }
  return true;
}

// Does a law stand above what this document may change? Only the National Assembly changes a law.
bool above(const DocumentHeader& header, DocumentType cited) {
  if (cited != DocumentType::kLaw && cited != DocumentType::kOrdinance &&
      cited != DocumentType::kConstitution)
    return false;
  if (header.type == DocumentType::kLaw || header.type == DocumentType::kOrdinance) return false;
  const std::string& symbol = header.number.symbol;
  return symbol.find("QH") == std::string::npos;
}

bool changes_validity(Relation relation) {
  return relation == Relation::kAmends || relation == Relation::kReplaces || relation == Relation::kRepeals;
}

}  // namespace

void ReferenceFinder::give_relations(const Document& document, std::string_view text,
                                     std::vector<Mention>& mentions) const {
  static constexpr std::array<std::pair<std::string_view, Relation>, 7> kTriggers = {
      {{"before_replaces", Relation::kReplaces},
       {"before_amends", Relation::kAmends},
       {"before_repeals", Relation::kRepeals},
       {"before_guides", Relation::kGuides},
       {"before_answers", Relation::kAnswers},
       {"before_assigned", Relation::kAssignedIn},
       {"before_implements", Relation::kImplements}}};
  const SectionFinder sections(document);
  std::vector<TextRange> groups;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    Mention& mention = mentions[i];
    const std::size_t begin = mention.lead_end;
    const std::size_t paragraph = paragraph_start(text, begin, 2000);
    const std::size_t previous = i > 0 ? mentions[i - 1].where.end : 0;
    if (ends_with("before_attached", text, std::max(paragraph, previous), begin)) {
      mention.relation = Relation::kAttachedTo;
      continue;
    }
    if (mention.head != Mention::kNone) {
      mention.relation = mentions[mention.head].relation;
      mention.modality = mentions[mention.head].modality;
      continue;
    }
    const std::size_t sentence =
        std::max(sentence_start(text, begin), begin > kContext ? begin - kContext : 0);
    const std::size_t from = std::max(sentence, previous);
    const std::string_view before = from < begin ? text.substr(from, begin - from) : std::string_view();
    bool passive = false;
    std::size_t trigger = 0;
    if (!before.empty()) {
      passive = patterns_.at("passive").found_in(before);
      bool found = false;
      for (const auto& [name, relation] : kTriggers) {
        if (passive && changes_validity(relation)) continue;
        // Whether at all is much cheaper to ask than where.
        const Pattern& pattern = patterns_.at(name);
        if (!pattern.found_in(before) || !pattern.find(before, 0, groups)) continue;
        if (found && groups[0].begin <= trigger) continue;  // the nearest word speaks
        // "quy định chi tiết và hướng dẫn thi hành": the last verb belongs to the first
        if (found && mention.relation == Relation::kGuides && relation == Relation::kImplements) continue;
        found = true;
        trigger = groups[0].begin;
        mention.relation = relation;
      }
      // "thực hiện theo quy định tại": what is done goes by the document, it does not carry it out.
      if (mention.relation == Relation::kImplements && patterns_.at("before_cites").found_in(before) &&
          patterns_.at("before_cites").find(before, 0, groups) && groups[0].begin > trigger) {
        mention.relation = Relation::kCites;
      }
      // "Nghị định số 49/2026/NĐ-CP của Chính phủ quy định chi tiết Nghị quyết số 254/2025/QH15": the cited
      // one does it.
      if (found && from == previous && i > 0 && mention.relation != Relation::kCites &&
          nested(before.substr(0, trigger))) {
        mention.relation = Relation::kCites;
      }
    }
    // A paragraph "Căn cứ …;": every document in it, but for those that a cited one's own title names.
    const std::string_view start = text.substr(paragraph, std::min<std::size_t>(40, text.size() - paragraph));
    if (patterns_.at("paragraph_legal_basis").found_in(start)) {
      const bool first = previous <= paragraph;
      const std::size_t gap = skip_space_back(text, begin);
      const bool listed = gap > 0 && (text[gap - 1] == ';' || text[gap - 1] == ',');
      if (first || listed || passive) mention.relation = Relation::kLegalBasis;
      if (mention.relation == Relation::kLegalBasis) continue;
    }
    if (mention.relation == Relation::kCites && can_enact(document.header.type)) {
      const std::string_view after =
          text.substr(mention.where.end, std::min<std::size_t>(200, text.size() - mention.where.end));
      if (patterns_.at("after_repealed").found_in(after) &&
          patterns_.at("after_repealed").find(after, 0, groups)) {
        const std::string_view rest = after.substr(groups[0].end);
        if (patterns_.at("own_document").found_in(rest.substr(0, std::min<std::size_t>(100, rest.size())))) {
          mention.relation = Relation::kRepeals;
          continue;
        }
      }
    }
    if (!changes_validity(mention.relation) && mention.relation != Relation::kGuides) continue;

    mention.modality = Modality::kPlanned;
    if (document.header.draft || !can_enact(document.header.type)) continue;
    const std::size_t whole = sentence_start(text, begin);
    const std::string_view lead = text.substr(whole, from + trigger - whole);
    if (patterns_.at("sentence_planning").found_in(lead)) continue;
    // The document speaks of itself, orders it at the sentence's beginning, or says it in its own title.
    const bool names_itself = patterns_.at("own_document").found_in(lead);
    bool itself = names_itself;
    const std::size_t words = skip_space(lead, 0);
    itself = itself || lead.size() - words < 40;
    if (changes_validity(mention.relation) && above(document.header, mention.type)) continue;
    // What an appendix or a table lists is work to be done, or a form; an act changes others in its articles
    // and title.
    const Section* section = sections.at(mention.where.begin);
    if (section != nullptr && section->kind == SectionKind::kHeader) itself = true;
    bool article = section == nullptr || section->kind == SectionKind::kHeader;
    bool listed = false;
    for (const Section* up = section; up != nullptr; up = sections.parent_of(*up)) {
      article = article || up->kind == SectionKind::kArticle;
      listed = listed || up->kind == SectionKind::kAppendix || up->kind == SectionKind::kTable;
    }
    if (!listed && (names_itself || (itself && article))) mention.modality = Modality::kEnacted;
  }
}

}  // namespace vanban
