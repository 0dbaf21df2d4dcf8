// Whether a unit or a paragraph gives somebody a task. What stands in a part that directs is one unless its
// own words say otherwise (a promise of the issuer, praise, the closing formula, a form to be filled in);
// elsewhere it must itself order somebody.

#ifndef VANBAN_SRC_EXTRACT_TASK_JUDGE_H_
#define VANBAN_SRC_EXTRACT_TASK_JUDGE_H_

#include <cstddef>
#include <string_view>

#include "extract/deadlines.h"
#include "extract/task_sources.h"

namespace vanban {

class TaskJudge {
 public:
  // `sources` must outlive it.
  explicit TaskJudge(const TaskSources& sources) : on_(&sources) {}

  // Whether the enumerated unit of section `index` with the text `own` is a task.
  bool unit_gives_task(std::size_t index, std::string_view own) const;
  // Whether the unnumbered paragraphs `own` of section `index`, in which `found` was read, request something.
  bool paragraph_requests(std::size_t index, std::string_view own, const FoundDeadlines& found) const;
  // "II. Về dự thảo Báo cáo …" without units below it, which itself gives somebody something to do.
  bool section_orders(std::size_t index) const;
  // "Giao Sở … theo dõi, đôn đốc …": a paragraph that orders somebody who is known.
  bool orders_somebody(std::string_view paragraph) const;
  // "Giao Chính phủ tiếp tục rà soát …", "Chính phủ giao các Bộ …" at the start of a line of a resolution,
  // directive, conclusion or notice: an order wherever it stands.
  bool gives_outright(std::string_view own) const;
  // The issuer's own consent: "Đồng ý với đề xuất của …", "Chính phủ thống nhất thông qua …".
  bool consents(std::string_view own) const;
  // "Nhận được Công văn này, đề nghị các đơn vị … báo cáo về Sở trước ngày 05/11/2022": closes, and asks for
  // a report by a day.
  bool hands_in(std::string_view paragraph) const;
  // What closes the document: "Nhận được Chỉ thị này …", "Quyết định này có hiệu lực …".
  bool closes(std::string_view paragraph) const;

 private:
  bool excluded(std::size_t index, std::string_view own) const;
  bool orders_by_a_day(std::string_view own) const;
  bool duty_by_a_day(std::size_t index, std::string_view own) const;
  bool has_day(std::string_view own) const;
  bool reads_like_order(std::size_t index, std::string_view own) const;
  bool orders_by_itself(std::string_view own) const;
  bool promised(std::string_view own) const;
  bool only_names(std::string_view own) const;
  bool asks(std::string_view paragraph) const;
  bool gives(std::string_view paragraph, std::size_t verb) const;
  bool tells_duty(std::string_view own) const;

  const TaskSources* on_;
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_TASK_JUDGE_H_
