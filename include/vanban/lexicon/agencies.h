// Bodies of the state and Party, groups of them, and their names in time (models/agencies*.tsv,
// models/provinces.tsv).

#ifndef VANBAN_LEXICON_AGENCIES_H_
#define VANBAN_LEXICON_AGENCIES_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/base/text_range.h"
#include "vanban/doc/document.h"
#include "vanban/models/models.h"

namespace vanban {

struct AgencyMatch {
  AgencyMention mention;  // as printed, id resolved
  TextRange where;
  bool group = false;  // "các bộ, ngành, địa phương", "UBND cấp tỉnh", "Bộ, ngành"
  bool place = false;  // a province by its bare name: "Hà Nội", "tỉnh Phú Thọ"
};

class Agencies {
 public:
  static Result<Agencies> create(const Models& models);
  Agencies(Agencies&&) noexcept;
  Agencies& operator=(Agencies&&) noexcept;
  ~Agencies();

  // The longest body or group that begins at `at` (a word edge): registry names and abbreviations ("VPCP",
  // "BTC"), titles that stand for their body ("Bộ trưởng Bộ Tài chính", "Chủ tịch UBND tỉnh Phú Thọ"), local
  // bodies by rule
  // ("Ủy ban nhân dân tỉnh Phú Thọ", "Sở Y tế tỉnh Kiên Giang", "UBND cấp tỉnh"), collectives ("các bộ, cơ
  // quan ngang bộ, cơ quan thuộc Chính phủ" is one), province names. Nullopt: none. Cost: proportional to the
  // match.
  std::optional<AgencyMatch> at(std::string_view text, std::size_t at) const;

  // The list of bodies that begins at `at`, joined by ",", ";", "và": "Bộ Tài chính, các cơ quan liên quan"
  // is two, "Các Bộ: Công Thương, Y tế" is "Bộ Công Thương" and "Bộ Y tế", "05 tỉnh, thành phố (gồm: Hà Nội,
  // Bắc Ninh)" is the two named. `end` (if not null): where the list ends. Empty: no body begins at `at`.
  // Cost: proportional to the list.
  std::vector<AgencyMatch> list_at(std::string_view text, std::size_t at, std::size_t* end = nullptr) const;

  // Cuts a list into its bodies: "Các bộ: Công Thương, Văn hóa, Thể thao và Du lịch" -> "Bộ Công Thương", "Bộ
  // Văn hóa, Thể thao và Du lịch"; "Bộ Tài chính, các cơ quan liên quan" -> 2; unknown parts are kept as
  // printed.
  std::vector<AgencyMatch> split(std::string_view text, TextRange list) const;

  // Id of a name as printed (any case, with or without tone-mark reform, abbreviation):
  // "van-phong-chinh-phu". `on`: at this date (an abbreviation may mean another body earlier). Empty:
  // unknown.
  std::string resolve(std::string_view name, const PartialDate& on = {}) const;

  // "VĂN PHÒNG CHÍNH PHỦ" -> "Văn phòng Chính phủ": the registry's spelling; a name made of a known kind and
  // place by rule ("UỶ BAN NHÂN DÂN TỈNH PHÚ THỌ" -> "Ủy ban nhân dân tỉnh Phú Thọ"); else sentence case.
  std::string normal_case(std::string_view name) const;

  // Issuing body from a symbol at a date: "NĐ-CP" -> chinh-phu, "QĐ-TTg" -> thu-tuong-chinh-phu, "VPCP-KSTT"
  // -> ... Name and id; empty where the symbol does not tell (UBND, HĐND need a province: name "Ủy ban nhân
  // dân", id empty).
  AgencyMention issuer_of_symbol(std::string_view symbol, const PartialDate& on = {}) const;

  // The id of the body that does the work of `id` at `as_of`: follows merged_into; of a local body its
  // province
  // ("so-y-te-tinh-binh-thuan" -> "so-y-te-tinh-lam-dong" from 1/7/2025). The id itself if it still stands.
  std::string successor(std::string_view id, const PartialDate& as_of) const;
  // The ids of all bodies whose work `id`'s successor at `as_of` does, that one first, the others sorted.
  // Cost: linear in the registry.
  std::vector<std::string> rolled_into(std::string_view id, const PartialDate& as_of) const;
  // The body that stands for the printed `name` at `date`, with its name there; `name` as it is if it still
  // stands or is unknown.
  AgencyMention as_of(std::string_view name, const PartialDate& date) const;
  std::string_view name_of(std::string_view id) const;

 private:
  struct Impl;
  explicit Agencies(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace vanban

#endif  // VANBAN_LEXICON_AGENCIES_H_
