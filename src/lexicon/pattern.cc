#include "vanban/lexicon/pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

#include "lexicon/relaxed_expression.h"
#include "vanban/base/utf8.h"

namespace vanban {

struct Pattern::Impl {
  Impl(const std::string& expression, const RE2::Options& options) : regex(expression, options) {
    shape = lexicon::relax(expression);
    if (shape.gaps.empty()) return;
    relaxed.emplace(shape.expression, options);
    if (!relaxed->ok()) relaxed.reset();
  }

  // Whether there is a match; fills found[0, count).
  bool match(std::string_view text, std::size_t from, RE2::Anchor anchor, re2::StringPiece* found,
             int count) const {
    if (from > text.size()) return false;
    const re2::StringPiece piece(text.data(), text.size());
    if (!relaxed) return regex.Match(piece, from, text.size(), anchor, found, count);
    // Both prefer the same way, and the expression has no match that the relaxed one has not: where the
    // relaxed one's keeps within the bounds, it is the expression's own, group for group.
    re2::StringPiece whole;
    if (!relaxed->Match(piece, from, text.size(), anchor, &whole, 1)) return false;
    const bool narrow = length(whole) <= shape.narrowest;
    if (narrow && count <= 1) {
      if (count == 1) found[0] = whole;
      return true;
    }
    if (narrow || !shape.repeated) {
      std::array<re2::StringPiece, kMostGroups> groups;
      const int needed_groups = relaxed->NumberOfCapturingGroups() + 1;
      if (needed_groups <= kMostGroups) {
        relaxed->Match(piece, from, text.size(), anchor, groups.data(), needed_groups);
        const bool kept = std::all_of(
            shape.gaps.begin(), shape.gaps.end(), [&](const lexicon::RelaxedExpression::Gap& gap) {
              return length(groups[static_cast<std::size_t>(gap.group)]) <= gap.most;
            });
        if (narrow || kept) {
          for (int i = 0; i < count; ++i) {
            found[i] = groups[static_cast<std::size_t>(shape.groups[static_cast<std::size_t>(i)])];
          }
          return true;
        }
      }
    }
    return regex.Match(piece, from, text.size(), anchor, found, count);
  }
  // groups[i]: the i-th group.
  bool match(std::string_view text, std::size_t from, RE2::Anchor anchor,
             std::vector<TextRange>& groups) const {
    const int count = regex.NumberOfCapturingGroups() + 1;
    constexpr int kInline = 16;
    re2::StringPiece few[kInline];
    std::vector<re2::StringPiece> many;
    re2::StringPiece* found = few;
    if (count > kInline) {
      many.resize(static_cast<std::size_t>(count));
      found = many.data();
    }
    if (!match(text, from, anchor, found, count)) return false;
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

  static constexpr int kMostGroups = 24;
  static std::size_t length(re2::StringPiece piece) {
    return count_code_points({piece.data(), piece.size()});
  }

  RE2 regex;
  lexicon::RelaxedExpression shape;
  std::optional<RE2> relaxed;
};

Pattern::Pattern(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::compile(const std::string& expression, bool case_sensitive) {
  RE2::Options options;
  options.set_case_sensitive(case_sensitive);
  options.set_log_errors(false);
  auto impl = std::make_unique<Impl>(expression, options);
  if (!impl->regex.ok()) {
    return make_error(ErrorCode::kBadTable, impl->regex.error() + " in pattern: " + expression);
  }
  return Pattern(std::unique_ptr<const Impl>(std::move(impl)));
}

bool Pattern::find(std::string_view text, std::size_t from, std::vector<TextRange>& groups) const {
  return impl_->match(text, from, RE2::UNANCHORED, groups);
}

bool Pattern::match_at(std::string_view text, std::size_t at, std::vector<TextRange>& groups) const {
  return impl_->match(text, at, RE2::ANCHOR_START, groups);
}

bool Pattern::found_in(std::string_view text) const {
  return impl_->match(text, 0, RE2::UNANCHORED, nullptr, 0);
}

std::size_t Pattern::group_count() const {
  return static_cast<std::size_t>(impl_->regex.NumberOfCapturingGroups());
}

std::size_t Pattern::group(std::string_view name) const {
  const auto& names = impl_->regex.NamedCapturingGroups();
  const auto found = names.find(std::string(name));
  return found == names.end() ? std::string_view::npos : static_cast<std::size_t>(found->second);
}

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
  return out;
}

const Pattern& PatternTable::at(std::string_view name) const {
  const auto found = patterns_.find(name);
  assert(found != patterns_.end());
  return found->second;
}

}  // namespace vanban
