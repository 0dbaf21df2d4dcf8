#include "extract/reference_words.h"

namespace vanban {

Result<WordClasses> reference_words(const ModelTable& table) {
  static constexpr std::string_view kHow[] = {"read", "printed"};
  static constexpr WordClass kClasses[] = {
      {"title.stop"}, {"type.stop"}, {"number", 0, kHow}, {"issued"}, {"period"}};
  return WordClasses::create(table, kClasses);
}

}  // namespace vanban
