// WordKeySet: words by their keys, for look-ups that nearly always fail.

#ifndef VANBAN_SRC_LEXICON_WORD_KEY_SET_H_
#define VANBAN_SRC_LEXICON_WORD_KEY_SET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lexicon/tokens.h"

namespace vanban::lexicon {

class WordKeySet {
 public:
  WordKeySet() : slots_(16, WordKey::kNone) {}

  void insert(WordKey key) {
    WordKey& slot = slots_[slot_of(key)];
    if (slot == key || key == WordKey::kNone) return;
    slot = key;
    if (++size_ * kSlotsForWord <= slots_.size()) return;
    std::vector<WordKey> before(slots_.size() * 2, WordKey::kNone);
    before.swap(slots_);
    for (const WordKey one : before) {
      if (one != WordKey::kNone) slots_[slot_of(one)] = one;
    }
  }
  // kNone is in no set.
  bool contains(WordKey key) const { return key != WordKey::kNone && slots_[slot_of(key)] == key; }

 private:
  static constexpr std::size_t kSlotsForWord = 4;  // a look-up that fails should end at once
  // Where the key stands, or the free slot for it.
  std::size_t slot_of(WordKey key) const {
    std::size_t slot = static_cast<std::uint64_t>(key) & (slots_.size() - 1);
    while (slots_[slot] != WordKey::kNone && slots_[slot] != key) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  }

  std::vector<WordKey> slots_;  // a power of two; kNone: free
  std::size_t size_ = 0;
};

}  // namespace vanban::lexicon

#endif  // VANBAN_SRC_LEXICON_WORD_KEY_SET_H_
