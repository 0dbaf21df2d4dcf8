// Several values in one field of a model table.

#ifndef VANBAN_MODELS_VALUES_H_
#define VANBAN_MODELS_VALUES_H_

#include <string>
#include <string_view>
#include <vector>

namespace vanban {

// "TTg|TTgCP" -> "TTg", "TTgCP": what stands between the '|', empty values left out. Cost: linear.
std::vector<std::string> values_of(std::string_view field);

}  // namespace vanban

#endif  // VANBAN_MODELS_VALUES_H_
