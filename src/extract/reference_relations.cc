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

// A quotation that `from` stands in closes before the end: “được giao nhiệm vụ” tại khoản 2 Điều 6.
bool quoted(std::string_view before, std::size_t from) {
  const std::size_t close = before.find("”", from);
  if (close == std::string_view::npos) return false;
  const std::size_t open = before.find("“", from);
  return open == std::string_view::npos || open > close;
}

// Only separators stand between two mentions: the second goes on with what is said of the first. `last`: "và"
// is one of them.
bool goes_on(std::string_view between, bool* last) {
  std::size_t at = skip_space(between, 0);
  *last = false;
  while (at < between.size()) {
    if (between[at] == ',') {
      ++at;
    } else if (const std::size_t length = match_words(between, at, "và"); length != 0) {
      at += length;
      *last = true;
    } else {
      return false;
    }
    at = skip_space(between, at);
  }
  return true;
}

// "A được sửa đổi bởi B, C và D": which of them changed A, so that nothing is said of them but that.
class PassiveList {
 public:
  // `found`: the words before mention i say "được sửa đổi bởi"; else `between` stands between it and the one
  // before, in one sentence. True: mention i changed another.
  bool take(std::size_t i, bool found, bool same_sentence, std::string_view between) {
    bool last = false;
    if (found) {
      changed_ = i > 0 && same_sentence ? i - 1 : kNone;
      open_ = inside_ = true;
    } else {
      const bool more = inside_ && same_sentence && goes_on(between, &last);
      resumes_ = more && !open_;
      inside_ = more;
      if (resumes_ || !more) inside_ = false;
      if (last) open_ = false;
      return inside_;
    }
    resumes_ = false;
    return true;
  }
  // The list was complete, and what follows goes on with the mention that was changed: "… bởi B và C, D".
  std::size_t resumed() const { return resumes_ ? changed_ : kNone; }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

 private:
  std::size_t changed_ = kNone;
  bool inside_ = false, open_ = false, resumes_ = false;
};

}  // namespace

// What the words before a mention say that is done to it; kCites where they say nothing. `trigger`: where the
// verb stands.
Relation ReferenceFinder::relation_before(std::string_view before, bool passive, std::size_t& trigger) const {
  struct Trigger {
    PatternName name;
    Relation relation;
  };
  static constexpr Trigger kTriggers[] = {
      {"before_replaces", Relation::kReplaces},    {"before_amends", Relation::kAmends},
      {"before_repeals", Relation::kRepeals},      {"before_guides", Relation::kGuides},
      {"before_answers", Relation::kAnswers},      {"before_assigned", Relation::kAssignedIn},
      {"before_implements", Relation::kImplements}};
  Relation said = Relation::kCites;
  std::vector<TextRange> groups;
  bool found = false;
  for (const auto& [name, relation] : kTriggers) {
    if (passive && changes_validity(relation)) continue;
    // Whether at all is much cheaper to ask than where.
    const Pattern& pattern = patterns_.at(name);
    if (!pattern.found_in(before) || !pattern.find(before, 0, groups)) continue;
    if (found && groups[0].begin <= trigger) continue;  // the nearest word speaks
    // "quy định chi tiết và hướng dẫn thi hành": the last verb belongs to the first
    if (found && said == Relation::kGuides && relation == Relation::kImplements) continue;
    if (quoted(before, groups[0].begin)) continue;
    found = true;
    trigger = groups[0].begin;
    said = relation;
  }
  // "thực hiện theo quy định tại": what is done goes by the document, it does not carry it out; "sửa đổi bảng
  // giá đất quy định tại Điều 7": the price list is changed. "Sửa đổi quy định tại Điều 7" changes the
  // document.
  const bool may_only_cite = said == Relation::kImplements || said == Relation::kAmends ||
                             said == Relation::kAssignedIn || said == Relation::kGuides;
  if (may_only_cite && patterns_.at("before_cites").found_in(before) &&
      patterns_.at("before_cites").find(before, 0, groups) && groups[0].begin > trigger) {
    const std::size_t phrase = groups[0].begin;
    const bool by = match_words(before, phrase, "theo") != 0;
    const std::size_t end = skip_space_back(before, phrase);
    const bool issued_with = match_words_back(before, end, "kèm") != std::string_view::npos ||
                             match_words_back(before, end, "ban hành") != std::string_view::npos;
    const std::string_view object = before.substr(trigger, phrase - trigger);
    const bool provision = said == Relation::kAmends && !by && patterns_.at("amended_part").found_in(object);
    if (!(by && issued_with) && !provision) said = Relation::kCites;
  }
  return said;
}

// "Bãi bỏ các văn bản sau đây:" above, the mention first in its unit below: what the lead-in says is done to
// each.
std::optional<Relation> ReferenceFinder::relation_of_list(std::string_view text, std::size_t begin,
                                                          const Section* section,
                                                          const SectionFinder& sections) const {
  const std::size_t paragraph = paragraph_start(text, begin, 200);
  if (!patterns_.at("item_start").found_in(text.substr(paragraph, begin - paragraph))) return std::nullopt;
  const Section* list = section;
  if (list != nullptr && list->where.begin >= paragraph) list = sections.parent_of(*list);
  if (list == nullptr || list->where.begin >= paragraph || list->kind == SectionKind::kHeader ||
      list->kind == SectionKind::kAppendix)
    return std::nullopt;
  // The lead-in is the list's heading or its last own paragraph above the mention.
  TextRange lead = list->heading_range;
  for (const TextRange& own : list->paragraphs) {
    if (own.end <= paragraph && own.begin >= lead.begin && !own.of(text).empty() &&
        own.of(text).back() == ':')
      lead = own;
  }
  if (lead.empty()) return std::nullopt;
  constexpr std::size_t kLongest = 500;
  const std::string_view words = text.substr(lead.begin, std::min(lead.size(), kLongest));
  if (patterns_.at("sentence_planning").found_in(words)) return std::nullopt;
  if (patterns_.at("list_repeals").found_in(words)) return Relation::kRepeals;
  if (patterns_.at("list_replaces").found_in(words)) return Relation::kReplaces;
  return std::nullopt;
}

void ReferenceFinder::give_relations(const Document& document, std::string_view text,
                                     std::vector<Mention>& mentions) const {
  const SectionFinder sections(document);
  std::vector<TextRange> groups;
  PassiveList list;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    Mention& mention = mentions[i];
    const std::size_t begin = mention.lead_end;
    const std::size_t paragraph = paragraph_start(text, begin, 2000);
    const std::size_t previous = i > 0 ? mentions[i - 1].where.end : 0;
    if (ends_with("before_attached", text, std::max(paragraph, previous), begin)) {
      mention.relation = Relation::kAttachedTo;
      continue;
    }
    const std::size_t sentence =
        std::max(sentence_start(text, begin), begin > kContext ? begin - kContext : 0);
    const std::size_t from = std::max(sentence, previous);
    const std::string_view before = from < begin ? text.substr(from, begin - from) : std::string_view();
    const bool passive =
        list.take(i, !before.empty() && patterns_.at("passive").found_in(before), from == previous, before);
    if (list.resumed() != PassiveList::kNone) {
      mention.relation = mentions[list.resumed()].relation;
      mention.modality = mentions[list.resumed()].modality;
      continue;
    }
    if (mention.head != Mention::kNone) {
      mention.relation = mentions[mention.head].relation;
      mention.modality = mentions[mention.head].modality;
      continue;
    }
    std::size_t trigger = 0;
    bool title = false;  // its words stand in the title of the mention before
    if (!before.empty()) {
      mention.relation = relation_before(before, passive, trigger);
      // "Nghị định số 49/2026/NĐ-CP của Chính phủ quy định chi tiết Nghị quyết số 254/2025/QH15": the cited
      // one does it.
      title = from == previous && i > 0 && nested(before.substr(0, trigger));
      if (title) mention.relation = Relation::kCites;
    }
    // A paragraph "Căn cứ …;": every document in it, but for those that a cited one's own title names.
    const std::string_view start = text.substr(paragraph, std::min<std::size_t>(40, text.size() - paragraph));
    if (patterns_.at("paragraph_legal_basis").found_in(start)) {
      const bool first = previous <= paragraph;
      const std::size_t gap = skip_space_back(text, begin);
      const bool listed = gap > 0 && (text[gap - 1] == ';' || text[gap - 1] == ',');
      if (first || listed || passive) mention.relation = Relation::kLegalBasis;
      if (mention.relation == Relation::kLegalBasis) continue;
      // What the title of a basis goes on to say after ";" is that document's doing.
      const std::string_view words = text.substr(paragraph, begin - paragraph);
      if (!patterns_.at("issuing_words").found_in(words)) {
        mention.relation = Relation::kCites;
        continue;
      }
    }
    const Section* section = sections.at(mention.where.begin);
    if (mention.relation == Relation::kCites && !passive && can_enact(document.header.type)) {
      const std::string_view after =
          text.substr(mention.where.end, std::min<std::size_t>(200, text.size() - mention.where.end));
      if (!title && patterns_.at("after_repealed").found_in(after) &&
          patterns_.at("after_repealed").find(after, 0, groups)) {
        const std::string_view rest = after.substr(groups[0].end);
        if (patterns_.at("own_document").found_in(rest.substr(0, std::min<std::size_t>(100, rest.size())))) {
          mention.relation = Relation::kRepeals;
          continue;
        }
      }
      if (const auto listed = relation_of_list(text, begin, section, sections)) {
        mention.relation = *listed;
        if (document.header.draft || above(document.header, mention.type))
          mention.modality = Modality::kPlanned;
        continue;
      }
    }
    if (!changes_validity(mention.relation) && mention.relation != Relation::kGuides) continue;

    mention.modality = Modality::kPlanned;
    const std::size_t whole = sentence_start(text, begin);
    const std::string_view lead =
        from + trigger > whole ? text.substr(whole, from + trigger - whole) : std::string_view();
    // "các văn bản quy định chi tiết Luật Đất đai": other documents do it, this one only cites.
    if (mention.relation == Relation::kGuides && patterns_.at("others_guide").found_in(lead) &&
        !patterns_.at("sentence_planning").found_in(lead)) {
      mention.relation = Relation::kCites;
      mention.modality = Modality::kEnacted;
      continue;
    }
    if (document.header.draft || !can_enact(document.header.type)) continue;
    if (changes_validity(mention.relation) && above(document.header, mention.type)) continue;
    bool article =
        section == nullptr || section->kind == SectionKind::kHeader || section->kind == SectionKind::kChapter;
    bool listed = false, unit = false;
    for (const Section* up = section; up != nullptr; up = sections.parent_of(*up)) {
      article = article || up->kind == SectionKind::kArticle;
      unit = unit || (up->kind != SectionKind::kParagraph && up->kind != SectionKind::kHeader);
      listed = listed || up->kind == SectionKind::kAppendix || up->kind == SectionKind::kTable;
    }
    // "Chính phủ ban hành Nghị định sửa đổi, bổ sung …" between the bases and the first article: this is it.
    if (!unit && patterns_.at("enacting_formula").find(lead, 0, groups)) {
      const auto type = types_->at_end(lead, skip_space_back(lead, lead.size()));
      if (type && type->type == document.header.type) mention.modality = Modality::kEnacted;
    }
    if (patterns_.at("sentence_planning").found_in(lead)) continue;
    // The document speaks of itself, orders it at the sentence's beginning, or says it in its own title.
    const bool names_itself = patterns_.at("own_document").found_in(lead);
    bool itself = names_itself;
    const std::size_t words = skip_space(lead, 0);
    itself = itself || lead.size() - words < 40;
    // What an appendix or a table lists is work to be done, or a form; an act changes others in its articles
    // and title.
    if (section != nullptr && section->kind == SectionKind::kHeader) itself = true;
    if (!listed && (names_itself || (itself && article))) mention.modality = Modality::kEnacted;
  }
}

}  // namespace vanban
