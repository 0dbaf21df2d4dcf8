#include "vanban/lexicon/agencies.h"

#include <algorithm>
#include <utility>

#include "lexicon/agencies_impl.h"
#include "vanban/base/utf8.h"
#include "vanban/lexicon/identity.h"
#include "vanban/lexicon/scan.h"
#include "vanban/models/values.h"

namespace vanban {
namespace {

using lexicon::gap_after;
using lexicon::token_at;

std::string without_ampersand(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '&') out += c;
  }
  return out;
}

bool stands(const PartialDate& from, const PartialDate& to, const PartialDate& on) {
  if (!on.known()) return !to.known();
  return (!from.known() || from <= on) && (!to.known() || on <= to);
}

std::string upper_first(std::string text) {
  std::size_t end = 0;
  if (text.empty()) return text;
  const char32_t first = decode_utf8(text, end);
  std::string out;
  append_utf8(out, lexicon::upper_char(first));
  return out + text.substr(end);
}

bool all_upper(std::string_view text) {
  bool letter = false;
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = decode_utf8(text, pos);
    if (!lexicon::is_word_char(c) || (c >= '0' && c <= '9')) continue;
    letter = true;
    if (!lexicon::is_upper_char(c)) return false;
  }
  return letter;
}

std::string single_spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

void Agencies::Impl::add_first_word(std::string_view name) {
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (!token_at(name, at)) continue;
    first_words.insert(lexicon::key_at(name, at));
    return;
  }
}

Result<bool> Agencies::Impl::load(const Models& models) {
  auto table = models.table("agencies");
  if (!table) return table.error();
  auto place_table = models.table("provinces");
  if (!place_table) return place_table.error();
  auto groups = models.table("agency_groups");
  if (!groups) return groups.error();

  const auto date_of = [](const ModelTable& from, std::size_t row, std::string_view column,
                          PartialDate& into) -> Result<bool> {
    const std::string& iso = from.at(row, column);
    if (iso.empty()) return true;
    const auto date = partial_date_from_iso(iso);
    if (!date) {
      return make_error(ErrorCode::kBadTable,
                        from.file + ":" + std::to_string(from.lines[row]) + ": no date: \"" + iso + "\"");
    }
    into = *date;
    return true;
  };
  static constexpr std::pair<std::string_view, Kind> kKinds[] = {{"local-head", Kind::kLocalHead},
                                                                 {"placed-head", Kind::kPlacedHead},
                                                                 {"title", Kind::kTitle},
                                                                 {"not-a-body", Kind::kNotABody}};
  const ModelTable& bodies = **table;
  for (std::size_t i = 0; i < bodies.rows.size(); ++i) {
    Row row;
    row.name = bodies.at(i, "name");
    row.id = bodies.at(i, "id");
    row.merged_into = bodies.at(i, "merged_into");
    for (const auto& [name, kind] : kKinds) {
      if (bodies.at(i, "kind") == name) row.kind = kind;
    }
    row.branches = bodies.at(i, "kind") == "department" || bodies.at(i, "kind") == "bank";
    if (row.name.empty() || (row.id.empty() && row.kind != Kind::kTitle && row.kind != Kind::kNotABody)) {
      return make_error(ErrorCode::kBadTable,
                        bodies.file + ":" + std::to_string(bodies.lines[i]) + ": a body without name or id");
    }
    if (auto ok = date_of(bodies, i, "valid_from", row.valid_from); !ok) return ok.error();
    if (auto ok = date_of(bodies, i, "valid_to", row.valid_to); !ok) return ok.error();
    const int index = static_cast<int>(rows.size());
    const auto add = [&](const std::string& name) {
      names.add(name, index);
      add_first_word(name);
    };
    add(row.name);
    for (const std::string& alias : values_of(bodies.at(i, "aliases"))) add(alias);
    for (const std::string& short_form : values_of(bodies.at(i, "abbreviations"))) {
      add(short_form);
      abbreviations[without_ampersand(short_form)].push_back(index);
    }
    if (!row.id.empty()) by_id.emplace(row.id, index);
    rows.push_back(std::move(row));
  }
  const ModelTable& cities = **place_table;
  for (std::size_t i = 0; i < cities.rows.size(); ++i) {
    Province province{cities.at(i, "name"),       cities.at(i, "kind"), cities.at(i, "id"), {}, {},
                      cities.at(i, "merged_into")};
    if (auto ok = date_of(cities, i, "valid_from", province.valid_from); !ok) return ok.error();
    if (auto ok = date_of(cities, i, "valid_to", province.valid_to); !ok) return ok.error();
    const int index = static_cast<int>(provinces.size());
    const auto add = [&](const std::string& name) {
      places.add(name, index);
      add_first_word(name);
    };
    add(province.name);
    for (const std::string& alias : values_of(cities.at(i, "aliases"))) add(alias);
    by_id.emplace(province.id, -1 - index);
    provinces.push_back(std::move(province));
  }
  for (const std::string_view level : {"tỉnh", "tp", "huyện", "h", "quận", "q", "xã", "phường", "p", "tx",
                                       "tt", "thành", "thị", "đặc", "thủ"}) {
    add_first_word(level);
  }
  static constexpr std::pair<std::string_view, Role> kRoles[] = {{"quantifier", Role::kQuantifier},
                                                                 {"noun", Role::kNoun},
                                                                 {"weak-noun", Role::kWeakNoun},
                                                                 {"tail", Role::kTail},
                                                                 {"level", Role::kLevel}};
  const ModelTable& words = **groups;
  for (std::size_t i = 0; i < words.rows.size(); ++i) {
    bool known = false;
    for (const auto& [name, role] : kRoles) {
      if (words.at(i, "role") != name) continue;
      group_words[static_cast<std::size_t>(role)].add(words.at(i, "words"), 0);
      add_first_word(words.at(i, "words"));
      known = true;
    }
    if (!known) {
      return make_error(ErrorCode::kBadTable, words.file + ":" + std::to_string(words.lines[i]) +
                                                  ": unknown role \"" + words.at(i, "role") + "\"");
    }
  }
  return true;
}

const Agencies::Impl::Row* Agencies::Impl::choose(const std::vector<int>& values,
                                                  const PartialDate& on) const {
  const Row* best = nullptr;
  for (const int value : values) {
    const Row& row = rows[static_cast<std::size_t>(value)];
    if (best == nullptr ||
        (stands(row.valid_from, row.valid_to, on) && !stands(best->valid_from, best->valid_to, on))) {
      best = &row;
    }
  }
  return best;
}

const Agencies::Impl::Province* Agencies::Impl::choose_province(const std::vector<int>& values,
                                                                const PartialDate& on,
                                                                std::string_view kind) const {
  const Province* best = nullptr;
  for (const int value : values) {
    const Province& one = provinces[static_cast<std::size_t>(value)];
    if (!kind.empty() && one.kind != kind) continue;
    if (best == nullptr ||
        (stands(one.valid_from, one.valid_to, on) && !stands(best->valid_from, best->valid_to, on))) {
      best = &one;
    }
  }
  return best;
}

Agencies::Agencies(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Agencies::Agencies(Agencies&&) noexcept = default;
Agencies& Agencies::operator=(Agencies&&) noexcept = default;
Agencies::~Agencies() = default;

Result<Agencies> Agencies::create(const Models& models) {
  auto impl = std::make_unique<Impl>();
  if (auto loaded = impl->load(models); !loaded) return loaded.error();
  return Agencies(std::move(impl));
}

std::optional<AgencyMatch> Agencies::at(std::string_view text, std::size_t at) const {
  const auto found = impl_->find(text, at, {}, true);
  if (!found) return std::nullopt;
  return AgencyMatch{
      {std::string(found->where.of(text)), found->id}, found->where, found->group, found->place};
}

std::string Agencies::resolve(std::string_view name, const PartialDate& on) const {
  std::size_t begin = 0, end = name.size();
  while (begin < end && (name[begin] == ' ' || name[begin] == '-' || name[begin] == '\n')) ++begin;
  while (end > begin && (name[end - 1] == ' ' || name[end - 1] == '.' || name[end - 1] == ';' ||
                         name[end - 1] == ',' || name[end - 1] == '\n')) {
    --end;
  }
  const std::string text = single_spaced(name.substr(begin, end - begin));
  const auto found = impl_->find(text, 0, on, false);
  if (!found || found->where.end != text.size()) return "";
  return found->id;
}

namespace {

// "tỉnh Khánh Hòa" for "KHÁNH HÒA" in a name ("THỦY LỢI NAM KHÁNH HÒA"): the level is not the text's.
std::string without_level(const std::string& canonical, std::string_view printed) {
  for (const std::string_view level : {"tỉnh ", "thành phố "}) {
    if (canonical.size() <= level.size() || match_words(canonical, 0, level) != level.size()) continue;
    if (match_words(printed, 0, level.substr(0, level.size() - 1)) != 0 || match_words(printed, 0, "tp") != 0)
      return canonical;
    return canonical.substr(level.size());
  }
  return canonical;
}

}  // namespace

std::string Agencies::normal_case(std::string_view name) const {
  const std::string text = single_spaced(name);
  if (!all_upper(text)) return text;
  std::string out;
  std::size_t pos = 0;
  while (pos < text.size()) {
    const auto token = token_at(text, pos);
    if (!token) {
      out += text[pos++];
      continue;
    }
    auto found = impl_->find(text, pos, {}, false);
    if (found && !found->canonical.empty() && !found->group) {
      out += found->place ? without_level(found->canonical, text.substr(pos)) : found->canonical;
      pos = found->where.end;
      continue;
    }
    out += lexicon::lower_text(token->where.of(text));
    pos = token->where.end;
  }
  return upper_first(out);
}

AgencyMention Agencies::issuer_of_symbol(std::string_view symbol, const PartialDate& on) const {
  std::size_t begin = 0;
  while (begin <= symbol.size()) {
    const std::size_t end = std::min(symbol.find_first_of("-/.", begin), symbol.size());
    std::string part = without_ampersand(symbol.substr(begin, end - begin));
    begin = end + 1;
    // "QH15", "UBTVQH14": the number is the term of the National Assembly.
    const std::size_t digits = part.find_last_not_of("0123456789");
    if (digits != std::string::npos && digits + 1 < part.size() && part.find("QH") != std::string::npos) {
      part.resize(digits + 1);
    }
    const auto found = impl_->abbreviations.find(part);
    if (found == impl_->abbreviations.end()) continue;
    const Impl::Row* row = impl_->choose(found->second, on);
    if (row == nullptr) continue;
    const bool local = row->kind == Impl::Kind::kLocalHead || row->kind == Impl::Kind::kPlacedHead;
    return {row->name, local ? "" : row->id};
  }
  return {};
}

std::string_view Agencies::name_of(std::string_view id) const {
  const auto found = impl_->by_id.find(std::string(id));
  if (found == impl_->by_id.end()) return "";
  if (found->second >= 0) return impl_->rows[static_cast<std::size_t>(found->second)].name;
  return impl_->provinces[static_cast<std::size_t>(-1 - found->second)].name;
}

}  // namespace vanban
