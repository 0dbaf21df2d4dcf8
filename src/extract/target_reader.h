// Reads the targets (chỉ tiêu) that a passage sets: of each figure whether it is one, what it is called, for
// when.

#ifndef VANBAN_SRC_EXTRACT_TARGET_READER_H_
#define VANBAN_SRC_EXTRACT_TARGET_READER_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/indicators.h"
#include "extract/target_names.h"

namespace vanban {

class TargetReader : public TargetNames {
 public:
  // `context`, `tools` and `out` must outlive it. `goal`: the passage stands among targets whatever its
  // section says.
  TargetReader(const FigureContext& context, const FigureTools& tools, TextRange range, std::size_t section,
               Stance stance, std::vector<Indicator>& out, bool goal)
      : TargetNames(context, tools, range, section, stance),
        out_(out),
        told_goal_(goal),
        task_(context.task_at(range.begin)),
        work_(32 * range.size() + 100'000) {}
  // Appends the targets of the passage to `out`. Cost: linear; a passage of nothing but figures is given up.
  void read();

 private:
  static constexpr std::size_t kWindow = 200;

  // "Đại hội thông qua 16 chỉ tiêu. Cụ thể, |thu nhập bình quân đạt 70 triệu đồng|": the targets themselves.
  bool spelled_out(const Figure& figure) const;
  // "số xã đạt |dưới 5 tiêu chí xuống 250 xã": which ones are counted.
  bool is_condition(const Figure& figure, const Figure& next) const;
  // Nothing of its item stands behind `at`.
  bool ends_item(std::size_t at) const;
  void leave_sentence(const Figure& figure);
  // Takes the target that `figure` states; where its words end, or 0: it states none.
  std::size_t take(const Figure& figure, std::size_t claimed);
  // The words of the figure's clause before it; what follows the figure before ("đạt 50% |số lượng bệnh viện,
  // tỷ lệ …") belongs to that one.
  TextRange own_words(const Figure& figure, std::size_t claimed) const;

  // What the target is called (target_reader_names.cc). `before`: own_words(); moves `end` behind the name.
  bool find_name(const Figure& figure, TextRange before, TargetName& name, std::size_t& end) const;
  // "Cơ cấu kinh tế: công nghiệp 41,8%; |dịch vụ 39,7%"
  bool part_of_structure(const Figure& figure, TextRange before, TargetName& name) const;
  // "Tỷ trọng của khu vực dịch vụ đạt trên 50%, |khu vực công nghiệp trên 40%"
  bool goes_on(const Figure& figure, TextRange lead, TargetName& name) const;
  // "giảm |tai nạn giao thông từ 5 - 10% … so với năm 2019": the change that the verb tells, by how much.
  bool falls_by(const Figure& figure, TextRange lead, TargetName& name) const;
  // "Tỷ lệ huy động đạt 38% |trẻ em trong độ tuổi nhà trẻ| và 97% trẻ em trong độ tuổi mẫu giáo": of each
  // what it is one of.
  void name_two(const Figure& figure, TargetName& name, std::size_t& end) const;
  // What stands behind a share says of what it is one, where no noun of quantity does.
  void narrow(const TargetName& behind, TargetName& name, std::size_t& end) const;
  // The verb and what it is done to: "Đến năm 2028, hoàn thành số hóa |100% hồ sơ đảng viên"; and where:
  // "triển khai phần mềm quản lý sinh hoạt chi bộ tại |100% tổ chức cơ sở đảng".
  bool action_on(const Figure& figure, TextRange lead, bool named_behind, const TargetName& behind,
                 TargetName& name) const;
  // "đạt 80% vào năm 2025 và |100% vào năm 2030": the same for another year.
  bool same_again(const Figure& figure, TargetName& name) const;
  bool same_sentence(std::size_t at) const;
  // "Tỷ lệ hồ sơ xử lý trên mạng tại cấp tỉnh đạt 100%, |cấp huyện đạt 90%": the noun of quantity is that of
  // the name before. "Tỷ lệ lao động qua đào tạo đạt 75%, trong đó |có bằng cấp đạt 40%" narrows it.
  void complete(const Figure& figure, TargetName& name) const;
  // "hoàn thành số hóa |100% hồ sơ": "số hóa hồ sơ"; "tự chủ được |70% năng lực": "tự chủ năng lực".
  static std::string without_completion(std::string_view verb);
  // "…, trong đó 80%", "… và 100%": the name can only follow.
  bool ends_list(TextRange before) const;

  // Whether this clause sets an aim at all, and does not tell what was reached.
  bool sets_aim(const Figure& figure, TextRange clause) const;
  // Figures without "%", and actions, are targets only where heading or sentence say so.
  bool aims_at(const Figure& figure) const;
  bool counted_target(const Figure& figure, const TargetName& name) const;
  // Nothing but words that lead in to a name stands before `at` in its item of a list.
  bool begins_item(std::size_t at) const;
  // Things that are to be there by then: "có ít nhất |05 dự án trong lĩnh vực bán dẫn".
  bool things_to_have(const Figure& figure, TextRange before, TargetName& name) const;
  // `named_to`: where the name ends that stands behind the figure; 0: none does.
  std::string period_of(const Figure& figure, bool& inferred, std::size_t named_to = 0) const;
  void emit(const Figure& figure, const TargetName& name);

  std::vector<Indicator>& out_;
  const bool told_goal_;
  const Task* task_;
  std::size_t work_;  // bytes of clauses that may still be looked at
  bool last_things_ = false;
  TargetName last_;  // of the target that was taken last, with its unit and period
  std::string last_name_, last_unit_, last_period_;
  std::string last_strong_;      // the last one that a noun of quantity named, in its sentence
  std::string last_front_;       // the action on what stood behind the figure: "xử lý "
  bool narrowed_ = false;        // what it is a share of stood behind it
  std::string last_name_front_;  // and the words before it
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_TARGET_READER_H_
