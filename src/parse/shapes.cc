#include "parse/shapes.h"

#include <algorithm>
#include <array>
#include <string>

#include "parse/lines.h"
#include "vanban/lexicon/scan.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

constexpr std::size_t kLongest = 1000;

constexpr std::array<std::string_view, 50> kNeeded = {"motto",
                                                      "party_motto",
                                                      "number_line",
                                                      "blank_number",
                                                      "place_date",
                                                      "place_unread_date",
                                                      "date_only",
                                                      "subject_mark",
                                                      "short_subject_mark",
                                                      "misread_subject_mark",
                                                      "head_split",
                                                      "addressee_mark",
                                                      "recipients_mark",
                                                      "draft_mark",
                                                      "urgency",
                                                      "secrecy",
                                                      "noise",
                                                      "basis",
                                                      "enacting",
                                                      "appendix_head",
                                                      "form_head",
                                                      "attached_line",
                                                      "authority",
                                                      "position",
                                                      "deputy_start",
                                                      "enacting_body",
                                                      "signed_mark",
                                                      "military_rank",
                                                      "closing",
                                                      "closing_notice",
                                                      "place_word",
                                                      "committee_word",
                                                      "parent_place",
                                                      "unit_word",
                                                      "unit_inside",
                                                      "body_behind_body",
                                                      "body_unfinished",
                                                      "sentence_basis",
                                                      "number_mark",
                                                      "bare_body",
                                                      "passed",
                                                      "issuing_sentence",
                                                      "signed_before",
                                                      "signed_after",
                                                      "authority_inside",
                                                      "body_and_motto",
                                                      "attested_number",
                                                      "people_committee",
                                                      "running_title",
                                                      "telegram_split"};

}  // namespace

Result<Shapes> Shapes::create(const Models& models) {
  auto table = PatternTable::load(models, "patterns/parse");
  if (!table) return table.error();
  for (const std::string_view name : kNeeded) {
    if (table->all().find(name) == table->all().end()) {
      return make_error(ErrorCode::kBadTable, "patterns/parse: no pattern named " + std::string(name));
    }
  }
  Shapes shapes(std::move(*table));
  auto titles = SigningTitles::create(models);
  if (!titles) return titles.error();
  shapes.titles_ = std::move(*titles);
  const auto names = models.table("proper_names");
  if (!names) return names.error();
  const auto column = (*names)->column("name");
  if (!column) return column.error();
  for (const auto& row : (*names)->rows) shapes.names_.emplace_back(to_lower(row[*column]), row[*column]);
  std::stable_sort(shapes.names_.begin(), shapes.names_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  auto families = FamilyNames::create(models);
  if (!families) return families.error();
  shapes.families_ = std::move(*families);
  auto bodies = BodyNames::create(models);
  if (!bodies) return bodies.error();
  shapes.bodies_ = std::move(*bodies);
  return shapes;
}

std::string_view Shapes::proper_name(std::string_view text, std::size_t at) const {
  for (const auto& [key, name] : names_) {
    if (text.size() - at >= key.size() && match_words(text, at, key) == key.size() &&
        word_ends(text, at + key.size()))
      return name;
  }
  return {};
}

bool Shapes::is(PatternName name, std::string_view text) const {
  return !text.empty() && table_.at(name).matches_at(text.substr(0, kLongest), 0);
}

bool Shapes::match(PatternName name, std::string_view text, std::vector<TextRange>& groups) const {
  return !text.empty() && table_.at(name).match_at(text.substr(0, kLongest), 0, groups);
}

bool Shapes::find(PatternName name, std::string_view text, std::size_t from,
                  std::vector<TextRange>& groups) const {
  const std::string_view head = text.substr(0, kLongest);
  return from < head.size() && table_.at(name).find(head, from, groups);
}

std::string_view Shapes::part(PatternName name, std::string_view group, std::string_view text,
                              const std::vector<TextRange>& groups) const {
  const std::size_t index = table_.at(name).group(group);
  if (index >= groups.size() || groups[index].begin == std::string_view::npos) return {};
  return groups[index].of(text);
}

}  // namespace vanban::parse
