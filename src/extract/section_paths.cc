#include "extract/section_paths.h"

#include "vanban/lexicon/scan.h"

namespace vanban {
namespace {

constexpr std::size_t kLongestPath = 120;  // deeper labels are no longer a help to anybody

std::string label_of(const Section& section, std::string_view text) {
  switch (section.kind) {
    case SectionKind::kAppendix: {
      // A plan that a decision issues stands behind it as well, but is no "Phụ lục".
      const std::size_t begin = skip_space(text, section.where.begin);
      if (section.label.empty() && match_words(text, begin, "phụ lục") == 0) return "";
      return "PL" + (section.label.empty() ? "" : " " + section.label);
    }
    case SectionKind::kArticle:
      return "Điều " + section.label;
    case SectionKind::kFootnote:
    case SectionKind::kTable:
      return "";
    default:
      return section.label;
  }
}

}  // namespace

SectionPaths section_paths(const Document& document, std::string_view text) {
  const auto& sections = document.sections;
  SectionPaths paths;
  paths.of.resize(sections.size());
  paths.index_of.reserve(sections.size());
  for (std::size_t i = 0; i < sections.size(); ++i) {
    SectionPath& path = paths.of[i];
    if (const auto parent = paths.index_of.find(sections[i].parent); parent != paths.index_of.end())
      path.parent = parent->second;
    paths.index_of.emplace(sections[i].id, i);
    const std::string own = label_of(sections[i], text);
    path.label = path.parent == kNoSection ? "" : paths.of[path.parent].label;
    if (own.empty() || path.label.size() >= kLongestPath) continue;
    if (!path.label.empty()) path.label += path.label == "PL" ? " " : ".";
    path.label += own;
  }
  return paths;
}

}  // namespace vanban
