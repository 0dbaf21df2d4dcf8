#include "vanban/lexicon/pattern.h"

#include <re2/re2.h>

#include <cassert>

namespace vanban {

struct Pattern::Impl {
  Impl(const std::string& expression, const RE2::Options& options) : regex(expression, options) {}
  RE2 regex;
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

namespace {

bool run(const RE2& regex, std::string_view text, std::size_t from, RE2::Anchor anchor, std::vector<TextRange>& groups) {
  const int count = regex.NumberOfCapturingGroups() + 1;
  constexpr int kInline = 16;
  re2::StringPiece few[kInline];
  std::vector<re2::StringPiece> many;
  re2::StringPiece* found = few;
  if (count > kInline) {
    many.resize(static_cast<std::size_t>(count));
    found = many.data();
  }
  const re2::StringPiece piece(text.data(), text.size());
  if (from > text.size() || !regex.Match(piece, from, text.size(), anchor, found, count)) return false;
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

}  // namespace

bool Pattern::find(std::string_view text, std::size_t from, std::vector<TextRange>& groups) const {
  return run(impl_->regex, text, from, RE2::UNANCHORED, groups);
}

bool Pattern::match_at(std::string_view text, std::size_t at, std::vector<TextRange>& groups) const {
  return run(impl_->regex, text, at, RE2::ANCHOR_START, groups);
}

bool Pattern::found_in(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), impl_->regex);
}

std::size_t Pattern::group_count() const { return static_cast<std::size_t>(impl_->regex.NumberOfCapturingGroups()); }

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
