#include "vanban/lexicon/pattern.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

#include "vanban/lexicon/scan.h"

namespace vanban {

namespace {

// Words of which a text must hold one, or the pattern cannot match: "trân trọng" for a closing formula. RE2
// tells them. Looking for them costs a fraction of a pattern with a gap ("[^.;]{0,90}"), of which each text
// makes RE2 build new states.
class NeededWords {
 public:
  NeededWords(const std::string& expression, const RE2::Options& options) {
    constexpr int kShortest = 4;  // bytes
    constexpr std::size_t kMost = 20;
    re2::FilteredRE2 filter(kShortest);
    int id = 0;
    std::vector<std::string> words;
    std::vector<int> without_any;
    if (filter.Add(expression, options, &id) != RE2::NoError) return;
    filter.Compile(&words);
    filter.AllPotentials({}, &without_any);
    if (words.empty() || words.size() > kMost || !without_any.empty()) return;
    for (const std::string& word : words) {
      if (!add_beginnings(word)) return;
    }
    words_ = std::move(words);
  }

  // False: there is no match in text[from, end). Words are compared without case, as RE2 gives them in lower
  // case.
  bool may_match(std::string_view text, std::size_t from) const {
    if (words_.empty()) return true;
    for (std::size_t i = from; i + 1 < text.size(); ++i) {
      if (!beginning(text[i], text[i + 1])) continue;
      for (const std::string& word : words_) {
        if (match_words(text, i, word) != 0) return true;
      }
    }
    return false;
  }

 private:
  static std::size_t slot(char first, char second) {
    return (static_cast<unsigned char>(first) * 37u + static_cast<unsigned char>(second)) % 1024u;
  }
  bool beginning(char first, char second) const {
    const std::size_t at = slot(first, second);
    return ((beginnings_[at / 64] >> (at % 64)) & 1) != 0;
  }
  // The letter and its capitals. Only letters whose case `match_words` knows as RE2 does; others: nothing.
  static std::vector<char32_t> cases_of(char32_t c) {
    if (c >= 'a' && c <= 'z') return {c, c - 0x20};
    if (c == ' ') return {' ', '\n', '\t', '\r', 0xA0};
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? std::vector<char32_t>{} : std::vector<char32_t>{c};
    if (c == 0x111) return {c, 0x110, 0xD0};
    if (c == 0x1A1 || c == 0x1B0) return {c, c - 1};
    const bool latin = c >= 0xE0 && c <= 0xFD && c != 0xF0 && c != 0xF7;
    if (latin) return {c, c - 0x20};
    if ((c == 0x103 || c == 0x129 || c == 0x169 || (c >= 0x1EA1 && c <= 0x1EF9)) && c % 2 == 1)
      return {c, c - 1};
    if (c >= 0x2010 && c <= 0x2046) return {c};
    return {};
  }
  bool add_beginnings(const std::string& word) {
    for (std::size_t at = 0; at < word.size();) {
      if (cases_of(decode_utf8(word, at)).empty()) return false;
    }
    std::size_t next = 0;
    for (const char32_t c : cases_of(decode_utf8(word, next))) {
      std::string bytes;
      append_utf8(bytes, c);
      if (bytes.size() > 1) {
        set(bytes[0], bytes[1]);
        continue;
      }
      std::size_t after = next;
      for (const char32_t d : cases_of(decode_utf8(word, after))) {
        std::string more;
        append_utf8(more, d);
        set(bytes[0], more[0]);
      }
    }
    return true;
  }
  void set(char first, char second) {
    const std::size_t at = slot(first, second);
    beginnings_[at / 64] |= std::uint64_t{1} << (at % 64);
  }

  std::vector<std::string> words_;
  std::array<std::uint64_t, 16> beginnings_{};
};

}  // namespace

struct Pattern::Impl {
  Impl(const std::string& expression, const RE2::Options& options) : regex(expression, options) {}
  RE2 regex;
  std::optional<NeededWords> needed;
  bool may_match(std::string_view text, std::size_t from) const {
    return !needed || needed->may_match(text, from);
  }
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
  impl->needed.emplace(expression, options);
  return Pattern(std::unique_ptr<const Impl>(std::move(impl)));
}

namespace {

bool run(const RE2& regex, std::string_view text, std::size_t from, RE2::Anchor anchor,
         std::vector<TextRange>& groups) {
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
  return impl_->may_match(text, from) && run(impl_->regex, text, from, RE2::UNANCHORED, groups);
}

bool Pattern::match_at(std::string_view text, std::size_t at, std::vector<TextRange>& groups) const {
  // At one place most patterns fail at the first letter: looking for words is worth it in short texts only.
  constexpr std::size_t kShort = 200;
  if (text.size() < at + kShort && !impl_->may_match(text, at)) return false;
  return run(impl_->regex, text, at, RE2::ANCHOR_START, groups);
}

bool Pattern::found_in(std::string_view text) const {
  return impl_->may_match(text, 0) &&
         RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), impl_->regex);
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
