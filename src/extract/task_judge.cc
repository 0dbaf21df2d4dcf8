#include "extract/task_judge.h"

#include <algorithm>
#include <vector>

#include "vanban/base/utf8.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban {
namespace {

// "Đề nghị ……… xem xét ………": a form that waits to be filled in.
bool is_blank_form(std::string_view own) {
  constexpr std::size_t kFewDots = 12;
  std::size_t dots = 0, others = 0;
  for (const char c : {'.', '_', '\xE2'}) {  // "…" begins so
    for (std::size_t at = own.find(c); at != std::string_view::npos && dots <= kFewDots; ++dots)
      at = own.find(c, at + 1);
  }
  if (dots <= kFewDots) return false;
  dots = 0;
  for (std::size_t at = 0; at < own.size();) {
    const char32_t c = decode_utf8(own, at);
    if (c == '.' || c == '_' || c == 0x2026) {
      ++dots;
    } else if (c != ' ' && c != '\n') {
      ++others;
    }
  }
  return dots > kFewDots && dots * 3 > others;
}

}  // namespace

bool TaskJudge::unit_gives_task(std::size_t index, std::string_view own) const {
  if (excluded(index, own)) return false;
  switch (on_->parts[index].directing) {
    case Directing::kYes:
      return true;
    case Directing::kWeak:
      return reads_like_order(index, own);
    case Directing::kNeutral:
      return orders_by_itself(own);
    case Directing::kNo:
      if (on_->makes_rules) return orders_by_a_day(own) || duty_by_a_day(index, own);
      return gives_outright(own);
  }
  return false;
}

// Whether its own words say that the unit is no task, wherever it stands.
bool TaskJudge::excluded(std::size_t index, std::string_view own) const {
  if (is_blank_form(own)) return true;
  const Section& section = on_->document.sections[index];
  const std::string_view head = own.substr(0, kClosingBytes);
  if (on_->patterns.at("none.commencement").found_in(head.substr(0, 200)) && own.size() < 600) return true;
  if (on_->patterns.at("none.courtesy").found_in(head.substr(0, 300)) && own.size() < 500) return true;
  if (section.kind == SectionKind::kArticle && on_->patterns.at("none.issues").found_in(head)) return true;
  // A list of those who carry it out may be long; it gives nobody a day.
  constexpr std::size_t kLongestClosing = 700;
  const bool listed = section.kind == SectionKind::kClause && own.size() < kLongestClosing &&
                      own.find(';') == std::string_view::npos && !has_day(own);
  if (own.size() < (section.kind == SectionKind::kArticle ? kLongestClosing : kClosingBytes) || listed) {
    const std::string_view tail = own.size() > kClosingBytes ? own.substr(own.size() - kClosingBytes) : own;
    if (on_->patterns.at("none.closing").found_in(tail)) return true;
  }
  // "- Công tác thống kê và tổng hợp, báo cáo;": what is looked at, not what is to be done.
  constexpr std::size_t kLongestTopic = 700;
  if (own.size() < kLongestTopic && on_->patterns.at("none.topic").found_in(own) &&
      !on_->patterns.at("none.topic_duty").found_in(own)) {
    return true;
  }
  if (promised(own)) return true;
  constexpr std::size_t kLongestFact =
      300;  // "1. Thời gian nghỉ: từ ngày 31/01/2022 đến hết ngày 04/02/2022"
  if (own.size() < kLongestFact && on_->patterns.at("none.facts").found_in(own)) return true;
  // "1. Ghi nhận, đánh giá cao sự chủ động của các cấp."
  if (own.size() < kLongestTopic && on_->patterns.at("none.praise").found_in(own) &&
      !on_->patterns.at("none.topic_duty").found_in(own)) {
    return true;
  }
  // "1. Đồng ý lùi thời gian trình Đề án …": the issuer's own consent, unless it goes on to order somebody.
  if (own.size() < kLongestTopic && consents(own) && !on_->patterns.at("order.sentence").found_in(own) &&
      !tells_duty(own)) {
    return true;
  }
  if (on_->patterns.at("none.example")
          .found_in(own.size() > kClosingBytes ? own.substr(own.size() - kClosingBytes) : own)) {
    return true;
  }
  if (on_->patterns.at("none.member").found_in(own)) return true;  // of a council that a decision sets up
  // What it introduces was not read.
  if (!own.empty() && own.back() == ':' && own.size() < 120 && !on_->parts[index].lists_things) return true;
  // "1. Thuận lợi": a heading whose text was not read, or the item of an outline.
  constexpr std::size_t kHeadingAlone = 60;
  if (own.size() < kHeadingAlone && !on_->patterns.at("verb.imperative").found_in(own) &&
      (on_->patterns.at("heading.reports").found_in(own) || on_->patterns.at("heading.aims").found_in(own)) &&
      on_->bodies.at_start(own, {0, own.size()}).empty()) {
    return true;
  }
  return only_names(own);
}

// "Giao Sở Nội vụ chủ trì …; hoàn thành trước ngày 30/9/2018" in a document that makes rules.
bool TaskJudge::orders_by_a_day(std::string_view own) const {
  std::vector<TextRange> groups;
  if (!on_->patterns.at("order.dated").match_at(own, 0, groups)) return false;
  return has_day(own) && !on_->bodies.at_start(own, {0, own.size()}).empty();
}

// "3. Giao Chính phủ tiếp tục rà soát …" under "Kinh phí thực hiện" of a resolution: an order wherever it
// stands.
bool TaskJudge::gives_outright(std::string_view own) const {
  const DocumentType type = on_->document.header.type;
  if (type != DocumentType::kResolution && type != DocumentType::kDirective &&
      type != DocumentType::kConclusion && type != DocumentType::kNotice)
    return false;
  std::vector<TextRange> groups;
  for (std::size_t line = 0; line < own.size();) {
    const std::size_t end = std::min(own.find('\n', line), own.size());
    const std::string_view words = own.substr(line, end - line);
    std::size_t behind = 0;
    // Not "Giao Sở Y tế 45 nhiệm vụ; đã hoàn thành 40": told of a year.
    if (on_->patterns.at("order.given").match_at(words, 0, groups) &&
        !on_->agencies.list_at(words, groups[0].end, &behind).empty() &&
        on_->patterns.at("verb.duty").match_at(words.substr(behind, 200), 0, groups) &&
        !on_->patterns.at("order.done").found_in(words))
      return true;
    line = end + 1;
  }
  return false;
}

// Whether a limit that comes once is told.
bool TaskJudge::has_day(std::string_view own) const {
  const FoundDeadlines when = on_->deadlines.in_text(own, {0, own.size()}, on_->time);
  return std::any_of(when.deadlines.begin(), when.deadlines.end(),
                     [](const Deadline& one) { return one.due.known() && one.rrule.empty(); });
}

// "1. Bộ trưởng, Thủ trưởng cơ quan ngang bộ có trách nhiệm:" and below it "b) Hoàn thành … trước ngày
// 01/01/2026": done once and by a day, not a standing duty.
bool TaskJudge::duty_by_a_day(std::size_t index, std::string_view own) const {
  const std::size_t parent = on_->parts[index].parent;
  if (parent == kNoSection || on_->document.sections[parent].paragraphs.empty()) return false;
  std::vector<TextRange> groups;
  if (!on_->patterns.at("duty.once").match_at(own, 0, groups)) return false;
  const std::string_view above = on_->document.sections[parent].paragraphs.back().of(on_->text);
  if (above.size() > kClosingBytes || above.empty() || above.back() != ':' ||
      !on_->patterns.at("verb.responsible").found_in(above) ||
      on_->bodies.at_start(above, {0, above.size()}).empty())
    return false;
  return has_day(own);
}

// A unit of a plan: one that reads like an order.
bool TaskJudge::reads_like_order(std::size_t index, std::string_view own) const {
  std::vector<TextRange> groups;
  const bool ordered = on_->patterns.at("verb.directs").match_at(own, 0, groups);
  if (on_->patterns.at("topic.start").match_at(own, 0, groups) &&
      !on_->patterns.at("none.topic_duty").found_in(own))
    return false;
  // Among rules: "Bộ Nội vụ có trách nhiệm theo dõi", not "Các thành phố … tiếp tục được áp dụng".
  if (on_->parts[index].carries_out) {
    if (own.back() == ':') return false;  // introduces a table
    const std::string_view head = own.substr(0, kClosingBytes);
    return tells_duty(own) || ((ordered || on_->patterns.at("verb.responsible").found_in(head)) &&
                               !on_->bodies.at_start(own, {0, own.size()}).empty());
  }
  if (on_->parts[index].actors_only) return !on_->bodies.at_start(own, {0, own.size()}).empty();
  return ordered || on_->patterns.at("order.sentence").found_in(own) ||
         on_->patterns.at("verb.imperative").match_at(own, 0, groups) ||
         !on_->bodies.at_start(own, {0, own.size()}).empty() ||
         !on_->deadlines.in_text(own, {0, own.size()}, on_->time).deadlines.empty();
}

// A unit that orders by itself, in a document that can.
bool TaskJudge::orders_by_itself(std::string_view own) const {
  switch (on_->document.header.type) {
    case DocumentType::kDispatch:
    case DocumentType::kDirective:
    case DocumentType::kOfficialTelegram:
    case DocumentType::kNotice:
    case DocumentType::kConclusion:
    case DocumentType::kResolution:
    case DocumentType::kDecision:
      break;
    default:
      return false;
  }
  std::vector<TextRange> groups;
  const bool ordered = on_->patterns.at("verb.directs").match_at(own, 0, groups);
  std::size_t end = 0;
  if (ordered) {
    const bool named = !on_->bodies.at_start(own, {0, own.size()}).empty();
    return named || on_->document.header.type == DocumentType::kResolution;
  }
  // "Đối với chi phí vượt dự toán, giao Bảo hiểm xã hội Việt Nam thanh toán": who acts stands behind the
  // opening.
  if (on_->patterns.at("lead.opening").match_at(own, 0, groups)) {
    return !on_->bodies.at_start(own, {0, own.size()}).empty();
  }
  // "Về Dự án cao tốc …: Giao Bộ Xây dựng chủ trì", "Sở Y tế: Tham mưu …"
  if (on_->patterns.at("lead.topic").match_at(own, 0, groups)) {
    const std::string_view behind = own.substr(groups[0].end);
    if (on_->patterns.at("verb.directs").match_at(behind, 0, groups) ||
        on_->patterns.at("verb.imperative").match_at(behind, 0, groups) ||
        !on_->agencies.list_at(behind, 0).empty()) {
      return !on_->bodies.at_start(own, {0, own.size()}).empty();
    }
  }
  // "Chính phủ thống nhất với dự án Luật. Bộ Quốc phòng chủ trì … hoàn thiện dự án."
  if (consents(own) && tells_duty(own)) return true;
  const std::string_view head = own.substr(0, kClosingBytes);
  // "Điều 2. Vụ Pháp chế có trách nhiệm theo dõi": a unit of the issuer's own that no registry has.
  if (on_->document.header.type == DocumentType::kDecision &&
      on_->patterns.at("order.unit").match_at(head, 0, groups))
    return !on_->bodies.at_start(own, {0, own.size()}).empty();
  const auto subject = on_->agencies.list_at(head, 0, &end);
  return !subject.empty() && !subject.front().place &&
         on_->patterns.at("verb.duty").match_at(head.substr(std::min(end, head.size())), 0, groups);
}

bool TaskJudge::paragraph_requests(std::size_t index, std::string_view own,
                                   const FoundDeadlines& found) const {
  // What follows "… theo hướng dẫn sau:" may be no tasks but the outline of a report.
  const bool outlined = index + 1 < on_->parts.size() && on_->parts[index + 1].unit &&
                        on_->parts[index + 1].directing == Directing::kNo;
  if (outlined && !own.empty() && own.back() == ':') own.remove_suffix(1);
  const bool hand_in = !found.deadlines.empty() && own.back() != ':' &&
                       on_->patterns.at("request.hand_in").found_in(own.substr(0, kClosingBytes));
  // "Phó Thủ tướng có ý kiến như sau:", and below it "Bộ Công an tăng cường kiểm tra …".
  const bool directed =
      on_->parts[index].directing == Directing::kWeak || on_->parts[index].directing == Directing::kYes;
  const bool told = directed && own.back() != ':' && !closes(own.substr(0, kClosingBytes)) &&
                    !on_->patterns.at("none.courtesy").found_in(own.substr(0, 300)) && tells_duty(own);
  if (!(asks(own) || hand_in || told) || promised(own) || is_blank_form(own)) return false;
  if (on_->patterns.at("lead_in.strong").found_in(own.size() > 600 ? own.substr(own.size() - 600) : own) &&
      index + 1 < on_->parts.size() && on_->parts[index + 1].unit && !outlined) {
    return false;
  }
  // Behind numbered tasks a sentence that only asks to carry them out closes the dispatch.
  if (!on_->document.tasks.empty() && own.size() < kClosingBytes && found.deadlines.empty() &&
      on_->patterns.at("none.tail").found_in(own.substr(0, kClosingBytes))) {
    return false;
  }
  return true;
}

bool TaskJudge::asks(std::string_view paragraph) const {
  if (paragraph.empty() || paragraph.back() == ':') return false;
  if (on_->patterns.at("none.courtesy").found_in(paragraph.substr(0, 300))) return false;
  std::vector<TextRange> groups;
  std::size_t at = 0;
  while (on_->patterns.at("request.verb").find(paragraph, at, groups)) {
    const TextRange verb = groups[1];
    const std::size_t behind = groups[0].end;
    at = behind;
    const std::size_t from = verb.begin > 40 ? verb.begin - 40 : 0;
    const std::string_view before = paragraph.substr(from, verb.begin - from);
    std::vector<TextRange> none;
    if (on_->patterns.at("request.noun").found_in(before)) continue;
    // "Bộ Y tế đã có Công văn số 1175/BYT-DP … đề nghị các địa phương": told, not asked.
    const std::size_t far = verb.begin > kClosingBytes ? verb.begin - kClosingBytes : 0;
    if (on_->patterns.at("request.told").found_in(paragraph.substr(far, verb.begin - far))) continue;
    const bool somebody =
        on_->patterns.at("request.asked").match_at(paragraph.substr(behind), 0, none) ||
        on_->agencies.at(paragraph, behind).has_value() ||
        (verb.begin == 0 && !on_->bodies.at_start(paragraph, {0, paragraph.size()}).empty());
    if (!somebody) continue;
    if (to_lower(verb.of(paragraph)) == "giao" && !gives(paragraph, verb.begin)) continue;
    return true;
  }
  return false;
}

// Whether the "giao" at `verb` gives a task; "Chính phủ giao bộ, ngành …" reports what another body assigned.
bool TaskJudge::gives(std::string_view paragraph, std::size_t verb) const {
  const std::size_t start = skip_space_back(paragraph, verb);
  if (start == 0 || std::string_view(".;:").find(paragraph[start - 1]) != std::string_view::npos) return true;
  const DocumentHeader& header = on_->document.header;
  if (!header.issuer.name.empty() &&
      match_words_back(paragraph, start, header.issuer.name) != std::string_view::npos)
    return true;
  std::size_t from = verb > kClosingBytes ? verb - kClosingBytes : 0;
  const std::size_t stop = paragraph.substr(0, start).rfind(". ");
  if (stop != std::string_view::npos && stop + 2 > from) from = stop + 2;
  const std::string_view sentence = paragraph.substr(from, start - from);
  std::vector<TextRange> groups;
  // "Đồng ý với kiến nghị … và giao Bộ …"
  const bool joined =
      match_words_back(paragraph, start, "và") != std::string_view::npos || paragraph[start - 1] == ',';
  if (joined) return on_->patterns.at("request.granted").match_at(sentence, 0, groups);
  // "Về vấn đề này, Phó Thủ tướng … giao Bộ …" in a letter of the office that passes his words on.
  if (on_->patterns.at("request.cited").match_at(sentence, 0, groups) ||
      !on_->patterns.at("request.by").find(sentence, 0, groups))
    return false;
  const std::string_view by = groups[1].of(sentence);
  if (on_->patterns.at("request.noun").found_in(sentence.substr(0, groups[1].begin))) return false;
  if (match_words(by, 0, "thủ tướng") != 0 || match_words(by, 0, "phó thủ tướng") != 0)
    return header.issuer.id == "van-phong-chinh-phu" || header.issuer.id == "thu-tuong-chinh-phu";
  return match_words(header.issuer.name, 0, "ủy ban nhân dân") != 0 ||
         match_words(header.issuer.name, 0, "văn phòng") != 0;
}

// "Bộ Công an tăng cường kiểm tra", "Bộ Giao thông vận tải tính toán, cân nhắc kỹ"; behind the issuer's
// consent
// ("Đồng ý về nguyên tắc … .") in a sentence of its own.
bool TaskJudge::tells_duty(std::string_view own) const {
  constexpr std::size_t kLongestConsent = 600;
  std::vector<TextRange> groups;
  const auto duty_at = [&](std::string_view sentence) {
    // "Đồng ý |Bộ Nông nghiệp chủ trì" assigns, "Đồng ý Bộ Giao thông vận tải điều chỉnh" permits.
    std::size_t end = 0;
    const bool agrees = on_->patterns.at("request.granted").match_at(sentence, 0, groups);
    if (on_->patterns.at("lead.prefix").match_at(sentence, 0, groups)) end = groups[0].end;
    // "|Đồng chí Bí thư Tỉnh ủy Bến Tre chỉ đạo"
    if (on_->patterns.at("lead.honorific").match_at(sentence.substr(end), 0, groups)) end += groups[0].end;
    const auto subject = on_->agencies.list_at(sentence.substr(0, kClosingBytes), end, &end);
    if (subject.empty() || subject.front().place || end >= sentence.size()) return false;
    const std::string_view behind = sentence.substr(end, 200);
    if (agrees) return on_->patterns.at("verb.leads").match_at(behind, 0, groups);
    return on_->patterns.at("verb.duty").match_at(behind, 0, groups) ||
           on_->patterns.at("verb.plain").match_at(behind, 0, groups);
  };
  if (!consents(own)) return duty_at(own);
  // Behind each full stop, in the paragraph or below it.
  const std::string_view told = own.substr(0, kLongestConsent);
  for (std::size_t stop = told.find('.'); stop != std::string_view::npos; stop = told.find('.', stop + 1)) {
    const char next = stop + 2 < own.size() ? own[stop + 1] : '\0';
    if ((next == ' ' || next == '\n') && duty_at(own.substr(stop + 2))) return true;
  }
  return false;
}

bool TaskJudge::section_orders(std::size_t index) const {
  switch (on_->document.header.type) {
    case DocumentType::kDirective:
    case DocumentType::kNotice:
    case DocumentType::kConclusion:
    case DocumentType::kResolution:
      break;
    default:
      return false;
  }
  if (on_->parts[index].directing == Directing::kNo) return false;
  for (const TextRange& paragraph : on_->document.sections[index].paragraphs) {
    const std::string_view own = paragraph.of(on_->text);
    if (on_->patterns.at("order.sentence").found_in(own)) return true;
    std::vector<TextRange> groups;
    if (on_->patterns.at("order.paragraph").match_at(own, 0, groups) &&
        (!on_->agencies.list_at(own, groups[0].end).empty() ||
         !on_->bodies.at_start(own, {0, own.size()}).empty()))
      return true;
  }
  return false;
}

bool TaskJudge::orders_somebody(std::string_view paragraph) const {
  switch (on_->document.header.type) {
    case DocumentType::kDispatch:
    case DocumentType::kDirective:
    case DocumentType::kOfficialTelegram:
    case DocumentType::kNotice:
    case DocumentType::kPlan:
      break;
    default:
      return false;
  }
  std::vector<TextRange> groups;
  return (on_->patterns.at("order.paragraph").match_at(paragraph, 0, groups) &&
          !on_->agencies.list_at(paragraph, groups[0].end).empty()) ||
         (on_->document.header.type == DocumentType::kDirective && !closes(paragraph) &&
          tells_duty(paragraph));
}

bool TaskJudge::hands_in(std::string_view paragraph) const {
  const DocumentType type = on_->document.header.type;
  if (type != DocumentType::kDispatch && type != DocumentType::kOfficialTelegram &&
      type != DocumentType::kPlan && type != DocumentType::kDirective && type != DocumentType::kGuidance)
    return false;
  return asks(paragraph) &&
         on_->patterns.at("request.hand_in").found_in(paragraph.substr(0, kClosingBytes)) &&
         !on_->deadlines.in_text(paragraph, {0, paragraph.size()}, on_->time).deadlines.empty();
}

bool TaskJudge::closes(std::string_view paragraph) const {
  return on_->patterns.at("none.tail").found_in(paragraph) ||
         on_->patterns.at("none.closing").found_in(paragraph) ||
         on_->patterns.at("none.commencement").found_in(paragraph.substr(0, 200));
}

// "Chính phủ thống nhất với sự cần thiết ban hành Luật", "Chấp thuận ý kiến đề xuất của Sở …": what the
// issuer itself decides. "Đồng ý giao Sở …" orders somebody.
bool TaskJudge::consents(std::string_view own) const {
  std::size_t end = 0;
  const std::string_view head = own.substr(0, kClosingBytes);
  if (!on_->patterns.at("none.approval").may_stand_in(head)) return false;
  const auto subject = on_->agencies.list_at(head, 0, &end);
  if (!subject.empty()) {
    const std::string& id = subject.front().mention.id;
    const bool itself = subject.size() == 1 && !id.empty() &&
                        (id == on_->document.header.issuer.id || id == "chinh-phu" ||
                         id == "thu-tuong-chinh-phu" || id == "uy-ban-thuong-vu-quoc-hoi");
    if (!itself) return false;
  }
  const std::string_view said = head.substr(skip_space(head, std::min(end, head.size())));
  if (!on_->patterns.at("none.approval").found_in(said)) return false;
  return !subject.empty() || on_->bodies.at_start(head, {0, head.size()}).empty();
}

bool TaskJudge::promised(std::string_view own) const {
  constexpr std::size_t kNear = 40;
  std::size_t end = 0;
  const std::string_view head = own.substr(0, kClosingBytes);
  if (!on_->patterns.at("none.promise").may_stand_in(own.substr(0, kClosingBytes + kNear))) return false;
  const auto subject = on_->agencies.list_at(head, 0, &end);
  if (subject.empty()) return false;
  std::vector<TextRange> groups;
  return on_->patterns.at("none.promise").match_at(own.substr(end, kNear), 0, groups) &&
         (subject.front().mention.id == on_->document.header.issuer.id ||
          on_->document.header.issuer.id.empty());
}

// "- Các Phòng chức năng;", "10. Sở Y tế Hà Giang 11. Sở Y tế Cao Bằng": bodies and nothing else, recipients
// that were not recognised.
bool TaskJudge::only_names(std::string_view own) const {
  constexpr std::size_t kLongestNames = 400;
  if (own.size() > kLongestNames) return false;
  std::size_t at = 0;
  do {
    std::size_t end = 0;
    if (on_->agencies.list_at(own, at, &end).empty()) return false;
    at = own.find_first_not_of(" ;,.)\n0123456789", end);
  } while (at != std::string_view::npos);
  return true;
}

}  // namespace vanban
