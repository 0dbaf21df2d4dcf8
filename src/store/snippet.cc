#include "store/snippet.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "vanban/base/utf8.h"

namespace vanban::store {
namespace {

constexpr std::size_t kMostText = 4u << 20;
constexpr std::size_t kWords = 30;
constexpr std::size_t kWordsBefore = 6;  // of context before the first mark
constexpr std::size_t kMostBytes = 600;
constexpr std::string_view kCut = "…";

struct Match {
  std::size_t first, last;  // word indexes, `last` included
  std::size_t term;
};

bool matches(const WordKeys& keys, const std::string& wanted, bool prefix) {
  if (!prefix) return keys.folded == wanted || keys.toned == wanted;
  return keys.folded.compare(0, wanted.size(), wanted) == 0 ||
         keys.toned.compare(0, wanted.size(), wanted) == 0;
}

// Does `term` stand at word `at`? Words of a number in another spelling are not looked for: the number is
// then found in its own field.
bool stands_at(std::string_view text, const std::vector<TextRange>& words, std::size_t at, const Term& term,
               WordKeyCache& cache) {
  if (at + term.words.size() > words.size()) return false;
  for (std::size_t i = 0; i < term.words.size(); ++i) {
    const bool prefix = term.prefix && i + 1 == term.words.size();
    if (!matches(cache.of(words[at + i].of(text)), term.words[i], prefix)) return false;
  }
  return true;
}

std::vector<Match> find_matches(std::string_view text, const std::vector<TextRange>& words,
                                const std::vector<Term>& terms, WordKeyCache& cache) {
  // Terms by their first word, so that most words of the text cost one look-up; beginnings of words are tried
  // one by one.
  std::unordered_multimap<std::string, std::size_t> by_first;
  std::vector<std::size_t> by_prefix;
  for (std::size_t t = 0; t < terms.size(); ++t) {
    if (terms[t].words.empty()) continue;
    if (terms[t].prefix && terms[t].words.size() == 1)
      by_prefix.push_back(t);
    else
      by_first.emplace(terms[t].words.front(), t);
  }
  std::vector<Match> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const WordKeys keys = cache.of(words[i].of(text));
    const auto try_all = [&](const std::string& key) {
      const auto [from, to] = by_first.equal_range(key);
      for (auto it = from; it != to; ++it) {
        const Term& term = terms[it->second];
        if (stands_at(text, words, i, term, cache))
          found.push_back({i, i + term.words.size() - 1, it->second});
      }
    };
    try_all(keys.folded);
    if (keys.toned != keys.folded) try_all(keys.toned);
    for (const std::size_t t : by_prefix) {
      if (matches(keys, terms[t].words.front(), true)) found.push_back({i, i, t});
    }
  }
  return found;
}

// The match at which the window with the most different terms begins; the earliest of equals.
std::size_t best_start(const std::vector<Match>& found) {
  std::size_t best = 0, best_terms = 0, best_count = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::set<std::size_t> seen;
    std::size_t count = 0;
    for (std::size_t j = i; j < found.size() && found[j].last < found[i].first + kWords - kWordsBefore; ++j) {
      seen.insert(found[j].term);
      if (++count > 4 * kWords) break;
    }
    if (seen.size() > best_terms || (seen.size() == best_terms && count > best_count + 2)) {
      best = i;
      best_terms = seen.size();
      best_count = count;
    }
  }
  return best;
}

}  // namespace

Snippet make_snippet(std::string_view text, const std::vector<Term>& terms, WordKeyCache& cache) {
  text = text.substr(0, kMostText);
  std::vector<TextRange> words;
  std::size_t at = 0;
  TextRange where;
  while (next_word(text, at, where)) words.push_back(where);
  Snippet snippet;
  if (words.empty()) return snippet;

  const std::vector<Match> found = find_matches(text, words, terms, cache);
  std::size_t first = 0;
  if (!found.empty()) {
    const std::size_t start = found[best_start(found)].first;
    first = start > kWordsBefore ? start - kWordsBefore : 0;
    if (first + kWords > words.size()) first = words.size() > kWords ? words.size() - kWords : 0;
  }
  std::size_t last = std::min(first + kWords, words.size()) - 1;
  while (last > first && words[last].end - words[first].begin > kMostBytes) --last;

  TextRange cut{words[first].begin, words[last].end};
  if (first == 0) cut.begin = 0;
  while (cut.begin < words[first].begin && (text[cut.begin] == ' ' || text[cut.begin] == '\n')) ++cut.begin;
  if (words[first].begin - cut.begin > 16) cut.begin = words[first].begin;
  while (cut.end < text.size() && cut.end < words[last].end + 8 && text[cut.end] != ' ' &&
         text[cut.end] != '\n' && (last + 1 == words.size() || cut.end < words[last + 1].begin)) {
    ++cut.end;  // the punctuation behind the last word
  }
  if (cut.size() > 2 * kMostBytes) cut.end = cut.begin + 2 * kMostBytes;
  while (cut.end > cut.begin && cut.end < text.size() &&
         (static_cast<unsigned char>(text[cut.end]) & 0xC0) == 0x80) {
    --cut.end;
  }

  snippet.begin = cut.begin;
  if (first > 0) snippet.text = std::string(kCut) + " ";
  const std::size_t shift = snippet.text.size();
  for (const char c : cut.of(text)) snippet.text += c == '\n' || c == '\t' ? ' ' : c;
  if (last + 1 < words.size()) snippet.text += " " + std::string(kCut);

  for (const Match& match : found) {
    if (match.first < first || match.last > last) continue;
    TextRange mark{words[match.first].begin, words[match.last].end};
    if (mark.begin < cut.begin || mark.end > cut.end) continue;
    mark = {mark.begin - cut.begin + shift, mark.end - cut.begin + shift};
    if (!snippet.marks.empty() && mark.begin < snippet.marks.back().end) {
      snippet.marks.back().end = std::max(snippet.marks.back().end, mark.end);
    } else {
      snippet.marks.push_back(mark);
    }
  }
  return snippet;
}

}  // namespace vanban::store
