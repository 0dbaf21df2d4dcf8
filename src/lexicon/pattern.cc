#include "vanban/lexicon/pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <mutex>
#include <optional>

#include "lexicon/needed_words.h"
#include "lexicon/relaxed_expression.h"
#include "lexicon/word_scan.h"
#include "vanban/base/utf8.h"

namespace vanban {

namespace {

// A pattern as RE2 has it. Compiling takes a millisecond, so it waits for the first text that may match.
class Compiled {
 public:
  Compiled(const std::string& expression, bool case_sensitive)
      : regex(expression, options(case_sensitive)), shape_(lexicon::relax(expression)) {
    if (shape_.gaps.empty()) return;
    relaxed_.emplace(shape_.expression, options(case_sensitive));
    if (!relaxed_->ok()) relaxed_.reset();
  }

  // Whether there is a match; fills found[0, count).
  bool match(std::string_view text, std::size_t from, RE2::Anchor anchor, re2::StringPiece* found,
             int count) const {
    const re2::StringPiece piece(text.data(), text.size());
    if (!relaxed_) return regex.Match(piece, from, text.size(), anchor, found, count);
    // Both prefer the same way, and the expression has no match that the relaxed one has not: where the
    // relaxed one's keeps within the bounds, it is the expression's own, group for group.
    re2::StringPiece whole;
    if (!relaxed_->Match(piece, from, text.size(), anchor, &whole, 1)) return false;
    const bool narrow = length(whole) <= shape_.narrowest;
    if (narrow && count <= 1) {
      if (count == 1) found[0] = whole;
      return true;
    }
    if (narrow || !shape_.repeated) {
      std::array<re2::StringPiece, kMostGroups> groups;
      const int needed_groups = relaxed_->NumberOfCapturingGroups() + 1;
      if (needed_groups <= kMostGroups) {
        relaxed_->Match(piece, from, text.size(), anchor, groups.data(), needed_groups);
        const bool kept = std::all_of(
            shape_.gaps.begin(), shape_.gaps.end(), [&](const lexicon::RelaxedExpression::Gap& gap) {
              return length(groups[static_cast<std::size_t>(gap.group)]) <= gap.most;
            });
        if (narrow || kept) {
          for (int i = 0; i < count; ++i) {
            found[i] = groups[static_cast<std::size_t>(shape_.groups[static_cast<std::size_t>(i)])];
          }
          return true;
        }
      }
    }
    return regex.Match(piece, from, text.size(), anchor, found, count);
  }

  const RE2 regex;

 private:
  static constexpr int kMostGroups = 24;
  static std::size_t length(re2::StringPiece piece) {
    return count_code_points({piece.data(), piece.size()});
  }
  static RE2::Options options(bool case_sensitive) {
    RE2::Options out;
    out.set_case_sensitive(case_sensitive);
    out.set_log_errors(false);
    return out;
  }

  lexicon::RelaxedExpression shape_;
  std::optional<RE2> relaxed_;
};

}  // namespace

struct PatternScan::Impl {
  std::string_view text;
  const lexicon::WordScan& words;
  std::shared_ptr<const lexicon::WordScan::Found> found;
  const Impl* before;  // that it stands for while it lives

  // Whether `part` is a view into the text, asked about words that this pass looked for.
  bool holds(std::string_view part, const lexicon::WordScan& of) const {
    return &words == &of && part.data() >= text.data() &&
           part.data() + part.size() <= text.data() + text.size();
  }

  static thread_local const Impl* current;
};
thread_local const PatternScan::Impl* PatternScan::Impl::current = nullptr;

struct Pattern::Impl {
  Impl(std::string expression_in, bool case_sensitive_in)
      : expression(std::move(expression_in)), case_sensitive(case_sensitive_in) {}

  const Compiled& compiled() const {
    std::call_once(once_, [this] { compiled_.emplace(expression, case_sensitive); });
    return *compiled_;
  }

  // Where a match in text[from, …) may begin at the earliest: RE2 is asked from there on only. npos: no match
  // of the pattern can stand there.
  std::size_t may_begin(std::string_view text, std::size_t from, RE2::Anchor anchor) const {
    constexpr std::size_t kNowhere = std::string_view::npos;
    if (from > text.size()) return kNowhere;
    if (words == nullptr) return from;
    const bool fixed = anchor == RE2::ANCHOR_START || anchored;
    const PatternScan::Impl* scan = PatternScan::Impl::current;
    if (scan == nullptr || !scan->holds(text, *words)) {
      // Where the beginning is fixed, RE2 itself sees soon enough that nothing begins there.
      return fixed || words->found_in(text.substr(from), list) ? from : kNowhere;
    }
    const auto at = static_cast<std::size_t>(text.data() - scan->text.data());
    const std::size_t word = scan->found->first(list, at + from, at + text.size());
    if (word == kNowhere) return kNowhere;
    if (word - at - from <= reach) return from;
    if (fixed) return kNowhere;
    std::size_t begin = word - at - reach;
    while (begin > from && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    return begin;
  }
  // Whether a match of any part of the text is possible.
  bool needed_in(std::string_view text) const {
    if (words == nullptr) return true;
    const PatternScan::Impl* scan = PatternScan::Impl::current;
    if (scan == nullptr || !scan->holds(text, *words)) return words->found_in(text, list);
    const auto at = static_cast<std::size_t>(text.data() - scan->text.data());
    return scan->found->any(list, at, at + text.size());
  }
  bool match(std::string_view text, std::size_t from, RE2::Anchor anchor) const {
    from = may_begin(text, from, anchor);
    return from != std::string_view::npos && compiled().match(text, from, anchor, nullptr, 0);
  }
  std::optional<TextRange> range(std::string_view text, std::size_t from, RE2::Anchor anchor) const {
    re2::StringPiece whole;
    from = may_begin(text, from, anchor);
    if (from == std::string_view::npos || !compiled().match(text, from, anchor, &whole, 1))
      return std::nullopt;
    const auto begin = static_cast<std::size_t>(whole.data() - text.data());
    return TextRange{begin, begin + whole.size()};
  }
  // groups[i]: the i-th group.
  bool match(std::string_view text, std::size_t from, RE2::Anchor anchor,
             std::vector<TextRange>& groups) const {
    from = may_begin(text, from, anchor);
    if (from == std::string_view::npos) return false;
    const int count = compiled().regex.NumberOfCapturingGroups() + 1;
    constexpr int kInline = 16;
    re2::StringPiece few[kInline];
    std::vector<re2::StringPiece> many;
    re2::StringPiece* found = few;
    if (count > kInline) {
      many.resize(static_cast<std::size_t>(count));
      found = many.data();
    }
    if (!compiled().match(text, from, anchor, found, count)) return false;
    groups.clear();
    for (int i = 0; i < count; ++i) {
      if (found[i].data() == nullptr) {
        groups.push_back({std::string_view::npos, std::string_view::npos});
      } else {
        const auto begin = static_cast<std::size_t>(found[i].data() - text.data());
        groups.push_back({begin, begin + found[i].size()});
      }
    }
    return true;
  }

  std::string expression;
  bool case_sensitive;
  const lexicon::WordScan* words = nullptr;  // of the table that the pattern stands in, which owns it
  std::size_t list = 0;                      // its place there
  std::size_t reach = lexicon::NeededWords::kAnywhere;  // as needed_words has it
  bool anchored = false;

 private:
  mutable std::once_flag once_;
  mutable std::optional<Compiled> compiled_;
};

Pattern::Pattern(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::compile(const std::string& expression, bool case_sensitive) {
  auto impl = std::make_unique<Impl>(expression, case_sensitive);
  // What needed_words can read, RE2 can.
  if (!lexicon::needed_words(expression) && !impl->compiled().regex.ok()) {
    return make_error(ErrorCode::kBadTable, impl->compiled().regex.error() + " in pattern: " + expression);
  }
  return Pattern(std::move(impl));
}

bool Pattern::find(std::string_view text, std::size_t from, std::vector<TextRange>& groups) const {
  return impl_->match(text, from, RE2::UNANCHORED, groups);
}

bool Pattern::match_at(std::string_view text, std::size_t at, std::vector<TextRange>& groups) const {
  return impl_->match(text, at, RE2::ANCHOR_START, groups);
}

std::optional<TextRange> Pattern::range_of(std::string_view text, std::size_t from) const {
  return impl_->range(text, from, RE2::UNANCHORED);
}

std::optional<TextRange> Pattern::range_at(std::string_view text, std::size_t at) const {
  return impl_->range(text, at, RE2::ANCHOR_START);
}

bool Pattern::matches_at(std::string_view text, std::size_t at) const {
  return impl_->match(text, at, RE2::ANCHOR_START);
}

bool Pattern::found_in(std::string_view text) const { return impl_->match(text, 0, RE2::UNANCHORED); }

bool Pattern::may_stand_in(std::string_view text) const { return impl_->needed_in(text); }

std::size_t Pattern::group_count() const {
  return static_cast<std::size_t>(impl_->compiled().regex.NumberOfCapturingGroups());
}

std::size_t Pattern::group(std::string_view name) const {
  const auto& names = impl_->compiled().regex.NamedCapturingGroups();
  const auto found = names.find(std::string(name));
  return found == names.end() ? std::string_view::npos : static_cast<std::size_t>(found->second);
}

PatternTable::PatternTable() = default;
PatternTable::PatternTable(PatternTable&&) noexcept = default;
PatternTable& PatternTable::operator=(PatternTable&&) noexcept = default;
PatternTable::~PatternTable() = default;

Result<PatternTable> PatternTable::load(const Models& models, std::string_view name) {
  const Result<const ModelTable*> table = models.table(name);
  if (!table) return table.error();
  PatternTable out;
  const ModelTable& rows = **table;
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    Result<Pattern> pattern = Pattern::compile(rows.at(i, "pattern"));
    if (!pattern) {
      return make_error(ErrorCode::kBadTable,
                        rows.file + ":" + std::to_string(rows.lines[i]) + ": " + pattern.error().message);
    }
    out.patterns_.emplace(rows.at(i, "name"), std::move(*pattern));
  }
  std::size_t slots = 1;
  while (slots < out.patterns_.size() * 4) slots *= 2;
  out.by_name_.resize(slots);
  for (const auto& [key, pattern] : out.patterns_) {
    const std::uint64_t hash = PatternName(key).hash();
    std::size_t slot = hash & (slots - 1);
    while (out.by_name_[slot].pattern != nullptr) slot = (slot + 1) & (slots - 1);
    out.by_name_[slot] = {hash, &pattern};
  }
  join({&out});
  return out;
}

void PatternTable::join(const std::vector<PatternTable*>& tables) {
  std::vector<std::vector<std::string>> needed;
  for (PatternTable* table : tables) {
    for (auto& [name, pattern] : table->patterns_) {
      pattern.impl_->list = needed.size();
      auto own = lexicon::needed_words(pattern.impl_->expression).value_or(lexicon::NeededWords());
      pattern.impl_->reach = own.reach;
      pattern.impl_->anchored = own.anchored;
      needed.push_back(std::move(own.words));
    }
  }
  const auto words = std::make_shared<const lexicon::WordScan>(needed);
  for (PatternTable* table : tables) {
    table->words_ = words;
    for (auto& [name, pattern] : table->patterns_) pattern.impl_->words = words.get();
  }
}

PatternScan::PatternScan(const PatternTable& table, std::string_view text) {
  using Found = lexicon::WordScan::Found;
  const Impl* const before = Impl::current;
  std::shared_ptr<const Found> found;
  if (before == nullptr || &before->words != table.words_.get() || before->text.size() != text.size()) {
    found = std::make_shared<const Found>(*table.words_, text);
  } else if (before->text == text) {
    found = before->found;
  } else {  // a text without its footnote marks differs in some bytes
    found = std::make_shared<const Found>(*table.words_, text, before->found, before->text);
  }
  impl_.reset(new Impl{text, *table.words_, std::move(found), before});
  Impl::current = impl_.get();
}
PatternScan::~PatternScan() { Impl::current = impl_->before; }

const Pattern& PatternTable::at(PatternName name) const {
  std::size_t slot = name.hash() & (by_name_.size() - 1);
  while (by_name_[slot].hash != name.hash() && by_name_[slot].pattern != nullptr)
    slot = (slot + 1) & (by_name_.size() - 1);
  assert(by_name_[slot].pattern != nullptr);
  return *by_name_[slot].pattern;
}

}  // namespace vanban
