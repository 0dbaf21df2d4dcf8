#include "parse/body_names.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "parse/lines.h"
#include "vanban/normalise/text.h"

namespace vanban::parse {
namespace {

constexpr std::size_t kMostWords = 24, kShortestKey = 5;

std::string letters_of(std::string_view text) {
  std::string key = fold(text);
  key.erase(std::remove_if(key.begin(), key.end(),
                           [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); }),
            key.end());
  return key;
}

void add(std::map<std::string, std::string, std::less<>>& names, const std::string& name) {
  const auto [at, fresh] = names.emplace(letters_of(name), name);
  if (!fresh && at->second != name) at->second.clear();
}

}  // namespace

Result<BodyNames> BodyNames::create(const Models& models) {
  BodyNames names;
  const auto bodies = models.table("agencies");
  if (!bodies) return bodies.error();
  const auto name = (*bodies)->column("name"), kind = (*bodies)->column("kind");
  if (!name) return name.error();
  if (!kind) return kind.error();
  for (const auto& row : (*bodies)->rows) {
    if (row[*kind] == "title" || row[*kind] == "not-a-body" || letters_of(row[*name]).size() < kShortestKey)
      continue;
    add(names.bodies_, to_upper(row[*name]));
  }
  const auto provinces = models.table("provinces");
  if (!provinces) return provinces.error();
  const auto place = (*provinces)->column("name");
  if (!place) return place.error();
  for (const auto& row : (*provinces)->rows) add(names.provinces_, row[*place]);
  return names;
}

std::string BodyNames::mended(std::string_view printed, const Agencies& agencies) const {
  // "UBNDTỈNH PHÚ THỌ.........." : the space is lost, and the rule under the name reads as stops.
  std::string line(without_end(printed, "._~ "));
  for (const std::string_view body : {"UBND", "HĐND"}) {
    if (line.size() > body.size() && line.starts_with(body) && line[body.size()] != ' ' &&
        upper_case(std::string_view(line).substr(body.size())) && !is_rule(line.substr(body.size(), 1)))
      line.insert(body.size(), " ");
  }
  const std::vector<std::string_view> words = words_of(line);
  if (words.empty() || words.size() > kMostWords || !upper_case(line)) return {};
  const auto span = [&](std::size_t begin, std::size_t end) {
    const char* first = words[begin].data();
    const std::string_view last = words[end - 1];
    return without_end(std::string_view(first, static_cast<std::size_t>(last.data() + last.size() - first)),
                       ".,-");
  };
  std::vector<std::string> out;
  bool changed = line != printed;
  for (std::size_t begin = 0; begin < words.size();) {
    std::size_t taken = 0;
    for (std::size_t end = words.size(); end > begin && taken == 0; --end) {
      const std::string_view read = span(begin, end);
      const auto known = bodies_.find(letters_of(read));
      if (known == bodies_.end()) continue;
      taken = end - begin;
      const bool right = known->second.empty() || comparison_key(known->second) == comparison_key(read) ||
                         !agencies.resolve(read).empty();
      out.emplace_back(right ? read : std::string_view(known->second));
      changed = changed || !right;
    }
    if (taken == 0) out.emplace_back(words[begin]);
    begin += std::max<std::size_t>(taken, 1);
  }
  if (!changed) return {};
  std::string mended;
  for (const std::string& one : out) (mended += mended.empty() ? "" : " ") += one;
  return mended;
}

std::string BodyNames::mended_place(std::string_view place) const {
  static constexpr std::array<std::string_view, 4> kKinds = {"", "Thành phố ", "Tỉnh ", "TP. "};
  const std::vector<std::string_view> words = words_of(place);
  for (const std::string_view kind : kKinds) {
    const std::size_t count = word_count(kind);
    if (count >= words.size()) continue;
    const std::string_view rest = place.substr(static_cast<std::size_t>(words[count].data() - place.data()));
    const std::string_view before = trim(place.substr(0, place.size() - rest.size()));
    if (letters_of(before) != letters_of(kind)) continue;
    const auto known = provinces_.find(letters_of(rest));
    if (known == provinces_.end() || known->second.empty()) continue;
    // Read right, in whatever case and style.
    if (to_lower(rest) == to_lower(known->second) && to_lower(before) == to_lower(trim(kind))) return {};
    std::string mended(kind);
    mended += known->second;
    return mended;
  }
  return {};
}

}  // namespace vanban::parse
