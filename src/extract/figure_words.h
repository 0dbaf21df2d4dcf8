// Figures (con số) as official documents write them: "đạt trên 95,5%", "tối thiểu 50", "từ 10 - 15%",
// "59.713,7 tỷ đồng", with the words that say how a figure is meant (models/comparators.tsv) and its unit
// (models/units.tsv).

#ifndef VANBAN_SRC_EXTRACT_FIGURE_WORDS_H_
#define VANBAN_SRC_EXTRACT_FIGURE_WORDS_H_

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/base/text_range.h"
#include "vanban/doc/document.h"
#include "vanban/lexicon/pattern.h"
#include "vanban/models/models.h"

namespace vanban {

enum class UnitKind : std::uint8_t { kNone, kPercent, kMoney, kMeasure, kCount, kTime, kMagnitude };

struct Figure {
  TextRange where;   // the words before it, the figure and its unit: "tối thiểu 50%"
  TextRange number;  // the figure without words and unit: "50", "10 - 15"
  Comparator comparator = Comparator::kEqual;
  double value = 0;
  std::optional<double> upper;
  std::string unit;  // as printed; "%", "‰", "tỷ đồng"; empty: none known
  UnitKind unit_kind = UnitKind::kNone;
  bool has_verb = false, has_bound = false, has_delta = false;  // which words stand before it
  bool ambiguous = false;                                       // the digits have two readings
};

class FigureWords {
 public:
  static Result<FigureWords> create(const Models& models);

  // The figures in text[in] that have a unit (with_unit_only) or any. Numbers inside dates, document numbers
  // and labels may be among those without a unit. In order, apart. Cost: linear in the passage.
  std::vector<Figure> find(std::string_view text, TextRange in, bool with_unit_only) const;

  // A table cell that states one figure: "Tối thiểu 10", "≥ 3% GDP", "40 - 50", "Trên 95". nullopt: no figure
  // ("-", words), or more than one that is no range.
  std::optional<Figure> read_cell(std::string_view cell) const;

 private:
  struct Word {
    std::string word;
    Comparator comparator = Comparator::kEqual;
    enum class Role : std::uint8_t { kBound, kDelta, kVerb, kHedge } role = Role::kHedge;
  };
  FigureWords(Pattern before, Pattern unit, std::vector<Word> words,
              std::vector<std::pair<std::string, UnitKind>> units);
  bool read_figure(std::string_view text, std::size_t at, std::size_t limit, Figure& figure) const;
  void read_words(std::string_view text, std::size_t from, Figure& figure) const;
  std::size_t read_unit(std::string_view text, std::size_t at, std::size_t limit, Figure& figure) const;
  // "25 tỷ |941 triệu đồng": the lower part of an amount is added to `figure`; where it ends, or `at`: none.
  std::size_t read_lower_part(std::string_view text, std::size_t at, std::size_t limit, Figure& figure) const;
  // False: no unit begins at `at`; no word of `words_` ends before `at`. Spares most questions to the
  // patterns.
  bool may_begin_unit(std::string_view text, std::size_t at) const;
  bool may_end_word(std::string_view text, std::size_t at) const;

  Pattern before_;                                       // words that end where the figure begins
  Pattern unit_;                                         // a unit at exactly a place
  std::vector<Word> words_;                              // longest first
  std::vector<std::pair<std::string, UnitKind>> units_;  // longest first, lower case
  std::bitset<256> unit_first_;                          // first bytes of units, of both cases
  std::vector<std::u32string> word_ends_;                // the last two letters of each of `words_`
};

}  // namespace vanban

#endif  // VANBAN_SRC_EXTRACT_FIGURE_WORDS_H_
