#include "parse/person_names.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "parse/lines.h"
#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

constexpr std::size_t kMostGiven = 4, kMostScraps = 3, kLongestLine = 90;

bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
         (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000);
}

// Without signs at both ends.
std::string_view letters_of(std::string_view word) {
  std::size_t begin = word.size(), end = 0;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t from = at;
    if (!is_letter(decode_utf8(word, at))) continue;
    begin = std::min(begin, from);
    end = at;
  }
  return begin < end ? word.substr(begin, end - begin) : std::string_view();
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += decode_utf8(text, at);
  return out;
}

// "Sơn": one capital, small letters behind it, a syllable that Vietnamese can have.
bool is_given_name(std::string_view word) {
  if (word.empty() || !is_possible_syllable(word)) return false;
  std::size_t first = 0;
  decode_utf8(word, first);
  return upper_case(word.substr(0, first)) && to_lower(word.substr(first)) == word.substr(first);
}

// "Glang" -> "Giang": an i that was read as an l. Empty: no i makes it a syllable, or each of two would.
std::string with_i(std::string_view word) {
  std::string only;
  for (std::size_t at = word.find('l'); at != std::string_view::npos; at = word.find('l', at + 1)) {
    std::string other(word);
    other[at] = 'i';
    if (!is_given_name(other)) continue;
    if (!only.empty()) return {};
    only = std::move(other);
  }
  return only;
}

// Not a scrap: a syllable of more than one letter.
bool is_word(std::string_view word) {
  std::size_t first = 0;
  decode_utf8(word, first);
  return first < word.size() && is_possible_syllable(word);
}

// "LêHoàngAnh": bold letters that stand close have no space between the words.
void cut_at_capitals(std::string_view word, std::vector<std::string_view>& words) {
  std::size_t begin = 0;
  bool small = false;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t from = at;
    decode_utf8(word, at);
    const bool capital = upper_case(word.substr(from, at - from));
    if (capital && small) {
      words.push_back(word.substr(begin, from - begin));
      begin = from;
    }
    small = !capital;
  }
  words.push_back(word.substr(begin));
}

// One letter put in, left out or another.
bool differ_by_one(const std::u32string& a, const std::u32string& b) {
  if (a == b) return false;
  const std::u32string &longer = a.size() >= b.size() ? a : b, &other = a.size() >= b.size() ? b : a;
  if (longer.size() - other.size() > 1) return false;
  std::size_t same = 0;
  while (same < other.size() && longer[same] == other[same]) ++same;
  const std::size_t rest = longer.size() == other.size() ? same + 1 : same;
  return other.compare(std::min(rest, other.size()), std::u32string::npos, longer, same + 1,
                       std::u32string::npos) == 0;
}

}  // namespace

Result<FamilyNames> FamilyNames::create(const Models& models) {
  const auto table = models.table("family_names");
  if (!table) return table.error();
  const auto column = (*table)->column("name");
  if (!column) return column.error();
  FamilyNames names;
  for (const auto& row : (*table)->rows) {
    const std::string& name = row[*column];
    const std::string lower = to_lower(name);
    names.lower_.push_back(code_points(lower));
    names.written_.emplace(lower, name);
    names.by_letters_[fold(name)].push_back(lower);
  }
  return names;
}

const std::string& FamilyNames::as_written(const std::u32string& lower) const {
  std::string found;
  for (const char32_t c : lower) append_utf8(found, c);
  return written_.find(found)->second;
}

std::optional<std::string> FamilyNames::family_of(std::string_view word) const {
  constexpr std::size_t kLongEnough = 3;
  const std::string lower = to_lower(word);
  if (const auto known = written_.find(lower); known != written_.end()) return known->second;
  if (const auto alike = by_letters_.find(fold(word)); alike != by_letters_.end()) {
    if (alike->second.size() != 1) return std::nullopt;
    return written_.find(alike->second.front())->second;
  }
  const std::u32string read = code_points(lower);
  if (read.size() < kLongEnough) return std::nullopt;
  const std::u32string* only = nullptr;
  for (const std::u32string& name : lower_) {
    if (name.size() < kLongEnough || !differ_by_one(read, name)) continue;
    if (only != nullptr) return std::nullopt;
    only = &name;
  }
  if (only == nullptr) return std::nullopt;
  return as_written(*only);
}

std::optional<std::string> FamilyNames::family_with_damaged_start(std::string_view word) const {
  constexpr std::size_t kLongEnough = 3;
  const std::u32string read = code_points(to_lower(word));
  const std::u32string* only = nullptr;
  for (const std::u32string& name : lower_) {
    const bool lost = name.size() >= kLongEnough && name.compare(1, std::u32string::npos, read) == 0;
    const bool other = name.size() > kLongEnough && name != read && read.size() == name.size() &&
                       name.compare(1, std::u32string::npos, read, 1, std::u32string::npos) == 0;
    if (!lost && !other) continue;
    if (only != nullptr) return std::nullopt;
    only = &name;
  }
  if (only == nullptr) return std::nullopt;
  return as_written(*only);
}

bool FamilyNames::is_whole(std::string_view line) const {
  constexpr std::size_t kLeastWords = 3;
  const std::optional<std::string> name = mended(line);
  if (!name) return false;
  const std::vector<std::string_view> words = words_of(*name);
  if (words.size() < kLeastWords) return false;
  // The family name was read as it is written, whatever stood around it.
  return line.find(words.front()) != std::string_view::npos;
}

std::optional<std::string> FamilyNames::mended(std::string_view line) const {
  if (line.size() > kLongestLine) return std::nullopt;
  std::vector<std::string_view> words;
  for (const std::string_view word : words_of(line)) {
    const std::string_view letters = letters_of(word);
    if (letters.find_first_of("0123456789/:;,.") != std::string_view::npos) return std::nullopt;
    if (!letters.empty()) cut_at_capitals(letters, words);
  }
  std::deque<std::string> other;  // what words become
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (is_given_name(words[i])) continue;
    if (std::string better = with_i(words[i]); !better.empty())
      words[i] = other.emplace_back(std::move(better));
  }
  const auto given_behind = [&](std::size_t first) {
    const std::size_t count = words.size() - first - 1;
    return count >= 1 && count <= kMostGiven &&
           std::all_of(words.begin() + static_cast<std::ptrdiff_t>(first) + 1, words.end(), is_given_name);
  };
  const auto joined = [&](std::string name, std::size_t first) {
    for (std::size_t i = first + 1; i < words.size(); ++i) (name += ' ') += words[i];
    return name;
  };
  const auto known = [&](std::size_t first) {
    const auto found = written_.find(to_lower(words[first]));
    return found != written_.end() && found->second == words[first];
  };
  if (words.empty()) return std::nullopt;
  if (given_behind(0)) {
    const std::optional<std::string> family =
        starts_upper(words.front()) ? family_of(words.front()) : family_with_damaged_start(words.front());
    if (family) return joined(*family, 0);
  }
  // Scraps of a signature before a family name that was read well; a word that says something is none.
  for (std::size_t first = 1; first < words.size() && first <= kMostScraps && !is_word(words[first - 1]);
       ++first) {
    if (known(first) && given_behind(first)) return joined(std::string(words[first]), first);
  }
  return std::nullopt;
}

}  // namespace vanban::parse
