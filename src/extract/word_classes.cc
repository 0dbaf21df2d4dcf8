#include "extract/word_classes.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace vanban {
namespace {

std::optional<int> value_of(const WordClass& kind, std::string_view field) {
  if (!kind.names.empty()) {
    const auto found = std::find(kind.names.begin(), kind.names.end(), field);
    if (found == kind.names.end()) return std::nullopt;
    return static_cast<int>(found - kind.names.begin());
  }
  if (kind.most == 0) return field.empty() ? std::optional(0) : std::nullopt;
  int number = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
  if (error != std::errc() || end != field.data() + field.size() || number < 0 || number > kind.most)
    return std::nullopt;
  return number;
}

}  // namespace

Result<WordClasses> WordClasses::create(const ModelTable& table, std::span<const WordClass> classes) {
  for (const char* column : {"class", "words", "value"}) {
    if (const auto found = table.column(column); !found) return found.error();
  }
  WordClasses made;
  made.phrases_.resize(classes.size());
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto wrong = [&](const std::string& what) {
      return make_error(ErrorCode::kBadTable,
                        table.file + ":" + std::to_string(table.lines[row]) + ": " + what);
    };
    const std::string& name = table.at(row, "class");
    const auto kind =
        std::find_if(classes.begin(), classes.end(), [&](const WordClass& one) { return one.name == name; });
    if (kind == classes.end()) return wrong("no class of words is called " + name);
    const std::string& words = table.at(row, "words");
    if (words.empty()) return wrong("no words");
    const auto value = value_of(*kind, table.at(row, "value"));
    if (!value) return wrong("no value of " + name + ": " + table.at(row, "value"));
    made.phrases_[static_cast<std::size_t>(kind - classes.begin())].push_back({words, *value});
  }
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (made.phrases_[i].empty())
      return make_error(ErrorCode::kBadTable, table.file + ": no words of " + std::string(classes[i].name));
  }
  return made;
}

}  // namespace vanban
