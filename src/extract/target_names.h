// TargetNames: what a target in running text is about: the words before its figure ("tỷ lệ hồ sơ trực tuyến
// |đạt 50%") or behind it ("100% |hồ sơ được đồng bộ").

#ifndef VANBAN_SRC_EXTRACT_TARGET_NAMES_H_
#define VANBAN_SRC_EXTRACT_TARGET_NAMES_H_

#include <string>

#include "extract/figure_passage.h"

namespace vanban {

struct TargetName {
  TextRange where;
  double confidence = 0.9;
  Comparator comparator = Comparator::kEqual;
  std::string front;  // words of elsewhere that it begins with: a verb that the figure parts from its object
  std::string back;   // and that it ends with
  bool strong = false;  // a noun of quantity ("tỷ lệ", "tốc độ") names it
};

class TargetNames : public FigurePassage {
 public:
  using FigurePassage::FigurePassage;

 protected:
  // False: no name stands there. `before`: from the beginning of the clause to the figure; `end`: where the
  // passage ends; `opens`: the figure begins its clause.
  bool name_before(const Figure& figure, TextRange before, TargetName& name) const;
  bool name_behind(const Figure& figure, std::size_t end, bool opens, TargetName& name) const;

  // Without what leads in to a name ("Phấn đấu đến năm 2030, |tỷ lệ …").
  TextRange without_lead(TextRange name) const;
  // Without what follows it ("… phục vụ việc theo dõi") and the words that link it with its figure.
  TextRange without_tail(TextRange name) const;
  // Where the last noun of quantity begins that opens a phrase (behind a comma or a directing verb), else the
  // first one; npos: none.
  std::size_t strong_head(TextRange before) const;

  // Under a heading that says mục tiêu or chỉ tiêu.
  bool goal() const { return goal_here_ || (placed() && context_.place(section_).goal); }

  bool goal_here_ = false;  // the passage begins with such a heading: "Các chỉ tiêu chủ yếu: …"

  // Where the words of one item end: before a comma and a noun of quantity with a figure of its own.
  std::size_t end_of_item(TextRange item) const;

  static constexpr std::size_t kLongestName = 600;  // bytes; a longer stretch is not one name

 private:
  std::size_t behind_directive(TextRange before) const;
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_TARGET_NAMES_H_
