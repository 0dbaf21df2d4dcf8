// A regular expression without the upper bounds of its wide gaps: a cheap question asked before the dear one.

#ifndef VANBAN_LEXICON_RELAXED_EXPRESSION_H_
#define VANBAN_LEXICON_RELAXED_EXPRESSION_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::lexicon {

// The expression with the upper bounds of its wide gaps taken away: "[^.;]{0,90}" becomes "([^.;]{0,})". It
// matches wherever the expression does, and has few states where a counted gap has a state for each count, of
// which every text makes RE2 build new ones.
struct RelaxedExpression {
  std::string expression;
  struct Gap {
    int group = 0;         // that holds it
    std::size_t most = 0;  // characters that the expression allows
  };
  std::vector<Gap> gaps;
  std::vector<int> groups{0};  // of each group of the expression: its number here
  std::size_t narrowest = 0;   // the least bound of all gaps
  // A gap inside a repeated group: its group holds the last time only.
  bool repeated = false;
};

// No gap: the expression has none that is wide, and stays as it is.
RelaxedExpression relax(std::string_view expression);

}  // namespace vanban::lexicon

#endif  // VANBAN_LEXICON_RELAXED_EXPRESSION_H_
