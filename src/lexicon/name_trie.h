// NameTrie: many names, and the longest of them that begins at a place of a text. Names are sequences of
// words.

#ifndef VANBAN_LEXICON_NAME_TRIE_H_
#define VANBAN_LEXICON_NAME_TRIE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "lexicon/tokens.h"

namespace vanban::lexicon {

class NameTrie {
 public:
  static constexpr std::uint32_t kRoot = 0;
  static constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

  NameTrie() : edges_(16), values_(1) {}

  // Words of two capitals or more ("VPCP", "Bộ KHCN") count letter for letter. Punctuation of the name may be
  // missing in the text, or be another mark.
  void add(std::string_view name, int value);

  struct Match {
    const std::vector<int>* values = nullptr;  // null: no name begins here
    std::size_t end = 0;
    std::uint32_t node = kNowhere;
  };
  // The longest name that begins at `at`, read from `from` (a node as node_of gives it) on.
  Match longest(std::string_view text, std::size_t at, std::uint32_t from = kRoot) const {
    const auto first = token_at(text, at);
    return first ? longest(text, *first, from) : Match{};
  }
  // The same where the word at its beginning is known.
  Match longest(std::string_view text, const Token& first, std::uint32_t from = kRoot) const;

  // Where the words of `prefix` lead: names can then be read without them ("Các bộ: Công an, ..." from "Bộ").
  std::uint32_t node_of(std::string_view prefix) const;

 private:
  struct Edge {
    WordKey word = WordKey::kNone;
    std::uint32_t node = kNowhere;  // that it leaves; kNowhere: no edge stands in this slot
    std::uint32_t child = kNowhere;
    bool mark_before = false;  // a name has punctuation before this word
  };
  // Where the edge stands in edges_, or the slot for it.
  std::size_t slot_of(std::uint32_t node, WordKey word) const;
  const Edge* edge(std::uint32_t node, WordKey word) const;
  Edge& make_edge(std::uint32_t node, WordKey word);

  std::vector<Edge> edges_;  // by a hash of node and word; a power of two, half of them free
  std::vector<std::vector<int>> values_;
  std::vector<bool> goes_on_{
      false};  // an edge leaves the node: most names end where they are told from others
};

}  // namespace vanban::lexicon

#endif  // VANBAN_LEXICON_NAME_TRIE_H_
