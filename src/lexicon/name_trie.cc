#include "lexicon/name_trie.h"

#include <algorithm>

namespace vanban::lexicon {
namespace {

// A word that counts letter for letter has a key that no other word can have.
WordKey exact_key(std::string_view text, TextRange where) {
  std::uint64_t hash = add_letter(0, '=');
  for (const char c : where.of(text)) {
    if (c != '&') hash = add_letter(hash, static_cast<unsigned char>(c));
  }
  return WordKey{hash};
}

}  // namespace

std::size_t NameTrie::slot_of(std::uint32_t node, WordKey word) const {
  const std::uint64_t hash = (static_cast<std::uint64_t>(word) + node) * 0x9E3779B97F4A7C15ull;
  std::size_t slot = (hash >> 32) & (edges_.size() - 1);
  while (edges_[slot].node != kNowhere && (edges_[slot].node != node || edges_[slot].word != word))
    slot = (slot + 1) & (edges_.size() - 1);
  return slot;
}

const NameTrie::Edge* NameTrie::edge(std::uint32_t node, WordKey word) const {
  const Edge& found = edges_[slot_of(node, word)];
  return found.node == kNowhere ? nullptr : &found;
}

NameTrie::Edge& NameTrie::make_edge(std::uint32_t node, WordKey word) {
  if (Edge& known = edges_[slot_of(node, word)]; known.node != kNowhere) return known;
  const std::size_t edges = values_.size();  // each leads to a node of its own: with the new one
  if (edges * 2 > edges_.size()) {
    std::vector<Edge> before(edges_.size() * 2);
    before.swap(edges_);
    for (const Edge& one : before) {
      if (one.node != kNowhere) edges_[slot_of(one.node, one.word)] = one;
    }
  }
  Edge& made = edges_[slot_of(node, word)];
  made = {word, node, static_cast<std::uint32_t>(values_.size()), false};
  values_.emplace_back();
  goes_on_[node] = true;
  goes_on_.push_back(false);
  return made;
}

void NameTrie::add(std::string_view name, int value) {
  std::uint32_t node = kRoot;
  std::size_t pos = 0;
  bool mark = false;
  while (pos < name.size()) {
    const auto token = token_at(name, pos);
    if (!token) {
      mark = mark || (name[pos] != ' ' && node != kRoot);
      ++pos;
      continue;
    }
    Edge& edge = make_edge(node, token->upper ? exact_key(name, token->where) : token->key);
    edge.mark_before = edge.mark_before || mark;
    node = edge.child;
    mark = false;
    pos = token->where.end;
  }
  if (node == kRoot) return;
  auto& values = values_[node];
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

NameTrie::Match NameTrie::longest(std::string_view text, const Token& first, std::uint32_t from) const {
  Match best;
  if (from == kNowhere) return best;
  std::uint32_t node = from;
  char32_t mark = 0;
  for (std::optional<Token> token = first; token;) {
    const Edge* next = token->upper ? edge(node, exact_key(text, token->where)) : nullptr;
    if (next == nullptr) next = edge(node, token->key);
    if (next == nullptr || (mark != 0 && !next->mark_before)) return best;
    node = next->child;
    if (!values_[node].empty()) best = {&values_[node], token->where.end, node};
    if (!goes_on_[node]) return best;
    const Gap gap = gap_after(text, token->where.end);
    if (gap.next == std::string_view::npos) return best;
    mark = gap.mark;
    if (mark != 0 && mark != ',' && mark != '-' && mark != '.' && mark != '&') return best;
    token = token_at(text, gap.next);
  }
  return best;
}

std::uint32_t NameTrie::node_of(std::string_view prefix) const {
  std::uint32_t node = kRoot;
  std::size_t pos = 0;
  while (pos < prefix.size()) {
    const auto token = token_at(prefix, pos);
    if (!token) {
      ++pos;
      continue;
    }
    const Edge* next = edge(node, token->key);
    if (next == nullptr) return kNowhere;
    node = next->child;
    pos = token->where.end;
  }
  return node;
}

}  // namespace vanban::lexicon
