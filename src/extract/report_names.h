// ReportNames: what a reported figure is about. Reports name a thing once and go on about it ("Thu ngân sách
// ước đạt 12.345 tỷ đồng, bằng 69,8% dự toán và tăng 28,3% so với cùng kỳ"), so a name is made of the
// figure's own words, of what its sentence spoke of before, and of how the figure is meant (a level, a
// change, a share of a plan).

#ifndef VANBAN_SRC_EXTRACT_REPORT_NAMES_H_
#define VANBAN_SRC_EXTRACT_REPORT_NAMES_H_

#include <map>
#include <string>
#include <vector>

#include "extract/figure_passage.h"

namespace vanban {

class ReportNames : public FigurePassage {
 public:
  using FigurePassage::FigurePassage;

 protected:
  // One figure with the words around it.
  struct Reported {
    const Figure* figure = nullptr;
    const Figure* counted = nullptr;  // the figure itself, or the denominator that a share goes with
    TextRange before;                 // words before it, back to the figure before it or its clause
    TextRange behind;                 // words behind it that say what was counted or of what it is a share
    bool fraction = false;
    bool part = false;       // "niêm yết công khai |100% thủ tục": `behind` ends the name
    bool statement = false;  // "100% |cơ quan nhà nước dùng văn bản điện tử": `behind` is the name
    bool joint = false;      // only "và", "," or "cho" parts it from the figure before
    bool prior = false;      // "từ 257 xuống |245 vụ": the thing that was named before
    bool same_period = false;  // "cao hơn cùng kỳ năm 2023, đạt |6,97%"
    TextRange shared;          // "89 vụ, 179 đối tượng |phạm tội về …|": what tells of both
    bool pair = false;         // it is the second one of those
  };
  struct Name {
    std::string text;        // empty: nothing tells what the figure is
    std::string subject;     // the body that its own words name
    bool inherited = false;  // it goes on about the figure before
  };

  // "Bệnh phong: Phát hiện mới 08 cas, quản lý 430 cas": what the passage before its first colon is about.
  void begin_passage() { passage_label_ = label_ = label_at(range_.begin); }
  // A sentence begins; `opening`: its words before its first figure.
  void begin_sentence(TextRange opening);
  // Whether the next figure stands in brackets: what is named there is forgotten behind them. `label`: what
  // the bracket is about; empty: nothing says so.
  void in_brackets(bool inside, std::string label);
  // Names `one` and remembers it for what follows.
  Name name_of(const Reported& one);
  // "…, mẫu giáo |99,2%, tiểu học 99,6%": a list of what a noun of share was told of.
  bool lists_share(const Figure& figure) const;
  // A change is told against another time behind the figure.
  bool changed_again(const Figure& figure) const;
  // "…; cơ cấu kinh tế năm 2020: |Công nghiệp chiếm 58,66%, dịch vụ …": `colon` is where the clause begins.
  void begin_clause(std::size_t from, std::size_t colon);
  bool named_before() const { return !level_.empty(); }

  // Words before a figure that name it, back to `from` or the beginning of its clause.
  TextRange words_before(std::size_t from, std::size_t at) const;
  // Words behind `figure` up to `next` (where the next figure begins; npos: none is near).
  // `part`: of a share, what it is a part of. `from`: where they begin, if not behind the figure.
  TextRange words_behind(const Figure& figure, std::size_t next, std::size_t from = 0,
                         bool part = false) const;
  // Without the words that lead in ("Theo báo cáo của Bộ Tài chính, đến nay") or link with a figure ("đạt",
  // "là").
  TextRange clean(TextRange range) const;

 private:
  TextRange cleaned(TextRange range) const;
  // What the words from `from` to a near colon are about; empty: no such words, or words that name nothing.
  std::string label_at(std::size_t from) const;
  // "làm 103 người chết" goes on about what happened; true: `own` is now about that.
  bool headed_alike(std::string_view own) const;
  std::size_t last_phrase(std::string_view words) const;
  bool lists_sufferers(std::string_view clause) const;
  bool told_consequence(const Reported& one, std::string& own);
  std::string own_words(const Reported& one);
  std::string thing_of(const Reported& one) const;
  std::string counted_words(const Reported& one) const;
  std::string_view link_of(const Reported& one) const;
  std::string subject_in(TextRange words) const;
  std::string before_preposition(std::string_view preposition) const;
  // What a figure without words of its own goes on about.
  const std::string& went_before(const Figure& figure) const;

  std::string label_, passage_label_;  // of the sentence, of the passage: "Bệnh phong"
  std::string topic_;                  // the last name of three words and more in the sentence
  std::string level_;                  // the last name of a level: neither a change nor a share of a plan
  std::map<std::string, std::string> levels_;  // the same, by unit
  std::map<std::string, std::string> lasts_;   // the last name that is no change, by unit
  std::string compared_;                       // "so với cùng kỳ", where the sentence begins with it
  std::string first_topic_, carried_;          // of the sentences before, and what goes on from them
  std::string outer_topic_, outer_level_, outer_label_;  // topic_, level_ and label_ before the bracket
  std::string last_count_, last_counted_;                // the name of the last count, and its unit
  std::string last_base_;       // of what the share before was told: "cùng kỳ năm trước"
  std::string counted_of_;      // what was done with the things of the last count: "Kiểm tra"
  std::string counted_unit_;    // of the count before
  std::string event_;           // what happened: "vụ tai nạn giao thông"
  std::string fell_;            // the words of the change before, where it was a change: "giảm"
  std::string first_share_;     // the name of the first one of such a list
  std::string head_, head_of_;  // "Tỷ trọng" and the first word of what it was told of
  bool acted_ = false;          // the words of the figure told who did it: they are a statement of their own
  std::string grown_;           // the words of the last change: "tăng"
  bool grew_ = false;           // the figure before was a change in percent
  bool follows_ = false;        // the figure before told a consequence of `event_`
  bool parts_ = false;          // behind "trong đó" of this sentence
  bool inside_ = false;
  // The last range that was cleaned: a figure's words are asked for several times.
  struct Cleaned {
    TextRange of{std::string::npos, std::string::npos}, is;
  };
  mutable Cleaned cleaned_;
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_REPORT_NAMES_H_
