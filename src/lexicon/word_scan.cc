#include "lexicon/word_scan.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <map>
#include <utility>

#include "lexicon/needed_words.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace vanban::lexicon {
namespace {

constexpr std::size_t kWidest = 8;            // bytes that are looked at at once
constexpr std::size_t kShortText = 400;       // bytes; there are some thousand lists
constexpr std::size_t kBehind = 2 * kWidest;  // zero bytes behind a folded text

// Two letters whose lower case is one of ASCII: the sign of Kelvin and the long s. Of a text that has them
// nothing is told.
bool has_odd_letters(std::string_view text) {
  return text.find("\xC5\xBF") != std::string_view::npos ||
         text.find("\xE2\x84\xAA") != std::string_view::npos;
}

constexpr bool is_space(unsigned char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

// One byte for both cases of a letter, told from the byte and the one before: upper and lower case of a
// Vietnamese letter have as many bytes and differ in the last. What else becomes one byte does no harm.
class Folding {
 public:
  constexpr Folding() {
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      for (std::size_t byte = 0; byte < 256; ++byte) folded_[kind * 256 + byte] = fold(kind, byte);
    }
    rows_[0xC3] = 256;
    rows_[0xC4] = rows_[0xC5] = rows_[0xBA] = rows_[0xBB] = 2 * 256;
    rows_[0xC6] = 3 * 256;
  }
  // `row`: 0 for the first byte of a text, then row_behind the byte before.
  constexpr unsigned char operator()(std::size_t row, unsigned char byte) const {
    return folded_[row + byte];
  }
  constexpr std::size_t row_behind(unsigned char byte) const { return rows_[byte]; }

 private:
  static constexpr std::size_t kKinds = 4;
  static constexpr unsigned char fold(std::size_t kind, std::size_t byte) {
    if (is_space(static_cast<unsigned char>(byte))) return ' ';
    if (byte >= 'A' && byte <= 'Z') return static_cast<unsigned char>(byte + 0x20);
    if (byte < 0x80 || byte >= 0xC0) return static_cast<unsigned char>(byte);
    if (kind == 1) return static_cast<unsigned char>(byte | 0x20);  // À 80, à A0
    if (kind == 2) return static_cast<unsigned char>(byte | 1);     // Ă 82, ă 83
    if (kind == 3)
      return byte == 0xA0 ? 0xA1 : byte == 0xAF ? 0xB0 : static_cast<unsigned char>(byte);  // Ơ, Ư
    return static_cast<unsigned char>(byte);
  }
  std::array<unsigned char, kKinds * 256> folded_{};
  std::array<std::uint16_t, 256> rows_{};  // where the bytes behind such a one stand in folded_
};
constexpr Folding kFolding;

// A text folded: one space for each run of white space, and kBehind zero bytes behind it.
class FoldedText {
 public:
  explicit FoldedText(std::string_view text) {
    if (text.size() + kBehind > few_.size()) many_.reset(new char[text.size() + kBehind]);
    char* const begin = many_ ? many_.get() : few_.data();
    char* to = begin;
    unsigned char last = 0;  // folded
    for (std::size_t at = 0; at < text.size();) {
#ifdef __SSE2__
      if (at > 0 && at + 16 <= text.size() && fold_sixteen(text.data() + at, last == ' ', to)) {
        at += 16;
        to += 16;
        last = static_cast<unsigned char>(to[-1]);
        continue;
      }
#endif
      // Byte by byte, as far as the next sixteen are told at once.
      const std::size_t stop = std::min(text.size(), at + 16);
      std::size_t row = at > 0 ? kFolding.row_behind(static_cast<unsigned char>(text[at - 1])) : 0;
      for (; at < stop; ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const unsigned char one = kFolding(row, byte);
        row = kFolding.row_behind(byte);
        if (one == ' ' && last == ' ') {
          left_out.push_back(static_cast<std::size_t>(to - begin));
        } else {
          *to++ = static_cast<char>(one);
        }
        last = one;
      }
    }
    std::memset(to, 0, kBehind);
    bytes = begin;
    size = static_cast<std::size_t>(to - begin);
  }
  FoldedText(const FoldedText&) = delete;
  FoldedText& operator=(const FoldedText&) = delete;

  std::string_view view() const { return {bytes, size}; }

  const char* bytes = nullptr;
  std::size_t size = 0;               // without the zero bytes
  std::vector<std::size_t> left_out;  // offsets in `bytes` before which a byte of the text was left out

 private:
#ifdef __SSE2__
  // Folds sixteen bytes, as kFolding does each; a byte stands before them. False: two blanks in a row.
  static bool fold_sixteen(const char* bytes, bool behind_blank, char* to) {
    const auto all = [](int byte) { return _mm_set1_epi8(static_cast<char>(byte)); };
    const auto load = [](const char* from) {
      return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    };
    const auto within = [&](__m128i block, int first, int past) {  // of ASCII
      return _mm_and_si128(_mm_cmpgt_epi8(block, all(first - 1)), _mm_cmplt_epi8(block, all(past)));
    };
    __m128i block = load(bytes);
    const __m128i blanks = _mm_or_si128(_mm_cmpeq_epi8(block, all(' ')), within(block, '\t', '\r' + 1));
    const auto blank = static_cast<unsigned>(_mm_movemask_epi8(blanks));
    if ((blank & (blank << 1 | unsigned{behind_blank})) != 0) return false;
    const __m128i capitals = within(block, 'A', 'Z' + 1);
    __m128i added = _mm_and_si128(capitals, all(0x20));
    if (_mm_movemask_epi8(block) != 0) {
      const __m128i before = load(bytes - 1);
      const auto behind = [&](int byte) { return _mm_cmpeq_epi8(before, all(byte)); };
      const __m128i tails = _mm_cmplt_epi8(block, all(0xC0));  // 80 to BF, as signed numbers
      const __m128i one =
          _mm_and_si128(tails, _mm_or_si128(_mm_cmpeq_epi8(_mm_and_si128(before, all(0xFE)), all(0xC4)),
                                            _mm_cmpeq_epi8(_mm_and_si128(before, all(0xFE)), all(0xBA))));
      const __m128i horn = _mm_and_si128(
          behind(0xC6), _mm_or_si128(_mm_cmpeq_epi8(block, all(0xA0)), _mm_cmpeq_epi8(block, all(0xAF))));
      block = _mm_or_si128(block, _mm_and_si128(one, all(1)));
      block = _mm_or_si128(block, _mm_and_si128(_mm_and_si128(tails, behind(0xC3)), all(0x20)));
      added = _mm_or_si128(added, _mm_and_si128(horn, all(1)));
    }
    block = _mm_add_epi8(block, added);
    block = _mm_or_si128(_mm_andnot_si128(blanks, block), _mm_and_si128(blanks, all(' ')));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), block);
    return true;
  }
#endif

  std::array<char, 256> few_;
  std::unique_ptr<char[]> many_;
};

// Where `text` differs from `like`, of the same size, and as much around it as a string that touches the
// difference can hold. In order and apart.
std::vector<TextRange> windows_of_changes(std::string_view text, std::string_view like) {
  constexpr std::size_t kBlock = 64;
  std::vector<TextRange> windows;
  const auto is_space_at = [&](std::size_t i) { return is_space(static_cast<unsigned char>(text[i])); };
  for (std::size_t block = 0; block < text.size(); block += kBlock) {
    if (text.substr(block, kBlock) == like.substr(block, kBlock)) continue;
    TextRange window{text.size(), block};
    for (std::size_t i = block; i < std::min(block + kBlock, text.size()); ++i) {
      if (text[i] == like[i]) continue;
      window.begin = std::min(window.begin, i);
      window.end = i + 1;
    }
    // A run of white space is one byte of a string.
    for (std::size_t left = kLongestNeeded; left > 0 && window.begin > 0; --left) {
      const bool space = is_space_at(--window.begin);
      while (space && window.begin > 0 && is_space_at(window.begin - 1)) --window.begin;
    }
    for (std::size_t left = kLongestNeeded; left > 0 && window.end < text.size(); --left) {
      const bool space = is_space_at(window.end++);
      while (space && window.end < text.size() && is_space_at(window.end)) ++window.end;
    }
    if (!windows.empty() && windows.back().end >= window.begin) {
      windows.back().end = std::max(windows.back().end, window.end);
    } else {
      windows.push_back(window);
    }
  }
  return windows;
}

std::uint64_t eight_bytes(const char* text) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text, kWidest);
  return bytes;
}

}  // namespace

WordScan::WordScan(const std::vector<std::vector<std::string>>& lists) {
  std::map<std::string, std::vector<std::uint16_t>> of_word;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    for (const std::string& word : lists[i])
      of_word[std::string(FoldedText(word).view())].push_back(static_cast<std::uint16_t>(i));
    looked_for_.push_back(!lists[i].empty());
  }
  if (of_word.size() >= kNone || lists.size() >= kNone) {
    looked_for_.assign(lists.size(), false);
    return;
  }
  of_list_.resize(lists.size());
  for (Table* table : {&wide_, &middle_, &narrow_}) table->last.fill(kNone);
  for (const auto& [text, in] : of_word) {
    const std::size_t size = text.size(), in_head = std::min(size, kWidest);
    Word word;
    word.mask = ~std::uint64_t{0} >> 8 * (kWidest - in_head);
    std::memcpy(&word.head, text.data(), in_head);
    const std::size_t in_tail = std::min(size - in_head, kWidest);
    if (in_tail > 0) {
      word.tail_mask = ~std::uint64_t{0} >> 8 * (kWidest - in_tail);
      std::memcpy(&word.tail, text.data() + in_head, in_tail);
    }
    word.rest = static_cast<std::uint32_t>(rests_.size());
    word.rest_size = static_cast<std::uint16_t>(size - in_head - in_tail);
    rests_.append(text, in_head + in_tail);
    word.lists = static_cast<std::uint32_t>(lists_.size());
    lists_.insert(lists_.end(), in.begin(), in.end());
    lists_.push_back(kNone);
    Table& table = size >= 8 ? wide_ : size >= 4 ? middle_ : narrow_;
    const std::size_t slot = size >= 8   ? wide_slot(word.head)
                             : size >= 4 ? middle_slot(word.head)
                                         : narrow_slot(word.head);
    for (std::uint64_t third = 0; third < (size == 2 ? 256 : 1); ++third) {
      const std::size_t begin = begin_slot(word.head | third << 16);
      begins_[begin / 64] |= std::uint64_t{1} << begin % 64;
    }
    for (const std::uint16_t list : in) {
      of_list_[list].words.push_back(static_cast<std::uint16_t>(words_.size()));
      of_list_[list].begins |= std::uint64_t{1} << pair_slot(word.head);
    }
    table.may[slot] = true;
    word.next = table.last[slot];
    table.last[slot] = static_cast<std::uint16_t>(words_.size());
    words_.push_back(std::move(word));
  }
  for (OfList& own : of_list_) {
    if (own.words.size() > kFewWords) own = {};
  }
}

template <class F>
void WordScan::walk(std::string_view text, F f) const {
  const FoldedText folded(text);
  const char* const bytes = folded.bytes;
  const std::size_t size = folded.size;
  std::size_t left_out = 0;  // of the text's bytes, before `at`
  const auto tell = [&](std::size_t at, std::uint64_t next, std::uint16_t first) {
    for (std::uint16_t i = first; i != kNone; i = words_[i].next) {
      const Word& word = words_[i];
      if (!stands_at(word, bytes + at, next)) continue;
      while (left_out < folded.left_out.size() && folded.left_out[left_out] <= at) ++left_out;
      if (!f(at + left_out, &lists_[word.lists])) return false;
    }
    return true;
  };
  for (std::size_t at = 0;; ++at) {
    std::uint64_t next = 0;
    for (; at < size; ++at) {  // few places get beyond this loop
      next = eight_bytes(bytes + at);
      const std::size_t begin = begin_slot(next);
      if ((begins_[begin / 64] >> begin % 64 & 1) != 0) break;
    }
    if (at >= size) return;
    const auto goes_on = [&](const Table& table, std::size_t slot) {
      return !table.may[slot] || tell(at, next, table.last[slot]);
    };
    if (!goes_on(wide_, wide_slot(next)) || !goes_on(middle_, middle_slot(next)) ||
        !goes_on(narrow_, narrow_slot(next)))
      return;
  }
}

bool WordScan::found_in(std::string_view text, std::size_t list) const {
  if (!looked_for_[list] || has_odd_letters(text)) return true;
  bool found = false;
  const OfList& own = of_list_[list];
  if (own.words.empty()) {
    walk(text, [&](std::size_t, const std::uint16_t* of) {
      for (; *of != kNone && !found; ++of) found = *of == list;
      return !found;
    });
    return found;
  }
  const FoldedText folded(text);
  for (std::size_t at = 0; at < folded.size && !found; ++at) {
    const std::uint64_t next = eight_bytes(folded.bytes + at);
    if ((own.begins >> pair_slot(next) & 1) == 0) continue;
    found = std::any_of(own.words.begin(), own.words.end(),
                        [&](std::uint16_t word) { return stands_at(words_[word], folded.bytes + at, next); });
  }
  return found;
}

WordScan::Found::Found(const WordScan& scan, std::string_view text) : scan_(scan) {
  all_ = text.size() >= std::numeric_limits<std::uint32_t>::max() || has_odd_letters(text);
  short_ = text.size() <= kShortText;
  if (!all_ && short_) gather_few(text);
  if (!all_ && !short_) gather(text, {{0, text.size()}});
}

WordScan::Found::Found(const WordScan& scan, std::string_view text, std::shared_ptr<const Found> like,
                       std::string_view like_text)
    : scan_(scan), all_(like->all_) {
  if (all_) return;
  std::vector<TextRange> parts = windows_of_changes(text, like_text);
  std::size_t size = 0;
  for (const TextRange part : parts) {
    all_ = all_ || has_odd_letters(part.of(text));
    size += part.size();
  }
  if (size > text.size() / 2)
    parts = {{0, text.size()}};
  else
    like_ = std::move(like);
  if (!all_) gather(text, parts);
}

void WordScan::Found::gather_few(std::string_view text) {
  scan_.walk(text, [&](std::size_t at, const std::uint16_t* of) {
    for (; *of != kNone; ++of) few_.push_back(std::uint64_t{*of} << 32 | at);
    return true;
  });
  std::sort(few_.begin(), few_.end());
}

void WordScan::Found::gather(std::string_view text, const std::vector<TextRange>& parts) {
  struct Place {
    std::uint32_t at, lists;
  };
  std::vector<Place> places;
  std::size_t size = 0;
  for (const TextRange part : parts) size += part.size();
  places.reserve(size / 8);
  first_of_.assign(scan_.looked_for_.size() + 1, 0);
  for (const TextRange part : parts) {
    scan_.walk(part.of(text), [&](std::size_t at, const std::uint16_t* of) {
      places.push_back({static_cast<std::uint32_t>(part.begin + at),
                        static_cast<std::uint32_t>(of - scan_.lists_.data())});
      for (; *of != kNone; ++of) ++first_of_[*of + std::size_t{1}];
      return true;
    });
  }
  for (std::size_t i = 1; i < first_of_.size(); ++i) first_of_[i] += first_of_[i - 1];
  places_.resize(first_of_.back());
  std::vector<std::uint32_t> fill(first_of_.begin(), first_of_.end() - 1);
  for (const Place& place : places) {
    for (const std::uint16_t* of = &scan_.lists_[place.lists]; *of != kNone; ++of)
      places_[fill[*of]++] = place.at;
  }
}

std::size_t WordScan::Found::first(std::size_t list, std::size_t from, std::size_t to) const {
  constexpr std::size_t kNowhere = std::string_view::npos;
  if (all_ || !scan_.looked_for_[list]) return from;
  if (short_) {
    const auto found = std::lower_bound(few_.begin(), few_.end(), std::uint64_t{list} << 32 | from);
    const bool own = found != few_.end() && *found >> 32 == list;
    const std::size_t place = own ? static_cast<std::uint32_t>(*found) : kNowhere;
    return place < to ? place : kNowhere;
  }
  const std::size_t before = like_ != nullptr ? like_->first(list, from, to) : kNowhere;
  const auto begin = places_.begin() + first_of_[list], end = places_.begin() + first_of_[list + 1];
  if (begin == end) return before;
  const auto found = std::lower_bound(begin, end, from);
  return found != end && *found < to ? std::min<std::size_t>(*found, before) : before;
}

}  // namespace vanban::lexicon
