#include "lexicon/name_trie.h"

#include <algorithm>

namespace vanban::lexicon {
namespace {

// A word that counts letter for letter has a key that no other word can have.
std::string exact_key(std::string_view text, TextRange where) {
  std::string key = "=";
  for (const char c : where.of(text)) {
    if (c != '&') key += c;
  }
  return key;
}

std::uint64_t edge_key(std::uint32_t node, std::uint32_t word) {
  return (static_cast<std::uint64_t>(node) << 32) | word;
}

}  // namespace

std::uint32_t NameTrie::word_id(const std::string& word) const {
  const auto found = words_.find(word);
  return found == words_.end() ? kNowhere : found->second;
}

const NameTrie::Edge* NameTrie::edge(std::uint32_t node, const std::string& word) const {
  const std::uint32_t id = word_id(word);
  if (id == kNowhere) return nullptr;
  const auto found = edges_.find(edge_key(node, id));
  return found == edges_.end() ? nullptr : &found->second;
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
    if (node == kRoot) first_words_.insert(key_hash(name, pos));
    const std::string key = token->upper ? exact_key(name, token->where) : token->key;
    const auto id = words_.emplace(key, static_cast<std::uint32_t>(words_.size())).first->second;
    Edge& edge = edges_[edge_key(node, id)];
    if (edge.child == kNowhere) {
      edge.child = static_cast<std::uint32_t>(values_.size());
      values_.emplace_back();
    }
    edge.mark_before = edge.mark_before || mark;
    node = edge.child;
    mark = false;
    pos = token->where.end;
  }
  if (node == kRoot) return;
  auto& values = values_[node];
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

NameTrie::Match NameTrie::longest(std::string_view text, std::size_t at, std::uint32_t from) const {
  Match best;
  if (from == kNowhere || (from == kRoot && !first_words_.contains(key_hash(text, at)))) return best;
  std::uint32_t node = from;
  std::size_t pos = at;
  char32_t mark = 0;
  while (true) {
    const auto token = token_at(text, pos);
    if (!token) return best;
    const Edge* next = token->upper ? edge(node, exact_key(text, token->where)) : nullptr;
    if (next == nullptr) next = edge(node, token->key);
    if (next == nullptr || (mark != 0 && !next->mark_before)) return best;
    node = next->child;
    if (!values_[node].empty()) best = {&values_[node], token->where.end, node};
    const Gap gap = gap_after(text, token->where.end);
    if (gap.next == std::string_view::npos) return best;
    mark = gap.mark;
    if (mark != 0 && mark != ',' && mark != '-' && mark != '.' && mark != '&') return best;
    pos = gap.next;
  }
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
