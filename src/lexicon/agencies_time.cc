// Bodies in time: what took the work of a body over (merged_into in the tables), for local bodies through
// their province.

#include <algorithm>
#include <string>

#include "lexicon/agencies_impl.h"
#include "vanban/lexicon/identity.h"

namespace vanban {
namespace {

constexpr int kLongestChain = 8;  // no chain of mergers is longer

}  // namespace

// The province at whose id a local body's id ends ("so-y-te-tinh-binh-thuan"); null: none.
const Agencies::Impl::Province* Agencies::Impl::province_of(std::string_view id) const {
  const Province* longest = nullptr;
  for (const Province& one : provinces) {
    const bool ends =
        id.size() > one.id.size() + 1 && id.ends_with(one.id) && id[id.size() - one.id.size() - 1] == '-';
    if (ends && (longest == nullptr || one.id.size() > longest->id.size())) longest = &one;
  }
  return longest;
}

std::string Agencies::successor(std::string_view id, const PartialDate& as_of) const {
  std::string current(id);
  for (int steps = 0; steps < kLongestChain; ++steps) {
    const auto found = impl_->by_id.find(current);
    if (found == impl_->by_id.end()) {
      const Impl::Province* province = impl_->province_of(current);
      if (province == nullptr) return current;
      const std::string next = successor(province->id, as_of);  // a province's own id: found at once
      return next == province->id ? current : current.substr(0, current.size() - province->id.size()) + next;
    }
    PartialDate valid_to;
    std::string next;
    if (found->second >= 0) {
      const auto& row = impl_->rows[static_cast<std::size_t>(found->second)];
      valid_to = row.valid_to;
      next = row.merged_into;
    } else {
      const auto& province = impl_->provinces[static_cast<std::size_t>(-1 - found->second)];
      valid_to = province.valid_to;
      next = province.merged_into;
    }
    if (!valid_to.known() || as_of <= valid_to || next.empty()) return current;
    current = next;
  }
  return current;
}

std::vector<std::string> Agencies::rolled_into(std::string_view id, const PartialDate& as_of) const {
  const std::string standing = successor(id, as_of);
  std::vector<std::string> ids = {standing};
  const auto add = [&](const std::string& other) {
    if (std::find(ids.begin(), ids.end(), other) == ids.end()) ids.push_back(other);
  };
  if (impl_->by_id.count(standing) != 0) {
    for (const auto& [other, index] : impl_->by_id) {
      if (other != standing && successor(other, as_of) == standing) add(other);
    }
  } else if (const Impl::Province* province = impl_->province_of(standing)) {
    const std::string head = standing.substr(0, standing.size() - province->id.size());
    for (const std::string& before : rolled_into(province->id, as_of)) add(head + before);
  }
  add(std::string(id));
  std::sort(ids.begin() + 1, ids.end());
  return ids;
}

AgencyMention Agencies::as_of(std::string_view name, const PartialDate& date) const {
  const AgencyMention printed{std::string(name), resolve(name)};
  if (printed.id.empty()) return printed;
  const std::string next = successor(printed.id, date);
  if (next == printed.id) return printed;
  if (const std::string_view whole = name_of(next); !whole.empty()) {
    const auto found = impl_->by_id.find(next);
    if (found->second >= 0) return {std::string(whole), next};
    const auto& province = impl_->provinces[static_cast<std::size_t>(-1 - found->second)];
    return {province.kind + " " + province.name, next};
  }
  const Impl::Province* before = impl_->province_of(printed.id);
  const Impl::Province* after = impl_->province_of(next);
  const auto found = impl_->find(name, 0, {}, false);
  if (before == nullptr || after == nullptr || !found) return printed;
  const std::string place = before->kind + " " + before->name;
  if (!found->canonical.ends_with(place)) return printed;
  return {
      found->canonical.substr(0, found->canonical.size() - place.size()) + after->kind + " " + after->name,
      next};
}

}  // namespace vanban
