// The path of labels that leads to each section: "Điều 1.II.2.a", "PL I.3". Tasks and figures share it.

#ifndef VANBAN_SRC_EXTRACT_SECTION_PATHS_H_
#define VANBAN_SRC_EXTRACT_SECTION_PATHS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vanban/doc/document.h"

namespace vanban {

constexpr std::size_t kNoSection = static_cast<std::size_t>(-1);

struct SectionPath {
  std::size_t parent = kNoSection;
  std::string label;  // its own behind those of the sections above; empty: none has one
};

struct SectionPaths {
  std::vector<SectionPath> of;                                 // one entry for each section
  std::unordered_map<std::string_view, std::size_t> index_of;  // by id; views into the document
};

// `text`: the document's text. Both must outlive the result. Cost: linear.
SectionPaths section_paths(const Document& document, std::string_view text);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_SECTION_PATHS_H_
