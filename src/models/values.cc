#include "vanban/models/values.h"

#include <algorithm>

namespace vanban {

std::vector<std::string> values_of(std::string_view field) {
  std::vector<std::string> values;
  for (std::size_t begin = 0; begin <= field.size();) {
    const std::size_t bar = std::min(field.find('|', begin), field.size());
    if (bar > begin) values.emplace_back(field.substr(begin, bar - begin));
    begin = bar + 1;
  }
  return values;
}

}  // namespace vanban
