// WordScan: one pass over a text that finds where any of thousands of strings stands, and so which patterns
// need not be asked about which part of it.

#ifndef VANBAN_SRC_LEXICON_WORD_SCAN_H_
#define VANBAN_SRC_LEXICON_WORD_SCAN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/text_range.h"

namespace vanban::lexicon {

// Lists of strings as needed_words gives them: lower case, found in either case; a space in them stands for
// white space of any length; two bytes at least.
class WordScan {
 public:
  // lists[i]: the strings of list i; empty: nothing is known of it, and all questions about it are answered
  // with yes.
  explicit WordScan(const std::vector<std::vector<std::string>>& lists);

  // Whether a string of list `list` stands in `text`. Cost: linear.
  bool found_in(std::string_view text, std::size_t list) const;

  // Where the strings stand in one text. Cost: linear, some cycles a byte.
  class Found {
   public:
    Found(const WordScan& scan, std::string_view text);
    // The same, where `like` is known of a text of the same size: only what differs is read. Strings that
    // stood there only in `like_text` may be counted as found.
    Found(const WordScan& scan, std::string_view text, std::shared_ptr<const Found> like,
          std::string_view like_text);
    // Where the first string of list `list` begins in text[from, to); npos: none does; `from`, if nothing is
    // known of the list. Cost: logarithmic in those of the list.
    std::size_t first(std::size_t list, std::size_t from, std::size_t to) const;
    bool any(std::size_t list, std::size_t from, std::size_t to) const {
      return first(list, from, to) != std::string_view::npos;
    }

   private:
    void gather(std::string_view text, const std::vector<TextRange>& parts);
    void gather_few(std::string_view text);

    const WordScan& scan_;
    std::shared_ptr<const Found> like_;    // what it found counts too
    bool all_ = false;                     // the text has letters whose lower case is not sure
    std::vector<std::uint32_t> places_;    // of list 0, of list 1, …; each in order
    std::vector<std::uint32_t> first_of_;  // where those of list i begin in places_
    // Instead of both in a short text, which has fewer places than there are lists: the list, and behind it
    // the place; in order.
    std::vector<std::uint64_t> few_;
    bool short_ = false;
  };

 private:
  static constexpr std::uint16_t kNone = 0xFFFF;
  static constexpr int kSlotBits = 14;
  struct Word {                             // folded
    std::uint64_t head = 0, mask = 0;       // its first bytes as one number, and which of eight they are
    std::uint64_t tail = 0, tail_mask = 0;  // the same of the eight bytes behind them
    std::uint32_t lists = 0;                // where its lists begin in lists_; they end with kNone
    std::uint32_t rest = 0;                 // where what is behind these begins in rests_
    std::uint16_t rest_size = 0;
    std::uint16_t next = kNone;  // word that shares its slot
  };
  // `next`: the eight bytes at `bytes`; behind the text stand sixteen zero bytes, which are in no word.
  bool stands_at(const Word& word, const char* bytes, std::uint64_t next) const {
    if ((next & word.mask) != word.head) return false;
    std::memcpy(&next, bytes + 8, 8);
    return (next & word.tail_mask) == word.tail &&
           (word.rest_size == 0 || std::strncmp(bytes + 16, rests_.data() + word.rest, word.rest_size) == 0);
  }
  // The words of one list; empty: it has more than kFewWords.
  static constexpr std::size_t kFewWords = 24;
  struct OfList {
    std::vector<std::uint16_t> words;
    std::uint64_t begins = 0;  // pair_slot of the first two bytes of each
  };
  static std::size_t pair_slot(std::uint64_t bytes) { return (bytes & 0xFFFF) * 0x9E37u >> 10 & 63; }
  // Words by a hash of their first bytes: whether one may begin so, and the last that does.
  struct Table {
    std::array<bool, std::size_t{1} << kSlotBits> may{};
    std::array<std::uint16_t, std::size_t{1} << kSlotBits> last{};
  };
  static std::size_t slot_of(std::uint64_t bytes) {
    return static_cast<std::size_t>((bytes * 0x9E3779B97F4A7C15ull) >> (64 - kSlotBits));
  }
  // Of the eight bytes that begin at a place: the slots for words of each table.
  static std::size_t wide_slot(std::uint64_t bytes) { return slot_of(bytes); }
  static std::size_t middle_slot(std::uint64_t bytes) { return slot_of(bytes << 32); }
  static std::size_t narrow_slot(std::uint64_t bytes) { return slot_of(bytes << 48); }
  // Of the first three of them: where begins_ tells whether a word begins so. Hardly a place gets farther.
  static constexpr int kBeginBits = 16;
  static std::size_t begin_slot(std::uint64_t bytes) {
    return ((static_cast<std::uint32_t>(bytes) << 8) * 0x9E3779B1u) >> (32 - kBeginBits);
  }
  // Calls f(offset, its lists) for each string that begins in `text`, until f says false.
  template <class F>
  void walk(std::string_view text, F f) const;

  std::vector<Word> words_;
  std::string rests_;
  std::vector<std::uint16_t> lists_;
  std::vector<OfList> of_list_;
  std::vector<bool> looked_for_;
  std::array<std::uint64_t, (std::size_t{1} << kBeginBits) / 64> begins_{};
  Table wide_, middle_, narrow_;  // words of 8 bytes and more, of 4 to 7, of 2 and 3
};

}  // namespace vanban::lexicon

#endif  // VANBAN_SRC_LEXICON_WORD_SCAN_H_
