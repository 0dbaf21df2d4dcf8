#include "parse/signing_titles.h"

#include <algorithm>
#include <utility>

#include "parse/lines.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

constexpr std::size_t kLongestLine = 90;  // bytes
constexpr std::size_t kShortestTitle = 7;

// Costs of what OCR does to a letter.
constexpr int kOtherMark = 1, kOtherLetter = 3;

// Letters alone: their base ('o' of "Ộ"), and as they are in lower case.
std::vector<TitleLetter> letters_of(std::string_view text) {
  std::vector<TitleLetter> letters;
  const std::string lower = to_lower(text);
  for (std::size_t at = 0; at < lower.size();) {
    const std::size_t from = at;
    const char32_t letter = decode_utf8(lower, at);
    const std::string base = fold(std::string_view(lower).substr(from, at - from));
    if (base.size() == 1 && base[0] >= 'a' && base[0] <= 'z') letters.push_back({base[0], letter});
  }
  return letters;
}

int distance(const std::vector<TitleLetter>& a, const std::vector<TitleLetter>& b) {
  std::vector<int> before(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j < b.size(); ++j) before[j + 1] = before[j] + kOtherLetter;
  for (const TitleLetter& letter : a) {
    row[0] = before[0] + kOtherLetter;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const int other = letter.base != b[j].base       ? kOtherLetter
                        : letter.marked != b[j].marked ? kOtherMark
                                                       : 0;
      row[j + 1] = std::min({before[j] + other, before[j + 1] + kOtherLetter, row[j] + kOtherLetter});
    }
    before.swap(row);
  }
  return before[b.size()];
}

bool same_bases(const std::vector<TitleLetter>& a, const std::vector<TitleLetter>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const TitleLetter& x, const TitleLetter& y) { return x.base == y.base; });
}

// Letters with their marks; signs and spaces do not count.
std::string squeezed(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) letters += c;
  }
  return letters;
}

bool is_deputy(std::string_view title) {
  return title.starts_with("PHÓ ") || title.starts_with("THỨ TRƯỞNG");
}

// The line's runs of letters, without marks.
std::vector<std::string> runs_of_letters(std::string_view line) {
  std::vector<std::string> runs;
  bool inside = false;
  for (const char c : fold(line)) {
    const bool letter = c >= 'a' && c <= 'z';
    if (letter && !inside) runs.emplace_back();
    if (letter) runs.back() += c;
    inside = letter;
  }
  return runs;
}

bool all_syllables(std::string_view line) {
  const std::vector<std::string_view> words = words_of(line);
  return std::all_of(words.begin(), words.end(),
                     [](std::string_view word) { return is_possible_syllable(without_end(word, ",.;")); });
}

}  // namespace

Result<SigningTitles> SigningTitles::create(const Models& models) {
  const auto table = models.table("signing_titles");
  if (!table) return table.error();
  const auto name = (*table)->column("name");
  if (!name) return name.error();
  SigningTitles titles;
  for (const auto& row : (*table)->rows) {
    const std::string key = fold(row[*name]);
    titles.titles_.push_back({letters_of(row[*name]), to_upper(row[*name])});
    titles.by_key_.emplace(key, titles.titles_.back().written);
  }
  return titles;
}

std::string SigningTitles::with_marks(std::string_view line) const {
  if (line.size() > 60 || !upper_case(line)) return {};
  const auto found = by_key_.find(fold(without_end(line, ".,-~ ")));
  return found == by_key_.end() ? std::string() : found->second;
}

std::vector<std::string> SigningTitles::buried(std::string_view line) const {
  constexpr std::size_t kMostScraps = 2, kMostWords = 12, kLongestCode = 3, kLongestTitle = 6;
  if (line.size() > kLongestLine) return {};
  const std::vector<std::string> runs = runs_of_letters(line);
  if (runs.size() > kMostWords) return {};
  std::string deputy, chief;
  std::size_t scraps = 0, titles = 0;
  bool stands_in = false;
  for (std::size_t i = 0; i < runs.size();) {
    const std::string* found = nullptr;
    std::size_t length = 0;
    std::string key;
    for (std::size_t k = i; k < runs.size() && k - i < kLongestTitle; ++k) {
      key += (key.empty() ? "" : " ") + runs[k];
      const auto known = by_key_.find(key);
      if (known == by_key_.end() || known->second.find(' ') == std::string::npos) continue;
      found = &known->second;
      length = k - i + 1;
    }
    if (found != nullptr) {
      (is_deputy(*found) ? deputy : chief) = *found;
      ++titles;
      i += length;
      continue;
    }
    const std::string& scrap = runs[i++];
    const bool code = titles == 0 && scrap.back() == 't' && scrap.size() <= kLongestCode;
    // A scrap of two letters may be what is left of "PHÓ".
    if (!code && scrap.size() > 1) return {};
    stands_in = stands_in || code;
    if (++scraps > kMostScraps) return {};
  }
  if (titles == 0 || titles > 2 || (titles == 2 && (deputy.empty() || chief.empty()))) return {};
  if (titles == 1 && scraps == 0) return {};
  std::vector<std::string> lines;
  if (!chief.empty()) lines.push_back(stands_in || !deputy.empty() ? "KT. " + chief : chief);
  if (!deputy.empty()) lines.push_back(deputy);
  return lines;
}

std::string SigningTitles::mended(std::string_view line, bool deputy) const {
  if (line.size() > kLongestLine) return {};
  std::string key = fold(line);
  const std::size_t first = key.find_first_of("abcdefghijklmnopqrstuvwxyz");
  if (first == std::string::npos) return {};
  std::string authority;
  std::string_view rest = line;
  for (const std::string_view code : {"kt", "tl", "tuq"}) {
    if (key.compare(first, code.size(), code) != 0 || first + code.size() >= key.size()) continue;
    const char behind = key[first + code.size()];
    if (behind != '.' && behind != ' ' && behind != ',') continue;
    authority = to_upper(code) + ". ";
    // The code is ASCII: it stands in the line as it does in the key.
    rest = line.substr(std::min(line.find(to_upper(code).substr(0, 1)) + code.size() + 1, line.size()));
    break;
  }
  if (deputy) {
    // "GIÓ CHỦ NHIỆM" behind "KT.": all but the first word is as printed.
    constexpr std::string_view kDeputy = "PHÓ ";
    constexpr std::size_t kLongestScrap = 4;  // letters
    const std::size_t space = rest.find(' ');
    const std::string_view tail = space == std::string_view::npos ? "" : trim(rest.substr(space));
    const auto known = by_key_.find(fold(std::string(kDeputy) + std::string(tail)));
    if (!tail.empty() && known != by_key_.end() &&
        known->second == std::string(kDeputy) + std::string(tail) &&
        letters_of(rest.substr(0, space)).size() <= kLongestScrap && !rest.starts_with(kDeputy))
      return known->second;
  }
  const std::vector<TitleLetter> letters = letters_of(rest);
  constexpr int kFar = 1000;
  const Title* best = nullptr;
  int least = kFar, second = kFar;
  for (const Title& title : titles_) {
    if (title.letters.size() < kShortestTitle || (deputy && !is_deputy(title.written))) continue;
    const int apart = distance(letters, title.letters);
    if (apart < least) {
      second = std::exchange(least, apart);
      best = &title;
    } else {
      second = std::min(second, apart);
    }
  }
  if (best == nullptr || second < least + kOtherLetter) return {};
  if (all_syllables(trim(rest))) {
    const bool only_marks = same_bases(letters, best->letters);
    if (!only_marks && !(deputy && least <= kOtherLetter + kOtherMark)) return {};
  }
  if (4 * least > kOtherLetter * static_cast<int>(best->letters.size())) return {};
  std::string mended = authority + best->written;
  return squeezed(mended) == squeezed(line) ? std::string() : mended;
}

}  // namespace vanban::parse
