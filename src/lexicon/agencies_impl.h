// Inside of Agencies: the registry and the rules for bodies that it does not list one by one.

#ifndef VANBAN_LEXICON_AGENCIES_IMPL_H_
#define VANBAN_LEXICON_AGENCIES_IMPL_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lexicon/name_trie.h"
#include "lexicon/word_key_set.h"
#include "vanban/lexicon/agencies.h"

namespace vanban {

struct Agencies::Impl {
  enum class Kind { kBody, kLocalHead, kPlacedHead, kTitle, kNotABody };
  struct Row {
    std::string name, id;
    Kind kind = Kind::kBody;
    bool branches = false;  // has a branch in each province: "Kho bạc Nhà nước tỉnh"
    PartialDate valid_from, valid_to;
    std::string merged_into;
  };
  struct Province {
    std::string name, kind, id;
    PartialDate valid_from, valid_to;
    std::string merged_into;
  };
  const Province* province_of(std::string_view id) const;
  using Token = lexicon::Token;
  enum class Role { kQuantifier, kNoun, kWeakNoun, kTail, kLevel };

  // A body, group or place as found: the mention's parts before they are copied out of the text.
  struct Found {
    TextRange where;
    std::string id, canonical;
    bool group = false;
    bool place = false;  // a province by its bare name
  };

  std::vector<Row> rows;
  std::vector<Province> provinces;
  lexicon::NameTrie names;           // values: index into rows
  lexicon::NameTrie places;          // values: index into provinces
  lexicon::NameTrie group_words[5];  // by Role
  // The words that any body, place or group begins with: nearly every word is none of them.
  lexicon::WordKeySet first_words;
  std::unordered_map<std::string, std::vector<int>> abbreviations;  // without '&', as printed -> rows
  std::unordered_map<std::string, int> by_id;                       // rows; provinces as -1 - index

  Result<bool> load(const Models& models);
  void add_first_word(std::string_view name);
  bool may_begin(std::string_view text, std::size_t at) const {
    return first_words.contains(lexicon::key_at(text, at));
  }

  // `strict`: as in running text, where a body begins with a capital letter and short abbreviations mean
  // nothing.
  std::optional<Found> find(std::string_view text, const Token& first, const PartialDate& on,
                            bool strict) const;
  std::optional<Found> find(std::string_view text, std::size_t at, const PartialDate& on, bool strict) const {
    const auto first = lexicon::token_at(text, at);
    return first ? find(text, *first, on, strict) : std::nullopt;
  }
  // "Cục Thuế| tỉnh Bắc Giang", "Kho bạc Nhà nước| tỉnh": the branch of `row`, whose name stands in [at, end).
  std::optional<Found> branch(std::string_view text, std::size_t at, std::size_t end, const Row& row,
                              const PartialDate& on) const;
  // What begins with the word `first`.
  std::optional<Found> body(std::string_view text, const Token& first, const PartialDate& on,
                            bool strict) const;
  std::optional<Found> body(std::string_view text, std::size_t at, const PartialDate& on, bool strict) const {
    const auto first = lexicon::token_at(text, at);
    return first ? body(text, *first, on, strict) : std::nullopt;
  }
  std::optional<Found> titled(std::string_view text, const Token& first, const PartialDate& on, bool strict,
                              int titles) const;
  std::optional<Found> titled(std::string_view text, std::size_t at, const PartialDate& on, bool strict,
                              int titles) const {
    const auto first = lexicon::token_at(text, at);
    return first ? titled(text, *first, on, strict, titles) : std::nullopt;
  }
  // A local head ("Ủy ban nhân dân") from `at` to `end`, and what follows it: levels, place, "cấp tỉnh".
  std::optional<Found> local(std::string_view text, std::size_t at, std::size_t end, const Row& head,
                             const PartialDate& on) const;
  std::optional<Found> group(std::string_view text, const Token& first) const;
  std::optional<Found> group(std::string_view text, std::size_t at) const {
    const auto first = lexicon::token_at(text, at);
    return first ? group(text, *first) : std::nullopt;
  }
  struct Place {
    std::size_t end = 0;
    std::string canonical;  // "tỉnh Phú Thọ"
    std::string id;         // of a province; empty for a lower level
  };
  // "tỉnh Phú Thọ", "TP. Hồ Chí Minh", "Quận 5", "huyện Tuần Giáo"; `bare`: a province's name alone counts
  // too.
  std::optional<Place> place(std::string_view text, const Token& first, const PartialDate& on,
                             bool bare) const;
  std::optional<Place> place(std::string_view text, std::size_t at, const PartialDate& on, bool bare) const {
    const auto first = lexicon::token_at(text, at);
    return first ? place(text, *first, on, bare) : std::nullopt;
  }

  const Row* choose(const std::vector<int>& values, const PartialDate& on) const;
  const Province* choose_province(const std::vector<int>& values, const PartialDate& on,
                                  std::string_view kind) const;

  // The word of role `role` at `at`: its end, or npos.
  std::size_t word_of(std::string_view text, const Token& first, Role role) const;
  std::size_t word_of(std::string_view text, std::size_t at, Role role) const {
    const auto first = lexicon::token_at(text, at);
    return first ? word_of(text, *first, role) : std::string_view::npos;
  }
  // Levels after a head ("các tỉnh, thành phố trực thuộc Trung ương"): their end and number.
  struct Levels {
    std::size_t end = 0;
    int count = 0;
  };
  Levels levels(std::string_view text, std::size_t at) const;
  std::size_t levels_of_noun(std::string_view text, TextRange noun) const;
  // Behind "thuộc Bộ Công an", "trực thuộc Sở Y tế"; npos: no such words stand behind `end`.
  std::size_t owner(std::string_view text, std::size_t end) const;
  std::size_t tails(std::string_view text, std::size_t end) const;
};

}  // namespace vanban

#endif  // VANBAN_LEXICON_AGENCIES_IMPL_H_
