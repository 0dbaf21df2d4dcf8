#include "extract/task_parts.h"

#include <algorithm>
#include <string>
#include <utility>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

constexpr std::size_t kHeadBytes = 600;  // a heading or lead-in shows what it is at its ends

std::string_view first_bytes(std::string_view text, std::size_t count) { return text.substr(0, count); }
std::string_view last_bytes(std::string_view text, std::size_t count) {
  return text.size() > count ? text.substr(text.size() - count) : text;
}

// The sentence that a lead-in ends with; the one before it, too, where that one says little ("Cụ thể như
// sau:").
std::string_view last_sentence(std::string_view text) {
  constexpr std::size_t kSaysLittle = 48;
  std::size_t stop = text.size() < 2 ? std::string_view::npos : text.rfind(". ", text.size() - 2);
  if (stop != std::string_view::npos && text.size() - stop < kSaysLittle && stop > 0)
    stop = text.rfind(". ", stop - 1);
  return stop == std::string_view::npos ? text : text.substr(stop + 2);
}

bool is_unit(SectionKind kind) {
  return kind == SectionKind::kArticle || kind == SectionKind::kClause || kind == SectionKind::kPoint ||
         kind == SectionKind::kDash || kind == SectionKind::kRomanInline;
}

bool is_level(SectionKind kind) {
  return is_unit(kind) || kind == SectionKind::kPart || kind == SectionKind::kChapter ||
         kind == SectionKind::kSection;
}

// A project, an essay, a news text: no number, no body that issues it, no known type. What its headings call
// "giải pháp" directs nobody. On a scan the head may only have been read badly.
bool is_no_document(const Document& document) {
  const DocumentHeader& header = document.header;
  return header.type == DocumentType::kOther && header.number.text.empty() && header.issuer.id.empty() &&
         document.source.text_origin != TextOrigin::kOcr;
}

Directing base_of(const DocumentHeader& header, bool rules) {
  if (rules) return Directing::kNo;
  switch (header.type) {
    case DocumentType::kPlan:
    case DocumentType::kProgramme:
      return Directing::kWeak;
    default:
      return Directing::kNeutral;
  }
}

// Where units direct by themselves; in a report or a submission only a heading makes them do so.
bool orders(DocumentType type) {
  return type == DocumentType::kDispatch || type == DocumentType::kDirective ||
         type == DocumentType::kOfficialTelegram || type == DocumentType::kNotice ||
         type == DocumentType::kConclusion || type == DocumentType::kResolution ||
         type == DocumentType::kDecision || type == DocumentType::kPlan || type == DocumentType::kProgramme ||
         type == DocumentType::kGuidance;
}

// "Điều 1. Phạm vi điều chỉnh": a set of rules, also where its number was not read.
bool says_its_scope(const Document& document, const PatternTable& patterns) {
  if (document.header.type != DocumentType::kDecision && document.header.type != DocumentType::kResolution)
    return false;
  for (const Section& section : document.sections) {
    if (section.kind == SectionKind::kSignature || section.kind == SectionKind::kAppendix) return false;
    if (section.kind == SectionKind::kArticle) return patterns.at("article.scope").found_in(section.heading);
  }
  return false;
}

}  // namespace

bool makes_rules(const Document& document, const PatternTable& patterns) {
  const DocumentHeader& header = document.header;
  switch (header.type) {
    case DocumentType::kLaw:
    case DocumentType::kOrdinance:
    case DocumentType::kConstitution:
    case DocumentType::kDecree:
    case DocumentType::kCircular:
    case DocumentType::kJointCircular:
    case DocumentType::kRegulation:
    case DocumentType::kMinutes:
      return true;
    case DocumentType::kResolution:
    case DocumentType::kDecision: {
      if (says_its_scope(document, patterns)) return true;
      if (header.number.year == 0) return false;
      // A year in the number is that of a legal normative document (văn bản QPPL); but the National Assembly,
      // and the people's councils up to the law of 2015 (in force from July 2016), number so whatever they
      // resolve, also the plan of a year.
      constexpr int kLastYearOfAll = 2016;
      const std::string& symbol = header.number.symbol;
      const bool numbers_all =
          symbol.find("QH") != std::string::npos ||
          (symbol.find("HĐND") != std::string::npos && header.number.year <= kLastYearOfAll);
      return !numbers_all || patterns.at("title.rules").found_in(header.subject);
    }
    default:
      return false;
  }
}

Result<FoldedHeadings> FoldedHeadings::create(const Models& models) {
  const Result<const ModelTable*> table = models.table("patterns/tasks");
  if (!table) return table.error();
  FoldedHeadings folded;
  for (std::size_t i = 0; i < (*table)->rows.size(); ++i) {
    const std::string& name = (*table)->at(i, "name");
    if (name.rfind("heading.", 0) != 0 && name != "appendix.rules") continue;
    const std::string& expression = (*table)->at(i, "pattern");
    std::string plain;  // the letters alone: \p{L} stays what it is
    for (std::size_t at = 0; at < expression.size();) {
      const std::size_t begin = at;
      decode_utf8(expression, at);
      const std::string_view letter = std::string_view(expression).substr(begin, at - begin);
      plain += letter.size() == 1 ? std::string(letter) : fold(letter);
    }
    Result<Pattern> pattern = Pattern::compile(plain);
    if (!pattern) return pattern.error();
    folded.patterns_.emplace(name, std::move(*pattern));
  }
  return folded;
}

bool FoldedHeadings::found(std::string_view name, std::string_view folded) const {
  const auto pattern = patterns_.find(name);
  return pattern != patterns_.end() && pattern->second.found_in(folded);
}

std::vector<TaskPart> task_parts(const Document& document, std::string_view text,
                                 const PatternTable& patterns, const FoldedHeadings& folded,
                                 const Agencies& agencies, bool makes_rules) {
  const auto& sections = document.sections;
  std::vector<TaskPart> parts(sections.size());
  SectionPaths paths = section_paths(document, text);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    parts[i].parent = paths.of[i].parent;
    parts[i].label = std::move(paths.of[i].label);
    parts[i].unit = is_unit(sections[i].kind);
    parts[i].attribute = parts[i].unit && parts[i].parent != kNoSection && !sections[i].paragraphs.empty() &&
                         sections[i].heading.empty() &&
                         patterns.at("attribute.line")
                             .found_in(first_bytes(sections[i].paragraphs.front().of(text), kHeadBytes));
    if (parts[i].parent == kNoSection || !is_level(sections[i].kind)) continue;
    const Section& above = sections[parts[i].parent];
    TaskPart& holder = parts[parts[i].parent];
    const bool handed_in =
        parts[i].unit && holder.unit && !above.paragraphs.empty() &&
        patterns.at("lead_in.things").found_in(last_bytes(above.paragraphs.back().of(text), kHeadBytes));
    // "- Xây dựng kế hoạch … gồm: + Danh mục thuốc …": what it comprises; "+" counts no tasks then.
    const std::string_view lead_in = above.paragraphs.empty()
                                         ? std::string_view{}
                                         : last_bytes(above.paragraphs.back().of(text), kHeadBytes);
    const bool comprised = parts[i].unit && holder.unit && sections[i].label == "+" &&
                           patterns.at("lead_in.comprises").found_in(lead_in) &&
                           !patterns.at("lead_in.jobs").found_in(lead_in);
    parts[i].thing = handed_in || comprised || holder.thing;
    holder.lists_things = holder.lists_things || handed_in || comprised;
    if (!parts[i].attribute && !parts[i].thing) holder.leaf = false;
  }

  // "Về việc phân công nhiệm vụ của Chủ tịch, các Phó Chủ tịch": the duties of a post are no tasks.
  const bool duties = patterns.at("title.duties").found_in(document.header.subject);
  const bool rules = duties || makes_rules;
  // Who carries out a decision or resolution that makes rules is told by an article or chapter of its own;
  // laws, decrees and circulars tell there what bodies are in charge of for good.
  const bool may_carry_out =
      rules && !duties &&
      (document.header.type == DocumentType::kDecision || document.header.type == DocumentType::kResolution);
  const bool may_order = orders(document.header.type);
  const bool may_head = !is_no_document(document);
  const bool read_by_ocr = document.source.text_origin == TextOrigin::kOcr;
  // "Điều 7. Giao Thủ tướng Chính phủ."
  const auto gives_to = [&](std::string_view head) {
    std::vector<TextRange> groups;
    std::size_t end = 0;
    return patterns.at("order.given").match_at(head, 0, groups) &&
           !agencies.list_at(head, groups[0].end, &end).empty() &&
           head.find_first_not_of(" .:", end) == std::string_view::npos;
  };
  // "Yêu cầu Bộ Công Thương:", "Chính phủ giao các Bộ …": no heading of what is required, but whom it asks.
  const auto asks_body = [&](std::string_view head) {
    std::vector<TextRange> groups;
    return patterns.at("lead.prefix").match_at(head, 0, groups) &&
           !agencies.list_at(head, groups[0].end).empty();
  };
  // "Trách nhiệm của Bộ Tài chính"; in a part that says who carries out the rules also "Sở Y tế" by itself.
  const auto names_bodies = [&](std::string_view head, bool carried_out) {
    std::vector<TextRange> groups;
    std::size_t end = 0;
    const bool whose = patterns.at("article.whose").match_at(head, 0, groups);
    if (!whose && !carried_out) return false;
    const std::vector<AgencyMatch> named = agencies.list_at(head, whose ? groups[0].end : 0, &end);
    if (named.empty()) return false;
    if (carried_out) return whose || head.find_first_not_of(" .:", end) == std::string_view::npos;
    // Not "Trách nhiệm của tổ chức, cá nhân", "Trách nhiệm của Thủ trưởng đơn vị": those that rules are for.
    const bool all_groups =
        std::all_of(named.begin(), named.end(), [](const AgencyMatch& one) { return one.group; });
    return !patterns.at("article.people").found_in(head) &&
           (!all_groups || patterns.at("article.state_bodies").found_in(head));
  };
  const auto says = [&](std::string_view name, std::string_view head) {
    return patterns.at(name).found_in(head) ||
           (read_by_ocr && !head.empty() && folded.found(name, fold(head)));
  };
  // Of each parent (the last entry: the top): what its last unnumbered lead-in said.
  std::vector<Directing> said(sections.size() + 1, Directing::kNeutral);
  std::vector<TextRange> introduced(sections.size() + 1);
  std::vector<bool> reported(sections.size() + 1);  // "… báo cáo kết quả như sau:" introduced what follows
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const Section& section = sections[i];
    TaskPart& part = parts[i];
    const std::size_t slot = part.parent == kNoSection ? sections.size() : part.parent;
    Directing mode =
        part.parent == kNoSection ? base_of(document.header, rules) : parts[part.parent].directing;
    part.carries_out = part.parent != kNoSection && parts[part.parent].carries_out;
    part.standing = part.parent != kNoSection && parts[part.parent].standing;
    if ((rules && !part.carries_out) || (reported[slot] && section.kind != SectionKind::kParagraph))
      mode = Directing::kNo;
    if (mode != Directing::kNo && said[slot] > mode) mode = said[slot];
    part.lead_in = introduced[slot];
    part.actors_only = part.parent != kNoSection && parts[part.parent].actors_only;
    part.team = part.parent != kNoSection && parts[part.parent].team;
    switch (section.kind) {
      case SectionKind::kHeader:
      case SectionKind::kSignature:
      case SectionKind::kRecipients:
      case SectionKind::kFootnote:
        part.directing = Directing::kNo;
        continue;
      case SectionKind::kParagraph: {
        part.directing = mode;
        const std::string_view end = last_bytes(section.where.of(text), kHeadBytes);
        // "Căn cứ Quyết định … về chức năng, nhiệm vụ của Sở Y tế:" (";" as OCR read it) introduces nothing.
        const bool basis =
            patterns.at("lead_in.basis").found_in(first_bytes(section.where.of(text), kHeadBytes)) &&
            !patterns.at("lead_in.follows").found_in(end) && !patterns.at("lead_in.whom").found_in(end);
        if (!rules && may_order && mode != Directing::kNo && !basis) {
          // "Sở Y tế lập kế hoạch kiểm tra … như sau:" tells what follows, not that all of it is to be done.
          constexpr std::size_t kLastClause = 160;
          const std::string_view last = last_bytes(end, kLastClause);
          if (patterns.at("lead_in.reports").found_in(end) && !patterns.at("lead_in.asks").found_in(last)) {
            reported[slot] = true;
            continue;
          }
          if (!end.empty() && end.back() == ':') reported[slot] = false;
          const bool own_plan =
              patterns.at("lead_in.plans").found_in(end) && !patterns.at("lead_in.asks").found_in(end);
          if (own_plan) {
            said[slot] = std::max(said[slot], Directing::kWeak);
            introduced[slot] = section.where;
          } else if (patterns.at("lead_in.strong").found_in(last_sentence(end))) {
            said[slot] = Directing::kYes;
            introduced[slot] = section.where;
          } else if (patterns.at("lead_in.weak").found_in(end)) {
            said[slot] = Directing::kWeak;
            introduced[slot] = section.where;
          }
        }
        continue;
      }
      default:
        break;
    }
    if (rules && (!part.carries_out || section.kind == SectionKind::kArticle)) {
      const bool level = section.kind == SectionKind::kArticle || section.kind == SectionKind::kChapter;
      const bool carried_out =
          (part.carries_out && !part.standing) || says("article.carried_out", section.heading);
      // "Điều 14. Trách nhiệm của Bộ Tài chính", "Điều 2. Giao Chính phủ:", "Điều 7. Sở Y tế"
      const bool whose = names_bodies(section.heading, carried_out || part.standing);
      part.directing = Directing::kNo;
      part.standing = may_carry_out && !carried_out &&
                      (part.standing || (section.kind == SectionKind::kArticle && whose) ||
                       (section.kind == SectionKind::kChapter && says("chapter.duties", section.heading)));
      part.carries_out = may_carry_out && level && (carried_out || part.standing);
      if (!part.carries_out) continue;
      part.directing = whose ? Directing::kYes : Directing::kWeak;
      part.actors_only = true;
      continue;
    }
    if (!may_head && section.kind != SectionKind::kTable && section.kind != SectionKind::kAppendix) {
      part.directing = mode;
      continue;
    }
    // Articles under a chapter or in an attached text are those of a law, regulation or charter; those of no
    // known type of document are a contract's.
    if (section.kind == SectionKind::kArticle &&
        (part.parent != kNoSection || document.header.type == DocumentType::kOther)) {
      part.directing = Directing::kNo;
      continue;
    }
    std::string_view head = first_bytes(section.heading, kHeadBytes);
    const bool only_lead_in = !part.leaf && !section.paragraphs.empty();
    const std::string_view lead = only_lead_in ? section.paragraphs.back().of(text) : std::string_view{};
    if (head.empty() && only_lead_in && lead.size() < 160) head = lead;
    // "I. Đánh giá kết quả thực hiện … theo Nghị quyết số 38/CP …": a long head of a part.
    constexpr std::size_t kLongHead = 190;
    if (head.empty() && section.kind == SectionKind::kSection && !section.paragraphs.empty() && !part.leaf)
      head = first_bytes(section.paragraphs.front().of(text), kLongHead);
    if (section.heading.empty() && section.paragraphs.size() > 1) {
      // "V. Quy trình kiểm tra, đánh giá:" and below it "Sáng:"
      const std::string_view first = section.paragraphs.front().of(text);
      if (first.size() < 160 && !first.empty() && first.back() == ':') head = first;
    }
    const bool asks_to_fill_in = patterns.at("form.head").found_in(head);  // a questionnaire orders nothing
    if (section.kind == SectionKind::kAppendix) {
      const bool tasks = says("heading.directs", head);
      if (asks_to_fill_in || says("appendix.sums", head) ||
          (says("appendix.rules", head) && !says("heading.tasks", head))) {
        mode = Directing::kNo;
      } else if (says("heading.reports", head) ||
                 (says("heading.aims", head) && !says("heading.tasks", head))) {
        mode = Directing::kNo;
      } else {
        mode = tasks ? Directing::kYes : Directing::kNeutral;
      }
    } else if (mode != Directing::kNo && !head.empty()) {
      const bool tasks = says("heading.tasks", head);
      const bool short_head = head.size() < 200;
      if (asks_to_fill_in) {
        mode = Directing::kNo;
      } else if (short_head && (says("heading.hand_in", head) || (may_order && gives_to(head)))) {
        mode = Directing::kYes;
      } else if (may_order && short_head && says("heading.method", head) && !tasks) {
        mode = Directing::kWeak;  // "3. Phương pháp tiến hành": who does what, among remarks
        part.actors_only = true;
      } else if (document.header.type == DocumentType::kConclusion && short_head &&
                 says("heading.recommends", head)) {
        mode = Directing::kYes;  // "III. KIẾN NGHỊ" of an inspection
      } else if (short_head && says("heading.aims", head) && !tasks && !asks_body(head)) {
        mode = Directing::kNo;
      } else if (mode == Directing::kYes && may_order && short_head && says("heading.reported", head)) {
        mode = Directing::kNo;  // "1. Những kết quả đạt được:" in a programme whose lead-in orders
      } else if (mode != Directing::kYes && short_head && says("heading.reports", head)) {
        // "I. Về tình hình …", and below it "Chính phủ yêu cầu các bộ … thực hiện các nhiệm vụ sau:"
        const bool turned =
            may_order && only_lead_in && patterns.at("lead_in.orders").found_in(last_bytes(lead, kHeadBytes));
        mode = turned ? Directing::kYes : Directing::kNo;
      } else if (says(section.kind == SectionKind::kArticle ? "heading.article" : "heading.directs", head)) {
        mode = Directing::kYes;
      }
    }
    // "Điều 2. Đoàn kiểm tra có nhiệm vụ: …" gives a team a job; "chức năng, nhiệm vụ, quyền hạn" is a
    // standing one.
    if (section.kind == SectionKind::kArticle && mode == Directing::kNeutral &&
        document.header.type == DocumentType::kDecision) {
      const std::string_view begin = !section.heading.empty()     ? std::string_view(section.heading)
                                     : section.paragraphs.empty() ? std::string_view{}
                                                                  : section.paragraphs.front().of(text);
      const std::string_view first = first_bytes(begin, kHeadBytes);
      if (patterns.at("heading.team").found_in(first) && !patterns.at("heading.standing").found_in(first)) {
        mode = Directing::kYes;
        part.team = true;
      }
    }
    if (mode != Directing::kNo && mode != Directing::kYes && only_lead_in && may_order) {
      // "2. Giao Bộ Văn hóa, Thể thao và Du lịch:", "a) Bộ Công an:"
      const std::string_view end = last_bytes(lead, kHeadBytes);
      const bool colon = !end.empty() && end.back() == ':';
      if (patterns.at("verb.directs").found_in(first_bytes(lead, kHeadBytes)) && colon) {
        mode = Directing::kYes;
      } else if (colon) {
        // "5. Bộ Giáo dục và Đào tạo nghiên cứu, tiếp thu ý kiến …, trong đó lưu ý:"
        std::size_t after = 0;
        std::vector<TextRange> groups;
        const std::string_view begin = first_bytes(lead, kHeadBytes);
        const bool named = !agencies.list_at(begin, 0, &after).empty();
        if (named &&
            ((lead.size() < after + 40 && section.kind != SectionKind::kArticle) ||
             patterns.at("verb.duty").match_at(begin.substr(std::min(after, begin.size())), 0, groups))) {
          mode = Directing::kYes;
        }
      }
    }
    if (only_lead_in && patterns.at("lead_in.reasons").found_in(last_bytes(lead, kHeadBytes))) {
      mode = Directing::kNo;  // "Lý do: …, cụ thể như sau:"
    }
    part.directing = mode;
  }
  return parts;
}

}  // namespace vanban
