// Which parts of a document direct somebody to do something.

#ifndef VANBAN_SRC_EXTRACT_TASK_PARTS_H_
#define VANBAN_SRC_EXTRACT_TASK_PARTS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/section_paths.h"
#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/agencies.h"
#include "vanban/lexicon/pattern.h"
#include "vanban/models/models.h"

namespace vanban {

// How sure it is that the units of a section are tasks.
enum class Directing : std::uint8_t {
  kNo,       // aims, results, rules: never
  kNeutral,  // only a unit that itself orders ("Giao Bộ Y tế …")
  kWeak,     // a unit that reads like an order
  kYes,      // every unit
};

// The patterns of headings without tone marks and accents, for pages that OCR read: "NỘI DUNG KIÊM TRA".
class FoldedHeadings {
 public:
  // Errors: kBadTable.
  static Result<FoldedHeadings> create(const Models& models);
  // Whether a folded heading says what the pattern `name` tells.
  bool found(std::string_view name, std::string_view folded) const;

 private:
  std::map<std::string, Pattern, std::less<>> patterns_;
};

struct TaskPart {
  std::size_t parent = kNoSection;
  bool unit = false;  // enumerated: an article, clause, point, dash, (i)
  bool leaf = true;   // no enumerated unit inside but attributes
  bool attribute = false;  // "- Đơn vị chủ trì: …", "- Thời hạn: …": says who or when of the unit above it
  bool thing = false;  // "+ Báo cáo tồn kho" below "gửi các tài liệu sau:": a part of the unit above it
  bool lists_things = false;
  bool carries_out = false;  // of a set of rules: says who carries it out ("Tổ chức thực hiện")
  bool standing = false;  // of those: a standing duty ("Điều 14. Trách nhiệm của Bộ Tài chính")
  bool team = false;  // what a decision gives to a team that it sets up: "Đoàn kiểm tra có nhiệm vụ: …"
  Directing directing = Directing::kNeutral;
  bool actors_only = false;  // kWeak: only a unit that begins with who acts
  TextRange lead_in;         // the unnumbered paragraph above that introduces it and its siblings
  std::string label;         // the path of labels
};

// One entry for each section. `text`: the document's text with footnote marks blanked. `folded` is used for
// documents that OCR read, `makes_rules` is what the function below says of it. Cost: linear.
std::vector<TaskPart> task_parts(const Document& document, std::string_view text,
                                 const PatternTable& patterns, const FoldedHeadings& folded,
                                 const Agencies& agencies, bool makes_rules);

// A law, decree or other set of rules: its articles assign nothing, but those of a decision or resolution
// that say who carries it out.
bool makes_rules(const Document& document, const PatternTable& patterns);

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_TASK_PARTS_H_
