// Who a task names: its lead (chủ trì) and those it is done with (phối hợp).

#ifndef VANBAN_SRC_EXTRACT_TASK_BODIES_H_
#define VANBAN_SRC_EXTRACT_TASK_BODIES_H_

#include <string>
#include <string_view>
#include <vector>

#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/pattern.h"

namespace vanban {

class TaskBodies {
 public:
  // Both must outlive it.
  TaskBodies(const PatternTable& patterns, const Agencies& agencies)
      : patterns_(&patterns), agencies_(&agencies) {}

  // The bodies that the paragraph in `range` begins with, or that its first clause names as those who act.
  // Empty: none.
  std::vector<AgencyMention> at_start(std::string_view text, TextRange range) const;

  // Whom a sentence inside the paragraph orders: "Thực hiện theo Công văn …. Giao Giám đốc …". Empty: none.
  std::vector<AgencyMention> in_order(std::string_view text, TextRange range) const;

  // The bodies that a heading or lead-in names: "Giao Bộ A:", "Nhiệm vụ giao bộ, ngành, địa phương tại …", "…
  // BỘ, NGÀNH, ĐỊA PHƯƠNG ĐƯỢC GIAO", "… yêu cầu các bộ, ngành thực hiện các nhiệm vụ sau".
  std::vector<AgencyMention> in_heading(std::string_view text, TextRange range) const;

  // Behind "phối hợp với".
  std::vector<AgencyMention> coordinating(std::string_view text, TextRange range) const;

  // What a paragraph states apart from its sentence: "Đơn vị chủ trì: Sở A; phối hợp: Sở B", "(Bộ A chủ trì,
  // phối hợp với Bộ B)" at its end.
  struct Stated {
    std::vector<AgencyMention> lead, coordinating;
    std::string result;  // "Sản phẩm: …"
  };
  Stated stated(std::string_view text, TextRange range) const;

  // The cell of a column of bodies, one entry for each as printed.
  std::vector<AgencyMention> in_cell(std::string_view cell) const;
  // The bodies of words that are nothing but their names, or that say who leads ("… (Bộ A chủ trì)"); else
  // none.
  std::vector<AgencyMention> all_of(std::string_view words) const;
  // The same of a column that holds both: "Chủ trì: Bộ A; phối hợp: Bộ B", "Bộ A chủ trì, phối hợp với Bộ B".
  Stated in_joint_cell(std::string_view cell) const;

 private:
  std::vector<AgencyMention> whose(std::string_view heading) const;
  std::vector<AgencyMatch> parted(std::string_view text, std::vector<AgencyMatch> names) const;
  std::vector<AgencyMention> subject_at(std::string_view text, TextRange range) const;
  // `guided`: those whom a lead-in of guidance tells what to do, too.
  std::vector<AgencyMention> acting(std::string_view text, TextRange range, std::size_t from,
                                    bool guided = false) const;
  std::vector<AgencyMention> at_order(std::string_view text, std::size_t at) const;
  std::vector<AgencyMention> behind_noun(std::string_view head) const;
  std::vector<AgencyMention> before_colon(std::string_view part, std::size_t at) const;
  std::size_t add_more(std::string_view part, std::size_t end, std::vector<AgencyMention>& into) const;
  bool predicate_at(std::string_view text, std::size_t at) const;
  std::vector<AgencyMention> phrase(std::string_view text, std::size_t at, std::size_t known,
                                    bool whole) const;
  std::vector<AgencyMention> with_person(std::string_view part, const std::vector<AgencyMatch>& list,
                                         std::size_t& end) const;
  std::vector<AgencyMention> named_by_shape(std::string_view text, bool ordered) const;
  std::vector<AgencyMention> mentions(const std::vector<AgencyMatch>& list) const;

  const PatternTable* patterns_;
  const Agencies* agencies_;
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_TASK_BODIES_H_
