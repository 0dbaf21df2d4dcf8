#include "lexicon/relaxed_expression.h"

#include <algorithm>
#include <utility>

#include "vanban/lexicon/scan.h"

namespace vanban::lexicon {
namespace {

class Relaxer {
 public:
  explicit Relaxer(std::string_view expression) : in_(expression) {}

  RelaxedExpression relax() {
    for (; at_ < in_.size(); ++at_) step();
    for (const RelaxedExpression::Gap& gap : out_.gaps) {
      out_.narrowest = out_.narrowest == 0 ? gap.most : std::min(out_.narrowest, gap.most);
    }
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kWide = 12;
  static constexpr std::size_t kNone = std::string::npos;

  void step() {
    const char c = in_[at_];
    if (c == '\\' && at_ + 1 < in_.size()) {
      out_.expression.append(in_, at_++, 2);
      if (!in_class_) set_ = kNone;
      return;
    }
    if (in_class_) {  // nobody here writes "[]]" or "[[:alpha:]]"
      in_class_ = c != ']';
    } else if (c == '{' && set_ != kNone && take_gap()) {
      return;
    } else if (c == '[' || c == '.') {
      in_class_ = c == '[';
      set_ = out_.expression.size();
    } else {
      set_ = kNone;
      if (c == '(') open();
      if (c == ')') close();
    }
    out_.expression += c;
  }

  // "{0,90}" behind a class or ".", which take exactly one character.
  bool take_gap() {
    std::size_t at = at_ + 1, most = 0;
    while (at < in_.size() && is_digit(in_[at])) ++at;
    const std::size_t comma = at;
    if (at >= in_.size() || in_[at] != ',') return false;
    for (++at; at < in_.size() && is_digit(in_[at]) && most < 10'000; ++at) {
      most = most * 10 + static_cast<std::size_t>(in_[at] - '0');
    }
    if (at >= in_.size() || in_[at] != '}' || most < kWide) return false;
    out_.expression.insert(set_, 1, '(');
    out_.expression.append(in_, at_, comma + 1 - at_);
    out_.expression += '}';
    if (at + 1 < in_.size() && in_[at + 1] == '?') out_.expression += in_[++at];
    out_.expression += ')';
    out_.gaps.push_back({++captures_, most});
    set_ = kNone;
    at_ = at;
    return true;
  }

  void open() {
    gaps_before_.push_back(out_.gaps.size());
    if (in_.substr(at_, 2) == "(?" && in_.substr(at_, 3) != "(?P") return;
    out_.groups.push_back(++captures_);
  }
  void close() {
    if (gaps_before_.empty()) return;
    const char next = at_ + 1 < in_.size() ? in_[at_ + 1] : ' ';
    if ((next == '*' || next == '+' || next == '{') && out_.gaps.size() > gaps_before_.back()) {
      out_.repeated = true;
    }
    gaps_before_.pop_back();
  }

  std::string_view in_;
  std::size_t at_ = 0;
  RelaxedExpression out_;
  int captures_ = 0;
  bool in_class_ = false;
  std::size_t set_ = kNone;               // where in the new expression the class before `at_` begins
  std::vector<std::size_t> gaps_before_;  // of each open bracket
};

}  // namespace

RelaxedExpression relax(std::string_view expression) { return Relaxer(expression).relax(); }

}  // namespace vanban::lexicon
