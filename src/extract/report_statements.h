// ReportStatements: which figures of a passage belong together, and which state a result: parts with their
// share ("45/81 văn bản, đạt tỷ lệ 55,56%"), what was before what is ("từ 45% lên 60%"), a share that stands
// alone.

#ifndef VANBAN_SRC_EXTRACT_REPORT_STATEMENTS_H_
#define VANBAN_SRC_EXTRACT_REPORT_STATEMENTS_H_

#include <string_view>
#include <vector>

#include "extract/report_names.h"

namespace vanban {

class ReportStatements : public ReportNames {
 public:
  using ReportNames::ReportNames;

 protected:
  struct Fraction {
    double numerator = 0, denominator = 0;
    TextRange where;
    bool plan = false;  // "17.919 con/14.066 con": more than planned, no part of a whole
    const Figure* part = nullptr;  // "4.573 trường |chuẩn quốc gia| trong tổng số 10.928 trường": the first
    TextRange things;              // one, and the words behind it
  };

  struct BarePart {
    static constexpr int kWhole = -1;
    TextRange name, number;
    double value = 0;
    int inside = kWhole;    // index of the part that it is a part of
    bool has_unit = false;  // the unit of the whole stands behind it
    bool proper = false;    // its name begins with a capital letter
  };

  // The parts of `whole` behind `from`, told by numbers without a unit or with that of the whole; `end`:
  // behind the last one. Cost: a window.
  std::vector<BarePart> bare_parts(std::size_t from, double whole, const std::string& unit,
                                   std::size_t& end) const;
  // "tiểu học: |25": moves `at` behind it.
  bool read_part(std::size_t& at, std::size_t limit, const std::string& unit, BarePart& part) const;

  // How far a share may be off and still be the rounding (or cutting off) of its last printed digit.
  static double tolerance(std::string_view printed);

  // The beginning of the sentence that holds `at`, at or behind `from`.
  std::size_t sentence_start(std::size_t from, std::size_t at) const;
  // The digits before the slash that stands before `at`; empty: none.
  TextRange digits_over(std::size_t at) const;
  // "12/16 khoản thu": things that models/units.tsv does not know; "ngày 05/6", "nhiệm kỳ 2020/2025" are
  // none.
  bool denominator_of_things(const Figure& figure) const;
  char32_t decode_at(std::size_t at) const;
  static bool begins_with_letter(std::string_view words);
  // "4.573 trường chuẩn quốc gia trong tổng số |10.928 trường": what it is the whole of.
  bool whole_of(std::size_t index, Fraction& fraction) const;
  // "45/81 văn bản": the figure is "81 văn bản"; what stands before its slash.
  bool fraction_of(std::size_t index, Fraction& fraction) const;
  // "Ị .200 cas", "l5 tuổi": what stands before the digits is part of a number that was read badly.
  bool broken_number(TextRange number) const;
  // "45/81 văn bản, đạt tỷ lệ |55,56%"; not "12/16 khoản thu đạt trên |70% dự toán".
  bool share_follows(std::size_t index, const Fraction& fraction) const;
  // "giảm 45,96% |(194/359 vụ)|": what was and what is, not the parts of the share.
  static bool tells_change(const Fraction& fraction, const Figure& share, std::string_view printed);
  // "tăng 103 vụ |(16,5%)|", "ít hơn 03 vụ |= 1,6%|": the same change once more, in percent.
  bool change_follows(std::size_t index) const;
  // "từ |257 xuống 245 vụ": what was, before what is.
  bool earlier_value(std::size_t index) const;
  // A percentage tells a result where a verb, a noun of share or a plan says what it is; "100% phương án" is
  // part of another statement.
  bool states_share(const Figure& figure) const;
  // "niêm yết công khai |100% thủ tục", "đóng góp |9,7% vào mức tăng chung": a share of what something is
  // done to.
  bool states_part(const Figure& figure) const;
  // "100% |cơ quan nhà nước sử dụng văn bản điện tử": nothing before it in its clause, a statement behind.
  bool opens_statement(const Figure& figure) const;
  TextRange statement_behind(const Figure& figure) const;
  // A share with a bound behind things that were counted, in one breath with them.
  bool condition_follows(std::size_t index) const;

  std::vector<Figure> figures_;
  std::size_t sentence_ = 0;  // where it begins
  std::size_t done_ = 0;      // text before it belongs to figures that were taken
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_REPORT_STATEMENTS_H_
