// How many bytes of one text have to be put in, taken out or replaced to make it another (Levenshtein).

#ifndef VANBAN_BASE_EDIT_DISTANCE_H_
#define VANBAN_BASE_EDIT_DISTANCE_H_

#include <cstddef>
#include <string_view>

namespace vanban {

// Cost: the product of the lengths; for words, names and lines, not for texts.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace vanban

#endif  // VANBAN_BASE_EDIT_DISTANCE_H_
