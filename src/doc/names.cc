// The stable names of enumerators. Added at the end, never renamed: they are stored and published.

#include <array>

#include "vanban/doc/document.h"

namespace vanban {
namespace {

constexpr std::array<std::string_view, 22> kTypes = {
    "dispatch",       "resolution", "decision",          "directive",    "decree",     "circular",
    "joint_circular", "law",        "ordinance",         "constitution", "report",     "plan",
    "programme",      "notice",     "official_telegram", "submission",   "conclusion", "guidance",
    "regulation",     "minutes",    "appendix",          "other"};
constexpr std::array<std::string_view, 15> kSections = {
    "part",      "chapter", "section",  "article",  "clause", "point",     "dash",      "roman_inline",
    "paragraph", "table",   "appendix", "footnote", "header", "signature", "recipients"};
constexpr std::array<std::string_view, 11> kRelations = {
    "legal_basis", "attached_to", "amends",  "replaces", "repeals", "guides",
    "implements",  "assigned_in", "answers", "cites",    "part_of"};
constexpr std::array<std::string_view, 8> kComparators = {"=", ">=", "<=", "<", ">", "range", "+", "-"};
constexpr std::array<std::string_view, 4> kStates = {"unresolved", "resolved", "ambiguous", "planned"};
constexpr std::array<std::string_view, 4> kOrigins = {"plain", "text_layer", "ocr", "mixed"};

template <std::size_t N, class Enum>
std::string_view name_at(const std::array<std::string_view, N>& names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return names[index < N ? index : N - 1];
}

template <class Enum, std::size_t N>
std::optional<Enum> value_of(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view document_type_name(DocumentType type) { return name_at(kTypes, type); }
std::optional<DocumentType> document_type_from_name(std::string_view name) {
  return value_of<DocumentType>(kTypes, name);
}
std::string_view section_kind_name(SectionKind kind) { return name_at(kSections, kind); }
std::string_view relation_name(Relation relation) { return name_at(kRelations, relation); }
std::optional<Relation> relation_from_name(std::string_view name) {
  return value_of<Relation>(kRelations, name);
}
std::string_view comparator_name(Comparator comparator) { return name_at(kComparators, comparator); }
std::string_view modality_name(Modality modality) {
  return modality == Modality::kPlanned ? "planned" : "enacted";
}
std::string_view resolution_state_name(ResolutionState state) { return name_at(kStates, state); }
std::string_view text_origin_name(TextOrigin origin) { return name_at(kOrigins, origin); }

}  // namespace vanban
